/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tests/oracle/compare.py, which works seeded months out a second time, in another language
 * and from the manual alone. DEFRAY_ORACLE is how many months. Without Python it says so. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

START_TEST(the_same_to_the_cent)
{
    const char *command = "python3 -B tests/oracle/compare.py build/defray rules "
                          "${DEFRAY_ORACLE:-600} >build/oracle.log 2>&1";
    if (system("python3 -c 'import fractions' >/dev/null 2>&1") != 0) {
        fprintf(stderr, "python3 is missing: the second reckoning is skipped\n");
        return;
    }
    int status = system(command);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "see build/oracle.log");
}
END_TEST

Suite *test_oracle_suite(void);

Suite *
test_oracle_suite(void)
{
    Suite *suite = suite_create("oracle");
    TCase *cases = tcase_create("oracle");
    tcase_set_timeout(cases, 100000);
    tcase_add_test(cases, the_same_to_the_cent);
    suite_add_tcase(suite, cases);
    return suite;
}
