/* SPDX-License-Identifier: Apache-2.0 */
/* CSV for payroll programs: the bytes themselves. */
#include "support/keep.h"
#include "support/registry.h"
#include "support/sample.h"
#include "support/written.h"

#include <check.h>
#include <string.h>

Suite *test_output_csv_suite(void);

static const char *
csv_of(const struct sample *sample)
{
    struct written written =
        document_written(&keep, "/tmp", "a.csv", &sample->document, 0);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    return text_string(&keep, written.bytes);
}

#define HEAD \
    "\xEF\xBB\xBFid;name;stipend;expenses;total;cents;quantity;date;hours;nothing\r\n"

START_TEST(french_csv_is_what_offices_read)
{
    ck_assert_str_eq(csv_of(sample_new(&keep, 2)), HEAD
                     "00001;Élodie;77,49;0,07;77,56;7756;3,3333;2026-03-07;3:30;\r\n"
                     "00002;Élodie;77,49;0,07;77,56;7756;3,3333;2026-03-07;3:30;\r\n");
}
END_TEST

START_TEST(english_csv_has_a_point)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->document.language = LANGUAGE_EN;
    ck_assert_ptr_nonnull(strstr(csv_of(sample), ";77.49;0.07;77.56;7756;3.3333;"));
}
END_TEST

START_TEST(no_rows_leave_the_header)
{
    ck_assert_str_eq(csv_of(sample_new(&keep, 0)), HEAD);
}
END_TEST

static const struct {
    const char *name, *field;
} names[] = {
    {"a;b",               ";\"a;b\";"           },
    {"a\"b",              ";\"a\"\"b\";"        },
    {"a\nb",              ";\"a\nb\";"          },
    {"a\r\nb",            ";\"a\r\nb\";"        },
    {" a",                ";\" a\";"            },
    {"=1+1",              ";'=1+1;"             },
    {"+33 6",             ";'+33 6;"            },
    {"-5",                ";'-5;"               },
    {"@SUM(A1)",          ";'@SUM(A1);"         },
    {"\tx",               ";\"'\tx\";"          },
    {"\rx",               ";\"'\rx\";"          },
    {"=cmd|'/c calc'!A1", ";'=cmd|'/c calc'!A1;"},
    {"=\"a\";1",          ";\"'=\"\"a\"\";1\";" },
    {"a=b",               ";a=b;"               },
    {"",                  ";;"                  },
};

START_TEST(texts_are_quoted_and_defused)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->name = text_of(names[_i].name);
    const char *csv = csv_of(sample);
    ck_assert_msg(strstr(csv, names[_i].field) != NULL, "%s", csv);
}
END_TEST

START_TEST(trap_invalid_name_utf8)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->name = STR("\xC9lodie");
    struct written written =
        document_written(&keep, "/tmp", "a.csv", &sample->document, 0);
    ck_assert(!written.done);
    ck_assert_str_eq(first_code(written.diag), "W009");
}
END_TEST

START_TEST(a_document_without_such_a_table_is_refused)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->tables[0].audience = FOR_SHEET;
    struct written written =
        document_written(&keep, "/tmp", "a.csv", &sample->document, 0);
    ck_assert(!written.done);
    ck_assert_str_eq(first_code(written.diag), "F005");
}
END_TEST

START_TEST(long_files_are_written_whole)
{
    const char *csv = csv_of(sample_new(&keep, 20000));
    size_t lines = 0;
    for (const char *at = strchr(csv, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        lines++;
    }
    ck_assert_uint_eq(lines, 20001);
    ck_assert_ptr_nonnull(strstr(csv, "\r\n20000;"));
}
END_TEST

Suite *
test_output_csv_suite(void)
{
    Suite *suite = suite_create("output_csv");
    TCase *tcase = tcase_create("output_csv");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_add_test(tcase, french_csv_is_what_offices_read);
    tcase_add_test(tcase, english_csv_has_a_point);
    tcase_add_test(tcase, no_rows_leave_the_header);
    tcase_add_loop_test(tcase, texts_are_quoted_and_defused, 0, (int)ARRAY_COUNT(names));
    tcase_add_test(tcase, trap_invalid_name_utf8);
    tcase_add_test(tcase, a_document_without_such_a_table_is_refused);
    tcase_add_test(tcase, long_files_are_written_whole);
    suite_add_tcase(suite, tcase);
    return suite;
}
