/* SPDX-License-Identifier: Apache-2.0 */
/* Small towns, each for what decides one line, one sum or one sentence. */
#include "defray/attended.h"
#include "defray/bases.h"
#include "defray/means_test.h"
#include "defray/settlement.h"

#include "support/days.h"
#include "support/reckon.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SPAN      "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define MEMBERS   "id;last_name;first_name;status\nA;Aubier;Lou;drawn\nB;Brunel;Sam;drawn\n"
#define PLENARIES "member;date;kind;attendance\n"
#define RECEIPT   "method = \"receipt\"; unit = \"claim\";"
#define TARIFF    "per = \"session\"; kinds = [ \"plenary\" ];"
#define EXCUSED   "  excused = {"

static const char *
edited(const char *from, const char *to)
{
    static struct arena room;
    if (room.next == NULL) {
        room = arena_reserve((size_t)1 << 24);
    }
    return probe_edit(&room, probe_rules, from, to);
}

/* A meal is refused where the session that the claim names served one. */
START_TEST(a_claim_may_name_its_session)
{
    struct office office = {
        .members = MEMBERS,
        .sessions = "session;date;kind;meal_served\nS0;2025-05-17;plenary;no\n"
                    "S1;2025-05-18;plenary;yes\nS2;2025-05-18;plenary;no\n",
        .attendance = "member;session;attendance\nA;S2;P\n",
        .expenses = "member;date;category;amount;receipt;session\n"
                    "A;2025-05-18;parking;4,00;yes;S1\nA;2025-05-18;parking;5,00;yes;S2\n"
                    "A;2025-05-18;parking;6,00;yes;\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(
        edited(RECEIPT, "meal_served = { refused = true; source = \"D1\"; }; " RECEIPT),
        &office);
    struct member_result result = reckon_member(&town, 0);
    ck_assert_int_eq(result.total.cents, 4000 + 500 + 600);
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        bool served = line->is_claim && text_equals(line->session_id, STR("S1"));
        ck_assert_int_eq(line->reason == REASON_MEAL_SERVED, served);
    }
    tables_end(town.tables);
}
END_TEST

START_TEST(hours_at_no_rate_are_counted_as_claimed)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\nA;2026-05-17;plenary;P\n",
        .expenses =
            "member;date;category;amount;quantity;receipt\n"
            "A;2025-05-17;parking;10,00;2;yes\nA;2026-05-17;parking;10,00;2;yes\n",
        .period = "2025-05-01..2026-05-31",
    };
    struct reckoned town = reckon(
        edited(
            RECEIPT,
            "method = \"ceiling\"; unit = \"hour\"; annexe = \"income_loss\"; rates = ("
            " { from = \"2025-01-01\"; to = \"2025-12-31\"; amount = \"0.00\"; source = \"D1\"; },"
            " { from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"4.00\"; source = \"D1\"; } );"),
        &office);
    struct member_result result = reckon_member(&town, 0);
    ck_assert_uint_eq(result.count, 4);
    ck_assert_int_eq(result.lines[1].due.cents, 0);
    ck_assert_int_eq(result.lines[1].state, LINE_CAPPED);
    ck_assert_int_eq(result.lines[1].counted.num, 2);
    ck_assert_int_eq(result.lines[3].due.cents, 800);
    ck_assert_int_eq(result.lines[3].counted.num, 2);
    tables_end(town.tables);
}
END_TEST

#define ENVELOPE(name, categories, rest)                                           \
    "{ name = \"" name "\"; label = { fr = \"e\"; en = \"e\"; }; per = \"year\"; " \
    "categories = [ " categories " ]; limits = ( { " SPAN rest " } ); }"

