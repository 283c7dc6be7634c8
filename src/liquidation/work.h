/* SPDX-License-Identifier: Apache-2.0 */
/* What is known while one member's lines are made, in order. */
#ifndef DEFRAY_WORK_H
#define DEFRAY_WORK_H

#include "caps.h"

struct category_run { /* what one category has come to so far */
    struct tallies tallies;
    int year;
    struct ratio counter;
};

struct work {
    struct arena *keep;
    const struct batch *batch;
    uint32_t member;
    struct tallies *tariffs; /* one a tariff */
    struct tallies stipend;  /* over all tariffs */
    struct category_run *categories;
    struct floors *floors;    /* what is kept under ceilings for some of them; or NULL */
    const struct line *lines; /* those made so far */
    size_t line_count;
    bool unpaid;          /* of days that do not pay: they count among themselves alone */
    bool tested;          /* a session of the period came to the means test */
    enum verdict verdict; /* at the last one that did */
};

/* Fill in a line whose date, start, session and fact are known. */
void presence_line(struct work *work, struct line *line);
void claim_line(struct work *work, struct line *line);

#endif
