/* SPDX-License-Identifier: Apache-2.0 */
/* A right that is not paid uses up no ceiling: one that has lapsed is refused, or counts at what
 * was paid of it in time; one of a day on which the scheme may not pay counts at what the ledger
 * paid for it, or not at all. Such days are limited among themselves, so that a draft is told as it
 * would pay. */
#include "paid.h"

#include "defray/status.h"

#include "claimed.h"

const struct paid_right *
paid_find(const struct history *history, uint32_t member, const struct right *right)
{
    size_t low = history->first[member];
    size_t high = history->first[member + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = right_compare(&history->items[middle].right, right);
        if (order == 0) {
            return &history->items[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

bool
payments_may_stay(const struct rules *rules)
{
    bool may = rules->payment.retroactive_count > 0;
    for (size_t i = 0; i < rules->status_count; i++) {
        may = may || !scheme_pays(rules->statuses[i].state);
    }
    return may;
}

const struct batch *
batch_run(const struct batch *batch)
{
    return batch->run != NULL ? batch->run : batch;
}

struct money
paid_for(const struct batch *run, uint32_t member, const struct right *right)
{
    struct money nothing = {0};
    if (run->history == NULL) {
        return nothing;
    }
    if (date_compare(right->day, run->history->since) >= 0) {
        const struct paid_right *paid = paid_find(run->history, member, right);
        return paid == NULL ? nothing : paid->amount;
    }
    size_t count = 0;
    const struct elsewhere *paid = elsewhere_of(run->history, member, &count);
    for (size_t i = 0; i < count; i++) {
        if (right_compare(&paid[i].right, right) == 0) {
            return paid[i].amount;
        }
    }
    return nothing;
}

/* The rights of a year lapse with the last day of the year so many years later. Of the days that
 * are only looked back on, nothing is refused that may have been paid in time by other means. */
bool
day_has_lapsed(const struct batch *batch, struct date day)
{
    const struct batch *run = batch_run(batch);
    int years = run->rules->payment.prescription.years;
    struct date on = run->period.to;
    struct date first = run->history != NULL ? run->history->since : batch->period.from;
    if (date_compare(run->paid_on, on) > 0) {
        on = run->paid_on;
    }
    bool known = date_compare(day, first) >= 0 || history_kept(run->history, day);
    return years > 0 && known && date_year(on) > date_year(day) + years;
}

static void
refuse_lapsed(const struct rules *rules, struct line *line)
{
    struct line kept = *line;
    *line = (struct line){
        .is_claim = kept.is_claim,
        .fact = kept.fact,
        .date = kept.date,
        .session = kept.session,
        .session_id = kept.session_id,
        .start = kept.start,
        .entitlement = kept.entitlement,
        .unit = kept.unit,
        .quantity = RATIO_ZERO,
        .used = RATIO_ZERO,
        .counter = kept.counter,
        .counted = RATIO_ZERO,
        .duration = DURATION_NONE,
        .state = LINE_REFUSED,
        .reason = REASON_LAPSED,
        .basis = &rules->payment.prescription.basis,
        .where = kept.where,
    };
}

/* Whether a line before this one is of the same right, which is of one day; and what such lines
 * come to. */
static bool
is_known(const struct work *work, struct arena scratch, const struct right *right,
         struct money *sum)
{
    bool known = false;
    *sum = (struct money){0};
    for (size_t i = work->line_count; i-- > 0;) {
        const struct line *earlier = &work->lines[i];
        if (date_compare(earlier->date, right->day) != 0) {
            break;
        }
        struct arena one = scratch;
        struct right other = {earlier->entitlement, earlier->date,
                              claimed_unit(&one, work->batch, earlier)};
        if (earlier->price != NULL && right_compare(&other, right) == 0) {
            *sum = money_add(*sum, earlier->due);
            known = true;
        }
    }
    return known;
}

struct money
line_worth(const struct line *line)
{
    return money_subtract(line->due, line->lapsed);
}

/* A claim that has lapsed counts at what `was` paid of it in time: more is not paid, unless a text
 * reaches its day. */
static struct money
cut_lapsed(const struct rules *rules, struct line *line, struct money was)
{
    if (money_compare(was, line->due) < 0 && rules_reach(rules, line->date) == NULL) {
        line->lapsed = money_subtract(line->due, was);
    }
    return line_worth(line);
}

bool
line_counts(const struct work *work, struct line *line, struct money *paid)
{
    const struct batch *batch = work->batch;
    bool lapsed = line->due.cents > 0 && day_has_lapsed(batch, line->date);
    bool pays = day_pays(batch->rules, line->date);
    *paid = line->due;
    if (pays && !lapsed) {
        return !work->unpaid;
    }
    struct arena one = *work->keep;
    struct right right = {line->entitlement, line->date, claimed_unit(&one, batch, line)};
    struct money before = paid_for(batch_run(batch), work->member, &right);
    struct money others;
    bool known = is_known(work, one, &right, &others);
    /* What was paid was claimed in time, and no more of the same right than that. */
    if (lapsed && money_compare(before, others) <= 0) {
        refuse_lapsed(batch->rules, line);
        return false;
    }
    if (lapsed && pays) {
        *paid = cut_lapsed(batch->rules, line, money_subtract(before, others));
    }
    if (!pays && !work->unpaid) {
        line->set_aside = before.cents <= 0;
        *paid = known ? (struct money){0} : before;
    }
    return !line->set_aside;
}
