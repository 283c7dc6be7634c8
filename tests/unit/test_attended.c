/* SPDX-License-Identifier: Apache-2.0 */
/* When a member was there: the times that an attestation tells, and those that nobody knows. */
#include "defray/attended.h"

#include "support/reckon.h"

#include <check.h>

/* A length that fills the session says when, unless the end alone of the session is known; nobody
 * knows the times of whoever left within a minute, or came on the day before. */
static const struct attended_row {
    const char *session; /* its start and end */
    const char *stay;    /* start, end, minutes, hours of the sheet */
    int start, end;      /* in minutes; -1: not told */
    int seconds;         /* -1: not known */
} rows[] = {
    {"09:00;12:00", ";;;",               540, 720, 10800},
    {"09:00;12:00", "09:30;11:00;;",     570, 660, 5400 },
    {"09:00;17:00", "14:00;;;2",         840, 960, 7200 },
    {"09:00;17:00", ";12:00;;2",         600, 720, 7200 },
    {"09:00;12:00", ";;180;",            540, 720, 10800},
    {"09:00;12:00", ";;150;",            -1,  -1,  9000 },
    {";02:00",      ";;121;",            -1,  -1,  7260 },
    {";",           ";00:30;;3",         -1,  -1,  10800},
    {"09:00;12:00", "09:00;;;1,26",      -1,  -1,  4536 },
    {"09:00;12:00", "09:00;10:15;;1,25", 540, 615, 4500 },
    {";",           ";;;",               -1,  -1,  -1   },
};

START_TEST(the_times_that_are_told)
{
    const struct attended_row *row = &rows[_i];
    struct arena room = arena_reserve((size_t)1 << 16);
    struct office office = {
        .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
        .sessions =
            arena_printf(&room, "session;date;kind;start;end\nS1;2025-05-17;plenary;%s\n",
                         row->session),
        .attendance = arena_printf(
            &room, "member;session;attendance;start;end;minutes;hours\nA;S1;P;%s\n",
            row->stay),
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct attended_list list = attended_by(&town.tables->keep, &town.batch, 0);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_int_eq(list.items[0].start, row->start);
    ck_assert_int_eq(list.items[0].end, row->end);
    ck_assert_int_eq(list.items[0].duration, row->seconds < 0
                                                 ? DURATION_NONE
                                                 : row->seconds * DURATION_HOUR / 3600);
    tables_end(town.tables);
}
END_TEST

Suite *test_attended_suite(void);

Suite *
test_attended_suite(void)
{
    Suite *suite = suite_create("attended");
    TCase *cases = tcase_create("attended");
    tcase_add_loop_test(cases, the_times_that_are_told, 0, (int)ARRAY_COUNT(rows));
    suite_add_tcase(suite, cases);
    return suite;
}
