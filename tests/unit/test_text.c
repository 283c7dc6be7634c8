/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of text: views, the fold, UTF-8, what is near. */
#include "defray/text.h"

#include <check.h>
#include <string.h>

#define MEBIBYTE ((size_t)1 << 20)

/* For long loops: Check notes every assertion that it passes, and that takes time. */
#define MUST(condition)                     \
    do {                                    \
        if (!(condition)) {                 \
            ck_abort_msg("%s", #condition); \
        }                                   \
    } while (0)

static struct arena keep;

static void
reserve(void)
{
    keep = arena_reserve(16 * MEBIBYTE);
}

static uint64_t
random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void
assert_text(struct text got, const char *wanted)
{
    ck_assert_msg(text_equals(got, text_of(wanted)), "got '%.*s', wanted '%s'",
                  TEXT_ARG(got), wanted);
}

START_TEST(views_compare_by_their_bytes)
{
    ck_assert(text_equals(text_of(NULL), STR("")));
    ck_assert_ptr_nonnull(text_of(NULL).data);
    ck_assert(text_equals((struct text){NULL, 0}, STR("")));
    ck_assert(!text_equals(STR("a"), STR("ab")));
    ck_assert(!text_equals(STR("a\0b"), STR("a\0c")));
    ck_assert_int_lt(text_compare(STR("a"), STR("ab")), 0);
    ck_assert_int_gt(text_compare(STR("\xC3\xA9"), STR("z")), 0);
    ck_assert_int_eq(text_compare(STR(""), STR("")), 0);
    ck_assert(text_starts_with(STR("abc"), STR("ab")));
    ck_assert(!text_starts_with(STR("a"), STR("ab")));
    ck_assert(text_starts_with(STR("a"), STR("")));
    ck_assert(text_ends_with(STR("x.xlsx"), STR(".xlsx")));
    ck_assert(!text_ends_with(STR("lsx"), STR(".xlsx")));
    ck_assert(text_ends_with((struct text){NULL, 0}, STR("")));
}
END_TEST

START_TEST(trim_knows_no_break_spaces)
{
    assert_text(text_trim(STR(" \t\xC2\xA0\xE2\x80\xAF"
                              "a b\xC2\xA0 \xE2\x80\xAF\t")),
                "a b");
    assert_text(text_trim(STR(" \xE2\x80\xAF ")), "");
    assert_text(text_trim(STR("")), "");
    /* The last byte of another character is no space. */
    assert_text(text_trim(STR("\xC3\xA0")), "\xC3\xA0");
    assert_text(text_trim(STR("\xE2\x80\xAE")), "\xE2\x80\xAE");
    assert_text(text_trim(STR("a\n")), "a\n");
}
END_TEST

START_TEST(copies_end_with_a_nul)
{
    struct text copy = text_copy(&keep, STR("abc"));
    ck_assert_str_eq(copy.data, "abc");
    ck_assert_uint_eq(copy.size, 3);
    ck_assert_str_eq(text_string(&keep, (struct text){NULL, 0}), "");
    ck_assert_uint_eq(text_copy(&keep, STR("a\0b")).size, 3);
}
END_TEST

static const struct {
    const char *written;
    const char *folded;
} folds[] = {
    {"Présence",                    "presence"       },
    {"PRÉSENCE",                    "presence"       },
    {"Pre\xCC\x81sence",             "presence"       },
    {"Demi-journée",                "demijournee"    },
    {"demi journee",                 "demijournee"    },
    {"DEMI_JOURNÉE",                "demijournee"    },
    {"Nº",                          "nº"            },
    {"N° d'inscription",            "n°dinscription"},
    {"N° d\xE2\x80\x99inscription", "n°dinscription"},
    {"Cœur",                        "coeur"          },
    {"CŒUR",                        "coeur"          },
    {"Lætitia",                     "laetitia"       },
    {"straße",                      "strasse"        },
    {"STRAẞE",                     "strasse"        },
    {"Île\xC2\xA0"
     "de\xE2\x80\xAF"
     "France",                  "iledefrance"    },
    {"Ÿ ÿ",                        "yy"             },
    {"Łódź",                      "lodz"           },
    {"Ðorđe",                      "dorde"          },
    {"Dvořák",                     "dvorak"         },
    {"Željko Šiš",                "zeljkosis"      },
    {"İstanbul ılık",             "istanbulilik"   },
    {"Þór",                        "thor"           },
    {"ĳ Ĳ",                        "ijij"           },
    {"Ștefan Țepeș",              "stefantepes"    },
    {"3 × 2 ÷ 1",                  "3×2÷1"        },
    {"Ωmega",                       "Ωmega"         },
    {"a.b-c_d e'f",                  "abcdef"         },
    {"Date\r\nde naissance",         "datedenaissance"},
    {"\xFF\xE9",                     "\xFF\xE9"       },
    {"",                             ""               },
};

START_TEST(fold_forgets_what_people_spell_differently)
{
    assert_text(text_fold(&keep, text_of(folds[_i].written)), folds[_i].folded);
}
END_TEST

/* Every letter of the table, upper and lower case, folds to the same plain letters. */
START_TEST(fold_of_latin_letters_has_no_case_and_no_accent)
{
    for (uint32_t c = 0xC0; c <= 0x17F; c++) {
        char bytes[2] = {(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F))};
        struct text folded = text_fold(&keep, (struct text){bytes, 2});
        ck_assert_uint_ge(folded.size, 1);
        if (c != 0xD7 && c != 0xF7) {
            for (size_t i = 0; i < folded.size; i++) {
                ck_assert_msg(folded.data[i] >= 'a' && folded.data[i] <= 'z', "U+%04X",
                              c);
            }
        }
        /* Within U+00C0 to U+00DE, lower case is 32 further on. */
        if (c <= 0xDE && c != 0xD7) {
            char lower[2] = {bytes[0], (char)(bytes[1] + 32)};
            ck_assert_msg(
                text_folds_equal(keep, (struct text){bytes, 2}, (struct text){lower, 2}),
                "U+%04X", c);
        }
    }
}
END_TEST

