/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are added one behind the other, and put in order where they lie. */
#include "rows.h"

#include "member.h"

#include <assert.h>
#include <string.h>

#define ROWS_MIN 1024

struct rows
rows_new(const struct input_list *files, size_t least, size_t size)
{
    struct rows rows = {.size = size, .least = least};
    rows.arena = arena_reserve((intake_bytes_max(files) / least + ROWS_MIN) * size);
    rows.items = rows.arena.next;
    return rows;
}

struct arena
rows_memory(const struct rows *rows)
{
    return (struct arena){rows->items, rows->arena.end, rows->arena.stretch};
}

void
rows_add(struct rows *rows, const void *items, size_t count)
{
    if (count == 0) {
        return;
    }
    size_t bytes = count * rows->size;
    char *added = arena_append(&rows->arena, bytes);
    assert(added == (char *)rows->items + rows->count * rows->size);
    memcpy(added, items, bytes);
    rows->count += count;
    assert(rows->count < INDEX_NONE);
}

size_t
rows_open(struct rows *rows, size_t bytes)
{
    size_t left = (size_t)(rows->arena.end - rows->arena.next) / rows->size;
    size_t most = bytes / rows->least + 1;
    most = most < left ? most : left;
    rows->opened = rows->count;
    (void)arena_append_room(&rows->arena, most * rows->size);
    return most;
}

void *
rows_ahead(const struct rows *rows, size_t number)
{
    return (char *)rows->items + (rows->opened + number) * rows->size;
}

void
rows_keep(struct rows *rows, const void *items, size_t count)
{
    char *place = (char *)rows->items + rows->count * rows->size;
    assert((const char *)items >= place);
    if (items != place) {
        memmove(place, items, count * rows->size);
    }
    rows->count += count;
    assert(rows->count < INDEX_NONE);
}

void
rows_close(struct rows *rows)
{
    rows->arena.next = (char *)rows->items + rows->count * rows->size;
}

void
rows_put_in_order(struct arena scratch, struct rows *rows, uint32_t *order)
{
    char *items = rows->items;
    char *held = arena_room(&scratch, rows->size);
    for (uint32_t start = 0; start < rows->count; start++) {
        if (order[start] == start) {
            continue;
        }
        /* Each place of the cycle gets the row that belongs there; it is in order then. */
        uint32_t place = start;
        memcpy(held, items + start * rows->size, rows->size);
        while (order[place] != start) {
            uint32_t from = order[place];
            memcpy(items + place * rows->size, items + from * rows->size, rows->size);
            order[place] = place;
            place = from;
        }
        memcpy(items + place * rows->size, held, rows->size);
        order[place] = place;
    }
}

void
rows_sort(struct arena scratch, struct rows *rows,
          int (*compare)(const void *items, uint32_t a, uint32_t b))
{
    uint32_t *order =
        sorted_indexes(&scratch, rows->count, (struct order){compare, rows->items});
    rows_put_in_order(scratch, rows, order);
}
