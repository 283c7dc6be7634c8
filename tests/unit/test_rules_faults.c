/* SPDX-License-Identifier: Apache-2.0 */
/* Two things of one sort in a block, one of them wrong: what is right does not forgive it. */
#include "support/rules_probe.h"

#include <check.h>
#include <string.h>

#define SPAN "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define ENVELOPE                                                           \
    "{ name = \"e\"; label = { fr = \"e\"; en = \"e\"; }; per = \"year\";" \
    " categories = [ \"parking\" ]; limits = ( { " SPAN "amount = \"9.00\"; } ); }"
#define SAYS    "says = { fr = \"a\"; en = \"a\"; }; "
#define VOUCHED "{ " SAYS "source = \"D1\"; }"
#define FULL_DAY(minutes, amount)                                              \
    "per = \"hour\"; kinds = [ \"plenary\" ]; full_day = { minutes = " minutes \
    "; source ="                                                               \
    " \"D1\"; amounts = ( { " SPAN "amount = \"" amount "\"; } ); };"
#define PLENARY "per = \"session\"; kinds = [ \"plenary\" ];"

#define HOURS \
    "caps = ( { per = \"month\"; limits = ( { " SPAN "quantity = \"8\"; } ); } ); "

static void
refuse(const char *from, const char *to, enum code code, const char *says)
{
    struct probe probe = probe_edited(from, to);
    (void)probe_refused(&probe, code, 0, says);
}

/* The faulty one comes first. */
START_TEST(what_is_right_forgives_nothing)
{
    refuse("examples = ( {",
           "examples = ( { says = \"zero\"; sessions = ( { date = \"2025-05-17\"; kind ="
           " \"plenry\"; } ); due = \"40.00\"; }, {",
           CODE_R022, "'plenry'");
    refuse("sessions = ( {",
           "sessions = ( { date = \"2025-05-18\"; kind = \"plenry\"; }, {", CODE_R022,
           "'plenry'");
    refuse("method = \"receipt\"; unit",
           "scale = \"x\"; method = \"unit\"; rates = ( { " SPAN
           "amount = \"1.00\"; } ); unit",
           CODE_R045, "'scale' does not go with");
    refuse("examples =", "envelopes = ( " ENVELOPE ", " ENVELOPE " ); examples =",
           CODE_R028, "envelope 'e' is stated twice");
    refuse(
        "  );\n};\nexamples",
        "    , { category = \"garage\"; also = [ \"Parking\" ]; label = { fr = \"S\"; en ="
        " \"P\"; };\n method = \"receipt\"; unit = \"claim\"; source = \"D1\"; receipt = {"
        " required = true; source = \"D1\"; }; }\n  );\n};\nexamples",
        CODE_R028, "already names the category");
    refuse("examples =",
           "attestations = { leave = { " SAYS "}; competences = ( " VOUCHED
           " ); }; examples =",
           CODE_R025, "'attestations.leave'");
    refuse("examples =",
           "attestations = { competences = ( { " SAYS "}, " VOUCHED " ); }; examples =",
           CODE_R025, "competences[0]");
    refuse("examples =", "contest = ( { " SAYS "source = \"D1\"; } ); examples =",
           CODE_R018, "'to' is missing in contest[0]");
    refuse(
        "examples =",
        "contest = ( { to = { fr = \"a\"; en = \"a\"; }; } ); attestations = { competences ="
        " ( " VOUCHED " ); }; examples =",
        CODE_R025, "contest[0]");
    refuse(
        "examples =",
        "payment = { retroactive = ( { from = \"2025-01-01\"; to = \"2025-12-31\"; source"
        " = \"D1\"; }, { from = \"2026-01-01\"; to = \"2026-12-31\"; source = \"D1\";"
        " decrease = \"keep\"; } ); }; examples =",
        CODE_R018, "'decrease' is missing");
    refuse("life = ( {",
           "life = ( { from = \"2025-01-01\"; to = \"2025-06-30\"; source = \"D1\"; }, {",
           CODE_R032, "in 'life'");
}
END_TEST

START_TEST(what_is_right_in_a_stipend_forgives_nothing)
{
    refuse("label = { fr = \"Indemnité\"; en = \"Stipend\"; };",
           "label = { fr = \"Indemnité\"; };", CODE_R018, "'en' is missing");
    refuse("  label = { fr = \"Indemnité\"",
           "  none = true;\n  label = { fr = \"Indemnité\"", CODE_R019, "not a group");
    refuse(PLENARY, PLENARY " label = { fr = \"x\"; };", CODE_R018, "'en' is missing");
    refuse(PLENARY,
           PLENARY " accounting = { account = \"1\"; function = \"\"; analytic = \"\"; "
                   "pay_code = \"\"; documents = [ ]; };",
           CODE_R045, "under the accounting of 'stipend'");
    refuse(PLENARY, FULL_DAY("0", "88.00"), CODE_R023, "is not between");
    refuse(PLENARY, FULL_DAY("420", "88"), CODE_R020, "'88' is not an amount");
    refuse(
        "not_paid = ( {",
        "not_paid = ( { kinds = [ \"video\" ]; source = \"D1\"; reason = { fr = \"r\"; en ="
        " \"r\"; }; }, {",
        CODE_R040, "kind 'video' is decided twice");
}
END_TEST

