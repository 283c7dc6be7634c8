/* SPDX-License-Identifier: Apache-2.0 */
/* Trees of JSON values: their canonical form, their differences, and reading them back. */
#include "defray/limits.h"
#include "defray/tree_read.h"

#include "support/keep.h"
#include "support/registry.h"
#include "support/written.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *test_tree_suite(void);

static struct tree *
read_text(const char *bytes, const char **code)
{
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct input *input = input_of(&keep, STR("x.json"), text_of(bytes));
    struct tree *tree = tree_read(&keep, input, diag);
    *code = first_code(diag);
    return tree;
}

/* What is given, and its canonical form. */
static const char *const forms[][2] = {
    {"{ }",                                   "{}"                             },
    {"[ ]",                                   "[]"                             },
    {"{ \"b\" : 1, \"a\": [ true, false ] }", "{\"a\":[true,false],\"b\":1}"   },
    {"{\"aa\": 1, \"a\": 2, \"B\": 3}",       "{\"B\":3,\"a\":2,\"aa\":1}"     },
    {"[\"\\u00e9\\/\\\"\\\\\"]",              "[\"\xC3\xA9/\\\"\\\\\"]"        },
    {"[\"\\n\\u007f\\t\"]",                   "[\"\\u000a\\u007f\\u0009\"]"    },
    {"[-12, 0]",                              "[-12,0]"                        },
    {"[{\"x\": {\"z\": \"\", \"y\": []}}]",   "[{\"x\":{\"y\":[],\"z\":\"\"}}]"},
};

START_TEST(test_canonical)
{
    const char *code = NULL;
    struct tree *tree = read_text(forms[_i][0], &code);
    ck_assert_msg(tree != NULL, "%s", code);
    ck_assert_str_eq(text_string(&keep, tree_canonical(&keep, tree)), forms[_i][1]);
    const char *pretty = text_string(&keep, tree_pretty(&keep, tree));
    struct tree *again = read_text(pretty, &code);
    ck_assert_msg(again != NULL, "%s", pretty);
    ck_assert_uint_eq(tree_compare(&keep, tree, again, NULL, NULL), 0);
}
END_TEST

static const char *const refused[][2] = {
    {"",                                   "C001"},
    {"[1",                                 "C001"},
    {"[1] 2",                              "C001"},
    {"[1.0]",                              "C001"},
    {"[1e2]",                              "C001"},
    {"[null]",                             "C001"},
    {"[99999999999999999999]",             "C001"},
    {"{\"a\": 1, \"a\": 1}",               "C001"},
    {"[\"\xff\"]",                         "C001"},
    {"[\"\\ud800\"]",                      "C001"},
    {"[\"\\u0000\"]",                      "C001"},
    {"'x'",                                "C001"},
    {"[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", "C002"},
};

START_TEST(test_refused)
{
    const char *code = NULL;
    ck_assert(read_text(refused[_i][0], &code) == NULL);
    ck_assert_str_eq(code, refused[_i][1]);
}
END_TEST

/* Brackets inside a text are no depth, and the limit itself is read. */
START_TEST(test_at_the_limit)
{
    const char *code = NULL;
    ck_assert(read_text("[[[[[[[[[[[[[[[[\"[[[[\\\"[[\"]]]]]]]]]]]]]]]]", &code) != NULL);
}
END_TEST

static void
note(void *context, struct tree_difference difference)
{
    const char **said = context;
    *said =
        arena_printf(&keep, "%s%s:%s/%s;", *said, difference.path,
                     tree_shown(&keep, difference.a), tree_shown(&keep, difference.b));
}

START_TEST(test_differences)
{
    const char *code = NULL;
    const char *said = "";
    struct tree *a =
        read_text("{\"x\":[1,{\"y\":\"a\"},3],\"z\":true,\"same\":[]}", &code);
    struct tree *b =
        read_text("{\"x\":[1,{\"y\":\"b\"}],\"z\":1,\"w\":{},\"same\":[]}", &code);
    ck_assert_uint_eq(tree_compare(&keep, a, b, note, &said), 4);
    ck_assert_str_eq(said, "x[2].y:a/b;x[3]:3/-;z:true/1;w:-/{…};");
}
END_TEST

Suite *
test_tree_suite(void)
{
    Suite *suite = suite_create("tree");
    TCase *trees = tcase_create("trees");
    tcase_add_checked_fixture(trees, keep_set_up, keep_tear_down);
    tcase_add_loop_test(trees, test_canonical, 0, ARRAY_COUNT(forms));
    tcase_add_loop_test(trees, test_refused, 0, ARRAY_COUNT(refused));
    tcase_add_test(trees, test_at_the_limit);
    tcase_add_test(trees, test_differences);
    suite_add_tcase(suite, trees);
    return suite;
}
