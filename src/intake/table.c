/* SPDX-License-Identifier: Apache-2.0 */
/* Which column stands where, and what a message may say about it. */
#include "table.h"

#include "defray/limits.h"
#include "defray/map.h"

#include "table_parts.h"

#include <assert.h>
#include <string.h>

#define NAMED_MAX 12 /* columns that one message lists */
#define SHOWN_MAX 40 /* characters of a cell that a message shows */

/* Whether one of the two ends of a text may belong to a space. */
static bool
may_be_space(char first, char last)
{
    return first <= ' ' || last <= ' ' || (uint8_t)first >= 0x80 || (uint8_t)last >= 0x80;
}

struct names ARRAY_OF(struct text);

/* All names of a column. */
static struct names
list_names(struct arena *keep, const struct column *column)
{
    struct names names = {0};
    *ARRAY_PUSH(keep, &names) = text_of(column->name);
    const char *name = column->others;
    while (name != NULL && name[0] != '\0') {
        const char *bar = strchr(name, '|');
        size_t size = bar != NULL ? (size_t)(bar - name) : strlen(name);
        *ARRAY_PUSH(keep, &names) = (struct text){name, size};
        name = bar != NULL ? bar + 1 : NULL;
    }
    return names;
}

/* "Né(e) le", "Prénom(s)": the same without the endings between brackets. */
static struct text
without_endings(struct arena *keep, struct text fold)
{
    static const struct text endings[] = {STR_INIT("(e)"), STR_INIT("(s)"),
                                          STR_INIT("(es)")};
    if (fold.size == 0 || memchr(fold.data, '(', fold.size) == NULL) {
        return fold;
    }
    char *out = arena_alloc(keep, fold.size, 1, 1);
    size_t size = 0;
    for (size_t at = 0; at < fold.size;) {
        struct text rest = {fold.data + at, fold.size - at};
        size_t passed = 0;
        for (size_t i = 0; i < ARRAY_COUNT(endings); i++) {
            passed = text_starts_with(rest, endings[i]) ? endings[i].size : passed;
        }
        if (passed == 0) {
            out[size++] = fold.data[at++];
        }
        at += passed;
    }
    return (struct text){out, size};
}

bool
column_has_name(const struct column *column, struct text fold, struct arena scratch)
{
    struct names names = list_names(&scratch, column);
    struct text plain = without_endings(&scratch, fold);
    for (size_t i = 0; i < names.count; i++) {
        if (text_equals(plain, text_fold(&scratch, names.items[i]))) {
            return true;
        }
    }
    return false;
}

static struct where
heading_where(const struct table *table, size_t place)
{
    return table->sheet->where(table->sheet, place);
}

const char *
column_names(const struct table *table, const struct column *column)
{
    struct arena *arena = diag_arena(table->reading->diag);
    if (column->others == NULL || column->others[0] == '\0') {
        return column->name;
    }
    struct text first = {column->others, strcspn(column->others, "|")};
    return text_equals(first, text_of(column->name))
               ? column->name
               : arena_printf(arena, "%s / %.*s", column->name, TEXT_ARG(first));
}

