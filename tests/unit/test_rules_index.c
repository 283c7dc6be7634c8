/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts that follow a series: as far as it is known, and not a day further. */
#include "support/days.h"
#include "support/rules_place.h"

#include <check.h>

#define AMOUNTS                                                                               \
    "{ from = \"2025-01-01\"; to = \"2025-12-31\"; amount = \"40.00\"; source = \"D1\"; },\n" \
    "      { from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"42.00\"; source = \"D1\"; }"
#define LIFE \
    "life = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );"
#define STATUS "from = \"2025-01-01\"; to = \"2026-12-31\"; state"
#define OPEN_LIFE \
    "life = ( { from = \"2025-01-01\"; checked_on = \"2025-06-01\"; source = \"D1\"; } );"
#define TAKEN(factor, series, taken)                                                \
    "index = { base = \"0.00\"; factor = \"" factor "\"; series = \"" series "\"; " \
    "taken = " taken "; }; source = \"D1\"; "
#define OPEN_ENTRY(from, series) \
    "{ from = \"" from           \
    "\"; checked_on = \"2025-06-01\"; " TAKEN("1", series, "\"on_the_day\"") "}"
#define ENTRY(from, to, factor, taken) \
    "{ from = \"" from "\"; to = \"" to "\"; " TAKEN(factor, "a", taken) "}"
#define VALUE(from, rest, amount) \
    "{ from = \"" from "\"; " rest " amount = \"" amount "\"; source = \"S\"; }"
#define TO(day)      "to = \"" day "\";"
#define CHECKED(day) "checked_on = \"" day "\";"

/* probe_rules with these amounts and this life, among the shared files a and b. */
static struct probe
with(struct rules_place *place, const char *amounts, const char *life)
{
    struct arena *keep = &place->keep;
    const char *text = probe_edit(keep, probe_rules, "\"smic\"", "\"a\", \"b\"");
    text = probe_edit(keep, text, AMOUNTS, amounts);
    text = probe_edit(keep, text, LIFE, life);
    text = probe_edit(keep, text, STATUS,
                      "from = \"2024-01-01\"; checked_on = \"2025-06-01\"; state");
    return place_load_text(place, text);
}

/* Known until the end of 2025, and until the end of 2026. */
static struct rules_place
two_series(char *template)
{
    struct rules_place place = place_new(template);
    place_put(&place, "a.cfg",
              SERIES("a", "", VALUE("2024-01-01", CHECKED("2025-06-01"), "40.00")));
    place_put(&place, "b.cfg",
              SERIES("b", "", VALUE("2024-01-01", CHECKED("2026-06-01"), "90.00")));
    return place;
}

START_TEST(an_open_life_ends_with_its_figures)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = two_series(template);
    struct probe probe = with(&place, OPEN_ENTRY("2025-01-01", "a"), OPEN_LIFE);
    probe_loaded(&probe);
    ck_assert_int_eq(probe.rules->lives[0].during.to.day, day("2025-12-31").day);
    /* Of two ends, the first, in whatever order they are read. */
    static const char *const pairs[][2] = {
        {"a", "b"},
        {"b", "a"}
    };
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        const char *entry = OPEN_ENTRY("2025-01-01", "@");
        const char *text = arena_printf(
            &place.keep, "%s ); caps = ( { per = \"day\"; limits = ( %s ); }",
            probe_edit(&place.keep, entry, "@", pairs[i][0]),
            probe_edit(&place.keep, entry, "@", pairs[i][1]));
        probe = with(&place, text, OPEN_LIFE);
        probe_loaded(&probe);
        ck_assert_int_eq(probe.rules->lives[0].during.to.day, day("2025-12-31").day);
    }
    place_drop(&place);
}
END_TEST

