/* SPDX-License-Identifier: Apache-2.0 */
/* Days on which banks settle nothing, by Easters from the earliest to the latest of the calendar. */
#include "defray/bank_day.h"

#include <check.h>

static bool
opens(int year, int month, int day)
{
    struct date date;
    ck_assert(date_make(year, month, day, &date));
    return bank_day_is(date);
}

START_TEST(weekends_and_four_days_of_the_year)
{
    ck_assert(opens(2026, 4, 15)); /* a Wednesday */
    ck_assert(opens(2026, 6, 12));
    ck_assert(!opens(2026, 6, 13)); /* a Saturday */
    ck_assert(!opens(2026, 6, 14));
    ck_assert(opens(2026, 6, 15));
    ck_assert(!opens(2026, 1, 1));
    ck_assert(!opens(2026, 5, 1));
    ck_assert(opens(2026, 5, 8)); /* a holiday in France only */
    ck_assert(opens(2026, 12, 24));
    ck_assert(!opens(2026, 12, 25));
    ck_assert(!opens(2028, 12, 26)); /* a Tuesday */
    ck_assert(opens(1969, 12, 31));  /* before the first day that is counted */
    ck_assert(!opens(1969, 12, 28));
}
END_TEST

START_TEST(the_friday_and_the_monday_of_easter)
{
    static const struct {
        int year, month, day; /* of the Sunday */
    } easters[] = {
        {1943, 4, 25},
        {1954, 4, 18},
        {2000, 4, 23},
        {2008, 3, 23},
        {2019, 4, 21},
        {2024, 3, 31},
        {2025, 4, 20},
        {2026, 4, 5 },
        {2027, 3, 28},
        {2038, 4, 25},
        {2049, 4, 18},
        {2076, 4, 19},
        {2160, 3, 23},
        {2199, 4, 14},
    };
    for (size_t i = 0; i < sizeof easters / sizeof *easters; i++) {
        struct date sunday;
        ck_assert(date_make(easters[i].year, easters[i].month, easters[i].day, &sunday));
        ck_assert(bank_day_is((struct date){sunday.day - 3}));
        ck_assert(!bank_day_is((struct date){sunday.day - 2}));
        ck_assert(!bank_day_is((struct date){sunday.day}));
        ck_assert(!bank_day_is((struct date){sunday.day + 1}));
        ck_assert(bank_day_is((struct date){sunday.day + 2}));
    }
}
END_TEST

Suite *test_bank_day_suite(void);

Suite *
test_bank_day_suite(void)
{
    Suite *suite = suite_create("bank_day");
    TCase *cases = tcase_create("bank_day");
    tcase_add_test(cases, weekends_and_four_days_of_the_year);
    tcase_add_test(cases, the_friday_and_the_monday_of_easter);
    suite_add_tcase(suite, cases);
    return suite;
}
