/* SPDX-License-Identifier: Apache-2.0 */
/* A rule file, block by block: what is read, and what each fault says. */
#define _GNU_SOURCE 1

#include "../../src/rules/loader.h"
#include "support/rules_place.h"

#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(the_shipped_files_load)
{
    static const char *const ids[] = {"marseille",       "poitiers",
                                      "haute-garonne",   "lanester",
                                      "cese-convention", "clermont-ferrand",
                                      "rennes-2021",     "grenoble-2022",
                                      "brussels",        "bourgogne-franche-comte"};
    static const struct text folder[] = {
        {"rules", 5}
    };
    for (size_t i = 0; i < ARRAY_COUNT(ids); i++) {
        struct arena keep = arena_reserve((size_t)64 << 20);
        struct diag *diag = diag_new(&keep, LANGUAGE_EN);
        struct rules *rules = rules_load(&keep, text_of(ids[i]), folder, 1, diag);
        ck_assert_msg(rules != NULL, "%s", ids[i]);
        ck_assert(text_equals(rules->id, text_of(ids[i])));
        ck_assert_uint_eq(diag_errors(diag) + diag_warnings(diag), 0);
    }
}
END_TEST

START_TEST(poitiers_is_read_as_written)
{
    static const struct text folder[] = {
        {"rules", 5}
    };
    struct arena keep = arena_reserve((size_t)64 << 20);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct rules *rules = rules_load(&keep, STR("rules/poitiers.cfg"), folder, 1, diag);
    ck_assert_ptr_nonnull(rules);
    const struct stipend *stipend = &rules->stipend;
    ck_assert_int_eq(rules->language, LANGUAGE_FR);
    ck_assert_uint_eq(rules->source_count, 8);
    ck_assert_uint_eq(rules->status_count, 5);
    ck_assert_uint_eq(rules->assumption_count, 9);
    ck_assert_uint_eq(rules->common_count, 2);
    ck_assert_uint_eq(stipend->tariff_count, 1);
    ck_assert_uint_eq(stipend->tariffs[0].kinds,
                      (1U << KIND_PROPOSAL_GROUP) | (1U << KIND_METHOD_COMMITTEE));
    ck_assert_int_eq(stipend->tariffs[0].price.unit, UNIT_HOUR);
    ck_assert_uint_eq(stipend->cap_count, 1);
    ck_assert_int_eq(stipend->caps[0].span, SPAN_DAY);
    ck_assert(!stipend->caps[0].soft && !stipend->caps[0].of_quantity);
    ck_assert(!stipend->excused_paid);
    ck_assert_uint_eq(stipend->statuses, (1U << STATUS_DRAWN) | (1U << STATUS_VOLUNTEER) |
                                             (1U << STATUS_ALTERNATE));
    ck_assert(stipend->request.required && stipend->request.days_after_session == 0);
    ck_assert(stipend->bodies.required && stipend->bodies.count == 4);
    ck_assert(stipend->means.required && stipend->means.inclusive);
    ck_assert_uint_eq(stipend->means.method_count, 2);
    ck_assert_int_eq(stipend->means.age_months_max, 12);
    ck_assert(text_equals(stipend->means.measure, STR("quotient_familial")));
    ck_assert_uint_eq(rules->category_count, 3);
    ck_assert_uint_eq(rules->example_count, 8);
    ck_assert_int_eq(rules->examples[7].due.cents, 3600);
    ck_assert(rules->examples[7].claims[0].receipt);
    ck_assert_int_eq(rules->examples[0].sessions[0].duration, 180 * DURATION_MINUTE);
    ck_assert_int_eq(rules->examples[3].figure.cents, 100001);
    ck_assert(!rules->recover_overpayment);
    struct arena scratch = arena_reserve((size_t)1 << 16);
    ck_assert_ptr_nonnull(rules_tariff(rules, scratch, KIND_PROPOSAL_GROUP, STR("")));
    ck_assert_ptr_null(rules_tariff(rules, scratch, KIND_PLENARY, STR("")));
    ck_assert_ptr_nonnull(rules_exclusion(rules, KIND_PLENARY));
    ck_assert_ptr_null(rules_exclusion(rules, KIND_PROPOSAL_GROUP));
    ck_assert_ptr_nonnull(rules_category(rules, scratch, STR("Transport en commun")));
    ck_assert_ptr_null(rules_category(rules, scratch, STR("mileage")));
    ck_assert(text_equals(label_in(&stipend->label, LANGUAGE_FR), STR("Indemnité")));
    ck_assert(text_equals(label_in(&stipend->label, LANGUAGE_EN), STR("Stipend")));
}
END_TEST

