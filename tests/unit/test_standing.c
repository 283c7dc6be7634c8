/* SPDX-License-Identifier: Apache-2.0 */
/* Where a member stands on each day: days alike are one stretch, and anything that differs ends
 * it. From figures to decisions the same. */
#include "defray/condition.h"
#include "defray/means_test.h"
#include "defray/standing.h"

#include "support/days.h"
#include "support/reckon.h"

#include <check.h>

#define EXCUSED "  excused = {"
#define THRESHOLD(year, amount)                                                      \
    "{ from = \"" year "-01-01\"; to = \"" year "-12-31\"; source = \"D1\"; at_most" \
    " = \"" amount "\"; }"
#define MEANS(thresholds)                                                                   \
    "  conditions = { means_test = { measure = \"quotient_familial\"; methods = [ \"caf\"," \
    " \"msa\" ]; source = \"D1\"; evidence = { months_max = 12; source = \"D1\"; };"        \
    " thresholds = ( " thresholds " ); }; };\n" EXCUSED
#define BOTH_YEARS THRESHOLD("2025", "1000.00") ", " THRESHOLD("2026", "1000.00")

static const char *
edited(const char *text, const char *from, const char *to)
{
    static struct arena room;
    if (room.next == NULL) {
        room = arena_reserve((size_t)1 << 24);
    }
    return probe_edit(&room, text, from, to);
}

/* March and April as two decisions: alike, or apart in one thing. */
static const struct {
    const char *march, *april;
    size_t stretches;
} rows[] = {
    {"eligible;caf;2025-01;doc;",     "eligible;caf;2025-01;doc;",              1},
    {"eligible;caf;2025-01;doc;",     "not_eligible;caf;2025-01;doc;",          2},
    {"eligible;caf;2025-01;doc;",     "undetermined;caf;2025-01;doc;",          2},
    {"undetermined;caf;2025-01;doc;", "undetermined;caf;2025-01;doc;no_figure", 2},
    {"eligible;caf;2025-01;doc;",     "eligible;msa;2025-01;doc;",              2},
    {"eligible;caf;2025-01;doc;",     "eligible;caf;2025-02;doc;",              2},
    {"eligible;caf;2025-01;doc;",     "eligible;caf;2025-01;other;",            2},
    {"eligible;caf;2025-01;doc;seen", "eligible;caf;2025-01;doc;signed",        2},
    {"eligible;caf;2025-01;doc;seen", "eligible;caf;2025-01;doc;seen",          1},
};

START_TEST(days_alike_are_one_stretch)
{
    struct arena keep = arena_reserve((size_t)1 << 16);
    struct office office = {.members =
                                "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
                            .period = "2025-03-01..2025-04-30"};
    const char *table = "id;rule;verdict;method;month;document;reason;from;to\n";
    table = arena_printf(
        &keep, "%sA;probe;%s;2025-03-01;2025-03-31\nA;probe;%s;2025-04-01;2025-04-30\n",
        table, rows[_i].march, rows[_i].april);
    office.decisions = table;
    struct reckoned town =
        reckon(edited(probe_rules, EXCUSED, MEANS(BOTH_YEARS)), &office);
    struct stretches found =
        standing_over(&town.tables->keep, town.batch.rules, town.batch.decisions,
                      town.batch.roster, town.batch.period, town.batch.period.to);
    ck_assert_uint_eq(found.count, rows[_i].stretches);
    ck_assert_int_eq(found.items[0].during.from.day, day("2025-03-01").day);
    ck_assert_int_eq(found.items[found.count - 1].during.to.day, day("2025-04-30").day);
    ck_assert_int_eq(found.items[0].during.to.day,
                     day(found.count == 1 ? "2025-04-30" : "2025-03-31").day);
}
END_TEST

/* Another threshold is another basis; another row of the table of members another mandate. */
START_TEST(a_new_text_or_mandate_ends_a_stretch)
{
    struct office office = {
        .members =
            "id;last_name;first_name;status;from;to\n"
            "A;Aubier;Lou;drawn;2025-01-01;2026-06-30\nA;Aubier;Lou;drawn;2026-07-01;2026-12-31\n",
        .decisions = "id;rule;verdict;from;to\nA;probe;eligible;2025-01-01;2026-12-31\n",
        .period = "2025-01-01..2026-12-31",
    };
    struct reckoned town =
        reckon(edited(probe_rules, EXCUSED, MEANS(BOTH_YEARS)), &office);
    struct stretches found =
        standing_over(&town.tables->keep, town.batch.rules, town.batch.decisions,
                      town.batch.roster, town.batch.period, town.batch.period.to);
    ck_assert_uint_eq(found.count, 3);
    ck_assert_int_eq(found.items[1].during.from.day, day("2026-01-01").day);
    ck_assert_int_eq(found.items[2].during.from.day, day("2026-07-01").day);
}
END_TEST

static struct figure
figure(const char *month, int64_t cents)
{
    struct date first = day(month);
    return (struct figure){.measure = STR("quotient_familial"),
                           .value = {cents},
                           .method = STR("caf"),
                           .month = date_month_index(first),
                           .checked_on = DATE_NONE};
}

/* Two lives with a year between them that has no threshold, the second from the first of January
 * or from the midst of it. */
static const struct second_life {
    const char *day, *eve;
} second_lives[] = {
    {"2027-01-01", "2026-12-31"},
    {"2027-01-15", "2027-01-14"},
};

