/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts in their order, and the facts of a member against one another. Members are
 * separated by counting and swapping in place, since the facts are most of the
 * memory in use; a member's own facts are then sorted. Nothing here depends on the
 * order of the input, except which of two equal rows is called the first.
 *
 * A log lists session after session, so that each swap would miss the cache: a million
 * facts took 0.25 s of processor time. Swapped into groups of members first, then within
 * a group, which the cache holds, they take 0.05 s; and groups are settled beside one another.
 */
#include "defray/parallel.h"

#include "alike.h"
#include "attendance_reader.h"
#include "wording.h"

#include <assert.h>
#include <string.h>

#define GROUP_FACTS 8192 /* of 24 bytes: half of what a processor keeps near */
#define FEW         32   /* facts of a member that are sorted where they lie */

/* --- sessions --- */

static int
compare_own(const void *context, uint32_t a, uint32_t b)
{
    const struct session *left = &((const struct session *)context)[a];
    const struct session *right = &((const struct session *)context)[b];
    int order = date_compare(left->date, right->date);
    if (order == 0) {
        order = text_compare(left->id, right->id);
    }
    return order != 0 ? order : compare_numbers(left->kind, right->kind);
}

/* The calendar's sessions, then the facts' own, whose order must not depend on which
 * row came first. */
static void
settle_sessions(struct attending *a, struct arena scratch)
{
    struct log *log = a->log;
    size_t base = a->calendar->count;
    const uint32_t *order =
        sorted_indexes(&scratch, a->own.count, (struct order){compare_own, a->own.items});
    uint32_t *new_index = NEW_ARRAY(&scratch, uint32_t, a->own.count);
    log->session_count = base + a->own.count;
    log->sessions = NEW_ARRAY(a->reading->keep, struct session, log->session_count);
    for (size_t i = 0; i < base; i++) {
        log->sessions[i] = a->calendar->items[i];
    }
    for (size_t i = 0; i < a->own.count; i++) {
        log->sessions[base + i] = a->own.items[order[i]];
        new_index[order[i]] = (uint32_t)(base + i);
    }
    for (size_t i = 0; i < log->count; i++) {
        if (log->items[i].session >= base) {
            log->items[i].session = new_index[log->items[i].session - base];
        }
    }
}

/* Without a calendar, rows with an id and rows without may mean the same session,
 * which would then be paid twice. */
static void
warn_doubtful_sessions(const struct attending *a)
{
    const struct log *log = a->log;
    for (size_t i = a->calendar->count; i + 1 < log->session_count; i++) {
        const struct session *nameless = &log->sessions[i];
        for (size_t j = i + 1; nameless->id.size == 0 && j < log->session_count; j++) {
            const struct session *other = &log->sessions[j];
            if (date_compare(other->date, nameless->date) != 0) {
                break;
            }
            if (other->id.size > 0 && other->kind == nameless->kind) {
                diag_error(a->reading->diag, nameless->where, CODE_A015,
                           "the row names no session, and may mean session '%.*s'",
                           TEXT_ARG(other->id));
                diag_other_place(a->reading->diag, other->where);
            }
        }
    }
}

static bool
may_be_one(const struct session *a, const struct session *b)
{
    return a->start == TIME_NONE || b->start == TIME_NONE || a->start == b->start;
}

/* Two spellings of one session would be two, both of which are paid. Those that are held at other
 * times are two, and a third may be the one or the other. */
static void
check_spelling(const struct attending *a)
{
    const struct log *log = a->log;
    struct diag *diag = a->reading->diag;
    struct arena start =
        arena_reserve(ARENA_SCRATCH_BYTES); /* for ids as long as they may be */
    struct arena scratch = start;
    struct alike known = {0};
    for (size_t i = 0; i < log->session_count; i++) {
        const struct session *session = &log->sessions[i];
        struct text spelled = words_spelled(&scratch, session->id);
        if (session->id.size == 0 || date_is_none(session->date)) {
            continue;
        }
        const char *key = arena_printf(&scratch, "%d %d %.*s", session->date.day,
                                       (int)session->kind, TEXT_ARG(spelled));
        uint32_t at = alike_add(&scratch, &known, text_of(key), (uint32_t)i);
        const struct alike_one *list = known.list.items;
        while (list[at].index != i &&
               !may_be_one(&log->sessions[list[at].index], session)) {
            at = list[at].next;
        }
        const struct session *first = &log->sessions[list[at].index];
        if (first != session) {
            diag_error(diag, session->where, CODE_A029,
                       "the sessions '%.*s' and '%.*s' of one day and kind may be one",
                       TEXT_ARG(first->id), TEXT_ARG(session->id));
            diag_other_place(diag, first->where);
        }
    }
    arena_release(start);
}

/* --- order --- */

struct ranked {
    const struct log *log;
    const struct attendance *items; /* of one member */
    const uint32_t *ranks;          /* of the sessions, by date and id */
};

static int
compare_ranks(const void *context, uint32_t a, uint32_t b)
{
    const struct session *left = &((const struct session *)context)[a];
    const struct session *right = &((const struct session *)context)[b];
    int order = date_compare(left->date, right->date);
    if (order == 0) {
        order = text_compare(left->id, right->id);
    }
    return order != 0 ? order : compare_numbers(a, b);
}

static int
start_key(const struct attendance *fact)
{
    return fact->start == TIME_NONE ? INT16_MAX : fact->start;
}

static int
compare_places(const struct attendance *a, const struct attendance *b)
{
    int order = compare_numbers(a->file, b->file);
    return order != 0 ? order : compare_numbers(a->line, b->line);
}

