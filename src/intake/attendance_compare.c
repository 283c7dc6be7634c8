/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The facts of one member at one session. The same fact twice counts once. Two
 * presences whose times do not overlap are somebody who left and came back.
 * Anything else says two things of one person and session, and is refused.
 */
#include "attendance_reader.h"

#include <string.h>

#define ROOM ((size_t)1 << 20)

struct bounds {
    int16_t start, end;
};

/* The times of a presence, a missing one taken from the calendar. False if it has
 * none of its own, or one stays unknown. */
static bool
find_bounds(const struct log *log, const struct attendance *fact, struct bounds *out)
{
    const struct session *session = &log->sessions[fact->session];
    bool own = fact->start != TIME_NONE || fact->end != TIME_NONE;
    out->start = fact->start != TIME_NONE ? fact->start : session->start;
    out->end = fact->end != TIME_NONE ? fact->end : session->end;
    return own && fact->duration == DURATION_NONE && out->start != TIME_NONE &&
           out->end != TIME_NONE;
}

static bool
same_contents(const struct attendance *a, const struct attendance *b)
{
    return a->session == b->session && a->presence == b->presence &&
           a->start == b->start && a->end == b->end && a->duration == b->duration;
}

/* By session, then by contents; equals by place, which is the order they are in. */
static int
compare_contents(const void *context, uint32_t a, uint32_t b)
{
    const struct log *log = context;
    const struct attendance *left = &log->items[a];
    const struct attendance *right = &log->items[b];
    const int orders[] = {
        compare_numbers(left->session, right->session),
        compare_numbers(left->presence, right->presence),
        compare_numbers(left->start, right->start),
        compare_numbers(left->end, right->end),
        compare_numbers(left->duration, right->duration),
    };
    for (size_t i = 0; i < ARRAY_COUNT(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return compare_numbers(a, b);
}

static int
compare_bounds(const void *context, uint32_t a, uint32_t b)
{
    struct bounds left;
    struct bounds right;
    find_bounds(context, &((const struct log *)context)->items[a], &left);
    find_bounds(context, &((const struct log *)context)->items[b], &right);
    int order = compare_numbers(left.start, right.start);
    if (order == 0) {
        order = compare_numbers(left.end, right.end);
    }
    return order != 0 ? order : compare_numbers(a, b);
}

/* Whether a was read before b. */
static bool
is_before(const struct attendance *a, const struct attendance *b)
{
    return a->file != b->file ? a->file < b->file : a->line < b->line;
}

struct clash {
    const struct attendance *later, *earlier;
    struct text member, session;
};

static struct clash
clash_of(const struct attending *a, const struct attendance *x,
         const struct attendance *y)
{
    bool in_order = is_before(x, y);
    return (struct clash){
        .later = in_order ? y : x,
        .earlier = in_order ? x : y,
        .member = a->roster->items[x->member].id,
        .session = a->log->sessions[x->session].id,
    };
}

static void
report_contents(const struct attending *a, const struct attendance *x,
                const struct attendance *y)
{
    struct clash clash = clash_of(a, x, y);
    struct diag *diag = a->reading->diag;
    enum language language = diag_language(diag);
    const char *later = presence_label(language, (enum presence)clash.later->presence);
    const char *earlier =
        presence_label(language, (enum presence)clash.earlier->presence);
    struct where where = attendance_where(a->log, clash.later);
    if (clash.later->presence != clash.earlier->presence) {
        diag_error(diag, where, CODE_A002,
                   "member '%.*s' is %s here and %s elsewhere for the same session",
                   TEXT_ARG(clash.member), later, earlier);
    } else {
        diag_error(
            diag, where, CODE_A002,
            "member '%.*s' has other times or minutes elsewhere for the same session",
            TEXT_ARG(clash.member));
    }
    diag_other_place(diag, attendance_where(a->log, clash.earlier));
}

static void
report_overlap(const struct attending *a, const struct attendance *x,
               const struct attendance *y)
{
    struct clash clash = clash_of(a, x, y);
    diag_error(a->reading->diag, attendance_where(a->log, clash.later), CODE_A003,
               "two presences of member '%.*s' at the same session overlap",
               TEXT_ARG(clash.member));
    diag_other_place(a->reading->diag, attendance_where(a->log, clash.earlier));
}

/* Marks repeated facts, and notes the first of them; what is left are the distinct ones,
 * moved to the front. Gives their number. */
static size_t
mark_repeated(const struct attending *a, uint32_t *facts, size_t count)
{
    struct attendance *items = a->log->items;
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        struct attendance *fact = &items[facts[i]];
        if (distinct == 0 || !same_contents(&items[facts[distinct - 1]], fact)) {
            facts[distinct++] = facts[i];
            continue;
        }
        fact->repeats = true;
        *ARRAY_PUSH(a->reading->keep, &a->log->repeats) =
            (struct repeat){facts[i], facts[distinct - 1]};
        const struct attendance *first = &items[facts[distinct - 1]];
        diag_warning(a->reading->diag, attendance_where(a->log, fact), CODE_A001,
                     "the row repeats another of member '%.*s', and counts once",
                     TEXT_ARG(a->roster->items[fact->member].id));
        diag_other_place(a->reading->diag, attendance_where(a->log, first));
    }
    return distinct;
}

/* Distinct facts of one member at one session. */
static void
compare_distinct(const struct attending *a, struct arena scratch, uint32_t *facts,
                 size_t count)
{
    const struct attendance *items = a->log->items;
    const struct attendance *untimed = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct attendance *fact = &items[facts[i]];
        struct bounds bounds;
        if (!find_bounds(a->log, fact, &bounds) &&
            (untimed == NULL || is_before(fact, untimed))) {
            untimed = fact;
        }
    }
    if (untimed == NULL) {
        sort_indexes(scratch, facts, count, (struct order){compare_bounds, a->log});
    }
    const struct attendance *widest = &items[facts[0]];
    for (size_t i = 0; i < count; i++) {
        const struct attendance *fact = &items[facts[i]];
        struct bounds last;
        struct bounds bounds;
        if (untimed != NULL) {
            if (fact != untimed) {
                report_contents(a, untimed, fact);
            }
            continue;
        }
        find_bounds(a->log, widest, &last);
        find_bounds(a->log, fact, &bounds);
        if (fact != widest && bounds.start < last.end) {
            report_overlap(a, widest, fact);
        }
        widest = bounds.end > last.end ? fact : widest;
    }
}

