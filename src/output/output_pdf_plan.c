/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How wide columns are. A first pass over the rows finds what each column holds; then the
 * page is chosen, the size of letters, and what each column gets: numbers and dates what
 * they need, texts at least their longest word and a share of the rest.
 */
#include "output_pdf_parts.h"

#define SIZE_MAX_TABLE  (8500 * PDF_POINT / 1000)
#define SIZE_MIN_TABLE  (6 * PDF_POINT)
#define SIZE_STEP       (250 * PDF_POINT / 1000)
#define SIZE_UPRIGHT    (8 * PDF_POINT) /* at least, or the page lies on its side */
#define STRETCH_UPRIGHT 1000
#define STRETCH_WIDE    900 /* of a table on its side: letters set narrower */
#define TEXT_EASY       15000 /* a column of text that wide, in letters' sizes, reads well */
#define TEXT_WIDE       40000 /* what is wider has no greater share */
#define WORD_MAX        14000 /* longer words may be broken: fingerprints, addresses */
#define FACT_TERM       26 /* hundredths of the page for the terms, the same in all tables */

struct measuring_sink {
    struct row_sink sink;
    struct pdf *pdf;
    struct pdf_plan *plan;
};

static int64_t
smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void
widen(struct pdf_extent *column, struct pdf_extent by)
{
    column->word = by.word > column->word ? by.word : column->word;
    column->line = by.line > column->line ? by.line : column->line;
}

static struct pdf_extent
extent_of(struct pdf *pdf, const struct column *column, const struct cell *cell,
          bool bold)
{
    struct arena before = pdf->own;
    struct text shown = page_cell(&pdf->own, pdf->document, column, cell);
    struct pdf_extent extent = pdf_measure(pdf, bold, pdf_clean(pdf, shown));
    pdf->own = before;
    if (page_is_whole(cell->type)) {
        extent.word = extent.line;
    } else {
        extent.word = smaller(extent.word, WORD_MAX);
    }
    return extent;
}

static void
measure_row(struct row_sink *sink, const struct cell *cells)
{
    struct measuring_sink *measuring = (struct measuring_sink *)sink;
    struct pdf_plan *plan = measuring->plan;
    const struct table *table = plan->table;
    for (size_t i = 0; i < table->column_count && !measuring->pdf->failed; i++) {
        bool bold = cells[i].tone == TONE_STRONG || cells[i].tone == TONE_ALERT;
        widen(&plan->columns[i],
              extent_of(measuring->pdf, &table->columns[i], &cells[i], bold));
    }
    page_sums_add(&plan->sums, table, cells);
}

void
pdf_plan_table(struct pdf *pdf, struct arena scratch, const struct table *table,
               struct pdf_plan *plan)
{
    struct measuring_sink measuring = {{measure_row}, pdf, plan};
    *plan = (struct pdf_plan){.table = table};
    if (table->column_count == 0) {
        return;
    }
    table_produce(table, scratch, &measuring.sink);
    for (size_t i = 0; i < table->column_count && !table->facts; i++) {
        const struct column *column = &table->columns[i];
        struct cell title = cell_string(column->title);
        struct cell total = page_total(&plan->sums, pdf->document, table, i);
        struct pdf_extent heading = extent_of(pdf, column, &title, true);
        heading.line = heading.word; /* headings wrap */
        widen(&plan->columns[i], heading);
        if (page_has_totals(table)) {
            widen(&plan->columns[i], extent_of(pdf, column, &total, true));
        }
    }
}

/* In thousandths of a point: `units` of letters of that size, and the sides of the cell. */
static int64_t
cell_width(int64_t units, int64_t size, int64_t stretch)
{
    return units * size * stretch / 1000000 + 2 * pdf_cell_side(size) + 1;
}

struct wish {
    int64_t least; /* nothing is broken that should not be */
    int64_t easy;  /* texts in a column that reads well */
};

static struct wish
wish_of(const struct pdf_plan *plan, int64_t size, int64_t stretch)
{
    struct wish wish = {0, 0};
    for (size_t i = 0; i < plan->table->column_count; i++) {
        struct pdf_extent column = plan->columns[i];
        int64_t easy = smaller(column.line, TEXT_EASY);
        wish.least += cell_width(column.word, size, stretch);
        wish.easy += cell_width(easy > column.word ? easy : column.word, size, stretch);
    }
    return wish;
}