/* What the control sheet adds up: each entitlement in each month, in this order. */
START_TEST(totals_are_by_entitlement_and_month)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "B;2025-06-01;plenary;P\nA;2025-05-17;plenary;P\n"
                                "B;2025-05-17;plenary;P\nA;2025-12-06;plenary;P\n",
        .expenses = "member;date;category;amount;receipt\nB;2025-06-01;parking;4,00;yes\n"
                    "A;2025-05-17;parking;3,00;yes\nB;2025-05-17;parking;1,50;yes\n",
        .period = "2025",
    };
    static const struct {
        const char *entitlement, *month;
        size_t lines;
        int64_t due;
    } expected[] = {
        {"parking", "2025-05-01", 2, 450 },
        {"parking", "2025-06-01", 1, 400 },
        {"stipend", "2025-05-01", 2, 8000},
        {"stipend", "2025-06-01", 1, 4000},
        {"stipend", "2025-12-01", 1, 4000},
    };
    struct reckoned town = reckon(probe_rules, &office);
    ck_assert_uint_eq(town.summary->total_count, ARRAY_COUNT(expected));
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++) {
        const struct entitlement_total *total = &town.summary->totals[i];
        ck_assert(text_equals(total->entitlement, text_of(expected[i].entitlement)));
        ck_assert_int_eq(total->month, date_month_index(day(expected[i].month)));
        ck_assert_uint_eq(total->lines, expected[i].lines);
        ck_assert_int_eq(total->due.cents, expected[i].due);
    }
    tables_end(town.tables);
}
END_TEST

/* An envelope of the year is used up by its earlier months too. */
START_TEST(an_envelope_counts_the_months_before)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\nB;2025-06-01;plenary;P\n",
        .expenses =
            "member;date;category;amount;receipt\nA;2025-05-17;parking;3,00;yes\n",
        .period = "2025-06",
    };
    struct reckoned town =
        reckon(edited("examples =",
                      "envelopes = ( " ENVELOPE("all", "\"parking\", \"stipend\"",
                                                "amount = \"80.00\";") " ); examples ="),
               &office);
    ck_assert_uint_eq(town.summary->envelope_count, 1);
    ck_assert_int_eq(town.summary->envelopes[0].before.cents, 4300);
    ck_assert_int_eq(town.summary->envelopes[0].now.cents, 4000);
    ck_assert_int_eq(town.summary->envelopes[0].passed_on.day, day("2025-06-01").day);
    ck_assert_uint_eq(reckon_filed(&town, CODE_L004), 1);
    ck_assert_int_eq(town.summary->due.cents, 4000);
    tables_end(town.tables);
}
END_TEST

/* Presences and claims alike, whoever is first in the table. */
START_TEST(a_line_knows_whose_it_is)
{
    struct office office = {
        .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n"
                   "B;Brunel;Sam;volunteer\n",
        .attendance = PLENARIES "B;2025-05-17;plenary;P\n",
        .expenses =
            "member;date;category;amount;receipt\nB;2025-05-17;parking;3,00;yes\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct member_result result = reckon_member(&town, 1);
    ck_assert_uint_eq(result.count, 2);
    for (size_t i = 0; i < result.count; i++) {
        struct circumstances found = circumstances_of(&town.batch, &result.lines[i]);
        ck_assert_int_eq(found.status, STATUS_VOLUNTEER);
    }
    ck_assert_uint_eq(town.summary->persons[1].sessions, 1); /* a claim is none */
    ck_assert_uint_eq(town.summary->persons[0].sessions, 0);
    ck_assert(town.summary->sources_used[0]);
    tables_end(town.tables);
}
END_TEST

/* Two envelopes over two years, one without a warning level. */
START_TEST(each_envelope_and_each_year_has_its_own_sum)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\nB;2025-06-01;plenary;P\n"
                                "A;2026-05-17;plenary;P\n",
        .expenses = "member;date;category;amount;receipt\nA;2025-05-17;parking;3,00;yes\n"
                    "A;2026-05-17;parking;4,00;yes\nB;2024-05-17;parking;4,00;yes\n",
        .period = "2025-01-01..2026-12-31",
    };
    struct reckoned town = reckon(
        edited(
            "examples =",
            "envelopes = ( " ENVELOPE(
                "all", "\"parking\", \"stipend\"",
                "amount = \"80.00\"; warning = \"70.00\";") ", " ENVELOPE("parking",
                                                                          "\"parking\"",
                                                                          "amount = \"4.00\";") " ); examples ="),
        &office);
    static const struct {
        const char *name;
        int year;
        int64_t spent, warning;
    } expected[] = {
        {"all",     2025, 8300, 7000},
        {"parking", 2025, 300,  0   },
        {"all",     2026, 4600, 7000},
        {"parking", 2026, 400,  0   },
    };
    ck_assert_uint_eq(town.summary->envelope_count, ARRAY_COUNT(expected));
    size_t found = 0;
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++) {
        const struct envelope_use *use = &town.summary->envelopes[i];
        for (size_t k = 0; k < ARRAY_COUNT(expected); k++) {
            found += text_equals(use->envelope->name, text_of(expected[k].name)) &&
                     use->year == expected[k].year &&
                     use->now.cents + use->before.cents == expected[k].spent &&
                     use->warning.cents == expected[k].warning;
        }
    }
    ck_assert_uint_eq(found, ARRAY_COUNT(expected));
    ck_assert_uint_eq(reckon_filed(&town, CODE_L004), 1); /* all, 2025 */
    ck_assert_uint_eq(reckon_filed(&town, CODE_L003), 0); /* 4.00 of 4.00, and no level */
    tables_end(town.tables);
}
END_TEST