static int
compare_two(const struct ranked *ranked, const struct attendance *left,
            const struct attendance *right)
{
    const struct session *sessions = ranked->log->sessions;
    int order = date_compare(sessions[left->session].date, sessions[right->session].date);
    if (order == 0) {
        order = compare_numbers(start_key(left), start_key(right));
    }
    if (order == 0) {
        order =
            compare_numbers(ranked->ranks[left->session], ranked->ranks[right->session]);
    }
    return order != 0 ? order : compare_places(left, right);
}

static int
compare_facts(const void *context, uint32_t a, uint32_t b)
{
    const struct ranked *ranked = context;
    return compare_two(ranked, &ranked->items[a], &ranked->items[b]);
}

/* Members from `from` up to `to`, in parts of 2^shift. */
struct members {
    size_t from, to;
    unsigned shift;
};

/* Where the facts of a part start; past the last, where all end. */
static size_t
part_start(const struct log *log, struct members members, size_t part)
{
    size_t member = members.from + (part << members.shift);
    return log->first[member < members.to ? member : members.to];
}

/* Brings the facts of each part together: every swap puts one in its part. */
static void
separate(const struct log *log, struct members members, struct arena scratch)
{
    size_t parts = ((members.to - members.from - 1) >> members.shift) + 1;
    size_t *next = NEW_ARRAY(&scratch, size_t, parts);
    for (size_t p = 0; p < parts; p++) {
        next[p] = part_start(log, members, p);
    }
    for (size_t p = 0; p < parts; p++) {
        size_t end = part_start(log, members, p + 1);
        while (next[p] < end) {
            struct attendance fact = log->items[next[p]];
            size_t part = (fact.member - members.from) >> members.shift;
            while (part != p) {
                struct attendance *target = &log->items[next[part]++];
                struct attendance displaced = *target;
                *target = fact;
                fact = displaced;
                part = (fact.member - members.from) >> members.shift;
            }
            log->items[next[p]++] = fact;
        }
    }
}

static bool
are_separate(const struct log *log)
{
    for (size_t i = 1; i < log->count; i++) {
        if (log->items[i].member < log->items[i - 1].member) {
            return false;
        }
    }
    return true;
}

/* Each is put before those that come after it. */
static void
sort_few(const struct ranked *ranked, struct attendance *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct attendance fact = items[i];
        size_t at = i;
        for (; at > 0 && compare_two(ranked, &items[at - 1], &fact) > 0; at--) {
            items[at] = items[at - 1];
        }
        items[at] = fact;
    }
}

static void
sort_member(const struct log *log, size_t member, const uint32_t *ranks,
            struct arena scratch)
{
    size_t count = log->first[member + 1] - log->first[member];
    struct attendance *items = log->items + log->first[member];
    struct ranked ranked = {.log = log, .items = items, .ranks = ranks};
    if (count <= FEW) {
        sort_few(&ranked, items, count);
        return;
    }
    const uint32_t *order =
        sorted_indexes(&scratch, count, (struct order){compare_facts, &ranked});
    struct attendance *sorted = NEW_ARRAY(&scratch, struct attendance, count);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = items[order[i]];
    }
    memcpy(items, sorted, count * sizeof *items);
}

/* Groups of 2^shift members, each of which lies together once they are separated. */
struct settling {
    const struct log *log;
    const uint32_t *ranks;
    size_t members;
    unsigned shift;
    bool separated; /* each member's facts lie together already */
};

static void *
settle_group(void *context, size_t group, struct arena *arena)
{
    const struct settling *settling = context;
    size_t from = group << settling->shift;
    size_t to = from + ((size_t)1 << settling->shift);
    to = to < settling->members ? to : settling->members;
    if (!settling->separated) {
        separate(settling->log, (struct members){from, to, 0}, *arena);
    }
    for (size_t m = from; m < to; m++) {
        sort_member(settling->log, m, settling->ranks, *arena);
    }
    return NULL;
}

static void
settle_members(const struct log *log, size_t count, const uint32_t *ranks,
               struct arena scratch)
{
    if (count == 0) {
        return;
    }
    struct settling settling = {
        .log = log, .ranks = ranks, .members = count, .separated = are_separate(log)};
    while (settling.shift < 31 &&
           (log->count << (settling.shift + 1)) / count <= GROUP_FACTS) {
        settling.shift++;
    }
    if (!settling.separated) {
        separate(log, (struct members){0, count, settling.shift}, scratch);
    }
    parallel_in_order(
        scratch, &(struct parallel_work){.context = &settling,
                                         .parts = ((count - 1) >> settling.shift) + 1,
                                         .make = settle_group});
}

/* Room for sorting all facts, should one member have them all. */
static struct arena
settle_scratch(const struct attending *a)
{
    size_t facts = a->log->count * (sizeof(struct attendance) + 4 * sizeof(uint32_t));
    size_t sessions = (a->calendar->count + a->own.count) * 64;
    return arena_reserve(facts + sessions + a->roster->count * sizeof(size_t) +
                         (1 << 20));
}

void
attendance_settle(struct attending *a)
{
    struct log *log = a->log;
    assert(log->items !=
           NULL); /* also where there is none: they are counted from there */
    struct arena start = settle_scratch(a);
    struct arena scratch = start;
    settle_sessions(a, scratch);
    warn_doubtful_sessions(a);
    check_spelling(a);
    const uint32_t *by_rank = sorted_indexes(
        &scratch, log->session_count, (struct order){compare_ranks, log->sessions});
    uint32_t *ranks = NEW_ARRAY(&scratch, uint32_t, log->session_count);
    for (size_t i = 0; i < log->session_count; i++) {
        ranks[by_rank[i]] = (uint32_t)i;
    }
    log->first = facts_first(a->reading->keep, a->roster, log->items, log->count,
                             sizeof *log->items);
    settle_members(log, a->roster->count, ranks, scratch);
    arena_release(start);
}
