/* SPDX-License-Identifier: Apache-2.0 */
/* Next year's figures are rarely known: a scenario may assume that the last ones hold, and says
 * so. Nothing but a scenario can. */
#include "scenario_parts.h"

static struct date
later(struct date a, struct date b)
{
    return date_compare(a, b) < 0 ? b : a;
}

static void
hold_timeline(struct timeline *timeline, struct date to)
{
    if (timeline->count > 0) {
        struct period *last = &timeline->items[timeline->count - 1].during;
        last->to = later(last->to, to);
    }
}

static void
hold_caps(struct cap *caps, size_t count, struct date to)
{
    for (size_t i = 0; i < count; i++) {
        hold_timeline(&caps[i].limit, to);
    }
}

static void
hold_price(struct entitlement *price, struct date to)
{
    hold_timeline(&price->rates, to);
    hold_caps(price->caps, price->cap_count, to);
    if (price->scale.count > 0) {
        struct period *last = &price->scale.versions[price->scale.count - 1].during;
        last->to = later(last->to, to);
    }
}

void
rules_hold(struct rules *rules, struct date to)
{
    if (rules->life_count > 0) {
        struct life *last = &rules->lives[rules->life_count - 1];
        last->during.to = later(last->during.to, to);
        last->mandate.to = later(last->mandate.to, to);
    }
    if (rules->status_count > 0) {
        struct period *last = &rules->statuses[rules->status_count - 1].during;
        last->to = later(last->to, to);
    }
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        hold_price(&rules->stipend.tariffs[i].price, to);
        hold_price(&rules->stipend.tariffs[i].full_day, to);
    }
    hold_caps(rules->stipend.caps, rules->stipend.cap_count, to);
    hold_timeline(&rules->stipend.means.threshold, to);
    for (size_t i = 0; i < rules->category_count; i++) {
        hold_price(&rules->categories[i].price, to);
    }
    for (size_t i = 0; i < rules->envelope_count; i++) {
        hold_timeline(&rules->envelopes[i].limits, to);
    }
    hold_timeline(&rules->proportionality, to);
}
