/* SPDX-License-Identifier: Apache-2.0 */
/* When a member was there, as the sheets say it and whatever it is worth: for attestations. No
 * amount exists here. */
#ifndef DEFRAY_ATTENDED_H
#define DEFRAY_ATTENDED_H

#include "defray/liquidation.h"

struct attended {
    const struct session *session;
    const struct participation *participation; /* of the day */
    int16_t start, end; /* within the session; TIME_NONE where the sheets do not say */
    int32_t duration;   /* DURATION_NONE where it is not known */
    bool again;         /* the session is that of the one before: left, and came back */
};

struct attended_list ARRAY_OF(struct attended);

/* Presences in the period, by (date, start, session), on days of membership; a fact that is given
 * twice counts once, and one without a minute inside the session does not. */
struct attended_list attended_by(struct arena *keep, const struct batch *batch,
                                 uint32_t member);

#endif
