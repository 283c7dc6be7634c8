/* SPDX-License-Identifier: Apache-2.0 */
/* What is about to be paid, held against what a ledger has on other days and in other assemblies:
 * one member's history made by hand. */
#include "defray/settlement.h"

#include "support/days.h"
#include "support/reckon.h"

#include <check.h>
#include <string.h>

#define SPAN      "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define TARIFF    "per = \"session\"; kinds = [ \"plenary\" ];"
#define TARIFFS   "  tariffs = ("
#define EXCUSED   "  excused = {"
#define RECEIPT   "method = \"receipt\"; unit = \"claim\";"
#define CATEGORY  "receipt = { required"
#define LIMIT(of) "limits = ( { " SPAN of " } ); "
#define YEARLY    "caps = ( { per = \"year\"; " LIMIT("amount = \"50.00\";") "} ); "
#define SOFT \
    "caps = ( { per = \"year\"; limit = \"soft\"; " LIMIT("amount = \"50.00\";") "} ); "
#define FLAT         "per = \"mandate\"; kinds = [ \"plenary\" ];"
#define LIFE_TO_2026 "to = \"2026-12-31\"; source = \"D1\"; } );\nstatus"
#define TWO_LIVES \
    "to = \"2025-12-31\"; source = \"D1\"; }, { from = \"2026-01-01\"; " LIFE_TO_2026
#define TEN_HOURS                                                                 \
    "per = \"hour\"; kinds = [ \"plenary\" ]; caps = ( { per = \"year\"; " LIMIT( \
        "quantity = \"10\";") "} );"
#define EVENINGS                                                               \
    TARIFFS " { per = \"session\"; kinds = [ \"evening\" ]; source = \"D1\"; " \
            "amounts = ( { " SPAN "amount = \"30.00\"; } ); }, "
#define NO_EVENING "\"half_day\", \"evening\","
#define NONE       "\"half_day\","
#define KEEPS \
    "payment = { retroactive = ( { " SPAN "decrease = \"keep\"; } ); }; examples ="
#define HOURS \
    "method = \"unit\"; unit = \"hour\"; rates = ( { " SPAN "amount = \"10.00\"; } );"
#define LOSS                                                                          \
    "method = \"unit\"; unit = \"hour\"; annexe = \"income_loss\"; rates = ( { " SPAN \
    "amount = \"10.00\"; } );"
#define SERIES  "[ \"smic\" ]"
#define SCALES  "[ \"smic\", \"state-mileage\" ]"
#define MILEAGE "method = \"scale\"; unit = \"kilometre\"; scale = \"state-mileage\";"

struct past { /* of a ledger */
    const char *component, *day, *session;
    int64_t cents;
    const char *receipt; /* NULL: none */
    const char *other;   /* not A: "B", or "" for somebody in no row of the table */
    bool old_rules;
};

struct looked {
    const char *edits[6]; /* of the rules: what is replaced, and by what */
    const char *attendance, *expenses;
    struct past elsewhere[2], known[4];
    const char *period, *since; /* NULL: May 2025 */
    const char *km_before;      /* of A; NULL: not stated */
    const char *filed;          /* of what is looked for here; NULL: nothing */
    const char *says;           /* in one of them; NULL: nothing in particular */
};

static const enum code looked_for[] = {CODE_P121, CODE_P122, CODE_L021, CODE_L022,
                                       CODE_L023};

static size_t
count_past(const struct past *past, size_t most)
{
    size_t count = 0;
    while (count < most && past[count].component != NULL) {
        count++;
    }
    return count;
}

static struct right
right_of(struct arena *keep, const struct past *past)
{
    const char *receipt = past->receipt == NULL ? "" : past->receipt;
    return (struct right){text_of(past->component), day(past->day),
                          unit_of_claim(keep, text_of(past->session), text_of(receipt))};
}

static uint32_t
whose(const struct past *past)
{
    if (past->other == NULL) {
        return 0;
    }
    return strcmp(past->other, "B") == 0 ? 1 : UINT32_MAX;
}

