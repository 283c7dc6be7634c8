/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a sheet of an .ods workbook. Values say of themselves what they are; rows and
 * cells that come again are written once, with a number. */
#include "sheet_ods.h"
#include "sheet_value.h"

#include <string.h>

static const struct {
    const char *word;
    enum ods_value value;
    const char *attribute; /* where the value stands */
} value_types[] = {
    {"float",      ODS_NUMBER, "value"        },
    {"percentage", ODS_NUMBER, "value"        },
    {"currency",   ODS_NUMBER, "value"        },
    {"date",       ODS_DATE,   "date-value"   },
    {"time",       ODS_TIME,   "time-value"   },
    {"boolean",    ODS_YES_NO, "boolean-value"},
    {"string",     ODS_STRING, "string-value" },
};

struct ods_sheet *
ods_sheet_of(struct part_handler *handler)
{
    return ((struct ods_handler *)(void *)handler)->sheet;
}

/* How often a row, cell or column comes; 1 without the attribute. */
static uint32_t
count_of(const char *const *attributes, const char *name)
{
    uint32_t count = 1;
    const char *value = attribute_of(attributes, name);
    return value == NULL || !digits_parse(value, &count) || count == 0 ? 1 : count;
}

static void
start_row(struct ods_sheet *self, const char *const *attributes)
{
    self->depth = ODS_IN_ROW;
    self->row++;
    self->column = 0;
    self->row_count = count_of(attributes, "number-rows-repeated");
    self->row_marks = ods_marks(&self->cell_marks, attributes, "default-cell-style-name");
    if (self->row_count > BOOK_ROWS_MAX ||
        self->row > BOOK_ROWS_MAX + 1 - self->row_count) {
        self->reader.row = self->row;
        part_refuse(&self->reader, CODE_W005, N_("its rows are not in order"), NULL);
        self->row_count = 1;
        return;
    }
    if (ods_is(attributes, "visibility", "collapse") ||
        ods_is(attributes, "visibility", "filter")) {
        uint32_t last = self->row + self->row_count - 1;
        grid_remark(&self->grid, BOOK_HIDDEN_ROWS,
                    (struct book_area){.row = self->row, .last_row = last});
    }
}

static void
start_column(struct ods_sheet *self, const char *const *attributes)
{
    uint32_t count = count_of(attributes, "number-columns-repeated");
    if (ods_is(attributes, "visibility", "collapse") ||
        ods_is(attributes, "visibility", "filter")) {
        struct book_area area = {.column = self->column + 1,
                                 .last_column = self->column + count};
        grid_remark(&self->grid, BOOK_HIDDEN_COLUMNS, area);
    }
    count = count < BOOK_COLUMNS_MAX ? count : BOOK_COLUMNS_MAX;
    uint8_t kinds = ods_marks(&self->cell_marks, attributes, "default-cell-style-name");
    if (kinds != 0 && self->column < CSV_MATRIX_COLUMNS_MAX) {
        *ARRAY_PUSH(self->reader.arena, &self->marked_columns) =
            (struct ods_columns){self->column + 1, self->column + count, kinds};
    }
    self->column += count;
}

/* The type of a value, and the text that an attribute gives it. The same word stands in
 * two namespaces: of office, which calls an error a string, and of an extension, which
 * does not. */
static void
take_value(struct ods_sheet *self, const char *const *attributes)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        struct text name = text_of(attributes[i]);
        if (!text_ends_with(name, STR(":value-type"))) {
            continue;
        }
        if (strcmp(attributes[i + 1], "error") == 0) {
            self->value = ODS_FAULT;
            return;
        }
        for (size_t j = 0; j < ARRAY_COUNT(value_types); j++) {
            if (strcmp(attributes[i + 1], value_types[j].word) != 0) {
                continue;
            }
            const char *value = attribute_of(attributes, value_types[j].attribute);
            self->value = value_types[j].value;
            self->text.count = 0;
            self->has_text = value != NULL;
            if (value != NULL) {
                bytes_append(self->reader.arena, &self->text, text_of(value));
            }
        }
    }
}

