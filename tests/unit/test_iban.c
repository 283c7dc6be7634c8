/* SPDX-License-Identifier: Apache-2.0 */
/* Account numbers: the published example of each kind of country, and slips. */
#include "defray/roster.h"

#include <check.h>
#include <string.h>

static enum bank_state
state_of(struct arena *keep, const char *given)
{
    struct text iban;
    return iban_parse(keep, text_of(given), &iban);
}

static const char *const right[] = {
    "FR1420041010050500013M02606",
    "DE89370400440532013000",
    "BE68539007547034",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "CH9300762011623852957",
    "GB29NWBK60161331926819",
    "IT60X0542811101000000123456",
    "MC5811222000010123456789030",
    "LU280019400644750000",
    "NL91ABNA0417164300",
    "ES9121000418450200051332",
    "PT50000201231234567890154",
    "PL61109010140000071219812874",
    "SE4550000000058398257466",
    "FR76 3000 6000 0112 3456 7890 189",
    "fr7630006000011234567890189",
    "FR76\xC2\xA0"
    "3000\xC2\xA0"
    "6000\xE2\x80\xAF"
    "0112345678\t90189",
};

START_TEST(takes_published_numbers)
{
    struct arena keep = arena_reserve(1 << 20);
    ck_assert_msg(state_of(&keep, right[_i]) == BANK_RIGHT, "%s", right[_i]);
}
END_TEST

struct wrong {
    const char *given;
    enum iban_fault fault;
};

static const struct wrong wrong[] = {
    {"FR1520041010050500013M02606",   IBAN_CHECK   }, /* a wrong key */
    {"FR1420041010050500031M02606",   IBAN_CHECK   }, /* two characters swapped */
    {"FR142004101005O500013M02606",   IBAN_CHECK   }, /* a letter O for a zero */
    {"FR9920041010050500013M02606",   IBAN_CHECK   },
    {"FR1420041010050500013M0260",    IBAN_LENGTH  },
    {"FR1420041010050500013M026060",  IBAN_LENGTH  },
    {"DE893704004405320130001",       IBAN_LENGTH  },
    {"FR14",                          IBAN_LENGTH  },
    {"US64SVBKUS6S3300958879",        IBAN_COUNTRY },
    {"BR1800360305000010009795493C1", IBAN_COUNTRY },
    {"3000600001123456789018900",     IBAN_SPELLING},
    {"RIB",                           IBAN_SPELLING},
    {"FR76-3000600001123456789018",   IBAN_SPELLING},
};

START_TEST(refuses_slips)
{
    struct arena keep = arena_reserve(1 << 20);
    size_t length = 0;
    struct text compact = iban_compact(&keep, text_of(wrong[_i].given));
    ck_assert_msg(iban_check(compact, &length) == wrong[_i].fault, "%s", wrong[_i].given);
    struct text iban;
    ck_assert_int_eq(iban_parse(&keep, text_of(wrong[_i].given), &iban), BANK_WRONG);
    ck_assert(text_equals(iban, text_of(wrong[_i].given)));
}
END_TEST

/* Every slip of one digit, and every swap of two neighbours that differ, is seen. */
START_TEST(sees_every_single_slip)
{
    struct arena keep = arena_reserve(1 << 20);
    const char *sound = "FR7630006000011234567890189";
    size_t size = strlen(sound);
    char slip[32];
    for (size_t i = 2; i < size; i++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            strcpy(slip, sound);
            slip[i] = digit;
            bool same = digit == sound[i];
            ck_assert_int_eq(state_of(&keep, slip) == BANK_RIGHT, same);
        }
        if (i + 1 < size && sound[i] != sound[i + 1]) {
            strcpy(slip, sound);
            slip[i] = sound[i + 1];
            slip[i + 1] = sound[i];
            ck_assert_int_eq(state_of(&keep, slip), BANK_WRONG);
        }
    }
}
END_TEST