/* Of what is known the facts are those of now. */
static struct history *
history_of(struct reckoned *town, struct date since, const struct past *known,
           size_t known_count)
{
    struct arena *keep = &town->tables->keep;
    struct history *history = NEW(keep, struct history);
    *history = (struct history){
        .since = since,
        .items = NEW_ARRAY(keep, struct paid_right, 8),
        .first = NEW_ARRAY(keep, size_t, 3),
        .standings = NEW_ARRAY(keep, struct position, 2),
    };
    town->batch.history = history;
    struct member_result result = reckon_member(town, 0);
    struct settlement fresh = settle_member(keep, &town->batch, 0, &result);
    for (size_t i = 0; i < known_count; i++) {
        struct paid_right *item = &history->items[i];
        *item = (struct paid_right){.right = right_of(keep, &known[i]),
                                    .amount = {known[i].cents},
                                    .same_rules = !known[i].old_rules};
        for (size_t j = 0; j < fresh.count; j++) {
            if (right_compare(&fresh.items[j].right, &item->right) == 0) {
                item->fact = fresh.items[j].fact;
            }
        }
    }
    history->first[1] = history->first[2] = known_count;
    return history;
}

static void
add_elsewhere(struct reckoned *town, struct history *history, const struct past *past,
              size_t count)
{
    struct arena *keep = &town->tables->keep;
    struct elsewhere *items = NEW_ARRAY(keep, struct elsewhere, count + 1);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct elsewhere){.right = right_of(keep, &past[i]),
                                      .amount = {past[i].cents},
                                      .member = whose(&past[i]),
                                      .same_receipt = past[i].receipt != NULL};
    }
    history->elsewhere = items;
    history->elsewhere_count = count;
}

/* The ids of what is looked for; `said` becomes the texts, a line each. */
static const char *
told(struct reckoned *town, const char **said)
{
    struct arena *keep = &town->tables->keep;
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    (void)batch_summarise(keep, &town->batch, diag, NULL);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    const char *ids = "";
    *said = "";
    for (size_t code = 0; code < ARRAY_COUNT(looked_for); code++) {
        for (size_t i = 0; i < count; i++) {
            if (filed[i].code == looked_for[code]) {
                ids = arena_printf(keep, "%s%s%s", ids, ids[0] == '\0' ? "" : " ",
                                   code_page(filed[i].code)->id);
                *said = arena_printf(keep, "%s%s\n", *said, filed[i].text);
            }
        }
    }
    return ids;
}

static struct reckoned
reckoned_of(struct arena *room, const struct looked *row)
{
    const char *rules = probe_rules;
    for (size_t i = 0; i < ARRAY_COUNT(row->edits) && row->edits[i] != NULL; i += 2) {
        rules = probe_edit(room, rules, row->edits[i], row->edits[i + 1]);
    }
    struct office office = {
        .members = arena_printf(room,
                                "id;last_name;first_name;status;horsepower;km_before\n"
                                "A;Aubier;Lou;drawn;5;%s\nB;Brunel;Sam;drawn;5;\n",
                                row->km_before == NULL ? "" : row->km_before),
        .attendance = arena_printf(room, "member;session;date;kind;attendance;hours\n%s",
                                   row->attendance),
        .period = row->period == NULL ? "2025-05" : row->period,
    };
    if (row->expenses != NULL) {
        office.expenses = arena_printf(
            room, "member;date;category;amount;quantity;receipt\n%s", row->expenses);
    }
    return reckon(rules, &office);
}

static void
assert_told(const struct looked *row)
{
    struct arena start = arena_reserve((size_t)1 << 20);
    struct arena room = start;
    struct reckoned town = reckoned_of(&room, row);
    struct date since = row->since == NULL ? town.batch.period.from : day(row->since);
    struct history *history = history_of(&town, since, row->known,
                                         count_past(row->known, ARRAY_COUNT(row->known)));
    add_elsewhere(&town, history, row->elsewhere,
                  count_past(row->elsewhere, ARRAY_COUNT(row->elsewhere)));
    const char *said = "";
    const char *wanted = row->filed == NULL ? "" : row->filed;
    const char *filed = told(&town, &said);
    ck_assert_msg(strcmp(filed, wanted) == 0, "'%s', not '%s':\n%s", filed, wanted, said);
    ck_assert_msg(row->says == NULL || strstr(said, row->says) != NULL, "no '%s' in:\n%s",
                  row->says, said);
    tables_end(town.tables);
    arena_release(start);
}

