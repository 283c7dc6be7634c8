/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid too much, and what takes its place, so that nobody owes it: one member, and a ledger's history
 * made by hand. */
#include "defray/settlement.h"

#include "support/past.h"

#include <check.h>

#define MEMBERS   "id;last_name;first_name;status;horsepower\nA;Aubier;Lou;drawn;5\n"
#define PLENARIES "member;date;kind;attendance\n"

static const struct office one_plenary = {
    .members = MEMBERS,
    .attendance = PLENARIES "A;2025-05-17;plenary;P\n",
    .period = "2025-05",
};

/* S1 of 17 May is new, at 40.00. What takes the place of what went down is no new payment; of any other,
 * a quarter is kept back for what was paid too much. */
static const struct replaced {
    const char *component, *unit;
    int month_day;
    int64_t paid, recovery, total;
} replaced[] = {
    {"stipend", "S9", 17, 4000, 0,    0   }, /* of the same day: the id was corrected */
    {"stipend", "S1", 10, 4000, 0,    0   }, /* of the same session: its date was */
    {"stipend", "S1", 10, 5000, 1000, 0   },
    {"stipend", "S9", 10, 4000, 4000, 3000},
    {"parking", "S1", 10, 4000, 4000, 3000},
    {"parking", "S1", 17, 600,  600,  3400},
};

START_TEST(what_takes_a_place_is_no_debt)
{
    const struct replaced *row = &replaced[_i];
    struct office office = one_plenary;
    office.sessions = "session;date;kind\nS1;2025-05-17;plenary\n";
    office.attendance = "member;session;attendance\nA;S1;P\n";
    struct reckoned town =
        reckon(probe_text(probe_rules, "examples =", RECOVERS), &office);
    struct right right = {text_of(row->component), {0}, text_of(row->unit)};
    ck_assert(date_make(2025, 5, row->month_day, &right.day));
    past_right(past_none(&town), right, row->paid, 1, true);
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.recovery.cents, row->recovery);
    ck_assert_int_eq(now.total.cents, row->total);
    ck_assert_int_eq(now.carried.cents, 0);
    tables_end(town.tables);
}
END_TEST

/* 40.00 and a receipt are of 17 May; 4.00 were paid for a receipt of 10 May. Of the same number it is
 * the same one; without a number, nobody knows. */
static const struct moved {
    const char *receipt, *paid;
    int64_t recovery;
} moved[] = {
    {"R-1", "R-1", 0  },
    {"R-1", "R-2", 400},
    {"yes", "",    400},
};

START_TEST(a_receipt_whose_date_was_corrected)
{
    struct arena keep = arena_reserve((size_t)1 << 16);
    struct office office = one_plenary;
    office.expenses = arena_printf(&keep,
                                   "member;date;category;amount;receipt\n"
                                   "A;2025-05-17;parking;4,00;%s\n",
                                   moved[_i].receipt);
    struct reckoned town =
        reckon(probe_text(probe_rules, "examples =", RECOVERS), &office);
    struct right right = {STR("parking"), {0}, STR("")};
    right.unit = unit_of_claim(&keep, right.unit, text_of(moved[_i].paid));
    ck_assert(date_make(2025, 5, 10, &right.day));
    past_right(past_none(&town), right, 400, 1, true);
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.recovery.cents, moved[_i].recovery);
    ck_assert_int_eq(now.total.cents, 4000);
    tables_end(town.tables);
    arena_release(keep);
}
END_TEST

#define TARIFF(unit) "{ per = \"" unit "\"; kinds = [ \"plenary\" ]; "
#define CEILING(span)                                               \
    TARIFF("session")                                               \
    "caps = ( { per = \"" span                                      \
    "\"; limits = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; " \
    "amount = \"60.00\"; source = \"D1\"; } ); } ); "

/* What was paid for 17 May goes down. What another line adds before it, under its ceiling, took it: nobody owes that. */
static const struct recounted {
    const char *tariff; /* in the place of that per session */
    int other;          /* a plenary of that day of May; 0: a receipt of 20.00 */
    int64_t paid, recovery, total;
} recounted[] = {
    {TARIFF("session"), 0,  5000, 1000, 1500},
    {TARIFF("session"), 10, 5000, 1000, 3000},
    {CEILING("day"),    10, 5000, 1000, 3000},
    {CEILING("month"),  10, 4000, 0,    2000},
    {CEILING("month"),  10, 9000, 3000, 0   },
    {CEILING("month"),  24, 5000, 1000, 1500},
    {TARIFF("mandate"), 10, 4000, 0,    0   },
};

