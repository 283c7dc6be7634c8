/* SPDX-License-Identifier: Apache-2.0 */
/* What libconfig would misread is refused before it sees a byte. Each test that starts
 * with trap_ names something that the library was seen to do. */
#include "defray/limits.h"

#include "support/rules_probe.h"

#include <check.h>
#include <locale.h>
#include <string.h>

static struct probe
load(const char *text)
{
    return probe_load(text_of("memory/probe.cfg"), text_of(text));
}

static void
refuses(const char *text, enum code code, uint32_t line, uint32_t column,
        const char *says)
{
    struct probe probe = load(text);
    const struct diagnostic *found = probe_refused(&probe, code, line, says);
    ck_assert_msg(column == 0 || found->where.column == column, "column %u, not %u: %s",
                  found->where.column, column, found->text);
}

START_TEST(trap_integer_wraps_past_int32)
{
    refuses("a = 2147483648;", CODE_R009, 1, 5, "2147483648");
    refuses("a = -2147483649;", CODE_R009, 1, 5, "");
    refuses("a = 3000000000;", CODE_R009, 1, 5, "");
    refuses("a = 99999999999999999999;", CODE_R009, 1, 5, "");
    refuses("a = 2147483647;", CODE_R017, 1, 1, "unknown key 'a'"); /* fits: read */
}
END_TEST

START_TEST(trap_lookup_int_of_int64)
{
    refuses("a = 5000000000L;", CODE_R008, 1, 5, "not a plain whole number");
    refuses("a = 5L;", CODE_R008, 1, 5, "");
    refuses("a = 99999999999999999999L;", CODE_R008, 1, 5, "");
}
END_TEST

START_TEST(trap_hex)
{
    refuses("a = 0x1FFFFFFFF;", CODE_R008, 1, 5, "hexadecimal");
    refuses("a = 0xFF;", CODE_R008, 1, 5, "hexadecimal");
}
END_TEST

/* Each way to write a number that is none, and names that are nearly a yes or a no. */
START_TEST(trap_other_ways_to_write)
{
    refuses("a = 0XFF;", CODE_R008, 1, 5, "hexadecimal");
    refuses("a = 0x;", CODE_R008, 1, 5, "");
    refuses("a = 00f;", CODE_R008, 1, 5, "");
    refuses("a = 5x1;", CODE_R008, 1, 5, "");
    refuses("a = 1E400;", CODE_R007, 1, 5, "");
    refuses("a = 1_000;", CODE_R008, 1, 5, "'1_000'");
    refuses("a = 1-2;", CODE_R008, 1, 5, "'1-2'");
    refuses("a = 1+2;", CODE_R008, 1, 5, "'1+2'");
    refuses("a = 1234567890123456789012345678901234567890123;", CODE_R009, 1, 5,
            "'1234567890123456789012345678901234567890'");
    refuses("a = 1x34567890123456789012345678901234567890123;", CODE_R008, 1, 5,
            "'1x34567890123456789012345678901234567890'");
    refuses("a = TRUE;", CODE_R014, 1, 5, "neither true nor false");
    refuses("a = False;", CODE_R014, 1, 5, "neither true nor false");
    refuses("a = FALSE;", CODE_R014, 1, 5, "neither true nor false");
    refuses("a = \xC3\xA9t\xC3\xA9;", CODE_R014, 1, 5, "outside quotes");
    refuses("a = \xC3\xA9\xC3\xA8;", CODE_R014, 1, 5, "outside quotes");
    refuses("a = 1; \xC3\xA9", CODE_R014, 1, 8, "outside quotes");
}
END_TEST

/* U+2029 U+202A U+202E U+202F, U+2065 U+2066 U+2069 U+206A, and U+20AA of the next block. */
static const struct {
    const char *character;
    bool reorders;
} directions[] = {
    {"\xE2\x80\xAA", true },
    {"\xE2\x80\xAE", true },
    {"\xE2\x80\xAF", false},
    {"\xE2\x81\xA5", false},
    {"\xE2\x81\xA6", true },
    {"\xE2\x81\xA9", true },
    {"\xE2\x81\xAA", false},
    {"\xE2\x82\xAA", false},
    {"\xE2\x80\xA7", false},
};

START_TEST(trap_direction_of_writing)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = arena_printf(&keep, "a = \"%s\";", directions[_i].character);
    if (directions[_i].reorders) {
        refuses(text, CODE_R002, 1, 6, "direction");
    } else {
        refuses(text, CODE_R017, 1, 1, "unknown key 'a'"); /* read */
    }
    arena_release(keep);
}
END_TEST