/* A row is as long as what makes it another. */
/* clang-format off */
#define S1_OF_MAY "A;S1;2025-05-17;plenary;P;\n"
#define S2_OF_MAY "A;S2;2025-05-24;plenary;P;\n"
#define OF_MAY_3 "A;S3;2025-05-03;plenary;P;\n"
#define TWO_HOURS(session, day) "A;" session ";" day ";plenary;P;2\n"
#define PARKED "A;2025-05-17;parking;"
#define WAS(what, on, of, sum) .component = what, .day = on, .session = of, .cents = sum
#define STIPEND(on, of, sum) {WAS("stipend", on, of, sum)}
#define PARKING(on, sum) {WAS("parking", on, "", sum)}
#define APRIL STIPEND("2025-04-12", "S0", 4000)
#define OF_B(what) {WAS(what, "2025-04-12", "S0", 4000), .other = "B"}
#define OF_A_RECEIPT(who) \
    {WAS("parking", "2025-04-12", "", 900), .receipt = "FACT-2211", .other = who}
#define BESIDE_EVENINGS TARIFF, FLAT, TARIFFS, EVENINGS, NO_EVENING, NONE

/* S1 of 17 May is new, at 40.00. */
static const struct looked sessions[] = {
    {.attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S1", 4000)},
     .filed = "P121",
     .says = "session 'S1' of 2025-05-17 was paid to 'A' on 2025-04-12 already"},
    /* the same of a day before the period that is settled */
    {.attendance = OF_MAY_3,
     .period = "2025-05-10..2025-05-31",
     .since = "2025-05-01",
     .elsewhere = {STIPEND("2025-04-12", "S3", 4000)},
     .filed = "P121"},
    /* it was paid on its own day too: what is added is a better rate */
    {.attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S1", 4000)},
     .known = {STIPEND("2025-05-17", "S1", 3000)}},
    /* a claim was paid for the session, the presence was not */
    {.attendance = S1_OF_MAY,
     .elsewhere = {{WAS("parking", "2025-04-12", "S1", 4000)}}},
};

START_TEST(a_session_that_was_paid_on_another_day)
{
    assert_told(&sessions[_i]);
}
END_TEST

/* 9.00 of FACT-2211 were paid in April. */
static const struct looked receipts[] = {
    {.attendance = S1_OF_MAY,
     .expenses = "A;2025-05-17;parking;9,00;;FACT-2211\n",
     .elsewhere = {OF_A_RECEIPT("B")},
     .filed = "L021",
     .says = "a receipt of 'A' was paid to 'B' on 2025-04-12 already"},
    {.attendance = S1_OF_MAY,
     .expenses = "A;2025-05-17;parking;9,00;;FACT-2211\n",
     .elsewhere = {OF_A_RECEIPT("")},
     .filed = "L021",
     .says = "a receipt of 'A' was paid on 2025-04-12 already, to somebody who is not in"},
    {.attendance = S1_OF_MAY,
     .expenses = "A;2025-05-17;parking;9,00;;FACT-2212\n",
     .elsewhere = {OF_A_RECEIPT("B")}},
};

START_TEST(a_receipt_that_was_paid_on_another_day)
{
    assert_told(&receipts[_i]);
}
END_TEST

