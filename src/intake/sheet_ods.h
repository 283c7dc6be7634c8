/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What the two readings of an .ods workbook share: the one that finds its sheets
 * (sheet_ods.c), and the one that takes the rows of a sheet (sheet_ods_rows.c). */
#ifndef DEFRAY_SHEET_ODS_H
#define DEFRAY_SHEET_ODS_H

#include "defray/map.h"

#include "number_shown.h"
#include "sheet_grid.h"
#include "workbook_parts.h"

#define ODS_UNIT "</table:table-row>"

struct ods_names ARRAY_OF(struct sheet_name);
struct ods_styles ARRAY_OF(const char *);

enum ods_value {
    ODS_NOTHING,
    ODS_STRING,
    ODS_NUMBER,
    ODS_DATE,
    ODS_TIME,
    ODS_YES_NO,
    ODS_FAULT,
    ODS_MISLEADING, /* per cent, another currency, 330 as 3h30 */
};

/* How deep the reader is. */
enum ods_depth { ODS_OUTSIDE, ODS_IN_TABLE, ODS_IN_ROW, ODS_IN_CELL, ODS_IN_PARAGRAPH };

struct ods_sheet {
    struct grid grid; /* first: a grid handed back is one of these */
    struct part_reader reader;
    struct book_source source;
    struct part_stream *stream; /* of the sheet that is read; NULL */
    struct ods_names names;
    struct ods_styles hidden_tables; /* styles of tables that are not shown */
    struct ods_styles shaded_cells;  /* styles of cells that have a colour */
    struct map struck_styles;        /* of cells and letters that a line goes through */
    struct ods_columns ARRAY_OF(struct book_area) struck_columns; /* by their own style */
    const char *style; /* being read; NULL if it is of another kind */
    size_t wanted;     /* the index of the sheet that is read */
    size_t met;        /* sheets begun so far */
    int nested;        /* tables within tables */
    enum ods_depth depth;
    int deeper; /* elements within a cell or paragraph that hold no text of it */
    uint32_t row, column;
    uint32_t row_count, cell_count; /* the row, or cell, stands for so many */
    enum ods_value value;
    bool is_formula, has_text; /* the text came as an attribute */
    bool shaded, covered;
    bool struck, struck_row;
    struct shown_signs signs; /* beside the digits of a number */
    struct bytes text;        /* of an attribute */
    struct bytes screen;      /* what the cell shows */
    uint32_t paragraphs;
    int lists; /* lists, and their items, that the paragraph stands in */
};

struct ods_handler {
    struct part_handler handler; /* first */
    struct ods_sheet *sheet;
};

/* The handler that takes the rows of the sheet that is wanted. */
struct part_handler *ods_rows_handler(struct ods_sheet *self);
struct ods_sheet *ods_sheet_of(struct part_handler *handler);
/* Whether the attribute says that word. */
bool ods_is(const char *const *attributes, const char *name, const char *word);
bool ods_holds(const struct ods_styles *styles, const char *style);
/* Whether that attribute names a style that strikes through. */
bool ods_strikes(const struct ods_sheet *self, const char *const *attributes,
                 const char *name);
/* The same of a cell that names no style of its own: its row or its column does. */
bool ods_strikes_around(const struct ods_sheet *self);

#endif