/* The figure of January 2025 holds to January 2026; from then on it is too old, where there is
 * something to compare it with. */
START_TEST(a_year_without_a_threshold_is_told_apart)
{
    const struct second_life *second = &second_lives[_i];
    struct arena texts = arena_reserve((size_t)1 << 16);
    const char *rules = edited(
        probe_rules,
        "life = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );",
        arena_printf(&texts,
                     "life = ( { from = \"2025-01-01\"; to = \"2025-12-31\"; source = "
                     "\"D1\"; }, { from = \"%s\"; to = \"2027-12-31\"; source = "
                     "\"D1\"; } );",
                     second->day));
    rules = edited(rules, "to = \"2026-12-31\"; state", "to = \"2027-12-31\"; state");
    rules = edited(rules, "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount",
                   arena_printf(&texts, "{ from = \"%s\"; to = \"2027-12-31\"; amount",
                                second->day));
    rules = edited(
        rules, EXCUSED,
        arena_printf(
            &texts,
            MEANS(THRESHOLD(
                "2025",
                "1000.00") ", { from = \"%s\"; to = "
                           "\"2027-12-31\"; source = \"D1\"; at_most = \"1000.00\"; }"),
            second->day));
    struct office office = {.members =
                                "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
                            .period = "2025-12-01..2027-02-28"};
    struct reckoned town = reckon(rules, &office);
    struct figure only = figure("2025-01-01", 99999);
    size_t first[] = {0, 1};
    struct means means = {.items = &only, .count = 1, .first = first};
    struct decisions *found = means_decide_period(&town.tables->keep, town.batch.rules,
                                                  &means, 1, town.batch.period);
    const struct {
        enum verdict verdict;
        enum reason reason;
        const char *from, *to;
    } expected[] = {
        {VERDICT_ELIGIBLE,     REASON_NONE,           "2025-12-01", "2025-12-31"},
        {VERDICT_UNDETERMINED, REASON_NO_FIGURE,      "2026-01-01", second->eve },
        {VERDICT_UNDETERMINED, REASON_FIGURE_TOO_OLD, second->day,  "2027-02-28"},
    };
    ck_assert_uint_eq(found->count, ARRAY_COUNT(expected));
    for (size_t i = 0; i < found->count; i++) {
        const struct decision *decision = &found->items[i];
        ck_assert_int_eq(decision->verdict, expected[i].verdict);
        ck_assert(
            text_equals(decision->reason, text_of(reason_word(expected[i].reason))));
        ck_assert_int_eq(decision->during.from.day, day(expected[i].from).day);
        ck_assert_int_eq(decision->during.to.day, day(expected[i].to).day);
    }
}
END_TEST

/* A figure of the last years there are holds to the end of days. */
START_TEST(evidence_of_the_last_year_does_not_expire)
{
    struct office office = {.members =
                                "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
                            .period = "2026"};
    struct reckoned town =
        reckon(edited(probe_rules, EXCUSED, MEANS(BOTH_YEARS)), &office);
    static const struct {
        const char *month, *until; /* NULL: open */
    } figures[] = {
        {"2025-01-01", "2026-01-31"},
        {"2198-12-01", "2199-12-31"},
        {"2199-01-01", NULL        },
    };
    for (size_t i = 0; i < ARRAY_COUNT(figures); i++) {
        struct figure only = figure(figures[i].month, 99999);
        size_t first[] = {0, 1};
        struct means means = {.items = &only, .count = 1, .first = first};
        struct assessment found =
            means_test_at(&town.tables->keep, &town.batch.rules->stipend.means, &means, 0,
                          day("2026-01-15"));
        ck_assert_int_eq(found.finding.verdict, VERDICT_ELIGIBLE);
        ck_assert_int_eq(found.valid_until.day, figures[i].until == NULL
                                                    ? DATE_OPEN_FUTURE.day
                                                    : day(figures[i].until).day);
    }
}
END_TEST

static const struct {
    const char *month;
    bool is;
} months[] = {
    {"2026-03",  true },
    {"2026-12",  true },
    {"2026-13",  false},
    {"2026-00",  false},
    {"2026-3",   false},
    {"2026-030", false},
    {"2026/03",  false},
    {"mars 26",  false},
    {"",         false},
};

START_TEST(a_month_of_evidence_has_one_form)
{
    int index = 0;
    ck_assert_int_eq(evidence_month_parse(text_of(months[_i].month), &index),
                     months[_i].is);
    ck_assert_int_eq(index != 0, months[_i].is);
    ck_assert(_i != 0 || index == date_month_index(day("2026-03-31")));
}
END_TEST

Suite *test_standing_suite(void);

Suite *
test_standing_suite(void)
{
    Suite *suite = suite_create("standing");
    TCase *cases = tcase_create("standing");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, days_alike_are_one_stretch, 0, (int)ARRAY_COUNT(rows));
    tcase_add_test(cases, a_new_text_or_mandate_ends_a_stretch);
    tcase_add_loop_test(cases, a_year_without_a_threshold_is_told_apart, 0,
                        (int)ARRAY_COUNT(second_lives));
    tcase_add_test(cases, evidence_of_the_last_year_does_not_expire);
    tcase_add_loop_test(cases, a_month_of_evidence_has_one_form, 0,
                        (int)ARRAY_COUNT(months));
    suite_add_tcase(suite, cases);
    return suite;
}
