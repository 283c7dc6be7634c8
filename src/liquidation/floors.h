/* SPDX-License-Identifier: Apache-2.0 */
/* Under a text that leaves to the members what was paid ("keep"), the least that a right comes to;
 * of a day on which the scheme may not pay, what was paid. Ceilings count it, whatever lines they
 * meet first. */
#ifndef DEFRAY_FLOORS_H
#define DEFRAY_FLOORS_H

#include "defray/liquidation.h"

struct floor { /* of a right: what was paid for it, and stays */
    struct money amount;
    struct money left;               /* of it, what its lines have not come to so far */
    struct date day;                 /* of the right */
    const struct entitlement *price; /* of its first line that has one; NULL: not known */
    bool is_claim, begun;
};

struct floors {
    struct floor *items;
    size_t count;
    struct floor **of_line;   /* by line; NULL: of none */
    const struct line *lines; /* which are made again in the same place */
};

/* What the lines of the member, made once without it, keep; NULL where nothing is kept. */
struct floors *floors_of(struct arena *keep, const struct batch *batch, uint32_t member,
                         const struct member_result *all);
/* What a ceiling of the price, or of all presences where that is NULL, holds back from the line
 * with that number for others; below zero, what it has counted of the line's own right already. */
struct money floors_held(const struct floors *floors, const struct rules *rules,
                         const struct cap *cap, const struct entitlement *price,
                         const struct line *line);
/* What ceilings count for the line with that number, at which `paid` would be counted. */
struct money floors_count(const struct floors *floors, size_t number, struct money paid);

#endif
