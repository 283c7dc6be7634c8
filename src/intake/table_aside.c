/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a long CSV on all processors. A part is cut at line ends and read by the
 * functions that read a table in order. What its rows make is written where it will stay, a place
 * for each line; what they keep has memory of its own. It counts only if the parts
 * before it do, and nothing was met that depends on what stands elsewhere: no error (as of a
 * quotation mark that is still open at its end), no total, nothing that the reader has to
 * remember. What it warns of is filed in the order of parts. The first part that does not
 * count is read again in order, and so is what follows if that goes on: the same is read and
 * said whatever the number of processors.
 */
#include "defray/parallel.h"
#include "defray/scan.h"

#include "csv.h"
#include "table.h"

#include <assert.h>
#include <limits.h>
#include <stdatomic.h>
#include <string.h>

#define PART_BYTES    ((size_t)1 << 18)
#define PARTS_MIN     8
#define KEEP_TIMES    32   /* a row keeps no more than so many times its bytes */
#define KEEP_MORE     4096 /* and a part this, whatever it holds */
#define ROW_MOST      512  /* bytes of what a reader makes of a row */
#define FRUITLESS_MAX 2 /* after so many trials that read little, all is read in order */

struct part {
    struct text bytes;
    uint32_t lines, first_line;
    char *rows; /* what its rows made, side by side */
    size_t made, room;
    struct arena keep;      /* its window of what is kept */
    struct reading reading; /* files its warnings, and errors that nobody will see */
    struct table table;
    bool deferred; /* a row needs what only whoever reads in order may change */
    bool counts;
};

struct aside {
    struct table *table;
    struct table model; /* as it was before: what parts start from */
    const struct row_reader *reader;
    struct text *parts;
    char **keeps; /* where the windows start, and the last one ends */
    uint32_t next_line;
    size_t next_row, rows_most; /* of those that may be written ahead */
    atomic_size_t failed;       /* the first part that does not count, so far */
    bool kept;                  /* something lies in a window */
};

static size_t
keep_bytes(struct text part)
{
    return part.size * KEEP_TIMES + KEEP_MORE;
}

static size_t
part_bytes(const struct table *table)
{
    return table->reading->part_bytes > 0 ? table->reading->part_bytes : PART_BYTES;
}

static void *
make_part(void *context, size_t index, struct arena *arena)
{
    const struct aside *aside = context;
    struct part *part = NEW(arena, struct part);
    part->bytes = aside->parts[index];
    part->lines = (uint32_t)scan_count(part->bytes, '\n');
    part->room = part->lines + (part->bytes.data[part->bytes.size - 1] != '\n');
    part->keep = arena_window(aside->keeps[index], aside->keeps[index + 1]);
    return part;
}

static void
place_part(void *context, size_t index, void *made)
{
    (void)index;
    struct aside *aside = context;
    struct part *part = made;
    part->first_line = aside->next_line;
    aside->next_line += part->lines;
    size_t left = aside->rows_most - aside->next_row;
    part->room = part->room < left ? part->room : left;
    part->rows = rows_ahead(aside->reader->rows, aside->next_row);
    aside->next_row += part->room;
}

/* The table as the part sees it: the same columns, and all that changes its own. */
static void
open_part(const struct aside *aside, struct part *part, struct arena *arena)
{
    const struct table *model = &aside->model;
    struct table *table = &part->table;
    part->reading = *model->reading;
    part->reading.keep = &part->keep;
    part->reading.diag = diag_new(arena, diag_language(model->reading->diag));
    part->reading.progress = NULL;
    *table = *model;
    table->reading = &part->reading;
    table->guesses = NEW(arena, int);
    *table->guesses = INT_MAX; /* nobody will see a suggestion */
    table->member = NEW(arena, uint32_t);
    table->deferred = &part->deferred;
    table->rows = 0;
    table->totals = (struct told){0};
    table->outside = (struct told){0};
    table->ended = true; /* nothing is told at its end */
    table->sheet =
        csv_part(model->sheet, &part->reading, part->bytes, part->first_line, arena);
}

static bool
is_undisturbed(const struct part *part)
{
    const struct diag *diag = part->reading.diag;
    return !part->deferred && !part->table.sheet->failed &&
           part->table.totals.count + part->table.outside.count == 0 &&
           diag_errors(diag) == 0;
}

static void
fail_from(struct aside *aside, size_t index)
{
    size_t before = atomic_load(&aside->failed);
    while (index < before &&
           !atomic_compare_exchange_weak(&aside->failed, &before, index)) {
        continue;
    }
}

static void
read_part(void *context, size_t index, void *made, struct arena *arena)
{
    struct aside *aside = context;
    const struct row_reader *reader = aside->reader;
    struct part *part = made;
    open_part(aside, part, arena);
    void *own = reader->aside == NULL
                    ? reader->context
                    : reader->aside(reader->context, &part->table, arena);
    part->table.scratch = *arena;
    while (is_undisturbed(part) && index < atomic_load(&aside->failed) &&
           table_next(&part->table)) {
        if (part->made == part->room) { /* records that no line feed ends */
            part->deferred = true;
            break;
        }
        char *row = part->rows + part->made * reader->rows->size;
        memset(row, 0, reader->rows->size);
        part->made += reader->read(own, &part->table, row);
    }
    part->counts = is_undisturbed(part);
    if (!part->counts) {
        fail_from(aside, index);
    }
}

