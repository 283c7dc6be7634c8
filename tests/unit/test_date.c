/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of dates, periods and durations. Every day there is, counted by hand. */
#include "defray/date.h"

#include "support/days.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* For long loops: Check notes every assertion that it passes, and that takes time. */
#define MUST(condition)                     \
    do {                                    \
        if (!(condition)) {                 \
            ck_abort_msg("%s", #condition); \
        }                                   \
    } while (0)

/* The calendar as a schoolbook tells it. */
static int
days_in(int year, int month)
{
    switch (month) {
    case 4:
    case 6:
    case 9:
    case 11: return 30;
    case 2: break;
    default: return 31;
    }
    if (year % 400 == 0) {
        return 29;
    }
    return year % 4 == 0 && year % 100 != 0 ? 29 : 28;
}

START_TEST(every_day_comes_round)
{
    int32_t number = -25567; /* 1900-01-01 */
    int days = 0;
    for (int year = 1900; year <= 2199; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int d = 1; d <= 31; d++) {
                struct date date = DATE_NONE;
                bool exists = date_make(year, month, d, &date);
                MUST(exists == (d <= days_in(year, month)));
                if (!exists) {
                    continue;
                }
                MUST(date.day == number++);
                days++;
                int split[3] = {0, 0, 0};
                date_split(date, &split[0], &split[1], &split[2]);
                MUST(split[0] == year);
                MUST(split[1] == month);
                MUST(split[2] == d);
                char text[DATE_TEXT_MAX];
                MUST(day(date_text(date, text)).day == date.day);
                MUST(date_month_index(date) == year * 12 + month - 1);
                struct date last = date_month_last(date);
                MUST(last.day - date.day == days_in(year, month) - d);
            }
        }
    }
    MUST(days == 109573);
    MUST(day("1970-01-01").day == 0);
    MUST(day("2000-03-01").day == 11017);
}
END_TEST

START_TEST(days_outside_the_range_do_not_exist)
{
    struct date date = {7};
    ck_assert(!date_make(1899, 12, 31, &date));
    ck_assert(!date_make(2200, 1, 1, &date));
    ck_assert(!date_make(2026, 0, 1, &date));
    ck_assert(!date_make(2026, 13, 1, &date));
    ck_assert(!date_make(2026, 1, 0, &date));
    ck_assert(!date_make(2026, -1, -1, &date));
    ck_assert(!date_make(1900, 2, 29, &date));
    ck_assert_int_eq(date.day, 7);
}
END_TEST

static const char *const not_dates[] = {
    "",           "2026-3-07",  "2026-03-7",  "2026/03/07", "07/03/2026",  "26-03-07",
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-03-07 ", " 2026-03-7",
    "2026-03-0x", "+026-03-07", "20260307",   "1899-12-31", "2200-01-01",  "2026-03- 7",
    "2026-03/07", "2026/03-07",
};

START_TEST(only_iso_days_are_read)
{
    struct date date = {7};
    ck_assert_msg(!date_parse_iso(text_of(not_dates[_i]), &date), "%s", not_dates[_i]);
    ck_assert_int_eq(date.day, 7);
}
END_TEST

START_TEST(open_ends_stay_open)
{
    char text[DATE_TEXT_MAX];
    ck_assert_str_eq(date_text(DATE_OPEN_PAST, text), "");
    ck_assert_str_eq(date_text(DATE_OPEN_FUTURE, text), "");
    ck_assert_str_eq(date_text(DATE_NONE, text), "");
    ck_assert(date_is_open(DATE_OPEN_PAST) && date_is_open(DATE_OPEN_FUTURE));
    ck_assert(!date_is_open(DATE_NONE) && date_is_none(DATE_NONE));
    ck_assert(!date_is_none(day("1970-01-01")) && !date_is_open(day("1970-01-01")));
    ck_assert_int_eq(date_add_days(DATE_OPEN_FUTURE, -1).day, DATE_OPEN_FUTURE.day);
    ck_assert_int_lt(date_compare(DATE_OPEN_PAST, day("1900-01-01")), 0);
    ck_assert_int_gt(date_compare(DATE_OPEN_FUTURE, day("2199-12-31")), 0);
    ck_assert_int_eq(date_add_days(day("2028-02-28"), 1).day, day("2028-02-29").day);
    ck_assert_int_eq(date_year(day("1999-12-31")), 1999);
    ck_assert_int_eq(date_month(day("1999-12-31")), 12);
}
END_TEST

START_TEST(age_is_counted_in_birthdays)
{
    ck_assert_int_eq(date_age(day("2010-03-07"), day("2026-03-06")), 15);
    ck_assert_int_eq(date_age(day("2010-03-07"), day("2026-03-07")), 16);
    ck_assert_int_eq(date_age(day("2008-02-29"), day("2026-02-28")), 17);
    ck_assert_int_eq(date_age(day("2008-02-29"), day("2026-03-01")), 18);
    ck_assert_int_eq(date_age(day("2008-02-29"), day("2028-02-29")), 20);
    ck_assert_int_eq(date_age(day("2008-12-31"), day("2026-01-01")), 17);
    ck_assert_int_eq(date_age(day("2026-01-01"), day("2026-01-01")), 0);
}
END_TEST

