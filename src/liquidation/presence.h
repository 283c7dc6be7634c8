/* SPDX-License-Identifier: Apache-2.0 */
/* How long a person was there: what the sheet says, within the calendar's session. */
#ifndef DEFRAY_PRESENCE_H
#define DEFRAY_PRESENCE_H

#include "defray/attendance.h"

struct stay {
    bool known;       /* the duration is known */
    bool empty;       /* known, and no minute of it lies inside the session */
    bool clipped;     /* some of the stated length lies outside the session */
    int32_t duration; /* see date.h; 0 if not known */
    int16_t start;    /* inside the session; TIME_NONE */
};

/* Present, if only in part; a fact that is given twice counts once. */
bool was_there(const struct attendance *fact);
struct stay stay_of(const struct attendance *fact, const struct session *session);

/* All that the member stayed at the session of the fact, however often they left and came back. */
int64_t stayed_in_all(const struct log *log, const struct attendance *fact);

#endif
