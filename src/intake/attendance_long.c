/* SPDX-License-Identifier: Apache-2.0 */
/* The long form: a row a presence. */
#include "attendance_reader.h"
#include "part_of_day.h"

#include <limits.h>

/* Hours written with two decimals miss the exact time by less than this. */
#define TOLERANCE (DURATION_MINUTE / 2)

enum {
    MEMBER,
    SESSION,
    DATE,
    KIND,
    ATTENDANCE,
    START,
    END,
    MINUTES,
    HOURS,
    LAST_NAME,
    FIRST_NAME,
    FULL_NAME,
    COLUMN_COUNT
};

#define HOUR_NAMES                                                          \
    "heures|duree|duree de presence|nb heures|nb d'heures|nombre d'heures|" \
    "heures de presence|temps de presence|temps|duration|duree (h)|"        \
    "duree (heures)|duree en heures|duree en h|duration (hours)|"           \
    "heures effectuees|nbre d'heures|nbre heures|nb h|hours attended"

#define START_NAMES                                                         \
    "debut|arrivee|heure d'arrivee|heure arrivee|arrivee a|heure de debut|" \
    "heure debut|start time|arrival|arrival time"

#define END_NAMES                                                    \
    "fin|depart|heure de depart|heure depart|depart a|heure de fin|" \
    "heure fin|end time|departure|departure time"

#define MINUTE_NAMES                                              \
    "duree_minutes|duree (minutes)|duree (min)|duree en minutes|" \
    "duree en min|duration (minutes)|nb minutes|nb de minutes|"   \
    "nombre de minutes|nbre de minutes|minutes de presence"

static const struct column columns[COLUMN_COUNT] = {
    [MEMBER] = {"member",     "membre|identifiant|matricule|id|n°|numero", true },
    [SESSION] = {"session",    "seance",                                     false},
    [DATE] = {"date",       "jour",                                       false},
    [KIND] = {"kind",       "nature|type",                                false},
    [ATTENDANCE] = {"attendance", "presence",                                   true },
    [START] = {"start",      START_NAMES,                                  false},
    [END] = {"end",        END_NAMES,                                    false},
    [MINUTES] = {"minutes",    MINUTE_NAMES,                                 false},
    [HOURS] = {"hours",      HOUR_NAMES,                                   false},
    [LAST_NAME] = NAME_COLUMN_LAST,
    [FIRST_NAME] = NAME_COLUMN_FIRST,
    [FULL_NAME] = NAME_COLUMN_FULL,
};

static bool
is_near(int32_t a, int32_t b)
{
    return a - b < TOLERANCE && b - a < TOLERANCE;
}

/* The times and the duration of a presence, which must agree. Where both bounds are
 * there, they decide and the duration is left out. */
static bool
read_times(const struct table *table, struct attendance *fact)
{
    struct cell start = table_cell(table, START);
    struct cell end = table_cell(table, END);
    struct cell minutes = table_cell(table, MINUTES);
    struct cell hours = table_cell(table, HOURS);
    struct diag *diag = table->reading->diag;
    int32_t by_hours = DURATION_NONE;
    bool sound = field_start(&start, &fact->start);
    sound = field_end(&end, &fact->end) && sound;
    sound = field_minutes(&minutes, &fact->duration) && sound;
    sound = field_hours(&hours, &by_hours) && sound;
    if (!sound) {
        return false;
    }
    if (fact->duration == DURATION_NONE) {
        fact->duration = by_hours;
    } else if (by_hours != DURATION_NONE && !is_near(fact->duration, by_hours)) {
        return diag_error(diag, cell_where(&hours), CODE_A005,
                          "the minutes '%s' and the hours '%s' differ",
                          cell_shown(&minutes), cell_shown(&hours));
    }
    if (fact->start == TIME_NONE || fact->end == TIME_NONE) {
        return true;
    }
    if (fact->end < fact->start) {
        return diag_error(diag, cell_where(&end), CODE_A004,
                          "the presence ends at '%s', before its start '%s'",
                          cell_shown(&end), cell_shown(&start));
    }
    int32_t between = (fact->end - fact->start) * DURATION_MINUTE;
    if (fact->duration != DURATION_NONE && !is_near(fact->duration, between)) {
        char stated[DURATION_TEXT_MAX];
        char timed[DURATION_TEXT_MAX];
        return diag_error(diag, cell_where(&start), CODE_A005,
                          "from '%s' to '%s' is %s, but the row says %s",
                          cell_shown(&start), cell_shown(&end),
                          duration_text(between, timed),
                          duration_text(fact->duration, stated));
    }
    fact->duration = DURATION_NONE;
    return true;
}

static bool
read_named(const struct table *table, struct named_session *named)
{
    struct cell date = table_cell(table, DATE);
    struct cell kind = table_cell(table, KIND);
    named->id = table_cell(table, SESSION);
    bool sound = field_date(&date, &named->date);
    sound = field_kind(&kind, &named->kind) && sound;
    return sound;
}

/* The places of a row's date and kind are needed by few messages, and take time. */
static bool
find_session(struct attending *a, const struct table *table, struct named_session *named,
             uint32_t *session)
{
    named->date_where = table_row(table);
    named->kind_where = table_row(table);
    if (date_is_none(named->date) && named->kind == KIND_NONE) {
        return attendance_session(a, named, session);
    }
    struct cell date = table_cell(table, DATE);
    struct cell kind = table_cell(table, KIND);
    if (date.text.size > 0) {
        named->date_where = cell_where(&date);
    }
    if (kind.text.size > 0) {
        named->kind_where = cell_where(&kind);
    }
    return attendance_session(a, named, session);
}

