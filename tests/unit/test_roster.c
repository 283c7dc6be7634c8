/* SPDX-License-Identifier: Apache-2.0 */
/* The table of members. */
#include "../../src/liquidation/notices.h"
#include "support/days.h"
#include "support/tables.h"

#include <string.h>

#define HEAD "id;last_name;first_name;"

static const struct participant *
person(const struct tables *t, const char *id)
{
    uint32_t index = roster_find(t->roster, text_of(id));
    ck_assert_uint_ne(index, INDEX_NONE);
    return &t->roster->items[index];
}

#define IS(text, literal) ck_assert(text_equals(text, STR(literal)))

START_TEST(reads_every_column)
{
    struct tables *t = tables_new();
    tables_members(
        t,
        "Identifiant;Nom;Prénom;Civilité;Date de naissance;Statut;Organe;Siège;Début mandat;"
        "Fin mandat;Demandé le;Puissance fiscale;KM antérieurs;IBAN;BIC;Titulaire compte;"
        "Représentant légal;Ville;Code postal;Pays\n"
        "007;Durand;Zoé;Mme;07/03/1990;Tiré au sort;comité;S1;01/01/2025;31/12/2025;"
        "2025-02-01;5;1 234,5;fr76 3000 6000 0112 3456 7890 189;bnpafrpp;Z. Durand;M. D;"
        "Poitiers;86000;FR\n");
    tables_expect(t, "");
    const struct participant *p = person(t, "007");
    const struct participation *row = &p->rows[0];
    const struct particulars *stated = particulars_of(row);
    IS(p->last_name, "Durand");
    IS(p->first_name, "Zoé");
    IS(participant_title(p), "Mme");
    ck_assert_int_eq(date_compare(p->birth, day("1990-03-07")), 0);
    ck_assert_int_eq(date_compare(p->requested_on, day("2025-02-01")), 0);
    ck_assert_int_eq(row->status, STATUS_DRAWN);
    IS(stated->body, "comité");
    IS(stated->seat, "S1");
    ck_assert_int_eq(date_compare(row->during.from, day("2025-01-01")), 0);
    ck_assert_int_eq(date_compare(row->during.to, day("2025-12-31")), 0);
    ck_assert_uint_eq(row->horsepower, 5);
    ck_assert_int_eq(ratio_compare(stated->km_before, ratio_of(2469, 2)), 0);
    ck_assert_int_eq(row->bank.state, BANK_RIGHT);
    IS(row->bank.iban, "FR7630006000011234567890189");
    IS(stated->bic, "BNPAFRPP");
    IS(stated->holder, "Z. Durand");
    IS(stated->guardian, "M. D");
    IS(stated->town, "Poitiers");
    IS(stated->postcode, "86000");
    IS(stated->country, "FR");
    ck_assert_uint_eq(row->where.line, 2);
    tables_end(t);
}
END_TEST

/* An unknown heading is dropped with a note, and with it who is a minor. */
START_TEST(the_day_of_birth_has_many_headings)
{
    static const char *const headings[] = {"Né(e) le",  "NÉ (E) LE", "Né·e le",
                                           "né-e le",   "Née le",    "Date de naiss.",
                                           "Naissance", "DDN",       "Date of birth",
                                           "Born on",   "birthdate"};
    struct tables *t = tables_new();
    tables_members(t, arena_printf(&t->keep, "N°;Nom(s);Prénom(s);%s\n1;A;B;12/05/2012\n",
                                   headings[_i]));
    tables_expect(t, "");
    ck_assert_int_eq(date_compare(person(t, "1")->birth, day("2012-05-12")), 0);
    tables_end(t);
}
END_TEST

