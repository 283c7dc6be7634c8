/* SPDX-License-Identifier: Apache-2.0 */
/* What needs several facts or several members: seats, ceilings shared by a day, evidence among
 * several figures, what counts once. Each scenario is small tables and the lines expected, one
 * "file:line state due reason" each, in the order of members. */
#include "defray/decisions.h"
#include "defray/means.h"
#include "defray/summary.h"

#include <check.h>

struct scenario {
    const char *says;
    const char *rules;
    const char *period;
    const char *members;
    const char *sessions;
    const char *attendance;
    const char *expenses;
    const char *means;
    const char *lines;
};

#define MEMBERS \
    "id;last_name;first_name;status;seat;requested_on;body;guardian;birth_date\n"
#define CALENDAR "session;date;kind;start;end;meal_served\n"
#define LOG      "member;session;attendance;start;end;minutes\n"
#define CLAIMS   "member;date;session;category;quantity;amount;receipt;note\n"
#define FIGURES  "id;measure;value;method;month;checked_on\n"

static const struct scenario scenarios[] = {
    {"left and came back is one session",                                                   "marseille",     "2026-03", MEMBERS "M1;N;P\n",
     CALENDAR "S1;2026-03-14;plenary;09:00;17:00\n",
     LOG "M1;S1;present;09:00;11:00\nM1;S1;present;14:00;17:00\n",                                                                                                                                                                                                                                                             NULL, NULL,
     "a.csv:2 due 77.49 \na.csv:3 capped 0.00 session_counted\n"                                                                                                                                                                                                                                                                                                                    },
    {"left and came back is one half-day, and two half-days are two",                       "haute-garonne",
     "2026-03",                                                                                                         MEMBERS "M1;N;P\n",
     CALENDAR "S1;2026-03-14;half_day;09:00;13:00\nS2;2026-03-14;half_day;14:00;18:00\n"
              "S3;2026-03-14;half_day;19:00;21:00\n",                                                                                                                                                                                                   LOG
     "M1;S1;present;09:00;10:00\nM1;S1;present;11:00;13:00\nM1;S2;present\nM1;S3;present\n",
     NULL,                                                                                                                                                                                                                                                                                                                           NULL,
     "a.csv:2 due 45.00 \na.csv:3 capped 0.00 session_counted\na.csv:4 due 45.00 \n"
     "a.csv:5 capped 0.00 half_days_counted\n"                                                                                                                                                                                                                                                                                                                                      },
    {"a plenary and a half-day share the ceiling of the day",                               "haute-garonne", "2026-03",
     MEMBERS "M1;N;P\n",
     CALENDAR "S1;2026-03-14;half_day;09:00;12:00\nS2;2026-03-14;plenary;14:00;18:00\n",
     LOG "M1;S2;present\nM1;S1;present\n",                                                                                                                                                                                                                                                                                     NULL, NULL,
     "a.csv:3 due 45.00 \na.csv:2 capped 45.00 cap_day\n"                                                                                                                                                                                                                                                                                                                           },
    {"hours of one day share the ceiling, those of the next do not",                        "poitiers",
     "2025-03",                                                                                                         MEMBERS "M1;N;P;drawn;;2025-01-01\n",
     CALENDAR "S1;2025-03-08;proposal_group\nS2;2025-03-08;method_committee\n"
              "S3;2025-03-09;proposal_group\n",                                                                                                                                                                                                         LOG "M1;S1;present;;;240\nM1;S2;present;;;240\nM1;S3;present;;;240\n", NULL,
     FIGURES "M1;quotient_familial;500;caf;2025-01\n",
     "a.csv:2 due 54.96 \na.csv:3 capped 41.20 cap_day\na.csv:4 due 54.96 \n"                                                                                                                                                                                                                                                                                                       },
    {"what a ceiling left is what the next line finds",                                     "poitiers",      "2025-03",
     MEMBERS "M1;N;P;drawn;;2025-01-01\n",
     CALENDAR "S1;2025-03-08;proposal_group\nS2;2025-03-08;proposal_group\n"
              "S3;2025-03-08;proposal_group\n",                                                                                                                                                                                                         LOG "M1;S1;present;;;420\nM1;S2;present;;;60\nM1;S3;present;;;60\n",   NULL,
     FIGURES "M1;quotient_familial;500;caf;2025-01\n",
     "a.csv:2 capped 96.16 cap_day\na.csv:3 capped 0.00 cap_day\na.csv:4 capped 0.00 cap_day\n"                                                                                                                                                                                                                                                                                     },
    {"the latest figure not after the session, else the earliest later one",                "poitiers",
     "2025-03",                                                                                                         MEMBERS
     "M1;N;P;drawn;;2025-01-01\nM2;N;P;drawn;;2025-01-01\nM3;N;P;drawn;;2025-01-01\n"
     "M4;N;P;drawn;;2025-01-01\n",                                                                                                                                       CALENDAR "S1;2025-03-08;proposal_group\n",
     LOG
     "M1;S1;present;;;60\nM2;S1;present;;;60\nM3;S1;present;;;60\nM4;S1;present;;;60\n",                                                                                                                                                                                                                                       NULL,
     FIGURES
     "M1;quotient_familial;500;caf;2025-01\nM1;quotient_familial;2000;caf;2025-03\n"
     "M1;quotient_familial;500;caf;2025-04\n"
     "M2;quotient_familial;2000;caf;2025-06\nM2;quotient_familial;500;caf;2025-05\n"
     "M3;quotient_familial;2000;caf;2025-02;2025-02-03\n"
     "M3;quotient_familial;500;caf;2025-02;2025-02-20\n"
     "M4;quotient_familial;500;tax_household;2025-03\n"
     "M4;quotient_familial;2000;msa;2024-12\n",                                                                                                                                                                                                                                                                                            "a.csv:2 refused 0.00 not_eligible\na.csv:3 due 13.74 \na.csv:4 due 13.74 \n"
     "a.csv:5 refused 0.00 not_eligible\n"                                                                                                                                                                                                                                                                                           },
    {"a seat is paid to the titular, or to the alternate when the titular is away",
     "marseille",                                                                                            "2026-03",
     MEMBERS
     "A1;N;P;alternate;s1\nM1;N;P;drawn;s1\nA2;N;P;alternate;s2\nM2;N;P;drawn;s2\n"
     "A3;N;P;alternate;s3\nM3;N;P;companion;s3\n",                                                                                                                                      CALENDAR "S1;2026-03-14;plenary\n",
     LOG "A1;S1;present\nM1;S1;present\nA2;S1;present\nM2;S1;absent\nA3;S1;present\n"
         "M3;S1;present\n",                                                                                                                                                                                                                                                                                                    NULL, NULL,
     "a.csv:2 refused 0.00 seat_taken\na.csv:4 due 77.49 \na.csv:6 due 77.49 \n"
     "a.csv:3 due 77.49 \na.csv:5 zero 0.00 absent\na.csv:7 refused 0.00 status_never_paid\n"                                                                                                                                                                                                                                                                                       },
    {"two alternates of one seat: the first by id; an undetermined titular keeps the seat",
     "marseille",                                                                                            "2026-03",
     MEMBERS "A1;N;P;alternate;s1\nA2;N;P;alternate;s1\nA4;N;P;alternate;s4\n"
             "M4;N;P;drawn;s4;;;;2010-01-01\n",                                                                                                                                         CALENDAR "S1;2026-03-14;plenary\n",
     LOG "A1;S1;present\nA2;S1;present\nA4;S1;present\nM4;S1;present\n",                                                                                                                                                                                                                                                       NULL, NULL,
     "a.csv:2 due 77.49 \na.csv:3 refused 0.00 seat_taken\na.csv:4 refused 0.00 seat_taken\n"
     "a.csv:5 undetermined 0.00 minor_without_guardian\n"                                                                                                                                                                                                                                                                                                                           },
    {"a titular with no minute inside the session does not take the seat",                  "marseille",
     "2026-03",                                                                                                         MEMBERS "A4;N;P;alternate;s4\nM4;N;P;drawn;s4;;;;2010-01-01\n",
     CALENDAR "S1;2026-03-14;plenary;09:00;12:00\n",
     LOG "A4;S1;present\nM4;S1;present;08:00;09:00\n",                                                                                                                                                                                                                                                                         NULL, NULL,
     "a.csv:2 due 77.49 \na.csv:3 undetermined 0.00 minor_without_guardian\n"                                                                                                                                                                                                                                                                                                       },
    {"a fact given twice counts once",                                                      "marseille",     "2026-03", MEMBERS "M1;N;P\n",
     CALENDAR "S1;2026-03-14;plenary\n",                                                                                                                                                                                                                LOG "M1;S1;present\nM1;S1;present\n",                                  NULL, NULL,
     "a.csv:2 due 77.49 \na.csv:3 zero 0.00 same_fact\n"                                                                                                                                                                                                                                                                                                                            },
    {"membership holds from its first to its last day",                                     "marseille",     "2026-03",
     "id;last_name;first_name;from;to\nM1;N;P;2026-03-07;2026-03-14\n",                                                                                                                 CALENDAR "S0;2026-03-06;plenary\nS1;2026-03-07;plenary\nS2;2026-03-14;plenary\n"
              "S3;2026-03-15;plenary\n",                                                                                                                                         LOG "M1;S0;present\nM1;S1;present\nM1;S2;present\nM1;S3;present\n",    NULL, NULL,
     "a.csv:2 refused 0.00 not_member\na.csv:3 due 77.49 \na.csv:4 due 77.49 \n"
     "a.csv:5 refused 0.00 not_member\n"                                                                                                                                                                                                                                                                                                                                            },
    {"eight hours a day are shared, and never a cent more for being several",
     "cese-convention",                                                                                      "2026-03", MEMBERS "M1;N;P\n",                                             CALENDAR "S1;2026-03-14;plenary\n",
     LOG "M1;S1;present\n",
     CLAIMS
     "M1;2026-03-14;;income_loss;0,25;;oui;a\nM1;2026-03-14;;income_loss;7,76;;oui;b\n"
     "M1;2026-03-14;;income_loss;1;;oui;c\n",                                                                                                                                                                                                                                                                                        NULL,
     "a.csv:2 refused 0.00 no_request\ne.csv:2 due 3.01 \ne.csv:3 capped 93.15 cap_day\n"
     "e.csv:4 capped 0.00 cap_day\n"                                                                                                                                                                                                                                                                                                                                                },
    {"earlier trips of the year move the counter, refused and undetermined ones do not",
     "haute-garonne",                                                                                        "2026-03",
     "id;last_name;first_name;horsepower;km_before\nM1;N;P;5;1970\n",                                                                                                                   CALENDAR "S1;2026-02-14;plenary\nS2;2026-03-14;plenary\n",
     LOG "M1;S1;present\nM1;S2;present\n",
     CLAIMS
     "M1;2026-02-14;;mileage;20\nM1;2026-02-15;;mileage;500\nM1;2026-02-14;;mileage;\n"
     "M1;2026-03-14;;mileage;20\n",                                                                                                                                                                                                                                                                                                  NULL, "a.csv:3 due 90.00 \ne.csv:5 due 7.20 \n"},
    {"a meal where one was served, at a session attended or named by the claim",
     "cese-convention",                                                                                      "2026-03", MEMBERS "M1;N;P\nM2;N;P\n",
     CALENDAR "AM;2026-03-14;plenary;;;oui\nPM;2026-03-14;plenary;;;non\n",
     LOG "M1;PM;present\nM2;PM;present\n",
     CLAIMS "M1;2026-03-14;AM;meal;;15,00;oui\nM2;2026-03-14;PM;meal;;15,00;oui\n",                                                                                                                                                                                                                                                  NULL,
     "a.csv:2 refused 0.00 no_request\ne.csv:2 refused 0.00 meal_served\n"
     "a.csv:3 refused 0.00 no_request\ne.csv:3 due 15.00 \n"                                                                                                                                                                                                                                                                                                                        },
    {"a video session gives no right to travel",                                            "poitiers",      "2025-03",
     MEMBERS "M1;N;P\n",                                                                                                                                                                CALENDAR "S1;2025-03-08;video\nS2;2025-03-15;proposal_group\n",
     LOG "M1;S1;present\nM1;S2;partial\n",
     CLAIMS "M1;2025-03-08;;parking;;5;oui\nM1;2025-03-15;;parking;;5;oui\n",                                                                                                                                                                                                                                                        NULL,
     "a.csv:2 zero 0.00 kind_not_paid\ne.csv:2 refused 0.00 not_present\n"
     "a.csv:3 refused 0.00 no_request\ne.csv:3 due 5.00 \n"                                                                                                                                                                                                                                                                                                                         },
    {"facts of other periods are not lines",                                                "marseille",     "2026-03", MEMBERS "M1;N;P\n",
     CALENDAR "S1;2026-02-28;plenary\nS2;2026-03-31;plenary\nS3;2026-04-01;plenary\n",
     LOG "M1;S1;present\nM1;S2;present\nM1;S3;present\n",                                                                                                                                                                                                                                                                      NULL, NULL,
     "a.csv:3 due 77.49 \n"                                                                                                                                                                                                                                                                                                                                                         },
};

