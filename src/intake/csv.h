/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
#ifndef DEFRAY_CSV_H
#define DEFRAY_CSV_H

#include "sheet.h"

/* A CSV as a sheet. Cells are views into the input, copied only where doubled
 * quotes have to be halved. NULL after a diagnostic. */
struct sheet *csv_open(struct reading *reading, struct input *input);

/* What reading in parts needs of a sheet that is a CSV: the bytes that were not read yet,
 * and the line at which they start. */
bool csv_is_one(const struct sheet *sheet);
struct text csv_rest(const struct sheet *sheet);
uint32_t csv_next_line(const struct sheet *sheet);
/* Some of its lines as a sheet of their own, which fails where a record does not end in it. */
struct sheet *csv_part(const struct sheet *sheet, struct reading *reading,
                       struct text bytes, uint32_t first_line, struct arena *arena);
/* Goes on behind a part that was read to its end, and counts its rows; false, and nothing
 * done, if they are too many. */
bool csv_pass(struct sheet *sheet, const struct sheet *part);

#endif
