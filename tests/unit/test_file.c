/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of files: what is read, and that outputs appear together or not at all. */
#include "defray/file.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEBIBYTE ((size_t)1 << 20)
#define ANY_SIZE ((size_t)1 << 30)

static struct arena keep;
static struct diag *diag;
static char folder[] = "/tmp/defray-test-XXXXXX";

static void
start(void)
{
    keep = arena_reserve(256 * MEBIBYTE);
    diag = diag_new(&keep, LANGUAGE_EN);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    umask(022);
}

static void
finish(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    char *command = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&command, &size);
    fprintf(out, "chmod -R u+rwX '%s'; rm -rf '%s'", folder, folder);
    fclose(out);
    ck_assert_int_eq(system(command), 0);
    free(command);
    arena_release(keep);
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

/* Everything in the folder, hidden names too. */
static int
count_names(const char *path)
{
    DIR *listing = opendir(path);
    ck_assert_ptr_nonnull(listing);
    int count = 0;
    while (readdir(listing) != NULL) {
        count++;
    }
    closedir(listing);
    return count - 2;
}

static void
assert_failed(enum code code, const char *words)
{
    size_t count = 0;
    const struct diagnostic *sorted = diag_sorted(diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(code_page(sorted[0].code)->id, code_page(code)->id);
    ck_assert_msg(strstr(sorted[0].text, words) != NULL, "%s", sorted[0].text);
}

static void
stage_text(struct stage *stage, const char *target, const char *bytes)
{
    struct staged *file = stage_open(stage, target, diag);
    ck_assert_ptr_nonnull(file);
    ck_assert_str_eq(file->target, target);
    ck_assert(staged_write(file, text_of(bytes), diag));
}

START_TEST(a_file_is_read_whole_and_hashed)
{
    write_file("a.csv", "abc");
    struct input *input = input_read(&keep, STR("a.csv"), 3, true, diag);
    ck_assert_ptr_nonnull(input);
    ck_assert(text_equals(input->bytes, STR("abc")));
    ck_assert(text_equals(input->path, STR("a.csv")));
    ck_assert(input->confidential);
    ck_assert_uint_eq(input->utf8.size, 0);
    struct digest digest = digest_of("abc", 3);
    ck_assert_mem_eq(input->digest.bytes, digest.bytes, sizeof digest.bytes);
    /* What happens to the file later does not reach us. */
    write_file("a.csv", "xyz");
    ck_assert(text_equals(input->bytes, STR("abc")));
}
END_TEST

START_TEST(an_empty_file_is_a_file)
{
    write_file("empty.csv", "");
    assert_holds("empty.csv", "");
    ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

/* A byte below, at, and above a whole number of parts; what was read stays what was hashed, whatever
 * becomes of the file. */
START_TEST(a_large_file_is_the_same_file)
{
    size_t size = 64 * MEBIBYTE - 1 + (size_t)_i;
    int out = open("large.csv", O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(ftruncate(out, (off_t)size), 0);
    ck_assert_int_eq((int)pwrite(out, "end", 3, (off_t)size - 3), 3);
    close(out);
    struct input *input = input_read(&keep, STR("large.csv"), ANY_SIZE, false, diag);
    ck_assert_ptr_nonnull(input);
    ck_assert_uint_eq(input->bytes.size, size);
    ck_assert_int_eq(truncate("large.csv", 3), 0);
    ck_assert(text_ends_with(input->bytes, STR("end")));
    struct digest digest = digest_of(input->bytes.data, size);
    ck_assert_mem_eq(input->digest.bytes, digest.bytes, sizeof digest.bytes);
}
END_TEST

START_TEST(a_missing_file_is_said_once)
{
    ck_assert_ptr_null(input_read(&keep, STR("none.csv"), ANY_SIZE, false, diag));
    assert_failed(CODE_F001, "no such file or folder");
    size_t count = 0;
    const struct diagnostic *sorted = diag_sorted(diag, &count);
    ck_assert_str_eq(where_text(&keep, sorted[0].where), "none.csv");
}
END_TEST

START_TEST(a_machine_that_fails_is_not_a_missing_file)
{
    write_file("a.csv", "abcd");
    struct rlimit few = {0, 0};
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &few), 0);
    few.rlim_cur = 0;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    struct input *input = input_read(&keep, STR("a.csv"), ANY_SIZE, false, diag);
    few.rlim_cur = few.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    ck_assert_ptr_null(input);
    assert_failed(CODE_F008, "too many files are open");
    ck_assert_int_eq(diag_failure(diag), FAILURE_MACHINE);
}
END_TEST

START_TEST(a_folder_is_not_a_file)
{
    ck_assert_ptr_null(input_read(&keep, STR("."), ANY_SIZE, false, diag));
    assert_failed(CODE_F002, "not a regular file");
}
END_TEST

START_TEST(a_pipe_does_not_hang)
{
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    ck_assert_ptr_null(input_read(&keep, STR("pipe"), ANY_SIZE, false, diag));
    assert_failed(CODE_F002, "not a regular file");
}
END_TEST

START_TEST(a_device_is_not_a_file)
{
    ck_assert_ptr_null(input_read(&keep, STR("/dev/zero"), ANY_SIZE, false, diag));
    assert_failed(CODE_F002, "not a regular file");
}
END_TEST

START_TEST(one_byte_too_many_is_too_many)
{
    write_file("a.csv", "abcd");
    ck_assert_ptr_nonnull(input_read(&keep, STR("a.csv"), 4, false, diag));
    ck_assert_ptr_null(input_read(&keep, STR("a.csv"), 3, false, diag));
    assert_failed(CODE_F003, "4 bytes; at most 3");
}
END_TEST

START_TEST(all_outputs_appear_together)
{
    ck_assert_int_eq(mkdir("sub", 0700), 0);
    write_file("b.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new a");
    stage_text(stage, "b.csv", "new b");
    stage_text(stage, "sub/c.csv", "new c");
    ck_assert_int_ne(access("a.csv", F_OK), 0);
    assert_holds("b.csv", "earlier");
    ck_assert(stage_publish(stage, diag));
    assert_holds("a.csv", "new a");
    assert_holds("b.csv", "new b");
    assert_holds("sub/c.csv", "new c");
    ck_assert_int_eq(count_names("."), 3);
    ck_assert_int_eq(count_names("sub"), 1);
    struct stat status;
    ck_assert_int_eq(stat("a.csv", &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0644);
    ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(a_staged_file_is_private_and_can_be_reopened)
{
    struct stage *stage = stage_new(&keep);
    struct staged *file = stage_open(stage, "a.csv", diag);
    ck_assert_ptr_nonnull(file);
    struct stat status;
    ck_assert_int_eq(fstat(file->descriptor, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    FILE *out = fopen(file->path, "wb");
    ck_assert_ptr_nonnull(out);
    fputs("by path", out);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert(stage_publish(stage, diag));
    assert_holds("a.csv", "by path");
}
END_TEST

START_TEST(the_umask_is_obeyed_and_kept)
{
    umask(027);
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "x");
    ck_assert(stage_publish(stage, diag));
    struct stat status;
    ck_assert_int_eq(stat("a.csv", &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0640);
    ck_assert_int_eq(umask(022), 027);
}
END_TEST

START_TEST(discard_leaves_nothing)
{
    write_file("b.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new a");
    stage_text(stage, "b.csv", "new b");
    stage_discard(stage);
    ck_assert_int_eq(count_names("."), 1);
    assert_holds("b.csv", "earlier");
    stage_discard(stage);
}
END_TEST

/* The last of three fails at the rename: a folder has taken its name. */
START_TEST(one_failure_puts_every_earlier_file_back)
{
    write_file("b.csv", "earlier");
    struct stat before;
    ck_assert_int_eq(stat("b.csv", &before), 0);
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new a");
    stage_text(stage, "b.csv", "new b");
    stage_text(stage, "c.csv", "new c");
    ck_assert_int_eq(mkdir("c.csv", 0700), 0);
    ck_assert(!stage_publish(stage, diag));
    assert_failed(CODE_F005, "output 'c.csv' could not be written");
    ck_assert_int_ne(access("a.csv", F_OK), 0);
    assert_holds("b.csv", "earlier");
    struct stat after;
    ck_assert_int_eq(stat("b.csv", &after), 0);
    ck_assert_uint_eq(before.st_ino, after.st_ino);
    ck_assert_uint_eq(after.st_nlink, 1);
    ck_assert_int_eq(count_names("."), 2);
    ck_assert_int_eq(diag_failure(diag), FAILURE_MACHINE);
}
END_TEST

/* The folder of the last goes away after the others have their names for now. */
START_TEST(a_folder_that_vanishes_fails_all)
{
    ck_assert_int_eq(mkdir("sub", 0700), 0);
    write_file("a.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new a");
    stage_text(stage, "sub/c.csv", "new c");
    ck_assert_int_eq(rmdir("sub"), 0);
    ck_assert(!stage_publish(stage, diag));
    assert_failed(CODE_F005, "no such file or folder");
    assert_holds("a.csv", "earlier");
    ck_assert_int_eq(count_names("."), 1);
}
END_TEST

static const struct {
    const char *target;
    const char *words;
} refused[] = {
    {"missing/a.csv", "no such file or folder"                },
    {"file/a.csv",    "a part of its path is not a folder"    },
    {"folder",        "not a regular file"                    },
    {"folder/",       "not the name of a file"                },
    {"",              "not the name of a file"                },
    {"folder/..",     "not the name of a file"                },
    {"link",          "not a regular file"                    },
    {"pipe",          "not a regular file"                    },
    {"/proc/a.csv",   "output '/proc/a.csv' cannot be created"},
};

START_TEST(a_target_that_cannot_be_is_refused_at_once)
{
    write_file("file", "x");
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    ck_assert_int_eq(symlink("file", "link"), 0);
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    struct stage *stage = stage_new(&keep);
    ck_assert_ptr_null(stage_open(stage, refused[_i].target, diag));
    assert_failed(CODE_F004, refused[_i].words);
    ck_assert_int_eq(count_names("."), 4);
    ck_assert_int_eq(count_names("folder"), 0);
    assert_holds("file", "x");
}
END_TEST

#define MANY 3000

/* More files than may be open at once: each is parked once it is whole. */
START_TEST(many_files_appear_together)
{
    struct rlimit few = {64, 64};
    ck_assert_int_eq(mkdir("sub", 0700), 0);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    for (int round = 0; round < 2; round++) {
        struct stage *stage = stage_new(&keep);
        for (int i = 0; i < MANY; i++) {
            struct staged *file =
                stage_open(stage, arena_printf(&keep, "sub/%d.pdf", i), diag);
            ck_assert_ptr_nonnull(file);
            file->confidential = true;
            ck_assert(staged_write(file, text_of(round == 0 ? "old" : "new"), diag));
            ck_assert(stage_park(stage, file, diag));
        }
        ck_assert_int_eq(access("sub/7.pdf", F_OK), round == 0 ? -1 : 0);
        ck_assert(stage_publish(stage, diag));
        assert_holds("sub/0.pdf", round == 0 ? "old" : "new");
        assert_holds("sub/2999.pdf", round == 0 ? "old" : "new");
        ck_assert_int_eq(count_names("sub"), MANY);
    }
    struct stat status;
    ck_assert_int_eq(stat("sub/1.pdf", &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    struct stage *stage = stage_new(&keep);
    ck_assert_ptr_nonnull(stage_open(stage, "sub/1.pdf", diag));
    ck_assert_ptr_null(stage_open(stage, "sub/../sub/1.pdf", diag));
    stage_discard(stage);
    ck_assert_int_eq(count_names("sub"), MANY);
}
END_TEST

/* What was parked goes too when the rest fails. */
START_TEST(discard_takes_what_was_parked)
{
    struct stage *stage = stage_new(&keep);
    struct staged *file = stage_open(stage, "a.pdf", diag);
    ck_assert(staged_write(file, text_of("x"), diag) && stage_park(stage, file, diag));
    stage_discard(stage);
    ck_assert_int_eq(count_names("."), 0);
}
END_TEST

START_TEST(two_outputs_of_one_name_are_refused)
{
    ck_assert_int_eq(mkdir("sub", 0700), 0);
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "x");
    ck_assert_ptr_null(stage_open(stage, "sub/../a.csv", diag));
    assert_failed(CODE_F004, "two outputs have the same name");
    stage_discard(stage);
}
END_TEST

START_TEST(a_full_disk_is_said_in_words)
{
    ck_assert_ptr_ne((void *)(uintptr_t)signal(SIGXFSZ, SIG_IGN),
                     (void *)(uintptr_t)SIG_ERR);
    struct rlimit limit = {.rlim_cur = 100, .rlim_max = RLIM_INFINITY};
    write_file("a.csv", "earlier");
    struct stage *stage = stage_new(&keep);
    struct staged *file = stage_open(stage, "a.csv", diag);
    ck_assert_ptr_nonnull(file);
    char bytes[200];
    memset(bytes, 'x', sizeof bytes);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = 100;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    bool written = staged_write(file, (struct text){bytes, sizeof bytes}, diag);
    limit.rlim_cur = limit.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert(!written);
    assert_failed(CODE_F005, "the file would exceed the size allowed");
    stage_discard(stage);
    assert_holds("a.csv", "earlier");
    ck_assert_int_eq(count_names("."), 1);
}
END_TEST

/* What a killed process left is removed; what is not ours to remove stays. */
START_TEST(leftovers_of_the_dead_are_swept)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    const char *dead = arena_printf(&keep, ".defray-%ld-1.tmp", (long)child);
    const char *dead_old = arena_printf(&keep, ".defray-%ld-2.old", (long)child);
    const char *dead_kept = arena_printf(&keep, ".defray-%ld-3.kept", (long)child);
    const char *alive = arena_printf(&keep, ".defray-%ld-900.tmp", (long)getpid());
    const char *const stay[] = {dead_kept,          alive,           ".defray-x-1.tmp",
                                ".defray--1-1.tmp", ".defray-1.tmp", "defray-99-1.tmp"};
    write_file(dead, "x");
    write_file(dead_old, "x");
    for (size_t i = 0; i < ARRAY_COUNT(stay); i++) {
        write_file(stay[i], "x");
    }
    struct stage *stage = stage_new(&keep);
    stage_text(stage, "a.csv", "new");
    ck_assert_int_ne(access(dead, F_OK), 0);
    ck_assert_int_ne(access(dead_old, F_OK), 0);
    for (size_t i = 0; i < ARRAY_COUNT(stay); i++) {
        ck_assert_msg(access(stay[i], F_OK) == 0, "%s", stay[i]);
    }
    stage_discard(stage);
}
END_TEST

Suite *test_file_suite(void);

Suite *
test_file_suite(void)
{
    Suite *suite = suite_create("file");
    TCase *tests = tcase_create("file");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, a_file_is_read_whole_and_hashed);
    tcase_add_test(tests, an_empty_file_is_a_file);
    tcase_add_loop_test(tests, a_large_file_is_the_same_file, 0, 3);
    tcase_add_test(tests, a_missing_file_is_said_once);
    tcase_add_test(tests, a_machine_that_fails_is_not_a_missing_file);
    tcase_add_test(tests, a_folder_is_not_a_file);
    tcase_add_test(tests, a_pipe_does_not_hang);
    tcase_add_test(tests, a_device_is_not_a_file);
    tcase_add_test(tests, one_byte_too_many_is_too_many);
    tcase_add_test(tests, all_outputs_appear_together);
    tcase_add_test(tests, a_staged_file_is_private_and_can_be_reopened);
    tcase_add_test(tests, the_umask_is_obeyed_and_kept);
    tcase_add_test(tests, discard_leaves_nothing);
    tcase_add_test(tests, one_failure_puts_every_earlier_file_back);
    tcase_add_test(tests, a_folder_that_vanishes_fails_all);
    tcase_add_loop_test(tests, a_target_that_cannot_be_is_refused_at_once, 0,
                        (int)ARRAY_COUNT(refused));
    tcase_add_test(tests, many_files_appear_together);
    tcase_add_test(tests, discard_takes_what_was_parked);
    tcase_add_test(tests, two_outputs_of_one_name_are_refused);
    tcase_add_test(tests, a_full_disk_is_said_in_words);
    tcase_add_test(tests, leftovers_of_the_dead_are_swept);
    suite_add_tcase(suite, tests);
    return suite;
}
