/* SPDX-License-Identifier: Apache-2.0 */
/* The sessions. A session with a fault stays in the calendar, so that the rows that
 * name it are not reported as well. */
#include "defray/calendar.h"

#include "columns.h"
#include "member.h"
#include "table_unread.h"

#define ROW_BYTES 96

enum {
    SESSION,
    DATE,
    KIND,
    START,
    END,
    BODY,
    MEAL_SERVED,
    SUBJECT,
    WITHIN_COMPETENCE,
    COLUMN_COUNT
};

#define MEAL_NAMES "repas_servi|repas fourni|repas offert|repas pris en charge"

#define COMPETENCE_NAMES \
    "competence|dans la competence|dans les competences|dans le champ de competence"

static const struct column columns[COLUMN_COUNT] = {
    [SESSION] = {"session",           "seance|id|identifiant|n°|numero", true },
    [DATE] = {"date",              "jour",                             true },
    [KIND] = {"kind",              "nature|type",                      true },
    [START] = {"start",             "debut|heure de debut|heure debut", false},
    [END] = {"end",               "fin|heure de fin|heure fin",       false},
    [BODY] = {"body",              "organe",                           false},
    [MEAL_SERVED] = {"meal_served",       MEAL_NAMES,                         false},
    [SUBJECT] = {"subject",           "sujet|objet",                      false},
    [WITHIN_COMPETENCE] = {"within_competence", COMPETENCE_NAMES,                   false},
};

struct sessions ARRAY_OF(struct session);

/* TIME_NONE comes last. */
static int
start_key(int16_t start)
{
    return start == TIME_NONE ? INT16_MAX : start;
}

static int
compare_sessions(const void *context, uint32_t a, uint32_t b)
{
    const struct session *left = &((const struct session *)context)[a];
    const struct session *right = &((const struct session *)context)[b];
    int order = date_compare(left->date, right->date);
    if (order == 0) {
        order = compare_numbers(start_key(left->start), start_key(right->start));
    }
    if (order == 0) {
        order = text_compare(left->id, right->id);
    }
    return order != 0 ? order : compare_numbers(a, b);
}

static bool
read_times(const struct table *table, struct session *session)
{
    struct cell start = table_cell(table, START);
    struct cell end = table_cell(table, END);
    bool sound = field_start(&start, &session->start);
    sound = field_end(&end, &session->end) && sound;
    bool both = session->start != TIME_NONE && session->end != TIME_NONE;
    if (sound && both && session->end <= session->start) {
        return diag_error(cell_diag(&end), cell_where(&end), CODE_S003,
                          "the session ends at '%s', not after its start '%s'",
                          cell_shown(&end), cell_shown(&start));
    }
    return sound;
}

bool
day_holds(const struct reading *reading, struct date date, struct where where)
{
    const struct rules *rules = reading->rules;
    char day[DATE_TEXT_MAX];
    char known[DATE_TEXT_MAX];
    if (rules == NULL || rules_alive(rules, date)) {
        return true;
    }
    struct text unknown = rules_unknown(rules, date);
    if (unknown.size > 0 && date_compare(date, reading->until) > 0) {
        return true; /* no amount of the period depends on it */
    }
    if (unknown.size > 0) {
        return diag_error(
            reading->diag, where, CODE_S004,
            "by %s nothing had been adopted for '%s' in '%.*s' of the rules '%.*s'",
            date_text(rules->known_on, known), date_text(date, day), TEXT_ARG(unknown),
            TEXT_ARG(rules->id));
    }
    return diag_error(reading->diag, where, CODE_S004,
                      "the rules '%.*s' do not hold on '%s'", TEXT_ARG(rules->id),
                      date_text(date, day));
}

static bool
read_date(const struct table *table, struct date *date)
{
    struct cell cell = table_cell(table, DATE);
    if (!field_required(&cell) || !field_date(&cell, date)) {
        return false;
    }
    return day_holds(table->reading, *date, cell_where(&cell));
}

static struct session
read_session(const struct table *table)
{
    struct session session = {.date = DATE_NONE, .where = table_row(table)};
    struct cell kind = table_cell(table, KIND);
    struct cell meal = table_cell(table, MEAL_SERVED);
    struct cell competence = table_cell(table, WITHIN_COMPETENCE);
    session.id = table_cell(table, SESSION).text;
    session.body = table_cell(table, BODY).text;
    session.subject = table_cell(table, SUBJECT).text;
    read_date(table, &session.date);
    if (field_required(&kind)) {
        field_kind(&kind, &session.kind);
    }
    read_times(table, &session);
    field_yes(&meal, &session.meal_served);
    field_competence(&competence, &session.competence);
    return session;
}

