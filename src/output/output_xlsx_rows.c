/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a long table on all processors. A part's rows are made, then counted in the
 * order of the parts (which tells where the next part's begin), then rendered and compressed,
 * and only the compressed block is told in order. What is written does not depend on how
 * many processors there are: a block is a part, and parts are what they are.
 */
#include "defray/parallel.h"

#include "output_xlsx_parts.h"

struct writing {
    struct xlsx_sheet *sheet;
    const struct table *table;
    uint32_t next; /* row of the next part */
    int64_t *sums;
};

struct part {
    struct kept_rows *rows;
    uint32_t first; /* row on the sheet, from 0 */
    struct xlsx_list list;
    struct xlsx_packed packed;
};

static void *
make(void *context, size_t index, struct arena *arena)
{
    const struct writing *writing = context;
    struct part *part = NEW(arena, struct part);
    part->rows = table_keep_part(writing->table, arena, index);
    return part;
}

static void
place(void *context, size_t index, void *made)
{
    struct writing *writing = context;
    struct part *part = made;
    (void)index;
    part->first = writing->next;
    writing->next += (uint32_t)(part->rows->count / part->rows->columns);
}

static void
finish(void *context, size_t index, void *made, struct arena *arena)
{
    const struct writing *writing = context;
    struct part *part = made;
    const struct kept_rows *rows = part->rows;
    uint32_t row = part->first;
    (void)index;
    part->list = (struct xlsx_list){
        .xlsx = writing->sheet->xlsx, .table = writing->table, .keep = arena};
    for (size_t i = 0; i < rows->count && !part->list.failed; i += rows->columns) {
        xlsx_list_render(&part->list, row++, rows->cells + i);
    }
    if (part->list.filled > 0) {
        part->packed = xlsx_pack_bytes(arena, part->list.bytes, part->list.filled);
    }
}

static void
add_sums(struct writing *writing, const struct kept_rows *rows)
{
    const struct column *columns = writing->table->columns;
    for (size_t column = 0; column < rows->columns; column++) {
        for (size_t i = column; columns[column].total && i < rows->count;
             i += rows->columns) {
            writing->sums[column] += cell_summand(&rows->cells[i]);
        }
    }
}

static void
take(void *context, size_t index, void *made, struct arena *arena)
{
    struct writing *writing = context;
    const struct part *part = made;
    struct xlsx *xlsx = writing->sheet->xlsx;
    (void)index;
    (void)arena;
    if (part->list.failed && !xlsx->failed) {
        (void)xlsx_prepare(xlsx, part->list.bad);
    }
    if (xlsx->failed || part->rows->count == 0) {
        return;
    }
    uint32_t rows = (uint32_t)(part->rows->count / part->rows->columns);
    xlsx_list_begin(writing->sheet, part->first + rows - 1);
    add_sums(writing, part->rows);
    tally_join(&xlsx->tallies[writing->sheet->index], &part->list.tally);
    xlsx_spool_add(xlsx->spool, &part->packed);
}

void
xlsx_rows_put(struct xlsx_sheet *sheet, struct arena scratch, const struct table *table,
              uint32_t row, int64_t *sums)
{
    struct writing writing = {.sheet = sheet, .table = table, .next = row, .sums = sums};
    const struct parallel_work work = {
        .context = &writing,
        .parts = table->parts,
        .make = make,
        .place = place,
        .finish = finish,
        .take = take,
    };
    xlsx_list_looks(sheet->xlsx);
    parallel_in_order(scratch, &work);
}
