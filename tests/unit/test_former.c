/* SPDX-License-Identifier: Apache-2.0 */
/* The tables are the same, the rules are not: what rules of before make of the tables of now tells a change of
 * rules from a correction. One member, and a ledger's history made by hand. */
#include "defray/settlement.h"

#include "support/days.h"
#include "support/past.h"

#include <check.h>
#include <string.h>

#define PLENARIES "member;date;kind;attendance;start;end\n"
#define CLAIMS    "member;date;category;amount;receipt\n"
#define ONCE      "kinds = [ \"plenary\" ]; source = \"D1\";"
#define STEPS     ONCE " step = { minutes = 60; source = \"D1\"; };"
#define AT_LEAST  ONCE " minimum_presence = { minutes = 60; source = \"D1\"; };"
#define KEEPS                                                                             \
    "payment = { retroactive = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = " \
    "\"D1\"; decrease = \"keep\"; } ); }; examples ="

struct edits {
    const char *pairs[6]; /* what is replaced, and by what */
};

static const struct rules *
edited(const char *text, struct edits edits)
{
    for (size_t i = 0; i < ARRAY_COUNT(edits.pairs) && edits.pairs[i] != NULL; i += 2) {
        text = probe_text(text, edits.pairs[i], edits.pairs[i + 1]);
    }
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    probe_loaded(&probe);
    return probe.rules;
}

/* Half an hour, or three of them and more, of 17 May; a receipt that is not there of the same day. */
/* clang-format off */
static const struct change {
    struct edits then, now;
    const char *attendance, *expenses;
    bool changed; /* another fact was paid */
    enum cause cause;
} changes[] = {
#define SHORT  "A;2025-05-17;plenary;P;09:00;09:30\n"
#define LONG   "A;2025-05-17;plenary;P;09:00;12:50\n"
#define HALF   "A;2025-05-17;half_day;P;09:00;12:50\n"
#define ABSENT "A;2025-05-17;plenary;A;;\n"
#define BARE   CLAIMS "A;2025-05-17;parking;4,00;no\n"
#define FULL   CLAIMS "A;2025-05-17;stationnement;4,00;yes\n"
#define HOUR   "per = \"session\"", "per = \"hour\""
#define HALVES \
    ONCE, "kinds = [ \"plenary\", \"half_day\" ]; source = \"D1\";", "\"half_day\", ", ""
    {{{NULL}}, {{ONCE, AT_LEAST}}, SHORT, NULL, false, CAUSE_RATE },
    {{{NULL}}, {{ONCE, AT_LEAST}}, SHORT, NULL, true, CAUSE_CORRECTED},
    {{{HOUR}}, {{NULL}}, LONG, NULL, false, CAUSE_RATE },
    {{{NULL}}, {{HOUR}}, LONG, NULL, false, CAUSE_RATE },
    {{{HOUR}}, {{HOUR, ONCE, STEPS}}, LONG, NULL, false, CAUSE_RATE },
    {{{HOUR, ONCE, STEPS}}, {{HOUR}}, LONG, NULL, false, CAUSE_RATE },
    {{{HOUR, ONCE, STEPS}}, {{HOUR}}, LONG, NULL, true, CAUSE_CORRECTED},
    {{{HALVES}}, {{NULL}}, HALF, NULL, false, CAUSE_RATE },
    {{{HALVES}}, {{NULL}}, HALF, FULL, false, CAUSE_RATE },
    {{{"\"drawn\", ", ""}}, {{NULL}}, ABSENT, NULL, false, CAUSE_COUNT },
    {{{NULL}}, {{"\"drawn\", ", ""}}, LONG, NULL, false, CAUSE_RATE },
    {{{"required = true", "required = false"}}, {{NULL}}, LONG, BARE, false, CAUSE_RATE },
    {{{NULL}}, {{"category = \"parking\"; also = [ \"stationnement\" ];",
                  "category = \"taxi\"; also = [ \"vtc\" ];"}}, LONG, FULL, false, CAUSE_RATE },
};
/* clang-format on */

