/* SPDX-License-Identifier: Apache-2.0 */
/* Rows out of single cells: what lies between them is empty. */
#include "sheet_grid.h"

#include "forbidden.h"

#include <assert.h>
#include <string.h>

#define SHORT_TEXT 40    /* bytes of a text that may come again */
#define AREAS_MAX  10000 /* remembered of a kind */
#define LISTED_MAX 12    /* named in a message */

/* What no cell may hold, or NULL; line breaks and tabs are allowed. */
static const char *
forbidden_in(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        uint8_t byte = (uint8_t)t.data[i];
        bool suspect =
            byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF;
        if (!suspect || byte == '\n' || byte == '\r' || byte == '\t') {
            continue;
        }
        const char *name = forbidden_at((struct text){t.data + i, t.size - i});
        if (name != NULL) {
            return name;
        }
    }
    return NULL;
}

/* The same bytes to the end of the run: those of short texts, which come again and
 * again in a sheet, mostly once. */
static struct text
keep_text(struct grid *grid, struct text text)
{
    if (text.size > SHORT_TEXT) {
        return text_copy(grid->reading->keep, text);
    }
    struct text *held = &grid->cache[text_hash(text) % GRID_CACHE];
    if (held->data == NULL || !text_equals(*held, text)) {
        *held = text_copy(grid->reading->keep, text);
    }
    return *held;
}

/* The row of that number, which may be the last one. */
static struct grid_row *
row_of(struct grid *grid, uint32_t line)
{
    struct arena *keep = grid->reading->keep;
    size_t count = grid->rows.count;
    if (count > grid->taken && grid->rows.items[count - 1].line == line) {
        return &grid->rows.items[count - 1];
    }
    struct grid_row *row = ARRAY_PUSH(keep, &grid->rows);
    *row = (struct grid_row){.line = line, .first = grid->items.count};
    return row;
}

static struct grid_cell *
add(struct grid *grid, uint32_t row, uint32_t column)
{
    struct grid_row *to = row_of(grid, row);
    struct grid_cell *cell = ARRAY_PUSH(grid->reading->keep, &grid->items);
    *cell = (struct grid_cell){.column = column};
    to->count++;
    return cell;
}

/* Files a cell that stands too far to the right, once it is known that its sheet is read. */
static bool
check_columns(struct grid *grid)
{
    if (grid->beyond.column == 0) {
        return true;
    }
    grid->sheet.failed = true;
    return diag_error(grid->reading->diag, grid->beyond, CODE_T013,
                      "a cell stands in column %u, past %d",
                      (unsigned)grid->beyond.column, CSV_MATRIX_COLUMNS_MAX);
}

bool
grid_put_kept(struct grid *grid, uint32_t row, uint32_t column, struct text text)
{
    bool may_be_blank = text.size == 0 || *text.data <= ' '; /* or not of ASCII */
    if (may_be_blank && sheet_trim(text).size == 0) {
        return true;
    }
    if (column > CSV_MATRIX_COLUMNS_MAX) {
        grid->beyond = (struct where){grid->sheet.input, row, column};
        return true;
    }
    const char *forbidden = forbidden_in(text);
    if (forbidden != NULL) {
        grid_put_fault(grid, row, column, CODE_T003, forbidden);
    } else if (text.size > CSV_FIELD_MAX) {
        grid_put_fault(grid, row, column, CODE_T015, N_("more than 4096 bytes"));
    } else {
        add(grid, row, column)->text = text;
    }
    return true;
}

bool
grid_put(struct grid *grid, uint32_t row, uint32_t column, struct text text)
{
    if (text.size > CSV_FIELD_MAX) {
        text.size = CSV_FIELD_MAX + 1; /* it is refused, and need not be kept whole */
    }
    return grid_put_kept(grid, row, column, keep_text(grid, text));
}

void
grid_put_fault(struct grid *grid, uint32_t row, uint32_t column, enum code code,
               const char *fault)
{
    if (column <= CSV_MATRIX_COLUMNS_MAX) {
        struct grid_cell *cell = add(grid, row, column);
        cell->code = code;
        cell->fault = fault;
    }
}

