/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sheets of a workbook that have the columns of a table, less plainly than the one that is read. A
 * sheet of another table may have them (a matrix with names, for a list of members), or a summary,
 * which must not keep a month from being paid; but "March" may also go on in "March (2)", with a
 * column more, and what stands there is somebody's. So it counts what rows a sheet has: those that
 * stand on the sheet that is read as well are no loss.
 */
#include "defray/map.h"

#include "table_search.h"

#define KEYS_MOST 10000 /* that are compared; a sheet with more has rows of its own */

struct keys ARRAY_OF(struct text);

/* Columns that some table must have. A sheet with such a column, in the search for a table
 * that does not know it, is that other table. */
static const struct text telling[] = {
    STR_INIT("member"),   STR_INIT("membre"),   STR_INIT("attendance"),
    STR_INIT("presence"), STR_INIT("category"), STR_INIT("categorie"),
    STR_INIT("measure"),  STR_INIT("mesure"),   STR_INIT("verdict"),
    STR_INIT("decision"),
};

/* A sheet as the table that it would be. */
struct view {
    struct table table;
    uint32_t *subjects; /* of its cells, those of its columns apart; NULL: it has none */
    bool failed;
};

static bool
is_known(const struct search *search, struct text fold, struct arena scratch)
{
    for (size_t i = 0; i < search->count; i++) {
        const struct layout *layout = &search->layouts[i];
        for (size_t j = 0; j < layout->count; j++) {
            if (column_has_name(&layout->columns[j], fold, scratch)) {
                return true;
            }
        }
    }
    return false;
}

static void
take_subjects(struct view *view, struct arena *arena)
{
    const struct table *table = &view->table;
    const struct layout *layout = table->layout;
    if (layout->subject != NULL) {
        view->subjects = NEW_ARRAY(arena, uint32_t, table->heading_count);
        for (size_t i = 0; i < table->heading_count; i++) {
            view->subjects[i] = layout->subject(table, i, layout->context);
        }
    }
}

/* Goes to the header of a sheet. The search goes on: nothing is given back at its end. */
static struct view
open_view(const struct search *search, const struct fit *fit, struct arena *arena)
{
    struct view view = {.table = *search->table};
    struct sheet *sheet = view.table.sheet;
    size_t known = 0;
    view.failed = !sheet->turn(sheet, fit->index);
    sheet->searching = true;
    for (size_t row = 0; row <= fit->found.row && !view.failed; row++) {
        view.failed = !sheet->next(sheet);
    }
    if (!view.failed) {
        table_take_headings(&view.table, arena);
        table_place_layout(&view.table, arena, fit->found.layout, &known);
        take_subjects(&view, arena);
        view.table.scratch = *arena;
    }
    return view;
}

static bool
is_of_another_table(const struct search *search, const struct view *view)
{
    const struct table *table = &view->table;
    for (size_t i = 0; i < table->heading_count; i++) {
        for (size_t j = 0; j < ARRAY_COUNT(telling); j++) {
            if (text_equals(table->folds[i], telling[j]) &&
                !is_known(search, telling[j], table->scratch)) {
                return true;
            }
        }
    }
    return false;
}

/* The row in the columns that both sheets have, as a key. */
static struct text
row_key(struct arena *keep, const struct table *table, const struct table *other)
{
    const char *key = "";
    struct arena scratch = table->scratch;
    for (size_t i = 0; i < table->column_count; i++) {
        if (other->places[i] != TABLE_NOWHERE && table->places[i] != TABLE_NOWHERE) {
            struct text fold = text_fold(&scratch, table_cell(table, i).text);
            key = arena_printf(&scratch, "%s%zu:%.*s", key, fold.size, TEXT_ARG(fold));
        }
    }
    return text_copy(keep, text_of(key));
}

/* What the row says, as keys: itself, or each of its cells that is of something. */
static void
take_keys(struct arena *keep, const struct view *view, const struct table *other,
          struct keys *out)
{
    const struct table *table = &view->table;
    struct text row = row_key(keep, table, other);
    *out = (struct keys){0};
    if (view->subjects == NULL) {
        *ARRAY_PUSH(keep, out) = row;
        return;
    }
    for (size_t i = 0; i < table->heading_count; i++) {
        struct text cell = table_cell_at(table, i).text;
        if (view->subjects[i] != INDEX_NONE && cell.size > 0) {
            struct text fold = text_fold(keep, cell);
            *ARRAY_PUSH(keep, out) = text_of(arena_printf(
                keep, "%.*s %u:%.*s", TEXT_ARG(row), view->subjects[i], TEXT_ARG(fold)));
        }
    }
}

