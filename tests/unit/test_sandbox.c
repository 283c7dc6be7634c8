/* SPDX-License-Identifier: Apache-2.0 */
/* The walls around a process, each tried from inside; and the program with a parser that has been
 * taken over (tests/faults/violation.sh). */
#include "defray/sandbox.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define NO_WALL 77

START_TEST(a_parser_taken_over)
{
    int status =
        system("sh tests/faults/violation.sh build/defray >build/violation.log 2>&1");
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == NO_WALL) {
        fprintf(stderr, "the kernel has no Landlock or no seccomp: the test of the walls "
                        "is skipped\n");
        return;
    }
    ck_assert_msg(WEXITSTATUS(status) == 0, "see build/violation.log");
}
END_TEST

/* What a process shut in with build/ can still do, as bits. */
static int
tries(void)
{
    struct text folders[] = {STR("build"), STR("build/no-such-folder")};
    unsigned walls = sandbox_enter(folders, ARRAY_COUNT(folders));
    int can = 0;
    can |= open("build/.walls", O_WRONLY | O_CREAT | O_TRUNC, 0600) >= 0 ? 1 : 0;
    can |= unlink("build/.walls") == 0 ? 2 : 0;
    can |= open("Makefile", O_RDONLY) >= 0 ? 4 : 0;
    if ((walls & SANDBOX_WRITES) != 0) {
        can |= open("tests/.walls", O_WRONLY | O_CREAT, 0600) >= 0 ? 8 : 0;
        can |= open("Makefile", O_RDWR) >= 0 ? 16 : 0;
    }
    if ((walls & SANDBOX_NO_SOCKETS) != 0) {
        can |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 32 : 0;
        can |= execl("/bin/true", "true", (char *)NULL) == 0 ? 64 : 0;
    }
    return can;
}

START_TEST(writes_where_it_may)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(tries());
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 1 | 2 | 4);
}
END_TEST

Suite *test_sandbox_suite(void);

Suite *
test_sandbox_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *cases = tcase_create("sandbox");
    tcase_set_timeout(cases, 600);
    tcase_add_test(cases, writes_where_it_may);
    tcase_add_test(cases, a_parser_taken_over);
    suite_add_tcase(suite, cases);
    return suite;
}
