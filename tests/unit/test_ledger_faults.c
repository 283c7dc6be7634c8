/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tests/faults/ledger.sh, which kills and fails the commands at their system calls, among
 * them so that a batch is recorded and its file is not (G031). Without strace it says so. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#define NO_STRACE 77

START_TEST(killed_at_every_call)
{
    const char *all =
        getenv("DEFRAY_FAULTS") != NULL
            ? "sh tests/faults/ledger.sh build/defray all >build/faults.log 2>&1"
            : "sh tests/faults/ledger.sh build/defray >build/faults.log 2>&1";
    int status = system(all);
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == NO_STRACE) {
        fprintf(
            stderr,
            "strace is missing or may not trace: the faults of the ledger are skipped\n");
        return;
    }
    ck_assert_msg(WEXITSTATUS(status) == 0, "see build/faults.log");
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
                "schema\n");
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
    tcase_add_test(cases, killed_at_every_call);
    tcase_add_test(cases, a_transfer_is_valid);
    suite_add_tcase(suite, cases);
    return suite;
}
