/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: cells LIST [OUT.xlsx]
 * The bare library, for comparison: writes the cells of a list (bench/dump.c says how it
 * looks) with libxlsxwriter, rows leaving memory as they are made, and nothing else.
 * Without OUT it only reads the list: that part is no work of the library's.
 */
#include <xlsxwriter.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMATS_MAX 1000

struct list {
    lxw_workbook *book; /* NULL: only read */
    lxw_worksheet *sheet;
    lxw_format *formats[FORMATS_MAX];
    int format_count;
};

static void
add_format(struct list *list, const char *code)
{
    lxw_format *format = list->book != NULL ? workbook_add_format(list->book) : NULL;

    if (++list->format_count >= FORMATS_MAX) {
        fprintf(stderr, "cells: too many formats\n");
        exit(1);
    }
    list->formats[list->format_count] = format;
    if (format != NULL && strcmp(code, "@0") == 0) {
        format_set_text_wrap(format); /* no format of numbers, but a look of its own */
    } else if (format != NULL && code[0] == '@') {
        format_set_num_format_index(format, (uint8_t)strtoul(code + 1, NULL, 10));
    } else if (format != NULL) {
        format_set_num_format(format, code);
    }
}

static void
unescape(char *text)
{
    char *to = strchr(text, '\\');

    for (const char *from = to; from != NULL && *from != '\0'; from++) {
        if (*from == '\\') {
            from++;
            *to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : '\\';
        } else {
            *to++ = *from;
        }
    }
    if (to != NULL) {
        *to = '\0';
    }
}

/* "3n2 46082": column 3, a number, in the second format. */
static void
put_cell(const struct list *list, lxw_row_t row, char *cell)
{
    char *rest;
    lxw_col_t column = (lxw_col_t)strtoul(cell, &rest, 10);
    char kind = *rest;
    lxw_format *format = list->formats[strtoul(rest + 1, &rest, 10) % FORMATS_MAX];
    char *value = *rest != '\0' ? rest + 1 : rest;
    double number = kind == 'n' || kind == 'f' ? strtod(value, &rest) : 0;

    if (kind == 's') {
        unescape(value);
    }
    if (list->book == NULL) {
        return;
    }
    switch (kind) {
    case 's': worksheet_write_string(list->sheet, row, column, value, format); break;
    case 'n': worksheet_write_number(list->sheet, row, column, number, format); break;
    case 'f':
        unescape(rest);
        worksheet_write_formula_num(list->sheet, row, column, rest + 1, format, number);
        break;
    default: worksheet_write_blank(list->sheet, row, column, format); break;
    }
}

static void
put_row(const struct list *list, char *line)
{
    lxw_row_t row = (lxw_row_t)strtoul(line, NULL, 10);
    char *cell = strchr(line, '\t');

    while (cell != NULL) {
        char *next = strchr(++cell, '\t');

        if (next != NULL) {
            *next = '\0';
        }
        put_cell(list, row, cell);
        cell = next;
    }
}

int
main(int argc, char **argv)
{
    lxw_workbook_options options = {.constant_memory = 1};
    static struct list list;
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    if (file == NULL) {
        fprintf(stderr, "usage: cells LIST [OUT.xlsx]\n");
        return 2;
    }
    if (argc > 2) {
        list.book = workbook_new_opt(argv[2], &options);
    }
    while ((size = getline(&line, &room, file)) > 0) {
        line[size - 1] = '\0';
        if (line[0] == '=' && list.book != NULL) {
            list.sheet = workbook_add_worksheet(list.book, line + 1);
        } else if (line[0] == '%') {
            add_format(&list, line + 1);
        } else if (line[0] != '=') {
            put_row(&list, line);
        }
    }
    free(line);
    fclose(file);
    return list.book != NULL ? (int)workbook_close(list.book) : 0;
}
