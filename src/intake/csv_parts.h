/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What reading the head of a CSV and reading its records share. */
#ifndef DEFRAY_CSV_PARTS_H
#define DEFRAY_CSV_PARTS_H

#include "csv.h"

enum mark {
    MARK_PLAIN,
    MARK_SEPARATOR,
    MARK_QUOTE,
    MARK_LINE,    /* line feed */
    MARK_RETURN,  /* carriage return */
    MARK_SUSPECT, /* may start a character that is not allowed */
};

struct csv {
    struct sheet sheet; /* first: a sheet handed back is a csv */
    struct reading *reading;
    const char *at;     /* next byte */
    const char *end;    /* past the last one */
    const char *record; /* first byte of the current record */
    uint32_t next_line; /* physical line of `at` */
    bool faulty;        /* the current record has been reported */
    bool plain;         /* the current record is a plain line: its cells start as shown */
    bool by_bytes;      /* for tests: no line is read as a plain one */
    char separator;
    size_t width;  /* cells of the header; 0 before it */
    size_t count;  /* cells of the current record, also those not kept */
    uint64_t rows; /* read so far, with those that were refused */
    uint64_t rows_max;
    struct text *cells;
    const char *
        *starts; /* where each cell's text stands in the file, if it is not plain */
    uint8_t marks[256];
};

/* Whether a line break stands at p; gives its length. */
size_t csv_break(const struct csv *csv, const char *p);
/* The next row, and the place of a cell, of a sheet that is a CSV. */
bool csv_next(struct sheet *sheet);
struct where csv_where(const struct sheet *sheet, size_t cell);

#endif
