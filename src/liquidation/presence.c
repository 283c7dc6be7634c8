/* SPDX-License-Identifier: Apache-2.0 */
/* A stay is cut to the calendar's session: nobody is paid for an hour that was not held. */
#include "presence.h"

static int32_t
minutes(int count)
{
    return (int32_t)count * DURATION_MINUTE;
}

/* Both bounds known: cut to whatever bounds the session has. */
static struct stay
stay_between(int16_t start, int16_t end, const struct session *session)
{
    if (session->start != TIME_NONE && start < session->start) {
        start = session->start;
    }
    if (session->end != TIME_NONE && end > session->end) {
        end = session->end;
    }
    if (end <= start) {
        return (struct stay){.known = true, .empty = true, .start = start};
    }
    return (struct stay){.known = true, .duration = minutes(end - start), .start = start};
}

/* A stated length, at most what is left of the session after `start`. */
static struct stay
stay_lasting(int32_t duration, int16_t start, const struct session *session)
{
    struct stay stay = {.known = true, .duration = duration, .start = start};
    if (start != TIME_NONE && session->end != TIME_NONE) {
        int32_t longest = session->end > start ? minutes(session->end - start) : 0;
        if (duration > longest) {
            stay.duration = longest;
            stay.clipped = true;
        }
    }
    stay.empty = stay.duration <= 0;
    return stay;
}

struct stay
stay_of(const struct attendance *fact, const struct session *session)
{
    bool has_start = fact->start != TIME_NONE;
    bool has_end = fact->end != TIME_NONE;
    bool has_duration = fact->duration != DURATION_NONE;
    if (has_start && has_end) {
        return stay_between(fact->start, fact->end, session);
    }
    if (has_duration && has_end) {
        int start = fact->end - fact->duration / DURATION_MINUTE;
        return stay_between(start < 0 ? 0 : (int16_t)start, fact->end, session);
    }
    if (has_duration) {
        int16_t start = fact->start;
        if (!has_start || start < session->start) {
            start = session->start;
        }
        return stay_lasting(fact->duration, start, session);
    }
    if (!has_start && !has_end && fact->presence == PRESENCE_PARTIAL) {
        return (struct stay){.start = session->start};
    }
    int16_t start = has_start ? fact->start : session->start;
    int16_t end = has_end ? fact->end : session->end;
    if (start == TIME_NONE || end == TIME_NONE) {
        return (struct stay){.start = start};
    }
    return stay_between(start, end, session);
}
