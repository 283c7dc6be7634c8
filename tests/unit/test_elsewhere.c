/* SPDX-License-Identifier: Apache-2.0 */
/* What is about to be paid, held against what a ledger has on other days and in other assemblies:
 * one member's history made by hand. */
#include "support/looked.h"
#include "support/reckon.h"

#include <check.h>

/* A row is as long as what makes it another. */
/* clang-format off */
/* S1 of 17 May is new, at 40.00. */
static const struct looked sessions[] = {
    {.attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S1", 4000)},
     .filed = "P121",
     .says = "session 'S1' of 2025-05-17 was paid to 'A' on 2025-04-12 already"},
    /* the same of a day before the period that is settled */
    {.attendance = OF_MAY_3,
     .period = "2025-05-10..2025-05-31",
     .since = "2025-05-01",
     .elsewhere = {STIPEND("2025-04-12", "S3", 4000)},
     .filed = "P121"},
    /* it was paid on its own day too: what is added is a better rate */
    {.attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S1", 4000)},
     .known = {STIPEND("2025-05-17", "S1", 3000)}},
    /* a claim was paid for the session, the presence was not */
    {.attendance = S1_OF_MAY,
     .elsewhere = {{WAS("parking", "2025-04-12", "S1", 4000)}}},
};

START_TEST(a_session_that_was_paid_on_another_day)
{
    looked_assert(&sessions[_i]);
}
END_TEST

/* 9.00 of FACT-2211 were paid in April. */
static const struct looked receipts[] = {
    {.attendance = S1_OF_MAY,
     .expenses = "A;2025-05-17;parking;9,00;;FACT-2211\n",
     .elsewhere = {OF_A_RECEIPT("B")},
     .filed = "L021",
     .says = "a receipt of 'A' was paid to 'B' on 2025-04-12 already"},
    {.attendance = S1_OF_MAY,
     .expenses = "A;2025-05-17;parking;9,00;;FACT-2211\n",
     .elsewhere = {OF_A_RECEIPT("")},
     .filed = "L021",
     .says = "a receipt of 'A' was paid on 2025-04-12 already, to somebody who is not in"},
    {.attendance = S1_OF_MAY,
     .expenses = "A;2025-05-17;parking;9,00;;FACT-2212\n",
     .elsewhere = {OF_A_RECEIPT("B")}},
};

START_TEST(a_receipt_that_was_paid_on_another_day)
{
    looked_assert(&receipts[_i]);
}
END_TEST

/* A flat amount is due once a mandate, whatever it was when it was paid. */
static const struct looked mandates[] = {
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .filed = "P122",
     .says = "with the 40.00 € paid to 'A' for days from 2025-04-12 to 2025-04-12, "
             "'stipend' comes to 80.00 €; the ceiling is 40.00 €"},
    /* it was 40.00 in 2025 and is 42.00 */
    {.edits = {TARIFF, FLAT},
     .attendance = "A;S1;2026-05-16;plenary;P;\n",
     .period = "2026-05",
     .elsewhere = {APRIL},
     .filed = "P122",
     .says = "comes to 82.00 €; the ceiling is 42.00 €"},
    /* in another mandate it is due again */
    {.edits = {TARIFF, FLAT, LIFE_TO_2026, TWO_LIVES},
     .attendance = "A;S1;2026-05-16;plenary;P;\n",
     .period = "2026-05",
     .elsewhere = {APRIL}},
    /* of the same day, the first session gives nothing */
    {.edits = {TARIFF, FLAT},
     .attendance = "A;S0;2025-05-17;plenary;E;\n" S1_OF_MAY,
     .elsewhere = {APRIL},
     .filed = "P122"},
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {OF_B("stipend")}},
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {PARKING("2025-04-12", 4000)}},
    /* it only moves within the month */
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .known = {STIPEND("2025-05-10", "S9", 4000)}},
    /* evenings are paid as well: 30.00 may be one of them, and are if the sheet is there */
    {.edits = {BESIDE_EVENINGS},
     .attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 3000)},
     .filed = "L023"},
    {.edits = {BESIDE_EVENINGS},
     .attendance = "A;S0;2025-04-12;evening;P;\n" S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 3000)}},
    {.edits = {BESIDE_EVENINGS},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .filed = "P122"},
    /* two evenings come to more than the flat amount, and are none where the sheet shows them */
    {.edits = {BESIDE_EVENINGS},
     .attendance = "A;S0;2025-04-12;evening;P;\nA;S2;2025-04-19;evening;P;\n" S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 3000), STIPEND("2025-04-19", "S2", 3000)}},
};