START_TEST(trap_leading_zero)
{
    refuses("a = 01001;", CODE_R008, 1, 5, "write \"01001\"");
    refuses("a = -07;", CODE_R008, 1, 5, "");
    refuses("a = +5;", CODE_R008, 1, 5, "");
}
END_TEST

START_TEST(trap_bare_decimal)
{
    refuses("a = 77.49;", CODE_R007, 1, 5, "write \"77.49\"");
    refuses("a = 5.;", CODE_R007, 1, 5, "");
    refuses("a = .5;", CODE_R007, 1, 5, "");
}
END_TEST

START_TEST(trap_infinity)
{
    refuses("a = 1e400;", CODE_R007, 1, 5, "");
    refuses("a = 7749e-2;", CODE_R007, 1, 5, "");
    refuses("a = 1.5e3;", CODE_R007, 1, 5, "");
}
END_TEST

START_TEST(trap_french_comma_makes_two_integers)
{
    refuses("a = ( 77,49 );", CODE_R007, 1, 7, "write \"77.49\"");
    refuses("a = 77,49;", CODE_R007, 1, 5, "write \"77.49\"");
    refuses("a = ( 77, 49 );", CODE_R017, 1, 1, ""); /* with a space: two numbers */
}
END_TEST

START_TEST(trap_adjacent_strings_join)
{
    struct probe probe = load("a = [\n  \"Paris\"\n  \"Lyon\" ];");
    const struct diagnostic *found =
        probe_refused(&probe, CODE_R010, 3, "without a comma");
    ck_assert_uint_eq(found->where.column, 3);
    ck_assert_uint_eq(found->other.line, 2);
    refuses("a = \"x\" \"y\";", CODE_R010, 1, 9, "");
}
END_TEST

START_TEST(trap_trailing_comma)
{
    refuses("a = ( 1, 2, );", CODE_R011, 1, 11, "after the last");
    refuses("a = ( 1,, 2 );", CODE_R011, 1, 9, "");
    refuses("a = ( , 2 );", CODE_R011, 1, 7, "");
}
END_TEST

START_TEST(trap_unclosed_comment_swallows_the_rest)
{
    refuses("a = 1;\n  /* never closed\nb = 2;\n", CODE_R005, 2, 3, "never closed");
}
END_TEST

START_TEST(trap_unclosed_text_is_reported_where_it_opens)
{
    refuses("a = 1;\nb = \"open;\nc = \"closed\";\n", CODE_R004, 2, 5,
            "not closed on its line");
    refuses("a = \"", CODE_R004, 1, 5, "");
    refuses("a = \"\\", CODE_R004, 1, 5, "");
}
END_TEST

START_TEST(trap_include_of_a_directory_kills_the_process)
{
    refuses("@include \"/tmp\"\n", CODE_R006, 1, 1, "@include");
    refuses("a = 1;\n  @include \"/etc/passwd\"\n", CODE_R006, 2, 3, "");
    refuses("g = { \n@include \"probe.cfg\"\n };", CODE_R006, 2, 1, "");
}
END_TEST

START_TEST(trap_last_comment_without_newline)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct probe probe = load(arena_printf(&keep, "%s# fin", probe_rules));
    probe_loaded(&probe);
    probe = load(arena_printf(&keep, "%s// fin", probe_rules));
    probe_loaded(&probe);
}
END_TEST

START_TEST(trap_byte_order_mark)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct probe probe = load(arena_printf(&keep, "\xEF\xBB\xBF%s", probe_rules));
    probe_loaded(&probe);
    refuses("\xEF\xBB\xBF"
            "a = 1.5;",
            CODE_R007, 1, 5, ""); /* columns do not count it */
}
END_TEST

START_TEST(carriage_returns_are_fine)
{
    char text[8192];
    size_t size = 0;
    for (const char *at = probe_rules; *at != '\0'; at++) {
        if (*at == '\n') {
            text[size++] = '\r';
        }
        text[size++] = *at;
    }
    struct probe probe =
        probe_load(text_of("memory/probe.cfg"), (struct text){text, size});
    probe_loaded(&probe);
}
END_TEST

START_TEST(trap_duplicate_key)
{
    struct probe probe = load("a = 1;\ng = { b = 1;\n  b = 2; };\na = 3;\n");
    const struct diagnostic *found = probe_refused(&probe, CODE_R012, 3, "'b'");
    ck_assert_uint_eq(found->other.line, 2);
    ck_assert_uint_eq(found->other.column, 7);
    found = probe_refused(&probe, CODE_R012, 4, "'a'");
    ck_assert_uint_eq(found->other.line, 1);
}
END_TEST

