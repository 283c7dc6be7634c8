/* SPDX-License-Identifier: Apache-2.0 */
/* Months and years are sums of items: nothing is rounded here. */
#include "forecast_parts.h"

size_t
forecast_month_of(const struct forecast *forecast, struct date date)
{
    size_t months = scenario_months(forecast->scenario);
    int index = date_month_index(date) - date_month_index(forecast->scenario->lasts.from);
    size_t month = index < 0 ? 0 : (size_t)index;
    return month < months ? month : months - 1;
}

static void
add_years(struct arena *keep, struct forecast *forecast)
{
    forecast->years = NEW_ARRAY(keep, struct year_forecast, forecast->month_count + 1);
    for (size_t i = 0; i < forecast->month_count; i++) {
        int year = forecast->months[i].month / 12;
        size_t count = forecast->year_count;
        if (count == 0 || forecast->years[count - 1].year != year) {
            forecast->years[forecast->year_count++].year = year;
        }
        struct year_forecast *last = &forecast->years[forecast->year_count - 1];
        last->total = money_add(last->total, forecast->months[i].total);
    }
}

void
forecast_add_up(struct arena *keep, struct forecast *forecast)
{
    size_t count = scenario_months(forecast->scenario);
    int first = date_month_index(forecast->scenario->lasts.from);
    forecast->months = NEW_ARRAY(keep, struct month_forecast, count);
    forecast->month_count = count;
    for (size_t i = 0; i < forecast->item_count; i++) {
        const struct item *item = &forecast->items[i];
        struct month_forecast *month =
            &forecast
                 ->months[forecast_month_of(forecast, forecast->days[item->day].date)];
        struct money *sum = item->entitlement == 0 ? &month->stipends : &month->expenses;
        *sum = money_add(*sum, item->shown);
    }
    for (size_t i = 0; i < forecast->fixed_item_count; i++) {
        struct money *sum = &forecast->months[forecast->fixed_items[i].month].fixed;
        *sum = money_add(*sum, forecast->fixed_items[i].shown);
    }
    struct money cumulated = {0};
    for (size_t i = 0; i < count; i++) {
        struct month_forecast *month = &forecast->months[i];
        month->month = first + (int)i;
        month->total =
            money_add(money_add(month->stipends, month->expenses), month->fixed);
        cumulated = money_add(cumulated, month->total);
        month->cumulated = cumulated;
    }
    add_years(keep, forecast);
}
