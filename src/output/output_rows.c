/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a table as bytes of a format. Those of a part are written beside those of others
 * and only joined in order: of a long month that halves the time on two processors, as a row
 * takes longer to write than to compute.
 */
#include "defray/parallel.h"

#include "output_parts.h"

struct writing {
    struct row_sink sink;
    const struct output_rows *rows;
    struct output_stream *stream;
    bool any; /* rows so far */
};

struct part {
    struct arena bytes; /* of the stream, and of nothing else: they grow in place */
    struct output_stream stream;
    bool any;
};

static void
put_row(struct row_sink *sink, const struct cell *cells)
{
    struct writing *writing = (struct writing *)sink;
    const struct output_rows *rows = writing->rows;
    if (writing->any) {
        output_stream_add(writing->stream, rows->between);
    }
    writing->any = true;
    rows->row(writing->stream, rows->context, cells);
}

static void *
make(void *context, size_t index, struct arena *arena)
{
    const struct output_rows *rows = ((struct writing *)context)->rows;
    struct part *part = NEW(arena, struct part);
    part->bytes = arena_share(arena, 2);
    part->stream = output_stream_kept(&part->bytes);
    struct writing writing = {.sink = {put_row}, .rows = rows, .stream = &part->stream};
    rows->table->produce_part(rows->table->context, arena, index, &writing.sink);
    part->any = writing.any;
    return part;
}

static void
take(void *context, size_t index, void *made, struct arena *arena)
{
    struct writing *writing = context;
    const struct part *part = made;
    (void)index;
    (void)arena;
    if (writing->any && part->any) {
        output_stream_add(writing->stream, writing->rows->between);
    }
    writing->any = writing->any || part->any;
    output_stream_join(writing->stream, &part->stream);
}

bool
output_rows_put(struct arena scratch, const struct output_rows *rows,
                struct output_stream *stream)
{
    struct writing writing = {.sink = {put_row}, .rows = rows, .stream = stream};
    const struct table *table = rows->table;
    const struct parallel_work work = {
        .context = &writing, .parts = table->parts, .make = make, .take = take};
    if (table->produce_part == NULL) {
        table->produce(table->context, scratch, &writing.sink);
    } else {
        parallel_in_order(scratch, &work);
    }
    return writing.any;
}
