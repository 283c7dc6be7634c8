/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables to be filled in: cells that take entries, lists to choose from, and counts that
 * follow what is entered. What is not to be changed is locked, without a password: it
 * guards against a slip of the hand, not against people.
 */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS_MAX       96
#define FORMULA_BYTES     512
#define RANGE_BYTES       (XLSX_REFERENCE_BYTES + XLSX_REFERENCE_BYTES)
#define CHOICE_CHARACTERS 250 /* of a list of choices, in the file */
#define TITLE_BYTES       32  /* of what is said beside a cell */
#define PROMPT_BYTES      255
#define LINE_HEIGHT       13.5
#define TITLE_HEIGHT      26.0
#define HEADER_LINES      3
#define FIRST_DAY_YEAR    1900
#define LAST_DAY_YEAR     2199

struct form_writer {
    struct row_sink sink;
    struct xlsx_sheet *sheet;
    const struct table *table;
    const struct form *form;
    uint32_t row; /* next free one */
    uint32_t first_row;
};

static bool
dead(const struct form_writer *writer)
{
    return writer->sheet->xlsx->failed;
}

static void
set_height(struct form_writer *writer, double height)
{
    if (!dead(writer)) {
        (void)xlsx_hold(
            writer->sheet->xlsx,
            (int)lxw.worksheet_set_row(writer->sheet->handle, writer->row, height, NULL));
    }
}

/* Titles do not reach over the whole of a wide table: they would be cut on paper. */
static void
put_line(struct form_writer *writer, const char *text, int style, double line_height)
{
    int width = 0;
    int page = writer->form->page_width > 0 ? writer->form->page_width : INT32_MAX;
    uint16_t last = 0;
    for (size_t i = 0; i < writer->table->column_count; i++) {
        if (i > 0 && width + writer->table->columns[i].width > page) {
            break;
        }
        width += writer->table->columns[i].width;
        last = (uint16_t)i;
    }
    set_height(writer, xlsx_lines_of(text_of(text), width) * line_height + 2);
    xlsx_put_text(writer->sheet, (struct place){writer->row, 0, last}, text_of(text),
                  style);
    writer->row++;
}

static void
put_notes(struct form_writer *writer, const struct note *notes, size_t count)
{
    for (size_t i = 0; i < count && !dead(writer); i++) {
        put_line(writer, notes[i].text, STYLE_NOTES + (int)notes[i].tone, LINE_HEIGHT);
    }
}

/* The rows above the header, then the header. */
static void
put_headings(struct form_writer *writer)
{
    const struct table *table = writer->table;
    const struct form *form = writer->form;
    for (size_t i = 0; i < form->head_count && !dead(writer); i++) {
        const struct cell *cells = form->heads + i * table->column_count;
        int lines = 1;
        for (size_t k = 0; k < table->column_count; k++) {
            struct place at = {writer->row, (uint16_t)k, 0};
            int needed =
                cells[k].type == CELL_TEXT
                    ? xlsx_lines_of(cells[k].text, xlsx_room_in(&table->columns[k]))
                    : 1;
            lines = needed > lines ? needed : lines;
            int style = cells[k].type == CELL_TEXT || cells[k].type == CELL_EMPTY
                            ? STYLE_HEADS
                            : STYLE_HEADS_DATE;
            xlsx_put_cell(writer->sheet, at, &cells[k], style);
        }
        set_height(writer,
                   (lines > HEADER_LINES ? HEADER_LINES : lines) * LINE_HEIGHT + 4);
        writer->row++;
    }
    int lines = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        int needed = xlsx_lines_of(text_of(table->columns[i].title),
                                   xlsx_room_in(&table->columns[i]));
        lines = needed > lines ? needed : lines;
        xlsx_put_text(writer->sheet, (struct place){writer->row, (uint16_t)i, 0},
                      text_of(table->columns[i].title), STYLE_HEADER);
    }
    set_height(writer, (lines > HEADER_LINES ? HEADER_LINES : lines) * LINE_HEIGHT + 6);
    writer->row++;
}

