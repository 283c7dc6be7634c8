/* SPDX-License-Identifier: Apache-2.0 */
/* Where a table begins: which sheet of a workbook it is on, and on which line its header
 * stands. A line is the header if it has the required columns; nothing is guessed from
 * what looks like one. */
#include "defray/limits.h"

#include "csv.h"
#include "table_search.h"

#define SHEETS_SHOWN 12 /* in a message */

/* A line above the header. */
struct title {
    uint32_t line;
    const struct text *cells;
};
struct titles ARRAY_OF(struct title);

void
table_take_headings(struct table *table, struct arena *arena)
{
    const struct sheet *sheet = table->sheet;
    table->heading_count = sheet->cell_count;
    table->headings = NEW_ARRAY(arena, struct text, sheet->cell_count);
    table->folds = NEW_ARRAY(arena, struct text, sheet->cell_count);
    table->reads = NEW_ARRAY(arena, bool, sheet->cell_count);
    for (size_t i = 0; i < sheet->cell_count; i++) {
        table->headings[i] = sheet_trim(sheet->cells[i]);
        table->folds[i] = text_fold(arena, table->headings[i]);
    }
}

bool
table_place_layout(struct table *table, struct arena *arena, const struct layout *layout,
                   size_t *known)
{
    bool all = true;
    *known = 0;
    table->layout = layout;
    table->columns = layout->columns;
    table->column_count = layout->count;
    table->places = NEW_ARRAY(arena, size_t, layout->count);
    for (size_t i = 0; i < layout->count; i++) {
        const struct column *column = &layout->columns[i];
        table->places[i] = TABLE_NOWHERE;
        for (size_t j = 0; j < table->heading_count; j++) {
            if (table->places[i] == TABLE_NOWHERE && table->folds[j].size > 0 &&
                column_has_name(column, table->folds[j], *arena)) {
                table->places[i] = j;
                *known += i + layout->proofs < layout->count;
            }
        }
        all = all && (!column->required || table->places[i] != TABLE_NOWHERE);
    }
    return all;
}

/* Whether three quarters of the headings are names that we know: a list of members has
 * the columns that a list of sessions needs to have by accident only. */
static bool
is_plausible(const struct table *table, size_t known)
{
    size_t headings = 0;
    for (size_t i = 0; i < table->heading_count; i++) {
        headings += table->headings[i].size > 0;
    }
    return known * 4 >= headings * 3;
}

/* Whether the line that the sheet is at is a header; how many names of it we know. */
static void
judge_line(const struct search *search, struct sheet *sheet, struct found *found)
{
    struct table line = *search->table;
    struct arena scratch = search->table->scratch;
    line.sheet = sheet;
    table_take_headings(&line, &scratch);
    *found = (struct found){0};
    for (size_t i = 0; i < search->count; i++) {
        const struct layout *layout = &search->layouts[i];
        struct arena own = scratch;
        size_t known = 0;
        bool all = table_place_layout(&line, &own, layout, &known);
        line.scratch = own;
        found->known = known > found->known ? known : found->known;
        if (all && (layout->suits == NULL || layout->suits(&line, layout->context))) {
            found->layout = layout;
            found->plausible =
                !layout->lesser && (layout->suits != NULL || is_plausible(&line, known));
            return;
        }
    }
}

struct found
table_look_through(const struct search *search, struct sheet *sheet)
{
    struct found found = {0};
    sheet->searching = true;
    for (size_t row = 0; row < TABLE_HEADER_LINES && sheet->next(sheet); row++) {
        struct found line;
        judge_line(search, sheet, &line);
        line.row = row;
        if (line.layout != NULL) {
            return line;
        }
        if (line.known > found.known) {
            found = line;
        }
    }
    return found;
}

/* The same in a second reading of a CSV, which files nothing. */
static struct found
look_through_again(const struct search *search, struct input *input)
{
    struct reading quiet = *search->table->reading;
    quiet.diag = diag_new(quiet.keep, LANGUAGE_EN);
    quiet.progress = NULL;
    struct sheet *again = csv_open(&quiet, input);
    return again == NULL ? (struct found){0} : table_look_through(search, again);
}

const char *
table_sheet_names(const struct table *table, const size_t *indexes, size_t count)
{
    struct arena *arena = diag_arena(table->reading->diag);
    enum language language = diag_language(table->reading->diag);
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        const char *comma = i > 0 ? ", " : "";
        if (i == SHEETS_SHOWN) {
            return arena_printf(arena, "%s, …", list);
        }
        struct text name = table->sheet->names[indexes == NULL ? i : indexes[i]].name;
        const char *quoted =
            arena_printf(arena, tr(language, N_("'%s'")), text_string(arena, name));
        list = arena_printf(arena, "%s%s%s", list, comma, quoted);
    }
    return list;
}