/* What the type of a number says of it; its text may say the same, or more. */
static struct shown_signs
signs_of(const char *const *attributes)
{
    const char *currency = attribute_of(attributes, "currency");
    return (struct shown_signs){
        .foreign = currency != NULL && strcmp(currency, "EUR") != 0 &&
                   strcmp(currency, "\xE2\x82\xAC") != 0,
        .percent = ods_is(attributes, "value-type", "percentage"),
    };
}

static void
start_cell(struct ods_sheet *self, const char *const *attributes, bool covered)
{
    uint32_t columns = count_of(attributes, "number-columns-spanned");
    uint32_t rows = count_of(attributes, "number-rows-spanned");
    self->depth = ODS_IN_CELL;
    self->deeper = 0;
    self->lists = 0;
    self->paragraphs = 0;
    self->value = ODS_NOTHING;
    self->has_text = false;
    self->covered = covered;
    self->text.count = 0;
    self->screen.count = 0;
    self->cell_count = count_of(attributes, "number-columns-repeated");
    self->is_formula = attribute_of(attributes, "formula") != NULL;
    if (covered) {
        self->is_formula = false;
        self->shaded = false;
        self->marks = 0;
        return;
    }
    take_value(self, attributes);
    self->signs = signs_of(attributes);
    const char *style = attribute_of(attributes, "style-name");
    self->marks = style != NULL ? ods_marks(&self->cell_marks, attributes, "style-name")
                                : ods_marks_around(self);
    self->shaded = self->value == ODS_NOTHING && self->shaded_cells.count > 0 &&
                   style != NULL && ods_holds(&self->shaded_cells, style);
    if (columns > 1 || rows > 1) {
        struct book_area area = {self->row, self->column + 1, self->row + rows - 1,
                                 self->column + columns};
        grid_remark(&self->grid, BOOK_MERGED, area);
    }
}

static void
append(struct ods_sheet *self, struct text t)
{
    if (self->screen.count <= CSV_FIELD_MAX) {
        bytes_append(self->reader.arena, &self->screen, t);
    }
}

/* What may stand in a paragraph beside letters. */
static void
start_within(struct ods_sheet *self, const char *element, const char *const *attributes)
{
    if (self->deeper > 0 || strcmp(element, "annotation") == 0 ||
        strcmp(element, "note") == 0 || strcmp(element, "ruby-text") == 0) {
        self->deeper++;
    } else if (strcmp(element, "s") == 0) {
        for (uint32_t i = count_of(attributes, "c"); i > 0 && i <= CSV_FIELD_MAX; i--) {
            append(self, STR(" "));
        }
    } else if (strcmp(element, "tab") == 0) {
        append(self, STR(" "));
    } else if (strcmp(element, "line-break") == 0) {
        append(self, STR("\n"));
    } else if (strcmp(element, "span") == 0) {
        self->marks |= ods_marks(&self->letter_marks, attributes, "style-name");
    }
}

/* A sheet is a table that stands in no other. */
static void
start_table(struct ods_sheet *self)
{
    if (self->nested++ == 0 && self->met++ == self->wanted) {
        self->depth = ODS_IN_TABLE;
    }
}

static void
start_in_cell(struct ods_sheet *self, const char *element)
{
    bool paragraph = strcmp(element, "p") == 0 || strcmp(element, "h") == 0;
    bool list = strcmp(element, "list") == 0 || strcmp(element, "list-item") == 0;
    if (self->deeper == 0 && paragraph) {
        self->depth = ODS_IN_PARAGRAPH;
        if (self->paragraphs++ > 0) {
            append(self, STR("\n"));
        }
    } else if (self->deeper == 0 && list) {
        self->lists++;
    } else {
        self->deeper++;
    }
}

static void
on_start(struct part_handler *handler, const char *element, const char *const *attributes)
{
    struct ods_sheet *self = ods_sheet_of(handler);
    bool covered = strcmp(element, "covered-table-cell") == 0;
    switch (self->depth) {
    case ODS_OUTSIDE:
        if (strcmp(element, "table") == 0) {
            start_table(self);
        }
        break;
    case ODS_IN_TABLE:
        if (strcmp(element, "table-row") == 0) {
            start_row(self, attributes);
        } else if (strcmp(element, "table-column") == 0) {
            start_column(self, attributes);
        }
        break;
    case ODS_IN_ROW:
        if (covered || strcmp(element, "table-cell") == 0) {
            start_cell(self, attributes, covered);
        }
        break;
    case ODS_IN_CELL: start_in_cell(self, element); break;
    case ODS_IN_PARAGRAPH: start_within(self, element, attributes); break;
    }
}

