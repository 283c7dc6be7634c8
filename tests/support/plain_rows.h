/* SPDX-License-Identifier: Apache-2.0 */
/* A document of one table whose rows a test writes down. */
#ifndef DEFRAY_TEST_PLAIN_ROWS_H
#define DEFRAY_TEST_PLAIN_ROWS_H

#include "defray/document.h"

struct plain_rows {
    const struct cell *cells;
    size_t count;   /* of rows */
    size_t columns; /* of each */
    struct table table;
    struct document document;
};

/* Makes table and document of the cells that are set: for a page, under the title "Title". The
 * rows stay where they are for as long as the document is used. */
void plain_rows_set(struct plain_rows *rows, const struct column *columns,
                    enum language language);

#endif
