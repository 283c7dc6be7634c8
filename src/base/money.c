/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exact arithmetic in 64 bits: what divides is divided before it is multiplied, and a product
 * that is only to be rounded is never formed. A value past its limit is a programmer's error,
 * since every reader refuses such amounts before they come here. The contracts are proved by
 * `make proof`: what they require is what they are proved for, what they do not allow is
 * asserted all the same.
 */
#include "defray/money.h"

#include "quotient.h"

#include <assert.h>

#define CENTS     100
#define EUROS_MAX (MONEY_MAX_CENTS / CENTS)

/* Steps of the proofs below, each proved by itself. They are no code. */
/*@ ghost
  /@ requires g > 0 && h > 0;
     assigns \nothing;
     ensures 0 <= x * z <= (x * z) * (g * h) || (x * z) * (g * h) <= x * z <= 0; @/
  void nearer(int64_t x, int64_t z, int64_t g, int64_t h)
  {
    /@ assert g * h >= 1; @/
    /@ assert \abs(x * z) * 1 <= \abs(x * z) * (g * h); @/
  }

  /@ requires a == x * g && d == y * g && c == z * h && b == w * h && g > 0 && h > 0;
     assigns \nothing;
     ensures (x * z) * (b * d) == (a * c) * (w * y);
     ensures 0 <= x * z <= a * c || a * c <= x * z <= 0;
     ensures 0 <= w * y <= b * d || b * d <= w * y <= 0; @/
  void crossed(int64_t a, int64_t b, int64_t c, int64_t d, int64_t x, int64_t y, int64_t z,
               int64_t w, int64_t g, int64_t h)
  {
    nearer(x, z, g, h);
    nearer(w, y, g, h);
    /@ assert a * c == (x * z) * (g * h) && b * d == (w * y) * (g * h); @/
  }

  /@ requires num == x * z && den == w * y && (x * z) * (b * d) == (a * c) * (w * y);
     assigns \nothing;
     ensures num * (b * d) == (a * c) * den; @/
  void named(int64_t num, int64_t den, int64_t a, int64_t b, int64_t c, int64_t d, int64_t x,
             int64_t y, int64_t z, int64_t w) {}

  /@ requires d == u * g && b == v * g && g > 0;
     assigns \nothing;
     ensures (a * u + c * v) * g == a * d + c * b && (b * u) * g == b * d;
     ensures 0 <= a * u <= a * d || a * d <= a * u <= 0;
     ensures 0 <= c * v <= c * b || c * b <= c * v <= 0;
     ensures 0 <= b * u <= b * d || b * d <= b * u <= 0; @/
  void over_common(int64_t a, int64_t b, int64_t c, int64_t d, int64_t u, int64_t v, int64_t g)
  {
    /@ assert a * d == (a * u) * (g * 1) && c * b == (c * v) * (g * 1); @/
    /@ assert b * d == (b * u) * (g * 1); @/
    nearer(a, u, g, 1);
    nearer(c, v, g, 1);
    nearer(b, u, g, 1);
  }

  /@ requires left == a * u && right == c * v && low == b * u && d == u * g && b == v * g;
     requires sum == left + right && n * low == sum * m;
     assigns \nothing;
     ensures n * (b * d) == (a * d + c * b) * m; @/
  void widened(int64_t n, int64_t m, int64_t sum, int64_t left, int64_t right, uint64_t low,
               int64_t a, int64_t b, int64_t c, int64_t d, int64_t u, int64_t v, int64_t g)
  {
    /@ assert (n * low) * g == ((left + right) * m) * g; @/
    /@ assert n * (low * g) == ((left + right) * g) * m; @/
    /@ assert low * g == b * d && (left + right) * g == a * d + c * b; @/
  }

  /@ requires 0 <= x < y && 0 < k; assigns \nothing; ensures 0 <= x * k < y * k; @/
  void smaller(uint64_t x, uint64_t y, uint64_t k) {}

  /@ requires k >= 1 && b > 0 && d > 0; assigns \nothing; ensures k * (b * d) >= b * d; @/
  void grows(uint64_t k, uint64_t b, uint64_t d) {}

  /@ requires a == q * b + r && c == p * d + s && r < b && s < d;
     assigns \nothing;
     ensures q > p ==> a * d > c * b;
     ensures q < p ==> a * d < c * b;
     ensures q == p ==> a * d - c * b == r * d - s * b;
     ensures q == p && (r == 0 || s == 0) ==>
       (r > s ==> a * d > c * b) && (r < s ==> a * d < c * b) && (r == s ==> a * d == c * b); @/
  void decided(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t q, uint64_t r,
               uint64_t p, uint64_t s)
  {
    /@ assert a * d - c * b == (q - p) * (b * d) + r * d - s * b; @/
    smaller(r, b, d);
    smaller(s, d, b);
    if (q > p) { grows(q - p, b, d); }
    if (q < p) { grows(p - q, b, d); }
    /@ assert r > 0 ==> r * d > 0; @/
    /@ assert s > 0 ==> s * b > 0; @/
  }

  /@ requires units == w * den + r && 0 <= w && 0 <= r && 0 <= each && den > 0;
     requires units * each < limit * den;
     assigns \nothing;
     ensures units * each == (w * each) * den + r * each;
     ensures 0 <= w * each < limit; @/
  void parted(int64_t units, int64_t w, int64_t den, int64_t r, int64_t each, int64_t limit)
  {
    /@ assert (w * each) * den < limit * den; @/
  }

  /@ requires (w + v) * den < limit * den && den > 0;
     assigns \nothing;
     ensures w + v < limit; @/
  void fits(int64_t w, int64_t v, int64_t den, int64_t limit) {}
*/