/* What people type where there is nobody, or nobody yet. */
static const struct {
    const char *cell, *guardian, *seat;
} placeholders[] = {
    {"",                          "",                  ""                         },
    {"-",                         "",                  ""                         },
    {" \xE2\x80\x94 ",            "",                  ""                         },
    {"?",                         "",                  ""                         },
    {"...",                       "",                  ""                         },
    {"Aucun",                     "",                  ""                         },
    {"N\xC3\x89"
     "ANT",                  "",                  ""                         },
    {"sans objet",                "",                  ""                         },
    {"n/a",                       "",                  ""                         },
    {"S/O",                       "",                  ""                         },
    {"non",                       "",                  ""                         },
    {"oui",                       "",                  "oui"                      },
    {"X",                         "",                  "X"                        },
    {"\xC3\xA0 compl\xC3\xA9ter", "",                  "\xC3\xA0 compl\xC3\xA9ter"},
    {"A FOURNIR",                 "",                  "A FOURNIR"                },
    {"12",                        "",                  "12"                       },
    {"S. O.",                     "S. O.",             "S. O."                    }, /* somebody's letters */
    {"Ana Sans",                  "Ana Sans",          "Ana Sans"                 },
    {"M. Non",                    "M. Non",            "M. Non"                   },
    {"Mme Pas de Calais",         "Mme Pas de Calais", "Mme Pas de Calais"        },
    {"\xE6\x9D\x8E",              "\xE6\x9D\x8E",      "\xE6\x9D\x8E"             },
};

START_TEST(a_placeholder_is_nobody)
{
    struct tables *t = tables_new();
    const char *cell = placeholders[_i].cell;
    tables_members(t, arena_printf(&t->keep, HEAD "guardian;seat;body\nP1;A;B;%s;%s;%s\n",
                                   cell, cell, cell));
    tables_expect(t, "");
    const struct particulars *stated = particulars_of(&person(t, "P1")->rows[0]);
    ck_assert(text_equals(stated->guardian, text_of(placeholders[_i].guardian)));
    ck_assert(text_equals(stated->seat, text_of(placeholders[_i].seat)));
    ck_assert(text_equals(stated->body, text_of(placeholders[_i].seat)));
    tables_end(t);
}
END_TEST

static const struct {
    const char *heading;
    bool told; /* a column that decides who is paid, under a name that is not known */
} headings[] = {
    {"Membre jusqu'en",                true },
    {"Radié le",                      true },
    {"A quitté le",                   true },
    {"Début",                         false},
    {"Fin",                            false},
    {"Fin de fonctions",               false},
    {"Date de fin de fonctions",       true },
    {"Âge",                           true },
    {"Date et lieu de naissance",      true },
    {"Nom de naissance",               false},
    {"Lieu de naissance",              false},
    {"Date de naissance (JJ/MM/AAAA)", false},
    {"Né(e) le (jj/mm/aaaa)",         false},
    {"Née/né le",                    false},
    {"Organe ou groupe",               true },
    {"Tutrice",                        true },
    {"Responsable légal",             false},
    {"Km déjà remboursés",          false},
    {"Téléphone",                    false},
    {"Remarques",                      false},
    {"Demande reçue le",              false},
    {"Demande du",                     false},
    {"Date à laquelle demandé",      true },
    {"Indemnisation demandée",        true },
    {"Request of",                     true },
    {"N° IBAN",                       false},
    {"IBAN du membre",                 true },
    {"RIB",                            true },
    {"Puissance du véhicule",         true },
    {"Titulaire",                      true },
    {"Titulaire du compte",            false},
};

START_TEST(headings_that_may_be_meant_are_told)
{
    struct tables *t = tables_new();
    tables_members(t, arena_printf(&t->keep, HEAD "%s\nP1;A;B;\n", headings[_i].heading));
    ck_assert_msg((tables_filed(t, CODE_T089) == 1) == headings[_i].told, "'%s'",
                  headings[_i].heading);
    tables_end(t);
}
END_TEST

START_TEST(empty_cells_say_nothing)
{
    struct tables *t = tables_new();
    tables_members(t, "id;last_name;first_name\nP1;A;B\n");
    const struct participant *p = person(t, "P1");
    ck_assert(date_is_none(p->birth) && date_is_none(p->requested_on));
    ck_assert_uint_eq(sizeof *p, 136);
    ck_assert_ptr_null(p->rows[0].particulars);
    IS(participant_title(p), "");
    IS(particulars_of(&p->rows[0])->guardian, "");
    ck_assert_int_eq(p->rows[0].status, STATUS_NONE);
    ck_assert_int_eq(p->rows[0].bank.state, BANK_MISSING);
    ck_assert_uint_eq(p->rows[0].horsepower, 0);
    ck_assert_int_eq(particulars_of(&p->rows[0])->km_before.den, 1);
    ck_assert(date_is_open(p->rows[0].during.from) && date_is_open(p->rows[0].during.to));
    ck_assert_ptr_eq(participant_at(p, day("2026-01-01")), &p->rows[0]);
    tables_expect(t, "");
    tables_end(t);
}
END_TEST

