/* SPDX-License-Identifier: Apache-2.0 */
/* The manual pages agree with the lists of the program, as tests/manual.sh compares them; and
 * that comparison finds what is planted in a copy of the pages. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define COMPARE "sh tests/manual.sh build/defray"

START_TEST(test_pages)
{
    ck_assert_msg(system(COMPARE) == 0, "the pages of man/ are not right, see above");
}
END_TEST

/* A sed command on a page, and what must then be said. */
static const struct {
    const char *page;
    const char *edit;
    const char *said;
} planted[] = {
    {"defray.1",          "/^\\.It Fl -since/,+1d",                     "lacks the option '--since - DATE'"        },
    {"defray.1",          "s/^\\.It Fl -on Ar DATE/.It Fl -on Ar DAY/",
     "tells of the option '--on - DAY'"                                                                            },
    {"defray.1",          "s/^\\.It Cm verify.*/.It Cm very/",          "lacks the command 'verify'"               },
    {"defray.1",          "/^\\.Fl -certificate/d",                     "lacks the command 'explain --certificate'"},
    {"defray.1",          "/^\\.It 70$/,+1d",                           "lacks the exit status '70'"               },
    {"defray.1",          "s/^\\.It X$/.It Y/",                         "tells of the family of codes 'Y'"         },
    {"defray.1",          "/^\\.It Pa \\.pdf/d",                        "lacks the extension '.pdf'"               },
    {"defray.1",          "/^\\.It Ev NO_COLOR/,+1d",                   "lacks the variable 'NO_COLOR'"            },
    {"defray.1",          "s/^\\.Dd .*/.Dd yesterday/",                 "WARNING"                                  },
    {"fr/defray.1",       "s/^\\.It Fl -period.*/.It Fl -periode/",
     "lacks the option '--period -'"                                                                               },
    {"fr/defray.1",       "s/^\\.It 4$/.It 9/",                         "tells of the exit status '9'"             },
    {"defray-ledger.1",   "s/^\\.It Cm purge.*/.It Cm forget/",         "lacks the verb 'purge'"                   },
    {"defray-ledger.1",   "/^\\.Fl -digest/d",                          "lacks the verb 'approve --digest'"        },
    {"defray-rules.5",    "s/full_day/whole_day/",                      "tells of the key whole_day"               },
    {"defray-scenario.5", "/takes_up/,+2d",                             "lacks the key takes_up"                   },
    {"defray-tables.5",   "s/, nuits$//",                               "lacks the column 'nuits'"                 },
};

START_TEST(test_planted)
{
    char command[1024];
    snprintf(command, sizeof command,
             "m=build/manual/%d; rm -rf $m; mkdir -p build/manual; cp -R man $m; "
             "sed -i '%s' $m/%s; MANUALS=$m " COMPARE " 2>&1 | grep -qF \"%s\"",
             _i, planted[_i].edit, planted[_i].page, planted[_i].said);
    ck_assert_msg(system(command) == 0, "not found: %s in %s", planted[_i].edit,
                  planted[_i].page);
}
END_TEST

Suite *test_manual_suite(void);

Suite *
test_manual_suite(void)
{
    Suite *suite = suite_create("manual");
    TCase *manual = tcase_create("manual");
    tcase_set_timeout(manual, 60);
    tcase_add_test(manual, test_pages);
    tcase_add_loop_test(manual, test_planted, 0,
                        (int)(sizeof planted / sizeof planted[0]));
    suite_add_tcase(suite, manual);
    return suite;
}
