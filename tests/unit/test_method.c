/* SPDX-License-Identifier: Apache-2.0 */
/* The ways of pricing, with the figures of the shipped rules. */
#include "defray/method.h"
#include "defray/rules.h"

#include "support/days.h"

#include <check.h>
#include <string.h>

static struct arena keep;

static struct rules *
shipped(const char *id)
{
    static const struct text folder[] = {
        {"rules", 5}
    };
    keep = arena_reserve((size_t)256 << 20);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct rules *rules = rules_load(&keep, text_of(id), folder, 1, diag);
    ck_assert_msg(rules != NULL, "%s", id);
    return rules;
}

static const struct entitlement *
category(const struct rules *rules, const char *name)
{
    const struct category *found =
        rules_category(rules, arena_reserve((size_t)1 << 16), text_of(name));
    ck_assert_msg(found != NULL, "%s", name);
    return &found->price;
}

static const char *
euros(struct money amount)
{
    static char text[MONEY_TEXT_MAX];
    return money_text(amount, text);
}

static struct price
hours(const struct entitlement *entitlement, int64_t minutes)
{
    struct priced priced = {.date = day("2025-03-08"),
                            .has_quantity = true,
                            .quantity = ratio_of(minutes, 60)};
    return entitlement_price(&keep, entitlement, &priced);
}

START_TEST(unit_is_quantity_times_rate_rounded_once)
{
    const struct entitlement *stipend = &shipped("poitiers")->stipend.tariffs[0].price;
    ck_assert_str_eq(euros(hours(stipend, 180).gross), "41.22");
    ck_assert_str_eq(euros(hours(stipend, 210).gross), "48.09");
    ck_assert_str_eq(euros(hours(stipend, 420).gross), "96.18");
    ck_assert_str_eq(euros(hours(stipend, 1).gross), "0.23");
    ck_assert_str_eq(euros(hours(stipend, 0).gross), "0.00");
    struct price price = hours(stipend, 100); /* 22.90 exactly */
    ck_assert_str_eq(euros(price.gross), "22.90");
    ck_assert(!price.limited);
    ck_assert_ptr_nonnull(price.basis->source);
    ck_assert(text_equals(price.basis->source->id, STR("QE-16831")));
    struct priced nothing = {.date = day("2025-03-08")};
    ck_assert_int_eq(entitlement_price(&keep, stipend, &nothing).missing,
                     MISSING_QUANTITY);
}
END_TEST

START_TEST(receipt_is_the_amount)
{
    const struct entitlement *parking = category(shipped("poitiers"), "stationnement");
    struct priced priced = {
        .date = day("2025-03-08"), .has_amount = true, .amount = {1240}};
    struct price price = entitlement_price(&keep, parking, &priced);
    ck_assert_int_eq(price.missing, MISSING_NOTHING);
    ck_assert_str_eq(euros(price.gross), "12.40");
    ck_assert_int_eq(price.rate.den, 0);
    priced.has_amount = false;
    ck_assert_int_eq(entitlement_price(&keep, parking, &priced).missing, MISSING_AMOUNT);
}
END_TEST

START_TEST(ceiling_limits_the_receipt)
{
    const struct entitlement *care = category(shipped("poitiers"), "garde d'enfants");
    struct priced priced = {
        .date = day("2025-03-08"),
        .has_amount = true,
        .amount = {5000},
        .has_quantity = true,
        .quantity = { 2,   1}
    };
    struct price price = entitlement_price(&keep, care, &priced);
    ck_assert_str_eq(euros(price.gross), "50.00");
    ck_assert(price.limited);
    ck_assert_str_eq(euros(price.limit), "36.00");
    ck_assert(price.basis->source == NULL && price.basis->assumption.size > 0);
    priced.has_quantity = false;
    ck_assert_int_eq(entitlement_price(&keep, care, &priced).missing, MISSING_QUANTITY);
    priced.has_amount = false;
    ck_assert_int_eq(entitlement_price(&keep, care, &priced).missing, MISSING_AMOUNT);
}
END_TEST

START_TEST(a_default_quantity_stands_for_an_empty_one)
{
    const struct entitlement *meal = category(shipped("cese-convention"), "repas");
    struct priced priced = {
        .date = day("2025-09-13"), .has_amount = true, .amount = {2300}};
    struct price price = entitlement_price(&keep, meal, &priced);
    ck_assert_int_eq(price.missing, MISSING_NOTHING);
    ck_assert_str_eq(euros(price.limit), "20.00");
    priced.date = day("2019-10-04");
    ck_assert_str_eq(euros(entitlement_price(&keep, meal, &priced).limit), "15.25");
    priced.has_quantity = true;
    priced.quantity = ratio_of(2, 1);
    ck_assert_str_eq(euros(entitlement_price(&keep, meal, &priced).limit), "30.50");
}
END_TEST

struct trip {
    uint32_t power;
    int64_t before, km;
    const char *date, *due, *bands;
};

