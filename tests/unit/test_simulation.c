/* SPDX-License-Identifier: Apache-2.0 */
/* What a simulation says against what a payment pays, against every history tried one by one, and
 * against itself with other threads. */
#include "defray/goal_seek.h"
#include "defray/population.h"
#include "defray/random.h"
#include "defray/summary.h"

#include <check.h>
#include <stdio.h>

#define RUNS_PAID 5

static const struct text folder = {"rules", 5};

static const char *const shipped[] = {
    "fixtures/marseille/scenario-2027.cfg",
    "fixtures/poitiers/scenario-2026.cfg",
    "fixtures/haute-garonne/scenario-2026.cfg",
    "fixtures/haute-garonne/scenario-premier-mandat.cfg",
    "fixtures/lanester/scenario-40-euros.cfg",
    "fixtures/cese-convention/scenario-neuf-week-ends.cfg",
};

static struct scenarios *
read_input(struct arena *keep, struct input *input)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct scenarios *scenarios =
        input == NULL ? NULL : scenarios_read(keep, input, &folder, 1, diag);
    if (scenarios == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_ptr_nonnull(scenarios);
    return scenarios;
}

static struct scenarios *
load(struct arena *keep, const char *path)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    return read_input(keep, input_read(keep, text_of(path), 1 << 20, false, diag));
}

static struct forecast *
forecast_of(struct arena *keep, const struct scenario *scenario)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct forecast *forecast = forecast_make(keep, scenario, diag);
    if (forecast == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_ptr_nonnull(forecast);
    return forecast;
}

static struct money
paid_for(struct arena *keep, const struct population *population)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct summary *summary = batch_summarise(keep, &population->batch, diag, NULL);
    ck_assert(summary->holds);
    ck_assert_uint_eq(summary->states[LINE_UNDETERMINED], 0);
    return summary->due;
}

/* Every run drawn is what paying its log comes to, in every variant of every scenario shipped. */
START_TEST(a_run_is_what_its_log_pays)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = load(&keep, shipped[_i]);
    for (size_t v = 0; v < scenarios->count; v++) {
        struct arena scratch = keep;
        struct forecast *forecast = forecast_of(&scratch, scenarios->items[v]);
        for (uint32_t run = 0; run < RUNS_PAID; run++) {
            const struct population *population =
                population_draw(&scratch, forecast, scenarios->seed, run);
            ck_assert_int_eq(paid_for(&scratch, population).cents,
                             population->drawn.cents);
        }
    }
    arena_release(keep);
}
END_TEST

/* Everyone comes, asks, passes, and claims the first of what they may: nothing is left to chance. */
static void
make_certain(struct scenario *scenario)
{
    static struct bracket all = {
        {100},
        { 1,  1}
    };
    for (size_t g = 0; g < scenario->group_count; g++) {
        struct group *group = &scenario->groups[g];
        group->presence.value = ratio_of(1, 1);
        group->by_session_count = 0;
        group->drop_out.value = ratio_of(0, 1);
        group->takes_up.value = ratio_of(1, 1);
        group->passes.value = ratio_of(1, 1);
        group->brackets = group->bracket_count > 0 ? &all : NULL;
        group->bracket_count = group->bracket_count > 0 ? 1 : 0;
        for (size_t h = 0; h < group->habit_count; h++) {
            bool first = true;
            for (size_t i = 0; i < h; i++) {
                first = first &&
                        (group->habits[h].among.size == 0 ||
                         !text_equals(group->habits[h].among, group->habits[i].among));
            }
            group->habits[h].share = ratio_of(first ? 1 : 0, 1);
        }
    }
}

START_TEST(with_nothing_random_it_equals_the_payment)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = load(&keep, shipped[_i]);
    for (size_t v = 0; v < scenarios->count; v++) {
        struct arena scratch = keep;
        make_certain(scenarios->items[v]);
        struct forecast *forecast = forecast_of(&scratch, scenarios->items[v]);
        forecast_draw(&scratch, forecast, 20, scenarios->seed, 2);
        const struct population *population =
            population_draw(&scratch, forecast, scenarios->seed, 0);
        struct money due = paid_for(&scratch, population);
        struct money people = money_add(forecast->stipends, forecast->expenses);
        ck_assert_int_eq(people.cents, due.cents);
        ck_assert_int_eq(forecast->spread.low.cents, forecast->total.cents);
        ck_assert_int_eq(forecast->spread.high.cents, forecast->total.cents);
        ck_assert_int_eq(forecast->total.cents, people.cents + forecast->fixed.cents);
    }
    arena_release(keep);
}
END_TEST