/* Of an absence the times are read like those of a presence, and count for nothing. */
static bool
read_times_of_absence(const struct table *table, const struct cell *attendance)
{
    struct attendance stated = {
        .duration = DURATION_NONE, .start = TIME_NONE, .end = TIME_NONE};
    if (!read_times(table, &stated)) {
        return false;
    }
    if (stated.start != TIME_NONE || stated.end != TIME_NONE || stated.duration > 0) {
        diag_warning(table->reading->diag, cell_where(attendance), CODE_A026,
                     "'%s', but the row states times or hours: they are not read",
                     cell_shown(attendance));
    }
    return true;
}

/* Hours that may be a part of a day or, of a session that the calendar times, hours and minutes. */
static bool
check_hours(const struct attending *a, const struct table *table,
            const struct attendance *fact)
{
    struct cell hours = table_cell(table, HOURS);
    struct cell minutes = table_cell(table, MINUTES);
    const struct session *session =
        fact->session < a->calendar->count ? &a->calendar->items[fact->session] : NULL;
    return hours.text.size == 0 || minutes.text.size > 0 ||
           (hours_are_no_part_of_day(&hours, session, CODE_A033) &&
            (session == NULL || figures_check_decimal(session, &hours)));
}

static bool
read_row(void *context, const struct table *table, void *out)
{
    struct attending *a = context;
    struct attendance *made = out;
    struct cell member = table_cell(table, MEMBER);
    struct cell attendance = table_cell(table, ATTENDANCE);
    struct named_session named = {.date = DATE_NONE};
    enum presence presence = PRESENCE_ABSENT;
    struct attendance fact = {
        .line = table->sheet->line,
        .file = a->file,
        .duration = DURATION_NONE,
        .start = TIME_NONE,
        .end = TIME_NONE,
    };
    bool sound = cell_member(&member, a->roster, &fact.member);
    if (sound && a->named) {
        struct row_name name = names_of_row(table, LAST_NAME);
        sound = names_agree(a->names, table->scratch, &name, fact.member);
    }
    bool attends = field_presence(&attendance, &presence);
    bool named_well = read_named(table, &named);
    sound = named_well && find_session(a, table, &named, &fact.session) && sound;
    if (presence == PRESENCE_PRESENT || presence == PRESENCE_PARTIAL) {
        sound = read_times(table, &fact) && sound;
        sound = sound && (fact.duration == DURATION_NONE || check_hours(a, table, &fact));
    } else if (attends) {
        sound = read_times_of_absence(table, &attendance) && sound;
    }
    sound = attends && sound;
    fact.presence = (uint8_t)presence;
    unread_look(a, table, &fact);
    *made = fact;
    return sound;
}

/* What is read of a part; not the facts, to which others are being added. */
static void *
attend_aside(const void *context, const struct table *table, struct arena *arena)
{
    const struct attending *whole = context;
    struct attending *a = NEW(arena, struct attending);
    *a = (struct attending){
        .reading = table->reading,
        .roster = whole->roster,
        .calendar = whole->calendar,
        .scratch = arena_share(arena, 2),
        .own = whole->own,
        .own_by_id = whole->own_by_id,
        .own_by_day = whole->own_by_day,
        .file = whole->file,
        .session = whole->session,
        .undated = whole->undated,
        .named = whole->named,
        .names = whole->names,
        .guesses = INT_MAX / 2, /* nobody will see a suggestion */
        .unread = whole->unread,
        .timed = whole->timed,
    };
    return a;
}

static bool
names_no_session(const struct table *table, const void *context)
{
    (void)context;
    return table_cell(table, SESSION).text.size == 0 &&
           table_cell(table, DATE).text.size == 0 &&
           table_cell(table, KIND).text.size == 0;
}

struct layout
attendance_long_layout(void)
{
    return (struct layout){
        .columns = columns, .count = COLUMN_COUNT, .lacks = names_no_session};
}

bool
attendance_is_long(const struct table *table)
{
    return table_has(table, &columns[ATTENDANCE]) ||
           table_has(table, &columns[SESSION]) || table_has(table, &columns[DATE]) ||
           table_has(table, &columns[KIND]);
}

/* Whether the columns that are there can say all of a time. */
static bool
has_times(const struct table *table)
{
    const size_t *places = table->places;
    return (places[START] != TABLE_NOWHERE && places[END] != TABLE_NOWHERE) ||
           places[MINUTES] != TABLE_NOWHERE || places[HOURS] != TABLE_NOWHERE;
}

void
attendance_read_long(struct attending *a, struct table *table)
{
    static const size_t dated[2] = {DATE, KIND};
    if (!table_match(table, columns, COLUMN_COUNT) ||
        !table_has_either(table, SESSION, dated)) {
        return;
    }
    a->undated = !attendance_has_calendar(a) && (table->places[DATE] == TABLE_NOWHERE ||
                                                 table->places[KIND] == TABLE_NOWHERE);
    if (a->undated) {
        diag_error(a->reading->diag, table_row(table), CODE_A010,
                   "nothing says of which date and kind the sessions are "
                   "(give the calendar with --sessions)");
    }
    a->named = names_stand(table, LAST_NAME);
    if (a->named) {
        names_know(a->names);
    }
    for (size_t column = LAST_NAME; column < COLUMN_COUNT; column++) {
        table_hide(table, column);
    }
    unread_find(a, table, has_times(table));
    table_read(table, &(struct row_reader){.context = a,
                                           .rows = &a->facts,
                                           .read = read_row,
                                           .aside = attend_aside});
}
