/* SPDX-License-Identifier: Apache-2.0 */
/* Goals against trying every value there is, and what variants do to people against sums made by
 * hand. */
#include "defray/goal_seek.h"

#include <check.h>
#include <stdio.h>

Suite *test_goals_suite(void);

static const struct text folder = {"rules", 5};

#define HEAD                                                                              \
    "format = \"defray.scenario/1\"; id = \"small\"; language = \"en\"; sources = ( );\n" \
    "title = { fr = \"petit\"; en = \"small\"; };\n"
#define GROUP \
    "label = { fr = \"g\"; en = \"g\"; }; status = \"drawn\"; assumption = \"a\";\n"

static struct scenarios *
read_text(struct arena *keep, const char *text)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct input *input = input_of(keep, STR("small.cfg"), text_of(text));
    struct scenarios *scenarios = scenarios_read(keep, input, &folder, 1, diag);
    if (scenarios == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_ptr_nonnull(scenarios);
    return scenarios;
}

static struct forecast *
forecast_of(struct arena *keep, const struct scenario *scenario)
{
    struct forecast *forecast =
        forecast_make(keep, scenario, diag_new(keep, LANGUAGE_EN));
    ck_assert_ptr_nonnull(forecast);
    return forecast;
}

/* What a value costs: -1 if it cannot be laid out or priced. */
static int64_t
cost_of(struct arena scratch, const struct sought *sought, int64_t value)
{
    struct money cost = {0};
    struct scenario *scenario =
        goal_apply(&scratch, sought->scenario, sought->goal, value);
    if (sought->goal->kind == GOAL_SESSIONS) {
        if (!scenario_lay_out(&scratch, scenario)) {
            return -1;
        }
        for (size_t i = 0; i < scenario->session_count; i++) {
            if (date_compare(scenario->sessions[i].date, scenario->lasts.to) > 0) {
                return -1;
            }
        }
    }
    bool priced = forecast_total(scratch, scenario, sought->goal->fixed_counts, &cost);
    return priced ? cost.cents : -1;
}

static const char poitiers[] = HEAD
    "rules = \"poitiers\";\n"
    "mandate = { from = \"2026-01-01\"; to = \"2026-12-31\"; assumption = \"a\"; };\n"
    "sessions = ( { name = \"p\"; kind = \"proposal_group\"; dates = [ \"2026-01-13\", "
    "\"2026-02-10\" ];\n"
    "  start = \"18:00\"; end = \"21:00\"; assumption = \"a\"; } );\n"
    "groups = ( { name = \"g\"; members = 30; " GROUP
    "  presence = { value = \"0.7\"; assumption = \"a\"; };\n"
    "  takes_up = { value = \"0.65\"; assumption = \"a\"; };\n"
    "  quotients = { assumption = \"a\"; brackets = (\n"
    "    { up_to = \"4.00\"; share = \"0.2\"; }, { up_to = \"7.31\"; share = \"0.3\"; },\n"
    "    { up_to = \"10.00\"; share = \"0.15\"; }, { up_to = \"13.02\"; share = \"0.1\"; } "
    "); }; } );\n"
    "goals = ( { find = \"threshold\"; budget = \"1000.00\"; assumption = \"a\"; } );\n";

/* The threshold, to the cent: from 0 to 20.00, each of two thousand. */
START_TEST(a_threshold_is_the_last_that_fits)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = read_text(&keep, poitiers);
    /* 30 x 0.7 x 0.65 x 41.22 x 2 = 1125.306 if everybody passes: half is 562.65 */
    static const int64_t budgets[] = {22505, 22506, 22507, 50000, 56264,
                                      56265, 56266, 73144, 73145};
    for (size_t b = 0; b < ARRAY_COUNT(budgets); b++) {
        scenarios->goals[0].budget.cents = budgets[b];
        struct sought sought = goal_seek(keep, scenarios, &scenarios->goals[0]);
        int64_t last = -1;
        for (int64_t value = 0; value <= 2000; value++) {
            int64_t cost = cost_of(keep, &sought, value);
            ck_assert_int_ge(cost, 0);
            last = cost <= budgets[b] ? value : last;
            if (sought.answer == ANSWER_FOUND && value == sought.value) {
                ck_assert_int_eq(sought.cost.cents, cost);
            }
            if (sought.answer == ANSWER_FOUND && value == sought.next) {
                ck_assert_int_eq(sought.next_cost.cents, cost);
                ck_assert_int_gt(cost, budgets[b]);
            }
        }
        ck_assert_int_eq(sought.answer, last == 2000 ? ANSWER_ALWAYS : ANSWER_FOUND);
        ck_assert(last == 2000 || sought.value == last);
    }
    scenarios->goals[0].budget.cents =
        22505; /* a cent less than the poorest fifth costs */
    struct sought sought = goal_seek(keep, scenarios, &scenarios->goals[0]);
    ck_assert_int_eq(sought.value, 399);
    ck_assert_int_eq(sought.next_cost.cents, 22506);
    arena_release(keep);
}
END_TEST

