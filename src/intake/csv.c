/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSV as offices export it: the separator is found from the header alone, quotes
 * and line breaks are those of RFC 4180. Lines in which no byte has a second meaning
 * are split by base/scan.c; all others here, where a byte of a cell is looked at once,
 * through a table of what it may mean. The column of a cell is counted only when a
 * message asks for it.
 */
#include "defray/limits.h"
#include "defray/scan.h"

#include "csv_parts.h"
#include "forbidden.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* The place of a byte of the current record. */
static struct where
place_of(const struct csv *csv, const char *byte)
{
    struct where where = {.input = csv->sheet.input, .line = csv->sheet.line};
    const char *line = csv->record;
    for (const char *p = csv->record; p < byte; p++) {
        if (*p == '\n') {
            where.line++;
            line = p + 1;
        }
    }
    size_t before = text_characters((struct text){line, (size_t)(byte - line)});
    where.column = (uint32_t)before + 1;
    return where;
}

static void
check_suspect(struct csv *csv, const char *p)
{
    const char *name = forbidden_at((struct text){p, (size_t)(csv->end - p)});
    if (name == NULL || csv->faulty) {
        return;
    }
    csv->faulty = true;
    diag_error(csv->reading->diag, place_of(csv, p), CODE_T003,
               "the cell holds %s, which is not allowed",
               tr(diag_language(csv->reading->diag), name));
}

static void
report_quote(struct csv *csv, const char *p)
{
    if (!csv->faulty) {
        csv->faulty = true;
        diag_error(csv->reading->diag, place_of(csv, p), CODE_T006,
                   "a quotation mark stands inside the cell, but does not enclose it");
    }
}

/* Keeps one cell of the record. */
static void
add_cell(struct csv *csv, const char *start, struct text text)
{
    if (text.size > CSV_FIELD_MAX && !csv->faulty) {
        csv->faulty = true;
        diag_error(csv->reading->diag, place_of(csv, start), CODE_T015,
                   "the cell holds %zu bytes, more than %d", text.size, CSV_FIELD_MAX);
    }
    size_t capacity =
        csv->width == 0 || csv->sheet.searching ? CSV_MATRIX_COLUMNS_MAX : csv->width;
    if (csv->count < capacity) {
        csv->cells[csv->count] = text;
        csv->starts[csv->count] = start;
    }
    csv->count++;
}

/* Reads the rest of a cell that no quote encloses, from p on. */
static const char *
skip_plain(struct csv *csv, const char *p)
{
    for (;; p++) {
        while (p < csv->end && csv->marks[(uint8_t)*p] == MARK_PLAIN) {
            p++;
        }
        if (p == csv->end) {
            return p;
        }
        switch ((enum mark)csv->marks[(uint8_t)*p]) {
        case MARK_PLAIN: break;
        case MARK_SEPARATOR:
        case MARK_LINE: return p;
        case MARK_RETURN:
            if (csv_break(csv, p) > 0) {
                return p;
            }
            check_suspect(csv, p);
            break;
        case MARK_QUOTE: report_quote(csv, p); break;
        case MARK_SUSPECT: check_suspect(csv, p); break;
        }
    }
}

static struct text
halve_quotes(struct csv *csv, struct text t)
{
    char *out = NEW_ARRAY(csv->reading->keep, char, t.size);
    size_t size = 0;
    for (size_t i = 0; i < t.size; i++) {
        out[size++] = t.data[i];
        i += t.data[i] == '"';
    }
    return (struct text){out, size};
}

/* Tells of lines within quotes that have as many cells as a row: where the first quote is a
 * slip, rows go into the cell up to the next one. */
static void
check_enclosed(struct csv *csv, struct text cell)
{
    size_t rows = 0;
    struct text line = cell;
    const char *end = cell.data + cell.size;
    while ((line.data = memchr(line.data, '\n', line.size)) != NULL) {
        line.size = (size_t)(end - ++line.data);
        size_t cells = 1;
        for (const char *p = line.data; p < end && *p != '\n'; p++) {
            cells += csv->marks[(uint8_t)*p] == MARK_SEPARATOR;
        }
        rows += cells == csv->width;
    }
    if (rows > 0 && csv->width > 1 && !csv->sheet.searching) {
        struct diag *diag = csv->reading->diag;
        diag_warning(
            diag, place_of(csv, cell.data - 1), CODE_T095,
            tr_plural(diag_language(diag),
                      "the quotation mark that opens here encloses %zu line with "
                      "as many cells as a row: it is a part of this cell",
                      "the quotation mark that opens here encloses %zu lines with "
                      "as many cells as a row: they are a part of this cell",
                      rows),
            rows);
    }
}

/* Reads a quoted cell; p is past its first quote. NULL if it never ends. */
static const char *
read_quoted(struct csv *csv, const char *p)
{
    const char *start = p;
    bool doubled = false;
    for (;;) {
        while (p < csv->end && *p != '"') {
            enum mark mark = (enum mark)csv->marks[(uint8_t)*p];
            bool stray_return = mark == MARK_RETURN && csv_break(csv, p) == 0;
            if (mark == MARK_SUSPECT || stray_return) {
                check_suspect(csv, p);
            }
            p++;
        }
        if (p == csv->end) {
            diag_error(csv->reading->diag, place_of(csv, start - 1), CODE_T005,
                       "the quotation mark that opens here is never closed");
            return NULL;
        }
        if (p + 1 == csv->end || p[1] != '"') {
            break;
        }
        doubled = true;
        p += 2;
    }
    struct text text = {start, (size_t)(p - start)};
    check_enclosed(csv, text);
    const char *past = p + 1;
    if (past < csv->end && csv->marks[(uint8_t)*past] != MARK_SEPARATOR &&
        csv_break(csv, past) == 0) {
        report_quote(csv, past);
        past = skip_plain(csv, past);
    }
    bool fits = text.size <= CSV_FIELD_MAX && !csv->faulty;
    add_cell(csv, start, doubled && fits ? halve_quotes(csv, text) : text);
    return past;
}