START_TEST(a_change_of_rules_is_no_correction)
{
    const struct change *row = &changes[_i];
    char attendance[200];
    ck_assert_int_lt(
        snprintf(attendance, sizeof attendance, PLENARIES "%s", row->attendance),
        (int)sizeof attendance);
    const struct office office = {
        .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
        .attendance = attendance,
        .expenses = row->expenses,
        .period = "2025-05",
    };
    struct reckoned town = reckon(probe_rules, &office);
    const struct rules *then = edited(probe_rules, row->then);
    for (int keeps = 0; keeps < 2; keeps++) {
        struct history *history = past_none(&town);
        town.batch.rules = then;
        struct settlement paid = past_settled(&town);
        for (size_t i = 0; i < paid.count; i++) {
            past_right(history, paid.items[i].right, paid.items[i].after.cents,
                       paid.items[i].fact + row->changed, false);
            history->items[i].rules = then;
        }
        town.batch.rules = edited(
            keeps ? probe_text(probe_rules, "examples =", KEEPS) : probe_rules, row->now);
        struct settlement now = past_settled(&town);
        size_t fell = 0;
        for (size_t i = 0; i < now.count; i++) {
            const struct difference *one = &now.items[i];
            ck_assert_int_eq(one->cause, row->cause);
            ck_assert(one->retroactive_missing == (one->cause == CAUSE_RATE && !keeps));
            fell += one->after.cents < one->before.cents;
        }
        ck_assert_uint_eq(now.untold, row->cause == CAUSE_RATE && !keeps ? now.count : 0);
        ck_assert_uint_eq(now.count + now.kept_count > 0, row->cause != CAUSE_COUNT);
        ck_assert(!keeps || row->cause != CAUSE_RATE || fell == 0);
        for (size_t i = 0; i < now.kept_count; i++) {
            ck_assert_int_eq(now.kept[i].cause, CAUSE_KEPT);
        }
    }
    tables_end(town.tables);
}
END_TEST

#define MONTH(amount)                                                                       \
    "caps = ( { per = \"month\"; limits = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; " \
    "amount = \"" amount "\"; source = \"D1\"; } ); } );\n  excused ="
#define EXCUSED "  excused ="

static const struct office three_plenaries = {
    .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
    .attendance = PLENARIES "A;2025-05-10;plenary;P;;\nA;2025-05-17;plenary;P;;\n"
                            "A;2025-05-24;plenary;P;;\n",
    .period = "2025-05",
};

/* What was 0.00 by the rules of its day was never posted, or was taken back. What the rules of now give for it
 * is a change of the rules, unless those of before would give something too. */
static const struct nothing {
    struct edits then;
    const char *settled; /* the last day that a batch has settled */
    int posted;          /* of 10, 17 and 24 May, how many were paid */
    bool known;          /* 24 May is in the ledger, at nothing */
    enum cause cause;    /* of 24 May */
} nothings[] = {
    {{{EXCUSED, MONTH("80.00")}},           "2025-05-31", 2, false, CAUSE_RATE     },
    {{{EXCUSED, MONTH("80.00")}},           "2025-05-31", 2, true,  CAUSE_RATE     },
    {{{EXCUSED, MONTH("80.00")}},           "2025-05-24", 2, false, CAUSE_RATE     },
    {{{EXCUSED, MONTH("80.00")}},           "2025-05-23", 2, false, CAUSE_NEW      },
    {{{EXCUSED, MONTH("90.00")}},           "2025-05-31", 2, false, CAUSE_NEW      },
    {{{EXCUSED, MONTH("90.00")}},           "2025-05-31", 2, true,  CAUSE_CORRECTED},
    {{{NULL}},                              "2025-05-31", 2, false, CAUSE_NEW      },
    {{{ONCE, AT_LEAST, "\"drawn\", ", ""}}, "2025-05-31", 2, false, CAUSE_RATE     },
};

START_TEST(what_stood_at_nothing)
{
    const struct nothing *row = &nothings[_i];
    struct reckoned town = reckon(probe_rules, &three_plenaries);
    struct history *history = past_none(&town);
    const struct rules *then = edited(probe_rules, row->then);
    const struct settled settled[] = {
        {{day("2025-05-01"), day(row->settled)}, then},
        {{day("2025-05-01"), day("2025-05-31")}, NULL},
    };
    struct settlement fresh = past_settled(&town);
    ck_assert_uint_eq(fresh.count, 3);
    for (int i = 0; i < row->posted + row->known; i++) {
        past_right(history, fresh.items[i].right, i < row->posted ? 4000 : 0,
                   fresh.items[i].fact, true);
        history->items[i].rules = then;
    }
    history->settled = settled;
    history->settled_count = ARRAY_COUNT(settled);
    struct settlement now = past_settled(&town);
    ck_assert_uint_eq(now.count, 1);
    ck_assert_int_eq(now.items[0].right.day.day, day("2025-05-24").day);
    ck_assert_int_eq(now.items[0].cause, row->cause);
    ck_assert_uint_eq(now.untold, row->cause == CAUSE_RATE);
    tables_end(town.tables);
}
END_TEST

