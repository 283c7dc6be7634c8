/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One member at a time: the facts in order, each judged, priced, capped. The facts before
 * the period are computed too where a yearly counter or a cap of more than a day needs
 * them, and dropped at the end.
 */
#include "defray/settlement.h"

#include "paid.h"
#include "presence.h"

#include <stdlib.h>

#define FEW 64 /* facts of a member that are sorted where they lie */

struct entry { /* a fact in its place among the member's lines */
    struct date date;
    int16_t start;
    bool is_claim;
    uint32_t index;
    struct text session;
};

bool
liquidation_looks_back(const struct rules *rules)
{
    for (size_t i = 0; i < rules->stipend.cap_count; i++) {
        if (rules->stipend.caps[i].span > SPAN_DAY) {
            return true;
        }
    }
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        const struct entitlement *price = &rules->stipend.tariffs[i].price;
        bool long_cap =
            price->cap_count > 0 && price->caps[price->cap_count - 1].span > SPAN_DAY;
        if (long_cap || price->unit == UNIT_MANDATE) {
            return true;
        }
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct entitlement *price = &rules->categories[i].price;
        bool long_cap =
            price->cap_count > 0 && price->caps[price->cap_count - 1].span > SPAN_DAY;
        bool counts_year = rules->categories[i].heading == HEADING_INCOME_LOSS;
        if (long_cap || price->scale.count > 0 || counts_year) {
            return true;
        }
    }
    return false;
}

static int
compare_entries(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    int order = date_compare(a->date, b->date);
    if (order == 0 && a->start != b->start) {
        /* Lines without a start come last in their day. */
        int late_a = a->start == TIME_NONE ? INT16_MAX : a->start;
        int late_b = b->start == TIME_NONE ? INT16_MAX : b->start;
        order = late_a - late_b;
    }
    if (order == 0) { /* a day's claims after its presences: they share no cap */
        order = (int)a->is_claim - (int)b->is_claim;
    }
    if (order == 0) {
        order = text_compare(a->session, b->session);
    }
    if (order == 0) {
        order = a->index < b->index ? -1 : a->index > b->index;
    }
    return order;
}

/* Those of the log are in order: of a month, only some claims are to be put between them. */
static void
put_in_order(struct entry *entries, size_t count)
{
    if (count > FEW) {
        qsort(entries, count, sizeof *entries, compare_entries);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct entry entry = entries[i];
        size_t at = i;
        for (; at > 0 && compare_entries(&entries[at - 1], &entry) > 0; at--) {
            entries[at] = entries[at - 1];
        }
        entries[at] = entry;
    }
}

/* What stays paid uses up ceilings before any line does: so all days of the run are looked at where
 * the lines wanted are of those before its period. */
static struct date
last_in_reach(const struct batch *batch)
{
    bool may_stay = payments_may_stay(batch->rules);
    return may_stay ? batch_run(batch)->period.to : batch->period.to;
}

static bool
in_reach(const struct batch *batch, bool back, struct date date)
{
    return date_compare(date, last_in_reach(batch)) <= 0 &&
           (back || date_compare(date, batch->period.from) >= 0);
}

/* The member's facts that count, in the order of the specification. */
static struct entry *
line_up(struct arena *keep, const struct batch *batch, uint32_t member, size_t *count)
{
    const struct log *log = batch->log;
    const struct claims *claims = batch->claims;
    bool back = liquidation_looks_back(batch->rules);
    size_t first_claim = claims == NULL ? 0 : claims->first[member];
    size_t end_claim = claims == NULL ? 0 : claims->first[member + 1];
    size_t most = log->first[member + 1] - log->first[member] + end_claim - first_claim;
    struct entry *entries = NEW_ARRAY(keep, struct entry, most + 1);
    *count = 0;
    for (size_t i = log->first[member]; i < log->first[member + 1]; i++) {
        const struct session *session = &log->sessions[log->items[i].session];
        if (in_reach(batch, back, session->date)) {
            int16_t start = stay_of(&log->items[i], session).start;
            entries[(*count)++] =
                (struct entry){session->date, start, false, (uint32_t)i, session->id};
        }
    }
    for (size_t i = first_claim; i < end_claim; i++) {
        const struct claim *claim = &claims->items[i];
        if (in_reach(batch, back, claim->date)) {
            entries[(*count)++] =
                (struct entry){claim->date, TIME_NONE, true, (uint32_t)i, claim->session};
        }
    }
    put_in_order(entries, *count);
    return entries;
}

/* More steps than any line can have. */
static size_t
most_steps(const struct rules *rules)
{
    size_t most = rules->stipend.cap_count;
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        most += rules->stipend.tariffs[i].price.cap_count;
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        most += rules->categories[i].price.cap_count;
    }
    return most +
           2; /* the ceiling of the rate, or a full day and what is counted already */
}

