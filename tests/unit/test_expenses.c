/* SPDX-License-Identifier: Apache-2.0 */
/* The table of claims. */
#include "../../src/intake/receipt.h"
#include "support/days.h"
#include "support/tables.h"

/* Rules, two members, a session of 2026-03-07 and two of the day after, no attendance. */
static struct tables *
ready(void)
{
    struct tables *t = tables_new();
    tables_rules(t);
    tables_members(t, "id;last_name;first_name\nP1;A;B\nP2;C;D\n");
    tables_sessions(t, "session;date;kind\nS1;2026-03-07;plenary\n"
                       "S2;2026-03-08;plenary\nS3;2026-03-08;evening\n");
    return t;
}

static struct claims *
read_claims(struct tables *t, const char *table)
{
    struct input_list none = tables_none();
    struct log *log = attendance_read(&t->reading, &none, t->roster, t->calendar);
    struct input_list files = tables_file(t, "expenses.csv", table);
    return expenses_read(&t->reading, &files, t->roster, log);
}

START_TEST(reads_every_column)
{
    struct tables *t = ready();
    struct claims *claims = read_claims(
        t, "Membre;Date;Séance;Catégorie;Quantité;Montant;Justificatif;Demandé le;"
           "Observation\n"
           "P2;07/03/2026;S1;Stationnement;;4,50 €;ticket 12;2026-03-20;nord\n"
           "P1;;S1;mileage;12,5;;non;;\n"
           "P1;2027-01-01;;parking;;;oui;;\n");
    tables_expect(t, "");
    ck_assert_uint_eq(claims->count, 3);
    const struct claim *c = &claims->items[0];
    ck_assert_int_eq(date_compare(c->date, day("2026-03-07")), 0);
    ck_assert(c->has_quantity && !c->has_amount && !c->receipt);
    ck_assert_int_eq(ratio_compare(c->quantity, ratio_of(25, 2)), 0);
    ck_assert(date_is_none(c->claimed_on));
    ck_assert(claims->items[1].receipt && !claims->items[1].has_amount);
    ck_assert_uint_eq(claim_words(&claims->items[1])->receipt_reference.size, 0);
    c = &claims->items[2];
    ck_assert(text_equals(c->session, STR("S1")));
    ck_assert(text_equals(c->category, STR("Stationnement")));
    ck_assert_int_eq(c->amount.cents, 450);
    ck_assert(c->receipt &&
              text_equals(claim_words(c)->receipt_reference, STR("ticket 12")));
    ck_assert_int_eq(date_compare(c->claimed_on, day("2026-03-20")), 0);
    ck_assert(text_equals(claim_words(c)->note, STR("nord")));
    ck_assert_uint_eq(c->where.line, 2);
    ck_assert_uint_eq(claims->first[1], 2);
    ck_assert_uint_eq(claims->first[2], 3);
    tables_end(t);
}
END_TEST

#define TRIPS "membre;jour;nature;montant;justificatif;lieu;trajet;moyen\n"
#define HEAD  "member;date;session;category;quantity;amount;receipt;claimed_on;note\n"

struct row_case {
    const char *table, *codes;
};

