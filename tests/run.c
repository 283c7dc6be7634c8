/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runner. Runs every suite once, a suite on each processor at a time, says what failed, and
 * ends with the one closing line of Check. A run without a test is a failure: a filter that
 * matches nothing would otherwise look like success. So is a suite that did not come to its
 * end. CK_RUN_SUITE, CK_RUN_CASE and CK_FORK=no do what Check's manual says; CHECK_JOBS is how
 * many suites run at once.
 *
 * What the tests write to stderr (asserts that are meant to fail, sanitizers) is shown when
 * something of their suite failed; otherwise only the lines that say what was "skipped".
 */
#define _DEFAULT_SOURCE 1

#include "defray/parallel.h"

#include "support/registry.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define JOBS_MAX 16

/* Shared by all processes. */
struct queue {
    atomic_size_t next; /* suite to be run */
    struct outcome {
        bool done;
        int run, failures, errors;
    } outcomes[];
};

static void
count(struct outcome *outcome, SRunner *runner)
{
    TestResult **results = srunner_failures(runner);
    int failed = srunner_ntests_failed(runner);

    for (int i = 0; i < failed; i++) {
        TestResult *result = results[i];
        bool error = tr_rtype(result) == CK_ERROR;
        const char *file = tr_lfile(result);

        fprintf(stderr, "%s:%d: %s in %s: %s\n", file ? file : "?", tr_lno(result),
                error ? "error" : "failure", tr_tcname(result), tr_msg(result));
        outcome->errors += error;
        outcome->failures += !error;
    }
    outcome->run = srunner_ntests_run(runner);
    outcome->done = true;
    free(results);
}

/* Sends stderr to a nameless file, and gives a descriptor of the true one. */
static int
divert_stderr(FILE *log)
{
    int true_stderr = log ? dup(STDERR_FILENO) : -1;

    if (true_stderr >= 0) {
        dup2(fileno(log), STDERR_FILENO);
    }
    return true_stderr;
}

static void
restore_stderr(int true_stderr, FILE *log, bool failed)
{
    char line[4096];

    fflush(stderr);
    dup2(true_stderr, STDERR_FILENO);
    close(true_stderr);
    rewind(log);
    while (fgets(line, sizeof line, log)) {
        if (failed || strstr(line, "skipped")) {
            fputs(line, stderr);
        }
    }
    fflush(stderr);
}

static void
run_suite(Suite *suite, struct outcome *outcome)
{
    FILE *log = tmpfile();
    int true_stderr = divert_stderr(log);
    SRunner *runner = srunner_create(suite);

    srunner_run_all(runner, CK_SILENT);
    count(outcome, runner);
    srunner_free(runner);
    if (true_stderr >= 0) {
        restore_stderr(true_stderr, log, outcome->failures + outcome->errors > 0);
    }
    if (log) {
        fclose(log);
    }
}

static void
run_suites(struct queue *queue, size_t count)
{
    for (size_t i; (i = atomic_fetch_add(&queue->next, 1)) < count;) {
        run_suite(test_suites[i](), &queue->outcomes[i]);
    }
}

/* One process a job, so that no suite sees what another has opened. */
static void
run_beside(struct queue *queue, size_t count, size_t jobs)
{
    pid_t workers[JOBS_MAX];

    for (size_t i = 0; i < jobs; i++) {
        workers[i] = fork();
        if (workers[i] == 0) {
            run_suites(queue, count);
            fflush(NULL);
            _exit(EXIT_SUCCESS);
        }
    }
    for (size_t i = 0; i < jobs; i++) {
        if (workers[i] > 0) {
            waitpid(workers[i], NULL, 0);
        }
    }
}

static size_t
jobs_wanted(void)
{
    const char *fork = getenv("CK_FORK");
    const char *asked = getenv("CHECK_JOBS");
    size_t jobs = asked ? strtoul(asked, NULL, 10) : parallel_processors();

    if ((fork && strcmp(fork, "no") == 0) || jobs < 1) {
        jobs = 1; /* a debugger follows one process */
    }
    return jobs < JOBS_MAX ? jobs : JOBS_MAX;
}

/* Check's closing line, of all suites together. */
static int
conclude(const struct queue *queue, size_t count)
{
    struct outcome all = {.done = true};

    for (size_t i = 0; i < count; i++) {
        const struct outcome *outcome = &queue->outcomes[i];

        if (!outcome->done) {
            fprintf(stderr, "run: suite %zu of %zu did not come to its end\n", i + 1,
                    count);
            all.errors++;
        }
        all.run += outcome->run;
        all.failures += outcome->failures;
        all.errors += outcome->errors;
    }
    if (all.run == 0) {
        fprintf(stderr, "run: no test ran\n");
    }
    int passed = all.run - all.failures - all.errors;
    printf("%d%%: Checks: %d, Failures: %d, Errors: %d\n",
           all.run == 0 ? 100 : (int)(passed * 100.0 / all.run), all.run, all.failures,
           all.errors);
    return all.run > 0 && passed == all.run ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main(void)
{
    size_t suites = 0;
    size_t jobs = jobs_wanted();

    /* A sanitized program on a busy machine is slow; a test that hangs is not. */
    setenv("CK_DEFAULT_TIMEOUT", "300", 0);

    while (test_suites[suites]) {
        suites++;
    }
    size_t bytes = sizeof(struct queue) + suites * sizeof(struct outcome);
    struct queue *queue =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (queue == MAP_FAILED) {
        perror("run");
        return EXIT_FAILURE;
    }
    if (jobs == 1) {
        run_suites(queue, suites);
    } else {
        run_beside(queue, suites, jobs);
    }
    return conclude(queue, suites);
}