START_TEST(threads_change_no_cent)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = load(&keep, shipped[_i]);
    struct forecast *one = forecast_of(&keep, scenarios->items[0]);
    struct forecast *many = forecast_of(&keep, scenarios->items[0]);
    forecast_draw(&keep, one, 501, 7, 1);
    for (int threads = 2; threads <= 7; threads += 5) {
        forecast_draw(&keep, many, 501, 7, threads);
        ck_assert_mem_eq(&one->spread, &many->spread, sizeof one->spread);
        for (size_t i = 0; i < one->month_count; i++) {
            ck_assert_mem_eq(&one->months[i].cumulated_spread,
                             &many->months[i].cumulated_spread,
                             sizeof one->months[i].cumulated_spread);
        }
    }
    arena_release(keep);
}
END_TEST

/* Items, months, years and groups are the same cents added up in other orders. */
START_TEST(everything_adds_up)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = load(&keep, shipped[_i]);
    for (size_t v = 0; v < scenarios->count; v++) {
        struct forecast *forecast = forecast_of(&keep, scenarios->items[v]);
        int64_t items = 0;
        int64_t months = 0;
        int64_t years = 0;
        int64_t days = 0;
        for (size_t i = 0; i < forecast->item_count; i++) {
            items += forecast->items[i].shown.cents;
        }
        for (size_t i = 0; i < forecast->month_count; i++) {
            months += forecast->months[i].total.cents;
        }
        for (size_t i = 0; i < forecast->year_count; i++) {
            years += forecast->years[i].total.cents;
        }
        for (size_t i = 0; i < forecast->day_count; i++) {
            days += forecast->days[i].cost.cents;
        }
        ck_assert_int_eq(items + forecast->fixed.cents, forecast->total.cents);
        ck_assert_int_eq(days, items);
        ck_assert_int_eq(months, forecast->total.cents);
        ck_assert_int_eq(years, forecast->total.cents);
        for (size_t e = 0; e < forecast->scenario->rules->category_count + 1; e++) {
            struct decimal sum = {0};
            int64_t shown = 0;
            for (size_t i = 0; i < forecast->item_count; i++) {
                if (forecast->items[i].entitlement == e) {
                    sum = decimal_add(&keep, sum, forecast->items[i].exact);
                    shown += forecast->items[i].shown.cents;
                }
            }
            ck_assert_int_eq(decimal_compare(sum, forecast->exact[e]), 0);
            ck_assert_int_eq(shown, decimal_round(sum));
        }
    }
    arena_release(keep);
}
END_TEST

/* --- a scenario small enough to be tried out one history at a time --- */

static const char small[] =
    "format = \"defray.scenario/1\"; id = \"small\"; language = \"en\";\n"
    "title = { fr = \"petit\"; en = \"small\"; }; rules = \"haute-garonne\"; sources = ( );\n"
    "mandate = { from = \"2025-11-01\"; to = \"2026-12-31\"; assumption = \"a\"; };\n"
    "sessions = ( { name = \"p\"; kind = \"plenary\"; first = \"2025-12-06\"; every_months = 1;\n"
    "  count = 5; assumption = \"a\"; }, { name = \"h\"; kind = \"half_day\";\n"
    "  dates = [ \"2026-01-03\" ]; assumption = \"a\"; } );\n"
    "groups = ( { name = \"g\"; label = { fr = \"g\"; en = \"g\"; }; status = \"drawn\";\n"
    "  members = 7; assumption = \"a\"; presence = { value = \"0.7\"; assumption = \"a\"; };\n"
    "  drop_out = { value = \"0.13\"; assumption = \"a\"; };\n"
    "  claims = ( { category = \"mileage\"; share = \"1\"; quantity = \"700\"; horsepower = 6;\n"
    "    assumption = \"a\"; } ); } );\n"
    "goals = ( { find = \"rate\"; caps_follow = true; budget = \"7300.00\"; assumption = \"a\"; },\n"
    "  { find = \"members\"; group = \"g\"; budget = \"20000.00\"; assumption = \"a\"; },\n"
    "  { find = \"sessions\"; series = \"p\"; budget = \"9000.00\"; assumption = \"a\"; } );\n";

