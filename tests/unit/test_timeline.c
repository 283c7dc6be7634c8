/* SPDX-License-Identifier: Apache-2.0 */
/* Dated values: one a day, over the whole life, proven when the rules are loaded. */
#include "defray/timeline.h"

#include "support/days.h"
#include "support/rules_probe.h"

#include <check.h>
#include <string.h>

static const char *
amount_on(const struct timeline *timeline, const char *iso)
{
    static char text[RATIO_TEXT_MAX];
    const struct value *value = timeline_at(timeline, day(iso));
    return value == NULL ? "none" : ratio_text(value->amount, 2, 6, text);
}

#define FIRST \
    "{ from = \"2025-01-01\"; to = \"2025-12-31\"; amount = \"40.00\"; source = \"D1\"; }"
#define SECOND \
    "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"42.00\"; source = \"D1\"; }"
#define AMOUNT(from, to) \
    "{ from = \"" from "\"; to = \"" to "\"; amount = \"40.00\"; source = \"D1\"; }"

/* The rate timeline with the first entry replaced. */
static struct probe
with_first(const char *entry)
{
    return probe_edited(FIRST, entry);
}

START_TEST(a_change_of_rate_holds_from_its_day)
{
    struct probe probe = probe_edited("id = \"probe\"", "id = \"probe\"");
    probe_loaded(&probe);
    const struct timeline *rates = &probe.rules->stipend.tariffs[0].price.rates;
    ck_assert_str_eq(amount_on(rates, "2025-01-01"), "40.00");
    ck_assert_str_eq(amount_on(rates, "2025-12-31"), "40.00");
    ck_assert_str_eq(amount_on(rates, "2026-01-01"), "42.00");
    ck_assert_str_eq(amount_on(rates, "2026-12-31"), "42.00");
    ck_assert_str_eq(amount_on(rates, "2024-12-31"), "none");
    ck_assert_str_eq(amount_on(rates, "2027-01-01"), "none");
}
END_TEST

START_TEST(a_scale_holds_on_its_days)
{
    struct scale_version versions[] = {
        {.during = {day("2025-01-01"), day("2025-06-30")}},
        {.during = {day("2025-07-01"), day("2025-12-31")}},
    };
    struct scale scale = {.versions = versions, .count = 2};
    ck_assert_ptr_null(scale_at(&scale, day("2024-12-31")));
    ck_assert_ptr_eq(scale_at(&scale, day("2025-06-30")), &versions[0]);
    ck_assert_ptr_eq(scale_at(&scale, day("2025-07-01")), &versions[1]);
    ck_assert_ptr_null(scale_at(&scale, day("2026-01-01")));
}
END_TEST

START_TEST(gap_of_one_day)
{
    struct probe probe = with_first(AMOUNT("2025-01-01", "2025-12-30"));
    const struct diagnostic *found = probe_refused(
        &probe, CODE_R031, 12, "no value on 2025-12-31 in 'stipend.tariffs[0].amounts'");
    ck_assert_uint_eq(found->where.column, 7);
    ck_assert_uint_eq(found->other.line, 11);
    ck_assert_uint_eq(found->other.column, 7);
    ck_assert_uint_eq(diag_errors(probe.diag), 1);
}
END_TEST

START_TEST(overlap_of_one_day)
{
    struct probe probe = with_first(AMOUNT("2025-01-01", "2026-01-01"));
    const struct diagnostic *found =
        probe_refused(&probe, CODE_R032, 12, "two values on 2026-01-01 in");
    ck_assert_uint_eq(found->other.line, 11);
    ck_assert_uint_eq(diag_errors(probe.diag), 1);
}
END_TEST