START_TEST(nil_policy_and_draft)
{
    static const struct text folder[] = {
        {"rules", 5}
    };
    struct arena keep = arena_reserve((size_t)64 << 20);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct rules *nil = rules_load(&keep, STR("lanester"), folder, 1, diag);
    ck_assert(nil->stipend.nil && nil->stipend.tariff_count == 0 &&
              nil->category_count == 0);
    ck_assert(text_equals(nil->stipend.nil_reason.en, STR("no indemnity by decision")));
    struct rules *draft = rules_load(&keep, STR("clermont-ferrand"), folder, 1, diag);
    ck_assert(!draft->stipend.nil && draft->stipend.tariff_count == 0);
    ck_assert_int_eq(draft->statuses[0].state, SCHEME_DRAFT);
}
END_TEST

START_TEST(a_file_by_name)
{
    static const struct text folders[] = {
        {"nowhere", 7},
        {"rules",   5}
    };
    struct arena keep = arena_reserve((size_t)64 << 20);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    ck_assert_ptr_nonnull(rules_load(&keep, STR("marseille"), folders, 2, diag));
    ck_assert_ptr_null(rules_load(&keep, STR("marsielle"), folders, 2, diag));
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(filed[0].code, CODE_R001);
    ck_assert(text_equals(filed[0].meant, STR("marseille")));
    ck_assert_ptr_null(rules_load(&keep, STR("rules/none.cfg"), folders, 2, diag));
    filed = diag_sorted(diag, &count);
    ck_assert_int_eq(filed[count - 1].code == CODE_F001 || filed[0].code == CODE_F001, 1);
}
END_TEST

/* A name with a slash is a path; a folder may hold one file, or one that has only an ending. */
START_TEST(a_path_and_a_poor_folder)
{
    struct arena keep = arena_reserve((size_t)64 << 20);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    const struct text folder[] = {text_of(arena_printf(&keep, "%s/common", template))};
    size_t count = 0;
    ck_assert_ptr_null(rules_load(&keep, STR("nowhere/marseille"), folder, 1, diag));
    ck_assert_int_eq(diag_sorted(diag, &count)[0].code, CODE_F001);
    place_put(&place, ".cfg", probe_rules);
    place_put(&place, "other.cfg", probe_rules);
    diag = diag_new(&keep, LANGUAGE_EN);
    ck_assert_ptr_null(rules_load(&keep, STR("othre"), folder, 1, diag));
    const struct diagnostic *filed = diag_sorted(diag, &count);
    ck_assert_int_eq(filed[0].code, CODE_R001);
    ck_assert(text_equals(filed[0].meant, STR("other")));
    place_drop(&place);
    /* Shared files of a rule file at the root are looked for in the rules folders too. */
    struct probe probe = probe_load(STR("/probe.cfg"), text_of(probe_rules));
    probe_loaded(&probe);
}
END_TEST

START_TEST(head_and_keys)
{
    probe_refuses("defray.rules/1", "defray.rules/2", CODE_R038, 1,
                  "is not defray.rules/1", "");
    probe_refuses("id = \"probe\"", "id = \"Probe\"", CODE_R024, 2, "is not an id", "");
    probe_refuses("id = \"probe\"", "id = \"../x\"", CODE_R024, 2, "is not an id", "");
    probe_refuses("authority = \"Ville\"", "authority = \"  \"", CODE_R052, 2,
                  "'authority' is empty", "");
    probe_refuses("authority =", "autority =", CODE_R017, 2, "unknown key 'autority'",
                  "authority");
    probe_refuses("authority =", "autority =", CODE_R018, 0, "key 'authority' is missing",
                  "");
    probe_refuses("language = \"fr\"", "language = \"de\"", CODE_R022, 2,
                  "none of: en, fr", "");
    probe_refuses("language = \"fr\"", "language = 1", CODE_R019, 2,
                  "'language' is a whole number", "");
    probe_refuses("amount = \"40.00\"", "ammount = \"40.00\"", CODE_R017, 11,
                  "unknown key 'ammount' in stipend.tariffs[0].amounts[0]", "amount");
    probe_refuses("excused =", "excuse =", CODE_R017, 16, "in stipend", "excused");
    probe_refuses("examples =", "exemples =", CODE_R017, 25, "", "examples");
    probe_refuses("life = (", "life = [", CODE_R013, 5, "", "");
    probe_refuses("life = ( { from", "life = 5; old = ( { from", CODE_R019, 5,
                  "not a list", "");
    probe_refuses("excused = { paid = false; source = \"D1\"; }", "excused = false",
                  CODE_R019, 16, "true or false, not a group", "");
    probe_refuses("paid = false", "paid = \"no\"", CODE_R019, 16, "without quotes", "");
    probe_refuses("paid = false", "paid = 0", CODE_R019, 16, "", "");
}
END_TEST

