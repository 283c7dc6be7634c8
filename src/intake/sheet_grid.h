/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * From the cells of a workbook, which come one by one and only where there is something,
 * to the rows of a sheet. A format puts cells in the order of the file, as many as a
 * step of its reader gives; the rows are handed out, then it is asked for more. So
 * no more of a sheet is held than a step, and the texts that the program keeps.
 */
#ifndef DEFRAY_SHEET_GRID_H
#define DEFRAY_SHEET_GRID_H

#include "defray/workbook.h"

#include "sheet.h"

#define GRID_CACHE 4096 /* texts met lately, kept once */

struct grid_cell {
    uint32_t column;   /* from 1 */
    bool shaded;       /* it has a colour, and nothing else */
    uint8_t doubts;    /* sheet_doubt_kind */
    const char *fault; /* NULL, or what is wrong */
    enum code code;    /* of the fault */
    struct text text;
};

struct grid_row {
    uint32_t line;
    uint32_t repeats;    /* more rows of the same */
    size_t first, count; /* its cells */
};

struct grid_areas ARRAY_OF(struct book_area);

struct grid {
    struct sheet sheet; /* first: a sheet handed back is a grid */
    struct reading *reading;
    /* Reads a step more of the file; false at its end, and after a failure. */
    bool (*more)(struct grid *grid);
    struct grid_rows ARRAY_OF(struct grid_row) rows; /* read and not yet handed out */
    struct grid_cells ARRAY_OF(struct grid_cell) items;
    size_t taken;        /* rows handed out of these */
    bool ended;          /* nothing more will come */
    uint64_t repeats;    /* cells that came by repetition */
    struct where beyond; /* a cell past the last column that is read; column 0 */
    struct text *cells;
    size_t cells_filled;
    struct sheet_fault *faults;
    struct sheet_doubt *doubts;
    size_t *shaded;
    struct grid_areas areas[SHEET_REMARK_COUNT];
    struct text cache[GRID_CACHE];
};

/* Gives the grid its functions and memory; `turn`, `shut` and the names are the
 * format's own. */
void grid_begin(struct grid *grid, struct reading *reading, struct input *input);
/* Forgets the rows of the sheet before, and names the one that comes. */
void grid_clear(struct grid *grid, struct text name);

/* A cell with its text; the row is begun by its first cell. False after a diagnostic. */
bool grid_put(struct grid *grid, uint32_t row, uint32_t column, struct text text);
/* The same for a text that lives to the end of the run. */
bool grid_put_kept(struct grid *grid, uint32_t row, uint32_t column, struct text text);
void grid_put_fault(struct grid *grid, uint32_t row, uint32_t column, enum code code,
                    const char *fault);
/* What the cell that was put last shows otherwise: bits of sheet_doubt_kind. */
void grid_doubt(struct grid *grid, uint32_t row, uint32_t column, uint8_t kinds);
/* The last row put comes `count` times more. False after a diagnostic. */
bool grid_repeat(struct grid *grid, uint32_t count);
void grid_remark(struct grid *grid, enum book_remark remark, struct book_area area);

/* A reader of workbooks for each format. NULL after a diagnostic. */
struct sheet *sheet_xlsx_open(struct reading *reading, struct input *input);
struct sheet *sheet_ods_open(struct reading *reading, struct input *input);

#endif
