/* SPDX-License-Identifier: Apache-2.0 */
/* Two who use one ledger at the same moment. What many do at once, and how it may end, is tried by
 * tests/faults/race.py. */
#include "../../src/ledger/ledger_parts.h"
#include "support/filed.h"
#include "support/keep.h"
#include "support/town.h"

#include <sqlite3.h>

#include <check.h>
#include <unistd.h>

Suite *test_ledger_colleagues_suite(void);

static struct diag *diag;

static void
set_up(void)
{
    keep_set_up();
    diag = diag_new(&keep, LANGUAGE_EN);
}

/* Both find the file empty when they open it. */
START_TEST(two_who_make_one)
{
    const char *path = NULL;
    struct store stores[] = {
        {.keep = &keep, .diag = diag},
        {.keep = &keep, .diag = diag}
    };
    ledger_close(town_ledger(&keep, diag, &path));
    ck_assert_int_eq(unlink(path), 0);
    for (size_t i = 0; i < 2; i++) {
        ck_assert(store_open(&stores[i], path, STORE_NEW, 0600));
    }
    ck_assert(store_begin_making(&stores[0]));
    ck_assert(store_run(&stores[0], "CREATE TABLE a(b)"));
    ck_assert(store_commit(&stores[0]));
    ck_assert(!store_begin_making(&stores[1]));
    ck_assert_uint_eq(filed_with(diag, CODE_G005), 1);
    store_close(&stores[1]);
    store_close(&stores[0]);
    town_remove(&keep, path);
}
END_TEST

/* What is read of a ledger is of one moment: who records something meanwhile waits until the reader
 * has what it needs. */
START_TEST(a_reader_sees_one_moment)
{
    const char *path = NULL;
    sqlite3 *db = NULL;
    ledger_close(town_ledger(&keep, diag, &path));
    struct ledger *reader = ledger_open(&keep, path, false, diag);
    ck_assert_ptr_nonnull(reader);
    ck_assert(ledger_hold(reader));
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(db, "BEGIN IMMEDIATE; PRAGMA user_version = 99", NULL, NULL, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_BUSY);
    if (_i == 0) {
        ledger_let_go(reader);
        ck_assert_int_eq(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
        ledger_close(reader);
    } else {
        ledger_close(reader);
        ck_assert_int_eq(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    }
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    town_remove(&keep, path);
}
END_TEST

Suite *
test_ledger_colleagues_suite(void)
{
    Suite *suite = suite_create("ledger_colleagues");
    TCase *cases = tcase_create("ledger_colleagues");
    tcase_add_checked_fixture(cases, set_up, keep_tear_down);
    tcase_add_test(cases, two_who_make_one);
    tcase_add_loop_test(cases, a_reader_sees_one_moment, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
