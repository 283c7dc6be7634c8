/* SPDX-License-Identifier: Apache-2.0 */
/* What is read of a ledger is all of what was recorded: the head of an order, who acted and when,
 * debts over several listings, accounts in an order that people know, the rules with their series. */
#include "defray/ledger_view.h"
#include "defray/prepared.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/desk.h"
#include "support/filed.h"

#include <check.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *test_ledger_views_suite(void);

static const struct town pair = {
    .members = 2, .rate = 4000, .present = {{true, true}, {true, false}}
};

static bool
is_day(struct date date, const char *day)
{
    char text[DATE_TEXT_MAX];
    return strcmp(date_text(date, text), day) == 0;
}

/* Records a batch that a test has changed; summaries of the desk ask for more. */
static bool
record_batch(struct desk *desk, struct batch *batch, struct recorded *out)
{
    *out = (struct recorded){0};
    ck_assert(ledger_begin(desk->ledger));
    batch->history =
        ledger_history(&desk->keep, desk->ledger, batch, desk->since, town_alice.actor);
    ck_assert_ptr_nonnull(batch->history);
    struct summary *summary = batch_summarise(&desk->keep, batch, NULL, NULL);
    struct recording recording = {batch, summary, DATE_NONE, "9.8.7", &town_alice};
    if (!ledger_record(desk->ledger, &recording, out)) {
        ledger_rollback(desk->ledger);
        return false;
    }
    return ledger_commit(desk->ledger);
}

START_TEST(an_order_tells_who_and_what)
{
    struct desk *desk = desk_open(pair);
    struct recorded recorded;
    struct batch *batch = desk_batch(desk, 0);
    ck_assert(town_confirm(desk->ledger, batch));
    struct rules french = *batch->rules;
    french.language = LANGUAGE_FR;
    batch->rules = &french;
    ck_assert(record_batch(desk, batch, &recorded));
    ck_assert(desk_act(desk, LEDGER_APPROVE, 1));
    const char *head = ledger_head(&desk->keep, desk->ledger);
    ck_assert(desk_act(desk, LEDGER_EXPORT, 1));
    const struct order *order = ledger_order(&desk->keep, desk->ledger, 1);
    ck_assert_ptr_nonnull(order);
    ck_assert(text_equals(order->kind, STR("pay")));
    ck_assert(text_equals(order->assembly, STR("town0")));
    ck_assert(text_equals(order->title, STR("A0")));
    ck_assert(text_equals(order->authority, STR("Ville")));
    ck_assert(text_equals(order->version, STR("9.8.7")));
    ck_assert_int_eq(order->language, LANGUAGE_FR);
    ck_assert(is_day(order->period.from, "2026-01-01"));
    ck_assert(is_day(order->period.to, "2026-01-31"));
    ck_assert(is_day(order->since, "2026-01-01"));
    ck_assert(!order->single_person);
    ck_assert(text_equals(order->prepared_by, STR("Alice")));
    ck_assert(text_equals(order->approved_by, STR("Bernard")));
    ck_assert_int_eq(order->approved_at, order->events[1].time);
    ck_assert_str_eq(order->head, head);
    ck_assert_int_eq(order->total.cents, 12000);
    desk_close(desk);
}
END_TEST