START_TEST(a_flat_amount_is_paid_once)
{
    looked_assert(&mandates[_i]);
}
END_TEST

/* At most 50.00 a year, of which the tables do not show all. */
static const struct looked ceilings[] = {
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1001)},
     .filed = "P122",
     .says = "comes to 50.01 €; the ceiling is 50.00 €"},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1000)}},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = "A;S1;2026-01-17;plenary;P;\n",
     .period = "2026-01",
     .elsewhere = {STIPEND("2025-12-13", "S0", 4000)}},
    {.edits = {EXCUSED, SOFT EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL}},
    /* told once, however many days are new */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1001)},
     .filed = "P122",
     .says = "comes to 60.01 €"},
    /* the limit falls on 21 May, when 45.00 are paid of it, and 5.00 are to be; or nothing is */
    {.edits = {EXCUSED, YEARLY_OF("50.00", "45.00") EXCUSED},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 500)},
     .filed = "P122",
     .says = "comes to 50.00 €; the ceiling is 45.00 €"},
    {.edits = {EXCUSED, YEARLY_OF("50.00", "30.00") EXCUSED},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 500)}},
    /* it rises: 45.00 of 45.00, then 85.00 of 90.00; or it is passed before it rises */
    {.edits = {EXCUSED, YEARLY_OF("45.00", "90.00") EXCUSED},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 500)}},
    {.edits = {EXCUSED, YEARLY_OF("44.99", "90.00") EXCUSED},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 500)},
     .filed = "P122",
     .says = "comes to 45.00 €; the ceiling is 44.99 €"},
    /* before it does, only what was paid for a later day passes it */
    {.edits = {EXCUSED, YEARLY_OF("45.00", "90.00") EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-06-14", "S0", 500)}},
    /* what was the limit before the day that is new is none of it */
    {.edits = {EXCUSED, YEARLY_OF("10.00", "50.00") EXCUSED},
     .attendance = S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1000)}},
    {.edits = {EXCUSED, YEARLY_OF("10.00", "50.00") EXCUSED},
     .attendance = S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1001)},
     .filed = "P122",
     .says = "comes to 50.01 €; the ceiling is 50.00 €"},
    /* what is gained was lost beside it */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .known = {STIPEND("2025-05-10", "S9", 4000)}},
    /* of a category, what was paid for it on the settled days is of the sum, and nothing else */
    {.edits = {CATEGORY, YEARLY CATEGORY},
     .attendance = "A;S9;2025-05-10;plenary;P;\n" S1_OF_MAY,
     .expenses = "A;2025-05-10;parking;20,00;;yes\n" PARKED "20,01;;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .known = {PARKING("2025-05-10", 2000), STIPEND("2025-05-10", "S9", 4000),
               STIPEND("2025-05-17", "S1", 4000)},
     .filed = "P122",
     .says = "comes to 50.01 €"},
    {.edits = {CATEGORY, YEARLY CATEGORY},
     .attendance = "A;S9;2025-05-10;plenary;P;\n" S1_OF_MAY,
     .expenses = "A;2025-05-10;parking;20,00;;yes\n" PARKED "20,00;;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .known = {PARKING("2025-05-10", 2000), STIPEND("2025-05-10", "S9", 4000),
               STIPEND("2025-05-17", "S1", 4000)}},
    /* what waits for its amount stays paid: 20.00, 10.00 in June and 20.01 now */
    {.edits = {CATEGORY, YEARLY CATEGORY},
     .attendance = OF_MAY_3 S1_OF_MAY,
     .expenses = "A;2025-05-03;parking;;;yes\n" PARKED "20,01;;yes\n",
     .period = "2025-05-10..2025-05-31",
     .since = "2025-05-01",
     .elsewhere = {PARKING("2025-06-07", 1000)},
     .known = {PARKING("2025-05-03", 2000)},
     .filed = "P122",
     .says = "with the 30.00 € paid to 'A' for days from 2025-05-03 to 2025-06-07, "
             "'parking' comes to 50.01 €"},
    /* units are not amounts: a person looks, unless the tables show all of them */
    {.edits = {TARIFF, TEN_HOURS},
     .attendance = TWO_HOURS("S1", "2025-05-17"),
     .elsewhere = {STIPEND("2025-04-12", "S0", 100)},
     .filed = "L023",
     .says = "what was paid to 'A' for 'stipend' from 2025-04-12 to 2025-04-12 is not"},
    {.edits = {TARIFF, TEN_HOURS},
     .attendance = TWO_HOURS("S0", "2025-04-12") TWO_HOURS("S1", "2025-05-17"),
     .elsewhere = {STIPEND("2025-04-12", "S0", 8000)}},
    /* a claim that waits is none of these hours */
    {.edits = {TARIFF, TEN_HOURS},
     .attendance = TWO_HOURS("S0", "2025-04-12") TWO_HOURS("S3", "2025-05-03")
         TWO_HOURS("S1", "2025-05-17"),
     .expenses = "A;2025-05-03;parking;;;yes\n",
     .period = "2025-05-10..2025-05-31",
     .since = "2025-05-01",
     .elsewhere = {STIPEND("2025-04-12", "S0", 8000)},
     .known = {PARKING("2025-05-03", 900), STIPEND("2025-05-03", "S3", 8000)}},
    /* nor are hours that stay paid at the rate of before: the tables show them */
    {.edits = {TARIFF, TEN_HOURS, "examples =", KEEPS},
     .attendance = TWO_HOURS("S0", "2025-04-12") TWO_HOURS("S1", "2025-05-17")
         TWO_HOURS("S2", "2025-05-24"),
     .elsewhere = {STIPEND("2025-04-12", "S0", 8000)},
     .known = {{WAS("stipend", "2025-05-24", "S2", 9000), .old_rules = true}}},
};