/* The sheet of that name: as it is written, or without regard to case and spaces if only
 * one is so named. SIZE_MAX after a diagnostic. */
static size_t
named_sheet(const struct table *table, struct text wanted)
{
    size_t loose = SIZE_MAX;
    size_t count = 0;
    const struct sheet *sheet = table->sheet;
    for (size_t i = 0; i < sheet->name_count; i++) {
        if (text_equals(sheet->names[i].name, wanted)) {
            return i;
        }
        if (text_folds_equal(table->scratch, sheet->names[i].name, wanted)) {
            loose = i;
            count++;
        }
    }
    if (count == 1) {
        return loose;
    }
    diag_error(table->reading->diag, (struct where){.input = sheet->input}, CODE_W013,
               "the workbook has no sheet '%.*s' (it has %s)", TEXT_ARG(wanted),
               table_sheet_names(table, NULL, sheet->name_count));
    return SIZE_MAX;
}

/* What looking through the sheets gave, hidden ones apart. */
struct candidates {
    struct fits fits;   /* the plausible ones, if there is one; all that fit */
    struct fits rivals; /* the others that fit */
    struct fit nearest; /* of those that do not, the one to report on */
};

static void
sort_fits(struct arena *keep, const struct fits *met, struct candidates *all)
{
    bool plausible = false;
    for (size_t i = 0; i < met->count; i++) {
        plausible = plausible || met->items[i].found.plausible;
    }
    for (size_t i = 0; i < met->count; i++) {
        bool fits = met->items[i].found.plausible == plausible;
        *ARRAY_PUSH(keep, fits ? &all->fits : &all->rivals) = met->items[i];
    }
}

static bool
refuse_several(const struct table *table, const struct fits *fits)
{
    struct arena scratch = table->scratch;
    size_t *indexes = NEW_ARRAY(&scratch, size_t, fits->count);
    for (size_t i = 0; i < fits->count; i++) {
        indexes[i] = fits->items[i].index;
    }
    return diag_error(table->reading->diag, (struct where){.input = table->sheet->input},
                      CODE_W012, "several sheets have the columns of this table: %s",
                      table_sheet_names(table, indexes, fits->count));
}

/* Looks at each sheet; false after a diagnostic, also if several could be meant. */
static bool
look_at_sheets(const struct search *search, bool hidden, struct candidates *all)
{
    const struct table *table = search->table;
    struct arena *keep = table->reading->keep;
    struct sheet *sheet = table->sheet;
    struct fits met = {0};
    for (size_t i = 0; i < sheet->name_count; i++) {
        if (sheet->names[i].hidden != hidden) {
            continue;
        }
        if (!sheet->turn(sheet, i)) {
            return false;
        }
        struct fit fit = {i, table_look_through(search, sheet)};
        if (sheet->failed) {
            return false;
        }
        if (fit.found.layout != NULL) {
            *ARRAY_PUSH(keep, &met) = fit;
        } else if (fit.found.known > all->nearest.found.known) {
            all->nearest = fit;
        }
    }
    sheet->input->sheet = STR("");
    sort_fits(keep, &met, all);
    return all->fits.count > 1
               ? refuse_several(table, &all->fits)
               : all->rivals.count == 0 ||
                     table_check_rivals(search, &all->fits.items[0], &all->rivals);
}

/* Goes to the first line of the sheet, and tells where its header is. */
static bool
choose_sheet(const struct search *search, struct text wanted, struct found *found)
{
    struct sheet *sheet = search->table->sheet;
    size_t index = 0;
    if (wanted.size > 0 || sheet->name_count == 1) {
        index = wanted.size > 0 ? named_sheet(search->table, wanted) : 0;
        if (index == SIZE_MAX || !sheet->turn(sheet, index)) {
            return false;
        }
        *found = table_look_through(search, sheet);
        return !sheet->failed &&
               table_tell_lost(search, &(struct fit){index, *found}, wanted.size > 0) &&
               sheet->turn(sheet, index);
    }
    struct candidates shown = {0};
    struct candidates hidden = {0};
    if (!look_at_sheets(search, false, &shown) ||
        (shown.fits.count == 0 && !look_at_sheets(search, true, &hidden))) {
        return false;
    }
    const struct fit *best = hidden.fits.count > 0  ? &hidden.fits.items[0]
                             : shown.fits.count > 0 ? &shown.fits.items[0]
                                                    : &shown.nearest;
    index = best->index;
    *found = best->found;
    if (!table_tell_lost(search, best, false) || !sheet->turn(sheet, index)) {
        return false;
    }
    if (found->layout != NULL && sheet->names[index].hidden) {
        diag_warning(search->table->reading->diag, (struct where){.input = sheet->input},
                     CODE_W020, "the sheet that is read is hidden");
    }
    return true;
}

