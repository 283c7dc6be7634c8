/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table one by one, without what people put around them: totals, remarks
 * beside the columns, cells that hold nothing to read. */
#include "cells.h"
#include "table_parts.h"
#include "wording.h"

#include <string.h>

#define PROGRESS_ROWS UINT64_C(65536)
#define LABEL_MAX     200 /* bytes of a cell that may be the label of a total */

/* The first word of the label of a row that adds up others, folded. */
static const struct text total_words[] = {
    STR_INIT("total"),     STR_INIT("totals"),   STR_INIT("totaux"),
    STR_INIT("soustotal"), STR_INIT("subtotal"), STR_INIT("nombre"),
    STR_INIT("nb"),        STR_INIT("number"),   STR_INIT("effectif"),
};

bool
table_owns_row(const struct table *table)
{
    const struct layout *layout = table->layout;
    if (layout != NULL && layout->owns != NULL) {
        return layout->owns(table, layout->context);
    }
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].required && table_cell(table, i).text.size == 0) {
            return false;
        }
    }
    return true;
}

/* Whether all cells from `at` on are empty or begin like a number. */
static bool
are_numbers(const struct sheet *sheet, size_t at)
{
    for (; at < sheet->cell_count; at++) {
        struct text t = text_trim(sheet->cells[at]);
        bool numeric =
            t.size == 0 || (t.data[0] >= '0' && t.data[0] <= '9') || t.data[0] == '-';
        if (!numeric) {
            return false;
        }
    }
    return true;
}

/* False for almost every row: keys begin like "P0" or "S12". */
static bool
may_be_total(struct text first)
{
    bool key = first.size > 1 && first.data[1] >= '0' && first.data[1] <= '9';
    switch (first.data[0] | 0x20) {
    case 't':
    case 's':
    case 'n':
    case 'e': return !key;
    default: return false;
    }
}

/* Whether the first cell that holds something says that the row is a total, and the others
 * hold figures. */
static bool
is_labelled_total(const struct table *table)
{
    struct arena scratch = table->scratch;
    const struct sheet *sheet = table->sheet;
    size_t at = 0;
    while (at < sheet->cell_count && text_trim(sheet->cells[at]).size == 0) {
        at++;
    }
    if (at == sheet->cell_count || sheet->cells[at].size > LABEL_MAX) {
        return false;
    }
    struct text first = text_trim(sheet->cells[at]);
    if (!may_be_total(first)) {
        return false;
    }
    static const char ends[] = " :.(/";
    size_t word = 0;
    while (word < first.size && memchr(ends, first.data[word], sizeof ends - 1) == NULL) {
        word++;
    }
    struct text fold = text_fold(&scratch, (struct text){first.data, word});
    bool labelled = text_starts_with(text_fold(&scratch, first), STR("soustotal"));
    for (size_t i = 0; i < ARRAY_COUNT(total_words) && !labelled; i++) {
        labelled = text_equals(fold, total_words[i]);
    }
    return labelled && are_numbers(sheet, at + 1);
}

/* A key or a name may begin with such a word, in a row that has all that a row has. */
static bool
is_total(const struct table *table)
{
    const struct layout *layout = table->layout;
    return is_labelled_total(table) &&
           (!table_owns_row(table) || (layout != NULL && layout->lacks != NULL &&
                                       layout->lacks(table, layout->context)));
}

static void
tell(struct told *told, struct where where)
{
    if (told->count++ == 0) {
        told->first = where;
    }
}

/* Cells that hold something and stand in no column. */
static void
count_outside(struct table *table)
{
    const struct sheet *sheet = table->sheet;
    for (size_t i = 0; i < sheet->cell_count; i++) {
        if ((i >= table->heading_count || table->headings[i].size == 0) &&
            text_trim(sheet->cells[i]).size > 0) {
            tell(&table->outside, sheet->where(sheet, i));
        }
    }
}

/* Files the faults of cells that are needed; false if there are any. */
static bool
check_faults(const struct table *table)
{
    bool sound = true;
    const struct sheet *sheet = table->sheet;
    struct diag *diag = table->reading->diag;
    for (size_t i = 0; i < sheet->fault_count; i++) {
        const struct sheet_fault *fault = &sheet->faults[i];
        if (fault->cell < table->heading_count && table->reads[fault->cell]) {
            sound = diag_error(diag, sheet->where(sheet, fault->cell), fault->code,
                               "the cell cannot be read: it holds %s",
                               tr(diag_language(diag), fault->text));
        }
    }
    return sound;
}

