/* SPDX-License-Identifier: Apache-2.0 */
/* Guards that a month seldom meets: long lists of refusals, accounts that are none, persons who
 * left, debts of one who would be forgotten, seals after what was undone. */
#include "defray/ledger_view.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/days.h"
#include "support/desk.h"
#include "support/filed.h"

#include <sqlite3.h>

#include <check.h>
#include <string.h>

/* Everybody was always there. */
static struct town
full(int members)
{
    struct town town = {.members = members, .rate = 4000};
    for (int m = 0; m < members; m++) {
        for (int d = 0; d < TOWN_DAYS; d++) {
            town.present[m][d] = true;
        }
    }
    return town;
}

/* A rate that no text makes retroactive: 48 days would change, twenty are told, none is paid. */
START_TEST(a_long_list_ends)
{
    struct desk *desk = desk_open(full(8));
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    ck_assert(desk_prepare(desk, 2));
    ck_assert_uint_eq(desk->recorded.entries, 48);
    const char *head = ledger_head(&desk->keep, desk->ledger);
    desk->town.rate = 3000;
    ck_assert(!desk_prepare(desk, 2));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P106), 20);
    ck_assert_str_eq(ledger_head(&desk->keep, desk->ledger), head);
    desk_close(desk);
}
END_TEST

static bool
record_with_one_account(struct desk *desk, enum bank_state state)
{
    struct batch *batch = desk_batch(desk, 0);
    for (uint32_t i = 0; i < 2; i++) {
        struct bank *bank = &batch->roster->items[i].rows[0].bank;
        *bank = batch->roster->items[0].rows[0].bank;
        bank->state = state;
    }
    struct recorded recorded;
    bool good = town_prepare(&desk->keep, desk->ledger, batch, desk->since, &recorded);
    ck_assert(!good || recorded.payments == 0);
    return good;
}

/* Two members with one account number are refused, though both are new; a number that is wrong is
 * nobody's, and nothing goes to it. */
START_TEST(what_is_no_account_is_nobodys)
{
    struct desk *desk = desk_open(full(2));
    ck_assert(!record_with_one_account(desk, BANK_RIGHT));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P104), 1);
    ck_assert(record_with_one_account(desk, BANK_WRONG));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P104), 1);
    desk_close(desk);
}
END_TEST

/* An account of two members that is also one of those who handle payments is theirs before all. */
START_TEST(an_account_of_the_office_is_nobody_elses)
{
    struct desk *desk = desk_open(full(2));
    desk->town.members = 1;
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_staff(desk->ledger, desk_batch(desk, 0), &town_alice));
    ck_assert(ledger_commit(desk->ledger));
    desk->town.members = 2;
    ck_assert(!record_with_one_account(desk, BANK_RIGHT));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P117), 2);
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P104), 0);
    desk_close(desk);
}
END_TEST

/* Whether it had been said already that one person is enough. */
static bool
let_one(struct desk *desk, const struct act *act)
{
    bool again = true;
    struct batch *batch = desk_batch(desk, 0);
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_let_one(desk->ledger, batch->rules, act, &again));
    ck_assert(ledger_commit(desk->ledger));
    return again;
}

/* That one person is enough is said once two have been needed, by another; what the one who prepares
 * says as well takes nothing from it, and after a batch of one it need not be said again. */
START_TEST(one_is_let_by_another)
{
    struct desk *desk = desk_open(full(1));
    desk->town.single = true;
    ck_assert(!let_one(desk, &town_bernard));
    ck_assert(!let_one(desk, &town_bernard)); /* nothing is allowed by it yet */
    desk->town.single = false;
    desk_record(desk, 0);
    desk->town.single = true;
    ck_assert(!desk_prepare(desk, 1));
    ck_assert(!let_one(desk, &town_alice));
    ck_assert(!desk_prepare(desk, 1));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P116), 2);
    ck_assert(!let_one(desk, &town_bernard));
    ck_assert(let_one(desk, &town_bernard));
    ck_assert(let_one(desk, &town_alice));
    desk_record(desk, 1);
    desk_record(desk, 2);
    desk_close(desk);
}
END_TEST

/* The same where the one who prepares says it last. */
START_TEST(ones_own_word_takes_nothing_back)
{
    struct desk *desk = desk_open(full(1));
    desk_record(desk, 0);
    desk->town.single = true;
    ck_assert(!let_one(desk, &town_bernard));
    ck_assert(!let_one(desk, &town_alice));
    desk_record(desk, 1);
    desk_close(desk);
}
END_TEST

