/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What the two readings of an .ods workbook share: the one that finds its sheets
 * (sheet_ods.c) and what its styles say (sheet_ods_styles.c), and the one that takes the rows of a
 * sheet (sheet_ods_rows.c). */
#ifndef DEFRAY_SHEET_ODS_H
#define DEFRAY_SHEET_ODS_H

#include "defray/map.h"

#include "number_shown.h"
#include "sheet_grid.h"
#include "workbook_parts.h"

#define ODS_UNIT "</table:table-row>"

struct ods_names ARRAY_OF(struct sheet_name);
struct ods_styles ARRAY_OF(const char *);

/* What a style says of a cell, or of letters in one, if it says it. */
enum ods_said { ODS_UNSAID, ODS_SAID_NO, ODS_SAID_YES };
struct ods_look {
    const char *name;
    const char *parent; /* what it goes on from; NULL */
    bool cells;         /* it is a style of cells, and not of letters alone */
    uint8_t struck;     /* ods_said: a line goes through */
    uint8_t signs;      /* the font is one of signs */
    uint8_t shaded;
};
struct ods_columns { /* whose own style marks their cells */
    uint32_t first, last;
    uint8_t kinds; /* sheet_doubt_kind */
};

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
    struct ods_styles sign_faces;    /* names of fonts of signs */
    struct ods_looks ARRAY_OF(struct ods_look) looks;
    struct map cell_looks, letter_looks; /* their indexes, by name */
    struct map cell_marks,
        letter_marks; /* names of styles, to SHEET_STRUCK and SHEET_SIGNS */
    struct ods_column_list ARRAY_OF(struct ods_columns) marked_columns;
    uint32_t look;     /* the style that is being read */
    bool in_style;     /* it is one of cells or letters */
    const char *style; /* of tables, being read; NULL */
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
    uint8_t marks, row_marks; /* SHEET_STRUCK, SHEET_SIGNS */
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
/* Styles, element by element, in any order; then what each comes to. */
void ods_styles_take(struct ods_sheet *self, const char *element,
                     const char *const *attributes);
void ods_styles_end(struct ods_sheet *self, const char *element);
void ods_styles_settle(struct ods_sheet *self);
/* How the style that the attribute names marks a cell or its letters. */
uint8_t ods_marks(const struct map *marks, const char *const *attributes,
                  const char *name);
/* The same of a cell that names no style of its own: its row or its column does. */
uint8_t ods_marks_around(const struct ods_sheet *self);

#endif
