/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of attendance that are not read and may say a time, and figures of a signed sheet that
 * may be part of an hour or of a presence: what is told, and what offices have beside it that is
 * not. */
#include "support/tables.h"

#define PAIR   "debut;fin;"
#define LASTED "heures;"

/* Rules that pay an hour. */
static struct tables *
ready(enum unit unit)
{
    struct tables *t = tables_new();
    tables_rules(t);
    struct rules *rules = NEW(&t->keep, struct rules);
    struct tariff *tariff = NEW(&t->keep, struct tariff);
    *rules = *t->reading.rules;
    tariff->price.unit = unit;
    rules->stipend.tariffs = tariff;
    rules->stipend.tariff_count = 1;
    t->reading.rules = rules;
    tables_members(t, "id;last_name;first_name\nP1;A;B\nP2;C;D\nP3;E;F\n");
    tables_sessions(t, "session;date;kind;start;end\nS1;2026-03-07;plenary;09:00;17:00\n"
                       "S2;2026-03-08;plenary;09:00;12:00\n");
    return t;
}

static const struct {
    const char *headings, *cells;
    int told;
} columns[] = {
    {PAIR "Arrivée (après-midi);Départ (après-midi)", "09:00;12:00;14:00;16:00", 2},
    {PAIR "Arrivée (après-midi);Départ (après-midi)", "09:00;12:00;;",           0},
    {PAIR "arrivee2;depart2",                             "9h;12h;14h;16h",          2},
    {PAIR "Début 2;Fin 2",                               "9h;12h;14;16",            2},
    {PAIR "Heure d’arrivée PM",                        "9h;12h;14h",              1},
    {PAIR "Entrée PM;Sortie PM",                         "9h;12h;14h;16h",          2},
    {PAIR "pause",                                        "12:00;17:00;1h00",        1},
    {PAIR "pause",                                        "12:00;17:00;60",          1},
    {PAIR "Pause déjeuner",                              "12:00;17:00;oui",         1},
    {PAIR "pause",                                        "12:00;17:00;",            0},
    {PAIR "pause",                                        "12:00;17:00;0",           0},
    {PAIR "pause",                                        "12:00;17:00;00:00",       0},
    {PAIR "pause",                                        "12:00;17:00;-",           0},
    {PAIR "pause",                                        "12:00;17:00;néant",      0},
    {PAIR "pause",                                        "12:00;17:00;non",         0},
    {PAIR "Nombre de minutes de pause",                   "9h;12h;30",               1},
    {PAIR "Matin;Après-midi",                            "9h;12h;x;A",              1},
    {PAIR "Durée après-midi",                           "9h;12h;3h",               1},
    {PAIR "Heures supplémentaires",                      "9h;12h;3h",               1},
    {PAIR "Durée totale",                                "9h;12h;3h00",             0},
    {PAIR "Durée totale",                                "9h;12h;2h00",             1},
    {PAIR "Total heures",                                 "9h;12h;3,0",              0},
    {PAIR "Total heures",                                 "9h;12h;2",                1},
    {PAIR "Total minutes",                                "9h;12h;180",              0},
    {PAIR "Total",                                        "9h;12h;2h30",             1},
    {PAIR "Total",                                        "9h;12h;45,00",            0},
    {LASTED "Pause",                                      "3;1h",                    1},
    {LASTED "Pointage",                                   "3;09:00",                 0},
    {LASTED "Horodateur",                                 "3;07/03/2026 18:30",      0},
    {PAIR "Heure d'envoi",                                "9h;12h;18:32",            0},
    {PAIR "Signature arrivée;Signature départ",         "9h;12h;x;lu",             0},
    {PAIR "Émargement départ",                          "9h;12h;16:40",            1},
    {PAIR "Observations;Commentaire",                     "9h;12h;parti 2h;9h",      0},
    {PAIR "Motif du départ",                             "9h;12h;train",            0},
    {PAIR "Ville de départ;Train départ",               "9h;12h;Niort;8h12",       0},
    {PAIR "Fin de mandat",                                "9h;12h;31/12/2026",       0},
    {PAIR "Date de fin",                                  "9h;12h;31/12/2026",       0},
    {PAIR "Département",                                 "9h;12h;86",               0},
    {PAIR "Dép.",                                        "9h;12h;86",               0},
    {PAIR "Dép. 2",                                      "9h;12h;16h",              1},
    {PAIR "Début séance;Fin séance",                   "9h;12h;09:00;17:00",      0},
    {PAIR "Début séance;Fin séance",                   "9h;12h;14:00;17:00",      1},
    {PAIR "Note",                                         "9h;12h;14h",              0},
    {"debut;Parti à",                                    "9h;12h",                  1},
    {"Pointé de;Pointé à",                             "9h;12h",                  2},
    {"Temps passé",                                      "2,5",                     1},
    {"Durée totale",                                     "8",                       0},
    {"Durée totale",                                     "6",                       1},
    {"Groupe",                                            "12",                      0},
};

