/* SPDX-License-Identifier: Apache-2.0 */
/* Which column stands where, and what a message may say about it. */
#include "table.h"

#include "defray/limits.h"
#include "defray/map.h"

#include <assert.h>
#include <string.h>

#define PROGRESS_ROWS UINT64_C(65536)
#define NAMED_MAX     12 /* columns that one message lists */
#define SHOWN_MAX     40 /* characters of a cell that a message shows */

/* Whether one of the two ends of a text may belong to a space. */
static bool
may_be_space(char first, char last)
{
    return first <= ' ' || last <= ' ' || (uint8_t)first >= 0x80 || (uint8_t)last >= 0x80;
}

static bool
is_named(struct text fold, const struct column *column, struct arena scratch)
{
    if (text_equals(fold, text_fold(&scratch, text_of(column->name)))) {
        return true;
    }
    const char *name = column->others;
    while (name != NULL) {
        const char *bar = strchr(name, '|');
        struct text other = {name, bar != NULL ? (size_t)(bar - name) : strlen(name)};
        if (other.size > 0 && text_equals(fold, text_fold(&scratch, other))) {
            return true;
        }
        name = bar != NULL ? bar + 1 : NULL;
    }
    return false;
}

static struct where
heading_where(const struct table *table, size_t place)
{
    return table->sheet->where(table->sheet, place);
}

/* "member" or, where it has one, "member / membre". */
static const char *
column_names(const struct table *table, const struct column *column)
{
    struct arena *arena = diag_arena(table->reading->diag);
    if (column->others == NULL || column->others[0] == '\0') {
        return column->name;
    }
    int size = (int)strcspn(column->others, "|");
    return arena_printf(arena, "%s / %.*s", column->name, size, column->others);
}

static bool
is_placed(const struct table *table, size_t place)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->places[i] == place) {
            return true;
        }
    }
    return false;
}

/* The headings, as a list: those with a column or those without. Headings that we
 * do not know are only numbered when they may be somebody's data. */
static const char *
list_headings(const struct table *table, bool placed, bool quoted)
{
    struct arena *arena = diag_arena(table->reading->diag);
    const char *list = "";
    size_t listed = 0;
    for (size_t i = 0; i < table->heading_count; i++) {
        struct text heading = table->headings[i];
        if (is_placed(table, i) != placed) {
            continue;
        }
        const char *comma = listed > 0 ? ", " : "";
        if (++listed > NAMED_MAX) {
            return arena_printf(arena, "%s, …", list);
        }
        if (quoted && heading.size > 0) {
            list =
                arena_printf(arena, "%s%s%.*s", list, comma,
                             (int)(heading.size < 60 ? heading.size : 60), heading.data);
        } else {
            list = arena_printf(arena, "%s%s%zu", list, comma, i + 1);
        }
    }
    return list;
}

static const char *
list_found(const struct table *table)
{
    bool confidential = table->sheet->input->confidential;
    struct arena *arena = diag_arena(table->reading->diag);
    const char *known = list_headings(table, true, true);
    const char *others = list_headings(table, false, !confidential);
    bool both = known[0] != '\0' && others[0] != '\0';
    return arena_printf(arena, "%s%s%s", known, both ? ", " : "", others);
}

static void
place_column(struct table *table, size_t column, bool *sound)
{
    struct diag *diag = table->reading->diag;
    for (size_t i = 0; i < table->heading_count; i++) {
        if (!is_named(table->folds[i], &table->columns[column], table->scratch)) {
            continue;
        }
        if (table->places[column] == TABLE_NOWHERE) {
            table->places[column] = i;
            continue;
        }
        *sound = diag_error(diag, heading_where(table, i), CODE_T009,
                            "columns %zu and %zu of the header both mean '%s'",
                            table->places[column] + 1, i + 1,
                            column_names(table, &table->columns[column]));
    }
}

static bool
check_required(const struct table *table)
{
    bool sound = true;
    struct diag *diag = table->reading->diag;
    struct where where = table_row(table);
    const char *separator = table->sheet->separator == NULL
                                ? "-"
                                : tr(diag_language(diag), table->sheet->separator);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        if (!column->required || table->places[i] != TABLE_NOWHERE) {
            continue;
        }
        sound = diag_error(diag, where, CODE_T008,
                           "required column '%s' is missing (separator: %s; found: %s)",
                           column_names(table, column), separator, list_found(table));
        if (!table->sheet->input->confidential) {
            diag_suggest(diag, text_nearest(table->scratch, text_of(column->name),
                                            table->headings, table->heading_count));
        }
    }
    return sound;
}

static void
note_unknown(const struct table *table)
{
    const char *list = list_headings(table, false, true);
    if (list[0] != '\0') {
        diag_note(table->reading->diag, table_row(table), CODE_T010,
                  "columns not used: %s", list);
    }
}

/* Two headings alike that are no column of ours: which one would be meant? */
static bool
check_repeated(const struct table *table)
{
    bool sound = true;
    struct map seen = {0};
    struct arena scratch = table->scratch;
    for (size_t i = 0; i < table->heading_count; i++) {
        if (table->folds[i].size == 0 || is_placed(table, i)) {
            continue;
        }
        uint32_t first = map_insert(&scratch, &seen, table->folds[i], (uint32_t)i);
        if (first != i) {
            sound = diag_error(table->reading->diag, heading_where(table, i), CODE_T009,
                               "columns %zu and %zu of the header have the same name",
                               (size_t)first + 1, i + 1);
        }
    }
    return sound;
}

