/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles: invented people in invented circumstances, written in terms that no rule file
 * owns, so that the same profile can be put to every assembly. The figures are profiles',
 * not persons', and are treated as a person's all the same.
 */
#ifndef DEFRAY_PROFILES_H
#define DEFRAY_PROFILES_H

#include "defray/intake.h"

#define PROFILE_CLAIMS_MAX 7
#define PROFILE_DAYS_MAX   366

struct profile {
    struct text label;
    struct date date;   /* DATE_NONE: not stated */
    enum kind kind;     /* KIND_NONE: a session as each assembly holds it */
    int32_t duration;   /* of presence each day; DURATION_NONE */
    uint32_t days;      /* attended, one after the other, the last on the date */
    struct example who; /* status, age, request, figure, horsepower */
    struct example_claim
        claims[PROFILE_CLAIMS_MAX]; /* of each day, whose date they have not */
    size_t claim_count;
};

struct profiles {
    struct profile *items; /* in the order of the file */
    size_t count, capacity;
};

struct profiles *profiles_read(struct reading *reading, const struct input_list *files);

#endif