START_TEST(gap_at_either_end_of_the_life)
{
    struct probe probe = with_first(AMOUNT("2025-01-02", "2025-12-31"));
    const struct diagnostic *found = probe_refused(&probe, CODE_R031, 11, "2025-01-01");
    ck_assert_uint_eq(found->other.line, 5);
    probe = probe_edited(SECOND, AMOUNT("2026-01-01", "2026-12-30"));
    found = probe_refused(&probe, CODE_R031, 12, "2026-12-31");
    ck_assert_uint_eq(found->other.line, 5);
    probe = probe_edited(FIRST ",\n      " SECOND, "");
    (void)probe_refused(&probe, CODE_R031, 10, "2025-01-01..2026-12-31");
}
END_TEST

START_TEST(the_days_between_two_lives_need_no_value)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = probe_edit(
        &keep, probe_rules,
        "life = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );",
        "life = ( { from = \"2025-01-01\"; to = \"2025-06-30\"; source = \"D1\"; },"
        " { from = \"2026-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );");
    text = probe_edit(&keep, text, FIRST, AMOUNT("2025-01-01", "2025-06-30"));
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    probe_loaded(&probe);
    ck_assert(rules_alive(probe.rules, day("2025-06-30")));
    ck_assert(!rules_alive(probe.rules, day("2025-07-01")));
    ck_assert(rules_alive(probe.rules, day("2026-01-01")));
    ck_assert(!rules_alive(probe.rules, day("2027-01-01")));
    text = probe_edit(&keep, text, "2025-06-30\"; amount", "2025-06-29\"; amount");
    probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    (void)probe_refused(&probe, CODE_R031, 0, "2025-06-30");
}
END_TEST

START_TEST(entries_may_stand_in_any_order)
{
    struct probe probe = probe_edited(FIRST ",\n      " SECOND, SECOND ", " FIRST);
    probe_loaded(&probe);
    ck_assert_str_eq(
        amount_on(&probe.rules->stipend.tariffs[0].price.rates, "2025-03-01"), "40.00");
}
END_TEST

START_TEST(an_open_end_says_when_it_was_checked)
{
    struct probe probe = probe_edited(
        SECOND, "{ from = \"2026-01-01\"; amount = \"42.00\"; source = \"D1\"; }");
    (void)probe_refused(&probe, CODE_R029, 12, "does not say when it was last checked");
    probe = probe_edited(SECOND, "{ from = \"2026-01-01\"; checked_on = \"2026-02-20\";"
                                 " amount = \"42.00\"; source = \"D1\"; }");
    probe_loaded(&probe);
    const struct value *value =
        timeline_at(&probe.rules->stipend.tariffs[0].price.rates, day("2026-12-31"));
    ck_assert_int_eq(date_compare(value->checked_on, day("2026-02-20")), 0);
    ck_assert(date_is_none(value->adopted));
}
END_TEST

START_TEST(ends_before_it_begins)
{
    struct probe probe = with_first(AMOUNT("2025-12-31", "2025-01-01"));
    (void)probe_refused(&probe, CODE_R030, 11,
                        "'from' (2025-12-31) is after 'to' (2025-01-01)");
}
END_TEST

START_TEST(dates_that_are_none)
{
    static const char *const wrong[] = {
        "2025-02-29", "2025-2-3", "01/02/2025",  "",
        "2025-13-01", "25-01-01", "2025-01-01 ", "1899-12-31"};
    struct arena keep = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        const char *entry = arena_printf(&keep,
                                         "{ from = \"%s\"; to = \"2025-12-31\";"
                                         " amount = \"40.00\"; source = \"D1\"; }",
                                         wrong[i]);
        struct probe probe = with_first(entry);
        (void)probe_refused(&probe, CODE_R021, 11, "is not a da");
    }
    struct probe probe = with_first(
        "{ from = 20250101; to = \"2025-12-31\"; amount = \"40.00\"; source = \"D1\"; }");
    (void)probe_refused(&probe, CODE_R019, 11, "write \"2026-03-07\"");
}
END_TEST

