/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSV for payroll programs and French spreadsheets: ';', UTF-8 with a byte order
 * mark, CRLF, a decimal comma in French. The first row holds the stable keys of the
 * columns. A text that a spreadsheet would take for a formula gets an apostrophe.
 */
#include "output_parts.h"

#include <string.h>

#define NUMBER_BYTES 64

struct csv {
    struct output_stream *stream;
    const struct table *table;
    char point;
};

static void
put(const struct csv *csv, struct text t)
{
    output_stream_add(csv->stream, t);
}

/* Bytes that put a field between quotes, wherever they stand. */
static const bool quoting[256] = {
    ['"'] = true,  [';'] = true,  [','] = true,  ['\r'] = true,
    ['\n'] = true, ['\t'] = true, ['\0'] = true,
};

static bool
looks_like_formula(char first)
{
    switch (first) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r': return true;
    default: return false;
    }
}

static void
put_text(const struct csv *csv, struct text t)
{
    if (t.size == 0) {
        return;
    }
    unsigned char all = 0;
    bool quoted = t.data[0] == ' ' || t.data[t.size - 1] == ' ';
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        all |= c;
        quoted = quoted || quoting[c];
    }
    if (all >= 0x80 && !output_stream_takes(csv->stream, t)) {
        return;
    }
    put(csv, quoted ? STR("\"") : STR(""));
    put(csv, looks_like_formula(t.data[0]) ? STR("'") : STR(""));
    while (quoted && t.size > 0) { /* up to each quote, which is doubled */
        const char *quote = memchr(t.data, '"', t.size);
        size_t size = quote == NULL ? t.size : (size_t)(quote - t.data) + 1;
        put(csv, (struct text){t.data, size});
        put(csv, quote == NULL ? STR("") : STR("\""));
        t = (struct text){t.data + size, t.size - size};
    }
    put(csv, t);
    put(csv, quoted ? STR("\"") : STR(""));
}

/* A number in digits, with the decimal sign of the language. */
static void
put_number(const struct csv *csv, const char *digits)
{
    size_t whole = strcspn(digits, ".");
    put(csv, (struct text){digits, whole});
    if (digits[whole] != '\0') {
        put(csv, (struct text){&csv->point, 1});
        put(csv, text_of(digits + whole + 1));
    }
}

static void
put_cell(const struct csv *csv, const struct cell *cell)
{
    char number[NUMBER_BYTES];
    switch (cell->type) {
    case CELL_EMPTY: break;
    case CELL_TEXT: put_text(csv, cell->word.size > 0 ? cell->word : cell->text); break;
    case CELL_MONEY: put_number(csv, money_text(cell->money, number)); break;
    case CELL_INTEGER: output_stream_add_integer(csv->stream, cell->integer); break;
    case CELL_QUANTITY: put_number(csv, ratio_text(cell->ratio, 2, 4, number)); break;
    case CELL_DATE: put(csv, text_of(date_text(cell->date, number))); break;
    case CELL_DURATION:
        put(csv, text_of(duration_text((int32_t)cell->integer, number)));
        break;
    }
}

static void
put_row(struct output_stream *stream, const void *context, const struct cell *cells)
{
    struct csv csv = *(const struct csv *)context;
    csv.stream = stream;
    for (size_t i = 0; i < csv.table->column_count; i++) {
        if (i > 0) {
            put(&csv, STR(";"));
        }
        put_cell(&csv, &cells[i]);
    }
    put(&csv, STR("\r\n"));
}

static void
put_header(const struct csv *csv)
{
    put(csv, STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < csv->table->column_count; i++) {
        put(csv, i > 0 ? STR(";") : STR(""));
        put_text(csv, text_of(csv->table->columns[i].key));
    }
    put(csv, STR("\r\n"));
}

static const struct table *
table_for_csv(const struct document *document)
{
    for (size_t i = 0; i < document->table_count; i++) {
        if ((document->tables[i].audience & FOR_CSV) != 0) {
            return &document->tables[i];
        }
    }
    return NULL;
}

bool
output_csv_write(struct arena scratch, const struct document *document,
                 struct staged *file, struct diag *diag)
{
    struct output_stream stream = output_stream_new(&scratch, file, diag);
    const struct csv csv = {
        .stream = &stream,
        .table = table_for_csv(document),
        .point = document->language == LANGUAGE_FR ? ',' : '.',
    };
    const struct output_rows rows = {csv.table, put_row, &csv, STR("")};
    if (csv.table == NULL) {
        return diag_error(diag, (struct where){0}, CODE_F005,
                          "output '%s' not written: this result has no table for CSV",
                          file->target);
    }
    put_header(&csv);
    (void)output_rows_put(scratch, &rows, &stream);
    return output_stream_finish(&stream);
}
