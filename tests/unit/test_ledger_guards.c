/* SPDX-License-Identifier: Apache-2.0 */
/* Guards that a month seldom meets: long lists of refusals, accounts that are none, persons who
 * left, debts of one who would be forgotten, seals after what was undone. */
#include "defray/ledger_view.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/filed.h"
#include "support/town.h"

#include <sqlite3.h>

#include <check.h>
#include <string.h>

struct office {
    struct arena start, keep;
    struct diag *diag;
    struct ledger *ledger;
    const char *path;
    struct town town;
    struct date january; /* its first day */
};

static void
office_open(struct office *office, struct town town)
{
    *office = (struct office){.start = arena_reserve((size_t)1 << 32), .town = town};
    office->keep = office->start;
    office->diag = diag_new(&office->keep, LANGUAGE_EN);
    office->ledger = town_ledger(&office->keep, office->diag, &office->path);
    ck_assert(date_make(2026, 1, 1, &office->january));
}

static void
office_close(struct office *office)
{
    struct arena start = office->start;
    ledger_close(office->ledger);
    town_remove(&office->keep, office->path);
    arena_release(start);
}

static struct batch *
month(struct office *office, int number)
{
    return town_batch(&office->keep, &office->town, number, office->diag);
}

static bool
prepare(struct office *office, int number, struct recorded *recorded)
{
    return town_prepare(&office->keep, office->ledger, month(office, number),
                        office->january, recorded);
}

static void
move(struct office *office, enum ledger_verb verb, int64_t batch)
{
    bool again = false;
    ck_assert(ledger_begin(office->ledger));
    ck_assert(ledger_move(office->ledger, verb, batch, STR(""), &town_bernard, &again));
    ck_assert(!again);
    if (verb == LEDGER_EXPORT) {
        struct digest digest = digest_of("x", 1);
        ck_assert(ledger_output_add(office->ledger, batch, "xml", &digest, 1));
    }
    ck_assert(ledger_commit(office->ledger));
}

static void
settle(struct office *office, int64_t batch)
{
    move(office, LEDGER_APPROVE, batch);
    move(office, LEDGER_EXPORT, batch);
    move(office, LEDGER_SENT, batch);
    move(office, LEDGER_SETTLED, batch);
}

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
    struct office office;
    struct recorded recorded;
    office_open(&office, full(8));
    ck_assert(town_confirm(office.ledger, month(&office, 0)));
    ck_assert(prepare(&office, 2, &recorded));
    ck_assert_uint_eq(recorded.entries, 48);
    const char *head = ledger_head(&office.keep, office.ledger);
    office.town.rate = 3000;
    ck_assert(!prepare(&office, 2, &recorded));
    ck_assert_uint_eq(filed_with(office.diag, CODE_P106), 20);
    ck_assert_str_eq(ledger_head(&office.keep, office.ledger), head);
    office_close(&office);
}
END_TEST

static bool
record_with_one_account(struct office *office, enum bank_state state)
{
    struct recorded recorded;
    struct batch *batch = month(office, 0);
    for (uint32_t i = 0; i < 2; i++) {
        struct bank *bank = &batch->roster->items[i].rows[0].bank;
        *bank = batch->roster->items[0].rows[0].bank;
        bank->state = state;
    }
    bool good =
        town_prepare(&office->keep, office->ledger, batch, office->january, &recorded);
    ck_assert(!good || recorded.payments == 0);
    return good;
}

/* Two members with one account number are refused, though both are new; a number that is wrong is
 * nobody's, and nothing goes to it. */
START_TEST(what_is_no_account_is_nobodys)
{
    struct office office;
    office_open(&office, full(2));
    ck_assert(!record_with_one_account(&office, BANK_RIGHT));
    ck_assert_uint_eq(filed_with(office.diag, CODE_P104), 1);
    ck_assert(record_with_one_account(&office, BANK_WRONG));
    ck_assert_uint_eq(filed_with(office.diag, CODE_P104), 1);
    office_close(&office);
}
END_TEST

/* Who left before the days that are settled is not missed; for days of theirs they are. */
START_TEST(who_left_is_not_missed)
{
    struct office office;
    struct recorded recorded;
    office_open(&office, full(2));
    ck_assert(prepare(&office, 0, &recorded));
    office.town.members = 1;
    struct batch *batch = month(&office, 1);
    ck_assert(
        town_prepare(&office.keep, office.ledger, batch, batch->period.from, &recorded));
    ck_assert_uint_eq(recorded.entries, 2);
    ck_assert(!prepare(&office, 1, &recorded));
    ck_assert_uint_eq(filed_with(office.diag, CODE_P107), 1);
    office_close(&office);
}
END_TEST

/* What was paid too much was carried over; then the rules say that it is recovered. No right has
 * changed, and the sum is listed all the same. */
START_TEST(a_listing_without_a_difference)
{
    struct office office;
    struct recorded recorded;
    struct town town = {.members = 1, .rate = 4000};
    town.present[0][0] = true;
    office_open(&office, town);
    ck_assert(town_confirm(office.ledger, month(&office, 0)));
    ck_assert(prepare(&office, 0, &recorded));
    ck_assert_int_eq(recorded.total.cents, 4000);
    office.town.present[0][0] = false;
    ck_assert(prepare(&office, 1, &recorded));
    ck_assert_uint_eq(recorded.entries, 1);
    office.town.recovers = true;
    ck_assert(prepare(&office, 1, &recorded));
    ck_assert_int_eq(recorded.batch, 3);
    ck_assert_uint_eq(recorded.entries, 1);
    struct recovery *recovery =
        ledger_recovery(&office.keep, office.ledger, STR("town0"), STR("M0"));
    ck_assert_ptr_nonnull(recovery);
    ck_assert_int_eq(recovery->open.cents, 4000);
    ck_assert(prepare(&office, 1, &recorded));
    ck_assert_int_eq(recorded.batch, 0);
    ck_assert(ledger_verify(office.ledger));
    office_close(&office);
}
END_TEST

