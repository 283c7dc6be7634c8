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
    {"QF 2026-03",                    false},
    {"QF de mars 2026",               false},
    {"QF Décembre 2025",             false},
    {"QF 07.03.2026",                 false},
    {"QF 1950",                       true }, /* a year alone may be euros */
    {"QF : 2026",                     true },
    {"QF 1.203",                      true },
    {"Q.F. : 1203, à revoir",        true },
    {"sans revenu depuis le 3 mai",   false},
    {"QF 0",                          true },
    {"QF : 25",                       true },
    {"quotient 12",                   true },
    {"Quotient familial = 7, revu",   true },
    {"QF 3 mars",                     false},
    {"QF du 12",                      false},
    {"QF 12/2025",                    false},
    {"revenus de 12",                 false},
    {"ressources : 0",                true },
    {"sans revenu, 3 enfants",        false},
};

START_TEST(amounts_are_seen)
{
    ck_assert_msg(discretion_shows_amount(text_of(texts[_i].text)) == texts[_i].shows,
                  "'%s'", texts[_i].text);
}
END_TEST

static const struct {
    const char *text;
    bool shows;
} sentences[] = {
    {"au-dessus du seuil",                        false},
    {"attestation manquante",                     false},
    {"moins de 18 ans",                           false},
    {"art. 3, alinéa 2",                         false},
    {"article 140 du code",                       false},
    {"délibération n° 2024-115 du 12/03/2024", false},
    {"décision 4521 de la commission",           false},
    {"dossier n° 2303524",                       false},
    {"avis d'impôt 2025",                        false},
    {"D2024-115",                                 false},
    {"certificat du 7 mars 2026",                 false},
    {"1203 au lieu de 1000",                      true },
    {"Refus : 1203",                              true },
    {"art. 3 : 1203 au lieu de 1000",             true },
    {"1 203, plafond dépassé",                  true },
    {"1.203 retenus",                             true },
    {"QF 64",                                     true },
};

START_TEST(sentences_are_looked_through)
{
    ck_assert_msg(discretion_shows_bare(text_of(sentences[_i].text)) ==
                      sentences[_i].shows,
                  "'%s'", sentences[_i].text);
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
    {"attestation 1.203",       120340, true },
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
    tcase_add_loop_test(tcase, sentences_are_looked_through, 0,
                        (int)ARRAY_COUNT(sentences));
    tcase_add_loop_test(tcase, the_figure_is_seen, 0, (int)ARRAY_COUNT(documents));
    suite_add_tcase(suite, tcase);
    return suite;
}
