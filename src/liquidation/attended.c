/* SPDX-License-Identifier: Apache-2.0 */
/* Presences out of the log. What a presence gives is decided elsewhere: that one is not paid does
 * not make it less attended. */
#include "defray/attended.h"

#include "presence.h"

/* Whether the sheet says when, and not only how long; a length that fills the session says it. */
static bool
is_timed(const struct stay *stay, const struct attendance *fact,
         const struct session *session)
{
    bool stated = fact->start != TIME_NONE || fact->end != TIME_NONE;
    int32_t whole = (int32_t)(session->end - session->start) * DURATION_MINUTE;
    return stated || fact->duration == DURATION_NONE || stay->duration == whole;
}

/* Not known either where the stay begins on the day before, or within a minute. */
static int16_t
end_of(const struct stay *stay, const struct attendance *fact)
{
    int end = stay->start + stay->duration / DURATION_MINUTE;
    bool whole = stay->duration % DURATION_MINUTE == 0;
    bool after = fact->end != TIME_NONE && end > fact->end;
    return stay->known && stay->start != TIME_NONE && whole && !after ? (int16_t)end
                                                                      : TIME_NONE;
}

struct attended_list
attended_by(struct arena *keep, const struct batch *batch, uint32_t member)
{
    const struct log *log = batch->log;
    const struct participant *participant = &batch->roster->items[member];
    struct attended_list list = {0};
    for (size_t i = log->first[member]; i < log->first[member + 1]; i++) {
        const struct attendance *fact = &log->items[i];
        const struct session *session = &log->sessions[fact->session];
        const struct participation *row = participant_at(participant, session->date);
        struct stay stay = stay_of(fact, session);
        if (!was_there(fact) || !period_contains(batch->period, session->date) ||
            row == NULL || stay.empty) {
            continue;
        }
        bool again = list.count > 0 && list.items[list.count - 1].session == session;
        int16_t end =
            is_timed(&stay, fact, session) ? end_of(&stay, fact) : (int16_t)TIME_NONE;
        *ARRAY_PUSH(keep, &list) = (struct attended){
            .session = session,
            .participation = row,
            .start = end == TIME_NONE ? TIME_NONE : stay.start,
            .end = end,
            .duration = stay.known ? stay.duration : DURATION_NONE,
            .again = again,
        };
    }
    return list;
}
