/* SPDX-License-Identifier: Apache-2.0 */
/* Exact decimals against 128-bit integers. */
#include "defray/decimal.h"

#include "support/invent.h"

#include <check.h>
#include <signal.h>

__extension__ typedef unsigned __int128 wide;

/* Sums and products of decimals against 128-bit integers. */
START_TEST(decimals_are_exact)
{
    struct arena keep = arena_reserve((size_t)1 << 26);
    uint64_t seed = 42;
    for (int i = 0; i < 2000; i++) {
        struct arena scratch = keep;
        int64_t x = (int64_t)(invent_number(&seed) % 1000000000000);
        int64_t y = (int64_t)(invent_number(&seed) % 1000000);
        struct decimal a = decimal_ratio(&scratch, ratio_of(x, 1000));
        struct decimal b = decimal_ratio(&scratch, ratio_of(y, 1000000));
        wide product = (wide)(uint64_t)x * (uint64_t)y;
        wide unit = 1000000000;
        int64_t rounded = (int64_t)((product + unit / 2) / unit);
        ck_assert_int_eq(decimal_round(decimal_times(&scratch, a, b)), rounded);
        struct decimal sum = decimal_add(&scratch, a, b);
        ck_assert_int_eq(
            decimal_compare(sum,
                            decimal_ratio(&scratch, ratio_of(x * 1000 + y, 1000000))),
            0);
        ck_assert_int_eq(decimal_compare(sum, a), y > 0 ? 1 : 0);
    }
    ck_assert_str_eq(decimal_text(&keep, decimal_ratio(&keep, ratio_of(999, 1000)), 2),
                     "1.00");
    ck_assert_uint_eq(decimal_bits(keep, decimal_ratio(&keep, ratio_of(1, 2))),
                      UINT64_C(1) << 63);
    arena_release(keep);
}
END_TEST

static const uint32_t powers[] = {1,      10,      100,      1000,      10000,
                                  100000, 1000000, 10000000, 100000000, 1000000000};

/* A number of any width, 0 as well, over a power of ten. */
static struct ratio
invented(uint64_t *seed)
{
    int64_t num = (int64_t)(invent_number(seed) >> (2 + invent_number(seed) % 62));
    return (struct ratio){num, powers[invent_number(seed) % ARRAY_COUNT(powers)]};
}

/* `num` / `den` in decimal digits, half up. */
static const char *
digits_of(struct arena *keep, struct ratio value, int places)
{
    wide unit = powers[places];
    wide den = (wide)(uint64_t)value.den;
    wide scaled = ((wide)(uint64_t)value.num * unit * 2 + den) / (den * 2);
    return arena_printf(keep, "%llu.%0*llu", (unsigned long long)(scaled / unit), places,
                        (unsigned long long)(scaled % unit));
}

/* What is told, compared, rounded and drawn from, of numbers of one limb to three. */
START_TEST(decimals_of_every_width)
{
    struct arena keep = arena_reserve((size_t)1 << 26);
    uint64_t seed = 7;
    for (int i = 0; i < 4000; i++) {
        struct arena scratch = keep;
        struct ratio x = invented(&seed);
        struct ratio y = invented(&seed);
        struct decimal a = decimal_ratio(&scratch, x);
        struct decimal b = decimal_ratio(&scratch, y);
        int places = 1 + i % 8;
        const char *shown = decimal_text(&scratch, a, places);
        ck_assert_str_eq(shown, digits_of(&scratch, x, places));
        int64_t whole = x.num / x.den + (x.num % x.den >= x.den - x.num % x.den);
        ck_assert_int_eq(decimal_round(a), whole);
        wide left = (wide)(uint64_t)x.num * (uint64_t)y.den;
        wide right = (wide)(uint64_t)y.num * (uint64_t)x.den;
        ck_assert_int_eq(decimal_compare(a, b), (left > right) - (left < right));
        ck_assert_int_eq(decimal_compare(a, a), 0);
        ck_assert_int_eq(decimal_is_zero(a), x.num == 0);
        /* a (a + b) is a a + a b, of six limbs and more. */
        struct decimal one = decimal_times(&scratch, a, decimal_add(&scratch, a, b));
        struct decimal other = decimal_add(&scratch, decimal_times(&scratch, a, a),
                                           decimal_times(&scratch, b, a));
        ck_assert_int_eq(decimal_compare(one, other), 0);
        struct ratio part = {x.num % x.den, x.den};
        wide bits = ((wide)(uint64_t)part.num << 64) / (uint64_t)part.den;
        ck_assert_uint_eq(decimal_bits(scratch, decimal_ratio(&scratch, part)),
                          (uint64_t)bits);
    }
    arena_release(keep);
}
END_TEST

START_TEST(decimals_at_their_edges)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct decimal most = decimal_integer(&keep, UINT64_MAX);
    struct decimal none = decimal_integer(&keep, 0);
    ck_assert_str_eq(decimal_text(&keep, most, 1), "18446744073709551615.0");
    ck_assert_str_eq(decimal_text(&keep, none, 8), "0.00000000");
    ck_assert(decimal_is_zero(none) && none.count == 0 && none.scale == 0);
    ck_assert_int_eq(decimal_compare(decimal_add(&keep, none, most), most), 0);
    ck_assert_int_eq(decimal_compare(decimal_add(&keep, most, none), most), 0);
    ck_assert(decimal_is_zero(decimal_times(&keep, most, none)));
    ck_assert_int_eq(decimal_round(decimal_integer(&keep, INT64_MAX)), INT64_MAX);
    ck_assert_uint_eq(decimal_bits(keep, none), 0);
    /* A carry through every limb, into one more. */
    struct decimal nines = decimal_integer(&keep, UINT64_C(999999999999999999));
    struct decimal sum = decimal_add(&keep, nines, decimal_integer(&keep, 1));
    ck_assert_uint_eq(sum.count, 3);
    ck_assert_str_eq(decimal_text(&keep, sum, 1), "1000000000000000000.0");
    /* No zero is kept, before or behind. */
    struct decimal halves = decimal_ratio(&keep, (struct ratio){1, 2});
    struct decimal whole = decimal_add(&keep, halves, halves);
    ck_assert_uint_eq(whole.count, 1);
    ck_assert_uint_eq(whole.scale, 0);
    ck_assert(ratio_is_decimal((struct ratio){0, 1}));
    ck_assert(ratio_is_decimal((struct ratio){1, 1000000000}));
    ck_assert(!ratio_is_decimal((struct ratio){1, 3}));
    ck_assert(!ratio_is_decimal((struct ratio){-1, 10}));
    arena_release(keep);
}
END_TEST

/* Past what its answer can hold, there is none. */
START_TEST(a_decimal_past_its_limit_stops)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    decimal_round(decimal_integer(&keep, UINT64_C(1) << 63));
}
END_TEST

Suite *test_decimal_suite(void);

Suite *
test_decimal_suite(void)
{
    Suite *suite = suite_create("decimal");
    TCase *tcase = tcase_create("core");
    tcase_add_test(tcase, decimals_are_exact);
    tcase_add_test(tcase, decimals_of_every_width);
    tcase_add_test(tcase, decimals_at_their_edges);
    tcase_add_test_raise_signal(tcase, a_decimal_past_its_limit_stops, SIGABRT);
    suite_add_tcase(suite, tcase);
    return suite;
}
