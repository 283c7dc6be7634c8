/* SPDX-License-Identifier: Apache-2.0 */
/* Days on which the scheme may not pay: June 2025 is annulled here, May and July are paid. */
#include "defray/settlement.h"

#include "support/days.h"
#include "support/past.h"

#include <string.h>

#define SPAN  "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define STATE "to = \"2026-12-31\"; state = \"in_force\";"
#define ANNULLED                                                                               \
    "to = \"2025-05-31\"; state = \"in_force\"; source = \"D1\"; },"                           \
    " { from = \"2025-06-01\"; to = \"2025-06-30\"; state = \"annulled\"; source = \"D1\"; }," \
    " { from = \"2025-07-01\"; " STATE
#define OF_YEAR \
    "caps = ( { per = \"year\"; limits = ( { " SPAN "amount = \"12.00\"; } ); } );"
#define RECEIPT "method = \"receipt\"; unit = \"claim\";"
#define TARIFF  "per = \"session\"; kinds = [ \"plenary\" ];"
#define MEMBERS "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n"
#define CLAIMS  "member;date;category;amount;receipt\n"

static const char *
annulled(struct arena *keep, const char *from, const char *to)
{
    const char *text = probe_edit(keep, probe_rules, STATE, ANNULLED);
    return probe_edit(keep, text, from, to);
}

static void
assert_dues(const struct member_result *result, bool claims, const int64_t *due,
            size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < result->count; i++) {
        if (result->lines[i].is_claim == claims) {
            ck_assert_uint_lt(at, count);
            ck_assert_int_eq(result->lines[i].due.cents, due[at]);
            at++;
        }
    }
    ck_assert_uint_eq(at, count);
}

/* What a ledger paid for June is taken once from the 12.00 of the year, whatever its claims are;
 * of 5.00 in July the rest is paid. */
#define JUNE(claim) "A;2025-06-07;parking;" claim "\n"
#define NEXT(claim) "A;2025-06-14;parking;" claim "\n"

static const struct june_row {
    const char *claims;
    int64_t june, next, july; /* paid for 7 and 14 June, and 5 July */
    int64_t due;
} june_rows[] = {
    {JUNE("4,00;yes"),                                   0,   0,   0,   500},
    {JUNE("4,00;yes"),                                   900, 0,   0,   300},
    {JUNE("4,00;yes") JUNE("3,00;yes"),                  900, 0,   0,   300},
    {JUNE("4,00;no") JUNE("3,00;yes"),                   900, 0,   0,   300},
    {JUNE("4,00;yes") JUNE("3,00;yes") NEXT("3,00;yes"), 500, 400, 0,   300},
 /* So it is where July was paid before: of its 5.00, 2.00 are too much. */
    {JUNE("4,00;yes"),                                   900, 0,   500, 300},
};

/* Of parking on that day, if anything. */
static void
parking_paid(struct reckoned *town, struct history *history, const char *date,
             int64_t cents)
{
    if (cents > 0) {
        past_paid(town, history,
                  &(struct past_right){"parking", date, "", cents, false, false});
    }
}

/* June is settled with July, or was settled before. */
static const struct {
    const char *period, *since;
} runs[] = {
    {"2025-06-01..2025-07-31", "2025-06-01"},
    {"2025-07",                "2025-07-01"},
};

START_TEST(what_was_paid_for_such_a_day_counts_once)
{
    const struct june_row *row = &june_rows[_i];
    struct arena room = arena_reserve((size_t)1 << 20);
    const char *rules = annulled(&room, RECEIPT, OF_YEAR " " RECEIPT);
    struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2025-06-07;plenary;P\n"
                      "A;2025-06-14;plenary;P\nA;2025-07-05;plenary;P\n",
        .expenses =
            arena_printf(&room, CLAIMS "%sA;2025-07-05;parking;5,00;yes\n", row->claims),
    };
    for (size_t i = 0; i < ARRAY_COUNT(runs); i++) {
        office.period = runs[i].period;
        struct reckoned town = reckon(rules, &office);
        struct history *history = past_nothing(&town, runs[i].since);
        parking_paid(&town, history, "2025-06-07", row->june);
        parking_paid(&town, history, "2025-06-14", row->next);
        parking_paid(&town, history, "2025-07-05", row->july);
        struct member_result result = reckon_member(&town, 0);
        const struct line *last = &result.lines[result.count - 1];
        ck_assert(last->is_claim);
        ck_assert_int_eq(last->date.day, day("2025-07-05").day);
        ck_assert_int_eq(last->due.cents, row->due);
        tables_end(town.tables);
    }
    arena_release(room);
}
END_TEST

