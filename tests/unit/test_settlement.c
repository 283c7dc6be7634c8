/* SPDX-License-Identifier: Apache-2.0 */
/* Due against paid: one member, and a ledger's history made by hand. */
#include "defray/settlement.h"

#include "support/past.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define MEMBERS   "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n"
#define PLENARIES "member;date;kind;attendance\n"
#define KEEPS                                                                             \
    "payment = { retroactive = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = " \
    "\"D1\"; decrease = \"keep\"; } ); }; examples ="

static const struct office one_plenary = {
    .members = MEMBERS,
    .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
    .period = "2025-05",
};

/* 40.00 are due. What was paid, on what, and by which rules decides what became of it. */
static const struct {
    bool same_fact, same_rules, keeps;
    int64_t paid, paid_of_period, total, carried;
    enum cause cause; /* CAUSE_COUNT: no difference */
} rows[] = {
    {true,  true,  false, 4000, 4000, 0,    0,    CAUSE_COUNT    },
    {true,  true,  false, 3000, 3000, 1000, 0,    CAUSE_RECOUNT  },
    {true,  true,  false, 3999, 3999, 1,    0,    CAUSE_RECOUNT  },
    {true,  false, false, 3000, 3000, 1000, 0,    CAUSE_RATE     },
    {false, true,  false, 3000, 3000, 1000, 0,    CAUSE_CORRECTED},
    {false, false, false, 3000, 3000, 1000, 0,    CAUSE_CORRECTED},
    {true,  false, false, 0,    0,    4000, 0,    CAUSE_CORRECTED},
    {true,  false, false, 4500, 4500, 0,    -500, CAUSE_RATE     },
    {true,  false, true,  4500, 4000, 0,    0,    CAUSE_COUNT    },
    {true,  true,  true,  4500, 4500, 0,    -500, CAUSE_RECOUNT  },
    {false, false, true,  4500, 4500, 0,    -500, CAUSE_CORRECTED},
    {true,  false, true,  3000, 3000, 1000, 0,    CAUSE_RATE     },
};

START_TEST(a_right_paid_before)
{
    const char *rules =
        rows[_i].keeps ? probe_text(probe_rules, "examples =", KEEPS) : probe_rules;
    struct reckoned town = reckon(rules, &one_plenary);
    struct history *history = past_none(&town);
    struct settlement before = past_settled(&town);
    ck_assert_uint_eq(before.count, 1);
    ck_assert_int_eq(before.items[0].cause, CAUSE_NEW);
    past_right(history, before.items[0].right, rows[_i].paid,
               before.items[0].fact + !rows[_i].same_fact, rows[_i].same_rules);
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.count > 0 ? now.items[0].cause : CAUSE_COUNT, rows[_i].cause);
    ck_assert_int_eq(now.paid.cents, rows[_i].paid_of_period);
    ck_assert_int_eq(now.total.cents, rows[_i].total);
    ck_assert_int_eq(now.carried.cents, rows[_i].carried);
    tables_end(town.tables);
}
END_TEST

/* 40.00 are new. A quarter of that is kept back and no more: what waited for another reason was
 * reduced when it was new, and what is left to recover is a bound. */
static const struct kept {
    int64_t waits, receivable, offset, total;
} kept[] = {
    {0,    9000, 1000, 3000},
    {2000, 9000, 1000, 5000},
    {0,    600,  600,  3400},
    {2000, 600,  600,  5400},
    {2000, 0,    0,    6000},
    {-500, 9000, 1000, 3000}, /* listed as well: what is new is not set off */
};

START_TEST(a_share_of_what_is_new_is_kept_back)
{
    struct reckoned town =
        reckon(probe_text(probe_rules, "examples =", RECOVERS), &one_plenary);
    struct history *history = past_none(&town);
    history->standings[0].balance = (struct money){kept[_i].waits};
    history->standings[0].receivable = (struct money){kept[_i].receivable};
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.offset.cents, kept[_i].offset);
    ck_assert_int_eq(now.total.cents, kept[_i].total);
    ck_assert_int_eq(now.carried.cents, 0);
    tables_end(town.tables);
}
END_TEST

