/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of tables, written by us and spooled past the library (a table with cells that
 * span columns is small, and the library's). Two gains. An amount is printed as the decimal
 * number it is (77.49, where the library's binary fraction reads 77.48999999999999 and an
 * importer that cuts loses a cent). And no cell is allocated, hashed and printed one by one.
 * Everything around the rows is the library's, and all of it is read back and compared.
 * Rows are rendered into memory, beside others: nothing here is shared, nothing is filed.
 */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define HEAD_BYTES    96 /* what stands around the contents of a cell, at most */
#define DECIMAL_BYTES 64
#define LETTERS       26
#define BUFFER_BYTES  65536
#define ESCAPED_MOST  7 /* bytes that one becomes: _x0000_ */

struct row {
    struct xlsx_list *list;
    uint32_t number; /* from 0 */
    size_t size;     /* of its number from 1, in digits */
    char digits[16];
};

/* Room for so many bytes more; the address to write them at. */
static char *
room_for(struct xlsx_list *list, size_t size)
{
    if (list->filled + size > list->capacity) {
        size_t more = size < BUFFER_BYTES ? BUFFER_BYTES : size;
        char *bytes = arena_append(&list->room, more);
        list->bytes = list->capacity == 0 ? bytes : list->bytes;
        list->capacity += more;
    }
    return list->bytes + list->filled;
}

static char *
add(char *out, const char *bytes, size_t size)
{
    memcpy(out, bytes, size);
    return out + size;
}
#define ADD(out, literal) add(out, literal, sizeof(literal) - 1)

/* Digits of a number, at least one; returns the first byte past them. */
static char *
add_digits(char *out, uint64_t value)
{
    return out + text_digits(out, value, 1);
}

/* '<c r="AB12"' and the number of its look, if it has one. */
static char *
add_cell_start(char *out, const struct row *row, uint16_t column, int style)
{
    int look = row->list->xlsx->format_indexes[style] - 1;
    out = ADD(out, "<c r=\"");
    if (column >= LETTERS) {
        *out++ = (char)('A' + column / LETTERS - 1);
    }
    *out++ = (char)('A' + column % LETTERS);
    out = add(out, row->digits, row->size);
    *out++ = '"';
    if (look >= 0) {
        out = ADD(out, " s=\"");
        out = add_digits(out, (uint64_t)look);
        *out++ = '"';
    }
    return out;
}

/* Bytes that stand for themselves between tags; 0xEF may begin what is no character in XML, and
 * an underscore what would be read as an escape. */
static bool
is_plain(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        bool special = (c < ' ' && c != '\t' && c != '\n') || c == '&' || c == '<' ||
                       c == '>' || c == '_' || c == 0xEF;
        if (special) {
            return false;
        }
    }
    return t.size <= XLSX_TEXT_MAX && text_utf8_check(t) == t.size;
}

