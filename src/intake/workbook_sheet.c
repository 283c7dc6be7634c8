/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a sheet, told to the visitor as they come. */
#include "workbook_parts.h"

#include <stdlib.h>
#include <string.h>

enum inside { INSIDE_NOTHING, INSIDE_VALUE, INSIDE_FORMULA, INSIDE_TEXT };

struct sheet_handler {
    struct part_handler handler;
    struct book *book;
    size_t sheet; /* its index */
    struct book_cell cell;
    char kind; /* of t: 's' shared, 't' inline, 'f' formula text, 'n', 'b', 'e', 'd' */
    bool in_cell;
    bool has_value; /* the cell stores one, perhaps an empty text */
    bool shaded;
    int phonetic;
    enum inside inside;
    struct bytes value;
    struct bytes formula;
    uint32_t row, column; /* the last ones met */
    uint32_t first_row;
};

/* "B12" to row 12, column 2. */
static bool
parse_reference(const char *reference, uint32_t *row, uint32_t *column)
{
    uint32_t letters = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && letters <= BOOK_COLUMNS_MAX;
         reference++) {
        letters = letters * 26 + (uint32_t)(*reference - 'A' + 1);
    }
    *column = letters;
    return letters > 0 && letters <= BOOK_COLUMNS_MAX && digits_parse(reference, row);
}

static void
remark(struct sheet_handler *self, enum book_remark what, struct book_area area)
{
    struct book_visitor *visitor = self->book->visitor;
    if (visitor->remark != NULL) {
        visitor->remark(visitor, what, area);
    }
}

/* A range "B3:D4", or a cell. */
static void
take_merged(struct sheet_handler *self, const char *const *attributes)
{
    struct arena scratch = *self->book->reader.arena;
    const char *range = attribute_of(attributes, "ref");
    const char *colon = range == NULL ? NULL : strchr(range, ':');
    struct book_area area = {0};
    if (colon == NULL) {
        return;
    }
    const char *first =
        text_string(&scratch, (struct text){range, (size_t)(colon - range)});
    if (parse_reference(first, &area.row, &area.column) &&
        parse_reference(colon + 1, &area.last_row, &area.last_column)) {
        remark(self, BOOK_MERGED, area);
    }
}

static void
take_hidden_columns(struct sheet_handler *self, const char *const *attributes)
{
    struct book_area area = {0};
    if (attribute_says_yes(attributes, "hidden") &&
        digits_parse(attribute_of(attributes, "min"), &area.column) &&
        digits_parse(attribute_of(attributes, "max"), &area.last_column)) {
        remark(self, BOOK_HIDDEN_COLUMNS, area);
    }
}

static void
refuse_cell(struct sheet_handler *self, const char *why)
{
    self->book->reader.row = self->row;
    self->book->reader.column = self->column;
    part_refuse(&self->book->reader, CODE_W005, why, NULL);
}

static void
start_row(struct sheet_handler *self, const char *const *attributes)
{
    const char *number = attribute_of(attributes, "r");
    uint32_t row = self->row + 1;
    if (number != NULL && !digits_parse(number, &row)) {
        row = 0;
    }
    if (row <= self->row || row > BOOK_ROWS_MAX) {
        refuse_cell(self, N_("its rows are not in order"));
        return;
    }
    self->first_row = self->first_row == 0 ? row : self->first_row;
    self->row = row;
    self->column = 0;
    if (attribute_says_yes(attributes, "hidden")) {
        remark(self, BOOK_HIDDEN_ROWS, (struct book_area){.row = row, .last_row = row});
    }
}

struct kind_word {
    const char *word;
    char kind;
};

static const struct kind_word kind_table[] = {
    {"s",         's'},
    {"inlineStr", 't'},
    {"str",       'f'},
    {"n",         'n'},
    {"b",         'b'},
    {"e",         'e'},
    {"d",         'd'},
};

struct cell_attributes {
    const char *reference; /* r */
    const char *type;      /* t */
    const char *style;     /* s */
};

/* The three of one letter; a cell has hardly any other, and there are many cells. */
static struct cell_attributes
cell_attributes(const char *const *attributes)
{
    struct cell_attributes found = {0};
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        const char *name = attributes[i];
        if (name[0] == '\0' || name[1] != '\0') {
            continue;
        }
        switch (name[0]) {
        case 'r': found.reference = attributes[i + 1]; break;
        case 't': found.type = attributes[i + 1]; break;
        case 's': found.style = attributes[i + 1]; break;
        default: break;
        }
    }
    return found;
}

