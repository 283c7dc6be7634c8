/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of a rule file one by one: conditions, caps, categories, envelopes. */
#include "support/rules_probe.h"

#include <check.h>

#define EXTRA_CONDITIONS "  excused = { paid = false; source = \"D1\"; };\n"
#define WITH(extra)      EXTRA_CONDITIONS extra "\n"
#define MEANS(thresholds)                                                                       \
    WITH(                                                                                       \
        "conditions = { means_test = { measure = \"quotient_familial\"; methods = [ \"caf\" ];" \
        " source = \"D1\"; thresholds = ( " thresholds " ); }; };")
#define SPAN "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "

START_TEST(conditions)
{
    probe_refuses(EXTRA_CONDITIONS, MEANS("{ " SPAN "amount = \"1000.00\"; }"), CODE_R044,
                  17, "neither at_most nor below", "");
    probe_refuses(EXTRA_CONDITIONS,
                  MEANS("{ " SPAN "at_most = \"1000.00\"; below = \"1000.00\"; }"),
                  CODE_R044, 17, "", "");
    probe_refuses(
        EXTRA_CONDITIONS,
        MEANS(
            "{ from = \"2025-01-01\"; to = \"2025-12-31\"; source = \"D1\"; at_most = \"1.00\"; }, "
            "{ from = \"2026-01-01\"; to = \"2026-12-31\"; source = \"D1\"; below = \"1.00\"; }"),
        CODE_R044, 17, "the same operator", "");
    probe_refuses(EXTRA_CONDITIONS, MEANS("{ " SPAN "at_most = \"1000,00\"; }"),
                  CODE_R020, 17, "", "");
    probe_refuses(EXTRA_CONDITIONS,
                  WITH("conditions = { on_requst = { source = \"D1\"; }; };"), CODE_R017,
                  17, "", "on_request");
    probe_refuses(
        EXTRA_CONDITIONS,
        WITH(
            "conditions = { on_request = { days_after_session = 0; source = \"D1\"; }; };"),
        CODE_R023, 17, "0 is not between 1 and 3660", "");
    probe_refuses(EXTRA_CONDITIONS, WITH("conditions = { age = { minimum = 16; }; };"),
                  CODE_R025, 17, "", "");
    probe_refuses(EXTRA_CONDITIONS,
                  WITH("conditions = { age = { minimum = 121; source = \"D1\"; }; };"),
                  CODE_R023, 17, "", "");
    probe_refuses(
        EXTRA_CONDITIONS,
        WITH("conditions = { bodies = { accepted = [ ]; source = \"D1\"; }; };"),
        CODE_R045, 17, "accepts no body", "");
    struct probe probe =
        probe_edited(EXTRA_CONDITIONS, MEANS("{ " SPAN "below = \"1000.00\"; }"));
    probe_loaded(&probe);
    ck_assert(probe.rules->stipend.means.required &&
              !probe.rules->stipend.means.inclusive);
    probe = probe_edited(
        EXTRA_CONDITIONS,
        WITH("conditions = { on_request = { days_after_session = 60; source = "
             "\"D1\"; }; age = { minimum = 16; source = \"D1\"; }; };"));
    probe_loaded(&probe);
    ck_assert_int_eq(probe.rules->stipend.request.days_after_session, 60);
    ck_assert_int_eq(probe.rules->stipend.age.minimum, 16);
    probe = probe_edited(
        EXTRA_CONDITIONS,
        WITH("conditions = { means_test = { measure = \"q\"; methods = [ \"cafe\" ]; "
             "source = \"D1\"; thresholds = ( { " SPAN "below = \"1.00\"; } ); }; };"));
    ck_assert(text_equals(probe_refused(&probe, CODE_R022, 17, "")->meant, STR("")) ||
              text_equals(probe_refused(&probe, CODE_R022, 17, "")->meant, STR("caf")));
}
END_TEST

#define CAPS(entries) WITH("caps = ( " entries " );")

