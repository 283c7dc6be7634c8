/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What the rows of a table are like, for sheets that have not its header (table_lost.c). */
#ifndef DEFRAY_TABLE_LIKENESS_H
#define DEFRAY_TABLE_LIKENESS_H

#include "defray/arena.h"
#include "defray/text.h"

#include <stdbool.h>

/* A row of a sheet of which no line is the header. */
struct loose_row {
    const struct text *cells;
    size_t count;
    const bool
        *aside; /* of each cell: a line above it names a column of something else */
    struct arena scratch;
};

/* What such a row is like, if it is one of the table's all the same. */
struct likeness {
    bool (*row)(void *reader, const struct loose_row *row);
    /* Whether a folded heading is of something else; may be NULL. */
    bool (*aside)(struct arena scratch, struct text fold);
    void *reader;
};

#endif
