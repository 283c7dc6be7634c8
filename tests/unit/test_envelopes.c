/* SPDX-License-Identifier: Apache-2.0 */
/* What an envelope of the year has paid: what the tables lack is taken from the ledger. */
#include "support/days.h"
#include "support/past.h"

#define SPAN "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define ENVELOPE                                                                         \
    "envelopes = ( { name = \"e\"; label = { fr = \"e\"; en = \"e\"; }; per = \"year\";" \
    " categories = [ \"parking\" ]; limits = ( { " SPAN                                  \
    "amount = \"80.00\"; } ); } ); examples ="
#define STATE "to = \"2026-12-31\"; state = \"in_force\";"
#define MAY                                                                                 \
    "to = \"2025-04-30\"; state = \"in_force\"; source = \"D1\"; },"                        \
    " { from = \"2025-05-01\"; to = \"2025-05-31\"; state = \"annulled\"; source = \"D1\";" \
    " }, { from = \"2025-06-01\"; " STATE
#define MEMBERS "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n"
#define CLAIMS  "member;date;category;amount;receipt\n"

static struct summary *
summary_of(struct reckoned *town)
{
    return batch_summarise(&town->tables->keep, &town->batch, NULL, NULL);
}

/* Of the year, and of days before those that are settled: each day of it, and no other. */
START_TEST(what_the_ledger_paid_before_in_the_year)
{
    static const struct past_right paid[] = {
        {"parking", "2025-05-10", "", 300,  false, false},
        {"parking", "2026-05-10", "", 400,  false, false},
        {"parking", "2026-05-11", "", 500,  false, false},
        {"parking", "2026-07-05", "", 700,  false, false},
        {"stipend", "2026-05-11", "", 4000, false, false},
    };
    struct arena room = arena_reserve((size_t)1 << 20);
    const struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2026-06-07;plenary;P\n",
        .expenses = CLAIMS "A;2026-06-07;parking;6,00;yes\n",
        .period = "2026-06",
    };
    struct reckoned town =
        reckon(probe_edit(&room, probe_rules, "examples =", ENVELOPE), &office);
    struct history *history = past_nothing(&town, "2026-06-01");
    for (size_t i = 0; i < ARRAY_COUNT(paid); i++) {
        past_elsewhere(history, &paid[i]);
    }
    const struct summary *summary = summary_of(&town);
    ck_assert_uint_eq(summary->envelope_count, 1);
    ck_assert_int_eq(summary->envelopes[0].year, 2026);
    ck_assert_int_eq(summary->envelopes[0].before.cents, 400 + 500);
    ck_assert_int_eq(summary->envelopes[0].now.cents, 600);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

/* Before the rules' life there is no envelope that could have paid. */
START_TEST(what_was_paid_before_there_was_an_envelope)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    const struct office office = {.members = MEMBERS, .period = "2024-12"};
    struct reckoned town =
        reckon(probe_edit(&room, probe_rules, "examples =", ENVELOPE), &office);
    struct history *history = past_nothing(&town, "2024-12-01");
    past_elsewhere(history,
                   &(struct past_right){"parking", "2024-05-10", "", 400, false, false});
    ck_assert_uint_eq(summary_of(&town)->envelope_count, 0);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

/* A claim of a day that is not paid has cost nothing; another receipt of the day was paid. */
START_TEST(what_is_set_aside_is_not_what_was_paid)
{
    struct arena room = arena_reserve((size_t)1 << 20);
    const char *rules = probe_edit(&room, probe_rules, STATE, MAY);
    const struct office office = {
        .members = MEMBERS,
        .attendance = "member;date;kind;attendance\nA;2025-05-10;plenary;P\n",
        .expenses = CLAIMS "A;2025-05-10;parking;9,00;R-1\n",
        .period = "2025-06",
    };
    struct reckoned town =
        reckon(probe_edit(&room, rules, "examples =", ENVELOPE), &office);
    struct history *history = past_nothing(&town, "2025-06-01");
    past_elsewhere(history,
                   &(struct past_right){"parking", "2025-05-10", "", 500, false, false});
    const struct summary *summary = summary_of(&town);
    ck_assert_uint_eq(summary->envelope_count, 1);
    ck_assert_int_eq(summary->envelopes[0].before.cents, 500);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

Suite *test_envelopes_suite(void);

Suite *
test_envelopes_suite(void)
{
    Suite *suite = suite_create("envelopes");
    TCase *cases = tcase_create("envelopes");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, what_the_ledger_paid_before_in_the_year);
    tcase_add_test(cases, what_was_paid_before_there_was_an_envelope);
    tcase_add_test(cases, what_is_set_aside_is_not_what_was_paid);
    suite_add_tcase(suite, cases);
    return suite;
}
