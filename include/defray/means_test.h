/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The means test: from figures to verdicts. For the legal team: this page shows incomes, so
 * no document for finance, no ledger and no part of the liquidation includes it. What leaves
 * it for them is a table of decisions, which has no room for a figure.
 */
#ifndef DEFRAY_MEANS_TEST_H
#define DEFRAY_MEANS_TEST_H

#include "defray/decisions.h"
#include "defray/liquidation.h"
#include "defray/means.h"

struct assessment {
    struct finding finding;
    const struct figure *figure;   /* the one used; NULL: none by an accepted method */
    const struct value *threshold; /* of the day; NULL outside the life of the rules */
    struct date
        valid_until; /* last day on which the figure is recent enough; open where no
                                limit is set; DATE_NONE without a figure */
};

/* What the test gives for a member on a day. `test` may be other than the rules': what if. */
struct assessment means_test_at(struct arena *keep, const struct means_condition *test,
                                const struct means *means, uint32_t member,
                                struct date date);

/* The decisions that paying a period needs: of its days, and of earlier ones where its caps and
 * counters look back to them. As few intervals as tell every verdict, by (member, from); the
 * reason of each is the word of an `enum reason`. Without a means test: no decision. */
struct decisions *means_decide_period(struct arena *keep, const struct rules *rules,
                                      const struct means *means, size_t members,
                                      struct period period);
/* The decisions that a batch may ask for: on the days of its facts and of its period. */
const struct decisions *batch_decide(struct arena *keep, const struct batch *batch,
                                     const struct means *means);

/* Whether the test looks at figures by that method. */
bool means_accepts(struct arena scratch, const struct means_condition *test,
                   struct text method);
/* Whether a figure passes a threshold, by the test's operator. */
bool means_pass(const struct means_condition *test, struct money value,
                struct ratio threshold);

#endif
