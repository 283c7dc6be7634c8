/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid too much: a share of later payments is kept back, to the cent, and told. */
#include "defray/ledger_view.h"
#include "defray/statement.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/days.h"
#include "support/desk.h"
#include "support/filed.h"

#include <check.h>
#include <string.h>

struct adding { /* the amounts of the way from what is due to what is paid */
    struct row_sink sink;
    struct money sum;
    size_t rows;
};

static void
add_adjustment(struct row_sink *sink, const struct cell *cells)
{
    struct adding *adding = (struct adding *)sink;
    adding->sum = money_add(adding->sum, cells[1].money);
    adding->rows++;
}

/* What a member reads on the statement adds up to what is paid, whatever was kept back. */
static void
assert_told(struct arena *keep, struct batch *batch, int64_t total, size_t rows)
{
    const struct summary *summary = batch_summarise(keep, batch, NULL, NULL);
    struct statements statements = {batch, summary, LANGUAGE_EN};
    uint32_t member = 0;
    struct arena scratch = arena_reserve((size_t)1 << 30);
    const struct document *document =
        statement_document(keep, scratch, &statements, (struct chosen){&member, 1});
    struct adding adding = {{add_adjustment}, {0}, 0};
    for (size_t i = 0; i < document->table_count; i++) {
        const struct table *table = &document->tables[i];
        if (strcmp(table->key, "settlement") == 0) {
            table->produce(table->context, *keep, &adding.sink);
        }
    }
    arena_release(scratch);
    ck_assert_uint_eq(adding.rows, rows);
    ck_assert_int_eq(rows == 0 ? total : adding.sum.cents, total);
    ck_assert_int_eq(summary->persons[0].total.cents, total);
}

struct kept { /* what the third plenary brings, 25 % of it kept back at most */
    int64_t rate, recovered, paid, left;
};

/* A share of each later payment is kept back, rounded down, until nothing is left to recover; what
 * waits for another reason is not reduced again. */
START_TEST(a_share_is_kept_back)
{
    static const struct kept rows[] = {
        {4000, 0,    3000, 3000},
        {3333, 0,    2500, 2500},
        {3334, 0,    2501, 2501}, /* a quarter is 8.335: rounded down */
        {4000, 3500, 3500, 0   },
        {4000, 4000, 4000, 0   },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        bool again = false;
        struct desk *desk = desk_open_prepared((struct town){.number = 3,
                                                             .members = 1,
                                                             .rate = rows[i].rate,
                                                             .recovers = true,
                                                             .keeps_back = 25,
                                                             .present = {{true}}});
        struct ledger *ledger = desk->ledger;
        desk_pay(desk, 1);
        desk->town.present[0][0] = false;
        ck_assert(desk_prepare(desk, 1));
        ck_assert_int_eq(desk->recorded.total.cents, 0);
        ck_assert(ledger_begin(ledger));
        ck_assert(rows[i].recovered == 0 ||
                  ledger_collect(ledger, STR("town3"), STR("M0"),
                                 (struct money){rows[i].recovered}, &town_alice, &again));
        ck_assert(ledger_commit(ledger));
        desk->town.present[0][2] = true;
        struct batch *batch = desk_batch(desk, 1);
        ck_assert(town_prepare(&desk->keep, ledger, batch, desk->since, &desk->recorded));
        ck_assert_int_eq(desk->recorded.total.cents, rows[i].paid);
        int64_t number = desk->recorded.batch;
        batch->traced = true;
        assert_told(&desk->keep, batch, rows[i].paid,
                    rows[i].paid == rows[i].rate ? 0 : 2);
        ck_assert(town_prepare(&desk->keep, ledger, batch, desk->since, &desk->recorded));
        ck_assert_int_eq(desk->recorded.batch, 0);
        struct history *history =
            ledger_history(&desk->keep, ledger, batch, desk->since, town_alice.actor);
        ck_assert_int_eq(history->standings[0].receivable.cents, rows[i].left);
        ck_assert_int_eq(history->standings[0].balance.cents, 0);
        /* What was kept back is owed again. */
        ck_assert(desk_act(desk, LEDGER_CANCEL, number));
        history =
            ledger_history(&desk->keep, ledger, batch, desk->since, town_alice.actor);
        ck_assert_int_eq(history->standings[0].receivable.cents,
                         rows[i].rate - rows[i].recovered);
        desk_close(desk);
    }
}
END_TEST

