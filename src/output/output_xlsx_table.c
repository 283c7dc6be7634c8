/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables on sheets, from top to bottom, since rows leave memory as they are written: a
 * first pass counts the rows, so that filters, parts and totals are known beforehand. A
 * table alone on its sheet goes on over further sheets when it is too long.
 */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS_MAX        32
#define HEADER_LINES_MAX   3
#define LINE_HEIGHT        13.5 /* points */
#define HEADER_LINE_HEIGHT 15.0
#define TITLE_HEIGHT       26.0
#define GAP_HEIGHT         9.0
#define BOX_HEIGHT         105.0

struct span {
    const char *sheet;
    uint32_t first, last; /* rows of data, from 0 */
};

/* One table on its way to one sheet or more. */
struct table_writer {
    struct row_sink sink;
    struct xlsx_sheet *sheet;
    const struct table *table;
    uint16_t starts[COLUMNS_MAX + 1]; /* first sheet column of each, and one past */
    bool alone;                       /* on its sheet */
    uint32_t row;                     /* next free one */
    uint32_t first_row;               /* of data on this sheet */
    size_t rows_left;                 /* to be written, over all parts */
    size_t part_rows;                 /* at most, a part */
    size_t part_left;                 /* to be written on this sheet */
    struct span *parts;
    size_t part, part_count;
    int64_t sums[COLUMNS_MAX];
};

static bool
dead(const struct table_writer *writer)
{
    return writer->sheet->xlsx->failed;
}

static void
hold(struct table_writer *writer, lxw_error answer)
{
    (void)xlsx_hold(writer->sheet->xlsx, (int)answer);
}

static void
set_height(struct table_writer *writer, double height)
{
    if (!dead(writer)) {
        hold(writer,
             lxw.worksheet_set_row(writer->sheet->handle, writer->row, height, NULL));
    }
}

static uint16_t
last_column(const struct table_writer *writer)
{
    return (uint16_t)(writer->starts[writer->table->column_count] - 1);
}

static struct place
whole_row(const struct table_writer *writer)
{
    return (struct place){writer->row, 0, last_column(writer)};
}

static int
table_width(const struct table *table)
{
    int width = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        width += table->columns[i].width;
    }
    return width;
}

static void
put_notes(struct table_writer *writer, const struct note *notes, size_t count)
{
    int width = table_width(writer->table);
    for (size_t i = 0; i < count && !dead(writer); i++) {
        int lines = xlsx_lines_of(text_of(notes[i].text), width);
        set_height(writer,
                   notes[i].text[0] == '\0' ? GAP_HEIGHT : lines * LINE_HEIGHT + 2);
        xlsx_put_text(writer->sheet, whole_row(writer), text_of(notes[i].text),
                      STYLE_NOTES + (int)notes[i].tone);
        writer->row++;
    }
}

static void
put_header(struct table_writer *writer)
{
    const struct table *table = writer->table;
    int lines = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        int needed = xlsx_lines_of(text_of(column->title), xlsx_room_in(column));
        lines = needed > lines ? needed : lines;
    }
    set_height(
        writer,
        (lines > HEADER_LINES_MAX ? HEADER_LINES_MAX : lines) * HEADER_LINE_HEIGHT + 4);
    for (size_t i = 0; i < table->column_count; i++) {
        enum cell_type type = table->columns[i].type;
        bool right = type != CELL_TEXT && type != CELL_DATE && type != CELL_EMPTY;
        struct place at = {writer->row, writer->starts[i],
                           (uint16_t)(writer->starts[i + 1] - 1)};
        xlsx_put_text(writer->sheet, at, text_of(table->columns[i].title),
                      right ? STYLE_HEADER_RIGHT : STYLE_HEADER);
    }
    writer->row++;
}

/* Headings over neighbouring columns. */
static void
put_groups(struct table_writer *writer)
{
    const struct table *table = writer->table;
    size_t column = 0;
    set_height(writer, xlsx_group_lines(table) * HEADER_LINE_HEIGHT + 2);
    for (size_t i = 0; i < table->group_count; i++) {
        size_t end = column + table->groups[i].columns;
        assert(end <= table->column_count);
        struct place at = {writer->row, writer->starts[column],
                           (uint16_t)(writer->starts[end] - 1)};
        xlsx_put_text(writer->sheet, at, text_of(table->groups[i].title), STYLE_HEADER);
        column = end;
    }
    writer->row++;
}

