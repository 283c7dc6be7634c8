/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid too much: a share of later payments is kept back, to the cent, and told. */
#include "defray/ledger_view.h"
#include "defray/statement.h"

#include "support/desk.h"

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
    suite_add_tcase(suite, cases);
    return suite;
}