/* Two plenaries of January are struck and one of February is new: whether that comes in one run or
 * in two, the same is paid, and the same is left to recover. */
START_TEST(one_run_pays_what_two_pay)
{
    static const int shares[] = {0, 25, 100};
    for (size_t i = 0; i < ARRAY_COUNT(shares) * 2; i++) {
        bool two = i % 2 == 1;
        int64_t kept = 4000 * shares[i / 2] / 100;
        struct desk *desk = desk_open_prepared((struct town){.number = 3,
                                                             .members = 1,
                                                             .rate = 4000,
                                                             .recovers = true,
                                                             .keeps_back = shares[i / 2],
                                                             .present = {{true, true}}});
        desk_pay(desk, 1);
        desk->town.present[0][0] = desk->town.present[0][1] = false;
        if (two) {
            desk_record(desk, 0);
            ck_assert_int_eq(desk->recorded.total.cents, 0);
        }
        desk->town.present[0][2] = true;
        int64_t last = desk_record(desk, 1);
        ck_assert_int_eq(desk->recorded.total.cents, 4000 - kept);
        const struct recovery *recovery =
            ledger_recovery(&desk->keep, desk->ledger, STR("town3"), STR("M0"));
        ck_assert_ptr_nonnull(recovery);
        ck_assert_int_eq(recovery->items[0].listed.cents, 8000);
        ck_assert_int_eq(recovery->open.cents, 8000 - kept);
        ck_assert_uint_eq(recovery->items[0].line_count, 2);
        ck_assert(desk_act(desk, LEDGER_CANCEL, last));
        desk_close(desk);
    }
}
END_TEST

/* So many cents of M0 are in a title: what has left, has not come back, and is listed. */
static int64_t
in_titles(struct desk *desk)
{
    const struct recovery *recovery =
        ledger_recovery(&desk->keep, desk->ledger, STR("town3"), STR("M0"));
    bool again = false;
    int64_t open = recovery == NULL ? 0 : recovery->open.cents;
    ck_assert(ledger_begin(desk->ledger)); /* no cent more is noted as recovered */
    ck_assert(!ledger_collect(desk->ledger, STR("town3"), STR("M0"),
                              (struct money){open + 1}, &town_alice, &again));
    ledger_rollback(desk->ledger);
    return open;
}

/* Nobody is asked for money that has not left, or that came back; what had left before is. */
START_TEST(nobody_owes_what_has_not_left)
{
    static const enum ledger_verb way[] = {LEDGER_APPROVE, LEDGER_EXPORT, LEDGER_SENT,
                                           LEDGER_REJECTED};
    struct desk *desk = desk_open_prepared((struct town){
        .number = 3, .members = 1, .rate = 4000, .recovers = true, .present = {{true}}});
    desk_pay(desk, 1);
    desk->town.present[0][2] = true;
    int64_t second = desk_record(desk, 1);
    desk->town.present[0][0] = desk->town.present[0][2] = false;
    int64_t listing = desk_record(desk, 1);
    ck_assert_int_eq(in_titles(desk), 4000);
    for (size_t i = 0; i < ARRAY_COUNT(way); i++) {
        ck_assert(desk_act(desk, way[i], second));
        ck_assert_int_eq(in_titles(desk), way[i] == LEDGER_SENT ? 8000 : 4000);
    }
    ck_assert(desk_act(desk, LEDGER_CANCEL, listing));
    ck_assert(desk_act(desk, LEDGER_CANCEL, second));
    ck_assert_int_eq(in_titles(desk), 0);
    desk_close(desk);
}
END_TEST

static int64_t
first_person(struct ledger *ledger)
{
    return store_value(&ledger->store,
                       store_statement(&ledger->store, "SELECT min(seq) FROM person"));
}

static struct recovery_debt
debt_of_first(struct desk *desk)
{
    struct recovery_debt debt = {.until = DATE_NONE};
    read_debt(&desk->keep, desk->ledger, first_person(desk->ledger), &debt);
    store_release(&desk->ledger->store);
    return debt;
}

/* 40.00 by one batch, 5.00 more by the next, since a text raised the rate of days gone by; then the
 * right is struck. The last that has left is named, and of what has not, the last of those. */
