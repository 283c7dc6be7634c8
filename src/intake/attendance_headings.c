/* SPDX-License-Identifier: Apache-2.0 */
/* The headings of a matrix: which session each column is of, and which columns are of none. A
 * column that is left alone must not be that of a session all the same. */
#include "attendance_reader.h"
#include "forms.h"

#include <string.h>

/* Headings of columns that such a sheet has beside its sessions, folded: whole, or how they
 * begin. Few and plain: a session whose id is misspelt must not be taken for one. */
static const struct text side_headings[] = {
    STR_INIT("note"),     STR_INIT("notes"),       STR_INIT("mail"),
    STR_INIT("email"),    STR_INIT("courriel"),    STR_INIT("tel"),
    STR_INIT("phone"),    STR_INIT("telephone"),   STR_INIT("portable"),
    STR_INIT("civilite"), STR_INIT("title"),       STR_INIT("statut"),
    STR_INIT("status"),   STR_INIT("college"),     STR_INIT("groupe"),
    STR_INIT("commune"),  STR_INIT("ville"),       STR_INIT("town"),
    STR_INIT("nb"),       STR_INIT("nbpresences"),
};
static const struct text side_starts[] = {
    STR_INIT("total"),      STR_INIT("nombrede"), STR_INIT("observation"),
    STR_INIT("remar"),      STR_INIT("comment"),  STR_INIT("signature"),
    STR_INIT("emargement"),
};

bool
attendance_is_aside(struct text fold)
{
    for (size_t i = 0; i < ARRAY_COUNT(side_headings); i++) {
        if (text_equals(fold, side_headings[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < ARRAY_COUNT(side_starts); i++) {
        if (text_starts_with(fold, side_starts[i])) {
            return true;
        }
    }
    return false;
}

static struct date
day_of_heading(struct text heading)
{
    int numbers[FORM_NUMBERS] = {0};
    struct date date = DATE_NONE;
    if (date_parse_iso(heading, &date) ||
        (form_match(heading, "99/99/9999", numbers) &&
         date_make(numbers[2], numbers[1], numbers[0], &date))) {
        return date;
    }
    return DATE_NONE;
}

size_t
attendance_heading_names(const struct calendar *calendar, struct text heading,
                         uint32_t *out)
{
    size_t count = 0;
    *out = calendar_find(calendar, heading);
    struct date day = *out == INDEX_NONE ? day_of_heading(heading) : DATE_NONE;
    if (*out != INDEX_NONE || date_is_none(day)) {
        return *out != INDEX_NONE;
    }
    for (size_t i = 0; i < calendar->count; i++) {
        if (date_compare(calendar->items[i].date, day) == 0) {
            *out = count++ == 0 ? (uint32_t)i : INDEX_NONE;
        }
    }
    return count;
}

/* Whether one of the sessions that the text names has a column of its own. */
static bool
has_column(const struct calendar *calendar, struct text named, const struct table *table,
           const uint32_t *sessions)
{
    uint32_t index = calendar_find(calendar, named);
    struct date day = index == INDEX_NONE ? day_of_heading(named) : DATE_NONE;
    for (size_t i = 0; i < table->heading_count; i++) {
        uint32_t session = sessions[i];
        if (session != INDEX_NONE &&
            (session == index ||
             (!date_is_none(day) &&
              date_compare(calendar->items[session].date, day) == 0))) {
            return true;
        }
    }
    return false;
}

/* What stands in a heading behind its first word: "du 07/03/2026" of "Signature du 07/03/2026";
 * empty at its end. Marks around a name are no part of it. */
static struct text
behind_word(struct text heading)
{
    size_t at = 0;
    while (at < heading.size && heading.data[at] != ' ') {
        at++;
    }
    while (at < heading.size && memchr(" (:-", heading.data[at], 4) != NULL) {
        at++;
    }
    return (struct text){heading.data + at, heading.size - at};
}

/* Files a column that is left alone by its first word, and names a session for which there is no
 * other column. */
static bool
check_aside(struct attending *a, const struct table *table, const uint32_t *sessions,
            size_t place)
{
    struct text rest = behind_word(table->headings[place]);
    for (; rest.size > 0; rest = behind_word(rest)) {
        uint32_t session = INDEX_NONE;
        bool closed = rest.data[rest.size - 1] == ')';
        struct text named = {rest.data, rest.size - closed};
        if (attendance_heading_names(a->calendar, named, &session) > 0 &&
            !has_column(a->calendar, named, table, sessions)) {
            struct cell cell = {
                .text = table->headings[place], .table = table, .place = place};
            return diag_error(cell_diag(&cell), cell_where(&cell), CODE_A027,
                              "the column '%s' names a session that has no other column",
                              cell_shown(&cell));
        }
    }
    return true;
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

/* The columns that are left alone, once all sessions have theirs. */
static void
tell_aside(struct attending *a, const struct table *table, const uint32_t *sessions,
           const bool *left)
{
    const char *aside = "";
    struct arena *arena = diag_arena(a->reading->diag);
    for (size_t i = 0; i < table->heading_count; i++) {
        if (left[i] && check_aside(a, table, sessions, i)) {
            const char *comma = aside[0] == '\0' ? "" : ", ";
            aside = arena_printf(arena, "%s%s%.*s", aside, comma,
                                 TEXT_ARG(table->headings[i]));
        }
    }
    if (aside[0] != '\0') {
        diag_note(a->reading->diag, table_row(table), CODE_T010, "columns not used: %s",
                  aside);
    }
}

void
attendance_find_sessions(struct attending *a, const struct table *table,
                         uint32_t *sessions)
{
    bool *left = NEW_ARRAY(a->reading->keep, bool, table->heading_count);
    for (size_t i = 0; i < table->heading_count; i++) {
        struct cell cell = {.text = table->headings[i], .table = table, .place = i};
        sessions[i] = INDEX_NONE;
        if (table_is_placed(table, i) || cell.text.size == 0) {
            continue;
        }
        size_t count = attendance_heading_names(a->calendar, cell.text, &sessions[i]);
        if (count == 1) {
            table->reads[i] = true;
            table->quoted[i] = true;
            check_repeated(table, sessions, i);
        } else if (count > 1) {
            diag_error(cell_diag(&cell), cell_where(&cell), CODE_A016,
                       "the column '%s' names a day, and the calendar has %zu sessions "
                       "of that day",
                       cell_shown(&cell), count);
        } else if (attendance_is_aside(table->folds[i])) {
            left[i] = true;
        } else {
            attendance_unknown_session(a, &cell);
        }
    }
    tell_aside(a, table, sessions, left);
}