START_TEST(sorts_by_bytes_and_keeps_zeros)
{
    struct tables *t = tables_new();
    tables_members(t, "id;last_name;first_name\nb;A;B\n2;A;B\n10;A;B\n007;A;B\nB;A;B\n");
    static const char *const ids[] = {"007", "10", "2", "B", "b"};
    ck_assert_uint_eq(t->roster->count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert(text_equals(t->roster->items[i].id, text_of(ids[i])));
        ck_assert_uint_eq(roster_find(t->roster, text_of(ids[i])), i);
    }
    ck_assert_uint_eq(roster_find(t->roster, STR("7")), INDEX_NONE);
    IS(roster_nearest(t->roster, t->scratch, STR("0007")), "007");
    tables_end(t);
}
END_TEST

START_TEST(several_rows_are_one_person)
{
    struct tables *t = tables_new();
    tables_members(t, HEAD "from;to;status;requested_on;birth_date;title\n"
                           "P1;A;B;2026-01-01;;volunteer;2026-02-01;;M.\n"
                           "P1;A;B;;2025-06-30;drawn;;1990-01-01;\n"
                           "P1;A;B;2025-07-01;2025-10-31;alternate;2025-08-01;;\n");
    tables_expect(t, "");
    const struct participant *p = person(t, "P1");
    ck_assert_uint_eq(p->row_count, 3);
    ck_assert_int_eq(p->rows[0].status, STATUS_DRAWN);
    ck_assert_int_eq(p->rows[2].status, STATUS_VOLUNTEER);
    ck_assert_int_eq(date_compare(p->requested_on, day("2025-08-01")), 0);
    ck_assert_int_eq(date_compare(p->birth, day("1990-01-01")), 0);
    IS(participant_title(p), "M.");
    ck_assert_ptr_eq(participant_at(p, day("2025-06-30")), &p->rows[0]);
    ck_assert_ptr_eq(participant_at(p, day("2025-07-01")), &p->rows[1]);
    ck_assert_ptr_null(participant_at(p, day("2025-11-01")));
    ck_assert_ptr_eq(participant_at(p, day("2030-01-01")), &p->rows[2]);
    struct period november = {day("2025-11-01"), day("2025-11-30")};
    ck_assert_ptr_eq(participant_in(p, november), &p->rows[1]);
    struct period year = {day("2025-01-01"), day("2025-12-31")};
    ck_assert_ptr_eq(participant_in(p, year), &p->rows[1]);
    tables_end(t);
}
END_TEST

/* What only some rows state is theirs; a title is whoever's row has it. */
START_TEST(rows_state_what_others_do_not)
{
    struct tables *t = tables_new();
    tables_members(t, HEAD "from;to;title;body\n"
                           "P2;A;B;;;;bureau\n"
                           "P1;A;B;2026-03-01;;Mme;\n"
                           "P1;A;B;2026-01-01;2026-02-01;;comité\n"
                           "P3;A;B;;;;\n");
    tables_expect(t, "");
    const struct participant *p = person(t, "P1");
    IS(participant_title(p), "Mme");
    IS(particulars_of(&p->rows[0])->body, "comité");
    IS(particulars_of(&p->rows[1])->body, "");
    IS(particulars_of(&person(t, "P2")->rows[0])->body, "bureau");
    ck_assert_ptr_null(person(t, "P3")->rows[0].particulars);
    ck_assert_ptr_eq(person(t, "P3")->rows, &person(t, "P3")->own);
    tables_end(t);
}
END_TEST

START_TEST(before_the_first_row_the_first_counts)
{
    struct tables *t = tables_new();
    tables_members(t, HEAD "from;to\nP1;A;B;2026-01-01;2026-02-01\nP1;A;B;2026-03-01;\n");
    const struct participant *p = person(t, "P1");
    struct period past = {day("2025-01-01"), day("2025-12-31")};
    ck_assert_ptr_eq(participant_in(p, past), &p->rows[0]);
    ck_assert_ptr_null(participant_at(p, day("2025-12-31")));
    tables_end(t);
}
END_TEST

