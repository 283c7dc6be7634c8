/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of diagnostics: what is counted, in which order, and what is printed. */
#include "defray/diag.h"
#include "defray/file.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define MEBIBYTE ((size_t)1 << 20)
#define REMEDY_1 \
    "    remedy: check the name and the folder, and that you may open the file\n"
#define REMEDY_2   "    remedy: give the name of a file\n"
#define NO_PLACE   ((struct where){0})
#define PEOPLE     ((struct diag_style){0})
#define JSON       ((struct diag_style){.json = true})
#define TEN(x)     x x x x x x x x x x
#define TAIL_FIELD ";fin"

static struct arena keep;
static struct diag *diag;

static void
start(void)
{
    keep = arena_reserve(64 * MEBIBYTE);
    diag = diag_new(&keep, LANGUAGE_EN);
}

static void
finish(void)
{
    arena_release(keep);
}

static const struct input *
input(const char *path, const char *bytes)
{
    return input_of(&keep, text_of(path), text_of(bytes));
}

static struct where
at(const struct input *file, uint32_t line, uint32_t column)
{
    return (struct where){file, line, column};
}

static const char *
printed(struct diag_style style)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    ck_assert_ptr_nonnull(out);
    diag_print(diag, out, style);
    fclose(out);
    const char *copy = text_string(&keep, text_of(bytes));
    free(bytes);
    return copy;
}

/* A code of the severity, or CODE_COUNT if none is published. */
static enum code
code_of(enum severity severity)
{
    enum code code = (enum code)0;
    while (code < CODE_COUNT && code_page(code)->severity != severity) {
        code = (enum code)(code + 1);
    }
    return code;
}

START_TEST(a_place_without_a_file_is_the_program)
{
    ck_assert(!diag_error(diag, NO_PLACE, CODE_F001, "nothing called '%s'", "x.csv"));
    ck_assert_str_eq(printed(PEOPLE),
                     "defray: error: nothing called 'x.csv' [F001]\n" REMEDY_1);
}
END_TEST

START_TEST(the_line_is_quoted_with_a_caret)
{
    const struct input *file =
        input("attendance.csv", "id;session\nP004;S9;présent\r\n\n");
    diag_error(diag, at(file, 2, 6), CODE_F001, "session '%s' is not in the calendar",
               "S9");
    diag_suggest(diag, STR("S8"));
    diag_other_place(diag, at(file, 1, 4));
    ck_assert_str_eq(
        printed(PEOPLE),
        "attendance.csv:2:6: error: session 'S9' is not in the calendar [F001]\n"
        "    P004;S9;présent\n"
        "         ^\n" REMEDY_1 "    did you mean 'S8'?\n"
        "    the other place: attendance.csv:1\n");
}
END_TEST

START_TEST(columns_count_characters_and_tabs_are_one)
{
    const struct input *file = input("a.csv", "\xEF\xBB\xBF"
                                              "é\t\x1B[31mœ;x\n");
    diag_error(diag, at(file, 1, 9), CODE_F001, "wrong");
    ck_assert_str_eq(printed(PEOPLE), "a.csv:1:9: error: wrong [F001]\n"
                                      "    é ?[31mœ;x\n"
                                      "            ^\n" REMEDY_1);
}
END_TEST

START_TEST(a_whole_line_or_file_has_no_caret)
{
    const struct input *file = input("a.csv", "one\ntwo");
    diag_error(diag, at(file, 0, 0), CODE_F001, "whole file");
    diag_error(diag, at(file, 2, 0), CODE_F001, "whole line");
    diag_error(diag, at(file, 2, 99), CODE_F001, "past the end");
    diag_error(diag, at(file, 3, 1), CODE_F001, "past the file");
    ck_assert_str_eq(printed(PEOPLE), "a.csv: error: whole file [F001]\n" REMEDY_1
                                      "a.csv:2: error: whole line [F001]\n"
                                      "    two\n"
                                      "a.csv:2:99: error: past the end [F001]\n"
                                      "    two\n"
                                      "       ^\n"
                                      "a.csv:3:1: error: past the file [F001]\n");
}
END_TEST

START_TEST(confidential_lines_are_never_quoted)
{
    struct input *file =
        input_of(&keep, STR("means.csv"), STR("id;income\nP1;24680.00\n"));
    file->confidential = true;
    diag_error(diag, at(file, 2, 4), CODE_F001, "the amount is not understood");
    const char *people = printed(PEOPLE);
    ck_assert_str_eq(
        people, "means.csv:2:4: error: the amount is not understood [F001]\n" REMEDY_1);
    diag_error(diag, at(file, 2, 4), CODE_F001, "the amount is not understood");
    ck_assert_ptr_null(strstr(printed(JSON), "24680"));
}
END_TEST

