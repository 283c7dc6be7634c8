/* SPDX-License-Identifier: Apache-2.0 */
/* A change that sets another figure and says nothing of what it rests on is warned of; one that sets
 * the same, a name, or what has a basis of its own, is not. */
#include "../../src/rules/node_change.h"
#include "support/filed.h"

#include <check.h>
#include <string.h>

Suite *test_rules_changes_suite(void);

static const char group[] =
    "group = { source = \"S\"; a = 0; t = \"x\"; none = \"\"; yes = true; l = [ 1, 2 ]; ll = ( ( "
    "1, 2 ), ( 3 ) ); g = ( { b = 1; } ); p = { b = 1; }; };\n";

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

START_TEST(what_keeps_its_old_basis)
{
    struct arena keep = arena_reserve((size_t)1 << 24);
    struct arena scratch = arena_reserve((size_t)1 << 20);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    const char *text =
        arena_printf(&keep, "%schanges = ( { at = \"group\"; set = { %s }; } );\n", group,
                     rows[_i].set);
    struct document document = {
        .keep = &keep,
        .scratch = &scratch,
        .diag = diag,
        .input = input_of(&keep, STR("memory/x.cfg"), text_of(text)),
    };
    ck_assert(node_read(&document));
    struct document *copy = node_copy(&keep, &document);
    struct node *changes = node_list(&document.root, "changes", REQUIRED);
    ck_assert(node_change(copy, changes));
    ck_assert_uint_eq(filed_with(diag, CODE_V009), rows[_i].warned);
    ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

Suite *
test_rules_changes_suite(void)
{
    Suite *suite = suite_create("rules_changes");
    TCase *cases = tcase_create("rules_changes");
    tcase_add_loop_test(cases, what_keeps_its_old_basis, 0, (int)ARRAY_COUNT(rows));
    suite_add_tcase(suite, cases);
    return suite;
}
