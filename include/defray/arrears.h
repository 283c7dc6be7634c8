/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* The expenses of earlier days that a batch pays: its statement of expenses lists them too. */
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
/* The claims of the member, of days before the period, for which the batch pays something more, in
 * the order of their days. None without a ledger. */
struct arrears arrears_of(struct arena *keep, const struct batch *batch, uint32_t member);

#endif
