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

enum rounding {
    ROUND_HALF_UP,   /* to the cent, half away from zero */
    ROUND_HALF_EVEN, /* to the cent, half to the even cent */
    ROUND_DOWN,      /* towards zero */
    ROUND_UP,        /* away from zero */
};

struct money money_add(struct money a, struct money b);
struct money money_subtract(struct money a, struct money b);
struct money money_min(struct money a, struct money b);
int money_compare(struct money a, struct money b);
/* Euros, as an exact ratio, to cents. */
struct money money_round(struct ratio euros, enum rounding rounding);
/* Euros as an exact ratio. */
struct ratio money_ratio(struct money amount);

struct ratio ratio_of(int64_t num, int64_t den);
struct ratio ratio_times(struct ratio a, struct ratio b);
struct ratio ratio_add(struct ratio a, struct ratio b);
struct ratio ratio_subtract(struct ratio a, struct ratio b);
int ratio_compare(struct ratio a, struct ratio b);
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