/* A ceiling of quantity needs one rate that it can be multiplied by. */
START_TEST(a_ceiling_of_quantity_goes_with_rates)
{
    static const char receipt[] = "method = \"receipt\"; unit = \"claim\";";
    struct arena keep = arena_reserve((size_t)1 << 20);
    probe_refuses(receipt, HOURS "method = \"receipt\"; unit = \"claim\";", CODE_R045, 22,
                  "does not go with method \"receipt\"", "");
    const char *text = probe_edit(&keep, probe_rules, "\"smic\"", "\"state-mileage\"");
    text = probe_edit(
        &keep, text, receipt,
        HOURS "method = \"scale\"; scale = \"state-mileage\"; unit = \"kilometre\";");
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    (void)probe_refused(&probe, CODE_R045, 22, "does not go with method \"scale\"");
    probe = probe_edited(receipt,
                         HOURS "method = \"unit\"; unit = \"hour\"; rates = ( { " SPAN
                               "amount = \"12.00\"; } );");
    probe_loaded(&probe);
    probe = probe_edited(receipt,
                         HOURS "method = \"ceiling\"; unit = \"hour\"; rates = ( { " SPAN
                               "amount = \"12.00\"; } );");
    probe_loaded(&probe);
    /* Of a method that is none, nothing more is said. */
    probe = probe_edited(receipt, HOURS "method = \"x\"; unit = \"claim\";");
    (void)probe_refused(&probe, CODE_R022, 22, "'x'");
    ck_assert_uint_eq(diag_errors(probe.diag), 1);
}
END_TEST

/* probe_rules with another stipend. */
static struct probe
with_stipend(const char *inside)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *start = strstr(probe_rules, "stipend = {\n");
    const char *end = strstr(probe_rules, "};\nexpenses");
    const char *text = arena_printf(&keep, "%.*sstipend = {\n%s%s",
                                    (int)(start - probe_rules), probe_rules, inside, end);
    return probe_load(STR("memory/probe.cfg"), text_of(text));
}

/* Of spans that are none, it is not said that they are one. */
START_TEST(ceilings_of_no_span_are_not_alike)
{
    static const char caps[] =
        PLENARY " caps = ("
                " { per = \"@\"; limits = ( { " SPAN "amount = \"90.00\"; } ); },"
                " { per = \"@\"; limits = ( { " SPAN "amount = \"80.00\"; } ); } );";
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *none =
        probe_edit(&keep, probe_edit(&keep, caps, "@", "moon"), "@", "sun");
    const char *alike =
        probe_edit(&keep, probe_edit(&keep, caps, "@", "month"), "@", "month");
    struct probe probe = probe_edited(PLENARY, none);
    (void)probe_refused(&probe, CODE_R022, 0, "'moon'");
    (void)probe_refused(&probe, CODE_R022, 0, "'sun'");
    ck_assert_uint_eq(diag_errors(probe.diag), 2);
    probe = probe_edited(PLENARY, alike);
    (void)probe_refused(&probe, CODE_R028, 0, "two caps per month");
    ck_assert_uint_eq(diag_errors(probe.diag), 1);
}
END_TEST

#define FACTS(session, claim)                                                               \
    "examples = ( { says = \"one\"; sessions = ( { date = \"" session                       \
    "\"; kind = \"plenary\"; } ); claims = ( { date = \"" claim                             \
    "\"; category = \"parking\"; amount = \"1.00\"; receipt = true; } ); due = \"41.00\"; " \
    "} );"

/* Each day of an example that lies outside the life is told, and one that lies within is no excuse. */
START_TEST(an_example_lies_in_the_life)
{
    static const struct {
        const char *facts;
        size_t outside;
    } rows[] = {
        {FACTS("2025-05-17", "2025-05-17"), 0},
        {FACTS("2024-05-17", "2025-05-17"), 1},
        {FACTS("2025-05-17", "2024-05-17"), 1},
        {FACTS("2024-05-17", "2024-05-17"), 2},
    };
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *start = strstr(probe_rules, "examples = (");
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const char *text = arena_printf(&keep, "%.*s%s\n", (int)(start - probe_rules),
                                        probe_rules, rows[i].facts);
        struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
        if (rows[i].outside == 0) {
            probe_loaded(&probe);
        } else {
            (void)probe_refused(&probe, CODE_R048, 0, "outside the life of the rules");
        }
        ck_assert_uint_eq(diag_errors(probe.diag), rows[i].outside);
    }
}
END_TEST

