/* SPDX-License-Identifier: Apache-2.0 */
/* Taking back has bounds: what was recovered or lowered since cannot be taken from under it. */
#include "../../src/ledger/ledger_parts.h"
#include "support/days.h"
#include "support/desk.h"

#include <check.h>
#include <string.h>

/* One member, who was there on the first day of January: an overpayment is recovered, or carried
 * over, or a text makes new rates reach back. */
static const struct town recovering = {
    .members = 1, .rate = 4000, .recovers = true, .present = {{true}}};
static const struct town carrying = {.members = 1, .rate = 4000, .present = {{true}}};
static const struct town retroactive = {
    .members = 1, .rate = 4000, .retroactive = true, .present = {{true}}};

/* Paid; other bytes of the same batch are known for other bytes: G042 where they come about. */
static void
pay(struct desk *desk, int64_t batch)
{
    struct digest other = {.bytes = {1}};
    bool known = false;
    bool same = true;
    desk_pay(desk, batch);
    ck_assert(ledger_output_known(desk->ledger, batch, "xml", &other, &known, &same));
    ck_assert(known && !same);
}

/* What a batch listed for recovery, and of which something came in, is listed for good. */
START_TEST(a_listing_that_was_recovered)
{
    struct desk *desk = desk_open_prepared(recovering);
    pay(desk, 1);
    desk->town.present[0][0] = false;
    int64_t listing = desk_record(desk, 0);
    desk_collect(desk, 1500);
    ck_assert(!desk_act(desk, LEDGER_CANCEL, listing));
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_POLICY);
    desk_close(desk);
}
END_TEST

/* Nothing came in of it: then it can be given up. */
START_TEST(a_listing_that_was_not)
{
    struct desk *desk = desk_open_prepared(recovering);
    desk->town.present[0][0] = false;
    ck_assert(desk_act(desk, LEDGER_CANCEL, desk_record(desk, 0)));
    desk_close(desk);
}
END_TEST

/* What a batch itself took back, and what it listed, is nothing that it gave. */
START_TEST(a_batch_that_gave_nothing)
{
    size_t count = 0;
    struct desk *desk = desk_open_prepared(recovering);
    pay(desk, 1);
    desk->town.present[0][0] = false;
    int64_t listing = desk_record(desk, 0);
    pay(desk, listing);
    ck_assert(desk_reverse(desk, listing, STR("M0")) == 0);
    const struct diagnostic *told = diag_sorted(desk->diag, &count);
    ck_assert_uint_eq(diag_errors(desk->diag), 1);
    ck_assert(told[0].code == CODE_G006);
    ck_assert(strstr(told[0].text, "nothing of 'M0' stands in batch 2") != NULL);
    ck_assert(desk_reverse(desk, 1, STR("M9")) == 0); /* nor to somebody unknown */
    ck_assert_uint_eq(diag_errors(desk->diag), 2);
    desk_close(desk);
}
END_TEST

/* 40.00 paid, then 10.00 less by a retroactive text: the last comes back first. */
START_TEST(a_right_that_was_lowered)
{
    struct desk *desk = desk_open_prepared(retroactive);
    pay(desk, 1);
    desk->town.rate = 3000;
    int64_t second = desk_record(desk, 0);
    pay(desk, second);
    ck_assert(desk_reverse(desk, 1, STR("M0")) == 0);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_POLICY);
    ck_assert(ledger_verify(desk->ledger));
    ck_assert(desk_reverse(desk, second, STR("M0")) != 0);
    ck_assert(desk_reverse(desk, 1, STR("M0")) != 0);
    desk_close(desk);
}
END_TEST

/* Whether the town's rules of now are those by which the right of the first day stands. */
static bool
stands_by_these_rules(struct desk *desk)
{
    struct history *history = ledger_history(
        &desk->keep, desk->ledger, desk_batch(desk, 0), desk->since, town_alice.actor);
    ck_assert_uint_eq(history->first[1], 1);
    return history->items[0].same_rules;
}

/* 40.00 by the first rules, 45.00 by the second: what is taken back of it, and whether that is given
 * up again, says by which of them the right stands. */
START_TEST(by_which_rules_a_right_stands)
{
    struct desk *desk = desk_open_prepared(retroactive);
    pay(desk, 1);
    desk->town.rate = 4500;
    int64_t given_up = desk_record(desk, 0);
    ck_assert(stands_by_these_rules(desk));
    ck_assert(desk_act(desk, LEDGER_CANCEL, given_up));
    ck_assert(!stands_by_these_rules(desk));
    int64_t second = desk_record(desk, 0);
    pay(desk, second);
    /* What stands again does so in its place, before the second. */
    for (int i = 0; i < 2; i++) {
        int64_t back = desk_reverse(desk, 1, STR("M0"));
        ck_assert(stands_by_these_rules(desk));
        ck_assert(desk_act(desk, LEDGER_CANCEL, back));
        ck_assert(stands_by_these_rules(desk));
    }
    ck_assert(desk_act(desk, LEDGER_CANCEL, desk_reverse(desk, second, STR("M0"))));
    ck_assert(stands_by_these_rules(desk));
    ck_assert(desk_reverse(desk, second, STR("M0")) != 0);
    ck_assert(!stands_by_these_rules(desk));
    desk->town.rate = 4000;
    ck_assert(stands_by_these_rules(desk));
    desk_close(desk);
}
END_TEST

struct row { /* an entry of the right; of no batch: there is none */
    int64_t batch;
    const char *kind;
    int64_t amount, ruleset;
    size_t reverses; /* the row before, from 1; 0: none */
    const char *cause;
};

