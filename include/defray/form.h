/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/*
 * What makes a table one to be filled in: which columns take entries and what may be
 * entered, live counts of what was, rows of headings above the header. Only
 * workbooks know how to ask; a CSV has the header and the rows alone.
 */
#ifndef DEFRAY_FORM_H
#define DEFRAY_FORM_H

#include <stdbool.h>
#include <stddef.h>

struct cell;

enum field_kind {
    FIELD_TEXT, /* kept as it is typed, zeros in front and all */
    FIELD_DATE,
    FIELD_AMOUNT,
    FIELD_NUMBER,
};

struct field {
    enum field_kind kind;
    const char *const *choices; /* a list to choose from */
    size_t choice_count;
    bool open; /* something else than the choices may be entered */
    const char *prompt_title;
    const char *prompt; /* shown beside the cell; NULL: nothing */
};

/* A formula over cells that take entries; '#' stands for their range. */
struct count {
    const char *label; /* of a row; NULL for a column, whose title says it */
    const char *formula;
    bool counts_empty; /* of n cells without any entry it gives n, else 0 */
};

struct form {
    const struct field *const *fields; /* one a column; NULL: no entry */
    const struct count *const *counts; /* one a column, over the row; NULL: none */
    const struct count *below; /* rows, over each column of those that take entries */
    size_t below_count;
    const struct cell *heads; /* rows of cells right above the header, one a column */
    size_t head_count;
    size_t blank_rows; /* to be filled in, below those that are produced */
    bool locked;       /* nothing can be changed but entries; without a password */
    int page_width;    /* characters that a page takes; 0: as usual */
};

#endif