/* What was paid for June stays, whatever the tables have of it: 3.00 of the year are left, and a claim
 * of May that comes late is paid no more. */
static const struct may_row {
    const char *june;
    int64_t paid;
    int64_t may, july;
} may_rows[] = {
    {JUNE("6,00;yes"), 0,    1000, 200},
    {JUNE("6,00;yes"), 900,  300,  0  },
    {JUNE("9,00;yes"), 900,  300,  0  },
    {JUNE("6,00;no"),  900,  300,  0  }, /* refused now */
    {JUNE(";yes"),     900,  300,  0  }, /* undetermined */
    {"",               900,  300,  0  }, /* gone */
    {"",               1200, 0,    0  },
};

START_TEST(what_was_paid_for_such_a_day_counts_first)
{
    const struct may_row *row = &may_rows[_i];
    struct arena room = arena_reserve((size_t)1 << 20);
    const struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2025-05-10;plenary;P\n"
                      "A;2025-06-07;plenary;P\nA;2025-07-05;plenary;P\n",
        .expenses = arena_printf(&room,
                                 CLAIMS "A;2025-05-10;parking;10,00;yes\n%s"
                                        "A;2025-07-05;parking;5,00;yes\n",
                                 row->june),
        .period = "2025-07",
    };
    struct reckoned town = reckon(annulled(&room, RECEIPT, OF_YEAR " " RECEIPT), &office);
    struct history *history = past_nothing(&town, "2025-05-01");
    parking_paid(&town, history, "2025-06-07", row->paid);
    struct member_result result = reckon_member(&town, 0);
    const int64_t due[] = {row->july};
    assert_dues(&result, true, due, ARRAY_COUNT(due));
    struct settlement settled = past_settled(&town);
    int64_t may = 0;
    for (size_t i = 0; i < settled.count; i++) {
        const struct difference *one = &settled.items[i];
        bool of_may = text_equals(one->right.component, STR("parking")) &&
                      date_compare(one->right.day, day("2025-05-10")) == 0;
        may += of_may ? one->after.cents - one->before.cents : 0;
    }
    ck_assert_int_eq(may, row->may);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

#define CAPS_OF_60 \
    "caps = ( { per = \"year\"; limits = ( { " SPAN "amount = \"60.00\"; } ); } ); "
#define EVENING                                                                              \
    " }, { per = \"session\"; kinds = [ \"evening\" ]; source = \"D1\"; amounts = ( { " SPAN \
    "amount = \"20.00\"; } ); } );\n  not_paid"

/* A presence of June is in no sheet any more. Its 40.00 are under the ceiling of all presences; and
 * under that of the tariff, if there is but one. */
