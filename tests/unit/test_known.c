/* SPDX-License-Identifier: Apache-2.0 */
/* Values adopted after their first day, and rules as they were known on a day. */
#include "defray/status.h"

#include "../support/rules_probe.h"
#include "support/days.h"

#include <check.h>

#define FIRST \
    "{ from = \"2025-01-01\"; to = \"2025-12-31\"; amount = \"40.00\"; source = \"D1\"; }"
#define SECOND \
    "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"42.00\"; source = \"D1\"; }"

static const struct rules *
known(const struct probe *probe, const char *on)
{
    static const struct text folders[] = {STR_INIT("rules")};
    const struct rules *view =
        rules_as_known(probe->keep, probe->rules, day(on), folders, 1, probe->diag);
    ck_assert_ptr_nonnull(view);
    ck_assert_uint_eq(diag_errors(probe->diag), 0);
    return view;
}

/* The amount of a day in cents; -1 if there is none. */
static int64_t
amount(const struct rules *rules, const char *on)
{
    const struct value *value =
        timeline_at(&rules->stipend.tariffs[0].price.rates, day(on));
    return value == NULL ? -1 : money_round(value->amount, ROUND_HALF_UP).cents;
}

static struct probe
amended(const char *entries)
{
    struct probe probe = probe_edited(FIRST ",\n      " SECOND, entries);
    probe_loaded(&probe);
    return probe;
}

#define RETRO                                                                 \
    "{ from = \"2025-01-01\"; to = \"2026-12-31\"; adopted = \"2024-12-01\";" \
    " amount = \"40.00\"; source = \"D1\"; },"                                \
    "{ from = \"2025-03-01\"; to = \"2025-06-30\"; adopted = \"2025-05-05\";" \
    " retroactive = true; amount = \"41.00\"; source = \"D1\"; },"            \
    "{ from = \"2025-04-01\"; to = \"2025-04-30\"; adopted = \"2025-09-01\";" \
    " retroactive = true; amount = \"44.00\"; source = \"D1\"; }"

START_TEST(the_later_text_takes_its_days)
{
    static const struct {
        const char *on;
        int64_t whole, in_march, in_june;
    } rows[] = {
        {"2025-02-28", 4000, 4000, 4000},
        {"2025-03-01", 4100, 4000, 4100},
        {"2025-03-31", 4100, 4000, 4100},
        {"2025-04-01", 4400, 4000, 4100},
        {"2025-04-30", 4400, 4000, 4100},
        {"2025-05-01", 4100, 4000, 4100},
        {"2025-06-30", 4100, 4000, 4100},
        {"2025-07-01", 4000, 4000, 4000},
        {"2026-12-31", 4000, 4000, 4000},
    };
    struct probe probe = amended(RETRO);
    const struct rules *march = known(&probe, "2025-05-04");
    const struct rules *june = known(&probe, "2025-05-05");
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        ck_assert_msg(amount(probe.rules, rows[i].on) == rows[i].whole, "%s, whole",
                      rows[i].on);
        ck_assert_msg(amount(march, rows[i].on) == rows[i].in_march, "%s, before",
                      rows[i].on);
        ck_assert_msg(amount(june, rows[i].on) == rows[i].in_june, "%s, between",
                      rows[i].on);
    }
    /* One value a day: five stretches, in order. */
    const struct timeline *rates = &probe.rules->stipend.tariffs[0].price.rates;
    ck_assert_uint_eq(rates->count, 5);
    for (size_t i = 1; i < rates->count; i++) {
        ck_assert_int_eq(rates->items[i].during.from.day,
                         rates->items[i - 1].during.to.day + 1);
    }
}
END_TEST