static void
compare_member(const struct attending *a, size_t member, struct arena scratch)
{
    const struct log *log = a->log;
    size_t base = log->first[member];
    size_t count = log->first[member + 1] - base;
    uint32_t *facts = NEW_ARRAY(&scratch, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        facts[i] = (uint32_t)(base + i);
    }
    sort_indexes(scratch, facts, count, (struct order){compare_contents, log});
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        uint32_t session = log->items[facts[i]].session;
        while (end < count && log->items[facts[end]].session == session) {
            end++;
        }
        size_t distinct = mark_repeated(a, facts + i, end - i);
        if (distinct > 1) {
            compare_distinct(a, scratch, facts + i, distinct);
        }
        i = end;
    }
}

/* Whether nobody has to look closer: each fact is of another session. `seen` tells of each session
 * the last member, counted from 1, of whom a fact was looked at. */
static bool
are_of_many_sessions(const struct log *log, size_t member, uint32_t *seen)
{
    for (size_t i = log->first[member]; i < log->first[member + 1]; i++) {
        uint32_t *last = &seen[log->items[i].session];
        if (*last == member + 1) {
            return false;
        }
        *last = (uint32_t)(member + 1);
    }
    return true;
}

static int
compare_repeats(const void *context, uint32_t a, uint32_t b)
{
    const struct repeat *repeats = context;
    return compare_numbers(repeats[a].fact, repeats[b].fact);
}

/* Those of a member were noted session by session. */
static void
sort_repeats(struct repeats *repeats)
{
    struct arena start = arena_reserve(
        repeats->count * (2 * sizeof(uint32_t) + sizeof(struct repeat)) + ROOM);
    struct arena scratch = start;
    const uint32_t *order = sorted_indexes(
        &scratch, repeats->count, (struct order){compare_repeats, repeats->items});
    struct repeat *sorted = NEW_ARRAY(&scratch, struct repeat, repeats->count);
    for (size_t i = 0; i < repeats->count; i++) {
        sorted[i] = repeats->items[order[i]];
    }
    memcpy(repeats->items, sorted, repeats->count * sizeof *sorted);
    arena_release(start);
}

void
attendance_compare(struct attending *a)
{
    const struct log *log = a->log;
    struct arena start = arena_reserve(log->count * 4 * sizeof(uint32_t) +
                                       log->session_count * sizeof(uint32_t) + ROOM);
    struct arena scratch = start;
    uint32_t *seen = NEW_ARRAY(&scratch, uint32_t, log->session_count + 1);
    for (size_t m = 0; m < a->roster->count; m++) {
        if (!are_of_many_sessions(log, m, seen)) {
            compare_member(a, m, scratch);
        }
    }
    if (log->repeats.count > 1) {
        sort_repeats(&a->log->repeats);
    }
    arena_release(start);
}
