/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* What looks at the days that are not settled, in two sources: ceilings, and what moved. */
#ifndef DEFRAY_ELSEWHERE_PARTS_H
#define DEFRAY_ELSEWHERE_PARTS_H

#include "elsewhere.h"

/* An id that comes back so many days later names another session. */
#define REUSED_DAYS_MIN 184

/* Whether a sheet names the session: else its kind stands for it, and that of another day is
 * another one. */
bool moved_names_session(struct text session);

struct looking {
    struct diag *diag;
    const struct batch *batch;
    const struct participant *who;
    uint32_t member;
    const struct computed *computed;
    const struct elsewhere *paid; /* of the member */
    size_t paid_count;
};

/* One right that is new: the same session, or the same receipt, on another day. */
void moved_look_at_gain(const struct looking *work, const struct difference *gain);
/* What was paid would be taken back, though the session was only moved to a day that this run does
 * not pay. */
void moved_look_at_gone(const struct looking *work, const struct difference *gone);

#endif
