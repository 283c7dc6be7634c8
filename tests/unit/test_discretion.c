/* SPDX-License-Identifier: Apache-2.0 */
/* What a text gives away: the names of documents and the reasons that offices really write. */
#include "defray/discretion.h"

#include <check.h>

static const struct {
    const char *text;
    bool shows;
} texts[] = {
    {"",                              false},
    {"attestation CAF",               false},
    {"attestation CAF 2026-03",       false},
    {"attestation CAF du 07/03/2026", false},
    {"attestation CAF du 07.03.2026", false},
    {"avis d'impôt 2025",            false},
    {"QF mars 2026",                  false},
    {"QF 03/2026",                    false},
    {"dossier n° 2303524",           false},
    {"art. 3, alinéa 2",             false},
    {"au-dessus du seuil",            false},
    {"QF 640",                        true },
    {"qf=640",                        true },
    {"Quotient familial : 812",       true },
    {"revenu 1 203",                  true },
    {"ressources : 14440",            true },
    {"1203,40",                       true },
    {"1 203,40 par mois",             true },
    {"1203.40",                       true },
    {"640 €",                       true },
    {"640€",                        true },
    {"640 euros",                     true },
    {"640\xC2\xA0€",                true },
};

START_TEST(amounts_are_seen)
{
    ck_assert_msg(discretion_shows_amount(text_of(texts[_i].text)) == texts[_i].shows,
                  "'%s'", texts[_i].text);
}
END_TEST

static const struct {
    const char *text;
    int64_t cents;
    bool shows;
} documents[] = {
    {"attestation CAF",         64000,  false},
    {"CAF-640",                 64000,  true },
    {"piece 641 bis",           64050,  true },
    {"piece 642",               64050,  false},
    {"attestation CAF 2026-03", 202600, true }, /* a doubt withholds the name */
    {"attestation CAF 2026-03", 64000,  false},
    {"1 203",                   120340, true },
    {"1'203",                   120340, true },
    {"12030",                   120340, false},
    {"120340 centimes",         120340, true },
    {"8847 par an",             73731,  true },
    {"8848 par an",             73731,  true },
    {"8846",                    73731,  false},
    {"8849",                    73731,  false},
    {"CAF du 12 mars",          100,    false}, /* twelve times one euro, and a day */
    {"640640640640640",         64000,  false},
};

START_TEST(the_figure_is_seen)
{
    struct money amount = {documents[_i].cents};
    ck_assert_msg(discretion_shows(text_of(documents[_i].text), amount) ==
                      documents[_i].shows,
                  "'%s'", documents[_i].text);
}
END_TEST

Suite *test_discretion_suite(void);

Suite *
test_discretion_suite(void)
{
    Suite *suite = suite_create("discretion");
    TCase *tcase = tcase_create("texts");
    tcase_add_loop_test(tcase, amounts_are_seen, 0, (int)ARRAY_COUNT(texts));
    tcase_add_loop_test(tcase, the_figure_is_seen, 0, (int)ARRAY_COUNT(documents));
    suite_add_tcase(suite, tcase);
    return suite;
}