/* 20.00 were paid, 40.00 are due: what the right once stood at comes again; of more, a quarter is kept back for 90.00. */
START_TEST(what_comes_again_is_what_there_was)
{
    static const int64_t rises[][3] = {
  /* most, recovery, total */
        {0,    0,     1500},
        {3000, -1000, 750 },
        {4000, -2000, 0   },
        {5000, -2000, 0   }
    };
    const struct past_right paid = {
        .component = "stipend", .day = "2025-05-17", .unit = "plenary", .cents = 2000};
    struct reckoned town =
        reckon(probe_text(probe_rules, "examples =", RECOVERS), &one_plenary);
    struct history *history = past_none(&town);
    history->standings[0].receivable = (struct money){9000};
    past_paid(&town, history, &paid);
    history->items[0].most = (struct money){rises[_i][0]};
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.recovery.cents, rises[_i][1]);
    ck_assert_int_eq(now.total.cents, rises[_i][2]);
    tables_end(town.tables);
}
END_TEST

/* A line that its cap has cut was paid before like any other. */
START_TEST(a_capped_line_is_marked_as_paid)
{
    struct office office = one_plenary;
    office.expenses =
        "member;date;category;amount;receipt\nA;2025-05-17;parking;9,00;yes\n";
    const char *rules = probe_text(
        probe_rules, "receipt = { required",
        "caps = ( { per = \"month\"; limits = ( { from = \"2025-01-01\"; to = "
        "\"2026-12-31\"; amount = \"5.00\"; source = \"D1\"; } ); } ); receipt = { required");
    struct reckoned town = reckon(rules, &office);
    struct history *history = past_none(&town);
    struct settlement before = past_settled(&town);
    ck_assert_uint_eq(before.count, 2);
    ck_assert_int_eq(reckon_member(&town, 0).total.cents, 4500);
    for (size_t i = 0; i < before.count; i++) {
        past_right(history, before.items[i].right, before.items[i].after.cents,
                   before.items[i].fact, true);
    }
    struct member_result result = reckon_member(&town, 0);
    ck_assert_uint_eq(result.count, 2);
    ck_assert_int_eq(result.lines[0].state, LINE_PAID_BEFORE);
    ck_assert_int_eq(result.lines[1].state, LINE_PAID_BEFORE);
    tables_end(town.tables);
}
END_TEST

/* What was paid for the first day of the period is of the period; for the day before, it is not. */
START_TEST(the_first_day_is_of_the_period)
{
    static const char *const periods[] = {"2025-05-17..2025-05-31",
                                          "2025-05-18..2025-05-31"};
    for (size_t i = 0; i < ARRAY_COUNT(periods); i++) {
        struct office office = one_plenary;
        office.period = periods[i];
        struct reckoned town = reckon(probe_rules, &office);
        struct history *history = past_none(&town);
        ck_assert(date_make(2025, 5, 1, &history->since));
        struct settlement before = past_settled(&town);
        ck_assert_uint_eq(before.count, 1);
        ck_assert_int_eq(before.items[0].earlier, i == 1);
        past_right(history, before.items[0].right, 3000, before.items[0].fact, true);
        struct settlement now = past_settled(&town);
        ck_assert_int_eq(now.paid.cents, i == 0 ? 3000 : 0);
        ck_assert_int_eq(now.earlier.cents, i == 0 ? 0 : 1000);
        ck_assert_int_eq(now.total.cents, 1000);
        tables_end(town.tables);
    }
}
END_TEST