static const struct row_case row_cases[] = {
    {HEAD "P9;2026-03-07;;parking;;1;oui;;\n",                                       "M010"                    },
    {HEAD "P1;;;parking;;1;oui;;\n",                                                 "E006"                    },
    {HEAD "P1;2026-03-07;;;;1;oui;;\n",                                              "T018"                    },
    {HEAD "P1;2026-03-07;S9;parking;;1;oui;;\n",                                     "E003"                    },
    {HEAD "P1;2026-03-08;S1;parking;;1;oui;;\n",                                     "E004"                    },
    {HEAD "P1;2026-03-07;;parkin;;1;oui;;\nP1;2026-03-07;;Parkin;;2;oui;;\n",        "E002"                    },
    {HEAD "P1;2026-03-07;;parking;2;1;oui;;\n",                                      "E005"                    },
    {HEAD "P1;2026-03-07;;mileage;2;1;oui;;\n",                                      "E005"                    },
    {HEAD "P1;2026-03-07;;parking;;1.234,50;oui;;\n",                                "T052"                    },
    {HEAD "P1;2026-03-07;;parking;;-1;oui;;\n",                                      "T053"                    },
    {HEAD "P1;2026-03-07;;parking;;10000000,01;oui;;\n",                             "T054"                    },
    {HEAD "P9;31/02/2026;S9;parking;x;y;oui;z;\n",                                   "M010 T021 T060 T050 T020"},
    {HEAD "P1;2026-03-07;;parking;;1;oui;;\nP1;2026-03-07;;parking;;1,00;oui;;\n",
     "E001"                                                                                                    },
    {HEAD "P1;2026-03-07;;parking;;1;oui;;\nP1;2026-03-07;;parking;;1;oui;;b\n",     ""                        },
    {HEAD "P1;2026-03-07;S1;parking;;1;oui;;\nP1;2026-03-07;;parking;;1,00;oui;;\n",
     "E001"                                                                                                    },
    {HEAD "P1;2026-03-07;S1;parking;;1;oui;;\nP1;2026-03-07;;parking;;2;oui;;\n",    ""                        },
    {HEAD "P1;2026-03-08;S2;parking;;1;oui;;\nP1;2026-03-08;;parking;;1;oui;;\n",    "E008"                    },
    {HEAD "P1;2026-03-08;S2;parking;;1;oui;;\nP1;2026-03-08;S3;parking;;1;oui;;\n",  ""                        },
    {HEAD "P1;2026-03-07;;parking;;1;A;;\nP1;2026-03-07;;parking;;1;B;;\n",          "E007 E007"               },
    {HEAD "P1;2026-03-07;;parking;;;oui;;\nP1;2026-03-07;;parking;;0;oui;;\n",       ""                        },
    {TRIPS "P1;2026-03-07;parking;1;oui;A;B;C\nP1;2026-03-07;parking;1;oui;A;B;C\n",
     "E001"                                                                                                    },
    {TRIPS "P1;2026-03-07;parking;1;oui;A;B;C\nP1;2026-03-07;parking;1;oui;Z;B;C\n", ""                        },
    {TRIPS "P1;2026-03-07;parking;1;oui;A;B;C\nP1;2026-03-07;parking;1;oui;A;Z;C\n", ""                        },
    {TRIPS "P1;2026-03-07;parking;1;oui;A;B;C\nP1;2026-03-07;parking;1;oui;A;B;Z\n", ""                        },
    {"member;date\nP1;2026-03-07\n",                                                 "T008"                    },
};

START_TEST(tells_faults)
{
    struct tables *t = ready();
    read_claims(t, row_cases[_i].table);
    tables_expect(t, row_cases[_i].codes);
    tables_end(t);
}
END_TEST

/* Headings that people use: some are read, the others told where the column itself is missing. */
static const struct row_case headings[] = {
    {"id;Date de la dépense;nature;Montant TTC;Pièce justificative\n"
     "P1;07/03/2026;parking;1;oui\n",                                                    ""         },
    {"id;date;nature;Nombre\nP1;07/03/2026;mileage;2\n",                                      "T010 T089"},
    {"id;séance;nature;km parcourus;Prix;Date d'achat;Pièce;Dépôt\nP1;S1;mileage;;;;;\n",
     "T010 T089 T089 T089 T089 T089"                                                                     },
};

START_TEST(headings_that_may_be_meant_are_told)
{
    struct tables *t = ready();
    struct claims *claims = read_claims(t, headings[_i].table);
    tables_expect(t, headings[_i].codes);
    ck_assert(_i > 0 || (claims->items[0].receipt && claims->items[0].has_amount));
    tables_end(t);
}
END_TEST

static const struct {
    const char *cell;
    bool foreign;
} currencies[] = {
    {"CHF",            true },
    {"$",              true },
    {"US$",            true },
    {"£",             true },
    {"Francs suisses", true },
    {"k€",           true },
    {"€",            false},
    {"EUR",            false},
    {"Euros (€)",    false},
    {"en euros",       false},
    {"",               false},
    {"-",              false},
};