static const struct {
    const char *text;
    const char *from; /* NULL: refused */
    const char *to;
} periods[] = {
    {"2026-03",                 "2026-03-01", "2026-03-31"},
    {"2028-02",                 "2028-02-01", "2028-02-29"},
    {"2026-Q1",                 "2026-01-01", "2026-03-31"},
    {"2026-Q4",                 "2026-10-01", "2026-12-31"},
    {"2026",                    "2026-01-01", "2026-12-31"},
    {"2026-03-05..2026-04-02",  "2026-03-05", "2026-04-02"},
    {"2026-03-05..2026-03-05",  "2026-03-05", "2026-03-05"},
    {"2026-03-06..2026-03-05",  NULL,         NULL        },
    {"2026-Q0",                 NULL,         NULL        },
    {"2026-Q5",                 NULL,         NULL        },
    {"2026-q1",                 NULL,         NULL        },
    {"2026-00",                 NULL,         NULL        },
    {"2026-13",                 NULL,         NULL        },
    {"2026-3",                  NULL,         NULL        },
    {"26-03",                   NULL,         NULL        },
    {"",                        NULL,         NULL        },
    {"1899",                    NULL,         NULL        },
    {"2200",                    NULL,         NULL        },
    {"2026-03-05--2026-04-02",  NULL,         NULL        },
    {"2026-02-30..2026-04-02",  NULL,         NULL        },
    {"2026-03-05..2026-04-31",  NULL,         NULL        },
    {"2026-03-05.-2026-04-02",  NULL,         NULL        },
    {"2026-03-05-.2026-04-02",  NULL,         NULL        },
    {"2026-03-05..2026-04-021", NULL,         NULL        },
    {"2026-Q2",                 "2026-04-01", "2026-06-30"},
    {"2026-Q3",                 "2026-07-01", "2026-09-30"},
    {"2026/03",                 NULL,         NULL        },
    {"2200-Q1",                 NULL,         NULL        },
    {"1900",                    "1900-01-01", "1900-12-31"},
    {"2199-12",                 "2199-12-01", "2199-12-31"},
    {"2026-03-05",              NULL,         NULL        },
    {"abcd",                    NULL,         NULL        },
    {"2026-Qx",                 NULL,         NULL        },
};

START_TEST(a_period_is_read_whole_or_not_at_all)
{
    struct period period = {{1}, {2}};
    bool read = period_parse(text_of(periods[_i].text), &period);
    ck_assert_msg(read == (periods[_i].from != NULL), "%s", periods[_i].text);
    if (read) {
        ck_assert_int_eq(period.from.day, day(periods[_i].from).day);
        ck_assert_int_eq(period.to.day, day(periods[_i].to).day);
    } else {
        ck_assert_int_eq(period.from.day, 1);
        ck_assert_int_eq(period.to.day, 2);
    }
}
END_TEST

START_TEST(a_period_contains_both_its_ends)
{
    struct period march;
    ck_assert(period_parse(STR("2026-03"), &march));
    ck_assert(!period_contains(march, day("2026-02-28")));
    ck_assert(period_contains(march, day("2026-03-01")));
    ck_assert(period_contains(march, day("2026-03-31")));
    ck_assert(!period_contains(march, day("2026-04-01")));
    struct period always = {DATE_OPEN_PAST, DATE_OPEN_FUTURE};
    ck_assert(period_contains(always, day("1900-01-01")));
    ck_assert(period_contains(always, day("2199-12-31")));
}
END_TEST

START_TEST(periods_overlap_from_one_day_on)
{
    struct period march = {day("2026-03-01"), day("2026-03-31")};
    struct period next = {day("2026-03-31"), day("2026-04-30")};
    struct period later = {day("2026-04-01"), day("2026-04-30")};
    struct period within = {day("2026-03-15"), day("2026-03-15")};
    struct period always = {DATE_OPEN_PAST, DATE_OPEN_FUTURE};
    ck_assert(period_overlaps(march, next) && period_overlaps(next, march));
    ck_assert(!period_overlaps(march, later) && !period_overlaps(later, march));
    ck_assert(period_overlaps(march, within) && period_overlaps(within, march));
    ck_assert(period_overlaps(always, within) && period_overlaps(within, always));
}
END_TEST