START_TEST(scale_bands_are_marginal)
{
    static const struct trip trips[] = {
        {5,  1990,  20,    "2026-03-21", "7.20",    "10 x 0.32 + 10 x 0.40"                  },
        {5,  0,     2000,  "2026-03-21", "640.00",  ""                                       },
        {5,  0,     2001,  "2026-03-21", "640.40",  "2000 x 0.32 + 1 x 0.40"                 },
        {5,  2000,  1,     "2026-03-21", "0.40",    ""                                       },
        {5,  10000, 1,     "2026-03-21", "0.23",    ""                                       },
        {5,  0,     12000, "2026-03-21", "4300.00", "2000 x 0.32 + 8000 x 0.40 + 2000 x 0.23"},
        {6,  1990,  20,    "2026-03-21", "9.20",    "10 x 0.41 + 10 x 0.51"                  },
        {7,  0,     10,    "2026-03-21", "4.10",    ""                                       },
        {8,  0,     10,    "2026-03-21", "4.50",    ""                                       },
        {99, 0,     10,    "2026-03-21", "4.50",    ""                                       },
        {1,  0,     10,    "2022-10-01", "3.20",    ""                                       },
        {5,  0,     0,     "2026-03-21", "0.00",    ""                                       },
    };
    const struct entitlement *mileage = category(shipped("haute-garonne"), "mileage");
    for (size_t i = 0; i < ARRAY_COUNT(trips); i++) {
        struct priced priced = {.date = day(trips[i].date),
                                .has_quantity = true,
                                .quantity = ratio_of(trips[i].km, 1),
                                .horsepower = trips[i].power,
                                .counter = ratio_of(trips[i].before, 1)};
        struct price price = entitlement_price(&keep, mileage, &priced);
        ck_assert_int_eq(price.missing, MISSING_NOTHING);
        ck_assert_str_eq(euros(price.gross), trips[i].due);
        ck_assert_msg(text_equals(price.derivation, text_of(trips[i].bands)), "%.*s",
                      TEXT_ARG(price.derivation));
        ck_assert_ptr_nonnull(price.basis);
    }
}
END_TEST

START_TEST(scale_needs_the_power_and_the_distance)
{
    const struct entitlement *mileage = category(shipped("haute-garonne"), "km");
    struct priced priced = {
        .date = day("2026-03-21"), .counter = {0, 1}
    };
    ck_assert_int_eq(entitlement_price(&keep, mileage, &priced).missing,
                     MISSING_QUANTITY);
    priced.has_quantity = true;
    priced.quantity = ratio_of(20, 1);
    ck_assert_int_eq(entitlement_price(&keep, mileage, &priced).missing,
                     MISSING_HORSEPOWER);
    priced.horsepower = 100;
    ck_assert_int_eq(entitlement_price(&keep, mileage, &priced).missing,
                     MISSING_HORSEPOWER);
    ck_assert_uint_eq(scale_parts(mileage, &priced, NULL), 0);
    priced.horsepower = 99;
    ck_assert_uint_eq(scale_parts(mileage, &priced, NULL), 1);
}
END_TEST

START_TEST(words_of_methods_units_and_spans)
{
    size_t count = 0;
    const struct text *words = method_words(&count);
    ck_assert_uint_eq(count, 4);
    for (size_t i = 0; i < count; i++) {
        const struct method *method = method_find(words[i]);
        ck_assert_ptr_nonnull(method);
        ck_assert(text_equals(text_of(method->word), words[i]));
    }
    ck_assert_ptr_null(method_find(STR("flat")));
    ck_assert_ptr_null(method_find(STR("")));
    ck_assert_str_eq(unit_word(UNIT_HALF_DAY), "half_day");
    ck_assert_str_eq(unit_label(LANGUAGE_EN, UNIT_CLAIM), "claim");
    ck_assert_str_eq(span_word(SPAN_MANDATE), "mandate");
    ck_assert(method_find(STR("ceiling"))->uses_amount);
    ck_assert(method_find(STR("ceiling"))->uses_quantity);
    ck_assert(!method_find(STR("receipt"))->uses_quantity);
    ck_assert(!method_find(STR("scale"))->uses_amount);
}
END_TEST

Suite *test_method_suite(void);

Suite *
test_method_suite(void)
{
    Suite *suite = suite_create("method");
    TCase *cases = tcase_create("method");
    tcase_add_test(cases, unit_is_quantity_times_rate_rounded_once);
    tcase_add_test(cases, receipt_is_the_amount);
    tcase_add_test(cases, ceiling_limits_the_receipt);
    tcase_add_test(cases, a_default_quantity_stands_for_an_empty_one);
    tcase_add_test(cases, scale_bands_are_marginal);
    tcase_add_test(cases, scale_needs_the_power_and_the_distance);
    tcase_add_test(cases, words_of_methods_units_and_spans);
    suite_add_tcase(suite, cases);
    return suite;
}