#define MEANS                                                                                 \
    "  conditions = { means_test = { measure = \"quotient_familial\"; methods = [ \"caf\" ];" \
    " source = \"D1\"; thresholds = ( { " SPAN "at_most = \"1000.00\"; } ); }; };\n"

/* The days that no decision covers, from the first to the last, whoever comes first. */
START_TEST(days_without_a_decision_are_told_from_first_to_last)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\nA;2025-05-20;plenary;P\n"
                                "B;2025-05-10;plenary;P\nB;2025-05-18;plenary;P\n",
        .decisions = "id;rule;verdict;from;to\nA;probe;eligible;2026-01-01;2026-12-31\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(edited(EXCUSED, MEANS EXCUSED), &office);
    ck_assert_uint_eq(town.summary->undecided, 4);
    ck_assert_int_eq(town.summary->undecided_days.from.day, day("2025-05-10").day);
    ck_assert_int_eq(town.summary->undecided_days.to.day, day("2025-05-20").day);
    ck_assert_uint_eq(reckon_filed(&town, CODE_L015), 1);
    /* A table without a row has no file to be named. */
    struct decisions none = {.first = NEW_ARRAY(&town.tables->keep, size_t, 3)};
    town.batch.decisions = &none;
    struct summary *summary =
        batch_summarise(&town.tables->keep, &town.batch, town.diag, NULL);
    ck_assert_uint_eq(summary->undecided, 4);
    ck_assert_uint_eq(reckon_filed(&town, CODE_L015), 2);
    tables_end(town.tables);
}
END_TEST

/* Claims alone, all of another month: there is no log to be named. */
START_TEST(claims_alone_of_another_month)
{
    struct office office = {
        .members = MEMBERS,
        .expenses =
            "member;date;category;amount;receipt\nA;2025-06-17;parking;3,00;yes\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    ck_assert_uint_eq(reckon_filed(&town, CODE_L010), 1);
    tables_end(town.tables);
}
END_TEST

/* Two assumptions on one line of the rule file are two: a line relies on one of them. */
START_TEST(assumptions_on_one_line_are_told_apart)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(
        edited(
            "life = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );",
            "life = ( { from = \"2025-01-01\"; to = \"2025-12-31\"; assumption = \"x\"; },"
            " { from = \"2026-01-01\"; to = \"2026-12-31\"; assumption = \"y\"; } );"),
        &office);
    const struct rules *rules = town.batch.rules;
    size_t found = 0;
    for (size_t i = 0; i < rules->assumption_count; i++) {
        struct text says = rules->assumptions[i]->assumption;
        if (text_equals(says, STR("x")) || text_equals(says, STR("y"))) {
            ck_assert_uint_eq(town.summary->assumption_lines[i],
                              text_equals(says, STR("x")));
            found++;
        }
    }
    ck_assert_uint_eq(found, 2);
    tables_end(town.tables);
}
END_TEST

/* Three half-days of one day: the third is not paid, and names the first. */
START_TEST(the_third_half_day_names_the_first)
{
    struct office office = {
        .members = MEMBERS,
        .sessions = "session;date;kind;start\nS1;2025-05-17;plenary;09:00\n"
                    "S2;2025-05-17;plenary;14:00\nS3;2025-05-17;plenary;19:00\n",
        .attendance = "member;session;attendance\nA;S1;P\nA;S2;P\nA;S3;P\n",
        .period = "2025-05",
    };
    struct reckoned town =
        reckon(edited(TARIFF, "per = \"half_day\"; kinds = [ \"plenary\" ];"), &office);
    struct member_result result = reckon_member(&town, 0);
    ck_assert_int_eq(result.total.cents, 8000);
    ck_assert_int_eq(result.lines[2].reason, REASON_HALF_DAYS_COUNTED);
    const char *says = line_reason(&town.tables->keep, LANGUAGE_EN, &result.lines[2]);
    ck_assert_msg(strstr(says, "attendance.csv:2") != NULL, "%s", says);
    tables_end(town.tables);
}
END_TEST