START_TEST(empty_is_missing)
{
    struct arena keep = arena_reserve(1 << 20);
    struct text iban;
    ck_assert_int_eq(iban_parse(&keep, STR(" \xC2\xA0 "), &iban), BANK_MISSING);
    ck_assert_uint_eq(iban.size, 0);
}
END_TEST

START_TEST(checks_bics)
{
    static const char *const sound[] = {"BNPAFRPP", "BNPAFRPPXXX", "CMCIFR2A",
                                        "PSSTFRPPMAR"};
    static const char *const unsound[] = {"BNPAFRP",  "BNPAFRPPX",  "BNPA2RPP",
                                          "bnpafrpp", "BNPAFRPP X", "BNPAFRPPXXXX",
                                          "",         "BNPAFR-P"};
    for (size_t i = 0; i < ARRAY_COUNT(sound); i++) {
        ck_assert_msg(bic_is_valid(text_of(sound[i])), "%s", sound[i]);
    }
    for (size_t i = 0; i < ARRAY_COUNT(unsound); i++) {
        ck_assert_msg(!bic_is_valid(text_of(unsound[i])), "%s", unsound[i]);
    }
}
END_TEST

static const struct hidden {
    const char *given, *shown;
} hidden[] = {
    {"iban = \"FR1420041010050500013M02606\"; bic",
     "iban = \"FR14*******************2606\"; bic"                                                             },
    {"fr14 2004 1010 0505 0001 3M02 606",                                   "fr14 **** **** **** **** ***2 606"},
    {"NO9386011117947",                                                     "NO93*******7947"                  },
    {"NO938601111794",                                                      "NO93******1794"                   },
    {"two: BE68539007547034,DE89370400440532013000",
     "two: BE68********7034,DE89**************3000"                                                            },
    {"SE45-5000-0000-0583-9825-7466",                                       "SE45-5000-0000-0583-9825-7466"    },
    {"D1 of 2026-03-10, article 12",                                        "D1 of 2026-03-10, article 12"     },
    {"no12 and so on the words went",                                       "no12 and so on the words went"    },
    {"XFR1420041010050500013M02606",                                        "XFR1420041010050500013M02606"     },
    {"20:fa43517b6a2fd9047c0a51b6cacb4737524fd0d46d1bb6ec7954aed3941bc07e",
     "20:fa43517b6a2fd9047c0a51b6cacb4737524fd0d46d1bb6ec7954aed3941bc07e"                                     },
    {"FR14",                                                                "FR14"                             },
    {"",                                                                    ""                                 },
};

START_TEST(hides_numbers_in_lines)
{
    struct arena keep = arena_reserve(1 << 20);
    struct text shown = iban_hide(&keep, text_of(hidden[_i].given));
    ck_assert_msg(text_equals(shown, text_of(hidden[_i].shown)), "%.*s", TEXT_ARG(shown));
}
END_TEST

/* Every published number, and no more of it than eight characters. */
START_TEST(hides_every_country)
{
    struct arena keep = arena_reserve(1 << 20);
    struct text given = iban_compact(&keep, text_of(right[_i]));
    struct text shown = iban_hide(&keep, given);
    ck_assert_uint_eq(shown.size, given.size);
    for (size_t i = 4; i + 4 < shown.size; i++) {
        ck_assert_int_eq(shown.data[i], '*');
    }
}
END_TEST

Suite *test_iban_suite(void);

Suite *
test_iban_suite(void)
{
    Suite *suite = suite_create("iban");
    TCase *tests = tcase_create("iban");
    tcase_add_loop_test(tests, takes_published_numbers, 0, (int)ARRAY_COUNT(right));
    tcase_add_loop_test(tests, refuses_slips, 0, (int)ARRAY_COUNT(wrong));
    tcase_add_test(tests, sees_every_single_slip);
    tcase_add_test(tests, empty_is_missing);
    tcase_add_test(tests, checks_bics);
    tcase_add_loop_test(tests, hides_numbers_in_lines, 0, (int)ARRAY_COUNT(hidden));
    tcase_add_loop_test(tests, hides_every_country, 0, (int)ARRAY_COUNT(right));
    suite_add_tcase(suite, tests);
    return suite;
}