static bool
names_minutes(struct arena scratch, struct text heading)
{
    struct text word = word_next(&scratch, &heading);
    while (word.size > 0 && !word_is_among(" minutes minute min mn ", word)) {
        word = word_next(&scratch, &heading);
    }
    return word.size > 0;
}

/* Files the numbers with the unit of minutes, in a column that is not one of minutes; false if
 * there are any. */
static bool
check_minutes(const struct table *table)
{
    bool sound = true;
    const struct sheet *sheet = table->sheet;
    struct diag *diag = table->reading->diag;
    for (size_t i = 0; i < sheet->doubt_count; i++) {
        size_t place = sheet->doubts[i].cell;
        if ((sheet->doubts[i].kinds & SHEET_MINUTES) != 0 &&
            place < table->heading_count && table->reads[place] &&
            !names_minutes(table->scratch, table->headings[place])) {
            sound = diag_error(diag, sheet->where(sheet, place), CODE_W021,
                               "the cell cannot be read: it holds %s",
                               tr(diag_language(diag), N_("a number shown as minutes")));
        }
    }
    return sound;
}

/* The cells of the row that are needed, hold something, and are in that doubt. */
static struct told
cells_in_doubt(const struct table *table, enum sheet_doubt_kind kind)
{
    const struct sheet *sheet = table->sheet;
    struct told found = {0};
    for (size_t i = 0; i < sheet->doubt_count; i++) {
        const struct sheet_doubt *doubt = &sheet->doubts[i];
        if ((doubt->kinds & kind) != 0 && doubt->cell < table->heading_count &&
            table->reads[doubt->cell] && text_trim(sheet->cells[doubt->cell]).size > 0) {
            tell(&found, sheet->where(sheet, doubt->cell));
        }
    }
    return found;
}

/* Files the cells that are needed and struck through, of a row at once; false if there are any. */
static bool
check_struck(const struct table *table)
{
    struct diag *diag = table->reading->diag;
    struct told struck = cells_in_doubt(table, SHEET_STRUCK);
    return struck.count == 0 ||
           diag_error(
               diag, struck.first, CODE_W025,
               tr_plural(diag_language(diag),
                         "a line is drawn through %zu cell of the row: does it count?",
                         "a line is drawn through %zu cells of the row, the first "
                         "here: do they count?",
                         struck.count),
               struck.count);
}

/* The same of letters that a font shows as signs: an empty box would be read as an "o". */
static bool
check_signs(const struct table *table)
{
    struct diag *diag = table->reading->diag;
    struct told signs = cells_in_doubt(table, SHEET_SIGNS);
    return signs.count == 0 ||
           diag_error(
               diag, signs.first, CODE_W026,
               tr_plural(diag_language(diag),
                         "%zu cell of the row is in a font of signs: the letters that "
                         "it holds are not what it shows",
                         "%zu cells of the row are in a font of signs, the first here: "
                         "the letters that they hold are not what they show",
                         signs.count),
               signs.count);
}

static void
count_doubts(struct table *table)
{
    const struct sheet *sheet = table->sheet;
    for (size_t i = 0; i < sheet->doubt_count; i++) {
        const struct sheet_doubt *doubt = &sheet->doubts[i];
        if (doubt->cell >= table->heading_count || !table->reads[doubt->cell]) {
            continue;
        }
        if ((doubt->kinds & SHEET_SHOWN_OTHERWISE) != 0) {
            tell(&table->shown_otherwise, sheet->where(sheet, doubt->cell));
        }
        if ((doubt->kinds & SHEET_STALE) != 0) {
            tell(&table->stale, sheet->where(sheet, doubt->cell));
        }
    }
}

static void
tell_doubts(const struct table *table)
{
    struct diag *diag = table->reading->diag;
    enum language language = diag_language(diag);
    size_t otherwise = table->shown_otherwise.count;
    size_t stale = table->stale.count;
    if (otherwise > 0) {
        diag_warning(
            diag, table->shown_otherwise.first, CODE_W022,
            tr_plural(
                language,
                "%zu cell shows its number rounded, or not at all; the number is read",
                "%zu cells show their numbers rounded, or not at all; the numbers are "
                "read; the first here",
                otherwise),
            otherwise);
    }
    if (stale > 0) {
        diag_warning(diag, table->stale.first, CODE_W023,
                     tr_plural(language,
                               "%zu formula is to be computed again; what is read is its "
                               "stored value",
                               "%zu formulas are to be computed again; what is read are "
                               "their stored values; the first here",
                               stale),
                     stale);
    }
}

