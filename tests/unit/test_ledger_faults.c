/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the quick tier of tests/faults: kills, errors and small disks, want of memory, power cuts,
 * races, among them so that a batch is recorded and its file is not (G031). What the machine lacks
 * for one of them is said. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#define CANNOT 77

static const struct {
    const char *name, *needs;
} kinds[] = {
    {"kill",     "strace, allowed to trace"            },
    {"errors",   "strace, allowed to trace"            },
    {"disk",     "nothing"                             },
    {"memory",   "build/faults/memory.so"              },
    {"race",     "nothing"                             },
    {"powercut", "strace, allowed to trace, and Python"},
};

START_TEST(holds_under)
{
    char command[200];
    snprintf(command, sizeof command,
             "sh tests/faults/%s.sh build/defray >build/faults/%s.log 2>&1",
             kinds[_i].name, kinds[_i].name);
    int status = system(command);
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == CANNOT) {
        fprintf(stderr, "the faults of '%s' are skipped: they need %s\n", kinds[_i].name,
                kinds[_i].needs);
        return;
    }
    ck_assert_msg(WEXITSTATUS(status) == 0, "see build/faults/%s.log", kinds[_i].name);
}
END_TEST

/* The schema of a bank says whether the transfer of the ledger's month is well formed. */
START_TEST(a_transfer_is_valid)
{
    const char *folder = getenv("DEFRAY_XSD");
    if (folder == NULL || folder[0] == '\0' ||
        system("xmllint --version >/dev/null 2>&1") != 0) {
        fprintf(stderr,
                "DEFRAY_XSD or xmllint is missing: transfers are not checked against the "
                "schema, skipped\n");
        return;
    }
    int status =
        system("sh tests/faults/transfer.sh build/defray >build/transfer.log 2>&1");
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
                  "see build/transfer.log");
}
END_TEST

Suite *test_ledger_faults_suite(void);

Suite *
test_ledger_faults_suite(void)
{
    Suite *suite = suite_create("ledger_faults");
    TCase *cases = tcase_create("ledger_faults");
    tcase_set_timeout(cases, 100000);
    tcase_add_loop_test(cases, holds_under, 0, (int)(sizeof kinds / sizeof kinds[0]));
    tcase_add_test(cases, a_transfer_is_valid);
    suite_add_tcase(suite, cases);
    return suite;
}
