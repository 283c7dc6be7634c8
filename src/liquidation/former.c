/* SPDX-License-Identifier: Apache-2.0 */
/* The days that are settled, liquidated once more by other rules. Nothing was paid before, as far
 * as they go: what stays paid takes no place from them. */
#include "former.h"

/* Whether the rules hold on every day that has a fact of the member: lines that are looked back on
 * are priced too. */
static bool
hold_throughout(const struct batch *batch, uint32_t member)
{
    const struct log *log = batch->log;
    const struct claims *claims = batch->claims;
    bool hold = true;
    for (size_t i = log->first[member]; i < log->first[member + 1] && hold; i++) {
        struct date day = log->sessions[log->items[i].session].date;
        hold = date_compare(day, batch->period.to) > 0 || rules_alive(batch->rules, day);
    }
    size_t end = claims == NULL ? 0 : claims->first[member + 1];
    for (size_t i = claims == NULL ? 0 : claims->first[member]; i < end && hold; i++) {
        struct date day = claims->items[i].date;
        hold = date_compare(day, batch->period.to) > 0 || rules_alive(batch->rules, day);
    }
    return hold;
}

static struct former
liquidate_by(struct formers *formers, const struct rules *rules)
{
    const struct batch *run = formers->batch;
    struct batch then = *run;
    then.rules = rules;
    then.period.from = run->history->since;
    then.counter_year = date_year(run->period.from);
    then.asked_by = batch_asked_by(run);
    then.history = NULL;
    then.traced = false;
    struct former former = {rules, then.period, {0}};
    if (rules->life_count == 0) {
        former.days.to = date_add_days(former.days.from, -1);
        return former;
    }
    struct date last = rules->lives[rules->life_count - 1].during.to;
    then.period.to = date_compare(last, run->period.to) < 0 ? last : run->period.to;
    former.days = then.period;
    if (date_compare(former.days.from, former.days.to) > 0) {
        return former;
    }
    if (!hold_throughout(&then, formers->member)) {
        former.days.to = date_add_days(former.days.from, -1);
        return former;
    }
    struct member_result result = liquidate_member(formers->keep, &then, formers->member);
    claimed_collect(formers->keep, &then, &result, &former.rights);
    claimed_gather(&former.rights);
    return former;
}

bool
former_tells(struct formers *formers, const struct rules *rules,
             const struct right *right, const struct claimed **claimed)
{
    size_t i = 0;
    *claimed = NULL;
    if (rules == NULL) {
        return false;
    }
    while (i < formers->list.count && formers->list.items[i].rules != rules) {
        i++;
    }
    if (i == formers->list.count) {
        struct former former = liquidate_by(formers, rules);
        *ARRAY_PUSH(formers->keep, &formers->list) = former;
    }
    const struct former *former = &formers->list.items[i];
    if (!period_contains(former->days, right->day)) {
        return false;
    }
    *claimed = claimed_find(&former->rights, right);
    return true;
}

bool
former_tests_otherwise(const struct formers *formers, const struct rules *rules,
                       const struct right *right)
{
    const struct means_condition *now = &formers->batch->rules->stipend.means;
    return rules != NULL && rules->stipend.means.required && now->required &&
           text_equals(right->component, STR("stipend")) &&
           rules_alive(rules, right->day) &&
           !means_tests_agree(*formers->keep, &rules->stipend.means, now, right->day);
}

bool
former_as_paid(struct formers *formers, const struct paid_right *was)
{
    const struct claimed *then = NULL;
    return former_tells(formers, was->rules, &was->right, &then) && then != NULL &&
           claimed_as_paid(then, was);
}
