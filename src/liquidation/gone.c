/* SPDX-License-Identifier: Apache-2.0 */
/* A table that was left out looks like one from which everybody was struck off: what it paid is
 * taken back. Where ids of sessions begin again each month, it looks like one whose sessions were
 * moved. Only a person can tell, so it is said. */
#include "gone.h"

#include "claimed.h"
#include "elsewhere_parts.h"

#include <stdlib.h>

/* Whether what is gone is paid now for another day: the same session, or the same receipt. */
static bool
is_moved_to(const struct difference *gone, const struct difference *one)
{
    int days = one->right.day.day - gone->right.day.day;
    bool named =
        moved_names_session(gone->session) || unit_parts(gone->right.unit).mark.size > 0;
    return gone->cause == CAUSE_REMOVED && named && !one->known &&
           abs(days) < REUSED_DAYS_MIN &&
           text_equals(one->right.component, gone->right.component) &&
           text_equals(one->right.unit, gone->right.unit);
}

static bool
has_moved(const struct settlement *settlement, const struct difference *gone)
{
    for (size_t i = 0; i < settlement->count; i++) {
        if (is_moved_to(gone, &settlement->items[i])) {
            return true;
        }
    }
    return false;
}

/* Whether something that is gone is paid so. */
static bool
is_moved_here(const struct settlement *settlement, const struct difference *one)
{
    for (size_t i = 0; i < settlement->count; i++) {
        if (is_moved_to(&settlement->items[i], one)) {
            return true;
        }
    }
    return false;
}

/* Whether not even a row of somebody else is there. */
static bool
is_bare(const struct batch *batch, const struct right *right)
{
    const struct log *log = batch->log;
    if (!text_equals(right->component, text_of("stipend"))) {
        return batch->claims == NULL || batch->claims->count == 0;
    }
    for (size_t i = 0; i < log->session_count; i++) {
        const struct session *session = &log->sessions[i];
        if (date_compare(session->date, right->day) == 0 &&
            text_equals(presence_unit(session), right->unit)) {
            return false;
        }
    }
    return true;
}

void
gone_add(struct gone_rights *sum, const struct gone_rights *more)
{
    if (more->count == 0) {
        return;
    }
    if (sum->count == 0) {
        *sum = *more;
        return;
    }
    if (date_compare(more->days.from, sum->days.from) < 0) {
        sum->days.from = more->days.from;
    }
    if (date_compare(more->days.to, sum->days.to) > 0) {
        sum->days.to = more->days.to;
    }
    sum->count += more->count;
    sum->bare += more->bare;
    sum->taken = money_add(sum->taken, more->taken);
    sum->paid = money_add(sum->paid, more->paid);
}

void
gone_count(const struct batch *batch, uint32_t member, struct gone_rights *sum,
           const struct settlement *settlement)
{
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *one = &settlement->items[i];
        if (one->cause == CAUSE_REMOVED && !has_moved(settlement, one)) {
            const struct gone_rights right = {
                .count = 1,
                .bare = is_bare(batch, &one->right),
                .member = member,
                .days = {one->right.day, one->right.day},
                .taken = one->before,
            };
            gone_add(sum, &right);
        }
    }
}

void
gone_count_moved(uint32_t member, struct gone_rights *sum,
                 const struct settlement *settlement)
{
    struct gone_rights own = {0};
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *one = &settlement->items[i];
        if (has_moved(settlement, one)) {
            const struct gone_rights right = {
                .count = 1,
                .member = member,
                .days = {one->right.day, one->right.day},
                .taken = one->before,
            };
            gone_add(&own, &right);
        }
    }
    for (size_t i = 0; i < settlement->count && own.count > 0; i++) {
        const struct difference *one = &settlement->items[i];
        if (is_moved_here(settlement, one)) {
            own.paid = money_add(own.paid, one->after);
        }
    }
    gone_add(sum, &own);
}

static struct where
where_of(const struct batch *batch)
{
    return (struct where){.input = batch->log->file_count > 0 ? batch->log->files[0]
                                                              : batch->rules->file};
}

void
notice_gone_moved(struct diag *diag, const struct batch *batch,
                  const struct gone_rights *moved)
{
    enum language language = diag_language(diag);
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (moved->count == 0 || diag_errors(diag) > 0) { /* refused: nothing is moved */
        return;
    }
    struct text id = batch->roster->items[moved->member].id;
    diag_warning(
        diag, where_of(batch), CODE_L034,
        "rights paid before, of days from %s to %s, whose session or receipt the tables "
        "given now have on another day: %zu, first of '%.*s'; %s € are taken back, "
        "and %s € are paid for the other days",
        date_text(moved->days.from, from), date_text(moved->days.to, to), moved->count,
        TEXT_ARG(id), tr_money(diag_arena(diag), language, moved->taken),
        tr_money(diag_arena(diag), language, moved->paid));
}

void
notice_gone(struct diag *diag, const struct batch *batch, const struct gone_rights *gone)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (gone->count == 0 || diag_errors(diag) > 0) { /* refused: nothing is taken back */
        return;
    }
    struct where where = where_of(batch);
    const char *taken = tr_money(diag_arena(diag), diag_language(diag), gone->taken);
    struct text id = batch->roster->items[gone->member].id;
    date_text(gone->days.from, from);
    date_text(gone->days.to, to);
    if (gone->bare > 0) {
        diag_warning(diag, where, CODE_L032,
                     "rights paid before, of days from %s to %s, that no table given now "
                     "has: %zu, of which %zu of a session without any row, or expenses "
                     "where none is given; first of '%.*s'; %s € are taken back",
                     from, to, gone->count, gone->bare, TEXT_ARG(id), taken);
    } else {
        diag_warning(diag, where, CODE_L032,
                     "rights paid before, of days from %s to %s, that no table given now "
                     "has: %zu, first of '%.*s'; %s € are taken back",
                     from, to, gone->count, TEXT_ARG(id), taken);
    }
}