/*@
  assigns \nothing;
  ensures \result == \abs(value);
*/
static uint64_t
magnitude(int64_t value)
{
    return value < 0 ? (uint64_t) - (value + 1) + 1 : (uint64_t)value;
}

/*@
  requires \abs(a * b) < RATIO_LIMIT;
  assigns \nothing;
  ensures \result == a * b;
*/
static int64_t
product(int64_t a, int64_t b)
{
    uint64_t size = magnitude(b);
    assert(size == 0 || magnitude(a) <= ((uint64_t)RATIO_LIMIT - 1) / size);
    return a * b;
}

/*@
  requires 0 < b;
  assigns \nothing;
  ensures 0 < \result <= b;
  ensures (a / \result) * \result == a && (b / \result) * \result == b;
*/
static int64_t
shared(int64_t a, int64_t b)
{
    return (int64_t)common_divisor(magnitude(a), (uint64_t)b);
}

/*@
  requires -RATIO_LIMIT < num < RATIO_LIMIT && 0 < den < RATIO_LIMIT;
  assigns \nothing;
  ensures within_limits(\result);
  ensures \result.num * den == num * \result.den;
*/
static struct ratio
reduce(int64_t num, uint64_t den)
{
    assert(den != 0);
    uint64_t divisor = common_divisor(magnitude(num), den);
    uint64_t above = magnitude(num) / divisor;
    uint64_t below = den / divisor;
    assert(above < RATIO_LIMIT);
    assert(below < RATIO_LIMIT);
    int64_t signed_above = num < 0 ? -(int64_t)above : (int64_t)above;
    /*@ assert signed_above * divisor == num && below * divisor == den; */
    /*@ assert signed_above * (below * divisor) == (signed_above * divisor) * below; */
    return (struct ratio){signed_above, (int64_t)below};
}

/* Whether so much of one more is rounded up to it. */
/*@
  requires 0 <= rest < den;
  assigns \nothing;
  ensures rounding == ROUND_HALF_UP ==> (\result == true <==> 2 * rest >= den);
  ensures rounding == ROUND_HALF_EVEN ==>
    (\result == true <==> 2 * rest > den || (2 * rest == den && odd == true));
  ensures rounding == ROUND_DOWN ==> \result == false;
  ensures rounding == ROUND_UP ==> (\result == true <==> rest > 0);
*/
static bool
rounds_up(int64_t rest, int64_t den, bool odd, enum rounding rounding)
{
    int64_t below = den - rest; /* rest against it is rest against one half */
    switch (rounding) {
    case ROUND_HALF_UP: return rest >= below;
    case ROUND_HALF_EVEN: return rest > below || (rest == below && odd);
    case ROUND_DOWN: return false;
    case ROUND_UP: break;
    }
    return rest != 0;
}

/*@
  requires money_within(cents);
  assigns \nothing;
  ensures \result.cents == cents;
*/
static struct money
money_checked(int64_t cents)
{
    assert(cents <= MONEY_MAX_CENTS);
    assert(cents >= -MONEY_MAX_CENTS);
    return (struct money){cents};
}

/*@
  requires 0 < den < RATIO_LIMIT && 0 <= euros.rest < den;
  requires 0 <= euros.whole < EUROS_MAX;
  assigns \nothing;
  ensures rounded(\result, CENTS * exact_value(euros, den), den, rounding);
  ensures 0 <= \result <= MONEY_MAX_CENTS;
*/
static int64_t
cents_of(struct quotient euros, int64_t den, enum rounding rounding)
{
    assert(euros.whole <= EUROS_MAX);
    struct quotient part = quotient_of(euros.rest, CENTS, den);
    int64_t cents = euros.whole * CENTS + part.whole;
    /*@ assert cents * den + part.rest == CENTS * exact_value(euros, den); */
    if (rounds_up(part.rest, den, cents % 2 != 0, rounding)) {
        /*@ assert (cents + 1) * den - CENTS * exact_value(euros, den) == den - part.rest; */
        return cents + 1;
    }
    return cents;
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
    int64_t num = (int64_t)magnitude(euros.num);
    struct quotient exact = {num / euros.den, num % euros.den};
    /*@ assert exact_value(exact, euros.den) == num; */
    /*@ ghost fits(exact.whole, 0, euros.den, EUROS_MAX); */
    int64_t cents = cents_of(exact, euros.den, rounding);
    return money_checked(euros.num < 0 ? -cents : cents);
}

