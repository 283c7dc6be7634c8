/* SPDX-License-Identifier: Apache-2.0 */
/* What a ledger has paid to the first member of a town in a test, written down by hand. */
#ifndef TESTS_PAST_H
#define TESTS_PAST_H

#include "defray/settlement.h"

#include "reckon.h"

struct past_right { /* what was paid; in the order of rights */
    const char *component, *day, *unit;
    int64_t cents;
    bool changed_rules; /* by rules that gave other amounts than those of now */
    bool changed_facts;
};

/* Nothing was paid so far; days from `since` on are settled. With room for some rights. */
struct history *past_nothing(struct reckoned *town, const char *since);
/* The same from the first day of the period on. */
struct history *past_none(struct reckoned *town);
/* A right as it was paid, on facts of this print. */
void past_right(struct history *history, struct right right, int64_t cents, uint64_t fact,
                bool same_rules);
/* What the first member is due against it. */
struct settlement past_settled(struct reckoned *town);
/* Of a settled day, on the facts that the tables have now, unless they changed; else elsewhere. */
void past_paid(struct reckoned *town, struct history *history,
               const struct past_right *paid);
/* Of a day that is not settled. */
void past_elsewhere(struct history *history, const struct past_right *paid);

#endif