/* The sheet's times where they are whole minutes of a known start; the duration in any case. */
START_TEST(an_attestation_tells_the_times_it_knows)
{
    struct office office = {
        .members = MEMBERS,
        .sessions = "session;date;kind;start;end\nS1;2025-05-17;plenary;09:00;12:00\n"
                    "S2;2025-05-18;plenary;;\nS3;2025-05-19;plenary;09:00;12:00\n"
                    "S4;2025-06-19;plenary;09:00;12:00\n",
        .attendance =
            "member;session;attendance;hours\nA;S1;P;\nA;S2;P;2\nA;S3;P;1,67\nA;S4;P;\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct attended_list list = attended_by(&town.tables->keep, &town.batch, 0);
    ck_assert_uint_eq(list.count, 3); /* the fourth is of June */
    ck_assert_int_eq(list.items[0].start, 540);
    ck_assert_int_eq(list.items[0].end, 720);
    ck_assert_int_eq(list.items[1].end, TIME_NONE);
    ck_assert_int_eq(list.items[1].duration, 2 * DURATION_HOUR);
    ck_assert_int_eq(list.items[2].end, TIME_NONE);
    ck_assert_int_eq(list.items[2].duration, 50100);
    tables_end(town.tables);
}
END_TEST

START_TEST(a_reason_is_said_in_any_case_and_language)
{
    struct arena scratch = arena_reserve((size_t)1 << 20);
    const enum reason reason = REASON_NOT_ELIGIBLE;
    ck_assert(reason_is_said(scratch, reason, text_of(reason_word(reason))));
    ck_assert(reason_is_said(scratch, reason, STR("Not_Eligible")));
    ck_assert(
        reason_is_said(scratch, reason, text_of(reason_phrase(LANGUAGE_EN, reason))));
    ck_assert(
        reason_is_said(scratch, reason, text_of(reason_phrase(LANGUAGE_FR, reason))));
    ck_assert(!reason_is_said(scratch, reason, STR("no_figure")));
    ck_assert_str_eq(hold_label(LANGUAGE_EN, HOLD_NONE), "");
    ck_assert_str_ne(hold_label(LANGUAGE_EN, HOLD_CAME_BACK), "");
    ck_assert_str_eq(cause_word_label(LANGUAGE_EN, STR("rate")),
                     cause_label(LANGUAGE_EN, CAUSE_RATE));
    ck_assert_str_eq(cause_word_label(LANGUAGE_EN, STR("reverse")),
                     "taken back by the office");
}
END_TEST

/* Which conditions stand before the means test, and which after. */
START_TEST(the_means_test_is_reached_or_not)
{
    static const char reached[] =
        " not_eligible no_figure figure_too_old method_not_accepted no_evidence_given "
        "no_decision decision_undetermined seat_taken seat_waits minor_without_guardian "
        "duration_missing session_length_missing session_body_missing below_minimum "
        "no_minute_inside below_step ";
    for (enum reason reason = REASON_NONE; reason < REASON_COUNT; reason++) {
        char word[64];
        struct line line = {.reason = reason};
        snprintf(word, sizeof word, " %s ", reason_word(reason));
        ck_assert_int_eq(means_was_reached(&line), strstr(reached, word) != NULL);
        line.is_claim = true;
        ck_assert(!means_was_reached(&line));
    }
}
END_TEST

/* An undetermined verdict keeps a reason of the test's own; that of another verdict is a remark. */
START_TEST(a_decision_says_why_it_is_open)
{
    static const struct {
        const char *said;
        enum reason reason;
    } rows[] = {
        {"",                    REASON_DECISION_UNDETERMINED},
        {"the file is awaited", REASON_DECISION_UNDETERMINED},
        {"no_figure",           REASON_NO_FIGURE            },
        {"figure_too_old",      REASON_FIGURE_TOO_OLD       },
        {"not_eligible",        REASON_DECISION_UNDETERMINED},
    };
    struct office office = {.members = MEMBERS,
                            .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
                            .period = "2025-05"};
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct arena keep = arena_reserve((size_t)1 << 16);
        office.decisions = arena_printf(
            &keep,
            "id;rule;verdict;from;to;reason\nA;probe;undetermined;2025-01-01;2026-12-31;%s\n",
            rows[i].said);
        struct reckoned town = reckon(edited(EXCUSED, MEANS EXCUSED), &office);
        ck_assert_int_eq(reckon_member(&town, 0).lines[0].reason, rows[i].reason);
        tables_end(town.tables);
    }
}
END_TEST

