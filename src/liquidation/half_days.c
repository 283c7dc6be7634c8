/* SPDX-License-Identifier: Apache-2.0 */
/* A half-day is a session, whatever its times; what the times say of it, a person should see. */
#include "notices.h"

#define HOUR       60
#define NOON       (12 * HOUR)
#define LATE_LUNCH (13 * HOUR) /* a morning ends by then */
#define EVENING    (17 * HOUR) /* what begins later is no afternoon */

static bool
is_half_day(const struct rules *rules, struct arena scratch,
            const struct session *session)
{
    if (session->start == TIME_NONE || session->end == TIME_NONE) {
        return false;
    }
    const struct tariff *tariff =
        rules_tariff(rules, scratch, session->kind, session->body);
    return tariff != NULL && tariff->price.unit == UNIT_HALF_DAY;
}

static bool
is_in_the_morning(const struct session *session)
{
    return session->end <= LATE_LUNCH;
}

static bool
is_in_the_afternoon(const struct session *session)
{
    return session->start >= NOON && session->start < EVENING;
}

static bool
is_a_whole_day(const struct session *session)
{
    return session->start <= NOON - HOUR && session->end >= LATE_LUNCH + HOUR;
}

static void
notice_whole_day(struct diag *diag, const struct session *session)
{
    char start[8];
    char end[8];
    diag_warning(diag, session->where, CODE_L025,
                 "session '%.*s' is paid as one half-day, and goes from %s to %s",
                 TEXT_ARG(session->id), time_text(session->start, start),
                 time_text(session->end, end));
}

static void
notice_twice(struct diag *diag, const struct session *first,
             const struct session *session)
{
    diag_warning(diag, session->where, CODE_L025,
                 "sessions '%.*s' and '%.*s' are paid as two half-days, and lie in one",
                 TEXT_ARG(first->id), TEXT_ARG(session->id));
    diag_other_place(diag, first->where);
}

void
notice_half_days(struct arena scratch, struct diag *diag, const struct batch *batch)
{
    const struct calendar *calendar = batch->calendar;
    for (size_t i = 0; diag != NULL && i < calendar->count; i++) {
        const struct session *session = &calendar->items[i];
        if (!period_contains(batch->period, session->date) ||
            !is_half_day(batch->rules, scratch, session)) {
            continue;
        }
        if (is_a_whole_day(session)) {
            notice_whole_day(diag, session);
        }
        /* They are in order of their days. */
        for (size_t j = i;
             j > 0 && date_compare(calendar->items[j - 1].date, session->date) == 0;
             j--) {
            const struct session *other = &calendar->items[j - 1];
            bool one = (is_in_the_morning(other) && is_in_the_morning(session)) ||
                       (is_in_the_afternoon(other) && is_in_the_afternoon(session));
            if (one && is_half_day(batch->rules, scratch, other)) {
                notice_twice(diag, other, session);
                break;
            }
        }
    }
}