/* A rate to the cent, every one from 0 to 150.00, in each of the ways that rules can cap. */
START_TEST(a_rate_is_the_last_that_fits)
{
    static const char text[] = HEAD
        "rules = \"haute-garonne\";\n"
        "mandate = { from = \"2026-01-01\"; to = \"2026-12-31\"; assumption = \"a\"; };\n"
        "sessions = ( { name = \"p\"; kind = \"plenary\"; dates = [ \"2026-01-17\", "
        "\"2026-02-14\" ]; assumption = \"a\"; } );\n"
        "groups = ( { name = \"g\"; members = 13; " GROUP
        "  presence = { value = \"0.77\"; assumption = \"a\"; };\n"
        "  drop_out = { value = \"0.031\"; assumption = \"a\"; }; } );\n"
        "goals = ( { find = \"rate\"; caps_follow = true; budget = \"1999.99\"; assumption = "
        "\"a\"; },\n"
        "  { find = \"rate\"; budget = \"1000.00\"; assumption = \"a\"; },\n"
        "  { find = \"rate\"; budget = \"5000.00\"; assumption = \"a\"; } );\n";
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = read_text(&keep, text);
    struct sought sought = goal_seek(keep, scenarios, &scenarios->goals[_i]);
    int64_t last = -1;
    for (int64_t value = 0; value <= 15000; value++) {
        last = cost_of(keep, &sought, value) <= sought.goal->budget.cents ? value : last;
    }
    if (_i < 2) {
        ck_assert_int_eq(sought.answer, ANSWER_FOUND);
        ck_assert_int_eq(sought.value, last);
        ck_assert_int_eq(sought.cost.cents, cost_of(keep, &sought, last));
        ck_assert_int_eq(sought.next_cost.cents, cost_of(keep, &sought, last + 1));
    } else { /* the cap of a day, 90.00, holds whatever the rate */
        ck_assert_int_eq(sought.answer, ANSWER_ALWAYS);
        ck_assert_int_eq(last, 15000);
    }
    arena_release(keep);
}
END_TEST

/* Unpaid meetings make members leave before the paid ones: more of them cost less. */
START_TEST(sessions_are_sought_where_more_may_cost_less)
{
    static const char text[] = HEAD
        "rules = \"haute-garonne\";\n"
        "mandate = { from = \"2026-01-01\"; to = \"2026-12-31\"; assumption = \"a\"; };\n"
        "sessions = ( { name = \"v\"; kind = \"video\"; first = \"2026-01-07\"; every_days = 14;"
        " count = 2; assumption = \"a\"; },\n"
        "  { name = \"p\"; kind = \"plenary\"; dates = [ \"2026-06-20\", \"2026-11-21\" ]; "
        "assumption = \"a\"; } );\n"
        "groups = ( { name = \"g\"; members = 100; " GROUP
        "  presence = { value = \"1\"; assumption = \"a\"; };\n"
        "  drop_out = { value = \"0.05\"; assumption = \"a\"; }; } );\n"
        "fixed = ( { name = \"f\"; label = { fr = \"f\"; en = \"f\"; }; amount = \"200.00\"; "
        "per = \"session\"; assumption = \"a\"; } );\n"
        "goals = ( { find = \"sessions\"; series = \"v\"; budget = \"%s\"; assumption = \"a\"; } "
        ");\n";
    static const char *const budgets[] = {"17000.00", "12000.00", "13000.00", "9000.00"};
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    char *filled = NEW_ARRAY(&keep, char, sizeof text + 20);
    snprintf(filled, sizeof text + 20, text, budgets[_i]);
    struct scenarios *scenarios = read_text(&keep, filled);
    struct sought sought = goal_seek(keep, scenarios, &scenarios->goals[0]);
    int64_t last = -1;
    int64_t most = 0;
    for (int64_t value = 1; value <= 60; value++) {
        int64_t cost = cost_of(keep, &sought, value);
        most = cost >= 0 ? value : most;
        last = cost >= 0 && cost <= sought.goal->budget.cents ? value : last;
    }
    ck_assert_int_eq(most, 26); /* every other Wednesday of 2026 */
    bool falls = cost_of(keep, &sought, 12) < cost_of(keep, &sought, 2);
    ck_assert(falls);
    ck_assert_int_eq(sought.answer, last == most ? ANSWER_ALWAYS
                                    : last < 0   ? ANSWER_NONE
                                                 : ANSWER_FOUND);
    ck_assert(last < 0 || sought.value == last);
    arena_release(keep);
}
END_TEST