/* The name and the town of who pays go into the transfer: letters that no bank takes are told. */
START_TEST(a_bank_can_write_who_pays)
{
    static const struct {
        const char *name, *town;
        size_t told;
    } rows[] = {
        {"Trésorerie", "Besançon", 0},
        {"Trésorerie", "京都",    1},
        {"京都",      "Besançon", 1},
    };
    struct arena keep = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const char *payer = arena_printf(
            &keep,
            "payment = { payer = { name = \"%s\"; iban = \"FR7630006000011234567890189\"; "
            "town = \"%s\"; }; };\nexamples = (",
            rows[i].name, rows[i].town);
        struct probe probe = probe_edited("examples = (", payer);
        if (rows[i].told == 0) {
            probe_loaded(&probe);
        } else {
            (void)probe_refused(&probe, CODE_R047, 0, "letters that no bank takes");
        }
        ck_assert_uint_eq(diag_errors(probe.diag), rows[i].told);
    }
}
END_TEST

START_TEST(a_policy_of_not_paying_has_its_text)
{
    static const char label[] = "label = { fr = \"I\"; en = \"S\"; };";
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct probe probe = with_stipend(arena_printf(
        &keep, "%s none = { reason = { fr = \"x\"; en = \"y\"; }; };\n", label));
    (void)probe_refused(&probe, CODE_R025, 0, "'stipend.none'");
    probe = with_stipend(arena_printf(
        &keep, "%s none = { reason = { fr = \"x\"; }; source = \"D1\"; };\n", label));
    (void)probe_refused(&probe, CODE_R018, 0, "'en' is missing");
    probe = with_stipend("label = { fr = \"I\"; }; none = { reason = { fr = \"x\"; en ="
                         " \"y\"; }; source = \"D1\"; };\n");
    (void)probe_refused(&probe, CODE_R018, 0, "'en' is missing");
}
END_TEST

#define SECOND_TARIFF(bodies)                                                 \
    " }, { per = \"hour\"; kinds = [ \"plenary\" ]; source = \"D1\"; " bodies \
    " amounts = ( { " SPAN "amount = \"5.00\"; } ); } );\n  not_paid"
#define BODIES "session_bodies = { accepted = [ \"Bureau\" ]; source = \"D1\"; };"

/* A tariff for every organ leaves no room for one of a single organ, on either side. */
START_TEST(a_tariff_for_all_organs_shares_no_kind)
{
    static const struct {
        const char *first, *second;
    } pairs[] = {
        {"",     BODIES},
        {BODIES, ""    },
        {"",     ""    },
    };
    struct arena keep = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(pairs); i++) {
        const char *text =
            probe_edit(&keep, probe_rules, PLENARY,
                       arena_printf(&keep, "%s %s", PLENARY, pairs[i].first));
        const char *second = probe_edit(&keep, SECOND_TARIFF("@"), "@", pairs[i].second);
        text = probe_edit(&keep, text, " } );\n  not_paid", second);
        struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
        (void)probe_refused(&probe, CODE_R040, 0, "'plenary' is decided twice");
    }
}
END_TEST

/* Hours, euros, and euros above which one only warns: three ceilings of one day. */
START_TEST(ceilings_of_one_span_differ_in_sort)
{
    struct probe probe = probe_edited(
        PLENARY, "per = \"hour\"; kinds = [ \"plenary\" ]; caps = ("
                 " { per = \"day\"; limits = ( { " SPAN "quantity = \"7\"; } ); },"
                 " { per = \"day\"; limits = ( { " SPAN "amount = \"90.00\"; } ); },"
                 " { per = \"day\"; limit = \"soft\"; limits = ( { " SPAN
                 "amount = \"80.00\"; } ); } );");
    probe_loaded(&probe);
    const struct entitlement *price = &probe.rules->stipend.tariffs[0].price;
    ck_assert_uint_eq(price->cap_count, 3);
    ck_assert(price->caps[0].of_quantity);
    probe = probe_edited(
        PLENARY, "per = \"hour\"; kinds = [ \"plenary\" ]; caps = ("
                 " { per = \"month\"; limits = ( { " SPAN "amount = \"900.00\"; } ); },"
                 " { per = \"day\"; limits = ( { " SPAN "amount = \"90.00\"; } ); },"
                 " { per = \"day\"; limits = ( { " SPAN "quantity = \"7\"; } ); } );");
    probe_loaded(&probe);
    price = &probe.rules->stipend.tariffs[0].price;
    ck_assert_int_eq(price->caps[0].span, SPAN_DAY);
    ck_assert(price->caps[0].of_quantity);
    ck_assert_int_eq(price->caps[1].span, SPAN_DAY);
    ck_assert_int_eq(price->caps[2].span, SPAN_MONTH);
}
END_TEST