/* Whether the rules ask for a column of whoever gives a calendar. */
static bool
meals_depend(const struct rules *rules)
{
    for (size_t i = 0; rules != NULL && i < rules->category_count; i++) {
        if (rules->categories[i].refused_where_meal_served) {
            return true;
        }
    }
    return false;
}

/* Columns that are not read, and may decide what is paid by these rules. */
static void
tell_unread(const struct table *table)
{
    static const struct telling_word meal[] = {
        {MEAL_SERVED, "repas"}
    };
    static const struct telling_word competence[] = {
        {WITHIN_COMPETENCE, "competence"}
    };
    const struct rules *rules = table->reading->rules;
    if (meals_depend(rules)) {
        table_tell_unread(table, meal, ARRAY_COUNT(meal));
    }
    if (rules != NULL && rules->stipend.competence.required) {
        table_tell_unread(table, competence, ARRAY_COUNT(competence));
    }
}

static bool
same_session(const struct session *a, const struct session *b)
{
    return date_compare(a->date, b->date) == 0 && a->kind == b->kind &&
           a->start == b->start && a->end == b->end && a->meal_served == b->meal_served &&
           a->competence == b->competence && text_equals(a->body, b->body) &&
           text_equals(a->subject, b->subject);
}

static void
report_repeated(struct reading *reading, const struct session *first,
                const struct session *session)
{
    if (same_session(first, session)) {
        diag_warning(reading->diag, session->where, CODE_S002,
                     "session '%.*s' is in the calendar twice, and counts once",
                     TEXT_ARG(session->id));
    } else {
        diag_error(reading->diag, session->where, CODE_S001,
                   "session '%.*s' is in the calendar twice, with other contents",
                   TEXT_ARG(session->id));
    }
    diag_other_place(reading->diag, first->where);
}

struct calendar *
calendar_read(struct reading *reading, const struct input_list *files)
{
    struct calendar *calendar = NEW(reading->keep, struct calendar);
    struct arena start = intake_scratch(files, ROW_BYTES);
    struct arena scratch = start;
    struct sessions found = {0};
    struct map seen = {0};
    calendar->given = files->count > 0;
    for (size_t i = 0; i < files->count; i++) {
        struct table *table =
            table_open(reading, scratch, files->items[i], columns, COLUMN_COUNT);
        if (table != NULL) {
            tell_unread(table);
        }
        while (table != NULL && table_next(table)) {
            struct cell id = table_cell(table, SESSION);
            struct session session = read_session(table);
            if (!field_required(&id)) {
                continue;
            }
            uint32_t index =
                map_insert(reading->keep, &seen, id.text, (uint32_t)found.count);
            if (index < found.count) {
                report_repeated(reading, &found.items[index], &session);
            } else {
                *ARRAY_PUSH(reading->keep, &found) = session;
            }
        }
        table_pass_over(table, reading->keep, &calendar->lost);
    }
    const uint32_t *order = sorted_indexes(&scratch, found.count,
                                           (struct order){compare_sessions, found.items});
    calendar->items = NEW_ARRAY(reading->keep, struct session, found.count);
    calendar->count = found.count;
    for (size_t i = 0; i < found.count; i++) {
        calendar->items[i] = found.items[order[i]];
        map_insert(reading->keep, &calendar->by_id, calendar->items[i].id, (uint32_t)i);
    }
    arena_release(start);
    return calendar;
}

uint32_t
calendar_find(const struct calendar *calendar, struct text id)
{
    return map_find(&calendar->by_id, id);
}

uint32_t
calendar_find_near(const struct calendar *calendar, struct text id, uint32_t last)
{
    if (last < calendar->count && text_equals(calendar->items[last].id, id)) {
        return last;
    }
    return calendar_find(calendar, id);
}

size_t
calendar_on(const struct calendar *calendar, struct date date, enum kind kind,
            uint32_t *first)
{
    size_t low = 0;
    size_t high = calendar->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (date_compare(calendar->items[middle].date, date) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t count = 0;
    *first = INDEX_NONE;
    for (size_t i = low; i < calendar->count; i++) {
        if (date_compare(calendar->items[i].date, date) != 0) {
            break;
        }
        if (calendar->items[i].kind == kind) {
            *first = count == 0 ? (uint32_t)i : *first;
            count++;
        }
    }
    return count;
}

struct columns
calendar_columns(void)
{
    return (struct columns){columns, COLUMN_COUNT};
}