/* Who left before the days that are settled is not missed; for days of theirs they are. */
START_TEST(who_left_is_not_missed)
{
    struct desk *desk = desk_open(full(2));
    desk_record(desk, 0);
    desk->town.members = 1;
    desk->since = day("2026-02-01");
    ck_assert(desk_prepare(desk, 1));
    ck_assert_uint_eq(desk->recorded.entries, 2);
    desk->since = day("2026-01-01");
    ck_assert(!desk_prepare(desk, 1));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P107), 1);
    desk_close(desk);
}
END_TEST

/* What was paid too much was carried over; then the rules say that it is recovered. No right has
 * changed, and the sum is listed all the same. */
START_TEST(a_listing_without_a_difference)
{
    struct desk *desk = desk_open_prepared(
        (struct town){.members = 1, .rate = 4000, .present = {{true}}});
    ck_assert_int_eq(desk->recorded.total.cents, 4000);
    desk_pay(desk, 1);
    desk->town.present[0][0] = false;
    ck_assert(desk_prepare(desk, 1));
    ck_assert_uint_eq(desk->recorded.entries, 1);
    desk->town.recovers = true;
    ck_assert(desk_prepare(desk, 1));
    ck_assert_int_eq(desk->recorded.batch, 3);
    ck_assert_uint_eq(desk->recorded.entries, 1);
    struct recovery *recovery =
        ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR("M0"));
    ck_assert_ptr_nonnull(recovery);
    ck_assert_int_eq(recovery->open.cents, 4000);
    /* It says for what: the right that the batch before had lowered. */
    ck_assert_uint_eq(recovery->items[0].line_count, 1);
    ck_assert_int_eq(recovery->items[0].lines[0].paid_by, 1);
    ck_assert_int_eq(recovery->items[0].lines[0].change.cents, -4000);
    ck_assert(desk_prepare(desk, 1));
    ck_assert_int_eq(desk->recorded.batch, 0);
    desk_close(desk);
}
END_TEST

static void
settle(struct desk *desk, int64_t batch)
{
    desk_pay(desk, batch);
    ck_assert(desk_act(desk, LEDGER_SETTLED, batch));
}

/* Everything is settled and closed, and 40.00 are still to come back: the debtor is kept. */
START_TEST(a_debtor_is_not_forgotten)
{
    bool again = false;
    struct period january = {{0}, {0}};
    struct desk *desk = desk_open_prepared(
        (struct town){.members = 1, .rate = 4000, .recovers = true, .present = {{true}}});
    ck_assert(period_parse(STR("2026-01"), &january));
    settle(desk, 1);
    desk->town.present[0][0] = false;
    settle(desk, desk_record(desk, 0));
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_close_period(desk->ledger, STR("town0"), january, &town_alice, false,
                                  &again));
    ck_assert(!ledger_purge(desk->ledger, STR("town0"), STR("M0"), &town_alice));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P110), 1);
    ck_assert(ledger_collect(desk->ledger, STR("town0"), STR("M0"), (struct money){4000},
                             &town_alice, &again));
    ck_assert(ledger_purge(desk->ledger, STR("town0"), STR("M0"), &town_alice));
    ck_assert(ledger_commit(desk->ledger));
    desk_close(desk);
}
END_TEST

static void
append_seal(struct ledger *ledger, int64_t batch)
{
    const struct datum seal[] = {datum_integer(batch), datum_bytes("x", 1),
                                 datum_integer(0), datum_integer(0), datum_integer(0)};
    ck_assert(chain_append(ledger, TABLE_SEAL, seal, ARRAY_COUNT(seal)) != 0);
}

/* What was undone is not told of what came in its place; and a chain that breaks while it is
 * written is told. */
