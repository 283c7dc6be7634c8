/* SPDX-License-Identifier: Apache-2.0 */
/* The headings of a matrix: which session each column is of, and which columns are of none. A
 * column that is left alone must not be that of a session all the same. */
#include "attendance_reader.h"
#include "cells.h"
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

/* A session, or the sessions of a day, as people name them in passing. */
struct named {
    uint32_t session;  /* by its id; INDEX_NONE */
    struct date date;  /* by its date; DATE_NONE */
    int day;           /* by its day of a month, mostly without the year; 0 */
    int month;         /* "28/03"; 0 */
    struct text spelt; /* "28 mars": the name of the month, folded, or how it begins */
    int year;          /* behind that name; 0 */
};

static const char *const short_days[] = {
    "99/99",     "9/99",     "99/9",     "9/9",        "99.99",      "99-99",
    "99/99/99",  "9/99/99",  "99/9/99",  "9/9/99",     "9/9/9999",   "99/9/9999",
    "9/99/9999", "99.99.99", "99-99-99", "99.99.9999", "99-99-9999",
};

/* "28mars2026" */
static void
take_spelt_day(struct text fold, struct named *named)
{
    int year[FORM_NUMBERS] = {0};
    size_t from = 0;
    int day = 0;
    while (from < fold.size && from < 2 && is_digit(fold.data[from])) {
        day = day * 10 + (fold.data[from++] - '0');
    }
    struct text rest = {fold.data + from, fold.size - from};
    from += day == 1 && text_starts_with(rest, STR("er")) ? 2 : 0;
    size_t to = from;
    while (to < fold.size && fold.data[to] >= 'a' && fold.data[to] <= 'z') {
        to++;
    }
    if (day == 0 || to - from < MONTH_LETTERS_MIN) {
        return;
    }
    named->day = day;
    named->spelt = (struct text){fold.data + from, to - from};
    if (fold.size - to >= 4 &&
        form_match((struct text){fold.data + to, 4}, "9999", year)) {
        named->year = year[0];
    }
}

static struct named
parse_named(struct arena *scratch, const struct calendar *calendar, struct text t)
{
    struct named named = {.session = calendar_find(calendar, t),
                          .date = day_of_heading(t)};
    int numbers[FORM_NUMBERS] = {0};
    if (named.session != INDEX_NONE || !date_is_none(named.date)) {
        return named;
    }
    for (size_t i = 0; i < ARRAY_COUNT(short_days) && named.day == 0; i++) {
        if (form_match(t, short_days[i], numbers)) {
            named.day = numbers[0];
            named.month = numbers[1];
        }
    }
    if (named.day == 0 && is_digit(t.data[0])) {
        take_spelt_day(text_fold(scratch, t), &named);
    }
    return named;
}

static bool
is_named(const struct named *named, const struct calendar *calendar, uint32_t session)
{
    struct date date = calendar->items[session].date;
    if (named->session != INDEX_NONE) {
        return named->session == session;
    }
    struct date day = named->date;
    int year = date_year(date);
    int month = date_month(date);
    bool of_month = named->day > 0 && (named->year == 0 || named->year == year) &&
                    (named->spelt.size == 0 ? named->month == month
                                            : month_is_spelt(named->spelt, month));
    bool said = of_month ? date_make(year, month, named->day, &day) : !date_is_none(day);
    return said && date_compare(day, date) == 0;
}

/* Whether the text names sessions, and none of them has a column of its own. */
static bool
names_without_column(struct attending *a, const struct table *table,
                     const uint32_t *sessions, struct text t)
{
    struct arena scratch = table->scratch;
    const struct named named = parse_named(&scratch, a->calendar, t);
    bool any = false;
    for (uint32_t i = 0; i < a->calendar->count; i++) {
        any = any || is_named(&named, a->calendar, i);
    }
    for (size_t i = 0; i < table->heading_count && any; i++) {
        any = sessions[i] == INDEX_NONE || !is_named(&named, a->calendar, sessions[i]);
    }
    return any;
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
        bool closed = rest.data[rest.size - 1] == ')';
        struct text named = {rest.data, rest.size - closed};
        if (names_without_column(a, table, sessions, named)) {
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