START_TEST(what_is_prepared_tells_by_whom)
{
    struct desk *desk = desk_open_prepared(pair);
    size_t count = 0;
    const struct prepared *prepared =
        ledger_prepared(&desk->keep, desk->ledger, desk_batch(desk, 0), STR(""), &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(prepared->batch, 1);
    ck_assert(text_equals(prepared->actor, STR("Alice")));
    ck_assert_str_eq(prepared->head, ledger_head(&desk->keep, desk->ledger));
    desk_close(desk);
}
END_TEST

/* Two plenaries of January and one of February were paid and are struck: two listings. */
static struct desk *
owe(int members)
{
    struct town town = {.members = members, .rate = 4000, .recovers = true};
    for (int m = 0; m < members; m++) {
        town.present[m][0] = town.present[m][1] = town.present[m][2] = true;
    }
    struct desk *desk = desk_open(town);
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    desk_pay(desk, desk_record(desk, 0));
    desk_pay(desk, desk_record(desk, 1));
    for (int m = 0; m < members; m++) {
        desk->town.present[m][0] = false;
    }
    desk_record(desk, 0);
    for (int m = 0; m < members; m++) {
        desk->town.present[m][1] = desk->town.present[m][2] = false;
    }
    desk_record(desk, 1);
    return desk;
}

/* A right is reversed, and the next batch lists what was paid for it; then the reversal is
 * cancelled, a part is collected all the same, and the bank rejects the file that had paid. */
START_TEST(nobody_is_asked_for_more_than_they_hold)
{
    struct town town = {.members = 2, .rate = 4000, .recovers = true};
    town.present[0][2] = true;
    struct desk *desk = desk_open(town);
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    int64_t paid = desk_record(desk, 1);
    ck_assert(desk_act(desk, LEDGER_APPROVE, paid));
    ck_assert(desk_act(desk, LEDGER_EXPORT, paid));
    ck_assert(desk_act(desk, LEDGER_SENT, paid));
    int64_t reversal = desk_reverse(desk, paid, STR("M0"));
    desk->town.present[1][0] = true;
    desk_record(desk, 0);
    desk_let_go(desk, reversal);
    desk_collect(desk, 3500);
    const struct recovery *recovery =
        ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR(""));
    ck_assert_ptr_nonnull(recovery);
    ck_assert_int_eq(recovery->open.cents, 500);
    ck_assert(desk_act(desk, LEDGER_REJECTED, paid));
    ck_assert_ptr_null(ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR("")));
    ck_assert(desk_act(desk, LEDGER_EXPORT, paid));
    ck_assert(desk_act(desk, LEDGER_SENT, paid)); /* tried again: now they hold it */
    recovery = ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR(""));
    ck_assert_ptr_nonnull(recovery);
    ck_assert_int_eq(recovery->open.cents, 500);
    desk_close(desk);
}
END_TEST

static const struct debt {
    int64_t collected, listed, settled, open;
} debts[] = {
    {0,    12000, 0,    12000},
    {1500, 12000, 1500, 10500},
    {4000, 8000,  0,    8000 }, /* the first listing is settled, and told no more */
    {5000, 8000,  1000, 7000 },
};

START_TEST(a_debt_over_two_listings)
{
    struct desk *desk = owe(1);
    if (debts[_i].collected > 0) {
        desk_collect(desk, debts[_i].collected);
        struct sqlite3_stmt *of =
            store_statement(&desk->ledger->store,
                            "SELECT sum(batch) FROM entry WHERE book = 'collected'");
        ck_assert_int_eq(store_value(&desk->ledger->store, of), 0); /* of no batch */
        store_release(&desk->ledger->store);
    }
    const struct recovery *recovery =
        ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR(""));
    ck_assert_ptr_nonnull(recovery);
    ck_assert_uint_eq(recovery->count, 1);
    ck_assert(is_day(recovery->until, "2026-02-28"));
    ck_assert_int_eq(recovery->items[0].listed.cents, debts[_i].listed);
    ck_assert_int_eq(recovery->items[0].settled.cents, debts[_i].settled);
    ck_assert_int_eq(recovery->items[0].open.cents, debts[_i].open);
    ck_assert_int_eq(recovery->open.cents, debts[_i].open);
    desk_close(desk);
}
END_TEST

/* References are drawn anew in every ledger: that eight of them are in the order of the members by
 * chance is one case of 40 320. */
START_TEST(accounts_are_in_an_order_that_people_know)
{
    struct desk *desk = owe(8);
    size_t count = 0;
    const struct ledger_account *accounts =
        ledger_accounts(&desk->keep, desk->ledger, &count);
    const struct recovery *recovery =
        ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR(""));
    ck_assert_uint_eq(count, 8);
    ck_assert_uint_eq(recovery->count, 8);
    for (size_t i = 0; i < count; i++) {
        struct text id = text_of(arena_printf(&desk->keep, "M%zu", i));
        ck_assert(text_equals(accounts[i].id, id));
        ck_assert_int_eq(accounts[i].receivable.cents, 12000);
        ck_assert(text_equals(recovery->items[i].id, id));
    }
    ck_assert_int_eq(recovery->open.cents, 96000);
    desk_close(desk);
}
END_TEST

/* What waited for an account number was paid with the next month: the first can no longer be
 * cancelled, or the member would have been paid what nobody owed. */