START_TEST(trap_bytes_that_are_not_utf8)
{
    refuses("a = \"d\xE9lib\";", CODE_R002, 1, 7, "not UTF-8");
    refuses("a = 1;\nb = \"\xED\xA0\x80\";", CODE_R002, 2, 6, "");
    refuses("\xFF\xFE"
            "a",
            CODE_R002, 1, 1, "");
    struct probe probe = probe_load(text_of("m.cfg"), (struct text){"a = \"x\0y\";", 10});
    (void)probe_refused(&probe, CODE_R002, 1, "NUL");
    refuses("a = \"\x1A\";", CODE_R002, 1, 6, "control");
    refuses("a = \"\x0C\";", CODE_R002, 1, 6, "control");
    refuses("a = \"\xE2\x80\xAE\";", CODE_R002, 1, 6, "direction");
    /* An editor that ends a line there shows a setting which the comment holds. */
    refuses("# caps\r  a = 1;\nb = 1;", CODE_R002, 1, 7, "line end");
    refuses("b = 1;\r", CODE_R002, 1, 7, "line end");
    refuses("# caps\xC2\x85  a = 1;\nb = 1;", CODE_R002, 1, 7, "line end");
    refuses("# caps\xE2\x80\xA8  a = 1;\nb = 1;", CODE_R002, 1, 7, "line end");
    refuses("b = \"\xE2\x80\xA9\";", CODE_R002, 1, 6, "line end");
}
END_TEST

START_TEST(trap_escapes_that_vanish)
{
    refuses("a = \"\\x00\";", CODE_R014, 1, 6, "");
    refuses("a = \"\\u00e9\";", CODE_R014, 1, 6, "");
    refuses("a = \"quote \\\" and \\\\\";", CODE_R017, 1, 1,
            ""); /* the two that are allowed */
}
END_TEST

START_TEST(trap_empty_file_is_no_success)
{
    refuses("", CODE_R015, 0, 0, "nothing");
    refuses("# only a comment\n", CODE_R015, 0, 0, "");
    refuses("\n\n", CODE_R015, 0, 0, "");
}
END_TEST

START_TEST(brackets_are_reported_where_they_open)
{
    refuses("a = {\n  b = ( 1, 2;\n};\n", CODE_R014, 2, 0, "comma is expected");
    refuses("a = (\n  { b = 1; }\n", CODE_R013, 1, 5, "never closed");
    struct probe probe = load("a = (\n 1 };\n");
    const struct diagnostic *found =
        probe_refused(&probe, CODE_R013, 2, "closes what '('");
    ck_assert_uint_eq(found->other.line, 1);
    refuses("a = 1;\n}\n", CODE_R013, 2, 1, "nothing opened");
}
END_TEST

/* Whatever else it is, it is refused whole, and nothing of it is quoted. */
START_TEST(what_is_no_file_of_settings)
{
    static const char *const other[] = {
        "P003;quotient_familial;1000,01\n",
        "\xEF\xBB\xBFid,amount\n",
        "\n # a note\n// a note\n/* a = 1; */ P003\t1000,01\n",
        "{ \"id\": \"P003\" }",
        "P003 1000",
        "Pr\xC3\xA9nom;Nom",
    };
    for (size_t i = 0; i < ARRAY_COUNT(other); i++) {
        struct probe probe = load(other[i]);
        const struct diagnostic *found =
            probe_refused(&probe, CODE_R038, 0, "no file of settings");
        ck_assert(found->where.input->confidential);
    }
    refuses("/* a note */ # a note\na : 1; b = 1.5;", CODE_R007, 2, 0, "");
    refuses("/* never closed", CODE_R005, 1, 1, "");
    refuses("a { b = 1; };", CODE_R014, 1, 3, "'=' is expected");
}
END_TEST

START_TEST(the_form_of_a_setting)
{
    refuses("b = 1; a 1;", CODE_R014, 1, 10, "'=' is expected");
    refuses("a = ;", CODE_R014, 1, 5, "value is expected");
    refuses("a", CODE_R014, 1, 2, "without a value");
    refuses("a = plenary;", CODE_R014, 1, 5, "write \"plenary\"");
    refuses("a = 2025-01-01;", CODE_R008, 1, 5, "between quotes");
    refuses("= 1;", CODE_R014, 1, 1, "key is expected");
    refuses("é = 1;", CODE_R014, 1, 1, "outside quotes");
    refuses("_a = 1;", CODE_R014, 1, 1, "");
    refuses("a = True;", CODE_R014, 1, 5, "lower case");
    refuses("a = [ 1, \"x\" ];", CODE_R014, 1, 10, "one type");
    refuses("a = [ { b = 1; } ];", CODE_R014, 1, 7, "array");
    refuses("a = ( x = 1 );", CODE_R014, 1, 0, "");
    refuses("a = 1;;", CODE_R014, 1, 7, "");
    refuses("format = \"defray.rules/1\"; and then some words", CODE_R014, 1, 0, "");
}
END_TEST

