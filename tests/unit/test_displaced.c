/* SPDX-License-Identifier: Apache-2.0 */
/* Days that are not settled, and what they take from those that are: a session that went there, a
 * place under a ceiling, a flat amount. */
#include "support/looked.h"
#include "support/reckon.h"

#include <check.h>

/* clang-format off */
/* S1 was paid for 17 May, and is on another day now, which is not settled. */
static const struct looked gone[] = {
    {.attendance = "A;S1;2025-04-26;plenary;P;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)},
     .filed = "P121",
     .says = "session 'S1' of 2025-04-26 was paid to 'A' on 2025-05-17 already"},
    {.attendance = "A;S1;2025-06-07;plenary;P;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)},
     .filed = "P121"},
    /* nothing is due for it there, it was paid there too, or it is another session */
    {.attendance = "A;S1;2025-04-26;plenary;E;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)}},
    {.attendance = "A;S1;2025-04-26;plenary;P;\n",
     .elsewhere = {STIPEND("2025-04-26", "S1", 4000)},
     .known = {STIPEND("2025-05-17", "S1", 4000)}},
    {.attendance = "A;S1;2025-11-22;plenary;P;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)}},
    {.attendance = "A;S0;2025-04-26;plenary;P;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)}},
    /* what was paid elsewhere is of another day */
    {.attendance = "A;S1;2025-04-26;plenary;P;\n",
     .elsewhere = {STIPEND("2025-04-19", "S7", 4000)},
     .known = {STIPEND("2025-05-17", "S1", 4000)},
     .filed = "P121"},
    /* it is not known how long it was: what it comes to there may be more than nothing */
    {.edits = {TARIFF, TEN_HOURS},
     .attendance = "A;S1;2025-04-26;plenary;P;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)},
     .filed = "P121"},
    /* it was moved within the month */
    {.attendance = "A;S1;2025-05-24;plenary;P;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)}},
};

/* 40.00 of 10 May were paid, and no table has them now; or they lie on another day. */
#define PAID_S1 .taken_back = true, .known = {STIPEND("2025-05-10", "S1", 4000)}
static const struct looked lost[] = {
    {.attendance = "A;S9;2025-05-17;plenary;P;\n", PAID_S1,
     .filed = "L032",
     .says = "that no table given now has: 1, of which 1 of a session without any row, or expenses "
             "where none is given; first of 'A'; 40.00 € are taken back"},
    {.attendance = S1_OF_MAY, PAID_S1,
     .filed = "L034",
     .says = "on another day: 1, first of 'A'; 40.00 € are taken back, and 40.00 € are paid"},
    /* the run is refused for S2: nothing is moved */
    {.attendance = S1_OF_MAY S2_OF_MAY, PAID_S1,
     .elsewhere = {STIPEND("2025-04-12", "S2", 4000)},
     .filed = "P121"},
    /* so it is where ids begin again in another sheet, and the first was left out */
    {.attendance = S1_OF_MAY S2_OF_MAY,
     .taken_back = true,
     .known = {STIPEND("2025-05-03", "S1", 4000), STIPEND("2025-05-10", "S2", 3000)},
     .filed = "L034",
     .says = "of days from 2025-05-03 to 2025-05-10, whose session or receipt the tables given now "
             "have on another day: 2, first of 'A'; 70.00 € are taken back, and 80.00 € are paid"},
    /* without an id, a session of another day is another one */
    {.attendance = "A;;2025-05-17;plenary;P;\n",
     .taken_back = true,
     .known = {STIPEND("2025-05-10", "plenary", 4000)},
     .filed = "L032"},
    /* somebody else is there, so it was not the sheet that was left out */
    {.attendance = "B;S1;2025-05-10;plenary;P;\n", PAID_S1,
     .filed = "L032",
     .says = "that no table given now has: 1, first of 'A'; 40.00 € are taken back"},
    {.attendance = "B;S2;2025-05-10;plenary;P;\n", PAID_S1,
     .filed = "L032",
     .says = "1, of which 1 of a session"},
    {.attendance = "B;S1;2025-05-24;plenary;P;\n", PAID_S1,
     .filed = "L032",
     .says = "1, of which 1 of a session"},
    /* the session of that id was paid on its own day too */
    {.attendance = S1_OF_MAY,
     .taken_back = true,
     .known = {STIPEND("2025-05-10", "S1", 4000), STIPEND("2025-05-17", "S1", 3000)},
     .filed = "L032"},
    /* so long after, it is another one */
    {.attendance = "A;S1;2025-11-22;plenary;P;\n",
     .period = "2025-05-01..2025-11-30", PAID_S1,
     .filed = "L032"},
    {.attendance = "A;S1;2025-11-08;plenary;P;\n",
     .period = "2025-05-01..2025-11-30", PAID_S1,
     .filed = "L034"},
    {.attendance = "A;S1;2025-05-01;plenary;P;\n",
     .taken_back = true,
     .known = {STIPEND("2025-05-17", "S1", 4000)},
     .filed = "L034"},
    /* a receipt by its number; without one nothing says that it is the same */
    {.attendance = S1_OF_MAY,
     .expenses = PARKED "9,00;;FACT-2211\n",
     .taken_back = true,
     .known = {{WAS("parking", "2025-05-10", "", 900), .receipt = "FACT-2211"}},
     .filed = "L034"},
    {.attendance = S1_OF_MAY,
     .expenses = PARKED "9,00;;FACT-2212\n",
     .taken_back = true,
     .known = {{WAS("parking", "2025-05-10", "", 900), .receipt = "FACT-2211"}},
     .filed = "L032"},
    {.attendance = S1_OF_MAY,
     .expenses = PARKED "9,00;;yes\n",
     .taken_back = true,
     .known = {PARKING("2025-05-10", 900)},
     .filed = "L032",
     .says = "now has: 1, first of 'A'; 9.00 €"},
    /* of another expense it proves something else */
    {.edits = {CATEGORIES, SUPPER},
     .attendance = S1_OF_MAY,
     .expenses = PARKED "9,00;;FACT-2211\n",
     .taken_back = true,
     .known = {{WAS("supper", "2025-05-10", "", 900), .receipt = "FACT-2211"}},
     .filed = "L032"},
    /* a table of expenses without a row, and none */
    {.attendance = S1_OF_MAY,
     .expenses = "",
     .taken_back = true,
     .known = {PARKING("2025-05-10", 900)},
     .filed = "L032",
     .says = "1, of which 1 of a session without any row, or expenses"},
    {.taken_back = true,
     .known = {PARKING("2025-05-10", 900)},
     .filed = "L032",
     .says = "1, of which 1 of a session without any row, or expenses"},
};

/* At most 50.00 a year, or a flat amount: what April takes is paid, or nobody gets it. */
#define OF_APRIL "A;S0;2025-04-12;plenary;P;\n"
static const struct looked places[] = {
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .kept = "2025-04-12",
     .filed = "P126",
     .says = "'stipend' of 'A' on 2025-05-17 is reduced by what the tables have on 2025-04-12: "
             "40.00 €, of which the ledger has paid 0.00 €"},
    /* it may have been paid by other means */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .kept = "2025-04-13"},
    {.edits = {EXCUSED, YEARLY EXCUSED}, .attendance = OF_APRIL S1_OF_MAY},
    /* told once, with what was paid of it */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 3000)},
     .kept = "2025-01-01",
     .filed = "P126",
     .says = "40.00 €, of which the ledger has paid 30.00 €"},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .elsewhere = {APRIL},
     .kept = "2025-01-01"},
    /* another day was paid in its stead: the ceiling is used up all the same */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-19", "S7", 4000)},
     .kept = "2025-01-01"},
    {.edits = {EXCUSED, SOFT EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .kept = "2025-01-01"},
    /* a day too many paid elsewhere makes up for it; not of an expense, of another year, or of a day
     * before the ledger */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = "A;S8;2025-04-05;plenary;P;\n" OF_APRIL S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 5000)},
     .kept = "2025-01-01"},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .elsewhere = {PARKING("2025-04-05", 4000)},
     .kept = "2025-01-01",
     .filed = "P126"},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .elsewhere = {STIPEND("2024-12-14", "S7", 4000)},
     .kept = "2024-01-01",
     .filed = "P126"},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-05", "S7", 4000)},
     .kept = "2025-04-12",
     .filed = "P126"},
    /* of two days the first is named */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = "A;S8;2025-04-05;plenary;P;\n" OF_APRIL S1_OF_MAY,
     .kept = "2025-01-01",
     .filed = "P126",
     .says = "what the tables have on 2025-04-05: 40.00 €"},
    /* the ceiling of a month says nothing of the next one */
    {.edits = {EXCUSED, MONTHLY EXCUSED},
     .attendance = OF_APRIL "A;S4;2025-04-26;plenary;P;\n" S1_OF_MAY S2_OF_MAY,
     .elsewhere = {APRIL},
     .since = "2025-04-20",
     .kept = "2025-01-01"},
    /* it is settled */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY,
     .since = "2025-04-12",
     .kept = "2025-01-01"},
    /* a year of its own */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL "A;S3;2026-01-10;plenary;P;\n" "A;S1;2026-01-17;plenary;P;\n",
     .period = "2026-01",
     .kept = "2025-01-01"},
    {.edits = {CATEGORY, YEARLY CATEGORY},
     .attendance = OF_APRIL S1_OF_MAY,
     .expenses = "A;2025-04-12;parking;45,00;;yes\n" PARKED "20,00;;yes\n",
     .elsewhere = {APRIL},
     .kept = "2025-01-01",
     .filed = "P126",
     .says = "'parking' of 'A' on 2025-05-17 is reduced by what the tables have on 2025-04-12: "
             "45.00 €"},
    {.edits = {TARIFF, FLAT},
     .attendance = OF_APRIL S1_OF_MAY,
     .known = {STIPEND("2025-05-17", "S1", 4000)},
     .kept = "2025-01-01",
     .filed = "P126"},
    /* an evening that was not paid has no part in the flat amount, which was */
    {.edits = {BESIDE_EVENINGS},
     .attendance = "A;S8;2025-04-05;evening;P;\n" OF_APRIL S1_OF_MAY,
     .elsewhere = {APRIL},
     .kept = "2025-01-01"},
    {.edits = {BESIDE_EVENINGS},
     .attendance = "A;S8;2025-04-05;evening;P;\n" OF_APRIL S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-05", "S8", 3000)},
     .kept = "2025-01-01",
     .filed = "P126"},
    /* nor under the ceiling of plenaries, beside one over all that only warns */
    {.edits = {TARIFF, CAPPED_PLENARIES, TARIFFS, SOFT EVENINGS, NO_EVENING, NONE},
     .attendance = "A;S8;2025-04-05;evening;P;\n" OF_APRIL S1_OF_MAY,
     .elsewhere = {APRIL},
     .kept = "2025-01-01"},
};

