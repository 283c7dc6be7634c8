/* SPDX-License-Identifier: Apache-2.0 */
/* The verdicts that the legal team hands over. */
#include "support/tables.h"

static struct tables *
ready(void)
{
    struct tables *t = tables_new();
    tables_rules(t);
    tables_members(t, "id;last_name;first_name\nP1;A;B\nP2;C;D\n");
    return t;
}

static struct decisions *
read_decisions(struct tables *t, const char *table)
{
    struct input_list files = tables_file(t, "decisions.csv", table);
    return decisions_read(&t->reading, &files, t->roster);
}

START_TEST(reads_every_column)
{
    struct tables *t = ready();
    struct decisions *decisions = read_decisions(
        t, "Identifiant;Règle;Décision;Du;Au;Méthode;Mois;Pièce;Motif\n"
           "P2;probe;eligible;;;;;;\n"
           "P1;probe;undetermined;01/07/2026;;;;;\n"
           "P1;probe;not_eligible;2026-01-01;2026-06-30;caf;mars 2026;n° 7;r\n");
    tables_expect(t, "");
    ck_assert_uint_eq(decisions->count, 3);
    const struct decision *d = &decisions->items[0];
    ck_assert_int_eq(d->verdict, VERDICT_NOT_ELIGIBLE);
    ck_assert_int_eq(date_month(d->during.to), 6);
    ck_assert(text_equals(d->method, STR("caf")));
    ck_assert(text_equals(d->month, STR("2026-03")));
    ck_assert(text_equals(d->document, STR("n° 7")));
    ck_assert(text_equals(d->reason, STR("r")));
    ck_assert_uint_eq(d->where.line, 4);
    ck_assert_int_eq(decisions->items[1].verdict, VERDICT_UNDETERMINED);
    ck_assert(date_is_open(decisions->items[1].during.to));
    ck_assert_uint_eq(decisions->first[1], 2);
    ck_assert_uint_eq(decisions->first[2], 3);
    tables_end(t);
}
END_TEST

#define HEAD "id;rule;verdict;from;to;document\n"

struct row_case {
    const char *table, *codes;
    size_t count;
};

static const struct row_case row_cases[] = {
    {HEAD "P9;probe;eligible;;;\n",                                                    "M010",      0},
    {HEAD "P1;autre;eligible;;;\n",                                                    "D003",      0},
    {HEAD "P1;;eligible;;;\n",                                                         "T018",      0},
    {HEAD "P1;probe;;;;\n",                                                            "T018",      0},
    {HEAD "P1;probe;peut-etre;;;\n",                                                   "T080",      0},
    {HEAD "P1;probe;eligible;2026-02-01;2026-01-01;\n",                                "T081",      0},
    {HEAD "P1;probe;eligible;;;\nP1;probe;eligible;;;\n",                              "D001",      1},
    {HEAD "P1;probe;eligible;;;a\nP1;probe;eligible;;;b\n",                            "",          2},
    {HEAD "P1;probe;eligible;;2026-01-31;\nP1;probe;not_eligible;2026-01-31;;\n",      "D002",
     2                                                                                               },
    {HEAD "P1;probe;eligible;;2026-01-30;\nP1;probe;not_eligible;2026-01-31;;\n",      "",          2},
    {HEAD "P1;probe;eligible;;;\nP1;probe;eligible;2026-01-01;2026-01-02;\n"
          "P1;probe;not_eligible;2026-02-01;;\n",                                 "D002",      3},
    {HEAD "P1;probe;eligible;;;\nP2;probe;not_eligible;;;\n",                          "",          2},
    {"id;rule\nP1;probe\n",                                                            "T008",      0},
    {"id;rule;verdict;Valable du;Jusqu'au\nP1;probe;eligible;01/01/2026;31/12/2026\n", "",
     1                                                                                               },
    {"id;rule;verdict;Date expiration\nP1;probe;eligible;31/12/2026\n",                "T010 T089", 1},
    {"id;rule;verdict;reason\nP1;probe;not_eligible;1203 au lieu de 1000\n",           "D004",      0},
    {"id;rule;verdict;reason\nP1;probe;not_eligible;art. 12 du r\xC3\xA8glement\n",    "",
     1                                                                                               },
    {"id;rule;verdict;Plafond\nP1;probe;not_eligible;1000\n",                          "T010 D004", 0},
    {"id;rule;verdict;Participations\nP1;probe;not_eligible;3\n",                      "T010",      1},
};

START_TEST(tells_faults)
{
    struct tables *t = ready();
    struct decisions *decisions = read_decisions(t, row_cases[_i].table);
    tables_expect(t, row_cases[_i].codes);
    ck_assert_uint_eq(decisions->count, row_cases[_i].count);
    tables_end(t);
}
END_TEST

START_TEST(other_rules_are_named_unless_the_file_is_confidential)
{
    struct tables *t = ready();
    read_decisions(t, HEAD "P1;autre;eligible;;;\n");
    ck_assert_str_eq(tables_said(t),
                     "D003: the decision is for the rules 'autre', not for 'probe' \n");
    t->reading.diag = diag_new(&t->keep, LANGUAGE_EN);
    struct input_list files = tables_file(t, "d.csv", HEAD "P1;autre;eligible;;;\n");
    files.items[0]->confidential = true;
    decisions_read(&t->reading, &files, t->roster);
    ck_assert_str_eq(tables_said(t),
                     "D003: the decision is for other rules than 'probe' \n");
    tables_end(t);
}
END_TEST

Suite *test_decisions_suite(void);

Suite *
test_decisions_suite(void)
{
    Suite *suite = suite_create("decisions");
    TCase *tests = tcase_create("decisions");
    tcase_add_test(tests, reads_every_column);
    tcase_add_loop_test(tests, tells_faults, 0, (int)ARRAY_COUNT(row_cases));
    tcase_add_test(tests, other_rules_are_named_unless_the_file_is_confidential);
    suite_add_tcase(suite, tests);
    return suite;
}
