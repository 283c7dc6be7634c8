/* SPDX-License-Identifier: Apache-2.0 */
/* Rows on pages. A row is as high as its longest cell; one that does not fit goes to the next
 * page, under the header row again; only a row higher than a page is cut, between lines. */
#include "output_pdf_parts.h"

#include <string.h>

#define THIN (400 * PDF_POINT / 1000)

/* One cell, wrapped. */
struct laid_cell {
    struct pdf_lines lines;
    struct pdf_face face;
    bool right;
};

struct laid_row {
    struct laid_cell cells[PAGE_COLUMNS_MAX];
    size_t lines; /* of the longest */
    int64_t leading;
    bool low; /* shorter cells end where the longest does: headings */
};

struct pdf_sink {
    struct row_sink sink;
    struct pdf *pdf;
    const struct pdf_plan *plan;
};

int64_t
pdf_cell_side(int64_t size)
{
    return size * 350 / 1000;
}

int64_t
pdf_cell_edge(int64_t size)
{
    return size * 220 / 1000;
}

static void
lay_cell(struct pdf *pdf, const struct pdf_plan *plan, size_t column, struct text text,
         struct laid_row *row)
{
    struct laid_cell *cell = &row->cells[column];
    int64_t room = plan->widths[column] - 2 * pdf_cell_side(plan->size);
    cell->lines = pdf_wrap(pdf, pdf_clean(pdf, text), cell->face, room > 0 ? room : 1);
    row->lines = cell->lines.count > row->lines ? cell->lines.count : row->lines;
    row->leading = pdf_leading(cell->face);
}

static void
lay_cells(struct pdf *pdf, const struct pdf_plan *plan, const struct cell *cells,
          bool strong, struct laid_row *row)
{
    const struct table *table = plan->table;
    for (size_t i = 0; i < table->column_count && !pdf->failed; i++) {
        enum tone tone =
            strong && cells[i].tone == TONE_PLAIN ? TONE_STRONG : cells[i].tone;
        row->cells[i].face = pdf_toned(tone, plan->size, plan->stretch);
        if (table->facts && i == 0 && tone == TONE_PLAIN) {
            row->cells[i].face.colour = PDF_GREY;
        }
        row->cells[i].right = page_is_number(cells[i].type) && !table->facts;
        lay_cell(pdf, plan, i,
                 page_cell(&pdf->own, pdf->document, &table->columns[i], &cells[i]), row);
    }
}

static void
lay_header(struct pdf *pdf, const struct pdf_plan *plan, struct laid_row *row)
{
    const struct table *table = plan->table;
    row->low = true;
    for (size_t i = 0; i < table->column_count && !pdf->failed; i++) {
        row->cells[i].face =
            (struct pdf_face){plan->size, plan->stretch, PDF_WHITE, true, false};
        row->cells[i].right = page_is_number(table->columns[i].type);
        lay_cell(pdf, plan, i, text_of(table->columns[i].title), row);
    }
}

static int64_t
height_of(const struct laid_row *row, size_t lines, const struct pdf_plan *plan)
{
    return (int64_t)lines * row->leading + 2 * pdf_cell_edge(plan->size);
}

/* So many lines of the row from line `from` on, at the top of what is free. */
static void
show_lines(struct pdf *pdf, const struct pdf_plan *plan, const struct laid_row *row,
           size_t from, size_t count)
{
    int64_t left = pdf_left(pdf);
    int64_t side = pdf_cell_side(plan->size);
    for (size_t i = 0; i < plan->table->column_count; i++) {
        const struct laid_cell *cell = &row->cells[i];
        int64_t top = pdf->top + pdf_cell_edge(plan->size);
        top += row->low ? (int64_t)(row->lines - cell->lines.count) * row->leading : 0;
        for (size_t k = from; k < from + count && k < cell->lines.count; k++) {
            const struct pdf_line *line = &cell->lines.items[k];
            int64_t at =
                cell->right ? left + plan->widths[i] - side - line->width : left + side;
            pdf_show(pdf, at, top + (int64_t)(k - from) * row->leading, line->text,
                     cell->face);
        }
        left += plan->widths[i];
    }
    pdf->top += height_of(row, count, plan);
    pdf->fresh = false;
}

