/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, day numbers and ISO dates of workbooks as text. No binary fraction: a day
 * number is a decimal, rounded to the second as whole numbers. */
#include "sheet_value.h"

#include "defray/date.h"

#include <assert.h>
#include <string.h>

#define DAY_SECONDS    INT64_C(86400)
#define DAYS_MAX       3000000 /* past every date read */
#define DECIMALS_MAX   12
#define SERIAL_TRUE    61 /* 1900-03-01: before it, spreadsheets disagree about the day */
#define SERIAL_TO_DATE 25569 /* of 1970-01-01 */
#define SERIAL_1904    1462  /* between the two ways of counting */

/* A number of days as seconds, rounded half up; false if it is negative or too large, or
 * if the rounding alone would make it another day: less than a thousandth of a second is
 * how a binary fraction falls short. Of the decimals twelve count. */
static bool
seconds_of(struct book_decimal number, int64_t *out)
{
    int64_t divisor = 1;
    if (number.digits < 0) {
        return false;
    }
    for (; number.scale > DECIMALS_MAX; number.scale--) {
        number.digits /= 10;
    }
    for (; number.scale < 0 && number.digits < DAYS_MAX; number.scale++) {
        number.digits *= 10;
    }
    for (int i = 0; i < number.scale; i++) {
        divisor *= 10;
    }
    int64_t days = number.digits / divisor;
    int64_t rest = number.digits % divisor * DAY_SECONDS;
    int64_t missing = divisor * DAY_SECONDS - rest; /* to the next day */
    bool falls_short = missing * 2 <= divisor && missing * 1000 > divisor;
    if (days >= DAYS_MAX || falls_short) {
        return false;
    }
    *out = days * DAY_SECONDS + (rest * 2 + divisor) / (divisor * 2);
    return true;
}

static size_t
put_clock(int64_t seconds, char out[VALUE_TEXT_MAX])
{
    uint64_t units = (uint64_t)seconds; /* never negative */
    size_t size = text_digits(out, units / 3600, 2);
    out[size++] = ':';
    size += text_digits(out + size, units / 60 % 60, 2);
    if (units % 60 != 0) {
        out[size++] = ':';
        size += text_digits(out + size, units % 60, 2);
    }
    return size;
}

static size_t
put_date(int64_t day, int64_t seconds, char out[VALUE_TEXT_MAX])
{
    static_assert(VALUE_TEXT_MAX > DATE_TEXT_MAX, "room for a day");
    struct date date = {(int32_t)day};
    size_t size = strlen(date_text(date, out));
    if (seconds == 0) {
        return size;
    }
    out[size++] = ' ';
    char clock[VALUE_TEXT_MAX];
    size_t more = put_clock(seconds, clock);
    memcpy(out + size, clock, more);
    return size + more;
}

/* A number that is shown as a date, a time, or both. */
static size_t
dated_text(struct book_decimal number, uint8_t shown, bool from_1904,
           char out[VALUE_TEXT_MAX])
{
    int64_t seconds = 0;
    if (!seconds_of(number, &seconds)) {
        return 0;
    }
    int64_t serial = seconds / DAY_SECONDS;
    bool clock_alone = (shown & BOOK_SHOWN_DATE) == 0;
    if ((shown & BOOK_SHOWN_ELAPSED) != 0 || (clock_alone && serial < SERIAL_TRUE) ||
        (serial == 0 && (shown & BOOK_SHOWN_TIME) != 0)) {
        return put_clock(seconds, out);
    }
    if (clock_alone) {
        return put_clock(seconds % DAY_SECONDS, out);
    }
    serial += from_1904 ? SERIAL_1904 : 0;
    struct date last;
    if (serial < SERIAL_TRUE || !date_make(2199, 12, 31, &last) ||
        serial - SERIAL_TO_DATE > last.day) {
        return 0;
    }
    bool day_alone = (shown & BOOK_SHOWN_TIME) == 0; /* as a person sees it */
    return put_date(serial - SERIAL_TO_DATE, day_alone ? 0 : seconds % DAY_SECONDS, out);
}

