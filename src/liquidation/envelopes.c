/* SPDX-License-Identifier: Apache-2.0 */
/* What envelopes have paid: by line, by day, by year. What the tables lack of the year is taken
 * from the ledger, where there is one. */
#include "envelopes.h"

#include "paid.h"

#include <assert.h>

static bool
pays_for(const struct envelope *envelope, struct text entitlement)
{
    for (size_t i = 0; i < envelope->category_count; i++) {
        if (text_equals(envelope->categories[i], entitlement)) {
            return true;
        }
    }
    return false;
}

bool
envelopes_pay_for(const struct rules *rules, struct text entitlement)
{
    for (size_t i = 0; i < rules->envelope_count; i++) {
        if (pays_for(&rules->envelopes[i], entitlement)) {
            return true;
        }
    }
    return false;
}

static struct envelope_use *
find_use(const struct envelope_uses *uses, const struct envelope *envelope, int year)
{
    for (size_t i = 0; i < uses->count; i++) {
        if (uses->items[i].envelope == envelope && uses->items[i].year == year) {
            return &uses->items[i];
        }
    }
    return NULL;
}

const struct value *
envelope_limit(const struct envelope *envelope, int year, struct date reached)
{
    const struct value *limit = NULL;
    struct date end = reached;
    if (date_year(reached) != year) {
        date_make(year, 12, 31, &end);
    }
    for (size_t i = 0; i < envelope->limits.count; i++) {
        const struct value *value = &envelope->limits.items[i]; /* by date */
        limit = date_compare(value->during.from, end) <= 0 ? value : limit;
    }
    return limit;
}

static struct envelope_use *
use_of(struct arena *keep, struct envelope_uses *uses, const struct envelope *envelope,
       struct date reached, int year)
{
    struct envelope_use *use = find_use(uses, envelope, year);
    if (use != NULL) {
        return use;
    }
    const struct value *limit = envelope_limit(envelope, year, reached);
    assert(limit != NULL); /* proven over the life when the rules were loaded */
    use = ARRAY_PUSH(keep, uses);
    *use = (struct envelope_use){
        .envelope = envelope,
        .year = year,
        .limit = money_round(limit->amount, ROUND_HALF_UP),
        .warning = money_round(limit->warning, ROUND_HALF_UP),
        .passed_on = DATE_NONE,
    };
    return use;
}

/* To one envelope: what was due, or paid, on a day. */
static void
charge(struct arena *keep, struct envelope_uses *uses, const struct envelope *envelope,
       struct period period, struct date day, struct money amount)
{
    struct envelope_use *use = use_of(keep, uses, envelope, period.to, date_year(day));
    bool before = date_compare(day, period.from) < 0;
    struct money *sum = before ? &use->before : &use->now;
    *sum = money_add(*sum, amount);
    struct date new_year = day;
    date_make(date_year(day), 1, 1, &new_year);
    struct money *of_day = &use->days[day.day - new_year.day];
    *of_day = money_add(*of_day, amount);
}

void
envelopes_charge(struct arena *keep, struct envelope_uses *uses,
                 const struct batch *batch, const struct line *line)
{
    const struct rules *rules = batch->rules;
    for (size_t i = 0; i < rules->envelope_count; i++) {
        const struct envelope *envelope = &rules->envelopes[i];
        if (line->due.cents != 0 && !line->set_aside &&
            pays_for(envelope, line->entitlement)) {
            charge(keep, uses, envelope, batch->period, line->date, line_worth(line));
        }
    }
}

/* What the tables have of the right's day and entitlement. */
static struct money
due_on(const struct member_result *whole, const struct right *right)
{
    struct money sum = {0};
    for (size_t i = 0; whole != NULL && i < whole->count; i++) {
        const struct line *line = &whole->lines[i];
        if (date_compare(line->date, right->day) == 0 && !line->set_aside &&
            text_equals(line->entitlement, right->component)) {
            sum = money_add(sum, line_worth(line));
        }
    }
    return sum;
}

static void
charge_rest(struct arena *keep, struct envelope_uses *uses, const struct batch *batch,
            const struct right *right, struct money rest)
{
    const struct rules *rules = batch->rules;
    struct period period = batch->period;
    for (size_t i = 0; i < rules->envelope_count; i++) {
        const struct envelope *envelope = &rules->envelopes[i];
        if (pays_for(envelope, right->component) &&
            envelope_limit(envelope, date_year(right->day), period.to) != NULL) {
            charge(keep, uses, envelope, period, right->day, rest);
        }
    }
}

void
envelopes_charge_paid(struct arena *keep, struct envelope_uses *uses,
                      const struct batch *batch, uint32_t member,
                      const struct member_result *whole)
{
    const struct history *history = batch->history;
    if (history == NULL || batch->rules->envelope_count == 0) {
        return;
    }
    size_t count = 0;
    const struct elsewhere *paid = elsewhere_of(history, member, &count);
    for (size_t i = 0; i < count;) { /* by entitlement and day */
        const struct right *right = &paid[i].right;
        struct money sum = {0};
        for (; i < count && date_compare(paid[i].right.day, right->day) == 0 &&
               text_equals(paid[i].right.component, right->component);
             i++) {
            sum = money_add(sum, paid[i].amount);
        }
        bool counts = date_compare(right->day, history->since) < 0 &&
                      date_year(right->day) == date_year(batch->period.from);
        struct money rest = {0};
        if (counts) {
            rest = money_subtract(sum, due_on(whole, right));
        }
        if (rest.cents > 0) {
            charge_rest(keep, uses, batch, right, rest);
        }
    }
}

void
envelopes_add(struct arena *keep, struct envelope_uses *uses,
              const struct envelope_uses *part)
{
    for (size_t i = 0; i < part->count; i++) {
        const struct envelope_use *counted = &part->items[i];
        struct envelope_use *use = find_use(uses, counted->envelope, counted->year);
        if (use == NULL) {
            *ARRAY_PUSH(keep, uses) = *counted;
            continue;
        }
        use->before = money_add(use->before, counted->before);
        use->now = money_add(use->now, counted->now);
        for (size_t day = 0; day < ARRAY_COUNT(use->days); day++) {
            use->days[day] = money_add(use->days[day], counted->days[day]);
        }
    }
}

void
envelopes_find_passing(struct summary *summary)
{
    for (size_t i = 0; i < summary->envelope_count; i++) {
        struct envelope_use *use = &summary->envelopes[i];
        struct money used = {0};
        for (int day = 0; day < (int)ARRAY_COUNT(use->days); day++) {
            used = money_add(used, use->days[day]);
            if (money_compare(used, use->limit) > 0) {
                date_make(use->year, 1, 1, &use->passed_on);
                use->passed_on = date_add_days(use->passed_on, day);
                break;
            }
        }
    }
}