/* Rows are written without their trailing empty cells here; files have them all. */
static const char *
with_all_cells(struct arena *keep, const char *bytes)
{
    const char *out = "";
    int columns = -1;
    while (*bytes != '\0') {
        int cells = 0;
        const char *line = bytes;
        for (; *bytes != '\n'; bytes++) {
            cells += *bytes == ';';
        }
        columns = columns < 0 ? cells : columns;
        out = arena_printf(keep, "%s%.*s%.*s\n", out, (int)(bytes - line), line,
                           columns - cells, ";;;;;;;;;;");
        bytes++;
    }
    return out;
}

static struct input_list
table(struct arena *keep, const char *name, const char *bytes)
{
    struct input_list list = {0};
    if (bytes != NULL) {
        *ARRAY_PUSH(keep, &list) =
            input_of(keep, text_of(name), text_of(with_all_cells(keep, bytes)));
    }
    return list;
}

static void
read_scenario(struct arena *keep, const struct scenario *scenario, struct diag *diag,
              struct batch *batch)
{
    static const struct text folder = {"rules", 5};
    const struct rules *rules =
        rules_load(keep, text_of(scenario->rules), &folder, 1, diag);
    struct reading reading = {keep, rules, diag, NULL};
    struct input_list members = table(keep, "m.csv", scenario->members);
    struct input_list sessions = table(keep, "s.csv", scenario->sessions);
    struct input_list attendance = table(keep, "a.csv", scenario->attendance);
    struct input_list expenses = table(keep, "e.csv", scenario->expenses);
    struct input_list means = table(keep, "q.csv", scenario->means);
    ck_assert_ptr_nonnull(rules);
    ck_assert(period_parse(text_of(scenario->period), &batch->period));
    struct roster *roster = roster_read(&reading, &members);
    struct calendar *calendar = calendar_read(&reading, &sessions);
    struct log *log = attendance_read(&reading, &attendance, roster, calendar);
    batch->rules = rules;
    batch->roster = roster;
    batch->calendar = calendar;
    batch->log = log;
    batch->claims = expenses_read(&reading, &expenses, roster, log);
    batch->evidence.means = means_read(&reading, &means, roster);
}

