/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the writer of workbooks is made of: the file (output_xlsx.c), the looks
 * (output_xlsx_style.c, output_xlsx_fit.c), cells (output_xlsx_cell.c), tables
 * (output_xlsx_table.c, output_xlsx_form.c) on sheets (output_xlsx_sheet.c), rows of long lists
 * (output_xlsx_list.c, _spool.c, _pack.c), and the proof that what was
 * written reads back the same (output_xlsx_check.c).
 */
#ifndef DEFRAY_OUTPUT_XLSX_PARTS_H
#define DEFRAY_OUTPUT_XLSX_PARTS_H

#include "defray/workbook.h"

#include "output_parts.h"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

enum { TONE_COUNT = TONE_ALERT + 1, TYPE_COUNT = CELL_DURATION + 1 };

/* Looks, by number. */
enum {
    STYLE_TITLE,
    STYLE_NOTES, /* by tone */
    STYLE_HEADER = STYLE_NOTES + TONE_COUNT,
    STYLE_HEADER_RIGHT,
    STYLE_BOX_TITLE,
    STYLE_BOX,
    STYLE_WRAPPED,                                        /* text cells by tone */
    STYLE_CELLS = STYLE_WRAPPED + TONE_COUNT,             /* by type, then tone */
    STYLE_TOTALS = STYLE_CELLS + TYPE_COUNT * TONE_COUNT, /* by type */
    STYLE_LIST_WRAPPED = STYLE_TOTALS + TYPE_COUNT,       /* of long lists: no border */
    STYLE_LIST = STYLE_LIST_WRAPPED + TONE_COUNT,         /* by type, then tone */
    STYLE_ENTRIES =
        STYLE_LIST + TYPE_COUNT * TONE_COUNT,       /* by kind of entry: not locked */
    STYLE_HEADS = STYLE_ENTRIES + FIELD_NUMBER + 1, /* above the header of a form */
    STYLE_HEADS_DATE,
    STYLE_COUNT
};

/* What a sheet holds, as told to the library or as read back. */
struct tally {
    const char *name;
    uint64_t cells;
    uint64_t formulas;
    uint64_t digest; /* of place, type, contents of each cell: a sum, in any order */
    uint64_t
        hundredths; /* sum of all numbers, so that a lost cent has a second witness */
};

struct tally_cell {
    uint32_t row, column; /* from 1 */
    bool is_text;
    bool dated;
    struct book_decimal number;
    struct text text;
    struct text formula; /* empty: none */
};

/* What the charts hold, as told to the library or as read back. */
struct drawn {
    size_t charts, found; /* found: of them, those that their sheet knows where to find */
    size_t series;
    size_t ranges; /* of cells, that series are drawn from */
};

void tally_add(struct tally *tally, const struct tally_cell *cell);
/* Adds what another tally of the same sheet has counted. */
void tally_join(struct tally *tally, const struct tally *other);

struct xlsx {
    const struct document *document;
    struct staged *file;
    struct diag *diag;
    struct arena own; /* apart from the arena that rows are produced in */
    struct lxw_workbook *book;
    struct lxw_format *formats[STYLE_COUNT];
    int format_indexes[STYLE_COUNT]; /* in the file, plus 1; 0: none */
    bool looks_settled;              /* what rows need of them is known */
    struct xlsx_spool *spool;        /* the rows of lists, compressed */
    struct arena rows;               /* where they are rendered, one by one */
    struct tally *tallies;           /* one a sheet */
    size_t sheet_count, sheet_capacity;
    struct drawn drawn;
    char *buffer; /* for one text */
    uint32_t rows_max;
    bool failed; /* a diagnostic has been filed, or it is written again */
    bool last;   /* what is in the way of a temporary file is told */
    bool again;  /* it was in the way, and nothing has been filed */
};

struct xlsx_spool;

/* The sheet being written; rows and columns count from 0 as in the library. */
struct xlsx_sheet {
    struct xlsx *xlsx;
    struct lxw_worksheet *handle;
    size_t index; /* in tallies */
    size_t columns;
};

struct place {
    uint32_t row;
    uint16_t column;
    uint16_t column_last; /* merged up to here, if larger */
};

