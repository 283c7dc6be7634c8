/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What the parts of a table share: columns and cells (table.c), finding the header
 * (table_find.c, table_rivals.c), the rows (table_rows.c). */
#ifndef DEFRAY_TABLE_PARTS_H
#define DEFRAY_TABLE_PARTS_H

#include "table.h"

/* Whether a heading, folded, is one of the names of a column. */
bool column_has_name(const struct column *column, struct text fold, struct arena scratch);
/* "member" or, where it has one of its own in French, "member / membre". */
const char *column_names(const struct table *table, const struct column *column);
/* Whether the row that the sheet is at belongs to the table, by its layout. */
bool table_owns_row(const struct table *table);

#endif