START_TEST(status_covers_the_life)
{
    struct probe probe =
        probe_edited("to = \"2026-12-31\"; state", "to = \"2026-12-30\"; state");
    (void)probe_refused(&probe, CODE_R031, 6, "no value on 2026-12-31 in 'status'");
    probe = probe_edited("\"in_force\"", "\"inforce\"");
    const struct diagnostic *found = probe_refused(&probe, CODE_R022, 6, "is none of");
    ck_assert(text_equals(found->meant, STR("in_force")));
    probe = probe_edited("id = \"probe\"", "id = \"probe\"");
    probe_loaded(&probe);
    ck_assert_int_eq(rules_status(probe.rules, day("2025-05-05"))->state,
                     SCHEME_IN_FORCE);
    ck_assert_ptr_null(rules_status(probe.rules, day("2027-01-01")));
}
END_TEST

/* The tariff with one indexed entry over the life. */
static struct probe
indexed(const char *rest)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *entry = arena_printf(
        &keep, "{ from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\";\n %s }",
        rest);
    return probe_edited(FIRST ",\n      " SECOND, entry);
}

START_TEST(index_of_january_first_over_years)
{
    struct arena keep = arena_reserve((size_t)256 << 20);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    static const struct text folder[] = {
        {"rules", 5}
    };
    struct rules *rules = rules_load(&keep, STR("cese-convention"), folder, 1, diag);
    ck_assert_ptr_nonnull(rules);
    const struct timeline *rates = &rules->stipend.tariffs[0].price.rates;
    ck_assert_str_eq(amount_on(rates, "2019-10-04"), "86.24");
    ck_assert_str_eq(amount_on(rates, "2022-12-31"),
                     "90.56"); /* not the rise of August */
    ck_assert_str_eq(amount_on(rates, "2023-01-01"), "96.16");
    ck_assert_str_eq(amount_on(rates, "2023-12-31"), "96.16"); /* not the rise of May */
    ck_assert_str_eq(amount_on(rates, "2024-12-31"),
                     "99.20"); /* not the rise of November */
    ck_assert_str_eq(amount_on(rates, "2025-06-30"), "101.04");
    ck_assert_str_eq(amount_on(rates, "2026-12-31"), "102.16"); /* not the rise of June */
    const struct value *value = timeline_at(rates, day("2023-06-30"));
    ck_assert_msg(
        text_equals(value->derivation, STR("6.00 + 8 x 11.27 (smic, 2023-01-01)")),
        "%.*s", TEXT_ARG(value->derivation));
    ck_assert_str_eq(amount_on(&rules->proportionality, "2025-06-30"), "101.04");
    ck_assert(!rules_alive(rules, day("2027-01-01")));
}
END_TEST

START_TEST(index_of_january_first_or_of_the_day)
{
    struct probe probe = indexed(
        "index = { base = \"6.00\"; factor = \"8\"; series = \"smic\"; taken = \"on_the_day\"; };");
    probe_loaded(&probe);
    const struct timeline *rates = &probe.rules->stipend.tariffs[0].price.rates;
    ck_assert_str_eq(amount_on(rates, "2025-01-01"), "101.04");
    ck_assert_str_eq(amount_on(rates, "2026-01-01"), "102.16");
    ck_assert_str_eq(amount_on(rates, "2026-05-31"), "102.16");
    ck_assert_str_eq(amount_on(rates, "2026-06-01"), "104.48"); /* 6 + 8 x 12.31 */
    probe =
        indexed("index = { base = \"6.00\"; factor = \"8\"; series = \"smic\"; taken = "
                "\"january_first\"; };");
    probe_loaded(&probe);
    rates = &probe.rules->stipend.tariffs[0].price.rates;
    ck_assert_str_eq(amount_on(rates, "2026-06-01"), "102.16");
    probe =
        indexed("index = { base = \"6.00\"; factor = \"8\"; series = \"smic\"; taken = "
                "\"frozen\"; on = \"2023-01-01\"; };");
    probe_loaded(&probe);
    rates = &probe.rules->stipend.tariffs[0].price.rates;
    ck_assert_str_eq(amount_on(rates, "2026-06-01"), "96.16");
}
END_TEST

