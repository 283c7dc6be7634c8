/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: measure RUNS PROGRAM [ARGUMENT...]
 * Runs a program several times with its output thrown away, and prints the median
 * processor time (user and system) in milliseconds, the median elapsed time in
 * milliseconds, and the greatest memory in KiB. Status 0 and 1 count as done.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS_MAX 99

struct run {
    long processor_us;
    long elapsed_us;
    long memory_kib;
};

static long
now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000000 + (long)now.tv_nsec / 1000;
}

static long
time_us(struct timeval time)
{
    return (long)time.tv_sec * 1000000 + (long)time.tv_usec;
}

static void
become(char **command)
{
    int null = open("/dev/null", O_RDWR);

    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
    }
    execvp(command[0], command);
    _exit(127);
}

/* False if the program could not run or failed. */
static int
measure(char **command, struct run *run)
{
    long start = now_us();
    pid_t child = fork();
    struct rusage usage;
    int status;

    if (child == 0) {
        become(command);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        fprintf(stderr, "measure: %s\n", strerror(errno));
        return 0;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fprintf(stderr, "measure: %s ended with status %d\n", command[0],
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
        return 0;
    }
    run->elapsed_us = now_us() - start;
    run->processor_us = time_us(usage.ru_utime) + time_us(usage.ru_stime);
    run->memory_kib = usage.ru_maxrss;
    return 1;
}

static int
compare_longs(const void *a, const void *b)
{
    const long *left = a;
    const long *right = b;

    return (*left > *right) - (*left < *right);
}

static long
median(long *values, int count)
{
    qsort(values, (size_t)count, sizeof values[0], compare_longs);
    return values[count / 2];
}

int
main(int argc, char **argv)
{
    long processor[RUNS_MAX];
    long elapsed[RUNS_MAX];
    long memory = 0;
    long processor_us;
    long elapsed_us;
    int runs = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;

    if (runs < 1 || runs > RUNS_MAX) {
        fprintf(stderr, "usage: measure RUNS PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    for (int i = 0; i < runs; i++) {
        struct run run;

        if (!measure(argv + 2, &run)) {
            return 1;
        }
        processor[i] = run.processor_us;
        elapsed[i] = run.elapsed_us;
        memory = run.memory_kib > memory ? run.memory_kib : memory;
    }
    processor_us = median(processor, runs);
    elapsed_us = median(elapsed, runs);
    printf("%ld.%ld %ld.%ld %ld\n", processor_us / 1000, processor_us / 100 % 10,
           elapsed_us / 1000, elapsed_us / 100 % 10, memory);
    return 0;
}
