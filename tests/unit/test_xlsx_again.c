/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library gives up where a few names of its temporary files are taken, by those that a run before
 * could not remove. Whichever file it is, the workbook is written all the same.
 */
#define _GNU_SOURCE 1

#include "support/keep.h"
#include "support/registry.h"
#include "support/sample.h"
#include "support/written.h"

#include <check.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

Suite *test_xlsx_again_suite(void);

FILE *lxw_tmpfile(char *folder);

static struct taken { /* of the files asked for, from 1 */
    size_t asked, from, to;
} taken;

/* Stands for the library's own, which is asked for all others. */
FILE *
lxw_tmpfile(char *folder)
{
    FILE *(*make)(char *) = NULL;
    void *found = dlsym(RTLD_NEXT, "lxw_tmpfile");
    ck_assert_ptr_nonnull(found);
    memcpy(&make, &found, sizeof make);
    taken.asked++;
    if (taken.asked >= taken.from && taken.asked <= taken.to) {
        errno = EEXIST;
        return NULL;
    }
    return make(folder);
}

static struct written
write_while(size_t from, size_t to)
{
    taken = (struct taken){.from = from, .to = to};
    return document_written(&keep, "/tmp", "a.xlsx", &sample_new(&keep, 2)->document, 0);
}

START_TEST(a_name_that_is_taken_is_passed_over)
{
    struct written whole = write_while(1, 0);
    size_t count = taken.asked;
    ck_assert(whole.done);
    ck_assert_uint_gt(count, 5);
    for (size_t from = 1; from <= count; from++) {
        struct written again = write_while(from, from + from % 3);
        ck_assert_msg(again.done, "file %zu of %zu: %s", from, count,
                      first_code(again.diag));
        ck_assert(text_equals(again.bytes, whole.bytes));
        ck_assert_uint_gt(taken.asked, count);
    }
}
END_TEST

START_TEST(where_all_are_taken_it_is_said)
{
    struct written written = write_while(1, SIZE_MAX);
    ck_assert(!written.done);
    ck_assert_str_eq(first_code(written.diag), "F005");
    ck_assert_uint_eq(diag_errors(written.diag), 1);
}
END_TEST

Suite *
test_xlsx_again_suite(void)
{
    Suite *suite = suite_create("xlsx_again");
    TCase *tcase = tcase_create("xlsx_again");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_add_test(tcase, a_name_that_is_taken_is_passed_over);
    tcase_add_test(tcase, where_all_are_taken_it_is_said);
    suite_add_tcase(suite, tcase);
    return suite;
}
