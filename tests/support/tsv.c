/* SPDX-License-Identifier: Apache-2.0 */
/* Reads tables and files what is wrong with their rows. */
#include "support/tsv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX (4u << 20)
#define ROW_MAX  (16u << 20)

static const struct {
    const char *name;
    tsv_interpreter *judge;
} interpreters[] = {
    {"age",         tsv_age        },
    {"money",       tsv_money      },
    {"pay",         tsv_pay        },
    {"seat",        tsv_seat       },
    {"eligibility", tsv_eligibility},
};

static void __attribute__((format(printf, 3, 0)))
file_fault(struct tsv *table, size_t line, const char *format, va_list arguments)
{
    size_t room = sizeof table->report - table->report_size;
    int size =
        snprintf(table->report + table->report_size, room, "%s:%zu: ", table->path, line);

    table->wrong++;
    if (size < 0 || (size_t)size >= room) {
        return;
    }
    table->report_size += (size_t)size;
    room -= (size_t)size;
    size = vsnprintf(table->report + table->report_size, room - 1, format, arguments);
    if (size > 0) {
        table->report_size += (size_t)size < room - 1 ? (size_t)size : room - 2;
    }
    table->report[table->report_size++] = '\n';
    table->report[table->report_size] = '\0';
}

static void __attribute__((format(printf, 3, 4)))
fault(struct tsv *table, size_t line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    file_fault(table, line, format, arguments);
    va_end(arguments);
}

static bool
find_column(const struct tsv *table, const char *column, size_t *out)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (text_equals(table->columns[i], text_of(column))) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* Gives the next line without its newline, and moves past it. */
static struct text
take_line(struct text *rest)
{
    const char *end = memchr(rest->data, '\n', rest->size);
    struct text line = {rest->data, end ? (size_t)(end - rest->data) : rest->size};
    size_t taken = line.size + (end ? 1 : 0);

    rest->data += taken;
    rest->size -= taken;
    return line;
}

/* The number of cells, of which at most TSV_COLUMNS_MAX are kept. */
static size_t
split_cells(struct text line, struct text cells[TSV_COLUMNS_MAX])
{
    size_t count = 0;
    size_t start = 0;

    for (size_t i = 0; i <= line.size; i++) {
        if (i == line.size || line.data[i] == '\t') {
            if (count < TSV_COLUMNS_MAX) {
                cells[count] = (struct text){line.data + start, i - start};
            }
            count++;
            start = i + 1;
        }
    }
    return count;
}

static tsv_interpreter *
find_interpreter(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t size = strcspn(name, "-.");

    for (size_t i = 0; i < ARRAY_COUNT(interpreters); i++) {
        if (strlen(interpreters[i].name) == size &&
            memcmp(interpreters[i].name, name, size) == 0) {
            return interpreters[i].judge;
        }
    }
    return NULL;
}

static void
judge_row(struct tsv *table, struct text line, size_t number, tsv_interpreter *judge)
{
    struct arena start = arena_reserve(ROW_MAX);
    struct arena arena = start;
    struct tsv_row row = {.table = table, .keep = &arena, .line = number};
    size_t cells = split_cells(line, row.cells);

    table->rows++;
    if (cells == table->column_count) {
        judge(&row);
    } else {
        fault(table, number, "expected %zu cells, got %zu", table->column_count, cells);
    }
    arena_release(start);
}

void
tsv_judge(struct tsv *table, const char *path, struct text bytes)
{
    tsv_interpreter *judge = find_interpreter(path);
    size_t number = 0;

    *table = (struct tsv){.path = path};
    if (!judge) {
        fault(table, 0, "the name picks no interpreter");
        return;
    }
    while (bytes.size > 0) {
        struct text line = take_line(&bytes);

        number++;
        if (line.size == 0 || line.data[0] == '#') {
            continue;
        }
        if (table->column_count == 0) {
            table->column_count = split_cells(line, table->columns);
            if (table->column_count > TSV_COLUMNS_MAX) {
                fault(table, number, "too many columns");
                return;
            }
        } else {
            judge_row(table, line, number, judge);
        }
    }
    if (table->rows == 0) {
        fault(table, number, "no example in the table");
    }
}

void
tsv_judge_file(struct tsv *table, const char *path)
{
    char *bytes = malloc(FILE_MAX);
    FILE *file = fopen(path, "rb");
    size_t size;

    if (!bytes || !file) {
        perror(path);
        abort();
    }
    size = fread(bytes, 1, FILE_MAX, file);
    fclose(file);
    tsv_judge(table, path, (struct text){bytes, size});
    memset(table->columns, 0, sizeof table->columns); /* they pointed into the bytes */
    free(bytes);
}

bool
tsv_has(const struct tsv_row *row, const char *column)
{
    size_t index;

    return find_column(row->table, column, &index);
}

struct text
tsv_cell(struct tsv_row *row, const char *column)
{
    size_t index;

    if (!find_column(row->table, column, &index)) {
        tsv_fault(row, "the table has no column '%s'", column);
        return STR("");
    }
    return row->cells[index];
}

void
tsv_expect(struct tsv_row *row, const char *column, const char *got)
{
    struct text cell = tsv_cell(row, column);

    if (!text_equals(cell, text_of(got))) {
        tsv_fault(row, "%s: expected '%.*s' got '%s'", column, TEXT_ARG(cell), got);
    }
}

bool
tsv_fault(struct tsv_row *row, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    file_fault(row->table, row->line, format, arguments);
    va_end(arguments);
    return false;
}