#define LIMITS(amount)                                                                \
    "limits = ( { from = \"2022-10-01\"; to = \"2025-01-31\"; amount = \"" amount     \
    "\"; assumption = \"a\"; }, { from = \"2025-11-01\"; to = \"2027-05-31\"; amount" \
    " = \"" amount "\"; assumption = \"a\"; } ); "
#define YEARLY                                                     \
    "change_rules = ( { at = \"stipend.tariffs[0]\"; set = { caps" \
    " = ( { per = \"year\"; " LIMITS("200.00") "} ); }; }, { at = \"stipend\"; "

/* What all tariffs may come to over the 200.00 a year of the first: nothing limits it; of 45.00 and
 * 90.00 a day leaves 100.00; the year leaves less than the days do. */
static const char *const over_all[] = {
    YEARLY "drop = [ \"caps\" ]; } );\n",
    YEARLY "set = { caps = ( { per = \"day\"; " LIMITS("100.00") "} ); }; } );\n",
    YEARLY "set = { caps = ( { per = \"day\"; " LIMITS(
        "100.00") "}, { per = \"year\"; " LIMITS("230.00") "} ); }; } );\n",
};

static struct scenarios *
read_small(struct arena *keep, size_t limits)
{
    const char *text = arena_printf(keep, "%s%s", small, over_all[limits]);
    return read_input(keep, input_of(keep, STR("small.cfg"), text_of(text)));
}

struct past { /* one member, and the chance that it went so */
    struct arena *keep;
    const struct scenario *scenario;
    bool came[8];
    size_t day_of[8];
    struct decimal expected;
};

static struct decimal
chance_of(struct past *history, size_t stayed)
{
    struct decimal chance = decimal_integer(history->keep, 1);
    const struct group *group = &history->scenario->groups[0];
    size_t day = 0;
    for (size_t i = 0; i < history->scenario->session_count; i++) {
        day = history->day_of[i];
        bool there = day < stayed;
        struct ratio p = group->presence.value;
        struct ratio share = history->came[i] ? p : ratio_subtract(ratio_of(1, 1), p);
        if (there) {
            chance =
                decimal_times(history->keep, chance, decimal_ratio(history->keep, share));
        } else if (history->came[i]) {
            return (struct decimal){0};
        }
    }
    struct ratio leaves = group->drop_out.value;
    struct ratio stays = ratio_subtract(ratio_of(1, 1), leaves);
    for (size_t i = 1; i < stayed; i++) {
        chance =
            decimal_times(history->keep, chance, decimal_ratio(history->keep, stays));
    }
    return stayed == day + 1 ? chance
                             : decimal_times(history->keep, chance,
                                             decimal_ratio(history->keep, leaves));
}