START_TEST(caps_and_tariff_settings)
{
    probe_refuses(
        EXTRA_CONDITIONS,
        CAPS("{ per = \"week\"; limits = ( { " SPAN "amount = \"1.00\"; } ); }"),
        CODE_R022, 17, "", "");
    probe_refuses(EXTRA_CONDITIONS,
                  CAPS("{ per = \"day\"; limit = \"sotf\"; limits = ( { " SPAN
                       "amount = \"1.00\"; } ); }"),
                  CODE_R022, 17, "", "soft");
    probe_refuses(EXTRA_CONDITIONS,
                  CAPS("{ per = \"day\"; limits = ( { " SPAN "amount = \"1.00\"; } ); }, "
                       "{ per = \"day\"; limits = ( { " SPAN "amount = \"2.00\"; } ); }"),
                  CODE_R028, 17, "two caps per day", "");
    probe_refuses(EXTRA_CONDITIONS,
                  CAPS("{ per = \"day\"; limits = ( { " SPAN "quantity = \"8\"; } ); }"),
                  CODE_R045, 17, "state it in each tariff", "");
    probe_refuses(
        EXTRA_CONDITIONS,
        CAPS("{ per = \"line\"; limits = ( { " SPAN "amount = \"8.00\"; } ); }"),
        CODE_R045, 17, "state it in each tariff", "");
    probe_refuses("kinds = [ \"plenary\" ];",
                  "kinds = [ \"plenary\" ]; step = { minutes = 15; source = \"D1\"; };",
                  CODE_R045, 9, "'step' goes with", "");
    probe_refuses("kinds = [ \"plenary\" ];",
                  "kinds = [ \"plenary\" ]; minimum_presence = { minutes = 60; };",
                  CODE_R025, 9, "", "");
    probe_refuses(
        "kinds = [ \"plenary\" ];",
        "kinds = [ \"plenary\" ]; rounding = { mode = \"half_upp\"; source = \"D1\"; };",
        CODE_R022, 9, "", "half_up");
    probe_refuses("per = \"session\"", "per = \"night\"", CODE_R022, 9, "", "");
    struct probe probe = probe_edited(
        EXTRA_CONDITIONS,
        CAPS("{ per = \"mandate\"; limit = \"soft\"; limits = ( { " SPAN
             "amount = \"900.00\"; } ); }, { per = \"day\"; limits = ( { " SPAN
             "amount = \"90.00\"; } ); }"));
    probe_loaded(&probe);
    ck_assert_int_eq(probe.rules->stipend.caps[0].span, SPAN_DAY);
    ck_assert_int_eq(probe.rules->stipend.caps[1].span, SPAN_MANDATE);
    ck_assert(probe.rules->stipend.caps[1].soft);
    probe = probe_edited(
        "per = \"session\"; kinds = [ \"plenary\" ];",
        "per = \"hour\"; kinds = [ \"plenary\" ]; step = { minutes = 15; source = \"D1\"; };"
        " minimum_presence = { minutes = 60; assumption = \"m\"; };"
        " rounding = { mode = \"down\"; source = \"D1\"; };"
        " caps = ( { per = \"day\"; limits = ( { " SPAN "quantity = \"7.5\"; } ); } );");
    probe_loaded(&probe);
    const struct tariff *tariff = &probe.rules->stipend.tariffs[0];
    ck_assert_uint_eq(tariff->step_minutes, 15);
    ck_assert_uint_eq(tariff->minimum_minutes, 60);
    ck_assert_int_eq(tariff->price.rounding, ROUND_DOWN);
    ck_assert(tariff->price.caps[0].of_quantity);
}
END_TEST

START_TEST(nil_contradicted)
{
    probe_refuses(
        "  label = { fr = \"Indemnité\"",
        "  none = { reason = { fr = \"x\"; en = \"y\"; }; source = \"D1\"; };\n  label = { fr = \"Indemnité\"",
        CODE_R043, 10, "'tariffs' contradicts 'none'", "");
    probe_refuses("stipend = {", "stipends = {", CODE_R018, 0, "key 'stipend' is missing",
                  "");
}
END_TEST

#define CATEGORY(rest) "    { category = \"parking\"; " rest

