/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the quick tier of tests/faults: kills, errors, limits and small disks, want of memory, short
 * reads and writes, two faults at once, turned bits, privacy, power cuts, races, among them so that
 * a batch is recorded and its file is not (G031, its sheets G032). What the machine lacks for one of
 * them is said. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define CANNOT     77
#define NO_PROGRAM 127 /* of the shell: there is no Python */

static const struct {
    const char *name, *needs;
} kinds[] = {
    {"python3 -B tests/faults/kill.py",
     "strace, allowed to trace, an x86-64 processor and Python"                  },
    {"python3 -B tests/faults/errors.py",
     "strace, allowed to trace, an x86-64 processor and Python"                  },
    {"python3 -B tests/faults/limits.py",  "Python"                              },
    {"python3 -B tests/faults/memory.py",  "build/faults/memory.so, and Python"  },
    {"python3 -B tests/faults/short.py",
     "leave to trace, an x86-64 processor and Python"                            },
    {"python3 -B tests/faults/twice.py",
     "strace, allowed to trace, an x86-64 processor and Python"                  },
    {"python3 -B tests/faults/rot.py",     "Python"                              },
    {"python3 -B tests/faults/privacy.py",
     "strace, allowed to trace, Python and poppler-utils"                        },
    {"sh tests/faults/syncs.sh",           "strace, allowed to trace"            },
    {"python3 -B tests/faults/race.py",    "Python"                              },
    {"sh tests/faults/powercut.sh",        "strace, allowed to trace, and Python"},
};

START_TEST(holds_under)
{
    char command[300];
    snprintf(command, sizeof command,
             "JOBS=${JOBS:-2} %s build/defray >build/faults/%d.log 2>&1; status=$?; "
             "mv build/faults/%d.log build/faults/%s.log; exit $status",
             kinds[_i].name, _i, _i, strrchr(kinds[_i].name, '/') + 1);
    int status = system(command);
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == CANNOT || WEXITSTATUS(status) == NO_PROGRAM) {
        fprintf(stderr, "the faults of '%s' are skipped: they need %s\n", kinds[_i].name,
                kinds[_i].needs);
        return;
    }
    ck_assert_msg(WEXITSTATUS(status) == 0, "see build/faults/%s.log",
                  strrchr(kinds[_i].name, '/') + 1);
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
