/* SPDX-License-Identifier: Apache-2.0 */
/* Who may read an output. */
#define _GNU_SOURCE 1

#include "defray/file.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define LIST "system.posix_acl_access"

static struct arena keep;
static struct diag *diag;
static char folder[] = "/tmp/defray-test-XXXXXX";

static void
start(void)
{
    keep = arena_reserve((size_t)64 << 20);
    diag = diag_new(&keep, LANGUAGE_EN);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    umask(022);
}

static void
finish(void)
{
    ck_assert_int_eq(unlink("a.csv"), 0);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    arena_release(keep);
}

/* Publishes a.csv as marked, and gives the mode that it has then. */
static int
published_mode(bool confidential, bool public)
{
    struct stage *stage = stage_new(&keep);
    struct staged *file = stage_open(stage, "a.csv", diag);
    ck_assert_ptr_nonnull(file);
    file->confidential = confidential;
    file->public = public;
    ck_assert(staged_write(file, STR("x"), diag));
    ck_assert(stage_publish(stage, diag));
    struct stat status;
    ck_assert_int_eq(stat("a.csv", &status), 0);
    return (int)(status.st_mode & 0777);
}

START_TEST(the_umask_is_obeyed_and_kept)
{
    umask(027);
    ck_assert_int_eq(published_mode(false, true), 0640);
    ck_assert_int_eq(umask(022), 027);
    ck_assert_int_eq(published_mode(false, true), 0644);
}
END_TEST

START_TEST(what_names_people_is_its_owners)
{
    ck_assert_int_eq(published_mode(false, false), 0600);
    ck_assert_int_eq(chmod("a.csv", 0640), 0);
    ck_assert_int_eq(published_mode(false, false), 0640);
    ck_assert_int_eq(chmod("a.csv", 0664), 0);
    umask(077); /* what somebody has opened on purpose stays so */
    ck_assert_int_eq(published_mode(false, false), 0664);
    ck_assert_int_eq(published_mode(true, false), 0600);
}
END_TEST

START_TEST(a_folder_of_a_group_is_read_by_the_group)
{
    ck_assert_int_eq(chmod(".", 02770), 0);
    ck_assert_int_eq(published_mode(false, false), 0640);
    ck_assert_int_eq(published_mode(true, false), 0600);
    ck_assert_int_eq(unlink("a.csv"), 0);
    umask(007);
    ck_assert_int_eq(published_mode(false, false), 0660);
    ck_assert_int_eq(unlink("a.csv"), 0);
    umask(077);
    ck_assert_int_eq(published_mode(false, false), 0600);
}
END_TEST

/* Bits for one group are no bits for another. */
START_TEST(the_mode_is_not_kept_for_another_group)
{
    ck_assert_int_eq(published_mode(false, false), 0600);
    if (chown("a.csv", (uid_t)-1, 12345) != 0) {
        return; /* only root gives files away */
    }
    ck_assert_int_eq(chmod("a.csv", 0660), 0);
    ck_assert_int_eq(published_mode(false, false), 0600);
}
END_TEST

/* What the program gives to a page of rules is nobody's gift to those who read an explanation. */
START_TEST(the_mode_of_what_names_nobody_is_no_gift)
{
    ck_assert_int_eq(published_mode(false, true), 0644);
    ck_assert_int_eq(published_mode(false, false), 0600);
    ck_assert_int_eq(chmod("a.csv", 0604), 0);
    ck_assert_int_eq(published_mode(false, false), 0604);
}
END_TEST

/* A list of rights: the owner, account 12345, the owner's group, the mask, everybody else. */
static const unsigned char list[] = {
    2,  0, 0, 0,                     /* version */
    1,  0, 6, 0, 255, 255, 255, 255, /* owner: rw- */
    2,  0, 4, 0, 57,  48,  0,   0,   /* the account: r-- */
    4,  0, 0, 0, 255, 255, 255, 255, /* group: --- */
    16, 0, 4, 0, 255, 255, 255, 255, /* mask: r-- */
    32, 0, 0, 0, 255, 255, 255, 255, /* others: --- */
};

/* False where the file system has no lists. */
static bool
give_list(void)
{
    if (setxattr("a.csv", LIST, list, sizeof list, 0) == 0) {
        return true;
    }
    ck_assert_int_eq(errno, EOPNOTSUPP);
    return false;
}

START_TEST(a_list_of_rights_is_kept)
{
    char found[256];
    ck_assert_int_eq(published_mode(false, false), 0600);
    if (!give_list()) {
        return;
    }
    ck_assert_int_eq(published_mode(false, false), 0640); /* the mask, not the group */
    ck_assert_int_eq(getxattr("a.csv", LIST, found, sizeof found), sizeof list);
    ck_assert_mem_eq(found, list, sizeof list);
}
END_TEST

/* The mode shows a mask where there is a list: it is no right of the group's. */
START_TEST(a_list_of_rights_is_not_kept_of_what_is_confidential)
{
    char found[256];
    ck_assert_int_eq(published_mode(false, false), 0600);
    if (!give_list()) {
        return;
    }
    ck_assert_int_eq(published_mode(true, false), 0600);
    ck_assert_int_lt(getxattr("a.csv", LIST, found, sizeof found), 0);
}
END_TEST

Suite *test_stage_rights_suite(void);

Suite *
test_stage_rights_suite(void)
{
    Suite *suite = suite_create("stage_rights");
    TCase *tests = tcase_create("stage_rights");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, the_umask_is_obeyed_and_kept);
    tcase_add_test(tests, what_names_people_is_its_owners);
    tcase_add_test(tests, a_folder_of_a_group_is_read_by_the_group);
    tcase_add_test(tests, the_mode_is_not_kept_for_another_group);
    tcase_add_test(tests, the_mode_of_what_names_nobody_is_no_gift);
    tcase_add_test(tests, a_list_of_rights_is_kept);
    tcase_add_test(tests, a_list_of_rights_is_not_kept_of_what_is_confidential);
    suite_add_tcase(suite, tests);
    return suite;
}
