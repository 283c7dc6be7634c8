/* SPDX-License-Identifier: Apache-2.0 */
/* Ceilings of a certificate, followed from line to line, with the arithmetic that pays. */
#ifndef DEFRAY_CERTIFICATE_LIMITS_H
#define DEFRAY_CERTIFICATE_LIMITS_H

#include "certificate_stated.h"

struct followed { /* a ceiling, in one span */
    struct text cap;
    bool over_all;
    bool barred; /* of lines of days on which the scheme may not pay */
    struct date since;
    struct money paid;
    struct ratio units, units_at_rate, rate; /* of a limit in units */
    struct money worth, worth_before_rate;
};

struct adding {
    struct checking check;
    const struct stated_lines *lines;
    struct tallied ARRAY_OF(struct followed) tallies;
};

/* The product, if it is a sum of money that a line may hold; else false, and the field is told. */
bool adding_multiply(struct adding *work, const char *path, struct ratio a,
                     struct ratio b, struct ratio *out);

/* base + factor x figure, rounded if it says so, is what it gives; and that is the figure used. */
void adding_derivation(struct adding *work, const char *path, const struct tree *holder,
                       struct ratio used, const char *used_as);

/* What `a` passes `b` by; nothing if it does not. */
struct money adding_left(struct money a, struct money b);

/* What a limit lets the line come to, which came to `running` so far. */
struct money limit_check(struct adding *work, const char *path, const struct stated *line,
                         const struct stated_step *step, struct money running);

/* Each ceiling, of the tariff as over all, counts what all of them together left of the line.
 * Lines of days on which the scheme may not pay count among themselves. */
void limits_count(struct adding *work, const struct stated *line, struct money due);

#endif