/* Reads one record if it is a plain line with the cells of the header, and too short
 * for one of them to be too long. */
static bool
read_plain(struct csv *csv)
{
    struct text rest = {csv->at, (size_t)(csv->end - csv->at)};
    csv->plain = false;
    if (csv->width == 0 || csv->sheet.searching || csv->by_bytes) {
        return false;
    }
    size_t size = scan_line(rest, csv->separator, csv->cells, csv->width);
    csv->plain = size > 0 && size <= CSV_FIELD_MAX;
    if (csv->plain) {
        csv->count = csv->width;
        csv->at += size;
        csv->next_line++;
    }
    return csv->plain;
}

/* Reads one record; false if it never ends. */
static bool
read_record(struct csv *csv)
{
    const char *p = csv->at;
    csv->record = p;
    csv->count = 0;
    csv->faulty = false;
    csv->sheet.line = csv->next_line;
    if (read_plain(csv)) {
        return true;
    }
    for (;;) {
        if (p < csv->end && *p == '"') {
            p = read_quoted(csv, p + 1);
            if (p == NULL) {
                return false;
            }
        } else {
            const char *start = p;
            p = skip_plain(csv, p);
            add_cell(csv, start, (struct text){start, (size_t)(p - start)});
        }
        if (p == csv->end || csv->marks[(uint8_t)*p] != MARK_SEPARATOR) {
            break;
        }
        p++;
    }
    csv->at = p == csv->end ? p : p + csv_break(csv, p);
    for (const char *q = csv->record;
         (q = memchr(q, '\n', (size_t)(csv->at - q))) != NULL; q++) {
        csv->next_line++;
    }
    return true;
}

/* Whether the record holds nothing but separators, as spreadsheets write below the
 * last row. */
static bool
is_blank(const struct csv *csv)
{
    for (const char *p = csv->record; p < csv->at; p++) {
        bool nothing = *p == ' ' || *p == '\t' || *p == '\r' || *p == '\n' || *p == '"' ||
                       csv->marks[(uint8_t)*p] == MARK_SEPARATOR;
        if (!nothing) {
            return false;
        }
    }
    return true;
}

/* Whether the record that was just read is a row to hand out. */
static bool
accept_record(struct csv *csv)
{
    struct where where = {.input = csv->sheet.input, .line = csv->sheet.line};
    if (csv->width == 0 || csv->sheet.searching) {
        csv->width = csv->count;
        csv->sheet.failed = csv->faulty;
        if (csv->count > CSV_MATRIX_COLUMNS_MAX) {
            csv->sheet.failed = true;
            diag_error(csv->reading->diag, where, CODE_T013,
                       "the header has %zu columns, more than %d", csv->count,
                       CSV_MATRIX_COLUMNS_MAX);
        }
        return !csv->sheet.failed;
    }
    if (csv->rows == csv->rows_max) {
        csv->sheet.failed = true;
        return diag_error(csv->reading->diag, where, CODE_T014,
                          "the table has more than %" PRIu64 " rows", csv->rows_max);
    }
    csv->rows++;
    if (csv->count != csv->width && !csv->faulty) {
        csv->faulty = true;
        diag_error(csv->reading->diag, where, CODE_T007,
                   "the row has %zu cells where the header has %zu", csv->count,
                   csv->width);
    }
    return !csv->faulty;
}

size_t
csv_break(const struct csv *csv, const char *p)
{
    if (*p == '\n') {
        return 1;
    }
    bool last = p + 1 == csv->end;
    return *p != '\r' ? 0 : last ? 1 : p[1] == '\n' ? 2 : 0;
}

bool
csv_next(struct sheet *sheet)
{
    struct csv *csv = (struct csv *)(void *)sheet;
    while (!sheet->failed && csv->at < csv->end) {
        if (!read_record(csv)) {
            sheet->failed = true;
            return false;
        }
        sheet->cell_count = csv->count;
        sheet->done = sheet->total - (uint64_t)(csv->end - csv->at);
        if (!csv->faulty && is_blank(csv)) {
            continue;
        }
        if (accept_record(csv)) {
            return true;
        }
        sheet->refused = true;
        if (!sheet->failed) { /* of a row: a header may have more cells than are kept */
            passed_over_row(csv->reading->keep, &sheet->lost, csv->cells,
                            csv->count < csv->width ? csv->count : csv->width);
        }
    }
    return false;
}

struct where
csv_where(const struct sheet *sheet, size_t cell)
{
    const struct csv *csv = (const struct csv *)(const void *)sheet;
    if (cell >= csv->count || cell >= csv->width) {
        return (struct where){.input = sheet->input, .line = sheet->line};
    }
    struct text text = csv->cells[cell];
    const char *start = csv->plain ? text.data : csv->starts[cell];
    while (text.size > 0 && (*text.data == ' ' || *text.data == '\t')) {
        start++;
        text = (struct text){text.data + 1, text.size - 1};
    }
    return place_of(csv, start);
}