START_TEST(every_fault_in_one_pass)
{
    struct probe probe =
        load("a = 1.5;\nb = 0x10;\nc = \"x\" \"y\";\nd = ( 1, );\ne = 010;\n");
    (void)probe_refused(&probe, CODE_R007, 1, "");
    (void)probe_refused(&probe, CODE_R008, 2, "");
    (void)probe_refused(&probe, CODE_R010, 3, "");
    (void)probe_refused(&probe, CODE_R011, 4, "");
    (void)probe_refused(&probe, CODE_R008, 5, "");
    ck_assert_uint_eq(diag_errors(probe.diag), 5);
}
END_TEST

/* What is missing, or too much, between two brackets is one fault, each bracket finds its own end,
 * and what comes after is read: a last fault tells. */
static const struct {
    const char *text;
    enum code code;
    uint32_t column; /* of the first line */
    const char *says;
    size_t others;
} unexpected[] = {
    {"a = ( { b = 1; } { c = 1; } );",         CODE_R014, 18, "comma is expected", 0},
    {"a = ( { b = 1; } { c = 1.5; } );",       CODE_R014, 18, "comma is expected", 1},
    {"a = ( { b = 1; } { c = 1; }, 2 );",      CODE_R014, 18, "comma is expected", 0},
    {"a = [ 1 { b = 1; } ];",                  CODE_R014, 9,  "comma is expected", 0},
    {"a = 1;; b = 2; b = 3;",                  CODE_R014, 7,  "ends no setting",   1},
    {"a = { b = ( 1 ); ; };",                  CODE_R014, 18, "ends no setting",   0},
    {"a = { b = 1; , c = 1.5; };",             CODE_R011, 14, "no comma can",      1},
    {"a = { b = 1; , };",                      CODE_R011, 14, "no comma can",      0},
    {"a = ( { b = 1; , { b = 2; }; }, 1.5 );", CODE_R011, 16, "no comma can",      1},
    {"a { b = 1.5; };",                        CODE_R014, 3,  "'=' is expected",   1},
    {"a = { { b = ( 1, 2 ); } };",             CODE_R014, 7,  "key is expected",   0},
    {"a = 1 { b = ( 1, 2 ); };",               CODE_R014, 7,  "';' is expected",   0},
    {"a = ; b = 1; b = 2;",                    CODE_R014, 5,  "value is expected", 1},
};

START_TEST(each_bracket_finds_its_end)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct probe probe =
        load(arena_printf(&keep, "%s\nlast = 010;\n", unexpected[_i].text));
    const struct diagnostic *found =
        probe_refused(&probe, unexpected[_i].code, 1, unexpected[_i].says);
    ck_assert_uint_eq(found->where.column, unexpected[_i].column);
    (void)probe_refused(&probe, CODE_R008, 2, "");
    ck_assert_uint_eq(diag_errors(probe.diag), unexpected[_i].others + 2);
    arena_release(keep);
}
END_TEST

START_TEST(columns_count_characters)
{
    refuses("a = \"éèê\"; b = 1.5;", CODE_R007, 1, 16, "");
}
END_TEST

/* `count` times the text, between two others. */
static const char *
repeated(struct arena *keep, const char *before, const char *text, size_t count,
         const char *after)
{
    size_t size = strlen(text);
    char *all =
        arena_alloc(keep, strlen(before) + size * count + strlen(after) + 1, 1, 1);
    size_t at = strlen(before);
    memcpy(all, before, at);
    for (size_t i = 0; i < count; i++, at += size) {
        memcpy(all + at, text, size);
    }
    memcpy(all + at, after, strlen(after));
    return all;
}