/* Rows of lists that follow each other on a sheet, in the spool. */
struct xlsx_run {
    size_t sheet;
    uint64_t plain, packed; /* bytes */
    uint32_t crc;           /* of the plain ones */
};
struct xlsx_runs ARRAY_OF(struct xlsx_run);
#define XLSX_MARK "<!--rows-->" /* stands for a run; the library writes no comments */

/* Without a file after a diagnostic; xlsx_spool_shut always follows. Plainly, rows go to
 * the library's file of their sheet, and none is spooled: what tests compare with. */
struct xlsx_spool *xlsx_spool_open(struct xlsx *xlsx, struct arena *keep, char *folder,
                                   bool plainly);
/* The row that comes belongs to the sheet, after what the library wrote there. */
void xlsx_spool_begin(struct xlsx_spool *spool, const struct xlsx_sheet *sheet);
void xlsx_spool_put(struct xlsx_spool *spool, const char *bytes, size_t size);
/* Bytes as blocks of a deflate stream, made apart from the spool. */
struct xlsx_packed {
    const uint8_t *bytes;
    size_t packed, plain;
    uint32_t crc; /* of the plain ones */
};
struct xlsx_packed xlsx_pack_bytes(struct arena *keep, const char *bytes, size_t size);
void xlsx_spool_add(struct xlsx_spool *spool, const struct xlsx_packed *packed);
bool xlsx_spool_is_plain(const struct xlsx_spool *spool);
/* All runs in the order of the file; from here on it is read from its start. */
const struct xlsx_runs *xlsx_spool_finish(struct xlsx_spool *spool);
/* The next compressed bytes, at most so many, kept until the next call; 0 at the end. */
size_t xlsx_spool_read(struct xlsx_spool *spool, uint64_t most, const uint8_t **bytes);
void xlsx_spool_shut(struct xlsx_spool *spool);
/* A block of a deflate stream, kept until the next one; gives its size. */
size_t xlsx_deflate(struct xlsx_spool *spool, const char *bytes, size_t size,
                    const uint8_t **packed);
size_t xlsx_deflate_max(void); /* bytes of one block */
/* Puts the spooled rows into the package that the library has written. */
bool xlsx_pack(struct xlsx *xlsx, struct arena scratch);
/* Whether a name was in the way of a temporary file, and the whole is to be written again. */
bool xlsx_is_again(struct xlsx *xlsx, int error);
/* Files what errno says, once. */
void xlsx_write_failed(struct xlsx *xlsx);

/* Files a diagnostic unless the library's answer is 0. */
bool xlsx_hold(struct xlsx *xlsx, int answer);
bool xlsx_formats_make(struct xlsx *xlsx);
bool xlsx_style_is_dated(int style);

void xlsx_put_blank(struct xlsx_sheet *sheet, struct place at, int style);
void xlsx_put_text(struct xlsx_sheet *sheet, struct place at, struct text t, int style);
void xlsx_put_cell(struct xlsx_sheet *sheet, struct place at, const struct cell *cell,
                   int style);
/* A live formula, without '=', that carries the value of the cell. */
void xlsx_put_formula(struct xlsx_sheet *sheet, struct place at, const char *formula,
                      const struct cell *cell, int style);

#define XLSX_FORMULA_BYTES 8000
#define XLSX_ROW_SUM_BYTES 512 /* of 32 columns at most */
/* The sum of a row's own columns, "F5+G5"; each column's first one is at `starts`, or
 * they are the sheet's. */
void xlsx_row_sum(char formula[XLSX_ROW_SUM_BYTES], const struct table *table,
                  const uint16_t *starts, struct place at, const struct cell *cells);

struct xlsx_length { /* a duration, and what a sheet holds for it */
    int64_t duration;
    struct book_decimal decimal;
    bool known;
};

/* Rows of a table whose columns are the sheet's, as XML; what is met on the way. */
struct xlsx_list {
    const struct xlsx *xlsx;
    const struct table *table;
    struct arena *keep;
    struct arena room; /* of the bytes, and of nothing else: they grow where they lie */
    char *bytes;
    size_t filled, capacity;
    struct tally tally;
    struct xlsx_length lengths[32];
    bool failed;     /* a text fits in no cell: */
    struct text bad; /* the first such, to be told by xlsx_prepare */
};

