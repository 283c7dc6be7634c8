/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A parser taken over, played: preloaded, it stands in for the call with which libconfig is given a
 * rule file, and there does what an attacker would. Each deed that succeeds is told on standard
 * error as "BREACH"; the program then goes on as if nothing had happened.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct config_t;

static void
breach(int succeeded, const char *deed)
{
    fprintf(stderr, succeeded ? "BREACH: %s\n" : "stopped: %s\n", deed);
}

static void
attack(void)
{
    const char *elsewhere = getenv("DEFRAY_ELSEWHERE");
    char path[4096];
    snprintf(path, sizeof path, "%s/stolen", elsewhere);
    breach(open(path, O_WRONLY | O_CREAT, 0600) >= 0, "a file elsewhere");
    snprintf(path, sizeof path, "%s/victim", elsewhere);
    breach(open(path, O_WRONLY | O_TRUNC) >= 0, "a file overwritten");
    breach(unlink(path) == 0, "a file removed");
    breach(mkdir("/tmp/defray-breach", 0700) == 0, "a folder made");
    breach(socket(AF_INET, SOCK_STREAM, 0) >= 0, "a socket");
    int pair[2];
    breach(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "a pair of sockets");
    /* No descriptor: the call comes to nothing, but is made. */
    breach(ioctl(-1, TIOCSTI, "x") != -1 || errno != EPERM, "a key typed at a terminal");
    char ring[120] = {0}; /* struct io_uring_params */
    breach(syscall(SYS_io_uring_setup, 1, ring) >= 0, "a ring of calls");
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    breach(status == 0, "another program");
}

#ifdef UNCONFINED /* the same deeds where nothing stops them */
int
main(void)
{
    attack();
    return 0;
}
#else
int config_read_string(struct config_t *config, const char *string);

int
config_read_string(struct config_t *config, const char *string)
{
    static int done;
    if (!done) {
        done = 1;
        attack();
    }
    int (*next)(struct config_t *, const char *) =
        (int (*)(struct config_t *, const char *))dlsym(RTLD_NEXT, "config_read_string");
    return next(config, string);
}
#endif