START_TEST(a_right_that_two_batches_pay)
{
    static const struct {
        bool first, second; /* has left */
        int64_t change, paid_by, unsent, unsent_by;
    } rows[] = {
        {true,  true,  -4500, 2, 0,    0},
        {true,  false, -4000, 1, 500,  2},
        {false, true,  -500,  2, 4000, 1},
        {false, false, 0,     0, 4500, 2},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct desk *desk = desk_open_prepared((struct town){.members = 1,
                                                             .rate = 4000,
                                                             .recovers = true,
                                                             .retroactive = true,
                                                             .present = {{true}}});
        desk->town.rate = 4500;
        ck_assert_int_eq(desk_record(desk, 0), 2);
        ck_assert_int_eq(desk->recorded.total.cents, 500);
        for (int64_t batch = 1; batch <= 2; batch++) {
            if (batch == 1 ? rows[i].first : rows[i].second) {
                desk_pay(desk, batch);
            }
        }
        desk->town.present[0][0] = false;
        ck_assert_int_eq(desk_record(desk, 0), 3);
        struct recovery_debt debt = debt_of_first(desk);
        ck_assert_int_eq(debt.open.cents, -rows[i].change);
        ck_assert_int_eq(debt.unsent.cents, rows[i].unsent);
        ck_assert_int_eq(debt.unsent_by, rows[i].unsent_by);
        ck_assert_uint_eq(debt.line_count, rows[i].change == 0 ? 0 : 1);
        if (debt.line_count > 0) {
            ck_assert_int_eq(debt.lines[0].paid_by, rows[i].paid_by);
            ck_assert_int_eq(debt.lines[0].before.cents, -rows[i].change);
            ck_assert_int_eq(debt.lines[0].change.cents, rows[i].change);
        }
        desk_close(desk);
    }
}
END_TEST

/* Three plenaries were paid; the first is struck, and listed; then it is restored and the other two
 * are struck: of their 80.00, 40.00 are listed, and the line of the first says why not more. */
START_TEST(what_was_set_off_is_told)
{
    static const struct {
        int64_t batch, paid_by, before, change;
        int day;
    } wanted[] = {
        {2, 1, 4000, -4000, 0},
        {3, 1, 4000, -4000, 1},
        {3, 1, 4000, -4000, 2},
        {3, 0, 0,    4000,  0},
    };
    struct desk *desk = desk_open((struct town){
        .members = 1, .rate = 4000, .recovers = true, .present = {{true, true, true}}});
    bool *present = desk->town.present[0];
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 1)));
    desk_pay(desk, desk_record(desk, 1));
    present[0] = false;
    desk_record(desk, 1);
    present[0] = true;
    present[1] = present[2] = false;
    desk_record(desk, 1);
    ck_assert_int_eq(desk->recorded.total.cents, 0);
    struct recovery_debt debt = debt_of_first(desk);
    ck_assert_int_eq(debt.listed.cents, 8000);
    ck_assert_int_eq(debt.open.cents, 8000);
    ck_assert_uint_eq(debt.line_count, ARRAY_COUNT(wanted));
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
        const struct recovery_line *line = &debt.lines[i];
        ck_assert_int_eq(line->batch, wanted[i].batch);
        ck_assert_int_eq(line->paid_by, wanted[i].paid_by);
        ck_assert_int_eq(line->before.cents, wanted[i].before);
        ck_assert_int_eq(line->change.cents, wanted[i].change);
        ck_assert_int_eq(date_compare(line->day, day(town_day(wanted[i].day))), 0);
    }
    desk_close(desk);
}
END_TEST

struct raised {
    const char *component, *day, *unit;
};

static void
append_entry(struct desk *desk, const char *book, struct raised right, int64_t amount)
{
    const struct datum entry[] = {
        datum_integer(1),
        datum_integer(first_person(desk->ledger)),
        datum_text(text_of(book)),
        datum_text(strcmp(book, "recovery") == 0 ? STR("RECOVER") : STR("RAPPEL")),
        datum_text(text_of(right.component)),
        datum_text(text_of(right.day)),
        datum_text(text_of(right.unit)),
        datum_integer(amount),
        datum_integer(0),
        datum_integer(0),
        datum_text(STR("recount")),
        datum_integer(0),
        datum_integer(0),
    };
    ck_assert(chain_append(desk->ledger, TABLE_ENTRY, entry, ARRAY_COUNT(entry)) != 0);
}