START_TEST(sources_and_assumptions)
{
    probe_refuses("amount = \"40.00\"; source = \"D1\"", "amount = \"40.00\"", CODE_R025,
                  11, "'stipend.tariffs[0].amounts[0]' has neither source nor assumption",
                  "");
    probe_refuses("amount = \"40.00\"; source = \"D1\"",
                  "amount = \"40.00\"; source = \"D1\"; assumption = \"x\"", CODE_R026,
                  11, "has both", "");
    probe_refuses("paid = false; source = \"D1\"", "paid = false", CODE_R025, 16,
                  "'stipend.excused'", "");
    probe_refuses("\"volunteer\" ]; assumption = \"b\"", "\"volunteer\" ]", CODE_R025, 17,
                  "", "");
    probe_refuses("assumption = \"a\"; ", "", CODE_R025, 14, "'stipend.not_paid[0]'", "");
    probe_refuses("kinds = [ \"plenary\" ]; source = \"D1\"", "kinds = [ \"plenary\" ]",
                  CODE_R025, 9, "'stipend.tariffs[0]'", "");
    probe_refuses("presence = { assumption = \"c\"; }", "presence = { }", CODE_R025, 19,
                  "", "");
    probe_refuses("required = true; source = \"D1\"", "required = true", CODE_R025, 22,
                  "receipt", "");
    probe_refuses("unit = \"claim\"; source = \"D1\"", "unit = \"claim\"", CODE_R025, 21,
                  "'expenses.categories[0]'", "");
    probe_refuses("assumption = \"c\"", "assumption = \"\"", CODE_R052, 19,
                  "'assumption' is empty", "");
    probe_refuses("paid = false; source = \"D1\"", "paid = false; source = \"D2\"",
                  CODE_R027, 16, "source 'D2' is not listed", "");
    probe_refuses("paid = false; source = \"D1\"", "paid = false; source = \"OPENFISKA\"",
                  CODE_R027, 16, "", "OPENFISCA");
    probe_refuses("paid = false; source = \"D1\"", "paid = false; source = 1", CODE_R019,
                  16, "", "");
    probe_refuses(
        "address = \"\"; } )",
        "address = \"\"; }, { id = \"D1\"; kind = \"press\"; title = \"t\"; address = \"\"; } )",
        CODE_R028, 4, "source 'D1' is listed twice", "");
    probe_refuses("kind = \"deliberation\"", "kind = \"deliberations\"", CODE_R022, 4, "",
                  "deliberation");
    /* A source of a shared file that is named may be cited. */
    struct probe probe = probe_edited(
        "paid = false; source = \"D1\"",
        "paid = false; source = \"OPENFISCA\"; article = \"p. 1\"; note = \"n\"");
    probe_loaded(&probe);
    ck_assert(text_equals(probe.rules->stipend.excused_basis.article, STR("p. 1")));
    ck_assert_uint_eq(probe.rules->assumption_count, 3);
    ck_assert(text_equals(probe.rules->assumptions[0]->assumption, STR("a")));
    ck_assert(text_equals(probe.rules->assumptions[2]->assumption, STR("c")));
}
END_TEST

START_TEST(amounts_have_one_form)
{
    static const char *const wrong[] = {
        "1e400",
        "NaN",
        "inf",
        "0x10",
        "+5",
        " 86.94",
        "86.94 ",
        "86.940",
        "086.94",
        ".5",
        "5.",
        "-0.00",
        "86.9",
        "86",
        "",
        "-5.00",
        "1 234.50",
        "1,234.50",
        "99999999999999.99",
        "10000000.01",
        "٨٦.٩٤",
    };
    struct arena keep = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
        struct probe probe = probe_edited(
            "amount = \"40.00\"", arena_printf(&keep, "amount = \"%s\"", wrong[i]));
        (void)probe_refused(&probe, CODE_R020, 11, "is not an amount");
    }
    struct probe probe = probe_edited("amount = \"40.00\"", "amount = \"86,94\"");
    (void)probe_refused(&probe, CODE_R020, 11, "decimal point");
    probe = probe_edited("amount = \"40.00\"", "amount = 40");
    (void)probe_refused(&probe, CODE_R019, 11, "the whole number 40 without quotes");
    probe = probe_edited("amount = \"40.00\"", "amount = \"10000000.00\"");
    probe_loaded(&probe);
    probe = probe_edited("amount = \"40.00\"", "amount = \"0.00\"");
    probe_loaded(&probe);
}
END_TEST