/* A line that comes to nothing was not paid, also where its right was. */
START_TEST(what_comes_to_nothing_is_not_marked_as_paid)
{
    struct office office = one_plenary;
    office.sessions = "session;date;kind\nS1;2025-05-17;plenary\n";
    office.attendance =
        "member;session;attendance;start;end\nA;S1;P;09:00;10:00\nA;S1;P;11:00;12:00\n";
    struct reckoned town = reckon(probe_rules, &office);
    struct history *history = past_none(&town);
    struct settlement before = past_settled(&town);
    ck_assert_uint_eq(before.count, 1);
    past_right(history, before.items[0].right, 4000, before.items[0].fact, true);
    struct member_result result = reckon_member(&town, 0);
    ck_assert_uint_eq(result.count, 2);
    ck_assert_int_eq(result.lines[0].state, LINE_PAID_BEFORE);
    ck_assert_int_eq(result.lines[1].state, LINE_CAPPED);
    ck_assert_int_eq(result.lines[1].due.cents, 0);
    tables_end(town.tables);
}
END_TEST

/* What is undetermined is neither paid nor taken back, of the period and of earlier days; of a right
 * of two stays, what is known is paid if it is more than was paid before. */
static const struct open_right {
    const char *claims;
    int64_t paid;       /* -1: never heard of */
    int64_t due, total; /* now */
    int64_t kept;       /* of what was paid */
    size_t left;        /* told of an earlier day */
} open_rights[] = {
    {"A;2025-05-17;parking;;yes\n",                                -1,  0,   0,   0,   1},
    {"A;2025-05-17;parking;;yes\n",                                900, 0,   0,   900, 1},
    {"A;2025-05-17;parking;4,00;yes\n",                            900, 400, 0,   0,   0},
    {"A;2025-05-17;parking;4,00;yes\nA;2025-05-17;parking;;yes\n", 900, 400, 0,   500, 1},
    {"A;2025-05-17;parking;;yes\nA;2025-05-17;parking;9,00;yes\n", 900, 900, 0,   0,   1},
    {"A;2025-05-17;parking;;yes\nA;2025-05-17;parking;9,00;yes\n", 400, 900, 500, 0,   1},
    {"A;2025-05-17;parking;9,00;yes\nA;2025-05-17;parking;;yes\n", -1,  900, 900, 0,   1},
    {"A;2025-05-17;parking;;yes\nA;2025-05-17;parking;9,00;no\n",  -1,  0,   0,   0,   1},
};

START_TEST(what_is_undetermined_is_left_as_it_is)
{
    const struct open_right *row = &open_rights[_i];
    char claims[200];
    ck_assert_int_lt(snprintf(claims, sizeof claims,
                              "member;date;category;amount;receipt\n%s", row->claims),
                     (int)sizeof claims);
    for (int earlier = 0; earlier < 2; earlier++) {
        struct office office = one_plenary;
        office.expenses = claims;
        office.period = earlier ? "2025-06" : "2025-05";
        struct reckoned town = reckon(probe_rules, &office);
        struct history *history = past_none(&town);
        struct date day = DATE_NONE;
        ck_assert(date_make(2025, 5, 1, &history->since));
        ck_assert(date_make(2025, 5, 17, &day));
        if (row->paid >= 0) {
            past_right(history, (struct right){STR("parking"), day, STR("")}, row->paid,
                       1, true);
        }
        past_right(history, (struct right){STR("stipend"), day, STR("plenary")}, 4000, 1,
                   true);
        struct settlement now = past_settled(&town);
        int64_t paid = row->paid < 0 ? 0 : row->paid;
        int64_t back = paid > row->due + row->kept ? row->due + row->kept - paid : 0;
        ck_assert_int_eq(now.total.cents, row->total);
        ck_assert_int_eq(now.carried.cents, back);
        ck_assert_int_eq(now.due.cents, earlier ? 0 : 4000 + row->due);
        ck_assert_int_eq(now.paid.cents, earlier ? 0 : 4000 + paid - row->kept);
        ck_assert_int_eq(now.earlier.cents, earlier ? row->total + back : 0);
        ck_assert_uint_eq(now.count, row->total != 0 || back != 0);
        ck_assert_uint_eq(now.left_count, earlier ? row->left : 0);
        for (size_t i = 0; i < now.left_count; i++) {
            ck_assert_int_eq(now.left[i].cause, CAUSE_OPEN);
            ck_assert_int_eq(now.left[i].reason, REASON_AMOUNT_MISSING);
            ck_assert_int_eq(now.left[i].before.cents, paid);
            ck_assert_int_eq(now.left[i].after.cents, paid);
        }
        tables_end(town.tables);
    }
}
END_TEST

