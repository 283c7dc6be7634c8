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

/* The evening stands first in the log, since its id does. */
START_TEST(the_morning_comes_before_the_evening)
{
    struct office office = {
        .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
        .sessions = "session;date;kind;start;end\nS1;2025-05-17;plenary;18:00;20:00\n"
                    "S2;2025-05-17;plenary;09:00;12:00\nS3;2025-05-17;plenary;;\n"
                    "S4;2025-05-16;plenary;14:00;15:00\n"
                    "S5;2025-05-17;plenary;13:00;17:00\n",
        .attendance =
            "member;session;attendance;start;end\nA;S1;P;;\nA;S2;P;;\nA;S5;P;13:00;14:00\n"
            "A;S5;P;15:00;16:00\nA;S3;P;;\nA;S4;P;;\n",
        .period = "2025-05",
    };
    static const struct {
        const char *session;
        bool again;
    } wanted[] = {
        {"S4", false},
        {"S2", false},
        {"S5", false},
        {"S5", true },
        {"S1", false},
        {"S3", false}
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct attended_list list = attended_by(&town.tables->keep, &town.batch, 0);
    ck_assert_uint_eq(list.count, ARRAY_COUNT(wanted));
    for (size_t i = 0; i < list.count; i++) {
        ck_assert(text_equals(list.items[i].session->id, text_of(wanted[i].session)));
        ck_assert_int_eq(list.items[i].again, wanted[i].again);
    }
    tables_end(town.tables);
}
END_TEST

/* What nobody knows the time of comes last, and the first may come to the very front. */
START_TEST(the_latest_in_the_log_is_the_first_of_the_day)
{
    static const char *const wanted[] = {"S3", "S2", "S1"};
    struct office office = {
        .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
        .sessions = "session;date;kind;start;end\nS1;2025-05-17;plenary;;\n"
                    "S2;2025-05-17;plenary;14:00;15:00\n"
                    "S3;2025-05-17;plenary;09:00;10:00\n",
        .attendance = "member;session;attendance\nA;S1;P\nA;S2;P\nA;S3;P\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct attended_list list = attended_by(&town.tables->keep, &town.batch, 0);
    ck_assert_uint_eq(list.count, ARRAY_COUNT(wanted));
    for (size_t i = 0; i < list.count; i++) {
        ck_assert(text_equals(list.items[i].session->id, text_of(wanted[i])));
    }
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
    tcase_add_test(cases, the_morning_comes_before_the_evening);
    tcase_add_test(cases, the_latest_in_the_log_is_the_first_of_the_day);
    suite_add_tcase(suite, cases);
    return suite;
}
