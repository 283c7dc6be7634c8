/* SPDX-License-Identifier: Apache-2.0 */
/* A table of decisions, asked about one member on one day. */
#include "defray/eligibility.h"

#include "defray/decisions.h"

#include <assert.h>

static struct finding
undetermined(const struct means_condition *test, enum reason reason)
{
    return (struct finding){
        .verdict = VERDICT_UNDETERMINED, .reason = reason, .basis = &test->basis};
}

/* The text that a verdict rests on: the threshold of the day, or the life of the evidence. */
static const struct basis *
basis_of(const struct means_condition *test, enum reason reason, struct date date)
{
    const struct value *threshold = timeline_at(&test->threshold, date);
    if (reason == REASON_FIGURE_TOO_OLD) {
        return &test->age_basis;
    }
    bool compared = reason == REASON_NONE || reason == REASON_NOT_ELIGIBLE;
    return compared && threshold != NULL ? &threshold->basis : &test->basis;
}

/* What the reason of a decision says, if it is one of the test's own; else it is a remark. */
static enum reason
reason_of(struct arena scratch, const struct decision *decision)
{
    static const enum reason known[] = {REASON_NOT_ELIGIBLE, REASON_NO_FIGURE,
                                        REASON_FIGURE_TOO_OLD,
                                        REASON_METHOD_NOT_ACCEPTED};
    struct text said = decision->reason;
    for (size_t i = 0; i < ARRAY_COUNT(known) && said.size > 0; i++) {
        if (text_equals(said, text_of(reason_word(known[i])))) { /* as we write it */
            return known[i];
        }
    }
    for (size_t i = 0; i < ARRAY_COUNT(known) && said.size > 0; i++) {
        if (reason_is_said(scratch, known[i], said)) {
            return known[i];
        }
    }
    return REASON_NONE;
}

static struct finding
finding_of(struct arena scratch, const struct means_condition *test,
           const struct decision *decision, struct date date)
{
    enum reason said = reason_of(scratch, decision);
    struct finding found = {
        .verdict = decision->verdict,
        .method = decision->method,
        .month = decision->month,
        .document = decision->document,
        .remark = said == REASON_NONE ? decision->reason : STR(""),
    };
    if (decision->verdict == VERDICT_NOT_ELIGIBLE) {
        found.reason = REASON_NOT_ELIGIBLE;
    } else if (decision->verdict == VERDICT_UNDETERMINED) {
        bool precise = said != REASON_NONE && said != REASON_NOT_ELIGIBLE;
        found.reason = precise ? said : REASON_DECISION_UNDETERMINED;
    }
    found.basis = basis_of(test, found.reason, date);
    return found;
}

struct finding
eligibility_at(struct arena *keep, const struct rules *rules,
               const struct decisions *decisions, uint32_t member, struct date date)
{
    const struct means_condition *test = &rules->stipend.means;
    if (!test->required) {
        return (struct finding){.verdict = VERDICT_NO_TEST};
    }
    if (decisions == NULL) {
        return undetermined(test, REASON_NO_EVIDENCE_GIVEN);
    }
    for (size_t i = decisions->first[member]; i < decisions->first[member + 1]; i++) {
        const struct decision *decision = &decisions->items[i];
        if (period_contains(decision->during, date)) {
            return finding_of(*keep, test, decision, date);
        }
    }
    return undetermined(test, REASON_NO_DECISION);
}

/* Whether each method that one accepts is accepted by the other. */
static bool
accepts_all(struct arena scratch, const struct means_condition *test,
            const struct means_condition *of)
{
    for (size_t i = 0; i < of->method_count; i++) {
        bool found = false;
        for (size_t j = 0; j < test->method_count && !found; j++) {
            found = text_folds_equal(scratch, test->methods[j], of->methods[i]);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

bool
means_tests_agree(struct arena scratch, const struct means_condition *a,
                  const struct means_condition *b, struct date day)
{
    const struct value *first = timeline_at(&a->threshold, day);
    const struct value *second = timeline_at(&b->threshold, day);
    assert(first != NULL && second != NULL); /* while rules hold, so do thresholds */
    return ratio_compare(first->amount, second->amount) == 0 &&
           a->inclusive == b->inclusive && a->age_months_max == b->age_months_max &&
           text_folds_equal(scratch, a->measure, b->measure) &&
           accepts_all(scratch, a, b) && accepts_all(scratch, b, a);
}
