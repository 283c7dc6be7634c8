/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* The expenses of earlier days that a batch settles: its statement of expenses lists them too. */
#ifndef DEFRAY_ARREARS_H
#define DEFRAY_ARREARS_H

#include "defray/settlement.h"

struct arrear {
    struct line line;
    struct money before; /* what the ledger has of the right; of its first line only */
};

struct arrears ARRAY_OF(struct arrear);

/* Whether the batch pays something more for a day before its period. */
bool difference_is_arrear(const struct difference *one);
/* Whether an expense of a day before the period comes to more than was paid, or to less. */
bool difference_is_of_earlier_expense(const struct difference *one);
/* The claims of the member, of days before the period, that come to more than was paid, or to less,
 * in the order of their days. What was paid and is in no table has none. None without a ledger. */
struct arrears arrears_of(struct arena *keep, const struct batch *batch, uint32_t member);

#endif