/* Everything is settled and closed, and 40.00 are still to come back: the debtor is kept. */
START_TEST(a_debtor_is_not_forgotten)
{
    struct office office;
    struct recorded recorded;
    bool again = false;
    struct period january = {{0}, {0}};
    struct town town = {.members = 1, .rate = 4000, .recovers = true};
    town.present[0][0] = true;
    office_open(&office, town);
    ck_assert(period_parse(STR("2026-01"), &january));
    ck_assert(town_confirm(office.ledger, month(&office, 0)));
    ck_assert(prepare(&office, 0, &recorded));
    settle(&office, 1);
    office.town.present[0][0] = false;
    ck_assert(prepare(&office, 0, &recorded));
    settle(&office, 2);
    ck_assert(ledger_begin(office.ledger));
    ck_assert(ledger_close_period(office.ledger, STR("town0"), january, &town_alice,
                                  false, &again));
    ck_assert(!ledger_purge(office.ledger, STR("town0"), STR("M0"), &town_alice));
    ck_assert_uint_eq(filed_with(office.diag, CODE_P110), 1);
    ck_assert(ledger_collect(office.ledger, STR("town0"), STR("M0"), (struct money){4000},
                             &town_alice, &again));
    ck_assert(ledger_purge(office.ledger, STR("town0"), STR("M0"), &town_alice));
    ck_assert(ledger_commit(office.ledger));
    ck_assert(ledger_verify(office.ledger));
    office_close(&office);
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
    struct office office;
    struct recorded recorded;
    office_open(&office, full(1));
    ck_assert(prepare(&office, 0, &recorded));
    ck_assert(ledger_begin(office.ledger));
    append_seal(office.ledger, 7);
    ck_assert(!seals_hold(office.ledger, 0));
    ck_assert_uint_eq(filed_with(office.diag, CODE_G041), 1);
    ledger_rollback(office.ledger);
    ck_assert(ledger_begin(office.ledger));
    ck_assert(event_append(office.ledger, 0, "staff", "", &town_alice));
    ck_assert(seals_hold(office.ledger, 0)); /* the same number of rows, another head */
    ck_assert_uint_eq(filed_with(office.diag, CODE_G041), 1);
    office.ledger->head.digest.bytes[0] ^= 1;
    ck_assert(event_append(office.ledger, 0, "staff", "", &town_alice));
    ck_assert(!seals_hold(office.ledger, 0));
    ck_assert_uint_eq(filed_with(office.diag, CODE_G040), 1);
    ledger_rollback(office.ledger);
    office_close(&office);
}
END_TEST

/* A seal of another length is looked for like any, and read no further than it goes. */
START_TEST(a_seal_that_is_short)
{
    struct office office;
    struct recorded recorded;
    size_t count = 0;
    struct digest none = {{0}};
    office_open(&office, full(1));
    ck_assert(prepare(&office, 0, &recorded));
    struct batch *batch = month(&office, 0);
    struct store *store = &office.ledger->store;
    const struct prepared *found =
        ledger_prepared(&office.keep, office.ledger, batch, STR(""), &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(memcmp(found->digest.bytes, recorded.digest.bytes, 32) == 0);
    sqlite3_set_authorizer(store->db, NULL, NULL);
    ck_assert(store_run(store, "UPDATE seal SET digest = x'78'"));
    found = ledger_prepared(&office.keep, office.ledger, batch, STR("78"), &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(memcmp(found->digest.bytes, none.bytes, 32) == 0);
    office_close(&office);
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
    struct office office;
    struct recorded recorded;
    office_open(&office, full(1));
    ck_assert(prepare(&office, 0, &recorded));
    struct store *store = &office.ledger->store;
    sqlite3_set_authorizer(store->db, NULL, NULL);
    ck_assert(store_run(store, "UPDATE entry SET person = 777"));
    const struct order *order = ledger_order(&office.keep, office.ledger, 1);
    ck_assert_ptr_nonnull(order);
    struct entry_sink sink = {.entry = expect_nobody};
    order->entries.each(order->entries.context, office.keep, &sink);
    ck_assert(!ledger_verify(office.ledger));
    office_close(&office);
}
END_TEST

/* A statement that cannot be made for want of room: the batch is not recorded, and it is said. */
START_TEST(entries_that_find_no_room)
{
    struct office office;
    struct recorded recorded;
    office_open(&office, full(8));
    const char *head = ledger_head(&office.keep, office.ledger);
    struct batch *batch = month(&office, 2);
    ck_assert(ledger_begin(office.ledger));
    batch->history = ledger_history(&office.keep, office.ledger, batch, office.january,
                                    town_alice.actor);
    ck_assert_ptr_nonnull(batch->history);
    struct summary *summary = batch_summarise(&office.keep, batch, NULL, NULL);
    struct recording recording = {batch, summary, DATE_NONE, "test", &town_alice};
    sqlite3_limit(office.ledger->store.db, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    ck_assert(!ledger_record(office.ledger, &recording, &recorded));
    ledger_rollback(office.ledger);
    ck_assert_int_eq(diag_failure(office.diag), FAILURE_MACHINE);
    ck_assert_uint_eq(filed_with(office.diag, CODE_G021), 1);
    ck_assert_str_eq(ledger_head(&office.keep, office.ledger), head);
    office_close(&office);
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
