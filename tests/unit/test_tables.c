/* SPDX-License-Identifier: Apache-2.0 */
/* Every file of tests/tables is one check; tests/support/tsv.h says what it holds.
 * The other checks show that a table can fail. */
#include "support/tsv.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

#define TABLES "tests/tables/*.tsv"

static int
count_tables(void)
{
    glob_t found;
    int count = 0;

    if (glob(TABLES, 0, NULL, &found) == 0) {
        count = (int)found.gl_pathc;
    }
    globfree(&found);
    return count;
}

START_TEST(test_table)
{
    struct tsv table;
    glob_t found;

    ck_assert_int_eq(glob(TABLES, 0, NULL, &found), 0);
    tsv_judge_file(&table, found.gl_pathv[_i]);
    ck_assert_msg(table.wrong == 0, "%zu of %zu rows\n%s", table.wrong, table.rows,
                  table.report);
    globfree(&found);
}
END_TEST

#define HEADER "quantity\trate\trounding\tamount\n"

/* Tables that must be refused, and what must be said. */
static const struct {
    const char *path;
    const char *bytes;
    const char *said;
} bad_tables[] = {
    {"money-x.tsv",  "# prose\n" HEADER "3\t13.74\thalf_up\t41.23\n",
     "money-x.tsv:3: amount: expected '41.23' got '41.22'\n"                                     },
    {"money-x.tsv",  HEADER "3\t13.74\thalf_up\n",                    "expected 4 cells, got 3"  },
    {"money-x.tsv",  HEADER "3,5\t13.74\thalf_up\t48.09\n",           "quantity is not a number" },
    {"money-x.tsv",  HEADER "1/0\t13.74\thalf_up\t48.09\n",           "quantity is not a number" },
    {"money-x.tsv",  HEADER "3\t13.74\tnearest\t41.22\n",             "rounding has no such name"},
    {"money-x.tsv",  "quantity\trate\trounding\n3\t1\tup\n",          "no column 'amount'"       },
    {"money-x.tsv",  HEADER,                                          "no example in the table"  },
    {"monies-x.tsv", HEADER "3\t13.74\thalf_up\t41.22\n",
     "the name picks no interpreter"                                                             },
};

START_TEST(test_bad_table)
{
    struct tsv table;

    tsv_judge(&table, bad_tables[_i].path, text_of(bad_tables[_i].bytes));
    ck_assert_uint_gt(table.wrong, 0);
    ck_assert_msg(strstr(table.report, bad_tables[_i].said) != NULL,
                  "expected to read '%s' in\n%s", bad_tables[_i].said, table.report);
}
END_TEST

START_TEST(test_long_report)
{
    struct arena start = arena_reserve(1u << 20);
    struct arena arena = start;
    char *bytes = arena_alloc(&arena, 1, 40000, 1);
    struct tsv table;
    size_t size = (size_t)sprintf(bytes, HEADER);

    for (int i = 0; i < 1000; i++) {
        size += (size_t)sprintf(bytes + size, "3\t13.74\thalf_up\t41.23\n");
    }
    tsv_judge(&table, "money-long.tsv", (struct text){bytes, size});
    ck_assert_uint_eq(table.wrong, 1000);
    ck_assert_uint_lt(strlen(table.report), sizeof table.report);
    arena_release(start);
}
END_TEST

Suite *test_tables_suite(void);

Suite *
test_tables_suite(void)
{
    Suite *suite = suite_create("tables");
    TCase *tables = tcase_create("tables");

    tcase_add_loop_test(tables, test_table, 0, count_tables());
    tcase_add_loop_test(tables, test_bad_table, 0,
                        (int)(sizeof bad_tables / sizeof bad_tables[0]));
    tcase_add_test(tables, test_long_report);
    suite_add_tcase(suite, tables);
    return suite;
}