START_TEST(categories)
{
    probe_refuses(" receipt = { required = true; source = \"D1\"; };", "", CODE_R018, 21,
                  "'receipt' is missing", "");
    probe_refuses("method = \"receipt\"", "method = \"reciept\"", CODE_R022, 22, "",
                  "receipt");
    probe_refuses("unit = \"claim\"", "unit = \"session\"", CODE_R022, 22, "", "");
    probe_refuses("method = \"receipt\"; unit", "method = \"unit\"; unit", CODE_R018, 21,
                  "'rates' is missing", "");
    probe_refuses("method = \"receipt\"; unit", "method = \"scale\"; unit", CODE_R018, 21,
                  "'scale' is missing", "");
    probe_refuses("method = \"receipt\"; unit",
                  "scale = \"x\"; method = \"receipt\"; unit", CODE_R045, 22,
                  "'scale' does not go with method \"receipt\"", "");
    probe_refuses("method = \"receipt\"; unit", "rates = ( ); method = \"receipt\"; unit",
                  CODE_R045, 22, "", "");
    probe_refuses("method = \"receipt\"; unit",
                  "scale = \"smic\"; method = \"scale\"; unit", CODE_R038, 22,
                  "is a series, not a scale", "");
    probe_refuses("method = \"receipt\"; unit",
                  "deadline = { days = 0; source = \"D1\"; }; method = \"receipt\"; unit",
                  CODE_R023, 22, "", "");
    probe_refuses(
        "method = \"receipt\"; unit",
        "default_quantity = { value = \"one\"; source = \"D1\"; }; method = \"receipt\"; unit",
        CODE_R020, 22, "", "");
    probe_refuses("category = \"parking\"", "category = \"stipend\"", CODE_R028, 21, "",
                  "");
    probe_refuses(
        "method = \"receipt\"; unit",
        "default_quantity = { value = \"1\"; source = \"D1\"; }; method = \"receipt\"; unit",
        CODE_R045, 22, "'default_quantity' does not go with method \"receipt\"", "");
    probe_refuses("category = \"parking\"", "category = \"Parking\"", CODE_R024, 21, "",
                  "");
    probe_refuses(
        "  );\n};\nexamples",
        "    , { category = \"garage\"; also = [ \"Stationnement\" ]; label = { fr = \"S\"; en = \"P\"; };\n"
        "      method = \"receipt\"; unit = \"claim\"; source = \"D1\"; receipt = { required = true; source = \"D1\"; }; }\n"
        "  );\n};\nexamples",
        CODE_R028, 23, "already names the category 'parking'", "");
    struct probe probe = probe_edited(
        "method = \"receipt\"; unit",
        "deadline = { days = 60; source = \"D1\"; }; meal_served = { refused = true; source = \"D1\"; };"
        " accounting = { account = \"6251\"; function = \"\"; analytic = \"\"; pay_code = \"P1\"; documents = [ \"a\", \"b\" ]; };"
        " caps = ( { per = \"line\"; limits = ( { " SPAN "amount = \"8.00\"; } ); } );"
        " method = \"receipt\"; unit");
    probe_loaded(&probe);
    const struct category *parking = &probe.rules->categories[0];
    ck_assert_int_eq(parking->deadline_days, 60);
    ck_assert(parking->refused_where_meal_served);
    ck_assert(text_equals(parking->price.accounting.account, STR("6251")));
    ck_assert_uint_eq(parking->price.accounting.document_count, 2);
    ck_assert_int_eq(parking->price.caps[0].span, SPAN_LINE);
}
END_TEST

/* Where the état de frais shows a category: said, or following from its unit. */
static const struct {
    const char *words;
    enum heading heading;
} headings[] = {
    {"unit = \"claim\"",                                HEADING_OTHER           },
    {"unit = \"meal\"",                                 HEADING_MEAL            },
    {"unit = \"night\"",                                HEADING_LODGING         },
    {"unit = \"kilometre\"",                            HEADING_CAR             },
    {"unit = \"hour\"",                                 HEADING_OTHER           },
    {"unit = \"claim\"; annexe = \"parking\"",          HEADING_PARKING         },
    {"unit = \"claim\"; annexe = \"public_transport\"", HEADING_PUBLIC_TRANSPORT},
    {"unit = \"claim\"; annexe = \"taxi\"",             HEADING_TAXI            },
    {"unit = \"hour\"; annexe = \"care\"",              HEADING_CARE            },
    {"unit = \"hour\"; annexe = \"income_loss\"",       HEADING_INCOME_LOSS     },
    {"unit = \"meal\"; annexe = \"other\"",             HEADING_OTHER           },
};

START_TEST(a_category_has_a_heading)
{
    for (size_t i = 0; i < ARRAY_COUNT(headings); i++) {
        struct probe probe = probe_edited("unit = \"claim\"", headings[i].words);
        probe_loaded(&probe);
        ck_assert_int_eq(probe.rules->categories[0].heading, headings[i].heading);
    }
    probe_refuses("unit = \"claim\"", "unit = \"claim\"; annexe = \"taxis\"", CODE_R022,
                  22, "", "taxi");
    probe_refuses("unit = \"claim\"", "unit = \"claim\"; annexe = \"income_loss\"",
                  CODE_R045, 22, "counts hours", "");
}
END_TEST

#define ENVELOPE(categories, rest)                                                                                  \
    "envelopes = ( { name = \"e\"; label = { fr = \"e\"; en = \"e\"; }; per = \"year\"; categories = [ " categories \
    " ]; limits = ( { " SPAN rest " } ); } );\nexamples ="

