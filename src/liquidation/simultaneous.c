/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same time of one person, paid at two sessions: one meeting under two ids, or a presence in
 * two rooms at once. Told of each two sessions once, for a session entered twice is everybody's.
 */
#include "simultaneous.h"

#include "presence.h"

static bool
is_paid(const struct line *line)
{
    return !line->is_claim && line->due.cents > 0;
}

/* Lines of a day are in the order in which they begin. Where it is not known when somebody was
 * there, nothing is said. */
static bool
overlap(const struct log *log, const struct line *a, const struct line *b)
{
    struct stay one = stay_of(&log->items[a->fact], a->session);
    struct stay other = stay_of(&log->items[b->fact], b->session);
    int16_t one_end = stay_end(&one, &log->items[a->fact], a->session);
    int16_t other_end = stay_end(&other, &log->items[b->fact], b->session);
    return one_end != TIME_NONE && other_end != TIME_NONE && other.start < one_end;
}

/* The next two lines, from the second `at` on, that are paid for the same time: at two sessions,
 * for stays at one that overlap are refused where they are read (A003). */
static bool
next_two(const struct batch *batch, const struct member_result *result, size_t *at,
         size_t *before)
{
    const struct line *lines = result->lines;
    for (; *at < result->count; (*at)++, *before = *at) {
        while (*before > 0 &&
               date_compare(lines[*before - 1].date, lines[*at].date) == 0) {
            const struct line *earlier = &lines[--*before];
            if (is_paid(earlier) && is_paid(&lines[*at]) &&
                overlap(batch->log, earlier, &lines[*at])) {
                return true;
            }
        }
    }
    return false;
}

bool
simultaneous_any(const struct batch *batch, const struct member_result *result)
{
    size_t at = 0;
    size_t before = 0;
    return next_two(batch, result, &at, &before);
}

void
simultaneous_add(struct arena *keep, struct simultaneous *found,
                 const struct batch *batch, uint32_t member,
                 const struct member_result *result)
{
    size_t before = 0;
    for (size_t at = 0; next_two(batch, result, &at, &before);) {
        const struct line *a = &result->lines[before];
        const struct line *b = &result->lines[at];
        bool in_order = a->session < b->session;
        const struct session *first = in_order ? a->session : b->session;
        const struct session *second = in_order ? b->session : a->session;
        size_t i = 0;
        while (i < found->count &&
               (found->items[i].first != first || found->items[i].second != second)) {
            i++;
        }
        if (i == found->count) {
            *ARRAY_PUSH(keep, found) = (struct two_sessions){
                .first = first,
                .second = second,
                .member = member,
                .first_row = in_order ? a->where : b->where,
                .second_row = in_order ? b->where : a->where,
            };
        }
        struct two_sessions *two = &found->items[i];
        two->members += two->members == 0 || two->last != member;
        two->last = member;
    }
}

/* What a session is called: only its kind is known of one without an id. */
static const char *
name_of(struct diag *diag, const struct session *session)
{
    return session->id.size > 0 ? text_string(diag_arena(diag), session->id)
                                : kind_label(diag_language(diag), session->kind);
}

void
simultaneous_tell(struct diag *diag, const struct batch *batch,
                  const struct simultaneous *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct two_sessions *two = &found->items[i];
        struct text id = batch->roster->items[two->member].id;
        const char *first = name_of(diag, two->first);
        const char *second = name_of(diag, two->second);
        bool of_one_row = two->first_row.input == two->second_row.input &&
                          two->first_row.line == two->second_row.line;
        struct where where = of_one_row ? two->second->where : two->second_row;
        struct where other = of_one_row ? two->first->where : two->first_row;
        if (two->members == 1) {
            diag_warning(diag, where, CODE_L029,
                         "'%.*s' is paid for the same time at the sessions '%s' and '%s'",
                         TEXT_ARG(id), first, second);
            diag_other_place(diag, other);
        } else {
            diag_warning(
                diag, two->second->where, CODE_L029,
                "members who are paid for the same time at the sessions '%s' and '%s': "
                "%zu, first '%.*s'",
                first, second, two->members, TEXT_ARG(id));
            diag_other_place(diag, two->first->where);
        }
    }
}
