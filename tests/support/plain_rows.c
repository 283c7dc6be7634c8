/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as they stand, told one after the other. */
#include "plain_rows.h"

static void
produce(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct plain_rows *rows = context;
    (void)scratch;
    for (size_t i = 0; i < rows->count; i++) {
        sink->row(sink, rows->cells + i * rows->columns);
    }
}

void
plain_rows_set(struct plain_rows *rows, const struct column *columns,
               enum language language)
{
    rows->table = (struct table){.key = "rows",
                                 .columns = columns,
                                 .column_count = rows->columns,
                                 .audience = FOR_PAGE,
                                 .produce = produce,
                                 .context = rows};
    rows->document = (struct document){.schema = "rows/1",
                                       .title = "Title",
                                       .language = language,
                                       .tables = &rows->table,
                                       .table_count = 1};
}
