/* SPDX-License-Identifier: Apache-2.0 */
/* Shared files: series that use one another, scales, and what is wrong with them. */
#include "defray/limits.h"

#include "support/rules_place.h"

#include <check.h>
#include <sys/stat.h>
#include <unistd.h>

static void
refuse(struct rules_place *place, const char *series, enum code code, uint32_t line,
       const char *says)
{
    struct probe probe = place_load(place, series);
    (void)probe_refused(&probe, code, line, says);
}

START_TEST(shared_series)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "a.cfg", SERIES("a", "\"b\"", INDEXED("b")));
    place_put(&place, "b.cfg", SERIES("b", "\"c\"", INDEXED("c")));
    place_put(&place, "c.cfg", SERIES("c", "", PLAIN));
    struct probe probe = place_load(&place, "\"a\"");
    probe_loaded(&probe);
    ck_assert_uint_eq(probe.rules->common_count, 3);
    /* The folder beside the rules comes first, the rules folders after. */
    probe = place_load(&place, "\"a\", \"smic\"");
    probe_loaded(&probe);
    ck_assert_uint_eq(probe.rules->common_count, 4);
    place_drop(&place);
}
END_TEST

START_TEST(series_in_a_circle)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "a.cfg", SERIES("a", "\"b\"", INDEXED("b")));
    place_put(&place, "b.cfg", SERIES("b", "\"a\"", INDEXED("a")));
    place_put(&place, "self.cfg", SERIES("self", "\"self\"", PLAIN));
    struct probe probe = place_load(&place, "\"a\"");
    (void)probe_refused(&probe, CODE_R036, 2, "series 'a' uses itself");
    probe = place_load(&place, "\"self\"");
    (void)probe_refused(&probe, CODE_R036, 2, "'self' uses itself");
    place_drop(&place);
}
END_TEST

START_TEST(shared_files_that_are_wrong)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "x.cfg", SERIES("y", "", PLAIN));
    place_put(&place, "rules.cfg", "format = \"defray.rules/1\"; id = \"rules\";\n");
    place_put(&place, "none.cfg", SERIES("none", "", ""));
    place_put(&place, "key.cfg", SERIES("key", "", PLAIN) "valeurs = 1;\n");
    place_put(
        &place, "bare.cfg",
        SERIES("bare", "",
               "{ from = \"2025-01-01\"; to = \"2025-12-31\"; amount = \"1.00\"; }"));
    place_put(&place, "twice.cfg", SERIES("twice", "", PLAIN ", " PLAIN));
    refuse(&place, "\"x\"", CODE_R024, 1, "is not the name of the file");
    refuse(&place, "\"rules\"", CODE_R038, 1, "neither defray.series/1");
    refuse(&place, "\"none\"", CODE_R018, 4, "no value");
    refuse(&place, "\"key\"", CODE_R017, 5, "'valeurs'");
    refuse(&place, "\"bare\"", CODE_R025, 4, "values[0]");
    refuse(&place, "\"twice\"", CODE_R032, 4, "two values on 2025-01-01..2025-12-31");
    refuse(&place, "\"absent\"", CODE_R035, 3, "no file common/absent.cfg");
    refuse(&place, "\"../probe\"", CODE_R024, 3, "not the id");
    refuse(&place, "\"smic\", \"smic\"", CODE_R028, 3, "named twice");
    place_drop(&place);
}
END_TEST

/* What a shared file assumes is assumed by the rules; a source of it that the rules cite is cited. */
START_TEST(what_is_shared_is_told)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(
        &place, "a.cfg",
        HEAD(
            "defray.series/1",
            "a") "unit = \"euro\"; sources = ( { id = \"S\"; kind = \"law\"; title = \"t\"; address"
                 " = \"\"; }, { id = \"T\"; kind = \"law\"; title = \"t\"; address = \"\"; } );\n"
                 "values = ( { " OF_2025
                 "assumption = \"shared\"; amount = \"1.00\"; } );\n");
    struct probe probe = place_load(&place, "\"a\"");
    probe_loaded(&probe);
    ck_assert_uint_eq(probe.rules->assumption_count, 4);
    ck_assert(text_equals(probe.rules->assumptions[3]->assumption, STR("shared")));
    ck_assert_uint_eq(probe.rules->shared_source_count, 2);
    ck_assert(!probe.rules->shared_sources[0].cited &&
              !probe.rules->shared_sources[1].cited);
    const char *text = probe_edit(&place.keep, probe_rules, "\"smic\"", "\"a\"");
    text = probe_edit(&place.keep, text, "paid = false; source = \"D1\"",
                      "paid = false; source = \"T\"");
    probe = place_load_text(&place, text);
    probe_loaded(&probe);
    ck_assert(!probe.rules->shared_sources[0].cited &&
              probe.rules->shared_sources[1].cited);
    place_drop(&place);
}
END_TEST