/* What liquidation makes of it, asked directly. */
static int64_t
due_to(struct past *history)
{
    struct arena scratch = *history->keep;
    const struct scenario *scenario = history->scenario;
    struct participation row = {
        .during = {DATE_OPEN_PAST, DATE_OPEN_FUTURE},
        .status = STATUS_DRAWN,
        .horsepower = 6,
    };
    struct participant person = {.id = STR("x"),
                                 .birth = DATE_NONE,
                                 .requested_on = DATE_NONE,
                                 .rows = &row,
                                 .row_count = 1};
    struct roster roster = {.items = &person, .count = 1};
    struct attendance facts[8] = {0};
    struct claim claims[8] = {0};
    size_t fact_range[2] = {0};
    size_t claim_range[2] = {0};
    const struct input *file = scenario->file;
    for (size_t i = 0; i < scenario->session_count; i++) {
        bool first = i == 0 || history->day_of[i] != history->day_of[i - 1];
        bool other = i + 1 < scenario->session_count &&
                     history->day_of[i] == history->day_of[i + 1] && history->came[i + 1];
        if (history->came[i]) {
            facts[fact_range[1]++] = (struct attendance){.session = (uint32_t)i,
                                                         .duration = DURATION_NONE,
                                                         .start = TIME_NONE,
                                                         .end = TIME_NONE};
        }
        if (first && (history->came[i] || other)) {
            claims[claim_range[1]++] = (struct claim){.same_as = INDEX_NONE,
                                                      .date = scenario->sessions[i].date,
                                                      .category = STR("mileage"),
                                                      .has_quantity = true,
                                                      .quantity = ratio_of(700, 1),
                                                      .receipt = true,
                                                      .claimed_on = DATE_NONE};
        }
    }
    struct calendar calendar = {0};
    struct log log = {.items = facts,
                      .count = fact_range[1],
                      .first = fact_range,
                      .sessions = scenario->sessions,
                      .session_count = scenario->session_count,
                      .files = &file,
                      .file_count = 1};
    struct claims all = {claims, claim_range[1], claim_range};
    struct batch batch = {
        .rules = scenario->rules,
        .period = {scenario->mandate.from, scenario->mandate.to},
        .roster = &roster,
        .calendar = &calendar,
        .log = &log,
        .claims = &all
    };
    return liquidate_member(&scratch, &batch, 0).total.cents;
}

START_TEST(the_expectation_is_that_of_every_history)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = read_small(&keep, (size_t)_i);
    const struct scenario *scenario = scenarios->items[0];
    struct forecast *forecast = forecast_of(&keep, scenario);
    struct past history = {.keep = &keep, .scenario = scenario};
    ck_assert_uint_eq(scenario->session_count, 6);
    for (size_t i = 1; i < 6; i++) {
        history.day_of[i] =
            history.day_of[i - 1] + (date_compare(scenario->sessions[i].date,
                                                  scenario->sessions[i - 1].date) != 0);
    }
    size_t days = history.day_of[5] + 1;
    ck_assert_uint_eq(days, 5); /* two sessions share a day */
    struct decimal expected = {0};
    struct decimal certain = {0};
    for (unsigned bits = 0; bits < 64; bits++) {
        for (size_t i = 0; i < 6; i++) {
            history.came[i] = (bits >> i & 1) != 0;
        }
        struct decimal due = decimal_integer(&keep, (uint64_t)due_to(&history));
        for (size_t stayed = 1; stayed <= days; stayed++) {
            struct decimal chance = chance_of(&history, stayed);
            certain = decimal_add(&keep, certain, chance);
            expected = decimal_add(&keep, expected, decimal_times(&keep, chance, due));
        }
    }
    ck_assert_int_eq(decimal_compare(certain, decimal_integer(&keep, 1)), 0);
    expected = decimal_times(&keep, expected, decimal_integer(&keep, 7));
    struct decimal found = {0};
    for (size_t e = 0; e < scenario->rules->category_count + 1; e++) {
        found = decimal_add(&keep, found, forecast->exact[e]);
    }
    ck_assert_int_eq(decimal_compare(found, expected), 0);
    arena_release(keep);
}
END_TEST

/* The draws agree with the expectation: the mean of many runs is within five standard errors. */
START_TEST(the_draws_are_about_the_expectation)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = load(&keep, shipped[_i]);
    struct forecast *forecast = forecast_of(&keep, scenarios->items[0]);
    int64_t people = forecast->stipends.cents + forecast->expenses.cents;
    int64_t sum = 0;
    int64_t squares = 0; /* of whole euros away from the expectation */
    enum { RUNS = 400 };
    for (uint32_t run = 0; run < RUNS; run++) {
        struct arena scratch = keep;
        int64_t away = population_draw(&scratch, forecast, 99, run)->drawn.cents - people;
        sum += away;
        squares += (away / 100) * (away / 100);
    }
    /* (mean)^2 <= 25 variance / runs */
    int64_t total = sum / 100;
    ck_assert_msg(total * total <= 25 * (squares + RUNS), "off by %lld in %d runs",
                  (long long)total, RUNS);
    arena_release(keep);
}
END_TEST

