/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact decimals of any length, never below zero: an expected cost is a sum of products of
 * probabilities and cents, and none of its digits is lost before the one rounding at the
 * end. Values are immutable and live as long as their arena. There is no division.
 */
#ifndef DEFRAY_DECIMAL_H
#define DEFRAY_DECIMAL_H

#include "defray/money.h"

#define DECIMAL_PLACES_MAX 9 /* of a number taken in; results have as many as they need */

struct decimal { /* the sum of limbs[i] x 10^(9 (i - scale)) */
    const uint32_t *limbs;
    uint32_t count; /* no leading zero: 0 is no limb */
    uint32_t scale;
};

struct decimal decimal_integer(struct arena *keep, uint64_t integer);
/* The ratio is not negative, and its decimals end within DECIMAL_PLACES_MAX. */
struct decimal decimal_ratio(struct arena *keep, struct ratio ratio);
bool ratio_is_decimal(struct ratio ratio);
struct decimal decimal_add(struct arena *keep, struct decimal a, struct decimal b);
struct decimal decimal_times(struct arena *keep, struct decimal a, struct decimal b);
int decimal_compare(struct decimal a, struct decimal b);
bool decimal_is_zero(struct decimal value);

/* To a whole number, half up. The value is below 2^63. */
int64_t decimal_round(struct decimal value);
/* The whole part of value x 2^64, of a value below 1. */
uint64_t decimal_bits(struct arena scratch, struct decimal value);
/* With `places` decimals, 1 to 8, half up: a display, never an operand. The whole part is below
 * 2^64. */
const char *decimal_text(struct arena *keep, struct decimal value, int places);

#endif
