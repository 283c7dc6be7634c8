/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet of an .xlsx workbook as rows. */
#include "number_shown.h"
#include "sheet_grid.h"
#include "sheet_value.h"
#include "workbook_parts.h"

#include <string.h>

#define RECENT      1024 /* numbers met lately, whose texts are at hand */
#define RECENT_SIZE 24   /* bytes of such a number as it is stored */

/* A stored number and its text: the same dates and hours come again and again. */
struct recent {
    char stored[RECENT_SIZE];
    uint8_t stored_size;
    uint8_t shown, zeros;
    struct text text; /* to the end of the run */
};

/* A reader of the workbook and a grid in one; a visitor gets back to it by a cast. */
struct xlsx_sheet {
    struct grid grid; /* first: a grid handed back is one of these */
    struct book book;
    struct book_source source;
    struct part_stream *stream; /* of the sheet that is read; NULL */
    struct recent recent[RECENT];
};

struct xlsx_visitor {
    struct book_visitor visitor; /* first */
    struct xlsx_sheet *sheet;
};

static bool
is_recent(const struct recent *recent, const struct book_cell *cell)
{
    return recent->stored_size == cell->text.size && recent->shown == cell->shown &&
           recent->zeros == cell->zeros && cell->text.size > 0 &&
           memcmp(recent->stored, cell->text.data, cell->text.size) == 0;
}

/* The text of a number; its size is 0 if it is of no day that exists. */
static struct text
number_text(struct xlsx_sheet *self, const struct book_cell *cell)
{
    struct recent *recent = &self->recent[text_hash(cell->text) % RECENT];
    char value[VALUE_TEXT_MAX];
    if (is_recent(recent, cell)) {
        return recent->text;
    }
    size_t size = value_of_number(cell, self->book.from_1904, value);
    struct text text = text_copy(self->grid.reading->keep, (struct text){value, size});
    if (cell->text.size <= RECENT_SIZE) {
        *recent = (struct recent){.stored_size = (uint8_t)cell->text.size,
                                  .shown = cell->shown,
                                  .zeros = cell->zeros,
                                  .text = text};
        memcpy(recent->stored, cell->text.data, cell->text.size);
    }
    return text;
}

/* Why a person takes a number for something else than it is read as; NULL. */
static const char *
misleading(const struct book_cell *cell)
{
    const struct shown_signs signs = {
        .foreign = cell->form == BOOK_FORM_CURRENCY,
        .percent = cell->form == BOOK_FORM_PERCENT,
        .parted = cell->form == BOOK_FORM_PARTED,
    };
    return cell->type == BOOK_NUMBER && cell->shown == 0 ? shown_refusal(&signs) : NULL;
}

static bool
is_shown_otherwise(const struct book_cell *cell)
{
    struct book_decimal number;
    bool may_be = cell->type == BOOK_NUMBER && cell->shown == 0 &&
                  (cell->form == BOOK_FORM_OTHER || cell->decimals != ALL_DECIMALS);
    return may_be && book_decimal_parse(cell->text, &number) && number.digits != 0 &&
           (cell->form == BOOK_FORM_OTHER || number.scale > cell->decimals);
}

/* A 1 that is shown as "1,00" or "1 h" is an hour, as in a CSV; so is any number with "h". */
static bool
is_shown_as_hours(const struct book_cell *cell)
{
    bool number = cell->type == BOOK_NUMBER && cell->shown == 0;
    return number && (cell->form == BOOK_FORM_HOURS ||
                      (cell->text.size == 1 && cell->form == BOOK_FORM_PLAIN &&
                       cell->decimals > 0));
}

static bool
put_cell(struct xlsx_sheet *self, const struct book_cell *cell)
{
    struct grid *grid = &self->grid;
    char value[VALUE_TEXT_MAX];
    struct text text = {value, 0};
    switch (cell->type) {
    case BOOK_TEXT:
        return cell->is_shared ? grid_put_kept(grid, cell->row, cell->column, cell->text)
                               : grid_put(grid, cell->row, cell->column, cell->text);
    case BOOK_YES_NO: return grid_put(grid, cell->row, cell->column, cell->text);
    case BOOK_NUMBER: text = number_text(self, cell); break;
    case BOOK_DATE: text.size = value_of_date(cell->text, value); break;
    case BOOK_EMPTY:
        grid_put_fault(grid, cell->row, cell->column, CODE_W016,
                       N_("a formula without a stored value"));
        return true;
    case BOOK_FAULT:
        grid_put_fault(grid, cell->row, cell->column, CODE_W017,
                       N_("an error of the spreadsheet (#N/A, #REF! …)"));
        return true;
    }
    if (text.size == 0) {
        grid_put_fault(grid, cell->row, cell->column, CODE_W018,
                       N_("a number that is shown as a date, and of no day that exists"));
        return true;
    }
    return cell->type == BOOK_NUMBER ? grid_put_kept(grid, cell->row, cell->column, text)
                                     : grid_put(grid, cell->row, cell->column, text);
}

