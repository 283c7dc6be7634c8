/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table on their way to a format: made on all processors, told in their order. */
#ifndef DEFRAY_DOCUMENT_ROWS_H
#define DEFRAY_DOCUMENT_ROWS_H

#include "defray/document.h"

/* Gives all rows to the sink, in order. */
void table_produce(const struct table *table, struct arena scratch,
                   struct row_sink *sink);
/* Rows that the table produces. */
size_t table_rows(const struct table *table, struct arena scratch);

/* The rows of one part of a table with `produce_part`, as kept until they are told. */
struct kept_rows {
    struct cell *cells; /* a row after the other */
    size_t count;       /* cells */
    size_t columns;     /* cells of a row */
};
struct kept_rows *table_keep_part(const struct table *table, struct arena *keep,
                                  size_t part);

#endif
