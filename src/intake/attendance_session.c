/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which session a row belongs to. The calendar decides where there is one; without
 * it, the rows themselves define the sessions, and must agree about them.
 */
#include "attendance_reader.h"

#include <string.h>

/* A day and a kind as the key of a map. */
struct day_key {
    int32_t day;
    int32_t kind;
};

static struct where
row_of(const struct named_session *named)
{
    return table_row(named->id.table);
}

/* Makes a session out of what the row says. Its number is a name for `own`. */
static uint32_t
define(struct attending *a, const struct named_session *named)
{
    struct session *session = ARRAY_PUSH(a->reading->keep, &a->own);
    *session = (struct session){
        .id = named->id.text,
        .date = named->date,
        .kind = named->kind,
        .start = TIME_NONE,
        .end = TIME_NONE,
        .where = row_of(named),
    };
    (void)day_holds(a->reading, named->date, named->date_where);
    return (uint32_t)(a->own.count - 1);
}

static bool
find_in_calendar(struct attending *a, const struct named_session *named, uint32_t *out)
{
    *out = calendar_find_near(a->calendar, named->id.text, a->session);
    if (*out == INDEX_NONE) {
        return attendance_unknown_session(a, &named->id);
    }
    a->session = *out;
    struct diag *diag = a->reading->diag;
    const struct session *session = &a->calendar->items[*out];
    bool other_day = !date_is_none(named->date) && !date_is_none(session->date) &&
                     date_compare(named->date, session->date) != 0;
    bool other_kind = named->kind != KIND_NONE && session->kind != KIND_NONE &&
                      named->kind != session->kind;
    if (other_day) {
        char date[DATE_TEXT_MAX];
        diag_error(diag, named->date_where, CODE_A006,
                   "the row is of another day than session '%.*s' (%s)",
                   TEXT_ARG(session->id), date_text(session->date, date));
        diag_other_place(diag, session->where);
    }
    if (other_kind) {
        diag_error(diag, named->kind_where, CODE_A006,
                   "the row is of another kind than session '%.*s' (%s)",
                   TEXT_ARG(session->id), kind_label(diag_language(diag), session->kind));
        diag_other_place(diag, session->where);
    }
    return !other_day && !other_kind;
}

/* A session known by its id, without a calendar. */
static bool
find_own(struct attending *a, const struct named_session *named, uint32_t *out)
{
    struct diag *diag = a->reading->diag;
    if (a->undated) {
        return false;
    }
    if (date_is_none(named->date) || named->kind == KIND_NONE) {
        return diag_error(diag, cell_where(&named->id), CODE_A010,
                          "nothing says of which date and kind session '%s' is "
                          "(give the calendar with --sessions)",
                          cell_shown(&named->id));
    }
    uint32_t index = map_find(&a->own_by_id, named->id.text);
    if (index == MAP_NONE && table_defers(named->id.table)) {
        return false;
    }
    if (index == MAP_NONE) {
        index =
            map_insert(a->reading->keep, &a->own_by_id, named->id.text, define(a, named));
    }
    const struct session *session = &a->own.items[index];
    *out = (uint32_t)a->calendar->count + index;
    if (date_compare(session->date, named->date) == 0 && session->kind == named->kind) {
        return true;
    }
    diag_error(diag, cell_where(&named->id), CODE_A011,
               "session '%s' has another date or kind on another row",
               cell_shown(&named->id));
    diag_other_place(diag, session->where);
    return false;
}

/* A row that names no session. */
static bool
find_by_day(struct attending *a, const struct named_session *named, uint32_t *out)
{
    struct diag *diag = a->reading->diag;
    if (date_is_none(named->date) || named->kind == KIND_NONE) {
        return diag_error(diag, row_of(named), CODE_A008,
                          "the row names neither a session nor a date and a kind");
    }
    struct day_key key = {named->date.day, (int32_t)named->kind};
    struct text view = {(const char *)&key, sizeof key};
    uint32_t index = map_find(&a->own_by_day, view);
    if (index != MAP_NONE) {
        *out = (uint32_t)a->calendar->count + index;
        return true;
    }
    size_t count = calendar_on(a->calendar, named->date, named->kind, out);
    if (count == 1) {
        return true;
    }
    if (count > 1) {
        return diag_error(
            diag, row_of(named), CODE_A016,
            "the row names no session, and the calendar has %zu of that date and kind",
            count);
    }
    if (attendance_has_calendar(a) && !passed_over_any(&a->calendar->lost)) {
        diag_warning(diag, row_of(named), CODE_A009,
                     "the calendar has no session of that date and kind");
    }
    if (table_defers(named->id.table)) {
        return false;
    }
    struct text kept = text_copy(a->reading->keep, view);
    index = map_insert(a->reading->keep, &a->own_by_day, kept, define(a, named));
    *out = (uint32_t)a->calendar->count + index;
    return true;
}

bool
attendance_has_calendar(const struct attending *a)
{
    return a->calendar->given || a->calendar->count > 0;
}

bool
attendance_unknown_session(struct attending *a, const struct cell *id)
{
    if (passed_over_may_hold(&a->calendar->lost, id->text)) {
        return false; /* the calendar, or that row of it, has been reported */
    }
    struct diag *diag = a->reading->diag;
    diag_error(diag, cell_where(id), CODE_A012, "session '%s' is not in the calendar",
               cell_shown(id));
    if (a->guesses++ < GUESSES_MAX) {
        struct arena scratch = a->scratch;
        struct text *ids = NEW_ARRAY(&scratch, struct text, a->calendar->count);
        for (size_t i = 0; i < a->calendar->count; i++) {
            ids[i] = a->calendar->items[i].id;
        }
        cell_suggest(id, text_nearest(scratch, id->text, ids, a->calendar->count));
    }
    return false;
}

bool
attendance_session(struct attending *a, const struct named_session *named, uint32_t *out)
{
    if (named->id.text.size == 0) {
        return find_by_day(a, named, out);
    }
    return attendance_has_calendar(a) ? find_in_calendar(a, named, out)
                                      : find_own(a, named, out);
}
