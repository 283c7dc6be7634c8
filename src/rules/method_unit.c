/* SPDX-License-Identifier: Apache-2.0 */
/* Quantity x rate, rounded once. */
#include "methods.h"

#include <assert.h>

struct price
method_unit(struct arena *keep, const struct entitlement *entitlement,
            const struct priced *priced)
{
    (void)keep;
    if (!priced->has_quantity) {
        return (struct price){.missing = MISSING_QUANTITY};
    }
    const struct value *rate = timeline_at(&entitlement->rates, priced->date);
    assert(rate != NULL); /* proven over the life when the rules were loaded */
    return (struct price){
        .quantity = priced->quantity,
        .rate = rate->amount,
        .gross = money_times(priced->quantity, rate->amount, entitlement->rounding),
        .basis = &rate->basis,
        .derivation = rate->derivation,
    };
}
