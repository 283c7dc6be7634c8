/* SPDX-License-Identifier: Apache-2.0 */
/* The matrix form, the signed sheet as offices keep it: a row a member, a column a
 * session. An empty cell records nothing. What people write around it (titles, totals,
 * remarks, the line to sign on) is told apart by what it does not hold: a member who is
 * known, or an attendance. */
#include "attendance_reader.h"
#include "part_of_day.h"
#include "table_parts.h"

enum { MEMBER, LAST_NAME, FIRST_NAME, FULL_NAME, COLUMN_COUNT };

/* By what members are known: their key; their two names; both names in one column. */
enum { BY_KEY, BY_NAMES, BY_FULL_NAME, FORM_COUNT };

#define COLUMNS(key, names, full)                                                \
    {                                                                            \
        [MEMBER] = {"member", "membre|id|identifiant|matricule|n°|numero", key}, \
        [LAST_NAME] = {"last_name", "nom|nom de famille", names},                \
        [FIRST_NAME] = {"first_name", "prenom", names}, [FULL_NAME] = {          \
            "name",                                                              \
            "nom et prenom|nom prenom|prenom et nom|prenom nom",                 \
            full                                                                 \
        }                                                                        \
    }

static const struct column forms[FORM_COUNT][COLUMN_COUNT] = {
    [BY_KEY] = COLUMNS(true, false, false),
    [BY_NAMES] = COLUMNS(false, true, false),
    [BY_FULL_NAME] = COLUMNS(false, false, true),
};

static bool
is_known(const struct table *table, size_t place)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (table->places[i] == place) {
            return true;
        }
    }
    return false;
}

bool
attendance_names_heading(struct arena scratch, struct text fold)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (column_has_name(&forms[BY_KEY][i], fold, scratch)) {
            return true;
        }
    }
    return false;
}

bool
attendance_range_parse(struct text t, struct attendance *fact)
{
    static const struct text dashes[] = {
        {"-",            1},
        {"\xE2\x80\x93", 3},
        {"\xE2\x80\x94", 3},
        {"\xE2\x80\x91", 3}
    };
    for (size_t i = 1; i + 1 < t.size; i++) {
        struct text rest = {t.data + i, t.size - i};
        for (size_t j = 0; j < ARRAY_COUNT(dashes); j++) {
            if (!text_starts_with(rest, dashes[j])) {
                continue;
            }
            struct text end = {rest.data + dashes[j].size, rest.size - dashes[j].size};
            return time_parse((struct text){t.data, i}, &fact->start) &&
                   time_parse(end, &fact->end) && fact->start < MINUTES_IN_DAY;
        }
    }
    return false;
}

static bool
read_cell(const struct table *table, const struct cell *cell, struct attendance *fact)
{
    enum presence presence = PRESENCE_PRESENT;
    struct diag *diag = table->reading->diag;
    if (!figures_show_hours(cell) &&
        presence_parse(table->scratch, cell->text, &presence)) {
        fact->presence = (uint8_t)presence;
        return true;
    }
    fact->presence = PRESENCE_PRESENT;
    if (attendance_range_parse(cell->text, fact)) {
        return fact->end >= fact->start ||
               diag_error(diag, cell_where(cell), CODE_A004,
                          "the presence '%s' ends before it starts", cell_shown(cell));
    }
    if (duration_parse(cell->text, &fact->duration)) {
        return true;
    }
    return diag_error(diag, cell_where(cell), CODE_A014,
                      "'%s' is not an attendance (write P, A, E, 3h30 or 09:00-12:30)",
                      cell_shown(cell));
}

/* Files hours that may as well be a time of day. */
static bool
are_hours(const struct attending *a, const struct cell *cell,
          const struct attendance *fact)
{
    const struct session *session = &a->calendar->items[fact->session];
    if (figures_may_be_time(session, fact)) {
        return diag_error(cell_diag(cell), cell_where(cell), CODE_A028,
                          "'%s' is more than session '%.*s' lasted, and a time of day "
                          "within it: hours, or when the member came?",
                          cell_shown(cell), TEXT_ARG(session->id));
    }
    return fact->duration == DURATION_NONE ||
           (hours_are_no_part_of_day(cell, session, CODE_A033) &&
            figures_check_decimal(session, cell));
}

/* Whether any session's cell of the row holds something. */
static bool
records_something(const struct table *table, const uint32_t *sessions)
{
    for (size_t i = 0; i < table->heading_count; i++) {
        if (sessions[i] != INDEX_NONE && table_cell_at(table, i).text.size > 0) {
            return true;
        }
    }
    return false;
}

/* Files a line that names no member and records nothing, such as the one to sign on. */
static void
pass_over(struct attending *a, const struct table *table)
{
    const struct sheet *sheet = table->sheet;
    size_t at = 0;
    while (at + 1 < sheet->cell_count && text_trim(sheet->cells[at]).size == 0) {
        at++;
    }
    diag_warning(a->reading->diag, sheet->where(sheet, at), CODE_A018,
                 "the line names no member and records nothing: it is not read");
}

