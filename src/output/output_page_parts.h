/* SPDX-License-Identifier: Apache-2.0 */
/* What the formats that people read (HTML, PDF) share: which tables they show, in which
 * sections, what a cell says in the document's language, sums, and where a link stands. */
#ifndef DEFRAY_OUTPUT_PAGE_PARTS_H
#define DEFRAY_OUTPUT_PAGE_PARTS_H

#include "output_parts.h"

#define PAGE_COLUMNS_MAX 32

/* Consecutive tables of one sheet, all of them for a page. */
struct page_section {
    const struct table *tables;
    size_t count;
};
/* The section that starts at table `from` or after it; false if there is none. */
bool page_section_find(const struct document *document, size_t from,
                       struct page_section *section);
/* The index of the table after the section. */
size_t page_section_end(const struct document *document, struct page_section section);

/* What stands above the section of a table; NULL if nothing does. */
const char *page_heading(const struct table *table);
/* The title of a table unless the document's or its sheet's heading says the same; NULL if
 * there is none to show. */
const char *page_title(const struct document *document, const struct table *table);

/* Characters that the columns of a table ask for. */
int page_table_width(const struct table *table);
/* Numbers stand at the right, and like dates are never broken over lines. */
bool page_is_number(enum cell_type type);
bool page_is_whole(enum cell_type type);
/* The column that names the row. */
size_t page_row_header(const struct table *table);

/* What the cell says: "1 234,50", "07/03/2026", "3:30". An amount has its euro unless the
 * title of the column has one. */
struct text page_cell(struct arena *keep, const struct document *document,
                      const struct column *column, const struct cell *cell);

struct page_sums {
    int64_t sums[PAGE_COLUMNS_MAX];
    size_t rows;
};
void page_sums_add(struct page_sums *sums, const struct table *table,
                   const struct cell *cells);
bool page_has_totals(const struct table *table);
/* The cell of the row of totals; "Total" in the first column. */
struct cell page_total(const struct page_sums *sums, const struct document *document,
                       const struct table *table, size_t column);

/* A piece of a text: an address that starts with https://, or what lies between two. */
struct page_run {
    struct text text;
    bool is_link;
};
/* The next piece, taken off the rest; false at the end. */
bool page_run_next(struct text *rest, struct page_run *run);

#endif