struct table *
table_begin(struct reading *reading, struct arena scratch, struct input *input)
{
    struct sheet *sheet = sheet_open(reading, input);
    if (sheet == NULL) {
        return NULL;
    }
    if (!sheet->next(sheet)) {
        if (!sheet->failed) {
            diag_error(reading->diag, (struct where){.input = input}, CODE_T011,
                       "the file is empty");
        }
        return NULL;
    }
    struct table *table = NEW(reading->keep, struct table);
    table->reading = reading;
    table->sheet = sheet;
    table->scratch = scratch;
    table->guesses = NEW(reading->keep, int);
    table->heading_count = sheet->cell_count;
    table->headings = NEW_ARRAY(reading->keep, struct text, sheet->cell_count);
    table->folds = NEW_ARRAY(reading->keep, struct text, sheet->cell_count);
    for (size_t i = 0; i < sheet->cell_count; i++) {
        table->headings[i] = text_trim(sheet->cells[i]);
        table->folds[i] = text_fold(reading->keep, table->headings[i]);
    }
    return table;
}

bool
table_has(const struct table *table, const struct column *column)
{
    for (size_t i = 0; i < table->heading_count; i++) {
        if (is_named(table->folds[i], column, table->scratch)) {
            return true;
        }
    }
    return false;
}

bool
table_match_some(struct table *table, const struct column *columns, size_t count)
{
    bool sound = true;
    table->columns = columns;
    table->column_count = count;
    table->places = NEW_ARRAY(table->reading->keep, size_t, count);
    for (size_t i = 0; i < count; i++) {
        table->places[i] = TABLE_NOWHERE;
    }
    for (size_t i = 0; i < count; i++) {
        place_column(table, i, &sound);
    }
    return check_required(table) && sound;
}

bool
table_match(struct table *table, const struct column *columns, size_t count)
{
    if (table->heading_count > CSV_COLUMNS_MAX) {
        return diag_error(table->reading->diag, table_row(table), CODE_T013,
                          "the header has %zu columns, more than %d",
                          table->heading_count, CSV_COLUMNS_MAX);
    }
    bool sound = table_match_some(table, columns, count);
    sound = check_repeated(table) && sound;
    if (sound) {
        note_unknown(table);
    }
    return sound;
}

struct table *
table_open(struct reading *reading, struct arena scratch, struct input *input,
           const struct column *columns, size_t count)
{
    struct table *table = table_begin(reading, scratch, input);
    return table != NULL && table_match(table, columns, count) ? table : NULL;
}

bool
table_next(struct table *table)
{
    struct sheet *sheet = table->sheet;
    if (table->rows > 0 && table->rows % PROGRESS_ROWS == 0 &&
        table->reading->progress != NULL) {
        struct arena scratch = table->scratch;
        progress_tell(table->reading->progress, text_string(&scratch, sheet->input->path),
                      sheet->done, sheet->total);
    }
    if (sheet->next(sheet)) {
        table->rows++;
        return true;
    }
    if (table->rows == 0 && !sheet->failed) {
        diag_warning(table->reading->diag, (struct where){.input = sheet->input},
                     CODE_T012, "the table has a header but no row");
    }
    return false;
}

struct cell
table_cell_at(const struct table *table, size_t place)
{
    struct text text = table->sheet->cells[place];
    if (text.size > 0 && may_be_space(text.data[0], text.data[text.size - 1])) {
        text = text_trim(text);
    }
    return (struct cell){.text = text, .table = table, .place = place};
}

struct cell
table_cell(const struct table *table, size_t column)
{
    assert(column < table->column_count);
    size_t place = table->places[column];
    if (place == TABLE_NOWHERE) {
        return (struct cell){.text = STR(""), .table = table, .place = place};
    }
    return table_cell_at(table, place);
}

struct where
table_row(const struct table *table)
{
    return (struct where){.input = table->sheet->input, .line = table->sheet->line};
}

struct where
cell_where(const struct cell *cell)
{
    const struct table *table = cell->table;
    return cell->place == TABLE_NOWHERE ? table_row(table)
                                        : table->sheet->where(table->sheet, cell->place);
}

struct diag *
cell_diag(const struct cell *cell)
{
    return cell->table->reading->diag;
}

const char *
cell_shown(const struct cell *cell)
{
    const struct table *table = cell->table;
    struct arena *arena = diag_arena(table->reading->diag);
    if (table->sheet->input->confidential) {
        struct text heading =
            cell->place == TABLE_NOWHERE ? STR("") : table->headings[cell->place];
        return arena_printf(arena, "… (%.*s)", TEXT_ARG(heading));
    }
    size_t size = 0;
    for (size_t characters = 0; size < cell->text.size; size++) {
        bool starts = ((uint8_t)cell->text.data[size] & 0xC0) != 0x80;
        characters += starts;
        if (characters > SHOWN_MAX) {
            return arena_printf(arena, "%.*s…", (int)size, cell->text.data);
        }
    }
    return text_string(arena, cell->text);
}
