/* SPDX-License-Identifier: Apache-2.0 */
/* The hours of a day that is not full come to no more than a full one: else whoever stays longer
 * gets less, and a day is worth more than its amount in all. */
#ifndef DEFRAY_RULES_FULL_DAY_H
#define DEFRAY_RULES_FULL_DAY_H

#include "defray/rules.h"

struct lives {
    const struct life *items;
    size_t count;
};

struct day_conflict {
    const struct value *hour, *day;
    struct date from; /* the first day on which both hold */
    uint32_t minutes; /* the most that are paid by the hour */
    struct money hours;
};

/* How many pairs of a value an hour and a value a full day the tariff has. */
size_t full_day_pairs(const struct tariff *tariff);
/* Whether that pair contradicts itself on days on which the rules hold. */
bool full_day_conflict(const struct stipend *stipend, const struct tariff *tariff,
                       struct lives lives, size_t pair, struct day_conflict *out);
/* Whether no tariff of the rules does. */
bool full_days_hold(const struct rules *rules);

#endif
