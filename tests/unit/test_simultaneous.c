/* SPDX-License-Identifier: Apache-2.0 */
/* The same time of one person, paid at two sessions: what is told, and of what nothing is. */
#include "support/reckon.h"

#include <check.h>
#include <string.h>

/* clang-format off */
#define PLENARY "per = \"session\"; kinds = [ \"plenary\" ];"
#define HOURS   "per = \"hour\"; kinds = [ \"plenary\" ];"
#define EITHER  "per = \"session\"; kinds = [ \"plenary\", \"evening\" ];"
#define NOT_PAID_EVENING "\"half_day\", \"evening\","
#define DATED   "session;date;kind;start;end\n"
#define MORNING "S1;2025-05-17;plenary;09:00;12:00\n"
#define NOON    "S2;2025-05-17;plenary;11:00;14:00\n"
#define AFTER   "S2;2025-05-17;plenary;12:00;14:00\n"
#define WHOLE   "S3;2025-05-17;plenary;09:00;18:00\n"
#define UNTIMED "2025-05-17;plenary;;\n"
#define CAME    "member;session;attendance\n"
#define STAYED  "member;session;attendance;start;end\n"
#define KINDS   "member;date;kind;attendance;start;end\n"

/* `told`: how many warnings; `says`: a part of one of them. */
static const struct met {
    const char *sessions, *attendance;
    size_t told;
    const char *says;
    const char *tariff; /* NULL: per session */
    const char *expenses;
} met[] = {
    {.sessions = DATED MORNING NOON,
     .attendance = CAME "A;S1;P\nA;S2;P\n", .told = 1,
     .says = "'A' is paid for the same time at the sessions 'S1' and 'S2'"},
    {.sessions = DATED NOON MORNING,
     .attendance = CAME "A;S2;P\nA;S1;P\n", .told = 1,
     .says = "'A' is paid for the same time at the sessions 'S1' and 'S2'"},
    {.sessions = DATED MORNING NOON,
     .attendance = STAYED "A;S1;P;11:30;12:00\nA;S2;P;11:00;14:00\n", .told = 1,
     .says = "'A' is paid for the same time at the sessions 'S1' and 'S2'"},
    /* one ends as the other begins, in either order */
    {.sessions = DATED MORNING AFTER,
     .attendance = CAME "A;S1;P\nA;S2;P\n"},
    {.sessions = DATED AFTER MORNING,
     .attendance = CAME "A;S1;P\nA;S2;P\n"},
    /* it is not known when it was, or nothing is paid for it, or it is another day */
    {.sessions = DATED "S1;" UNTIMED NOON,
     .attendance = CAME "A;S1;P\nA;S2;P\n"},
    {.sessions = DATED MORNING "S2;" UNTIMED,
     .attendance = CAME "A;S1;P\nA;S2;P\n"},
    {.sessions = DATED "S1;" UNTIMED "S2;" UNTIMED,
     .attendance = CAME "A;S1;P\nA;S2;P\n"},
    {.sessions = DATED MORNING NOON,
     .attendance = CAME "A;S1;E\nA;S2;P\n"},
    {.sessions = DATED MORNING NOON,
     .attendance = CAME "A;S1;P\nA;S2;E\n"},
    {.sessions = DATED MORNING "S2;2025-05-24;plenary;11:00;14:00\n",
     .attendance = CAME "A;S1;P\nA;S2;P\n"},
    /* two stays at one session; and one of them beside another session, told once */
    {.sessions = DATED WHOLE,
     .attendance = STAYED "A;S3;P;09:00;11:00\nA;S3;P;11:00;12:00\n", .tariff = HOURS},
    {.sessions = DATED WHOLE NOON,
     .attendance = STAYED "A;S3;P;11:00;12:00\nA;S3;P;13:00;14:00\nA;S2;P;11:00;14:00\n", .told = 1,
     .says = "'A' is paid for the same time at the sessions 'S3' and 'S2'", .tariff = HOURS},
    /* each two of three; and more members than one */
    {.sessions = DATED MORNING NOON WHOLE,
     .attendance = CAME "A;S1;P\nA;S2;P\nA;S3;P\n", .told = 3,
     .says = "'A' is paid for the same time at the sessions 'S3' and 'S2'"},
    {.sessions = DATED MORNING NOON WHOLE,
     .attendance = CAME "A;S1;P\nA;S2;P\nA;S3;P\nB;S1;P\nB;S3;P\n", .told = 3,
     .says = "members who are paid for the same time at the sessions 'S1' and 'S3': 2, first 'A'"},
    {.sessions = DATED MORNING NOON,
     .attendance = CAME "A;S1;P\nB;S1;P\nB;S2;P\n", .told = 1,
     .says = "'B' is paid for the same time at the sessions 'S1' and 'S2'"},
    /* both in one row of a sheet */
    {.sessions = DATED MORNING NOON,
     .attendance = "member;S1;S2\nA;P;P\n", .told = 1,
     .says = "'A' is paid for the same time at the sessions 'S1' and 'S2'"},
    /* without ids, by kind */
    {.attendance = KINDS "A;2025-05-17;plenary;P;09:00;12:00\nA;2025-05-17;evening;P;11:00;13:00\n", .told = 1,
     .says = "'A' is paid for the same time at the sessions 'plenary' and 'evening'", .tariff = EITHER},
    /* expenses have no time */
    {.sessions = DATED MORNING AFTER,
     .attendance = CAME "A;S1;P\nA;S2;P\n", .expenses = "A;2025-05-17;parking;9,00;yes\n"},
    {.sessions = DATED MORNING NOON,
     .attendance = CAME "A;S1;P\nA;S2;P\n", .told = 1,
     .expenses = "A;2025-05-17;parking;9,00;yes\n"},
};
/* clang-format on */

START_TEST(the_same_time_is_paid_once)
{
    const struct met *row = &met[_i];
    struct arena keep = arena_reserve((size_t)1 << 16);
    const char *rules = probe_rules;
    if (row->tariff != NULL) {
        rules = probe_edit(&keep, rules, PLENARY, row->tariff);
    }
    if (row->tariff != NULL && strcmp(row->tariff, EITHER) == 0) {
        rules = probe_edit(&keep, rules, NOT_PAID_EVENING, "\"half_day\",");
    }
    struct office office = {
        .members =
            "id;last_name;first_name;status\nA;Aubier;Lou;drawn\nB;Brunel;Sam;drawn\n",
        .sessions = row->sessions,
        .attendance = row->attendance,
        .period = "2025-05",
    };
    if (row->expenses != NULL) {
        office.expenses =
            arena_printf(&keep, "member;date;category;amount;receipt\n%s", row->expenses);
    }
    struct reckoned town = reckon(rules, &office);
    ck_assert_uint_eq(reckon_filed(&town, CODE_L029), row->told);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(town.diag, &count);
    bool said = row->says == NULL;
    for (size_t i = 0; i < count; i++) {
        said = said ||
               (filed[i].code == CODE_L029 && strstr(filed[i].text, row->says) != NULL);
    }
    ck_assert_msg(said, "no '%s'", row->says);
    tables_end(town.tables);
    arena_release(keep);
}
END_TEST

Suite *test_simultaneous_suite(void);

Suite *
test_simultaneous_suite(void)
{
    Suite *suite = suite_create("simultaneous");
    TCase *cases = tcase_create("simultaneous");
    tcase_add_loop_test(cases, the_same_time_is_paid_once, 0, (int)ARRAY_COUNT(met));
    suite_add_tcase(suite, cases);
    return suite;
}
