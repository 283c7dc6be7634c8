/* SPDX-License-Identifier: Apache-2.0 */
/* Which reader a file needs, told from its first bytes and never from its name. */
#include "sheet.h"

#include "csv.h"

struct format {
    struct text start; /* first bytes */
    const char *name;  /* for people */
    struct sheet *(*open)(struct reading *reading,
                          struct input *input); /* NULL: refused */
};

static const struct format formats[] = {
    {{"PK\003\004", 4},       N_("a workbook or another packed file"),        NULL},
    {{"\xD0\xCF\x11\xE0", 4}, N_("an old or password-protected Office file"), NULL},
    {{"%PDF", 4},             N_("a PDF document"),                           NULL},
    {{"{\\rtf", 5},           N_("a word-processor document"),                NULL},
    {{"<!DOCTYPE", 9},        N_("a web page"),                               NULL},
    {{"<html", 5},            N_("a web page"),                               NULL},
    {{"<?xml", 5},            N_("an XML file"),                              NULL},
};

struct sheet *
sheet_open(struct reading *reading, struct input *input)
{
    for (size_t i = 0; i < ARRAY_COUNT(formats); i++) {
        const struct format *format = &formats[i];
        if (!text_starts_with(input->bytes, format->start)) {
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
