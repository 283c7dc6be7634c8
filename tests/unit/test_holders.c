/* SPDX-License-Identifier: Apache-2.0 */
/* In whose name an account is paid: a cell that names nobody names the member. */
#include "support/tables.h"

#define HEAD "id;last_name;first_name;birth_date;iban;account_holder\n"
#define IBAN "FR1420041010050500013M02606;"

static const struct {
    const char *cell, *holder, *codes;
} holders[] = {
    {"",                          "",              ""    },
    {"-",                         "",              ""    },
    {"n\xC3\xA9"
     "ant",                  "",              ""    },
    {"sans objet",                "",              ""    },
    {"oui",                       "",              "B007"},
    {"Non",                       "",              "B007"},
    {"x",                         "",              "B007"},
    {"1",                         "",              "B007"},
    {"idem",                      "",              "B007"},
    {"Idem.",                     "",              "B007"},
    {"\xC3\xA0 compl\xC3\xA9ter", "",              "B007"},
    {"4711",                      "",              "B007"},
    {"P1",                        "",              "B007"},
    {"P2",                        "",              "B007"},
    {"Lui-m\xC3\xAAme",           "Ann Durand",    ""    },
    {"elle m\xC3\xAAme",          "Ann Durand",    ""    },
    {"le membre",                 "Ann Durand",    ""    },
    {"l'int\xC3\xA9ress\xC3\xA9"
     "e",                    "Ann Durand",    ""    },
    {"Dupont",                    "Dupont",        ""    }, /* an id, and a name */
    {"P3",                        "P3",            ""    },
    {"Compte commun",             "Compte commun", ""    },
    {"M. Non",                    "M. Non",        ""    },
};

START_TEST(a_word_for_the_member_is_no_name)
{
    struct tables *t = tables_new();
    tables_members(t, arena_printf(&t->keep,
                                   HEAD "P1;Durand;Ann;;" IBAN "%s\n"
                                        "P2;C;D;;;\nDupont;E;F;;;oui\n",
                                   holders[_i].cell));
    tables_expect(t, holders[_i].codes);
    const struct participant *person =
        &t->roster->items[roster_find(t->roster, STR("P1"))];
    ck_assert(text_equals(particulars_of(&person->rows[0])->holder,
                          text_of(holders[_i].holder)));
    ck_assert_int_eq(person->rows[0].bank.state, BANK_RIGHT);
    tables_end(t);
}
END_TEST

/* What the transfer then names are letters that no bank takes. */
START_TEST(the_member_is_named_in_letters_that_a_bank_takes)
{
    static const char *const cells[] = {"P2", "oui", "le membre"};
    struct tables *t = tables_new();
    tables_members(
        t,
        arena_printf(&t->keep, HEAD "P1;\xD0\x98;B;;" IBAN "%s\nP2;C;D;;;\n", cells[_i]));
    const struct participant *person =
        &t->roster->items[roster_find(t->roster, STR("P1"))];
    ck_assert_int_eq(person->rows[0].bank.state, BANK_WRONG_NAME);
    tables_end(t);
}
END_TEST

Suite *test_holders_suite(void);

Suite *
test_holders_suite(void)
{
    Suite *suite = suite_create("holders");
    TCase *tests = tcase_create("holders");
    tcase_add_loop_test(tests, a_word_for_the_member_is_no_name, 0,
                        (int)ARRAY_COUNT(holders));
    tcase_add_loop_test(tests, the_member_is_named_in_letters_that_a_bank_takes, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