/* --- who gains and who loses --- */

static int64_t
share_of(const struct effects *effects, const struct forecast *base,
         const struct forecast *variant, int order)
{
    int64_t sum = 0;
    for (size_t i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        int64_t after = variant->profiles[effect->after].due.cents;
        int64_t before = effect->before == EFFECT_NOTHING
                             ? after
                             : base->profiles[effect->before].due.cents;
        int found = (after > before) - (after < before);
        sum += found == order ? effect->share : 0;
    }
    return sum;
}

static const char turned[] = HEAD
    "rules = \"poitiers\";\n"
    "mandate = { from = \"2026-01-01\"; to = \"2026-12-31\"; assumption = \"a\"; };\n"
    "sessions = ( { name = \"p\"; kind = \"proposal_group\"; dates = [ \"2026-01-13\" ];\n"
    "  start = \"18:00\"; end = \"21:00\"; assumption = \"a\"; } );\n"
    "groups = ( { name = \"g\"; members = 10; " GROUP
    "  presence = { value = \"0.7\"; assumption = \"a\"; };\n"
    "  takes_up = { value = \"0.65\"; assumption = \"a\"; };\n"
    "  quotients = { assumption = \"a\"; brackets = (\n"
    "    { up_to = \"800.00\"; share = \"0.4\"; }, { up_to = \"1000.00\"; share = \"0.2\"; },\n"
    "    { up_to = \"1200.00\"; share = \"0.1\"; } ); };\n"
    "  claims = ( { category = \"parking\"; share = \"0.5\"; amount = \"4.00\"; assumption = "
    "\"a\"; } ); } );\n"
    "variants = (\n"
    "  { name = \"higher\"; title = { fr = \"a\"; en = \"a\"; }; change_rules = (\n"
    "    { at = \"stipend.conditions.means_test\"; set = { thresholds = (\n"
    "      { from = \"2023-06-26\"; checked_on = \"2026-02-20\"; at_most = \"1200.00\"; "
    "assumption = \"a\"; } ); }; } ); },\n"
    "  { name = \"lower\"; title = { fr = \"b\"; en = \"b\"; }; change_rules = (\n"
    "    { at = \"stipend.conditions.means_test\"; set = { thresholds = (\n"
    "      { from = \"2023-06-26\"; checked_on = \"2026-02-20\"; at_most = \"800.00\"; "
    "assumption = \"a\"; } ); }; } ); },\n"
    "  { name = \"everybody\"; title = { fr = \"c\"; en = \"c\"; }; change_rules = (\n"
    "    { at = \"stipend.conditions\"; drop = [ \"means_test\", \"on_request\" ]; } ); },\n"
    "  { name = \"childcare\"; title = { fr = \"d\"; en = \"d\"; }; change = (\n"
    "    { at = \"groups[0]\"; add = { claims = ( { category = \"childcare\"; share = \"0.1\";\n"
    "      quantity = \"4\"; amount = \"56.00\"; assumption = \"a\"; } ); }; } ); },\n"
    "  { name = \"no-parking\"; title = { fr = \"e\"; en = \"e\"; }; change = (\n"
    "    { at = \"groups[0]\"; drop = [ \"claims\" ]; } ); } );\n";

