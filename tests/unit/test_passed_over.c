/* SPDX-License-Identifier: Apache-2.0 */
/* Who is not found may be in a row that could not be read: contracts of such rows. */
#include "defray/passed_over.h"

#include <check.h>

#define MANY 5000 /* more than are looked through one by one */

static const struct text row[] = {
    STR_INIT(" P12 "),
    STR_INIT(""),
    STR_INIT("Ro\"chefable"),
};

START_TEST(nothing_holds_nobody)
{
    struct passed_over rows = {0};
    ck_assert(!passed_over_any(&rows));
    ck_assert(!passed_over_may_hold(&rows, STR("P12")));
    ck_assert(!passed_over_may_hold(&rows, STR("")));
}
END_TEST

START_TEST(a_cell_holds_its_text_and_no_other)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct passed_over rows = {0};
    passed_over_row(&keep, &rows, row, ARRAY_COUNT(row));
    ck_assert_uint_eq(rows.count, 2);
    ck_assert(passed_over_any(&rows));
    ck_assert(passed_over_may_hold(&rows, STR("P12")));
    ck_assert(!passed_over_may_hold(&rows, STR("P1")));
    ck_assert(!passed_over_may_hold(&rows, STR("P123")));
    ck_assert(!passed_over_may_hold(&rows, STR("")));
    arena_release(keep);
}
END_TEST

START_TEST(what_could_not_be_read_may_hold_anybody)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct passed_over rows = {0};
    struct passed_over others = {0};
    passed_over_row(&keep, &others, row, 1);
    passed_over_all(&keep, &rows, &others);
    ck_assert(passed_over_may_hold(&rows, STR("P12")));
    ck_assert(!passed_over_may_hold(&rows, STR("P9")));
    others.unread = true;
    passed_over_all(&keep, &rows, &others);
    ck_assert(passed_over_may_hold(&rows, STR("P9")));
    arena_release(keep);
}
END_TEST

START_TEST(there_is_an_end_to_looking)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct passed_over rows = {0};
    for (size_t i = 0; i < MANY; i++) {
        passed_over_row(&keep, &rows, row, 1);
    }
    ck_assert_uint_lt(rows.count, MANY);
    ck_assert(passed_over_may_hold(&rows, STR("P9")));
    arena_release(keep);
}
END_TEST

Suite *test_passed_over_suite(void);

Suite *
test_passed_over_suite(void)
{
    Suite *suite = suite_create("passed_over");
    TCase *tests = tcase_create("passed_over");
    tcase_add_test(tests, nothing_holds_nobody);
    tcase_add_test(tests, a_cell_holds_its_text_and_no_other);
    tcase_add_test(tests, what_could_not_be_read_may_hold_anybody);
    tcase_add_test(tests, there_is_an_end_to_looking);
    suite_add_tcase(suite, tests);
    return suite;
}
