/* SPDX-License-Identifier: Apache-2.0 */
/* What finance pays from the table of decisions is what the figures give, line for line: over
 * seeded inventions, through the bytes of the file that finance gets. */
#include "defray/decisions_document.h"

#include "support/days.h"
#include "support/invent.h"
#include "support/written.h"

#include <check.h>
#include <string.h>

#define SEEDS 600

static const char *const rule_files[] = {"poitiers", "lookville"};
static const struct text folders[] = {
    {"rules",              5 },
    {"tests/tables/rules", 18}
};

static const struct rules *
load(struct arena *keep, const char *id)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct rules *rules = rules_load(keep, text_of(id), folders, 2, diag);
    ck_assert_ptr_nonnull(rules);
    return rules;
}

/* A decision names the evidence that the test uses on its days, and members have their own. */
static void
assert_same_evidence(struct arena *keep, const struct reckoning *legal,
                     const struct decisions *decided, int seed)
{
    const struct means_condition *test = &legal->batch->rules->stipend.means;
    for (uint32_t member = 0; member < legal->batch->roster->count; member++) {
        for (size_t i = decided->first[member]; i < decided->first[member + 1]; i++) {
            const struct decision *decision = &decided->items[i];
            struct finding found =
                means_test_at(keep, test, legal->means, member, decision->during.from)
                    .finding;
            ck_assert_uint_eq(decision->member, member);
            ck_assert_msg(decision->verdict == found.verdict &&
                              text_equals(decision->method, found.method) &&
                              text_equals(decision->month, found.month) &&
                              text_equals(decision->document, found.document),
                          "seed %d", seed);
        }
    }
}

/* The decisions of a period as a file, and read back from it. */
static const struct decisions *
hand_over(struct arena *keep, const struct reckoning *legal, enum language language,
          int seed, struct text *bytes)
{
    const struct batch *batch = legal->batch;
    struct decisions *decided = means_decide_period(keep, batch->rules, legal->means,
                                                    batch->roster->count, batch->period);
    assert_same_evidence(keep, legal, decided, seed);
    struct written written = document_written(
        keep, "/tmp", "decisions.csv",
        decisions_document(keep, batch->rules, batch->roster, decided, language), 0);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    *bytes = written.bytes;
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct reading reading = {.keep = keep, .rules = batch->rules, .diag = diag};
    struct input_list files = {0};
    *ARRAY_PUSH(keep, &files) = input_of(keep, STR("decisions.csv"), written.bytes);
    const struct decisions *read = decisions_read(&reading, &files, batch->roster);
    ck_assert_msg(diag_errors(diag) + diag_warnings(diag) == 0, "%s", first_code(diag));
    ck_assert_uint_eq(read->count, decided->count);
    return read;
}

static void
assert_same_line(const struct line *a, const struct line *b, int seed)
{
    ck_assert_msg(a->due.cents == b->due.cents && a->gross.cents == b->gross.cents &&
                      a->state == b->state && a->reason == b->reason &&
                      a->basis == b->basis && text_equals(a->remark, b->remark),
                  "seed %d: '%s %s' by figures, '%s %s' by decisions", seed,
                  line_state_word(a->state), reason_word(a->reason),
                  line_state_word(b->state), reason_word(b->reason));
}

static void
assert_same_cents(struct arena *keep, const struct reckoning *legal,
                  const struct decisions *decisions, int seed)
{
    struct batch finance = *legal->batch;
    finance.decisions = decisions;
    for (uint32_t i = 0; i < finance.roster->count; i++) {
        struct member_result a = liquidate_member(keep, legal->batch, i);
        struct member_result b = liquidate_member(keep, &finance, i);
        ck_assert_msg(a.count == b.count && a.verdict == b.verdict, "seed %d", seed);
        for (size_t line = 0; line < a.count; line++) {
            assert_same_line(&a.lines[line], &b.lines[line], seed);
        }
    }
}

static size_t
waiting(const struct reckoning *reckoning)
{
    return reckoning->summary->states[LINE_UNDETERMINED] +
           reckoning->summary->states[LINE_REFUSED];
}

START_TEST(decisions_pay_what_figures_pay)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const struct rules *rules = load(&keep, rule_files[_i]);
    int64_t due = 0;
    size_t waited = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        struct arena scratch = keep;
        struct invention invention =
            invent_batch(&scratch, rule_files[_i], (uint64_t)seed);
        struct period period = invention.period;
        if (seed % 2 == 0) { /* the last month alone, after two that count in its caps */
            date_make(date_year(period.to), date_month(period.to), 1, &period.from);
        }
        struct reckoning legal = invent_reckon(&scratch, rules, &invention, period, 1);
        ck_assert_uint_eq(legal.errors, 0);
        struct text bytes;
        enum language language = seed % 3 == 0 ? LANGUAGE_FR : LANGUAGE_EN;
        const struct decisions *decisions =
            hand_over(&scratch, &legal, language, seed, &bytes);
        assert_same_cents(&scratch, &legal, decisions, seed);
        due += legal.summary->due.cents;
        waited += waiting(&legal);
    }
    ck_assert_int_gt(due, 100000); /* the inventions do pay, and do refuse */
    ck_assert_uint_gt(waited, 1000);
    arena_release(keep);
}
END_TEST

