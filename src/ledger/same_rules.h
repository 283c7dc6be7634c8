/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the rules that a right was paid by give the amounts of today's: in what they say of its
 * entitlement, from the first day that shares a ceiling or a counter with its own.
 */
#ifndef DEFRAY_SAME_RULES_H
#define DEFRAY_SAME_RULES_H

#include "defray/provision.h"

#include "ledger_parts.h"

struct same_rules {
    struct arena *keep;
    struct ledger *ledger;
    const struct rules *rules; /* of this run */
    int64_t ruleset;           /* its row; 0: never used before */
    struct provisions now;     /* once they are needed */
    struct earlier_list ARRAY_OF(struct earlier_rules {
        int64_t ruleset;
        const struct rules *rules; /* NULL: they cannot be read any more */
        struct provisions provisions;
    }) earlier;
    struct partings ARRAY_OF(struct parting {
        int64_t ruleset;
        struct text component;
        struct date from;
        struct date day;
    }) partings;
};

/* The rules of a ruleset; NULL: they are this run's, or cannot be read any more. */
const struct rules *rules_before(struct same_rules *work, int64_t ruleset);
bool same_rules_on(struct same_rules *work, int64_t ruleset, const struct right *right);

#endif
