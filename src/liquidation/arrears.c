/* SPDX-License-Identifier: Apache-2.0 */
/* Expenses of earlier days: the lines of the rights that have come to more than was paid, or to
 * less. */
#include "defray/arrears.h"

#include "claimed.h"

bool
difference_is_arrear(const struct difference *one)
{
    return one->earlier && money_compare(one->after, one->before) > 0;
}

bool
difference_is_of_earlier_expense(const struct difference *one)
{
    return one->earlier && !text_equals(one->right.component, STR("stipend"));
}

struct search { /* of the lines of a member's arrears */
    struct settlement settlement;
    bool *met; /* by difference: a line of it was found */
};

static void
find_in(struct arena *keep, const struct batch *batch, struct search *search,
        const struct member_result *result, struct arrears *found)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct line *line = &result->lines[i];
        if (!line->is_claim) {
            continue;
        }
        struct right right = {line->entitlement, line->date,
                              claimed_unit(keep, batch, line)};
        for (size_t k = 0; k < search->settlement.count; k++) {
            const struct difference *one = &search->settlement.items[k];
            if (one->earlier && right_compare(&one->right, &right) == 0) {
                struct money none = {0};
                *ARRAY_PUSH(keep, found) =
                    (struct arrear){*line, search->met[k] ? none : one->before};
                search->met[k] = true;
            }
        }
    }
}

struct arrears
arrears_of(struct arena *keep, const struct batch *batch, uint32_t member)
{
    struct arrears found = {0};
    if (batch->history == NULL) {
        return found;
    }
    struct member_result own = liquidate_member(keep, batch, member);
    struct search search = {.settlement = settle_member(keep, batch, member, &own)};
    search.met = NEW_ARRAY(keep, bool, search.settlement.count + 1);
    struct date from = batch->history->since;
    struct batch earlier;
    while (claimed_next_earlier(batch, &from, &earlier)) {
        struct member_result result = liquidate_member(keep, &earlier, member);
        find_in(keep, batch, &search, &result, &found);
    }
    return found;
}
