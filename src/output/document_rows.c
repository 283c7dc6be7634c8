/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table: made part by part on all processors, told in their order. */
#include "defray/document_rows.h"

#include "defray/parallel.h"

#include <string.h>

struct keeping_sink {
    struct row_sink sink;
    struct arena room; /* holds nothing else: rows lie behind one another */
    struct kept_rows *rows;
};

struct telling {
    const struct table *table;
    struct row_sink *sink;
};

struct counting_sink {
    struct row_sink sink;
    size_t rows;
};

static void
keep_row(struct row_sink *sink, const struct cell *cells)
{
    struct keeping_sink *keeping = (struct keeping_sink *)sink;
    struct kept_rows *rows = keeping->rows;
    size_t bytes = rows->columns * sizeof *cells;
    struct cell *row = arena_append(&keeping->room, bytes);
    rows->cells = rows->count == 0 ? row : rows->cells;
    memcpy(row, cells, bytes);
    rows->count += rows->columns;
}

struct kept_rows *
table_keep_part(const struct table *table, struct arena *keep, size_t part)
{
    struct kept_rows *rows = NEW(keep, struct kept_rows);
    struct keeping_sink keeping = {
        .sink = {keep_row}, .room = arena_share(keep, 2), .rows = rows};
    rows->columns = table->column_count;
    table->produce_part(table->context, keep, part, &keeping.sink);
    return rows;
}

static void *
make(void *context, size_t part, struct arena *arena)
{
    return table_keep_part(((struct telling *)context)->table, arena, part);
}

static void
take(void *context, size_t part, void *made, struct arena *arena)
{
    const struct telling *telling = context;
    const struct kept_rows *rows = made;
    (void)part;
    (void)arena;
    for (size_t i = 0; i < rows->count; i += rows->columns) {
        telling->sink->row(telling->sink, rows->cells + i);
    }
}

void
table_produce(const struct table *table, struct arena scratch, struct row_sink *sink)
{
    struct telling telling = {table, sink};
    const struct parallel_work work = {
        .context = &telling, .parts = table->parts, .make = make, .take = take};
    if (table->produce_part == NULL) {
        table->produce(table->context, scratch, sink);
    } else {
        parallel_in_order(scratch, &work);
    }
}

static void
count_row(struct row_sink *sink, const struct cell *cells)
{
    (void)cells;
    ((struct counting_sink *)sink)->rows++;
}

static void *
count_part(void *context, size_t part, struct arena *arena)
{
    const struct telling *telling = context;
    struct counting_sink *counting = NEW(arena, struct counting_sink);
    counting->sink.row = count_row;
    telling->table->produce_part(telling->table->context, arena, part, &counting->sink);
    return counting;
}

static void
add_count(void *context, size_t part, void *made, struct arena *arena)
{
    const struct telling *telling = context;
    (void)part;
    (void)arena;
    ((struct counting_sink *)telling->sink)->rows +=
        ((const struct counting_sink *)made)->rows;
}

size_t
table_rows(const struct table *table, struct arena scratch)
{
    if (table->rows_known) {
        return table->rows;
    }
    struct counting_sink counting = {{count_row}, 0};
    struct telling telling = {table, &counting.sink};
    const struct parallel_work work = {.context = &telling,
                                       .parts = table->parts,
                                       .make = count_part,
                                       .take = add_count};
    if (table->produce_part == NULL) {
        table->produce(table->context, scratch, &counting.sink);
    } else {
        parallel_in_order(scratch, &work);
    }
    return counting.rows;
}
