/* SPDX-License-Identifier: Apache-2.0 */
/* Ceilings. Each cap of the rules has a tally for the member at hand: what was paid, and
 * how many units counted, in the current day, month, year or mandate. */
#ifndef DEFRAY_CAPS_H
#define DEFRAY_CAPS_H

#include "defray/liquidation.h"

#include "floors.h"

struct tally {
    const struct cap *cap;
    int64_t span; /* which day, month, year or mandate it counts */
    struct money paid;
    /* Of a limit in units: how many of them lines have used, and what those were worth, line
     * by line at the rate of its day; and the same of lines before the rate in force. */
    struct ratio units;
    struct money worth;
    struct ratio rate;
    struct ratio units_at_rate;
    struct money worth_before_rate;
};

struct tallies {
    struct tally *items;
    size_t count;
    const struct entitlement *price; /* whose they are; NULL: of all presences */
    const struct floors *floors;     /* NULL: nothing is kept */
};

/* Empty tallies for the caps of a price, in the order line, day, month, year, mandate. */
struct tallies tallies_of(struct arena *keep, const struct entitlement *price,
                          const struct floors *floors);
/* The same for those over all presences. */
struct tallies tallies_over(struct arena *keep, const struct stipend *stipend,
                            const struct floors *floors);

/* Identifies the span that holds the day. */
int64_t span_of(const struct rules *rules, enum span span, struct date date);

/* The line's next step, zeroed, to be filled in; NULL if it is not traced. */
struct cap_step *line_step(struct line *line);

/* Takes from the line what each cap takes. `line` has gross, quantity and rate, and `taken` of
 * the line's own ceiling; due, state, reason and basis come out. */
void caps_apply(struct tallies tallies, const struct rules *rules, struct line *line);

/* Flags the line, once every ceiling has taken from it, if what is left passes a soft limit of the
 * tallies, just applied. */
void caps_watch(struct tallies tallies, const struct rules *rules, struct line *line);

/* Adds to the tallies, just applied, what the line came to after every ceiling it is under: what
 * one of them took was not paid, and uses up no other. `used` of the line comes out. A limit in
 * euros counts what is paid for it, which may be more or less where the line is not settled. */
void caps_count(struct tallies tallies, struct line *line, struct money paid);

#endif