/* The request came on 10 May: no run can have paid what it takes effect for, and no ledger has it. */
#define LATE .asked = "2025-05-10", .edits = {STATUSES, ON_REQUEST, EXCUSED, YEARLY EXCUSED}
static const struct looked unasked[] = {
    {LATE, .attendance = OF_APRIL S1_OF_MAY,
     .filed = "L030",
     .says = "'stipend' of 'A' on 2025-05-17 is reduced by what the tables have on 2025-04-12, "
             "which no run can have paid: the request came later"},
    {LATE, .attendance = "A;S8;2025-04-05;plenary;P;\n" OF_APRIL S1_OF_MAY S2_OF_MAY,
     .filed = "L030",
     .says = "what the tables have on 2025-04-05"},
    /* in time, or it was paid all the same */
    {.asked = "2025-04-30",
     .edits = {STATUSES, ON_REQUEST, EXCUSED, YEARLY EXCUSED},
     .attendance = OF_APRIL S1_OF_MAY},
    {LATE, .attendance = OF_APRIL S1_OF_MAY,
     .elsewhere = {APRIL}},
    /* nobody asks for an expense, and a day of expenses alone takes no place of a stipend */
    {.asked = "2025-05-10",
     .edits = {STATUSES, ON_REQUEST, CATEGORY, YEARLY CATEGORY},
     .attendance = OF_APRIL S1_OF_MAY,
     .expenses = "A;2025-04-12;parking;45,00;;yes\n" PARKED "20,00;;yes\n"},
    {LATE, .attendance = "A;S8;2025-04-05;plenary;E;\n" S1_OF_MAY S2_OF_MAY,
     .expenses = "A;2025-04-05;parking;45,00;;yes\n"},
};

/* clang-format on */

START_TEST(a_session_that_was_moved_away)
{
    looked_assert(&gone[_i]);
}
END_TEST

START_TEST(what_no_table_has_any_more)
{
    looked_assert(&lost[_i]);
}
END_TEST

START_TEST(a_place_of_a_day_before_the_request)
{
    looked_assert(&unasked[_i]);
}
END_TEST

START_TEST(a_place_that_an_earlier_day_takes)
{
    looked_assert(&places[_i]);
}
END_TEST

Suite *test_displaced_suite(void);

Suite *
test_displaced_suite(void)
{
    Suite *suite = suite_create("displaced");
    TCase *cases = tcase_create("displaced");
    tcase_add_loop_test(cases, a_session_that_was_moved_away, 0, (int)ARRAY_COUNT(gone));
    tcase_add_loop_test(cases, what_no_table_has_any_more, 0, (int)ARRAY_COUNT(lost));
    tcase_add_loop_test(cases, a_place_of_a_day_before_the_request, 0,
                        (int)ARRAY_COUNT(unasked));
    tcase_add_loop_test(cases, a_place_that_an_earlier_day_takes, 0,
                        (int)ARRAY_COUNT(places));
    suite_add_tcase(suite, cases);
    return suite;
}
