/* SPDX-License-Identifier: Apache-2.0 */
/* Who is at the computer: a name, or nothing where the machine fails to say it. Under another name
 * than before, one person could prepare and approve. */
#define _GNU_SOURCE 1

#include "../../src/command/actor.h"

#include <check.h>
#include <dlfcn.h>
#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define NOBODY_KNOWN 1234567

Suite *test_actor_suite(void);

static int failure; /* what looking a user up ends with; 0: it is looked up */

struct passwd *
getpwuid(uid_t user)
{
    struct passwd *(*real)(uid_t) = NULL;
    *(void **)&real = dlsym(RTLD_NEXT, "getpwuid");
    if (failure == 0) {
        return real(user);
    }
    errno = failure;
    return NULL;
}

static const struct {
    int error;
    bool named; /* by a number: there is no such user */
} failures[] = {
    {ENOENT, true },
    {ESRCH,  true },
    {EBADF,  true },
    {EPERM,  true },
    {EIO,    false},
    {EINTR,  false},
    {ENOMEM, false},
    {EMFILE, false},
    {ENFILE, false},
    {ENOSPC, false},
    {EROFS,  false},
    {EACCES, false},
};

START_TEST(trap_a_user_who_cannot_be_looked_up)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    failure = failures[_i].error;
    const char *name = text_string(&keep, actor_login(&keep));
    failure = 0;
    ck_assert_int_eq(strncmp(name, "uid ", 4) == 0, failures[_i].named);
    ck_assert_int_eq(name[0] == '\0', !failures[_i].named);
    arena_release(keep);
}
END_TEST

START_TEST(a_user_is_called_by_name)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *name = text_string(&keep, actor_login(&keep));
    ck_assert_str_ne(name, "");
    ck_assert(getuid() != 0 || strcmp(name, "root") == 0);
    arena_release(keep);
}
END_TEST

START_TEST(a_user_without_a_name_has_a_number)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    if (setuid(NOBODY_KNOWN) != 0) {
        arena_release(keep);
        return; /* the superuser's */
    }
    ck_assert_str_eq(text_string(&keep, actor_login(&keep)), "uid 1234567");
    arena_release(keep);
}
END_TEST

START_TEST(who_cannot_be_looked_up_is_nobody)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit none = {0, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    size_t size = actor_login(&keep).size;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    ck_assert_uint_eq(size, 0);
    arena_release(keep);
}
END_TEST

Suite *
test_actor_suite(void)
{
    Suite *suite = suite_create("actor");
    TCase *tests = tcase_create("actor");
    tcase_add_test(tests, a_user_is_called_by_name);
    tcase_add_test(tests, a_user_without_a_name_has_a_number);
    tcase_add_test(tests, who_cannot_be_looked_up_is_nobody);
    tcase_add_loop_test(tests, trap_a_user_who_cannot_be_looked_up, 0,
                        (int)ARRAY_COUNT(failures));
    suite_add_tcase(suite, tests);
    return suite;
}
