/* SPDX-License-Identifier: Apache-2.0 */
/* The member that a row speaks of, and facts by member. */
#include "member.h"

#include "defray/limits.h"

#include <string.h>

#define SCRATCH_MIN ((size_t)64 << 20)

static size_t
unpacked_max(struct text bytes)
{
    if (!text_starts_with(bytes, STR("PK"))) {
        return bytes.size;
    }
    size_t most = bytes.size * WORKBOOK_RATIO_MAX + WORKBOOK_RATIO_FROM;
    return most < WORKBOOK_INFLATED_MAX ? most : WORKBOOK_INFLATED_MAX;
}

size_t
intake_bytes_max(const struct input_list *files)
{
    size_t bytes = 0;
    for (size_t i = 0; i < files->count; i++) {
        bytes += unpacked_max(files->items[i]->bytes);
    }
    return bytes;
}

struct arena
intake_scratch(const struct input_list *files, size_t bytes_per_byte)
{
    return arena_reserve(SCRATCH_MIN + intake_bytes_max(files) * bytes_per_byte);
}

static struct text
guess_member(const struct cell *cell, const struct roster *roster)
{
    const struct table *table = cell->table;
    if (*table->guesses >= GUESSES_MAX) {
        return STR("");
    }
    ++*table->guesses;
    return roster_nearest(roster, table->scratch, cell->text);
}

bool
cell_member(const struct cell *cell, const struct roster *roster, uint32_t *out)
{
    *out = INDEX_NONE;
    if (!field_required(cell)) {
        return false;
    }
    *out = roster_find_near(roster, cell->text, *cell->table->member);
    if (*out != INDEX_NONE) {
        *cell->table->member = *out;
        return true;
    }
    if (passed_over_may_hold(&roster->lost, cell->text)) {
        return false; /* the table of members, or that row of it, has been reported */
    }
    if (cell->table->sheet->input->confidential) {
        return diag_error(cell_diag(cell), cell_where(cell), CODE_M010,
                          "the member of this row is not in the table of members");
    }
    diag_error(cell_diag(cell), cell_where(cell), CODE_M010,
               "member '%s' is not in the table of members", cell_shown(cell));
    cell_suggest(cell, guess_member(cell, roster));
    return false;
}

static uint32_t
member_of(const void *fact)
{
    uint32_t member = 0;
    memcpy(&member, fact, sizeof member);
    return member;
}

size_t *
facts_first(struct arena *keep, const struct roster *roster, const void *items,
            size_t count, size_t size)
{
    size_t *first = NEW_ARRAY(keep, size_t, roster->count + 1);
    const char *bytes = items;
    for (size_t i = 0; i < count; i++) {
        first[member_of(bytes + i * size) + 1]++;
    }
    for (size_t i = 0; i < roster->count; i++) {
        first[i + 1] += first[i];
    }
    return first;
}

size_t *
facts_sort(struct arena *keep, struct arena scratch, const struct roster *roster,
           struct rows *rows, struct order by)
{
    size_t *first = facts_first(keep, roster, rows->items, rows->count, rows->size);
    size_t *next = NEW_ARRAY(&scratch, size_t, roster->count + 1);
    uint32_t *order = NEW_ARRAY(&scratch, uint32_t, rows->count);
    const char *bytes = rows->items;
    memcpy(next, first, (roster->count + 1) * sizeof *next);
    for (uint32_t i = 0; i < rows->count; i++) {
        order[next[member_of(bytes + i * rows->size)]++] = i;
    }
    for (size_t m = 0; m < roster->count; m++) {
        sort_indexes(scratch, order + first[m], first[m + 1] - first[m], by);
    }
    rows_put_in_order(scratch, rows, order);
    return first;
}
