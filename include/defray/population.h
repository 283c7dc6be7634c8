/* SPDX-License-Identifier: Apache-2.0 */
/* layer: simulation */
/*
 * One run of a scenario as facts: who sat, who came, what they claimed, what the legal team
 * decided. What defray pay makes of it is what the run came to, to the cent. Ids are numbers, and
 * there is no name.
 */
#ifndef DEFRAY_POPULATION_H
#define DEFRAY_POPULATION_H

#include "defray/forecast.h"
#include "defray/liquidation.h"

struct population {
    struct batch batch; /* over the whole scenario */
    struct money drawn; /* what the run came to: stipends and expenses */
};

struct population *population_draw(struct arena *keep, const struct forecast *forecast,
                                   uint64_t seed, uint32_t run);

#endif
