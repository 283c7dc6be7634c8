/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSV for payroll programs and French spreadsheets: ';', UTF-8 with a byte order
 * mark, CRLF, a decimal comma in French. The first row holds the stable keys of the
 * columns. A text that a spreadsheet would take for a formula gets an apostrophe.
 */
#include "output_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NUMBER_BYTES 64

struct csv_sink {
    struct row_sink sink;
    struct output_stream stream;
    const struct table *table;
    char point;
};

static void
put(struct csv_sink *csv, struct text t)
{
    output_stream_add(&csv->stream, t);
}

static bool
needs_quotes(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        switch (t.data[i]) {
        case '"':
        case ';':
        case ',':
        case '\r':
        case '\n':
        case '\t':
        case '\0': return true;
        default: break;
        }
    }
    return t.size > 0 && (t.data[0] == ' ' || t.data[t.size - 1] == ' ');
}

static bool
looks_like_formula(struct text t)
{
    return t.size > 0 && t.data[0] != '\0' && strchr("=+-@\t\r", t.data[0]) != NULL;
}

static void
put_text(struct csv_sink *csv, struct text t)
{
    if (!output_text_check(t, csv->stream.diag)) {
        csv->stream.failed = true;
        return;
    }
    bool quoted = needs_quotes(t);
    put(csv, quoted ? STR("\"") : STR(""));
    put(csv, looks_like_formula(t) ? STR("'") : STR(""));
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
put_number(struct csv_sink *csv, const char *digits)
{
    size_t whole = strcspn(digits, ".");
    put(csv, (struct text){digits, whole});
    if (digits[whole] != '\0') {
        put(csv, (struct text){&csv->point, 1});
        put(csv, text_of(digits + whole + 1));
    }
}

static void
put_cell(struct csv_sink *csv, const struct cell *cell)
{
    char number[NUMBER_BYTES];
    switch (cell->type) {
    case CELL_EMPTY: break;
    case CELL_TEXT: put_text(csv, cell->word.size > 0 ? cell->word : cell->text); break;
    case CELL_MONEY: put_number(csv, money_text(cell->money, number)); break;
    case CELL_INTEGER:
        snprintf(number, sizeof number, "%" PRId64, cell->integer);
        put_number(csv, number);
        break;
    case CELL_QUANTITY: put_number(csv, ratio_text(cell->ratio, 2, 4, number)); break;
    case CELL_DATE: put(csv, text_of(date_text(cell->date, number))); break;
    case CELL_DURATION:
        put(csv, text_of(duration_text((int32_t)cell->integer, number)));
        break;
    }
}

static void
put_row(struct row_sink *sink, const struct cell *cells)
{
    struct csv_sink *csv = (struct csv_sink *)sink;
    for (size_t i = 0; i < csv->table->column_count; i++) {
        put(csv, i > 0 ? STR(";") : STR(""));
        put_cell(csv, &cells[i]);
    }
    put(csv, STR("\r\n"));
}

static void
put_header(struct csv_sink *csv)
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
    struct csv_sink csv = {
        .sink = {put_row},
        .stream = output_stream_new(&scratch, file, diag),
        .table = table_for_csv(document),
        .point = document->language == LANGUAGE_FR ? ',' : '.',
    };
    if (csv.table == NULL) {
        return diag_error(diag, (struct where){0}, CODE_F005,
                          "output '%s' not written: this result has no table for CSV",
                          file->target);
    }
    put_header(&csv);
    table_produce(csv.table, scratch, &csv.sink);
    return output_stream_finish(&csv.stream);
}
