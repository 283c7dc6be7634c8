/* SPDX-License-Identifier: Apache-2.0 */
/* The cost never falls as a rate, a threshold or a number of members rises, so halving finds the
 * edge. It may fall as sessions are added, where each day makes some members leave: they are
 * tried one number after the other. The two sides of the edge are then computed again, which is
 * the proof. */
#include "defray/goal_seek.h"

#include "../rules/full_day.h"
#include "model.h"

#define RATE_MAX_CENTS INT64_C(10000000) /* 100 000.00 */
#define MEMBERS_MAX    INT64_C(100000)

struct sounding { /* what one value costs */
    bool priced;
    bool outside; /* sessions that the calendar does not admit, or that may not be paid */
    bool refused; /* no rule file may say so */
    bool fits;
    struct money cost;
};

struct seeking {
    struct arena scratch;
    const struct scenario *scenario;
    const struct goal *goal;
    size_t tries;
};

static const struct scenario *
scenario_of(const struct scenarios *scenarios, const struct goal *goal)
{
    for (size_t i = 1; i < scenarios->count && goal->variant.size > 0; i++) {
        if (text_equals(scenarios->items[i]->name, goal->variant)) {
            return scenarios->items[i];
        }
    }
    return scenarios->items[0];
}

static void
set_all(struct arena *keep, struct timeline *timeline, int64_t cents, bool at_least)
{
    struct value *items = NEW_ARRAY(keep, struct value, timeline->count + 1);
    for (size_t i = 0; i < timeline->count; i++) {
        items[i] = timeline->items[i];
        struct ratio amount = ratio_of(cents, 100);
        if (!at_least || ratio_compare(items[i].amount, amount) < 0) {
            items[i].amount = amount;
            items[i].derivation = (struct text){0};
        }
    }
    timeline->items = items;
}

static struct cap *
raised_caps(struct arena *keep, const struct cap *caps, size_t count, int64_t cents)
{
    struct cap *raised = NEW_ARRAY(keep, struct cap, count + 1);
    for (size_t i = 0; i < count; i++) {
        raised[i] = caps[i];
        if (caps[i].span <= SPAN_DAY && !caps[i].of_quantity) {
            set_all(keep, &raised[i].limit, cents, true);
        }
    }
    return raised;
}

static void
set_rate(struct arena *keep, struct rules *rules, const struct goal *goal, int64_t cents)
{
    struct stipend *stipend = &rules->stipend;
    struct tariff *tariffs = NEW_ARRAY(keep, struct tariff, stipend->tariff_count + 1);
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        tariffs[i] = stipend->tariffs[i];
    }
    struct entitlement *price = &tariffs[goal->tariff].price;
    set_all(keep, &price->rates, cents, false);
    if (goal->caps_follow) {
        price->caps = raised_caps(keep, price->caps, price->cap_count, cents);
        stipend->caps = raised_caps(keep, stipend->caps, stipend->cap_count, cents);
    }
    stipend->tariffs = tariffs;
}

struct scenario *
goal_apply(struct arena *keep, const struct scenario *scenario, const struct goal *goal,
           int64_t value)
{
    struct scenario *copy = NEW(keep, struct scenario);
    struct rules *rules = NEW(keep, struct rules);
    *copy = *scenario;
    *rules = *scenario->rules;
    copy->rules = rules;
    switch (goal->kind) {
    case GOAL_RATE: set_rate(keep, rules, goal, value); break;
    case GOAL_THRESHOLD:
        set_all(keep, &rules->stipend.means.threshold, value, false);
        break;
    case GOAL_MEMBERS: copy->groups[goal->group].members = (uint32_t)value; break;
    case GOAL_SESSIONS: copy->series[goal->series].count = (int)value; break;
    case GOAL_KIND_COUNT: break;
    }
    return copy;
}