START_TEST(seats_are_listed)
{
    struct tables *t = tables_new();
    tables_members(t, HEAD
                   "seat;from;to\nC;A;B;S2;;\nB;A;B;S1;;\nA;A;B;S2;;2025-12-31\n"
                   "A;A;B;S1;2026-01-01;2026-12-31\nA;A;B;S1;2027-01-01;\nD;A;B;;;\n");
    static const char *const seats[] = {"S1", "S1", "S2", "S2"};
    static const char *const holders[] = {"A", "B", "A", "C"};
    ck_assert_uint_eq(t->roster->seat_count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(text_equals(t->roster->seats[i], text_of(seats[i])));
        ck_assert(text_equals(t->roster->items[t->roster->seat_order[i]].id,
                              text_of(holders[i])));
    }
    tables_end(t);
}
END_TEST

struct faulty {
    const char *table, *codes;
    uint32_t line, other; /* of the first; 0: none */
};

static const struct faulty faulty[] = {
    {"id;last_name;first_name\n;A;B\n",                                       "T018",      2, 0},
    {"id;last_name;first_name\nP1;;\n",                                       "T018 T018", 2, 0},
    {"last_name;first_name\nA;B\n",                                           "T008",      1, 0},
    {HEAD "from;to\nP1;A;B;2026-02-01;2026-01-31\n",                          "T081",      2, 0},
    {HEAD "horsepower\nP1;A;B;100\n",                                         "T072",      2, 0},
    {HEAD "status\nP1;A;B;roi\n",                                             "T080",      2, 0},
    {HEAD "birth_date\nP1;A;B;07/03/90\n",                                    "T022",      2, 0},
    {HEAD "km_before\nP1;A;B;-1\n",                                           "T053",      2, 0},
    {HEAD "from\nP1;A;B;2026-01-01\nP1;A;C;2025-01-01\n",                     "M001",      3, 2},
    {HEAD "from;to\nP1;A;B;;2025-12-31\nP1;X;B;2026-01-01;\n",                "M001",      3, 2},
    {HEAD "birth_date\nP1;A;B;1990-01-01\nP1;A;B;1990-01-02\n",               "M001",      3, 2},
    {HEAD
     "from;to;birth_date\nP1;A;B;;2024-12-31;\nP1;A;B;2025-01-01;2025-12-31;1990-01-01\n"
     "P1;A;B;2026-01-01;;1990-01-02\n",                                  "M001",      4, 3},
 /* Spelled without accents, it is still the same person. */
    {HEAD "from;to\nP1;\xC3\x89mile;B;;2025-12-31\nP1;EMILE;b;2026-01-01;\n", "",          0, 0},
    {HEAD "from;to\nP1;A;B;;2026-01-01\nP1;A;B;2026-01-01;\n",                "M002",      3, 2},
    {HEAD "from;to\nP1;A;B;2025-01-01;\nP1;A;B;2025-02-01;2025-02-02\n"
          "P1;A;B;2025-03-01;2025-03-02\n",                              "M002 M002", 3, 2},
    {HEAD "body\nP1;A;B;x\nP1;A;B;y\n",                                       "M002",      3, 2},
    {HEAD "body\nP1;A;B;x\nP1;A;B;x\nP1;A;B;x\n",                             "M003 M003", 3, 2},
    {HEAD "seat\nP1;A;B;S12\nP2;C;D;s12\n",                                   "M018",      3, 2},
    {HEAD "seat\nP1;A;B;Si\xC3\xA8ge 4\nP2;C;D;siege-4\n",                    "M018",      3, 2},
    {HEAD "seat\nP1;A;B;1-2\nP2;C;D;12\nP3;E;F;S1\nP4;G;H;S1\n",              "T096",      5, 4},
    {HEAD "seat\nP1;A;B;01\nP2;C;D;1\n",                                      "M018",      3, 2},
    {HEAD "seat\nP1;A;B;3\nP2;C;D;Si\xC3\xA8ge 3\n",                          "M018",      3, 2},
    {HEAD "seat\nP1;A;B;Seat 4\nP2;C;D;Si\xC3\xA8ge n\xC2\xB0 04\n",          "M018",      3, 2},
    {HEAD "seat\nP1;A;B;A-01\nP2;C;D;a1\n",                                   "M018",      3, 2},
    {HEAD "seat\nP1;A;B;10\nP2;C;D;1\nP3;E;F;0\nP4;G;H;100\nP5;I;J;Nord 1\n", "",          0, 0},
 /* One name, and ids that only a keyboard tells apart; who was born nobody knows when. */
    {HEAD "to\nP001;A;B;\np001;a;B;\n",                                       "M004",      3, 2},
    {HEAD "to\np-001;A;B;\nP 001;A;B;\n",                                     "M004",      2, 3},
    {HEAD "to\nP001;A;B;\np001;A;C;\nP0-01;A;B;2020-01-01\n",                 "",          0, 0},
    {HEAD "birth_date\nP001;A;B;1990-01-01\np001;A;B;1990-01-01\n",           "M004",      3, 2},
    {HEAD "iban\nP1;A;B;FR1520041010050500013M02606\n",                       "B004",      2, 0},
    {HEAD "iban\nP1;A;B;FR15200410\n",                                        "B003",      2, 0},
    {HEAD "iban\nP1;A;B;US64SVBKUS6S3300958879\n",                            "B002",      2, 0},
    {HEAD "iban\nP1;A;B;pas encore\n",                                        "B001",      2, 0},
    {HEAD "iban;bic\nP1;A;B;FR1420041010050500013M02606;BNP\n",               "B005",      2, 0},
};

