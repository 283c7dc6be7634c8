/* SPDX-License-Identifier: Apache-2.0 */
/* One table of one of the two files cannot be read, or not be written: what needs it fails, says so
 * once, says nothing that it has not read, and leaves the ledger as it was. */
#include "defray/ledger_view.h"
#include "defray/summary.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/desk.h"
#include "support/filed.h"

#include <sqlite3.h>

#include <check.h>
#include <string.h>

Suite *test_ledger_denied_suite(void);

static struct denied {
    int action;
    const char *table;
} denied;

static int
authorize(void *context, int action, const char *a, const char *b, const char *c,
          const char *d)
{
    (void)context;
    (void)b;
    (void)c;
    (void)d;
    return action == denied.action && strcmp(a, denied.table) == 0 ? SQLITE_DENY
                                                                   : SQLITE_OK;
}

/* M0 is new to the ledger. */
static bool
record(struct desk *desk)
{
    struct recorded recorded;
    struct batch *batch = desk_batch(desk, 1);
    batch->history =
        ledger_history(&desk->keep, desk->ledger, batch, desk->since, town_alice.actor);
    ck_assert_ptr_nonnull(batch->history);
    struct summary *summary = batch_summarise(&desk->keep, batch, NULL, NULL);
    struct recording recording = {batch, summary, DATE_NONE, "test", &town_alice};
    return ledger_record(desk->ledger, &recording, &recorded);
}

static bool
let_one(struct desk *desk)
{
    bool again = false;
    desk->town.single = true;
    return ledger_let_one(desk->ledger, desk_batch(desk, 0)->rules, &town_bernard,
                          &again);
}

static bool
purge_office(struct desk *desk)
{
    return ledger_purge(desk->ledger, STR(OFFICE), STR("M0"), &town_bernard);
}

static bool
tell_absent(struct desk *desk)
{
    size_t count = 0;
    desk->town.members = 0;
    struct batch *batch = desk_batch(desk, 0);
    struct summary none = {0};
    return ledger_tell_absent(desk->ledger, batch, &none, &count);
}

static bool
read_trails(struct desk *desk)
{
    struct history history = {0};
    return ledger_read_trails(&desk->keep, desk->ledger, desk_batch(desk, 0), &history);
}

static const struct {
    bool (*does)(struct desk *desk);
    bool identities, is_new; /* the second file; nobody is known yet */
    struct denied denied;
} rows[] = {
    {record,       false, true,  {SQLITE_INSERT, "person"}},
    {record,       true,  true,  {SQLITE_INSERT, "person"}},
    {let_one,      false, false, {SQLITE_INSERT, "event"} },
    {purge_office, false, false, {SQLITE_INSERT, "event"} },
    {purge_office, true,  false, {SQLITE_DELETE, "person"}},
    {purge_office, true,  false, {SQLITE_READ, "person"}  },
    {tell_absent,  true,  false, {SQLITE_READ, "person"}  },
    {read_trails,  false, false, {SQLITE_READ, "entry"}   },
    {read_trails,  false, false, {SQLITE_READ, "payment"} },
};

/* In January M0 waits for an account that is confirmed, and is of the office too. */
START_TEST(what_is_denied_is_told_once)
{
    struct desk *desk = desk_open(
        (struct town){.members = 1, .rate = 4000, .present = {{true, false, true}}});
    struct ledger *ledger = desk->ledger;
    if (!rows[_i].is_new) {
        desk_record(desk, 0);
        ck_assert(ledger_begin(ledger));
        ck_assert(ledger_staff(ledger, desk_batch(desk, 0), &town_alice));
        ck_assert(ledger_commit(ledger));
    }
    ck_assert_uint_eq(diag_errors(desk->diag), 0);
    const char *head = ledger_head(&desk->keep, ledger);
    ck_assert(ledger_begin(ledger));
    struct store *store = rows[_i].identities ? ledger->identity : &ledger->store;
    denied = rows[_i].denied;
    sqlite3_set_authorizer(store->db, authorize, NULL);
    ck_assert(!rows[_i].does(desk));
    ck_assert(store->failed);
    ck_assert(!ledger_commit(ledger));
    ck_assert_uint_eq(diag_errors(desk->diag), 1);
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G021), 1);
    ledger_close(ledger);
    desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
    ck_assert_ptr_nonnull(desk->ledger);
    ck_assert_str_eq(ledger_head(&desk->keep, desk->ledger), head);
    desk_close(desk);
}
END_TEST

/* Of somebody whom the ledger does not know, nothing was recorded. */
START_TEST(the_trail_of_somebody_new)
{
    struct history history = {0};
    struct desk *desk = desk_open_prepared(
        (struct town){.members = 1, .rate = 4000, .present = {{true}}});
    desk->town.members = 2;
    ck_assert(
        ledger_read_trails(&desk->keep, desk->ledger, desk_batch(desk, 0), &history));
    ck_assert_int_eq(history.trails[0].underway.cents, 4000);
    ck_assert_int_eq(history.trails[1].underway.cents, 0);
    ck_assert_int_eq(history.trails[1].earlier.cents, 0);
    ck_assert_int_eq(history.trails[1].kept_back.cents, 0);
    desk_close(desk);
}
END_TEST

Suite *
test_ledger_denied_suite(void)
{
    Suite *suite = suite_create("ledger_denied");
    TCase *cases = tcase_create("ledger_denied");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, what_is_denied_is_told_once, 0, (int)ARRAY_COUNT(rows));
    tcase_add_test(cases, the_trail_of_somebody_new);
    suite_add_tcase(suite, cases);
    return suite;
}
