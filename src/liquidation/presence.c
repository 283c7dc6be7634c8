/* SPDX-License-Identifier: Apache-2.0 */
/* A stay is cut to the calendar's session: nobody is paid for an hour that was not held. */
#include "presence.h"

/* From the midnight before the session on, in units of duration: whoever stayed on until half
 * past midnight for three hours came on the day before. */
struct stretch {
    int32_t from, to;
};

static int32_t
minutes(int count)
{
    return (int32_t)count * DURATION_MINUTE;
}

/* Cut to whatever bounds the session has. */
static struct stay
stay_within(struct stretch stretch, const struct session *session)
{
    bool stated = stretch.to > stretch.from;
    if (session->start != TIME_NONE && stretch.from < minutes(session->start)) {
        stretch.from = minutes(session->start);
    }
    if (session->end != TIME_NONE && stretch.to > minutes(session->end)) {
        stretch.to = minutes(session->end);
    }
    int32_t from = stretch.from < 0 ? 0 : stretch.from;
    struct stay stay = {.known = true, .start = (int16_t)(from / DURATION_MINUTE)};
    stay.empty = stretch.to <= stretch.from;
    stay.clipped = stay.empty && stated;
    stay.duration = stay.empty ? 0 : stretch.to - stretch.from;
    return stay;
}

/* A stated length, counted on from when the person came or back from when they left. */
static struct stay
stay_anchored(const struct attendance *fact, const struct session *session)
{
    struct stretch stretch = {0};
    if (fact->start != TIME_NONE) {
        stretch.from = minutes(fact->start);
        stretch.to = stretch.from + fact->duration;
    } else {
        stretch.to = minutes(fact->end);
        stretch.from = stretch.to - fact->duration;
    }
    struct stay stay = stay_within(stretch, session);
    stay.clipped = stay.duration < fact->duration;
    return stay;
}

/* A stated length alone, at most that of the session. */
static struct stay
stay_lasting(int32_t duration, const struct session *session)
{
    struct stay stay = {.known = true, .duration = duration, .start = session->start};
    if (session->start != TIME_NONE && session->end != TIME_NONE) {
        int32_t longest = minutes(session->end - session->start);
        stay.clipped = duration > longest;
        stay.duration = stay.clipped ? longest : duration;
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
    if (has_duration && has_start != has_end) {
        return stay_anchored(fact, session);
    }
    if (has_duration) {
        return stay_lasting(fact->duration, session);
    }
    if (!has_start && !has_end && fact->presence == PRESENCE_PARTIAL) {
        return (struct stay){.start = session->start};
    }
    int16_t start = has_start ? fact->start : session->start;
    int16_t end = has_end ? fact->end : session->end;
    if (start == TIME_NONE || end == TIME_NONE) {
        return (struct stay){.start = start};
    }
    return stay_within((struct stretch){minutes(start), minutes(end)}, session);
}

bool
was_there(const struct attendance *fact)
{
    return !fact->repeats &&
           (fact->presence == PRESENCE_PRESENT || fact->presence == PRESENCE_PARTIAL);
}

int64_t
stayed_in_all(const struct log *log, const struct attendance *fact)
{
    int64_t sum = 0;
    for (size_t i = log->first[fact->member]; i < log->first[fact->member + 1]; i++) {
        const struct attendance *other = &log->items[i];
        if (other->session == fact->session && (other == fact || was_there(other))) {
            sum += stay_of(other, &log->sessions[other->session]).duration;
        }
    }
    return sum;
}
