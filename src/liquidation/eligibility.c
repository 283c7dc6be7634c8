/* SPDX-License-Identifier: Apache-2.0 */
/* The means test: from figures, or from decisions, to a verdict. This is the only
 * file of the computation that sees an income; nothing it returns holds one. */
#include "defray/eligibility.h"

#include "defray/decisions.h"
#include "defray/means.h"

static bool
method_is_accepted(struct arena scratch, const struct means_condition *test,
                   struct text method)
{
    for (size_t i = 0; i < test->method_count; i++) {
        if (text_folds_equal(scratch, test->methods[i], method)) {
            return true;
        }
    }
    return false;
}

/* Whether `candidate` is to be used rather than `best` for a session of the month: the
 * latest that is not after it, else the earliest later one; in one month, the later check. */
static bool
is_nearer(const struct figure *candidate, const struct figure *best, int month)
{
    if (best == NULL) {
        return true;
    }
    bool candidate_before = candidate->month <= month;
    bool best_before = best->month <= month;
    if (candidate_before != best_before) {
        return candidate_before;
    }
    if (candidate->month != best->month) {
        return candidate_before == (candidate->month > best->month);
    }
    return date_compare(candidate->checked_on, best->checked_on) > 0;
}

static struct finding
undetermined(const struct means_condition *test, enum reason reason)
{
    return (struct finding){
        .verdict = VERDICT_UNDETERMINED,
        .reason = reason,
        .basis = reason == REASON_FIGURE_TOO_OLD ? &test->age_basis : &test->basis,
    };
}

static const char *
month_text(struct arena *keep, int month)
{
    return arena_printf(keep, "%04d-%02d", month / 12, month % 12 + 1);
}

static struct finding
judge_figures(struct arena *keep, const struct means_condition *test,
              const struct means *means, uint32_t member, struct date date)
{
    const struct figure *best = NULL;
    bool other_method = false;
    int month = date_month_index(date);
    for (size_t i = means->first[member]; i < means->first[member + 1]; i++) {
        const struct figure *figure = &means->items[i];
        if (!text_folds_equal(*keep, figure->measure, test->measure)) {
            continue;
        }
        if (!method_is_accepted(*keep, test, figure->method)) {
            other_method = true;
        } else if (is_nearer(figure, best, month)) {
            best = figure;
        }
    }
    if (best == NULL) {
        return undetermined(test,
                            other_method ? REASON_METHOD_NOT_ACCEPTED : REASON_NO_FIGURE);
    }
    struct finding found = {
        .method = best->method,
        .month = text_of(month_text(keep, best->month)),
        .document = best->document,
    };
    if (test->age_months_max > 0 && best->month < month - test->age_months_max) {
        found.verdict = VERDICT_UNDETERMINED;
        found.reason = REASON_FIGURE_TOO_OLD;
        found.basis = &test->age_basis;
        return found;
    }
    const struct value *threshold = timeline_at(&test->threshold, date);
    if (threshold == NULL) {
        return undetermined(test, REASON_NO_FIGURE);
    }
    int order = ratio_compare(money_ratio(best->value), threshold->amount);
    bool passes = test->inclusive ? order <= 0 : order < 0;
    found.verdict = passes ? VERDICT_ELIGIBLE : VERDICT_NOT_ELIGIBLE;
    found.reason = passes ? REASON_NONE : REASON_NOT_ELIGIBLE;
    found.basis = &threshold->basis;
    return found;
}

static struct finding
read_decisions(const struct means_condition *test, const struct decisions *decisions,
               uint32_t member, struct date date)
{
    for (size_t i = decisions->first[member]; i < decisions->first[member + 1]; i++) {
        const struct decision *decision = &decisions->items[i];
        if (!period_contains(decision->during, date)) {
            continue;
        }
        enum reason reason = REASON_NONE;
        if (decision->verdict == VERDICT_NOT_ELIGIBLE) {
            reason = REASON_NOT_ELIGIBLE;
        } else if (decision->verdict == VERDICT_UNDETERMINED) {
            reason = REASON_DECISION_UNDETERMINED;
        }
        return (struct finding){
            .verdict = decision->verdict,
            .reason = reason,
            .method = decision->method,
            .month = decision->month,
            .document = decision->document,
            .remark = decision->reason,
            .basis = &test->basis,
        };
    }
    return undetermined(test, REASON_NO_DECISION);
}

struct finding
eligibility_at(struct arena *keep, const struct rules *rules, struct evidence evidence,
               uint32_t member, struct date date)
{
    const struct means_condition *test = &rules->stipend.means;
    if (!test->required) {
        return (struct finding){.verdict = VERDICT_NO_TEST};
    }
    if (evidence.decisions != NULL) {
        return read_decisions(test, evidence.decisions, member, date);
    }
    if (evidence.means != NULL) {
        return judge_figures(keep, test, evidence.means, member, date);
    }
    return undetermined(test, REASON_NO_EVIDENCE_GIVEN);
}
