/* SPDX-License-Identifier: Apache-2.0 */
/* Presences out of the log. What a presence gives is decided elsewhere: that one is not paid does
 * not make it less attended. */
#include "defray/attended.h"

#include "presence.h"

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
        int16_t end = stay_end(&stay, fact, session);
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
