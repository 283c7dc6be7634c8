/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
#ifndef DEFRAY_CSV_H
#define DEFRAY_CSV_H

#include "sheet.h"

/* A CSV as a sheet. Cells are views into the input, copied only where doubled
 * quotes have to be halved. NULL after a diagnostic. */
struct sheet *csv_open(struct reading *reading, struct input *input);

#endif
