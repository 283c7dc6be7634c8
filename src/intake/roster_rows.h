/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
#ifndef DEFRAY_ROSTER_ROWS_H
#define DEFRAY_ROSTER_ROWS_H

#include "defray/roster.h"

/* One row of a table of members. */
struct roster_row {
    struct participant person; /* without its rows */
    struct participation part;
};

struct roster_rows ARRAY_OF(struct roster_row);

/* Adds the rows of one file, in its order. A row with a fault is kept if its member
 * is known, so that what refers to the member is not reported as well. False if the
 * file could not be read to its end. */
bool roster_rows_read(struct reading *reading, struct arena *keep, struct arena scratch,
                      struct input *input, struct roster_rows *rows);

#endif
