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
town_rules(struct arena *keep, bool recovers)
{
    const char *text = probe_edit(keep, probe_rules, "examples =", KEEPS);
    text = recovers ? probe_edit(keep, text, "\"keep\"", "\"recover\"") : text;
    text = probe_edit(keep, text, RECEIPT, OF_MONTH " " RECEIPT);
    return probe_edit(keep, text, "categories = (", TOLL);
}

#define CLAIMS_MAX   4
#define FIRST(claim) "A;2025-05-10;parking;" claim "\n"
#define HELD(claim)  "A;2025-05-17;parking;" claim "\n"
#define LAST(claim)  "A;2025-05-24;parking;" claim "\n"
#define TOLLS(claim) "A;2025-05-17;toll;" claim "\n"
#define JUNE(claim)  "A;2025-06-07;parking;" claim "\n"

enum how {
    KEPT,           /* the parking of 17 May: paid by other rules, on the same facts */
    ALL_SAME,       /* by the same rules */
    OTHER_FACTS,    /* on other facts */
    TAKEN_BACK,     /* the text has it taken back */
    PARTLY_OPEN,    /* a claim of it is undetermined now */
    BESIDE_ANOTHER, /* by the same rules, and by others that of 24 May */
    TOLL_KEPT,      /* another category */
    JUNE_KEPT,      /* another month */
};

/* 9.00 were paid, and a text leaves them to the member: of the 12.00 of the month and category 3.00
 * are left, whichever claim comes first. */
static const struct kept_row {
    const char *claims;
    enum how how;
    int64_t due[CLAIMS_MAX];
} rows[] = {
    {FIRST("10,00;yes") HELD("6,00;yes"),                                   KEPT,           {300, 600}          },
 /* One right of two claims is kept once; or one of them has no receipt. */
    {FIRST("10,00;yes") HELD("3,00;yes") HELD("4,00;yes") LAST("5,00;yes"),
     KEPT,                                                                                  {300, 300, 400, 0}  },
    {FIRST("1,00;yes") HELD("3,00;yes") HELD("4,00;yes") LAST("5,00;yes"),
     KEPT,                                                                                  {100, 300, 400, 200}},
    {FIRST("10,00;yes") HELD("5,00;no") HELD("6,00;yes"),                   KEPT,           {300, 0, 600}       },
    {FIRST("5,00;yes") HELD("6,00;yes") LAST("4,00;yes"),                   BESIDE_ANOTHER, {300, 0, 400}       },
 /* What is not kept is counted anew; so is a right of which the claims are gone. */
    {FIRST("10,00;yes") HELD("6,00;yes"),                                   ALL_SAME,       {1000, 200}         },
    {FIRST("10,00;yes") HELD("6,00;yes"),                                   OTHER_FACTS,    {1000, 200}         },
    {FIRST("10,00;yes") HELD("6,00;yes"),                                   TAKEN_BACK,     {1000, 200}         },
    {FIRST("10,00;yes"),                                                    KEPT,           {1000}              },
 /* It stays paid until more is known, and where that passes the ceiling the run is refused. */
    {FIRST("10,00;yes") HELD(";yes") HELD("6,00;yes"),                      PARTLY_OPEN,    {1000, 0, 200}      },
    {FIRST("10,00;yes") TOLLS("6,00;yes"),                                  TOLL_KEPT,      {1000, 600}         },
    {FIRST("10,00;yes") JUNE("6,00;yes"),                                   JUNE_KEPT,      {1000, 600}         },
};

static void
pay_before(struct reckoned *town, struct history *history, enum how how)
{
    struct past_right paid = {
        .component = how == TOLL_KEPT ? "toll" : "parking",
        .day = how == JUNE_KEPT ? "2025-06-07" : "2025-05-17",
        .unit = "",
        .cents = 900,
        .changed_rules = how != ALL_SAME && how != BESIDE_ANOTHER,
        .changed_facts = how == OTHER_FACTS,
    };
    past_paid(town, history, &paid);
    if (how == BESIDE_ANOTHER) {
        paid.day = "2025-05-24";
        paid.changed_rules = true;
        past_paid(town, history, &paid);
    }
}

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
    struct reckoned town = reckon(town_rules(&room, row->how == TAKEN_BACK), &office);
    struct history *history = past_nothing(&town, "2025-05-01");
    pay_before(&town, history, row->how);
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
    ck_assert_uint_eq(reckon_filed(&town, CODE_P122), row->how == PARTLY_OPEN);
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