/* Text between tags: the three marks of XML, and control characters as spreadsheets write them. */
static char *
add_escaped(char *out, const char *string)
{
    for (; *string != '\0'; string++) {
        unsigned char c = (unsigned char)*string;
        if (c == '&') {
            out = ADD(out, "&amp;");
        } else if (c == '<') {
            out = ADD(out, "&lt;");
        } else if (c == '>') {
            out = ADD(out, "&gt;");
        } else if (c < ' ' && c != '\t' && c != '\n') {
            out += snprintf(out, ESCAPED_MOST + 1, "_x%04X_", c);
        } else {
            *out++ = (char)c;
        }
    }
    return out;
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
tell(const struct row *row, uint16_t column, struct tally_cell cell)
{
    cell.row = row->number + 1;
    cell.column = column + 1u;
    tally_add(&row->list->tally, &cell);
}

static void
put_text(struct row *row, uint16_t column, struct text t, int style)
{
    struct xlsx_list *list = row->list;
    struct arena scratch = *list->keep;
    const char *string = t.data;
    bool plain = is_plain(t);
    if (!plain) { /* its buffer lies behind what room_for may take: that comes first */
        (void)room_for(list, HEAD_BYTES + t.size * ESCAPED_MOST);
        scratch = *list->keep;
        string = xlsx_prepare_text(&scratch, t);
    }
    if (string == NULL) {
        list->bad = list->failed ? list->bad : t;
        list->failed = true;
        return;
    }
    char *out = plain ? room_for(list, HEAD_BYTES + t.size) : list->bytes + list->filled;
    out = add_cell_start(out, row, column, style);
    out = is_space(t.data[0]) || is_space(t.data[t.size - 1])
              ? ADD(out, " t=\"inlineStr\"><is><t xml:space=\"preserve\">")
              : ADD(out, " t=\"inlineStr\"><is><t>");
    out = plain ? add(out, t.data, t.size) : add_escaped(out, string);
    out = ADD(out, "</t></is></c>");
    list->filled = (size_t)(out - list->bytes);
    tell(row, column, (struct tally_cell){.is_text = true, .text = t});
}

/* The decimal number as it is: no binary fraction on the way. */
static char *
add_decimal(char *out, struct book_decimal number)
{
    char digits[DECIMAL_BYTES];
    bool negative = number.digits < 0;
    uint64_t size_of = negative ? 0 - (uint64_t)number.digits : (uint64_t)number.digits;
    int count = (int)(add_digits(digits, size_of) - digits);
    assert(number.scale > -DECIMAL_BYTES / 2 && number.scale < DECIMAL_BYTES / 2);
    if (negative) {
        *out++ = '-';
    }
    for (int place = count > number.scale ? count : number.scale + 1; place > 0;
         place--) {
        if (place == number.scale) {
            *out++ = '.';
        }
        *out++ = place > count ? '0' : digits[count - place];
    }
    for (int zeros = number.scale; zeros < 0; zeros++) {
        *out++ = '0';
    }
    return out;
}

/* A length takes the longest to tell in decimals, and there are few different ones. */
static struct book_decimal
decimal_of(struct xlsx_list *list, const struct cell *cell)
{
    if (cell->type != CELL_DURATION) {
        return xlsx_decimal_of(cell);
    }
    struct xlsx_length *length =
        &list->lengths[(uint64_t)cell->integer / DURATION_MINUTE %
                       ARRAY_COUNT(list->lengths)];
    if (!length->known || length->duration != cell->integer) {
        *length = (struct xlsx_length){cell->integer, xlsx_decimal_of(cell), true};
    }
    return length->decimal;
}

static void
put_number(struct row *row, uint16_t column, const struct cell *cell, int style)
{
    struct xlsx_list *list = row->list;
    struct book_decimal number = decimal_of(list, cell);
    char *out = room_for(list, HEAD_BYTES + 2 * DECIMAL_BYTES);
    out = add_cell_start(out, row, column, style);
    out = ADD(out, "><v>");
    out = add_decimal(out, number);
    out = ADD(out, "</v></c>");
    list->filled = (size_t)(out - list->bytes);
    tell(row, column,
         (struct tally_cell){.dated = xlsx_style_is_dated(style), .number = number});
}

/* A live formula that carries its value. */
static void
put_sum(struct row *row, uint16_t column, const struct cell *cells)
{
    char formula[XLSX_ROW_SUM_BYTES];
    struct xlsx_list *list = row->list;
    const struct cell *cell = &cells[column];
    int style = STYLE_CELLS + CELL_MONEY * TONE_COUNT + (int)cell->tone;
    struct book_decimal number = xlsx_decimal_of(cell);
    xlsx_row_sum(formula, list->table, NULL, (struct place){row->number, column, column},
                 cells);
    size_t size = strlen(formula);
    char *out = room_for(list, HEAD_BYTES + 2 * DECIMAL_BYTES + size);
    out = add_cell_start(out, row, column, style);
    out = ADD(out, "><f>");
    out = add(out, formula, size);
    out = ADD(out, "</f><v>");
    out = add_decimal(out, number);
    out = ADD(out, "</v></c>");
    list->filled = (size_t)(out - list->bytes);
    tell(row, column,
         (struct tally_cell){
             .number = number, .formula = {formula, size}
    });
}

static void
start_row(struct row *row, double height)
{
    struct xlsx_list *list = row->list;
    char *out = room_for(list, HEAD_BYTES);
    row->size = (size_t)(add_digits(row->digits, row->number + 1u) - row->digits);
    out = ADD(out, "<row r=\"");
    out = add(out, row->digits, row->size);
    if (height > 0) {
        uint32_t tenths = (uint32_t)(height * 10 + 0.5);
        out = ADD(out, "\" ht=\"");
        out = add_digits(out, tenths / 10);
        *out++ = '.';
        out = add_digits(out, tenths % 10);
        out = ADD(out, "\" customHeight=\"1");
    }
    out = ADD(out, "\">");
    list->filled = (size_t)(out - list->bytes);
}

void
xlsx_list_render(struct xlsx_list *list, uint32_t number, const struct cell *cells)
{
    const struct table *table = list->table;
    struct row row = {.list = list, .number = number};
    start_row(&row, xlsx_row_height(table, cells));
    for (uint16_t i = 0; i < table->column_count; i++) {
        const struct cell *cell = &cells[i];
        int style = xlsx_style_of(table, &table->columns[i], cell);
        if (table->columns[i].adds != 0) {
            put_sum(&row, i, cells);
        } else if (cell->type == CELL_TEXT && cell->text.size > 0) {
            put_text(&row, i, cell->text, style);
        } else if (cell->type != CELL_TEXT && cell->type != CELL_EMPTY) {
            put_number(&row, i, cell, style);
        } else if (!table->list) {
            char *out = add_cell_start(room_for(list, HEAD_BYTES), &row, i, style);
            out = ADD(out, "/>");
            list->filled = (size_t)(out - list->bytes);
        }
    }
    char *end = ADD(room_for(list, HEAD_BYTES), "</row>");
    list->filled = (size_t)(end - list->bytes);
}

void
xlsx_list_looks(struct xlsx *xlsx)
{
    for (int style = STYLE_WRAPPED; style < STYLE_HEADS && !xlsx->looks_settled;
         style++) {
        if (xlsx->formats[style] != NULL) {
            xlsx->format_indexes[style] =
                lxw.lxw_format_get_xf_index(xlsx->formats[style]) + 1;
        }
    }
    xlsx->looks_settled = true;
}

void
xlsx_list_begin(struct xlsx_sheet *sheet, uint32_t last)
{
    struct lxw_worksheet *handle = sheet->handle;
    lxw.lxw_worksheet_write_single_row(handle);
    xlsx_spool_begin(sheet->xlsx->spool, sheet);
    if (last > handle->dim_rowmax) {
        handle->dim_rowmax = last;
    }
}