/* On a day without a threshold, the test's own text is the basis. */
START_TEST(a_verdict_rests_on_the_threshold_of_its_day)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
        .decisions = "id;rule;verdict;from;to\nA;probe;eligible;2024-01-01;2026-12-31\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(edited(EXCUSED, MEANS EXCUSED), &office);
    const struct means_condition *test = &town.batch.rules->stipend.means;
    struct finding inside = eligibility_at(&town.tables->keep, town.batch.rules,
                                           town.batch.decisions, 0, day("2025-05-17"));
    struct finding outside = eligibility_at(&town.tables->keep, town.batch.rules,
                                            town.batch.decisions, 0, day("2024-05-17"));
    ck_assert_int_eq(inside.verdict, VERDICT_ELIGIBLE);
    ck_assert_ptr_eq(inside.basis, &test->threshold.items[0].basis);
    ck_assert_int_eq(outside.verdict, VERDICT_ELIGIBLE);
    ck_assert_ptr_eq(outside.basis, &test->basis);
    tables_end(town.tables);
}
END_TEST

#define EXAMPLE(says, day, due)                           \
    "{ says = \"" says "\"; sessions = ( { date = \"" day \
    "\"; kind = \"plenary\"; } ); "                       \
    "due = \"" due "\"; "

/* So many of the examples do not agree with the rules. */
static void
held(const char *examples, size_t faults)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = probe_edit(&keep, probe_rules,
                                  EXAMPLE("one", "2025-05-17", "40.00") "}", examples);
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    probe_loaded(&probe);
    ck_assert_int_eq(examples_hold(keep, probe.rules, probe.diag), faults == 0);
    ck_assert_uint_eq(diag_errors(probe.diag), faults);
}

/* Of three examples the first states another amount, the second another state, the third holds. */
START_TEST(each_example_is_held_against_the_rules)
{
    held(EXAMPLE("a", "2025-05-17", "40.00") "}", 0);
    held(EXAMPLE("a", "2025-05-17", "40.00") "state = \"due\"; }", 0);
    held(EXAMPLE("a", "2025-05-17", "40.00") "state = \"capped\"; }", 1);
    held(EXAMPLE("a", "2025-05-17", "40.01") "state = \"due\"; }", 1);
    held(EXAMPLE("a", "2025-05-17", "40.01") "}, " EXAMPLE(
             "b", "2025-05-17",
             "40.00") "state = \"zero\"; }, " EXAMPLE("c", "2026-05-17", "42.00") "}",
         2);
}
END_TEST

Suite *test_towns_suite(void);

Suite *
test_towns_suite(void)
{
    Suite *suite = suite_create("towns");
    TCase *cases = tcase_create("towns");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_claim_may_name_its_session);
    tcase_add_test(cases, hours_at_no_rate_are_counted_as_claimed);
    tcase_add_test(cases, totals_are_by_entitlement_and_month);
    tcase_add_test(cases, an_envelope_counts_the_months_before);
    tcase_add_test(cases, a_line_knows_whose_it_is);
    tcase_add_test(cases, each_envelope_and_each_year_has_its_own_sum);
    tcase_add_test(cases, days_without_a_decision_are_told_from_first_to_last);
    tcase_add_test(cases, claims_alone_of_another_month);
    tcase_add_test(cases, assumptions_on_one_line_are_told_apart);
    tcase_add_test(cases, the_third_half_day_names_the_first);
    tcase_add_test(cases, an_attestation_tells_the_times_it_knows);
    tcase_add_test(cases, a_reason_is_said_in_any_case_and_language);
    tcase_add_test(cases, the_means_test_is_reached_or_not);
    tcase_add_test(cases, a_decision_says_why_it_is_open);
    tcase_add_test(cases, a_verdict_rests_on_the_threshold_of_its_day);
    tcase_add_test(cases, each_example_is_held_against_the_rules);
    suite_add_tcase(suite, cases);
    return suite;
}
