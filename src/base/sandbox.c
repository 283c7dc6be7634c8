/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two walls of the Linux kernel. seccomp refuses system calls by number: every way to a socket or
 * to another program. Landlock refuses writes by place. Both are set once and cannot be taken down.
 * A refused call gets EPERM or EACCES, which the program tells like any failure. The filter is a
 * list of some seventy fixed instructions: a library to write them would cost more at every start.
 */
#include "defray/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- seccomp --- */

#if defined __x86_64__
#define NATIVE_CALLS AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define NATIVE_CALLS AUDIT_ARCH_AARCH64
#endif
#define OTHER_TABLE 0x40000000u /* x86: calls from here on are of another table */
/* The half of it that both machines keep first. */
#define SECOND_ARGUMENT (offsetof(struct seccomp_data, args) + sizeof(uint64_t))

static const unsigned forbidden[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_sendmmsg,
    SYS_io_uring_setup, /* what it is given to do passes by this list: sockets too */
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_pidfd_getfd,
    SYS_execve,
    SYS_execveat,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_keyctl,
    SYS_request_key,
    SYS_mount,
    SYS_chroot,
#ifndef __SANITIZE_ADDRESS__ /* the leak checker looks at its own threads so */
    SYS_ptrace,
#endif
};

/* Of a terminal: to type in the user's stead, for the shell to run, and to paste from a console. */
static const unsigned forbidden_requests[] = {TIOCSTI, TIOCLINUX};

#ifdef NATIVE_CALLS
/* Behind it only the second argument of ioctl is known: the kernel looks at its lower half. */
static unsigned short
forbid_requests(struct sock_filter *filter, struct sock_filter refuse)
{
    enum { FORBIDDEN = sizeof forbidden_requests / sizeof *forbidden_requests };
    unsigned short size = 0;
    filter[size++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0,
                                                  2 * FORBIDDEN + 1);
    filter[size++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SECOND_ARGUMENT);
    for (size_t i = 0; i < FORBIDDEN; i++) {
        filter[size++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                      forbidden_requests[i], 0, 1);
        filter[size++] = refuse;
    }
    return size;
}

static bool
forbid_calls(void)
{
    enum {
        FORBIDDEN = sizeof forbidden / sizeof *forbidden,
        REQUESTS = sizeof forbidden_requests / sizeof *forbidden_requests,
    };
    const struct sock_filter refuse =
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA));
    struct sock_filter filter[2 * FORBIDDEN + 2 * REQUESTS + 10];
    unsigned short size = 0;
    filter[size++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                                  offsetof(struct seccomp_data, arch));
    filter[size++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_CALLS, 1, 0);
    filter[size++] = refuse;
    filter[size++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                                  offsetof(struct seccomp_data, nr));
    filter[size++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_TABLE, 0, 1);
    filter[size++] = refuse;
    for (size_t i = 0; i < FORBIDDEN; i++) {
        filter[size++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, forbidden[i], 0, 1);
        filter[size++] = refuse;
    }
    size = (unsigned short)(size + forbid_requests(filter + size, refuse));
    filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    const struct sock_fprog program = {.len = size, .filter = filter};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
#else
static bool
forbid_calls(void)
{
    return false;
}
#endif

/* --- Landlock --- */

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (UINT64_C(1) << 14)
#endif

/* What making, writing and removing ordinary files and folders takes. */
static const uint64_t writing =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REFER | LANDLOCK_ACCESS_FS_TRUNCATE;

/* What nobody needs. */
static const uint64_t never = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                              LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                              LANDLOCK_ACCESS_FS_MAKE_SOCK |
                              LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM;

/* The rights that the kernel's version of Landlock knows; none if it has none. */
static uint64_t
known_rights(void)
{
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    uint64_t rights = writing | never;
    if (version < 3) {
        rights &= ~LANDLOCK_ACCESS_FS_TRUNCATE;
    }
    if (version < 2) {
        rights &= ~(uint64_t)LANDLOCK_ACCESS_FS_REFER;
    }
    return version < 1 ? 0 : rights;
}

static void
allow_folder(int ruleset, uint64_t rights, struct text folder)
{
    char path[PATH_MAX];
    if (folder.size >= sizeof path) {
        return;
    }
    memcpy(path, folder.data, folder.size);
    path[folder.size] = '\0';
    int descriptor = open(path, O_PATH | O_CLOEXEC | O_DIRECTORY);
    if (descriptor < 0) {
        return;
    }
    const struct landlock_path_beneath_attr rule = {
        .allowed_access = rights & writing,
        .parent_fd = descriptor,
    };
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(descriptor);
}

static bool
forbid_writes(const struct text *folders, size_t count)
{
    const struct landlock_ruleset_attr attributes = {.handled_access_fs = known_rights()};
    if (attributes.handled_access_fs == 0) {
        return false;
    }
    long ruleset =
        syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (ruleset < 0) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        allow_folder((int)ruleset, attributes.handled_access_fs, folders[i]);
    }
    bool stands = syscall(SYS_landlock_restrict_self, (int)ruleset, 0) == 0;
    close((int)ruleset);
    return stands;
}

unsigned
sandbox_enter(const struct text *folders, size_t count)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return 0;
    }
    unsigned walls = 0;
    if (forbid_writes(folders, count)) {
        walls |= SANDBOX_WRITES | SANDBOX_NO_PROGRAMS;
    }
    if (forbid_calls()) {
        walls |= SANDBOX_NO_SOCKETS | SANDBOX_NO_PROGRAMS;
    }
    return walls;
}