static void
tell_areas(const struct table *table)
{
    const struct sheet *sheet = table->sheet;
    struct diag *diag = table->reading->diag;
    struct sheet_areas areas[SHEET_REMARK_COUNT];
    for (size_t i = 0; i < SHEET_REMARK_COUNT; i++) {
        areas[i] = sheet->areas(sheet, (enum sheet_remark)i, table->header_line,
                                table->heading_count);
    }
    if (areas[SHEET_MERGED].count > 0) {
        diag_warning(diag, areas[SHEET_MERGED].first, CODE_W014,
                     "merged cells in the table, each of which counts for itself: %s",
                     areas[SHEET_MERGED].list);
    }
    if (areas[SHEET_HIDDEN_ROWS].count > 0) {
        diag_warning(diag, areas[SHEET_HIDDEN_ROWS].first, CODE_W015,
                     "hidden rows are read like the others: %s",
                     areas[SHEET_HIDDEN_ROWS].list);
    }
    if (areas[SHEET_HIDDEN_COLUMNS].count > 0) {
        diag_warning(diag, areas[SHEET_HIDDEN_COLUMNS].first, CODE_W015,
                     "hidden columns are read like the others: %s",
                     areas[SHEET_HIDDEN_COLUMNS].list);
    }
}

/* What was passed over on the way, each once. */
static void
finish(struct table *table)
{
    const struct sheet *sheet = table->sheet;
    struct diag *diag = table->reading->diag;
    enum language language = diag_language(diag);
    if (table->ended) {
        return;
    }
    table->ended = true;
    if (table->totals.count > 0) {
        diag_note(diag, table->totals.first, CODE_T026,
                  tr_plural(language, "%zu total row is not read",
                            "%zu total rows are not read, the first here",
                            table->totals.count),
                  table->totals.count);
    }
    if (table->outside.count > 0) {
        diag_warning(
            diag, table->outside.first, CODE_W019,
            tr_plural(language, "%zu cell beside the columns is not read",
                      "%zu cells beside the columns are not read, the first here",
                      table->outside.count),
            table->outside.count);
    }
    tell_doubts(table);
    if (sheet->areas != NULL && !sheet->failed) {
        tell_areas(table);
    }
    if (table->rows == 0 && !sheet->failed && !sheet->refused) {
        diag_warning(diag, (struct where){.input = sheet->input}, CODE_T012,
                     "the table has a header but no row");
    }
}

void
table_tell_progress(const struct table *table, uint64_t before)
{
    if (table->rows / PROGRESS_ROWS > before / PROGRESS_ROWS) {
        progress_tell(table->reading->progress, table->path, table->sheet->done,
                      table->sheet->total);
    }
}

bool
table_next(struct table *table)
{
    struct sheet *sheet = table->sheet;
    if (table->rows % PROGRESS_ROWS == 0 && table->rows > 0) {
        table_tell_progress(table, table->rows - 1);
    }
    if (!table->begun) {
        table->begun = true;
        sheet->refused = !check_struck(table) || sheet->refused; /* the header */
    }
    while (sheet->next(sheet)) {
        if (is_total(table)) {
            tell(&table->totals, table_row(table));
            continue;
        }
        if (sheet->name_count > 0 || !table->listed) {
            count_outside(table);
        }
        bool sound = sheet->fault_count == 0 || check_faults(table);
        if (sheet->doubt_count > 0) {
            sound = check_minutes(table) && sound;
            sound = check_struck(table) && sound;
            sound = check_signs(table) && sound;
        }
        if (!sound) {
            sheet->refused = true;
            passed_over_row(table->reading->keep, &sheet->lost, sheet->cells,
                            sheet->cell_count);
            continue;
        }
        count_doubts(table);
        table->rows++;
        return true;
    }
    finish(table);
    return false;
}

void
table_pass_over(const struct table *table, struct arena *keep, struct passed_over *rows)
{
    if (table != NULL) {
        passed_over_all(keep, rows, &table->sheet->lost);
    }
    rows->unread = rows->unread || table == NULL || table->sheet->failed;
}

void
table_shut(struct table *table)
{
    sheet_shut(table->sheet);
}