START_TEST(tells_faults)
{
    const struct faulty *f = &faulty[_i];
    struct tables *t = tables_new();
    tables_members(t, f->table);
    tables_expect(t, f->codes);
    size_t count = 0;
    const struct diagnostic *first = diag_sorted(t->reading.diag, &count);
    ck_assert(count == 0 || first->where.line == f->line);
    ck_assert(count == 0 || first->other.line == f->other);
    tables_end(t);
}
END_TEST

START_TEST(wrong_bank_details_are_held_not_refused)
{
    struct tables *t = tables_new();
    tables_members(t, HEAD "iban;bic\nP1;A;B;fr15 2004 1010 0505 0001 3M02 606;\n"
                           "P2;A;B;FR1420041010050500013M02606;BNP\nP1;A;B;;\n");
    ck_assert_int_eq(person(t, "P1")->rows[0].bank.state, BANK_WRONG);
    IS(person(t, "P1")->rows[0].bank.iban, "fr15 2004 1010 0505 0001 3M02 606");
    ck_assert_int_eq(person(t, "P2")->rows[0].bank.state, BANK_WRONG_BIC);
    tables_end(t);
}
END_TEST

struct bank_case {
    const char *cells; /* IBAN and BIC */
    enum bank_state state;
    const char *says;
};

static const struct bank_case bank_cases[] = {
    {";",                               BANK_MISSING,   "no account number"          },
    {";BNP",                            BANK_MISSING,   "no account number"          },
    {"FR15;",                           BANK_WRONG,     "the account number is wrong"},
    {"FR15;BNP",                        BANK_WRONG,     "the account number is wrong"},
    {"FR1420041010050500013M02606;BNP", BANK_WRONG_BIC, "the BIC is wrong"           },
    {"FR1420041010050500013M02606;",    BANK_RIGHT,     NULL                         },
};

/* What is held says for which of the two numbers. */
START_TEST(the_wrong_number_is_the_one_that_is_told)
{
    const struct bank_case *c = &bank_cases[_i];
    struct tables *t = tables_new();
    tables_members(t, arena_printf(&t->keep, HEAD "iban;bic\nP1;A;B;%s\n", c->cells));
    ck_assert_int_eq(person(t, "P1")->rows[0].bank.state, c->state);
    struct batch batch = {
        .roster = t->roster, .period = {day("2026-03-01"), day("2026-03-31")}
    };
    struct person_total person_total = {.total = {1250}};
    notice_member(t->reading.diag, &batch, 0, &person_total);
    const struct diagnostic *held = tables_first(t, CODE_L006);
    ck_assert_int_eq(held == NULL, c->says == NULL);
    ck_assert(held == NULL || strstr(held->text, c->says) != NULL);
    tables_end(t);
}
END_TEST

START_TEST(rows_that_disagree_name_their_id)
{
    struct tables *t = tables_new();
    tables_members(t, HEAD "birth_date;to\nP1;A;B;;\nP1;X;B;;\nP2;A;B;1990-01-01;\n"
                           "P2;A;B;1990-01-02;\nP3;A;B;;\nP3;A;B;;2026-12-31\n");
    ck_assert_str_eq(tables_said(t),
                     "M001: two rows of member 'P1' have different names \n"
                     "M001: two rows of member 'P2' have different dates of birth \n"
                     "M002: two rows of member 'P3' hold on the same day \n");
    tables_end(t);
}
END_TEST