void
grid_doubt(struct grid *grid, uint32_t row, uint32_t column, uint8_t kinds)
{
    if (grid->items.count > 0 && grid->rows.count > grid->taken &&
        grid->rows.items[grid->rows.count - 1].line == row &&
        grid->items.items[grid->items.count - 1].column == column) {
        grid->items.items[grid->items.count - 1].doubts |= kinds;
    }
}

bool
grid_repeat(struct grid *grid, uint32_t count)
{
    struct grid_row *row = &grid->rows.items[grid->rows.count - 1];
    struct where where = {grid->sheet.input, row->line, 0};
    size_t filled = 0;
    for (size_t i = row->first; i < row->first + row->count; i++) {
        filled += !grid->items.items[i].shaded;
    }
    grid->repeats += (uint64_t)count * filled;
    if (grid->repeats > WORKBOOK_REPEATS_MAX || count > BOOK_ROWS_MAX - row->line) {
        grid->sheet.failed = true;
        return diag_error(grid->reading->diag, where, CODE_W003,
                          "workbook refused: the row is repeated %u times",
                          (unsigned)count);
    }
    row->repeats = filled > 0 ? count : 0; /* a colour down to the last row is no rows */
    return true;
}

void
grid_remark(struct grid *grid, enum book_remark remark, struct book_area area)
{
    static const enum sheet_remark kinds[] = {
        [BOOK_HIDDEN_ROWS] = SHEET_HIDDEN_ROWS,
        [BOOK_HIDDEN_COLUMNS] = SHEET_HIDDEN_COLUMNS,
        [BOOK_MERGED] = SHEET_MERGED,
    };
    if (remark == BOOK_SHADED) {
        if (area.column <= CSV_MATRIX_COLUMNS_MAX) {
            add(grid, area.row, area.column)->shaded = true;
        }
        return;
    }
    struct grid_areas *areas = &grid->areas[kinds[remark]];
    if (areas->count > 0 && remark == BOOK_HIDDEN_ROWS &&
        areas->items[areas->count - 1].last_row + 1 == area.row) {
        areas->items[areas->count - 1].last_row = area.last_row;
    } else if (areas->count < AREAS_MAX) {
        *ARRAY_PUSH(grid->reading->keep, areas) = area;
    }
}

/* Lays the cells of the row that is handed out side by side. */
static void
lay(struct grid *grid, const struct grid_row *row)
{
    struct sheet *sheet = &grid->sheet;
    memset(grid->cells, 0, grid->cells_filled * sizeof *grid->cells);
    sheet->fault_count = 0;
    sheet->doubt_count = 0;
    sheet->shaded_count = 0;
    sheet->cell_count = 0;
    for (size_t i = row->first; i < row->first + row->count; i++) {
        const struct grid_cell *cell = &grid->items.items[i];
        assert(i - row->first < CSV_MATRIX_COLUMNS_MAX); /* one a column at most */
        if (cell->shaded) {
            grid->shaded[sheet->shaded_count++] = cell->column - 1;
            continue;
        }
        grid->cells[cell->column - 1] = cell->text;
        sheet->cell_count = cell->column;
        if (cell->doubts != 0) {
            grid->doubts[sheet->doubt_count++] =
                (struct sheet_doubt){cell->column - 1, cell->doubts};
        }
        if (cell->fault != NULL) {
            grid->faults[sheet->fault_count++] =
                (struct sheet_fault){cell->column - 1, cell->code, cell->fault};
        }
    }
    grid->cells_filled = sheet->cell_count;
}

/* Asks the format for more rows, and keeps the one that may go on in them. */
static void
take_more(struct grid *grid)
{
    size_t left = grid->rows.count - grid->taken;
    size_t from = left > 0 ? grid->rows.items[grid->taken].first : grid->items.count;
    for (size_t i = 0; i < left; i++) {
        grid->rows.items[i] = grid->rows.items[grid->taken + i];
        grid->rows.items[i].first -= from;
    }
    for (size_t i = from; i < grid->items.count; i++) {
        grid->items.items[i - from] = grid->items.items[i];
    }
    grid->rows.count = left;
    grid->items.count -= from;
    grid->taken = 0;
    grid->ended = !grid->more(grid);
}