START_TEST(kinds_are_each_decided_once)
{
    probe_refuses("\"half_day\", ", "", CODE_R041, 7, "kind 'half_day' is neither", "");
    probe_refuses("[ \"plenary\" ]", "[ \"plenary\", \"video\" ]", CODE_R040, 14,
                  "kind 'video' is decided twice", "");
    probe_refuses("[ \"plenary\" ]", "[ \"plenery\" ]", CODE_R022, 9,
                  "'plenery' is none of", "plenary");
    probe_refuses("[ \"plenary\" ]", "[ \"plenary\", \"plenary\" ]", CODE_R028, 9,
                  "twice", "");
    probe_refuses("[ \"plenary\" ]", "[ 1 ]", CODE_R019, 9, "", "");
    probe_refuses("\"drawn\", ", "\"drwan\", ", CODE_R022, 17, "", "drawn");
    probe_refuses("\"drawn\", ", "\"drawn\", \"official\", ", CODE_R042, 17,
                  "'official' is never paid", "");
    struct probe probe = probe_edited("[ \"plenary\" ]", "[ \"plenary\", \"video\" ]");
    ck_assert_uint_eq(probe_refused(&probe, CODE_R040, 14, "")->other.line, 9);
}
END_TEST

#define SECOND_TARIFF(bodies)                                                                                 \
    " }, { per = \"hour\"; kinds = [ \"plenary\" ]; source = \"D1\"; session_bodies = { accepted = [ " bodies \
    " ]; source = \"D1\"; };\n"                                                                               \
    " amounts = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; amount = \"5.00\"; source = \"D1\"; } ); } );\n  not_paid"

START_TEST(tariffs_of_different_organs_share_a_kind)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *first =
        probe_edit(&keep, probe_rules, "kinds = [ \"plenary\" ];",
                   "kinds = [ \"plenary\" ]; session_bodies = { accepted = [ "
                   "\"Bureau\" ]; assumption = \"x\"; };");
    const char *text = probe_edit(&keep, first, " } );\n  not_paid",
                                  SECOND_TARIFF("\"comité méthodologique\""));
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    probe_loaded(&probe);
    struct arena scratch = arena_reserve((size_t)1 << 16);
    ck_assert_ptr_eq(rules_tariff(probe.rules, scratch, KIND_PLENARY, STR("bureau")),
                     &probe.rules->stipend.tariffs[0]);
    ck_assert_ptr_eq(
        rules_tariff(probe.rules, scratch, KIND_PLENARY, STR("Comite methodologique")),
        &probe.rules->stipend.tariffs[1]);
    ck_assert_ptr_null(rules_tariff(probe.rules, scratch, KIND_PLENARY, STR("")));
    ck_assert_ptr_eq(rules_bodies_basis(probe.rules, KIND_PLENARY),
                     &probe.rules->stipend.tariffs[0].bodies_basis);
    ck_assert_ptr_null(rules_bodies_basis(probe.rules, KIND_VIDEO));
    probe = probe_edited("examples =", "examples ="); /* any organ may meet */
    probe_loaded(&probe);
    ck_assert_ptr_null(rules_bodies_basis(probe.rules, KIND_PLENARY));
    text = probe_edit(&keep, first, " } );\n  not_paid", SECOND_TARIFF("\"bureau\""));
    probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    (void)probe_refused(&probe, CODE_R040, 0, "'plenary' is decided twice");
    text = probe_edit(&keep, first, " } );\n  not_paid", SECOND_TARIFF(""));
    probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    (void)probe_refused(&probe, CODE_R045, 0, "accepts no body");
}
END_TEST

