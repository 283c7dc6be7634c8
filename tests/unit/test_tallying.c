/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a whole batch is the sum over its members, in whatever order they come. */
#include "defray/arrears.h"

#include "support/days.h"
#include "support/past.h"

#define SPAN    "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define EXCUSED "  excused = {"
#define MEANS                                                                          \
    "  conditions = { means_test = { measure = \"quotient_familial\"; methods = [ "    \
    "\"caf\" ]; source = \"D1\"; thresholds = ( { " SPAN "at_most = \"1000.00\"; } );" \
    " }; };\n"
#define ONE       "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n"
#define TWO       ONE "B;Brunel;Sam;drawn\n"
#define CLAIMS    "member;date;category;amount;receipt\n"
#define PLENARIES "member;date;kind;attendance\n"
#define MANY      70 /* members, who are counted in parts */

static struct summary *
summary_of(struct reckoned *town)
{
    return batch_summarise(&town->tables->keep, &town->batch, NULL, NULL);
}

/* The first has an expense of May to be paid with June, and a stipend beside it; nobody else has
 * anything, and all are counted. */
START_TEST(one_expense_of_an_earlier_day_among_many)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    const char *members = "id;last_name;first_name;status\n";
    for (int i = 0; i < MANY; i++) {
        members = arena_printf(&room, "%sA%02d;Aubier %d;Lou;drawn\n", members, i, i);
    }
    const struct office office = {
        .members = members,
        .attendance = PLENARIES "A00;2025-05-17;plenary;P\n",
        .expenses = CLAIMS "A00;2025-05-17;parking;4,00;yes\n",
        .period = "2025-06",
    };
    struct reckoned town = reckon(probe_rules, &office);
    (void)past_nothing(&town, "2025-05-01");
    const struct summary *summary = summary_of(&town);
    ck_assert_uint_eq(town.batch.roster->count, MANY);
    ck_assert_uint_eq(town.batch.rules->category_count, 1);
    ck_assert(summary->arrears[0]);
    ck_assert(summary->arrears[1]); /* the stipend */
    for (size_t i = 0; i < MANY; i++) {
        ck_assert_int_eq(summary->persons[i].arrears, i == 0);
        ck_assert_int_eq(summary->persons[i].adjusted, i == 0);
    }
    ck_assert_int_eq(summary->earlier.cents, 4400);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

#define RECOVERS                                                                      \
    "overpayment = \"recover\"; payment = { recovery = { percent_max = 25; source = " \
    "\"D1\"; }; }; examples ="

/* 40.00 are due. The ledger has a part in the payment if it brings something, has paid something, or
 * something is to be recovered. */
static const struct part {
    bool recovers;
    int64_t balance, receivable;
    int64_t paid; /* -1: never heard of */
    int64_t total, carried, recovery, offset;
    bool adjusted;
} ledger_parts[] = {
    {false, 0,   0,    -1,   4000, 0,    0,     0,    false},
    {false, 500, 0,    -1,   4500, 0,    0,     0,    true },
    {false, 0,   0,    4500, 0,    -500, 0,     0,    true },
    {true,  0,   9000, -1,   3000, 0,    0,     1000, true },
    {true,  0,   9000, 0,    0,    0,    -4000, 0,    true }, /* it was taken back to nothing */
};