START_TEST(a_ceiling_of_more_days_than_are_settled)
{
    looked_assert(&ceilings[_i]);
}
END_TEST

/* Hours of income loss and kilometres are counted from January on. */
static const struct looked counters[] = {
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .filed = "L023"},
    {.edits = {RECEIPT, HOURS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)}},
    /* the tables show them */
    {.edits = {RECEIPT, LOSS},
     .attendance = "A;S0;2025-04-12;plenary;P;\n" S1_OF_MAY,
     .expenses = "A;2025-04-12;parking;;1;yes\n" PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)}},
    /* kilometres that are stated open the bands, and say nothing of hours */
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .km_before = "100",
     .filed = "L023"},
    {.edits = {RECEIPT, MILEAGE, SERIES, SCALES},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";20;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .km_before = "100"},
    {.edits = {RECEIPT, MILEAGE, SERIES, SCALES},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";20;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .filed = "L023"},
    /* of another year, of which a late day is, they say nothing */
    {.edits = {RECEIPT, MILEAGE, SERIES, SCALES}, .attendance = S1_OF_MAY,
     .expenses = PARKED ";20;yes\n", .period = "2026-01", .since = "2025-05-10",
     .elsewhere = {PARKING("2025-04-12", 1000)}, .km_before = "100", .filed = "L023"},
    /* what stays paid for want of them was counted in the bands */
    {.edits = {RECEIPT, MILEAGE, SERIES, SCALES}, .attendance = S1_OF_MAY S2_OF_MAY,
     .expenses = PARKED ";20;yes\nA;2025-05-24;parking;;20;yes\n", .period = "2026-01",
     .since = "2025-05-10", .known = {PARKING("2025-05-17", 1000)}},
    /* once a year, however many days are new */
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .expenses = PARKED ";2;yes\nA;2025-05-24;parking;;1;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .filed = "L023"},
    /* nothing where something is only taken back, or where another was paid */
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .known = {PARKING("2025-05-17", 3000)}},
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {OF_B("parking")}},
};

START_TEST(a_count_of_the_year)
{
    looked_assert(&counters[_i]);
}
END_TEST
/* clang-format on */

Suite *test_elsewhere_suite(void);

Suite *
test_elsewhere_suite(void)
{
    Suite *suite = suite_create("elsewhere");
    TCase *cases = tcase_create("elsewhere");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_session_that_was_paid_on_another_day, 0,
                        (int)ARRAY_COUNT(sessions));
    tcase_add_loop_test(cases, a_receipt_that_was_paid_on_another_day, 0,
                        (int)ARRAY_COUNT(receipts));
    tcase_add_loop_test(cases, a_flat_amount_is_paid_once, 0, (int)ARRAY_COUNT(mandates));
    tcase_add_loop_test(cases, a_ceiling_of_more_days_than_are_settled, 0,
                        (int)ARRAY_COUNT(ceilings));
    tcase_add_loop_test(cases, a_count_of_the_year, 0, (int)ARRAY_COUNT(counters));
    suite_add_tcase(suite, cases);
    return suite;
}
