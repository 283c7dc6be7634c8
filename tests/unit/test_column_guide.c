/* SPDX-License-Identifier: Apache-2.0 */
/* What people are told of the columns is told of the readers' columns, of all of them and of no
 * others; and every word that a list offers is one that the reader knows. */
#include "defray/column_guide.h"
#include "defray/vocabulary.h"

#include "support/registry.h"

#include <check.h>
#include <string.h>

Suite *test_column_guide_suite(void);

static struct arena
arena(void)
{
    return arena_reserve((size_t)1 << 20);
}

static size_t
columns_of(enum guided_table table, const struct guided_column **columns)
{
    static struct arena keep;
    keep = arena();
    size_t count = 0;
    *columns = column_guide(&keep, table, &count);
    return count;
}

static const struct {
    enum guided_table table;
    const char *name;
} explained[] = {
#define GUIDE(table, name, values, needed, meaning, example) {GUIDED_##table, name},
#include "../../src/intake/columns.def"
#undef GUIDE
};

START_TEST(each_explanation_is_of_a_column_that_is_read)
{
    for (size_t i = 0; i < ARRAY_COUNT(explained); i++) {
        const struct guided_column *columns = NULL;
        size_t count = columns_of(explained[i].table, &columns);
        size_t found = 0;
        for (size_t k = 0; k < count; k++) {
            found += strcmp(columns[k].name, explained[i].name) == 0;
        }
        ck_assert_msg(found == 1, "%s", explained[i].name);
    }
}
END_TEST

/* A column without an explanation ends the program: that is what this one runs into. */
START_TEST(each_column_that_is_read_is_explained)
{
    size_t total = 0;
    for (int table = 0; table < GUIDED_COUNT; table++) {
        const struct guided_column *columns = NULL;
        size_t count = columns_of((enum guided_table)table, &columns);
        total += count;
        for (size_t i = 0; i < count; i++) {
            ck_assert_msg(columns[i].meaning[0] != '\0', "%s", columns[i].name);
            ck_assert_msg(
                !columns[i].required || strncmp(columns[i].needed, "always", 6) == 0,
                "'%s' is required, and the guide says otherwise", columns[i].name);
        }
    }
    ck_assert_uint_eq(total, ARRAY_COUNT(explained));
}
END_TEST

START_TEST(tables_are_named_in_both_languages)
{
    enum guided_table table = GUIDED_COUNT;
    for (int i = 0; i < GUIDED_COUNT; i++) {
        ck_assert(guided_table_parse(
            arena(), text_of(guided_table_word(LANGUAGE_FR, (enum guided_table)i)),
            &table));
        ck_assert_int_eq((int)table, i);
    }
    ck_assert(guided_table_parse(arena(), STR("Séances"), &table));
    ck_assert_int_eq((int)table, (int)GUIDED_SESSIONS);
    ck_assert(!guided_table_parse(arena(), STR("presences"), &table));
    ck_assert(!guided_table_parse(arena(), STR(""), &table));
}
END_TEST

START_TEST(what_a_sheet_shows_is_read_back)
{
    for (int i = KIND_NONE + 1; i < KIND_COUNT; i++) {
        enum kind kind = KIND_NONE;
        const char *label = kind_label(LANGUAGE_EN, (enum kind)i);
        ck_assert_msg(kind_parse(arena(), text_of(label), &kind), "%s", label);
        ck_assert_int_eq((int)kind, i);
    }
    for (int i = STATUS_NONE + 1; i < STATUS_COUNT; i++) {
        enum status status = STATUS_NONE;
        const char *label = status_label(LANGUAGE_EN, (enum status)i);
        ck_assert_msg(status_parse(arena(), text_of(label), &status), "%s", label);
        ck_assert_int_eq((int)status, i);
    }
}
END_TEST

Suite *
test_column_guide_suite(void)
{
    Suite *suite = suite_create("column_guide");
    TCase *all = tcase_create("all");
    tcase_add_test(all, each_explanation_is_of_a_column_that_is_read);
    tcase_add_test(all, each_column_that_is_read_is_explained);
    tcase_add_test(all, tables_are_named_in_both_languages);
    tcase_add_test(all, what_a_sheet_shows_is_read_back);
    suite_add_tcase(suite, all);
    return suite;
}
