/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets: their names, columns and print set-up; several tables may share one. */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define FOOTER_BYTES      256 /* the library's bound, its marks included */
#define SHEET_COLUMNS_MAX 96
#define PAPER_A4          9
#define PORTRAIT_WIDTH    95  /* characters that a portrait page takes */
#define LANDSCAPE_WIDTH   260 /* that a landscape page takes, reduced but legible */
#define MARGIN_SIDE       0.4 /* inches */
#define MARGIN_TOP        0.5
#define MARGIN_BOTTOM     0.6

void
xlsx_reference(char out[XLSX_REFERENCE_BYTES], uint32_t row, uint16_t column)
{
    char name[XLSX_REFERENCE_BYTES]; /* from its end */
    size_t at = sizeof name - 1;
    name[at] = '\0';
    for (uint32_t rest = row + 1; rest > 0; rest /= 10) {
        name[--at] = (char)('0' + rest % 10);
    }
    for (uint32_t rest = column + 1u; rest > 0; rest = (rest - 1) / 26) {
        name[--at] = (char)('A' + (rest - 1) % 26);
    }
    memcpy(out, name + at, sizeof name - at);
}

/* A name that spreadsheets accept, for part 1, 2, … of a table. */
static const char *
sheet_name(struct arena *keep, const char *base, size_t part)
{
    char suffix[32] = "";
    if (part > 0) {
        snprintf(suffix, sizeof suffix, " (%zu)", part + 1);
    }
    size_t most = XLSX_NAME_MAX - strlen(suffix);
    size_t size = strlen(base);
    while (text_characters((struct text){base, size}) > most) {
        size--;
        while (size > 0 && ((unsigned char)base[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    struct text cut = text_copy(keep, (struct text){base, size});
    char *name = NEW_ARRAY(keep, char, cut.size + strlen(suffix) + 1);
    for (size_t i = 0; i < cut.size; i++) {
        bool edge = i == 0 || i + 1 == cut.size;
        bool forbidden =
            strchr("[]:*?/\\", cut.data[i]) != NULL || (edge && cut.data[i] == '\'');
        name[i] = forbidden ? '-' : cut.data[i];
    }
    memcpy(name + cut.size, suffix, strlen(suffix) + 1);
    return cut.size == 0 ? "-" : name;
}

/* The footer: what the document is, and the page; '&' is a mark there. */
static void
set_footer(struct xlsx *xlsx, lxw_worksheet *handle)
{
    char footer[FOOTER_BYTES];
    size_t filled = (size_t)snprintf(footer, sizeof footer, "&L&8");
    const char *text = xlsx->document->footer == NULL ? "" : xlsx->document->footer;
    const char *page = tr(xlsx->document->language, N_("page"));
    size_t reserved = strlen(page) + sizeof "… &R&8 &P / &N";
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool starts = ((unsigned char)text[i] & 0xC0) != 0x80;
        if (starts && filled + reserved + 8 > sizeof footer) {
            filled += (size_t)snprintf(footer + filled, sizeof footer - filled, "…");
            break;
        }
        footer[filled++] = text[i];
        if (text[i] == '&') {
            footer[filled++] = '&';
        }
    }
    snprintf(footer + filled, sizeof footer - filled, "&R&8%s &P / &N", page);
    (void)xlsx_hold(xlsx, (int)lxw.worksheet_set_footer(handle, footer));
}

/* The widths of the sheet's columns: the widest wish of its tables. */
static size_t
collect_widths(const struct table *tables, size_t count, int widths[SHEET_COLUMNS_MAX])
{
    size_t columns = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        for (size_t k = 0; k < tables[i].column_count; k++) {
            const struct column *column = &tables[i].columns[k];
            size_t span = column->span > 1 ? (size_t)column->span : 1;
            assert(at + span <= SHEET_COLUMNS_MAX);
            if (span == 1 && column->width > widths[at]) {
                widths[at] = column->width;
            }
            at += span;
        }
        columns = at > columns ? at : columns;
    }
    return columns;
}

static void
set_columns(struct xlsx_sheet *sheet, const struct table *table, const int *widths)
{
    struct xlsx *xlsx = sheet->xlsx;
    lxw_worksheet *handle = sheet->handle;
    int total = 0;
    for (size_t i = 0; i < sheet->columns; i++) {
        lxw_col_t column = (lxw_col_t)i;
        total += widths[i];
        (void)xlsx_hold(
            xlsx, (int)lxw.worksheet_set_column(handle, column, column, widths[i], NULL));
    }
    if (total > PORTRAIT_WIDTH) {
        lxw.worksheet_set_landscape(handle);
    }
    /* A table too wide to be read on one page takes several, side by side, each with
     * the columns that tell the rows apart. */
    int page = table->form != NULL && table->form->page_width > 0
                   ? table->form->page_width
                   : LANDSCAPE_WIDTH;
    int pages = (total + page - 1) / page;
    lxw.worksheet_fit_to_pages(handle, (uint16_t)(pages < 1 ? 1 : pages), 0);
    if (pages > 1 && table->frozen_columns > 0) {
        lxw.worksheet_print_across(handle);
        (void)xlsx_hold(xlsx, (int)lxw.worksheet_repeat_columns(
                                  handle, 0, (lxw_col_t)(table->frozen_columns - 1)));
    }
}

bool
xlsx_sheet_add(struct xlsx_sheet *sheet, const struct table *tables, size_t count,
               size_t part)
{
    struct xlsx *xlsx = sheet->xlsx;
    int widths[SHEET_COLUMNS_MAX] = {0};
    if (xlsx->failed) {
        return false;
    }
    sheet->columns = collect_widths(tables, count, widths);
    const char *name = sheet_name(&xlsx->own, tables[0].sheet, part);
    lxw_worksheet *handle = lxw.workbook_add_worksheet(xlsx->book, name);
    if (handle == NULL || xlsx->sheet_count == xlsx->sheet_capacity) {
        return xlsx_hold(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
    }
    sheet->handle = handle;
    sheet->index = xlsx->sheet_count++;
    xlsx->tallies[sheet->index].name = name;
    set_columns(sheet, &tables[0], widths);
    lxw.worksheet_set_paper(handle, PAPER_A4);
    lxw.worksheet_set_margins(handle, MARGIN_SIDE, MARGIN_SIDE, MARGIN_TOP,
                              MARGIN_BOTTOM);
    lxw.worksheet_gridlines(handle, tables[0].list ? LXW_SHOW_ALL_GRIDLINES
                                                   : LXW_HIDE_ALL_GRIDLINES);
    set_footer(xlsx, handle);
    /* Ids and times of day are text on purpose. */
    char range[2 * XLSX_REFERENCE_BYTES];
    char corner[XLSX_REFERENCE_BYTES];
    xlsx_reference(corner, BOOK_ROWS_MAX - 1, (uint16_t)(sheet->columns - 1));
    snprintf(range, sizeof range, "A1:%s", corner);
    return xlsx_hold(xlsx, (int)lxw.worksheet_ignore_errors(
                               handle, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

void
xlsx_sheet_finish(struct xlsx_sheet *sheet, uint32_t rows)
{
    if (!sheet->xlsx->failed && rows > 0) {
        (void)xlsx_hold(sheet->xlsx,
                        (int)lxw.worksheet_print_area(sheet->handle, 0, 0, rows - 1,
                                                      (lxw_col_t)(sheet->columns - 1)));
    }
}

void
xlsx_sheet_write(struct xlsx *xlsx, struct arena scratch, const struct table *tables,
                 size_t count)
{
    struct xlsx_sheet sheet = {.xlsx = xlsx};
    uint32_t row = 0;
    if (!xlsx_sheet_add(&sheet, tables, count, 0)) {
        return;
    }
    for (size_t i = 0; i < count && !xlsx->failed; i++) {
        row = tables[i].form != NULL ? xlsx_form_put(&sheet, scratch, &tables[i])
                                     : xlsx_table_put(&sheet, scratch, &tables[i],
                                                      row + (i > 0), count == 1);
    }
    xlsx_sheet_finish(&sheet, row);
}
