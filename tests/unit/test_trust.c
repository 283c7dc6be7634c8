/* SPDX-License-Identifier: Apache-2.0 */
/* What is true of the program as it is built: every sum of a small domain, its hardening and its bill
 * of materials, and that every defect ever found has something that keeps it away. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#define CANNOT 77

static const struct {
    const char *command, *needs;
} checks[] = {
    {"build/exhaustive 20000 16",                               "nothing"         },
    {"sh tests/trust.sh build/defray build/libraries.so",       "readelf and dpkg"},
    {"sh tests/libraries.sh build/defray build/libraries.so",   "readelf"         },
    {"sh tests/defects.sh",                                     "nothing"         },
    {"build/san/loses 0 >build/trust.log && for lost in 1 64; do build/san/loses $lost 2>&1 |"
     " grep -q \" $lost byte.s. leaked\" || exit 1; done", "nothing"         },
};

START_TEST(goals_are_met)
{
    char command[200];
    snprintf(command, sizeof command, "%s >build/trust.log 2>&1", checks[_i].command);
    int status = system(command);
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == CANNOT) {
        fprintf(stderr, "'%s' is skipped: it needs %s\n", checks[_i].command,
                checks[_i].needs);
        return;
    }
    ck_assert_msg(WEXITSTATUS(status) == 0, "%s: see build/trust.log",
                  checks[_i].command);
}
END_TEST

Suite *test_trust_suite(void);

Suite *
test_trust_suite(void)
{
    Suite *suite = suite_create("trust");
    TCase *tests = tcase_create("trust");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, goals_are_met, 0, (int)(sizeof checks / sizeof checks[0]));
    suite_add_tcase(suite, tests);
    return suite;
}