static struct text
screen_of(const struct ods_sheet *self)
{
    return text_trim((struct text){self->screen.items, self->screen.count});
}

/* What its text, or what it shows, makes of a cell. */
static void
settle_value(struct ods_sheet *self)
{
    struct text screen = screen_of(self);
    bool fault =
        text_starts_with(screen, STR("#")) || text_starts_with(screen, STR("Err:"));
    if (self->is_formula && fault) {
        self->value = ODS_FAULT; /* as programs write it that know no attribute for it */
    } else if (self->value == ODS_NOTHING && !self->covered && !self->is_formula &&
               screen.size > 0) {
        self->value = ODS_STRING;
    } else if (self->value == ODS_NUMBER) {
        shown_read(&self->signs, screen);
        self->value = shown_refusal(&self->signs) == NULL ? ODS_NUMBER : ODS_MISLEADING;
    }
    if (!self->has_text) {
        self->text.count = 0;
        bytes_append(self->reader.arena, &self->text,
                     (struct text){self->screen.items, self->screen.count});
    }
}

/* A 1 that is shown as "1,00" or "1 h" is an hour, as in a CSV; so is any number with "h". */
static bool
is_shown_as_hours(struct text screen, struct text value)
{
    bool hours = false;
    for (size_t i = 0; i < screen.size; i++) {
        hours = hours || memchr("hH,.", screen.data[i], value.size == 1 ? 4 : 2) != NULL;
    }
    return hours;
}

/* A moment of which the cell shows the day only. */
static bool
shows_day_alone(struct text screen)
{
    for (size_t i = 0; i < screen.size; i++) {
        if (screen.data[i] == ':' || screen.data[i] == 'h' || screen.data[i] == 'H') {
            return false;
        }
    }
    return screen.size > 0;
}

static size_t
date_of_cell(const struct ods_sheet *self, struct text text, char value[VALUE_TEXT_MAX])
{
    bool moment = text.size > 10 && text.data[4] == '-' && text.data[10] == 'T';
    if (moment && shows_day_alone(screen_of(self))) {
        text.size = 10;
    }
    return value_of_date(text, value);
}

/* A moment of which the cell shows the time alone: an hour among those of all days since 1900. */
static size_t
time_of_cell(const struct ods_sheet *self, struct text text, char value[VALUE_TEXT_MAX])
{
    char clock[VALUE_TEXT_MAX];
    size_t size = value_of_duration(text, value);
    struct text screen = screen_of(self);
    bool many_days = size > 6 && value[2] != ':' && value[3] != ':';
    size_t shown = many_days ? value_of_date(screen, clock) : 0;
    if (shown == 5 && value[size - 3] == ':' &&
        memcmp(clock + 2, value + size - 3, 3) == 0) {
        memcpy(value, clock, shown);
        return shown;
    }
    return size;
}

static void
put_text_of(struct ods_sheet *self, uint32_t column, struct text value)
{
    struct grid *grid = &self->grid;
    struct text screen = screen_of(self);
    bool number = self->value == ODS_NUMBER;
    bool code = number && shown_is_filled_up(screen, value);
    if (!grid_put(grid, self->row, column, code ? screen : value)) {
        return;
    }
    if (number && self->paragraphs > 0 && shown_has_other_digits(screen, value)) {
        grid_doubt(grid, self->row, column, SHEET_SHOWN_OTHERWISE);
    }
    if (number && is_shown_as_hours(screen, value)) {
        grid_doubt(grid, self->row, column, SHEET_HOURS);
    }
    if (number && self->signs.minutes) {
        grid_doubt(grid, self->row, column, SHEET_MINUTES);
    }
}

