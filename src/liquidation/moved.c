/* SPDX-License-Identifier: Apache-2.0 */
/* A session that moved to another day, and a receipt that comes back: what is about to be paid, or
 * taken back, is known on a day that is not settled. */
#include "elsewhere_parts.h"
#include "judge.h"

#include <stdlib.h>

static void
tell_moved(const struct looking *work, struct where where, struct text session,
           struct period days) /* from the day on which it was paid to that of now */
{
    char then[DATE_TEXT_MAX];
    char now[DATE_TEXT_MAX];
    diag_error(work->diag, where, CODE_P121,
               "session '%.*s' of %s was paid to '%.*s' on %s already", TEXT_ARG(session),
               date_text(days.to, now), TEXT_ARG(work->who->id),
               date_text(days.from, then));
}

/* True after a diagnostic. */
static bool
told_as_moved(const struct looking *work, const struct difference *gain,
              const struct elsewhere *was)
{
    struct text session = unit_parts(gain->right.unit).session;
    char then[DATE_TEXT_MAX];
    char now[DATE_TEXT_MAX];
    if (gain->before.cents != 0 || !moved_names_session(session) ||
        !text_equals(was->right.unit, gain->right.unit) ||
        !text_equals(was->right.component, gain->right.component)) {
        return false;
    }
    if (abs(gain->right.day.day - was->right.day.day) < REUSED_DAYS_MIN) {
        tell_moved(work, gain->where, session,
                   (struct period){was->right.day, gain->right.day});
    } else {
        date_text(was->right.day, then);
        date_text(gain->right.day, now);
        diag_warning(
            work->diag, gain->where, CODE_L022,
            "session '%.*s' of %s is paid to '%.*s', who was paid for one of that "
            "id on %s",
            TEXT_ARG(session), now, TEXT_ARG(work->who->id), then);
    }
    return true;
}

static void
tell_receipt(const struct looking *work, const struct difference *gain,
             const struct elsewhere *was)
{
    const struct roster *roster = work->batch->roster;
    char then[DATE_TEXT_MAX];
    date_text(was->right.day, then);
    if (was->member < roster->count) {
        diag_warning(work->diag, gain->where, CODE_L021,
                     "a receipt of '%.*s' was paid to '%.*s' on %s already",
                     TEXT_ARG(work->who->id), TEXT_ARG(roster->items[was->member].id),
                     then);
    } else {
        diag_warning(
            work->diag, gain->where, CODE_L021,
            "a receipt of '%.*s' was paid on %s already, to somebody who is not in "
            "the members' table",
            TEXT_ARG(work->who->id), then);
    }
}

bool
moved_names_session(struct text session)
{
    size_t count = 0;
    const struct text *kinds = kind_words(&count);
    for (size_t i = 0; i < count; i++) {
        if (text_equals(kinds[i], session)) {
            return false;
        }
    }
    return session.size > 0;
}

void
moved_look_at_gain(const struct looking *work, const struct difference *gain)
{
    const struct history *history = work->batch->history;
    struct text mark = unit_parts(gain->right.unit).mark;
    for (size_t i = 0; i < work->paid_count; i++) {
        if (told_as_moved(work, gain, &work->paid[i])) {
            return;
        }
    }
    for (size_t i = 0; mark.size > 0 && i < history->elsewhere_count; i++) {
        const struct elsewhere *was = &history->elsewhere[i];
        if (was->same_receipt && text_equals(unit_parts(was->right.unit).mark, mark)) {
            tell_receipt(work, gain, was);
            return;
        }
    }
}

static bool
is_paid_elsewhere(const struct looking *work, const struct right *right)
{
    size_t i = 0;
    while (i < work->paid_count && right_compare(&work->paid[i].right, right) != 0) {
        i++;
    }
    return i < work->paid_count;
}

/* Whether the presence is of the session that is gone, on another day, near by, that is not
 * settled; and whether it has a right of its own there. */
static bool
is_moved(const struct looking *work, const struct attendance *fact,
         const struct difference *gone)
{
    const struct batch *batch = work->batch;
    const struct session *session = &batch->log->sessions[fact->session];
    struct period settled = {batch->history->since, batch->period.to};
    struct right right = {gone->right.component, session->date, session->id};
    if (!text_equals(session->id, gone->right.unit) ||
        period_contains(settled, session->date) ||
        abs(session->date.day - gone->right.day.day) >= REUSED_DAYS_MIN ||
        is_paid_elsewhere(work, &right)) {
        return false;
    }
    struct arena scratch = *diag_arena(work->diag);
    enum line_state state = judge_presence(&scratch, batch, fact).state;
    return state == LINE_DUE || state == LINE_UNDETERMINED;
}

void
moved_look_at_gone(const struct looking *work, const struct difference *gone)
{
    const struct log *log = work->batch->log;
    if (gone->cause != CAUSE_REMOVED ||
        !text_equals(gone->right.component, STR("stipend")) ||
        !moved_names_session(gone->right.unit)) {
        return;
    }
    for (size_t i = log->first[work->member]; i < log->first[work->member + 1]; i++) {
        const struct attendance *fact = &log->items[i];
        if (is_moved(work, fact, gone)) {
            tell_moved(
                work, attendance_where(log, fact), gone->right.unit,
                (struct period){gone->right.day, log->sessions[fact->session].date});
            return;
        }
    }
}
