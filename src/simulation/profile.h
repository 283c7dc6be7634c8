/* SPDX-License-Identifier: Apache-2.0 */
/* The sorts of member that a group has, and the share of each: whether they ask to be paid, what
 * the means test would say of them, what they claim. */
#ifndef DEFRAY_PROFILE_H
#define DEFRAY_PROFILE_H

#include "defray/decimal.h"
#include "defray/decisions.h"
#include "defray/scenario.h"

#define PROFILES_MAX 512
#define HABITS_MAX   8

struct profile {
    struct decimal share;
    bool asks;
    bool tested;     /* the rules have a means test */
    uint32_t passes; /* bit set of the thresholds that hold during the scenario */
    struct decision *decisions; /* of the means test, as finance would get them */
    size_t decision_count;
    const struct habit *habits[HABITS_MAX];
    size_t habit_count;
};

struct profiles {
    struct profile *items;
    size_t count, capacity;
};

/* Which of the thresholds a quotient passes: a bit each. */
uint32_t passes_at(const struct means_condition *means, struct money quotient);

/* Those with a share above 0; their shares come to 1. False if there are more than PROFILES_MAX. */
bool profiles_of(struct arena *keep, const struct scenario *scenario,
                 const struct group *group, struct profiles *out);

#endif
