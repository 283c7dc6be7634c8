/* SPDX-License-Identifier: Apache-2.0 */
/* Products of 64 bits by 64 bits, divided, without more than 64 bits. */
#ifndef DEFRAY_QUOTIENT_H
#define DEFRAY_QUOTIENT_H

#include <stdint.h>

#define QUOTIENT_LIMIT (INT64_C(1) << 62)

struct quotient {
    int64_t whole;
    int64_t rest;
};

/*@ logic integer exact_value(struct quotient q, integer c) = q.whole * c + q.rest; */

/* The greatest. */
/*@
  requires a > 0 || b > 0;
  assigns \nothing;
  ensures \result > 0;
  ensures (a / \result) * \result == a && (b / \result) * \result == b;
*/
uint64_t common_divisor(uint64_t a, uint64_t b);

/* a x b / c, for a below c. */
/*@
  requires 0 <= a < c < QUOTIENT_LIMIT && 0 <= b < QUOTIENT_LIMIT;
  assigns \nothing;
  ensures exact_value(\result, c) == a * b;
  ensures 0 <= \result.rest < c && 0 <= \result.whole <= b;
*/
struct quotient quotient_of(int64_t a, int64_t b, int64_t c);

#endif
