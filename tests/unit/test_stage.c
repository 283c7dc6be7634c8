/* SPDX-License-Identifier: Apache-2.0 */
/* Staged outputs on poorer systems: one call of the system is made to fail in the
 * test's own process, by a filter on its number and one of its arguments. */
#define _GNU_SOURCE 1

#include "defray/file.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TMPFILE_BIT 020000000 /* of O_TMPFILE */
#ifdef SYS_renameat
#define RENAME_NUMBER SYS_renameat
#else
#define RENAME_NUMBER SYS_renameat2
#endif
#define ANY_SIZE ((size_t)1 << 30)

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

/* The folder goes with the names that every test leaves. */
static void
finish(void)
{
    static const char *const left[] = {"a.csv", "b.csv", "c.csv"};
    for (size_t i = 0; i < ARRAY_COUNT(left); i++) {
        if (unlink(left[i]) != 0) {
            rmdir(left[i]);
        }
    }
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    arena_release(keep);
}

struct ban {
    long number;       /* of the call */
    unsigned argument; /* which of its arguments is looked at */
    uint32_t mask;     /* the bits of it that count; 0: every call is banned */
    uint32_t value;    /* what they must be for the ban to hold */
    uint32_t error;
};

/* From now on the banned calls fail with the error. */
static void
forbid(struct ban ban)
{
    uint32_t number_at = (uint32_t)offsetof(struct seccomp_data, nr);
    uint32_t argument_at =
        (uint32_t)(offsetof(struct seccomp_data, args) + 8 * ban.argument);
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number_at),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)ban.number, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument_at),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, ban.mask),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ban.value, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ban.error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = ARRAY_COUNT(rules), .filter = rules};
    ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

/* The call fails whenever it is given this descriptor first. */
static void
forbid_on(long number, int descriptor, uint32_t error)
{
    forbid((struct ban){.number = number,
                        .mask = UINT32_MAX,
                        .value = (uint32_t)descriptor,
                        .error = error});
}

static void
forbid_nameless(uint32_t error)
{
    forbid((struct ban){SYS_openat, 2, TMPFILE_BIT, TMPFILE_BIT, error});
}

/* A disk without links has neither nameless files nor second names. */
static void
forbid_links(void)
{
    forbid_nameless(EOPNOTSUPP);
    forbid((struct ban){.number = SYS_linkat, .error = EPERM});
}

static void
write_file(const char *path, const char *bytes)
{
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    fputs(bytes, out);
    ck_assert_int_eq(fclose(out), 0);
}

static void
assert_holds(const char *path, const char *bytes)
{
    struct input *input = input_read(&keep, text_of(path), ANY_SIZE, false, diag);
    ck_assert_msg(input != NULL, "%s cannot be read", path);
    ck_assert_msg(text_equals(input->bytes, text_of(bytes)), "%s holds '%.*s'", path,
                  TEXT_ARG(input->bytes));
}

/* The number of names in the folder that end so. */
static int
count_names(const char *ending)
{
    DIR *listing = opendir(".");
    ck_assert_ptr_nonnull(listing);
    int count = 0;
    for (const struct dirent *one = readdir(listing); one; one = readdir(listing)) {
        bool dots = strcmp(one->d_name, ".") == 0 || strcmp(one->d_name, "..") == 0;
        count += !dots && text_ends_with(text_of(one->d_name), text_of(ending));
    }
    closedir(listing);
    return count;
}

static struct staged *
stage_text(struct stage *stage, const char *target, const char *bytes)
{
    struct staged *file = stage_open(stage, target, diag);
    ck_assert_ptr_nonnull(file);
    ck_assert(staged_write(file, text_of(bytes), diag));
    return file;
}

/* The descriptor by which the stage knows the folder: the one below the file's. */
static int
folder_of(const struct staged *file, const char *path)
{
    struct stat wanted;
    struct stat status;
    int descriptor = file->descriptor;
    ck_assert_int_eq(stat(path, &wanted), 0);
    do {
        descriptor--;
        ck_assert_int_gt(descriptor, 2);
    } while (fstat(descriptor, &status) != 0 || status.st_ino != wanted.st_ino);
    return descriptor;
}

enum fault { FAULT_SYNC, FAULT_RENAME, FAULT_FOLDER_SYNC, FAULT_FOLDER };

/* Publishes three outputs over one earlier file; the fault is met at the first or
 * the last of them, and nothing must have changed. */