/* Renders a row, counted from 0. Many may render at a time, each into a list of its own, once
 * xlsx_list_looks has settled the numbers of all looks. */
void xlsx_list_render(struct xlsx_list *list, uint32_t number, const struct cell *cells);
void xlsx_list_looks(struct xlsx *xlsx);
/* Rendered rows follow on the sheet, after all that the library still holds; the last. */
void xlsx_list_begin(struct xlsx_sheet *sheet, uint32_t last);

/* Where the rows of a table go: on its sheet from `row` on while there is room, then on further
 * sheets, from `again` on, `most` on each. */
struct xlsx_course {
    const struct table *table;
    uint32_t row, again;
    size_t room, most;
    void (*turn)(void *context); /* begins the next sheet */
    void *context;
};
/* Writes them, rendered on all processors; adds to the columns' sums. */
void xlsx_rows_put(struct xlsx_sheet *sheet, struct arena scratch,
                   const struct xlsx_course *course, int64_t *sums);

/* One row, where they come one by one. */
void xlsx_row_put(struct xlsx_sheet *sheet, const struct table *table, uint32_t row,
                  const struct cell *cells);

#define XLSX_TEXT_MAX 32767 /* of a cell: UTF-16 code units, as spreadsheets count */
/* The text with its escapes as the file has to hold it, or NULL if it can hold no such text. */
const char *xlsx_prepare_text(struct arena *keep, struct text t);
/* The text as the file has to hold it (kept until the next one), or NULL after a diagnostic. */
const char *xlsx_prepare(struct xlsx *xlsx, struct text t);
/* The number that a cell shows. */
struct book_decimal xlsx_decimal_of(const struct cell *cell);
/* Tallies a cell that was told to the file. */
void xlsx_tell(struct xlsx_sheet *sheet, struct place at, struct tally_cell cell);

#define XLSX_REFERENCE_BYTES 32
#define XLSX_NAME_MAX        31 /* characters of the name of a sheet */
/* "N12" for row 11, column 13. */
void xlsx_reference(char out[XLSX_REFERENCE_BYTES], uint32_t row, uint16_t column);

/* Lines that a text takes in so many characters, and how many a column has room for. */
int xlsx_lines_of(struct text t, int width);
/* How many lines the headings over the columns take. */
int xlsx_group_lines(const struct table *table);
int xlsx_room_in(const struct column *column);
bool xlsx_wraps(const struct table *table, const struct column *column);
int xlsx_style_of(const struct table *table, const struct column *column,
                  const struct cell *cell);
/* How high a row is, in points, if some text takes several lines; 0: as usual. */
double xlsx_row_height(const struct table *table, const struct cell *cells);

/* Adds the sheet of the tables, or part 1, 2, … of a single long one. */
bool xlsx_sheet_add(struct xlsx_sheet *sheet, const struct table *tables, size_t count,
                    size_t part);
/* So many rows are to be printed. */
void xlsx_sheet_finish(struct xlsx_sheet *sheet, uint32_t rows);
/* Everything of one table, from the row on; gives the next free row. */
uint32_t xlsx_table_put(struct xlsx_sheet *sheet, struct arena scratch,
                        const struct table *table, uint32_t row, bool alone);

/* The rows of a table on one sheet, from 0, and where its columns start. */
struct xlsx_rows {
    const struct table *table;
    const char *sheet;
    uint32_t first, last;
    const uint16_t *starts;
};
/* The table's chart below it; gives the next free row. */
uint32_t xlsx_chart_put(struct xlsx_sheet *sheet, const struct xlsx_rows *rows,
                        uint32_t row);

/* Tables that share a sheet, from the first of `count`. */
void xlsx_sheet_write(struct xlsx *xlsx, struct arena scratch, const struct table *tables,
                      size_t count);

/* The same of a table that is to be filled in, alone on its sheet. */
uint32_t xlsx_form_put(struct xlsx_sheet *sheet, struct arena scratch,
                       const struct table *table);

/* Reads the staged file and compares it with the tallies. False after a diagnostic. */
bool xlsx_read_back(struct arena scratch, const struct xlsx *xlsx);

#endif
