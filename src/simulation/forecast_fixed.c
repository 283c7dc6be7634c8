/* SPDX-License-Identifier: Apache-2.0 */
/* A fixed cost, month by month: what its rounded running total grew, so that a year is the amount
 * stated, to the cent. A month of the mandate is charged to the calendar month it begins in. */
#include "forecast_parts.h"

struct fixed_items ARRAY_OF(struct fixed_item);

static size_t
sessions_until(const struct forecast *forecast, size_t month)
{
    const struct scenario *scenario = forecast->scenario;
    size_t count = 0;
    for (size_t i = 0; i < scenario->session_count; i++) {
        count += forecast_month_of(forecast, scenario->sessions[i].date) <= month;
    }
    return count;
}

void
forecast_add_fixed(struct arena *keep, struct forecast *forecast)
{
    const struct scenario *scenario = forecast->scenario;
    struct fixed_items items = {0};
    size_t months = scenario_months(scenario);
    size_t begun = mandate_months(scenario);
    for (size_t f = 0; f < scenario->fixed_count; f++) {
        const struct fixed_cost *fixed = &scenario->fixed[f];
        struct money before = {0};
        for (size_t month = 0; month < months; month++) {
            size_t units = month < begun ? month + 1 : begun;
            if (fixed->per == FIXED_SESSION) {
                units = sessions_until(forecast, month);
            }
            struct money until = fixed_until(fixed, units);
            *ARRAY_PUSH(keep, &items) =
                (struct fixed_item){f, month, money_subtract(until, before)};
            before = until;
        }
    }
    forecast->fixed_items = items.items;
    forecast->fixed_item_count = items.count;
}
