/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded before the program, it starts it again and again, each time in a process of its own: a
 * sweep of faults starts it a hundred thousand times, and most of such a run would go into loading
 * the program and what it is linked to. Without AGAIN, the number of a socket (again.py), the
 * program runs as always.
 *
 * What comes in by the socket is a start: a packet of words that each end with a NUL. They are the
 * folder to run in, the files that take standard output and standard error, "apart" or "within",
 * how many arguments there are and those, the first of which is the name of the program, then the
 * environment. What goes back is the number of the process and, when it has ended, its status as
 * wait() tells it.
 *
 * A process begun apart is as one begun by exec, but for its layout in memory and its command line,
 * which are those of all others. What else is preloaded and reads the environment does that in
 * preload_begin(), which is called anew. "within" runs the program in the process that waits here,
 * which goes on after it: cheaper still, where no fault is made. What it leaves in its memory is met
 * by the next, and so are the walls that it puts around itself; the kernel allows sixteen, and
 * again.py counts.
 */
#define _GNU_SOURCE 1

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
extern void preload_begin(void) __attribute__((weak));

typedef int main_function(int count, char **words, char **environment);
extern int __libc_start_main(main_function *real, int count, char **given,
                             void (*init)(void), void (*fini)(void), ...);

enum {
    PACKET = 64 * 1024,
    WORDS = 512,
    FIRST = 5 /* of the arguments */,
    DEPTH = 40,
    BEHIND_SIGNAL = 2
};

static main_function *program;
static char packet[PACKET];
static char *words[WORDS];
static char *arguments[WORDS];

/* Fatal, told by a status that the program has not. */
static void
need(bool well)
{
    if (!well) {
        _exit(98);
    }
}

/* The words of a packet; how many. */
static size_t
split(size_t length)
{
    size_t count = 0;
    need(packet[length - 1] == '\0');
    for (char *word = packet; word < packet + length; word += strlen(word) + 1) {
        need(count < WORDS);
        words[count++] = word;
    }
    return count;
}

/* Opened anew, or emptied: what ran within has put its walls around the process for good. */
static void
open_as(int descriptor, const char *path, bool open_before)
{
    if (open_before) {
        need(ftruncate(descriptor, 0) == 0 && lseek(descriptor, 0, SEEK_SET) == 0);
        return;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    need(file >= 0 && dup2(file, descriptor) == descriptor && close(file) == 0);
}

static bool
is_of(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    return strstr(slash == NULL ? path : slash, name) != NULL;
}

/* Whose code it died in. What calls a function of libc that dies at once gave it what it should not;
 * deeper within libc, libc has died. */
static void
tell_death(int how)
{
    void *calls[DEPTH];
    Dl_info of = {0};
    int depth = backtrace(calls, DEPTH);
    bool found = false;
    for (int i = BEHIND_SIGNAL; i < depth && i < BEHIND_SIGNAL + 2 && !found; i++) {
        found = dladdr(calls[i], &of) != 0 && !is_of(of.dli_fname, "libc.so");
    }
    if (found) {
        const char *parts[] = {"died in ", of.dli_fname, "\n"};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            (void)!write(STDERR_FILENO, parts[i], strlen(parts[i]));
        }
    }
    (void)signal(how, SIG_DFL);
    (void)raise(how);
}

/* The program, as a shell would start it; its status. */
static int
run(size_t count, bool again)
{
    static char *environment[WORDS];
    size_t given = count > FIRST ? (size_t)strtoul(words[FIRST - 1], NULL, 10) : 0;
    need(given > 0 && given <= count - FIRST);
    memset(arguments, 0, sizeof arguments);
    memset(environment, 0, sizeof environment);
    memcpy(arguments, words + FIRST, given * sizeof *words);
    memcpy(environment, words + FIRST + given, (count - FIRST - given) * sizeof *words);
    environ = environment;
    need(chdir(words[0]) == 0);
    open_as(STDOUT_FILENO, words[1], again);
    open_as(STDERR_FILENO, words[2], again);
    if (preload_begin != NULL) {
        preload_begin();
    }
    (void)signal(SIGSEGV, tell_death);
    return program((int)given, arguments, environ);
}

static void
tell(int socket, int what)
{
    need(write(socket, &what, sizeof what) ==
         (ssize_t)sizeof what); /* its walls let no send through */
}

static int
run_within(size_t count)
{
    static bool again;
    int status = run(count, again);
    need(fflush(NULL) == 0);
    again = true;
    return status << 8; /* as wait() tells it */
}

static void
serve(int socket)
{
    void *calls[1];
    (void)backtrace(calls, 1); /* what it needs is loaded */
    for (;;) {
        ssize_t length = recv(socket, packet, sizeof packet, 0);
        if (length <= 0) {
            _exit(0);
        }
        size_t count = split((size_t)length);
        need(count > FIRST);
        if (strcmp(words[3], "within") == 0) {
            tell(socket, getpid());
            tell(socket, run_within(count));
            continue;
        }
        int status;
        pid_t child = fork();
        need(child >= 0);
        if (child == 0) {
            close(socket);
            need(setsid() >= 0);
            exit(run(count, false));
        }
        tell(socket, child);
        need(waitpid(child, &status, 0) == child);
        tell(socket, status);
    }
}

static int
main_again(int count, char **given, char **environment)
{
    const char *socket = getenv("AGAIN");
    if (socket != NULL) {
        serve(atoi(socket));
    }
    return program(count, given, environment);
}

/* The last two of its parameters are the loader's, and go on to libc as they come. */
int
__libc_start_main(main_function *real, int count, char **given, void (*init)(void),
                  void (*fini)(void), ...)
{
    __typeof__(&__libc_start_main) next =
        (__typeof__(&__libc_start_main))dlsym(RTLD_NEXT, "__libc_start_main");
    va_list rest;
    va_start(rest, fini);
    void *loader = va_arg(rest, void *);
    void *stack = va_arg(rest, void *);
    va_end(rest);
    program = real;
    return next(main_again, count, given, init, fini, loader, stack);
}
