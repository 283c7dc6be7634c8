/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes what was counted, in place of the compiler's own runtime. The program shuts itself in and
 * can open no file at its end: so one is opened before main. Processes share a few files, each
 * adding its counts to what it finds. A process that dies by abort or _exit has counted too; so
 * has a fork, which counts from zero.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef PROFILES
#define PROFILES "build/profiles" /* the folder, which must be there */
#endif
#define FILES 4 /* processes at one time seldom wait for one another */

int __llvm_profile_runtime; /* tells the compiler's runtime to leave it to us */
uint64_t __llvm_profile_get_size_for_buffer(void);
int __llvm_profile_write_buffer(char *buffer);
int __llvm_profile_check_compatibility(const char *data, uint64_t size);
int __llvm_profile_merge_from_buffer(const char *data, uint64_t size);
void __llvm_profile_reset_counters(void);
uint64_t __llvm_profile_get_magic(void);
void __real__exit(int status);
void __wrap__exit(int status);
void assert_holds(bool holds, const char *said, const char *file, int line);

static int profile = -1;

static bool
lock(short kind)
{
    struct flock whole = {.l_type = kind, .l_whence = SEEK_SET};
    while (fcntl(profile, F_SETLKW, &whole) != 0) {
        if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

static bool
whole_read(char *buffer, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = pread(profile, buffer + done, size - done, (off_t)done);
        if (got <= 0) {
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

static void
whole_write(const char *buffer, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t put = pwrite(profile, buffer + done, size - done, (off_t)done);
        if (put <= 0) {
            return; /* a test took the room away */
        }
        done += (size_t)put;
    }
}

static void
save(void)
{
    if (profile < 0 || !lock(F_WRLCK)) {
        return;
    }
    struct stat status;
    size_t size = __llvm_profile_get_size_for_buffer();
    char *buffer = malloc(size);
    bool good = buffer && fstat(profile, &status) == 0;
    if (good && (size_t)status.st_size == size) {
        /* What others counted and cannot be read now (a test fails each call) is not written over. */
        good = whole_read(buffer, size) &&
               __llvm_profile_check_compatibility(buffer, size) == 0 &&
               __llvm_profile_merge_from_buffer(buffer, size) == 0;
    }
    if (good && __llvm_profile_write_buffer(buffer) == 0) {
        whole_write(buffer, size);
        __llvm_profile_reset_counters(); /* a second call adds nothing twice */
    }
    free(buffer);
    lock(F_UNLCK);
}

static void
save_and_abort(int number)
{
    save();
    signal(number, SIG_DFL);
}

static void
forked(void)
{
    __llvm_profile_reset_counters();
}

__attribute__((constructor)) static void
begin(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%lx-%d.profraw", PROFILES,
             (unsigned long)__llvm_profile_get_size_for_buffer(),
             (int)(getpid() % FILES));
    int opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (opened >= 0) { /* far from the numbers that tests close and count */
        profile = fcntl(opened, F_DUPFD_CLOEXEC, 900);
        close(opened);
    }
    signal(SIGABRT, save_and_abort);
    pthread_atfork(NULL, NULL, forked);
    atexit(save);
}

void
__wrap__exit(int status)
{
    save();
    __real__exit(status);
}

void
assert_holds(bool holds, const char *said, const char *file, int line)
{
    if (!holds) {
        fprintf(stderr, "%s:%d: assertion '%s' failed\n", file, line, said);
        abort();
    }
}
