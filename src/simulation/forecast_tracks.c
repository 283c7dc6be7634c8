/* SPDX-License-Identifier: Apache-2.0 */
/* Envelopes, a calendar year each: those of the rules, then those of the scenario. */
#include "../liquidation/envelopes.h"
#include "forecast_parts.h"

struct tracks ARRAY_OF(struct track);

struct coverage { /* what an envelope pays for */
    const struct text *names;
    size_t count;
};

static bool
covers(struct coverage coverage, struct text name)
{
    for (size_t i = 0; i < coverage.count; i++) {
        if (text_equals(coverage.names[i], name)) {
            return true;
        }
    }
    return false;
}

static void
cover(const struct scenario *scenario, struct coverage coverage, struct track *track)
{
    const struct rules *rules = scenario->rules;
    track->entitlements = covers(coverage, STR("stipend"));
    for (size_t i = 0; i < rules->category_count; i++) {
        bool covered = covers(coverage, rules->categories[i].price.key);
        track->entitlements |= covered ? UINT64_C(1) << (i + 1) : 0;
    }
    for (size_t i = 0; i < scenario->fixed_count; i++) {
        bool covered = covers(coverage, scenario->fixed[i].name);
        track->fixed |= covered ? UINT64_C(1) << i : 0;
    }
}

/* The limit of a year in which there are sessions: as in a payment that reaches the end of the
 * mandate. */
static const struct value *
limit_in(const struct forecast *forecast, const struct envelope *envelope, int year)
{
    for (size_t i = 0; i < forecast->day_count; i++) {
        if (date_year(forecast->days[i].date) == year) {
            return envelope_limit(envelope, year, forecast->scenario->lasts.to);
        }
    }
    return NULL;
}

static void
track_year(struct arena *keep, struct forecast *forecast, struct track *track)
{
    track->by_month = NEW_ARRAY(keep, struct money, forecast->month_count);
    track->warned_in = track->runs_out_in = track->passed_central = FORECAST_NONE;
    for (size_t i = 0; i < forecast->item_count; i++) {
        const struct item *item = &forecast->items[i];
        struct date date = forecast->days[item->day].date;
        struct money *month = &track->by_month[forecast_month_of(forecast, date)];
        if (date_year(date) == track->year &&
            (track->entitlements >> item->entitlement & 1) != 0) {
            *month = money_add(*month, item->shown);
        }
    }
    for (size_t i = 0; i < forecast->fixed_item_count; i++) {
        const struct fixed_item *item = &forecast->fixed_items[i];
        if (forecast->months[item->month].month / 12 == track->year &&
            (track->fixed >> item->fixed & 1) != 0) {
            struct money *month = &track->by_month[item->month];
            *month = money_add(*month, item->shown);
        }
    }
    for (size_t i = 0; i < forecast->month_count; i++) {
        track->used = money_add(track->used, track->by_month[i]);
        track->by_month[i] = track->used;
        int month = forecast->months[i].month;
        bool warned =
            track->warning.cents > 0 && money_compare(track->used, track->warning) >= 0;
        bool passed = money_compare(track->used, track->limit) > 0;
        track->warned_in =
            warned && track->warned_in == FORECAST_NONE ? month : track->warned_in;
        track->runs_out_in =
            passed && track->runs_out_in == FORECAST_NONE ? month : track->runs_out_in;
    }
}

static void
add_from_rules(struct arena *keep, struct forecast *forecast, struct tracks *tracks)
{
    const struct rules *rules = forecast->scenario->rules;
    for (size_t i = 0; i < rules->envelope_count; i++) {
        const struct envelope *envelope = &rules->envelopes[i];
        for (size_t y = 0; y < forecast->year_count; y++) {
            int year = forecast->years[y].year;
            const struct value *limit = limit_in(forecast, envelope, year);
            if (limit == NULL) {
                continue;
            }
            struct track *track = ARRAY_PUSH(keep, tracks);
            *track = (struct track){
                .label = envelope->label,
                .name = envelope->name,
                .year = year,
                .limit = money_round(limit->amount, ROUND_HALF_UP),
                .warning = limit->warning.den == 0
                               ? (struct money){0}
                               : money_round(limit->warning, ROUND_HALF_UP),
                .basis = &limit->basis,
            };
            cover(forecast->scenario,
                  (struct coverage){envelope->categories, envelope->category_count},
                  track);
        }
    }
}

static void
add_from_scenario(struct arena *keep, struct forecast *forecast, struct tracks *tracks)
{
    const struct scenario *scenario = forecast->scenario;
    for (size_t i = 0; i < scenario->budget_count; i++) {
        const struct budget *budget = &scenario->budgets[i];
        for (size_t y = 0; y < forecast->year_count; y++) {
            struct track *track = ARRAY_PUSH(keep, tracks);
            *track = (struct track){
                .label = budget->label,
                .name = budget->name,
                .year = forecast->years[y].year,
                .limit = budget->limit,
                .warning = budget->warning,
                .basis = &budget->basis,
            };
            cover(scenario, (struct coverage){budget->covers, budget->cover_count},
                  track);
        }
    }
}

void
forecast_add_tracks(struct arena *keep, struct forecast *forecast)
{
    struct tracks tracks = {0};
    add_from_rules(keep, forecast, &tracks);
    add_from_scenario(keep, forecast, &tracks);
    for (size_t i = 0; i < tracks.count; i++) {
        track_year(keep, forecast, &tracks.items[i]);
    }
    forecast->tracks = tracks.items;
    forecast->track_count = tracks.count;
}