static struct work
start_work(struct arena *keep, const struct batch *batch, uint32_t member,
           struct floors *floors)
{
    const struct rules *rules = batch->rules;
    const struct stipend *stipend = &rules->stipend;
    struct work work = {.keep = keep, .batch = batch, .member = member, .floors = floors};
    work.tariffs = NEW_ARRAY(keep, struct tallies, stipend->tariff_count + 1);
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        const struct entitlement *price = &stipend->tariffs[i].price;
        work.tariffs[i] = tallies_of(keep, price, floors);
    }
    work.stipend = tallies_over(keep, stipend, floors);
    work.categories = NEW_ARRAY(keep, struct category_run, rules->category_count + 1);
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct entitlement *price = &rules->categories[i].price;
        work.categories[i].tallies = tallies_of(keep, price, floors);
        work.categories[i].counter = RATIO_ZERO;
    }
    return work;
}

static void
add_up(struct member_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct line *line = &result->lines[i];
        struct money *sum = line->is_claim ? &result->expenses : &result->stipend;
        *sum = money_add(*sum, line->due);
    }
    result->total = money_add(result->stipend, result->expenses);
}

/* The lines of the entries, one after the other. Gives what is known after the last. */
static struct work
make_lines(struct work work, const struct entry *entries, size_t count,
           struct line *lines)
{
    const struct batch *batch = work.batch;
    work.lines = lines;
    for (size_t i = 0; i < count; i++) {
        struct line *line = &lines[i];
        *line = (struct line){
            .is_claim = entries[i].is_claim,
            .fact = entries[i].index,
            .date = entries[i].date,
            .start = entries[i].start,
            .session_id = entries[i].session,
            .quantity = RATIO_ZERO,
            .used = RATIO_ZERO,
            .counter = RATIO_ZERO,
            .counted = RATIO_ZERO,
            .duration = DURATION_NONE,
        };
        if (batch->traced) {
            line->steps = NEW_ARRAY(work.keep, struct cap_step, most_steps(batch->rules));
        }
        if (line->is_claim) {
            claim_line(&work, line);
        } else {
            presence_line(&work, line);
        }
        work.line_count = i + 1;
    }
    return work;
}

static bool
none_is_unpaid(const struct rules *rules, const struct entry *entries, size_t count)
{
    size_t i = 0;
    while (i < count && day_pays(rules, entries[i].date)) {
        i++;
    }
    return i == count;
}

/* Lines of days that do not pay are limited by those of such days alone, as those of other days are
 * by those that pay: what a draft would come to is told, and what an annulled scheme came to. */
static void
limit_unpaid(struct arena *keep, const struct batch *batch, uint32_t member,
             const struct entry *entries, size_t count, struct line *lines)
{
    if (none_is_unpaid(batch->rules, entries, count)) {
        return;
    }
    struct line *unpaid = arena_room(keep, (count + 1) * sizeof *unpaid);
    struct work work = start_work(keep, batch, member, NULL);
    work.unpaid = true;
    (void)make_lines(work, entries, count, unpaid);
    for (size_t i = 0; i < count; i++) {
        if (!day_pays(batch->rules, entries[i].date)) {
            bool set_aside = lines[i].set_aside;
            const struct line *other = unpaid[i].other;
            lines[i] = unpaid[i];
            lines[i].set_aside = set_aside;
            lines[i].other = other == NULL ? NULL : lines + (other - unpaid);
        }
    }
}

struct member_result
liquidate_member(struct arena *keep, const struct batch *batch, uint32_t member)
{
    size_t count = 0;
    struct entry *entries = line_up(keep, batch, member, &count);
    struct line *lines = arena_room(keep, (count + 1) * sizeof *lines);
    struct work work = start_work(keep, batch, member, NULL);
    work = make_lines(work, entries, count, lines);
    struct member_result result = {.lines = lines, .count = count};
    struct floors *floors = floors_of(keep, batch, member, &result);
    if (floors != NULL) { /* it takes the lines to know what they keep */
        work = start_work(keep, batch, member, floors);
        work = make_lines(work, entries, count, lines);
    }
    limit_unpaid(keep, batch, member, entries, count, lines);
    while (result.count > 0 &&
           date_compare(result.lines[0].date, batch->period.from) < 0) {
        result.lines++;
        result.count--;
    }
    result.earlier = count - result.count;
    while (result.count > 0 &&
           date_compare(result.lines[result.count - 1].date, batch->period.to) > 0) {
        result.count--;
    }
    struct date last = rules_days_alive(batch->rules, batch->period).to;
    result.verdict =
        work.tested
            ? work.verdict
            : eligibility_at(keep, batch->rules, batch->decisions, member, last).verdict;
    add_up(&result);
    if (batch->history != NULL) {
        settlement_mark(*keep, batch, member, &result);
    }
    return result;
}
