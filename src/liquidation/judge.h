/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of one presence, in the order in which the first that applies decides. */
#ifndef DEFRAY_JUDGE_H
#define DEFRAY_JUDGE_H

#include "defray/liquidation.h"

#include "presence.h"

struct judgement {
    enum line_state state; /* LINE_DUE: to be priced */
    enum reason reason;
    const struct basis *basis;
    struct label own_words;
    struct where other_where;
    const struct participation *participation; /* NULL: not a member that day */
    const struct tariff *tariff;               /* NULL: the kind is not covered */
    struct stay stay;
    bool seat_by_id;       /* two alternates share the seat: the first by id has it */
    bool seat_kept;        /* the ledger has paid another, whom the member comes before */
    uint32_t seat_kept_by; /* whom */
    bool tested;           /* the means test was reached */
    struct finding finding; /* its own */
};

/* Everything but the price. */
struct judgement judge_presence(struct arena *keep, const struct batch *batch,
                                const struct attendance *fact);
/* The same without the question of the seat: whether this presence would take it. */
struct judgement judge_alone(struct arena *keep, const struct batch *batch,
                             const struct attendance *fact);

#endif
