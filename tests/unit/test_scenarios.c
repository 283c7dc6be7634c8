/* SPDX-License-Identifier: Apache-2.0 */
/* Invented scenarios under every rule file: with nothing left to chance the expected cost is what
 * paying the generated log comes to, and so is every run drawn. Excused members, loss of income,
 * sessions and claims of all sorts, people who come in for others. */
#include "defray/population.h"
#include "defray/scenarios.h"
#include "defray/summary.h"

#include "support/invent.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SEEDS 300
#define RUNS  2

Suite *test_scenarios_suite(void);

static const struct text folder = {"rules", 5};

static const char *const rule_files[] = {
    "marseille",       "poitiers",    "haute-garonne", "lanester",
    "cese-convention", "rennes-2021", "grenoble-2022", "bourgogne-franche-comte",
    "brussels",
};

struct writer {
    char text[16384];
    size_t used;
    uint64_t seed;
    bool certain; /* every share is 0 or 1 */
};

__attribute__((format(printf, 2, 3))) static void
put(struct writer *writer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(writer->text + writer->used, sizeof writer->text - writer->used,
                         format, arguments);
    va_end(arguments);
    writer->used += (size_t)size;
    ck_assert_uint_lt(writer->used, sizeof writer->text);
}

static unsigned
below(struct writer *writer, unsigned limit)
{
    return (unsigned)(invent_number(&writer->seed) >> 20) % limit;
}

static const char *
share(struct writer *writer)
{
    static const char *const shares[] = {"0.5", "0.731", "0.25", "0.08", "0.999"};
    if (writer->certain || below(writer, 4) == 0) {
        return below(writer, 4) == 0 ? "0" : "1";
    }
    return shares[below(writer, (unsigned)ARRAY_COUNT(shares))];
}

/* The last life of the rules, or the last year of it. */
static struct period
days_of(const struct rules *rules)
{
    struct period days = rules->lives[rules->life_count - 1].during;
    date_make(2026, 12, 31, &days.to);
    while (!rules_alive(rules, days.to)) {
        days.to = date_add_days(days.to, -1);
    }
    struct date year_before = date_add_days(days.to, -364);
    days.from = date_compare(days.from, year_before) < 0 ? year_before : days.from;
    return days;
}

static const char *
body_of(struct writer *writer)
{
    static const char *const bodies[] = {"", " body = \"groupe de propositions\";",
                                         " body = \"comité méthodologique\";"};
    return bodies[below(writer, (unsigned)ARRAY_COUNT(bodies))];
}

static void
put_series(struct writer *writer, struct period days, bool bodies)
{
    static const char *const kinds[] = {
        "plenary",       "plenary",          "half_day",       "evening",   "video",
        "working_group", "method_committee", "proposal_group", "follow_up", "social"};
    static const char *const times[] = {"start = \"09:00\"; end = \"17:00\";",
                                        "start = \"18:00\"; end = \"20:40\";",
                                        "start = \"08:15\"; end = \"16:30\";"};
    unsigned series = 1 + below(writer, 3);
    unsigned span = (unsigned)(days.to.day - days.from.day) + 1;
    put(writer, "sessions = (");
    for (unsigned i = 0; i < series; i++) {
        put(writer, "%s { name = \"s%u\"; kind = \"%s\";%s %s meal_served = %s;\n",
            i > 0 ? "," : "", i, kinds[below(writer, (unsigned)ARRAY_COUNT(kinds))],
            bodies ? body_of(writer) : "", times[below(writer, 3)],
            below(writer, 2) == 0 ? "true" : "false");
        put(writer, "  assumption = \"a\"; dates = [");
        unsigned count = 1 + below(writer, 3);
        unsigned at = below(writer, span / 4 + 1);
        for (unsigned k = 0; k < count && at < span; k++) {
            char date[DATE_TEXT_MAX];
            put(writer, "%s \"%s\"", k > 0 ? "," : "",
                date_text(date_add_days(days.from, (int)at), date));
            at += 1 +
                  below(writer, span / 4 + 1); /* days of other series may be the same */
        }
        put(writer, " ]; }");
    }
    put(writer, " );\n");
}