START_TEST(a_closed_life_is_covered_to_its_end)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = two_series(template);
    struct probe probe = with(&place, OPEN_ENTRY("2025-01-01", "a"), LIFE);
    (void)probe_refused(&probe, CODE_R031, 0, "no value on 2026-01-01..2026-12-31 in");
    /* A second life that begins when the figures have ended has none. */
    probe = with(
        &place, OPEN_ENTRY("2025-01-01", "a"),
        "life = ( { from = \"2025-01-01\"; to = \"2025-11-30\"; source = \"D1\"; },"
        " { from = \"2026-03-01\"; checked_on = \"2025-06-01\"; source = \"D1\"; } );");
    (void)probe_refused(&probe, CODE_R031, 0, "no value on 2026-03-01.. in");
    place_drop(&place);
}
END_TEST

/* A tariff of this entry, which follows the series a of these values, is refused. */
static void
refuse(const char *values, const char *entry, enum code code, const char *says)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "a.cfg",
              probe_edit(&place.keep, SERIES("a", "", "@"), "@", values));
    place_put(&place, "b.cfg", SERIES("b", "", PLAIN));
    struct probe probe = with(&place, entry, LIFE);
    (void)probe_refused(&probe, code, 0, says);
    place_drop(&place);
}

START_TEST(a_series_gives_no_more_than_it_has)
{
    static const char checked[] = VALUE("2025-01-01", CHECKED("2025-06-01"), "40.00");
    static const char of_march[] = VALUE("2025-03-01", TO("2026-12-31"), "40.00");
    static const char ended[] = "series 'a' is not known after 2025-12-31";
    refuse(checked, OPEN_ENTRY("2026-01-01", "a"), CODE_R037, ended);
    refuse(checked, ENTRY("2025-01-01", "2026-01-01", "1", "\"on_the_day\""), CODE_R037,
           ended);
    refuse(checked,
           ENTRY("2025-01-01", "2026-12-31", "1", "\"frozen\"; on = \"2026-01-01\""),
           CODE_R037, "series 'a' has no value on 2026-01-01");
    refuse(of_march, ENTRY("2025-01-01", "2026-12-31", "1", "\"january_first\""),
           CODE_R037, "series 'a' has no value on 2025-01-01");
    refuse(of_march, ENTRY("2025-01-01", "2026-12-31", "1", "\"on_the_day\""), CODE_R037,
           "series 'a' has no value on 2025-01-01");
    refuse(VALUE("2025-01-01", TO("2026-12-31"), "1000000.01"),
           ENTRY("2025-01-01", "2026-12-31", "1", "\"on_the_day\""), CODE_R034,
           "out of all proportion");
    refuse(VALUE("2025-01-01", TO("2026-12-31"), "1.00"),
           ENTRY("2025-01-01", "2026-12-31", "10000.01", "\"on_the_day\""), CODE_R034,
           "out of all proportion");
    refuse(VALUE("2025-01-01", TO("2026-12-31"), "1.01"),
           ENTRY("2025-01-01", "2026-12-31", "0.5", "\"on_the_day\""), CODE_R034,
           "does not end on the cent");
}
END_TEST

/* The most that a product may be made of. */
START_TEST(large_products_within_proportion)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "a.cfg",
              SERIES("a", "", VALUE("2025-01-01", TO("2026-12-31"), "1000000.00")));
    place_put(&place, "b.cfg",
              SERIES("b", "", VALUE("2025-01-01", TO("2026-12-31"), "1.00")));
    struct probe probe =
        with(&place, ENTRY("2025-01-01", "2026-12-31", "0.0001", "\"on_the_day\""), LIFE);
    probe_loaded(&probe);
    ck_assert_int_eq(probe.rules->stipend.tariffs[0].price.rates.items[0].amount.num,
                     100);
    place_drop(&place);
}
END_TEST