/* 40.00 were lowered and 30.00 listed: of two rights that were raised by 10.00, the one that takes
 * the place of what was lowered is what was set off, be it the later one. */
START_TEST(what_takes_a_place_is_set_off_first)
{
    static const char lowered[] = "2026-01-20";
    static const struct {
        const char *unit; /* of what was lowered */
        struct raised other, wanted;
    } rows[] = {
        {"",   {"stipend", "2026-01-12", ""},   {"stipend", lowered, "x"}      },
        {"s1", {"stipend", "2026-01-12", "s2"}, {"stipend", "2026-01-13", "s1"}},
        {"s1", {"meal", lowered, "s1"},         {"stipend", "2026-01-21", "s1"}},
        {"s1", {"meal", "2026-01-14", "s1"},    {"stipend", lowered, "s2"}     },
        {"s1", {"meal", "2026-01-15", ""},      {"meal", "2026-01-14", ""}     },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct desk *desk = desk_open_prepared((struct town){
            .members = 1, .rate = 4000, .recovers = true, .present = {{true}}});
        struct raised nothing = {"", "", ""};
        desk_pay(desk, 1);
        ck_assert(ledger_begin(desk->ledger));
        append_entry(desk, "right", (struct raised){"stipend", lowered, rows[i].unit},
                     -4000);
        append_entry(desk, "right", rows[i].other, 1000);
        append_entry(desk, "right", rows[i].wanted, 1000);
        append_entry(desk, "recovery", nothing, 3000);
        struct recovery_debt debt = debt_of_first(desk);
        ck_assert_int_eq(debt.listed.cents, 3000);
        ck_assert_uint_eq(debt.line_count, 2);
        ck_assert_int_eq(debt.lines[0].change.cents, -4000);
        const struct recovery_line *raised = &debt.lines[1];
        ck_assert_int_eq(raised->change.cents, 1000);
        ck_assert(text_equals(raised->component, text_of(rows[i].wanted.component)));
        ck_assert(text_equals(raised->unit, text_of(rows[i].wanted.unit)));
        ck_assert_int_eq(date_compare(raised->day, day(rows[i].wanted.day)), 0);
        ledger_rollback(desk->ledger);
        desk_drop(desk);
    }
}
END_TEST

/* A reversal is listed with what the next run strikes, and cancelled; then the bank rejects both files
 * that had paid: nobody holds anything, and the later of the two is named. */
START_TEST(what_is_held_no_more_waits_for_the_last)
{
    struct desk *desk = desk_open((struct town){
        .members = 1, .rate = 4000, .recovers = true, .present = {{true, false, true}}});
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    desk_pay(desk, desk_record(desk, 0));
    desk_pay(desk, desk_record(desk, 1));
    int64_t reversal = desk_reverse(desk, 1, STR("M0"));
    desk->town.present[0][2] = false;
    desk->since = day("2026-02-01");
    desk_record(desk, 1);
    desk_let_go(desk, reversal);
    struct recovery_debt debt = debt_of_first(desk);
    ck_assert_int_eq(debt.open.cents, 8000);
    ck_assert(desk_act(desk, LEDGER_REJECTED, 1));
    ck_assert(desk_act(desk, LEDGER_REJECTED, 2));
    debt = debt_of_first(desk);
    ck_assert_int_eq(debt.open.cents, 0);
    ck_assert_int_eq(debt.listed.cents, 0);
    ck_assert_int_eq(debt.unsent.cents, 8000);
    ck_assert_int_eq(debt.unsent_by, 2);
    desk_close(desk);
}
END_TEST

/* A run strikes what two batches pay: each that has not left is told, and no other. */
START_TEST(batches_that_wait_are_told_each)
{
    for (int sent = 0; sent <= 2; sent++) {
        struct desk *desk = desk_open((struct town){.members = 1,
                                                    .rate = 4000,
                                                    .recovers = true,
                                                    .present = {{true, false, true}}});
        ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
        desk_record(desk, 0);
        desk_record(desk, 1);
        for (int64_t batch = 1; batch <= sent; batch++) {
            desk_pay(desk, batch);
        }
        desk->town.present[0][0] = desk->town.present[0][2] = false;
        struct batch *batch = desk_batch(desk, 1);
        batch->history = ledger_history(&desk->keep, desk->ledger, batch, desk->since,
                                        town_alice.actor);
        ck_assert(ledger_tell_unsent(desk->ledger, batch, 0));
        ck_assert_uint_eq(filed_with(desk->diag, CODE_G016), 2 - (size_t)sent);
        desk_close(desk);
    }
}
END_TEST

