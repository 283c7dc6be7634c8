/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runner. Runs every suite once, says what failed, and ends with the one
 * closing line of Check. A run without a test is a failure: a filter that matches
 * nothing would otherwise look like success. CK_RUN_SUITE, CK_RUN_CASE and
 * CK_FORK=no do what Check's manual says.
 *
 * What the tests write to stderr (asserts that are meant to fail, sanitizers) is
 * shown when something failed; otherwise only the lines that say what was "skipped".
 */
#include "support/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
kind_text(TestResult *result)
{
    return tr_rtype(result) == CK_ERROR ? "error" : "failure";
}

static void
print_failures(SRunner *runner)
{
    TestResult **results = srunner_failures(runner);
    int count = srunner_ntests_failed(runner);

    for (int i = 0; i < count; i++) {
        TestResult *result = results[i];
        const char *file = tr_lfile(result);

        fprintf(stderr, "%s:%d: %s in %s: %s\n", file ? file : "?", tr_lno(result),
                kind_text(result), tr_tcname(result), tr_msg(result));
    }
    free(results);
}

/* Sends stderr to a nameless file, and gives a descriptor of the true one. */
static int
divert_stderr(FILE *log)
{
    int true_stderr = dup(STDERR_FILENO);

    if (true_stderr >= 0) {
        dup2(fileno(log), STDERR_FILENO);
    }
    return true_stderr;
}

static void
restore_stderr(int true_stderr, FILE *log, int failed)
{
    char line[4096];

    dup2(true_stderr, STDERR_FILENO);
    close(true_stderr);
    rewind(log);
    while (fgets(line, sizeof line, log)) {
        if (failed || strstr(line, "skipped")) {
            fputs(line, stderr);
        }
    }
}

int
main(void)
{
    FILE *log = tmpfile();
    int true_stderr = log ? divert_stderr(log) : -1;
    SRunner *runner;
    int run;
    int failed;

    /* A sanitized program on a busy machine is slow; a test that hangs is not. */
    setenv("CK_DEFAULT_TIMEOUT", "120", 0);

    runner = srunner_create(NULL);
    for (size_t i = 0; test_suites[i]; i++) {
        srunner_add_suite(runner, test_suites[i]());
    }
    srunner_run_all(runner, CK_SILENT);
    run = srunner_ntests_run(runner);
    failed = srunner_ntests_failed(runner);
    if (true_stderr >= 0) {
        restore_stderr(true_stderr, log, failed > 0);
    }
    print_failures(runner);
    if (run == 0) {
        fprintf(stderr, "run: no test ran\n");
    }
    fflush(stderr);
    srunner_print(runner, CK_MINIMAL);
    srunner_free(runner);
    if (log) {
        fclose(log);
    }
    return run > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