/* Amounts are in euros, and 50 CHF are not. */
START_TEST(another_currency_is_an_error)
{
    struct tables *t = ready();
    struct claims *claims =
        read_claims(t, arena_printf(&t->keep,
                                    "membre;jour;nature;montant;justificatif;devise\n"
                                    "P1;2026-03-07;parking;50;oui;%s\n",
                                    currencies[_i].cell));
    tables_expect(t, currencies[_i].foreign ? "E009" : "");
    ck_assert_uint_eq(claims->count, !currencies[_i].foreign);
    tables_end(t);
}
END_TEST

START_TEST(suggests_a_category_of_the_rules)
{
    struct tables *t = ready();
    read_claims(t, HEAD "P1;2026-03-07;;stationement;;1;oui;;\n");
    ck_assert(text_equals(tables_first(t, CODE_E002)->meant, STR("stationnement")));
    tables_end(t);
}
END_TEST

START_TEST(repeated_claims_point_at_the_first)
{
    struct tables *t = ready();
    struct claims *claims = read_claims(
        t, HEAD "P1;2026-03-07;;parking;;1;oui;;\nP1;2026-03-07;;parking;;2;oui;;\n"
                "P1;2026-03-07;;parking;;1;oui;;\nP1;2026-03-07;;parking;;1;oui;;\n");
    ck_assert_uint_eq(claims->items[0].same_as, INDEX_NONE);
    ck_assert_uint_eq(claims->items[1].same_as, 0);
    ck_assert_uint_eq(claims->items[2].same_as, 0);
    ck_assert_uint_eq(claims->items[3].same_as, INDEX_NONE);
    ck_assert_uint_eq(tables_first(t, CODE_E001)->other.line, 2);
    tables_end(t);
}
END_TEST

START_TEST(a_claim_without_its_session_repeats_the_one_with_it)
{
    struct tables *t = ready();
    struct claims *claims = read_claims(
        t, HEAD "P1;2026-03-07;;parking;;1;oui;;\nP1;2026-03-07;;parking;;1;oui;;\n"
                "P1;;S1;parking;;1;oui;;\nP1;;S1;parking;;1;oui;;\n");
    tables_expect(t, "E001 E001 E001");
    static const uint32_t same_as[] = {2, 2, INDEX_NONE, 2};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(claims->items[i].same_as, same_as[i]);
    }
    tables_end(t);
}
END_TEST

/* And by what they say, never by the rows. */
START_TEST(sorts_by_member_day_session)
{
    struct tables *t = ready();
    struct claims *claims = read_claims(
        t, HEAD "P2;2026-03-07;;parking;;1;oui;;\nP1;2026-03-08;;parking;;2;oui;;\n"
                "P1;2026-03-07;S1;parking;;3;oui;;\nP1;2026-03-07;;parking;;5;oui;;\n"
                "P1;2026-03-07;;parking;;4;oui;;\n");
    static const int64_t cents[] = {400, 500, 300, 200, 100};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(claims->items[i].amount.cents, cents[i]);
    }
    tables_end(t);
}
END_TEST