START_TEST(a_recount_is_made_up_by_what_moved_it)
{
    const struct recounted *row = &recounted[_i];
    struct arena keep = arena_reserve((size_t)1 << 16);
    struct office office = one_plenary;
    if (row->other == 0) {
        office.expenses =
            "member;date;category;amount;receipt\nA;2025-05-17;parking;20,00;yes\n";
    } else {
        office.attendance = arena_printf(
            &keep, PLENARIES "A;2025-05-17;plenary;P\nA;2025-05-%d;plenary;P\n",
            row->other);
    }
    const char *rules = probe_edit(&keep, probe_rules, "examples =", RECOVERS);
    struct reckoned town =
        reckon(probe_text(rules, TARIFF("session"), row->tariff), &office);
    const struct past_right paid = {.component = "stipend",
                                    .day = "2025-05-17",
                                    .unit = "plenary",
                                    .cents = row->paid};
    past_paid(&town, past_none(&town), &paid);
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.recovery.cents, row->recovery);
    ck_assert_int_eq(now.total.cents, row->total);
    tables_end(town.tables);
    arena_release(keep);
}
END_TEST

/* 40.00 of 10 May are struck off; what was 20.00 by a ceiling rises to 40.00. Of another ceiling it is something new. */
START_TEST(what_a_ceiling_gives_again_takes_the_place)
{
    static const char *const ceilings[] = {CEILING("month"), CEILING("day")};
    static const struct past_right paid[] = {
        {.component = "stipend", .day = "2025-05-10", .unit = "plenary", .cents = 4000},
        {.component = "stipend", .day = "2025-05-17", .unit = "plenary", .cents = 2000},
    };
    struct arena keep = arena_reserve((size_t)1 << 16);
    const char *rules = probe_edit(&keep, probe_rules, "examples =", RECOVERS);
    struct reckoned town =
        reckon(probe_text(rules, TARIFF("session"), ceilings[_i]), &one_plenary);
    struct history *history = past_none(&town);
    past_paid(&town, history, &paid[0]);
    past_paid(&town, history, &paid[1]);
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.recovery.cents, _i == 0 ? 2000 : 4000);
    ck_assert_int_eq(now.total.cents, _i == 0 ? 0 : 1500);
    tables_end(town.tables);
    arena_release(keep);
}
END_TEST

/* What was paid for 17 May goes down, 60 units of April are new: where what came before in the year counts, that is
 * what moved it; a category whose lines share nothing owes the difference. */
START_TEST(a_counter_of_the_year_is_made_up_within_it)
{
#define RATES \
    "rates = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; amount = \"10.00\"; } );"
    static const struct {
        const char *method;
        int64_t recovery;
    } counters[] = {
        {"method = \"unit\"; unit = \"hour\"; " RATES,                           500},
        {"method = \"unit\"; unit = \"hour\"; annexe = \"income_loss\"; " RATES, 0  },
        {MILEAGE,                                                                0  },
    };
    struct arena keep = arena_reserve((size_t)1 << 16);
    const char *rules = probe_edit(&keep, probe_rules, "examples =", RECOVERS);
    rules = probe_edit(&keep, rules, "[ \"smic\" ]", "[ \"smic\", \"state-mileage\" ]");
    rules =
        probe_text(rules, "method = \"receipt\"; unit = \"claim\";", counters[_i].method);
    struct office office = one_plenary;
    office.attendance = PLENARIES "A;2025-04-12;plenary;P\nA;2025-05-17;plenary;P\n";
    office.expenses = "member;date;category;quantity;receipt\n"
                      "A;2025-04-12;parking;60;yes\nA;2025-05-17;parking;1;yes\n";
    office.period = "2025-04-01..2025-05-31";
    struct reckoned town = reckon(rules, &office);
    struct history *history = past_none(&town);
    const struct past_right stipends[] = {
        {.component = "stipend", .day = "2025-04-12", .unit = "plenary", .cents = 4000},
        {.component = "stipend", .day = "2025-05-17", .unit = "plenary", .cents = 4000},
    };
    const struct past_right paid = {
        .component = "parking", .day = "2025-05-17", .unit = "", .cents = 1500};
    past_paid(&town, history, &paid);
    past_paid(&town, history, &stipends[0]);
    past_paid(&town, history, &stipends[1]);
    struct settlement now = past_settled(&town);
    ck_assert_uint_eq(now.count, 2);
    ck_assert_int_eq(now.recovery.cents, counters[_i].recovery);
    tables_end(town.tables);
    arena_release(keep);
}
END_TEST