struct money
money_times(struct ratio quantity, struct ratio rate, enum rounding rounding)
{
    assert(quantity.den > 0);
    assert(rate.den > 0);
    int64_t den = product(quantity.den, rate.den);
    int64_t units = (int64_t)magnitude(quantity.num);
    int64_t each = (int64_t)magnitude(rate.num);
    int64_t wholes = units / den;
    int64_t rest = units % den;
    /*@ ghost parted(units, wholes, den, rest, each, EUROS_MAX); */
    wholes = product(wholes, each);
    struct quotient exact = quotient_of(rest, each, den);
    /*@ assert exact_value(exact, den) + wholes * den == units * each; */
    /*@ ghost fits(exact.whole, wholes, den, EUROS_MAX); */
    assert(exact.whole <= EUROS_MAX - wholes);
    exact.whole += wholes;
    /*@ assert exact_value(exact, den) == units * each; */
    int64_t cents = cents_of(exact, den, rounding);
    return money_checked((quantity.num < 0) != (rate.num < 0) ? -cents : cents);
}

struct ratio
money_ratio(struct money amount)
{
    return reduce(amount.cents, CENTS);
}

struct ratio
ratio_of(int64_t num, int64_t den)
{
    struct ratio ratio = reduce(num, magnitude(den));
    return den < 0 ? (struct ratio){-ratio.num, ratio.den} : ratio;
}

struct ratio
ratio_times(struct ratio a, struct ratio b)
{
    assert(a.den > 0);
    assert(b.den > 0);
    int64_t across = shared(a.num, b.den);
    int64_t back = shared(b.num, a.den);
    int64_t a_num = a.num / across;
    int64_t b_den = b.den / across;
    int64_t b_num = b.num / back;
    int64_t a_den = a.den / back;
    /*@ ghost crossed(a.num, a.den, b.num, b.den, a_num, b_den, b_num, a_den, across, back); */
    struct ratio times = {product(a_num, b_num), product(a_den, b_den)};
    /*@ ghost named(times.num, times.den, a.num, a.den, b.num, b.den, a_num, b_den, b_num,
                    a_den); */
    return times;
}

struct ratio
ratio_add(struct ratio a, struct ratio b)
{
    assert(a.den > 0);
    assert(b.den > 0);
    int64_t common = shared(a.den, b.den);
    int64_t a_up = b.den / common;
    int64_t b_up = a.den / common;
    /*@ ghost over_common(a.num, a.den, b.num, b.den, a_up, b_up, common); */
    int64_t left = product(a.num, a_up);
    int64_t right = product(b.num, b_up);
    uint64_t den = (uint64_t)product(a.den, a_up);
    /*@ assert den == a.den * a_up; */
    int64_t sum = left + right;
    struct ratio reduced = reduce(sum, den);
    /*@ ghost widened(reduced.num, reduced.den, sum, left, right, den, a.num, a.den, b.num,
                      b.den, a_up, b_up, common); */
    return reduced;
}

struct ratio
ratio_subtract(struct ratio a, struct ratio b)
{
    return ratio_add(a, (struct ratio){-b.num, b.den});
}

/* a / b against c / d by their whole parts; if they are alike, what is left of each is turned
 * upside down, and so is the answer. */
/*@
  requires b > 0 && d > 0;
  assigns \nothing;
  ensures \result == (a * d > c * b ? 1 : a * d < c * b ? -1 : 0);
*/
static int
compare_parts(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    /*@ ghost uint64_t a0 = a, b0 = b, c0 = c, d0 = d; */
    uint64_t left = a % b;
    uint64_t right = c % d;
    /*@
      loop invariant b > 0 && d > 0 && left == a % b && right == c % d;
      loop invariant a * d - c * b == a0 * d0 - c0 * b0;
      loop assigns a, b, c, d, left, right;
      loop variant b + d;
    */
    while (a / b == c / d && left != 0 && right != 0) {
        /*@ ghost decided(a, b, c, d, a / b, left, c / d, right); */
        a = d;
        c = b;
        b = right;
        d = left;
        left = a % b;
        right = c % d;
    }
    /*@ ghost decided(a, b, c, d, a / b, left, c / d, right); */
    if (a / b != c / d) {
        return a / b > c / d ? 1 : -1;
    }
    return (left > right) - (left < right);
}

int
ratio_compare(struct ratio a, struct ratio b)
{
    assert(a.den > 0);
    assert(b.den > 0);
    if ((a.num < 0) != (b.num < 0)) {
        return a.num < 0 ? -1 : 1;
    }
    int order = compare_parts(magnitude(a.num), (uint64_t)a.den, magnitude(b.num),
                              (uint64_t)b.den);
    return a.num < 0 ? -order : order;
}

struct ratio
ratio_min(struct ratio a, struct ratio b)
{
    return ratio_compare(a, b) <= 0 ? a : b;
}
