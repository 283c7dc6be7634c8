/* SPDX-License-Identifier: Apache-2.0 */
/* What stands beside the digits of a number, in the code of a format and on the screen: another
 * currency, per cent, hours and minutes; and what offices write there that is none of these. */
#include "../../src/intake/number_shown.h"
#include "../../src/intake/workbook_parts.h"
#include "support/registry.h"

#include <check.h>

Suite *test_number_shown_suite(void);

#define EURO "\xE2\x82\xAC"

static const struct {
    const char *code;
    enum book_form form;
} formats[] = {
    {"#,##0.00\\ \"CHF\"",             BOOK_FORM_CURRENCY},
    {"#,##0.00\\ \"CHF TTC\"",         BOOK_FORM_CURRENCY},
    {"\"Fr. \"#,##0.00",               BOOK_FORM_CURRENCY},
    {"#,##0.00\" Fr.\"",               BOOK_FORM_CURRENCY},
    {"#,##0.00\\ \"F\"",               BOOK_FORM_CURRENCY},
    {"0\" F. TTC\"",                   BOOK_FORM_CURRENCY},
    {"0\\ \\C\\H\\F",                  BOOK_FORM_CURRENCY},
    {"0.00\" (francs)\"",              BOOK_FORM_CURRENCY},
    {"\"F\"000",                       BOOK_FORM_CURRENCY},
    {"[$Fr.-100C]\\ #,##0.00",         BOOK_FORM_CURRENCY},
    {"\\$#,##0.00",                    BOOK_FORM_CURRENCY},
    {"$#,##0.00",                      BOOK_FORM_CURRENCY},
    {"0.00\" \xC2\xA3\"",              BOOK_FORM_CURRENCY},
    {"0.00\" \xE2\x82\xA3\"",          BOOK_FORM_CURRENCY},
    {"0.00_€\"CHF\"",                BOOK_FORM_CURRENCY},
    {"0\" %\"",                        BOOK_FORM_PERCENT },
    {"0%",                             BOOK_FORM_PERCENT },
    {"0\"h\"00",                       BOOK_FORM_PARTED  },
    {"0\\h00",                         BOOK_FORM_PARTED  },
    {"00\":\"00",                      BOOK_FORM_PARTED  },
    {"00:00",                          BOOK_FORM_PARTED  },
    {"00\\:00",                        BOOK_FORM_PARTED  },
    {"0\" h \"00\" min\"",             BOOK_FORM_PARTED  },
    {"0\"€\"00",                     BOOK_FORM_PARTED  },
    {"0\" min\"",                      BOOK_FORM_MINUTES },
    {"0\\ \\m\\n",                     BOOK_FORM_MINUTES },
    {"0.0\" minutes\"",                BOOK_FORM_MINUTES },
    {"0\" min. de garde\"",            BOOK_FORM_MINUTES },
    {"0\" h\"",                        BOOK_FORM_HOURS   },
    {"0.00\" heures\"",                BOOK_FORM_HOURS   },
    {"0\\ \\h",                        BOOK_FORM_HOURS   },
    {"General\" h\"",                  BOOK_FORM_HOURS   },
    {"",                               BOOK_FORM_PLAIN   },
    {"#,##0.00\\ \"€\"",             BOOK_FORM_PLAIN   },
    {"#,##0.00\\ \"€ TTC\"",         BOOK_FORM_PLAIN   },
    {"_-* #,##0.00\\ [$€-40C]_-",    BOOK_FORM_PLAIN   },
    {"00\" \"00\" \"00\" \"00\" \"00", BOOK_FORM_PLAIN   },
    {"00\\-00\\-00\\-00\\-00",         BOOK_FORM_PLAIN   },
    {"00\\.00\\.00\\.00\\.00",         BOOK_FORM_PLAIN   },
    {"#\"'\"##0.00",                   BOOK_FORM_PLAIN   },
    {"#\xC2\xA0##0\xE2\x80\xAF##0",    BOOK_FORM_PLAIN   },
    {"\"P\"000",                       BOOK_FORM_PLAIN   },
    {"\"F-\"000",                      BOOK_FORM_PLAIN   },
    {"\"FR-\"00",                      BOOK_FORM_PLAIN   },
    {"000\"-F\"",                      BOOK_FORM_PLAIN   },
    {"0\" km\"",                       BOOK_FORM_PLAIN   },
    {"0.00E+00",                       BOOK_FORM_PLAIN   },
    {"# ?/?",                          BOOK_FORM_PLAIN   },
    {"(0) 00 00",                      BOOK_FORM_PLAIN   },
    {"hh:mm",                          BOOK_FORM_PLAIN   },
    {"[h]:mm",                         BOOK_FORM_PLAIN   },
    {"h\"h\"mm",                       BOOK_FORM_PLAIN   },
    {"\"le \"dd/mm/yyyy",              BOOK_FORM_PLAIN   },
};