START_TEST(seals_of_what_was_undone)
{
    struct desk *desk = desk_open(full(1));
    desk_record(desk, 0);
    ck_assert(ledger_begin(desk->ledger));
    append_seal(desk->ledger, 7);
    ck_assert(!seals_hold(desk->ledger, 0));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G041), 1);
    ledger_rollback(desk->ledger);
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(event_append(desk->ledger, 0, "staff", "", &town_alice));
    ck_assert(seals_hold(desk->ledger, 0)); /* the same number of rows, another head */
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G041), 1);
    desk->ledger->head.digest.bytes[0] ^= 1;
    ck_assert(event_append(desk->ledger, 0, "staff", "", &town_alice));
    ck_assert(!seals_hold(desk->ledger, 0));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G040), 1);
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* A seal of another length is looked for like any, and read no further than it goes. */
START_TEST(a_seal_that_is_short)
{
    size_t count = 0;
    struct digest none = {{0}};
    struct desk *desk = desk_open(full(1));
    desk_record(desk, 0);
    struct batch *batch = desk_batch(desk, 0);
    struct store *store = &desk->ledger->store;
    const struct prepared *found =
        ledger_prepared(&desk->keep, desk->ledger, batch, STR(""), &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(memcmp(found->digest.bytes, desk->recorded.digest.bytes, 32) == 0);
    sqlite3_set_authorizer(store->db, NULL, NULL);
    ck_assert(store_run(store, "UPDATE seal SET digest = x'78'"));
    found = ledger_prepared(&desk->keep, desk->ledger, batch, STR("78"), &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(memcmp(found->digest.bytes, none.bytes, 32) == 0);
    desk_drop(desk);
}
END_TEST

static void
expect_nobody(struct entry_sink *sink, const struct order_entry *entry)
{
    (void)sink;
    ck_assert_uint_eq(entry->id.size, 0);
    ck_assert_int_eq(entry->amount.cents, 4000);
}

/* An entry of a person who is in no row is shown, and is nobody's. */
START_TEST(an_entry_of_nobody)
{
    struct desk *desk = desk_open(full(1));
    desk_record(desk, 0);
    struct store *store = &desk->ledger->store;
    sqlite3_set_authorizer(store->db, NULL, NULL);
    ck_assert(store_run(store, "UPDATE entry SET person = 777"));
    const struct order *order = ledger_order(&desk->keep, desk->ledger, 1);
    ck_assert_ptr_nonnull(order);
    struct entry_sink sink = {.entry = expect_nobody};
    order->entries.each(order->entries.context, desk->keep, &sink);
    ck_assert(!ledger_verify(desk->ledger));
    desk_drop(desk);
}
END_TEST

/* A statement that cannot be made for want of room: the batch is not recorded, and it is said. */
START_TEST(entries_that_find_no_room)
{
    struct desk *desk = desk_open(full(8));
    const char *head = ledger_head(&desk->keep, desk->ledger);
    struct batch *batch = desk_batch(desk, 2);
    ck_assert(ledger_begin(desk->ledger));
    batch->history =
        ledger_history(&desk->keep, desk->ledger, batch, desk->since, town_alice.actor);
    ck_assert_ptr_nonnull(batch->history);
    struct summary *summary = batch_summarise(&desk->keep, batch, NULL, NULL);
    struct recorded recorded;
    struct recording recording = {batch, summary, DATE_NONE, "test", &town_alice};
    sqlite3_limit(desk->ledger->store.db, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    ck_assert(!ledger_record(desk->ledger, &recording, &recorded));
    ledger_rollback(desk->ledger);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_MACHINE);
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G021), 1);
    ck_assert_str_eq(ledger_head(&desk->keep, desk->ledger), head);
    desk_drop(desk);
}
END_TEST

Suite *test_ledger_guards_suite(void);

Suite *
test_ledger_guards_suite(void)
{
    Suite *suite = suite_create("ledger_guards");
    TCase *cases = tcase_create("ledger_guards");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_long_list_ends);
    tcase_add_test(cases, what_is_no_account_is_nobodys);
    tcase_add_test(cases, an_account_of_the_office_is_nobody_elses);
    tcase_add_test(cases, one_is_let_by_another);
    tcase_add_test(cases, ones_own_word_takes_nothing_back);
    tcase_add_test(cases, who_left_is_not_missed);
    tcase_add_test(cases, a_listing_without_a_difference);
    tcase_add_test(cases, a_debtor_is_not_forgotten);
    tcase_add_test(cases, seals_of_what_was_undone);
    tcase_add_test(cases, a_seal_that_is_short);
    tcase_add_test(cases, an_entry_of_nobody);
    tcase_add_test(cases, entries_that_find_no_room);
    suite_add_tcase(suite, cases);
    return suite;
}
