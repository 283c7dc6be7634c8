/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded before the program, it makes a system call fail, or kills the program where it would make
 * it: the call of the number CALL, when a thread makes it for the CALL_AT-th time, and with CALL_ON=1
 * from there on. CALL_ERROR is the error it gives; without it the program is killed. Rests
 * (clock_nanosleep) are skipped. Calls are counted from the program's first of its own, which puts a
 * limit on cores; what is before that is the loader's.
 *
 * The kernel itself stops each of these calls (seccomp) and hands it to a handler here, which makes
 * it in the program's stead: libc's own calls are met like all others, at a price far below that of a
 * second process that looks on. Where registers are other than those of x86-64, CALLS_KNOWN is 0.
 */
#define _GNU_SOURCE 1

#include "behind.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

void preload_begin(void);

#if defined(__x86_64__)
const int CALLS_KNOWN = 1;

extern const char call_behind[]; /* where a call of made_here() comes back to */

static long call = -1;
static long at;
static long error;
static bool on;
static bool kills;
static bool begun;
static unsigned long *behind;
static __thread long met __attribute__((tls_model("initial-exec")));

/* Of `number`, with its six arguments; -errno for an error. */
__attribute__((noinline)) static long
made_here(long number, const greg_t *registers)
{
    register long r10 __asm__("r10") = registers[REG_R10];
    register long r8 __asm__("r8") = registers[REG_R8];
    register long r9 __asm__("r9") = registers[REG_R9];
    long result = 0;
    __asm__ volatile("syscall\n\t"
                     ".globl call_behind\n\t"
                     ".hidden call_behind\n"
                     "call_behind:"
                     : "=a"(result)
                     : "a"(number), "D"(registers[REG_RDI]), "S"(registers[REG_RSI]),
                       "d"(registers[REG_RDX]), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static void
meet(int signal, siginfo_t *what, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    long number = what->si_syscall;
    (void)signal;
    begun = begun || (number == SYS_prlimit64 && registers[REG_RSI] == RLIMIT_CORE);
    if (number == SYS_clock_nanosleep) {
        registers[REG_RAX] = 0;
        return;
    }
    bool counts = begun && number == call;
    met += counts;
    if (counts && met > at && behind != NULL) {
        ++*behind;
    }
    if (counts && (met == at || (on && met > at))) {
        if (kills) {
            greg_t self[NGREG] = {[REG_RDI] = getpid(), [REG_RSI] = SIGKILL};
            (void)made_here(SYS_kill, self);
        }
        registers[REG_RAX] = -error;
        return;
    }
    registers[REG_RAX] = made_here(number, registers);
}

#define WORD_OF(member) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, member))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define IF_IS(value, yes, no) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(value), (yes), (no))

/* Stops these calls, but for those of made_here(). */
static bool
stop_calls(void)
{
    unsigned long here = (unsigned long)call_behind;
    struct sock_filter filter[] = {
        WORD_OF(instruction_pointer),
        IF_IS(here, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                 (unsigned)offsetof(struct seccomp_data, instruction_pointer) + 4),
        IF_IS(here >> 32, 0, 1),
        RETURN(SECCOMP_RET_ALLOW),
        WORD_OF(nr),
        IF_IS(call, 2, 0),
        IF_IS(SYS_clock_nanosleep, 1, 0),
        IF_IS(SYS_prlimit64, 0, 1),
        RETURN(SECCOMP_RET_TRAP),
        RETURN(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* The program's threads leave signals to its first one; what the kernel hands over is none of them. */
int
pthread_sigmask(int how, const sigset_t *mask, sigset_t *before)
{
    sigset_t but_ours;
    if (mask != NULL && how != SIG_UNBLOCK) {
        but_ours = *mask;
        (void)sigdelset(&but_ours, SIGSYS);
        mask = &but_ours;
    }
    return sigprocmask(how, mask, before) == 0 ? 0 : errno;
}

static long
number(const char *name)
{
    const char *text = getenv(name);
    return text == NULL ? -1 : strtol(text, NULL, 10);
}

__attribute__((constructor)) void
preload_begin(void)
{
    struct sigaction action = {.sa_sigaction = meet, .sa_flags = SA_SIGINFO | SA_NODEFER};
    call = number("CALL");
    at = number("CALL_AT");
    error = number("CALL_ERROR");
    on = getenv("CALL_ON") != NULL;
    kills = error < 0;
    behind = behind_begin();
    if (call >= 0 && (sigaction(SIGSYS, &action, NULL) != 0 || !stop_calls())) {
        _exit(98);
    }
}
#else
const int CALLS_KNOWN = 0;

void
preload_begin(void)
{
}
#endif