static void
append_row(struct desk *desk, const struct right *right, const struct row *row,
           int64_t reverses)
{
    const struct datum entry[] = {
        datum_integer(row->batch),
        datum_integer(1),
        datum_text(STR("right")),
        datum_text(text_of(row->kind)),
        datum_text(right->component),
        datum_date(&desk->keep, right->day),
        datum_text(right->unit),
        datum_integer(row->amount),
        datum_integer(row->ruleset), /* as the fact, too */
        datum_integer(row->ruleset),
        datum_text(text_of(row->cause)),
        datum_integer(0),
        datum_integer(reverses),
    };
    ck_assert(chain_append(desk->ledger, TABLE_ENTRY, entry, ARRAY_COUNT(entry)) != 0);
}

/* What stands again does so in the place of the entry that is like it, in whatever order: the right
 * stands by the rules of what was posted last. What stood nowhere before stands where it is. */
START_TEST(each_stands_again_in_its_place)
{
    static const struct row places[][6] = {
        {{1, "DUE", 4000, 1, 0, "new"},
         {2, "RAPPEL", 500, 2, 0, "rate"},
         {3, "REVERSAL", -4000, 3, 1, "removed"},
         {3, "REVERSAL", -500, 3, 2, "removed"},
         {3, "RAPPEL", 500, 2, 0, "cancel"},
         {3, "DUE", 4000, 1, 0, "cancel"}},
        {{1, "RAPPEL", 4000, 1, 0, "rate"},
         {2, "RAPPEL", 500, 2, 0, "rate"},
         {3, "REVERSAL", -4000, 3, 1, "removed"},
         {3, "REVERSAL", -500, 3, 2, "removed"},
         {3, "RAPPEL", 500, 2, 0, "cancel"},
         {3, "RAPPEL", 4000, 1, 0, "cancel"}},
        {{1, "DUE", 4000, 1, 0, "new"},
         {2, "RAPPEL", 4000, 2, 0, "rate"},
         {3, "REVERSAL", -4000, 3, 1, "removed"},
         {3, "REVERSAL", -4000, 3, 2, "removed"},
         {3, "RAPPEL", 4000, 2, 0, "cancel"},
         {3, "DUE", 4000, 1, 0, "cancel"}},
        {{1, "DUE", 4000, 1, 0, "new"}, {2, "RAPPEL", 500, 2, 0, "cancel"}},
    };
    struct right right = {STR("meal"), day("2026-01-20"), STR("s1")};
    for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
        struct desk *desk = desk_open((struct town){0});
        struct paid_right paid = {.right = right};
        int64_t ruleset = 0;
        ck_assert(ledger_begin(desk->ledger));
        int64_t before = desk->ledger->head.seq;
        for (size_t k = 0; k < ARRAY_COUNT(places[i]) && places[i][k].batch != 0; k++) {
            size_t reverses = places[i][k].reverses;
            append_row(desk, &right, &places[i][k],
                       reverses == 0 ? 0 : before + (int64_t)reverses);
        }
        right_stands_by(desk->ledger, desk->keep, 1, &paid, &ruleset);
        ck_assert_int_eq(ruleset, 2);
        ck_assert_uint_eq(paid.fact, 2);
        ledger_rollback(desk->ledger);
        desk_close(desk);
    }
}
END_TEST

/* What worked an overpayment off: it is there again as it was once that batch is cancelled, unless a
 * later one has paid what this one left. */
START_TEST(an_overpayment_that_was_worked_off)
{
    static const char *const rows[] = {
        "",
        "reversed",
        "rejected",
        "reversed, rejected",
        "recovers, reversed",
        "recovers, reversed, rejected",
        "recovers, reversed, listed",
        "later",
        "recovers, reversed, later",
        "reversed, rejected, later",
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        bool later = strstr(rows[i], "later") != NULL;
        struct desk *desk = desk_open_prepared(
            strstr(rows[i], "recovers") != NULL ? recovering : carrying);
        pay(desk, 1);
        desk->town.present[0][0] = false;
        if (strstr(rows[i], "reversed") != NULL) {
            ck_assert(desk_reverse(desk, 1, STR("M0")) != 0);
        } else {
            desk_record(desk, 0);
        }
        bool listed = strstr(rows[i], "listed") != NULL;
        desk->town.present[0][2] = desk->town.present[0][3] = !listed;
        int64_t batch = desk_record(desk, 1);
        if (strstr(rows[i], "rejected") != NULL) {
            desk_pay(desk, batch);
            ck_assert(desk_act(desk, LEDGER_REJECTED, batch));
        }
        if (later) {
            desk->town.present[0][4] = true;
            ck_assert_int_gt(desk_record(desk, 2), batch);
        }
        ck_assert_msg(desk_act(desk, LEDGER_CANCEL, batch) != later, "%s", rows[i]);
        const struct history *history =
            ledger_history(&desk->keep, desk->ledger, desk_batch(desk, 1), desk->since,
                           town_alice.actor);
        ck_assert_int_eq(history->standings[0].balance.cents, later ? 0 : -4000);
        desk_close(desk);
    }
}
END_TEST

Suite *test_ledger_reverse_suite(void);

Suite *
test_ledger_reverse_suite(void)
{
    Suite *suite = suite_create("ledger_reverse");
    TCase *cases = tcase_create("ledger_reverse");
    tcase_add_test(cases, a_listing_that_was_recovered);
    tcase_add_test(cases, a_listing_that_was_not);
    tcase_add_test(cases, a_batch_that_gave_nothing);
    tcase_add_test(cases, a_right_that_was_lowered);
    tcase_add_test(cases, by_which_rules_a_right_stands);
    tcase_add_test(cases, each_stands_again_in_its_place);
    tcase_add_test(cases, an_overpayment_that_was_worked_off);
    suite_add_tcase(suite, cases);
    return suite;
}
