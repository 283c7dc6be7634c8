/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The outcome of the means test, as liquidation sees it: a verdict with its reason, its
 * method and its month. No figure gets here: decisions come from the legal team's table,
 * or from figures by means_test.h, which liquidation cannot see.
 */
#ifndef DEFRAY_ELIGIBILITY_H
#define DEFRAY_ELIGIBILITY_H

#include "defray/reason.h"
#include "defray/rules.h"

struct decisions;

struct finding {
    enum verdict verdict;
    enum reason reason;
    struct text method, month, document; /* of the evidence used; may be empty */
    struct text remark;                  /* the decision's own reason */
    const struct basis *basis;
};

/* The verdict for a member at a session's date. VERDICT_NO_TEST without a means test; without
 * decisions (NULL) everyone tested is undetermined. */
struct finding eligibility_at(struct arena *keep, const struct rules *rules,
                              const struct decisions *decisions, uint32_t member,
                              struct date date);

/* Whether both tests, of rules that hold on that day, give a verdict of it by the same measure,
 * methods, age and threshold. */
bool means_tests_agree(struct arena scratch, const struct means_condition *a,
                       const struct means_condition *b, struct date day);

#endif
