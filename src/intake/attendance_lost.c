/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of attendance on a sheet that has not the header of one: somebody who is known, by key or by
 * name, and what stands under a session. */
#include "attendance_reader.h"

static bool
is_mark(struct arena scratch, struct text text)
{
    enum presence presence;
    struct attendance fact;
    return presence_parse(scratch, text, &presence) ||
           attendance_range_parse(text, &fact) || duration_parse(text, &fact.duration);
}

/* Whether the cell says who somebody is, alone or with the one that follows it. */
static bool
names_somebody(struct attending *a, const struct loose_row *row, size_t at)
{
    struct arena scratch = row->scratch;
    struct text text = text_trim(row->cells[at]);
    bool several = false;
    if (roster_find(a->roster, text) != INDEX_NONE ||
        names_find(a->names, scratch, text, &several) != INDEX_NONE || several) {
        return true;
    }
    if (at + 1 == row->count) {
        return false;
    }
    struct text both = text_of(arena_printf(&scratch, "%.*s %.*s", TEXT_ARG(text),
                                            TEXT_ARG(text_trim(row->cells[at + 1]))));
    return names_find(a->names, scratch, both, &several) != INDEX_NONE || several;
}

static bool
is_like_attendance(void *reader, const struct loose_row *row)
{
    struct attending *a = reader;
    size_t who = row->count;
    for (size_t i = 0; i < row->count && who == row->count; i++) {
        if (row->cells[i].size > 0 && names_somebody(a, row, i)) {
            who = i;
        }
    }
    for (size_t i = 0; i < row->count && who < row->count; i++) {
        struct text text = text_trim(row->cells[i]);
        if (i != who && !row->aside[i] && text.size > 0 && is_mark(row->scratch, text)) {
            return true;
        }
    }
    return false;
}

static bool
is_aside(struct arena scratch, struct text fold)
{
    return attendance_is_aside(fold) || attendance_names_heading(scratch, fold);
}

struct likeness
attendance_likeness(struct attending *a)
{
    return (struct likeness){.row = is_like_attendance, .aside = is_aside, .reader = a};
}
