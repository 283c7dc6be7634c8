/* SPDX-License-Identifier: Apache-2.0 */
/* A cap takes what passes its limit, given what the lines before it left. A limit in units
 * (eight hours a day) is worth its price: once the units pass it, the lines of the span come to
 * exactly limit x rate, rounded once, and never to a cent more for having been several, even where
 * the units only just reach it. Where the rate changes within the span, so many of its units as are
 * left are worth the new rate.
 *
 * What one cap takes uses up no other: of twenty hours that the day reduces to eight, eight count
 * in the year, as if eight had been asked for. A line counts
 *   - its quantity, if no cap took anything from it;
 *   - else, of quantity x rate, what the tightest limit in units left, if only such limits took;
 *   - else, where a limit in euros took too, of a receipt, or of what is counted once, the share
 *     of its quantity that its due is of what it came to before the caps: 50.00 of 100.00 are
 *     half its units. That is rounded to a millionth of a unit: a year of lines comes to the cent
 *     of the exact share, and the sum still has a denominator that fits;
 * and towards each limit in units no more than that one had left. */
#include "caps.h"

#include "ceiling.h"

#include <assert.h>

#define UNIT_PARTS 1000000
#define CENTS      100

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

static struct tallies
tallies_new(struct arena *keep, const struct cap *caps, size_t count)
{
    struct tallies tallies = {.items = NEW_ARRAY(keep, struct tally, count + 1)};
    for (enum span span = SPAN_LINE; span < SPAN_COUNT; span++) {
        add_caps(&tallies, caps, count, span);
    }
    return tallies;
}

struct tallies
tallies_of(struct arena *keep, const struct entitlement *price,
           const struct floors *floors)
{
    struct tallies tallies = tallies_new(keep, price->caps, price->cap_count);
    tallies.price = price;
    tallies.floors = floors;
    return tallies;
}

struct tallies
tallies_over(struct arena *keep, const struct stipend *stipend,
             const struct floors *floors)
{
    struct tallies tallies = tallies_new(keep, stipend->caps, stipend->cap_count);
    tallies.floors = floors;
    return tallies;
}

int64_t
span_of(const struct rules *rules, enum span span, struct date date)
{
    switch (span) {
    case SPAN_DAY: return date.day;
    case SPAN_MONTH: return date_month_index(date);
    case SPAN_YEAR: return date_year(date);
    case SPAN_MANDATE: return rules_mandate(rules, date).day;
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

/* What the limit is worth, whatever was paid under it. */
static struct money
limit_worth(const struct tally *tally, const struct value *limit, const struct line *line)
{
    return tally->cap->of_quantity ? worth_of(tally, limit, line)
                                   : money_round(limit->amount, ROUND_HALF_UP);
}

/* The most that the cap lets the line come to. */
static struct money
allowance(const struct tally *tally, const struct value *limit, const struct line *line)
{
    return ceiling_left(limit_worth(tally, limit, line), tally->paid);
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
        .most = limit_worth(tally, limit, line),
        .since = span_first(rules, tally->cap->span, line->date),
    };
    assert(!date_is_none(step->since));
    return step;
}

struct cap_step *
line_step(struct line *line)
{
    return line->steps == NULL ? NULL : &line->steps[line->step_count++];
}

/* What is kept for other lines, and takes its place before this one: under a limit in euros, since
 * units are used up whatever was paid for them. */
static struct money
held_of(const struct tallies *tallies, const struct tally *tally,
        const struct rules *rules, const struct line *line)
{
    bool counts = !tally->cap->of_quantity && tally->cap->span != SPAN_LINE;
    return counts ? floors_held(tallies->floors, rules, tally->cap, tallies->price, line)
                  : (struct money){0};
}

_Static_assert(REASON_CAP_MANDATE - REASON_CAP_LINE == (int)SPAN_MANDATE - (int)SPAN_LINE,
               "a span without the reason of its ceilings");

static void
take(const struct tallies *tallies, const struct tally *tally, const struct rules *rules,
     struct line *line)
{
    const struct value *limit = timeline_at(&tally->cap->limit, line->date);
    assert(limit !=
           NULL); /* the rules state it for each day on which a line has a price */
    struct tally before = *tally;
    before.paid = money_add(before.paid, held_of(tallies, tally, rules, line));
    struct cap_step *step = trace(&before, rules, limit, line);
    struct money most = allowance(&before, limit, line);
    if (money_compare(line->due, most) <= 0 || tally->cap->soft) {
        return;
    }
    struct split split = ceiling_split(line->due, most);
    line->taken[tally->cap->span] = money_add(line->taken[tally->cap->span], split.taken);
    line->due = split.left;
    if (step != NULL) {
        step->took = split.taken;
    }
    assert(line->ceilings.count < LINE_CEILINGS_MAX);
    line->ceilings.items[line->ceilings.count++] = limit;
    /* What is due is what the last one left, whatever took before it. */
    line->state = LINE_CAPPED;
    line->reason = (enum reason)(REASON_CAP_LINE + (int)tally->cap->span);
    line->basis = &limit->basis;
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
        take(&tallies, &tallies.items[i], rules, line);
    }
    assert(line->due.cents >= 0);
    assert(line->due.cents <= line->gross.cents);
}

