/* SPDX-License-Identifier: Apache-2.0 */
/* What a person is told of a batch as a whole: one receipt claimed twice, counts that begin at
 * nothing. */
#include "defray/history.h"

#include "support/days.h"
#include "support/reckon.h"

#include <check.h>
#include <string.h>

#define MEMBERS   "id;last_name;first_name;status\nA;Aubier;Lou;drawn\nB;Brunel;Sam;drawn\n"
#define PLENARIES "member;date;kind;attendance\n"
#define CLAIMS    "member;date;category;amount;receipt\n"
#define EXCUSED   "  excused = {"
#define YEARLY                                                                               \
    "  caps = ( { per = \"year\"; limits = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; " \
    "source = \"D1\"; amount = \"500.00\"; } ); } );\n"

/* What is said under the code, a line each, for the batch as it is now. */
static const char *
said(struct reckoned *town, enum code code)
{
    struct arena *keep = &town->tables->keep;
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    (void)batch_summarise(keep, &town->batch, diag, NULL);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        if (filed[i].code == code) {
            all = arena_printf(keep, "%s%s\n", all, filed[i].text);
        }
    }
    return all;
}

/* An empty history of the two members, settled from the first day of the period on. */
static struct history *
no_history(struct reckoned *town)
{
    struct arena *keep = &town->tables->keep;
    struct history *history = NEW(keep, struct history);
    *history = (struct history){
        .since = town->batch.period.from,
        .items = NEW_ARRAY(keep, struct paid_right, 2),
        .first = NEW_ARRAY(keep, size_t, 3),
        .standings = NEW_ARRAY(keep, struct position, 2),
    };
    town->batch.history = history;
    return history;
}

/* Without a ledger, the claims of the tables are held against each other: those of the period
 * among themselves and against those of before. A reference that any sheet may have tells of one
 * member, one day and one category. */
static const struct claimed_twice {
    const char *first, *second;
    const char *told; /* whose second claim; NULL: nothing */
} claimed_twice[] = {
    {"A;2025-05-17;parking;9,00;FACT-2211\n", "B;2025-05-18;parking;9,00;FACT-2211\n",
     "B"                                                                                   },
    {"A;2025-05-17;parking;9,00;FACT-2211\n", "B;2025-04-12;parking;9,00;FACT-2211\n",
     "B"                                                                                   },
    {"A;2025-04-12;parking;9,00;FACT-2211\n", "B;2025-05-17;parking;9,00;FACT-2211\n",
     "B"                                                                                   },
    {"A;2025-04-12;parking;9,00;FACT-2211\n", "B;2025-04-13;parking;9,00;FACT-2211\n",
     NULL                                                                                  },
    {"A;2025-05-17;parking;9,00;FACT-2211\n", "B;2025-06-07;parking;9,00;FACT-2211\n",
     NULL                                                                                  },
    {"A;2025-05-17;parking;9,00;FACT-2211\n", "B;2025-05-18;parking;9,00;FACT-2212\n",
     NULL                                                                                  },
    {"A;2025-05-17;parking;9,00;F12\n",       "A;2025-05-17;parking;9,50;f12\n",       "A" },
    {"A;2025-05-17;parking;9,00;F12\n",       "A;2025-05-18;parking;9,50;F12\n",       NULL},
    {"A;2025-05-17;parking;9,00;F12\n",       "B;2025-05-17;parking;9,50;F12\n",       NULL},
    {"A;2025-05-17;parking;9,00;F12\n",       "A;2025-05-17;childcare;9,50;F12\n",     NULL},
    {"A;2025-05-17;parking;9,00;ticket\n",    "A;2025-05-17;parking;9,50;ticket\n",    NULL},
};

START_TEST(claims_that_name_one_receipt)
{
    const struct claimed_twice *row = &claimed_twice[_i];
    struct arena room = arena_reserve((size_t)1 << 16);
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
        .expenses = arena_printf(&room, CLAIMS "%s%s", row->first, row->second),
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    ck_assert_str_eq(said(&town, CODE_L021),
                     row->told == NULL
                         ? ""
                         : arena_printf(&room,
                                        "a claim of 'A' and one of '%s' name the same "
                                        "receipt\n",
                                        row->told));
    tables_end(town.tables);
}
END_TEST

/* FACT-2211 is claimed, and another assembly has paid it; here, something was paid before. */
static const struct paid_beside {
    const char *beside; /* receipt of the other assembly */
    const char *here;   /* receipt that this one knows */
    int64_t cents;      /* what it has paid for it */
    bool told;
} paid_beside[] = {
    {"FACT-2211", "FACT-2211", 900, false}, /* it was told when it was paid */
    {"FACT-2211", "FACT-2211", 0,   true }, /* it was taken back */
    {"FACT-2211", "FACT-2212", 900, true },
    {"FACT-2213", "FACT-2212", 900, false},
};