/* Files that are in memory are read without a folder; a shared one that is not among them is missing. */
START_TEST(shared_files_in_memory)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "a.cfg", SERIES("a", "", PLAIN));
    place_put(&place, "b.cfg", SERIES("b", "", PLAIN));
    struct probe probe = place_load(&place, "\"a\", \"b\"");
    probe_loaded(&probe);
    struct input *files[3] = {probe.rules->file};
    for (size_t i = 0; i < 2; i++) {
        const struct input *shared = probe.rules->commons[i];
        const char *name = i == 0 ? "a.cfg" : "b.cfg";
        files[i + 1] = input_of(probe.keep, text_of(name), shared->bytes);
    }
    for (size_t count = 1; count <= ARRAY_COUNT(files); count++) {
        probe.diag = diag_new(probe.keep, LANGUAGE_EN);
        probe.rules = rules_read_stored(probe.keep, files, count, probe.diag);
        if (count == ARRAY_COUNT(files)) {
            probe_loaded(&probe);
            ck_assert_uint_eq(probe.rules->common_count, 2);
            continue;
        }
        const char *missing =
            count == 1 ? "no file common/a.cfg" : "no file common/b.cfg";
        (void)probe_refused(&probe, CODE_R035, 3, missing);
        ck_assert_uint_eq(diag_errors(probe.diag), 3 - count);
    }
    place_drop(&place);
}
END_TEST

/* A rate of a kilometre may have four decimals, no other. */
START_TEST(decimals_of_a_series)
{
    static const struct {
        const char *unit, *amount;
        bool good;
    } rows[] = {
        {"euro",               "1.23",   true },
        {"euro",               "1.234",  false},
        {"euro_per_kilometre", "1.23",   true },
        {"euro_per_kilometre", "1.2345", true },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        char template[] = PLACE_TEMPLATE;
        struct rules_place place = place_new(template);
        const char *text = SERIES("a", "", PLAIN);
        text = probe_edit(&place.keep, text, "\"euro\"",
                          arena_printf(&place.keep, "\"%s\"", rows[i].unit));
        place_put(
            &place, "a.cfg",
            probe_edit(&place.keep, text, "amount = \"1.00\"",
                       arena_printf(&place.keep, "amount = \"%s\"", rows[i].amount)));
        struct probe probe = place_load(&place, "\"a\"");
        ck_assert_int_eq(probe.rules != NULL, rows[i].good);
        place_drop(&place);
    }
}
END_TEST

/* One more than the shelf holds; a folder in place of a file; a file that is none. */
START_TEST(shared_files_that_cannot_be)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    struct arena *keep = &place.keep;
    const char *names = "";
    for (int i = 0; i <= RULES_COMMONS_MAX; i++) {
        const char *id = arena_printf(keep, "s%d", i);
        place_put(&place, arena_printf(keep, "%s.cfg", id),
                  probe_edit(keep, SERIES("@", "", PLAIN), "@", id));
        names = arena_printf(keep, "%s%s\"%s\"", names, i == 0 ? "" : ", ", id);
        if (i == RULES_COMMONS_MAX - 1) {
            struct probe most = place_load(&place, names);
            probe_loaded(&most);
        }
    }
    refuse(&place, names, CODE_R003, 3, "more than 32 shared files");
    place_put(&place, "torn.cfg", "format = \"defray.series/1\"; id = {");
    refuse(&place, "\"torn\"", CODE_R013, 1, "");
    const char *folder = arena_printf(keep, "%s/common/folder.cfg", place.folder);
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    struct probe probe = place_load(&place, "\"folder\"");
    ck_assert_ptr_null(probe.rules);
    ck_assert_int_eq(rmdir(folder), 0);
    place_drop(&place);
}
END_TEST

#define SCALE(vehicles)                                                          \
    HEAD("defray.scale/1", "s")                                                  \
    SOURCES "versions = ( { from = \"2025-01-01\"; checked_on = \"2026-01-01\";" \
            " source = \"S\"; vehicles = ( " vehicles " ); } );\n"
#define BANDS "bands = ( { up_to = \"2000\"; rate = \"0.32\"; }, { rate = \"0.23\"; } ); "

