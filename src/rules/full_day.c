/* SPDX-License-Identifier: Apache-2.0 */
/* The proof of a full day, for the reader of rule files and for whoever seeks another rate. */
#include "full_day.h"

/* Whether a ceiling of the day keeps what hours come to within that amount, on those days. */
static bool
keeps_within(const struct cap *caps, size_t count, struct period during,
             struct ratio amount)
{
    for (size_t i = 0; i < count; i++) {
        const struct cap *cap = &caps[i];
        bool within = cap->span == SPAN_DAY && !cap->soft && !cap->of_quantity;
        for (size_t k = 0; within && k < cap->limit.count; k++) {
            const struct value *limit = &cap->limit.items[k];
            within = !period_overlaps(limit->during, during) ||
                     ratio_compare(limit->amount, amount) <= 0;
        }
        if (within) {
            return true;
        }
    }
    return false;
}

static bool
is_lived(struct lives lives, struct period during)
{
    bool lived = false;
    for (size_t i = 0; i < lives.count; i++) {
        lived = lived || period_overlaps(lives.items[i].during, during);
    }
    return lived;
}

size_t
full_day_pairs(const struct tariff *tariff)
{
    return tariff->price.unit != UNIT_HOUR || tariff->full_day_minutes == 0
               ? 0
               : tariff->price.rates.count * tariff->full_day.rates.count;
}

bool
full_day_conflict(const struct stipend *stipend, const struct tariff *tariff,
                  struct lives lives, size_t pair, struct day_conflict *out)
{
    const struct timeline *hours = &tariff->price.rates;
    const struct value *hour = &hours->items[pair % hours->count];
    const struct value *day = &tariff->full_day.rates.items[pair / hours->count];
    struct period both = hour->during;
    both.from =
        date_compare(day->during.from, both.from) > 0 ? day->during.from : both.from;
    both.to = date_compare(day->during.to, both.to) < 0 ? day->during.to : both.to;
    uint32_t step = tariff->step_minutes > 0 ? tariff->step_minutes : 1;
    uint32_t most = (tariff->full_day_minutes - 1) / step * step;
    struct money come_to =
        money_times(ratio_of(most, 60), hour->amount, tariff->price.rounding);
    *out = (struct day_conflict){hour, day, both.from, most, come_to};
    return date_compare(both.from, both.to) <= 0 && is_lived(lives, both) &&
           ratio_compare(money_ratio(come_to), day->amount) > 0 &&
           !keeps_within(tariff->price.caps, tariff->price.cap_count, both,
                         day->amount) &&
           !keeps_within(stipend->caps, stipend->cap_count, both, day->amount);
}

bool
full_days_hold(const struct rules *rules)
{
    const struct stipend *stipend = &rules->stipend;
    struct lives lives = {rules->lives, rules->life_count};
    struct day_conflict found;
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        const struct tariff *tariff = &stipend->tariffs[i];
        for (size_t k = 0; k < full_day_pairs(tariff); k++) {
            if (full_day_conflict(stipend, tariff, lives, k, &found)) {
                return false;
            }
        }
    }
    return true;
}
