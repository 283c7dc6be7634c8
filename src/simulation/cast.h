/* SPDX-License-Identifier: Apache-2.0 */
/* An invented member of a group, with the facts of the days they came: what liquidate_member is
 * asked about. There is no name and no account. */
#ifndef DEFRAY_CAST_H
#define DEFRAY_CAST_H

#include "defray/liquidation.h"

#include "profile.h"

struct cast {
    const struct scenario *scenario;
    const struct profile *profile;
    struct particulars particulars;
    struct participation row;
    struct participant participant;
    struct roster roster;
    struct calendar calendar;
    struct log log;
    struct claims claims;
    struct decisions decisions;
    struct batch batch;
    size_t facts[2], claim_range[2], decision_range[2];
    const struct input *file;
};

struct cast *cast_new(struct arena *keep, const struct scenario *scenario,
                      const struct group *group, const struct profile *profile);
void cast_clear(struct cast *cast); /* of all facts */
/* One was present at the session, or excused; sessions are told in order. */
void cast_attend(struct cast *cast, size_t session, enum presence presence);
/* One came that day, and claims what one's habits are. */
void cast_claim(struct cast *cast, struct date date);

#endif
