/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts in words, in both languages. */
#include "defray/payroll.h"

#include "support/registry.h"

#include <check.h>

Suite *test_words_suite(void);

static const struct {
    int64_t cents;
    const char *french, *english;
} amounts[] = {
    {0,                  "zéro euro",                                                          "zero euros"                  },
    {1,                  "un centime",                                                          "one cent"                    },
    {2,                  "deux centimes",                                                       "two cents"                   },
    {100,                "un euro",                                                             "one euro"                    },
    {101,                "un euro et un centime",                                               "one euro and one cent"       },
    {200,                "deux euros",                                                          "two euros"                   },
    {1600,               "seize euros",                                                         "sixteen euros"               },
    {1700,               "dix-sept euros",                                                      "seventeen euros"             },
    {2000,               "vingt euros",                                                         "twenty euros"                },
    {2100,               "vingt et un euros",                                                   "twenty-one euros"            },
    {2200,               "vingt-deux euros",                                                    "twenty-two euros"            },
    {6100,               "soixante et un euros",                                                "sixty-one euros"             },
    {7000,               "soixante-dix euros",                                                  "seventy euros"               },
    {7100,               "soixante et onze euros",                                              "seventy-one euros"           },
    {7200,               "soixante-douze euros",                                                "seventy-two euros"           },
    {7900,               "soixante-dix-neuf euros",                                             "seventy-nine euros"          },
    {8000,               "quatre-vingts euros",                                                 "eighty euros"                },
    {8100,               "quatre-vingt-un euros",                                               "eighty-one euros"            },
    {9000,               "quatre-vingt-dix euros",                                              "ninety euros"                },
    {9100,               "quatre-vingt-onze euros",                                             "ninety-one euros"            },
    {9900,               "quatre-vingt-dix-neuf euros",                                         "ninety-nine euros"           },
    {10000,              "cent euros",                                                          "one hundred euros"           },
    {10100,              "cent un euros",                                                       "one hundred and one euros"   },
    {15498,              "cent cinquante-quatre euros et quatre-vingt-dix-huit centimes",
     "one hundred and fifty-four euros and ninety-eight cents"                                                                },
    {20000,              "deux cents euros",                                                    "two hundred euros"           },
    {20100,              "deux cent un euros",                                                  "two hundred and one euros"   },
    {28000,              "deux cent quatre-vingts euros",                                       "two hundred and eighty euros"},
    {100000,             "mille euros",                                                         "one thousand euros"          },
    {100100,             "mille un euros",                                                      "one thousand and one euros"  },
    {200000,             "deux mille euros",                                                    "two thousand euros"          },
    {8000000,            "quatre-vingt mille euros",                                            "eighty thousand euros"       },
    {20000000,           "deux cent mille euros",                                               "two hundred thousand euros"  },
    {860139,             "huit mille six cent un euros et trente-neuf centimes",
     "eight thousand six hundred and one euros and thirty-nine cents"                                                         },
    {100000000,          "un million d'euros",                                                  "one million euros"           },
    {100000100,          "un million un euros",                                                 "one million and one euros"   },
    {200000000,          "deux millions d'euros",                                               "two million euros"           },
    {8000000000,         "quatre-vingts millions d'euros",                                      "eighty million euros"        },
    {20000000000,        "deux cents millions d'euros",                                         "two hundred million euros"   },
    {100000000000,       "un milliard d'euros",                                                 "one billion euros"           },
    {250000000000,       "deux milliards cinq cents millions d'euros",
     "two billion five hundred million euros"                                                                                 },
    {-15498,             "moins cent cinquante-quatre euros et quatre-vingt-dix-huit centimes",
     "minus one hundred and fifty-four euros and ninety-eight cents"                                                          },
    {100000000000000000, "un million de milliards d'euros",
     "one thousand trillion euros"                                                                                            },
};

START_TEST(amounts_are_said)
{
    struct arena keep = arena_reserve(1 << 20);
    struct money amount = {amounts[_i].cents};
    ck_assert_str_eq(amount_in_words(&keep, LANGUAGE_FR, amount), amounts[_i].french);
    ck_assert_str_eq(amount_in_words(&keep, LANGUAGE_EN, amount), amounts[_i].english);
    arena_release(keep);
}
END_TEST

Suite *
test_words_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *tcase = tcase_create("words");
    tcase_add_loop_test(tcase, amounts_are_said, 0, (int)ARRAY_COUNT(amounts));
    suite_add_tcase(suite, tcase);
    return suite;
}