/* The titular's decision is missing: whoever was paid for the seat keeps it, and once it is there too,
 * for what was rightly paid is not taken back. */
START_TEST(a_seat_held_by_somebody_undetermined)
{
    static const char *const members[] = {
#define SEATED                                                                              \
    "id;last_name;first_name;status;seat;birth_date\nA;Aubier;Lou;alternate;1;1980-01-01\n" \
    "B;Brunel;Sam;drawn;1;"
        SEATED "\n", /* not known */
        SEATED "1980-05-01\n",
        SEATED "2010-05-01\n", /* too young, and the seat is left */
    };
    const char *rules =
        probe_text(probe_rules, "\"volunteer\" ]", "\"volunteer\", \"alternate\" ]");
    rules = probe_text(
        rules, "  excused =",
        "  conditions = { age = { minimum = 16; source = \"D1\"; }; };\n  excused =");
    for (size_t i = 0; i < ARRAY_COUNT(members); i++) {
        struct office office = one_plenary;
        office.members = members[i];
        office.attendance = PLENARIES "A;2025-05-17;plenary;P\nB;2025-05-17;plenary;P\n";
        office.period = "2025-06";
        struct reckoned town = reckon(rules, &office);
        struct history *history = past_none(&town);
        struct date day = DATE_NONE;
        ck_assert(date_make(2025, 5, 1, &history->since));
        ck_assert(date_make(2025, 5, 17, &day));
        ck_assert_uint_eq(past_settled(&town).left_count, i == 0);
        past_right(history, (struct right){STR("stipend"), day, STR("plenary")}, 4000, 1,
                   true);
        struct settlement now = past_settled(&town);
        ck_assert_uint_eq(now.left_count, 0);
        ck_assert_int_eq(now.earlier.cents, 0);
        tables_end(town.tables);
    }
}
END_TEST

/* Claims of one right, of which one is refused for want of its receipt: that is told, and why, and
 * the other is paid, whichever comes first; a third that waits for its amount is told before it. */
START_TEST(a_right_of_which_a_claim_is_refused)
{
#define CLAIMS  "member;date;category;amount;receipt\n"
#define REFUSED "A;2025-05-17;parking;4,00;no\n"
#define PAID    "A;2025-05-17;parking;5,00;yes\n"
#define WAITS   "A;2025-05-17;parking;;yes\n"
    static const struct {
        const char *claims;
        size_t left;
        enum cause cause;
        enum reason reason;
        int64_t total;
    } refusals[] = {
        {CLAIMS PAID,          0, CAUSE_COUNT,   REASON_NONE,           500},
        {CLAIMS REFUSED,       1, CAUSE_REFUSED, REASON_NO_RECEIPT,     0  },
        {CLAIMS REFUSED PAID,  1, CAUSE_REFUSED, REASON_NO_RECEIPT,     500},
        {CLAIMS PAID REFUSED,  1, CAUSE_REFUSED, REASON_NO_RECEIPT,     500},
        {CLAIMS REFUSED WAITS, 1, CAUSE_OPEN,    REASON_AMOUNT_MISSING, 0  },
        {CLAIMS WAITS REFUSED, 1, CAUSE_OPEN,    REASON_AMOUNT_MISSING, 0  },
    };
    for (size_t i = 0; i < ARRAY_COUNT(refusals); i++) {
        struct office office = one_plenary;
        office.expenses = refusals[i].claims;
        office.period = "2025-06";
        struct reckoned town = reckon(probe_rules, &office);
        struct history *history = past_none(&town);
        struct date day = DATE_NONE;
        ck_assert(date_make(2025, 5, 1, &history->since));
        ck_assert(date_make(2025, 5, 17, &day));
        past_right(history, (struct right){STR("stipend"), day, STR("plenary")}, 4000, 1,
                   true);
        struct settlement now = past_settled(&town);
        ck_assert_int_eq(now.total.cents, refusals[i].total);
        ck_assert_uint_eq(now.left_count, refusals[i].left);
        for (size_t j = 0; j < now.left_count; j++) {
            ck_assert_int_eq(now.left[j].cause, refusals[i].cause);
            ck_assert_int_eq(now.left[j].reason, refusals[i].reason);
        }
        tables_end(town.tables);
    }
}
END_TEST