bool
pdf_plans_are_wide(struct pdf_plan *plans, size_t count, int64_t width)
{
    for (size_t i = 0; i < count; i++) {
        if (!plans[i].table->facts &&
            wish_of(&plans[i], SIZE_UPRIGHT, STRETCH_UPRIGHT).easy > width) {
            return true;
        }
    }
    return false;
}

/* The largest letters at which all tables read well; else the smallest. */
static void
choose_size(struct pdf_plan *plans, size_t count, int64_t width)
{
    int64_t size = SIZE_MAX_TABLE;
    int64_t stretch = STRETCH_UPRIGHT;
    for (size_t i = 0; i < count; i++) {
        if (plans[i].table->facts) {
            continue;
        }
        if (wish_of(&plans[i], size, stretch).easy > width) {
            stretch = STRETCH_WIDE;
        }
        while (size > SIZE_MIN_TABLE && wish_of(&plans[i], size, stretch).easy > width) {
            size -= SIZE_STEP;
        }
    }
    for (size_t i = 0; i < count; i++) {
        plans[i].size = plans[i].table->facts ? PDF_SIZE_NOTE : size;
        plans[i].stretch = plans[i].table->facts ? STRETCH_UPRIGHT : stretch;
    }
}

/* Gives each column its least and a share of the rest by how much more it holds; what is left
 * when every column has all, by what it holds. Where even the least is too much, the widest
 * words break. */
static void
share_out(struct pdf_plan *plan, int64_t width)
{
    size_t count = plan->table->column_count;
    int64_t least = 0;
    int64_t more = 0;
    int64_t words = 0;
    for (size_t i = 0; i < count; i++) {
        struct pdf_extent column = plan->columns[i];
        int64_t line = smaller(column.line, column.word + TEXT_WIDE);
        plan->widths[i] = cell_width(column.word, plan->size, plan->stretch);
        least += plan->widths[i];
        more += line > column.word ? line - column.word : 0;
        words += column.word + 1000;
    }
    int64_t rest = width - least;
    int64_t wanted = more * plan->size / 1000 * plan->stretch / 1000;
    int64_t shared = rest < wanted ? rest : wanted;
    int64_t given = 0;
    for (size_t i = 0; i < count; i++) {
        struct pdf_extent column = plan->columns[i];
        int64_t line = smaller(column.line, column.word + TEXT_WIDE);
        int64_t part = line > column.word ? line - column.word : 0;
        if (rest < 0) {
            plan->widths[i] = plan->widths[i] * width / least;
        } else {
            plan->widths[i] += (more > 0 ? shared * part / more : 0) +
                               (rest - shared) * (column.word + 1000) / words;
        }
        given += plan->widths[i];
    }
    plan->widths[count - 1] += width - given; /* what the divisions left over */
}

static void
share_facts(struct pdf_plan *plan, int64_t width)
{
    plan->widths[0] = width * FACT_TERM / 100;
    plan->widths[1] = width - plan->widths[0];
}

/* Columns of numbers alone may be too many for the least size: then it is smaller still. */
static void
squeeze(struct pdf_plan *plan, int64_t width)
{
    int64_t numbers = 0;
    for (size_t i = 0; i < plan->table->column_count; i++) {
        bool whole = page_is_whole(plan->table->columns[i].type);
        int64_t units = whole ? plan->columns[i].word : 1000;
        numbers += cell_width(units, plan->size, plan->stretch);
    }
    if (numbers > width) {
        plan->size = plan->size * width / numbers;
    }
}

void
pdf_plan_fit(struct pdf_plan *plans, size_t count, int64_t width)
{
    choose_size(plans, count, width);
    for (size_t i = 0; i < count; i++) {
        if (plans[i].table->column_count == 0) {
            continue;
        }
        if (plans[i].table->facts) {
            share_facts(&plans[i], width);
        } else {
            squeeze(&plans[i], width);
            share_out(&plans[i], width);
        }
    }
}
