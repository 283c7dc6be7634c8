/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * A table is a sheet whose columns are known by name. A reader lists the columns
 * it knows; the header says which stand where. Each cell can tell its place.
 */
#ifndef DEFRAY_TABLE_H
#define DEFRAY_TABLE_H

#include "rows.h"
#include "sheet.h"
#include "table_likeness.h"

#define TABLE_NOWHERE SIZE_MAX

/* Names match whatever the case, accents, spaces and hyphens. */
struct column {
    const char *name;   /* English, as in the manual */
    const char *others; /* "membre|identifiant", the French one of the manual first */
    bool required;
};

struct table;

/* A form that a table may have. Its header is the first line that has all the required
 * columns, and whatever else is asked of it. */
struct layout {
    const struct column *columns;
    size_t count;
    size_t
        proofs; /* of them, the last ones: names beside keys, which no table is told by */
    /* NULL: nothing more is asked. */
    bool (*suits)(const struct table *table, const void *context);
    /* Whether the current row is one of the table's, and no title and no total; NULL:
     * it is, if all its required cells are filled. */
    bool (*owns)(const struct table *table, const void *context);
    /* Whether the current row lacks what no row can do without, though none of its cells is
     * required for itself: labelled as a total, it is one. NULL: it does not. */
    bool (*lacks)(const struct table *table, const void *context);
    /* Whether a row of the table says something; NULL: it does. */
    bool (*records)(const struct table *table, const void *context);
    /* What the cells under a heading that is none of the columns are of, a session say, or
     * INDEX_NONE; NULL: nothing of the table stands under such a heading. */
    uint32_t (*subject)(const struct table *table, size_t place, const void *context);
    const void *context;
    bool lesser; /* a sheet in another form is meant rather than one in this */
    struct likeness likeness; /* one layout of a table has it, or nobody can tell */
};

/* Places met on the way, told once. */
struct told {
    size_t count;
    struct where first;
};

#define GUESSES_MAX \
    50 /* after so many words that are nobody's, nobody reads suggestions */

struct table {
    struct reading *reading;
    struct sheet *sheet;
    const char *path;      /* of the input, as progress names it */
    struct arena scratch;  /* for what a cell needs while it is read */
    struct text *headings; /* trimmed, as found */
    struct text *folds;
    size_t heading_count;
    const struct column *columns;
    size_t column_count;
    size_t *places;              /* of each column: its cell, or TABLE_NOWHERE */
    uint64_t rows;               /* read so far */
    bool confidential;           /* what the input was told to be */
    int *guesses;                /* how many suggestions were looked for */
    uint32_t *member;            /* that a row named last: the next is mostly near it */
    const struct layout *layout; /* whose header was found; NULL */
    bool *reads;                 /* of each heading: whether somebody reads its cells */
    bool *quoted;                /* and whether a message may quote them */
    uint32_t header_line;
    struct told totals;
    struct told outside;                /* cells beside the columns */
    struct told shown_otherwise, stale; /* cells that are read, see sheet.h */
    bool listed; /* a note names the columns that are not known, by number if need be */
    bool begun, ended; /* its rows */
    bool *deferred;    /* of a part read beside others; NULL of a whole table */
};

/* What is made of the rows. */
struct row_reader {
    void *context;
    struct rows *rows; /* where what they make is added, in their order */
    /* Reads the current row into `out`, which is zeroed; false if it makes nothing. It may be
     * called for rows of another part at the same time, and changes nothing but `out`, and
     * what is kept for it, unless the table says that it does not defer that. */
    bool (*read)(void *context, const struct table *table, void *out);
    /* The context for a part, whose table has diagnostics and scratch of its own; NULL: the
     * same. */
    void *(*aside)(const void *context, const struct table *table, struct arena *arena);
};

struct cell {
    struct text text; /* without spaces around it; empty if there is no such column */
    const struct table *table;
    size_t place; /* in the row; TABLE_NOWHERE if there is no such column */
};

/* Opens the sheet and finds its header: of a workbook, on the sheet that was named or the
 * only one that has it; below titles, if there are any. NULL after a diagnostic. Nothing
 * of the input is quoted until its required columns are found: with no header, or
 * given for another table, its first line may be a person's. */
struct table *table_begin(struct reading *reading, struct arena scratch,
                          struct input *input, const struct layout *layouts,
                          size_t count);
/* Whether the header names the column. */
bool table_has(const struct table *table, const struct column *column);
/* Gives each column its place. False after diagnostics: a required column is
 * missing, a column stands twice, there are too many. Columns that are not known are
 * named in one note. */
bool table_match(struct table *table, const struct column *columns, size_t count);
/* The same for the head of a matrix: all other headings are left to the caller. */
bool table_match_some(struct table *table, const struct column *columns, size_t count);
/* No message quotes the column: it says in words what somebody did. */
void table_hide(struct table *table, size_t column);
/* Whether the header has the column `one`, or both of `two`; files it if not. */
bool table_has_either(const struct table *table, size_t one, const size_t two[2]);
/* Both steps. */
struct table *table_open(struct reading *reading, struct arena scratch,
                         struct input *input, const struct column *columns, size_t count);
/* The next row; false at the end. Tells how far it is, and passes over totals. */
bool table_next(struct table *table);
/* All rows that are left, on all processors where the table is long and plain. */
void table_read(struct table *table, const struct row_reader *reader);
/* To be asked before something is changed that other rows depend on: true if the row is to be
 * left, because its part will be read again in order. */
bool table_defers(const struct table *table);
/* Tells how far it is, if `before` rows were too few to do so. */
void table_tell_progress(const struct table *table, uint64_t before);
/* Adds the rows of the table that were filed and passed over; all of one that is NULL, or could not
 * be read to its end. */
void table_pass_over(const struct table *table, struct arena *keep,
                     struct passed_over *rows);
/* For whoever does not read it to the end. */
void table_shut(struct table *table);

struct cell table_cell(const struct table *table, size_t column);
/* Whether the heading at the place is that of a column which is asked for. */
bool table_is_placed(const struct table *table, size_t place);
struct cell table_cell_at(const struct table *table, size_t place);
struct where table_row(const struct table *table);
struct where cell_where(const struct cell *cell);
struct diag *cell_diag(const struct cell *cell);
/* What a message may show of a cell, between quotation marks: its text, shortened;
 * nothing of a confidential file. */
const char *cell_shown(const struct cell *cell);
/* The same as what a sentence is about, with its marks: "'31/02/2026'", or of a
 * confidential file "the cell 'birth_date'". */
const char *cell_named(const struct cell *cell);

/* Adds to the diagnostic just filed what the cell may be meant to say, and whether that looks the
 * same; nothing if it is empty. */
void cell_suggest(const struct cell *cell, struct text meant);

#endif
