/* SPDX-License-Identifier: Apache-2.0 */
/* How many rights of earlier days are told and left as they are, and of which days they are. */
#ifndef DEFRAY_LEFT_H
#define DEFRAY_LEFT_H

#include "defray/settlement.h"
#include "defray/summary.h"

/* Counts those of a member. */
void left_count(const struct rules *rules, struct summary *summary,
                struct person_total *person, const struct settlement *settlement);
/* Adds those of other members. */
void left_add(struct left_rights *sum, const struct left_rights *more);

#endif
