/* SPDX-License-Identifier: Apache-2.0 */
/* The amount of the receipt, as it is. */
#include "methods.h"

struct price
method_receipt(struct arena *keep, const struct entitlement *entitlement,
               const struct priced *priced)
{
    (void)keep;
    (void)entitlement;
    if (!priced->has_amount) {
        return (struct price){.missing = MISSING_AMOUNT};
    }
    return (struct price){
        .quantity = RATIO_ONE, /* one receipt, whatever else the row says */
        .gross = priced->amount,
    };
}