/* A third text that cuts the first of two pieces, and one that cuts both. */
START_TEST(a_text_takes_days_of_what_was_cut)
{
    static const struct {
        const char *from, *to;
        int64_t january, february, march, august;
    } rows[] = {
        {"2025-02-01", "2025-02-10", 4000, 4400, 4100, 4000},
        {"2025-08-01", "2025-08-31", 4000, 4000, 4100, 4400},
        {"2025-02-01", "2025-12-31", 4000, 4400, 4400, 4400},
        {"2025-01-01", "2026-12-31", 4400, 4400, 4400, 4400},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct arena keep = arena_reserve((size_t)1 << 16);
        const char *text = probe_edit(&keep, RETRO, "from = \"2025-04-01\"",
                                      arena_printf(&keep, "from = \"%s\"", rows[i].from));
        text = probe_edit(&keep, text, "to = \"2025-04-30\"",
                          arena_printf(&keep, "to = \"%s\"", rows[i].to));
        struct probe probe = amended(text);
        ck_assert_int_eq(amount(probe.rules, "2025-01-05"), rows[i].january);
        ck_assert_int_eq(amount(probe.rules, "2025-02-05"), rows[i].february);
        ck_assert_int_eq(amount(probe.rules, "2025-03-05"), rows[i].march);
        ck_assert_int_eq(amount(probe.rules, "2025-08-05"), rows[i].august);
    }
}
END_TEST

/* A text that nothing rests on is told from its date on, and one without a date always; what
 * only later entries rest on is not. */