START_TEST(who_gains_is_who_was_left_out)
{
    /* in thousandths of the group: gain, lose */
    static const int64_t expected[][2] = {
        {0,   0  }, /* the base */
        {65,  0  }, /* 0.1 of the quotients, of whom 0.65 ask */
        {0,   130}, /* 0.2 x 0.65 */
        {610, 0  }, /* 1 - 0.6 x 0.65 */
        {100, 0  },
        {0,   500},
    };
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = read_text(&keep, turned);
    ck_assert_uint_eq(scenarios->count, ARRAY_COUNT(expected));
    struct forecast *base = forecast_of(&keep, scenarios->items[0]);
    for (size_t v = 0; v < scenarios->count; v++) {
        struct forecast *variant = forecast_of(&keep, scenarios->items[v]);
        struct effects effects = forecast_effects(&keep, base, variant);
        int64_t gain = share_of(&effects, base, variant, 1);
        int64_t lose = share_of(&effects, base, variant, -1);
        int64_t same = share_of(&effects, base, variant, 0);
        ck_assert_int_eq(gain, expected[v][0] * (EFFECT_WHOLE / 1000));
        ck_assert_int_eq(lose, expected[v][1] * (EFFECT_WHOLE / 1000));
        ck_assert_int_eq(gain + lose + same, EFFECT_WHOLE);
    }
    arena_release(keep);
}
END_TEST

/* --- months --- */

START_TEST(a_mandate_is_charged_its_own_months)
{
    static const struct {
        const char *from, *to;
        int slips, months, calendar;
    } rows[] = {
        {"2026-01-01", "2026-12-31", 0, 12, 12},
        {"2025-11-15", "2026-11-14", 0, 12, 13},
        {"2025-11-15", "2026-11-15", 0, 13, 13}, /* a month begun */
        {"2025-11-15", "2026-08-14", 3, 12, 13},
        {"2025-11-30", "2026-02-27", 0, 3,  4 },
        {"2026-03-07", "2026-03-07", 0, 1,  1 },
    };
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct scenarios *scenarios = read_text(
            &keep,
            arena_printf(
                &keep,
                HEAD
                "rules = \"haute-garonne\";\n"
                "mandate = { from = \"%s\"; to = \"%s\"; assumption = \"a\"; };\n"
                "slips = { months = %d; assumption = \"a\"; };\n"
                "sessions = ( { name = \"p\"; kind = \"plenary\"; dates = [ \"%s\" ]; "
                "assumption = \"a\"; } );\n"
                "groups = ( { name = \"g\"; members = 1; " GROUP
                "  presence = { value = \"1\"; assumption = \"a\"; }; } );\n"
                "fixed = ( { name = \"f\"; label = { fr = \"f\"; en = \"f\"; }; amount = "
                "\"60000.00\"; per = \"year\"; assumption = \"a\"; } );\n",
                rows[i].from, rows[i].to, rows[i].slips, rows[i].from));
        struct forecast *forecast = forecast_of(&keep, scenarios->items[0]);
        ck_assert_int_eq(forecast->fixed.cents, rows[i].months * INT64_C(500000));
        ck_assert_int_eq((int64_t)forecast->month_count, rows[i].calendar);
        int64_t sum = 0;
        for (size_t m = 0; m < forecast->month_count; m++) {
            int64_t cents = forecast->months[m].fixed.cents;
            bool begins = (int)m < rows[i].months;
            ck_assert_int_eq(cents, begins ? 500000 : 0);
            sum += cents;
        }
        ck_assert_int_eq(sum, forecast->fixed.cents);
        int64_t mean = (forecast->total.cents + rows[i].months / 2) / rows[i].months;
        ck_assert_int_eq(forecast->per_month.cents, mean);
    }
    arena_release(keep);
}
END_TEST

Suite *
test_goals_suite(void)
{
    Suite *suite = suite_create("goals");
    TCase *tcase = tcase_create("goals");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, a_threshold_is_the_last_that_fits);
    tcase_add_loop_test(tcase, a_rate_is_the_last_that_fits, 0, 3);
    tcase_add_loop_test(tcase, sessions_are_sought_where_more_may_cost_less, 0, 4);
    tcase_add_test(tcase, who_gains_is_who_was_left_out);
    tcase_add_test(tcase, a_mandate_is_charged_its_own_months);
    suite_add_tcase(suite, tcase);
    return suite;
}
