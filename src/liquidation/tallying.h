/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/*
 * What the members of a batch come to. Some are counted beside others, each part into sums and
 * lists of its own; parts are put together in the order of members, so that every list is in the
 * order in which one pass over all of them would have filled it.
 */
#ifndef DEFRAY_TALLYING_H
#define DEFRAY_TALLYING_H

#include "defray/settlement.h"
#include "defray/summary.h"

#include "citations.h"
#include "cited_sources.h"
#include "envelopes.h"

struct computed {               /* of one member */
    struct member_result whole; /* since 1 January, where there are envelopes */
    struct member_result own;   /* of the period */
    struct settlement settlement;
};

struct tallying {
    struct arena *keep; /* of the lists */
    const struct batch *batch;
    struct summary sums;        /* its lists are those below, until they are sorted */
    struct marked marked;       /* what the last line rested on */
    struct citations citations; /* of the lines so far */
    struct totals ARRAY_OF(struct entitlement_total) totals;
    struct envelope_uses uses;
    struct references ARRAY_OF(struct reference_year) references;
    struct flagged ARRAY_OF(struct session_use) flagged;
};

/* Nothing counted yet. */
struct tallying tallying_new(struct arena *keep, const struct batch *batch);
/* The same for some of the members, beside others: each writes only its own person_total
 * and what it claimed. */
struct tallying tallying_part(struct arena *keep, const struct tallying *whole);
/* Counts one member. */
void tallying_count(struct tallying *work, struct arena scratch, uint32_t member,
                    const struct computed *computed);
/* Adds what the members of a part came to, who follow those that were added before. */
void tallying_add(struct tallying *work, const struct tallying *part);

#endif
