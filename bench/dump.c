/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: dump BOOK.xlsx [SHEET]
 * Prints the cells of a workbook, or of one sheet of it, a line a row, the way
 * bench/cells.c reads them: to compare two workbooks cell by cell, whoever wrote them.
 *
 *   =NAME                   a sheet
 *   %CODE                   a number format, numbered from 1 in each list; @ID: a built-in one
 *   ROW<tab>CELL<tab>...    counted from 0; a cell is its column, kind and format, then its value:
 *                           "0s0 text", "4n2 46082", "7f1 12.5 =A1+B1" (a formula and its result),
 *                           "9b3" (empty, but formatted)
 *
 * Numbers have fifteen digits, as spreadsheets keep them.
 */
#include <expat.h>
#include <zip.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMATS_MAX 1000
#define BLOCK       65536

enum part { PART_BOOK, PART_STRINGS, PART_STYLES, PART_SHEET };

struct text {
    char *bytes;
    size_t size;
    size_t room;
};

struct dump {
    enum part part;
    const char *wanted; /* a sheet's name, or NULL */
    char *sheets[100];
    int sheet_count;
    struct text *shared;
    size_t shared_count;
    char *codes[FORMATS_MAX]; /* by numFmtId of the book's own */
    int styles[FORMATS_MAX];  /* style: numFmtId */
    int style_count;
    int seen[FORMATS_MAX]; /* numFmtId: its number in the list */
    int seen_count;
    int in_styles;
    int keeps; /* text belongs to a value */
    struct text text;
    struct text formula;
    struct text value;
    struct text row; /* the cells of the row so far */
    char type[16];
    int style;
    long column;
    long row_number;
};

static void
fail(const char *what, const char *which)
{
    fprintf(stderr, "dump: %s: %s\n", what, which);
    exit(1);
}

static void
add(struct text *text, const char *bytes, size_t size)
{
    if (text->size + size + 1 > text->room) {
        text->room = (text->size + size + 1) * 2;
        text->bytes = realloc(text->bytes, text->room);
        if (text->bytes == NULL) {
            fail("memory", "exhausted");
        }
    }
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

static void
clear(struct text *text)
{
    text->size = 0;
    add(text, "", 0);
}

static const char *
attribute(const XML_Char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    return "";
}

/* The number of a format in the list; a new one is printed first. */
static int
format_number(struct dump *dump, int style)
{
    int id = style < dump->style_count ? dump->styles[style] : 0;

    if (style == 0) {
        return 0;
    }
    if (dump->seen[id] == 0) {
        dump->seen[id] = ++dump->seen_count;
        if (dump->codes[id] != NULL) {
            printf("%%%s\n", dump->codes[id]);
        } else {
            printf("%%@%d\n", id);
        }
    }
    return dump->seen[id];
}

/* A tab or a line's end within a text would end the cell. */
static void
add_escaped(struct text *row, const struct text *text)
{
    for (size_t i = 0; i < text->size; i++) {
        char byte = text->bytes[i];

        if (byte == '\t' || byte == '\n' || byte == '\\') {
            add(row, "\\", 1);
            byte = byte == '\t' ? 't' : byte == '\n' ? 'n' : '\\';
        }
        add(row, &byte, 1);
    }
}

static void
end_cell(struct dump *dump)
{
    int is_text = strcmp(dump->type, "s") == 0 || strcmp(dump->type, "inlineStr") == 0;
    char kind = dump->formula.size > 0 ? 'f'
                : is_text              ? 's'
                : dump->value.size > 0 ? 'n'
                                       : 'b';
    char head[64];
    char number[40];
    int size = snprintf(head, sizeof head, "\t%ld%c%d%s", dump->column, kind,
                        format_number(dump, dump->style), kind == 'b' ? "" : " ");

    add(&dump->row, head, (size_t)size);
    if (strcmp(dump->type, "s") == 0) {
        size_t index = strtoul(dump->value.bytes, NULL, 10);

        if (index >= dump->shared_count) {
            fail("no shared string", dump->value.bytes);
        }
        add_escaped(&dump->row, &dump->shared[index]);
    } else if (is_text) {
        add_escaped(&dump->row, &dump->value);
    } else if (dump->type[0] != '\0' && strcmp(dump->type, "n") != 0) {
        fail("a type of cell not known here", dump->type);
    } else if (kind != 'b') {
        size = snprintf(number, sizeof number, "%.15g", strtod(dump->value.bytes, NULL));
        add(&dump->row, number, (size_t)size);
    }
    if (kind == 'f') {
        add(&dump->row, " =", 2);
        add_escaped(&dump->row, &dump->formula);
    }
}

static void
start_in_styles(struct dump *dump, const char *name, const XML_Char **attributes)
{
    int id = (int)strtol(attribute(attributes, "numFmtId"), NULL, 10);

    if (id < 0 || id >= FORMATS_MAX || dump->style_count >= FORMATS_MAX) {
        fail("too many formats", attribute(attributes, "numFmtId"));
    }
    if (strcmp(name, "numFmt") == 0) {
        dump->codes[id] = strdup(attribute(attributes, "formatCode"));
    } else if (strcmp(name, "cellXfs") == 0) {
        dump->in_styles = 1;
    } else if (dump->in_styles && strcmp(name, "xf") == 0) {
        dump->styles[dump->style_count++] = id;
    }
}

static void
start_in_sheet(struct dump *dump, const char *name, const XML_Char **attributes)
{
    if (strcmp(name, "row") == 0) {
        dump->row_number = strtol(attribute(attributes, "r"), NULL, 10) - 1;
        clear(&dump->row);
    } else if (strcmp(name, "c") == 0) {
        dump->column = 0;
        for (const char *at = attribute(attributes, "r"); *at >= 'A'; at++) {
            dump->column = dump->column * 26 + (*at - 'A') + 1;
        }
        dump->column--;
        snprintf(dump->type, sizeof dump->type, "%s", attribute(attributes, "t"));
        dump->style = (int)strtol(attribute(attributes, "s"), NULL, 10);
        clear(&dump->value);
        clear(&dump->formula);
    }
}

static void
start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct dump *dump = data;

    dump->keeps =
        strcmp(name, "t") == 0 || strcmp(name, "v") == 0 || strcmp(name, "f") == 0;
    clear(&dump->text);
    if (dump->part == PART_BOOK && strcmp(name, "sheet") == 0 &&
        dump->sheet_count < 100) {
        dump->sheets[dump->sheet_count++] = strdup(attribute(attributes, "name"));
    } else if (dump->part == PART_STRINGS && strcmp(name, "si") == 0) {
        clear(&dump->value);
    } else if (dump->part == PART_STYLES) {
        start_in_styles(dump, name, attributes);
    } else if (dump->part == PART_SHEET) {
        start_in_sheet(dump, name, attributes);
    }
}