static void
take_part(void *context, size_t index, void *made, struct arena *arena)
{
    (void)arena;
    struct aside *aside = context;
    const struct part *part = made;
    struct table *table = aside->table;
    arena_close(table->reading->keep, part->keep);
    if (index >= atomic_load(&aside->failed)) {
        return;
    }
    if (!csv_pass(table->sheet, part->table.sheet)) {
        fail_from(aside, index);
        return;
    }
    uint64_t before = table->rows;
    table->rows += part->table.rows;
    table_tell_progress(table, before);
    aside->kept = aside->kept || part->keep.next != aside->keeps[index];
    diag_take_over(table->reading->diag, part->reading.diag);
    rows_keep(aside->reader->rows, part->rows, part->made);
}

/* Cuts what is left into parts that end with a line. */
static size_t
cut(struct text rest, size_t bytes, struct text *parts)
{
    size_t count = 0;
    while (rest.size > 0) {
        size_t size = bytes < rest.size ? bytes : rest.size;
        const char *feed = memchr(rest.data + size - 1, '\n', rest.size - size + 1);
        size = feed == NULL ? rest.size : (size_t)(feed + 1 - rest.data);
        parts[count++] = (struct text){rest.data, size};
        rest = (struct text){rest.data + size, rest.size - size};
    }
    return count;
}

/* Whether the table is one of which parts can be read, and long enough for it. */
static bool
may_be_read_aside(const struct table *table)
{
    if (!csv_is_one(table->sheet)) {
        return false;
    }
    const struct arena *keep = table->reading->keep;
    size_t size = csv_rest(table->sheet).size;
    size_t bytes = part_bytes(table);
    size_t windows = size * KEEP_TIMES + (size / bytes + 1) * KEEP_MORE;
    return size / bytes >= PARTS_MIN && (size_t)(keep->end - keep->next) > windows;
}

/* Gives how many parts counted. */
static size_t
read_aside(struct table *table, const struct row_reader *reader)
{
    struct arena scratch = table->scratch;
    struct text rest = csv_rest(table->sheet);
    size_t most = rest.size / part_bytes(table) + 1;
    struct aside aside = {
        .table = table,
        .model = *table,
        .reader = reader,
        .parts = NEW_ARRAY(&scratch, struct text, most),
        .keeps = NEW_ARRAY(&scratch, char *, most + 1),
        .next_line = csv_next_line(table->sheet),
    };
    aside.model.sheet =
        csv_part(table->sheet, table->reading, rest, aside.next_line, &scratch);
    size_t count = cut(rest, part_bytes(table), aside.parts);
    aside.keeps[0] = table->reading->keep->next;
    for (size_t i = 0; i < count; i++) {
        aside.keeps[i + 1] = aside.keeps[i] + keep_bytes(aside.parts[i]);
    }
    struct arena *keep = table->reading->keep;
    keep->next = aside.keeps[count];
    aside.rows_most = rows_open(reader->rows, rest.size);
    atomic_init(&aside.failed, count);
    const struct parallel_work work = {
        .context = &aside,
        .parts = count,
        .make = make_part,
        .place = place_part,
        .finish = read_part,
        .take = take_part,
    };
    parallel_in_order(scratch, &work);
    rows_close(reader->rows);
    size_t counted = atomic_load(&aside.failed);
    if (keep->next == aside.keeps[count]) { /* nothing lies behind the windows */
        keep->next = aside.keeps[aside.kept ? counted : 0];
    }
    return counted;
}

/* Rows in order, until so many bytes of the file are done. */
static void
read_in_order(struct table *table, const struct row_reader *reader, uint64_t until)
{
    /* Not in the table's scratch, which its reader may use as its own. */
    _Alignas(max_align_t) char row[ROW_MOST];
    assert(reader->rows->size <= sizeof row);
    while (table->sheet->done < until && table_next(table)) {
        memset(row, 0, reader->rows->size);
        if (reader->read(reader->context, table, row)) {
            rows_add(reader->rows, row, 1);
        }
    }
}

bool
table_defers(const struct table *table)
{
    if (table->deferred == NULL) {
        return false;
    }
    *table->deferred = true;
    return true;
}

void
table_read(struct table *table, const struct row_reader *reader)
{
    for (int fruitless = 0; fruitless < FRUITLESS_MAX && may_be_read_aside(table);) {
        fruitless = read_aside(table, reader) >= PARTS_MIN ? 0 : fruitless + 1;
        read_in_order(table, reader, table->sheet->done + part_bytes(table));
    }
    read_in_order(table, reader, UINT64_MAX);
}
