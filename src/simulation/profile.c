/* SPDX-License-Identifier: Apache-2.0 */
/* Every combination of what members of a group have in common with some of them only. Traits are
 * independent of one another, apart from claims that exclude one another. */
#include "profile.h"

#define THRESHOLDS_MAX 32

struct trait { /* one way that a trait can be, and its share */
    struct decimal share;
    bool asks;
    uint32_t passes;
    const struct habit *habit;
};

struct traits ARRAY_OF(struct trait);

struct making {
    struct arena *keep;
    const struct scenario *scenario;
    const struct group *group;
    struct profiles *out;
    bool fits;
};

static struct decimal
share_of(struct making *making, struct ratio share)
{
    return decimal_ratio(making->keep, share);
}

static void
add_trait(struct making *making, struct traits *traits, struct ratio share,
          struct trait trait)
{
    if (share.num > 0) {
        trait.share = share_of(making, share);
        *ARRAY_PUSH(making->keep, traits) = trait;
    }
}

static struct ratio
rest_of(struct ratio share)
{
    return ratio_subtract(RATIO_ONE, share);
}

/* Every profile so far with every way of the trait. */
static void
cross(struct making *making, const struct traits *traits, bool means)
{
    struct profiles *out = making->out;
    struct profiles crossed = {0};
    for (size_t i = 0; i < out->count && making->fits; i++) {
        for (size_t j = 0; j < traits->count; j++) {
            const struct trait *trait = &traits->items[j];
            struct profile *profile = ARRAY_PUSH(making->keep, &crossed);
            *profile = out->items[i];
            profile->share = decimal_times(making->keep, profile->share, trait->share);
            if (trait->habit != NULL) {
                making->fits = making->fits && profile->habit_count < HABITS_MAX;
                if (!making->fits) {
                    return;
                }
                profile->habits[profile->habit_count++] = trait->habit;
            } else if (means) {
                profile->passes = trait->passes;
            } else if (!trait->asks) {
                profile->asks = false;
            }
        }
    }
    *out = crossed;
    making->fits = making->fits && out->count <= PROFILES_MAX;
}

static void
cross_request(struct making *making)
{
    struct traits traits = {0};
    if (making->scenario->rules->stipend.request.required) {
        struct ratio asks = making->group->takes_up.value;
        add_trait(making, &traits, asks, (struct trait){.asks = true});
        add_trait(making, &traits, rest_of(asks), (struct trait){.asks = false});
        cross(making, &traits, false);
    }
}

uint32_t
passes_at(const struct means_condition *means, struct money quotient)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < means->threshold.count && i < THRESHOLDS_MAX; i++) {
        int order =
            ratio_compare(money_ratio(quotient), means->threshold.items[i].amount);
        bool passes = means->inclusive ? order <= 0 : order < 0;
        bits |= passes ? UINT32_C(1) << i : 0;
    }
    return bits;
}

static void
cross_means(struct making *making)
{
    const struct group *group = making->group;
    const struct means_condition *means = &making->scenario->rules->stipend.means;
    struct traits traits = {0};
    if (!means->required) {
        return;
    }
    if (group->passes.given) {
        add_trait(making, &traits, group->passes.value,
                  (struct trait){.passes = UINT32_MAX});
        add_trait(making, &traits, rest_of(group->passes.value), (struct trait){0});
        cross(making, &traits, true);
        return;
    }
    struct ratio rest = {1, 1};
    for (size_t i = 0; i < group->bracket_count;) { /* those alike are one sort */
        uint32_t passes = passes_at(means, group->brackets[i].up_to);
        struct ratio share = {0, 1};
        for (; i < group->bracket_count &&
               passes_at(means, group->brackets[i].up_to) == passes;
             i++) {
            share = ratio_add(share, group->brackets[i].share);
        }
        if (passes != 0) {
            rest = ratio_subtract(rest, share);
            add_trait(making, &traits, share, (struct trait){.passes = passes});
        }
    }
    add_trait(making, &traits, rest, (struct trait){0});
    cross(making, &traits, true);
}

/* A habit, with those that exclude it, is one trait; so is having none of them. */
static void
cross_habits(struct making *making)
{
    const struct group *group = making->group;
    for (size_t i = 0; i < group->habit_count && making->fits; i++) {
        const struct habit *first = &group->habits[i];
        bool done = false;
        for (size_t j = 0; j < i && first->among.size > 0; j++) {
            done = done || text_equals(group->habits[j].among, first->among);
        }
        if (done) {
            continue;
        }
        struct traits traits = {0};
        struct ratio rest = {1, 1};
        for (size_t j = i; j < group->habit_count; j++) {
            const struct habit *habit = &group->habits[j];
            if (j == i ||
                (first->among.size > 0 && text_equals(habit->among, first->among))) {
                rest = ratio_subtract(rest, habit->share);
                add_trait(making, &traits, habit->share, (struct trait){.habit = habit});
            }
        }
        add_trait(making, &traits, rest, (struct trait){.asks = true});
        cross(making, &traits, false);
    }
}

/* The decisions that the legal team would hand over for such a member. */
static void
decide(struct arena *keep, const struct scenario *scenario, struct profile *profile)
{
    const struct means_condition *means = &scenario->rules->stipend.means;
    profile->tested = means->required;
    if (!means->required) {
        return;
    }
    profile->decisions = NEW_ARRAY(keep, struct decision, means->threshold.count + 1);
    for (size_t i = 0; i < means->threshold.count; i++) {
        bool passes = i < THRESHOLDS_MAX && (profile->passes >> i & 1) != 0;
        profile->decisions[profile->decision_count++] = (struct decision){
            .verdict = passes ? VERDICT_ELIGIBLE : VERDICT_NOT_ELIGIBLE,
            .during = means->threshold.items[i].during,
        };
    }
}

bool
profiles_of(struct arena *keep, const struct scenario *scenario,
            const struct group *group, struct profiles *out)
{
    struct making making = {keep, scenario, group, out, true};
    *out = (struct profiles){0};
    *ARRAY_PUSH(keep, out) =
        (struct profile){.share = decimal_integer(keep, 1), .asks = true};
    cross_request(&making);
    cross_means(&making);
    cross_habits(&making);
    for (size_t i = 0; i < out->count && making.fits; i++) {
        decide(keep, scenario, &out->items[i]);
    }
    return making.fits;
}
