/* SPDX-License-Identifier: Apache-2.0 */
/* What a text gives away: the names of documents and the reasons that offices really write. */
#include "defray/discretion.h"

#include <check.h>

static const struct {
    const char *text;
    bool shows;
} texts[] = {
    {"",                                                      false},
    {"attestation CAF",                                       false},
    {"attestation CAF 2026-03",                               false},
    {"attestation CAF du 07/03/2026",                         false},
    {"attestation CAF du 07.03.2026",                         false},
    {"avis d'impôt 2025",                                    false},
    {"QF mars 2026",                                          false},
    {"QF 03/2026",                                            false},
    {"dossier n° 2303524",                                   false},
    {"art. 3, alinéa 2",                                     false},
    {"au-dessus du seuil",                                    false},
    {"QF 640",                                                true },
    {"qf=640",                                                true },
    {"Quotient familial : 812",                               true },
    {"revenu 1 203",                                          true },
    {"ressources : 14440",                                    true },
    {"1203,40",                                               true },
    {"1 203,40 par mois",                                     true },
    {"1203.40",                                               true },
    {"640 €",                                               true },
    {"640€",                                                true },
    {"640 euros",                                             true },
    {"640\xC2\xA0€",                                        true },
    {"QF 2026-03",                                            false},
    {"QF de mars 2026",                                       false},
    {"QF Décembre 2025",                                     false},
    {"QF 07.03.2026",                                         false},
    {"QF 1950",                                               true }, /* a year alone may be euros */
    {"QF : 2026",                                             true },
    {"QF 1.203",                                              true },
    {"Q.F. : 1203, à revoir",                                true },
    {"sans revenu depuis le 3 mai",                           false},
    {"QF 0",                                                  true },
    {"QF : 25",                                               true },
    {"quotient 12",                                           true },
    {"Quotient familial = 7, revu",                           true },
    {"QF 3 mars",                                             false},
    {"QF du 12",                                              true },
    {"QF 12/2025",                                            false},
    {"revenus de 12",                                         true },
    {"ressources : 0",                                        true },
    {"sans revenu, 3 enfants",                                false},
    {"QF de 25",                                              true },
    {"quotient familial égal à 0",                          true },
    {"QF (0)",                                                true },
    {"QF nul : 0",                                            true },
    {"quotient familial très faible : 12",                   true },
    {"avis d'impôt, revenu 18 k€",                         true },
    {"revenu du foyer 18 k€",                               true },
    {"RFR : 29 k€",                                         true },
    {"RFR 24k",                                               true },
    {"QF 25,5",                                               true },
    {"QF : 0,8 k",                                            true },
    {"18 mille euros",                                        true },
    {"18 K€",                                               true },
    {"18 keuros",                                             true },
    {"0,8 M€",                                              true },
    {"2 millions d'euros",                                    true },
    {"18\xC2\xA0"
     "k\xC2\xA0"
     "€",                                              true },
    {"€ 640",                                               true },
    {"EUR 12",                                                true },
    {"revenus mensuels moyens du foyer établis à 1950",     true },
    {"quotient familial mensuel du foyer, revu : 812",        true },
    {"quotient familial de la caisse, art. 3",                false},
    {"revenu fiscal de référence 29",                       true },
    {"revenu fiscal annuel du foyer, de référence : 24000", true },
    {"revenus déclarés 1950",                               true },
    {"revenu du mari 2026",                                   true },
    {"QF mars 1950",                                          true },
    {"QF mars : 12",                                          true },
    {"QF 1er mars",                                           false},
    {"QF 1er",                                                false},
    {"revenus, 2ème demande",                                false},
    {"QF 25e",                                                true },
    {"QF janv. 2026",                                         false},
    {"QF 03/26",                                              false},
    {"QF 07/03/26",                                           false},
    {"QF 2026-03-07",                                         false},
    {"QF 7.3.2026",                                           false},
    {"QF 12-2025",                                            false},
    {"né le 3/4/1985, sans revenu ; 3/4/1985",               false},
    {"QF 12.2025",                                            true },
    {"QF 12-15",                                              true },
    {"QF 25/30",                                              true },
    {"QF 25-2026",                                            true },
    {"QF 1-2-3-2026",                                         true },
    {"QF 12/03-2026",                                         true },
    {"revenus des 3 derniers mois",                           false},
    {"revenu, 2,5 parts",                                     false},
    {"QF, 12 mois",                                           false},
    {"ressources : moins de 18 ans",                          false},
    {"income, 3 children",                                    false},
    {"QF 25 mois de mars",                                    true },
    {"QF 12 personne seule",                                  true },
    {"sans revenu, 1 enfant",                                 false},
    {"QF 25 par mois",                                        true },
    {"ressources (art. 3)",                                   false},
    {"ressources, n° 12",                                    false},
    {"revenus N-1",                                           false},
    {"QF dossier 25",                                         true },
    {"QF, compte 12345678901234",                             false},
    {"prévenu 12 mars 2026, dossier 640",                    false},
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
    {"au-dessus du seuil",                                                          false},
    {"attestation manquante",                                                       false},
    {"moins de 18 ans",                                                             false},
    {"art. 3, alinéa 2",                                                           false},
    {"article 140 du code",                                                         false},
    {"délibération n° 2024-115 du 12/03/2024",                                   false},
    {"décision 4521 de la commission",                                             false},
    {"dossier n° 2303524",                                                         false},
    {"avis d'impôt 2025",                                                          false},
    {"D2024-115",                                                                   false},
    {"certificat du 7 mars 2026",                                                   false},
    {"1203 au lieu de 1000",                                                        true },
    {"Refus : 1203",                                                                true },
    {"art. 3 : 1203 au lieu de 1000",                                               true },
    {"1 203, plafond dépassé",                                                    true },
    {"1.203 retenus",                                                               true },
    {"QF 64",                                                                       true },
    {"revenus mensuels moyens du foyer établis à 1950",                           true },
    {"ressources insuffisantes d'après l'avis d'impôt 2025",                      false},
    {"ressources insuffisantes d'après l'avis d'imposition de 2025",               false},
    {"ressources au-dessus du seuil de la délibération en 2025",                  false},
    {"ressources établies pour l'exercice fiscal (2025)",                          false},
    {"ressources de toute la famille, en mars 2025",                                false},
    {"ressources de toute la famille, à savoir 2025",                              true },
    {"ressources supérieures au seuil (art. 3 de la délibération n° 2024-115)", false},
    {"ressources supérieures au seuil fixé par les articles 12 et 13",            false},
    {"sans revenu depuis le 3 mai",                                                 false},
    {"sans revenu, 3 enfants",                                                      false},
    {"QF 3 mars",                                                                   false},
    {"QF 12/2025",                                                                  false},
    {"QF mars 2026",                                                                false},
    {"18 mille euros",                                                              true },
    {"ressources du foyer de l'intéressé, CAF-4521",                              false},
    {"écart de -1203",                                                             true },
};

START_TEST(sentences_are_looked_through)
{
    ck_assert_msg(discretion_shows_bare(text_of(sentences[_i].text)) ==
                      sentences[_i].shows,
                  "'%s'", sentences[_i].text);
}
END_TEST

/* Whatever the text is cut from, what lies behind it says nothing. */
START_TEST(nothing_is_read_behind_a_text)
{
    struct arena keep = arena_reserve(1 << 20);
    struct text whole = text_of(texts[_i].text);
    for (size_t size = 0; size <= whole.size; size++) {
        struct text cut = {whole.data, size}, alone = text_copy(&keep, cut);
        ck_assert(discretion_shows_amount(cut) == discretion_shows_amount(alone));
        ck_assert(discretion_shows_bare(cut) == discretion_shows_bare(alone));
        ck_assert(discretion_shows_under(cut, STR("12")) ==
                  discretion_shows_under(alone, STR("12")));
    }
    arena_release(keep);
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
    tcase_add_loop_test(tcase, nothing_is_read_behind_a_text, 0, (int)ARRAY_COUNT(texts));
    tcase_add_loop_test(tcase, the_figure_is_seen, 0, (int)ARRAY_COUNT(documents));
    suite_add_tcase(suite, tcase);
    return suite;
}
