/* SPDX-License-Identifier: Apache-2.0 */
/* What stays paid takes its place under a ceiling before any line does. */
#include "support/past.h"

#include <stdio.h>

#define SPAN "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define KEEPS \
    "payment = { retroactive = ( { " SPAN "decrease = \"keep\"; } ); }; examples ="
/* 12.00 a month for each of two categories. */
#define OF_MONTH \
    "caps = ( { per = \"month\"; limits = ( { " SPAN "amount = \"12.00\"; } ); } );"
#define RECEIPT "method = \"receipt\"; unit = \"claim\";"
#define TOLL                                                                              \
    "categories = ( { category = \"toll\"; label = { fr = \"P\"; en = \"T\"; }; " RECEIPT \
    " source = \"D1\"; receipt = { required = true; source = \"D1\"; }; " OF_MONTH " },"

static const char *
town_rules(struct arena *keep)
{
    const char *text = probe_edit(keep, probe_rules, "examples =", KEEPS);
    text = probe_edit(keep, text, RECEIPT, OF_MONTH " " RECEIPT);
    return probe_edit(keep, text, "categories = (", TOLL);
}

#define CLAIMS_MAX 4

/* 9.00 were paid by other rules, and a text leaves them to the member: of the 12.00 of that month
 * and category 3.00 are left, whichever claim comes first. */
static const struct kept_row {
    const char *claims;
    struct past_right paid[2];
    int64_t due[CLAIMS_MAX];
    bool refused; /* with what stays paid, the ceiling is passed: the run is refused */
} rows[] = {
    {"A;2025-05-10;parking;10,00;yes\nA;2025-05-17;parking;6,00;yes\n",
     {{"parking", "2025-05-17", "", 900, true, false}},
     {300, 600},
     false},
 /* One right of two claims is kept once. */
    {"A;2025-05-10;parking;10,00;yes\nA;2025-05-17;parking;4,00;yes\n"
     "A;2025-05-17;parking;3,00;yes\nA;2025-05-24;parking;5,00;yes\n", {{"parking", "2025-05-17", "", 900, true, false}},
     {300, 400, 300, 0},
     false},
 /* One of them has no receipt. */
    {"A;2025-05-10;parking;10,00;yes\nA;2025-05-17;parking;5,00;no\n"
     "A;2025-05-17;parking;6,00;yes\n",                                {{"parking", "2025-05-17", "", 900, true, false}},
     {300, 0, 600},
     false},
 /* What the same rules paid is counted anew. */
    {"A;2025-05-10;parking;5,00;yes\nA;2025-05-17;parking;6,00;yes\n"
     "A;2025-05-24;parking;4,00;yes\n",                                {{"parking", "2025-05-17", "", 900, false, false},
      {"parking", "2025-05-24", "", 900, true, false}},
     {300, 0, 400},
     false},
    {"A;2025-05-10;parking;10,00;yes\nA;2025-05-17;parking;6,00;yes\n",
     {{"parking", "2025-05-17", "", 900, false, false}},
     {1000, 200},
     false},
 /* So is what was paid on other facts, or on none that is left. */
    {"A;2025-05-10;parking;10,00;yes\nA;2025-05-17;parking;6,00;yes\n",
     {{"parking", "2025-05-17", "", 900, true, true}},
     {1000, 200},
     false},
    {"A;2025-05-10;parking;10,00;yes\n",
     {{"parking", "2025-05-17", "", 900, true, false}},
     {1000},
     false},
 /* What is undetermined is not kept by that text: it stays paid until more is known. */
    {"A;2025-05-10;parking;10,00;yes\nA;2025-05-17;parking;;yes\n"
     "A;2025-05-17;parking;6,00;yes\n",                                {{"parking", "2025-05-17", "", 900, true, false}},
     {1000, 0, 200},
     true },
 /* Another category, and another month, has its own ceiling. */
    {"A;2025-05-10;parking;10,00;yes\nA;2025-05-17;toll;6,00;yes\n",
     {{"toll", "2025-05-17", "", 900, true, false}},
     {1000, 600},
     false},
    {"A;2025-05-10;parking;10,00;yes\nA;2025-06-07;parking;6,00;yes\n",
     {{"parking", "2025-06-07", "", 900, true, false}},
     {1000, 600},
     false},
};

START_TEST(what_is_kept_uses_its_ceiling_first)
{
    const struct kept_row *row = &rows[_i];
    struct arena room = arena_reserve((size_t)1 << 20);
    char claims[300];
    ck_assert_int_lt(snprintf(claims, sizeof claims,
                              "member;date;category;amount;receipt\n%s", row->claims),
                     (int)sizeof claims);
    const struct office office = {
        .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
        .attendance = "member;date;kind;attendance\nA;2025-05-10;plenary;P\n"
                      "A;2025-05-17;plenary;P\nA;2025-05-24;plenary;P\n"
                      "A;2025-06-07;plenary;P\n",
        .expenses = claims,
        .period = "2025-05-01..2025-06-30",
    };
    struct reckoned town = reckon(town_rules(&room), &office);
    struct history *history = past_nothing(&town, "2025-05-01");
    for (size_t i = 0; i < ARRAY_COUNT(row->paid) && row->paid[i].component != NULL;
         i++) {
        past_paid(&town, history, &row->paid[i]);
    }
    struct member_result result = reckon_member(&town, 0);
    size_t claim = 0;
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        if (line->is_claim) {
            ck_assert_uint_lt(claim, CLAIMS_MAX);
            ck_assert_int_eq(line->due.cents, row->due[claim]);
            claim++;
        }
    }
    (void)batch_summarise(&town.tables->keep, &town.batch, town.diag, NULL);
    ck_assert_uint_eq(reckon_filed(&town, CODE_P122), row->refused);
    tables_end(town.tables);
    arena_release(room);
}
END_TEST

Suite *test_kept_suite(void);

Suite *
test_kept_suite(void)
{
    Suite *suite = suite_create("kept");
    TCase *cases = tcase_create("kept");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, what_is_kept_uses_its_ceiling_first, 0,
                        (int)ARRAY_COUNT(rows));
    suite_add_tcase(suite, cases);
    return suite;
}
