/* SPDX-License-Identifier: Apache-2.0 */
/* Presences out of the log. What a presence gives is decided elsewhere: that one is not paid does
 * not make it less attended. */
#include "defray/attended.h"

#include "presence.h"

/* Where the sheets do not say when, the session does. */
static bool
is_before(const struct attended *one, const struct attended *other)
{
    int16_t starts = one->start != TIME_NONE ? one->start : one->session->start;
    int16_t others = other->start != TIME_NONE ? other->start : other->session->start;
    return date_compare(one->session->date, other->session->date) == 0 &&
           starts != TIME_NONE && (others == TIME_NONE || starts < others);
}

/* The log has the days in order, and of a day the times of the sheets. */
static void
put_in_order(struct attended_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        struct attended one = list->items[i];
        size_t at = i;
        while (at > 0 && is_before(&one, &list->items[at - 1])) {
            list->items[at] = list->items[at - 1];
            at--;
        }
        list->items[at] = one;
    }
    for (size_t i = 1; i < list->count; i++) {
        list->items[i].again = list->items[i].session == list->items[i - 1].session;
    }
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
        int16_t end = stay_end(&stay, fact, session);
        *ARRAY_PUSH(keep, &list) = (struct attended){
            .session = session,
            .participation = row,
            .start = end == TIME_NONE ? TIME_NONE : stay.start,
            .end = end,
            .duration = stay.known ? stay.duration : DURATION_NONE,
        };
    }
    put_in_order(&list);
    return list;
}