START_TEST(a_later_batch_has_paid_what_it_owed)
{
    struct recorded recorded;
    struct town town = {.members = 1, .rate = 4000, .present = {{true, false, true}}};
    struct desk *desk = desk_open(town);
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    struct batch *january = desk_batch(desk, 0);
    january->roster->items[0].rows[0].bank = (struct bank){.state = BANK_MISSING};
    ck_assert(record_batch(desk, january, &recorded));
    ck_assert_int_eq(recorded.total.cents, 0);
    ck_assert_uint_eq(recorded.entries, 1);
    ck_assert(record_batch(desk, desk_batch(desk, 1), &recorded));
    ck_assert_int_eq(recorded.total.cents, 8000);
    ck_assert(!desk_act(desk, LEDGER_CANCEL, 1));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P105), 1);
    ck_assert(desk_act(desk, LEDGER_CANCEL, 2));
    ck_assert(desk_act(desk, LEDGER_CANCEL, 1));
    desk_close(desk);
}
END_TEST

/* Only what was paid is taken back; what was not is cancelled. */
START_TEST(nothing_is_reversed_before_it_is_sent)
{
    struct desk *desk = desk_open_prepared(pair);
    ck_assert_int_eq(desk_reverse(desk, 1, STR("M0")), 0);
    ck_assert(desk_act(desk, LEDGER_APPROVE, 1));
    ck_assert_int_eq(desk_reverse(desk, 1, STR("M0")), 0);
    ck_assert(desk_act(desk, LEDGER_EXPORT, 1));
    ck_assert_int_eq(desk_reverse(desk, 1, STR("M0")), 0);
    ck_assert_uint_eq(diag_errors(desk->diag), 3);
    ck_assert(desk_act(desk, LEDGER_SENT, 1));
    ck_assert_int_eq(desk_reverse(desk, 1, STR("M0")), 2);
    desk_close(desk);
}
END_TEST

START_TEST(every_series_is_kept_with_the_rules)
{
    struct desk *desk = desk_open(pair);
    struct recorded recorded;
    struct batch *batch = desk_batch(desk, 0);
    ck_assert(town_confirm(desk->ledger, batch));
    struct rules rules = *batch->rules;
    struct input *series[3];
    for (size_t i = 0; i < ARRAY_COUNT(series); i++) {
        const char *name = arena_printf(&desk->keep, "common/s%zu.cfg", i);
        series[i] = input_of(&desk->keep, text_of(name), text_of(name));
        series[i]->digest = digest_of(name, strlen(name));
    }
    rules.commons = series;
    rules.common_count = ARRAY_COUNT(series);
    batch->rules = &rules;
    ck_assert(record_batch(desk, batch, &recorded));
    struct sqlite3_stmt *kept = store_statement(
        &desk->ledger->store, "SELECT group_concat(name || ' ' || length(sha256), ',') "
                              "FROM (SELECT name, sha256 FROM rulefile ORDER BY name)");
    ck_assert(store_step(&desk->ledger->store, kept));
    struct text names = store_text(kept, 0);
    ck_assert_msg(text_equals(names, STR("s0.cfg 64,s1.cfg 64,s2.cfg 64,town.cfg 64")),
                  "%.*s", TEXT_ARG(names));
    store_release(&desk->ledger->store);
    desk_close(desk);
}
END_TEST

/* What ends for want of memory says whether something may stand already. */
START_TEST(the_end_knows_whether_something_stands)
{
    static const int statuses[] = {5, 6};
    for (int i = 0; i < 2; i++) {
        pid_t child = fork();
        if (child == 0) {
            struct desk *desk = i == 0 ? NULL : desk_open(pair);
            if (desk != NULL) {
                desk_drop(desk);
            }
            close(STDERR_FILENO);
            arena_exhausted();
        }
        int status = 0;
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), statuses[i]);
    }
}
END_TEST

Suite *
test_ledger_views_suite(void)
{
    Suite *suite = suite_create("ledger_views");
    TCase *cases = tcase_create("ledger_views");
    tcase_add_test(cases, an_order_tells_who_and_what);
    tcase_add_test(cases, what_is_prepared_tells_by_whom);
    tcase_add_test(cases, nobody_is_asked_for_more_than_they_hold);
    tcase_add_loop_test(cases, a_debt_over_two_listings, 0, (int)ARRAY_COUNT(debts));
    tcase_add_test(cases, accounts_are_in_an_order_that_people_know);
    tcase_add_test(cases, a_later_batch_has_paid_what_it_owed);
    tcase_add_test(cases, nothing_is_reversed_before_it_is_sent);
    tcase_add_test(cases, every_series_is_kept_with_the_rules);
    tcase_add_test(cases, the_end_knows_whether_something_stands);
    suite_add_tcase(suite, cases);
    return suite;
}