START_TEST(a_source_is_known_from_its_date)
{
    struct arena keep = arena_reserve((size_t)1 << 16);
    const char *text = probe_edit(
        &keep, probe_rules, "address = \"\"; } )",
        "address = \"\"; }, { id = \"E1\"; kind = \"law\"; title = \"t\"; address = \"\"; },"
        " { id = \"E2\"; kind = \"law\"; title = \"t\"; address = \"\"; date = \"2025-06-01\"; },"
        " { id = \"E3\"; kind = \"law\"; title = \"t\"; address = \"\"; } )");
    text = probe_edit(&keep, text, "amount = \"42.00\"; source = \"D1\"",
                      "amount = \"42.00\"; source = \"E3\"");
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    probe_loaded(&probe);
    static const struct {
        const char *on, *ids;
    } rows[] = {
        {"2025-05-31", "D1 E1"      },
        {"2025-06-01", "D1 E1 E2"   },
        {"2025-12-31", "D1 E1 E2"   },
        {"2026-01-01", "D1 E1 E2 E3"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct rules *view = known(&probe, rows[i].on);
        const char *ids = "";
        for (size_t k = 0; k < view->source_count; k++) {
            ids = arena_printf(&keep, "%s%s%.*s", ids, k == 0 ? "" : " ",
                               TEXT_ARG(view->sources[k].id));
        }
        ck_assert_str_eq(ids, rows[i].ids);
    }
}
END_TEST

/* What holds now, and what held in the period: a state that goes on is told once. */
START_TEST(states_are_told_once)
{
    struct probe probe = probe_edited(
        "status = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; state = \"in_force\";",
        "status = ( { from = \"2025-01-01\"; to = \"2025-03-31\"; state = \"in_force\"; source ="
        " \"D1\"; }, { from = \"2025-04-01\"; to = \"2025-06-30\"; state = \"in_force\"; source ="
        " \"D1\"; }, { from = \"2025-07-01\"; to = \"2026-12-31\"; state = \"contested\";");
    probe_loaded(&probe);
    struct period year = {day("2025-01-01"), day("2025-12-31")};
    ck_assert_str_eq(status_then_words(probe.keep, probe.rules, year),
                     "in_force,contested");
    ck_assert_str_eq(
        status_sentence(probe.keep, LANGUAGE_EN, probe.rules, year),
        "in force, then contested in the period; now contested, since 2025-07-01");
    ck_assert_str_eq(
        status_sentence(probe.keep, LANGUAGE_EN, known(&probe, "2024-12-31"), year),
        "none was known");
}
END_TEST

START_TEST(the_same_day_of_adoption_settles_nothing)
{
    probe_refuses(
        SECOND,
        "{ from = \"2025-12-31\"; to = \"2026-12-31\"; adopted = \"2026-02-01\";"
        " amount = \"42.00\"; source = \"D1\"; }",
        CODE_R032, 12, "two values on 2025-12-31", "");
    struct probe probe = probe_edited(
        FIRST ",\n      " SECOND,
        "{ from = \"2025-01-01\"; to = \"2026-12-31\"; adopted = \"2025-05-05\";"
        " retroactive = true; amount = \"40.00\"; source = \"D1\"; },\n"
        "{ from = \"2025-03-01\"; to = \"2025-03-31\"; adopted = \"2025-05-05\";"
        " retroactive = true; amount = \"41.00\"; source = \"D1\"; }");
    (void)probe_refused(&probe, CODE_R032, 12, "two values on 2025-03-01..2025-03-31");
}
END_TEST

START_TEST(retroactive_says_when_and_by_what)
{
    probe_refuses(FIRST,
                  "{ from = \"2025-01-01\"; to = \"2025-12-31\"; retroactive = true;"
                  " amount = \"40.00\"; source = \"D1\"; }",
                  CODE_R050, 11, "does not say when", "");
    probe_refuses(FIRST,
                  "{ from = \"2025-01-01\"; to = \"2025-12-31\"; retroactive = true;"
                  " adopted = \"2025-02-01\"; amount = \"40.00\"; assumption = \"x\"; }",
                  CODE_R050, 11, "rests on no text", "");
    probe_refuses(FIRST,
                  "{ from = \"2025-01-01\"; to = \"2025-12-31\"; retroactive = true;"
                  " adopted = \"2025-01-01\"; amount = \"40.00\"; source = \"D1\"; }",
                  CODE_R050, 11, "not after its first day", "");
}
END_TEST

START_TEST(what_was_not_adopted_is_not_in_the_life)
{
    struct probe probe = amended(
        "{ from = \"2025-01-01\"; to = \"2025-12-31\"; amount = \"40.00\"; source = \"D1\"; },"
        "{ from = \"2026-01-01\"; to = \"2026-12-31\"; adopted = \"2025-12-15\";"
        " amount = \"42.00\"; source = \"D1\"; }");
    const struct rules *before = known(&probe, "2025-12-14");
    ck_assert(rules_alive(before, day("2025-12-31")));
    ck_assert(!rules_alive(before, day("2026-01-01")));
    ck_assert_int_eq(amount(before, "2026-01-01"), -1);
    struct text path = rules_unknown(before, day("2026-01-01"));
    ck_assert_msg(text_equals(path, STR("stipend.tariffs[0].amounts")), "%.*s",
                  TEXT_ARG(path));
    ck_assert_uint_eq(rules_unknown(before, day("2027-01-01")).size, 0);
    const struct rules *after = known(&probe, "2025-12-15");
    ck_assert(rules_alive(after, day("2026-12-31")));
    ck_assert_uint_eq(rules_unknown(after, day("2026-01-01")).size, 0);
}
END_TEST

/* Without a day of adoption, a value is known from its first day on. */
START_TEST(without_adoption_the_first_day_counts)
{
    struct probe probe = amended(FIRST ",\n      " SECOND);
    ck_assert(!rules_alive(known(&probe, "2025-12-31"), day("2026-01-01")));
    ck_assert(rules_alive(known(&probe, "2026-01-01"), day("2026-12-31")));
    const struct rules *never = known(&probe, "2024-12-31");
    ck_assert_uint_eq(never->life_count, 0);
    ck_assert(text_equals(rules_unknown(never, day("2025-06-01")), STR("life")));
    ck_assert_ptr_null(rules_status_now(never));
}
END_TEST

/* Sources and assumptions of what was not known yet are not told. */
START_TEST(what_was_not_known_leaves_no_trace)
{
    struct probe probe = probe_edited(
        SECOND, "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"42.00\";"
                " assumption = \"later\"; }");
    probe_loaded(&probe);
    size_t all = probe.rules->assumption_count;
    ck_assert_uint_eq(known(&probe, "2026-01-01")->assumption_count, all);
    ck_assert_uint_eq(known(&probe, "2025-12-31")->assumption_count, all - 1);
}
END_TEST

START_TEST(an_index_is_known_as_far_as_its_series_was)
{
    struct probe probe = amended(
        "{ from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; index = {"
        " base = \"0.00\"; factor = \"1\"; series = \"smic\"; taken ="
        " \"on_the_day\"; }; stated = ( { on = \"2026-07-01\"; amount = \"12.31\";"
        " source = \"D1\"; } ); }");
    ck_assert_int_eq(amount(probe.rules, "2026-12-31"), 1231);
    const struct rules *march = known(&probe, "2026-03-01");
    ck_assert_int_eq(amount(march, "2026-05-31"), 1202);
    ck_assert_int_eq(amount(march, "2026-06-01"), -1);
    ck_assert(rules_alive(march, day("2026-05-31")));
    ck_assert(!rules_alive(march, day("2026-06-01")));
}
END_TEST

/* The State's mileage of 14 March 2022 holds from 1 January 2022; the day before it was
 * known, the scale of 2019 did. */
START_TEST(mileage_of_2022)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = probe_edit(&keep, probe_rules, "series = [ \"smic\" ]",
                                  "series = [ \"state-mileage\" ]");
    text = probe_edit(
        &keep, text, "method = \"receipt\"; unit = \"claim\";",
        "method = \"scale\"; unit = \"kilometre\"; scale = \"state-mileage\";");
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    probe_loaded(&probe);
    static const struct {
        const char *known, *on;
        int64_t num, den;
    } rows[] = {
        {"2022-03-13", "2021-12-31", 29, 100},
        {"2022-03-13", "2022-01-01", 29, 100},
        {"2022-03-13", "2022-03-13", 29, 100},
        {"2022-03-14", "2021-12-31", 29, 100},
        {"2022-03-14", "2022-01-01", 32, 100},
        {"2026-02-20", "2022-01-01", 32, 100},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct scale *scale =
            &known(&probe, rows[i].known)->categories[0].price.scale;
        const struct scale_version *version = scale_at(scale, day(rows[i].on));
        ck_assert_ptr_nonnull(version);
        ck_assert_msg(ratio_compare(version->vehicles[0].bands[0].rate,
                                    ratio_of(rows[i].num, rows[i].den)) == 0,
                      "%s as known on %s", rows[i].on, rows[i].known);
    }
}
END_TEST