/* A cell that says something by its colour alone says nothing. */
static void
count_coloured(const struct table *table, const uint32_t *sessions, struct told *told)
{
    const struct sheet *sheet = table->sheet;
    for (size_t i = 0; i < sheet->shaded_count; i++) {
        size_t place = sheet->shaded[i];
        if (place < table->heading_count && sessions[place] != INDEX_NONE &&
            told->count++ == 0) {
            told->first = sheet->where(sheet, place);
        }
    }
}

/* Of a member on that day: an empty cell then may have been forgotten. */
static void
count_empty(const struct attending *a, uint32_t member, const struct cell *cell,
            uint32_t session, struct told *told)
{
    const struct participant *person = &a->roster->items[member];
    if (participant_at(person, a->calendar->items[session].date) != NULL &&
        told->count++ == 0) {
        told->first = cell_where(cell);
    }
}

static bool
has_keys(const struct table *table)
{
    return table->places[MEMBER] != TABLE_NOWHERE;
}

/* The cell that says who the row is of, or the first of two. */
static struct cell
naming_cell(const struct table *table)
{
    bool full = table->places[FULL_NAME] != TABLE_NOWHERE;
    return table_cell(table, has_keys(table) ? MEMBER : full ? FULL_NAME : LAST_NAME);
}

static struct text
name_of_row(struct arena *scratch, const struct table *table)
{
    struct text name = naming_cell(table).text;
    if (table->places[FULL_NAME] != TABLE_NOWHERE) {
        return name;
    }
    return text_of(arena_printf(scratch, "%.*s %.*s", TEXT_ARG(name),
                                TEXT_ARG(table_cell(table, FIRST_NAME).text)));
}

/* Whose row it is; INDEX_NONE. */
static uint32_t
member_of_row(struct attending *a, const struct table *table, bool *several)
{
    struct arena scratch = table->scratch;
    *several = false;
    if (has_keys(table)) {
        return roster_find(a->roster, table_cell(table, MEMBER).text);
    }
    struct text name = name_of_row(&scratch, table);
    return names_find(a->names, scratch, name, several);
}

/* The same; false after a diagnostic. */
static bool
find_member(struct attending *a, const struct table *table, uint32_t *out)
{
    struct cell cell = naming_cell(table);
    struct arena scratch = table->scratch;
    bool several = false;
    if (has_keys(table)) {
        struct row_name name = names_of_row(table, LAST_NAME);
        return cell_member(&cell, a->roster, out) &&
               names_agree(a->names, scratch, &name, *out);
    }
    if (!field_required(&cell) || passed_over_any(&a->roster->lost)) {
        return false;
    }
    *out = member_of_row(a, table, &several);
    struct text name = name_of_row(&scratch, table);
    if (several) {
        return diag_error(cell_diag(&cell), cell_where(&cell), CODE_A022,
                          "several members have the name '%.*s'", TEXT_ARG(name));
    }
    return *out != INDEX_NONE ||
           diag_error(cell_diag(&cell), cell_where(&cell), CODE_A021,
                      "nobody in the table of members has the name '%.*s'",
                      TEXT_ARG(name));
}

static void
read_row(struct attending *a, const struct table *table, const uint32_t *sessions,
         struct told *empty)
{
    uint32_t index = INDEX_NONE;
    bool known = find_member(a, table, &index);
    for (size_t i = 0; i < table->heading_count; i++) {
        if (sessions[i] == INDEX_NONE) {
            continue;
        }
        struct cell cell = table_cell_at(table, i);
        struct attendance fact = {
            .member = index,
            .session = sessions[i],
            .line = table->sheet->line,
            .duration = DURATION_NONE,
            .start = TIME_NONE,
            .end = TIME_NONE,
            .column = true,
        };
        bool read = cell.text.size > 0 && read_cell(table, &cell, &fact) &&
                    are_hours(a, &cell, &fact);
        if (read) {
            figures_count(&a->figures, &cell, &fact);
        }
        if (read && known) {
            attendance_add(a, fact);
        } else if (cell.text.size == 0 && known) {
            count_empty(a, index, &cell, sessions[i], empty);
        }
    }
}

static void
tell_empty(struct diag *diag, const struct told *empty)
{
    if (empty->count > 0) {
        diag_note(diag, empty->first, CODE_A020,
                  tr_plural(diag_language(diag),
                            "%zu cell under a session is empty: it records nothing",
                            "%zu cells under sessions are empty: they record nothing; "
                            "the first here",
                            empty->count),
                  empty->count);
    }
}