static bool
take_cell(struct book_visitor *visitor, const struct book_cell *cell)
{
    struct xlsx_sheet *self = ((struct xlsx_visitor *)(void *)visitor)->sheet;
    struct grid *grid = &self->grid;
    const char *misled = misleading(cell);
    if (misled != NULL) {
        grid_put_fault(grid, cell->row, cell->column, CODE_W021, misled);
        return true;
    }
    if (!put_cell(self, cell)) {
        return false;
    }
    if (is_shown_otherwise(cell)) {
        grid_doubt(grid, cell->row, cell->column, SHEET_SHOWN_OTHERWISE);
    }
    if (is_shown_as_hours(cell)) {
        grid_doubt(grid, cell->row, cell->column, SHEET_HOURS);
    }
    if (cell->type == BOOK_NUMBER && cell->form == BOOK_FORM_MINUTES) {
        grid_doubt(grid, cell->row, cell->column, SHEET_MINUTES);
    }
    if (self->book.stale && cell->is_formula && cell->type != BOOK_EMPTY) {
        grid_doubt(grid, cell->row, cell->column, SHEET_STALE);
    }
    if (cell->is_struck) {
        grid_doubt(grid, cell->row, cell->column, SHEET_STRUCK);
    }
    if (cell->is_in_signs) {
        grid_doubt(grid, cell->row, cell->column, SHEET_SIGNS);
    }
    return true;
}

static void
take_remark(struct book_visitor *visitor, enum book_remark remark, struct book_area area)
{
    grid_remark(&((struct xlsx_visitor *)(void *)visitor)->sheet->grid, remark, area);
}

static void
shut_stream(struct xlsx_sheet *self)
{
    if (self->stream != NULL) {
        part_shut(self->stream);
        self->stream = NULL;
    }
}

static bool
read_more(struct grid *grid)
{
    struct xlsx_sheet *self = (struct xlsx_sheet *)(void *)grid;
    bool more = part_step(self->stream);
    grid->sheet.failed = grid->sheet.failed || self->book.reader.failed;
    return more;
}

static bool
turn(struct sheet *sheet, size_t index)
{
    struct xlsx_sheet *self = (struct xlsx_sheet *)(void *)sheet;
    shut_stream(self);
    self->book.reader.inflated = 0; /* its bound is on what is read to its end */
    grid_clear(&self->grid, sheet->names[index].name);
    if (self->book.sheets.items[index].part == NULL) {
        self->grid.ended = true; /* a chart has no rows */
        return true;
    }
    self->stream = book_open_sheet(&self->book, index);
    sheet->failed = self->stream == NULL;
    return !sheet->failed;
}

static void
shut(struct sheet *sheet)
{
    struct xlsx_sheet *self = (struct xlsx_sheet *)(void *)sheet;
    shut_stream(self);
    pack_shut(&self->book.reader);
}

struct sheet *
sheet_xlsx_open(struct reading *reading, struct input *input)
{
    struct xlsx_sheet *self = NEW(reading->keep, struct xlsx_sheet);
    struct xlsx_visitor *visitor = NEW(reading->keep, struct xlsx_visitor);
    struct sheet *sheet = &self->grid.sheet;
    visitor->sheet = self;
    visitor->visitor = (struct book_visitor){.cell = take_cell, .remark = take_remark};
    self->source =
        (struct book_source){.where = {.input = input}, .limits = BOOK_LIMITS_GIVEN};
    self->book.reader = (struct part_reader){
        .arena = reading->keep, .source = &self->source, .diag = reading->diag};
    self->book.visitor = &visitor->visitor;
    grid_begin(&self->grid, reading, input);
    self->grid.more = read_more;
    sheet->turn = turn;
    sheet->shut = shut;
    bool opened = book_open(&self->book);
    if (opened && self->book.sheets.count == 0) {
        part_refuse(&self->book.reader, CODE_W004, N_("it holds no sheet"), NULL);
        opened = false;
    }
    if (!opened || !book_read_tables(&self->book)) {
        shut(sheet);
        return NULL;
    }
    const struct sheet_entries *entries = &self->book.sheets;
    struct sheet_name *names =
        NEW_ARRAY(reading->keep, struct sheet_name, entries->count);
    for (size_t i = 0; i < entries->count; i++) {
        names[i] = (struct sheet_name){entries->items[i].name, entries->items[i].hidden};
    }
    sheet->names = names;
    sheet->name_count = entries->count;
    return sheet;
}