START_TEST(what_the_ledger_has_a_part_in)
{
    const struct part *row = &ledger_parts[_i];
    struct arena room = arena_reserve((size_t)1 << 20);
    const struct office office = {
        .members = TWO,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\nB;2025-05-17;plenary;P\n",
        .period = "2025-05",
    };
    const char *rules = row->recovers
                            ? probe_edit(&room, probe_rules, "examples =", RECOVERS)
                            : probe_rules;
    struct reckoned town = reckon(rules, &office);
    struct history *history = past_nothing(&town, "2025-05-01");
    history->standings[0].balance = (struct money){row->balance};
    history->standings[0].receivable = (struct money){row->receivable};
    if (row->paid >= 0) {
        past_paid(&town, history,
                  &(struct past_right){"stipend", "2025-05-17", "plenary", row->paid,
                                       false, false});
        history->items[0].most = (struct money){4000};
    }
    const struct summary *summary = summary_of(&town);
    ck_assert_int_eq(summary->persons[0].total.cents, row->total);
    ck_assert_int_eq(summary->persons[0].carried.cents, row->carried);
    ck_assert_int_eq(summary->recovery.cents, row->recovery);
    ck_assert_int_eq(summary->offset.cents, row->offset);
    ck_assert_int_eq(summary->persons[0].adjusted, row->adjusted);
    ck_assert(!summary->persons[1].adjusted);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

/* Two receipts without a number, of one day and category, are one right: what was paid for it is told
 * beside the first of them, once. */
START_TEST(what_was_paid_of_two_receipts_is_told_once)
{
    const struct office office = {
        .members = ONE,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
        .expenses =
            CLAIMS "A;2025-05-17;parking;4,00;yes\nA;2025-05-17;parking;5,00;yes\n",
        .period = "2025-06",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct arena *keep = &town.tables->keep;
    ck_assert_uint_eq(arrears_of(keep, &town.batch, 0).count, 0); /* without a ledger */
    struct history *history = past_nothing(&town, "2025-05-01");
    past_paid(&town, history,
              &(struct past_right){"parking", "2025-05-17", "", 300, false, true});
    struct arrears arrears = arrears_of(keep, &town.batch, 0);
    ck_assert_uint_eq(arrears.count, 2);
    ck_assert_int_eq(arrears.items[0].line.due.cents, 400);
    ck_assert_int_eq(arrears.items[0].before.cents, 300);
    ck_assert_int_eq(arrears.items[1].line.due.cents, 500);
    ck_assert_int_eq(arrears.items[1].before.cents, 0);
    tables_end(town.tables);
}
END_TEST

/* What comes to less is in the statement of expenses as what comes to more is; no voucher is asked. */
START_TEST(an_expense_of_an_earlier_day_that_goes_down)
{
    const struct office office = {
        .members = TWO,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
        .expenses = CLAIMS "A;2025-05-17;parking;4,00;yes\n",
        .period = "2025-06",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct history *history = past_nothing(&town, "2025-05-01");
    past_paid(&town, history,
              &(struct past_right){"parking", "2025-05-17", "", 900, false, true});
    struct arrears arrears = arrears_of(&town.tables->keep, &town.batch, 0);
    ck_assert_uint_eq(arrears.count, 1);
    ck_assert_int_eq(arrears.items[0].line.due.cents, 400);
    ck_assert_int_eq(arrears.items[0].before.cents, 900);
    const struct summary *summary = summary_of(&town);
    ck_assert(summary->persons[0].arrears);
    ck_assert(!summary->persons[1].arrears);
    ck_assert(!summary->arrears[0]);
    tables_end(town.tables);
}
END_TEST

/* Before 1 June no juror's day was known: the first day that is compared with none is told, whoever
 * comes first in the table. */
START_TEST(the_first_day_without_a_reference)
{
    const struct office office = {
        .members = TWO,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\nA;2025-05-24;plenary;P\n"
                                "A;2025-06-07;plenary;P\nB;2025-05-10;plenary;P\n",
        .period = "2025-05-01..2025-06-30",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct value value = {
        .during = {day("2025-06-01"), day("2026-12-31")},
          .amount = {100,               1                }
    };
    struct rules rules = *town.batch.rules;
    rules.proportionality = (struct timeline){.items = &value, .count = 1};
    town.batch.rules = &rules;
    const struct summary *summary = summary_of(&town);
    ck_assert_uint_eq(summary->uncompared, 3);
    ck_assert_int_eq(summary->uncompared_from.day, day("2025-05-10").day);
    ck_assert_uint_eq(summary->reference_count, 1);
    ck_assert_uint_eq(summary->references[0].days, 1);
    tables_end(town.tables);
}
END_TEST

/* Days of May that nobody has decided, in a run of June: from the first to the last. Without a table
 * of decisions, or with one that has no row for them. */
START_TEST(undecided_days_of_another_month)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    static const char *const decisions[] = {
        NULL,
        "id;rule;verdict;from;to\nA;probe;eligible;2026-01-01;2026-12-31\n",
    };
    for (size_t i = 0; i < ARRAY_COUNT(decisions); i++) {
        const struct office office = {
            .members = TWO,
            .attendance = PLENARIES "A;2025-05-17;plenary;P\nB;2025-05-10;plenary;P\n"
                                    "B;2025-05-24;plenary;P\n",
            .decisions = decisions[i],
            .period = "2025-06",
        };
        struct reckoned town =
            reckon(probe_edit(&room, probe_rules, EXCUSED, MEANS EXCUSED), &office);
        (void)past_nothing(&town, "2025-05-01");
        const struct summary *summary = summary_of(&town);
        ck_assert_uint_eq(summary->open.count, 3);
        ck_assert_uint_eq(summary->open.undecided, 3);
        ck_assert_int_eq(summary->open.days.from.day, day("2025-05-10").day);
        ck_assert_int_eq(summary->open.days.to.day, day("2025-05-24").day);
        tables_end(town.tables);
    }
    arena_release(room);
}
END_TEST

Suite *test_tallying_suite(void);

Suite *
test_tallying_suite(void)
{
    Suite *suite = suite_create("tallying");
    TCase *cases = tcase_create("tallying");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, one_expense_of_an_earlier_day_among_many);
    tcase_add_loop_test(cases, what_the_ledger_has_a_part_in, 0,
                        (int)ARRAY_COUNT(ledger_parts));
    tcase_add_test(cases, what_was_paid_of_two_receipts_is_told_once);
    tcase_add_test(cases, an_expense_of_an_earlier_day_that_goes_down);
    tcase_add_test(cases, the_first_day_without_a_reference);
    tcase_add_test(cases, undecided_days_of_another_month);
    suite_add_tcase(suite, cases);
    return suite;
}
