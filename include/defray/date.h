/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Civil dates (day numbers, proleptic Gregorian, 1900 to 2199), times of day
 * (minutes since midnight), periods (both ends included) and durations. No time
 * zone and no clock exist here.
 */
#ifndef DEFRAY_DATE_H
#define DEFRAY_DATE_H

#include "defray/money.h"
#include "defray/text.h"

struct date {
    int32_t day; /* days since 1970-01-01 */
};

#define DATE_OPEN_PAST   ((struct date){-100000}) /* before every date read */
#define DATE_OPEN_FUTURE ((struct date){100000})  /* after every date read */
#define DATE_NONE        ((struct date){INT32_MIN})
#define TIME_NONE        ((int16_t)-1)
#define MINUTES_IN_DAY   1440 /* 24:00, where a day ends */
#define SECONDS_A_DAY    86400

struct period {
    struct date from; /* included */
    struct date to;   /* included */
};

/* What is proved of dates (`make proof`); that a day and its date are one another's, test_date
 * shows for each of them. */
/*@
  predicate date_known(struct date d) = -100000 <= d.day <= 100000;
  logic integer length_of(integer year, integer month) =
    month == 2 ? ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28)
               : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
*/

/* False if the day does not exist or lies outside 1900-01-01..2199-12-31. */
/*@
  requires \valid(out);
  assigns *out;
  ensures \result == true <==> 1900 <= year <= 2199 && 1 <= month <= 12 &&
    1 <= day <= length_of(year, month);
  ensures \result == false ==> out->day == \old(out->day);
*/
bool date_make(int year, int month, int day, struct date *out);
void date_split(struct date date, int *year, int *month, int *day);
/*@ requires date_known(date); assigns \nothing; ensures 1 <= \result <= 9999; */
int date_year(struct date date);
/*@ requires date_known(date); assigns \nothing; ensures 1 <= \result <= 12; */
int date_month(struct date date); /* 1 to 12 */
/*@ requires date_known(date); assigns \nothing; ensures 12 <= \result < 120000; */
int date_month_index(struct date date); /* year * 12 + month - 1 */
/*@
  assigns \nothing;
  ensures \result == (a.day > b.day ? 1 : a.day < b.day ? -1 : 0);
*/
int date_compare(struct date a, struct date b);
/*@ assigns \nothing; ensures \result == true <==> date.day == INT32_MIN; */
bool date_is_none(struct date date);
/*@ assigns \nothing; ensures \result == true <==> \abs(date.day) == 100000; */
bool date_is_open(struct date date); /* one of the two open ends */
/*@
  requires date_known(date);
  requires \abs(date.day) == 100000 || -100000 < date.day + days < 100000;
  assigns \nothing;
  ensures \abs(date.day) != 100000 ==> \result.day == date.day + days;
  ensures \abs(date.day) == 100000 ==> \result.day == date.day;
*/
struct date date_add_days(struct date date, int days);
/*@ requires date_known(date); assigns \nothing; */
struct date date_month_last(struct date date); /* last day of its month */
/* The same day so many months later, or the last of that month where it is shorter; an open end
 * where the calendar ends. */
struct date date_after_months(struct date date, int months);
/* The same, and the last of a month stays the last. */
struct date date_add_months(struct date date, int months);
/* Whole years reached on the day. French law sets ages and majority at eighteen completed years
 * (Code civil, art. 414) and no text says when they are completed by one who was born on
 * 29 February: in a year without that day we take the first day after it, 1 March. It is the
 * cautious reading (nobody is of age a day too early) and an assumption. */
/*@
  requires date_known(birth) && date_known(on);
  assigns \nothing;
  ensures -9999 <= \result <= 9999;
*/
int date_age(struct date birth, struct date on);

/* "2026-03-07" only. */
bool date_parse_iso(struct text t, struct date *out);
#define DATE_TEXT_MAX 16
const char *date_text(struct date date,
                      char out[DATE_TEXT_MAX]); /* 2026-03-07; "" if none or open */

/*@
  requires date.day != INT32_MIN;
  assigns \nothing;
  ensures \result == true <==> period.from.day <= date.day <= period.to.day;
*/
bool period_contains(struct period period, struct date date);

/*@
  assigns \nothing;
  ensures \result == true <==>
          a.from.day <= b.to.day && b.from.day <= a.to.day;
*/
bool period_overlaps(struct period a, struct period b); /* some day lies in both */

/* "2026-03", "2026-Q1", "2026", "2026-03-01..2026-03-31". */
bool period_parse(struct text t, struct period *out);

/* A length of presence, exact for minutes and for decimal hours of up to four
 * decimals: 30 000 units an hour, 500 a minute. */
#define DURATION_HOUR   30000
#define DURATION_MINUTE 500
#define DURATION_NONE   INT32_MIN
struct ratio duration_hours(int32_t duration);
/* "3:30"; seconds are added only where there are any, "1:40:12". */
#define DURATION_TEXT_MAX 24
const char *duration_text(int32_t duration, char out[DURATION_TEXT_MAX]);
/* "09:00"; "" for TIME_NONE. */
const char *time_text(int16_t time, char out[8]);

#endif
