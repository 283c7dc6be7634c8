/* SPDX-License-Identifier: Apache-2.0 */
/* Seven hours are a day of 80.00. At 40.00 an hour less than seven come to more, and the rules are
 * refused, unless a ceiling of the day keeps them within it or nobody lives on those days. */
#include "support/rules_probe.h"

#include <check.h>
#include <string.h>

#define LIFE \
    "life = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );"
#define YEAR(year) \
    "{ from = \"" year "-01-01\"; to = \"" year "-12-31\"; source = \"D1\"; }"
#define PLENARY "per = \"session\"; kinds = [ \"plenary\" ];"

struct figures { /* of 2025 and of 2026 */
    const char *first, *second;
};

/* The rates of an hour and of a day, a ceiling if it has a span, and what the file is refused for. */
static const struct full_day_row {
    struct figures hour, day;
    const char *cap, *unit;
    struct figures limit;
    size_t faults;
} rows[] = {
    {{"11.00", "11.00"}, {"80.00", "80.00"},  NULL,    "",         {0},                 0}, /* 76.82 of 419 minutes */
    {{"40.00", "11.00"}, {"80.00", "80.00"},  NULL,    "",         {0},                 1},
    {{"40.00", "42.00"}, {"80.00", "80.00"},  NULL,    "",         {0},                 2},
 /* A rate meets the day of its own year only. */
    {{"40.00", "11.00"}, {"300.00", "80.00"}, NULL,    "",         {0},                 0},
    {{"40.00", "42.00"}, {"80.00", "80.00"},  "day",   "amount",   {"80.00", "80.00"},  0},
    {{"40.00", "42.00"}, {"80.00", "80.00"},  "day",   "amount",   {"80.00", "80.01"},  1},
    {{"40.00", "42.00"}, {"80.00", "80.00"},  "month", "amount",   {"80.00", "80.00"},  2},
    {{"40.00", "42.00"}, {"80.00", "80.00"},  "soft",  "amount",   {"80.00", "80.00"},  2},
 /* Seven hours are no 7.00; that the two do not go together is another fault. */
    {{"40.00", "11.00"}, {"80.00", "80.00"},  "day",   "quantity", {"7", "7"},          2},
 /* Where the rate is low, the ceiling may be high. */
    {{"40.00", "11.00"}, {"80.00", "80.00"},  "day",   "amount",   {"80.00", "500.00"}, 0},
    {{"11.00", "40.00"}, {"80.00", "80.00"},  "day",   "amount",   {"500.00", "80.00"}, 0},
    {{"11.00", "40.00"}, {"80.00", "80.00"},  "day",   "amount",   {"80.00", "500.00"}, 1},
};

static const char *
years(struct arena *keep, const char *key, struct figures figures)
{
    return arena_printf(
        keep,
        "{ from = \"2025-01-01\"; to = \"2025-12-31\"; %s = \"%s\"; source = \"D1\"; },"
        "{ from = \"2026-01-01\"; to = \"2026-12-31\"; %s = \"%s\"; source = \"D1\"; }",
        key, figures.first, key, figures.second);
}

static const char *
town_rules(struct arena *keep, const struct full_day_row *row)
{
    const char *text = probe_edit(keep, probe_rules, "\"40.00\"; source",
                                  arena_printf(keep, "\"%s\"; source", row->hour.first));
    text = probe_edit(keep, text, "\"42.00\"; source",
                      arena_printf(keep, "\"%s\"; source", row->hour.second));
    const char *cap = "";
    if (row->cap != NULL) {
        bool soft = strcmp(row->cap, "soft") == 0;
        cap = arena_printf(keep, "caps = ( { per = \"%s\";%s limits = ( %s ); } );",
                           soft ? "day" : row->cap, soft ? " limit = \"soft\";" : "",
                           years(keep, row->unit, row->limit));
    }
    return probe_edit(
        keep, text, PLENARY,
        arena_printf(
            keep,
            "per = \"hour\"; kinds = [ \"plenary\" ]; full_day = { minutes = 420;"
            " source = \"D1\"; amounts = ( %s ); }; %s",
            years(keep, "amount", row->day), cap));
}

START_TEST(hours_come_to_no_more_than_a_day)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    const char *text = town_rules(&keep, &rows[_i]);
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
    if (rows[_i].faults > 0) {
        (void)probe_refused(&probe, CODE_R045, 0, "more than the 80.00 of a full day");
    } else {
        probe_loaded(&probe);
    }
    ck_assert_uint_eq(diag_errors(probe.diag), rows[_i].faults);
    arena_release(keep);
}
END_TEST

static bool
has_told(const struct probe *probe)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(probe->diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (filed[i].code == CODE_R045) {
            return true;
        }
    }
    return false;
}

/* The rate is too high for 2025, or for 2026. */
START_TEST(days_on_which_nobody_lives_do_not_matter)
{
    static const struct {
        const char *life;
        bool first, second; /* whether the high rate of that year is refused */
    } lives[] = {
        {LIFE,                                             true,  true },
        {"life = ( " YEAR("2025") " );",                   true,  false},
        {"life = ( " YEAR("2026") " );",                   false, true },
        {"life = ( " YEAR("2025") ", " YEAR("2026") " );", true,  true },
    };
    static const struct full_day_row high[] = {
        {{"40.00", "11.00"}, {"80.00", "80.00"}, NULL, "", {0}, 1},
        {{"11.00", "40.00"}, {"80.00", "80.00"}, NULL, "", {0}, 1},
    };
    struct arena keep = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(lives); i++) {
        for (size_t k = 0; k < ARRAY_COUNT(high); k++) {
            bool refused = k == 0 ? lives[i].first : lives[i].second;
            const char *text = town_rules(&keep, &high[k]);
            text = probe_edit(&keep, text, LIFE, lives[i].life);
            struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(text));
            ck_assert_msg(has_told(&probe) == refused, "life %zu, year %zu", i, k);
        }
    }
    arena_release(keep);
}
END_TEST

Suite *test_full_day_suite(void);

Suite *
test_full_day_suite(void)
{
    Suite *suite = suite_create("full_day");
    TCase *cases = tcase_create("full_day");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, hours_come_to_no_more_than_a_day, 0,
                        (int)ARRAY_COUNT(rows));
    tcase_add_test(cases, days_on_which_nobody_lives_do_not_matter);
    suite_add_tcase(suite, cases);
    return suite;
}
