/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of the house, as two checks: the tree keeps them, and tests/lint.sh finds
 * the faults that it plants. */
#include <check.h>
#include <stdlib.h>

/* What lint says goes to stderr, as the compiler's words do. */
START_TEST(test_tree)
{
    ck_assert_msg(system("sh tests/lint.sh") == 0,
                  "tests/lint.sh finds fault, see above");
}
END_TEST

START_TEST(test_planted_faults)
{
    ck_assert_msg(system("sh tests/lint.sh --self-test") == 0,
                  "tests/lint.sh misses a fault");
}
END_TEST

Suite *test_lint_suite(void);

Suite *
test_lint_suite(void)
{
    Suite *suite = suite_create("lint");
    TCase *lint = tcase_create("lint");

    tcase_add_test(lint, test_planted_faults);
    tcase_add_test(lint, test_tree);
    suite_add_tcase(suite, lint);
    return suite;
}
