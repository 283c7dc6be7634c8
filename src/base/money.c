/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact arithmetic. Products are formed in 128 bits, reduced, and only then
 * brought back to 64; a value past its limit is a programmer's error, since
 * every reader refuses such amounts before they come here.
 */
#include "defray/money.h"

#include <assert.h>

#define RATIO_LIMIT   (INT64_C(1) << 62)
#define WHOLE_DIGITS  9
#define DECIMALS_READ 9  /* most decimals that ratio_parse may be asked for */
#define DECIMALS_MAX  18 /* most decimals that ratio_text may be asked for */

__extension__ typedef __int128 wide;

static wide
absolute(wide value)
{
    return value < 0 ? -value : value;
}

static wide
common_divisor(wide a, wide b)
{
    /* Nearly always 64 bits are enough, and they divide much faster. */
    while (b != 0 && (a > INT64_MAX || b > INT64_MAX)) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    if (b == 0) {
        return a;
    }
    int64_t x = (int64_t)a;
    int64_t y = (int64_t)b;
    while (y != 0) {
        int64_t rest = x % y;
        x = y;
        y = rest;
    }
    return x;
}

static struct ratio
reduce(wide num, wide den)
{
    assert(den != 0);
    if (den < 0) {
        num = -num;
        den = -den;
    }
    wide divisor = common_divisor(absolute(num), den);
    num /= divisor;
    den /= divisor;
    assert(absolute(num) < RATIO_LIMIT);
    assert(den < RATIO_LIMIT);
    return (struct ratio){(int64_t)num, (int64_t)den};
}

/* The whole number that the rounding makes of |num| / den. */
static wide
divide_rounded(wide num, wide den, enum rounding rounding)
{
    assert(num >= 0);
    assert(den > 0);
    wide whole = num / den;
    wide rest = num % den;
    /* rest against den - rest is rest against one half, without an overflow. */
    wide below = den - rest;
    bool up = false;
    switch (rounding) {
    case ROUND_HALF_UP: up = rest >= below; break;
    case ROUND_HALF_EVEN: up = rest > below || (rest == below && whole % 2 != 0); break;
    case ROUND_DOWN: up = false; break;
    case ROUND_UP: up = rest != 0; break;
    }
    return up ? whole + 1 : whole;
}

static struct money
money_checked(int64_t cents)
{
    assert(cents <= MONEY_MAX_CENTS);
    assert(cents >= -MONEY_MAX_CENTS);
    return (struct money){cents};
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
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
write_digits(char *out, wide value, int width)
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

struct money
money_add(struct money a, struct money b)
{
    money_checked(a.cents);
    money_checked(b.cents);
    return money_checked(a.cents + b.cents);
}

struct money
money_subtract(struct money a, struct money b)
{
    money_checked(a.cents);
    money_checked(b.cents);
    return money_checked(a.cents - b.cents);
}

struct money
money_min(struct money a, struct money b)
{
    return a.cents <= b.cents ? a : b;
}

int
money_compare(struct money a, struct money b)
{
    return (a.cents > b.cents) - (a.cents < b.cents);
}

struct money
money_round(struct ratio euros, enum rounding rounding)
{
    assert(euros.den > 0);
    wide cents = divide_rounded(absolute((wide)euros.num) * 100, euros.den, rounding);
    assert(cents <= MONEY_MAX_CENTS);
    return money_checked(euros.num < 0 ? -(int64_t)cents : (int64_t)cents);
}

struct ratio
money_ratio(struct money amount)
{
    return reduce(amount.cents, 100);
}

struct ratio
ratio_of(int64_t num, int64_t den)
{
    return reduce(num, den);
}

struct ratio
ratio_times(struct ratio a, struct ratio b)
{
    return reduce((wide)a.num * b.num, (wide)a.den * b.den);
}

struct ratio
ratio_add(struct ratio a, struct ratio b)
{
    return reduce((wide)a.num * b.den + (wide)b.num * a.den, (wide)a.den * b.den);
}

struct ratio
ratio_subtract(struct ratio a, struct ratio b)
{
    return ratio_add(a, (struct ratio){-b.num, b.den});
}

int
ratio_compare(struct ratio a, struct ratio b)
{
    assert(a.den > 0);
    assert(b.den > 0);
    wide left = (wide)a.num * b.den;
    wide right = (wide)b.num * a.den;
    return (left > right) - (left < right);
}

struct ratio
ratio_min(struct ratio a, struct ratio b)
{
    return ratio_compare(a, b) <= 0 ? a : b;
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
    *out = reduce(value, power_of_ten(decimals));
    return true;
}

const char *
money_text(struct money amount, char out[MONEY_TEXT_MAX])
{
    wide cents = absolute(amount.cents);
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
    wide scale = power_of_ten(max);
    wide scaled =
        divide_rounded(absolute((wide)value.num) * scale, value.den, ROUND_HALF_UP);
    char *p = out;
    if (value.num < 0 && scaled > 0) {
        *p++ = '-';
    }
    p = write_digits(p, scaled / scale, 1);
    if (max > 0) {
        char *point = p;
        *p++ = '.';
        p = write_digits(p, scaled % scale, max);
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
