/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* How a table is drawn. */
#ifndef DEFRAY_CHART_H
#define DEFRAY_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A picture of a table, from its own cells: a native chart in a workbook, drawn in a page. */
enum chart_kind { CHART_STACKED, CHART_LINES }; /* a bar a row; or a line a column */
struct chart {
    enum chart_kind kind;
    const char *title;
    size_t category;            /* the column that names a row */
    uint32_t columns;           /* bit set: what is drawn, all of type money */
    bool from_zero, has_spread; /* nothing drawn is below; between the next two columns */
    size_t low, high;
    size_t whole;             /* of bars with a spread: the column of their sum */
    const char *spread_title; /* of the second picture that a workbook needs for it */
};

#endif