static void
keep_string(struct dump *dump)
{
    size_t count = dump->shared_count++;

    if ((count & (count - 1)) == 0) {
        size_t room = count == 0 ? 1 : count * 2;

        dump->shared = realloc(dump->shared, room * sizeof dump->shared[0]);
        if (dump->shared == NULL) {
            fail("memory", "exhausted");
        }
    }
    dump->shared[count] = (struct text){0};
    add(&dump->shared[count], dump->value.bytes, dump->value.size);
}

static void
end(void *data, const XML_Char *name)
{
    struct dump *dump = data;

    if (dump->keeps) {
        add(strcmp(name, "f") == 0 ? &dump->formula : &dump->value, dump->text.bytes,
            dump->text.size);
        dump->keeps = 0;
    }
    if (dump->part == PART_STRINGS && strcmp(name, "si") == 0) {
        keep_string(dump);
    } else if (dump->part == PART_STYLES && strcmp(name, "cellXfs") == 0) {
        dump->in_styles = 0;
    } else if (dump->part == PART_SHEET && strcmp(name, "c") == 0) {
        end_cell(dump);
    } else if (dump->part == PART_SHEET && strcmp(name, "row") == 0 &&
               dump->row.size > 0) {
        printf("%ld%s\n", dump->row_number, dump->row.bytes);
    }
}

static void
characters(void *data, const XML_Char *bytes, int size)
{
    struct dump *dump = data;

    if (dump->keeps) {
        add(&dump->text, bytes, (size_t)size);
    }
}

/* False if the book has no such part. */
static int
read_part(struct dump *dump, zip_t *book, const char *name, enum part part)
{
    zip_file_t *file = zip_fopen(book, name, 0);
    zip_int64_t got = 1;

    if (file == NULL) {
        return 0;
    }
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, dump);
    XML_SetElementHandler(parser, start, end);
    XML_SetCharacterDataHandler(parser, characters);
    dump->part = part;
    while (got > 0) {
        got = zip_fread(file, XML_GetBuffer(parser, BLOCK), BLOCK);
        if (got < 0 || XML_ParseBuffer(parser, (int)got, got == 0) != XML_STATUS_OK) {
            fail("cannot be read", name);
        }
    }
    XML_ParserFree(parser);
    zip_fclose(file);
    return 1;
}

int
main(int argc, char **argv)
{
    static struct dump dump;
    zip_t *book = argc > 1 ? zip_open(argv[1], ZIP_RDONLY, NULL) : NULL;
    char name[64];

    if (book == NULL) {
        fprintf(stderr, "usage: dump BOOK.xlsx [SHEET]\n");
        return 2;
    }
    dump.wanted = argv[2];
    read_part(&dump, book, "xl/workbook.xml", PART_BOOK);
    read_part(&dump, book, "xl/styles.xml", PART_STYLES);
    read_part(&dump, book, "xl/sharedStrings.xml", PART_STRINGS);
    for (int i = 0; i < dump.sheet_count; i++) {
        if (dump.wanted != NULL && strcmp(dump.wanted, dump.sheets[i]) != 0) {
            continue;
        }
        printf("=%s\n", dump.sheets[i]);
        snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", i + 1);
        if (!read_part(&dump, book, name, PART_SHEET)) {
            fail("missing", name);
        }
    }
    zip_discard(book);
    return 0;
}