static uint32_t
part_size(const struct table_writer *writer)
{
    return (uint32_t)(writer->rows_left < writer->part_rows ? writer->rows_left
                                                            : writer->part_rows);
}

/* Header, filter and frozen panes of one part; the rows follow. */
static void
start_part(struct table_writer *writer)
{
    const struct table *table = writer->table;
    lxw_worksheet *handle = writer->sheet->handle;
    uint32_t top = writer->row;
    uint32_t header = top + (table->group_count > 0);
    uint32_t rows = part_size(writer);
    if (dead(writer)) {
        writer->part_left = writer->rows_left; /* they are passed over */
        return;
    }
    if (table->filter) {
        hold(writer, lxw.worksheet_autofilter(handle, header, 0, header + rows,
                                              last_column(writer)));
        lxw.worksheet_freeze_panes(handle, header + 1, (lxw_col_t)table->frozen_columns);
    }
    if (writer->alone) {
        hold(writer, lxw.worksheet_repeat_rows(handle, top, header));
    }
    if (table->group_count > 0) {
        put_groups(writer);
    }
    put_header(writer);
    writer->first_row = writer->row;
    writer->part_left = rows;
    struct span *span = &writer->parts[writer->part];
    span->sheet = writer->sheet->xlsx->tallies[writer->sheet->index].name;
    span->first = writer->row;
    span->last = writer->row + (rows > 0 ? rows - 1 : 0);
}

static void
put_row_sum(struct table_writer *writer, struct place at, const struct cell *cell,
            const struct cell *cells)
{
    char formula[XLSX_ROW_SUM_BYTES];
    xlsx_row_sum(formula, writer->table, writer->starts, at, cells);
    xlsx_put_formula(writer->sheet, at, formula, cell,
                     STYLE_CELLS + CELL_MONEY * TONE_COUNT + (int)cell->tone);
}

static void
put_cells(struct table_writer *writer, const struct cell *cells, double height)
{
    const struct table *table = writer->table;
    if (height > 0) {
        set_height(writer, height);
    }
    for (size_t i = 0; i < table->column_count && !dead(writer); i++) {
        const struct column *column = &table->columns[i];
        struct place at = {writer->row, writer->starts[i],
                           (uint16_t)(writer->starts[i + 1] - 1)};
        if (column->adds != 0) {
            put_row_sum(writer, at, &cells[i], cells);
        } else {
            xlsx_put_cell(writer->sheet, at, &cells[i],
                          xlsx_style_of(table, column, &cells[i]));
        }
    }
}

/* Cells that span columns are the library's to write. */
static bool
has_spans(const struct table_writer *writer)
{
    return last_column(writer) + 1u > writer->table->column_count;
}

static void next_part(struct table_writer *writer);

static void
put_row(struct row_sink *sink, const struct cell *cells)
{
    struct table_writer *writer = (struct table_writer *)sink;
    const struct table *table = writer->table;
    assert(writer->rows_left > 0);
    if (writer->part_left == 0) {
        next_part(writer);
    }
    if (has_spans(writer)) {
        put_cells(writer, cells, xlsx_row_height(table, cells));
    } else if (!dead(writer)) {
        xlsx_row_put(writer->sheet, table, writer->row, cells);
    }
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].total) {
            writer->sums[i] += cell_summand(&cells[i]);
        }
    }
    writer->row++;
    writer->part_left--;
    writer->rows_left--;
}