static void
read_rows(struct attending *a, struct table *table, const uint32_t *sessions)
{
    struct told coloured = {0};
    struct told empty = {0};
    struct diag *diag = a->reading->diag;
    while (table_next(table)) {
        bool several = false;
        if (!a->roster->lost.unread && member_of_row(a, table, &several) == INDEX_NONE &&
            !records_something(table, sessions)) {
            pass_over(a, table);
            continue;
        }
        count_coloured(table, sessions, &coloured);
        read_row(a, table, sessions, &empty);
    }
    tell_empty(diag, &empty);
    if (coloured.count > 0) {
        diag_warning(
            diag, coloured.first, CODE_A019,
            tr_plural(diag_language(diag),
                      "%zu cell has a colour and no text: it records nothing",
                      "%zu cells have a colour and no text: they record nothing; "
                      "the first here",
                      coloured.count),
            coloured.count);
    }
}

/* A sheet of members becomes one of attendance by a column for a session. */
static bool
has_session(const struct table *table, const void *context)
{
    const struct attending *a = context;
    uint32_t session = INDEX_NONE;
    bool has = !attendance_has_calendar(a);
    for (size_t i = 0; i < table->heading_count && !has; i++) {
        has = attendance_heading_names(a->calendar, table->headings[i], &session) > 0;
    }
    return has;
}

static bool
has_calendar_and_session(const struct table *table, const void *context)
{
    return attendance_has_calendar(context) && has_session(table, context);
}

static bool
names_member(const struct table *table, const void *context)
{
    const struct attending *a = context;
    return roster_find(a->roster, table_cell(table, MEMBER).text) != INDEX_NONE;
}

/* A presence that is no figure: those of a total are. */
static bool
is_worded(struct arena scratch, struct text cell)
{
    enum presence presence = PRESENCE_PRESENT;
    return cell.size > 0 && (cell.data[0] < '0' || cell.data[0] > '9') &&
           cell.data[0] != '-' && presence_parse(scratch, cell, &presence);
}

/* Of a sheet with its names in one column, which a title and a total fill as well: the row is a
 * member's, or somebody's with a presence in words. */
static bool
is_of_somebody(const struct table *table, const void *context)
{
    const struct attending *a = context;
    uint32_t session = INDEX_NONE;
    bool several = false;
    struct text name = naming_cell(table).text;
    bool somebody =
        names_find(a->names, table->scratch, name, &several) != INDEX_NONE || several;
    for (size_t i = 0; i < table->heading_count && !somebody; i++) {
        struct text cell = table_cell_at(table, i).text;
        somebody =
            name.size > 0 && !is_known(table, i) && is_worded(table->scratch, cell) &&
            attendance_heading_names(a->calendar, table->headings[i], &session) > 0;
    }
    return somebody;
}

/* A sheet that is still to be signed has names, and nothing under its sessions. */
static bool
records_attendance(const struct table *table, const void *context)
{
    const struct attending *a = context;
    uint32_t session = INDEX_NONE;
    for (size_t i = 0; i < table->heading_count; i++) {
        if (!is_known(table, i) && table_cell_at(table, i).text.size > 0 &&
            attendance_heading_names(a->calendar, table->headings[i], &session) > 0) {
            return true;
        }
    }
    return false;
}

/* The one session that a column is of. */
static uint32_t
session_of(const struct table *table, size_t place, const void *context)
{
    const struct attending *a = context;
    uint32_t session = INDEX_NONE;
    if (!is_known(table, place)) {
        attendance_heading_names(a->calendar, table->headings[place], &session);
    }
    return session;
}

struct layout
attendance_matrix_layout(const struct attending *a)
{
    return (struct layout){
        .columns = forms[BY_KEY],
        .count = COLUMN_COUNT,
        .suits = has_session,
        .owns = names_member,
        .records = records_attendance,
        .subject = session_of,
        .context = a,
    };
}

struct layout
attendance_names_layout(const struct attending *a, bool in_one_column)
{
    return (struct layout){
        .columns = forms[in_one_column ? BY_FULL_NAME : BY_NAMES],
        .count = COLUMN_COUNT,
        .suits = has_calendar_and_session,
        .owns = in_one_column ? is_of_somebody : NULL,
        .records = records_attendance,
        .subject = session_of,
        .context = a,
        .lesser =
            true, /* a workbook may hold a page to sign beside the sheet that counts */
    };
}

void
attendance_read_matrix(struct attending *a, struct table *table)
{
    bool named = table->layout != NULL && (table->layout->columns == forms[BY_NAMES] ||
                                           table->layout->columns == forms[BY_FULL_NAME]);
    bool matched = table_match_some(table, named ? table->layout->columns : forms[BY_KEY],
                                    COLUMN_COUNT);
    if (!attendance_has_calendar(a)) {
        diag_error(a->reading->diag, table_row(table), CODE_A013,
                   "a sheet with one column per session needs the calendar "
                   "(give it with --sessions)");
        return;
    }
    if (!matched) {
        return;
    }
    uint32_t *sessions = NEW_ARRAY(a->reading->keep, uint32_t, table->heading_count);
    attendance_find_sessions(a, table, sessions);
    names_know(a->names);
    read_rows(a, table, sessions);
}
