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
    const struct xlsx_course *course;
    uint32_t next; /* row of the next part */
    size_t room;   /* rows from there on, on its sheet */
    int64_t *sums;
};

/* The rows of a part on one sheet: mostly all of them. */
struct stretch {
    bool turns; /* they begin the next sheet */
    uint32_t first, rows;
    struct xlsx_list list;
    struct xlsx_packed packed;
};

struct part {
    struct kept_rows *rows;
    uint32_t first; /* row on the sheet, from 0 */
    size_t room;
    struct stretches ARRAY_OF(struct stretch) stretches;
};

static size_t
rows_of(const struct part *part)
{
    return part->rows->count / part->rows->columns;
}

/* Goes on over so many rows at most, to the end of the sheet or past it; gives how many. */
static uint32_t
go_on(const struct xlsx_course *course, size_t rows, uint32_t *next, size_t *room)
{
    if (*room == 0) {
        *next = course->again;
        *room = course->most;
    }
    size_t now = rows < *room ? rows : *room;
    *next += (uint32_t)now;
    *room -= now;
    return (uint32_t)now;
}

static void *
make(void *context, size_t index, struct arena *arena)
{
    const struct writing *writing = context;
    struct part *part = NEW(arena, struct part);
    part->rows = table_keep_part(writing->course->table, arena, index);
    return part;
}

static void
place(void *context, size_t index, void *made)
{
    struct writing *writing = context;
    struct part *part = made;
    (void)index;
    part->first = writing->next;
    part->room = writing->room;
    for (size_t left = rows_of(part); left > 0;) {
        left -= go_on(writing->course, left, &writing->next, &writing->room);
    }
}

static void
finish(void *context, size_t index, void *made, struct arena *arena)
{
    const struct writing *writing = context;
    const struct xlsx_course *course = writing->course;
    struct part *part = made;
    const struct cell *cells = part->rows->cells;
    uint32_t next = part->first;
    size_t room = part->room;
    struct arena bytes =
        arena_share(arena, 2); /* each stretch's are gone once they are packed */
    (void)index;
    for (size_t left = rows_of(part); left > 0;) {
        struct stretch *stretch = ARRAY_PUSH(arena, &part->stretches);
        *stretch = (struct stretch){
            .turns = room == 0,
            .list = {.xlsx = writing->sheet->xlsx,
                     .table = course->table,
                     .keep = arena,
                     .room = bytes},
        };
        stretch->rows = go_on(course, left, &next, &room);
        stretch->first = next - stretch->rows;
        left -= stretch->rows;
        for (uint32_t i = 0; i < stretch->rows && !stretch->list.failed; i++) {
            xlsx_list_render(&stretch->list, stretch->first + i, cells);
            cells += part->rows->columns;
        }
        if (stretch->list.failed) {
            break;
        }
        stretch->packed =
            xlsx_pack_bytes(arena, stretch->list.bytes, stretch->list.filled);
    }
}

static void
add_sums(struct writing *writing, const struct kept_rows *rows)
{
    const struct column *columns = writing->course->table->columns;
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
    for (size_t i = 0; i < part->stretches.count && !xlsx->failed; i++) {
        const struct stretch *stretch = &part->stretches.items[i];
        if (stretch->list.failed) {
            (void)xlsx_prepare(xlsx, stretch->list.bad);
            return;
        }
        if (stretch->turns) {
            writing->course->turn(writing->course->context);
        }
        if (!xlsx->failed) {
            xlsx_list_begin(writing->sheet, stretch->first + stretch->rows - 1);
            tally_join(&xlsx->tallies[writing->sheet->index], &stretch->list.tally);
            xlsx_spool_add(xlsx->spool, &stretch->packed);
        }
    }
    if (!xlsx->failed) {
        add_sums(writing, part->rows);
    }
}

void
xlsx_rows_put(struct xlsx_sheet *sheet, struct arena scratch,
              const struct xlsx_course *course, int64_t *sums)
{
    struct writing writing = {.sheet = sheet,
                              .course = course,
                              .next = course->row,
                              .room = course->room,
                              .sums = sums};
    const struct parallel_work work = {
        .context = &writing,
        .parts = course->table->parts,
        .make = make,
        .place = place,
        .finish = finish,
        .take = take,
    };
    xlsx_list_looks(sheet->xlsx);
    parallel_in_order(scratch, &work);
}

void
xlsx_row_put(struct xlsx_sheet *sheet, const struct table *table, uint32_t row,
             const struct cell *cells)
{
    struct xlsx *xlsx = sheet->xlsx;
    struct arena scratch = xlsx->rows;
    struct xlsx_list list = {
        .xlsx = xlsx, .table = table, .keep = &scratch, .room = arena_share(&scratch, 2)};
    xlsx_list_looks(xlsx);
    xlsx_list_begin(sheet, row);
    xlsx_list_render(&list, row, cells);
    if (list.failed) {
        (void)xlsx_prepare(xlsx, list.bad);
        return;
    }
    tally_join(&xlsx->tallies[sheet->index], &list.tally);
    xlsx_spool_put(xlsx->spool, list.bytes, list.filled);
}