static struct pdf_box
band(const struct pdf *pdf, int64_t height)
{
    return (struct pdf_box){pdf_left(pdf), pdf->top, pdf_width(pdf), height};
}

static void
put_header(struct pdf *pdf, const struct pdf_plan *plan)
{
    struct arena before = pdf->own;
    struct laid_row row = {0};
    if (!plan->table->facts) {
        lay_header(pdf, plan, &row);
        pdf_fill(pdf, band(pdf, height_of(&row, row.lines, plan)), PDF_BAND);
        show_lines(pdf, plan, &row, 0, row.lines);
    }
    pdf->own = before;
}

static void
put_laid_row(struct pdf *pdf, const struct pdf_plan *plan, const struct laid_row *row)
{
    for (size_t from = 0; from < row->lines && !pdf->failed;) {
        size_t left = row->lines - from;
        int64_t height = height_of(row, left, plan);
        if (pdf->top + height > pdf_bottom(pdf) && from == 0 && !pdf->fresh) {
            pdf_new_page(pdf);
            put_header(pdf, plan);
        }
        int64_t room = pdf_bottom(pdf) - pdf->top - height_of(row, 0, plan);
        size_t fit = room > row->leading ? (size_t)(room / row->leading) : 1;
        size_t count = fit < left ? fit : left;
        show_lines(pdf, plan, row, from, count);
        pdf_fill(pdf, band(pdf, THIN), PDF_LINE);
        from += count;
        if (from < row->lines) {
            pdf_new_page(pdf);
            put_header(pdf, plan);
        }
    }
}

static void
put_row(struct row_sink *sink, const struct cell *cells)
{
    struct pdf_sink *rows = (struct pdf_sink *)sink;
    struct pdf *pdf = rows->pdf;
    struct arena before = pdf->own;
    struct laid_row row = {0};
    if (pdf->failed) {
        return;
    }
    lay_cells(pdf, rows->plan, cells, false, &row);
    put_laid_row(pdf, rows->plan, &row);
    pdf->own = before;
}

static void
put_totals(struct pdf *pdf, const struct pdf_plan *plan)
{
    const struct table *table = plan->table;
    struct arena before = pdf->own;
    struct cell cells[PAGE_COLUMNS_MAX];
    struct laid_row row = {0};
    if (!page_has_totals(table) || table->facts || pdf->failed) {
        return;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        cells[i] = page_total(&plan->sums, pdf->document, table, i);
    }
    lay_cells(pdf, plan, cells, true, &row);
    int64_t height = height_of(&row, row.lines, plan);
    if (pdf->top + height > pdf_bottom(pdf)) {
        pdf_new_page(pdf);
        put_header(pdf, plan);
    }
    pdf_fill(pdf, band(pdf, height), PDF_SOFT);
    pdf_fill(pdf, band(pdf, 2 * THIN), PDF_BAND);
    put_laid_row(pdf, plan, &row);
    pdf->own = before;
}

static void
put_nothing(struct pdf *pdf)
{
    struct pdf_paragraph paragraph = {
        .text = text_of(tr(pdf->document->language, N_("No line."))),
        .face = pdf_toned(TONE_QUIET, PDF_SIZE_NOTE, 1000),
        .above = PDF_GAP / 3,
        .below = PDF_GAP / 3,
    };
    pdf_put_paragraph(pdf, &paragraph);
}

void
pdf_put_rows(struct pdf *pdf, struct arena scratch, const struct pdf_plan *plan)
{
    struct pdf_sink rows = {{put_row}, pdf, plan};
    put_header(pdf, plan);
    table_produce(plan->table, scratch, &rows.sink);
    if (plan->sums.rows == 0 && !plan->table->facts) {
        put_nothing(pdf);
    }
    put_totals(pdf, plan);
}

int64_t
pdf_rows_start(struct pdf *pdf, const struct pdf_plan *plan)
{
    struct arena before = pdf->own;
    struct laid_row row = {0};
    if (plan->table->column_count == 0) {
        return 0;
    }
    if (!plan->table->facts) {
        lay_header(pdf, plan, &row);
    }
    pdf->own = before;
    return height_of(&row, row.lines, plan) + 3 * plan->size * 2;
}