START_TEST(a_presence_that_is_gone_counts_first)
{
    static const struct {
        bool of_tariff, two_tariffs;
        int64_t may;
    } rows[] = {
        {false, false, 2000},
        {false, true,  2000},
        {true,  false, 2000},
        {true,  true,  4000},
    };
    struct arena room = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct office office = {
            .members = MEMBERS,
            .attendance = "member;date;kind;attendance\nA;2025-05-10;plenary;P\n",
            .period = "2025-05-01..2025-06-30",
        };
        const char *rules =
            rows[i].of_tariff
                ? annulled(&room, TARIFF, TARIFF " " CAPS_OF_60)
                : annulled(&room, "  excused = {", "  " CAPS_OF_60 "\n  excused = {");
        if (rows[i].two_tariffs) {
            rules = probe_edit(&room, rules, "\"evening\", ", "");
            rules = probe_edit(&room, rules, " } );\n  not_paid", EVENING);
        }
        struct reckoned town = reckon(rules, &office);
        struct history *history = past_nothing(&town, "2025-05-01");
        past_paid(
            &town, history,
            &(struct past_right){"stipend", "2025-06-07", "plenary", 4000, false, false});
        struct member_result result = reckon_member(&town, 0);
        assert_dues(&result, false, &rows[i].may, 1);
        tables_end(town.tables);
    }
    arena_release(room);
}
END_TEST

/* Two receipts of one such day are two rights, and each counts what was paid for it. */
START_TEST(each_receipt_of_such_a_day_counts)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    const char *rules = annulled(&room, RECEIPT, OF_YEAR " " RECEIPT);
    struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2025-06-07;plenary;P\n"
                      "A;2025-07-05;plenary;P\n",
        .expenses =
            CLAIMS "A;2025-06-07;parking;4,00;R-1\n"
                   "A;2025-06-07;parking;3,00;R-2\nA;2025-07-05;parking;5,00;yes\n",
    };
    const char *marks[] = {unit_mark(&room, STR("R-1")).data,
                           unit_mark(&room, STR("R-2")).data};
    bool first = strcmp(marks[0], marks[1]) < 0;
    for (size_t i = 0; i < ARRAY_COUNT(runs); i++) {
        office.period = runs[i].period;
        struct reckoned town = reckon(rules, &office);
        struct history *history = past_nothing(&town, runs[i].since);
        for (size_t k = 0; k < 2; k++) {
            struct past_right paid = {"parking", "2025-06-07", marks[first ? k : 1 - k],
                                      450,       false,        false};
            past_paid(&town, history, &paid);
        }
        struct member_result result = reckon_member(&town, 0);
        static const int64_t due[] = {300, 400, 300};
        size_t earlier = i == 0 ? 0 : 2; /* lines of June, which are of no period then */
        assert_dues(&result, true, due + earlier, ARRAY_COUNT(due) - earlier);
        tables_end(town.tables);
    }
    arena_release(room);
}
END_TEST

/* A flat amount is told for the first day that is not paid, though a day before it is paid. */
START_TEST(a_mandate_counts_among_such_days_alone)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    const struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2025-05-17;plenary;P\n"
                      "A;2025-06-07;plenary;P\nA;2025-06-14;plenary;P\n"
                      "A;2025-07-05;plenary;P\n",
        .period = "2025-05-01..2025-07-31",
    };
    struct reckoned town = reckon(
        annulled(&room, TARIFF, "per = \"mandate\"; kinds = [ \"plenary\" ];"), &office);
    struct member_result result = reckon_member(&town, 0);
    static const int64_t due[] = {4000, 4000, 0, 0};
    assert_dues(&result, false, due, ARRAY_COUNT(due));
    ck_assert(!result.lines[0].set_aside);
    ck_assert(result.lines[1].set_aside);
    ck_assert_ptr_eq(result.lines[2].other, &result.lines[1]);
    ck_assert_ptr_eq(result.lines[3].other, &result.lines[0]);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

/* The flat amount was paid for June, and stays. It is not paid for another day: for July it is counted;
 * where May comes first, or June is in no sheet any more, the run is refused. */
