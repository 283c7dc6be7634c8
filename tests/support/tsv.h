/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of examples: tests/tables/<what>-<words>.tsv. The word before the first '-'
 * picks the interpreter. Lines that start with '#' are prose for the reader, the
 * first other line names the columns, every further line is one example. Cells are
 * separated by one tab; an empty cell is the empty text.
 *
 * To add a kind of table: write tests/support/tsv_<what>.c with one function that
 * judges a row, declare it below, and give it a line in the list of tsv.c.
 */
#ifndef TESTS_TSV_H
#define TESTS_TSV_H

#include "defray/text.h"

#define TSV_COLUMNS_MAX 32

struct tsv {
    const char *path;
    struct text columns[TSV_COLUMNS_MAX];
    size_t column_count;
    size_t rows;       /* read so far */
    size_t wrong;      /* faults filed so far */
    char report[3500]; /* "path:line: expected … got …", one fault a line */
    size_t report_size;
};

struct tsv_row {
    struct tsv *table;
    struct arena *keep; /* for the row only */
    size_t line;
    struct text cells[TSV_COLUMNS_MAX];
};

typedef void tsv_interpreter(struct tsv_row *row);

/* The cell under a column. A column that the table lacks is a fault of the row, and
 * gives the empty text. */
struct text tsv_cell(struct tsv_row *row, const char *column);
/* True if the table has the column. */
bool tsv_has(const struct tsv_row *row, const char *column);
/* Files a fault unless the cell reads exactly `got`. */
void tsv_expect(struct tsv_row *row, const char *column, const char *got);
/* Files any other fault of the row. Always false. */
bool tsv_fault(struct tsv_row *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Judges every row of a text with the interpreter that its name picks. */
void tsv_judge(struct tsv *table, const char *path, struct text bytes);
/* The same for a file. */
void tsv_judge_file(struct tsv *table, const char *path);

tsv_interpreter tsv_age;
tsv_interpreter tsv_money;
tsv_interpreter tsv_pay;
tsv_interpreter tsv_eligibility;
tsv_interpreter tsv_seat;

#endif