START_TEST(scenario_gives_its_lines)
{
    const struct scenario *scenario = &scenarios[_i];
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct batch batch = {0};
    read_scenario(&keep, scenario, diag, &batch);
    if (diag_errors(diag) > 0) {
        diag_print(diag, stderr, (struct diag_style){.quiet = true});
        ck_abort_msg("%s: the tables are refused", scenario->says);
    }
    const char *got = "";
    for (uint32_t member = 0; member < batch.roster->count; member++) {
        struct member_result result = liquidate_member(&keep, &batch, member);
        for (size_t i = 0; i < result.count; i++) {
            const struct line *line = &result.lines[i];
            char due[MONEY_TEXT_MAX];
            got =
                arena_printf(&keep, "%s%s %s %s %s\n", got,
                             where_text(&keep, line->where), line_state_word(line->state),
                             money_text(line->due, due), reason_word(line->reason));
        }
    }
    ck_assert_msg(text_equals(text_of(got), text_of(scenario->lines)),
                  "%s:\nexpected\n%sgot\n%s", scenario->says, scenario->lines, got);
    ck_assert(batch_summarise(&keep, &batch, NULL, NULL)->holds);
    arena_release(keep);
}
END_TEST

Suite *test_liquidation_suite(void);

Suite *
test_liquidation_suite(void)
{
    Suite *suite = suite_create("liquidation");
    TCase *tcase = tcase_create("scenarios");
    tcase_add_loop_test(tcase, scenario_gives_its_lines, 0, (int)ARRAY_COUNT(scenarios));
    suite_add_tcase(suite, tcase);
    return suite;
}