static const struct {
    const char *cell;
    enum receipt expected;
} receipts[] = {
    {"oui",                                          RECEIPT_HELD    },
    {"X",                                            RECEIPT_HELD    },
    {"O",                                            RECEIPT_HELD    },
    {"ok",                                           RECEIPT_HELD    },
    {"\xE2\x9C\x93",                                 RECEIPT_HELD    },
    {"",                                             RECEIPT_MISSING },
    {"non",                                          RECEIPT_MISSING },
    {"N",                                            RECEIPT_MISSING },
    {"0",                                            RECEIPT_MISSING },
    {"-",                                            RECEIPT_MISSING },
    {"--",                                           RECEIPT_MISSING },
    {"\xE2\x80\x94",                                 RECEIPT_MISSING },
    {"/",                                            RECEIPT_MISSING },
    {"?",                                            RECEIPT_MISSING },
    {"aucun",                                        RECEIPT_MISSING },
    {"Aucune",                                       RECEIPT_MISSING },
    {"Aucun justificatif",                           RECEIPT_MISSING },
    {"N\xC3\xA9"
     "ant",                                     RECEIPT_MISSING },
    {"sans",                                         RECEIPT_MISSING },
    {"sans ticket 12",                               RECEIPT_MISSING },
    {"manquant",                                     RECEIPT_MISSING },
    {"manquante",                                    RECEIPT_MISSING },
    {"absent",                                       RECEIPT_MISSING },
    {"rien",                                         RECEIPT_MISSING },
    {"perdu (2 tickets)",                            RECEIPT_MISSING },
    {"Non fourni",                                   RECEIPT_MISSING },
    {"non-fourni",                                   RECEIPT_MISSING },
    {"pas encore re\xC3\xA7u",                       RECEIPT_MISSING },
    {"\xC3\xA0 fournir",                             RECEIPT_MISSING },
    {"\xC3\x80 fournir le 12/03",                    RECEIPT_MISSING },
    {"a fournir",                                    RECEIPT_MISSING },
    {"en attente",                                   RECEIPT_MISSING },
    {"none",                                         RECEIPT_MISSING },
    {"missing",                                      RECEIPT_MISSING },
    {"nil",                                          RECEIPT_MISSING },
    {"n/a",                                          RECEIPT_MISSING },
    {"N.A.",                                         RECEIPT_MISSING },
    {"not provided",                                 RECEIPT_MISSING },
    {"no receipt",                                   RECEIPT_MISSING },
    {"to follow",                                    RECEIPT_MISSING },
    {"en attente, le 02/04",                         RECEIPT_MISSING },
    {"relance 2",                                    RECEIPT_MISSING },
    {"r\xC3\xA9"
     "clam\xC3\xA9 le 12/03",                   RECEIPT_MISSING },
    {"no receipt 2",                                 RECEIPT_MISSING },
    {"to follow on 12/03",                           RECEIPT_MISSING },
    {"en 12",                                        RECEIPT_REFERRED},
    {"No 4711",                                      RECEIPT_REFERRED},
    {"N\xC2\xB0 12",                                 RECEIPT_REFERRED},
    {"A-123",                                        RECEIPT_REFERRED},
    {"A 123",                                        RECEIPT_REFERRED},
    {"N-12",                                         RECEIPT_REFERRED},
    {"12",                                           RECEIPT_REFERRED},
    {"ticket 12",                                    RECEIPT_REFERRED},
    {"ticket joint",                                 RECEIPT_WORDED  },
    {"nonante",                                      RECEIPT_WORDED  },
    {"\xC3\xA0",                                     RECEIPT_WORDED  },
    {"billet perdu le 21/03",                        RECEIPT_MISSING },
    {"justificatif \xC3\xA0 fournir avant le 15/04", RECEIPT_MISSING },
    {"ticket manquant (12,40 \xE2\x82\xAC)",         RECEIPT_MISSING },
    {"pi\xC3\xA8"
     "ce en attente 02/04",                     RECEIPT_MISSING },
    {"\xC3\xA0 relancer le 02/04",                   RECEIPT_MISSING },
    {"ticket n\xC2\xB0 12 manquant",                 RECEIPT_MISSING },
    {"2 tickets manquants",                          RECEIPT_MISSING },
    {"facture \xC3\xA0 recevoir (15/04)",            RECEIPT_MISSING },
    {"promis pour le 15/04",                         RECEIPT_MISSING },
    {"demand\xC3\xA9 le 3/4",                        RECEIPT_MISSING },
    {"pi\xC3\xA8"
     "ce jointe manquante",                     RECEIPT_MISSING },
    {"factures \xC3\xA9gar\xC3\xA9"
     "es 2",                                    RECEIPT_MISSING },
    {"facture non re\xC3\xA7ue 12/04",               RECEIPT_MISSING },
    {"ticket 12 pas encore re\xC3\xA7u",             RECEIPT_MISSING },
    {"pas de ticket 12",                             RECEIPT_MISSING },
    {"voyage du 21/03 sans billet",                  RECEIPT_MISSING },
    {"justificatif : non",                           RECEIPT_MISSING },
    {"ticket \xC3\xA0\xC2\xA0"
     "fournir",                                 RECEIPT_MISSING },
    {"to be provided by 15/04",                      RECEIPT_MISSING },
    {"invoice 12 lost",                              RECEIPT_MISSING },
    {"\xE2\x9C\x97",                                 RECEIPT_MISSING },
    {"\xE2\x9C\x98",                                 RECEIPT_MISSING },
    {"\xE2\x9D\x8C",                                 RECEIPT_MISSING },
    {"\xE2\x9C\x96\xEF\xB8\x8F",                     RECEIPT_MISSING },
    {"\xE2\x98\x90",                                 RECEIPT_MISSING },
    {"\xE2\x98\x92",                                 RECEIPT_MISSING },
    {"KO",                                           RECEIPT_MISSING },
    {"refus\xC3\xA9",                                RECEIPT_MISSING },
    {"illisible",                                    RECEIPT_MISSING },
    {"ticket 12 illisible",                          RECEIPT_MISSING },
    {"\xE2\x9C\x94\xEF\xB8\x8F",                     RECEIPT_HELD    },
    {"\xE2\x9C\x85",                                 RECEIPT_HELD    },
    {"\xE2\x98\x91",                                 RECEIPT_HELD    },
    {"oui !",                                        RECEIPT_HELD    },
    {"billet non \xC3\xA9"
     "changeable 12",                           RECEIPT_REFERRED},
    {"demande 12",                                   RECEIPT_REFERRED},
    {"Pass 12",                                      RECEIPT_REFERRED},
    {"ticket 12 re\xC3\xA7u le 3/4",                 RECEIPT_REFERRED},
    {"facture 2 nuits sans petit-d\xC3\xA9jeuner",   RECEIPT_REFERRED},
    {"billet non remboursable",                      RECEIPT_WORDED  },
    {"sera fourni le 12/04",                         RECEIPT_MISSING },
    {"suivra 12/04",                                 RECEIPT_MISSING },
    {"fera suivre le 12/04",                         RECEIPT_MISSING },
    {"r\xC3\xA9"
     "ception pr\xC3\xA9vue le 15/04",          RECEIPT_MISSING },
    {"pr\xC3\xA9vu 15/04",                           RECEIPT_MISSING },
    {"doit l\xE2\x80\x99"
     "envoyer le 12/04",                        RECEIPT_MISSING },
    {"va nous \xC3\xAAtre bient\xC3\xB4t transmis",  RECEIPT_MISSING },
    {"will follow 12/04",                            RECEIPT_MISSING },
    {"will be sent on 12/04",                        RECEIPT_MISSING },
    {"pi\xC3\xA8"
     "ce 3 incompl\xC3\xA8te",                  RECEIPT_MISSING },
    {"0,00",                                         RECEIPT_MISSING },
    {"00",                                           RECEIPT_MISSING },
    {"transmission le 12/04",                        RECEIPT_WORDED  },
    {"envoi du ticket le 12 avril 2026",             RECEIPT_WORDED  },
    {"pharmacie, 1er avril",                         RECEIPT_WORDED  },
    {"chauffeur 2026-04-12",                         RECEIPT_WORDED  },
    {"chauffeur le 12",                              RECEIPT_WORDED  },
    {"chauffeur 12/04/26",                           RECEIPT_WORDED  },
    {"chauffeur 12",                                 RECEIPT_REFERRED},
    {"chauffeur 12/13",                              RECEIPT_REFERRED},
    {"chauffeur 32/04",                              RECEIPT_REFERRED},
    {"chauffeur 12/04/1998",                         RECEIPT_REFERRED},
    {"chauffeur 12/04, 4711",                        RECEIPT_REFERRED},
    {"ticket du 12/04/2026",                         RECEIPT_REFERRED},
    {"re\xC3\xA7u le 12/04",                         RECEIPT_REFERRED},
    {"le 12/04",                                     RECEIPT_REFERRED},
    {"12/04",                                        RECEIPT_REFERRED},
    {"trajet pr\xC3\xA9vu, ticket 12",               RECEIPT_REFERRED},
    {"sera 12",                                      RECEIPT_REFERRED},
    {"0,01",                                         RECEIPT_REFERRED},
    {".",                                            RECEIPT_MISSING },
};