static bool
next_row(struct sheet *sheet)
{
    struct grid *grid = (struct grid *)(void *)sheet;
    for (;;) {
        if (sheet->failed || (!sheet->searching && !check_columns(grid))) {
            break;
        }
        /* The last row may go on in the next step. */
        if (grid->taken + !grid->ended >= grid->rows.count) {
            if (grid->ended) {
                break;
            }
            take_more(grid);
            continue;
        }
        struct grid_row *row = &grid->rows.items[grid->taken];
        lay(grid, row);
        sheet->line = row->line;
        if (row->repeats > 0) {
            row->repeats--;
            row->line++;
        } else {
            grid->taken++;
        }
        if (sheet->cell_count > 0) {
            return true;
        }
    }
    if (!sheet->searching) {
        sheet_shut(sheet);
    }
    return false;
}

static struct where
place_of(const struct sheet *sheet, size_t cell)
{
    return (struct where){sheet->input, sheet->line, (uint32_t)cell + 1};
}

/* "AB" for column 28. */
static const char *
letters(struct arena *arena, uint32_t column)
{
    const char *name = "";
    for (; column > 0; column = (column - 1) / 26) {
        name = arena_printf(arena, "%c%s", 'A' + (int)((column - 1) % 26), name);
    }
    return name;
}

static const char *
area_name(struct arena *arena, struct book_area area)
{
    bool one = area.row == area.last_row && area.column == area.last_column;
    const char *first = letters(arena, area.column);
    const char *last = letters(arena, area.last_column);
    if (area.column == 0) {
        return one ? arena_printf(arena, "%u", (unsigned)area.row)
                   : arena_printf(arena, "%u-%u", (unsigned)area.row,
                                  (unsigned)area.last_row);
    }
    if (area.row == 0) {
        return one ? first : arena_printf(arena, "%s-%s", first, last);
    }
    return arena_printf(arena, "%s%u:%s%u", first, (unsigned)area.row, last,
                        (unsigned)area.last_row);
}

static struct sheet_areas
list_areas(const struct sheet *sheet, enum sheet_remark remark, uint32_t from_row,
           size_t width)
{
    const struct grid *grid = (const struct grid *)(const void *)sheet;
    const struct grid_areas *areas = &grid->areas[remark];
    struct arena *arena = diag_arena(grid->reading->diag);
    struct sheet_areas all = {.list = "", .first = {.input = sheet->input}};
    for (size_t i = 0; i < areas->count; i++) {
        struct book_area area = areas->items[i];
        bool below =
            area.row == 0 || (area.last_row >= from_row && area.row <= sheet->line);
        if (!below || area.column > width) {
            continue;
        }
        if (all.count++ == 0) {
            all.first.line = area.row == 0 ? from_row : area.row;
            all.first.column = area.column;
        }
        if (all.count <= LISTED_MAX) {
            all.list = arena_printf(arena, "%s%s%s", all.list, all.count > 1 ? ", " : "",
                                    area_name(arena, area));
        } else if (all.count == LISTED_MAX + 1) {
            all.list = arena_printf(arena, "%s, …", all.list);
        }
    }
    return all;
}

void
grid_begin(struct grid *grid, struct reading *reading, struct input *input)
{
    grid->reading = reading;
    grid->sheet.input = input;
    grid->sheet.next = next_row;
    grid->sheet.where = place_of;
    grid->sheet.areas = list_areas;
    grid->cells = NEW_ARRAY(reading->keep, struct text, CSV_MATRIX_COLUMNS_MAX);
    grid->faults = NEW_ARRAY(reading->keep, struct sheet_fault, CSV_MATRIX_COLUMNS_MAX);
    grid->doubts = NEW_ARRAY(reading->keep, struct sheet_doubt, CSV_MATRIX_COLUMNS_MAX);
    grid->sheet.doubts = grid->doubts;
    grid->sheet.cells = grid->cells;
    grid->sheet.faults = grid->faults;
    grid->shaded = NEW_ARRAY(reading->keep, size_t, CSV_MATRIX_COLUMNS_MAX);
    grid->sheet.shaded = grid->shaded;
    grid->ended = true;
}

void
grid_clear(struct grid *grid, struct text name)
{
    grid->sheet.input->sheet = name;
    grid->sheet.line = 0;
    grid->rows.count = 0;
    grid->items.count = 0;
    grid->taken = 0;
    grid->ended = false;
    grid->beyond = (struct where){0};
    grid->repeats = 0;
    for (size_t i = 0; i < SHEET_REMARK_COUNT; i++) {
        grid->areas[i].count = 0;
    }
}