#define FROZEN                                                                           \
    "index = { base = \"6.00\"; factor = \"8\"; series = \"smic\"; taken = \"frozen\"; " \
    "on = \"2023-01-01\"; };"

START_TEST(a_stated_figure_agrees_with_its_formula)
{
    struct probe probe = indexed("amount = \"96.16\"; " FROZEN);
    probe_loaded(&probe);
    probe = indexed("amount = \"96.17\"; " FROZEN);
    (void)probe_refused(
        &probe, CODE_R033, 11,
        "amount 96.17 is stated, but the index gives 96.16 = 6.00 + 8 x 11.27 "
        "(smic, 2023-01-01)");
    probe =
        indexed(FROZEN " stated = ( { on = \"2025-05-05\"; amount = \"96.16\"; source = "
                       "\"D1\"; } );");
    probe_loaded(&probe);
    probe =
        indexed(FROZEN " stated = ( { on = \"2025-05-05\"; amount = \"96.18\"; source = "
                       "\"D1\"; } );");
    (void)probe_refused(&probe, CODE_R033, 12, "96.18 is stated for 2025-05-05");
    probe =
        indexed(FROZEN " stated = ( { on = \"2024-05-05\"; amount = \"96.16\"; source = "
                       "\"D1\"; } );");
    (void)probe_refused(&probe, CODE_R053, 12, "2024-05-05");
    probe = indexed(FROZEN " stated = ( { on = \"2025-05-05\"; amount = \"96.16\"; } );");
    (void)probe_refused(&probe, CODE_R025, 12, "stated[0]");
}
END_TEST

START_TEST(a_figure_must_agree_on_every_day)
{
    struct probe probe =
        indexed("amount = \"101.04\"; index = { base = \"6.00\"; factor = \"8\"; "
                "series = \"smic\"; taken = \"january_first\"; };");
    (void)probe_refused(&probe, CODE_R033, 11, "gives 102.16");
}
END_TEST

START_TEST(an_index_off_the_cent_names_its_rounding)
{
    struct probe probe =
        indexed("index = { base = \"0.00\"; factor = \"0.5\"; series = \"smic\"; "
                "taken = \"frozen\"; on = \"2023-01-01\"; };");
    (void)probe_refused(&probe, CODE_R034, 12, "5.635 = 0.00 + 0.5 x 11.27");
    probe =
        indexed("index = { base = \"0.00\"; factor = \"0.5\"; series = \"smic\"; taken = "
                "\"frozen\"; on = \"2023-01-01\"; rounding = \"half_up\"; };");
    probe_loaded(&probe);
    ck_assert_str_eq(
        amount_on(&probe.rules->stipend.tariffs[0].price.rates, "2025-01-01"), "5.64");
    probe =
        indexed("index = { base = \"0.00\"; factor = \"0.5\"; series = \"smic\"; taken = "
                "\"frozen\"; on = \"2023-01-01\"; rounding = \"down\"; };");
    probe_loaded(&probe);
    ck_assert_str_eq(
        amount_on(&probe.rules->stipend.tariffs[0].price.rates, "2025-01-01"), "5.63");
}
END_TEST