/* A flat amount is due once a mandate, whatever it was when it was paid. */
static const struct looked mandates[] = {
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .filed = "P122",
     .says = "with the 40.00 € paid to 'A' for days from 2025-04-12 to 2025-04-12, "
             "'stipend' comes to 80.00 €; the ceiling is 40.00 €"},
    /* it was 40.00 in 2025 and is 42.00 */
    {.edits = {TARIFF, FLAT},
     .attendance = "A;S1;2026-05-16;plenary;P;\n",
     .period = "2026-05",
     .elsewhere = {APRIL},
     .filed = "P122",
     .says = "comes to 82.00 €; the ceiling is 42.00 €"},
    /* in another mandate it is due again */
    {.edits = {TARIFF, FLAT, LIFE_TO_2026, TWO_LIVES},
     .attendance = "A;S1;2026-05-16;plenary;P;\n",
     .period = "2026-05",
     .elsewhere = {APRIL}},
    /* of the same day, the first session gives nothing */
    {.edits = {TARIFF, FLAT},
     .attendance = "A;S0;2025-05-17;plenary;E;\n" S1_OF_MAY,
     .elsewhere = {APRIL},
     .filed = "P122"},
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {OF_B("stipend")}},
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {PARKING("2025-04-12", 4000)}},
    /* it only moves within the month */
    {.edits = {TARIFF, FLAT},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .known = {STIPEND("2025-05-10", "S9", 4000)}},
    /* evenings are paid as well: 30.00 may be one of them, and are if the sheet is there */
    {.edits = {BESIDE_EVENINGS},
     .attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 3000)},
     .filed = "L023"},
    {.edits = {BESIDE_EVENINGS},
     .attendance = "A;S0;2025-04-12;evening;P;\n" S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 3000)}},
    {.edits = {BESIDE_EVENINGS},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .filed = "P122"},
    /* two evenings come to more than the flat amount, and are none where the sheet shows them */
    {.edits = {BESIDE_EVENINGS},
     .attendance = "A;S0;2025-04-12;evening;P;\nA;S2;2025-04-19;evening;P;\n" S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 3000), STIPEND("2025-04-19", "S2", 3000)}},
};

START_TEST(a_flat_amount_is_paid_once)
{
    assert_told(&mandates[_i]);
}
END_TEST

/* At most 50.00 a year, of which the tables do not show all. */
static const struct looked ceilings[] = {
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1001)},
     .filed = "P122",
     .says = "comes to 50.01 €; the ceiling is 50.00 €"},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1000)}},
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = "A;S1;2026-01-17;plenary;P;\n",
     .period = "2026-01",
     .elsewhere = {STIPEND("2025-12-13", "S0", 4000)}},
    {.edits = {EXCUSED, SOFT EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL}},
    /* told once, however many days are new */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .elsewhere = {STIPEND("2025-04-12", "S0", 1001)},
     .filed = "P122",
     .says = "comes to 60.01 €"},
    /* what is gained was lost beside it */
    {.edits = {EXCUSED, YEARLY EXCUSED},
     .attendance = S1_OF_MAY,
     .elsewhere = {APRIL},
     .known = {STIPEND("2025-05-10", "S9", 4000)}},
    /* of a category, what was paid for it on the settled days is of the sum, and nothing else */
    {.edits = {CATEGORY, YEARLY CATEGORY},
     .attendance = "A;S9;2025-05-10;plenary;P;\n" S1_OF_MAY,
     .expenses = "A;2025-05-10;parking;20,00;;yes\n" PARKED "20,01;;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .known = {PARKING("2025-05-10", 2000), STIPEND("2025-05-10", "S9", 4000),
               STIPEND("2025-05-17", "S1", 4000)},
     .filed = "P122",
     .says = "comes to 50.01 €"},
    {.edits = {CATEGORY, YEARLY CATEGORY},
     .attendance = "A;S9;2025-05-10;plenary;P;\n" S1_OF_MAY,
     .expenses = "A;2025-05-10;parking;20,00;;yes\n" PARKED "20,00;;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .known = {PARKING("2025-05-10", 2000), STIPEND("2025-05-10", "S9", 4000),
               STIPEND("2025-05-17", "S1", 4000)}},
    /* what waits for its amount stays paid: 20.00, 10.00 in June and 20.01 now */
    {.edits = {CATEGORY, YEARLY CATEGORY},
     .attendance = OF_MAY_3 S1_OF_MAY,
     .expenses = "A;2025-05-03;parking;;;yes\n" PARKED "20,01;;yes\n",
     .period = "2025-05-10..2025-05-31",
     .since = "2025-05-01",
     .elsewhere = {PARKING("2025-06-07", 1000)},
     .known = {PARKING("2025-05-03", 2000)},
     .filed = "P122",
     .says = "with the 30.00 € paid to 'A' for days from 2025-05-03 to 2025-06-07, "
             "'parking' comes to 50.01 €"},
    /* units are not amounts: a person looks, unless the tables show all of them */
    {.edits = {TARIFF, TEN_HOURS},
     .attendance = TWO_HOURS("S1", "2025-05-17"),
     .elsewhere = {STIPEND("2025-04-12", "S0", 100)},
     .filed = "L023",
     .says = "what was paid to 'A' for 'stipend' from 2025-04-12 to 2025-04-12 is not"},
    {.edits = {TARIFF, TEN_HOURS},
     .attendance = TWO_HOURS("S0", "2025-04-12") TWO_HOURS("S1", "2025-05-17"),
     .elsewhere = {STIPEND("2025-04-12", "S0", 8000)}},
    /* a claim that waits is none of these hours */
    {.edits = {TARIFF, TEN_HOURS},
     .attendance = TWO_HOURS("S0", "2025-04-12") TWO_HOURS("S3", "2025-05-03")
         TWO_HOURS("S1", "2025-05-17"),
     .expenses = "A;2025-05-03;parking;;;yes\n",
     .period = "2025-05-10..2025-05-31",
     .since = "2025-05-01",
     .elsewhere = {STIPEND("2025-04-12", "S0", 8000)},
     .known = {PARKING("2025-05-03", 900), STIPEND("2025-05-03", "S3", 8000)}},
    /* nor are hours that stay paid at the rate of before: the tables show them */
    {.edits = {TARIFF, TEN_HOURS, "examples =", KEEPS},
     .attendance = TWO_HOURS("S0", "2025-04-12") TWO_HOURS("S1", "2025-05-17")
         TWO_HOURS("S2", "2025-05-24"),
     .elsewhere = {STIPEND("2025-04-12", "S0", 8000)},
     .known = {{WAS("stipend", "2025-05-24", "S2", 9000), .old_rules = true}}},
};

