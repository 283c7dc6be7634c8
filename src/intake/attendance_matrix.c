/* SPDX-License-Identifier: Apache-2.0 */
/* The matrix form, the signed sheet as offices keep it: a row a member, a column a
 * session. An empty cell records nothing. */
#include "attendance_reader.h"

enum { MEMBER, LAST_NAME, FIRST_NAME, FULL_NAME, COLUMN_COUNT };

static const struct column columns[COLUMN_COUNT] = {
    [MEMBER] = {"member",     "membre|id|identifiant|matricule|n°|numero",        true },
    [LAST_NAME] = {"last_name",  "nom|nom de famille",                                false},
    [FIRST_NAME] = {"first_name", "prenom",                                            false},
    [FULL_NAME] = {"name",       "nom et prenom|nom prenom|prenom et nom|prenom nom", false},
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

/* Files a session that has two columns. */
static void
check_repeated(const struct table *table, const uint32_t *sessions, size_t place)
{
    for (size_t i = 0; i < place; i++) {
        if (sessions[i] == sessions[place]) {
            struct cell cell = {.table = table, .place = place};
            diag_error(cell_diag(&cell), cell_where(&cell), CODE_T009,
                       "columns %zu and %zu of the header have the same name", i + 1,
                       place + 1);
        }
    }
}

/* The session of each cell of a row; INDEX_NONE where there is none. */
static void
find_sessions(struct attending *a, const struct table *table, uint32_t *sessions)
{
    for (size_t i = 0; i < table->heading_count; i++) {
        struct text id = table->headings[i];
        sessions[i] = INDEX_NONE;
        if (is_known(table, i) || id.size == 0) {
            continue;
        }
        sessions[i] = calendar_find(a->calendar, id);
        if (sessions[i] == INDEX_NONE) {
            struct cell cell = {.text = id, .table = table, .place = i};
            attendance_unknown_session(a, &cell);
        } else {
            check_repeated(table, sessions, i);
        }
    }
}

/* Splits "09:00-12:30", with a hyphen or a dash. */
static bool
parse_range(struct text t, struct attendance *fact)
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
                   time_parse(end, &fact->end) && fact->start < 24 * 60;
        }
    }
    return false;
}

static bool
read_cell(const struct table *table, const struct cell *cell, struct attendance *fact)
{
    enum presence presence = PRESENCE_PRESENT;
    struct diag *diag = table->reading->diag;
    if (presence_parse(table->scratch, cell->text, &presence)) {
        fact->presence = (uint8_t)presence;
        return true;
    }
    fact->presence = PRESENCE_PRESENT;
    if (parse_range(cell->text, fact)) {
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

static void
read_row(struct attending *a, const struct table *table, const uint32_t *sessions)
{
    struct cell member = table_cell(table, MEMBER);
    uint32_t index = INDEX_NONE;
    bool known = cell_member(&member, a->roster, &index);
    for (size_t i = 0; i < table->heading_count; i++) {
        if (sessions[i] == INDEX_NONE) {
            continue;
        }
        struct cell cell = table_cell_at(table, i);
        struct attendance fact = {
            .member = index,
            .session = sessions[i],
            .line = table->sheet->line,
            .same_as = INDEX_NONE,
            .duration = DURATION_NONE,
            .start = TIME_NONE,
            .end = TIME_NONE,
            .column = 1,
        };
        if (cell.text.size > 0 && read_cell(table, &cell, &fact) && known) {
            attendance_add(a, fact);
        }
    }
}

void
attendance_read_matrix(struct attending *a, struct table *table)
{
    bool matched = table_match_some(table, columns, COLUMN_COUNT);
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
    find_sessions(a, table, sessions);
    while (table_next(table)) {
        read_row(a, table, sessions);
    }
}