/* 40.00 of 10 May are gone; a line that stood at nothing, or is new, comes after it. What a ceiling of 60.00 would
 * have taken of it takes the place, and so does the flat amount; of the rest, a quarter is kept back. */
#define LIMITS(span, what)                                                                \
    "caps = ( { per = \"" span                                                            \
    "\"; limits = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; " what \
    " } ); } ); "
#define SIXTY   "amount = \"60.00\";"
#define RECEIPT "method = \"receipt\"; unit = \"claim\";"
#define HOURLY(method)                                                                   \
    "method = \"" method "\"; unit = \"hour\"; rates = ( { from = \"2025-01-01\"; to = " \
    "\"2026-12-31\"; source = \"D1\"; amount = \"10.00\"; } ); " LIMITS(                 \
        "month", "quantity = \"6\";")
#define EVENING                                                                                    \
    "    ); }, { per = \"session\"; kinds = [ \"evening\" ]; source = \"D1\"; amounts = ( { from " \
    "= \"2025-01-01\"; to = \"2026-12-31\"; amount = \"40.00\"; source = \"D1\"; } ); } );\n"
#define TWO "\"evening\", ", "", "    ); } );\n", EVENING
/* clang-format off */
static const struct from_nothing {
    const char *pairs[6];
    const char *attendance, *expenses;
    struct past_right paid[2]; /* beside it */
    int64_t recovery, total;
} from_nothing[] = {
#define ALSO  "A;2025-05-17;plenary;P\n"
#define LATER "A;2025-05-24;plenary;P\n"
#define OF(when, what, of, sum) {.component = what, .day = when, .unit = of, .cents = sum}
#define THEN(when) {OF(when, "stipend", "plenary", 2000)}
#define TWICE(first, second) {OF(first, "stipend", "plenary", 2000), OF(second, "stipend", "plenary", 2000)}
#define PARKED {OF("2025-05-10", "parking", "", 4000)}
#define EIGHTY TARIFF("session") LIMITS("year", "amount = \"80.00\";")
    {{TARIFF("session"), TARIFF("mandate")}, ALSO, NULL, {{0}}, 0, 0 },
    {{TARIFF("session"), TARIFF("session")}, ALSO, NULL, {{0}}, 4000, 3000},
    {{TARIFF("session"), CEILING("month")}, ALSO LATER, NULL, THEN("2025-05-17"), 0, 0 },
    {{TARIFF("session"), CEILING("month")}, ALSO, NULL, {{0}}, 2000, 1500},
    {{TARIFF("session"), CEILING("month")}, ALSO, "", PARKED, 6000, 1500},
    {{TARIFF("session"), CEILING("day")}, ALSO, NULL, {{0}}, 4000, 3000},
    {{TARIFF("session"), CEILING("month")}, "A;2025-05-03;plenary;P\n", NULL, {{0}}, 4000, 3000},
    {{TARIFF("session"), CEILING("year")}, ALSO, NULL, THEN("2025-04-05"), 0, 0 },
    {{TARIFF("session"), CEILING("month")}, ALSO, NULL, THEN("2025-04-05"), 2000, 1500},
    {{TARIFF("session"), EIGHTY}, ALSO, NULL, THEN("2025-04-05"), 2000, 1500},
    {{TARIFF("session"), EIGHTY}, "A;2025-05-03;plenary;P\n" ALSO, NULL, {{0}}, 0, 4000},
    {{TARIFF("session"), EIGHTY}, ALSO, NULL, TWICE("2025-04-05", "2025-04-12"), 0, 0},
    {{TARIFF("session"), CEILING("month"), "per = \"month\";", "per = \"month\"; limit = \"soft\";"}, ALSO, NULL, {{0}}, 4000, 3000},
    {{TARIFF("session"), TARIFF("session") LIMITS("month", "quantity = \"1\";")}, ALSO, NULL, {{0}}, 0, 0 },
    {{TARIFF("session"), TARIFF("session") LIMITS("line", SIXTY)}, ALSO, NULL, {{0}}, 4000, 3000},
    {{" excused =", LIMITS("month", SIXTY) "excused ="}, ALSO, NULL, {{0}}, 2000, 1500},
    {{" excused =", LIMITS("month", SIXTY) "excused =", TWO}, ALSO, NULL, {{0}}, 2000, 1500},
    {{TARIFF("session"), CEILING("month"), TWO}, ALSO, NULL, {{0}}, 4000, 3000},
    {{"receipt = { required", LIMITS("month", SIXTY) "receipt = { required"},
     ALSO, "A;2025-05-17;parking;40,00;;yes\n", PARKED, 6000, 4500},
    /* six hours at 10.00; where a receipt may be less, nobody knows what they came to */
    {{RECEIPT, HOURLY("unit")}, ALSO, "A;2025-05-17;parking;;4;yes\n", PARKED, 6000, 4500},
    {{RECEIPT, HOURLY("ceiling")}, ALSO, "A;2025-05-17;parking;40,00;4;yes\n", PARKED, 8000, 6000},
};
/* clang-format on */

