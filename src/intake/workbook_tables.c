/* SPDX-License-Identifier: Apache-2.0 */
/* The tables that cells refer to: which styles show dates, and the shared strings. */
#include "workbook_parts.h"

#include <string.h>

struct number_format {
    uint32_t id;
    bool dated;
};
struct number_formats ARRAY_OF(struct number_format);

/* A handler starts with its part_handler, and gets back to itself by a cast. */
struct styles_handler {
    struct part_handler handler;
    struct book *book;
    struct number_formats formats;
    bool in_cells; /* within cellXfs */
};

struct strings_handler {
    struct part_handler handler;
    struct book *book;
    struct bytes bytes;
    int phonetic; /* depth within rPh */
    bool in_text;
};

/* True for the built-in formats of dates and times. */
static bool
is_dated_id(uint32_t id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

/* A format shows a date or time if it holds one of their letters outside quotes,
 * escapes and brackets; "[h]" counts as one. */
static bool
is_dated_code(const char *code)
{
    for (; *code != '\0'; code++) {
        if (*code == '\\' || *code == '_' || *code == '*') {
            code += code[1] != '\0';
        } else if (*code == '"') {
            const char *end = strchr(code + 1, '"');
            if (end == NULL) {
                return false;
            }
            code = end;
        } else if (*code == '[') {
            const char *end = strchr(code + 1, ']');
            if (end == NULL) {
                return false;
            }
            if (strspn(code + 1, "hHmMsS") == (size_t)(end - code - 1) &&
                end > code + 1) {
                return true;
            }
            code = end;
        } else if (strchr("dDmMyYhHsS", *code) != NULL) {
            return true;
        }
    }
    return false;
}

static void
on_style(struct part_handler *handler, const char *element, const char *const *attributes)
{
    struct styles_handler *self = (struct styles_handler *)handler;
    struct arena *arena = &self->book->reader.arena;
    uint32_t id = 0;
    bool has_id = digits_parse(attribute_of(attributes, "numFmtId"), &id);
    if (strcmp(element, "numFmt") == 0 && has_id) {
        const char *code = attribute_of(attributes, "formatCode");
        *ARRAY_PUSH(arena, &self->formats) =
            (struct number_format){id, code != NULL && is_dated_code(code)};
    } else if (strcmp(element, "cellXfs") == 0) {
        self->in_cells = true;
    } else if (strcmp(element, "xf") == 0 && self->in_cells) {
        bool dated = has_id && is_dated_id(id);
        for (size_t i = 0; i < self->formats.count && has_id; i++) {
            if (self->formats.items[i].id == id) {
                dated = self->formats.items[i].dated;
            }
        }
        *ARRAY_PUSH(arena, &self->book->dated) = dated;
    }
}

static void
on_style_end(struct part_handler *handler, const char *element)
{
    struct styles_handler *self = (struct styles_handler *)handler;
    if (strcmp(element, "cellXfs") == 0) {
        self->in_cells = false;
    }
}

static void
on_string(struct part_handler *handler, const char *element,
          const char *const *attributes)
{
    struct strings_handler *self = (struct strings_handler *)handler;
    (void)attributes;
    if (strcmp(element, "si") == 0) {
        self->bytes.count = 0;
    }
    self->phonetic += strcmp(element, "rPh") == 0;
    self->in_text = strcmp(element, "t") == 0 && self->phonetic == 0;
}

static void
on_string_end(struct part_handler *handler, const char *element)
{
    struct strings_handler *self = (struct strings_handler *)handler;
    struct arena *arena = &self->book->reader.arena;
    self->phonetic -= strcmp(element, "rPh") == 0;
    self->in_text = false;
    if (strcmp(element, "si") == 0) {
        size_t size = escapes_undo(self->bytes.items, self->bytes.count);
        struct text t = text_copy(arena, (struct text){self->bytes.items, size});
        *ARRAY_PUSH(arena, &self->book->strings) = t;
    }
}

static void
on_string_text(struct part_handler *handler, struct text t)
{
    struct strings_handler *self = (struct strings_handler *)handler;
    if (self->in_text) {
        bytes_append(&self->book->reader.arena, &self->bytes, t);
    }
}

bool
book_read_tables(struct book *book)
{
    const struct relation *styles = relation_of_kind(&book->relations, "styles");
    const struct relation *strings = relation_of_kind(&book->relations, "sharedStrings");
    struct styles_handler style = {
        {.start = on_style, .end = on_style_end},
        .book = book
    };
    struct strings_handler string = {
        {.start = on_string, .end = on_string_end, .text = on_string_text},
        .book = book
    };
    if (styles != NULL && !part_read(&book->reader, styles->target, &style.handler)) {
        return false;
    }
    return strings == NULL || part_read(&book->reader, strings->target, &string.handler);
}