static const struct {
    int32_t duration;
    const char *text;
} durations[] = {
    {0,                                        "0:00"       },
    {DURATION_HOUR * 3 + DURATION_MINUTE * 30, "3:30"       },
    {50100,                                    "1:40:12"    }, /* 1.67 h */
    {30000,                                    "1:00"       },
    {3,                                        "0:00"       }, /* 0.36 s */
    {5,                                        "0:00:01"    },
    {29999,                                    "1:00"       },
    {DURATION_HOUR * 100,                      "100:00"     },
    {DURATION_MINUTE,                          "0:01"       },
    {-DURATION_MINUTE,                         "-0:01"      },
    {-3,                                       "0:00"       },
    {4,                                        "0:00"       }, /* 0.48 s */
    {-5,                                       "-0:00:01"   },
    {DURATION_HOUR * 10,                       "10:00"      },
    {INT32_MAX,                                "71582:47:18"},
    {DURATION_NONE,                            ""           },
};

START_TEST(durations_are_written_in_hours)
{
    char text[DURATION_TEXT_MAX];
    ck_assert_str_eq(duration_text(durations[_i].duration, text), durations[_i].text);
}
END_TEST

START_TEST(durations_are_exact_hours)
{
    ck_assert_int_eq(duration_hours(DURATION_HOUR * 7 / 2).num, 7);
    ck_assert_int_eq(duration_hours(DURATION_HOUR * 7 / 2).den, 2);
    ck_assert_int_eq(duration_hours(DURATION_MINUTE).den, 60);
    /* 1.67 h stays 1.67 h. */
    ck_assert_int_eq(duration_hours(50100).num, 167);
    ck_assert_int_eq(duration_hours(50100).den, 100);
    for (int32_t minute = 0; minute <= 1440; minute++) {
        char text[DURATION_TEXT_MAX];
        char wanted[DURATION_TEXT_MAX];
        snprintf(wanted, sizeof wanted, "%d:%02d", (int)minute / 60, (int)minute % 60);
        ck_assert_str_eq(duration_text(minute * DURATION_MINUTE, text), wanted);
    }
}
END_TEST

/* The same day of a later month, or its last; and where a month's last day stays the last. */
static const struct later {
    const char *from;
    int months;
    const char *after, *added; /* empty: after every date */
} laters[] = {
    {"2026-01-15", 1,  "2026-02-15", "2026-02-15"},
    {"2026-01-30", 1,  "2026-02-28", "2026-02-28"},
    {"2026-01-31", 2,  "2026-03-31", "2026-03-31"},
    {"2026-02-28", 1,  "2026-03-28", "2026-03-31"},
    {"2024-02-28", 12, "2025-02-28", "2025-02-28"},
    {"2024-02-29", 12, "2025-02-28", "2025-02-28"},
    {"2025-12-01", 1,  "2026-01-01", "2026-01-01"},
    {"2199-12-31", 0,  "2199-12-31", "2199-12-31"},
    {"2199-12-31", 1,  "",           ""          },
    {"2199-12-30", 1,  "",           ""          },
};

START_TEST(months_are_added_by_the_calendar)
{
    const struct later *row = &laters[_i];
    struct date after = row->after[0] == '\0' ? DATE_OPEN_FUTURE : day(row->after);
    struct date added = row->added[0] == '\0' ? DATE_OPEN_FUTURE : day(row->added);
    ck_assert_int_eq(date_after_months(day(row->from), row->months).day, after.day);
    ck_assert_int_eq(date_add_months(day(row->from), row->months).day, added.day);
}
END_TEST

START_TEST(times_have_two_digits)
{
    char text[8];
    ck_assert_str_eq(time_text(540, text), "09:00");
    ck_assert_str_eq(time_text(0, text), "00:00");
    ck_assert_str_eq(time_text(1439, text), "23:59");
    ck_assert_str_eq(time_text(1440, text), "24:00");
    ck_assert_str_eq(time_text(TIME_NONE, text), "");
}
END_TEST

Suite *test_date_suite(void);

Suite *
test_date_suite(void)
{
    Suite *suite = suite_create("date");
    TCase *tests = tcase_create("date");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_day_comes_round);
    tcase_add_test(tests, days_outside_the_range_do_not_exist);
    tcase_add_loop_test(tests, only_iso_days_are_read, 0, (int)ARRAY_COUNT(not_dates));
    tcase_add_test(tests, open_ends_stay_open);
    tcase_add_test(tests, age_is_counted_in_birthdays);
    tcase_add_loop_test(tests, a_period_is_read_whole_or_not_at_all, 0,
                        (int)ARRAY_COUNT(periods));
    tcase_add_test(tests, a_period_contains_both_its_ends);
    tcase_add_test(tests, periods_overlap_from_one_day_on);
    tcase_add_loop_test(tests, durations_are_written_in_hours, 0,
                        (int)ARRAY_COUNT(durations));
    tcase_add_test(tests, durations_are_exact_hours);
    tcase_add_loop_test(tests, months_are_added_by_the_calendar, 0,
                        (int)ARRAY_COUNT(laters));
    tcase_add_test(tests, times_have_two_digits);
    suite_add_tcase(suite, tests);
    return suite;
}
