/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Rows of a table that were filed and are not read: whoever is not found elsewhere may be in one of
 * them, and its fault has been told. */
#ifndef DEFRAY_PASSED_OVER_H
#define DEFRAY_PASSED_OVER_H

#include "defray/text.h"

struct passed_over {
    struct text *items; /* their cells that hold something */
    size_t count, capacity;
    bool unread; /* there is more: a file could not be read to its end */
};

/* Adds what the cells of a row hold. They are looked through one by one, so that there is an end to
 * it: behind some thousand, all the rest is `unread`. */
void passed_over_row(struct arena *keep, struct passed_over *rows,
                     const struct text *cells, size_t count);
/* Adds what another table passed over, or another file of the same. */
void passed_over_all(struct arena *keep, struct passed_over *rows,
                     const struct passed_over *others);
/* Whether one of them may be the row of that id. */
bool passed_over_may_hold(const struct passed_over *rows, struct text id);
/* Whether there is any: a name may be written in many ways. */
bool passed_over_any(const struct passed_over *rows);

#endif