/* The figures of the inventions, as they may be written. */
START_TEST(the_file_of_finance_shows_no_figure)
{
    static const char *const figures[] = {"999,99", "999.99", "1000",  "1000,00",
                                          "640",    "2000",   "640,00"};
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const struct rules *rules = load(&keep, "poitiers");
    for (int seed = 1; seed <= 100; seed++) {
        struct arena scratch = keep;
        struct invention invention = invent_batch(&scratch, "poitiers", (uint64_t)seed);
        struct reckoning legal =
            invent_reckon(&scratch, rules, &invention, invention.period, 1);
        struct text bytes;
        hand_over(&scratch, &legal, LANGUAGE_FR, seed, &bytes);
        const char *text = text_string(&scratch, bytes);
        for (size_t i = 0; i < ARRAY_COUNT(figures); i++) {
            ck_assert_msg(strstr(text, figures[i]) == NULL, "seed %d: %s", seed,
                          figures[i]);
        }
    }
    arena_release(keep);
}
END_TEST

static struct figure
figure_of(uint32_t member, int64_t cents, const char *checked_on)
{
    return (struct figure){
        .member = member,
        .measure = STR("quotient_familial"),
        .value = {cents},
        .method = STR("caf"),
        .month = date_month_index(day("2026-02-01")),
        .checked_on = day(checked_on),
    };
}

/* Of two figures of one month, that of the later check, whichever lies first. */
START_TEST(the_later_check_counts)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const struct rules *rules = load(&keep, "poitiers");
    struct figure early = figure_of(0, 99000, "2026-02-03");
    struct figure late = figure_of(0, 101000, "2026-02-20");
    for (int order = 0; order < 2; order++) {
        struct figure both[] = {order == 0 ? early : late, order == 0 ? late : early};
        size_t first[] = {0, 2};
        struct means means = {.items = both, .count = 2, .first = first};
        struct finding found =
            means_test_at(&keep, &rules->stipend.means, &means, 0, day("2026-03-14"))
                .finding;
        ck_assert_int_eq(found.verdict, VERDICT_NOT_ELIGIBLE);
    }
    arena_release(keep);
}
END_TEST

#define ASSEMBLY 300 /* members: they are judged in several parts */

/* Of a large assembly every member has the verdict of their own figure. */
START_TEST(a_large_assembly_is_judged_member_by_member)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const struct rules *rules = load(&keep, "poitiers");
    static struct figure figures[ASSEMBLY];
    static size_t first[ASSEMBLY + 1];
    for (uint32_t i = 0; i < ASSEMBLY; i++) {
        figures[i] = figure_of(i, i % 3 == 0 ? 101000 : 99000, "2026-02-03");
        first[i + 1] = i + 1;
    }
    struct means means = {.items = figures, .count = ASSEMBLY, .first = first};
    struct period march = {day("2026-03-01"), day("2026-03-31")};
    struct decisions *decided =
        means_decide_period(&keep, rules, &means, ASSEMBLY, march);
    for (uint32_t i = 0; i < ASSEMBLY; i++) {
        ck_assert_uint_gt(decided->first[i + 1], decided->first[i]);
        const struct decision *last = &decided->items[decided->first[i + 1] - 1];
        ck_assert_uint_eq(last->member, i);
        ck_assert_int_eq(last->verdict,
                         i % 3 == 0 ? VERDICT_NOT_ELIGIBLE : VERDICT_ELIGIBLE);
        ck_assert_int_eq(date_compare(last->during.to, march.to), 0);
    }
    ck_assert_uint_eq(decided->first[ASSEMBLY], decided->count);
    arena_release(keep);
}
END_TEST

Suite *test_means_test_suite(void);

Suite *
test_means_test_suite(void)
{
    Suite *suite = suite_create("means_test");
    TCase *tcase = tcase_create("decisions");
    tcase_set_timeout(tcase, 300);
    tcase_add_loop_test(tcase, decisions_pay_what_figures_pay, 0,
                        (int)ARRAY_COUNT(rule_files));
    tcase_add_test(tcase, the_file_of_finance_shows_no_figure);
    tcase_add_test(tcase, the_later_check_counts);
    tcase_add_test(tcase, a_large_assembly_is_judged_member_by_member);
    suite_add_tcase(suite, tcase);
    return suite;
}