static bool
says_something(const struct table *table)
{
    const struct layout *layout = table->layout;
    return table_owns_row(table) &&
           (layout->records == NULL || layout->records(table, layout->context));
}

/* Whether something of which there is a key is not among what the sheet has. */
static bool
lacks_one(struct view *view, const struct view *other, const struct map *all,
          struct arena arena)
{
    struct sheet *sheet = view->table.sheet;
    bool *met = NEW_ARRAY(&arena, bool, all->count);
    size_t left = all->count;
    while (left > 0 && sheet->next(sheet)) {
        struct arena own = arena;
        struct keys keys;
        take_keys(&own, view, &other->table, &keys);
        for (size_t i = 0; i < keys.count; i++) {
            uint32_t index = map_find(all, keys.items[i]);
            if (index != MAP_NONE && !met[index]) {
                met[index] = true;
                left--;
            }
        }
    }
    return left > 0;
}

bool
table_has_own_rows(const struct search *search, const struct fit *chosen,
                   const struct fit *rival, struct arena arena)
{
    struct map all = {0};
    struct keys keys;
    struct arena columns = arena_share(&arena, 2);
    struct view read = open_view(search, chosen, &columns); /* for its places */
    struct view other = open_view(search, rival, &columns);
    struct sheet *sheet = other.table.sheet;
    if (read.failed || other.failed || is_of_another_table(search, &other)) {
        return false;
    }
    while (sheet->next(sheet)) {
        if (!says_something(&other.table)) {
            continue;
        }
        if (chosen->found.layout != rival->found.layout || all.count >= KEYS_MOST) {
            return true;
        }
        take_keys(&arena, &other, &read.table, &keys);
        for (size_t i = 0; i < keys.count; i++) {
            map_insert(&arena, &all, keys.items[i], (uint32_t)all.count);
        }
    }
    if (sheet->failed || all.count == 0) {
        return false;
    }
    read = open_view(search, chosen, &columns);
    return !read.failed && lacks_one(&read, &other, &all, arena);
}

static size_t
count_required(const struct layout *layout)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->count; i++) {
        count += layout->columns[i].required;
    }
    return count;
}

bool
table_check_rivals(const struct search *search, const struct fit *chosen,
                   const struct fits *rivals)
{
    const struct table *table = search->table;
    struct arena scratch = table->scratch;
    struct diag *diag = table->reading->diag;
    struct input *input = table->sheet->input;
    size_t *meant = NEW_ARRAY(&scratch, size_t, rivals->count + 1);
    size_t *named = NEW_ARRAY(&scratch, size_t, rivals->count + 1);
    size_t meant_count = 0;
    size_t named_count = 0;
    meant[meant_count++] = chosen->index;
    for (size_t i = 0; i < rivals->count; i++) {
        const struct fit *rival = &rivals->items[i];
        bool lesser = rival->found.layout->lesser ||
                      rival->found.known == count_required(rival->found.layout);
        if ((lesser && table_is_given(search, rival->index)) ||
            !table_has_own_rows(search, chosen, rival, scratch)) {
            continue;
        }
        if (lesser) {
            named[named_count++] = rival->index;
        } else {
            meant[meant_count++] = rival->index;
        }
    }
    input->sheet = STR("");
    if (table->sheet->failed) {
        return false;
    }
    struct where where = {.input = input};
    if (meant_count > 1) {
        return diag_error(diag, where, CODE_W012,
                          "several sheets have the columns of this table: %s",
                          table_sheet_names(table, meant, meant_count));
    }
    if (named_count > 0) {
        diag_warning(diag, where, CODE_W024,
                     tr_plural(diag_language(diag),
                               "a sheet that has the columns of this table too is not "
                               "read: %s",
                               "sheets that have the columns of this table too are not "
                               "read: %s",
                               named_count),
                     table_sheet_names(table, named, named_count));
    }
    return true;
}