START_TEST(columns_that_may_say_a_time)
{
    static const char *const codes[] = {"T010", "T010 T089", "T010 T089 T089"};
    struct tables *t = ready(UNIT_HOUR);
    tables_attendance(t, arena_printf(&t->keep,
                                      "member;session;attendance;%s\nP1;S1;P;%s\n"
                                      "P2;S1;P;%s\n",
                                      columns[_i].headings, columns[_i].cells,
                                      columns[_i].cells));
    ck_assert_msg(tables_filed(t, CODE_T089) == (size_t)columns[_i].told, "%s: %zu of %d",
                  columns[_i].headings, tables_filed(t, CODE_T089), columns[_i].told);
    tables_expect(t, codes[columns[_i].told]);
    tables_end(t);
}
END_TEST

START_TEST(rules_that_pay_no_time_do_not_ask)
{
    struct tables *t = ready(UNIT_SESSION);
    tables_attendance(t, "member;session;attendance;debut;fin;pause\n"
                         "P1;S1;P;09:00;12:00;1h00\n");
    tables_expect(t, "T010");
    tables_end(t);
}
END_TEST

/* A long table is read in parts: the column is told once all the same. */
START_TEST(parts_tell_once)
{
    struct tables *t = ready(UNIT_HOUR);
    const char *table = "member;session;attendance;debut;fin;pause\n";
    for (int i = 0; i < 200; i++) {
        table = arena_printf(&t->keep, "%sP%d;S1;P;%02d:00;%02d:30;%s\n", table,
                             i % 3 + 1, i % 7 + 9, i % 7 + 9, i == 150 ? "0h15" : "");
    }
    t->reading.part_bytes = 64;
    tables_attendance(t, table);
    ck_assert_uint_eq(tables_filed(t, CODE_T089), 1);
    ck_assert_uint_eq(tables_first(t, CODE_T089)->where.line, 152);
    tables_end(t);
}
END_TEST

static const struct {
    const char *first, *second; /* under two sessions, of two members */
    const char *codes;
} sheets[] = {
    {"P;0,5",           "A;P",    "A031"},
    {"P;0,5",           "x;0.25", "A031"},
    {"P;0,5",           "3h30;P", "A031"},
    {"P;0,5",           "2,5;P",  ""    },
    {"P;0,5",           "3;P",    ""    },
    {"P;0h30",          "A;P",    ""    },
    {"P;0:30",          "A;P",    ""    },
    {"A;0,5",           "0,75;A", ""    },
    {"09:00-12:00;0,5", "A;0,5",  ""    },
    {"1;0,5",           "P;P",    "A025"},
    {"1;0",             "P;P",    ""    },
};

START_TEST(a_half_may_be_of_an_hour_or_of_a_presence)
{
    struct tables *t = ready(UNIT_HOUR);
    tables_attendance(t, arena_printf(&t->keep, "member;S1;S2\nP1;%s\nP2;%s\n",
                                      sheets[_i].first, sheets[_i].second));
    tables_expect(t, sheets[_i].codes);
    tables_end(t);
}
END_TEST

Suite *test_attendance_unread_suite(void);

Suite *
test_attendance_unread_suite(void)
{
    Suite *suite = suite_create("attendance_unread");
    TCase *tests = tcase_create("attendance_unread");
    tcase_add_loop_test(tests, columns_that_may_say_a_time, 0, (int)ARRAY_COUNT(columns));
    tcase_add_test(tests, rules_that_pay_no_time_do_not_ask);
    tcase_add_test(tests, parts_tell_once);
    tcase_add_loop_test(tests, a_half_may_be_of_an_hour_or_of_a_presence, 0,
                        (int)ARRAY_COUNT(sheets));
    suite_add_tcase(suite, tests);
    return suite;
}
