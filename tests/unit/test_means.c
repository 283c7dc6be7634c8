/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of the means test, and that none of them is ever said. */
#include "support/tables.h"

#include <string.h>

static struct tables *
ready(void)
{
    struct tables *t = tables_new();
    tables_rules(t);
    tables_members(t, "id;last_name;first_name\nP1;A;B\nP2;C;D\n");
    return t;
}

static struct means *
read_means(struct tables *t, const char *table)
{
    struct input_list files = tables_file(t, "means.csv", table);
    struct means *means = means_read(&t->reading, &files, t->roster);
    ck_assert(files.items[0]->confidential);
    return means;
}

START_TEST(reads_every_column)
{
    struct tables *t = ready();
    struct means *means =
        read_means(t, "Identifiant;Mesure;Valeur;Méthode;Mois;Vérifié le;Pièce\n"
                      "P2;QF;640;CAF;mars 2026;01/04/2026;n° 7\n"
                      "P1;Quotient familial;1 000,00 €;foyer fiscal;2026-02;;\n"
                      "P1;quotient_familial;0;msa;2026-01;;\n");
    tables_expect(t, "");
    ck_assert_uint_eq(means->count, 3);
    ck_assert_int_eq(means->items[0].value.cents, 0);
    ck_assert(text_equals(means->items[0].method, STR("msa")));
    ck_assert_int_eq(means->items[1].value.cents, 100000);
    ck_assert(text_equals(means->items[1].method, STR("tax_household")));
    ck_assert(text_equals(means->items[1].measure, STR("quotient_familial")));
    ck_assert_int_eq(means->items[1].month, 2026 * 12 + 1);
    ck_assert(text_equals(means->items[2].measure, STR("quotient_familial")));
    ck_assert(!date_is_none(means->items[2].checked_on));
    ck_assert(text_equals(means->items[2].document, STR("n° 7")));
    ck_assert_uint_eq(means->first[1], 2);
    ck_assert_uint_eq(means->first[2], 3);
    tables_end(t);
}
END_TEST

#define HEAD "id;measure;value;method;month;checked_on\n"

struct row_case {
    const char *table, *codes;
    size_t count;
};

static const struct row_case row_cases[] = {
    {HEAD "P9;qf;640;caf;2026-03;\n",                                             "M010",                0},
    {HEAD "P1;qf;;caf;2026-03;\n",                                                "N003",                0},
    {HEAD "P1;qf;640;caf;;\n",                                                    "T018",                0},
    {HEAD "P1;;640;caf;2026-03;\n",                                               "T018",                0},
    {HEAD "P1;revenu;640;caf;2026-03;\n",                                         "N004",                1},
    {HEAD "P1;qf;640;voisin;2026-03;\n",                                          "N005",                0},
    {HEAD "P1;qf;640;;2026-03;\n",                                                "T018",                0},
    {HEAD "P1;qf;-640;caf;2026-03;\n",                                            "T053",                0},
    {HEAD "P1;qf;6.400,00;x;13/2026;31/02/2026\n",                                "T052 N005 T071 T021", 0},
    {HEAD "P1;qf;640;caf;2026-03;\nP1;qf;640,00;caf;03/2026;\n",                  "N001",                1},
    {HEAD "P1;qf;640;caf;2026-03;\nP1;qf;641;caf;2026-03;\n",                     "N002",                2},
    {HEAD "P1;qf;640;caf;2026-03;2026-04-01\nP1;qf;641;caf;2026-03;2026-04-01\n", "N002",
     2                                                                                                    },
    {HEAD "P1;qf;640;caf;2026-03;2026-04-01\nP1;qf;641;caf;2026-03;2026-04-02\n", "",                    2},
    {HEAD "P1;qf;640;caf;2026-03;2026-04-01\nP1;qf;641;caf;2026-03;\n",           "N002",                2},
    {HEAD "P1;qf;640;caf;2026-03;2026-04-01\nP1;qf;640;caf;2026-03;\n",           "",                    2},
    {HEAD "P1;qf;1;caf;2026-03;2026-04-01\nP1;qf;2;caf;2026-03;2026-04-02\n"
          "P1;qf;2;caf;2026-03;2026-04-02\n",                                "N001",                2},
    {HEAD "P1;qf;640;caf;2026-03;\nP1;qf;641;msa;2026-03;\n",                     "N002",                2},
    {HEAD "P1;qf;640;caf;2026-03;2026-04-01\nP1;qf;641;msa;2026-03;2026-04-02\n", "",                    2},
    {HEAD "P1;qf;640;caf;2026-03;2026-04-01\nP1;qf;641;msa;2026-03;\n",           "N002",                2},
    {HEAD "P1;qf;640;caf;2026-03;\nP1;qf;640;msa;2026-03;\n",                     "",                    2},
    {HEAD "P1;qf;640;caf;2026-03;\nP1;qf;640;msa;2026-03;\n"
          "P1;qf;640;msa;2026-03;\n",                                        "N001",                2},
    {HEAD "P1;qf;640;caf;2026-03;\nP1;qf;641;tax_household;2026-03;\n",           "",                    2},
    {HEAD "P1;qf;640;tax_household;2026-03;\nP1;qf;641;tax_household;2026-03;\n", "",                    2},
    {HEAD "P1;qf;640;caf;2026-03;\nP1;autre;641;caf;2026-03;\n",                  "N004",                2},
    {HEAD "P1;qf;640;caf;2026-03;\nP2;qf;641;caf;2026-03;\n",                     "",                    2},
};