START_TEST(a_workbook_names_its_cell_and_is_not_quoted)
{
    struct input *file = input_of(&keep, STR("presences.xlsx"), STR("PK\3\4\n\n\n\n\n"));
    file->sheet = STR("Présences");
    diag_error(diag, at(file, 14, 4), CODE_F001, "wrong");
    diag_error(diag, at(file, 0, 0), CODE_F002, "empty");
    diag_error(diag, at(file, 3, 703), CODE_F001, "far right");
    diag_error(diag, at(file, 5, 0), CODE_F001, "row");
    ck_assert_str_eq(printed(PEOPLE),
                     "presences.xlsx[Présences]: error: empty [F002]\n" REMEDY_2
                     "presences.xlsx[Présences!AAA3]: error: far right [F001]\n" REMEDY_1
                     "presences.xlsx[Présences!5]: error: row [F001]\n"
                     "presences.xlsx[Présences!D14]: error: wrong [F001]\n");
    ck_assert_str_eq(where_text(&keep, at(file, 14, 4)), "presences.xlsx[Présences!D14]");
}
END_TEST

START_TEST(binary_bytes_are_not_quoted)
{
    struct input *file = input_of(&keep, STR("a.bin"), STR("a\0b\xFF\nsecond\n"));
    diag_error(diag, at(file, 2, 1), CODE_F001, "wrong");
    file->utf8 = STR("");
    ck_assert_str_eq(printed(PEOPLE), "a.bin:2:1: error: wrong [F001]\n" REMEDY_1);
}
END_TEST

/* The characters of each printed line, and the one above the caret. */
static void
check_cut(uint32_t column, const char *wanted)
{
    const struct input *file =
        input("long.csv", TEN(TEN("abcdéfghij")) "X" TEN(TEN("0123456789")) TAIL_FIELD);
    diag_error(diag, at(file, 1, column), CODE_F001, "wrong");
    const char *text = printed(PEOPLE);
    struct text quote = {strchr(text, '\n') + 1, 0};
    quote.size = strcspn(quote.data, "\n");
    ck_assert_uint_eq(text_characters(quote), 100);
    ck_assert_uint_eq(text_utf8_check(quote), quote.size);
    size_t caret = strcspn(quote.data + quote.size + 1, "^");
    const char *above = quote.data;
    for (size_t i = 0; i < caret; i++) {
        above++;
        while (((unsigned char)*above & 0xC0) == 0x80) {
            above++;
        }
    }
    ck_assert_msg(strncmp(above, wanted, strlen(wanted)) == 0, "column %u: %s",
                  (unsigned)column, text);
}

START_TEST(long_lines_are_cut_around_the_column)
{
    check_cut(1, "abcd");
    check_cut(5, "éfgh");
    check_cut(49, "ijab");
    check_cut(50, "jabc");
    check_cut(96, "fghi");
    check_cut(1001, "X0123");
    check_cut(1000, "jX0123");
    check_cut(2000, "89;fin\n");
    check_cut(2005, "n\n");
    check_cut(2006, "\n");
}
END_TEST

START_TEST(a_line_of_just_the_width_is_whole)
{
    char line[98];
    memset(line, 'x', 96);
    line[96] = '\0';
    diag_error(diag, at(input("a", text_string(&keep, text_of(line))), 1, 0), CODE_F001,
               "w");
    ck_assert_ptr_null(strstr(printed(PEOPLE), "…"));
    line[96] = 'x';
    line[97] = '\0';
    diag_error(diag, at(input("a", text_string(&keep, text_of(line))), 1, 0), CODE_F001,
               "w");
    ck_assert_ptr_nonnull(strstr(printed(PEOPLE), "x…\n"));
}
END_TEST

START_TEST(print_order_is_path_line_column_code_filing)
{
    const struct input *b = input("b.csv", "");
    const struct input *a = input("a.csv", "");
    diag_error(diag, at(b, 1, 1), CODE_F001, "8");
    diag_error(diag, at(a, 2, 1), CODE_F002, "6");
    diag_error(diag, at(a, 10, 1), CODE_F001, "7");
    diag_error(diag, at(a, 2, 1), CODE_F001, "4");
    diag_error(diag, at(a, 2, 1), CODE_F001, "5");
    diag_error(diag, at(a, 2, 0), CODE_F003, "3");
    diag_error(diag, at(a, 0, 0), CODE_F003, "2");
    diag_error(diag, NO_PLACE, CODE_F003, "1");
    size_t count = 0;
    const struct diagnostic *sorted = diag_sorted(diag, &count);
    ck_assert_uint_eq(count, 8);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(sorted[i].text[0], '1' + (char)i);
    }
    /* Sorting prints nothing and loses nothing. */
    ck_assert_ptr_nonnull(strstr(printed(PEOPLE), "b.csv:1:1: error: 8"));
}
END_TEST