/* On one day it would be one session. */
static bool
meets_twice(const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->session_count; i++) {
        for (size_t j = i; j-- > 0;) {
            struct date date = scenario->sessions[j].date;
            if (date_compare(date, scenario->sessions[i].date) != 0) {
                break;
            }
            if (scenario->session_series[j] == scenario->session_series[i]) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the calendar and the rules admit the sessions, however many can be held. */
static bool
is_admitted(const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->session_count; i++) {
        struct date date = scenario->sessions[i].date;
        if (date_compare(date, scenario->lasts.to) > 0 ||
            !model_day_holds(scenario, date)) {
            return false;
        }
    }
    return !meets_twice(scenario);
}

static struct sounding
sound(struct seeking *seeking, int64_t value)
{
    struct arena scratch = seeking->scratch;
    const struct goal *goal = seeking->goal;
    struct scenario *scenario = goal_apply(&scratch, seeking->scenario, goal, value);
    struct sounding sounding = {0};
    seeking->tries++;
    if (goal->kind == GOAL_SESSIONS) {
        bool laid = scenario_lay_out(&scratch, scenario);
        sounding.outside = !is_admitted(scenario);
        if (!laid || sounding.outside) {
            return sounding;
        }
    }
    sounding.priced =
        forecast_total(scratch, scenario, goal->fixed_counts, &sounding.cost);
    sounding.refused = goal->kind == GOAL_RATE && !full_days_hold(scenario->rules);
    sounding.fits = sounding.priced && !sounding.refused &&
                    money_compare(sounding.cost, goal->budget) <= 0;
    return sounding;
}

static int64_t
value_now(const struct scenario *scenario, const struct goal *goal)
{
    struct date first = scenario->sessions[0].date;
    const struct value *value = NULL;
    int64_t count = 0;
    switch (goal->kind) {
    case GOAL_RATE:
        value = timeline_at(&scenario->rules->stipend.tariffs[goal->tariff].price.rates,
                            first);
        break;
    case GOAL_THRESHOLD:
        value = timeline_at(&scenario->rules->stipend.means.threshold, first);
        break;
    case GOAL_MEMBERS: return scenario->groups[goal->group].members;
    case GOAL_SESSIONS:
        for (size_t i = 0; i < scenario->session_count; i++) {
            count += scenario->session_series[i] == goal->series;
        }
        return count / scenario->series[goal->series].days;
    case GOAL_KIND_COUNT: break;
    }
    return value == NULL ? 0 : money_round(value->amount, ROUND_HALF_UP).cents;
}

/* The largest value up to which everything can be priced: a calendar ends somewhere, and so
 * may the right to pay. */
static int64_t
largest(struct seeking *seeking)
{
    if (seeking->goal->kind == GOAL_MEMBERS) {
        return MEMBERS_MAX;
    }
    if (seeking->goal->kind != GOAL_SESSIONS) {
        return RATE_MAX_CENTS;
    }
    int64_t low = 1;
    int64_t high = SCENARIO_DAYS_MAX + 1;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (sound(seeking, middle).priced) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Why more sessions than can be priced are not, where the calendar and the rules admit them. */
static bool
too_many_ways(const struct seeking *seeking, int64_t value)
{
    struct arena scratch = seeking->scratch;
    struct scenario *scenario =
        goal_apply(&scratch, seeking->scenario, seeking->goal, value);
    struct trouble_spot spot;
    struct model *model = NEW(&scratch, struct model);
    return scenario_lay_out(&scratch, scenario) &&
           !model_make(&scratch, scenario, model, &spot) &&
           spot.trouble == TROUBLE_STATES;
}

/* Everything that can be priced fits: what ends it. */
static enum answer
answer_above(struct seeking *seeking, int64_t most)
{
    if (seeking->goal->kind != GOAL_SESSIONS || sound(seeking, most + 1).outside) {
        return ANSWER_ALWAYS;
    }
    return too_many_ways(seeking, most + 1) ? ANSWER_TOO_MANY : ANSWER_LIMIT;
}

/* Above `low`, which may fit or not, and below `high`, which does not: the last value that fits;
 * `low` if there is none. */
static int64_t
last_fit(struct seeking *seeking, int64_t low, int64_t high)
{
    bool rises = seeking->goal->kind != GOAL_SESSIONS;
    while (high - low > 1) {
        int64_t tried = rises ? low + (high - low) / 2 : high - 1;
        if (!sound(seeking, tried).fits) {
            high = tried;
        } else if (rises) {
            low = tried;
        } else {
            return tried;
        }
    }
    return low;
}

struct sought
goal_seek(struct arena scratch, const struct scenarios *scenarios,
          const struct goal *goal)
{
    struct seeking seeking = {scratch, scenario_of(scenarios, goal), goal, 0};
    struct sought sought = {.goal = goal, .scenario = seeking.scenario};
    sought.is_money = goal->kind == GOAL_RATE || goal->kind == GOAL_THRESHOLD;
    sought.now = value_now(seeking.scenario, goal);
    int64_t low = goal->kind == GOAL_SESSIONS ? 1 : 0; /* fits */
    int64_t high = largest(&seeking);                  /* does not */
    struct sounding least = sound(&seeking, low);
    struct sounding most = sound(&seeking, high);
    sought.value = most.fits ? high : low;
    sought.cost = most.fits ? most.cost : least.cost;
    sought.next = low;
    sought.next_cost = least.cost;
    sought.answer = !least.priced || !most.priced ? ANSWER_UNPRICED
                    : most.fits                   ? answer_above(&seeking, high)
                                                  : ANSWER_FOUND;
    if (most.fits) {
        sought.next = high + 1;
    }
    if (sought.answer == ANSWER_FOUND) {
        bool hopeless = !least.fits && goal->kind != GOAL_SESSIONS;
        int64_t value = hopeless ? low : last_fit(&seeking, low, high);
        if (value == low && !least.fits) {
            sought.answer = ANSWER_NONE;
        } else {
            sought.value = value;
            sought.cost = sound(&seeking, value).cost;
            sought.next = value + 1;
            struct sounding next = sound(&seeking, value + 1);
            sought.next_cost = next.cost;
            bool bound = next.refused && money_compare(next.cost, goal->budget) <= 0;
            sought.answer = !next.priced ? ANSWER_UNPRICED
                            : bound      ? ANSWER_BOUND
                                         : ANSWER_FOUND;
        }
    }
    sought.tries = seeking.tries;
    return sought;
}
