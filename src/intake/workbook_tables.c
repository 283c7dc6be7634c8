/* SPDX-License-Identifier: Apache-2.0 */
/* The tables that cells refer to: what styles show, and the shared strings. */
#include "workbook_parts.h"

#include <string.h>

#define FORMATS_MAX 5000 /* of numbers: each style is compared with them */

struct number_format {
    uint32_t id;
    struct cell_style style;
};
struct number_formats ARRAY_OF(struct number_format);
struct flags ARRAY_OF(bool);

static const struct cell_style plain_style = {.decimals = ALL_DECIMALS};

/* A handler starts with its part_handler, and gets back to itself by a cast. */
struct styles_handler {
    struct part_handler handler;
    struct book *book;
    struct number_formats formats;
    struct flags fills; /* whether each has a colour */
    struct flags fonts; /* whether each is struck through */
    struct flags signs; /* and whether it is one of signs */
    bool in_fills, in_fonts;
    bool in_cells; /* within cellXfs */
};

struct strings_handler {
    struct part_handler handler;
    struct book *book;
    struct bytes bytes;
    int phonetic; /* depth within rPh */
    bool in_text;
    bool struck; /* some of its letters */
    bool signs;  /* some are in a font of signs */
};

struct built_in {
    uint32_t from, to; /* of the number of a format, both included */
    struct cell_style style;
};

#define SHOWS(what)                               \
    {                                             \
        .shown = (what), .decimals = ALL_DECIMALS \
    }
#define DECIMALS(few)     \
    {                     \
        .decimals = (few) \
    }
#define PERCENT(few)                                 \
    {                                                \
        .form = BOOK_FORM_PERCENT, .decimals = (few) \
    }

static const struct built_in built_ins[] = {
    {1,  1,  DECIMALS(0)                                },
    {2,  2,  DECIMALS(2)                                },
    {3,  3,  DECIMALS(0)                                },
    {4,  4,  DECIMALS(2)                                },
    {5,  6,  DECIMALS(0)                                },
    {7,  8,  DECIMALS(2)                                },
    {9,  9,  PERCENT(0)                                 },
    {10, 10, PERCENT(2)                                 },
    {14, 17, SHOWS(BOOK_SHOWN_DATE)                     },
    {18, 21, SHOWS(BOOK_SHOWN_TIME)                     },
    {22, 22, SHOWS(BOOK_SHOWN_DATE | BOOK_SHOWN_TIME)   },
    {27, 31, SHOWS(BOOK_SHOWN_DATE)                     },
    {32, 35, SHOWS(BOOK_SHOWN_TIME)                     },
    {36, 36, SHOWS(BOOK_SHOWN_DATE)                     },
    {37, 38, DECIMALS(0)                                },
    {39, 40, DECIMALS(2)                                },
    {41, 42, DECIMALS(0)                                },
    {43, 44, DECIMALS(2)                                },
    {45, 45, SHOWS(BOOK_SHOWN_TIME)                     },
    {46, 46, SHOWS(BOOK_SHOWN_TIME | BOOK_SHOWN_ELAPSED)},
    {47, 47, SHOWS(BOOK_SHOWN_TIME)                     },
    {50, 58, SHOWS(BOOK_SHOWN_DATE)                     },
};

static struct cell_style
style_of_id(const struct styles_handler *self, uint32_t id)
{
    for (size_t i = 0; i < self->formats.count; i++) {
        if (self->formats.items[i].id == id) {
            return self->formats.items[i].style;
        }
    }
    for (size_t i = 0; i < ARRAY_COUNT(built_ins); i++) {
        if (id >= built_ins[i].from && id <= built_ins[i].to) {
            return built_ins[i].style;
        }
    }
    return plain_style;
}

/* The style of cells that an xf stands for. */
static struct cell_style
cell_style_of(const struct styles_handler *self, const char *const *attributes)
{
    uint32_t id = 0;
    uint32_t fill = 0;
    uint32_t font = 0;
    bool has_id = digits_parse(attribute_of(attributes, "numFmtId"), &id);
    struct cell_style style = has_id ? style_of_id(self, id) : plain_style;
    style.shaded = digits_parse(attribute_of(attributes, "fillId"), &fill) && fill > 1 &&
                   fill < self->fills.count && self->fills.items[fill];
    style.struck = digits_parse(attribute_of(attributes, "fontId"), &font) &&
                   font < self->fonts.count && self->fonts.items[font];
    style.signs = font < self->signs.count && self->signs.items[font];
    return style;
}