/* A scale of these vehicles is refused. */
static void
refuse_scale(const char *vehicles, enum code code, const char *says)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "s.cfg", probe_edit(&place.keep, SCALE("@"), "@", vehicles));
    refuse(&place, "\"s\"", code, 3, says);
    place_drop(&place);
}

#define VEHICLE(powers, bands) "{ " powers " bands = ( " bands " ); }"

START_TEST(scales_that_do_not_cover)
{
    refuse_scale("{ power_from = 0; power_to = 5; " BANDS "}", CODE_R039,
                 "no rate for 6 horsepower");
    refuse_scale("{ power_from = 0; power_to = 98; " BANDS "}", CODE_R039,
                 "no rate for 99 horsepower");
    refuse_scale("{ power_from = 0; power_to = 5; " BANDS "}, { power_from = 7; " BANDS
                 "}",
                 CODE_R039, "powers start at 7 where 6 is expected");
    refuse_scale("{ power_from = 0; power_to = 5; " BANDS "}, { power_from = 5; " BANDS
                 "}",
                 CODE_R039, "powers start at 5");
    refuse_scale("{ power_from = 2; " BANDS "}", CODE_R039, "powers start at 2");
    refuse_scale("{ power_from = 3; power_to = 2; " BANDS "}", CODE_R039,
                 "powers start at 3");
    refuse_scale("{ power_from = 0; power_to = 100; " BANDS "}", CODE_R023, "100");
    refuse_scale(VEHICLE("power_from = 0;", "{ up_to = \"2000\"; rate = \"0.32\"; }"),
                 CODE_R039, "the last band has a bound");
    refuse_scale(VEHICLE("power_from = 0;", "{ rate = \"0.32\"; }, { rate = \"0.30\"; }"),
                 CODE_R039, "only the last band");
    refuse_scale(VEHICLE("power_from = 0;", "{ up_to = \"20\"; rate = \"0.32\"; }, "
                                            "{ up_to = \"20\"; rate = \"0.32\"; }, "
                                            "{ rate = \"0.30\"; }"),
                 CODE_R039, "do not rise");
    refuse_scale(VEHICLE("power_from = 0;", ""), CODE_R039, "without a band");
    refuse_scale(VEHICLE("power_from = 0;", "{ rate = \"0,32\"; }"), CODE_R020,
                 "decimal point");
    refuse_scale(VEHICLE("power_from = 0;", "{ rate = \"0.3\"; }"), CODE_R020,
                 "2 to 4 decimals");
    refuse_scale("", CODE_R039, "without a vehicle");
}
END_TEST

START_TEST(a_scale_covers_the_life)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(&place, "s.cfg", SCALE("{ power_from = 1; " BANDS "}"));
    const char *text = probe_edit(&place.keep, probe_rules, "\"smic\"", "\"s\"");
    text = probe_edit(&place.keep, text, "method = \"receipt\"; unit = \"claim\"",
                      "method = \"scale\"; scale = \"s\"; unit = \"kilometre\"");
    struct text path = text_of(arena_printf(&place.keep, "%s/probe.cfg", place.folder));
    struct probe probe = probe_load(path, text_of(text));
    probe_loaded(&probe);
    ck_assert_uint_eq(probe.rules->categories[0].price.scale.count, 1);
    text = probe_edit(&place.keep, text, "life = ( { from = \"2025-01-01\"",
                      "life = ( { from = \"2024-12-31\"");
    probe = probe_load(path, text_of(text));
    (void)probe_refused(&probe, CODE_R031, 0,
                        "no value on 2024-12-31 in 'expenses.categories[0].scale'");
    text = probe_edit(&place.keep, text, "\"kilometre\"", "\"hour\"");
    probe = probe_load(path, text_of(text));
    (void)probe_refused(&probe, CODE_R045, 0, "counts kilometres");
    place_drop(&place);
}
END_TEST

Suite *test_rules_common_suite(void);

Suite *
test_rules_common_suite(void)
{
    Suite *suite = suite_create("rules_common");
    TCase *cases = tcase_create("rules_common");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, shared_series);
    tcase_add_test(cases, series_in_a_circle);
    tcase_add_test(cases, shared_files_that_are_wrong);
    tcase_add_test(cases, what_is_shared_is_told);
    tcase_add_test(cases, shared_files_in_memory);
    tcase_add_test(cases, decimals_of_a_series);
    tcase_add_test(cases, shared_files_that_cannot_be);
    tcase_add_test(cases, scales_that_do_not_cover);
    tcase_add_test(cases, a_scale_covers_the_life);
    suite_add_tcase(suite, cases);
    return suite;
}
