/* SPDX-License-Identifier: Apache-2.0 */
/* What makes a forecast: the exact items, then what they add up to. */
#ifndef DEFRAY_FORECAST_PARTS_H
#define DEFRAY_FORECAST_PARTS_H

#include "model.h"

/* forecast_sums.c: months, years and envelopes, from the items. */
void forecast_add_up(struct arena *keep, struct forecast *forecast);
size_t forecast_month_of(const struct forecast *forecast, struct date date);
/* forecast_fixed.c: the fixed costs, month by month. */
void forecast_add_fixed(struct arena *keep, struct forecast *forecast);
/* forecast_tracks.c: the envelopes of the rules and of the scenario, a year each. */
void forecast_add_tracks(struct arena *keep, struct forecast *forecast);

#endif