static bool
fits(struct arena scratch, const struct sought *sought, int64_t value)
{
    struct money cost = {0};
    struct scenario *scenario =
        goal_apply(&scratch, sought->scenario, sought->goal, value);
    bool laid =
        sought->goal->kind != GOAL_SESSIONS || scenario_lay_out(&scratch, scenario);
    return laid && forecast_total(scratch, scenario, sought->goal->fixed_counts, &cost) &&
           money_compare(cost, sought->goal->budget) <= 0;
}

/* Every value, one after the other: the last that fits is the answer. */
START_TEST(goals_are_what_trying_everything_finds)
{
    static const int64_t most[] = {12000, 60, 13};
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = read_small(&keep, 0);
    struct sought sought = goal_seek(keep, scenarios, &scenarios->goals[_i]);
    int64_t step =
        _i == 0 ? 7 : 1; /* of a rate every seventh cent, and all near the answer */
    ck_assert_int_eq(sought.answer, ANSWER_FOUND);
    ck_assert_int_eq(sought.next, sought.value + 1);
    for (int64_t value = 1; value <= most[_i]; value += step) {
        bool near = value > sought.value - 30 && value < sought.value + 30;
        step = _i == 0 && !near ? 7 : 1;
        ck_assert_msg(fits(keep, &sought, value) == (value <= sought.value),
                      "goal %d, value %lld", _i, (long long)value);
    }
    arena_release(keep);
}
END_TEST

/* The answers of the scenarios shipped, with the proof computed again. */
START_TEST(goals_shipped_are_proven)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios *scenarios = load(&keep, shipped[_i]);
    for (size_t i = 0; i < scenarios->goal_count; i++) {
        struct sought sought = goal_seek(keep, scenarios, &scenarios->goals[i]);
        ck_assert_int_eq(sought.answer, ANSWER_FOUND);
        ck_assert(fits(keep, &sought, sought.value));
        ck_assert(!fits(keep, &sought, sought.value + 1));
        ck_assert_int_le(sought.cost.cents, sought.goal->budget.cents);
        ck_assert_int_gt(sought.next_cost.cents, sought.goal->budget.cents);
    }
    arena_release(keep);
}
END_TEST

/* The generator is a promise: the same numbers on every machine, for ever. */
START_TEST(the_numbers_drawn_are_these)
{
    struct stream stream = {0};
    ck_assert_uint_eq(random_draw(&stream), UINT64_C(0xE220A8397B1DCDAF));
    ck_assert_uint_eq(random_draw(&stream), UINT64_C(0x6E789E6AA1B965F4));
    ck_assert_uint_eq(random_draw(&stream), UINT64_C(0x06C45D188009454F));
    ck_assert(random_happens(&stream, (struct chance){0, true}));
    ck_assert(!random_happens(&stream, (struct chance){0, false}));
    struct stream a = random_stream(random_run_key(1, 0), 0);
    struct stream b = random_stream(random_run_key(1, 0), 1);
    struct stream c = random_stream(random_run_key(1, 1), 0);
    ck_assert_uint_ne(random_draw(&a), random_draw(&b));
    ck_assert_uint_ne(random_draw(&b), random_draw(&c));
}
END_TEST

static void
add_shipped(TCase *tcase, const TTest *test)
{
    tcase_add_loop_test(tcase, test, 0, (int)ARRAY_COUNT(shipped));
}

Suite *test_simulation_suite(void);

Suite *
test_simulation_suite(void)
{
    Suite *suite = suite_create("simulation");
    TCase *tcase = tcase_create("core");
    tcase_set_timeout(tcase, 120);
    add_shipped(tcase, a_run_is_what_its_log_pays);
    add_shipped(tcase, with_nothing_random_it_equals_the_payment);
    add_shipped(tcase, threads_change_no_cent);
    add_shipped(tcase, everything_adds_up);
    add_shipped(tcase, the_draws_are_about_the_expectation);
    add_shipped(tcase, goals_shipped_are_proven);
    tcase_add_loop_test(tcase, the_expectation_is_that_of_every_history, 0,
                        (int)ARRAY_COUNT(over_all));
    tcase_add_loop_test(tcase, goals_are_what_trying_everything_finds, 0, 3);
    tcase_add_test(tcase, the_numbers_drawn_are_these);
    suite_add_tcase(suite, tcase);
    return suite;
}
