/* SPDX-License-Identifier: Apache-2.0 */
/* What is too large to be multiplied and then divided is multiplied bit by bit, and divided as it
 * grows: the rest never passes the divisor. */
#include "quotient.h"

/* Steps of the proofs below, each proved by itself. They are no code. */
/*@ ghost
  /@ requires a == p * x + q * y && x == k * y + rest && y > 0;
     assigns \nothing;
     ensures a == (p * k + q) * y + p * rest;
     ensures p * k + q <= a && p * k <= a; @/
  void stepped(uint64_t a, uint64_t p, uint64_t q, uint64_t x, uint64_t y, uint64_t k,
               uint64_t rest)
  {
    /@ assert a == (p * k + q) * y + p * rest; @/
    /@ assert (p * k + q) * y <= a; @/
    /@ assert (p * k + q) * 1 <= (p * k + q) * y; @/
  }

  /@ requires 0 <= x && 0 <= y && 0 < c && (x + y) * c <= c * b; assigns \nothing;
     ensures x + y <= b; @/
  void cancelled(int64_t x, int64_t y, int64_t b, int64_t c) {}

  /@ requires 0 <= x < c && 0 <= b; assigns \nothing; ensures 0 <= x * b <= c * b; @/
  void below(int64_t x, int64_t b, int64_t c) {}
*/

uint64_t
common_divisor(uint64_t a, uint64_t b)
{
    uint64_t x = a;
    uint64_t y = b;
    /* a and b as sums of x and y. */
    /*@ ghost uint64_t p = 1, q = 0, r = 0, s = 1; */
    /*@
      loop invariant x > 0 || y > 0;
      loop invariant a == p * x + q * y && b == r * x + s * y;
      loop assigns x, y, p, q, r, s;
      loop variant y;
    */
    while (y != 0) {
        uint64_t rest = x % y;
        /*@ assert x == (x / y) * y + rest; */
        /*@ ghost stepped(a, p, q, x, y, x / y, rest); */
        /*@ ghost stepped(b, r, s, x, y, x / y, rest); */
        /*@ ghost uint64_t p_old = p, r_old = r; */
        /*@ ghost p = p * (x / y) + q; */
        /*@ ghost q = p_old; */
        /*@ ghost r = r * (x / y) + s; */
        /*@ ghost s = r_old; */
        x = y;
        y = rest;
    }
    /*@ assert a == p * x && b == r * x; */
    /*@ assert a / x == p && b / x == r; */
    return x;
}

/*@
  requires 0 < c < QUOTIENT_LIMIT;
  requires 0 <= a.rest < c && 0 <= b.rest < c;
  requires 0 <= a.whole && 0 <= b.whole && a.whole + b.whole < QUOTIENT_LIMIT;
  assigns \nothing;
  ensures exact_value(\result, c) == exact_value(a, c) + exact_value(b, c);
  ensures 0 <= \result.rest < c && 0 <= \result.whole <= a.whole + b.whole + 1;
*/
static struct quotient
add_quotients(struct quotient a, struct quotient b, int64_t c)
{
    int64_t whole = a.whole + b.whole;
    int64_t rest = a.rest + b.rest;
    return rest >= c ? (struct quotient){whole + 1, rest - c}
                     : (struct quotient){whole, rest};
}

struct quotient
quotient_of(int64_t a, int64_t b, int64_t c)
{
    struct quotient sum = {0, 0};
    if (b <= INT64_MAX / c) {
        /*@ assert a * b <= c * b <= c * (INT64_MAX / c) <= INT64_MAX; */
        sum.whole = a * b / c;
        sum.rest = a * b % c;
        /*@ assert (sum.whole + 0) * c <= a * b; */
        /*@ ghost below(a, b, c); */
        /*@ ghost cancelled(sum.whole, 0, b, c); */
        return sum;
    }
    struct quotient part = {0, a};
    int64_t left = b;
    /*@
      loop invariant 0 <= left <= b;
      loop invariant 0 <= sum.rest < c && 0 <= sum.whole;
      loop invariant 0 <= part.rest < c && 0 <= part.whole;
      loop invariant exact_value(sum, c) + exact_value(part, c) * left == a * b;
      loop assigns sum, part, left;
      loop variant left;
    */
    while (left > 0) {
        int64_t half = left / 2;
        /*@ assert exact_value(part, c) * 1 <= exact_value(part, c) * left; */
        /*@ assert (sum.whole + part.whole) * c <= a * b; */
        /*@ ghost below(a, b, c); */
        /*@ ghost cancelled(sum.whole, part.whole, b, c); */
        if (left % 2 == 1) {
            /*@ assert left == 2 * half + 1; */
            sum = add_quotients(sum, part, c);
        }
        /*@ assert exact_value(sum, c) + exact_value(part, c) * (2 * half) == a * b; */
        left = half;
        if (left > 0) {
            /*@ assert exact_value(part, c) * 2 <= exact_value(part, c) * (2 * half); */
            /*@ assert (part.whole + part.whole) * c <= a * b; */
            /*@ ghost cancelled(part.whole, part.whole, b, c); */
            part = add_quotients(part, part, c);
        }
    }
    /*@ assert (sum.whole + 0) * c <= a * b; */
    /*@ ghost below(a, b, c); */
    /*@ ghost cancelled(sum.whole, 0, b, c); */
    return sum;
}