/* The formula over a range of which `cells` are empty so far. */
static void
put_count(struct form_writer *writer, struct place at, const struct count *count,
          const char *range, int64_t cells)
{
    char formula[FORMULA_BYTES] = "=";
    size_t filled = 1;
    for (const char *c = count->formula; *c != '\0'; c++) {
        int size = *c == '#'
                       ? snprintf(formula + filled, sizeof formula - filled, "%s", range)
                       : snprintf(formula + filled, sizeof formula - filled, "%c", *c);
        filled += (size_t)size;
        assert(filled < sizeof formula);
    }
    struct cell value = cell_integer(count->counts_empty ? cells : 0);
    xlsx_put_formula(writer->sheet, at, formula, &value, STYLE_TOTALS + CELL_INTEGER);
}

/* The first and the last column that take entries; false if none does. */
static bool
entry_columns(const struct form_writer *writer, uint16_t *first, uint16_t *last)
{
    bool any = false;
    for (size_t i = 0; i < writer->table->column_count; i++) {
        if (writer->form->fields[i] != NULL) {
            *first = any ? *first : (uint16_t)i;
            *last = (uint16_t)i;
            any = true;
        }
    }
    return any;
}

static void
range_text(char out[RANGE_BYTES], struct place from, struct place to)
{
    char first[XLSX_REFERENCE_BYTES];
    char last[XLSX_REFERENCE_BYTES];
    xlsx_reference(first, from.row, from.column);
    xlsx_reference(last, to.row, to.column);
    snprintf(out, RANGE_BYTES, "%s:%s", first, last);
}

/* A row that counts its own entries is the library's to write. */
static void
put_counting(struct form_writer *writer, const struct cell *cells, struct place from,
             struct place to)
{
    const struct table *table = writer->table;
    char range[RANGE_BYTES];
    range_text(range, from, to);
    if (table->row_lines > 1) {
        set_height(writer, table->row_lines * LINE_HEIGHT + 2);
    }
    for (size_t i = 0; i < table->column_count && !dead(writer); i++) {
        struct place at = {writer->row, (uint16_t)i, 0};
        const struct count *count = writer->form->counts[i];
        if (count != NULL) {
            put_count(writer, at, count, range, to.column - from.column + 1);
        } else {
            xlsx_put_cell(writer->sheet, at, &cells[i],
                          xlsx_style_of(table, &table->columns[i], &cells[i]));
        }
    }
}

static bool
counts_in_rows(const struct form_writer *writer)
{
    for (size_t i = 0; i < writer->table->column_count; i++) {
        if (writer->form->counts[i] != NULL) {
            return true;
        }
    }
    return false;
}

static void
put_row(struct row_sink *sink, const struct cell *cells)
{
    struct form_writer *writer = (struct form_writer *)sink;
    struct place from = {writer->row, 0, 0};
    struct place to = from;
    if (entry_columns(writer, &from.column, &to.column) && counts_in_rows(writer)) {
        put_counting(writer, cells, from, to);
    } else if (!dead(writer)) {
        xlsx_row_put(writer->sheet, writer->table, writer->row, cells);
    }
    writer->row++;
}

/* Rows that count each column. */
static void
put_below(struct form_writer *writer)
{
    const struct table *table = writer->table;
    uint32_t end = writer->row;
    for (size_t i = 0; i < writer->form->below_count && end > writer->first_row; i++) {
        const struct count *count = &writer->form->below[i];
        for (size_t k = 0; k < table->column_count && !dead(writer); k++) {
            struct place at = {writer->row, (uint16_t)k, 0};
            if (writer->form->fields[k] != NULL) {
                char range[RANGE_BYTES];
                range_text(range, (struct place){writer->first_row, at.column, 0},
                           (struct place){end - 1, at.column, 0});
                put_count(writer, at, count, range, end - writer->first_row);
            } else {
                xlsx_put_text(writer->sheet, at, text_of(k == 0 ? count->label : ""),
                              STYLE_TOTALS + CELL_TEXT);
            }
        }
        writer->row++;
    }
}