START_TEST(every_block_in_one_pass)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text =
        probe_edit(&keep, probe_rules, "language = \"fr\"", "language = \"xx\"");
    text = probe_edit(&keep, text, "kind = \"deliberation\"", "kind = \"x\"");
    text = probe_edit(&keep, text, "amount = \"40.00\"", "amount = \"40\"");
    text = probe_edit(&keep, text, "paid = false; source = \"D1\"", "paid = false");
    text = probe_edit(&keep, text, "method = \"receipt\"", "method = \"x\"");
    text = probe_edit(&keep, text, "due = \"40.00\"", "dues = \"40.00\"");
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    (void)probe_refused(&probe, CODE_R022, 2, "");
    (void)probe_refused(&probe, CODE_R022, 4, "");
    (void)probe_refused(&probe, CODE_R020, 11, "");
    (void)probe_refused(&probe, CODE_R025, 16, "");
    (void)probe_refused(&probe, CODE_R022, 22, "");
    (void)probe_refused(&probe, CODE_R018, 25, "'due' is missing");
    (void)probe_refused(&probe, CODE_R017, 25, "'dues'");
    ck_assert_uint_eq(diag_errors(probe.diag), 7);
}
END_TEST

START_TEST(the_library_and_the_prescan_agree_or_it_is_said)
{
    struct probe probe = probe_edited("id = \"probe\"", "id = \"probe\"");
    probe_loaded(&probe);
    struct input *input = input_of(probe.keep, STR("memory/x.cfg"), STR("a = 1;\n"));
    struct arena scratch = arena_reserve((size_t)1 << 16);
    struct document document = {
        .keep = probe.keep, .scratch = &scratch, .diag = probe.diag, .input = input};
    struct scanned scanned = {.clean = "a = 1; b = 2;\n"};
    ck_assert(!node_build(&document, &scanned));
    scanned.clean = "a = ";
    ck_assert(!node_build(&document, &scanned));
    /* Other places than settings: more, of another name, of a type that is let through nowhere. */
    struct place one[] = {
        {STR_INIT("a"), 1, 1}
    };
    struct place two[] = {
        {STR_INIT("a"), 1, 1},
        {STR_INIT("b"), 1, 8}
    };
    struct places none = scanned.places;
    scanned.places = (struct places){two, 2, 2};
    scanned.clean = "a = 1;";
    ck_assert(!node_build(&document, &scanned));
    scanned.clean = "b = 1; a = 1;";
    ck_assert(!node_build(&document, &scanned));
    scanned.clean = "a = 1; b = 2;";
    ck_assert(node_build(&document, &scanned));
    scanned.places = (struct places){one, 1, 1};
    scanned.clean = "a = 1.5;";
    ck_assert(!node_build(&document, &scanned));
    scanned.places = none;
    probe.rules = NULL;
    (void)probe_refused(&probe, CODE_R016, 0, "other settings");
    (void)probe_refused(&probe, CODE_R016, 0, "syntax error");
}
END_TEST

/* The library leaves out what it finds no room for, goes on, and says so by errno alone: what it has
 * read then is not used. It asks for a locale first of all. */
static bool short_of_memory;
locale_t newlocale(int mask, const char *name, locale_t base);
locale_t __newlocale(int mask, const char *name, locale_t base); /* the system's */

locale_t
newlocale(int mask, const char *name, locale_t base)
{
    locale_t made = __newlocale(mask, name, base);
    errno = short_of_memory ? ENOMEM : errno;
    return made;
}

START_TEST(the_library_finds_no_room)
{
    static const int statuses[] = {0, 5};
    for (int i = 0; i < 2; i++) {
        pid_t child = fork();
        if (child == 0) {
            short_of_memory = i == 1;
            close(STDERR_FILENO);
            struct probe probe = probe_edited("id = \"probe\"", "id = \"probe\"");
            _exit(probe.rules == NULL);
        }
        int status = 0;
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), statuses[i]);
    }
}
END_TEST

Suite *test_rules_load_suite(void);

Suite *
test_rules_load_suite(void)
{
    Suite *suite = suite_create("rules_load");
    TCase *cases = tcase_create("rules_load");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, the_shipped_files_load);
    tcase_add_test(cases, poitiers_is_read_as_written);
    tcase_add_test(cases, nil_policy_and_draft);
    tcase_add_test(cases, a_file_by_name);
    tcase_add_test(cases, a_path_and_a_poor_folder);
    tcase_add_test(cases, head_and_keys);
    tcase_add_test(cases, sources_and_assumptions);
    tcase_add_test(cases, amounts_have_one_form);
    tcase_add_test(cases, kinds_are_each_decided_once);
    tcase_add_test(cases, tariffs_of_different_organs_share_a_kind);
    tcase_add_test(cases, every_block_in_one_pass);
    tcase_add_test(cases, the_library_and_the_prescan_agree_or_it_is_said);
    tcase_add_test(cases, the_library_finds_no_room);
    suite_add_tcase(suite, cases);
    return suite;
}