START_TEST(tells_faults)
{
    struct tables *t = ready();
    struct means *means = read_means(t, row_cases[_i].table);
    tables_expect(t, row_cases[_i].codes);
    ck_assert_uint_eq(means->count, row_cases[_i].count);
    tables_end(t);
}
END_TEST

START_TEST(an_unknown_member_is_not_named)
{
    struct tables *t = ready();
    read_means(t, HEAD "P9;qf;640;caf;2026-03;\n");
    ck_assert_str_eq(tables_said(t),
                     "M010: the member of this row is not in the table of members \n");
    tables_end(t);
}
END_TEST

START_TEST(no_value_is_ever_said)
{
    struct tables *t = ready();
    read_means(t, "id;measure;value;method;month;checked_on;document\n"
                  "CANARY1;CANARY2;7777,77x;CANARY3;CANARY4;CANARY5;CANARY6\n"
                  "P1;qf;7777.777;caf;2026-03;;\nP1;qf;-7777;caf;2026-03;;\n"
                  "P1;qf;7.777,77;caf;2026-03;;\nP1;qf;77777777777;caf;2026-03;;\n"
                  "P1;qf;7777.77;caf;2026-03;;\nP1;qf;7777.78;caf;2026-03;;\n"
                  "P1;qf;7777.77;caf;2026-03;;\nP2;qf;7777;caf\n"
                  "P2;qf;77\"77;caf;;;\nP2;CANARY7;7777;caf;2026-03;;\n");
    const char *said = tables_said(t);
    ck_assert_msg(strstr(said, "CANARY") == NULL && strstr(said, "77") == NULL, "%s",
                  said);
    ck_assert_uint_ge(diag_errors(t->reading.diag), 11);
    tables_end(t);
}
END_TEST

/* Finance gets the name of the document that decides: it shows no figure of the other rows,
 * and each document is told once. */
START_TEST(a_document_shows_no_other_figure)
{
    struct tables *t = ready();
    struct means *means =
        read_means(t, "id;measure;value;method;month;checked_on;document\n"
                      "P1;qf;950,00;caf;2026-02;;attestation\n"
                      "P1;qf;1203,00;caf;2026-03;;attestation (remplace celle de 950)\n"
                      "P2;qf;641;caf;2026-02;;attestation (remplace celle de 950)\n"
                      "P2;qf;77;caf;2026-03;;attestation 77 au lieu de 641\n");
    tables_expect(t, "N006 N006");
    static const char *const references[] = {"attestation", "",
                                             "attestation (remplace celle de 950)", ""};
    ck_assert_uint_eq(means->count, ARRAY_COUNT(references));
    for (size_t i = 0; i < means->count; i++) {
        ck_assert(text_equals(means->items[i].reference, text_of(references[i])));
        ck_assert_uint_gt(means->items[i].document.size, 0);
    }
    tables_end(t);
}
END_TEST

Suite *test_means_suite(void);

Suite *
test_means_suite(void)
{
    Suite *suite = suite_create("means");
    TCase *tests = tcase_create("means");
    tcase_add_test(tests, reads_every_column);
    tcase_add_loop_test(tests, tells_faults, 0, (int)ARRAY_COUNT(row_cases));
    tcase_add_test(tests, an_unknown_member_is_not_named);
    tcase_add_test(tests, no_value_is_ever_said);
    tcase_add_test(tests, a_document_shows_no_other_figure);
    suite_add_tcase(suite, tests);
    return suite;
}
