/* SPDX-License-Identifier: Apache-2.0 */
/* Weekends, four days of the year, and two that go by Easter. */
#include "defray/bank_day.h"

#define DAYS_A_WEEK 7
#define SATURDAY    5 /* Monday is 0 */
#define EPOCH_DAY   3 /* 1 January 1970 was a Thursday */

static int
weekday(struct date date)
{
    int day = (date.day % DAYS_A_WEEK + EPOCH_DAY) % DAYS_A_WEEK;
    return day < 0 ? day + DAYS_A_WEEK : day;
}

/* Easter Sunday of the Gregorian calendar, by the rule of 1876 (Nature, 20 April): the epact gives
 * the full moon, `letter` the Sunday after it. */
static struct date
easter(int year)
{
    struct date date = DATE_NONE;
    int golden = year % 19;
    int century = year / 100;
    int rest = year % 100;
    int moved = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - moved + 15) % 30;
    int letter = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    int late = (golden + 11 * epact + 22 * letter) / 451;
    int place = epact + letter - 7 * late + 114;
    (void)date_make(year, place / 31, place % 31 + 1, &date);
    return date;
}

bool
bank_day_is(struct date date)
{
    static const struct {
        int month, day;
    } closed[] = {
        {1,  1 },
        {5,  1 },
        {12, 25},
        {12, 26},
    };
    int year;
    int month;
    int day;
    date_split(date, &year, &month, &day);
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        if (month == closed[i].month && day == closed[i].day) {
            return false;
        }
    }
    int from_easter = date.day - easter(year).day;
    return weekday(date) < SATURDAY && from_easter != -2 && from_easter != 1;
}
