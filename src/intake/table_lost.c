/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sheets of a workbook that are not read, and whose rows somebody would miss: one whose header is
 * written otherwise, or is not there; one that is hidden while another is shown. Nothing of them is
 * guessed, but they are named. The table says what its rows are like (table_likeness.h). A list for
 * something else names the same people: a cell counts for nothing under a heading of another table.
 */
#include "defray/limits.h"

#include "columns.h"
#include "table_search.h"

#include <string.h>

#define ROWS_MOST 10000 /* of a sheet that are looked at */

bool
table_is_given(const struct search *search, size_t index)
{
    const struct reading *reading = search->table->reading;
    const struct sheet *sheet = search->table->sheet;
    for (size_t i = 0; i < reading->given_count; i++) {
        const struct input *other = reading->given[i];
        if (other != sheet->input && text_equals(other->path, sheet->input->path) &&
            text_folds_equal(search->table->scratch, other->sheet,
                             sheet->names[index].name)) {
            return true;
        }
    }
    return false;
}

static const struct likeness *
likeness_of(const struct search *search)
{
    for (size_t i = 0; i < search->count; i++) {
        if (search->layouts[i].likeness.row != NULL) {
            return &search->layouts[i].likeness;
        }
    }
    return NULL;
}

static bool
heads_another_table(struct arena scratch, struct text fold)
{
    const struct columns tables[] = {roster_columns(), calendar_columns(),
                                     expenses_columns(), means_columns()};
    for (size_t i = 0; i < ARRAY_COUNT(tables); i++) {
        for (size_t j = 0; j < tables[i].count; j++) {
            if (column_has_name(&tables[i].items[j], fold, scratch)) {
                return true;
            }
        }
    }
    return false;
}

/* Takes the current line as one that may name columns. */
static void
take_headings(const struct sheet *sheet, const struct likeness *likeness,
              struct arena scratch, bool *aside)
{
    for (size_t i = 0; i < sheet->cell_count; i++) {
        struct arena own = scratch;
        struct text fold = text_fold(&own, text_trim(sheet->cells[i]));
        aside[i] =
            aside[i] ||
            (fold.size > 0 && (heads_another_table(own, fold) ||
                               (likeness->aside != NULL && likeness->aside(own, fold))));
    }
}

/* Whether some row of the sheet is like those of the table. */
static bool
has_such_row(const struct search *search, size_t index, const struct likeness *likeness,
             struct arena arena)
{
    struct sheet *sheet = search->table->sheet;
    bool *aside = NEW_ARRAY(&arena, bool, CSV_MATRIX_COLUMNS_MAX);
    if (!sheet->turn(sheet, index)) {
        return false;
    }
    sheet->searching = true;
    for (size_t line = 0; line < ROWS_MOST && sheet->next(sheet); line++) {
        const struct loose_row row = {sheet->cells, sheet->cell_count, aside, arena};
        if (likeness->row(likeness->reader, &row)) {
            return true;
        }
        if (line < TABLE_HEADER_LINES) {
            take_headings(sheet, likeness, arena, aside);
        }
    }
    return false;
}

/* Whether the sheet would be missed: beside one that was named, if it lacks no column, or has
 * sessions. One that is shown as the chosen one is, and fits, has been looked at as a rival. */
static bool
is_lost(const struct search *search, const struct fit *chosen, size_t index, bool named,
        const struct likeness *likeness)
{
    struct sheet *sheet = search->table->sheet;
    struct arena scratch = search->table->scratch;
    bool hidden = sheet->names[index].hidden;
    if (index == chosen->index || table_is_given(search, index) || (named && hidden) ||
        !sheet->turn(sheet, index)) {
        return false;
    }
    struct fit fit = {index, table_look_through(search, sheet)};
    if (sheet->failed) {
        return false;
    }
    if (fit.found.layout == chosen->found.layout) {
        bool meant = named ? fit.found.layout->subject != NULL ||
                                 fit.found.known >= chosen->found.known
                           : hidden != sheet->names[chosen->index].hidden;
        return meant && table_has_own_rows(search, chosen, &fit, scratch);
    }
    bool rival = fit.found.layout != NULL && hidden == sheet->names[chosen->index].hidden;
    return !named && !rival && has_such_row(search, index, likeness, scratch);
}

bool
table_tell_lost(const struct search *search, const struct fit *chosen, bool named)
{
    const struct table *table = search->table;
    struct diag *diag = table->reading->diag;
    struct sheet *sheet = table->sheet;
    struct arena scratch = table->scratch;
    size_t *lost = NEW_ARRAY(&scratch, size_t, sheet->name_count);
    struct search within = *search;
    struct table view = *table;
    size_t count = 0;
    const struct likeness *likeness = likeness_of(search);
    if (chosen->found.layout == NULL || likeness == NULL) {
        return true;
    }
    view.scratch = scratch;
    within.table = &view;
    for (size_t i = 0; i < sheet->name_count; i++) {
        lost[count] = i;
        count += is_lost(&within, chosen, i, named, likeness);
        if (sheet->failed) {
            return false;
        }
    }
    sheet->input->sheet = STR("");
    if (count > 0) {
        diag_warning(diag, (struct where){.input = sheet->input}, CODE_W024,
                     tr_plural(diag_language(diag),
                               "a sheet that is not read has rows that may be of this "
                               "table: %s",
                               "sheets that are not read have rows that may be of this "
                               "table: %s",
                               count),
                     table_sheet_names(table, lost, count));
    }
    return true;
}
