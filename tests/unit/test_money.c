/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of money and ratios, against slow reckonings made another way. */
#include "defray/money.h"

#include "../../src/base/quotient.h"

#include <check.h>
#include <signal.h>
#include <string.h>

/* For long loops: Check notes every assertion that it passes, and that takes time. */
#define MUST(condition)                     \
    do {                                    \
        if (!(condition)) {                 \
            ck_abort_msg("%s", #condition); \
        }                                   \
    } while (0)

static const enum rounding roundings[] = {ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN,
                                          ROUND_UP};

static uint64_t
random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Between the two bounds, both included. */
static int64_t
random_between(uint64_t *state, int64_t low, int64_t high)
{
    return low + (int64_t)(random_next(state) % (uint64_t)(high - low + 1));
}

/* The rounding told by distances: among the whole numbers next to x = num / den,
 * whose distances to x are compared as multiples of 1 / den. */
static int64_t
round_slowly(int64_t num, int64_t den, enum rounding rounding)
{
    int64_t low = num / den; /* towards zero, then corrected */
    if (low * den > num) {
        low--;
    }
    if (low * den == num) {
        return low;
    }
    int64_t high = low + 1;
    int64_t below = num - low * den;
    int64_t above = high * den - num;
    int64_t away = num < 0 ? low : high;
    int64_t towards = num < 0 ? high : low;
    if (rounding == ROUND_DOWN) {
        return towards;
    }
    if (rounding == ROUND_UP) {
        return away;
    }
    if (below != above) {
        return below < above ? low : high;
    }
    return rounding == ROUND_HALF_UP ? away : low % 2 == 0 ? low : high;
}

static struct money
parsed(const char *string)
{
    struct money amount = {-1};
    if (!money_parse(text_of(string), &amount)) {
        ck_abort_msg("%s", string);
    }
    return amount;
}

START_TEST(rounding_agrees_with_distances)
{
    uint64_t state = 77490705;
    for (int round = 0; round < 200000; round++) {
        int64_t den = random_between(&state, 1, round % 2 == 0 ? 40 : 1000000);
        int64_t num = random_between(&state, -2000000, 2000000);
        for (size_t i = 0; i < ARRAY_COUNT(roundings); i++) {
            struct money got = money_round(ratio_of(num, den), roundings[i]);
            MUST(got.cents == round_slowly(num * 100, den, roundings[i]));
        }
    }
}
END_TEST

/* Every sixteenth of a cent is met on both sides of zero. */
START_TEST(half_a_cent_goes_where_its_name_says)
{
    for (int64_t eighths = -800; eighths <= 800; eighths++) {
        struct ratio euros = ratio_of(eighths, 800);
        for (size_t i = 0; i < ARRAY_COUNT(roundings); i++) {
            struct money got = money_round(euros, roundings[i]);
            MUST(got.cents == round_slowly(eighths, 8, roundings[i]));
        }
    }
    MUST(money_round(ratio_of(-1, 200), ROUND_HALF_UP).cents == -1);
    MUST(money_round(ratio_of(-1, 200), ROUND_HALF_EVEN).cents == 0);
    MUST(money_round(ratio_of(-3, 200), ROUND_HALF_EVEN).cents == -2);
    MUST(money_round(ratio_of(-199, 20000), ROUND_DOWN).cents == 0);
    MUST(money_round(ratio_of(-1, 1000000), ROUND_UP).cents == -1);
}
END_TEST

START_TEST(cents_are_never_truncated_doubles)
{
    for (int64_t cents = 0; cents <= 200000; cents++) {
        char out[MONEY_TEXT_MAX];
        money_text((struct money){cents}, out);
        MUST(parsed(out).cents == cents);
        /* And as a ratio, through a rounding that would show a lost bit. */
        struct ratio euros = {0, 1};
        MUST(ratio_parse(text_of(out), 2, 2, &euros));
        MUST(money_round(euros, ROUND_DOWN).cents == cents);
        MUST(money_round(euros, ROUND_UP).cents == cents);
    }
    MUST(parsed("77.49").cents == 7749);
    MUST(parsed("0.07").cents == 7);
    MUST(parsed("0.29").cents == 29);
    MUST(parsed("4.35").cents == 435);
    MUST(parsed("1.15").cents == 115);
}
END_TEST

static const char *const not_money[] = {
    "",       "1",           "1.",          "1.0",           "1.000",
    "1.005",  ".50",         "01.00",       "00.00",         "-1.00",
    "+1.00",  " 1.00",       "1.00 ",       "1,00",          "1.0a",
    "a.00",   "1 000.00",    "1.000.00",    "1e2.00",        "0x1.00",
    "1.-1",   "10000000.01", "99999999.99", "1000000000.00", "99999999999999999999.00",
    "1.00\n",
};

START_TEST(money_is_parsed_strictly)
{
    struct money amount = {42};
    ck_assert_msg(!money_parse(text_of(not_money[_i]), &amount), "%s", not_money[_i]);
    ck_assert_int_eq(amount.cents, 42);
}
END_TEST

START_TEST(money_has_its_limit_and_no_more)
{
    ck_assert_int_eq(parsed("10000000.00").cents, MONEY_LINE_MAX_CENTS);
    ck_assert_int_eq(parsed("9999999.99").cents, MONEY_LINE_MAX_CENTS - 1);
    struct money amount;
    ck_assert(!money_parse(STR("1.0\0"), &amount));
}
END_TEST

START_TEST(money_is_written_with_its_sign)
{
    static const struct {
        int64_t cents;
        const char *text;
    } rows[] = {
        {0,                "0.00"                 },
        {5,                "0.05"                 },
        {-5,               "-0.05"                },
        {-100,             "-1.00"                },
        {123450,           "1234.50"              },
        {MONEY_MAX_CENTS,  "1000000000000000.00"  },
        {-MONEY_MAX_CENTS, "-1000000000000000.00" },
        {INT64_MIN,        "-92233720368547758.08"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        char out[MONEY_TEXT_MAX];
        ck_assert_str_eq(money_text((struct money){rows[i].cents}, out), rows[i].text);
    }
}
END_TEST

START_TEST(money_adds_and_compares)
{
    struct money a = {150};
    struct money b = {-20};
    ck_assert_int_eq(money_add(a, b).cents, 130);
    ck_assert_int_eq(money_subtract(a, b).cents, 170);
    ck_assert_int_eq(money_min(a, b).cents, -20);
    ck_assert_int_eq(money_min(b, a).cents, -20);
    ck_assert_int_gt(money_compare(a, b), 0);
    ck_assert_int_lt(money_compare(b, a), 0);
    ck_assert_int_eq(money_compare(a, a), 0);
    ck_assert_int_eq(money_ratio(a).num, 3);
    ck_assert_int_eq(money_ratio(a).den, 2);
    struct money most = {MONEY_MAX_CENTS};
    ck_assert_int_eq(money_round(money_ratio(most), ROUND_UP).cents, MONEY_MAX_CENTS);
}
END_TEST

START_TEST(a_total_past_the_limit_stops)
{
    money_add((struct money){MONEY_MAX_CENTS}, (struct money){1});
}
END_TEST

/* Even if the other amount brings it back within the limit. */
START_TEST(an_amount_past_the_limit_stops)
{
    const struct money past = {MONEY_MAX_CENTS + 1};
    const struct money under = {-MONEY_MAX_CENTS - 1};
    const struct money two = {2};
    switch (_i) {
    case 0: money_add(past, (struct money){-2}); break;
    case 1: money_add((struct money){-2}, past); break;
    case 2: money_subtract(past, two); break;
    case 3: money_subtract((struct money){-2}, under); break;
    case 4: money_add(under, two); break;
    }
}
END_TEST

START_TEST(a_rounding_past_the_limit_stops)
{
    money_round(ratio_of(MONEY_MAX_CENTS / 100 + 1, 1), ROUND_DOWN);
}
END_TEST

START_TEST(a_ratio_past_the_limit_stops)
{
    struct ratio large = ratio_of(INT64_C(4611686018427387847), 1);
    ratio_times(large, ratio_of(3, 2));
}
END_TEST

START_TEST(a_ratio_of_nothing_stops)
{
    ratio_of(1, 0);
}
END_TEST

START_TEST(ratios_obey_the_laws_of_fractions)
{
    uint64_t state = 86940529;
    for (int round = 0; round < 50000; round++) {
        struct ratio a = ratio_of(random_between(&state, -30000, 30000),
                                  random_between(&state, 1, 30000));
        struct ratio b = ratio_of(random_between(&state, -30000, 30000),
                                  -random_between(&state, 1, 30000));
        MUST(b.den > 0);
        struct ratio sum = ratio_add(a, b);
        MUST(ratio_compare(sum, ratio_add(b, a)) == 0);
        MUST(ratio_compare(ratio_subtract(sum, b), a) == 0);
        struct ratio product = ratio_times(a, b);
        MUST(product.num * (a.den * b.den) == a.num * b.num * product.den);
        int64_t cross = a.num * b.den - b.num * a.den;
        MUST(ratio_compare(a, b) == (cross > 0) - (cross < 0));
        MUST(ratio_compare(ratio_min(a, b), cross < 0 ? a : b) == 0);
        /* Lowest terms: no divisor is left. */
        for (int64_t d = 2; d < 20; d++) {
            MUST(product.num % d != 0 || product.den % d != 0);
        }
    }
    MUST(ratio_of(0, -7).den == 1);
    MUST(ratio_of(6, -4).num == -3);
}
END_TEST

/* Of every two signs, and as they stand: not in lowest terms. */
START_TEST(ratios_are_compared_by_sign_and_size)
{
    static const int64_t nums[] = {-3, -2, -1, 0, 1, 2, 3};
    for (size_t i = 0; i < ARRAY_COUNT(nums); i++) {
        for (size_t j = 0; j < ARRAY_COUNT(nums); j++) {
            int order = (nums[i] > nums[j]) - (nums[i] < nums[j]);
            for (int64_t by = 1; by < 7; by++) {
                struct ratio a = {nums[i] * by, 2 * by};
                struct ratio b = {nums[j], 2};
                MUST(ratio_compare(a, b) == order);
                MUST(ratio_compare(b, a) == -order);
            }
        }
    }
}
END_TEST

START_TEST(ratios_near_their_limit_are_exact)
{
    int64_t most = (INT64_C(1) << 62) - 1;
    struct ratio a = ratio_of(most, most - 1);
    struct ratio b = ratio_of(most - 1, most - 2);
    ck_assert_int_lt(ratio_compare(a, b), 0);
    struct ratio one = ratio_times(a, ratio_of(most - 1, most));
    ck_assert_int_eq(one.num, 1);
    ck_assert_int_eq(one.den, 1);
    ck_assert_int_eq(ratio_subtract(a, a).num, 0);
    ck_assert_int_eq(ratio_of(INT64_MIN, INT64_MIN).num, 1);
    ck_assert_int_eq(ratio_of(INT64_MIN, 4).num, INT64_MIN / 4);
}
END_TEST

static const struct {
    const char *text;
    int min;
    int max;
    int64_t num; /* -1: refused */
    int64_t den;
} parses[] = {
    {"0.529",                   0, 4, 529,                         1000      },
    {"3",                       0, 4, 3,                           1         },
    {"3.",                      0, 4, -1,                          1         },
    {"3",                       1, 4, -1,                          1         },
    {"3.50",                    0, 4, 7,                           2         },
    {"3.12345",                 0, 4, -1,                          1         },
    {"3.1234",                  0, 4, 15617,                       5000      },
    {"",                        0, 4, -1,                          1         },
    {".5",                      0, 4, -1,                          1         },
    {"-1",                      0, 4, -1,                          1         },
    {"1,5",                     0, 4, -1,                          1         },
    {"999999999",               0, 0, 999999999,                   1         },
    {"1000000000",              0, 0, -1,                          1         },
    {"3.5",                     0, 0, -1,                          1         },
    {"1.5x",                    0, 4, -1,                          1         },
    {"1.5.5",                   0, 4, -1,                          1         },
    {"1e3",                     0, 4, -1,                          1         },
    {"1.005",                   2, 2, -1,                          1         },
    {"999999999.999999999",     0, 9, INT64_C(999999999999999999), 1000000000},
    {"99999999999999999999999", 0, 9, -1,                          1         },
};

START_TEST(ratio_is_parsed_exactly)
{
    struct ratio value = {-7, 1};
    bool read =
        ratio_parse(text_of(parses[_i].text), parses[_i].min, parses[_i].max, &value);
    ck_assert_msg(read == (parses[_i].num >= 0), "%s", parses[_i].text);
    ck_assert_int_eq(value.num, read ? parses[_i].num : -7);
    ck_assert_int_eq(value.den, parses[_i].den);
}
END_TEST

static const struct {
    int64_t num;
    int64_t den;
    int min;
    int max;
    const char *text;
} shown[] = {
    {3,                    1,    2,  2,  "3.00"                                   },
    {529,                  1000, 0,  6,  "0.529"                                  },
    {529,                  1000, 2,  2,  "0.53"                                   },
    {1,                    3,    0,  4,  "0.3333"                                 },
    {2,                    3,    0,  4,  "0.6667"                                 },
    {1,                    8,    0,  2,  "0.13"                                   },
    {-1,                   8,    0,  2,  "-0.13"                                  },
    {-1,                   1000, 0,  2,  "0"                                      },
    {-1,                   1000, 2,  2,  "0.00"                                   },
    {7,                    2,    0,  0,  "4"                                      },
    {5,                    1,    0,  4,  "5"                                      },
    {5,                    1,    1,  4,  "5.0"                                    },
    {999,                  1000, 0,  2,  "1"                                      },
    {0,                    1,    2,  4,  "0.00"                                   },
    {10,                   1,    0,  2,  "10"                                     },
    {1,                    1,    18, 18, "1.000000000000000000"                   },
    {-4611686018427387903, 1,    18, 18, "-4611686018427387903.000000000000000000"},
};

START_TEST(ratio_is_shown_half_up)
{
    char out[RATIO_TEXT_MAX];
    struct ratio value = ratio_of(shown[_i].num, shown[_i].den);
    ck_assert_str_eq(ratio_text(value, shown[_i].min, shown[_i].max, out),
                     shown[_i].text);
}
END_TEST

/* A million units less a little, at ten million euros less a little, with all their decimals. */
START_TEST(the_largest_that_is_read_is_priced)
{
    struct ratio units = ratio_of(INT64_C(9999999999), 10000);
    struct ratio each = ratio_of(INT64_C(99999999999), 10000);
    ck_assert_int_eq(money_times(units, each, ROUND_DOWN).cents,
                     INT64_C(999999999890000));
    ck_assert_int_eq(money_times(units, each, ROUND_HALF_UP).cents,
                     INT64_C(999999999890000));
    ck_assert_int_eq(money_times(units, each, ROUND_UP).cents, INT64_C(999999999890001));
    ck_assert_int_eq(money_times(ratio_of(-1, 2), ratio_of(1, 100), ROUND_HALF_UP).cents,
                     -1);
    ck_assert_int_eq(money_times(ratio_of(-1, 2), ratio_of(-1, 100), ROUND_HALF_UP).cents,
                     1);
}
END_TEST

__extension__ typedef unsigned __int128 wide;

static void
assert_divided(int64_t a, int64_t b, int64_t c)
{
    wide product = (wide)(uint64_t)a * (uint64_t)b;
    struct quotient found = quotient_of(a, b, c);
    MUST((wide)(uint64_t)found.whole == product / (uint64_t)c);
    MUST((wide)(uint64_t)found.rest == product % (uint64_t)c);
}

/* a x b / c against 128 bits, where the product fits and where it does not: its whole part and
 * what is left, which is less than c. */
START_TEST(what_is_multiplied_and_divided_is_exact)
{
    const int64_t large = QUOTIENT_LIMIT - 1;
    assert_divided(0, large, 1);
    assert_divided(large - 1, large, large);
    assert_divided(large / 2, large, large);
    assert_divided((large + 1) / 2, large, large);
    assert_divided(large / 4 * 2, large - 1, large / 4 * 4);
    assert_divided(6, INT64_MAX / 7, 7);
    assert_divided(6, INT64_MAX / 7 + 1, 7);
    uint64_t state = 14061995;
    for (int round = 0; round < 100000; round++) {
        int64_t c = random_between(&state, 1, large >> (round % 62));
        int64_t a = round % 3 == 0 ? c / 2 : random_between(&state, 0, c - 1);
        int64_t b = random_between(&state, 0, large >> (round % 31));
        assert_divided(a, b, c);
    }
}
END_TEST

/* Where a product is not formed, the same as where it is. */
START_TEST(a_product_is_rounded_as_if_it_were_formed)
{
    uint64_t state = 52986940;
    for (int round = 0; round < 100000; round++) {
        struct ratio a = ratio_of(random_between(&state, -3000000, 3000000),
                                  random_between(&state, 1, 30000));
        struct ratio b = ratio_of(random_between(&state, -3000000, 3000000),
                                  random_between(&state, 1, 10000));
        enum rounding rounding = roundings[round % 4];
        MUST(money_times(a, b, rounding).cents ==
             money_round(ratio_times(a, b), rounding).cents);
    }
}
END_TEST

Suite *test_money_suite(void);

Suite *
test_money_suite(void)
{
    Suite *suite = suite_create("money");
    TCase *tests = tcase_create("money");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, rounding_agrees_with_distances);
    tcase_add_test(tests, half_a_cent_goes_where_its_name_says);
    tcase_add_test(tests, cents_are_never_truncated_doubles);
    tcase_add_loop_test(tests, money_is_parsed_strictly, 0, (int)ARRAY_COUNT(not_money));
    tcase_add_test(tests, money_has_its_limit_and_no_more);
    tcase_add_test(tests, money_is_written_with_its_sign);
    tcase_add_test(tests, money_adds_and_compares);
    tcase_add_test_raise_signal(tests, a_total_past_the_limit_stops, SIGABRT);
    tcase_add_loop_test_raise_signal(tests, an_amount_past_the_limit_stops, SIGABRT, 0,
                                     5);
    tcase_add_test_raise_signal(tests, a_rounding_past_the_limit_stops, SIGABRT);
    tcase_add_test_raise_signal(tests, a_ratio_past_the_limit_stops, SIGABRT);
    tcase_add_test_raise_signal(tests, a_ratio_of_nothing_stops, SIGABRT);
    tcase_add_test(tests, ratios_obey_the_laws_of_fractions);
    tcase_add_test(tests, ratios_are_compared_by_sign_and_size);
    tcase_add_test(tests, ratios_near_their_limit_are_exact);
    tcase_add_test(tests, the_largest_that_is_read_is_priced);
    tcase_add_test(tests, what_is_multiplied_and_divided_is_exact);
    tcase_add_test(tests, a_product_is_rounded_as_if_it_were_formed);
    tcase_add_loop_test(tests, ratio_is_parsed_exactly, 0, (int)ARRAY_COUNT(parses));
    tcase_add_loop_test(tests, ratio_is_shown_half_up, 0, (int)ARRAY_COUNT(shown));
    suite_add_tcase(suite, tests);
    return suite;
}