START_TEST(an_index_follows_a_series_that_is_named)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(
        &place, "a.cfg",
        HEAD("defray.scale/1", "a") SOURCES
        "versions = ( { from = \"2025-01-01\"; checked_on = \"2026-01-01\"; source ="
        " \"S\"; vehicles = ( { power_from = 0; bands = ( { rate = \"0.23\"; } ); } ); } );\n");
    place_put(&place, "b.cfg", SERIES("b", "", PLAIN));
    struct probe probe =
        with(&place, ENTRY("2025-01-01", "2026-12-31", "1", "\"on_the_day\""), LIFE);
    (void)probe_refused(&probe, CODE_R038, 0, "'a' is a scale, not a series");
    probe = with(&place, OPEN_ENTRY("2025-01-01", "jurors"), LIFE);
    (void)probe_refused(&probe, CODE_R035, 0, "'jurors' is not named in series");
    const char *text = probe_edit(&place.keep, probe_rules, "\"smic\"", "\"a\"");
    text =
        probe_edit(&place.keep, text, "examples =",
                   "proportionality = { series = \"a\"; source = \"D1\"; }; examples =");
    probe = place_load_text(&place, text);
    (void)probe_refused(&probe, CODE_R038, 0, "'a' is a scale, not a series");
    place_drop(&place);
}
END_TEST

/* An amount is adopted with the later of its own text and of the series' value. */
START_TEST(the_later_adoption_counts)
{
    static const struct {
        const char *of_series, *of_entry, *adopted;
    } rows[] = {
        {"",                          "",                          ""          },
        {"adopted = \"2024-02-01\";", "",                          "2024-02-01"},
        {"",                          "adopted = \"2024-03-01\";", "2024-03-01"},
        {"adopted = \"2024-02-01\";", "adopted = \"2024-03-01\";", "2024-03-01"},
        {"adopted = \"2024-04-01\";", "adopted = \"2024-03-01\";", "2024-04-01"},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        char template[] = PLACE_TEMPLATE;
        struct rules_place place = place_new(template);
        struct arena *keep = &place.keep;
        place_put(&place, "a.cfg",
                  probe_edit(keep,
                             SERIES("a", "",
                                    VALUE("2025-01-01", "@ " TO("2026-12-31"), "40.00")),
                             "@", rows[i].of_series));
        place_put(&place, "b.cfg", SERIES("b", "", PLAIN));
        const char *entry = ENTRY("2025-01-01", "2026-12-31", "1", "\"on_the_day\"");
        struct probe probe =
            with(&place,
                 probe_edit(keep, entry, "{ from",
                            arena_printf(keep, "{ %s from", rows[i].of_entry)),
                 LIFE);
        probe_loaded(&probe);
        char text[DATE_TEXT_MAX];
        ck_assert_str_eq(
            date_text(probe.rules->stipend.tariffs[0].price.rates.items[0].adopted, text),
            rows[i].adopted);
        place_drop(&place);
    }
}
END_TEST

/* The amount of a day in cents as it was known on another; -1 if there was none. */
static int64_t
then(const struct probe *probe, const char *folder, const char *known, const char *on)
{
    const struct text folders[] = {text_of(folder)};
    const struct rules *view =
        rules_as_known(probe->keep, probe->rules, day(known), folders, 1, probe->diag);
    ck_assert_ptr_nonnull(view);
    ck_assert_uint_eq(diag_errors(probe->diag), 0);
    const struct value *value =
        timeline_at(&view->stipend.tariffs[0].price.rates, day(on));
    ck_assert_int_eq(rules_alive(view, day(on)), value != NULL);
    return value == NULL ? -1 : money_round(value->amount, ROUND_HALF_UP).cents;
}

/* What such a tariff gave on a day in cents, as it was known on another. */
static void
gave(const char *values, const char *entry, const char *known, const char *on,
     int64_t cents)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "a.cfg",
              probe_edit(&place.keep, SERIES("a", "", "@"), "@", values));
    place_put(&place, "b.cfg", SERIES("b", "", PLAIN));
    const char *text = probe_edit(&place.keep, probe_rules, "\"smic\"", "\"a\"");
    struct probe probe =
        place_load_text(&place, probe_edit(&place.keep, text, AMOUNTS, entry));
    probe_loaded(&probe);
    ck_assert_int_eq(then(&probe, place.folder, known, on), cents);
    place_drop(&place);
}

