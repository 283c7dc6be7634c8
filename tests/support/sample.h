/* SPDX-License-Identifier: Apache-2.0 */
/* A small document with every type of cell, in as many rows as a test wants. */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include "defray/document.h"

struct sample {
    size_t rows;
    struct text name; /* of every row; empty: "Élodie" */
    size_t odd;       /* the row that has another one, from 1; 0: none has */
    struct text odd_name;
    size_t part_rows; /* of a table in parts */
    bool gaps;        /* every second part has no row */
    struct table tables[3];
    struct property properties[6];
    struct document document;
};

/* Amounts are 77.49 and 0.07 a row, the quantity 10/3, 3:30 hours, from 2026-03-07. */
struct sample *sample_new(struct arena *keep, size_t rows);
/* Has the rows made in parts of so many, beside one another if there are several. */
void sample_divide(struct sample *sample, size_t part_rows, bool gaps);

#endif