bool
table_is_placed(const struct table *table, size_t place)
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
        bool nothing = heading.size == 0 && table->sheet->name_count > 0;
        if (table_is_placed(table, i) != placed || nothing) {
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

/* What the header holds. Without one name that we know it is no header of ours, and
 * what stands there may be somebody's data in any file. */
static const char *
describe_found(const struct table *table)
{
    struct arena *arena = diag_arena(table->reading->diag);
    enum language language = diag_language(table->reading->diag);
    const char *known = list_headings(table, true, true);
    const char *others = list_headings(table, false, !table->confidential);
    if (known[0] == '\0') {
        return tr(language, N_("none of the names in the header is known"));
    }
    if (table->confidential && others[0] != '\0') {
        size_t count = 0;
        for (size_t i = 0; i < table->heading_count; i++) {
            count += !table_is_placed(table, i);
        }
        return arena_printf(
            arena,
            tr_plural(language, "found: %s; column %s has a name that is not known",
                      "found: %s; columns %s have names that are not known", count),
            known, others);
    }
    const char *comma = others[0] != '\0' ? ", " : "";
    const char *all = arena_printf(arena, "%s%s%s", known, comma, others);
    return arena_printf(arena, tr(language, N_("found: %s")), all);
}

/* "separator: ';'; ", of a CSV. */
static const char *
describe_separator(const struct table *table)
{
    struct arena *arena = diag_arena(table->reading->diag);
    enum language language = diag_language(table->reading->diag);
    const char *separator = table->sheet->separator;
    return separator == NULL ? ""
                             : arena_printf(arena, tr(language, N_("separator: %s; ")),
                                            tr(language, separator));
}

/* A heading that may be a misspelt name of a missing column. */
struct near {
    struct where where; /* the whole header if there is none */
    struct text meant;  /* the name; empty */
};

static struct near
find_near(const struct table *table, size_t column)
{
    struct arena scratch = table->scratch;
    struct near near = {.where = table_row(table), .meant = STR("")};
    struct names names = list_names(&scratch, &table->columns[column]);
    bool ours = list_headings(table, true, true)[0] != '\0';
    for (size_t i = 0; ours && i < table->heading_count; i++) {
        struct text meant =
            text_nearest(scratch, table->headings[i], names.items, names.count);
        if (meant.size > 0 && !table_is_placed(table, i)) {
            return (struct near){heading_where(table, i), meant};
        }
    }
    return near;
}

static void
place_column(struct table *table, size_t column, bool *sound)
{
    struct diag *diag = table->reading->diag;
    for (size_t i = 0; i < table->heading_count; i++) {
        if (!column_has_name(&table->columns[column], table->folds[i], table->scratch)) {
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
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        if (!column->required || table->places[i] != TABLE_NOWHERE) {
            continue;
        }
        struct near near = find_near(table, i);
        sound = diag_error(diag, near.where, CODE_T008,
                           "required column '%s' is missing (%s%s)",
                           column_names(table, column), describe_separator(table),
                           describe_found(table));
        diag_suggest(diag, near.meant);
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
        if (table->folds[i].size == 0 || table_is_placed(table, i)) {
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

bool
table_has(const struct table *table, const struct column *column)
{
    for (size_t i = 0; i < table->heading_count; i++) {
        if (column_has_name(column, table->folds[i], table->scratch)) {
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
    if (!check_required(table)) {
        return false;
    }
    table->quoted = NEW_ARRAY(table->reading->keep, bool, table->heading_count);
    for (size_t i = 0; i < table->heading_count; i++) {
        table->reads[i] = table_is_placed(table, i);
        table->quoted[i] = table->reads[i];
    }
    struct input *input = table->sheet->input;
    input->confidential = table->confidential;
    input->quotable.fields = table->quoted;
    input->quotable.count = table->heading_count;
    input->quotable.header = table->header_line;
    return sound;
}

void
table_hide(struct table *table, size_t column)
{
    if (table->places[column] != TABLE_NOWHERE) {
        table->quoted[table->places[column]] = false;
    }
}

bool
table_has_either(const struct table *table, size_t one, const size_t two[2])
{
    struct diag *diag = table->reading->diag;
    const size_t *places = table->places;
    const size_t wanted[] = {one, two[0], two[1]};
    if (places[one] != TABLE_NOWHERE ||
        (places[two[0]] != TABLE_NOWHERE && places[two[1]] != TABLE_NOWHERE)) {
        return true;
    }
    struct near near = {.where = table_row(table), .meant = STR("")};
    for (size_t i = 0; i < ARRAY_COUNT(wanted) && near.meant.size == 0; i++) {
        if (places[wanted[i]] == TABLE_NOWHERE) {
            near = find_near(table, wanted[i]);
        }
    }
    diag_error(diag, near.where, CODE_T008,
               "column '%s' is missing, or both '%s' and '%s' (%s%s)",
               column_names(table, &table->columns[one]),
               column_names(table, &table->columns[two[0]]),
               column_names(table, &table->columns[two[1]]), describe_separator(table),
               describe_found(table));
    diag_suggest(diag, near.meant);
    return false;
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
    table->listed = true;
    if (sound) {
        note_unknown(table);
    }
    return sound;
}

struct table *
table_open(struct reading *reading, struct arena scratch, struct input *input,
           const struct column *columns, size_t count)
{
    const struct layout layout = {.columns = columns, .count = count};
    struct table *table = table_begin(reading, scratch, input, &layout, 1);
    if (table == NULL || table_match(table, columns, count)) {
        return table;
    }
    table_shut(table);
    return NULL;
}

struct cell
table_cell_at(const struct table *table, size_t place)
{
    struct text text = table->sheet->cells[place];
    if (text.size > 0 && may_be_space(text.data[0], text.data[text.size - 1])) {
        text = sheet_trim(text);
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
        return "…";
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

const char *
cell_named(const struct cell *cell)
{
    const struct table *table = cell->table;
    struct arena *arena = diag_arena(table->reading->diag);
    enum language language = diag_language(table->reading->diag);
    if (!table->sheet->input->confidential) {
        return arena_printf(arena, tr(language, N_("'%s'")), cell_shown(cell));
    }
    struct text heading =
        cell->place == TABLE_NOWHERE ? STR("") : table->headings[cell->place];
    return arena_printf(arena, tr(language, N_("the cell '%.*s'")), TEXT_ARG(heading));
}
