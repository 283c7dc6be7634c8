/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of the two languages, with a catalogue made by the test. */
#include "defray/language.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FRENCH_HEADER                           \
    "Content-Type: text/plain; charset=UTF-8\n" \
    "Plural-Forms: nplurals=2; plural=(n > 1);\n"

struct entry {
    const char *english;
    size_t english_size;
    const char *french;
    size_t french_size;
};

#define ENTRY(english, french)                                   \
    {                                                            \
        english, sizeof(english) - 1, french, sizeof(french) - 1 \
    }

/* In the order of the English bytes, as the format wants it. */
static const struct entry entries[] = {
    ENTRY("", FRENCH_HEADER),
    ENTRY("%lu day\0%lu days", "%lu jour\0%lu jours"),
    ENTRY("error:", "erreur\xC2\xA0:"),
};

static char folder[] = "/tmp/defray-test-XXXXXX";

static void
put_number(FILE *out, size_t number)
{
    for (int shift = 0; shift < 32; shift += 8) {
        fputc((int)(number >> shift & 0xFF), out);
    }
}

/* A catalogue: a header, two tables of (size, offset), the texts with their NULs. */
static void
write_catalogue(const char *path)
{
    FILE *out = fopen(path, "wb");
    ck_assert_ptr_nonnull(out);
    size_t count = ARRAY_COUNT(entries);
    const size_t header[] = {0x950412de,     0, count,          28,
                             28 + 8 * count, 0, 28 + 16 * count};
    for (size_t i = 0; i < ARRAY_COUNT(header); i++) {
        put_number(out, header[i]);
    }
    size_t offset = 28 + 16 * count;
    for (size_t i = 0; i < count; i++) {
        put_number(out, entries[i].english_size);
        put_number(out, offset);
        offset += entries[i].english_size + 1;
    }
    for (size_t i = 0; i < count; i++) {
        put_number(out, entries[i].french_size);
        put_number(out, offset);
        offset += entries[i].french_size + 1;
    }
    for (size_t i = 0; i < count; i++) {
        fwrite(entries[i].english, 1, entries[i].english_size + 1, out);
    }
    for (size_t i = 0; i < count; i++) {
        fwrite(entries[i].french, 1, entries[i].french_size + 1, out);
    }
    ck_assert_int_eq(fclose(out), 0);
}

static void
start(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(mkdir("fr", 0700), 0);
    ck_assert_int_eq(mkdir("fr/LC_MESSAGES", 0700), 0);
    write_catalogue("fr/LC_MESSAGES/defray.mo");
    language_start(folder);
}

static void
finish(void)
{
    ck_assert_int_eq(unlink("fr/LC_MESSAGES/defray.mo"), 0);
    ck_assert_int_eq(rmdir("fr/LC_MESSAGES"), 0);
    ck_assert_int_eq(rmdir("fr"), 0);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

START_TEST(each_text_has_the_language_that_was_asked)
{
    setenv("LANGUAGE", "de:en", 1);
    const char *english = "error:";
    const char *french = tr(LANGUAGE_FR, english);
    for (int i = 0; i < 1000; i++) {
        ck_assert_str_eq(tr(LANGUAGE_FR, english), "erreur\xC2\xA0:");
        ck_assert_ptr_eq(tr(LANGUAGE_EN, english), english);
    }
    ck_assert_str_eq(french, "erreur\xC2\xA0:");
}
END_TEST

START_TEST(a_text_without_a_translation_stays)
{
    const char *english = "nobody translated this";
    ck_assert_str_eq(tr(LANGUAGE_FR, english), english);
    ck_assert_str_eq(tr(LANGUAGE_FR, ""), "");
}
END_TEST

START_TEST(french_counts_nothing_as_one)
{
    const char *one = "%lu day";
    const char *many = "%lu days";
    ck_assert_str_eq(tr_plural(LANGUAGE_EN, one, many, 0), "%lu days");
    ck_assert_str_eq(tr_plural(LANGUAGE_EN, one, many, 1), "%lu day");
    ck_assert_str_eq(tr_plural(LANGUAGE_FR, one, many, 0), "%lu jour");
    ck_assert_str_eq(tr_plural(LANGUAGE_FR, one, many, 1), "%lu jour");
    ck_assert_str_eq(tr_plural(LANGUAGE_FR, one, many, 2), "%lu jours");
    ck_assert_str_eq(tr_plural(LANGUAGE_EN, one, many, 2), "%lu days");
}
END_TEST

START_TEST(numbers_keep_their_point)
{
    char out[16];
    tr(LANGUAGE_FR, "error:");
    snprintf(out, sizeof out, "%.2f", 77.49);
    ck_assert_str_eq(out, "77.49");
}
END_TEST

static const struct {
    const char *values[4];
    enum language language;
} environments[] = {
    {{NULL, NULL, NULL, NULL},          LANGUAGE_EN},
    {{NULL, NULL, NULL, "fr_FR.UTF-8"}, LANGUAGE_FR},
    {{"", "", "", "fr"},                LANGUAGE_FR},
    {{"fr:en", "C", NULL, NULL},        LANGUAGE_FR},
    {{"en:fr", NULL, NULL, "fr_FR"},    LANGUAGE_EN},
    {{NULL, "C", NULL, "fr_FR"},        LANGUAGE_EN},
    {{NULL, NULL, "fr@euro", "en_US"},  LANGUAGE_FR},
    {{NULL, NULL, NULL, "frp"},         LANGUAGE_EN},
    {{NULL, NULL, NULL, "f"},           LANGUAGE_EN},
};

START_TEST(the_first_that_says_something_decides)
{
    ck_assert_int_eq(language_from(environments[_i].values, 4),
                     environments[_i].language);
}
END_TEST

START_TEST(languages_have_two_letters)
{
    enum language language = LANGUAGE_EN;
    ck_assert(language_parse(STR("fr"), &language));
    ck_assert_int_eq(language, LANGUAGE_FR);
    ck_assert(!language_parse(STR("FR"), &language));
    ck_assert(!language_parse(STR(""), &language));
    ck_assert_int_eq(language, LANGUAGE_FR);
    ck_assert_str_eq(language_text(LANGUAGE_FR), "fr");
    ck_assert_str_eq(language_text(LANGUAGE_EN), "en");
}
END_TEST

Suite *test_language_suite(void);

Suite *
test_language_suite(void)
{
    Suite *suite = suite_create("language");
    TCase *tests = tcase_create("language");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, each_text_has_the_language_that_was_asked);
    tcase_add_test(tests, a_text_without_a_translation_stays);
    tcase_add_test(tests, french_counts_nothing_as_one);
    tcase_add_test(tests, numbers_keep_their_point);
    tcase_add_loop_test(tests, the_first_that_says_something_decides, 0,
                        (int)ARRAY_COUNT(environments));
    tcase_add_test(tests, languages_have_two_letters);
    suite_add_tcase(suite, tests);
    return suite;
}