/* Of that day, among what the run settles otherwise than it was; or NULL. */
static const struct difference *
difference_of(const struct settlement *settlement, const char *component,
              const char *date)
{
    for (size_t i = 0; i < settlement->count; i++) {
        const struct right *right = &settlement->items[i].right;
        if (text_equals(right->component, text_of(component)) &&
            right->day.day == day(date).day) {
            return &settlement->items[i];
        }
    }
    return NULL;
}

/* Rules that did not hold on a day that bears on the right say nothing of it; later days do not bear on it. */
static const struct held {
    const char *from, *to; /* NULL: a draft, that never holds */
    enum cause cause;
    const char *attendance, *expenses; /* besides; or NULL */
} lives[] = {
#define OF(date) CLAIMS "A;" date ";parking;4,00;yes\n"
#define BOTH     OF("2025-05-03") "A;2025-05-24;parking;4,00;yes\n"
    {"2025-01-01", "2026-12-31", CAUSE_RATE, NULL,                         NULL            },
    {"2025-05-10", "2025-05-24", CAUSE_RATE, NULL,                         NULL            },
    {"2025-05-11", "2025-12-31", CAUSE_NEW,  NULL,                         NULL            },
    {"2025-01-01", "2025-05-23", CAUSE_NEW,  NULL,                         NULL            },
    {"2024-01-01", "2024-12-31", CAUSE_NEW,  NULL,                         NULL            },
    {NULL,         NULL,         CAUSE_NEW,  NULL,                         NULL            },
    {"2025-05-10", "2025-05-24", CAUSE_RATE, "A;2025-06-07;plenary;P;;\n", NULL            },
    {"2025-05-10", "2025-05-24", CAUSE_NEW,  "A;2025-05-03;plenary;P;;\n", NULL            },
    {"2025-05-10", "2025-05-24", CAUSE_RATE, NULL,                         OF("2025-05-24")},
    {"2025-05-10", "2025-05-24", CAUSE_RATE, NULL,                         OF("2025-06-07")},
    {"2025-05-10", "2025-05-24", CAUSE_NEW,  NULL,                         OF("2025-05-03")},
    {"2025-05-10", "2025-05-24", CAUSE_NEW,  NULL,                         BOTH            },
};

START_TEST(rules_that_do_not_hold_tell_nothing)
{
    const struct held *row = &lives[_i];
    const struct edits edits = {
        {EXCUSED, MONTH("80.00")}
    };
    struct arena keep = arena_reserve((size_t)1 << 16);
    struct office office = three_plenaries;
    office.attendance = arena_printf(&keep, "%s%s", three_plenaries.attendance,
                                     row->attendance == NULL ? "" : row->attendance);
    office.expenses = row->expenses;
    struct reckoned town = reckon(probe_rules, &office);
    struct history *history = past_none(&town);
    struct rules then = *edited(probe_rules, edits);
    struct life life = then.lives[0];
    const struct settled settled = {
        {day("2025-05-01"), day("2025-05-31")},
        &then
    };
    struct settlement fresh = past_settled(&town);
    for (size_t i = 0; i < fresh.count; i++) {
        const struct difference *one = &fresh.items[i];
        if (one != difference_of(&fresh, "stipend", "2025-05-24")) {
            past_right(history, one->right, one->after.cents, one->fact, true);
        }
    }
    life.during.from = row->from == NULL ? life.during.from : day(row->from);
    life.during.to = row->from == NULL ? life.during.to : day(row->to);
    then.lives = &life;
    then.life_count = row->from != NULL;
    history->settled = &settled;
    history->settled_count = 1;
    struct settlement now = past_settled(&town);
    ck_assert_uint_eq(now.count, 1);
    ck_assert_ptr_nonnull(difference_of(&now, "stipend", "2025-05-24"));
    ck_assert_int_eq(now.items[0].cause, row->cause);
    tables_end(town.tables);
    arena_release(keep);
}
END_TEST

