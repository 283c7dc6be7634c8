/* SPDX-License-Identifier: Apache-2.0 */
/* A table that somebody saves while the program works with it. */
#include "defray/file.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

long syscall(long number, ...); /* of Linux, not of POSIX */

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
}

static void
finish(void)
{
    (void)unlink("a.csv");
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
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

static struct input *
read_table(void)
{
    return input_read(&keep, STR("a.csv"), 100, false, diag);
}

static void
assert_told(void)
{
    size_t count = 0;
    const struct diagnostic *sorted = diag_sorted(diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(code_page(sorted[0].code)->id, "F016");
}

/* What is done to a table once it is read: nothing, it is looked at, saved anew with as many bytes,
 * put in the place of another, taken away. */
enum deed { UNTOUCHED, LOOKED_AT, SAVED, REPLACED, REMOVED, DEEDS };

static void
save(const char *path, const char *bytes)
{
    const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1}};
    write_file(path, bytes);
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(a_table_that_was_saved_meanwhile_is_told)
{
    save("a.csv", "one");
    struct input *input = read_table();
    ck_assert_ptr_nonnull(input);
    switch ((enum deed)_i) {
    case UNTOUCHED: break;
    case LOOKED_AT: ck_assert_ptr_nonnull(read_table()); break;
    case SAVED: write_file("a.csv", "two"); break;
    case REPLACED:
        save("b.csv", "two");
        ck_assert_int_eq(rename("b.csv", "a.csv"), 0);
        break;
    case REMOVED:
    case DEEDS: ck_assert_int_eq(unlink("a.csv"), 0); break;
    }
    bool stands = _i <= LOOKED_AT;
    ck_assert_int_eq(input_stands(input, diag), stands);
    if (!stands) {
        assert_told();
    }
    ck_assert(input_stands(input_of(&keep, STR("a.csv"), STR("x")), diag));
}
END_TEST

/* Another process saves the table, with as many bytes, while it is read. */
static bool torn;

ssize_t
pread(int descriptor, void *out, size_t size, off_t from)
{
    if (torn) {
        torn = false;
        write_file("a.csv", "two");
    }
    return (ssize_t)syscall(SYS_pread64, descriptor, out, size, from);
}

START_TEST(a_table_that_is_saved_while_it_is_read_is_told)
{
    save("a.csv", "one");
    torn = true;
    ck_assert_ptr_null(read_table());
    ck_assert(!torn);
    assert_told();
}
END_TEST

Suite *test_file_saved_suite(void);

Suite *
test_file_saved_suite(void)
{
    Suite *suite = suite_create("file_saved");
    TCase *tests = tcase_create("file_saved");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_loop_test(tests, a_table_that_was_saved_meanwhile_is_told, 0, DEEDS);
    tcase_add_test(tests, a_table_that_is_saved_while_it_is_read_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