START_TEST(limits_at_and_past)
{
    struct arena keep = arena_reserve((size_t)64 << 20);
    refuses(repeated(&keep, "a = \"", "x", RULES_STRING_MAX, "\";"), CODE_R017, 1, 1, "");
    refuses(repeated(&keep, "a = \"", "x", RULES_STRING_MAX + 1, "\";"), CODE_R003, 1, 5,
            "4096");
    const char *closed = repeated(&keep, "", ")", RULES_DEPTH_MAX, ";");
    refuses(repeated(&keep, "a = ", "(", RULES_DEPTH_MAX, closed), CODE_R017, 1, 1, "");
    refuses(repeated(&keep, "a = ", "(", RULES_DEPTH_MAX + 1, ""), CODE_R003, 1, 37,
            "32 brackets");
    refuses(repeated(&keep, "a = ", "(", 1000000, ""), CODE_R003, 1, 37, "");
    refuses(repeated(&keep, "a = ( 1", ", 1", RULES_SETTINGS_MAX - 2, " );"), CODE_R017,
            1, 1, "");
    refuses(repeated(&keep, "a = ( 1", ", 1", RULES_SETTINGS_MAX - 1, " );"), CODE_R003,
            1, 0, "50000");
    size_t head = strlen("a = 1;#");
    refuses(repeated(&keep, "a = 1;#", "x", RULES_BYTES_MAX - head, ""), CODE_R017, 1, 1,
            "");
    refuses(repeated(&keep, "a = 1;#", "x", RULES_BYTES_MAX - head + 1, ""), CODE_R003, 0,
            0, "larger");
}
END_TEST

START_TEST(limit_of_keys_in_a_group)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = "";
    for (int i = 0; i <= RULES_KEYS_MAX; i++) {
        if (i == RULES_KEYS_MAX) {
            struct probe probe = load(text);
            (void)probe_refused(&probe, CODE_R017, 0, "");
        }
        text = arena_printf(&keep, "k%d=1;", i);
        static char all[RULES_KEYS_MAX * 8 + 64];
        strncat(all, text, sizeof all - strlen(all) - 1);
        text = all;
    }
    refuses(text, CODE_R003, 1, 0, "512 keys");
}
END_TEST

START_TEST(trap_the_library_forgets_the_locale_of_the_thread)
{
    locale_t mine = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    ck_assert(mine != (locale_t)0);
    (void)uselocale(mine);
    struct probe probe = load(probe_rules);
    probe_loaded(&probe);
    ck_assert(uselocale((locale_t)0) == mine);
    (void)uselocale(LC_GLOBAL_LOCALE);
    freelocale(mine);
}
END_TEST

Suite *test_prescan_suite(void);

Suite *
test_prescan_suite(void)
{
    Suite *suite = suite_create("prescan");
    TCase *cases = tcase_create("prescan");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, trap_integer_wraps_past_int32);
    tcase_add_test(cases, trap_lookup_int_of_int64);
    tcase_add_test(cases, trap_hex);
    tcase_add_test(cases, trap_leading_zero);
    tcase_add_test(cases, trap_other_ways_to_write);
    tcase_add_loop_test(cases, trap_direction_of_writing, 0,
                        (int)ARRAY_COUNT(directions));
    tcase_add_test(cases, trap_bare_decimal);
    tcase_add_test(cases, trap_infinity);
    tcase_add_test(cases, trap_french_comma_makes_two_integers);
    tcase_add_test(cases, trap_adjacent_strings_join);
    tcase_add_test(cases, trap_trailing_comma);
    tcase_add_test(cases, trap_unclosed_comment_swallows_the_rest);
    tcase_add_test(cases, trap_unclosed_text_is_reported_where_it_opens);
    tcase_add_test(cases, trap_include_of_a_directory_kills_the_process);
    tcase_add_test(cases, trap_last_comment_without_newline);
    tcase_add_test(cases, trap_byte_order_mark);
    tcase_add_test(cases, carriage_returns_are_fine);
    tcase_add_test(cases, trap_duplicate_key);
    tcase_add_test(cases, trap_bytes_that_are_not_utf8);
    tcase_add_test(cases, trap_escapes_that_vanish);
    tcase_add_test(cases, trap_empty_file_is_no_success);
    tcase_add_test(cases, brackets_are_reported_where_they_open);
    tcase_add_test(cases, what_is_no_file_of_settings);
    tcase_add_test(cases, the_form_of_a_setting);
    tcase_add_test(cases, every_fault_in_one_pass);
    tcase_add_loop_test(cases, each_bracket_finds_its_end, 0,
                        (int)ARRAY_COUNT(unexpected));
    tcase_add_test(cases, columns_count_characters);
    tcase_add_test(cases, limits_at_and_past);
    tcase_add_test(cases, limit_of_keys_in_a_group);
    tcase_add_test(cases, trap_the_library_forgets_the_locale_of_the_thread);
    suite_add_tcase(suite, cases);
    return suite;
}