/* A count of none, and what was annulled or is worth nothing; a service that was, is still paid. */
static const struct {
    const char *cell;
    enum receipt expected;
} worthless[] = {
    {"0 reçu",                             RECEIPT_MISSING },
    {"0/1",                                 RECEIPT_MISSING },
    {"0 ticket",                            RECEIPT_MISSING },
    {"00 ticket",                           RECEIPT_MISSING },
    {"facture n° 12 annulée",             RECEIPT_MISSING },
    {"12 rejetée",                         RECEIPT_MISSING },
    {"T 12 non valable",                    RECEIPT_MISSING },
    {"ticket 12 pas acquitté",             RECEIPT_MISSING },
    {"ticket périmé 12",                  RECEIPT_MISSING },
    {"invoice 12 cancelled",                RECEIPT_MISSING },
    {"T-0",                                 RECEIPT_REFERRED},
    {"facture 0012",                        RECEIPT_REFERRED},
    {"0001",                                RECEIPT_REFERRED},
    {"1/1",                                 RECEIPT_REFERRED},
    {"facture acquittée n° 12",           RECEIPT_REFERRED},
    {"billet 12 valable le 12/04",          RECEIPT_REFERRED},
    {"billet 12, train de 8 h annulé",     RECEIPT_REFERRED},
    {"facture 13 annule et remplace la 12", RECEIPT_REFERRED},
    {"12, non payé par l'employeur",       RECEIPT_REFERRED},
};

