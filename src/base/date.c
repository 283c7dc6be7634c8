/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Day numbers to civil dates and back. Years are counted from March, so that the
 * leap day is the last of its year, in eras of 400 years, which all have the
 * same number of days.
 */
#include "defray/date.h"

#include <assert.h>
#include <string.h>

#define YEAR_MIN      1900
#define YEAR_MAX      2199
#define DAYS_IN_ERA   146097
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

struct civil {
    int year;
    int month;
    int day;
};

/*@
  assigns \nothing;
  ensures \result == true <==> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
*/
static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/*@
  requires 1 <= month <= 12;
  assigns \nothing;
  ensures 28 <= \result <= 31 && (month != 2 ==> \result >= 30);
  ensures \result == length_of(year, month);
*/
static int
month_length(int year, int month)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Over all 110 000 days, test_date goes to a date and back. */
/*@
  requires 1 <= civil.year <= 9999 && 1 <= civil.month <= 12 && 1 <= civil.day <= 31;
  assigns \nothing;
  ensures -719468 <= \result <= 2932926;
*/
static int32_t
days_from_civil(struct civil civil)
{
    int year = civil.month <= 2 ? civil.year - 1 : civil.year;
    int era = year / 400;
    int year_of_era = year % 400;
    int month_from_march = (civil.month + 9) % 12;
    int day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_IN_ERA + day_of_era - DAYS_TO_EPOCH;
}

/*@
  requires -719468 <= day <= 2932896;
  assigns \nothing;
  ensures day >= -700000 ==> \result.year >= 1;
  ensures 0 <= \result.year <= 9999 && 1 <= \result.month <= 12 && 1 <= \result.day <= 31;
*/
static struct civil
civil_from_days(int32_t day)
{
    int shifted = day + DAYS_TO_EPOCH;
    assert(shifted >= 0);
    int era = shifted / DAYS_IN_ERA;
    int day_of_era = shifted % DAYS_IN_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct civil){
        .year = era * 400 + year_of_era + (month <= 2 ? 1 : 0),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

/*@
  requires date_known(date);
  assigns \nothing;
  ensures 1 <= \result.year <= 9999 && 1 <= \result.month <= 12 && 1 <= \result.day <= 31;
*/
static struct civil
civil_of(struct date date)
{
    assert(!date_is_none(date));
    assert(date.day >= DATE_OPEN_PAST.day);
    assert(date.day <= DATE_OPEN_FUTURE.day);
    return civil_from_days(date.day);
}

/* Exactly `count` digits at `from`, or -1. */
static int
read_number(struct text t, size_t from, size_t count)
{
    if (from + count > t.size) {
        return -1;
    }
    int value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (t.data[i] < '0' || t.data[i] > '9') {
            return -1;
        }
        value = value * 10 + (t.data[i] - '0');
    }
    return value;
}

/* At least `width` digits; gives the first byte past them. */
static char *
write_number(char *out, int value, int width)
{
    assert(value >= 0);
    char reversed[12];
    int count = 0;
    while (value > 0 || count < width) {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    }
    while (count > 0) {
        *out++ = reversed[--count];
    }
    return out;
}

/* From the first day of one month to the last of another: of a quarter, or of the whole year. */
static bool
period_of_months(int year, int first, int last, struct period *out)
{
    struct period period;
    if (!date_make(year, first, 1, &period.from)) {
        return false;
    }
    assert(last <= 12);
    period.to = (struct date){
        days_from_civil((struct civil){year, last, month_length(year, last)})};
    *out = period;
    return true;
}

static bool
parse_range(struct text t, struct period *out)
{
    struct period period;
    if (t.data[10] != '.' || t.data[11] != '.') {
        return false;
    }
    if (!date_parse_iso((struct text){t.data, 10}, &period.from) ||
        !date_parse_iso((struct text){t.data + 12, 10}, &period.to)) {
        return false;
    }
    if (date_compare(period.from, period.to) > 0) {
        return false;
    }
    *out = period;
    return true;
}

bool
date_make(int year, int month, int day, struct date *out)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12) {
        return false;
    }
    if (day < 1 || day > month_length(year, month)) {
        return false;
    }
    *out = (struct date){days_from_civil((struct civil){year, month, day})};
    return true;
}

void
date_split(struct date date, int *year, int *month, int *day)
{
    struct civil civil = civil_of(date);
    *year = civil.year;
    *month = civil.month;
    *day = civil.day;
}

int
date_year(struct date date)
{
    return civil_of(date).year;
}

int
date_month(struct date date)
{
    return civil_of(date).month;
}

int
date_month_index(struct date date)
{
    struct civil civil = civil_of(date);
    return civil.year * 12 + civil.month - 1;
}

