/* SPDX-License-Identifier: Apache-2.0 */
/* Which reader a file needs, told from its first bytes and never from its name. */
#include "sheet.h"

#include "defray/workbook.h"

#include "csv.h"
#include "sheet_grid.h"

#include <string.h>

struct format {
    const char *start; /* first bytes, whatever the case of letters */
    const char *name;  /* for people */
    struct sheet *(*open)(struct reading *reading,
                          struct input *input); /* NULL: refused */
};

/* Packed files differ inside. */
static struct sheet *
open_packed(struct reading *reading, struct input *input)
{
    enum book_kind kind = BOOK_KIND_NONE;
    struct book_source source = {.where = {.input = input}, .limits = BOOK_LIMITS_GIVEN};
    if (!book_tell(*reading->keep, &source, &kind, reading->diag)) {
        return NULL;
    }
    return kind == BOOK_KIND_ODS ? sheet_ods_open(reading, input)
                                 : sheet_xlsx_open(reading, input);
}

static const struct format formats[] = {
    {"PK\003\004",                       NULL,                            open_packed    },
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", NULL,                            sheet_xlsx_open},
    {"%PDF",                             N_("a PDF document"),            NULL           },
    {"{\\rtf",                           N_("a word-processor document"), NULL           },
    {"<!doctype",                        N_("a web page"),                NULL           },
    {"<html",                            N_("a web page"),                NULL           },
    {"<table",                           N_("a web page"),                NULL           },
    {"<head",                            N_("a web page"),                NULL           },
    {"<meta",                            N_("a web page"),                NULL           },
    {"<?xml",                            N_("an XML file"),               NULL           },
};

static bool
starts_with(struct text t, const char *start)
{
    size_t size = strlen(start);
    for (size_t i = 0; i < size && i < t.size; i++) {
        char c = t.data[i] >= 'A' && t.data[i] <= 'Z' && start[0] == '<'
                     ? (char)(t.data[i] + 32)
                     : t.data[i];
        if (c != start[i]) {
            return false;
        }
    }
    return size <= t.size;
}

/* Without what a browser would pass over. */
static struct text
without_space(struct text t)
{
    if (text_starts_with(t, STR("\xEF\xBB\xBF"))) {
        t = (struct text){t.data + 3, t.size - 3};
    }
    while (t.size > 0 && (*t.data == ' ' || *t.data == '\r' || *t.data == '\n')) {
        t = (struct text){t.data + 1, t.size - 1};
    }
    return t;
}

struct sheet *
sheet_open(struct reading *reading, struct input *input)
{
    struct text bytes = input->bytes;
    struct text visible = without_space(bytes);
    for (size_t i = 0; i < ARRAY_COUNT(formats); i++) {
        const struct format *format = &formats[i];
        if (!starts_with(format->start[0] == '<' ? visible : bytes, format->start)) {
            continue;
        }
        if (format->open != NULL) {
            return format->open(reading, input);
        }
        const char *name = tr(diag_language(reading->diag), format->name);
        diag_error(reading->diag, (struct where){.input = input}, CODE_T017,
                   "the file is %s, which cannot be read as a table", name);
        return NULL;
    }
    return csv_open(reading, input);
}

void
sheet_shut(struct sheet *sheet)
{
    if (sheet->shut != NULL) {
        sheet->shut(sheet);
    }
}

static bool
is_break(char c)
{
    return c == '\n' || c == '\r';
}

struct text
sheet_trim(struct text cell)
{
    for (;;) {
        cell = text_trim(cell);
        if (cell.size > 0 && is_break(cell.data[0])) {
            cell = (struct text){cell.data + 1, cell.size - 1};
        } else if (cell.size > 0 && is_break(cell.data[cell.size - 1])) {
            cell.size--;
        } else {
            return cell;
        }
    }
}
