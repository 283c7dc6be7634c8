/* SPDX-License-Identifier: Apache-2.0 */
/* Relations that hold for every batch, run over seeded inventions: the cents do not depend on
 * the order of rows, on how a log is split, on running again, or on paying month by month. */
#include "support/invent.h"

#include <check.h>

#define SEEDS 250

static const char *const rule_files[] = {"marseille",     "poitiers",
                                         "haute-garonne", "cese-convention",
                                         "rennes-2021",   "grenoble-2022"};
static const struct text folder = {"rules", 5};

static const struct rules *
load(struct arena *keep, int which)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct rules *rules =
        rules_load(keep, text_of(rule_files[which]), &folder, 1, diag);
    if (rules == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_ptr_nonnull(rules);
    return rules;
}

static void
assert_same(const struct reckoning *a, const struct reckoning *b, int seed,
            const char *relation)
{
    ck_assert_msg(a->errors == 0 && b->errors == 0, "seed %d: invalid invention (%s)",
                  seed, relation);
    for (size_t i = 0; i < a->batch->roster->count; i++) {
        const struct person_total *one = &a->summary->persons[i];
        const struct person_total *two = &b->summary->persons[i];
        ck_assert_msg(one->stipend.cents == two->stipend.cents &&
                          one->expenses.cents == two->expenses.cents &&
                          one->verdict == two->verdict,
                      "seed %d, %s: member %zu", seed, relation, i);
    }
    /* Two claims of one day and category share its ceiling in the order of their lines, so which
     * of the two is capped may change with that order; the cents and the rows may not. */
    ck_assert_msg(a->summary->read == b->summary->read && a->summary->holds &&
                      b->summary->holds,
                  "seed %d, %s: conservation", seed, relation);
}

START_TEST(order_and_splitting_change_no_cent)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const struct rules *rules = load(&keep, _i);
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct arena scratch = keep;
        struct invention invention =
            invent_batch(&scratch, rule_files[_i], (uint64_t)seed);
        struct reckoning first =
            invent_reckon(&scratch, rules, &invention, invention.period, 1);
        ck_assert_msg(first.errors == 0 && first.summary->holds, "seed %d", seed);
        struct reckoning again =
            invent_reckon(&scratch, rules, &invention, invention.period, 1);
        assert_same(&first, &again, seed, "repeated");
        struct reckoning parts =
            invent_reckon(&scratch, rules, &invention, invention.period, 3);
        assert_same(&first, &parts, seed, "split in three files");
        invent_shuffle(&invention.members, (uint64_t)seed);
        invent_shuffle(&invention.sessions, (uint64_t)seed);
        invent_shuffle(&invention.attendance, (uint64_t)seed);
        invent_shuffle(&invention.expenses, (uint64_t)seed);
        invent_shuffle(&invention.means, (uint64_t)seed);
        struct reckoning mixed =
            invent_reckon(&scratch, rules, &invention, invention.period, 1);
        assert_same(&first, &mixed, seed, "shuffled");
    }
    arena_release(keep);
}
END_TEST

START_TEST(months_add_up_to_their_quarter)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const struct rules *rules = load(&keep, _i);
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct arena scratch = keep;
        struct invention invention =
            invent_batch(&scratch, rule_files[_i], (uint64_t)seed);
        struct reckoning whole =
            invent_reckon(&scratch, rules, &invention, invention.period, 1);
        ck_assert_uint_eq(whole.errors, 0);
        int64_t due = 0;
        size_t read = 0;
        struct period month = {invention.period.from,
                               date_month_last(invention.period.from)};
        while (date_compare(month.from, invention.period.to) <= 0) {
            struct reckoning part = invent_reckon(&scratch, rules, &invention, month, 1);
            due += part.summary->due.cents;
            read += part.summary->read;
            month.from = date_add_days(month.to, 1);
            month.to = date_month_last(month.from);
        }
        ck_assert_msg(due == whole.summary->due.cents,
                      "seed %d: %lld in months, %lld in one", seed, (long long)due,
                      (long long)whole.summary->due.cents);
        ck_assert_uint_eq(read, whole.summary->read);
    }
    arena_release(keep);
}
END_TEST

/* The generator must reach every state that a line can have, or the relations prove little. */
START_TEST(inventions_reach_every_state)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    size_t seen[LINE_STATE_COUNT] = {0};
    int64_t due = 0;
    for (int which = 0; which < (int)ARRAY_COUNT(rule_files); which++) {
        const struct rules *rules = load(&keep, which);
        for (int seed = 1; seed <= 40; seed++) {
            struct arena scratch = keep;
            struct invention invention =
                invent_batch(&scratch, rule_files[which], (uint64_t)seed);
            struct reckoning found =
                invent_reckon(&scratch, rules, &invention, invention.period, 1);
            ck_assert_uint_eq(found.errors, 0);
            due += found.summary->due.cents;
            for (int state = 0; state < LINE_STATE_COUNT; state++) {
                seen[state] += found.summary->states[state];
            }
        }
    }
    ck_assert_int_gt(due, 100000);
    for (int state = LINE_DUE; state < LINE_PAID_BEFORE; state++) {
        ck_assert_msg(seen[state] > 40, "state %s: %zu lines",
                      line_state_word((enum line_state)state), seen[state]);
    }
    arena_release(keep);
}
END_TEST

Suite *test_properties_suite(void);

Suite *
test_properties_suite(void)
{
    Suite *suite = suite_create("properties");
    TCase *tcase = tcase_create("relations");
    const int files = (int)ARRAY_COUNT(rule_files);
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, order_and_splitting_change_no_cent, 0, files);
    tcase_add_loop_test(tcase, months_add_up_to_their_quarter, 0, files);
    tcase_add_test(tcase, inventions_reach_every_state);
    suite_add_tcase(suite, tcase);
    return suite;
}
