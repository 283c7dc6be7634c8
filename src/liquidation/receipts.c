/* SPDX-License-Identifier: Apache-2.0 */
/* One receipt, several claims. Two members may share a bill; whether they did, a person knows.
 * Claims alike in every column were taken for one before. */
#include "elsewhere.h"

void
receipts_notice(struct arena scratch, struct diag *diag, const struct batch *batch)
{
    const struct claims *claims = batch->claims;
    struct map known = {0};
    struct period days = batch->period;
    if (batch->history != NULL) {
        days.from = batch->history->since;
    }
    for (size_t i = 0; diag != NULL && claims != NULL && i < claims->count; i++) {
        const struct claim *claim = &claims->items[i];
        bool other = date_compare(claim->date, days.to) > 0 || /* of a run to come */
                     (batch->history != NULL && !period_contains(days, claim->date));
        if (other || claim->same_as != INDEX_NONE || !claim_names_receipt(claim)) {
            continue;
        }
        struct text name = text_fold(&scratch, claim_words(claim)->receipt_reference);
        uint32_t at = map_insert(&scratch, &known, name, (uint32_t)i);
        const struct claim *first = &claims->items[at];
        if (first == claim || (!period_contains(days, claim->date) &&
                               !period_contains(days, first->date))) {
            continue;
        }
        diag_warning(diag, claim->where, CODE_L021,
                     "a claim of '%.*s' and one of '%.*s' name the same receipt",
                     TEXT_ARG(batch->roster->items[first->member].id),
                     TEXT_ARG(batch->roster->items[claim->member].id));
        diag_other_place(diag, first->where);
    }
}
