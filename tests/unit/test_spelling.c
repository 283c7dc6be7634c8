/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of sessions that only a keyboard tells apart. */
#include "support/tables.h"

#define ON(day) ";2026-03-" day ";plenary;"

static const struct {
    const char *sessions, *attendance, *codes;
} spelled[] = {
    {NULL,                                                                    "P1;S1" ON("07") "P\nP1;s1" ON("07") "P\n",       "A029"},
    {NULL,                                                                    "P1;PL-1" ON("07") "P\nP1;pl 1" ON("07") "P\n",   "A029"},
    {NULL,                                                                    "P1;S1" ON("07") "P\nP1;s1" ON("14") "P\n",       ""    },
    {NULL,                                                                    "P1;S1" ON("07") "P\nP1;s1;2026-03-07;video;P\n", ""    },
    {NULL,                                                                    "P1;1-2" ON("07") "P\nP1;12" ON("07") "P\n",      ""    },
    {"S1" ON("07") ";\ns1" ON("07") ";\n",                                    "P1;S1;;;P\n",                                    "A029"},
    {"S1" ON("07") "9h;12h\ns1" ON("07") ";\n",                               "P1;S1;;;P\n",                                    "A029"},
    {"S1" ON("07") "9h;12h\ns1" ON("07") "14h;17h\n",                         "P1;S1;;;P\n",                                    ""    },
    {"S1" ON("07") "9h;12h\ns1" ON("07") "14h;17h\ns 1" ON("07") "14h;17h\n",
     "P1;S1;;;P\n",                                                                                                             "A029"},
};

START_TEST(two_spellings_are_one_session)
{
    struct tables *t = tables_new();
    tables_rules(t);
    tables_members(t, "id;last_name;first_name\nP1;A;B\n");
    if (spelled[_i].sessions != NULL) {
        const char *head = "session;date;kind;start;end\n";
        struct input_list calendar = tables_file(
            t, "seances.csv", arena_printf(&t->keep, "%s%s", head, spelled[_i].sessions));
        t->calendar = calendar_read(&t->reading, &calendar);
    }
    const char *head = "member;session;date;kind;attendance\n";
    struct input_list files = tables_file(
        t, "presences.csv", arena_printf(&t->keep, "%s%s", head, spelled[_i].attendance));
    attendance_read(&t->reading, &files, t->roster, t->calendar);
    tables_expect(t, spelled[_i].codes);
    tables_end(t);
}
END_TEST

Suite *test_spelling_suite(void);

Suite *
test_spelling_suite(void)
{
    Suite *suite = suite_create("spelling");
    TCase *tests = tcase_create("spelling");
    tcase_add_loop_test(tests, two_spellings_are_one_session, 0,
                        (int)ARRAY_COUNT(spelled));
    suite_add_tcase(suite, tests);
    return suite;
}