/* "SUM(N2:N9)", or the sum over several sheets. */
static void
total_formula(const struct table_writer *writer, size_t column,
              char out[XLSX_FORMULA_BYTES])
{
    size_t filled = 0;
    for (size_t i = 0; i <= writer->part && filled < XLSX_FORMULA_BYTES; i++) {
        const struct span *span = &writer->parts[i];
        char first[XLSX_REFERENCE_BYTES];
        char last[XLSX_REFERENCE_BYTES];
        char sheet[XLSX_NAME_MAX * 8 + 4] = "";
        xlsx_reference(first, span->first, writer->starts[column]);
        xlsx_reference(last, span->last, writer->starts[column]);
        if (i < writer->part) {
            size_t at = 0;
            sheet[at++] = '\'';
            for (const char *c = span->sheet; *c != '\0'; c++) {
                sheet[at++] = *c;
                if (*c == '\'') {
                    sheet[at++] = '\'';
                }
            }
            snprintf(sheet + at, sizeof sheet - at, "'!");
        }
        int size = snprintf(out + filled, XLSX_FORMULA_BYTES - filled, "%sSUM(%s%s:%s)",
                            filled == 0 ? "=" : "+", sheet, first, last);
        filled += (size_t)size;
    }
    assert(filled < XLSX_FORMULA_BYTES);
}

static struct cell
sum_cell(enum cell_type type, int64_t sum)
{
    switch (type) {
    case CELL_MONEY: return cell_money((struct money){sum});
    case CELL_DURATION: return cell_duration(sum);
    case CELL_INTEGER:
    case CELL_EMPTY:
    case CELL_TEXT:
    case CELL_QUANTITY:
    case CELL_DATE: break;
    }
    return cell_integer(sum);
}

static bool
has_totals(const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].total) {
            return true;
        }
    }
    return false;
}

static void
put_totals(struct table_writer *writer)
{
    const struct table *table = writer->table;
    char formula[XLSX_FORMULA_BYTES];
    bool any_rows = writer->part > 0 || writer->row > writer->first_row;
    if (!has_totals(table)) {
        return;
    }
    for (size_t i = 0; i < table->column_count && !dead(writer); i++) {
        const struct column *column = &table->columns[i];
        struct place at = {writer->row, writer->starts[i],
                           (uint16_t)(writer->starts[i + 1] - 1)};
        int style = STYLE_TOTALS + (int)column->type;
        struct cell sum = sum_cell(column->type, writer->sums[i]);
        if (!column->total) {
            const char *label =
                i == 0 ? tr(writer->sheet->xlsx->document->language, N_("Total")) : "";
            xlsx_put_text(writer->sheet, at, text_of(label), STYLE_TOTALS + CELL_TEXT);
        } else if (any_rows) {
            total_formula(writer, i, formula);
            xlsx_put_formula(writer->sheet, at, formula, &sum, style);
        } else {
            xlsx_put_cell(writer->sheet, at, &sum, style);
        }
    }
    writer->row++;
}

/* Boxes side by side: a title line each, and room to sign. */
static void
put_boxes(struct table_writer *writer)
{
    const struct table *table = writer->table;
    uint16_t columns = writer->starts[table->column_count];
    int width = table_width(table);
    for (int line = 0; line < 2 && table->box_count > 0; line++) {
        int reached = 0;
        uint16_t column = 0;
        set_height(writer, line == 0 ? HEADER_LINE_HEIGHT + 4 : BOX_HEIGHT);
        for (size_t i = 0; i < table->box_count && column < columns; i++) {
            struct place at = {writer->row, column, column};
            int aim = width * (int)(i + 1) / (int)table->box_count;
            for (size_t k = 0; k < table->column_count; k++) {
                bool last = i + 1 == table->box_count;
                if (writer->starts[k] >= column && (reached < aim || last)) {
                    reached += table->columns[k].width;
                    at.column_last = (uint16_t)(writer->starts[k + 1] - 1);
                }
            }
            const char *title = table->boxes[i];
            const char *body = strchr(title, '\n');
            size_t size = body == NULL ? strlen(title) : (size_t)(body - title);
            struct text title_text = {title, size};
            struct text body_text = text_of(body == NULL ? "" : body + 1);
            xlsx_put_text(writer->sheet, at, line == 0 ? title_text : body_text,
                          line == 0 ? STYLE_BOX_TITLE : STYLE_BOX);
            column = (uint16_t)(at.column_last + 1);
        }
        writer->row++;
    }
}