START_TEST(a_receipt_that_another_assembly_has_paid)
{
    const struct paid_beside *row = &paid_beside[_i];
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
        .expenses = CLAIMS "A;2025-05-17;parking;9,00;FACT-2211\n",
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    struct arena *keep = &town.tables->keep;
    const struct beside beside[] = {
        {STR("elders"), unit_mark(keep, STR("FACT-2210")),     day("2025-05-03")},
        {STR("youth"),  unit_mark(keep, text_of(row->beside)), day("2025-05-10")},
    };
    struct history *history = no_history(&town);
    history->beside = beside;
    history->beside_count = ARRAY_COUNT(beside);
    history->items[0] = (struct paid_right){
        .right = {STR("parking"),     day("2025-05-17"),
                  unit_of_claim(keep, STR(""), text_of(row->here))},
        .amount = {row->cents},
        .same_rules = true,
    };
    history->first[1] = history->first[2] = 1;
    ck_assert_str_eq(said(&town, CODE_L021),
                     row->told ? "a receipt of 'A' was paid on 2025-05-10 already, in "
                                 "the assembly 'youth'\n"
                               : "");
    tables_end(town.tables);
}
END_TEST

/* A mark is the end of a unit, and a long name of a session is none. */
START_TEST(a_unit_is_a_session_and_a_receipt)
{
    static const struct {
        const char *unit, *session, *mark;
    } rows[] = {
        {"S1",                       "S1",                       ""                 },
        {"",                         "",                         ""                 },
        {"#0123456789abcdef",        "",                         "#0123456789abcdef"},
        {"S1#0123456789abcdef",      "S1",                       "#0123456789abcdef"},
        {"Assembly-of-2025-05-17",   "Assembly-of-2025-05-17",   ""                 },
        {"#7 of the working groups", "#7 of the working groups", ""                 },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct unit_parts parts = unit_parts(text_of(rows[i].unit));
        ck_assert_msg(text_equals(parts.session, text_of(rows[i].session)) &&
                          text_equals(parts.mark, text_of(rows[i].mark)),
                      "%s", rows[i].unit);
    }
}
END_TEST

/* A ceiling of the year begins at nothing where no table and no ledger has a day before: what was
 * taken back to nothing is none that was paid. */
START_TEST(a_count_begins_with_what_was_paid)
{
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
        .period = "2025-05-10..2025-05-31",
    };
    struct arena room = arena_reserve((size_t)1 << 16);
    struct reckoned town =
        reckon(probe_edit(&room, probe_rules, EXCUSED, YEARLY EXCUSED), &office);
    struct history *history = no_history(&town);
    history->since = day("2025-05-01");
    history->items[0] = (struct paid_right){
        .right = {STR("stipend"), day("2025-05-03"), STR("plenary")},
        .same_rules = true,
    };
    history->first[1] = history->first[2] = 1;
    ck_assert_ptr_nonnull(strstr(said(&town, CODE_L026), "the ledger has paid nothing"));
    history->items[0].amount.cents = 4000;
    ck_assert_str_eq(said(&town, CODE_L026), "");
    tables_end(town.tables);
}
END_TEST

/* A ceiling of the year: December is of another one, whatever no decision says of it. */
START_TEST(days_that_no_decision_covers_are_of_the_span)
{
    const char *rules = probe_text(probe_rules, EXCUSED, YEARLY EXCUSED);
    rules =
        probe_text(rules, "statuses =",
                   "conditions = { means_test = { measure = \"quotient_familial\"; "
                   "methods = [ \"caf\" ]; source = \"D1\"; thresholds = ( { from = "
                   "\"2025-01-01\"; to = \"2026-12-31\"; at_most = \"1000.00\"; source = "
                   "\"D1\"; } ); }; };\n  statuses =");
    rules =
        probe_text(rules, "date = \"2025-05-17\"; kind = \"plenary\"; } );",
                   "date = \"2025-05-17\"; kind = \"plenary\"; } ); figure = { value = "
                   "\"10.00\"; method = \"caf\"; };");
    struct office office = {
        .members = MEMBERS,
        .attendance = PLENARIES "A;2025-12-13;plenary;P\nA;2026-01-17;plenary;P\n"
                                "A;2026-02-14;plenary;P\n",
        .decisions = "id;rule;verdict;from;to\nA;probe;eligible;2026-02-01;2026-02-28\n"
                     "B;probe;eligible;2026-02-01;2026-02-28\n",
        .period = "2026-02",
    };
    struct reckoned town = reckon(rules, &office);
    const char *all = said(&town, CODE_L031);
    ck_assert_msg(strstr(all, "no decision covers: 1, from 2026-01-17 to 2026-01-17") !=
                      NULL,
                  "%s", all);
    tables_end(town.tables);
}
END_TEST

Suite *test_notices_suite(void);

Suite *
test_notices_suite(void)
{
    Suite *suite = suite_create("notices");
    TCase *cases = tcase_create("notices");
    tcase_add_loop_test(cases, claims_that_name_one_receipt, 0,
                        (int)ARRAY_COUNT(claimed_twice));
    tcase_add_loop_test(cases, a_receipt_that_another_assembly_has_paid, 0,
                        (int)ARRAY_COUNT(paid_beside));
    tcase_add_test(cases, a_unit_is_a_session_and_a_receipt);
    tcase_add_test(cases, a_count_begins_with_what_was_paid);
    tcase_add_test(cases, days_that_no_decision_covers_are_of_the_span);
    suite_add_tcase(suite, cases);
    return suite;
}