/* A receipt of a settled day that comes late. Rules of before that knew no such expense would have given nothing
 * for it; that they asked for other means says something of stipends only. */
START_TEST(a_late_receipt_under_other_rules)
{
#define MEANS(threshold)                                                                  \
    "conditions = { means_test = { measure = \"quotient_familial\"; methods = [ \"caf\" " \
    "]; source = \"D1\"; thresholds = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; "   \
    "at_most = \"" threshold "\"; source = \"D1\"; } ); }; };\n  excused ="
    static const struct {
        struct edits then, now;
        enum cause cause;
    } rows[] = {
        {{{NULL}},                                                {{NULL}},                     CAUSE_NEW},
        {{{EXCUSED, MEANS("1000.00")}},                           {{EXCUSED, MEANS("900.00")}}, CAUSE_NEW},
        {{{"category = \"parking\"; also = [ \"stationnement\" ];",
           "category = \"taxi\"; also = [ \"vtc\" ];"}},
         {{NULL}},
         CAUSE_RATE                                                                                      },
    };
    struct office office = three_plenaries;
    office.expenses = FULL;
    struct reckoned town = reckon(probe_rules, &office);
    struct history *history = past_none(&town);
    const struct settled settled = {
        {day("2025-05-01"), day("2025-05-31")},
        edited(probe_rules, rows[_i].then)
    };
    history->settled = &settled;
    history->settled_count = 1;
    town.batch.rules = edited(probe_rules, rows[_i].now);
    struct settlement now = past_settled(&town);
    const struct difference *late = difference_of(&now, "parking", "2025-05-17");
    ck_assert_ptr_nonnull(late);
    ck_assert_int_eq(late->after.cents, 400);
    ck_assert_int_eq(late->cause, rows[_i].cause);
    tables_end(town.tables);
}
END_TEST

/* Under 60.00 a month, 40.00 of 17 May and 20.00 of 24 May were paid. By a minimum of presence 17 May is worth
 * nothing now; it is kept, and its 40.00 have their place before 24 May. */
START_TEST(what_is_kept_uses_up_its_ceiling)
{
    struct office office = three_plenaries;
    office.attendance = PLENARIES "A;2025-05-17;plenary;P;09:00;09:30\n"
                                  "A;2025-05-24;plenary;P;09:00;12:00\n";
    struct reckoned town = reckon(probe_rules, &office);
    struct history *history = past_none(&town);
    const struct edits before = {
        {EXCUSED, MONTH("60.00")}
    };
    const struct edits after = {
        {EXCUSED, MONTH("60.00"), ONCE, AT_LEAST, "examples =", KEEPS}
    };
    town.batch.rules = edited(probe_rules, before);
    struct settlement fresh = past_settled(&town);
    ck_assert_uint_eq(fresh.count, 2);
    for (size_t i = 0; i < 2; i++) {
        past_right(history, fresh.items[i].right, fresh.items[i].after.cents,
                   fresh.items[i].fact, false);
        history->items[i].rules = town.batch.rules;
    }
    town.batch.rules = edited(probe_rules, after);
    struct settlement now = past_settled(&town);
    ck_assert_uint_eq(now.count, 0);
    ck_assert_uint_eq(now.kept_count, 1);
    ck_assert_int_eq(now.kept[0].cause, CAUSE_KEPT);
    ck_assert_int_eq(now.total.cents, 0);
    ck_assert_int_eq(now.carried.cents, 0);
    tables_end(town.tables);
}
END_TEST

Suite *test_former_suite(void);

Suite *
test_former_suite(void)
{
    Suite *suite = suite_create("former");
    TCase *cases = tcase_create("former");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_change_of_rules_is_no_correction, 0,
                        (int)ARRAY_COUNT(changes));
    tcase_add_loop_test(cases, what_stood_at_nothing, 0, (int)ARRAY_COUNT(nothings));
    tcase_add_loop_test(cases, rules_that_do_not_hold_tell_nothing, 0,
                        (int)ARRAY_COUNT(lives));
    tcase_add_loop_test(cases, a_late_receipt_under_other_rules, 0, 3);
    tcase_add_test(cases, what_is_kept_uses_up_its_ceiling);
    suite_add_tcase(suite, cases);
    return suite;
}