/* Words differ from their first letter on, but for two. */
static char
kind_of(const char *type)
{
    if (type == NULL) {
        return 'n';
    }
    for (size_t i = 0; i < ARRAY_COUNT(kind_table); i++) {
        const struct kind_word *kind = &kind_table[i];
        if (kind->word[0] == type[0] && strcmp(kind->word, type) == 0) {
            return kind->kind;
        }
    }
    return '?';
}

static void
start_cell(struct sheet_handler *self, const char *const *attributes)
{
    struct cell_attributes given = cell_attributes(attributes);
    const char *reference = given.reference;
    const char *type = given.type;
    const struct cell_styles *styles = &self->book->styles;
    uint32_t row = self->row;
    uint32_t column = self->column + 1;
    uint32_t style = 0;

    if (reference != NULL && !parse_reference(reference, &row, &column)) {
        row = 0;
    }
    if (row == 0 || row != self->row || column <= self->column ||
        column > BOOK_COLUMNS_MAX) {
        refuse_cell(self, N_("its cells are not in order"));
        return;
    }
    self->column = column;
    self->kind = kind_of(type);
    self->cell = (struct book_cell){
        .sheet = self->sheet, .row = row, .column = column, .decimals = ALL_DECIMALS};
    self->shaded = false;
    if (digits_parse(given.style, &style) && style < styles->count) {
        self->cell.shown = styles->items[style].shown;
        self->cell.zeros = styles->items[style].zeros;
        self->cell.form = styles->items[style].form;
        self->cell.decimals = styles->items[style].decimals;
        self->cell.is_struck = styles->items[style].struck;
        self->cell.is_in_signs = styles->items[style].signs;
        self->shaded = styles->items[style].shaded;
    }
    self->in_cell = true;
    self->value.count = 0;
    self->formula.count = 0;
    self->has_value = false;
}

static void
on_cell(struct part_handler *handler, const char *element, const char *const *attributes)
{
    struct sheet_handler *self = (struct sheet_handler *)handler;
    if (!self->in_cell) {
        if (element[0] == 'c' && element[1] == '\0') {
            start_cell(self, attributes);
        } else if (strcmp(element, "row") == 0) {
            start_row(self, attributes);
        } else if (strcmp(element, "mergeCell") == 0) {
            take_merged(self, attributes);
        } else if (strcmp(element, "col") == 0) {
            take_hidden_columns(self, attributes);
        }
        return;
    }
    if (element[0] == '\0' || element[1] != '\0') {
        self->phonetic += element[0] == 'r' && strcmp(element, "rPh") == 0;
        self->cell.is_struck =
            self->cell.is_struck || element_strikes(element, attributes);
        self->cell.is_in_signs =
            self->cell.is_in_signs || element_shows_signs(element, attributes);
        return;
    }
    switch (element[0]) {
    case 'v':
        self->inside = INSIDE_VALUE;
        self->has_value = true;
        break;
    case 'f':
        self->inside = INSIDE_FORMULA;
        self->cell.is_formula = true;
        break;
    case 't':
        self->inside = self->phonetic == 0 ? INSIDE_TEXT : self->inside;
        self->has_value = true;
        break;
    default: break;
    }
}

static void
on_cell_text(struct part_handler *handler, struct text t)
{
    struct sheet_handler *self = (struct sheet_handler *)handler;
    struct arena *arena = self->book->reader.arena;
    bool inline_text = self->kind == 't';
    if (self->inside == INSIDE_FORMULA) {
        bytes_append(arena, &self->formula, t);
    } else if ((self->inside == INSIDE_VALUE && !inline_text) ||
               (self->inside == INSIDE_TEXT && inline_text)) {
        bytes_append(arena, &self->value, t);
    }
}

static int
compare_indexes(const void *a, const void *b)
{
    const uint32_t *one = a;
    const uint32_t *other = b;
    return (*one > *other) - (*one < *other);
}

static bool
holds_index(const struct indexes *indexes, uint32_t index)
{
    return indexes->count > 0 && bsearch(&index, indexes->items, indexes->count,
                                         sizeof index, compare_indexes) != NULL;
}