START_TEST(what_stood_at_nothing_takes_the_place)
{
    const struct from_nothing *row = &from_nothing[_i];
    static const struct past_right gone = {
        .component = "stipend", .day = "2025-05-10", .unit = "plenary", .cents = 4000};
    struct arena keep = arena_reserve((size_t)1 << 16);
    struct office office = one_plenary;
    office.attendance = arena_printf(&keep, PLENARIES "%s", row->attendance);
    office.expenses =
        row->expenses == NULL
            ? NULL
            : arena_printf(&keep, "member;date;category;amount;quantity;receipt\n%s",
                           row->expenses);
    const char *rules = probe_edit(&keep, probe_rules, "examples =", RECOVERS);
    for (size_t i = 0; i < ARRAY_COUNT(row->pairs) && row->pairs[i] != NULL; i += 2) {
        rules = probe_text(rules, row->pairs[i], row->pairs[i + 1]);
    }
    struct reckoned town = reckon(rules, &office);
    struct history *history = past_none(&town);
    if (row->expenses == NULL) { /* rights are in order: of parking first */
        past_paid(&town, history, &gone);
    }
    for (size_t i = 0; i < ARRAY_COUNT(row->paid) && row->paid[i].cents > 0; i++) {
        past_paid(&town, history, &row->paid[i]);
    }
    if (row->expenses != NULL) {
        past_paid(&town, history, &gone);
    }
    struct settlement now = past_settled(&town);
    ck_assert_int_eq(now.recovery.cents, row->recovery);
    ck_assert_int_eq(now.total.cents, row->total);
    ck_assert_int_eq(now.carried.cents, 0);
    tables_end(town.tables);
    arena_release(keep);
}
END_TEST

Suite *test_overpaid_suite(void);

Suite *
test_overpaid_suite(void)
{
    Suite *suite = suite_create("overpaid");
    TCase *cases = tcase_create("overpaid");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, what_takes_a_place_is_no_debt, 0, ARRAY_COUNT(replaced));
    tcase_add_loop_test(cases, a_receipt_whose_date_was_corrected, 0, ARRAY_COUNT(moved));
    tcase_add_loop_test(cases, a_recount_is_made_up_by_what_moved_it, 0,
                        ARRAY_COUNT(recounted));
    tcase_add_loop_test(cases, what_a_ceiling_gives_again_takes_the_place, 0, 2);
    tcase_add_loop_test(cases, what_stood_at_nothing_takes_the_place, 0,
                        (int)ARRAY_COUNT(from_nothing));
    tcase_add_loop_test(cases, a_counter_of_the_year_is_made_up_within_it, 0, 3);
    suite_add_tcase(suite, cases);
    return suite;
}
