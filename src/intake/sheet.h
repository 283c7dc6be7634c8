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
#include "defray/passed_over.h"

/* A cell of a workbook that has something and no value to read: an error value, a formula
 * that nobody computed. It shows as empty, and whoever needs it files the fault. */
struct sheet_fault {
    size_t cell;
    enum code code;
    const char *text; /* what is wrong, for people, in English */
};

/* A cell whose value is read, and which shows something else on the screen. */
enum sheet_doubt_kind {
    SHEET_SHOWN_OTHERWISE = 1, /* rounded, or not at all */
    SHEET_STALE = 2,           /* a formula that is to be computed again */
    SHEET_HOURS =
        4, /* a number with the unit of hours, or a 1 or a 0 shown with decimals */
    SHEET_STRUCK = 8,   /* a line goes through it */
    SHEET_MINUTES = 16, /* a number with the unit of minutes */
    SHEET_SIGNS = 32,   /* its letters are in a font of signs, or some of them */
};
struct sheet_doubt {
    size_t cell;
    uint8_t kinds; /* bits */
};

/* Areas of a workbook that a reader should hear of, as a list of names ("D5:E5, G7"). */
enum sheet_remark {
    SHEET_MERGED,
    SHEET_HIDDEN_ROWS,
    SHEET_HIDDEN_COLUMNS,
    SHEET_REMARK_COUNT
};
struct sheet_areas {
    const char *list; /* of the first ones */
    size_t count;
    struct where first;
};

struct sheet_name {
    struct text name;
    bool hidden;
};

struct sheet {
    struct input *input;
    /* Moves to the next row; false at the end, or when reading cannot go on. */
    bool (*next)(struct sheet *sheet);
    /* The place of a cell of the current row. */
    struct where (*where)(const struct sheet *sheet, size_t cell);
    const struct text *cells; /* of the current row, to the next call of next; the
                               * bytes they show live to the end of the run. Past
                               * cell_count they are empty, as far as the header goes */
    size_t cell_count;
    uint32_t line; /* first physical line of the row, or the row of the workbook */
    bool failed;   /* reading ended before the end, after a diagnostic */
    bool refused;  /* a row was filed and passed over */
    struct passed_over lost; /* what such rows hold */
    bool searching;          /* set by whoever looks for the header: each row may be it */
    const char *separator;   /* between the cells, for messages; NULL in a workbook */
    uint64_t done, total;    /* for progress */

    /* Of workbooks; nothing and NULL in a CSV. */
    const struct sheet_name *names; /* of all its sheets */
    size_t name_count;
    const struct sheet_fault *faults; /* of the current row */
    size_t fault_count;
    const struct sheet_doubt *doubts;
    size_t doubt_count;
    const size_t *shaded; /* its cells that have a colour and nothing else */
    size_t shaded_count;
    /* Goes to the first row of a sheet, and names it as input->sheet; false after a
     * diagnostic. To be called before next. */
    bool (*turn)(struct sheet *sheet, size_t index);
    /* What lies below `from_row` and left of `width`; after the last row. */
    struct sheet_areas (*areas)(const struct sheet *sheet, enum sheet_remark remark,
                                uint32_t from_row, size_t width);
    /* Gives back what the library holds; done already at the end of the rows. */
    void (*shut)(struct sheet *sheet);
};

/* Finds what the file is and opens it. NULL after a diagnostic. */
struct sheet *sheet_open(struct reading *reading, struct input *input);
void sheet_shut(struct sheet *sheet);
/* A cell without the spaces around it, and without line breaks: one at the end of a cell is seen by
 * nobody. */
struct text sheet_trim(struct text cell);

#endif