static void
check_put_back(enum fault fault, const char *words)
{
    write_file("b.csv", "earlier b");
    struct stage *stage = stage_new(&keep);
    struct staged *a = stage_text(stage, "a.csv", "new a");
    stage_text(stage, "b.csv", "new b");
    bool apart = fault == FAULT_RENAME; /* in a folder of its own */
    ck_assert(!apart || mkdir("apart", 0700) == 0);
    struct staged *c = stage_text(stage, apart ? "apart/c.csv" : "c.csv", "new c");
    switch (fault) {
    case FAULT_SYNC: forbid_on(SYS_fsync, c->descriptor, EIO); break;
    case FAULT_RENAME: forbid_on(RENAME_NUMBER, folder_of(c, "apart"), EIO); break;
    case FAULT_FOLDER_SYNC: forbid_on(SYS_fsync, folder_of(a, "."), EIO); break;
    case FAULT_FOLDER: ck_assert_int_eq(mkdir("c.csv", 0700), 0); break;
    }
    ck_assert(!stage_publish(stage, diag));
    size_t count = 0;
    const struct diagnostic *sorted = diag_sorted(diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(sorted[0].code, CODE_F005);
    ck_assert_msg(strstr(sorted[0].text, words) != NULL, "%s", sorted[0].text);
    assert_holds("b.csv", "earlier b");
    ck_assert(!apart || rmdir("apart") == 0);
    ck_assert_int_eq(count_names(""), fault == FAULT_FOLDER ? 2 : 1);
}

static const struct {
    enum fault fault;
    const char *words;
} faults[] = {
    {FAULT_SYNC,        "output 'c.csv' could not be written: the disk reported an error"},
    {FAULT_RENAME,
     "output 'apart/c.csv' could not be written: the disk reported an error"             },
    {FAULT_FOLDER_SYNC,
     "output 'a.csv' could not be written: the disk reported an error"                   },
    {FAULT_FOLDER,
     "output 'c.csv' could not be written: a file of that name exists already"           },
};

START_TEST(a_failure_puts_all_back)
{
    check_put_back(faults[_i].fault, faults[_i].words);
}
END_TEST

START_TEST(without_nameless_files_a_failure_puts_all_back)
{
    forbid_nameless(EOPNOTSUPP);
    check_put_back(faults[_i].fault, faults[_i].words);
}
END_TEST

START_TEST(without_links_a_failure_puts_all_back)
{
    forbid_links();
    check_put_back(faults[_i].fault, faults[_i].words);
}
END_TEST

/* What another process does to b.csv just before it is to get a second name: it gives the name to a
 * file of its own, three times, so that what the kernel had found is gone; or takes it away, where
 * files have second names and where they have none. */
static enum { LEFT, REPLACED, TAKEN, TAKEN_WITHOUT_LINKS } rival;
static int times;

int
linkat(int from, const char *name, int to, const char *second, int flags)
{
    if (times == 0 || strcmp(name, "b.csv") != 0) {
        return (int)syscall(SYS_linkat, from, name, to, second, flags);
    }
    times--;
    if (rival == REPLACED) {
        write_file("c.csv", "theirs");
        ck_assert_int_eq(rename("c.csv", "b.csv"), 0);
    } else {
        ck_assert_int_eq(unlink("b.csv"), 0);
    }
    errno = rival == TAKEN_WITHOUT_LINKS ? EPERM : ENOENT;
    return -1;
}

static const struct {
    int rival, times;
    bool fails; /* afterwards, so that what was there is put back */
    const char *holds;
} rivals[] = {
    {REPLACED,            3, false, "new b" },
    {REPLACED,            3, true,  "theirs"},
    {TAKEN,               1, false, "new b" },
    {TAKEN,               1, true,  NULL    },
    {TAKEN_WITHOUT_LINKS, 1, false, "new b" },
    {TAKEN_WITHOUT_LINKS, 1, true,  NULL    },
};

START_TEST(a_name_that_changes_hands)
{
    bool fails = rivals[_i].fails;
    write_file("b.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    const struct staged *file = stage_text(stage, "b.csv", "new b");
    rival = rivals[_i].rival;
    times = rivals[_i].times;
    if (fails) {
        forbid_on(SYS_fsync, folder_of(file, "."), EIO);
    }
    ck_assert_int_eq(stage_publish(stage, diag), !fails);
    ck_assert_int_eq(times, 0);
    if (rivals[_i].holds != NULL) {
        assert_holds("b.csv", rivals[_i].holds);
    }
    ck_assert_int_eq(count_names(""), rivals[_i].holds != NULL);
}
END_TEST

START_TEST(without_nameless_files_a_hidden_name_serves)
{
    forbid_nameless(EOPNOTSUPP);
    write_file("b.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    struct staged *file = stage_text(stage, "./a.csv", "new a");
    ck_assert_msg(strncmp(file->path, "./.defray-", 10) == 0, "%s", file->path);
    struct stat status;
    ck_assert_int_eq(stat(file->path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    stage_text(stage, "b.csv", "new b");
    ck_assert_int_eq(count_names(".tmp"), 2);
    ck_assert(stage_publish(stage, diag));
    assert_holds("a.csv", "new a");
    assert_holds("b.csv", "new b");
    ck_assert_int_eq(count_names(""), 2);
    ck_assert_int_eq(stat("a.csv", &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
}
END_TEST

START_TEST(without_nameless_files_discard_leaves_nothing)
{
    forbid_nameless(EISDIR);
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new a");
    ck_assert_int_eq(count_names(".tmp"), 1);
    stage_discard(stage);
    ck_assert_int_eq(count_names(""), 0);
}
END_TEST

START_TEST(without_links_outputs_appear)
{
    forbid_links();
    write_file("b.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new a");
    stage_text(stage, "b.csv", "new b");
    ck_assert(stage_publish(stage, diag));
    assert_holds("a.csv", "new a");
    assert_holds("b.csv", "new b");
    ck_assert_int_eq(count_names(""), 2);
}
END_TEST

/* Where nobody's second name can be had, the two files change names: nothing is renamed away. */
START_TEST(without_links_names_are_exchanged)
{
    forbid_links();
#ifdef SYS_renameat
    forbid((struct ban){.number = SYS_renameat, .error = EIO});
#endif
    write_file("b.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "b.csv", "new b");
    ck_assert(stage_publish(stage, diag));
    assert_holds("b.csv", "new b");
    ck_assert_int_eq(count_names(""), 1);
}
END_TEST

START_TEST(without_links_and_exchange_outputs_appear)
{
    forbid_links();
    forbid((struct ban){.number = SYS_renameat2, .error = EINVAL});
    write_file("b.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new a");
    stage_text(stage, "b.csv", "new b");
    ck_assert(stage_publish(stage, diag));
    assert_holds("a.csv", "new a");
    assert_holds("b.csv", "new b");
    ck_assert_int_eq(count_names(""), 2);
}
END_TEST

/* What is not to be written over anything, where the system has every way of it, no name that is
 * taken only while it is free, or no second names either; and what appears at its name, after it was
 * looked for. */
static const struct {
    bool no_names, no_links;
    const char *found;
} freshly[] = {
    {false, false, NULL   },
    {false, false, "other"},
    {false, false, "new b"},
    {true,  false, NULL   },
    {true,  false, "other"},
    {true,  false, "new b"},
    {true,  true,  NULL   },
    {true,  true,  "other"},
    {true,  true,  "new b"},
};

START_TEST(nothing_fresh_is_written_over_anything)
{
    const char *found = freshly[_i].found;
    bool stays = found != NULL && strcmp(found, "other") == 0;
    struct stage *stage = stage_new(&keep);
    if (freshly[_i].no_links) {
        forbid_links();
    }
    if (freshly[_i].no_names) {
        forbid((struct ban){.number = SYS_renameat2, .error = EINVAL});
    }
    stage_text(stage, "a.csv", "new a");
    stage_text(stage, "b.csv", "new b")->fresh = true;
    if (found != NULL) {
        write_file("b.csv", found);
    }
    ck_assert_int_eq(stage_publish(stage, diag), !stays);
    assert_holds("b.csv", stays ? "other" : "new b");
    ck_assert_int_eq(count_names(""), stays ? 1 : 2);
    size_t count = 0;
    const struct diagnostic *sorted = diag_sorted(diag, &count);
    ck_assert_uint_eq(count, stays);
    ck_assert(!stays || sorted[0].code == CODE_U015);
}
END_TEST

Suite *test_stage_suite(void);

Suite *
test_stage_suite(void)
{
    Suite *suite = suite_create("stage");
    TCase *tests = tcase_create("stage");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_loop_test(tests, a_failure_puts_all_back, 0, (int)ARRAY_COUNT(faults));
    tcase_add_loop_test(tests, a_name_that_changes_hands, 0, (int)ARRAY_COUNT(rivals));
    tcase_add_test(tests, without_nameless_files_a_hidden_name_serves);
    tcase_add_test(tests, without_nameless_files_discard_leaves_nothing);
    tcase_add_loop_test(tests, without_nameless_files_a_failure_puts_all_back, 0,
                        (int)ARRAY_COUNT(faults));
    tcase_add_test(tests, without_links_outputs_appear);
    tcase_add_test(tests, without_links_names_are_exchanged);
    tcase_add_test(tests, without_links_and_exchange_outputs_appear);
    tcase_add_loop_test(tests, nothing_fresh_is_written_over_anything, 0,
                        (int)ARRAY_COUNT(freshly));
    tcase_add_loop_test(tests, without_links_a_failure_puts_all_back, 0,
                        (int)ARRAY_COUNT(faults));
    suite_add_tcase(suite, tests);
    return suite;
}