static void
put_value(struct ods_sheet *self, uint32_t column)
{
    struct grid *grid = &self->grid;
    struct text text = {self->text.items, self->text.count};
    struct book_cell number = {.text = text};
    char value[VALUE_TEXT_MAX];
    size_t size = 0;
    switch (self->value) {
    case ODS_NOTHING:
        if (self->is_formula) {
            grid_put_fault(grid, self->row, column, CODE_W016,
                           N_("a formula without a stored value"));
        }
        return;
    case ODS_STRING: (void)grid_put(grid, self->row, column, text); return;
    case ODS_YES_NO:
        (void)grid_put(grid, self->row, column,
                       text_equals(text, STR("true")) ? STR("1") : STR("0"));
        return;
    case ODS_FAULT:
        grid_put_fault(grid, self->row, column, CODE_W017,
                       N_("an error of the spreadsheet (#N/A, #REF! …)"));
        return;
    case ODS_MISLEADING:
        grid_put_fault(grid, self->row, column, CODE_W021, shown_refusal(&self->signs));
        return;
    case ODS_NUMBER: size = value_of_number(&number, false, value); break;
    case ODS_DATE: size = date_of_cell(self, text, value); break;
    case ODS_TIME: size = time_of_cell(self, text, value); break;
    }
    if (size == 0) {
        grid_put_fault(grid, self->row, column, CODE_W018,
                       N_("a number or a date that cannot be one"));
    } else {
        put_text_of(self, column, (struct text){value, size});
    }
}

static void
end_cell(struct ods_sheet *self)
{
    struct part_reader *reader = &self->reader;
    self->depth = ODS_IN_ROW;
    settle_value(self);
    bool empty = self->value == ODS_NOTHING && !self->is_formula;
    if (self->cell_count > BOOK_COLUMNS_MAX - self->column) {
        reader->row = self->row;
        part_refuse(reader, CODE_W005, N_("its cells are not in order"), NULL);
        return;
    }
    /* A row is padded with thousands of cells that hold nothing: they are passed at once. */
    uint32_t filled = empty && !self->shaded ? 0 : self->cell_count;
    for (uint32_t i = 1; i <= filled && !self->grid.sheet.failed; i++) {
        struct book_area area = {self->row, self->column + i, self->row,
                                 self->column + i};
        if (!empty) {
            put_value(self, self->column + i);
            grid_doubt(&self->grid, self->row, self->column + i, self->marks);
        } else {
            grid_remark(&self->grid, BOOK_SHADED, area);
        }
    }
    self->column += self->cell_count;
    reader->failed = reader->failed || self->grid.sheet.failed;
}

static void
end_row(struct ods_sheet *self)
{
    struct grid *grid = &self->grid;
    uint32_t more = self->row_count - 1;
    self->depth = ODS_IN_TABLE;
    if (self->reader.failed) {
        return;
    }
    bool filled = grid->rows.count > grid->taken &&
                  grid->rows.items[grid->rows.count - 1].line == self->row;
    if (filled && more > 0) {
        self->reader.failed = !grid_repeat(grid, more) || self->reader.failed;
    }
    self->row += more;
}

static void
on_end(struct part_handler *handler, const char *element)
{
    struct ods_sheet *self = ods_sheet_of(handler);
    if (self->depth >= ODS_IN_CELL && self->deeper > 0) {
        self->deeper--;
    } else if (self->depth == ODS_IN_PARAGRAPH &&
               (strcmp(element, "p") == 0 || strcmp(element, "h") == 0)) {
        self->depth = ODS_IN_CELL;
    } else if (self->depth == ODS_IN_CELL && self->lists > 0) {
        self->lists--;
    } else if (self->depth == ODS_IN_CELL) {
        end_cell(self);
    } else if (self->depth == ODS_IN_ROW && strcmp(element, "table-row") == 0) {
        end_row(self);
    } else if (self->depth <= ODS_IN_TABLE && strcmp(element, "table") == 0) {
        self->depth = ODS_OUTSIDE;
        self->nested--;
    }
}

static void
on_text(struct part_handler *handler, struct text t)
{
    struct ods_sheet *self = ods_sheet_of(handler);
    if (self->depth == ODS_IN_PARAGRAPH && self->deeper == 0) {
        append(self, t);
    }
}

struct part_handler *
ods_rows_handler(struct ods_sheet *self)
{
    struct ods_handler *handler = NEW(self->reader.arena, struct ods_handler);
    handler->handler = (struct part_handler){
        .start = on_start, .end = on_end, .text = on_text, .unit = ODS_UNIT};
    handler->sheet = self;
    self->met = 0;
    self->nested = 0;
    self->row = 0;
    self->column = 0;
    self->marked_columns.count = 0;
    self->depth = ODS_OUTSIDE;
    return &handler->handler;
}
