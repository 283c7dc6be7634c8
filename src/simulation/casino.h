/* SPDX-License-Identifier: Apache-2.0 */
/* The playing of runs: every seat of a run, through the table of prices, in integers. */
#ifndef DEFRAY_CASINO_H
#define DEFRAY_CASINO_H

#include "defray/random.h"

#include "forecast_parts.h"

struct entry_table { /* of a group */
    const struct group_model *model;
    uint64_t *profile_below; /* cumulated; the last is always */
    struct chance leaves, replaced;
    struct chance *presence; /* by meeting */
    struct chance *excused;  /* by meeting: of being present or excused */
    uint32_t successor;
    int64_t **sums; /* by profile: by way, the total and what each track is charged */
};

struct casino {
    const struct forecast *forecast;
    const struct model *model;
    struct entry_table groups[SCENARIO_GROUPS_MAX];
    size_t width;     /* the total, and the tracks */
    size_t *month_of; /* by day */
    uint64_t seed;
};

struct casino_watch { /* who wants to know what happens in a run; NULL: nobody */
    void (*sits)(struct casino_watch *watch, uint32_t group, size_t profile);
    void (*meets)(struct casino_watch *watch, const struct meeting *meeting,
                  unsigned came);
};

struct casino *casino_new(struct arena *keep, const struct forecast *forecast,
                          uint64_t seed);
/* Adds what the run comes to, by month and width. */
void casino_play(const struct casino *casino, uint32_t run, int64_t *months,
                 struct casino_watch *watch);

#endif