START_TEST(an_index_that_is_not_whole)
{
    struct probe probe =
        indexed("index = { base = \"0.00\"; factor = \"1\"; series = \"smic\"; "
                "taken = \"on_the_day\"; on = \"2023-01-01\"; };");
    (void)probe_refused(&probe, CODE_R034, 12, "frozen");
    probe =
        indexed("index = { base = \"0.00\"; factor = \"1\"; series = \"smic\"; taken = "
                "\"frozen\"; };");
    (void)probe_refused(&probe, CODE_R018, 12, "'on' is missing");
    probe =
        indexed("index = { base = \"0.00\"; factor = \"1\"; series = \"smci\"; taken = "
                "\"on_the_day\"; };");
    const struct diagnostic *found =
        probe_refused(&probe, CODE_R035, 12, "'smci' is not named");
    ck_assert(text_equals(found->meant, STR("smic")));
    probe =
        indexed("index = { base = \"0.00\"; factor = \"1\"; series = \"smic\"; taken = "
                "\"frozen\"; on = \"2016-12-31\"; };");
    (void)probe_refused(&probe, CODE_R037, 12, "no value on 2016-12-31");
    probe = indexed(
        "index = { base = \"0.00\"; factor = \"99999\"; series = \"smic\"; taken = "
        "\"on_the_day\"; };");
    (void)probe_refused(&probe, CODE_R034, 12, "proportion");
}
END_TEST

START_TEST(an_open_life_ends_with_its_index)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = probe_edit(
        &keep, probe_rules, "to = \"2026-12-31\"; source = \"D1\"; } );\nstatus",
        "checked_on = \"2026-02-20\"; source = \"D1\"; } );\nstatus");
    text = probe_edit(&keep, text, "to = \"2026-12-31\"; state",
                      "checked_on = \"2026-02-20\"; state");
    const char *open = probe_edit(
        &keep, text, FIRST ",\n      " SECOND,
        "{ from = \"2025-01-01\"; checked_on = \"2026-02-20\"; source = \"D1\"; index = { base = "
        "\"0.00\"; factor = \"1\"; series = \"smic\"; taken = \"on_the_day\"; }; }");
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(open));
    probe_loaded(&probe);
    ck_assert(rules_alive(probe.rules, day("2026-12-31")));
    ck_assert(!rules_alive(probe.rules, day("2027-01-01")));
    /* With an end of its own beyond that of the series, the entry is wrong. */
    const char *past = probe_edit(
        &keep, text, FIRST ",\n      " SECOND,
        "{ from = \"2025-01-01\"; to = \"2027-12-31\"; source = \"D1\"; index = { base = "
        "\"0.00\"; factor = \"1\"; series = \"smic\"; taken = \"on_the_day\"; }; }");
    probe = probe_load(STR("memory/probe.cfg"), text_of(past));
    (void)probe_refused(&probe, CODE_R037, 11, "not known after 2026-12-31");
}
END_TEST

Suite *test_timeline_suite(void);

Suite *
test_timeline_suite(void)
{
    Suite *suite = suite_create("timeline");
    TCase *cases = tcase_create("timeline");
    tcase_add_test(cases, a_change_of_rate_holds_from_its_day);
    tcase_add_test(cases, a_scale_holds_on_its_days);
    tcase_add_test(cases, gap_of_one_day);
    tcase_add_test(cases, overlap_of_one_day);
    tcase_add_test(cases, gap_at_either_end_of_the_life);
    tcase_add_test(cases, the_days_between_two_lives_need_no_value);
    tcase_add_test(cases, entries_may_stand_in_any_order);
    tcase_add_test(cases, an_open_end_says_when_it_was_checked);
    tcase_add_test(cases, ends_before_it_begins);
    tcase_add_test(cases, dates_that_are_none);
    tcase_add_test(cases, status_covers_the_life);
    tcase_add_test(cases, index_of_january_first_over_years);
    tcase_add_test(cases, index_of_january_first_or_of_the_day);
    tcase_add_test(cases, a_stated_figure_agrees_with_its_formula);
    tcase_add_test(cases, a_figure_must_agree_on_every_day);
    tcase_add_test(cases, an_index_off_the_cent_names_its_rounding);
    tcase_add_test(cases, an_index_that_is_not_whole);
    tcase_add_test(cases, an_open_life_ends_with_its_index);
    suite_add_tcase(suite, cases);
    return suite;
}
