/* SPDX-License-Identifier: Apache-2.0 */
/* What lapses: rights that nobody was paid for in time, by a ledger's history made by hand. */
#include "support/past.h"

#include <check.h>

#define MEMBERS   "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n"
#define PLENARIES "member;date;kind;attendance\n"
#define HOURLY \
    "per = \"hour\"; kinds = [ \"plenary\" ]; step = { minutes = 15; source = \"D1\"; };"
#define LAPSES "payment = { prescription = { years = 4; source = \"D1\"; }; }; examples ="

static const struct office one_plenary = {
    .members = MEMBERS,
    .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
    .period = "2025-05",
};

/* Five years after: what was never paid lapses, and so does what was taken back to nothing. */
START_TEST(what_was_paid_does_not_lapse)
{
    static const struct {
        int64_t paid; /* -1: never heard of */
        bool lapses;
    } claims[] = {
        {-1,   true },
        {0,    true },
        {1,    false},
        {4000, false},
    };
    for (size_t i = 0; i < ARRAY_COUNT(claims); i++) {
        struct reckoned town =
            reckon(probe_text(probe_rules, "examples =", LAPSES), &one_plenary);
        struct history *history = past_none(&town);
        struct settlement before = past_settled(&town);
        if (claims[i].paid >= 0) {
            past_right(history, before.items[0].right, claims[i].paid,
                       before.items[0].fact, true);
        }
        ck_assert(date_make(2030, 1, 1, &town.batch.paid_on));
        struct member_result result = reckon_member(&town, 0);
        ck_assert_int_eq(result.lines[0].reason == REASON_LAPSED, claims[i].lapses);
        ck_assert(date_make(2029, 12, 31, &town.batch.paid_on));
        ck_assert_int_ne(reckon_member(&town, 0).lines[0].reason, REASON_LAPSED);
        tables_end(town.tables);
    }
}
END_TEST

/* Two stays at one session are one right: it has lapsed if one of them has. A stay below a
 * whole quarter of an hour came to nothing, and nothing of it can lapse. */
START_TEST(a_right_lapses_with_one_of_its_lines)
{
    static const char *const sheets[] = {
        "member;session;attendance;start;end\nA;S1;P;09:00;09:05\nA;S1;P;10:00;11:00\n",
        "member;session;attendance;start;end\nA;S1;P;09:00;10:00\nA;S1;P;11:00;11:05\n",
        "member;session;attendance;start;end\nA;S1;P;09:00;10:00\nA;S1;P;11:00;12:00\n",
        "member;session;attendance;start;end\nA;S1;P;09:00;09:05\nA;S1;P;11:00;11:05\n",
    };
    for (size_t i = 0; i < ARRAY_COUNT(sheets); i++) {
        struct office office = one_plenary;
        office.sessions =
            "session;date;kind;start;end\nS1;2025-05-17;plenary;09:00;12:00\n";
        office.attendance = sheets[i];
        office.period = "2026";
        const char *rules = probe_text(
            probe_rules, "per = \"session\"; kinds = [ \"plenary\" ];", HOURLY);
        struct reckoned town = reckon(probe_text(rules, "examples =", LAPSES), &office);
        struct history *history = past_none(&town);
        ck_assert(date_make(2025, 1, 1, &history->since));
        ck_assert(date_make(2030, 1, 1, &town.batch.paid_on));
        struct settlement found = past_settled(&town);
        ck_assert_uint_eq(found.left_count, i < 3);
        ck_assert_uint_eq(found.count, 0);
        tables_end(town.tables);
    }
}
END_TEST

#define OF_THE_MANDATE                                                                        \
    "caps = ( { per = \"mandate\"; limits = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; " \
    "amount = \"10.00\"; source = \"D1\"; } ); } ); receipt = { required"

/* At most 10.00 a mandate: the 9.00 of 2025 have lapsed in 2030, and take nothing from the 9.00 of
 * 2026; in 2029 they had not. */
START_TEST(a_claim_that_has_lapsed_uses_no_ceiling)
{
    struct office office = one_plenary;
    office.attendance = PLENARIES "A;2025-05-17;plenary;P\nA;2026-05-16;plenary;P\n";
    office.expenses = "member;date;category;amount;receipt\n"
                      "A;2025-05-17;parking;9,00;yes\nA;2026-05-16;parking;9,00;yes\n";
    office.period = "2025-05-01..2026-05-31";
    const char *rules = probe_text(probe_rules, "receipt = { required", OF_THE_MANDATE);
    struct reckoned town = reckon(probe_text(rules, "examples =", LAPSES), &office);
    ck_assert(date_make(2029, 12, 31, &town.batch.paid_on));
    ck_assert_int_eq(reckon_member(&town, 0).expenses.cents, 1000);
    ck_assert(date_make(2030, 1, 1, &town.batch.paid_on));
    struct member_result result = reckon_member(&town, 0);
    ck_assert_uint_eq(result.count, 4);
    ck_assert_int_eq(result.lines[1].reason, REASON_LAPSED);
    ck_assert_int_eq(result.lines[1].due.cents, 0);
    ck_assert_int_eq(result.lines[3].state, LINE_DUE);
    ck_assert_int_eq(result.lines[3].due.cents, 900);
    tables_end(town.tables);
}
END_TEST

Suite *test_lapses_suite(void);

Suite *
test_lapses_suite(void)
{
    Suite *suite = suite_create("lapses");
    TCase *cases = tcase_create("lapses");
    tcase_add_test(cases, what_was_paid_does_not_lapse);
    tcase_add_test(cases, a_right_lapses_with_one_of_its_lines);
    tcase_add_test(cases, a_claim_that_has_lapsed_uses_no_ceiling);
    suite_add_tcase(suite, cases);
    return suite;
}
