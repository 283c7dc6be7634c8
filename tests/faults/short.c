/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: short one|half|SEED COMMAND [WORD…]
 * Runs the command, each of whose reads and writes gets less than it asks for, as from a slow disk, a
 * network or a signal: one byte and then the rest, half, or as much as a draw says. What the loader
 * reads comes whole: it takes a short file for a broken one. The count of a call is changed while the
 * call is made, and given back behind it: libc's own calls are met like all others. Status 77 where
 * it is not known how.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANNOT 77

#if defined(__x86_64__)
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/user.h>

#define THREADS_MAX 64
#define OPTIONS                                                         \
    (PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | \
     PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL)

static struct thread {
    pid_t id; /* 0: nobody any more */
    bool inside;
    bool cut;
    unsigned long long asked;
} threads[THREADS_MAX];

static const char *mode;
static uint64_t state; /* of the draw */
static bool begun;     /* the loader has done */
static unsigned long calls;

static struct thread *
thread_of(pid_t id)
{
    struct thread *empty = NULL;
    for (size_t i = 0; i < THREADS_MAX; i++) {
        if (threads[i].id == id) {
            return &threads[i];
        }
        empty = empty == NULL && threads[i].id == 0 ? &threads[i] : empty;
    }
    if (empty == NULL) {
        _exit(99);
    }
    *empty = (struct thread){.id = id};
    return empty;
}

static unsigned long long
less_than(unsigned long long asked)
{
    calls++;
    if (strcmp(mode, "one") == 0) {
        return calls % 2 == 1 ? 1 : asked;
    }
    if (strcmp(mode, "half") == 0) {
        return (asked + 1) / 2;
    }
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return 1 + (state >> 33) % asked;
}

/* Whether what is read is a library, which the loader reads. */
static bool
is_library(pid_t id, unsigned long long file)
{
    char path[64];
    char name[4096];
    snprintf(path, sizeof path, "/proc/%d/fd/%llu", (int)id, file);
    ssize_t size = readlink(path, name, sizeof name - 1);
    name[size < 0 ? 0 : size] = '\0';
    return strstr(name, ".so") != NULL;
}

static bool
is_cut(pid_t id, const struct user_regs_struct *call)
{
    begun = begun || (call->orig_rax == SYS_prlimit64 && call->rsi == RLIMIT_CORE);
    bool reads = call->orig_rax == SYS_read || call->orig_rax == SYS_pread64;
    bool writes = call->orig_rax == SYS_write || call->orig_rax == SYS_pwrite64;
    return begun && call->rdx > 1 && (writes || (reads && !is_library(id, call->rdi)));
}

/* On its way into a call, and out of it. */
static void
meet(struct thread *thread)
{
    struct user_regs_struct call;
    thread->inside = !thread->inside;
    if ((!thread->inside && !thread->cut) ||
        ptrace(PTRACE_GETREGS, thread->id, NULL, &call) != 0) {
        return;
    }
    if (thread->inside && is_cut(thread->id, &call)) {
        thread->cut = true;
        thread->asked = call.rdx;
        call.rdx = less_than(call.rdx);
    } else if (!thread->inside) {
        thread->cut = false;
        call.rdx = thread->asked;
    } else {
        return;
    }
    (void)ptrace(PTRACE_SETREGS, thread->id, NULL, &call);
}

static int
follow(pid_t first)
{
    int end = 99;
    int status = 0;
    pid_t id = 0;
    while ((id = waitpid(-1, &status, __WALL)) > 0) {
        struct thread *thread = thread_of(id);
        long signal = 0;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            thread->id = 0;
            if (id == first) {
                end = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            }
            continue;
        }
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
            meet(thread);
        } else if (WSTOPSIG(status) != SIGTRAP && WSTOPSIG(status) != SIGSTOP) {
            signal = WSTOPSIG(status);
        }
        (void)ptrace(PTRACE_SYSCALL, id, NULL, signal);
    }
    fprintf(stderr, "%s", calls == 0 ? "short: nothing was cut\n" : "");
    return calls == 0 ? 99 : end;
}

int
main(int count, char **words)
{
    if (count < 3) {
        return 2;
    }
    mode = words[1];
    state = strtoull(mode, NULL, 10);
    pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
            _exit(CANNOT);
        }
        (void)raise(SIGSTOP);
        execvp(words[2], words + 2);
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, child, NULL, OPTIONS) != 0 ||
        ptrace(PTRACE_SYSCALL, child, NULL, 0) != 0) {
        return CANNOT;
    }
    return follow(child);
}
#else
int
main(void)
{
    return CANNOT;
}
#endif