static void
next_part(struct table_writer *writer)
{
    xlsx_sheet_finish(writer->sheet, writer->row);
    writer->part++;
    assert(writer->part < writer->part_count);
    if (xlsx_sheet_add(writer->sheet, writer->table, 1, writer->part)) {
        writer->row = 0;
        start_part(writer);
    } else {
        writer->part_left = writer->rows_left;
    }
}

static size_t
rows_above(const struct table *table)
{
    return (size_t)(table->title != NULL) + table->before_count + 1 +
           (table->group_count > 0);
}

static size_t
rows_below(const struct table *table)
{
    return (size_t)has_totals(table) + 1 + table->after_count + 3;
}

/* How a table divides: counts its rows, and lays out its columns. */
static void
plan_table(struct table_writer *writer, struct arena scratch)
{
    const struct table *table = writer->table;
    struct xlsx *xlsx = writer->sheet->xlsx;
    size_t around = rows_above(table) + rows_below(table);
    assert(table->column_count <= COLUMNS_MAX);
    writer->rows_left = table_rows(table, scratch);
    writer->part_rows = SIZE_MAX;
    writer->part_count = 1;
    if (writer->alone) {
        assert(xlsx->rows_max > around);
        writer->part_rows = xlsx->rows_max - around;
        writer->part_count = writer->rows_left / writer->part_rows + 1;
    }
    writer->parts = NEW_ARRAY(&xlsx->own, struct span, writer->part_count);
    for (size_t i = 0; i < table->column_count; i++) {
        int span = table->columns[i].span > 1 ? table->columns[i].span : 1;
        writer->starts[i + 1] = (uint16_t)(writer->starts[i] + span);
    }
}

/* All rows of this sheet are written. */
static void
fill_sheet(struct table_writer *writer)
{
    writer->row += (uint32_t)writer->part_left;
    writer->rows_left -= writer->part_left;
    writer->part_left = 0;
}

static void
turn(void *context)
{
    struct table_writer *writer = context;
    fill_sheet(writer);
    next_part(writer);
}

/* All processors render the rows; as tests compare with, one. */
static void
put_rows(struct table_writer *writer, struct arena scratch)
{
    const struct table *table = writer->table;
    bool beside = table->produce_part != NULL && !has_spans(writer) &&
                  !xlsx_spool_is_plain(writer->sheet->xlsx->spool);
    if (!beside) {
        table_produce(table, scratch, &writer->sink);
        assert(writer->rows_left == 0);
    } else if (writer->rows_left > 0 && !dead(writer)) {
        const struct xlsx_course course = {
            .table = table,
            .row = writer->row,
            .again = 1 + (table->group_count > 0),
            .room = writer->part_left,
            .most = writer->part_rows,
            .turn = turn,
            .context = writer,
        };
        xlsx_rows_put(writer->sheet, scratch, &course, writer->sums);
        fill_sheet(writer);
        assert(writer->rows_left == 0 || dead(writer));
    }
}

uint32_t
xlsx_table_put(struct xlsx_sheet *sheet, struct arena scratch, const struct table *table,
               uint32_t row, bool alone)
{
    struct table_writer writer = {
        .sink = {put_row}, .sheet = sheet, .table = table, .alone = alone, .row = row};
    plan_table(&writer, scratch);
    if (table->title != NULL) {
        set_height(&writer, TITLE_HEIGHT);
        xlsx_put_text(sheet, whole_row(&writer), text_of(table->title), STYLE_TITLE);
        writer.row++;
    }
    put_notes(&writer, table->before, table->before_count);
    start_part(&writer);
    put_rows(&writer, scratch);
    put_totals(&writer);
    if (table->after_count > 0) {
        set_height(&writer, GAP_HEIGHT);
        writer.row++;
        put_notes(&writer, table->after, table->after_count);
    }
    if (table->box_count > 0) {
        set_height(&writer, GAP_HEIGHT);
        writer.row++;
        put_boxes(&writer);
    }
    if (table->chart != NULL && writer.part_count == 1 && writer.parts != NULL) {
        const struct span *span = &writer.parts[0];
        const struct xlsx_rows rows = {table, span->sheet, span->first, span->last,
                                       writer.starts};
        writer.row = xlsx_chart_put(sheet, &rows, writer.row);
    }
    return writer.row;
}