static void
put_claims(struct writer *writer, const struct rules *rules)
{
    put(writer, "  claims = (");
    const char *comma = "";
    for (size_t i = 0; i < rules->category_count && !rules->stipend.nil; i++) {
        if (below(writer, 2) == 0) {
            continue;
        }
        const struct text key = rules->categories[i].price.key;
        put(writer, "%s { category = \"%.*s\"; share = \"%s\"; quantity = \"%u.%u\";\n",
            comma, TEXT_ARG(key), share(writer),
            1 + below(writer, text_equals(key, STR("mileage")) ? 900 : 11),
            below(writer, 10));
        put(writer, "    amount = \"%u.%02u\"; horsepower = %u; assumption = \"a\"; }",
            1 + below(writer, 160), below(writer, 100), 3 + below(writer, 6));
        comma = ",";
    }
    put(writer, " );\n");
}

static void
put_group(struct writer *writer, const struct rules *rules, unsigned index,
          unsigned groups)
{
    static const char *const statuses[] = {"drawn",     "drawn",    "volunteer",
                                           "alternate", "official", "companion"};
    put(writer,
        "%s { name = \"g%u\"; label = { fr = \"g\"; en = \"g\"; }; status = \"%s\";%s\n"
        "  members = %u; assumption = \"a\";\n",
        index > 0 ? "," : "", index,
        statuses[below(writer, (unsigned)ARRAY_COUNT(statuses))],
        rules->stipend.means.required ? body_of(writer) : "",
        below(writer, 5) + (index == 0));
    put(writer, "  presence = { value = \"%s\"; assumption = \"a\"; };\n", share(writer));
    put(writer,
        "  drop_out = { value = \"%s\"; replaced_by = \"g%u\"; replaced = \"%s\";"
        " assumption = \"a\"; };\n",
        writer->certain ? "0" : share(writer), below(writer, groups), share(writer));
    put(writer, "  excused = { value = \"%s\"; assumption = \"a\"; };\n", share(writer));
    put(writer, "  takes_up = { value = \"%s\"; assumption = \"a\"; };\n", share(writer));
    if (rules->stipend.means.required && below(writer, 2) == 0) {
        put(writer,
            "  quotients = { assumption = \"a\"; brackets = (\n"
            "    { up_to = \"%u.00\"; share = \"%s\"; } ); };\n",
            600 + below(writer, 3) * 400, share(writer));
    } else {
        put(writer, "  passes = { value = \"%s\"; assumption = \"a\"; };\n",
            share(writer));
    }
    put_claims(writer, rules);
    put(writer, "}");
}

static void
write_scenario(struct writer *writer, const struct rules *rules)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    struct period days = days_of(rules);
    unsigned groups = 1 + below(writer, 3);
    writer->used = 0;
    put(writer,
        "format = \"defray.scenario/1\"; id = \"invented\"; language = \"en\";\n"
        "title = { fr = \"i\"; en = \"i\"; }; rules = \"%.*s\"; sources = ( );\n"
        "mandate = { from = \"%s\"; to = \"%s\"; assumption = \"a\"; };\n",
        TEXT_ARG(rules->id), date_text(days.from, from), date_text(days.to, to));
    put_series(writer, days, rules->stipend.means.required);
    put(writer, "groups = (");
    for (unsigned i = 0; i < groups; i++) {
        put_group(writer, rules, i, groups);
    }
    put(writer, " );\n");
    if (!rules->stipend.nil && below(writer, 2) == 0) {
        put(writer, "change_rules = ( { at = \"stipend\"; set = { excused = "
                    "{ paid = true; assumption = \"a\"; }; }; } );\n");
    }
}

static const struct scenario *
read_written(struct arena *keep, const struct writer *writer, unsigned seed)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct input *input =
        input_of(keep, STR("invented.cfg"),
                 text_copy(keep, (struct text){writer->text, writer->used}));
    struct scenarios *scenarios = scenarios_read(keep, input, &folder, 1, diag);
    if (scenarios == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_msg(scenarios != NULL, "seed %u:\n%s", seed, writer->text);
    return scenarios->items[0];
}

static struct money
paid_for(struct arena *keep, const struct population *population, const char *text)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct summary *summary = batch_summarise(keep, &population->batch, diag, NULL);
    ck_assert_msg(summary->holds, "%s", text);
    ck_assert_msg(summary->states[LINE_UNDETERMINED] == 0, "%s", text);
    return summary->due;
}

static const struct rules *
load(struct arena *keep, const char *id)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct rules *rules = rules_load(keep, text_of(id), &folder, 1, diag);
    ck_assert_ptr_nonnull(rules);
    return rules;
}

