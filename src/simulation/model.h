/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario with its prices: what the exact expectation and the draws both walk through. */
#ifndef DEFRAY_MODEL_H
#define DEFRAY_MODEL_H

#include "defray/forecast.h"

#include "journey.h"

struct group_model {
    const struct group *group;
    struct meetings meetings;
    size_t *meeting_on; /* by day of the scenario: index in meetings + 1; 0: none */
    struct profiles profiles;
    struct journey *journeys; /* by profile */
};

struct model {
    const struct scenario *scenario;
    struct group_model groups[SCENARIO_GROUPS_MAX];
    size_t day_count;
    struct date *days;
    size_t entitlements;
};

/* False if something cannot be priced: told in the spot. */
bool model_make(struct arena *keep, const struct scenario *scenario, struct model *out,
                struct trouble_spot *spot);
/* The rules hold and may pay on that day. */
bool model_day_holds(const struct scenario *scenario, struct date date);
/* They do on every day with a session; false after V005 for the first that fails. */
bool model_days_hold(const struct scenario *scenario, struct diag *diag);

/* The expected cost, day by day: each cell once, in the order of days, groups, entitlements. */
struct cell_sink {
    void (*day)(struct cell_sink *sink, size_t day, struct decimal presences);
    void (*cell)(struct cell_sink *sink, const struct item *item);
};
void model_expect(struct arena *keep, const struct model *model, struct cell_sink *sink);

/* "asks, passes; childcare": what tells a profile from others of its group; "" if nothing does. */
const char *profile_label(struct arena *keep, enum language language,
                          const struct scenario *scenario, const struct group *group,
                          const struct profile *profile);

/* What a fixed cost comes to, up to the end of its n-th month or n-th session. */
struct money fixed_until(const struct fixed_cost *fixed, size_t count);
/* Calendar months that the mandate touches; and its own months, each of which begins on the day
 * that the mandate began: 24 from 25 October to 24 October, which touches 25. */
size_t scenario_months(const struct scenario *scenario);
size_t mandate_months(const struct scenario *scenario);
struct money fixed_total(const struct scenario *scenario);

#endif