START_TEST(what_was_printed_is_not_printed_again)
{
    diag_error(diag, NO_PLACE, CODE_F001, "first");
    printed(PEOPLE);
    ck_assert_str_eq(printed(PEOPLE), "");
    diag_error(diag, NO_PLACE, CODE_F001, "second");
    ck_assert_str_eq(printed(PEOPLE), "defray: error: second [F001]\n" REMEDY_1);
    size_t count = 0;
    diag_sorted(diag, &count);
    ck_assert_uint_eq(count, 2);
}
END_TEST

START_TEST(json_is_one_object_a_line)
{
    const struct input *file = input("a \"b\"\\.csv", "x\n");
    diag_error(diag, at(file, 1, 2), CODE_F002, "bad '%s'", "q\"\\\n\t\x01\xFFé");
    diag_suggest(diag, STR("q\"r"));
    diag_other_place(diag, at(file, 7, 0));
    diag_error(diag, NO_PLACE, CODE_F001, "none");
    ck_assert_str_eq(
        printed(JSON),
        "{\"severity\":\"error\",\"code\":\"F001\",\"file\":null,\"line\":null,\"column\":null,"
        "\"message\":\"none\",\"remedy\":\"check the name and the folder, and that you may "
        "open the file\",\"suggestion\":null,\"other_file\":null,\"other_line\":null}\n"
        "{\"severity\":\"error\",\"code\":\"F002\",\"file\":\"a \\\"b\\\"\\\\.csv\",\"line\":1,"
        "\"column\":2,\"message\":\"bad 'q\\\"\\\\? ??é'\",\"remedy\":\"give the name of a "
        "file\",\"suggestion\":\"q\\\"r\",\"other_file\":\"a \\\"b\\\"\\\\.csv\","
        "\"other_line\":7}\n");
}
END_TEST

START_TEST(a_message_cannot_command_a_terminal)
{
    const struct input *file = input("a\x1B]0;x\x07.csv", "x\n");
    diag_error(diag, at(file, 0, 0), CODE_F001, "name '%s'",
               "\x1B[2J\xC2\x9B\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\xA8\x7F\r");
    ck_assert_str_eq(printed(PEOPLE), "a?]0;x?.csv: error: name "
                                      "'\?[2J\?\?\?\?\?\?' [F001]\n" REMEDY_1);
}
END_TEST

START_TEST(only_the_severity_is_coloured)
{
    diag_error(diag, NO_PLACE, CODE_F001, "wrong");
    ck_assert_str_eq(printed((struct diag_style){.colour = true}),
                     "defray: \033[1;31merror:\033[0m wrong [F001]\n" REMEDY_1);
}
END_TEST

START_TEST(quiet_prints_errors_and_counts_all)
{
    enum code warning = code_of(SEVERITY_WARNING);
    enum code note = code_of(SEVERITY_NOTE);
    if (warning == CODE_COUNT || note == CODE_COUNT) {
        return;
    }
    ck_assert(!diag_warning(diag, NO_PLACE, warning, "warned"));
    ck_assert(!diag_note(diag, NO_PLACE, note, "noted"));
    ck_assert_uint_eq(diag_errors(diag), 0);
    ck_assert_uint_eq(diag_warnings(diag), 1);
    ck_assert_int_eq(diag_failure(diag), FAILURE_NONE);
    ck_assert_str_eq(printed((struct diag_style){.quiet = true}), "");
    diag_warning(diag, NO_PLACE, warning, "warned");
    diag_note(diag, NO_PLACE, note, "noted");
    const char *text = printed(PEOPLE);
    ck_assert_ptr_nonnull(strstr(text, "defray: warning: warned ["));
    ck_assert_ptr_nonnull(strstr(text, "defray: note: noted ["));
}
END_TEST

START_TEST(the_gravest_failure_wins)
{
    ck_assert_int_eq(diag_failure(diag), FAILURE_NONE);
    diag_error(diag, NO_PLACE, CODE_F003, "data");
    ck_assert_int_eq(diag_failure(diag), FAILURE_DATA);
    for (enum code code = (enum code)0; code < CODE_COUNT; code = (enum code)(code + 1)) {
        if (code_page(code)->id[0] == 'P' &&
            code_page(code)->severity == SEVERITY_ERROR) {
            diag_error(diag, NO_PLACE, code, "policy");
            ck_assert_int_eq(diag_failure(diag), FAILURE_POLICY);
            break;
        }
    }
    diag_error(diag, NO_PLACE, CODE_F004, "machine");
    ck_assert_int_eq(diag_failure(diag), FAILURE_MACHINE);
    diag_error(diag, NO_PLACE, CODE_F001, "data");
    ck_assert_int_eq(diag_failure(diag), FAILURE_MACHINE);
    ck_assert_uint_ge(diag_errors(diag), 3);
}
END_TEST

