/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader of workbooks is made of: the zip (workbook_zip.c), the XML of its parts
 * (workbook_part.c, plain XML in workbook_quick.c, of long sheets on all processors in
 * workbook_beside.c), how the parts hang together (workbook.c), styles and strings
 * (workbook_tables.c), number formats (workbook_format.c), cells (workbook_sheet.c), numbers,
 * escapes and names of fonts (workbook_text.c). */
#ifndef DEFRAY_WORKBOOK_PARTS_H
#define DEFRAY_WORKBOOK_PARTS_H

#include "defray/workbook.h"

struct book;
struct zip;
struct part_stream;
struct part_window;

struct part_reader {
    struct arena *arena;
    const struct book_source *source;
    struct diag *diag;
    struct zip *zip;
    struct part_window *window; /* of the part that is read; one at a time */
    uint64_t inflated;          /* bytes so far, over all parts */
    uint32_t row, column;       /* of what is refused; 0 for the whole */
    bool failed;                /* a diagnostic has been filed */
};

/* Attributes as expat gives them: name, value, …, NULL. */
struct part_handler {
    void (*start)(struct part_handler *handler, const char *element,
                  const char *const *attributes);
    void (*end)(struct part_handler *handler, const char *element);
    void (*text)(struct part_handler *handler, struct text t);
    const char *unit; /* the end tag of what there is much of ("</row>"): plain ones are
                       * read without the library. NULL: it reads all */
    /* Both may be NULL, and units are then told in order. A handler for units that are told beside
     * others, and what it was told joined to this one's, in order: false if that cannot be. */
    struct part_handler *(*apart)(struct part_handler *handler, struct arena *keep);
    bool (*join)(struct part_handler *handler, const struct part_handler *apart);
    struct part_reader *reader;
};

/* Files the diagnostic, once, and stops the reading. */
void part_refuse(struct part_reader *reader, enum code code, const char *why,
                 const char *name);

/* Opens the zip; false after a diagnostic. pack_shut always follows. */
bool pack_open(struct part_reader *reader);
void pack_shut(struct part_reader *reader);
/* The part of that name, whatever the case of its letters (as OPC has it), as the zip spells
 * it; NULL. */
const char *part_name(const struct part_reader *reader, const char *name, bool *several);
bool part_exists(const struct part_reader *reader, const char *name);
/* Parses a part through the handler (element names without namespace). */
bool part_read(struct part_reader *reader, const char *name,
               struct part_handler *handler);
/* The same a piece at a time, for whoever takes the cells as they come: each step gives
 * the handler what some 64 KiB hold; false at the end or after a failure. NULL after a
 * diagnostic; part_shut always follows. */
struct part_stream *part_open(struct part_reader *reader, const char *name,
                              struct part_handler *handler);
bool part_step(struct part_stream *stream);
void part_shut(struct part_stream *stream);
/* The units to come on all processors, if the handler allows it and the part is long: false if
 * nothing of the part is left. Call it after a step. */
bool part_beside(struct part_stream *stream);
/* Parses every other XML part for its form, and tells the visitor its elements. */
bool parts_check(struct book *book, const char *const *done, size_t done_count);
/* The value of the attribute of that local name, or NULL. */
const char *attribute_of(const char *const *attributes, const char *name);
/* Whether the element strikes letters through: <strike/>, unless it says that it does not. */
bool element_strikes(const char *element, const char *const *attributes);
/* Whether a font shows signs in place of letters: Wingdings, where an o is an empty box. NULL is
 * none. */
bool font_is_of_signs(const char *name);
/* Whether the element gives such a font: <name/> of a font, <rFont/> of letters in a cell. */
bool element_shows_signs(const char *element, const char *const *attributes);
/* Whether the attribute says "1" or "true". */
bool attribute_says_yes(const char *const *attributes, const char *name);
const char *keep_string(struct arena *arena, const char *string);

struct bytes ARRAY_OF(char);
struct texts ARRAY_OF(struct text);

/* What the style of a cell tells of it. */
struct cell_style {
    uint8_t shown; /* as in book_cell */
    uint8_t zeros;
    uint8_t form;
    int8_t decimals;
    bool shaded; /* its background has a colour */
    bool struck; /* a line goes through its letters */
    bool signs;  /* its font is one of signs */
};
#define ALL_DECIMALS (-1)
struct cell_styles ARRAY_OF(struct cell_style);
struct indexes ARRAY_OF(uint32_t);

struct relation {
    const char *id;
    const char *kind; /* the last word of its type: "worksheet" */
    const char *target;
};
struct relations ARRAY_OF(struct relation);

struct sheet_entry {
    struct text name;
    const char *relation;
    const char *part; /* NULL: no sheet of cells but a chart, a dialog … */
    bool hidden;
};
struct sheet_entries ARRAY_OF(struct sheet_entry);

struct book {
    struct part_reader reader; /* its arena keeps all that is below */
    struct book_visitor *visitor;
    struct relations relations; /* of the workbook's part */
    struct sheet_entries sheets;
    bool from_1904;
    bool stale; /* its formulas are to be computed again as it is opened */
    struct cell_styles styles;
    struct texts strings;
    struct indexes struck_strings, sign_strings; /* in order */
};

/* What the code of a number format shows: "#,##0.00", "[h]:mm". */
struct cell_style format_style(const char *code);
/* The first relation of a kind, or NULL. */
const struct relation *relation_of_kind(const struct relations *relations,
                                        const char *kind);
/* Styles and shared strings, which a workbook may lack. */
bool book_read_tables(struct book *book);
/* Opens the zip, and reads the list of sheets; false after a diagnostic. pack_shut always
 * follows. */
bool book_open(struct book *book);
/* Begins the cells of one sheet, to the visitor: parts are stepped, and shut. */
struct part_stream *book_open_sheet(struct book *book, size_t index);

void bytes_append(struct arena *arena, struct bytes *bytes, struct text t);
/* Digits alone, up to 2^32 - 1; false otherwise, also for NULL. */
bool digits_parse(const char *string, uint32_t *out);
/* Undoes the _xHHHH_ escapes of stored texts, in place; gives the new size. */
size_t escapes_undo(char *bytes, size_t size);

#endif