void
caps_watch(struct tallies tallies, const struct rules *rules, struct line *line)
{
    for (size_t i = 0; i < tallies.count; i++) {
        struct tally before = tallies.items[i];
        const struct value *limit = timeline_at(&before.cap->limit, line->date);
        if (!before.cap->soft ||
            (before.cap->of_quantity && is_within(&before, limit, line))) {
            continue;
        }
        before.paid = money_add(before.paid, held_of(&tallies, &before, rules, line));
        if (money_compare(line->due, allowance(&before, limit, line)) > 0) {
            line->over_soft_limit = true;
        }
    }
}

/* What the line is worth before any cap. */
static struct money
worth_uncapped(const struct line *line)
{
    return money_min(line->gross,
                     money_times(line->quantity, line->rate, line->price->rounding));
}

/* See above. The tallies do not count the line yet. */
static struct ratio
units_used(struct tallies tallies, const struct line *line)
{
    struct money worth = worth_uncapped(line);
    struct money left = worth; /* by the limits in units alone */
    struct ratio units = line->quantity;
    if (money_compare(line->due, worth) == 0) {
        return units;
    }
    for (size_t i = 0; i < tallies.count; i++) {
        const struct tally *tally = &tallies.items[i];
        const struct value *limit = timeline_at(&tally->cap->limit, line->date);
        if (!tally->cap->of_quantity || tally->cap->soft) {
            continue;
        }
        left = money_min(left, allowance(tally, limit, line));
        units = ratio_min(units, units_left(tally, limit));
    }
    if (!line->price->method->uses_amount && money_compare(line->due, left) == 0) {
        return units;
    }
    struct ratio share = ratio_of(line->due.cents * UNIT_PARTS / CENTS, worth.cents);
    return ratio_of(money_times(line->quantity, share, ROUND_HALF_UP).cents, UNIT_PARTS);
}

/* Units past the limit are not counted: they were worth nothing. */
static void
count_units(struct tally *tally, const struct line *line, struct ratio used)
{
    const struct value *limit = timeline_at(&tally->cap->limit, line->date);
    struct ratio left = units_left(tally, limit);
    struct money worth = line->due;
    bool took = money_compare(line->due, allowance(tally, limit, line)) == 0;
    if (!is_within(tally, limit, line) && (took || ratio_compare(used, left) >= 0)) {
        used = left;
        worth = worth_of(tally, limit, line);
    } else {
        if (line->price->method->uses_amount) { /* a receipt may be less than its units */
            worth = money_times(used, line->rate, line->price->rounding);
        }
        worth = money_add(tally->worth, worth);
    }
    if (ratio_compare(tally->rate, line->rate) != 0) {
        tally->rate = line->rate;
        tally->units_at_rate = RATIO_ZERO;
        tally->worth_before_rate = tally->worth;
    }
    tally->units = ratio_add(tally->units, used);
    tally->units_at_rate = ratio_add(tally->units_at_rate, used);
    tally->worth = worth;
}

void
caps_count(struct tallies tallies, struct line *line, struct money paid)
{
    bool of_quantity = false;
    for (size_t i = 0; i < tallies.count; i++) {
        of_quantity = of_quantity || tallies.items[i].cap->of_quantity;
    }
    if (of_quantity) {
        line->used = units_used(tallies, line);
    }
    for (size_t i = 0; i < tallies.count; i++) {
        struct tally *tally = &tallies.items[i];
        if (tally->cap->of_quantity) {
            count_units(tally, line, line->used);
        }
        tally->paid = money_add(tally->paid, tally->cap->of_quantity ? line->due : paid);
    }
}
