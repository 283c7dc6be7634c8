/* SPDX-License-Identifier: Apache-2.0 */
/* The table of sessions. */
#include "support/days.h"
#include "support/tables.h"

START_TEST(reads_every_column)
{
    struct tables *t = tables_new();
    tables_sessions(t,
                    "Séance;Date;Nature;Début;Fin;Organe;Repas servi;Sujet;Compétence\n"
                    "S1;07/03/2026;Plénière;9h;12h30;bureau;oui;l'eau;plaidoyer\n");
    tables_expect(t, "");
    const struct session *s = &t->calendar->items[0];
    ck_assert(text_equals(s->id, STR("S1")));
    ck_assert_int_eq(date_compare(s->date, day("2026-03-07")), 0);
    ck_assert_int_eq(s->kind, KIND_PLENARY);
    ck_assert_int_eq(s->start, 540);
    ck_assert_int_eq(s->end, 750);
    ck_assert(text_equals(s->body, STR("bureau")));
    ck_assert(s->meal_served);
    ck_assert(text_equals(s->subject, STR("l'eau")));
    ck_assert_int_eq(s->competence, COMPETENCE_ADVOCACY);
    ck_assert_uint_eq(s->where.line, 2);
    ck_assert(t->calendar->given);
    tables_end(t);
}
END_TEST

START_TEST(sorts_by_day_start_and_id)
{
    struct tables *t = tables_new();
    tables_sessions(
        t, "session;date;kind;start\nZ;2026-03-07;plenary;\nY;2026-03-07;plenary;14:00\n"
           "X;2026-03-07;plenary;09:00\nB;2026-03-06;video;\nA;2026-03-06;video;\n"
           "W;2026-03-07;video;09:30\n");
    static const char *const ids[] = {"A", "B", "X", "W", "Y", "Z"};
    for (size_t i = 0; i < 6; i++) {
        ck_assert(text_equals(t->calendar->items[i].id, text_of(ids[i])));
        ck_assert_uint_eq(calendar_find(t->calendar, text_of(ids[i])), i);
    }
    ck_assert_uint_eq(calendar_find(t->calendar, STR("C")), INDEX_NONE);
    uint32_t first = 0;
    ck_assert_uint_eq(calendar_on(t->calendar, day("2026-03-07"), KIND_PLENARY, &first),
                      3);
    ck_assert_uint_eq(first, 2);
    ck_assert_uint_eq(calendar_on(t->calendar, day("2026-03-07"), KIND_VIDEO, &first), 1);
    ck_assert_uint_eq(first, 3);
    ck_assert_uint_eq(calendar_on(t->calendar, day("2026-03-08"), KIND_VIDEO, &first), 0);
    tables_end(t);
}
END_TEST

START_TEST(no_file_is_an_empty_calendar)
{
    struct tables *t = tables_new();
    struct input_list none = tables_none();
    struct calendar *calendar = calendar_read(&t->reading, &none);
    ck_assert_uint_eq(calendar->count, 0);
    ck_assert(!calendar->given);
    ck_assert_uint_eq(calendar_find(calendar, STR("S1")), INDEX_NONE);
    tables_end(t);
}
END_TEST

struct faulty {
    const char *rows, *codes;
    uint32_t other; /* line of the other place of the first */
};

static const struct faulty faulty[] = {
    {";2026-03-07;plenary;;\n",                                 "T018",           0},
    {"S1;;plenary;;\n",                                         "T018",           0},
    {"S1;2026-03-07;;;\n",                                      "T018",           0},
    {"S1;31/02/2026;plenarx;9;\n",                              "T021 T080 T030", 0},
    {"S1;2026-03-07;plenary;10:00;09:00\n",                     "S003",           0},
    {"S1;2026-03-07;plenary;10:00;10:00\n",                     "S003",           0},
    {"S1;2026-03-07;plenary;;24:00\n",                          "",               0},
    {"S1;2024-12-31;plenary;;\n",                               "S004",           0},
    {"S1;2025-01-01;plenary;;\n",                               "",               0},
    {"S1;2026-12-31;plenary;;\n",                               "",               0},
    {"S1;2027-01-01;plenary;;\n",                               "S004",           0},
    {"S1;2026-03-07;plenary;;\nS1;2026-03-07;plenary;;\n",      "S002",           2},
    {"S1;2026-03-07;plenary;;\nS1;2026-03-07;plenary;;12:00\n", "S001",           2},
    {"S1;2026-03-07;plenary;;\nS1;2026-03-08;plenary;;\n",      "S001",           2},
};

START_TEST(tells_faults)
{
    struct tables *t = tables_new();
    tables_rules(t);
    tables_sessions(
        t, arena_printf(&t->keep, "session;date;kind;start;end\n%s", faulty[_i].rows));
    tables_expect(t, faulty[_i].codes);
    size_t count = 0;
    const struct diagnostic *first = diag_sorted(t->reading.diag, &count);
    ck_assert(count == 0 || first->other.line == faulty[_i].other);
    tables_end(t);
}
END_TEST

START_TEST(suggests_a_kind)
{
    struct tables *t = tables_new();
    tables_sessions(t, "session;date;kind\nS1;2026-03-07;plenarry\n");
    ck_assert(text_equals(tables_first(t, CODE_T080)->meant, STR("plenary")));
    tables_end(t);
}
END_TEST

Suite *test_calendar_suite(void);

Suite *
test_calendar_suite(void)
{
    Suite *suite = suite_create("calendar");
    TCase *tests = tcase_create("calendar");
    tcase_add_test(tests, reads_every_column);
    tcase_add_test(tests, sorts_by_day_start_and_id);
    tcase_add_test(tests, no_file_is_an_empty_calendar);
    tcase_add_loop_test(tests, tells_faults, 0, (int)ARRAY_COUNT(faulty));
    tcase_add_test(tests, suggests_a_kind);
    suite_add_tcase(suite, tests);
    return suite;
}