static bool
take_shared(struct sheet_handler *self, struct text value)
{
    uint32_t index = 0;
    const struct texts *strings = &self->book->strings;
    struct arena scratch = *self->book->reader.arena;
    const char *number = text_string(&scratch, value);
    if (!digits_parse(number, &index) || index >= strings->count) {
        refuse_cell(self, N_("a cell names a text that it does not hold"));
        return false;
    }
    self->cell.text = strings->items[index];
    self->cell.is_shared = true;
    self->cell.is_struck =
        self->cell.is_struck || holds_index(&self->book->struck_strings, index);
    self->cell.is_in_signs =
        self->cell.is_in_signs || holds_index(&self->book->sign_strings, index);
    return true;
}

/* Gives the cell its type and text; false if there is nothing to tell. */
static bool
finish_cell(struct sheet_handler *self)
{
    struct book_cell *cell = &self->cell;
    struct book_decimal decimal;
    cell->formula = (struct text){self->formula.items, self->formula.count};
    cell->text = (struct text){self->value.items, self->value.count};
    if (self->value.count == 0) {
        bool is_text = self->has_value && (self->kind == 't' || self->kind == 'f');
        cell->type = is_text ? BOOK_TEXT : BOOK_EMPTY;
        return cell->is_formula;
    }
    switch (self->kind) {
    case 's': cell->type = BOOK_TEXT; return take_shared(self, cell->text);
    case 't':
    case 'f':
        cell->type = BOOK_TEXT;
        cell->text.size = escapes_undo(self->value.items, self->value.count);
        return true;
    case 'n':
        cell->type = BOOK_NUMBER;
        if (!book_decimal_parse(cell->text, &decimal)) {
            refuse_cell(self, N_("a cell holds a number that is none"));
            return false;
        }
        return true;
    case 'b': cell->type = BOOK_YES_NO; return true;
    case 'e': cell->type = BOOK_FAULT; return true;
    case 'd': cell->type = BOOK_DATE; return true;
    default: refuse_cell(self, N_("a cell is of a type that nobody knows")); return false;
    }
}

static void
on_cell_end(struct part_handler *handler, const char *element)
{
    struct sheet_handler *self = (struct sheet_handler *)handler;
    struct book_visitor *visitor = self->book->visitor;
    if (!self->in_cell) {
        return;
    }
    self->inside = INSIDE_NOTHING;
    if (element[0] != 'c' || element[1] != '\0') {
        self->phonetic -= element[0] == 'r' && strcmp(element, "rPh") == 0;
        return;
    }
    self->in_cell = false;
    if (!finish_cell(self)) {
        if (self->shaded) {
            struct book_area area = {self->row, self->column, self->row, self->column};
            remark(self, BOOK_SHADED, area);
        }
    } else if (!visitor->cell(visitor, &self->cell)) {
        handler->reader->failed = true;
    }
}

static struct part_handler *
apart(struct part_handler *handler, struct arena *keep)
{
    const struct sheet_handler *main = (const struct sheet_handler *)handler;
    struct sheet_handler *self = NEW(keep, struct sheet_handler);
    struct book *book = NEW(keep, struct book);
    *book = *main->book;
    book->reader.arena = keep;
    book->reader.diag = NULL;
    book->visitor = main->book->visitor->apart(main->book->visitor, keep);
    self->handler = (struct part_handler){.start = on_cell,
                                          .end = on_cell_end,
                                          .text = on_cell_text,
                                          .reader = &book->reader};
    self->book = book;
    self->sheet = main->sheet;
    return &self->handler;
}

static bool
join(struct part_handler *handler, const struct part_handler *other)
{
    struct sheet_handler *self = (struct sheet_handler *)handler;
    const struct sheet_handler *from = (const struct sheet_handler *)other;
    struct book_visitor *visitor = self->book->visitor;
    if (from->book->reader.failed || (from->row > 0 && from->first_row <= self->row)) {
        return false;
    }
    self->row = from->row > 0 ? from->row : self->row;
    visitor->join(visitor, from->book->visitor);
    return true;
}

struct part_stream *
book_open_sheet(struct book *book, size_t index)
{
    struct sheet_handler *self = NEW(book->reader.arena, struct sheet_handler);
    self->handler = (struct part_handler){
        .start = on_cell, .end = on_cell_end, .text = on_cell_text, .unit = "</row>"};
    if (book->visitor->apart != NULL) {
        self->handler.apart = apart;
        self->handler.join = join;
    }
    self->book = book;
    self->sheet = index;
    return part_open(&book->reader, book->sheets.items[index].part, &self->handler);
}