START_TEST(a_repeated_row_counts_once)
{
    struct tables *t = tables_new();
    tables_members(t, "id;last_name;first_name\nP1;A;B\nP1;A;B\n");
    ck_assert_uint_eq(person(t, "P1")->row_count, 1);
    ck_assert_uint_eq(diag_errors(t->reading.diag), 0);
    tables_end(t);
}
END_TEST

/* Whatever goes wrong, nothing that a row holds but its id comes out. */
START_TEST(no_value_is_ever_said)
{
    struct tables *t = tables_new();
    struct input_list files = tables_file(
        t, "members.csv",
        HEAD
        "birth_date;status;from;to;requested_on;horsepower;km_before;iban;bic;guardian\n"
        "ID7;CANARYNAME;CANARYFIRST;11/13/1977;CANARYSTATUS;CANARYFROM;CANARYTO;"
        "CANARYON;CANARYHP;CANARYKM;FR00CANARY;CANARYBIC;CANARYGUARD\n"
        "ID7;CANARYNAME;;13/11/1977;;;;;;;FR1520041010050500013M02606;;\n"
        "ID7;CANARYOTHER;CANARYFIRST;14/11/1977;;;;;;;;;\n"
        "ID7;CANARYOTHER;CANARYFIRST;14/11/1977;;;;;;;;;\n"
        "ID7;CANARYOTHER;CANARYFIRST;14/11/77;;2026-02-02;2026-01-01;;;;;;\n"
        "ID7;CANARYOTHER\n"
        "ID7;CANARY\"NAME;CANARYFIRST;14/11/1977;;;;;;;;;\n");
    t->roster = roster_read(&t->reading, &files);
    ck_assert(files.items[0]->confidential);
    const char *said = tables_said(t);
    static const char *const secrets[] = {"CANARY", "1977", "FR15", "606", "14/11"};
    for (size_t i = 0; i < ARRAY_COUNT(secrets); i++) {
        ck_assert_msg(strstr(said, secrets[i]) == NULL, "'%s' is in:\n%s", secrets[i],
                      said);
    }
    ck_assert_uint_ge(diag_errors(t->reading.diag), 12);
    tables_end(t);
}
END_TEST

START_TEST(a_table_that_cannot_be_read_is_told_once)
{
    struct tables *t = tables_new();
    tables_members(t, "id;prenom\nP1;A\n");
    ck_assert(t->roster->lost.unread);
    tables_attendance(t, "member;date;kind;attendance\nP1;2026-03-07;plenary;P\n");
    tables_expect(t, "T008");
    tables_end(t);
}
END_TEST

Suite *test_roster_suite(void);

Suite *
test_roster_suite(void)
{
    Suite *suite = suite_create("roster");
    TCase *tests = tcase_create("roster");
    tcase_add_test(tests, reads_every_column);
    tcase_add_loop_test(tests, the_day_of_birth_has_many_headings, 0, 11);
    tcase_add_loop_test(tests, a_placeholder_is_nobody, 0,
                        (int)ARRAY_COUNT(placeholders));
    tcase_add_loop_test(tests, headings_that_may_be_meant_are_told, 0,
                        (int)ARRAY_COUNT(headings));
    tcase_add_test(tests, empty_cells_say_nothing);
    tcase_add_test(tests, sorts_by_bytes_and_keeps_zeros);
    tcase_add_test(tests, several_rows_are_one_person);
    tcase_add_test(tests, rows_state_what_others_do_not);
    tcase_add_test(tests, before_the_first_row_the_first_counts);
    tcase_add_test(tests, seats_are_listed);
    tcase_add_loop_test(tests, tells_faults, 0, (int)ARRAY_COUNT(faulty));
    tcase_add_test(tests, wrong_bank_details_are_held_not_refused);
    tcase_add_loop_test(tests, the_wrong_number_is_the_one_that_is_told, 0,
                        (int)ARRAY_COUNT(bank_cases));
    tcase_add_test(tests, rows_that_disagree_name_their_id);
    tcase_add_test(tests, a_repeated_row_counts_once);
    tcase_add_test(tests, no_value_is_ever_said);
    tcase_add_test(tests, a_table_that_cannot_be_read_is_told_once);
    suite_add_tcase(suite, tests);
    return suite;
}
