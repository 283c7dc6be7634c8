/* SPDX-License-Identifier: Apache-2.0 */
/* Which texts a line rests on: lines are alike if nothing that decides it differs, and no text is
 * named that did not apply. */
#include "defray/bases.h"

#include "support/days.h"

#include <check.h>

/* Each part alone makes another ground of it. */
START_TEST(grounds_differ_by_each_part)
{
    static const struct basis basis = {0};
    static const struct entitlement price = {0};
    static const struct value value = {
        .amount = {0, 1}
    };
    const struct grounds all = {0};
    struct grounds others[] = {
        {.basis = &basis},
        {.rate_basis = &basis},
        {.ceilings = {{&value}, 1}},
        {.rate = &value},
        {.threshold = &value},
        {.price = &price},
        {.unit = (enum unit)1},
        {.is_claim = true},
        {.life = 1},
        {.circumstances = {.status = (enum status)1}},
        {.circumstances = {.presence = (enum presence)1}},
    };
    ck_assert(grounds_alike(&all, &all));
    for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
        ck_assert_msg(!grounds_alike(&all, &others[i]), "%zu", i);
        ck_assert_msg(grounds_alike(&others[i], &others[i]), "%zu", i);
    }
}
END_TEST

static bool
names(const struct basis *const *bases, size_t count, const struct basis *wanted)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        found = found || bases[i] == wanted;
    }
    return found;
}

/* Three categories: own texts are named, and a deadline where there is one; the texts of a life
 * only for its days. */
START_TEST(a_claim_rests_on_its_own_texts)
{
    struct category categories[] = {
        {.deadline_days = 30}, {.deadline_days = 60}, {.deadline_days = 0}};
    struct life lives[] = {{.during = {day("2026-01-01"), day("2026-12-31")}}};
    const struct rules rules = {
        .lives = lives, .life_count = 1, .categories = categories, .category_count = 3};
    static const struct {
        size_t own;
        const char *date;
        bool lives, deadline;
    } rows[] = {
        {0, "2026-01-01", true,  true },
        {1, "2026-12-31", true,  true },
        {2, "2026-06-30", true,  false},
        {0, "2025-12-31", false, true },
        {0, "2027-01-01", false, true },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct basis *bases[LINE_BASES_MAX];
        const struct line line = {.is_claim = true,
                                  .date = day(rows[i].date),
                                  .price = &categories[rows[i].own].price};
        const struct grounds grounds =
            grounds_of(&rules, &line, (struct circumstances){0});
        size_t count = bases_of(&rules, &grounds, bases);
        ck_assert_uint_eq(count, (size_t)3 + rows[i].lives + rows[i].deadline);
        ck_assert(names(bases, count, &rules.presence_basis));
        ck_assert(names(bases, count, &lives[0].basis) == rows[i].lives);
        for (size_t k = 0; k < ARRAY_COUNT(categories); k++) {
            bool own = k == rows[i].own;
            ck_assert(names(bases, count, &categories[k].basis) == own);
            ck_assert(names(bases, count, &categories[k].receipt_basis) == own);
            ck_assert(names(bases, count, &categories[k].deadline_basis) ==
                      (own && rows[i].deadline));
        }
    }
}
END_TEST

/* A rounding is stated by a text or by an assumption, and named where something is multiplied: a
 * receipt is paid to the cent as it is. */
START_TEST(a_rounding_is_named_where_something_is_rounded)
{
    static const struct method receipt = {.uses_amount = true};
    static const struct method unit = {.uses_quantity = true, .uses_rates = true};
    static const struct method scale = {.uses_quantity = true, .uses_scale = true};
    static const struct legal_source source = {.id = STR_INIT("D1")};
    static const struct {
        const struct method *method;
        struct basis rounding;
        bool named;
    } rows[] = {
        {&unit,    {.source = &source},              true },
        {&scale,   {.source = &source},              true },
        {&receipt, {.source = &source},              false},
        {&unit,    {.assumption = STR_INIT("half")}, true },
        {&unit,    {0},                              false},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct category category = {
            .price = {.method = rows[i].method, .rounding_basis = rows[i].rounding}
        };
        const struct rules rules = {.categories = &category, .category_count = 1};
        const struct basis *bases[LINE_BASES_MAX];
        const struct grounds grounds = {.price = &category.price, .is_claim = true};
        size_t count = bases_of(&rules, &grounds, bases);
        ck_assert_msg(names(bases, count, &category.price.rounding_basis) ==
                          rows[i].named,
                      "%zu", i);
    }
}
END_TEST

/* A certificate may say of any claim that its quantity is the rules' own: where they state none, there
 * is no text for it. */
START_TEST(a_default_is_named_where_it_was_taken)
{
    static const struct method unit = {.uses_quantity = true, .uses_rates = true};
    for (int stated = 0; stated < 2; stated++) {
        for (int taken = 0; taken < 2; taken++) {
            struct category category = {
                .price = {.method = &unit, .has_default_quantity = stated == 1}
            };
            const struct rules rules = {.categories = &category, .category_count = 1};
            const struct basis *bases[LINE_BASES_MAX];
            const struct grounds grounds = {
                .price = &category.price,
                .is_claim = true,
                .circumstances = {.quantity_by_default = taken == 1},
            };
            size_t count = bases_of(&rules, &grounds, bases);
            ck_assert(names(bases, count, &category.price.default_basis) ==
                      (stated == 1 && taken == 1));
        }
    }
}
END_TEST

Suite *test_bases_suite(void);

Suite *
test_bases_suite(void)
{
    Suite *suite = suite_create("bases");
    TCase *cases = tcase_create("bases");
    tcase_add_test(cases, grounds_differ_by_each_part);
    tcase_add_test(cases, a_claim_rests_on_its_own_texts);
    tcase_add_test(cases, a_default_is_named_where_it_was_taken);
    tcase_add_test(cases, a_rounding_is_named_where_something_is_rounded);
    suite_add_tcase(suite, cases);
    return suite;
}
