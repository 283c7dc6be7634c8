/* SPDX-License-Identifier: Apache-2.0 */
/* Proportionality: what a day comes to, against what a juror has for one. */
#include "reference.h"

bool
reference_day_next(const struct rules *rules, const struct member_result *result,
                   size_t *at, struct reference_day *out)
{
    while (*at < result->count) {
        struct date date = result->lines[*at].date;
        struct money sum = {0};
        for (; *at < result->count && date_compare(result->lines[*at].date, date) == 0;
             ++*at) {
            const struct line *line = &result->lines[*at];
            sum = line->is_claim ? sum : money_add(sum, line->due);
        }
        if (sum.cents <= 0) {
            continue;
        }
        const struct value *allowed = timeline_at(&rules->proportionality, date);
        bool above =
            allowed != NULL && ratio_compare(money_ratio(sum), allowed->amount) > 0;
        *out = (struct reference_day){date, sum, allowed, above};
        return true;
    }
    return false;
}
