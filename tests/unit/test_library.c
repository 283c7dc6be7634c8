/* SPDX-License-Identifier: Apache-2.0 */
/* A library that is loaded when it is needed: its table is filled and sealed. One that is not there, or
 * lacks a function, is told, and nothing of it is called. */
#include "defray/library.h"

#include "support/filed.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define NUMBERS "123456789"

int no_such_function(void);
Suite *test_library_suite(void);

#define CALLS(CALL)    CALL(crc32) CALL(adler32)
#define TOO_MANY(CALL) CALL(crc32) CALL(no_such_function)
LIBRARY_DECLARE(there, CALLS);
LIBRARY_DECLARE(absent, CALLS);
LIBRARY_DECLARE(lacking, TOO_MANY);
LIBRARY_DECLARE(linked, CALLS);
LIBRARY_LATE(there, CALLS, "libz.so.1")
LIBRARY_LATE(absent, CALLS, "libz.so.no")
LIBRARY_LATE(lacking, TOO_MANY, "libz.so.1")
LIBRARY_LINKED(linked, CALLS)

static struct arena keep;
static struct diag *diag;

static void
start(void)
{
    keep = arena_reserve(1 << 24);
    diag = diag_new(&keep, LANGUAGE_EN);
}

static void
finish(void)
{
    arena_release(keep);
}

START_TEST(a_library_is_called_through_its_table)
{
    ck_assert(there.crc32 == NULL);
    ck_assert(there_load(diag) && there_load(diag));
    ck_assert_uint_eq(there.crc32(0, (const Bytef *)NUMBERS, strlen(NUMBERS)),
                      0xCBF43926);
    ck_assert_uint_eq(there.adler32(1, (const Bytef *)NUMBERS, strlen(NUMBERS)),
                      0x091E01DE);
    ck_assert(linked_load(diag) && linked.crc32 == there.crc32);
    ck_assert_uint_eq(filed_with(diag, CODE_F010), 0);
}
END_TEST

START_TEST(nothing_can_be_written_to_the_table)
{
    int zeros = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    ck_assert(there_load(diag));
    ck_assert_int_eq(read(zeros, (void *)&there, 1), -1);
    ck_assert_int_eq(errno, EFAULT);
    close(zeros);
}
END_TEST

START_TEST(a_library_that_is_not_there_is_told)
{
    ck_assert(!absent_load(NULL) && !absent_load(diag));
    ck_assert(!lacking_load(diag));
    ck_assert_uint_eq(filed_with(diag, CODE_F010), 2);
    ck_assert_int_eq(diag_failure(diag), FAILURE_MACHINE);
}
END_TEST

Suite *
test_library_suite(void)
{
    Suite *suite = suite_create("library");
    TCase *tests = tcase_create("library");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, a_library_is_called_through_its_table);
    tcase_add_test(tests, nothing_can_be_written_to_the_table);
    tcase_add_test(tests, a_library_that_is_not_there_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