/* A stay of May 2025, known by the same facts, moved by another line; January 2026 is paid. Bands of 2025 of which
 * no kilometres are stated any more stay as they are; nothing else does. */
START_TEST(what_a_counter_of_another_year_moves)
{
#define HOURLY                                                                          \
    "method = \"unit\"; unit = \"hour\"; annexe = \"income_loss\"; rates = ( { from = " \
    "\"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; amount = \"10.00\"; } );"
#define DRIVES \
    "id;last_name;first_name;status;horsepower;km_before\nA;Aubier;Lou;drawn;5;"
    static const struct {
        const char *method, *members, *component, *period;
        size_t left;
    } moves[] = {
        {MILEAGE, DRIVES "\n",    "parking", "2026-01", 1},
        {MILEAGE, DRIVES "100\n", "parking", "2026-01", 1},
        {MILEAGE, DRIVES "\n",    "parking", "2025-06", 0},
        {MILEAGE, DRIVES "\n",    "stipend", "2026-01", 0},
        {HOURLY,  DRIVES "\n",    "parking", "2026-01", 0},
    };
    const char *rules =
        probe_text(probe_rules, "[ \"smic\" ]", "[ \"smic\", \"state-mileage\" ]");
    rules =
        probe_text(rules, "method = \"receipt\"; unit = \"claim\";", moves[_i].method);
    struct office office = one_plenary;
    office.members = moves[_i].members;
    office.expenses =
        "member;date;category;quantity;receipt\nA;2025-05-17;parking;2;yes\n";
    office.period = moves[_i].period;
    struct reckoned town = reckon(rules, &office);
    struct history *history = past_nothing(&town, "2025-05-01");
    bool moved = strcmp(moves[_i].component, "parking") == 0;
    struct past_right paid[] = {
        {.component = "parking", .day = "2025-05-17", .unit = "",        .cents = 1},
        {.component = "stipend", .day = "2025-05-17", .unit = "plenary", .cents = 1},
    };
    past_paid(&town, history, &paid[moved ? 0 : 1]);
    struct settlement now = past_settled(&town);
    size_t recounted = 0;
    for (size_t i = 0; i < now.count; i++) {
        recounted += now.items[i].cause == CAUSE_RECOUNT;
    }
    ck_assert_uint_eq(recounted, moves[_i].left == 0);
    ck_assert_uint_eq(now.left_count, moves[_i].left);
    for (size_t i = 0; i < now.left_count; i++) {
        ck_assert_int_eq(now.left[i].cause, CAUSE_COUNTER);
    }
    tables_end(town.tables);
}
END_TEST

Suite *test_settlement_suite(void);

Suite *
test_settlement_suite(void)
{
    Suite *suite = suite_create("settlement");
    TCase *cases = tcase_create("settlement");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_right_paid_before, 0, (int)ARRAY_COUNT(rows));
    tcase_add_loop_test(cases, a_share_of_what_is_new_is_kept_back, 0,
                        (int)ARRAY_COUNT(kept));
    tcase_add_loop_test(cases, what_a_counter_of_another_year_moves, 0, 5);
    tcase_add_loop_test(cases, what_comes_again_is_what_there_was, 0, 4);
    tcase_add_test(cases, a_capped_line_is_marked_as_paid);
    tcase_add_test(cases, the_first_day_is_of_the_period);
    tcase_add_test(cases, what_comes_to_nothing_is_not_marked_as_paid);
    tcase_add_loop_test(cases, what_is_undetermined_is_left_as_it_is, 0,
                        (int)ARRAY_COUNT(open_rights));
    tcase_add_test(cases, a_seat_held_by_somebody_undetermined);
    tcase_add_test(cases, a_right_of_which_a_claim_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
