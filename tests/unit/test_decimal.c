/* SPDX-License-Identifier: Apache-2.0 */
/* Exact decimals against 128-bit integers. */
#include "defray/decimal.h"

#include "support/invent.h"

#include <check.h>

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
    ck_assert_str_eq(decimal_exact(&keep, decimal_ratio(&keep, ratio_of(5, 100))),
                     "0.05");
    ck_assert_str_eq(decimal_text(&keep, decimal_ratio(&keep, ratio_of(999, 1000)), 2),
                     "1.00");
    ck_assert_uint_eq(decimal_bits(keep, decimal_ratio(&keep, ratio_of(1, 2))),
                      UINT64_C(1) << 63);
    arena_release(keep);
}
END_TEST

Suite *test_decimal_suite(void);

Suite *
test_decimal_suite(void)
{
    Suite *suite = suite_create("decimal");
    TCase *tcase = tcase_create("core");
    tcase_add_test(tcase, decimals_are_exact);
    suite_add_tcase(suite, tcase);
    return suite;
}
