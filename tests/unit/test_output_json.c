/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: nesting, escapes and the order of keys, byte by byte. */
#include "support/keep.h"
#include "support/registry.h"
#include "support/sample.h"
#include "support/written.h"

#include <check.h>
#include <string.h>

Suite *test_output_json_suite(void);

static const char *
json_of(const struct sample *sample)
{
    struct written written =
        document_written(&keep, "/tmp", "a.json", &sample->document, 0);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    return text_string(&keep, written.bytes);
}

#define ROW(id)                                                                \
    "    {\"id\": \"" id "\", \"name\": \"Élodie\", \"stipend\": \"77.49\", " \
    "\"expenses\": \"0.07\", \"total\": \"77.56\", \"cents\": 7756, "          \
    "\"quantity\": \"3.3333\", \"date\": \"2026-03-07\", \"hours\": \"3:30\"}"

START_TEST(the_whole_is_as_documented)
{
    ck_assert_str_eq(
        json_of(sample_new(&keep, 2)),
        "{ \"schema\": \"sample/1\",\n"
        "  \"assembly\": \"x\",\n"
        "  \"period\": {\"from\": 1, \"to\": {\"day\": 2}},\n"
        "  \"items\": [\n" ROW("00001") ",\n" ROW(
            "00002") "\n  ],\n"
                     "  \"totals\": {\"due\": \"0.05\", \"lines\": {\"read\": 3, \"due\": 4}}\n"
                     "}\n");
}
END_TEST

START_TEST(no_rows_are_an_empty_list)
{
    ck_assert_ptr_nonnull(strstr(json_of(sample_new(&keep, 0)), "  \"items\": [],\n"));
}
END_TEST

static const struct {
    const char *name, *string;
} names[] = {
    {"a\"b\\c",          "\"a\\\"b\\\\c\""          },
    {"a\nb\tc\rd\be\ff", "\"a\\nb\\tc\\rd\\be\\ff\""},
    {"\x01\x1F\x7F",     "\"\\u0001\\u001f\\u007f\""},
    {"</script>",        "\"</script>\""            },
    {"Nguyễn 😀",    "\"Nguyễn 😀\""        },
    {"=1+1",             "\"=1+1\""                 },
};

START_TEST(strings_are_escaped)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->name = text_of(names[_i].name);
    const char *json = json_of(sample);
    ck_assert_msg(strstr(json, names[_i].string) != NULL, "%s", json);
}
END_TEST

START_TEST(trap_invalid_name_utf8)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->name = STR("\xC9lodie");
    struct written written =
        document_written(&keep, "/tmp", "a.json", &sample->document, 0);
    ck_assert(!written.done);
    ck_assert_str_eq(first_code(written.diag), "W009");
}
END_TEST

Suite *
test_output_json_suite(void)
{
    Suite *suite = suite_create("output_json");
    TCase *tcase = tcase_create("output_json");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_add_test(tcase, the_whole_is_as_documented);
    tcase_add_test(tcase, no_rows_are_an_empty_list);
    tcase_add_loop_test(tcase, strings_are_escaped, 0, (int)ARRAY_COUNT(names));
    tcase_add_test(tcase, trap_invalid_name_utf8);
    suite_add_tcase(suite, tcase);
    return suite;
}
