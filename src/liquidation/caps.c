/* SPDX-License-Identifier: Apache-2.0 */
/* A cap takes what passes its limit, given what the lines before it left. A limit in units
 * (eight hours a day) is worth its price: once the units pass it, the lines of the span come to
 * exactly limit x rate, rounded once, and never to a cent more for having been several. Where the
 * rate changes within the span, so many of its units as are left are worth the new rate. */
#include "caps.h"

#include "ceiling.h"

#include <assert.h>

static void
add_caps(struct tallies *tallies, const struct cap *caps, size_t count, enum span span)
{
    for (size_t i = 0; i < count; i++) {
        if (caps[i].span == span) {
            tallies->items[tallies->count++] =
                (struct tally){.cap = &caps[i], .span = INT64_MIN};
        }
    }
}

struct tallies
tallies_new(struct arena *keep, const struct cap *caps, size_t count)
{
    struct tallies tallies = {.items = NEW_ARRAY(keep, struct tally, count + 1)};
    for (enum span span = SPAN_LINE; span < SPAN_COUNT; span++) {
        add_caps(&tallies, caps, count, span);
    }
    return tallies;
}

int64_t
span_of(const struct rules *rules, enum span span, struct date date)
{
    switch (span) {
    case SPAN_DAY: return date.day;
    case SPAN_MONTH: return date_month_index(date);
    case SPAN_YEAR: return date_year(date);
    case SPAN_MANDATE: return rules_mandate(rules, date);
    case SPAN_LINE:
    case SPAN_COUNT: break;
    }
    return 0;
}

static void
open_span(struct tally *tally, const struct rules *rules, struct date date)
{
    int64_t span = span_of(rules, tally->cap->span, date);
    if (tally->span != span || tally->cap->span == SPAN_LINE) {
        *tally = (struct tally){
            .cap = tally->cap,
            .span = span,
            .units = RATIO_ZERO,
            .rate = RATIO_ZERO,
            .units_at_rate = RATIO_ZERO,
        };
    }
}

static struct ratio
units_left(const struct tally *tally, const struct value *limit)
{
    struct ratio left = ratio_subtract(limit->amount, tally->units);
    return left.num < 0 ? RATIO_ZERO : left;
}

static bool
is_within(const struct tally *tally, const struct value *limit, const struct line *line)
{
    struct ratio units = ratio_add(tally->units, line->quantity);
    return ratio_compare(units, limit->amount) <= 0;
}

/* What a limit in units is worth: each at the rate at which it is counted, those that are left at
 * the line's. */
static struct money
worth_of(const struct tally *tally, const struct value *limit, const struct line *line)
{
    assert(line->rate.den != 0); /* the rules state such a ceiling beside rates only */
    bool same = ratio_compare(tally->rate, line->rate) == 0;
    struct ratio units = units_left(tally, limit);
    if (same) {
        units = ratio_add(tally->units_at_rate, units);
    }
    return money_add(same ? tally->worth_before_rate : tally->worth,
                     money_times(units, line->rate, line->price->rounding));
}

/* The most that the cap lets the line come to. */
static struct money
allowance(const struct tally *tally, const struct value *limit, const struct line *line)
{
    struct money most;
    if (tally->cap->of_quantity) {
        if (is_within(tally, limit, line)) {
            return line->gross;
        }
        most = worth_of(tally, limit, line);
    } else {
        most = money_round(limit->amount, ROUND_HALF_UP);
    }
    return ceiling_left(most, tally->paid);
}

static struct date
first_day(const struct rules *rules, enum span span, struct date date)
{
    struct date first = date;
    if (span == SPAN_MONTH || span == SPAN_YEAR) {
        date_make(date_year(date), span == SPAN_YEAR ? 1 : date_month(date), 1, &first);
    } else if (span == SPAN_MANDATE) {
        int64_t mandate = rules_mandate(rules, date);
        assert(mandate >= 0);
        first = rules->lives[mandate].during.from;
    }
    return first;
}

/* What the ceiling is and what it found, before it takes anything. */
static struct cap_step *
trace(const struct tally *tally, const struct rules *rules, const struct value *limit,
      struct line *line)
{
    struct cap_step *step = line_step(line);
    if (step == NULL) {
        return NULL;
    }
    *step = (struct cap_step){
        .kind = tally->cap->of_quantity ? STEP_QUANTITY : STEP_AMOUNT,
        .span = tally->cap->span,
        .cap = tally->cap,
        .limit = limit,
        .before = tally->paid,
        .units_before = tally->units,
        .since = first_day(rules, tally->cap->span, line->date),
    };
    if (tally->cap->of_quantity) {
        step->most = worth_of(tally, limit, line);
    } else {
        step->most = money_round(limit->amount, ROUND_HALF_UP);
    }
    return step;
}

struct cap_step *
line_step(struct line *line)
{
    return line->steps == NULL ? NULL : &line->steps[line->step_count++];
}

static void
take(struct tally *tally, const struct rules *rules, struct line *line)
{
    const struct value *limit = timeline_at(&tally->cap->limit, line->date);
    assert(limit !=
           NULL); /* the rules state it for each day on which a line has a price */
    struct cap_step *step = trace(tally, rules, limit, line);
    struct money most = allowance(tally, limit, line);
    if (money_compare(line->due, most) <= 0) {
        return;
    }
    if (tally->cap->soft) {
        line->over_soft_limit = true;
        return;
    }
    struct split split = ceiling_split(line->due, most);
    line->taken[tally->cap->span] = money_add(line->taken[tally->cap->span], split.taken);
    line->due = split.left;
    if (step != NULL) {
        step->took = split.taken;
    }
    if (line->state == LINE_DUE) {
        line->state = LINE_CAPPED;
        line->reason = (enum reason)(REASON_CAP_LINE + (int)tally->cap->span);
        line->basis = &limit->basis;
    } else {
        line->further_basis = &limit->basis;
    }
}

void
caps_apply(struct tallies tallies, const struct rules *rules, struct line *line)
{
    line->due = line->gross;
    for (int span = 0; span < SPAN_COUNT; span++) {
        if (line->taken[span].cents != 0) {
            line->due = money_subtract(line->due, line->taken[span]);
        }
    }
    for (size_t i = 0; i < tallies.count; i++) {
        open_span(&tallies.items[i], rules, line->date);
        take(&tallies.items[i], rules, line);
    }
    assert(line->due.cents >= 0);
    assert(line->due.cents <= line->gross.cents);
}

/* Units past the limit are not counted: they were worth nothing. */
static void
count_units(struct tally *tally, const struct line *line)
{
    const struct value *limit = timeline_at(&tally->cap->limit, line->date);
    struct ratio counted = ratio_min(line->quantity, units_left(tally, limit));
    struct money worth = worth_of(tally, limit, line);
    if (is_within(tally, limit, line)) {
        worth = money_times(line->quantity, line->rate, line->price->rounding);
        worth = money_add(tally->worth, worth);
    }
    if (ratio_compare(tally->rate, line->rate) != 0) {
        tally->rate = line->rate;
        tally->units_at_rate = RATIO_ZERO;
        tally->worth_before_rate = tally->worth;
    }
    tally->units = ratio_add(tally->units, counted);
    tally->units_at_rate = ratio_add(tally->units_at_rate, counted);
    tally->worth = worth;
}

void
caps_count(struct tallies tallies, const struct line *line)
{
    for (size_t i = 0; i < tallies.count; i++) {
        struct tally *tally = &tallies.items[i];
        tally->paid = money_add(tally->paid, line->due);
        if (tally->cap->of_quantity) {
            count_units(tally, line);
        }
    }
}