#define LATER " adopted = \"2025-09-01\"; retroactive = true;"

START_TEST(an_amount_as_its_series_was_known)
{
    static const char year[] = VALUE("2025-01-01", TO("2026-12-31") LATER, "40.00");
    static const char daily[] = ENTRY("2025-01-01", "2026-12-31", "1", "\"on_the_day\"");
    gave(year, daily, "2025-08-31", "2025-05-17", -1);
    gave(year, daily, "2025-09-01", "2025-05-17", 4000);
    gave(year, ENTRY("2025-01-01", "2026-12-31", "1", "\"frozen\"; on = \"2025-02-01\""),
         "2025-08-31", "2025-05-17", -1);
    /* Only the second half of the year is known. */
    static const char half[] =
        VALUE("2025-01-01", TO("2025-06-30") LATER,
              "40.00") ", " VALUE("2025-07-01", TO("2026-12-31"), "40.00");
    static const char yearly[] =
        ENTRY("2025-01-01", "2026-12-31", "1", "\"january_first\"");
    gave(half, yearly, "2025-08-31", "2025-05-17", -1);
    gave(half, yearly, "2025-08-31", "2026-05-17", 4000);
    /* An entry without an end, as far as its series. */
    static const char halves[] =
        VALUE("2025-01-01", TO("2025-06-30"),
              "40.00") ", " VALUE("2025-07-01", CHECKED("2026-06-01"), "40.00");
    gave(halves, OPEN_ENTRY("2025-01-01", "a"), "2025-06-30", "2025-06-30", 4000);
    gave(halves, OPEN_ENTRY("2025-01-01", "a"), "2025-06-30", "2025-07-01", -1);
}
END_TEST

/* 41.01 until a text of September gives 40.00 for the whole time: with a factor of one half, or
 * with 40.00 stated beside it, the first gives no figure. */
START_TEST(a_series_that_was_corrected)
{
    static const char corrected[] =
        VALUE("2025-01-01", TO("2026-12-31") " adopted = \"2024-12-01\";",
              "41.01") ", " VALUE("2025-01-01", TO("2026-12-31") LATER, "40.00");
    static const char half[] = ENTRY("2025-01-01", "2026-12-31", "0.5", "\"on_the_day\"");
    gave(corrected, half, "2025-08-31", "2025-05-17", -1);
    gave(corrected, half, "2025-09-01", "2025-05-17", 2000);
    static const char stated[] =
        "{ from = \"2025-01-01\"; to = \"2026-12-31\"; amount = \"40.00\"; " TAKEN(
            "1", "a", "\"on_the_day\"") "}";
    gave(corrected, stated, "2025-08-31", "2025-05-17", -1);
    gave(corrected, stated, "2025-09-01", "2025-05-17", 4000);
}
END_TEST

Suite *test_rules_index_suite(void);

Suite *
test_rules_index_suite(void)
{
    Suite *suite = suite_create("rules_index");
    TCase *cases = tcase_create("rules_index");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, an_open_life_ends_with_its_figures);
    tcase_add_test(cases, a_closed_life_is_covered_to_its_end);
    tcase_add_test(cases, a_series_gives_no_more_than_it_has);
    tcase_add_test(cases, large_products_within_proportion);
    tcase_add_test(cases, an_index_follows_a_series_that_is_named);
    tcase_add_test(cases, the_later_adoption_counts);
    tcase_add_test(cases, an_amount_as_its_series_was_known);
    tcase_add_test(cases, a_series_that_was_corrected);
    suite_add_tcase(suite, cases);
    return suite;
}
