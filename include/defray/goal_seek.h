/* SPDX-License-Identifier: Apache-2.0 */
/* layer: simulation */
/*
 * The most that fits a budget, in the exact expected cost: the highest rate or threshold to the
 * cent, the highest number of sessions or members. The answer comes with its proof: the value
 * fits, and the next one does not, or is one that no rule file may hold.
 */
#ifndef DEFRAY_GOAL_SEEK_H
#define DEFRAY_GOAL_SEEK_H

#include "defray/forecast.h"
#include "defray/scenarios.h"

enum answer {
    ANSWER_FOUND,
    ANSWER_NONE,   /* not even the least value fits */
    ANSWER_ALWAYS, /* every value up to the bound fits */
    ANSWER_BOUND, /* the next would fit, but no rule file may say it: the hours of a day pass
                      * the amount of a full one */
    ANSWER_TOO_MANY, /* every value that can be priced fits; the next has too many ways to tell
                      * apart */
    ANSWER_LIMIT,    /* the same; the next cannot be priced, for another reason */
    ANSWER_UNPRICED, /* a value on the way cannot be priced */
};

struct sought {
    const struct goal *goal;
    const struct scenario *scenario;
    enum answer answer;
    bool is_money;            /* a rate or a threshold, in cents; else a number */
    int64_t now, value, next; /* what the scenario has; what fits; the next after it */
    struct money cost, next_cost;
    size_t tries;
};

struct sought goal_seek(struct arena scratch, const struct scenarios *scenarios,
                        const struct goal *goal);

/* The scenario with what is sought set to the value: for the proof, and for tests. */
struct scenario *goal_apply(struct arena *keep, const struct scenario *scenario,
                            const struct goal *goal, int64_t value);

#endif