START_TEST(a_mandate_is_not_paid_beside_such_a_day)
{
    static const struct {
        const char *attendance;
        bool paid;
        size_t refused;
    } rows[] = {
        {"A;2025-06-07;plenary;P\nA;2025-07-05;plenary;P\n", true,  0},
        {"A;2025-05-17;plenary;P\nA;2025-06-07;plenary;P\n", true,  1},
        {"A;2025-07-05;plenary;P\n",                         true,  1},
        {"A;2025-05-17;plenary;P\nA;2025-06-07;plenary;P\n", false, 0},
        {"A;2025-07-05;plenary;P\n",                         false, 0},
    };
    struct arena room = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct office office = {
            .members = MEMBERS,
            .attendance = arena_printf(&room, "member;date;kind;attendance\n%s",
                                       rows[i].attendance),
            .period = "2025-07",
        };
        struct reckoned town =
            reckon(annulled(&room, TARIFF, "per = \"mandate\"; kinds = [ \"plenary\" ];"),
                   &office);
        struct history *history = past_nothing(&town, "2025-05-01");
        if (rows[i].paid) {
            past_paid(&town, history,
                      &(struct past_right){"stipend", "2025-06-07", "plenary", 4000,
                                           false, false});
        }
        (void)batch_summarise(&town.tables->keep, &town.batch, town.diag, NULL);
        ck_assert_msg(reckon_filed(&town, CODE_P122) == rows[i].refused, "%zu", i);
        tables_end(town.tables);
    }
    arena_release(room);
}
END_TEST

#define MEANS                                                                          \
    "  conditions = { means_test = { measure = \"quotient_familial\"; methods = [ "    \
    "\"caf\" ]; source = \"D1\"; thresholds = ( { " SPAN "at_most = \"1000.00\"; } );" \
    " }; };\n  excused = {"

/* A day of May was paid, and nobody has decided of it; so was June. Each is told once. */
START_TEST(what_stays_of_a_mandate_is_told_once)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    const char *rules =
        annulled(&room, TARIFF, "per = \"mandate\"; kinds = [ \"plenary\" ];");
    const struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2025-05-17;plenary;P\n"
                      "A;2025-07-05;plenary;P\n",
        .decisions = "id;rule;verdict;from;to\nA;probe;eligible;2025-07-01;2026-12-31\n",
        .period = "2025-07",
    };
    struct reckoned town =
        reckon(probe_edit(&room, rules, "  excused = {", MEANS), &office);
    struct history *history = past_nothing(&town, "2025-05-01");
    past_paid(
        &town, history,
        &(struct past_right){"stipend", "2025-05-17", "plenary", 4000, false, false});
    past_paid(
        &town, history,
        &(struct past_right){"stipend", "2025-06-07", "plenary", 1000, false, false});
    (void)batch_summarise(&town.tables->keep, &town.batch, town.diag, NULL);
    ck_assert_uint_eq(reckon_filed(&town, CODE_P122), 1);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(town.diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (filed[i].code == CODE_P122) {
            ck_assert_str_eq(
                filed[i].text,
                "with the 50.00 € paid to 'A' for days from 2025-05-17 to 2025-06-07, "
                "'stipend' comes to 90.00 €; the ceiling is 40.00 €");
        }
    }
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

/* A day of two sessions was paid for one of them, and is one of the two days of the year: a third
 * is not paid. */
START_TEST(a_day_that_was_paid_is_counted_as_one)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    const struct office office = {
        .members = MEMBERS,
        .sessions =
            "session;date;kind;start;end\nS1;2025-06-07;plenary;09:00;10:00\n"
            "S2;2025-06-07;plenary;11:00;12:00\nS3;2025-07-05;plenary;09:00;10:00\n"
            "S4;2025-07-12;plenary;09:00;10:00\n",
        .attendance = "member;session;attendance\nA;S1;P\nA;S2;P\nA;S3;P\nA;S4;P\n",
        .period = "2025-06-01..2025-07-31",
    };
    struct reckoned town = reckon(
        annulled(&room, TARIFF,
                 "per = \"day\"; kinds = [ \"plenary\" ]; caps = ( { per = \"year\";"
                 " limits = ( { " SPAN "quantity = \"2\"; } ); } );"),
        &office);
    struct history *history = past_nothing(&town, "2025-06-01");
    past_paid(&town, history,
              &(struct past_right){"stipend", "2025-06-07", "S2", 4000, false, false});
    struct member_result result = reckon_member(&town, 0);
    static const int64_t due[] = {4000, 0, 4000, 0};
    assert_dues(&result, false, due, ARRAY_COUNT(due));
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

