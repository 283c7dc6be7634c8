/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A workbook that lacks a chart, or what a series is drawn from, is never handed out. The library
 * leaves either out without a word when it has no memory; here it leaves out what it is told to.
 */
#define _GNU_SOURCE 1

#include "support/registry.h"
#include "support/written.h"

#include <xlsxwriter.h>

#include <check.h>
#include <dlfcn.h>
#include <string.h>

Suite *test_xlsx_charts_suite(void);

static struct arena keep;
static struct arena start;

static enum left_out { LEFT_NOTHING, LEFT_CHART, LEFT_VALUES, LEFT_CATEGORIES } left_out;

/* The library's own, behind those of the same names below. */
static void
real(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);
    ck_assert_ptr_nonnull(found);
    memcpy(function, &found, sizeof found);
}

lxw_error
worksheet_insert_chart_opt(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                           lxw_chart *chart, lxw_chart_options *options)
{
    lxw_error (*insert)(lxw_worksheet *, lxw_row_t, lxw_col_t, lxw_chart *,
                        lxw_chart_options *) = NULL;
    real("worksheet_insert_chart_opt", &insert);
    return left_out == LEFT_CHART ? LXW_NO_ERROR
                                  : insert(sheet, row, column, chart, options);
}

typedef void set_range(lxw_chart_series *, const char *, lxw_row_t, lxw_col_t, lxw_row_t,
                       lxw_col_t);

void
chart_series_set_values(lxw_chart_series *series, const char *sheet, lxw_row_t first_row,
                        lxw_col_t first, lxw_row_t last_row, lxw_col_t last)
{
    set_range *set = NULL;
    real("chart_series_set_values", &set);
    if (left_out != LEFT_VALUES) {
        set(series, sheet, first_row, first, last_row, last);
    }
}

void
chart_series_set_categories(lxw_chart_series *series, const char *sheet,
                            lxw_row_t first_row, lxw_col_t first, lxw_row_t last_row,
                            lxw_col_t last)
{
    set_range *set = NULL;
    real("chart_series_set_categories", &set);
    if (left_out != LEFT_CATEGORIES) {
        set(series, sheet, first_row, first, last_row, last);
    }
}

static void
produce(const void *context, struct arena scratch, struct row_sink *sink)
{
    (void)context;
    (void)scratch;
    for (int64_t cents = 100; cents <= 300; cents += 100) {
        struct cell cells[] = {cell_string("Variant"), cell_money((struct money){cents}),
                               cell_money((struct money){cents + 50})};
        sink->row(sink, cells);
    }
}

/* One chart, of two series over the same names. */
static struct written
write_chart(enum chart_kind kind)
{
    static const struct column columns[] = {
        {"name",  "Variant",  CELL_TEXT,  20, false, 0, 0},
        {"first", "Stipends", CELL_MONEY, 12, false, 0, 0},
        {"other", "Fixed",    CELL_MONEY, 12, false, 0, 0},
    };
    const struct chart chart = {
        .kind = kind, .title = "Cost", .category = 0, .columns = 1U << 1 | 1U << 2};
    const struct table table = {.key = "rows",
                                .sheet = "Rows",
                                .title = "Rows",
                                .columns = columns,
                                .column_count = ARRAY_COUNT(columns),
                                .produce = produce,
                                .audience = FOR_SHEET,
                                .chart = &chart};
    const struct document document = {.schema = "rows/1",
                                      .title = "Budget",
                                      .footer = "Foot",
                                      .language = LANGUAGE_EN,
                                      .tables = &table,
                                      .table_count = 1};
    return document_written(&keep, "/tmp", "a.xlsx", &document, 0);
}

static void
set_up(void)
{
    start = arena_reserve((size_t)256 << 20);
    keep = start;
}

static void
tear_down(void)
{
    left_out = LEFT_NOTHING;
    arena_release(start);
}

static const enum chart_kind kinds[] = {CHART_STACKED, CHART_LINES};

START_TEST(a_whole_workbook_is_handed_out)
{
    struct written written = write_chart(kinds[_i]);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
}
END_TEST

static const struct lacking {
    enum left_out what;
    const char *code; /* F005: the library notices by itself */
} lacking[] = {
    {LEFT_CHART,      "F006"},
    {LEFT_CATEGORIES, "F006"},
    {LEFT_VALUES,     "F005"}
};

START_TEST(one_that_lacks_something_is_not)
{
    left_out = lacking[_i % 3].what;
    struct written written = write_chart(kinds[_i / 3]);
    ck_assert(!written.done);
    ck_assert_str_eq(first_code(written.diag), lacking[_i % 3].code);
}
END_TEST

Suite *
test_xlsx_charts_suite(void)
{
    Suite *suite = suite_create("xlsx_charts");
    TCase *tcase = tcase_create("xlsx_charts");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, a_whole_workbook_is_handed_out, 0, 2);
    tcase_add_loop_test(tcase, one_that_lacks_something_is_not, 0, 6);
    suite_add_tcase(suite, tcase);
    return suite;
}
