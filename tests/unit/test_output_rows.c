/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are made in parts, beside one another, come out as if one had followed the other, in
 * every format; and a text that no format can hold is told once, wherever it stands. */
#include "support/keep.h"
#include "support/registry.h"
#include "support/sample.h"
#include "support/written.h"

#include <check.h>
#include <string.h>

Suite *test_output_rows_suite(void);

#define ROWS      301
#define SHEET_MAX 18 /* rows of a sheet, where tables go on over several */

static const char *
csv_or_json(const struct sample *sample, const char *name)
{
    struct written written = document_written(&keep, "/tmp", name, &sample->document, 0);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    return text_string(&keep, written.bytes);
}

static const char *
sheets(const struct sample *sample, uint32_t rows_max)
{
    struct written written =
        document_written(&keep, "/tmp", "a.xlsx", &sample->document, rows_max);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    const char *dump = book_dump(&keep, written.bytes, diag);
    ck_assert_msg(dump != NULL, "%s", first_code(diag));
    return dump;
}

/* Of parts that are full, or not, smaller and larger than a sheet, few and many. */
static const size_t part_rows[] = {1, 2, 3, 7, 10, 11, 25, 43, 100, ROWS, ROWS + 1};

START_TEST(parts_come_out_in_order)
{
    struct sample *whole = sample_new(&keep, ROWS);
    struct sample *divided = sample_new(&keep, ROWS);
    whole->odd = divided->odd = ROWS / 2;
    whole->odd_name = divided->odd_name = STR("a;\"b\"\n<&>");
    sample_divide(divided, part_rows[_i], _i % 2 == 1);
    ck_assert_str_eq(csv_or_json(divided, "a.csv"), csv_or_json(whole, "a.csv"));
    ck_assert_str_eq(csv_or_json(divided, "a.json"), csv_or_json(whole, "a.json"));
    ck_assert_str_eq(csv_or_json(divided, "a.html"), csv_or_json(whole, "a.html"));
    ck_assert_str_eq(sheets(divided, 0), sheets(whole, 0));
    whole->document.table_count = divided->document.table_count = 1;
    const char *over_several = sheets(divided, SHEET_MAX);
    ck_assert_ptr_nonnull(strstr(over_several, "[Detail (31)]"));
    ck_assert_str_eq(over_several, sheets(whole, SHEET_MAX));
}
END_TEST

static const size_t few[] = {0, 1, 9, 10, 11, 20, 21};

START_TEST(a_sheet_that_is_just_full_needs_no_other)
{
    for (size_t i = 0; i < ARRAY_COUNT(few); i++) {
        struct sample *whole = sample_new(&keep, few[i]);
        struct sample *divided = sample_new(&keep, few[i]);
        sample_divide(divided, part_rows[_i], i % 2 == 1);
        whole->document.table_count = divided->document.table_count = 1;
        ck_assert_str_eq(csv_or_json(divided, "a.csv"), csv_or_json(whole, "a.csv"));
        ck_assert_str_eq(csv_or_json(divided, "a.json"), csv_or_json(whole, "a.json"));
        ck_assert_str_eq(sheets(divided, SHEET_MAX), sheets(whole, SHEET_MAX));
    }
}
END_TEST

static const char *const formats[] = {"a.csv", "a.json", "a.html", "a.xlsx"};

START_TEST(trap_invalid_name_utf8_in_a_part)
{
    for (size_t odd = 1; odd <= ROWS; odd += 75) {
        struct sample *sample = sample_new(&keep, ROWS);
        sample->odd = odd;
        sample->odd_name = STR("\xC9lodie");
        sample_divide(sample, 20, false);
        struct written written =
            document_written(&keep, "/tmp", formats[_i], &sample->document, 0);
        size_t count = 0;
        ck_assert(!written.done);
        (void)diag_sorted(written.diag, &count);
        ck_assert_uint_eq(count, 1);
        ck_assert_str_eq(first_code(written.diag), "W009");
    }
}
END_TEST

Suite *
test_output_rows_suite(void)
{
    Suite *suite = suite_create("output_rows");
    TCase *tcase = tcase_create("output_rows");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, parts_come_out_in_order, 0, (int)ARRAY_COUNT(part_rows));
    tcase_add_loop_test(tcase, a_sheet_that_is_just_full_needs_no_other, 0,
                        (int)ARRAY_COUNT(part_rows));
    tcase_add_loop_test(tcase, trap_invalid_name_utf8_in_a_part, 0,
                        (int)ARRAY_COUNT(formats));
    suite_add_tcase(suite, tcase);
    return suite;
}