/* A status adopted later, for days gone by: an annulment. */
START_TEST(an_annulment_reaches_back)
{
    struct probe probe =
        probe_edited("state = \"in_force\"; source = \"D1\"; } );",
                     "state = \"in_force\"; source = \"D1\"; }, { from = \"2025-03-01\";"
                     " to = \"2026-12-31\"; adopted = \"2026-02-01\"; retroactive = true;"
                     " state = \"annulled\"; source = \"D1\"; } );");
    probe_loaded(&probe);
    ck_assert_int_eq(rules_status(probe.rules, day("2025-05-05"))->state,
                     SCHEME_ANNULLED);
    const struct rules *before = known(&probe, "2026-01-31");
    ck_assert_int_eq(rules_status(before, day("2025-05-05"))->state, SCHEME_IN_FORCE);
    ck_assert_int_eq(rules_status_now(before)->state, SCHEME_IN_FORCE);
    ck_assert_int_eq(rules_status_now(probe.rules)->state, SCHEME_ANNULLED);
}
END_TEST

static bool
has_values(const struct rules *rules, struct date on)
{
    const struct stipend *stipend = &rules->stipend;
    bool all = rules_status(rules, on) != NULL;
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        all = all && timeline_at(&stipend->tariffs[i].price.rates, on) != NULL;
    }
    for (size_t i = 0; i < stipend->cap_count; i++) {
        all = all && timeline_at(&stipend->caps[i].limit, on) != NULL;
    }
    if (stipend->means.required) {
        all = all && timeline_at(&stipend->means.threshold, on) != NULL;
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct entitlement *price = &rules->categories[i].price;
        all = all && (!price->method->uses_rates || timeline_at(&price->rates, on));
        all = all && (!price->method->uses_scale || scale_at(&price->scale, on));
        for (size_t k = 0; k < price->cap_count; k++) {
            all = all && timeline_at(&price->caps[k].limit, on) != NULL;
        }
    }
    for (size_t i = 0; i < rules->envelope_count; i++) {
        all = all && timeline_at(&rules->envelopes[i].limits, on) != NULL;
    }
    return all;
}

