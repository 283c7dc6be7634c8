/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cells, told to the library and to the tally. A binary fraction is born here, on the
 * last step of an amount's way, and nothing is computed from it.
 */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define SERIAL_OF_EPOCH 25569 /* 1970-01-01 in a spreadsheet */
#define SERIAL_LEAP     61    /* below it, spreadsheets believe in 29 February 1900 */
#define DAY_UNITS       (24 * DURATION_HOUR)
#define NUMBER_BYTES    64
#define QUANTITY_DIGITS 4
#define ESCAPE_BYTES    7                           /* of _xHHHH_ */
#define ROOM            ((size_t)XLSX_TEXT_MAX * 4) /* of the longest text, prepared */

struct number {
    double value;
    struct book_decimal decimal;
};

/* "Digits over a power of ten" as the nearest binary fraction: one division. */
static double
nearest(struct book_decimal decimal)
{
    double power = 1;
    int scale = decimal.scale < 0 ? -decimal.scale : decimal.scale;
    for (int i = 0; i < scale; i++) {
        power *= 10;
    }
    double digits = (double)decimal.digits;
    return decimal.scale < 0 ? digits * power : digits / power;
}

static struct number
number_of(struct book_decimal decimal)
{
    return (struct number){nearest(decimal), decimal};
}

/* A length is a fraction of a day, and mostly not a decimal one: it is tallied as the
 * library prints it. */
static struct number
number_of_duration(int64_t duration)
{
    char digits[NUMBER_BYTES];
    struct number number = {.value = (double)duration / DAY_UNITS};
    snprintf(digits, sizeof digits, "%.16G", number.value);
    bool parsed = book_decimal_parse(text_of(digits), &number.decimal);
    assert(parsed);
    return number;
}

static struct number
number_of_cell(const struct cell *cell)
{
    char digits[RATIO_TEXT_MAX];
    struct book_decimal decimal = {0, 0};
    int64_t serial = (int64_t)cell->date.day + SERIAL_OF_EPOCH;
    switch (cell->type) {
    case CELL_MONEY: return number_of(book_decimal_of(cell->money.cents, 2));
    case CELL_INTEGER: return number_of(book_decimal_of(cell->integer, 0));
    case CELL_DATE: return number_of(book_decimal_of(serial - (serial < SERIAL_LEAP), 0));
    case CELL_DURATION: return number_of_duration(cell->integer);
    case CELL_QUANTITY:
        ratio_text(cell->ratio, 0, QUANTITY_DIGITS, digits);
        (void)book_decimal_parse(text_of(digits), &decimal);
        return number_of(decimal);
    case CELL_EMPTY:
    case CELL_TEXT: break;
    }
    return number_of(decimal);
}

struct book_decimal
xlsx_decimal_of(const struct cell *cell)
{
    return number_of_cell(cell).decimal;
}

void
xlsx_tell(struct xlsx_sheet *sheet, struct place at, struct tally_cell cell)
{
    cell.row = at.row + 1;
    cell.column = at.column + 1u;
    tally_add(&sheet->xlsx->tallies[sheet->index], &cell);
}

static void
merge(struct xlsx_sheet *sheet, struct place at, int style)
{
    struct xlsx *xlsx = sheet->xlsx;
    if (at.column_last > at.column && !xlsx->failed) {
        (void)xlsx_hold(xlsx, (int)lxw.worksheet_merge_range(
                                  sheet->handle, at.row, at.column, at.row,
                                  at.column_last, "", xlsx->formats[style]));
    }
}

static bool
is_hexadecimal(char c)
{
    return c != '\0' && strchr("0123456789ABCDEFabcdef", c) != NULL;
}

/* A text that looks like an escape would be read as one. */
static bool
looks_escaped(struct text t)
{
    return t.size >= ESCAPE_BYTES && t.data[0] == '_' && t.data[1] == 'x' &&
           is_hexadecimal(t.data[2]) && is_hexadecimal(t.data[3]) &&
           is_hexadecimal(t.data[4]) && is_hexadecimal(t.data[5]) && t.data[6] == '_';
}

/* What has to be said by an escape instead of the bytes at the start of t, or NULL; how
 * many bytes that stands for. The library itself escapes control characters. */
static const char *
escape_for(struct text t, size_t *size)
{
    *size = 1;
    if (looks_escaped(t)) {
        return "_x005F_";
    }
    if (t.data[0] == '\0') {
        return "_x0000_";
    }
    *size = 3;
    if (t.size >= 3 && memcmp(t.data, "\xEF\xBF\xBE", 3) == 0) {
        return "_xFFFE_"; /* no character in XML, nor is the next */
    }
    if (t.size >= 3 && memcmp(t.data, "\xEF\xBF\xBF", 3) == 0) {
        return "_xFFFF_";
    }
    return NULL;
}

/* UTF-16 code units of valid UTF-8. */
static size_t
code_units(struct text t)
{
    size_t units = text_characters(t);
    for (size_t i = 0; i < t.size; i++) {
        units += (unsigned char)t.data[i] >= 0xF0;
    }
    return units;
}

/* What may be wrong with a text. */
enum fault { FAULT_NONE, FAULT_ENCODING, FAULT_LENGTH };

