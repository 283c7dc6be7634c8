/* SPDX-License-Identifier: Apache-2.0 */
/* What envelopes have paid: by line, by day, by year. */
#include "envelopes.h"

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

/* What the envelope holds on the last day of the year that the run reaches and the rules have a
 * limit for: whatever was charged first, and whoever it was charged for. */
static const struct value *
limit_of(const struct envelope *envelope, int year, struct date reached)
{
    const struct value *limit = NULL;
    struct date end = reached;
    if (date_year(reached) != year) {
        date_make(year, 12, 31, &end);
    }
    for (size_t i = 0; i < envelope->limits.count; i++) {
        const struct value *value = &envelope->limits.items[i];
        if (date_compare(value->during.from, end) <= 0 &&
            (limit == NULL || date_compare(value->during.from, limit->during.from) > 0)) {
            limit = value;
        }
    }
    assert(limit != NULL); /* proven over the life when the rules were loaded */
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
    const struct value *limit = limit_of(envelope, year, reached);
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

void
envelopes_charge(struct arena *keep, struct envelope_uses *uses,
                 const struct batch *batch, const struct line *line)
{
    const struct rules *rules = batch->rules;
    for (size_t i = 0; i < rules->envelope_count; i++) {
        const struct envelope *envelope = &rules->envelopes[i];
        if (line->due.cents == 0 || !pays_for(envelope, line->entitlement)) {
            continue;
        }
        struct envelope_use *use =
            use_of(keep, uses, envelope, batch->period.to, date_year(line->date));
        bool before = date_compare(line->date, batch->period.from) < 0;
        struct money *sum = before ? &use->before : &use->now;
        *sum = money_add(*sum, line->due);
        struct date new_year = line->date;
        date_make(date_year(line->date), 1, 1, &new_year);
        struct money *day = &use->days[line->date.day - new_year.day];
        *day = money_add(*day, line->due);
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