/* A character that is no digit makes another thing of a date; a digit too many another day. */
START_TEST(a_date_has_one_form)
{
    struct arena keep = arena_reserve((size_t)1 << 16);
    char date[] = "2025-01-01";
    for (size_t i = 0; i < strlen(date); i++) {
        char kept = date[i];
        date[i] = 'x';
        refuse("from = \"2025-01-01\"", arena_printf(&keep, "from = \"%s\"", date),
               CODE_R021, "is not a date");
        date[i] = kept;
    }
    refuse("from = \"2025-01-01\"", "from = \"2025-13-01\"", CODE_R021,
           "is not a day of the calendar");
    refuse("from = \"2025-01-01\"", "from = \"2025-01-011\"", CODE_R021, "is not a date");
    refuse("from = \"2025-01-01\"", "from = \"2025-1-1\"", CODE_R021, "is not a date");
    arena_release(keep);
}
END_TEST

/* The later line is the one that is told, whichever is written first. */
START_TEST(two_values_from_one_day)
{
    static const char closed[] =
        "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"42.00\"; source = \"D1\"; }";
    static const char open[] = "{ from = \"2026-01-01\"; checked_on = \"2026-02-01\";"
                               " amount = \"43.00\"; source = \"D1\"; }";
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct probe probe =
        probe_edited(closed, arena_printf(&keep, "%s,\n      %s", open, closed));
    const struct diagnostic *found =
        probe_refused(&probe, CODE_R032, 13, "two values on 2026-01-01..2026-12-31 in");
    ck_assert_uint_eq(found->other.line, 12);
    probe = probe_edited(closed, arena_printf(&keep, "%s,\n      %s", open, open));
    (void)probe_refused(&probe, CODE_R032, 13, "two values on 2026-01-01.. in");
}
END_TEST

/* An assumption or a note cites a source by its id, whole: not as a part of another word. */
static const struct {
    const char *says;
    bool cites;
} sayings[] = {
    {"D2",          true },
    {"D2, art. 3",  true },
    {"(D2)",        true },
    {"see D2",      true },
    {"see D2.",     true },
    {"see /D2:",    true },
    {"see [D2]",    true },
    {"see {D2}",    true },
    {"see @D2`",    true },
    {"see \xC3\xA9"
     "D2",     true },
    {"xD2",         false},
    {"aD2",         false},
    {"zD2",         false},
    {"ZD2",         false},
    {"0D2",         false},
    {"9D2",         false},
    {"-D2",         false},
    {"D2-",         false},
    {"D2a",         false},
    {"D20",         false},
    {"D29 and D2x", false},
    {"D29 and D2",  true },
    {"D",           false},
    {"d2",          false},
};

START_TEST(a_source_is_cited_by_its_whole_id)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = probe_edit(
        &keep, probe_rules, "address = \"\"; } )",
        "address = \"\"; }, { id = \"D2\"; kind = \"press\"; title = \"t\"; address = \"\"; } )");
    text = probe_edit(&keep, text, "assumption = \"c\"",
                      arena_printf(&keep, "assumption = \"%s\"", sayings[_i].says));
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    probe_loaded(&probe);
    ck_assert_msg(probe.rules->sources[1].cited == sayings[_i].cites, "%s",
                  sayings[_i].says);
}
END_TEST

Suite *test_rules_faults_suite(void);

Suite *
test_rules_faults_suite(void)
{
    Suite *suite = suite_create("rules_faults");
    TCase *cases = tcase_create("rules_faults");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, what_is_right_forgives_nothing);
    tcase_add_test(cases, what_is_right_in_a_stipend_forgives_nothing);
    tcase_add_test(cases, a_ceiling_of_quantity_goes_with_rates);
    tcase_add_test(cases, ceilings_of_no_span_are_not_alike);
    tcase_add_test(cases, an_example_lies_in_the_life);
    tcase_add_test(cases, a_bank_can_write_who_pays);
    tcase_add_test(cases, a_policy_of_not_paying_has_its_text);
    tcase_add_test(cases, a_tariff_for_all_organs_shares_no_kind);
    tcase_add_test(cases, a_date_has_one_form);
    tcase_add_test(cases, ceilings_of_one_span_differ_in_sort);
    tcase_add_test(cases, two_values_from_one_day);
    tcase_add_loop_test(cases, a_source_is_cited_by_its_whole_id, 0,
                        (int)ARRAY_COUNT(sayings));
    suite_add_tcase(suite, cases);
    return suite;
}
