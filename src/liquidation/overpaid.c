/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid too much, among the differences of a run: what took the place of something else is
 * a correction of it, and nobody owes that. */
#include "overpaid.h"

#include "defray/map.h"

#include "caps.h"

#include <assert.h>

struct making_up {
    const struct rules *rules;
    const struct history *history;
    uint32_t member;
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

/* At most so much; gives how much. */
static struct money
make_up_part(struct making_up *work, size_t gone, size_t added, struct money most)
{
    struct money part = money_min(work->lacks[gone], work->rooms[added]);
    part = money_min(part, most);
    work->lacks[gone] = money_subtract(work->lacks[gone], part);
    work->rooms[added] = money_subtract(work->rooms[added], part);
    return part;
}

static void
make_up(struct making_up *work, size_t gone, size_t added)
{
    (void)make_up_part(work, gone, added, work->rooms[added]);
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

struct spanned {
    struct text component;
    enum span span;
    struct date day; /* of the span */
};

static bool
lies_in(const struct making_up *work, const struct spanned *spanned,
        const struct right *right)
{
    return text_equals(right->component, spanned->component) &&
           span_of(work->rules, spanned->span, right->day) ==
               span_of(work->rules, spanned->span, spanned->day);
}

static int64_t
paid_in(const struct making_up *work, const struct spanned *spanned)
{
    const struct history *history = work->history;
    int64_t sum = 0;
    for (size_t i = history->first[work->member]; i < history->first[work->member + 1];
         i++) {
        bool in = lies_in(work, spanned, &history->items[i].right);
        sum += in ? history->items[i].amount.cents : 0;
    }
    size_t count = 0;
    const struct elsewhere *others = elsewhere_of(history, work->member, &count);
    for (size_t i = 0; i < count; i++) {
        bool in = lies_in(work, spanned, &others[i].right);
        sum += in ? others[i].amount.cents : 0;
    }
    return sum;
}

/* What is new or rises in the span, less what has made up for something already. */
static int64_t
added_in(const struct making_up *work, const struct spanned *spanned)
{
    int64_t sum = 0;
    for (size_t i = 0; i < work->count; i++) {
        const struct difference *one = &work->items[i];
        int64_t change = one->after.cents - one->before.cents;
        if (!lies_in(work, spanned, &one->right)) {
            continue;
        }
        sum += change < 0 ? change + work->lacks[i].cents : change - one->again.cents;
    }
    return sum;
}

/* In euros; of a limit in units, at the rate of the day. False if it tells nothing: of a line,
 * soft, or in units whose receipts may be less. Something is paid on the day: the rules hold. */
static bool
limit_of(const struct cap *cap, const struct entitlement *price, struct date day,
         struct money *limit)
{
    const struct value *value = timeline_at(&cap->limit, day);
    if (cap->soft || cap->span == SPAN_LINE) {
        return false;
    }
    assert(value != NULL);
    if (!cap->of_quantity) {
        *limit = money_round(value->amount, ROUND_HALF_UP);
        return true;
    }
    assert(price != NULL); /* those over all tariffs are in euros */
    if (price->method->uses_amount) {
        return false;
    }
    const struct value *rate = timeline_at(&price->rates, day);
    assert(rate != NULL); /* a ceiling in units stands beside rates only */
    *limit = money_times(value->amount, rate->amount, price->rounding);
    return true;
}

/* What of the room the span would have left out, had nothing gone down in it, makes up for what
 * went down there before it. */
static void
make_up_freed(struct making_up *work, size_t at, const struct spanned *spanned,
              int64_t freed)
{
    for (size_t gone = 0; gone < at && freed > 0; gone++) {
        const struct difference *one = &work->items[gone];
        if (one->cause != CAUSE_RECOUNT && lies_in(work, spanned, &one->right)) {
            freed -= make_up_part(work, gone, at, (struct money){freed}).cents;
        }
    }
}

static void
make_up_by_caps(struct making_up *work, size_t at, const struct cap *caps, size_t count,
                const struct entitlement *price)
{
    const struct right *right = &work->items[at].right;
    for (size_t i = 0; i < count; i++) {
        struct money limit;
        const struct spanned spanned = {right->component, caps[i].span, right->day};
        if (limit_of(&caps[i], price, right->day, &limit)) {
            int64_t freed =
                paid_in(work, &spanned) + added_in(work, &spanned) - limit.cents;
            make_up_freed(work, at, &spanned, freed);
        }
    }
}

/* A line that stood at nothing, since a ceiling took all of it or a flat amount was counted
 * already, was never posted, and is no recount: what it gets now is what others before it left. A
 * session that is really new has its own room under the ceiling. Which of several tariffs a right
 * is of, the ledger does not tell: then only what is over all of them counts. */
static void
make_up_from_nothing(struct making_up *work)
{
    const struct stipend *stipend = &work->rules->stipend;
    for (size_t at = 0; at < work->count; at++) {
        const struct difference *one = &work->items[at];
        const struct entitlement *price = NULL;
        if (one->before.cents != 0 || work->rooms[at].cents == 0) {
            continue;
        }
        for (size_t i = 0; i < work->rules->category_count; i++) {
            const struct entitlement *own = &work->rules->categories[i].price;
            price = text_equals(own->key, one->right.component) ? own : price;
        }
        if (text_equals(one->right.component, STR("stipend"))) {
            price = stipend->tariff_count == 1 ? &stipend->tariffs[0].price : NULL;
            make_up_by_caps(work, at, stipend->caps, stipend->cap_count, NULL);
        }
        if (price != NULL) {
            make_up_by_caps(work, at, price->caps, price->cap_count, price);
        }
        if (price != NULL && price->unit == UNIT_MANDATE) {
            const struct spanned mandate = {price->key, SPAN_MANDATE, one->right.day};
            make_up_freed(work, at, &mandate, work->rooms[at].cents);
        }
    }
}

struct money
overpaid_of(struct arena scratch, const struct batch *batch, uint32_t member,
            const struct differences *differences)
{
    struct making_up work = {
        .rules = batch->rules,
        .history = batch->history,
        .member = member,
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
    make_up_from_nothing(&work);
    for (size_t i = 0; i < work.count; i++) {
        sum = money_add(sum, work.lacks[i]);
    }
    return sum;
}