START_TEST(fold_of_any_bytes_is_no_longer_and_stays_as_it_is)
{
    uint64_t state = 20260307;
    for (int round = 0; round < 20000; round++) {
        struct arena scratch = keep;
        char bytes[24];
        size_t size = (size_t)(random_next(&state) % sizeof bytes);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = (char)random_next(&state);
        }
        struct text folded = text_fold(&scratch, (struct text){bytes, size});
        MUST(folded.size <= size);
        if (text_utf8_check((struct text){bytes, size}) == size) {
            MUST(text_utf8_check(folded) == folded.size);
            MUST(text_equals(text_fold(&scratch, folded), folded));
        }
    }
}
END_TEST

static const struct {
    const char *word;
    const char *meant;
} nears[] = {
    {"presnt",    "present"  },
    {"Prèsent",  "present"  },
    {"absnet",    "absent"   }, /* one swap */
    {"excuse",    "excused"  },
    {"train",     ""         },
    {"xyz",       ""         },
    {"",          ""         },
    {"S9",        ""         }, /* half of it would have to change */
    {"session-1", "session 1"},
    {"session 4", ""         }, /* as near to 1 as to 2 */
};

START_TEST(nearest_is_one_or_none)
{
    const struct text candidates[] = {STR("present"),   STR("absent"),    STR("excused"),
                                      STR("session 1"), STR("session 2"), STR("S8"),
                                      STR("present")};
    struct text got =
        text_nearest(keep, text_of(nears[_i].word), candidates, ARRAY_COUNT(candidates));
    assert_text(got, nears[_i].meant);
}
END_TEST

START_TEST(nearest_of_a_very_long_word_is_none)
{
    char bytes[500];
    memset(bytes, 'a', sizeof bytes);
    struct text same = {bytes, sizeof bytes};
    assert_text(text_nearest(keep, same, &same, 1), "");
    assert_text(text_nearest(keep, STR("abc"), NULL, 0), "");
}
END_TEST