/* As known on any day, a shipped file gives each day of its life all its values, and a day
 * that left the life says what was missing. */
static void
assert_whole_views(struct arena keep, const char *path)
{
    static const struct text folders[] = {STR_INIT("rules")};
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    const struct rules *whole = rules_load(&keep, text_of(path), folders, 1, diag);
    ck_assert_ptr_nonnull(whole);
    size_t alive = 0;
    size_t gone = 0;
    for (int day_known = 17000; day_known < 21000; day_known += 173) {
        struct arena scratch = keep;
        const struct rules *view =
            rules_as_known(&scratch, whole, (struct date){day_known}, folders, 1, diag);
        ck_assert_msg(view != NULL && diag_errors(diag) == 0, "%s, %d", path, day_known);
        for (int on = 17000; on < 21000; on += 5) {
            struct date date = {on};
            bool lives = rules_alive(view, date);
            alive += lives;
            gone += !lives && rules_alive(whole, date);
            ck_assert_msg(!lives || has_values(view, date), "%s, %d: %d", path, day_known,
                          on);
            ck_assert_msg(!lives || rules_alive(whole, date), "%s: %d", path, on);
            ck_assert_int_eq(rules_unknown(view, date).size > 0,
                             !lives && rules_alive(whole, date));
        }
    }
    ck_assert_uint_gt(alive, 0);
    ck_assert_uint_gt(gone, 0);
}

START_TEST(a_view_has_all_it_needs)
{
    struct arena room = arena_reserve((size_t)64 << 20);
    assert_whole_views(room, "rules/poitiers.cfg");
    assert_whole_views(room, "rules/marseille.cfg");
    assert_whole_views(room, "rules/haute-garonne.cfg");
    assert_whole_views(room, "rules/cese-convention.cfg");
    assert_whole_views(room, "rules/lanester.cfg");
    assert_whole_views(room, "rules/clermont-ferrand.cfg");
    assert_whole_views(room, "tests/tables/rules/testville.cfg");
    arena_release(room);
}
END_TEST

Suite *test_known_suite(void);

Suite *
test_known_suite(void)
{
    Suite *suite = suite_create("known");
    TCase *cases = tcase_create("known");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_later_text_takes_its_days);
    tcase_add_test(cases, a_text_takes_days_of_what_was_cut);
    tcase_add_test(cases, a_source_is_known_from_its_date);
    tcase_add_test(cases, states_are_told_once);
    tcase_add_test(cases, the_same_day_of_adoption_settles_nothing);
    tcase_add_test(cases, retroactive_says_when_and_by_what);
    tcase_add_test(cases, what_was_not_adopted_is_not_in_the_life);
    tcase_add_test(cases, without_adoption_the_first_day_counts);
    tcase_add_test(cases, what_was_not_known_leaves_no_trace);
    tcase_add_test(cases, an_index_is_known_as_far_as_its_series_was);
    tcase_add_test(cases, mileage_of_2022);
    tcase_add_test(cases, an_annulment_reaches_back);
    tcase_add_test(cases, a_view_has_all_it_needs);
    suite_add_tcase(suite, cases);
    return suite;
}