START_TEST(envelopes_and_the_rest)
{
    probe_refuses("examples =", ENVELOPE("\"parkin\"", "amount = \"9.00\";"), CODE_R046,
                  25, "'parkin'", "parking");
    probe_refuses(
        "examples =", ENVELOPE("\"parking\"", "amount = \"9.00\"; warning = \"9.01\";"),
        CODE_R045, 25, "above the limit", "");
    probe_refuses("examples =", "overpayment = \"keep\"; examples =", CODE_R022, 25,
                  "carry, recover", "");
    probe_refuses("examples =", "proportionality = { series = \"smic\"; }; examples =",
                  CODE_R025, 25, "", "");
    probe_refuses("examples =",
                  "proportionality = { series = \"smic\"; source = \"D1\"; }; examples =",
                  CODE_R045, 25, "'smic' is in euro_per_hour", "");
    probe_refuses(
        "examples =",
        "proportionality = { series = \"jurors\"; source = \"D1\"; }; examples =",
        CODE_R035, 25, "is not named in series", "");
    probe_refuses("due = \"40.00\"", "due = \"40.0\"", CODE_R020, 25, "", "");
    probe_refuses("due = \"40.00\"", "due = \"40.00\"; state = \"payed\"", CODE_R022, 25,
                  "", "");
    probe_refuses("kind = \"plenary\"; } ); due", "kind = \"plenry\"; } ); due",
                  CODE_R022, 25, "", "plenary");
    probe_refuses("kind = \"plenary\"; } ); due", "} ); due", CODE_R018, 25,
                  "'kind' is missing", "");
    probe_refuses("sessions = ( { date = \"2025-05-17\"; kind = \"plenary\"; } );", "",
                  CODE_R018, 25, "without a session or a claim", "");
    struct probe probe =
        probe_edited("examples =", ENVELOPE("\"parking\", \"stipend\"",
                                            "amount = \"9.00\"; warning = \"9.00\";"));
    probe_loaded(&probe);
    ck_assert_uint_eq(probe.rules->envelopes[0].category_count, 2);
    ck_assert_int_eq(probe.rules->envelopes[0].limits.items[0].warning.num, 9);
    probe = probe_edited("examples =", "overpayment = \"recover\"; examples =");
    probe_loaded(&probe);
    ck_assert(probe.rules->recover_overpayment);
}
END_TEST

#define PAYMENT(settings) "payment = { " settings " }; examples ="
#define KEEPS             "decrease = \"keep\"; "

START_TEST(payment)
{
    struct date may = {0};
    struct date july = {0};
    ck_assert(date_make(2025, 5, 31, &may) && date_make(2025, 7, 1, &july));
    probe_refuses("examples =", PAYMENT("approval = \"nobody\";"), CODE_R022, 25,
                  "second_person, none", "");
    probe_refuses("examples =", PAYMENT("payer = { name = \"Ville\"; };"), CODE_R018, 25,
                  "'iban' is missing", "");
    probe_refuses("examples =", PAYMENT("retroactive = ( { " SPAN "} );"), CODE_R018, 25,
                  "'decrease' is missing", "");
    probe_refuses(
        "examples =", PAYMENT("retroactive = ( { " SPAN KEEPS "}, { " SPAN KEEPS "} );"),
        CODE_R032, 25, "", "");
    struct probe probe = probe_edited(
        "examples =",
        PAYMENT(
            "approval = \"none\"; payer = { name = \"Ville\"; iban = \"FR1420041010050500013M02606\"; };"
            " retroactive = ( { from = \"2025-05-01\"; to = \"2025-06-30\"; source = \"D1\"; " KEEPS
            "} );"));
    probe_loaded(&probe);
    ck_assert(probe.rules->payment.single_person);
    ck_assert(text_equals(probe.rules->payment.payer.name, STR("Ville")));
    const struct retroactivity *found = rules_reach(probe.rules, may);
    ck_assert(found != NULL && found->keeps_decreases);
    ck_assert_ptr_nonnull(found->basis.source);
    ck_assert_ptr_null(rules_reach(probe.rules, july));
    probe = probe_edited("examples =", "examples =");
    probe_loaded(&probe);
    ck_assert(!probe.rules->payment.single_person);
    ck_assert_uint_eq(probe.rules->payment.payer.name.size, 0);
}
END_TEST

Suite *test_rules_blocks_suite(void);

Suite *
test_rules_blocks_suite(void)
{
    Suite *suite = suite_create("rules_blocks");
    TCase *cases = tcase_create("rules_blocks");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, conditions);
    tcase_add_test(cases, caps_and_tariff_settings);
    tcase_add_test(cases, nil_contradicted);
    tcase_add_test(cases, categories);
    tcase_add_test(cases, a_category_has_a_heading);
    tcase_add_test(cases, envelopes_and_the_rest);
    tcase_add_test(cases, payment);
    suite_add_tcase(suite, cases);
    return suite;
}