START_TEST(a_ceiling_of_more_days_than_are_settled)
{
    assert_told(&ceilings[_i]);
}
END_TEST

/* Hours of income loss and kilometres are counted from January on. */
static const struct looked counters[] = {
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .filed = "L023"},
    {.edits = {RECEIPT, HOURS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)}},
    /* the tables show them */
    {.edits = {RECEIPT, LOSS},
     .attendance = "A;S0;2025-04-12;plenary;P;\n" S1_OF_MAY,
     .expenses = "A;2025-04-12;parking;;1;yes\n" PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)}},
    /* kilometres that are stated open the bands, and say nothing of hours */
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .km_before = "100",
     .filed = "L023"},
    {.edits = {RECEIPT, MILEAGE, SERIES, SCALES},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";20;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .km_before = "100"},
    {.edits = {RECEIPT, MILEAGE, SERIES, SCALES},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";20;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .filed = "L023"},
    /* of another year, of which a late day is, they say nothing */
    {.edits = {RECEIPT, MILEAGE, SERIES, SCALES}, .attendance = S1_OF_MAY,
     .expenses = PARKED ";20;yes\n", .period = "2026-01", .since = "2025-05-10",
     .elsewhere = {PARKING("2025-04-12", 1000)}, .km_before = "100", .filed = "L023"},
    /* once a year, however many days are new */
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY S2_OF_MAY,
     .expenses = PARKED ";2;yes\nA;2025-05-24;parking;;1;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .filed = "L023"},
    /* nothing where something is only taken back, or where another was paid */
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {PARKING("2025-04-12", 1000)},
     .known = {PARKING("2025-05-17", 3000)}},
    {.edits = {RECEIPT, LOSS},
     .attendance = S1_OF_MAY,
     .expenses = PARKED ";2;yes\n",
     .elsewhere = {OF_B("parking")}},
};

START_TEST(a_count_of_the_year)
{
    assert_told(&counters[_i]);
}
END_TEST
/* clang-format on */

Suite *test_elsewhere_suite(void);

Suite *
test_elsewhere_suite(void)
{
    Suite *suite = suite_create("elsewhere");
    TCase *cases = tcase_create("elsewhere");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_session_that_was_paid_on_another_day, 0,
                        (int)ARRAY_COUNT(sessions));
    tcase_add_loop_test(cases, a_receipt_that_was_paid_on_another_day, 0,
                        (int)ARRAY_COUNT(receipts));
    tcase_add_loop_test(cases, a_flat_amount_is_paid_once, 0, (int)ARRAY_COUNT(mandates));
    tcase_add_loop_test(cases, a_ceiling_of_more_days_than_are_settled, 0,
                        (int)ARRAY_COUNT(ceilings));
    tcase_add_loop_test(cases, a_count_of_the_year, 0, (int)ARRAY_COUNT(counters));
    suite_add_tcase(suite, cases);
    return suite;
}