START_TEST(a_receipt_that_is_void_is_none)
{
    struct arena scratch = arena_reserve(1 << 16);
    struct text cell = text_of(worthless[_i].cell);
    ck_assert_msg(receipt_parse(scratch, cell) == worthless[_i].expected, "'%s'",
                  worthless[_i].cell);
    arena_release(scratch);
}
END_TEST

START_TEST(a_word_for_no_is_no_receipt)
{
    struct arena scratch = arena_reserve(1 << 16);
    struct text cell = text_of(receipts[_i].cell);
    ck_assert_msg(receipt_parse(scratch, cell) == receipts[_i].expected, "'%s'",
                  receipts[_i].cell);
    arena_release(scratch);
}
END_TEST

Suite *test_expenses_suite(void);

Suite *
test_expenses_suite(void)
{
    Suite *suite = suite_create("expenses");
    TCase *tests = tcase_create("expenses");
    tcase_add_loop_test(tests, a_receipt_that_is_void_is_none, 0,
                        (int)ARRAY_COUNT(worthless));
    tcase_add_loop_test(tests, a_word_for_no_is_no_receipt, 0,
                        (int)ARRAY_COUNT(receipts));
    tcase_add_test(tests, reads_every_column);
    tcase_add_loop_test(tests, tells_faults, 0, (int)ARRAY_COUNT(row_cases));
    tcase_add_loop_test(tests, headings_that_may_be_meant_are_told, 0,
                        (int)ARRAY_COUNT(headings));
    tcase_add_loop_test(tests, another_currency_is_an_error, 0,
                        (int)ARRAY_COUNT(currencies));
    tcase_add_test(tests, suggests_a_category_of_the_rules);
    tcase_add_test(tests, repeated_claims_point_at_the_first);
    tcase_add_test(tests, a_claim_without_its_session_repeats_the_one_with_it);
    tcase_add_test(tests, sorts_by_member_day_session);
    suite_add_tcase(suite, tests);
    return suite;
}
