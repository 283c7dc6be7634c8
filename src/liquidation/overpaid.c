/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid too much, among the differences of a run: what took the place of something else is
 * a correction of it, and nobody owes that. */
#include "overpaid.h"

#include "defray/map.h"

#include "caps.h"

struct making_up {
    const struct rules *rules;
    struct arena *scratch;
    const struct difference *items;
    size_t count;
    struct money *lacks; /* what of a right that went down nothing has made up for */
    struct money *rooms; /* what of a new right, or of a rise, has made up for nothing */
};

/* Whether anything went down. */
static bool
weigh(struct making_up *work)
{
    bool any = false;
    for (size_t i = 0; i < work->count; i++) {
        const struct difference *one = &work->items[i];
        struct money change = money_subtract(one->after, one->before);
        if (change.cents < 0) {
            work->lacks[i] = (struct money){-change.cents};
            any = true;
        } else {
            work->rooms[i] = money_subtract(change, one->again);
        }
    }
    return any;
}

static void
make_up(struct making_up *work, size_t gone, size_t added)
{
    struct money part = money_min(work->lacks[gone], work->rooms[added]);
    work->lacks[gone] = money_subtract(work->lacks[gone], part);
    work->rooms[added] = money_subtract(work->rooms[added], part);
}

static bool
of_one_day(const struct right *a, const struct right *b)
{
    return date_compare(a->day, b->day) == 0 && text_equals(a->component, b->component);
}

/* The rights of a day and an entitlement lie side by side. */
static void
make_up_by_day(struct making_up *work)
{
    size_t end = 0;
    for (size_t start = 0; start < work->count; start = end) {
        size_t added = start;
        for (end = start; end < work->count &&
                          of_one_day(&work->items[start].right, &work->items[end].right);
             end++) {
        }
        for (size_t gone = start; gone < end; gone++) {
            while (work->lacks[gone].cents > 0 && added < end) {
                make_up(work, gone, added);
                added += work->rooms[added].cents == 0;
            }
        }
    }
}

static struct text
session_key(struct arena *scratch, const struct right *right)
{
    return text_of(arena_printf(scratch, "%.*s %.*s", TEXT_ARG(right->component),
                                TEXT_ARG(right->unit)));
}

/* Of a session that has an id, or with a receipt that has a mark: of another day it is the same. */
static bool
has_a_name(const struct difference *one)
{
    return one->session.size > 0 || unit_parts(one->right.unit).mark.size > 0;
}

/* A session whose date moved. */
static void
make_up_by_session(struct making_up *work)
{
    struct map added = {0};
    for (size_t i = 0; i < work->count; i++) {
        if (work->rooms[i].cents > 0 && has_a_name(&work->items[i])) {
            map_insert(work->scratch, &added,
                       session_key(work->scratch, &work->items[i].right), (uint32_t)i);
        }
    }
    for (size_t i = 0; i < work->count && added.count > 0; i++) {
        if (work->lacks[i].cents > 0) {
            struct arena one = *work->scratch;
            uint32_t at = map_find(&added, session_key(&one, &work->items[i].right));
            if (at != MAP_NONE) {
                make_up(work, i, at);
            }
        }
    }
}

static bool
share_a_span(const struct rules *rules, const struct right *a, const struct right *b)
{
    enum span widest = rules_widest_span(rules, a->component);
    return text_equals(a->component, b->component) &&
           span_of(rules, widest, a->day) == span_of(rules, widest, b->day);
}

/* What a ceiling or a counter took, or gives again, is what another line has moved: of the same
 * entitlement, in the same span, and in an earlier place. Rights are in order. `mine` are the lacks
 * or the rooms of what was counted again, `theirs` the others. */
static void
make_up_recounts(struct making_up *work, const struct money *mine,
                 const struct money *theirs)
{
    bool fell = mine == work->lacks;
    size_t other = 0;
    for (size_t at = 0; at < work->count; at++) {
        const struct difference *one = &work->items[at];
        while (one->cause == CAUSE_RECOUNT && mine[at].cents > 0 && other < at) {
            if (share_a_span(work->rules, &work->items[other].right, &one->right)) {
                make_up(work, fell ? at : other, fell ? other : at);
                other += theirs[other].cents == 0;
            } else {
                other++;
            }
        }
    }
}

struct money
overpaid_of(struct arena scratch, const struct rules *rules,
            const struct differences *differences)
{
    struct making_up work = {
        .rules = rules,
        .scratch = &scratch,
        .items = differences->items,
        .count = differences->count,
        .lacks = NEW_ARRAY(&scratch, struct money, differences->count + 1),
        .rooms = NEW_ARRAY(&scratch, struct money, differences->count + 1),
    };
    struct money sum = {0};
    if (!weigh(&work)) {
        return sum;
    }
    make_up_by_day(&work);
    make_up_by_session(&work);
    make_up_recounts(&work, work.lacks, work.rooms);
    make_up_recounts(&work, work.rooms, work.lacks);
    for (size_t i = 0; i < work.count; i++) {
        sum = money_add(sum, work.lacks[i]);
    }
    return sum;
}
