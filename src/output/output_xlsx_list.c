/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of tables, written by us and spooled past the library (a table with cells that
 * span columns is small, and the library's). Two gains. An amount is printed as the decimal
 * number it is (77.49, where the library's binary fraction reads 77.48999999999999 and an
 * importer that cuts loses a cent). And no cell is allocated, hashed and printed one by one.
 * Everything around the rows is the library's, and all of it is read back and compared.
 */
#include "output_xlsx_parts.h"

#include <xlsxwriter.h>

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define HEAD_BYTES    96
#define DECIMAL_BYTES 64
#define LETTERS       26

struct list_row {
    struct xlsx_sheet *sheet;
    char number[16]; /* of the row, from 1 */
};

static void
put(struct list_row *row, const char *bytes, size_t size)
{
    xlsx_spool_put(row->sheet->xlsx->spool, bytes, size);
}

static void
put_string(struct list_row *row, const char *string)
{
    put(row, string, strlen(string));
}

/* '<c r="AB12"' and the number of its look, if it has one. */
static void
put_cell_start(struct list_row *row, uint16_t column, int style)
{
    char head[HEAD_BYTES] = "<c r=\"";
    size_t filled = 6;
    if (column >= LETTERS) {
        head[filled++] = (char)('A' + column / LETTERS - 1);
    }
    head[filled++] = (char)('A' + column % LETTERS);
    put(row, head, filled);
    put_string(row, row->number);
    lxw_format *format = row->sheet->xlsx->formats[style];
    if (format == NULL) {
        put_string(row, "\"");
        return;
    }
    int *index = &row->sheet->xlsx->format_indexes[style];
    if (*index == 0) {
        *index = lxw_format_get_xf_index(format) + 1;
    }
    int size = snprintf(head, sizeof head, "\" s=\"%d\"", *index - 1);
    put(row, head, (size_t)size);
}

/* Text between tags: the three marks of XML, and control characters as spreadsheets write them. */
static void
put_escaped(struct list_row *row, const char *string)
{
    const char *plain = string;
    for (; *string != '\0'; string++) {
        unsigned char c = (unsigned char)*string;
        char control[16];
        const char *escape = c == '&'   ? "&amp;"
                             : c == '<' ? "&lt;"
                             : c == '>' ? "&gt;"
                                        : NULL;
        if (c < ' ' && c != '\t' && c != '\n') {
            snprintf(control, sizeof control, "_x%04X_", c);
            escape = control;
        }
        if (escape != NULL) {
            put(row, plain, (size_t)(string - plain));
            put_string(row, escape);
            plain = string + 1;
        }
    }
    put(row, plain, (size_t)(string - plain));
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
put_text(struct list_row *row, struct place at, struct text t, int style)
{
    const char *string = xlsx_prepare(row->sheet->xlsx, t);
    if (string == NULL) {
        return;
    }
    bool edged = is_space(string[0]) || is_space(string[strlen(string) - 1]);
    put_cell_start(row, at.column, style);
    put_string(row, edged ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                          : " t=\"inlineStr\"><is><t>");
    put_escaped(row, string);
    put_string(row, "</t></is></c>");
    xlsx_tell(row->sheet, at, (struct tally_cell){.is_text = true, .text = t});
}

/* The decimal number as it is: no binary fraction on the way. */
static void
put_decimal(struct list_row *row, struct book_decimal number)
{
    char digits[DECIMAL_BYTES];
    char out[DECIMAL_BYTES * 2];
    bool negative = number.digits < 0;
    uint64_t size_of = negative ? 0 - (uint64_t)number.digits : (uint64_t)number.digits;
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)size_of);
    size_t filled = 0;
    assert(number.scale > -DECIMAL_BYTES / 2 && number.scale < DECIMAL_BYTES / 2);
    if (negative) {
        out[filled++] = '-';
    }
    for (int place = count > number.scale ? count : number.scale + 1; place > 0;
         place--) {
        if (place == number.scale) {
            out[filled++] = '.';
        }
        out[filled++] = place > count ? '0' : digits[count - place];
    }
    for (int zeros = number.scale; zeros < 0; zeros++) {
        out[filled++] = '0';
    }
    put(row, out, filled);
}

static void
put_number(struct list_row *row, struct place at, const struct cell *cell, int style)
{
    struct book_decimal number = xlsx_decimal_of(cell);
    put_cell_start(row, at.column, style);
    put_string(row, "><v>");
    put_decimal(row, number);
    put_string(row, "</v></c>");
    xlsx_tell(row->sheet, at,
              (struct tally_cell){.dated = xlsx_style_is_dated(style), .number = number});
}

/* A live formula that carries its value. */
static void
put_sum(struct list_row *row, struct place at, const struct table *table,
        const struct cell *cells)
{
    char formula[XLSX_FORMULA_BYTES];
    const struct cell *cell = &cells[at.column];
    int style = STYLE_CELLS + CELL_MONEY * TONE_COUNT + (int)cell->tone;
    struct book_decimal number = xlsx_decimal_of(cell);
    xlsx_row_sum(formula, table, NULL, at, cells);
    put_cell_start(row, at.column, style);
    put_string(row, "><f>");
    put_string(row, formula);
    put_string(row, "</f><v>");
    put_decimal(row, number);
    put_string(row, "</v></c>");
    xlsx_tell(row->sheet, at,
              (struct tally_cell){.number = number, .formula = text_of(formula)});
}

/* Opens the row after whatever the library still holds, and tells it how far the sheet goes. */
static void
start_row(struct list_row *row, uint32_t number, double height)
{
    struct lxw_worksheet *handle = row->sheet->handle;
    char head[HEAD_BYTES];
    lxw_worksheet_write_single_row(handle);
    xlsx_spool_begin(row->sheet->xlsx->spool, row->sheet);
    if (number > handle->dim_rowmax) {
        handle->dim_rowmax = number;
    }
    snprintf(row->number, sizeof row->number, "%u", (unsigned)number + 1);
    int size = height > 0 ? snprintf(head, sizeof head,
                                     "<row r=\"%s\" ht=\"%.1f\" customHeight=\"1\">",
                                     row->number, height)
                          : snprintf(head, sizeof head, "<row r=\"%s\">", row->number);
    put(row, head, (size_t)size);
}

void
xlsx_list_row(struct xlsx_sheet *sheet, uint32_t number, double height,
              const struct table *table, const struct cell *cells)
{
    struct xlsx *xlsx = sheet->xlsx;
    struct list_row row = {.sheet = sheet};
    start_row(&row, number, height);
    for (size_t i = 0; i < table->column_count && !xlsx->failed; i++) {
        const struct cell *cell = &cells[i];
        struct place at = {number, (uint16_t)i, (uint16_t)i};
        int style = xlsx_style_of(table, &table->columns[i], cell);
        if (table->columns[i].adds != 0) {
            put_sum(&row, at, table, cells);
        } else if (cell->type == CELL_TEXT && cell->text.size > 0) {
            put_text(&row, at, cell->text, style);
        } else if (cell->type != CELL_TEXT && cell->type != CELL_EMPTY) {
            put_number(&row, at, cell, style);
        } else if (!table->list) {
            put_cell_start(&row, at.column, style);
            put_string(&row, "/>");
        }
    }
    put_string(&row, "</row>");
}