static const struct {
    struct text bytes;
    size_t first_bad;
} utf8s[] = {
    {STR_INIT(""),                                       0 },
    {STR_INIT("plain"),                                  5 },
    {STR_INIT("\x7F"),                                   1 },
    {STR_INIT("\x80"),                                   0 },
    {STR_INIT("a\xBF"),                                  1 },
    {STR_INIT("\xC0\x80"),                               0 }, /* overlong NUL */
    {STR_INIT("\xC1\xBF"),                               0 },
    {STR_INIT("\xC2\x80"),                               2 },
    {STR_INIT("\xDF\xBF"),                               2 },
    {STR_INIT("\xC3"),                                   0 },
    {STR_INIT("12345678\xC3"),                           8 },
    {STR_INIT("\xE0\x9F\xBF"),                           0 }, /* overlong */
    {STR_INIT("\xE0\xA0\x80"),                           3 },
    {STR_INIT("\xED\x9F\xBF"),                           3 },
    {STR_INIT("\xED\xA0\x80"),                           0 }, /* surrogate */
    {STR_INIT("\xED\xBF\xBF"),                           0 },
    {STR_INIT("\xEE\x80\x80"),                           3 },
    {STR_INIT("\xE2\x82"),                               0 },
    {STR_INIT("\xE2\x28\xA1"),                           0 },
    {STR_INIT("\xF0\x8F\xBF\xBF"),                       0 }, /* overlong */
    {STR_INIT("\xF0\x90\x80\x80"),                       4 },
    {STR_INIT("\xF4\x8F\xBF\xBF"),                       4 },
    {STR_INIT("\xF4\x90\x80\x80"),                       0 }, /* past U+10FFFF */
    {STR_INIT("\xF5\x80\x80\x80"),                       0 },
    {STR_INIT("\xF8\x88\x80\x80\x80"),                   0 },
    {STR_INIT("\xFE"),                                   0 },
    {STR_INIT("\xFF"),                                   0 },
    {STR_INIT("abcdefghijklmnop\xC3\xA9qrstuvwx\xE9yz"), 26},
    {STR_INIT("a\0b"),                                   3 },
};

START_TEST(utf8_is_checked_strictly)
{
    ck_assert_uint_eq(text_utf8_check(utf8s[_i].bytes), utf8s[_i].first_bad);
}
END_TEST

/* Every code point in its shortest form, checked against the definition. */
START_TEST(utf8_of_every_code_point)
{
    for (uint32_t c = 0x80; c < 0x120000; c += c < 0x11000 ? 1 : 61) {
        char bytes[4];
        size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        uint32_t rest = c;
        for (size_t i = size - 1; i > 0; i--) {
            bytes[i] = (char)(0x80 | (rest & 0x3F));
            rest >>= 6;
        }
        bytes[0] = (char)((0xF00U >> size & 0xFF) | rest);
        bool valid = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
        struct text t = {bytes, size};
        MUST(text_utf8_check(t) == (valid ? size : 0));
        MUST(text_characters(t) == 1);
    }
}
END_TEST

START_TEST(hash_is_fnv_1a)
{
    ck_assert_uint_eq(text_hash(STR("")), UINT64_C(0xcbf29ce484222325));
    ck_assert_uint_eq(text_hash(STR("a")), UINT64_C(0xaf63dc4c8601ec8c));
    ck_assert_uint_eq(text_hash(STR("foobar")), UINT64_C(0x85944171f73967e8));
}
END_TEST

Suite *test_text_suite(void);

Suite *
test_text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_add_checked_fixture(tests, reserve, NULL);
    tcase_add_test(tests, views_compare_by_their_bytes);
    tcase_add_test(tests, trim_knows_no_break_spaces);
    tcase_add_test(tests, copies_end_with_a_nul);
    tcase_add_loop_test(tests, fold_forgets_what_people_spell_differently, 0,
                        (int)ARRAY_COUNT(folds));
    tcase_add_test(tests, fold_of_latin_letters_has_no_case_and_no_accent);
    tcase_add_test(tests, fold_of_any_bytes_is_no_longer_and_stays_as_it_is);
    tcase_add_loop_test(tests, nearest_is_one_or_none, 0, (int)ARRAY_COUNT(nears));
    tcase_add_test(tests, nearest_of_a_very_long_word_is_none);
    tcase_add_loop_test(tests, utf8_is_checked_strictly, 0, (int)ARRAY_COUNT(utf8s));
    tcase_add_test(tests, utf8_of_every_code_point);
    tcase_add_test(tests, hash_is_fnv_1a);
    suite_add_tcase(suite, tests);
    return suite;
}
