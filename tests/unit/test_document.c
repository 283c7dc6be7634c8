/* SPDX-License-Identifier: Apache-2.0 */
/* Cells, and the choice of a format. */
#include "defray/document_rows.h"
#include "defray/output.h"

#include "support/registry.h"
#include "support/sample.h"

#include <check.h>

Suite *test_document_suite(void);

START_TEST(cells_hold_what_they_are_given)
{
    struct date date = {20000};
    ck_assert_int_eq(cell_empty().type, CELL_EMPTY);
    ck_assert_int_eq(cell_string("a").type, CELL_TEXT);
    ck_assert_uint_eq(cell_string(NULL).text.size, 0);
    ck_assert_int_eq(cell_money((struct money){5}).money.cents, 5);
    ck_assert_int_eq(cell_integer(-7).integer, -7);
    ck_assert_int_eq(cell_quantity(ratio_of(6, 4)).ratio.num, 3);
    ck_assert_int_eq(cell_date(date).date.day, 20000);
    ck_assert_int_eq(cell_duration(500).integer, 500);
    ck_assert_int_eq(cell_toned(cell_integer(1), TONE_ALERT).tone, TONE_ALERT);
}
END_TEST

START_TEST(what_is_not_known_is_an_empty_cell)
{
    ck_assert_int_eq(cell_date(DATE_NONE).type, CELL_EMPTY);
    ck_assert_int_eq(cell_date(DATE_OPEN_PAST).type, CELL_EMPTY);
    ck_assert_int_eq(cell_date(DATE_OPEN_FUTURE).type, CELL_EMPTY);
    ck_assert_int_eq(cell_duration(DURATION_NONE).type, CELL_EMPTY);
}
END_TEST

START_TEST(rows_are_counted)
{
    struct arena keep = arena_reserve(1 << 20);
    ck_assert_uint_eq(table_rows(&sample_new(&keep, 0)->tables[0], keep), 0);
    ck_assert_uint_eq(table_rows(&sample_new(&keep, 12)->tables[0], keep), 12);
    arena_release(keep);
}
END_TEST

START_TEST(the_extension_picks_the_format)
{
    struct arena keep = arena_reserve(1 << 20);
    ck_assert_str_eq(output_find(STR("a.xlsx"))->extension, ".xlsx");
    ck_assert_str_eq(output_find(STR("dir.csv/A.XLSX"))->extension, ".xlsx");
    ck_assert_str_eq(output_find(STR("a.csv"))->extension, ".csv");
    ck_assert_str_eq(output_find(STR("a.json"))->extension, ".json");
    ck_assert_ptr_null(output_find(STR("a.xls")));
    ck_assert_ptr_null(output_find(STR("xlsx")));
    ck_assert_ptr_null(output_find(STR(".csv")));
    ck_assert_ptr_null(output_find(STR("")));
    ck_assert_str_eq(output_extensions(&keep), ".xlsx, .csv, .json, .html, .pdf, .xml");
    arena_release(keep);
}
END_TEST

Suite *
test_document_suite(void)
{
    Suite *suite = suite_create("document");
    TCase *tcase = tcase_create("document");
    tcase_add_test(tcase, cells_hold_what_they_are_given);
    tcase_add_test(tcase, what_is_not_known_is_an_empty_cell);
    tcase_add_test(tcase, rows_are_counted);
    tcase_add_test(tcase, the_extension_picks_the_format);
    suite_add_tcase(suite, tcase);
    return suite;
}
