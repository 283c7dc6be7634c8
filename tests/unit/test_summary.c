/* SPDX-License-Identifier: Apache-2.0 */
/* The conservation identity: it is a check, so it must be able to fail. */
#include "support/invent.h"

#include <check.h>

static const struct text folder = {"rules", 5};

static struct reckoning
reckon(struct arena *keep, uint64_t seed)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct rules *rules = rules_load(keep, STR("haute-garonne"), &folder, 1, diag);
    ck_assert_ptr_nonnull(rules);
    struct invention *invention = NEW(keep, struct invention);
    *invention = invent_batch(keep, "haute-garonne", seed);
    return invent_reckon(keep, rules, invention, invention->period, 1);
}

START_TEST(a_true_batch_may_be_published)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct reckoning found = reckon(&keep, 7);
    ck_assert_uint_gt(found.summary->read, 0);
    ck_assert(summary_holds(found.summary, diag));
    ck_assert_uint_eq(diag_errors(diag), 0);
    arena_release(keep);
}
END_TEST

/* A row lost on the way, the worst fault there is, stops the batch with code I001. */
START_TEST(a_lost_row_stops_the_batch)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct reckoning found = reckon(&keep, 7);
    struct batch shorter = *found.batch;
    struct log log = *shorter.log;
    size_t *first = NEW_ARRAY(&keep, size_t, shorter.roster->count + 1);
    for (size_t i = 0; i <= shorter.roster->count; i++) {
        first[i] = log.first[i];
    }
    for (size_t i = shorter.roster->count; i > 0;
         i--) { /* hide the last member's facts */
        if (first[i] > first[i - 1]) {
            first[i] = first[i - 1];
            break;
        }
    }
    log.first = first;
    shorter.log = &log;
    struct summary *broken = batch_summarise(&keep, &shorter, NULL, NULL);
    ck_assert(!broken->holds);
    ck_assert(!summary_holds(broken, diag));
    size_t count = 0;
    ck_assert_str_eq(code_page(diag_sorted(diag, &count)[0].code)->id, "I001");
    arena_release(keep);
}
END_TEST

/* What is told of each month and entitlement adds up to what is due. */
START_TEST(totals_are_sums_of_lines)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct arena scratch = keep;
        struct reckoning found = reckon(&scratch, seed);
        int64_t by_total = 0;
        int64_t by_person = 0;
        for (size_t i = 0; i < found.summary->total_count; i++) {
            by_total += found.summary->totals[i].due.cents;
        }
        for (size_t i = 0; i < found.batch->roster->count; i++) {
            by_person += found.summary->persons[i].stipend.cents;
            by_person += found.summary->persons[i].expenses.cents;
        }
        ck_assert_int_eq(by_total, found.summary->due.cents);
        ck_assert_int_eq(by_person, found.summary->due.cents);
    }
    arena_release(keep);
}
END_TEST

Suite *test_summary_suite(void);

Suite *
test_summary_suite(void)
{
    Suite *suite = suite_create("summary");
    TCase *tcase = tcase_create("identity");
    tcase_add_test(tcase, a_true_batch_may_be_published);
    tcase_add_test(tcase, a_lost_row_stops_the_batch);
    tcase_add_test(tcase, totals_are_sums_of_lines);
    suite_add_tcase(suite, tcase);
    return suite;
}
