/* SPDX-License-Identifier: Apache-2.0 */
/* Every folder of tests/cases is one check. tests/support/case.sh says what a folder
 * holds. The bad cases show that a case can fail. */
#include "support/case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define CASES     "tests/cases"
#define BAD_CASES "tests/support/bad-cases"

static void
run_cases(void)
{
    case_run_all(CASES);
}

static void
run_bad_cases(void)
{
    case_run_all(BAD_CASES);
}

START_TEST(test_case)
{
    char name[CASE_NAME_MAX];
    char report[CASE_REPORT_MAX];

    ck_assert_msg(case_name(CASES, _i, name), "case %d is gone", _i);
    if (!case_outcome(name, report)) {
        ck_abort_msg("tests/cases/%s (whole report: build/cases/%s.report)\n%s", name,
                     name, report);
    }
}
END_TEST

/* What each bad case must make the harness say. */
static const struct {
    const char *name;
    const char *said;
} bad_cases[] = {
    {"failing-step",  "status 1, expected 0"        },
    {"missing-file",  "out.csv was not written"     },
    {"staged-file",   "staged files were left"      },
    {"unwanted-file", "out.csv exists, and must not"},
    {"wrong-exit",    "status 1, expected 0"        },
    {"wrong-file",    "out.csv differs"             },
    {"wrong-stderr",  "\\ No newline at end of file"},
    {"wrong-stdout",  "-154.98\n+154.99"            },
};

#define BAD_CASE_COUNT ((int)(sizeof bad_cases / sizeof bad_cases[0]))

START_TEST(test_bad_case)
{
    char report[CASE_REPORT_MAX];

    ck_assert_msg(!case_outcome(bad_cases[_i].name, report), "%s passed",
                  bad_cases[_i].name);
    ck_assert_msg(strstr(report, bad_cases[_i].said) != NULL,
                  "%s: expected to read '%s' in\n%s", bad_cases[_i].name,
                  bad_cases[_i].said, report);
}
END_TEST

START_TEST(test_good_case)
{
    char report[CASE_REPORT_MAX];

    ck_assert_msg(case_outcome("good", report), "%s", report);
    ck_assert_int_eq(case_count(BAD_CASES), BAD_CASE_COUNT + 1);
}
END_TEST

START_TEST(test_no_report)
{
    char report[CASE_REPORT_MAX];

    ck_assert(!case_outcome("no-such-case", report));
}
END_TEST

Suite *test_cases_suite(void);

Suite *
test_cases_suite(void)
{
    Suite *suite = suite_create("cases");
    TCase *bad = tcase_create("bad cases");
    TCase *cases = tcase_create("cases");

    tcase_add_unchecked_fixture(bad, run_bad_cases, NULL);
    tcase_add_loop_test(bad, test_bad_case, 0, BAD_CASE_COUNT);
    tcase_add_test(bad, test_good_case);
    tcase_add_test(bad, test_no_report);
    suite_add_tcase(suite, bad);

    tcase_add_unchecked_fixture(cases, run_cases, NULL);
    tcase_add_loop_test(cases, test_case, 0, case_count(CASES));
    suite_add_tcase(suite, cases);
    return suite;
}