/* The text with its escapes; buffer has room for ROOM bytes and one more. */
static enum fault
prepare(struct text t, char *buffer)
{
    size_t filled = 0;
    if (text_utf8_check(t) < t.size) {
        return FAULT_ENCODING;
    }
    for (size_t i = 0; i < t.size;) {
        size_t taken = 0;
        const char *escape = escape_for((struct text){t.data + i, t.size - i}, &taken);
        size_t more = escape == NULL ? 1 : ESCAPE_BYTES;
        if (filled + more > ROOM) {
            return FAULT_LENGTH;
        }
        memcpy(buffer + filled, escape == NULL ? t.data + i : escape, more);
        filled += more;
        i += escape == NULL ? 1 : taken;
    }
    buffer[filled] = '\0';
    bool fits = code_units((struct text){buffer, filled}) <= XLSX_TEXT_MAX;
    return fits ? FAULT_NONE : FAULT_LENGTH;
}

const char *
xlsx_prepare_text(struct arena *keep, struct text t)
{
    size_t most = t.size * ESCAPE_BYTES < ROOM ? t.size * ESCAPE_BYTES : ROOM;
    char *buffer = NEW_ARRAY(keep, char, most + 1);
    return prepare(t, buffer) == FAULT_NONE ? buffer : NULL;
}

/* The text as the library has to be given it, or NULL after a diagnostic. */
const char *
xlsx_prepare(struct xlsx *xlsx, struct text t)
{
    switch (prepare(t, xlsx->buffer)) {
    case FAULT_NONE: return xlsx->buffer;
    case FAULT_ENCODING: (void)output_text_check(t, xlsx->diag); break;
    case FAULT_LENGTH:
        diag_error(
            xlsx->diag, (struct where){0}, CODE_W008,
            "a text of %zu bytes does not fit in a cell of '%s' (at most %d characters)",
            t.size, xlsx->file->target, XLSX_TEXT_MAX);
        break;
    }
    xlsx->failed = true;
    return NULL;
}

void
xlsx_put_blank(struct xlsx_sheet *sheet, struct place at, int style)
{
    struct xlsx *xlsx = sheet->xlsx;
    merge(sheet, at, style);
    if (!xlsx->failed) {
        (void)xlsx_hold(xlsx,
                        (int)lxw.worksheet_write_blank(sheet->handle, at.row, at.column,
                                                       xlsx->formats[style]));
    }
}

void
xlsx_put_text(struct xlsx_sheet *sheet, struct place at, struct text t, int style)
{
    struct xlsx *xlsx = sheet->xlsx;
    if (t.size == 0) {
        xlsx_put_blank(sheet, at, style);
        return;
    }
    merge(sheet, at, style);
    const char *string = xlsx->failed ? NULL : xlsx_prepare(xlsx, t);
    if (string == NULL ||
        !xlsx_hold(xlsx, (int)lxw.worksheet_write_string(sheet->handle, at.row, at.column,
                                                         string, xlsx->formats[style]))) {
        return;
    }
    xlsx_tell(sheet, at, (struct tally_cell){.is_text = true, .text = t});
}

void
xlsx_put_cell(struct xlsx_sheet *sheet, struct place at, const struct cell *cell,
              int style)
{
    struct xlsx *xlsx = sheet->xlsx;
    if (cell->type == CELL_TEXT || cell->type == CELL_EMPTY) {
        xlsx_put_text(sheet, at, cell->type == CELL_TEXT ? cell->text : STR(""), style);
        return;
    }
    merge(sheet, at, style);
    struct number number = number_of_cell(cell);
    if (xlsx->failed || !xlsx_hold(xlsx, (int)lxw.worksheet_write_number(
                                             sheet->handle, at.row, at.column,
                                             number.value, xlsx->formats[style]))) {
        return;
    }
    xlsx_tell(sheet, at,
              (struct tally_cell){.dated = xlsx_style_is_dated(style),
                                  .number = number.decimal});
}

void
xlsx_row_sum(char formula[XLSX_ROW_SUM_BYTES], const struct table *table,
             const uint16_t *starts, struct place at, const struct cell *cells)
{
    size_t filled = 0;
    int64_t sum = 0;
    size_t column = 0;
    while (starts != NULL && starts[column] != at.column) {
        column++;
    }
    column = starts == NULL ? at.column : column;
    for (size_t i = 0; i < table->column_count; i++) {
        if ((table->columns[column].adds >> i & 1u) == 0) {
            continue;
        }
        char name[XLSX_REFERENCE_BYTES];
        xlsx_reference(name, at.row, starts == NULL ? (uint16_t)i : starts[i]);
        size_t size = strlen(name);
        assert(filled + size + 2 < XLSX_ROW_SUM_BYTES);
        if (filled > 0) {
            formula[filled++] = '+';
        }
        memcpy(formula + filled, name, size + 1);
        filled += size;
        sum += cells[i].money.cents;
    }
    /* A document whose parts do not make its sum would contradict itself on paper. */
    assert(sum == cells[column].money.cents);
}

void
xlsx_put_formula(struct xlsx_sheet *sheet, struct place at, const char *formula,
                 const struct cell *cell, int style)
{
    struct xlsx *xlsx = sheet->xlsx;
    struct number number = number_of_cell(cell);
    if (xlsx->failed || !xlsx_hold(xlsx, (int)lxw.worksheet_write_formula_num(
                                             sheet->handle, at.row, at.column, formula,
                                             xlsx->formats[style], number.value))) {
        return;
    }
    xlsx_tell(sheet, at,
              (struct tally_cell){.dated = xlsx_style_is_dated(style),
                                  .number = number.decimal,
                                  .formula = text_of(formula + (formula[0] == '='))});
}
