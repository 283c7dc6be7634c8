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
    /* it was moved within the month */
    {.attendance = "A;S1;2025-05-24;plenary;P;\n",
     .known = {STIPEND("2025-05-17", "S1", 4000)}},
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
};

/* clang-format on */

START_TEST(a_session_that_was_moved_away)
{
    looked_assert(&gone[_i]);
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
    tcase_add_loop_test(cases, a_place_that_an_earlier_day_takes, 0,
                        (int)ARRAY_COUNT(places));
    suite_add_tcase(suite, cases);
    return suite;
}