struct seen { /* that the inventions are not all of one sort */
    unsigned paid, excused_paid, claimed;
};

static void
see(struct seen *seen, const struct forecast *forecast,
    const struct population *population)
{
    seen->paid += forecast->stipends.cents > 0;
    seen->claimed += forecast->expenses.cents > 0;
    const struct log *log = population->batch.log;
    for (size_t i = 0; i < log->count; i++) {
        seen->excused_paid += log->items[i].presence == PRESENCE_EXCUSED &&
                              forecast->scenario->rules->stipend.excused_paid;
    }
}

/* One scenario, certain or not, and the payments of its log. */
static void
price_one(struct arena scratch, const struct rules *rules, struct writer *writer,
          struct seen *seen)
{
    unsigned seed = (unsigned)writer->seed;
    write_scenario(writer, rules);
    const struct scenario *scenario = read_written(&scratch, writer, seed);
    struct diag *diag = diag_new(&scratch, LANGUAGE_EN);
    struct forecast *forecast = forecast_make(&scratch, scenario, diag);
    if (forecast == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_msg(forecast != NULL, "seed %u:\n%s", seed, writer->text);
    for (uint32_t run = 0; run < (writer->certain ? 1 : RUNS); run++) {
        const struct population *population =
            population_draw(&scratch, forecast, seed, run);
        struct money due = paid_for(&scratch, population, writer->text);
        ck_assert_msg(
            due.cents == population->drawn.cents, "seed %u: %lld, paid %lld\n%s", seed,
            (long long)population->drawn.cents, (long long)due.cents, writer->text);
        int64_t people = forecast->stipends.cents + forecast->expenses.cents;
        ck_assert_msg(!writer->certain || people == due.cents,
                      "seed %u: expected %lld, paid %lld\n%s", seed, (long long)people,
                      (long long)due.cents, writer->text);
        see(seen, forecast, population);
    }
}

START_TEST(what_is_certain_is_what_is_paid)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const struct rules *rules = load(&keep, rule_files[_i]);
    struct seen seen = {0};
    struct writer *writer = NEW(&keep, struct writer);
    for (unsigned seed = 1; seed <= SEEDS; seed++) {
        writer->certain = seed % 3 != 0;
        writer->seed = seed * UINT64_C(0x9E3779B97F4A7C15);
        price_one(keep, rules, writer, &seen);
    }
    if (!rules->stipend.nil) {
        ck_assert_uint_gt(seen.paid, SEEDS / 10);
        ck_assert_uint_gt(seen.excused_paid, SEEDS / 10);
        ck_assert(rules->category_count == 0 || seen.claimed > SEEDS / 10);
    }
    arena_release(keep);
}
END_TEST

/* Where the source states no rule, nothing may be paid, and nothing can be priced. */
START_TEST(a_draft_cannot_be_priced)
{
    static const char text[] =
        "format = \"defray.scenario/1\"; id = \"draft\"; language = \"en\";\n"
        "title = { fr = \"d\"; en = \"d\"; }; rules = \"clermont-ferrand\"; sources = ( );\n"
        "mandate = { from = \"2025-01-01\"; to = \"2025-12-31\"; assumption = \"a\"; };\n"
        "sessions = ( { name = \"s\"; kind = \"plenary\"; dates = [ \"2025-03-01\" ];\n"
        "  assumption = \"a\"; } );\n"
        "groups = ( { name = \"g\"; label = { fr = \"g\"; en = \"g\"; }; status = \"drawn\";\n"
        "  members = 3; assumption = \"a\";\n"
        "  presence = { value = \"1\"; assumption = \"a\"; }; } );\n";
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct input *input = input_of(&keep, STR("draft.cfg"), text_of(text));
    struct scenarios *scenarios = scenarios_read(&keep, input, &folder, 1, diag);
    ck_assert_ptr_nonnull(scenarios);
    ck_assert_ptr_null(forecast_make(&keep, scenarios->items[0], diag));
    ck_assert_uint_eq(diag_errors(diag), 1);
    arena_release(keep);
}
END_TEST

Suite *
test_scenarios_suite(void)
{
    Suite *suite = suite_create("scenarios");
    TCase *tcase = tcase_create("inventions");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, what_is_certain_is_what_is_paid, 0,
                        (int)ARRAY_COUNT(rule_files));
    tcase_add_test(tcase, a_draft_cannot_be_priced);
    suite_add_tcase(suite, tcase);
    return suite;
}
