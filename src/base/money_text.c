/* SPDX-License-Identifier: Apache-2.0 */
/* Money and ratios as digits: the strict form is read, and what is shown is written. */
#include "defray/money.h"

#include "quotient.h"

#include <assert.h>

#define WHOLE_DIGITS  9
#define DECIMALS_READ 9  /* most decimals that ratio_parse may be asked for */
#define DECIMALS_MAX  18 /* most decimals that ratio_text may be asked for */

static uint64_t
magnitude(int64_t value)
{
    return value < 0 ? (uint64_t) - (value + 1) + 1 : (uint64_t)value;
}

static int64_t
power_of_ten(int exponent)
{
    int64_t power = 1;
    for (int i = 0; i < exponent; i++) {
        power *= 10;
    }
    return power;
}

/* Reads digits from *at on; gives how many there were. At most 18 are read. */
static int
read_digits(struct text t, size_t *at, int64_t *value)
{
    int digits = 0;
    while (*at < t.size && is_digit(t.data[*at]) && digits < DECIMALS_MAX) {
        *value = *value * 10 + (t.data[*at] - '0');
        ++*at;
        digits++;
    }
    return digits;
}

/* Writes the decimal digits of a value that is not negative, at least `width` of
 * them; gives the first byte past them. */
static char *
write_digits(char *out, uint64_t value, int width)
{
    char reversed[40];
    int count = 0;
    while (value > 0 || count < width) {
        reversed[count++] = (char)('0' + (int)(value % 10));
        value /= 10;
    }
    while (count > 0) {
        *out++ = reversed[--count];
    }
    return out;
}

bool
money_parse(struct text t, struct money *out)
{
    size_t at = 0;
    int64_t whole = 0;
    int digits = read_digits(t, &at, &whole);
    if (digits < 1 || digits > WHOLE_DIGITS || (digits > 1 && t.data[0] == '0')) {
        return false;
    }
    if (at + 3 != t.size || t.data[at] != '.') {
        return false;
    }
    at++;
    int64_t cents = 0;
    if (read_digits(t, &at, &cents) != 2) {
        return false;
    }
    cents += whole * 100;
    if (cents > MONEY_LINE_MAX_CENTS) {
        return false;
    }
    *out = (struct money){cents};
    return true;
}

bool
ratio_parse(struct text t, int min, int max, struct ratio *out)
{
    assert(min >= 0 && min <= max);
    assert(max <= DECIMALS_READ);
    size_t at = 0;
    int64_t value = 0;
    int digits = read_digits(t, &at, &value);
    if (digits < 1 || digits > WHOLE_DIGITS) {
        return false;
    }
    int decimals = 0;
    if (at < t.size && t.data[at] == '.' && max > 0) {
        at++;
        /* The whole digits and these together are at most 18: no overflow. */
        while (at < t.size && is_digit(t.data[at]) && decimals < max) {
            value = value * 10 + (t.data[at] - '0');
            at++;
            decimals++;
        }
        if (decimals == 0) {
            return false;
        }
    }
    if (at != t.size || decimals < min) {
        return false;
    }
    *out = ratio_of(value, power_of_ten(decimals));
    return true;
}

const char *
money_text(struct money amount, char out[MONEY_TEXT_MAX])
{
    uint64_t cents = magnitude(amount.cents);
    char *p = out;
    if (amount.cents < 0) {
        *p++ = '-';
    }
    p = write_digits(p, cents / 100, 1);
    *p++ = '.';
    p = write_digits(p, cents % 100, 2);
    *p = '\0';
    assert(p < out + MONEY_TEXT_MAX);
    return out;
}

const char *
ratio_text(struct ratio value, int min, int max, char out[RATIO_TEXT_MAX])
{
    assert(min >= 0 && min <= max);
    assert(max <= DECIMALS_MAX);
    assert(value.den > 0);
    int64_t scale = power_of_ten(max);
    uint64_t whole = magnitude(value.num) / (uint64_t)value.den;
    int64_t rest = (int64_t)(magnitude(value.num) % (uint64_t)value.den);
    struct quotient decimals = quotient_of(rest, scale, value.den);
    if (decimals.rest >= value.den - decimals.rest) {
        decimals.whole++;
    }
    if (decimals.whole == scale) {
        decimals.whole = 0;
        whole++;
    }
    char *p = out;
    if (value.num < 0 && (whole > 0 || decimals.whole > 0)) {
        *p++ = '-';
    }
    p = write_digits(p, whole, 1);
    if (max > 0) {
        char *point = p;
        *p++ = '.';
        p = write_digits(p, (uint64_t)decimals.whole, max);
        while (p > point + 1 + min && p[-1] == '0') {
            p--;
        }
        if (p == point + 1) {
            p = point;
        }
    }
    *p = '\0';
    assert(p < out + RATIO_TEXT_MAX);
    return out;
}
