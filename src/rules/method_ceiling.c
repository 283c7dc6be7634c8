/* SPDX-License-Identifier: Apache-2.0 */
/* The receipt, at most quantity x rate. */
#include "methods.h"

#include <assert.h>

struct price
method_ceiling(struct arena *keep, const struct entitlement *entitlement,
               const struct priced *priced)
{
    (void)keep;
    if (!priced->has_amount) {
        return (struct price){.missing = MISSING_AMOUNT};
    }
    if (!priced->has_quantity) {
        return (struct price){.missing = MISSING_QUANTITY};
    }
    const struct value *rate = timeline_at(&entitlement->rates, priced->date);
    assert(rate != NULL); /* proven over the life when the rules were loaded */
    return (struct price){
        .quantity = priced->quantity,
        .rate = rate->amount,
        .gross = priced->amount,
        .limited = true,
        .limit = money_times(priced->quantity, rate->amount, entitlement->rounding),
        .basis = &rate->basis,
        .derivation = rate->derivation,
    };
}
