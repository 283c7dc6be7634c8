/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What a cell of a workbook holds as the text that a CSV would have: 2026-03-07, 09:00,
 * 27:30, 77.49. Exact: a stored number is decimal digits, and stays so. */
#ifndef DEFRAY_SHEET_VALUE_H
#define DEFRAY_SHEET_VALUE_H

#include "defray/workbook.h"

#define VALUE_TEXT_MAX 64

/* The size of the text, or 0 if the number is of no day or time that exists. */
size_t value_of_number(const struct book_cell *cell, bool from_1904,
                       char out[VALUE_TEXT_MAX]);
/* An ISO 8601 date, or date and time; 0 if it is none. */
size_t value_of_date(struct text t, char out[VALUE_TEXT_MAX]);
/* An ISO 8601 duration PT09H30M00S, as a time; 0 if it is none. */
size_t value_of_duration(struct text t, char out[VALUE_TEXT_MAX]);

#endif