/* What was paid is left to the authority and told; where nothing was, there is nothing to tell. */
START_TEST(such_a_day_is_told_where_there_is_something_of_it)
{
    static const struct {
        const char *attendance;
        int64_t paid; /* 0: nothing */
        bool left;
    } rows[] = {
        {"P", 0,    true },
        {"P", 4000, true },
        {"A", 4000, true },
        {"A", 0,    false},
    };
    struct arena room = arena_reserve((size_t)1 << 20);
    const char *rules = probe_edit(&room, probe_rules, STATE, ANNULLED);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct office office = {
            .members = MEMBERS,
            .attendance = arena_printf(
                &room, "member;date;kind;attendance\nA;2025-06-07;plenary;%s\n",
                rows[i].attendance),
            .period = "2025-07",
        };
        struct reckoned town = reckon(rules, &office);
        struct history *history = past_nothing(&town, "2025-06-01");
        if (rows[i].paid > 0) {
            past_paid(&town, history,
                      &(struct past_right){"stipend", "2025-06-07", "plenary",
                                           rows[i].paid, false, false});
        }
        struct settlement settled = past_settled(&town);
        ck_assert_uint_eq(settled.count, 0);
        ck_assert_uint_eq(settled.left_count, rows[i].left);
        ck_assert_int_eq(settled.carried.cents, 0);
        if (rows[i].left) {
            ck_assert_int_eq(settled.left[0].cause, CAUSE_STATUS);
            ck_assert_int_eq(settled.left[0].before.cents, rows[i].paid);
            ck_assert_int_eq(settled.left[0].after.cents, rows[i].paid);
        }
        tables_end(town.tables);
    }
    arena_release(room);
}
END_TEST

/* A day before the rules' life has no status that bars it: what was paid for it, and is in no table
 * any more, goes back. */
START_TEST(a_day_without_a_status_is_no_such_day)
{
    const struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2025-01-11;plenary;P\n",
        .period = "2024-12-01..2025-01-31",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct history *history = past_nothing(&town, "2024-12-01");
    past_paid(
        &town, history,
        &(struct past_right){"stipend", "2024-12-14", "plenary", 3000, false, false});
    struct settlement settled = past_settled(&town);
    ck_assert_uint_eq(settled.left_count, 0);
    ck_assert_uint_eq(settled.count, 2);
    ck_assert_int_eq(settled.items[0].cause, CAUSE_REMOVED);
    ck_assert_int_eq(settled.items[0].after.cents, 0);
    ck_assert_int_eq(settled.total.cents, 4000 - 3000);
    tables_end(town.tables);
}
END_TEST

Suite *test_days_not_paid_suite(void);

Suite *
test_days_not_paid_suite(void)
{
    Suite *suite = suite_create("days_not_paid");
    TCase *cases = tcase_create("days_not_paid");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, what_was_paid_for_such_a_day_counts_once, 0,
                        (int)ARRAY_COUNT(june_rows));
    tcase_add_loop_test(cases, what_was_paid_for_such_a_day_counts_first, 0,
                        (int)ARRAY_COUNT(may_rows));
    tcase_add_test(cases, a_presence_that_is_gone_counts_first);
    tcase_add_test(cases, each_receipt_of_such_a_day_counts);
    tcase_add_test(cases, a_mandate_counts_among_such_days_alone);
    tcase_add_test(cases, a_mandate_is_not_paid_beside_such_a_day);
    tcase_add_test(cases, what_stays_of_a_mandate_is_told_once);
    tcase_add_test(cases, a_day_that_was_paid_is_counted_as_one);
    tcase_add_test(cases, such_a_day_is_told_where_there_is_something_of_it);
    tcase_add_test(cases, a_day_without_a_status_is_no_such_day);
    suite_add_tcase(suite, cases);
    return suite;
}