/* Fonts and fills, to which the styles of cells refer. */
static void
take_looks(struct styles_handler *self, const char *element,
           const char *const *attributes)
{
    struct arena *arena = self->book->reader.arena;
    if (strcmp(element, "fills") == 0) {
        self->in_fills = true;
    } else if (strcmp(element, "fonts") == 0) {
        self->in_fonts = true;
    } else if (self->in_fills && strcmp(element, "fill") == 0) {
        *ARRAY_PUSH(arena, &self->fills) = false;
    } else if (self->in_fonts && strcmp(element, "font") == 0) {
        *ARRAY_PUSH(arena, &self->fonts) = false;
        *ARRAY_PUSH(arena, &self->signs) = false;
    } else if (self->in_fills && self->fills.count > 0 &&
               strcmp(element, "patternFill") == 0) {
        const char *pattern = attribute_of(attributes, "patternType");
        self->fills.items[self->fills.count - 1] =
            pattern != NULL && strcmp(pattern, "none") != 0;
    } else if (self->in_fonts && self->fonts.count > 0 &&
               element_strikes(element, attributes)) {
        self->fonts.items[self->fonts.count - 1] = true;
    } else if (self->in_fonts && self->signs.count > 0 &&
               element_shows_signs(element, attributes)) {
        self->signs.items[self->signs.count - 1] = true;
    }
}

static void
on_style(struct part_handler *handler, const char *element, const char *const *attributes)
{
    struct styles_handler *self = (struct styles_handler *)handler;
    struct arena *arena = self->book->reader.arena;
    uint32_t id = 0;
    if (strcmp(element, "numFmt") == 0 &&
        digits_parse(attribute_of(attributes, "numFmtId"), &id)) {
        const char *code = attribute_of(attributes, "formatCode");
        if (self->formats.count == FORMATS_MAX) {
            part_refuse(handler->reader, CODE_W005, N_("it has too many formats"), NULL);
            return;
        }
        *ARRAY_PUSH(arena, &self->formats) =
            (struct number_format){id, code == NULL ? plain_style : format_style(code)};
    } else if (strcmp(element, "cellXfs") == 0) {
        self->in_cells = true;
    } else if (strcmp(element, "xf") == 0 && self->in_cells) {
        struct cell_style style = cell_style_of(self, attributes);
        *ARRAY_PUSH(arena, &self->book->styles) = style;
    } else {
        take_looks(self, element, attributes);
    }
}

static void
on_style_end(struct part_handler *handler, const char *element)
{
    struct styles_handler *self = (struct styles_handler *)handler;
    if (strcmp(element, "cellXfs") == 0) {
        self->in_cells = false;
    } else if (strcmp(element, "fills") == 0) {
        self->in_fills = false;
    } else if (strcmp(element, "fonts") == 0) {
        self->in_fonts = false;
    }
}

static void
on_string(struct part_handler *handler, const char *element,
          const char *const *attributes)
{
    struct strings_handler *self = (struct strings_handler *)handler;
    if (strcmp(element, "si") == 0) {
        self->bytes.count = 0;
        self->struck = false;
        self->signs = false;
    }
    self->struck = self->struck || element_strikes(element, attributes);
    self->signs = self->signs || element_shows_signs(element, attributes);
    self->phonetic += strcmp(element, "rPh") == 0;
    self->in_text = strcmp(element, "t") == 0 && self->phonetic == 0;
}

static void
on_string_end(struct part_handler *handler, const char *element)
{
    struct strings_handler *self = (struct strings_handler *)handler;
    struct arena *arena = self->book->reader.arena;
    self->phonetic -= strcmp(element, "rPh") == 0;
    self->in_text = false;
    if (strcmp(element, "si") == 0) {
        size_t size = escapes_undo(self->bytes.items, self->bytes.count);
        struct text t = text_copy(arena, (struct text){self->bytes.items, size});
        if (self->struck) {
            *ARRAY_PUSH(arena, &self->book->struck_strings) =
                (uint32_t)self->book->strings.count;
        }
        if (self->signs) {
            *ARRAY_PUSH(arena, &self->book->sign_strings) =
                (uint32_t)self->book->strings.count;
        }
        *ARRAY_PUSH(arena, &self->book->strings) = t;
    }
}

static void
on_string_text(struct part_handler *handler, struct text t)
{
    struct strings_handler *self = (struct strings_handler *)handler;
    if (self->in_text) {
        bytes_append(self->book->reader.arena, &self->bytes, t);
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
        {.start = on_string,
         .end = on_string_end,
         .text = on_string_text,
         .unit = "</si>"},
        .book = book
    };
    if (styles != NULL && !part_read(&book->reader, styles->target, &style.handler)) {
        return false;
    }
    return strings == NULL || part_read(&book->reader, strings->target, &string.handler);
}
