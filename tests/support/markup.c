/* SPDX-License-Identifier: Apache-2.0 */
/* Pages as a reader of XML sees them, and as pdftotext reads them back. */
#include "support/markup.h"

#include <expat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reader {
    FILE *out;
    int silent; /* elements left out, one within the other */
};

static void
start_element(void *data, const XML_Char *name, const XML_Char **attributes)
{
    static const char *const left_out[] = {"head", "nav", "footer"};
    struct reader *reader = data;
    bool silent = reader->silent > 0;
    (void)attributes;
    for (size_t i = 0; i < ARRAY_COUNT(left_out); i++) {
        silent = silent || strcmp(name, left_out[i]) == 0;
    }
    reader->silent += silent;
}

static void
end_element(void *data, const XML_Char *name)
{
    struct reader *reader = data;
    (void)name;
    if (reader->silent > 0) {
        reader->silent--;
    } else {
        fputc('\n', reader->out);
    }
}

static void
characters(void *data, const XML_Char *text, int size)
{
    struct reader *reader = data;
    if (reader->silent == 0) {
        fwrite(text, 1, (size_t)size, reader->out);
    }
}

static const char *
read_markup(struct arena *keep, struct text bytes, struct reader *reader)
{
    const char *fault = NULL;
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, reader);
    XML_SetElementHandler(parser, start_element, end_element);
    XML_SetCharacterDataHandler(parser, characters);
    if (XML_Parse(parser, bytes.data, (int)bytes.size, 1) != XML_STATUS_OK) {
        fault = arena_printf(keep, "line %lu: %s",
                             (unsigned long)XML_GetCurrentLineNumber(parser),
                             XML_ErrorString(XML_GetErrorCode(parser)));
    }
    XML_ParserFree(parser);
    return fault;
}

const char *
markup_fault(struct arena *keep, struct text bytes)
{
    struct reader reader = {fopen("/dev/null", "w"), 0};
    const char *fault = read_markup(keep, bytes, &reader);
    fclose(reader.out);
    return fault;
}

const char *
markup_text(struct arena *keep, struct text bytes)
{
    char *buffer = NULL;
    size_t size = 0;
    struct reader reader = {open_memstream(&buffer, &size), 0};
    const char *fault = read_markup(keep, bytes, &reader);
    fclose(reader.out);
    const char *text =
        fault != NULL ? fault : text_string(keep, (struct text){buffer, size});
    free(buffer);
    return text;
}

const char *
pdf_text_of(struct arena *keep, struct text bytes)
{
    char path[] = "/tmp/defray-test-XXXXXX";
    int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (file == NULL || system("command -v pdftotext >/dev/null 2>&1") != 0) {
        printf("pages: pdftotext (package poppler-utils) is missing: skipped\n");
        if (file != NULL) {
            fclose(file);
            unlink(path);
        }
        return NULL;
    }
    fwrite(bytes.data, 1, bytes.size, file);
    fclose(file);
    char *text = NULL;
    size_t size = 0;
    const char *command = arena_printf(keep, "pdftotext -raw %s - 2>/dev/null", path);
    FILE *pipe = popen(command, "r");
    FILE *out = open_memstream(&text, &size);
    char chunk[4096];
    for (size_t got = 1; got > 0;) {
        got = fread(chunk, 1, sizeof chunk, pipe);
        fwrite(chunk, 1, got, out);
    }
    pclose(pipe);
    fclose(out);
    unlink(path);
    const char *kept = text_string(keep, (struct text){text, size});
    free(text);
    return kept;
}