/* Cut between characters. */
static char *
cut(struct arena *keep, const char *text, size_t most)
{
    size_t size = strlen(text);
    while (text_characters((struct text){text, size}) > most) {
        size--;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    char *copy = NEW_ARRAY(keep, char, size + 1);
    memcpy(copy, text, size);
    return copy;
}

/* The choices as one formula, "\"P,A,E\"", or NULL if they do not fit into the file. The library's
 * own lists overrun their room when letters have accents. A comma would divide a choice. */
static char *
list_formula(struct arena *keep, const struct field *field)
{
    struct text list = STR("");
    for (size_t i = 0; i < field->choice_count; i++) {
        if (strpbrk(field->choices[i], ",\"") != NULL) {
            return NULL;
        }
        list = text_of(arena_printf(keep, "%.*s%s%s", TEXT_ARG(list), i > 0 ? "," : "",
                                    field->choices[i]));
    }
    return list.size == 0 || text_characters(list) > CHOICE_CHARACTERS
               ? NULL
               : cut(keep, arena_printf(keep, "\"%.*s\"", TEXT_ARG(list)), SIZE_MAX);
}

static void
validate(struct form_writer *writer, uint16_t column, const struct field *field,
         uint32_t last)
{
    struct xlsx *xlsx = writer->sheet->xlsx;
    struct arena own = xlsx->own;
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_ANY,
                                .ignore_blank = LXW_VALIDATION_ON,
                                .error_type = LXW_VALIDATION_ERROR_TYPE_STOP};
    if (field->prompt != NULL) {
        rule.input_title = cut(&own, field->prompt_title, TITLE_BYTES);
        rule.input_message = cut(&own, field->prompt, PROMPT_BYTES);
        rule.error_title = rule.input_title;
        rule.error_message = rule.input_message;
    }
    char *list = list_formula(&own, field);
    if (list != NULL) {
        rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        rule.value_formula = list;
        if (field->open) {
            rule.error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION;
        }
    } else if (field->kind == FIELD_DATE) {
        rule.validate = LXW_VALIDATION_TYPE_DATE;
        rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule.minimum_datetime = (lxw_datetime){FIRST_DAY_YEAR, 1, 1, 0, 0, 0};
        rule.maximum_datetime = (lxw_datetime){LAST_DAY_YEAR, 12, 31, 0, 0, 0};
    } else if (field->prompt == NULL) {
        return;
    }
    (void)xlsx_hold(
        xlsx, (int)lxw.worksheet_data_validation_range(
                  writer->sheet->handle, writer->first_row, column, last, column, &rule));
}

static void
lock(struct form_writer *writer)
{
    lxw_protection may = {.format_columns = LXW_TRUE, .format_rows = LXW_TRUE};
    lxw.worksheet_protect(writer->sheet->handle, NULL, &may);
}

uint32_t
xlsx_form_put(struct xlsx_sheet *sheet, struct arena scratch, const struct table *table)
{
    struct form_writer writer = {
        .sink = {put_row}, .sheet = sheet, .table = table, .form = table->form};
    assert(table->column_count <= COLUMNS_MAX);
    if (table->title != NULL) {
        put_line(&writer, table->title, STYLE_TITLE, TITLE_HEIGHT);
    }
    put_notes(&writer, table->before, table->before_count);
    uint32_t top = writer.row;
    put_headings(&writer);
    writer.first_row = writer.row;
    if (dead(&writer)) {
        return writer.row;
    }
    lxw.worksheet_freeze_panes(sheet->handle, writer.row,
                               (lxw_col_t)table->frozen_columns);
    (void)xlsx_hold(sheet->xlsx,
                    (int)lxw.worksheet_repeat_rows(sheet->handle, top, writer.row - 1));
    table_produce(table, scratch, &writer.sink);
    const struct cell blank[COLUMNS_MAX] = {{.type = CELL_EMPTY}};
    for (size_t i = 0; i < table->form->blank_rows; i++) {
        put_row(&writer.sink, blank);
    }
    uint32_t end = writer.row;
    for (size_t i = 0; i < table->column_count && end > writer.first_row; i++) {
        if (table->form->fields[i] != NULL && !dead(&writer)) {
            validate(&writer, (uint16_t)i, table->form->fields[i], end - 1);
        }
    }
    put_below(&writer);
    put_notes(&writer, table->after, table->after_count);
    if (table->form->locked && !dead(&writer)) {
        lock(&writer);
    }
    return writer.row;
}
