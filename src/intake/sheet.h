/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * A sheet is rows of text cells, whatever file they come from: a CSV, or one sheet
 * of a workbook (whose reader writes date cells as 2026-03-07, times as 09:00 and
 * numbers with a point). Rows come one at a time; the first is the header.
 *
 * A row that cannot be read as a row (other number of cells than the header, a
 * control character, a stray quote) is filed and passed over; so are, without a
 * word, rows whose cells are all empty.
 */
#ifndef DEFRAY_SHEET_H
#define DEFRAY_SHEET_H

#include "defray/intake.h"

struct sheet {
    struct input *input;
    /* Moves to the next row; false at the end, or when reading cannot go on. */
    bool (*next)(struct sheet *sheet);
    /* The place of a cell of the current row. */
    struct where (*where)(const struct sheet *sheet, size_t cell);
    const struct text *cells; /* of the current row, to the next call of next; the
                               * bytes they show live to the end of the run */
    size_t cell_count;
    uint32_t line; /* first physical line of the row, or the row of the workbook */
    bool failed;   /* reading ended before the end, after a diagnostic */
    bool refused;  /* a row was filed and passed over */
    const char *separator; /* between the cells, for messages; NULL in a workbook */
    uint64_t done, total;  /* for progress */
};

/* Finds what the file is and opens it. NULL after a diagnostic. */
struct sheet *sheet_open(struct reading *reading, struct input *input);

#endif