START_TEST(formats_make_something_else_of_a_number)
{
    enum book_form form = (enum book_form)format_style(formats[_i].code).form;
    ck_assert_msg(form == formats[_i].form, "%s: %d, not %d", formats[_i].code, (int)form,
                  (int)formats[_i].form);
}
END_TEST

START_TEST(times_stay_times)
{
    ck_assert_int_eq(format_style("hh:mm").shown, BOOK_SHOWN_TIME);
    ck_assert_int_eq(format_style("h\"h\"mm").shown, BOOK_SHOWN_TIME);
    ck_assert_int_eq(format_style("[h]:mm").shown, BOOK_SHOWN_TIME | BOOK_SHOWN_ELAPSED);
    ck_assert_int_eq(format_style("00:00").shown, 0);
}
END_TEST

static const struct {
    const char *screen;
    char sign; /* of a currency, per cent, parted digits, minutes; or none */
} screens[] = {
    {"50,00 CHF",         'c'},
    {"50,00\xC2\xA0"
     "CHF TTC",      'c'},
    {"Fr. 50,00",         'c'},
    {"50,00 Fr.",         'c'},
    {"1 200 F CFP",       'c'},
    {"50 F",              'c'},
    {"$50.00",            'c'},
    {"50 %",              '%'},
    {"3h30",              ':'},
    {"3 H 30",            ':'},
    {"03:30",             ':'},
    {"1 h 30 min",        ':'},
    {"3€50",            ':'},
    {"90 min",            'm'},
    {"90 mn",             'm'},
    {"90 minutes",        'm'},
    {"3 h",               ' '},
    {"50,00 " EURO,       ' '},
    {"1\xE2\x80\xAF"
     "234,50 " EURO,
     ' '                     },
    {"-1.234,50",         ' '},
    {"1'234.50",          ' '},
    {"05 49 12 34 56",    ' '},
    {"05-49-12-34-56",    ' '},
    {"P012",              ' '},
    {"F-012",             ' '},
    {"1,23E+05",          ' '},
    {"1e-05",             ' '},
    {"2 1/2",             ' '},
    {"00042",             ' '},
    {"12 km",             ' '},
    {"###",               ' '},
    {"",                  ' '},
};

START_TEST(screens_say_something_else_than_the_number)
{
    struct shown_signs signs = {0};
    shown_read(&signs, text_of(screens[_i].screen));
    char found = signs.foreign   ? 'c'
                 : signs.percent ? '%'
                 : signs.parted  ? ':'
                 : signs.minutes ? 'm'
                                 : ' ';
    ck_assert_msg(found == screens[_i].sign, "'%s': %c", screens[_i].screen, found);
    ck_assert((shown_refusal(&signs) != NULL) == (found != ' ' && found != 'm'));
}
END_TEST

START_TEST(digits_are_compared_without_their_zeros)
{
    ck_assert(!shown_has_other_digits(STR("1 200,50"), STR("1200.5")));
    ck_assert(shown_has_other_digits(STR("13"), STR("12.5")));
    ck_assert(shown_has_other_digits(STR(""), STR("12")));
    ck_assert(shown_is_filled_up(STR("00042"), STR("42")));
    ck_assert(!shown_is_filled_up(STR("42"), STR("42")));
    ck_assert(!shown_is_filled_up(STR("042,0"), STR("42")));
}
END_TEST

Suite *
test_number_shown_suite(void)
{
    Suite *suite = suite_create("number_shown");
    TCase *tcase = tcase_create("number_shown");
    tcase_add_loop_test(tcase, formats_make_something_else_of_a_number, 0,
                        (int)ARRAY_COUNT(formats));
    tcase_add_test(tcase, times_stay_times);
    tcase_add_loop_test(tcase, screens_say_something_else_than_the_number, 0,
                        (int)ARRAY_COUNT(screens));
    tcase_add_test(tcase, digits_are_compared_without_their_zeros);
    suite_add_tcase(suite, tcase);
    return suite;
}