/* digits / 10^scale without an exponent, filled up with zeros on the left. */
static size_t
decimal_text(struct book_decimal number, uint8_t zeros, char out[VALUE_TEXT_MAX])
{
    char digits[VALUE_TEXT_MAX];
    bool negative = number.digits < 0;
    uint64_t whole = (uint64_t)(negative ? -number.digits : number.digits);
    int wanted = number.scale > 0 ? number.scale + 1 : 1;
    wanted = zeros > wanted && number.scale <= 0 && !negative ? zeros : wanted;
    int count = (int)text_digits(digits, whole, 1);
    for (int scale = number.scale; scale < 0; scale++) {
        digits[count++] = '0';
    }
    size_t size = 0;
    if (negative) {
        out[size++] = '-';
    }
    for (int i = count; i < wanted; i++) {
        out[size++] = '0';
    }
    memcpy(out + size, digits, (size_t)count);
    size += (size_t)count;
    if (number.scale > 0) {
        size_t decimals = (size_t)number.scale;
        memmove(out + size - decimals + 1, out + size - decimals, decimals);
        out[size - decimals] = '.';
        size++;
    }
    return size;
}

size_t
value_of_number(const struct book_cell *cell, bool from_1904, char out[VALUE_TEXT_MAX])
{
    struct book_decimal number;
    if (!book_decimal_parse(cell->text, &number)) {
        return 0;
    }
    return cell->shown != 0 ? dated_text(number, cell->shown, from_1904, out)
                            : decimal_text(number, cell->zeros, out);
}

/* The number of two digits at `at`, or -1. */
static int
two_digits(struct text t, size_t at)
{
    if (at + 2 > t.size || t.data[at] < '0' || t.data[at] > '9' || t.data[at + 1] < '0' ||
        t.data[at + 1] > '9') {
        return -1;
    }
    return (t.data[at] - '0') * 10 + (t.data[at + 1] - '0');
}

/* "09:30" or "09:30:15", with any fraction; -1 if it is neither. */
static int64_t
clock_seconds(struct text t)
{
    int hours = two_digits(t, 0);
    int minutes = two_digits(t, 3);
    int seconds = t.size > 5 ? two_digits(t, 6) : 0;
    if (t.size < 5 || t.data[2] != ':' || hours < 0 || hours > 24 || minutes < 0 ||
        minutes > 59 || seconds < 0 || seconds > 59 || (t.size > 5 && t.data[5] != ':')) {
        return -1;
    }
    bool rounds_up = t.size > 9 && t.data[8] == '.' && t.data[9] >= '5';
    return (hours * INT64_C(60) + minutes) * 60 + seconds + rounds_up;
}

size_t
value_of_date(struct text t, char out[VALUE_TEXT_MAX])
{
    struct date date;
    int64_t seconds = 0;
    if (t.size > 0 && t.data[t.size - 1] == 'Z') {
        t.size--;
    }
    if (t.size < 10 || t.data[4] != '-' || t.data[7] != '-') {
        seconds = clock_seconds(t);
        return seconds < 0 ? 0 : put_clock(seconds, out);
    }
    int century = two_digits(t, 0);
    int years = two_digits(t, 2);
    if (century < 0 || years < 0 ||
        !date_make(century * 100 + years, two_digits(t, 5), two_digits(t, 8), &date)) {
        return 0;
    }
    if (t.size > 10) {
        seconds = clock_seconds((struct text){t.data + 11, t.size - 11});
    }
    if (seconds < 0 || (t.size > 10 && t.data[10] != 'T')) {
        return 0;
    }
    return put_date(date.day + seconds / DAY_SECONDS, seconds % DAY_SECONDS, out);
}

size_t
value_of_duration(struct text t, char out[VALUE_TEXT_MAX])
{
    static const struct {
        char unit;
        int seconds;
    } units[] = {
        {'H', 3600},
        {'M', 60  },
        {'S', 1   },
    };
    if (t.size < 4 || t.data[0] != 'P' || t.data[1] != 'T') {
        return 0;
    }
    size_t at = 2;
    int64_t seconds = 0;
    for (size_t i = 0; i < ARRAY_COUNT(units) && at < t.size; i++) {
        int64_t number = 0;
        size_t from = at;
        for (; at < t.size && t.data[at] >= '0' && t.data[at] <= '9' && at < from + 7;
             at++) {
            number = number * 10 + (t.data[at] - '0');
        }
        bool rounds_up = false;
        if (at + 1 < t.size && (t.data[at] == '.' || t.data[at] == ',')) {
            rounds_up = t.data[at + 1] >= '5';
            for (at++; at < t.size && t.data[at] >= '0' && t.data[at] <= '9'; at++) {
            }
        }
        if (at == t.size || at == from) {
            return 0;
        }
        if (t.data[at] == units[i].unit) {
            seconds += number * units[i].seconds + rounds_up;
            at++;
        } else {
            at = from;
        }
    }
    return at == t.size ? put_clock(seconds, out) : 0;
}
