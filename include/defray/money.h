/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Money is a whole number of cents. A quantity or a rate is an exact ratio. A
 * ratio becomes money by one rounding, named at the call; there is no default.
 * No binary fraction exists here. Overflow is impossible within the limits
 * below, and asserted.
 */
#ifndef DEFRAY_MONEY_H
#define DEFRAY_MONEY_H

#include "defray/text.h"

#define MONEY_MAX_CENTS      INT64_C(100000000000000000) /* a total */
#define MONEY_LINE_MAX_CENTS INT64_C(1000000000)         /* a line: 10 000 000.00 */

struct money {
    int64_t cents;
};

/* num/den, den > 0, in lowest terms. |num| and den stay below 2^62. */
struct ratio {
    int64_t num;
    int64_t den;
};

#define RATIO_LIMIT (INT64_C(1) << 62) /* of |num| and den */
#define RATIO_ZERO  ((struct ratio){0, 1})
#define RATIO_ONE   ((struct ratio){1, 1})

enum rounding {
    ROUND_HALF_UP,   /* to the cent, half away from zero */
    ROUND_HALF_EVEN, /* to the cent, half to the even cent */
    ROUND_DOWN,      /* towards zero */
    ROUND_UP,        /* away from zero */
};

/* What is proved of all amounts within these limits (`make proof`). `rounded`: the whole number is
 * what the rounding makes of num / den, neither below zero. */
/*@
  predicate money_within(integer cents) = -MONEY_MAX_CENTS <= cents <= MONEY_MAX_CENTS;
  predicate within_limits(struct ratio r) =
    0 < r.den < RATIO_LIMIT && -RATIO_LIMIT < r.num < RATIO_LIMIT;
  predicate rounded(integer whole, integer num, integer den, integer rounding) =
    (rounding == ROUND_HALF_UP ==> -den < 2 * (whole * den - num) <= den) &&
    (rounding == ROUND_HALF_EVEN ==> -den <= 2 * (whole * den - num) <= den &&
      (2 * (whole * den - num) == den || 2 * (whole * den - num) == -den ==> whole % 2 == 0)) &&
    (rounding == ROUND_DOWN ==> 0 <= num - whole * den < den) &&
    (rounding == ROUND_UP ==> 0 <= whole * den - num < den);
*/

/*@
  requires money_within(a.cents) && money_within(b.cents) && money_within(a.cents + b.cents);
  assigns \nothing; ensures \result.cents == a.cents + b.cents;
*/
struct money money_add(struct money a, struct money b);
/*@
  requires money_within(a.cents) && money_within(b.cents) && money_within(a.cents - b.cents);
  assigns \nothing; ensures \result.cents == a.cents - b.cents;
*/
struct money money_subtract(struct money a, struct money b);
/*@ assigns \nothing; ensures \result.cents == \min(a.cents, b.cents); */
struct money money_min(struct money a, struct money b);
/*@ assigns \nothing; ensures \result == (a.cents > b.cents ? 1 : a.cents < b.cents ? -1 : 0); */
int money_compare(struct money a, struct money b);
/* Euros, as an exact ratio, to cents. */
/*@
  requires within_limits(euros) && \abs(euros.num) < MONEY_MAX_CENTS / 100 * euros.den;
  assigns \nothing;
  ensures euros.num >= 0 ==> rounded(\result.cents, 100 * euros.num, euros.den, rounding);
  ensures euros.num < 0 ==> rounded(-\result.cents, -100 * euros.num, euros.den, rounding);
  ensures money_within(\result.cents);
*/
struct money money_round(struct ratio euros, enum rounding rounding);
/* Quantity x rate, rounded once: their product may pass what a ratio holds. */
/*@
  requires within_limits(quantity) && within_limits(rate);
  requires quantity.den * rate.den < RATIO_LIMIT;
  requires \abs(quantity.num) * \abs(rate.num) <
    MONEY_MAX_CENTS / 100 * (quantity.den * rate.den);
  assigns \nothing; ensures quantity.num >= 0 && rate.num >= 0 ==> rounded(\result.cents,
    100 * (quantity.num * rate.num), quantity.den * rate.den, rounding);
  ensures money_within(\result.cents);
*/
struct money money_times(struct ratio quantity, struct ratio rate,
                         enum rounding rounding);
/* Euros as an exact ratio. */
/*@
  requires money_within(amount.cents);
  assigns \nothing;
  ensures within_limits(\result) && 100 * \result.num == amount.cents * \result.den;
*/
struct ratio money_ratio(struct money amount);

/*@
  requires -RATIO_LIMIT < num < RATIO_LIMIT && -RATIO_LIMIT < den < RATIO_LIMIT && den != 0;
  assigns \nothing; ensures within_limits(\result) && \result.num * den == num * \result.den;
*/
struct ratio ratio_of(int64_t num, int64_t den);
/*@
  requires within_limits(a) && within_limits(b);
  requires \abs(a.num * b.num) < RATIO_LIMIT && a.den * b.den < RATIO_LIMIT;
  assigns \nothing; ensures within_limits(\result);
  ensures \result.num * (a.den * b.den) == (a.num * b.num) * \result.den;
*/
struct ratio ratio_times(struct ratio a, struct ratio b);
/* Over their common denominator, too, both stay within the limits. */
/*@
  requires within_limits(a) && within_limits(b) && a.den * b.den < RATIO_LIMIT;
  requires \abs(a.num * b.den) + \abs(b.num * a.den) < RATIO_LIMIT;
  assigns \nothing; ensures within_limits(\result);
  ensures \result.num * (a.den * b.den) == (a.num * b.den + b.num * a.den) * \result.den;
*/
struct ratio ratio_add(struct ratio a, struct ratio b);
/*@
  requires within_limits(a) && within_limits(b) && a.den * b.den < RATIO_LIMIT;
  requires \abs(a.num * b.den) + \abs(b.num * a.den) < RATIO_LIMIT;
  assigns \nothing; ensures within_limits(\result);
  ensures \result.num * (a.den * b.den) == (a.num * b.den - b.num * a.den) * \result.den;
*/
struct ratio ratio_subtract(struct ratio a, struct ratio b);
/*@
  requires within_limits(a) && within_limits(b);
  assigns \nothing;
  ensures \result == (a.num * b.den > b.num * a.den ? 1 : a.num * b.den < b.num * a.den ? -1 : 0);
*/
int ratio_compare(struct ratio a, struct ratio b);
/*@
  requires within_limits(a) && within_limits(b);
  assigns \nothing; ensures \result == (a.num * b.den <= b.num * a.den ? a : b);
*/
struct ratio ratio_min(struct ratio a, struct ratio b);

/* The strict form of rule files and of our own outputs: digits, a point, and
 * exactly two decimals ("12.50", "0.00", "1000.00"); no sign, no leading zero
 * but a single one, at most MONEY_LINE_MAX_CENTS. False otherwise. */
bool money_parse(struct text t, struct money *out);
/* Digits with `min` to `max` decimals after a point, as an exact ratio. The whole
 * part has at most 9 digits. False otherwise. */
bool ratio_parse(struct text t, int min, int max, struct ratio *out);

/* "1234.50", "-0.05". */
#define MONEY_TEXT_MAX 24
const char *money_text(struct money amount, char out[MONEY_TEXT_MAX]);
/* Decimal digits of a ratio: at least `min`, at most `max` decimals, half up when
 * it does not end before (a display, never an operand). "3.00", "0.529". */
#define RATIO_TEXT_MAX 48
const char *ratio_text(struct ratio value, int min, int max, char out[RATIO_TEXT_MAX]);

#endif