int
date_compare(struct date a, struct date b)
{
    return (a.day > b.day) - (a.day < b.day);
}

bool
date_is_none(struct date date)
{
    return date.day == DATE_NONE.day;
}

bool
date_is_open(struct date date)
{
    return date.day == DATE_OPEN_PAST.day || date.day == DATE_OPEN_FUTURE.day;
}

struct date
date_add_days(struct date date, int days)
{
    assert(!date_is_none(date));
    if (date_is_open(date)) {
        return date;
    }
    int64_t day = (int64_t)date.day + days;
    assert(day > DATE_OPEN_PAST.day);
    assert(day < DATE_OPEN_FUTURE.day);
    return (struct date){(int32_t)day};
}

struct date
date_month_last(struct date date)
{
    struct civil civil = civil_of(date);
    civil.day = month_length(civil.year, civil.month);
    return (struct date){days_from_civil(civil)};
}

struct date
date_after_months(struct date date, int months)
{
    int index = date_month_index(date) + months;
    int year = 0;
    int month = 0;
    int day = 0;
    date_split(date, &year, &month, &day);
    struct date result = date;
    if (date_make(index / 12, index % 12 + 1, day, &result)) {
        return result;
    }
    return date_make(index / 12, index % 12 + 1, 1, &result) ? date_month_last(result)
                                                             : DATE_OPEN_FUTURE;
}

struct date
date_add_months(struct date date, int months)
{
    struct date after = date_after_months(date, months);
    bool last = date_compare(date, date_month_last(date)) == 0;
    return last && date_compare(after, DATE_OPEN_FUTURE) < 0 ? date_month_last(after)
                                                             : after;
}

int
date_age(struct date birth, struct date on)
{
    struct civil born = civil_of(birth);
    struct civil day = civil_of(on);
    bool before =
        day.month < born.month || (day.month == born.month && day.day < born.day);
    return day.year - born.year - (before ? 1 : 0);
}

bool
date_parse_iso(struct text t, struct date *out)
{
    if (t.size != 10 || t.data[4] != '-' || t.data[7] != '-') {
        return false;
    }
    return date_make(read_number(t, 0, 4), read_number(t, 5, 2), read_number(t, 8, 2),
                     out);
}

const char *
date_text(struct date date, char out[DATE_TEXT_MAX])
{
    char *p = out;
    if (!date_is_none(date) && !date_is_open(date)) {
        struct civil civil = civil_of(date);
        p = write_number(p, civil.year, 4);
        *p++ = '-';
        p = write_number(p, civil.month, 2);
        *p++ = '-';
        p = write_number(p, civil.day, 2);
    }
    *p = '\0';
    return out;
}

bool
period_contains(struct period period, struct date date)
{
    assert(!date_is_none(date));
    return date_compare(period.from, date) <= 0 && date_compare(date, period.to) <= 0;
}

bool
period_overlaps(struct period a, struct period b)
{
    return date_compare(a.from, b.to) <= 0 && date_compare(b.from, a.to) <= 0;
}

bool
period_parse(struct text t, struct period *out)
{
    int year = read_number(t, 0, 4);
    if (t.size == 4) {
        return period_of_months(year, 1, 12, out);
    }
    if (t.size == 7 && t.data[4] == '-') {
        if (t.data[5] == 'Q') {
            int quarter = read_number(t, 6, 1);
            return period_of_months(year, quarter * 3 - 2, quarter * 3, out);
        }
        int month = read_number(t, 5, 2);
        return period_of_months(year, month, month, out);
    }
    return t.size == 22 && parse_range(t, out);
}

struct ratio
duration_hours(int32_t duration)
{
    assert(duration != DURATION_NONE);
    return ratio_of(duration, DURATION_HOUR);
}

const char *
duration_text(int32_t duration, char out[DURATION_TEXT_MAX])
{
    char *p = out;
    if (duration != DURATION_NONE) {
        int64_t units = duration < 0 ? -(int64_t)duration : duration;
        /* 25 units are 3 seconds; to the nearest one, half up. */
        int seconds = (int)((units * 6 + 25) / 50);
        if (duration < 0 && seconds > 0) {
            *p++ = '-';
        }
        p = write_number(p, seconds / 3600, 1);
        *p++ = ':';
        p = write_number(p, seconds / 60 % 60, 2);
        if (seconds % 60 != 0) {
            *p++ = ':';
            p = write_number(p, seconds % 60, 2);
        }
    }
    *p = '\0';
    return out;
}

const char *
time_text(int16_t time, char out[8])
{
    char *p = out;
    if (time != TIME_NONE) {
        p = write_number(p, time / 60, 2);
        *p++ = ':';
        p = write_number(p, time % 60, 2);
    }
    *p = '\0';
    return out;
}
