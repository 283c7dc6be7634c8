/* SPDX-License-Identifier: Apache-2.0 */
/* Whose account a minor's is: names of holders, members and guardians, word by word. */
#include "../../src/liquidation/minor.h"

#include <check.h>

Suite *test_minor_suite(void);

static const struct holder {
    const char *holder, *first_name, *last_name, *guardian;
    bool settled;
} holders[] = {
    {"INVENTE PAUL",          "Paul",      "Inventé", "",                true },
    {"M. Paul INVENTE",       "Paul",      "Inventé", "",                true },
    {"Paul ou Anne Inventé", "Paul",      "Inventé", "",                true },
    {"Inventé, Anne",        "Paul",      "Inventé", "Anne Inventé",   true },
    {"MME ANNE INVENTE",      "Paul",      "Inventé", "Anne Inventé",   true },
    {"Anne Inventé",         "Paul",      "Inventé", "",                false},
    {"Inventé",              "Paul",      "Inventé", "",                false},
    {"Paul",                  "Paul",      "Inventé", "Anne Inventé",   false},
    {"",                      "Paul",      "Inventé", "",                false},
    {"Monsieur Madame",       "Paul",      "Inventé", "",                false},
    {"DUPONT J",              "J",         "Dupont",   "",                true },
    {"J DUPONT MARIE",        "J",         "Dupont",   "",                true },
    {"X DUPONT",              "J",         "Dupont",   "",                false},
    {"Dupont/Durand Lou",     "Lou",       "Durand",   "",                true },
    {"Lou & Max Durand",      "Lou",       "Durand",   "",                true },
    {"Durand Lou Durand",     "Max",       "Durand",   "",                false},
    {"Paul Inventé",         "Paul",      "Inventé", "",                true },
    {"Paul Inventé",         "Paul Jean", "Inventé", "",                true },
    {"Jean Inventé",         "Paul",      "Inventé", "",                false},
    {"Anne/Paul Inventé",    "Paul",      "Inventé", "",                true },
    {"Anne&Paul Inventé",    "Paul",      "Inventé", "",                true },
    {"Inventé,Paul",         "Paul",      "Inventé", "",                true },
    {"Paul\tInventé",        "Paul",      "Inventé", "",                true },
    {"Paul-Inventé",         "Paul",      "Inventé", "",                false},
    {"Anne Autre",            "Paul",      "Inventé", "Anne Autre",      true },
    {"Mme Anne Autre",        "Paul",      "Inventé", "Anne Zoé Autre", true },
    {"Anne Autre",            "Paul",      "Inventé", "",                false},
    {"Mme Autre",             "Paul",      "Inventé", "Anne Autre",      false},
};

START_TEST(an_account_is_settled_by_two_words)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const struct holder *one = &holders[_i];
    struct participant participant = {.first_name = text_of(one->first_name),
                                      .last_name = text_of(one->last_name)};
    struct particulars stated = {.holder = text_of(one->holder),
                                 .guardian = text_of(one->guardian)};
    struct participation row = {.particulars = &stated};
    ck_assert_msg(holder_is_settled(keep, &participant, &row) == one->settled, "%s",
                  one->holder);
    arena_release(keep);
}
END_TEST

START_TEST(eighteen_on_the_day)
{
    struct participant participant = {.birth = DATE_NONE};
    struct date eve;
    struct date birthday;
    ck_assert(date_make(2026, 3, 14, &eve));
    ck_assert(date_make(2026, 3, 15, &birthday));
    ck_assert(!is_minor(&participant, eve));
    ck_assert(date_make(2008, 3, 15, &participant.birth));
    ck_assert(is_minor(&participant, eve));
    ck_assert(!is_minor(&participant, birthday));
}
END_TEST

Suite *
test_minor_suite(void)
{
    Suite *suite = suite_create("minor");
    TCase *cases = tcase_create("minor");
    tcase_add_loop_test(cases, an_account_is_settled_by_two_words, 0,
                        (int)ARRAY_COUNT(holders));
    tcase_add_test(cases, eighteen_on_the_day);
    suite_add_tcase(suite, cases);
    return suite;
}
