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

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#define JOBS_MAX 16

/* Shared by all processes. */
struct queue {
    atomic_size_t next; /* suite to be run */
    struct outcome {
        bool done;
        int run, failures, errors;
    } outcomes[];
};

#ifdef __SANITIZE_ADDRESS__
/* An operation that is not defined traps: the sanitizer tells where, and the test fails. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
    return "handle_sigill=1";
}

/* The stream in which the process of a test tells Check how far it is. It is never freed. */
#define OF_CHECK ((size_t)4096)

/* Not every compiler brings the header that declares it. */
size_t __sanitizer_get_current_allocated_bytes(void);

static pid_t suite_process;
static size_t held_before; /* when the process began */

static void
remember_what_is_held(void)
{
    held_before = __sanitizer_get_current_allocated_bytes();
}

/* A test that holds what it held, to the byte, and that stream has lost nothing: the heap need
 * not be searched. Any other process is, whatever became of it. */
static bool
has_freed_all(void)
{
    return getppid() == suite_process &&
           __sanitizer_get_current_allocated_bytes() == held_before + OF_CHECK;
}

static void
leave(int status, void *unused)
{
    (void)unused;
    if (!has_freed_all()) {
        __lsan_do_leak_check(); /* ends the process if memory was lost */
    }
    fflush(NULL);
    _exit(status);
}

/* Every test ends a process of its own. What is only of use in a process that goes on is not
 * done there: to take every object that is watched off the list. */
static void
end_at_once(void)
{
    pthread_atfork(NULL, NULL, remember_what_is_held);
    on_exit(leave, NULL);
}

static void
begin_suite(void)
{
    suite_process = getpid();
}
#else
static void
end_at_once(void)
{
}

static void
begin_suite(void)
{
}
#endif

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

    begin_suite();
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
run_suites_here(struct queue *queue, size_t count)
{
    for (size_t i; (i = atomic_fetch_add(&queue->next, 1)) < count;) {
        run_suite(test_suites[i](), &queue->outcomes[i]);
    }
}

/* A process a suite, so that none sees what another has opened, nor carries the memory that
 * another has used through every fork of a test. */
static void
run_suites_apart(struct queue *queue, size_t count)
{
    for (size_t i; (i = atomic_fetch_add(&queue->next, 1)) < count;) {
        pid_t suite = fork();

        if (suite == 0) {
            run_suite(test_suites[i](), &queue->outcomes[i]);
            fflush(NULL);
            _exit(EXIT_SUCCESS);
        }
        if (suite > 0) {
            waitpid(suite, NULL, 0);
        }
    }
}

static void
run_beside(struct queue *queue, size_t count, size_t jobs)
{
    pid_t workers[JOBS_MAX];

    for (size_t i = 0; i < jobs; i++) {
        workers[i] = fork();
        if (workers[i] == 0) {
            run_suites_apart(queue, count);
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

/* A debugger follows one process. */
static bool
may_fork(void)
{
    const char *fork = getenv("CK_FORK");

    return !fork || strcmp(fork, "no") != 0;
}

static size_t
jobs_wanted(void)
{
    const char *asked = getenv("CHECK_JOBS");
    size_t jobs = asked ? strtoul(asked, NULL, 10) : parallel_processors();

    return jobs < 1 ? 1 : jobs < JOBS_MAX ? jobs : JOBS_MAX;
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

    end_at_once();
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
    if (may_fork()) {
        run_beside(queue, suites, jobs_wanted());
    } else {
        run_suites_here(queue, suites);
    }
    return conclude(queue, suites);
}