/* A payment came back, and the right that it was for was raised since: what was listed for another
 * reason has not come back with it. */
START_TEST(what_came_back_is_still_owed)
{
    bool again = false;
    struct desk *desk = desk_open_prepared((struct town){.members = 1,
                                                         .rate = 4000,
                                                         .recovers = true,
                                                         .retroactive = true,
                                                         .present = {{true}}});
    desk_pay(desk, 1);
    desk->town.present[0][0] = false;
    desk_record(desk, 0);
    desk->town.present[0][2] = true;
    int64_t paid = desk_record(desk, 1);
    desk_pay(desk, paid);
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_move(desk->ledger, LEDGER_RETURNED, paid, STR("M0"), &town_bernard,
                          &again));
    ck_assert(ledger_commit(desk->ledger));
    desk->town.rate = 4500;
    desk_record(desk, 1);
    const struct history *history = ledger_history(
        &desk->keep, desk->ledger, desk_batch(desk, 1), desk->since, town_alice.actor);
    ck_assert_int_eq(history->standings[0].balance.cents, 4500);
    ck_assert_int_eq(history->standings[0].receivable.cents, 4000);
    ck_assert_int_eq(history->standings[0].returned.cents, 0);
    desk_close(desk);
}
END_TEST

/* The bank brings back a payment. What of it was taken back since is owed by nobody, whatever rose meanwhile; what
 * an earlier payment had paid, which stands, is owed as before. */
START_TEST(what_came_back_was_taken_back_of_that_payment)
{
    static const struct {
        int struck;   /* of the days that are paid in turn: the one that is struck off */
        int64_t rate; /* then */
        int64_t returned;
    } rows[] = {
        {0, 4000, 0   },
        {2, 4000, 4000},
        {2, 4500, 4000},
        {0, 4500, 0   },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        bool again = false;
        struct desk *desk = desk_open_prepared((struct town){.members = 1,
                                                             .rate = 4000,
                                                             .recovers = true,
                                                             .retroactive = true,
                                                             .present = {{true}}});
        desk_pay(desk, 1);
        desk->town.present[0][2] = desk->town.present[0][3] = true;
        int64_t paid = desk_record(desk, 1);
        desk_pay(desk, paid);
        desk->town.present[0][rows[i].struck] = false;
        desk->town.rate = rows[i].rate;
        desk_record(desk, 1);
        ck_assert(ledger_begin(desk->ledger));
        ck_assert(ledger_move(desk->ledger, LEDGER_RETURNED, paid, STR("M0"),
                              &town_bernard, &again));
        ck_assert(ledger_commit(desk->ledger));
        const struct history *history =
            ledger_history(&desk->keep, desk->ledger, desk_batch(desk, 1), desk->since,
                           town_alice.actor);
        ck_assert_int_eq(history->standings[0].receivable.cents, 4000);
        ck_assert_int_eq(history->standings[0].returned.cents, rows[i].returned);
        desk_close(desk);
    }
}
END_TEST

Suite *test_ledger_recovery_suite(void);

Suite *
test_ledger_recovery_suite(void)
{
    Suite *suite = suite_create("ledger_recovery");
    TCase *cases = tcase_create("ledger_recovery");
    tcase_set_timeout(cases, 300);
    tcase_add_test(cases, a_share_is_kept_back);
    tcase_add_test(cases, one_run_pays_what_two_pay);
    tcase_add_test(cases, nobody_owes_what_has_not_left);
    tcase_add_test(cases, a_right_that_two_batches_pay);
    tcase_add_test(cases, what_was_set_off_is_told);
    tcase_add_test(cases, what_takes_a_place_is_set_off_first);
    tcase_add_test(cases, what_is_held_no_more_waits_for_the_last);
    tcase_add_test(cases, batches_that_wait_are_told_each);
    tcase_add_test(cases, what_came_back_is_still_owed);
    tcase_add_test(cases, what_came_back_was_taken_back_of_that_payment);
    suite_add_tcase(suite, cases);
    return suite;
}