static void
keep_title(struct table *table, struct titles *titles)
{
    const struct sheet *sheet = table->sheet;
    struct text *cells =
        NEW_ARRAY(table->reading->keep, struct text, CSV_MATRIX_COLUMNS_MAX);
    for (size_t i = 0; i < sheet->cell_count; i++) {
        cells[i] = sheet->cells[i];
    }
    *ARRAY_PUSH(table->reading->keep, titles) = (struct title){sheet->line, cells};
}

/* A row of the table above its header is no title, and must not be lost. */
static void
check_titles(struct table *table, const struct titles *titles)
{
    struct sheet *sheet = table->sheet;
    struct diag *diag = table->reading->diag;
    const struct text *cells = sheet->cells;
    uint32_t line = sheet->line;
    bool titled = true;
    for (size_t i = 0; i < titles->count; i++) {
        sheet->cells = titles->items[i].cells;
        sheet->line = titles->items[i].line;
        if (table->layout != NULL && table_owns_row(table)) {
            titled = diag_error(diag, table_row(table), CODE_T025,
                                "a row of the table stands above its header");
        }
    }
    sheet->cells = cells;
    sheet->line = line;
    if (titles->count > 0 && titled) {
        diag_note(diag, table_row(table), CODE_T019,
                  tr_plural(diag_language(diag),
                            "the header is here; %zu line above it is not read",
                            "the header is here; %zu lines above it are not read",
                            titles->count),
                  titles->count);
    }
}

/* Files that there is no line at all, unless a failure has been filed. */
static bool
file_empty(const struct table *table)
{
    const struct sheet *sheet = table->sheet;
    return !sheet->failed &&
           diag_error(table->reading->diag, (struct where){.input = sheet->input},
                      CODE_T011,
                      sheet->name_count > 0 ? "the sheet is empty" : "the file is empty");
}

/* Moves to the header, and takes it. */
static bool
go_to_header(struct table *table, const struct found *found)
{
    struct titles titles = {0};
    struct sheet *sheet = table->sheet;
    sheet->searching = true;
    for (size_t row = 0; row <= found->row; row++) {
        bool here = row == 0 && sheet->line > 0; /* a CSV is on its first line already */
        if (!here && !sheet->next(sheet)) {
            return file_empty(table);
        }
        if (row < found->row) {
            keep_title(table, &titles);
        }
    }
    sheet->searching = false;
    table_take_headings(table, table->reading->keep);
    table->header_line = sheet->line;
    if (found->layout != NULL) {
        size_t known = 0;
        table_place_layout(table, table->reading->keep, found->layout, &known);
    }
    check_titles(table, &titles);
    return true;
}

/* The header of a CSV: its first line, or one below titles. */
static bool
find_in_csv(const struct search *search, struct text wanted, struct found *found)
{
    struct sheet *sheet = search->table->sheet;
    if (wanted.size > 0) {
        return diag_error(search->table->reading->diag,
                          (struct where){.input = sheet->input}, CODE_W013,
                          "the file is no workbook, and has no sheet '%.*s'",
                          TEXT_ARG(wanted));
    }
    if (!sheet->next(sheet)) {
        return file_empty(search->table);
    }
    judge_line(search, sheet, found);
    if (found->layout == NULL && found->known == 0) {
        *found = look_through_again(search, sheet->input);
    }
    return true;
}

struct table *
table_begin(struct reading *reading, struct arena scratch, struct input *input,
            const struct layout *layouts, size_t count)
{
    struct table *table = NEW(reading->keep, struct table);
    struct layout *kept = NEW_ARRAY(reading->keep, struct layout, count);
    for (size_t i = 0; i < count; i++) {
        kept[i] = layouts[i];
    }
    struct search search = {table, kept, count};
    struct found found = {0};
    struct text wanted = input->sheet;
    input->sheet = STR("");
    table->confidential = input->confidential;
    input->confidential = true;
    table->reading = reading;
    table->path = text_string(reading->keep, input->path);
    table->scratch = scratch;
    table->guesses = NEW(reading->keep, int);
    table->member = NEW(reading->keep, uint32_t);
    table->sheet = sheet_open(reading, input);
    if (table->sheet == NULL) {
        return NULL;
    }
    bool ready = table->sheet->name_count > 0 ? choose_sheet(&search, wanted, &found)
                                              : find_in_csv(&search, wanted, &found);
    if (ready && go_to_header(table, &found)) {
        return table;
    }
    sheet_shut(table->sheet);
    return NULL;
}
