/* SPDX-License-Identifier: Apache-2.0 */
/* A change that sets another figure and says nothing of what it rests on is warned of; one that sets
 * the same, a name, or what has a basis of its own, is not. */
#include "../../src/rules/node_change.h"
#include "support/filed.h"

#include <check.h>
#include <string.h>

Suite *test_rules_changes_suite(void);

static const char group[] =
    "source = \"S\"; a = 0; t = \"x\"; none = \"\"; yes = true; l = [ 1, 2 ]; ll = ( ( "
    "1, 2 ), ( 3 ) ); g = ( { b = 1; } ); p = { b = 1; };";

static const struct {
    const char *set;
    size_t warned;
} rows[] = {
    {"a = 0;",                     0},
    {"a = 1;",                     1},
    {"a = false;",                 1}, /* of another kind, and nothing else */
    {"a = \"\";",                  1},
    {"none = 0;",                  1},
    {"t = \"x\";",                 0},
    {"t = \"y\";",                 1},
    {"yes = false;",               1},
    {"l = [ 1, 2 ];",              0},
    {"l = [ 1, 3 ];",              1},
    {"l = [ 3, 2 ];",              1},
    {"l = [ 1 ];",                 1},
    {"l = [ 1, 2, 3 ];",           1},
    {"l = ( );",                   1},
    {"ll = ( ( 1, 2 ), ( 3 ) );",  0},
    {"ll = ( ( 1, 4 ), ( 3 ) );",  1},
    {"ll = ( ( 1, 2 ), ( 4 ) );",  1},
    {"g = ( { b = 2; } );",        0},
    {"p = { b = 2; };",            0},
    {"added = 1;",                 1},
    {"added = { b = 1; };",        0},
    {"name = \"x\";",              0},
    {"a = 1; source = \"T\";",     0},
    {"t = \"x\"; p = { }; a = 2;", 1},
};

/* Whether `change` of the group, which holds `keys`, is possible; and what is said of it. */
static bool
is_changed(struct arena *keep, const char *keys, const char *change, struct diag **diag)
{
    struct arena scratch = arena_reserve((size_t)1 << 20);
    *diag = diag_new(keep, LANGUAGE_EN);
    const char *text = arena_printf(
        keep, "group = { %s };\nchanges = ( { at = \"group\"; %s } );\n", keys, change);
    struct document document = {
        .keep = keep,
        .scratch = &scratch,
        .diag = *diag,
        .input = input_of(keep, STR("memory/x.cfg"), text_of(text)),
    };
    ck_assert(node_read(&document));
    struct document *copy = node_copy(keep, &document);
    return node_change(copy, node_list(&document.root, "changes", REQUIRED));
}

START_TEST(what_keeps_its_old_basis)
{
    struct arena keep = arena_reserve((size_t)1 << 24);
    struct diag *diag = NULL;
    const char *change = arena_printf(&keep, "set = { %s };", rows[_i].set);
    ck_assert(is_changed(&keep, group, change, &diag));
    ck_assert_uint_eq(filed_with(diag, CODE_V009), rows[_i].warned);
    ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

/* What is to be dropped of a basis, and what there is to drop: at most twelve keys. */
#define TWELVE \
    "a = 1; b = 1; c = 1; d = 1; e = 1; f = 1; g = 1; h = 1; i = 1; j = 1; k = 1; l = 1;"
static const struct said {
    const char *keys, *change;
    enum code code;
    const char *says;
} said[] = {
    {"source = \"S\"; a = 0;",                  "set = { a = 1; };", CODE_V009,
     "source 'S' (drop = [ \"source\" ])"                                                   },
    {"source = \"S\"; article = \"1\"; a = 0;", "set = { a = 1; };", CODE_V009,
     "source 'S' (drop = [ \"source\", \"article\" ])"                                      },
    {"article = \"1\"; a = 0; source = \"S\";", "set = { a = 1; };", CODE_V009,
     "source 'S' (drop = [ \"source\", \"article\" ])"                                      },
    {"assumption = \"W\"; a = 0;",              "set = { a = 1; };", CODE_V009,
     "assumption 'W' (drop = [ \"assumption\" ])"                                           },
    {"a = 1;",                                  "drop = [ \"x\" ];", CODE_V001, "(there: a)"},
    {TWELVE,                                    "drop = [ \"x\" ];", CODE_V001,
     "(there: a, b, c, d, e, f, g, h, i, j, k, l)"                                          },
    {TWELVE " m = 1;",                          "drop = [ \"x\" ];", CODE_V001,
     "(there: a, b, c, d, e, f, g, h, i, j, k, l, …)"                                     },
    {TWELVE " m = 1; n = 1;",                   "drop = [ \"x\" ];", CODE_V001,
     "(there: a, b, c, d, e, f, g, h, i, j, k, l, …)"                                     },
};

START_TEST(what_is_said_of_keys)
{
    const struct said *row = &said[_i];
    struct arena keep = arena_reserve((size_t)1 << 24);
    struct diag *diag = NULL;
    size_t count = 0;
    ck_assert(is_changed(&keep, row->keys, row->change, &diag) ==
              (row->code == CODE_V009));
    const struct diagnostic *filed = diag_sorted(diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(filed->code, row->code);
    ck_assert_msg(strstr(filed->text, row->says) != NULL, "'%s'", filed->text);
}
END_TEST

Suite *
test_rules_changes_suite(void)
{
    Suite *suite = suite_create("rules_changes");
    TCase *cases = tcase_create("rules_changes");
    tcase_add_loop_test(cases, what_keeps_its_old_basis, 0, (int)ARRAY_COUNT(rows));
    tcase_add_loop_test(cases, what_is_said_of_keys, 0, (int)ARRAY_COUNT(said));
    suite_add_tcase(suite, cases);
    return suite;
}