START_TEST(a_code_filed_under_another_severity_stops)
{
    diag_warning(diag, NO_PLACE, CODE_F001, "wrong verb");
}
END_TEST

/* Codes are told apart, and each page says something. */
START_TEST(every_code_has_its_page)
{
    for (enum code code = (enum code)0; code < CODE_COUNT; code = (enum code)(code + 1)) {
        const struct code_page *page = code_page(code);
        ck_assert_ptr_eq(code_find(text_of(page->id)), page);
        ck_assert_uint_eq(strlen(page->id), 4);
        ck_assert_str_ne(page->title, "");
        ck_assert_str_ne(page->meaning, "");
        ck_assert_str_ne(page->remedy, "");
    }
    ck_assert_ptr_null(code_find(STR("F999")));
    ck_assert_ptr_null(code_find(STR("")));
}
END_TEST

START_TEST(places_are_written_without_the_column)
{
    const struct input *file = input("a.csv", "");
    ck_assert_str_eq(where_text(&keep, at(file, 41, 7)), "a.csv:41");
    ck_assert_str_eq(where_text(&keep, at(file, 0, 0)), "a.csv");
    ck_assert_str_eq(where_text(&keep, NO_PLACE), "");
    struct input *deep = input_of(&keep, STR("a/b\001c/d.csv"), STR("x\n"));
    ck_assert_str_eq(where_name(&keep, at(deep, 1, 1)), "d.csv:1");
    ck_assert_str_eq(where_name(&keep, at(file, 0, 0)), "a.csv");
    ck_assert_str_eq(where_name(&keep, NO_PLACE), "");
}
END_TEST

/* A million lines, every tenth one wrong: the lines are found in one pass. */
START_TEST(many_diagnostics_quote_the_right_lines)
{
    char *bytes = NEW_ARRAY(&keep, char, 8 * 200000 + 1);
    for (uint32_t i = 0; i < 200000; i++) {
        snprintf(bytes + 8 * (size_t)i, 9, "L%06u\n", (unsigned)i + 1);
    }
    const struct input *file = input_of(&keep, STR("big.csv"), text_of(bytes));
    for (uint32_t line = 200000; line >= 100; line -= 100) {
        diag_error(diag, at(file, line, 1), CODE_F001, "line %u", (unsigned)line);
    }
    const char *text = printed(PEOPLE);
    for (uint32_t line = 100; line <= 200000; line += 100) {
        char wanted[100];
        snprintf(wanted, sizeof wanted,
                 "big.csv:%u:1: error: line %u [F001]\n    L%06u\n    ^\n",
                 (unsigned)line, (unsigned)line, (unsigned)line);
        text = strstr(text, wanted);
        if (text == NULL) {
            ck_abort_msg("line %u", (unsigned)line);
        }
    }
}
END_TEST

Suite *test_diag_suite(void);

Suite *
test_diag_suite(void)
{
    Suite *suite = suite_create("diag");
    TCase *tests = tcase_create("diag");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, a_place_without_a_file_is_the_program);
    tcase_add_test(tests, the_line_is_quoted_with_a_caret);
    tcase_add_test(tests, columns_count_characters_and_tabs_are_one);
    tcase_add_test(tests, a_whole_line_or_file_has_no_caret);
    tcase_add_test(tests, confidential_lines_are_never_quoted);
    tcase_add_test(tests, a_workbook_names_its_cell_and_is_not_quoted);
    tcase_add_test(tests, binary_bytes_are_not_quoted);
    tcase_add_test(tests, long_lines_are_cut_around_the_column);
    tcase_add_test(tests, a_line_of_just_the_width_is_whole);
    tcase_add_test(tests, print_order_is_path_line_column_code_filing);
    tcase_add_test(tests, what_was_printed_is_not_printed_again);
    tcase_add_test(tests, json_is_one_object_a_line);
    tcase_add_test(tests, a_message_cannot_command_a_terminal);
    tcase_add_test(tests, only_the_severity_is_coloured);
    tcase_add_test(tests, quiet_prints_errors_and_counts_all);
    tcase_add_test(tests, the_gravest_failure_wins);
    tcase_add_test_raise_signal(tests, a_code_filed_under_another_severity_stops,
                                SIGABRT);
    tcase_add_test(tests, every_code_has_its_page);
    tcase_add_test(tests, places_are_written_without_the_column);
    tcase_add_test(tests, many_diagnostics_quote_the_right_lines);
    suite_add_tcase(suite, tests);
    return suite;
}
