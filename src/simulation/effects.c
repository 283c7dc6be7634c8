/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who gains and who loses. A sort of member of a variant is laid beside the sorts of the base that
 * the same people may be: who asks there if they ask here, whose quotient is the same, who claims
 * the same of what both let them claim. Where the base tells apart what the variant does not, the
 * share is shared out by what the base says of its members.
 */
#include "model.h"

struct trait_range { /* quotients, in cents: of whom a sort may be */
    int64_t least, most;
};

struct side {
    const struct forecast *forecast;
    uint32_t group;
    size_t first; /* of its profiles */
    uint32_t *
        claims; /* by habit of the group: what is one claim on both sides has one number */
};

#define RANGE_ALL ((struct trait_range){0, INT64_MAX})

static const struct group *
group_of(struct side side)
{
    return &side.forecast->scenario->groups[side.group];
}

static const struct profiles *
profiles_in(struct side side)
{
    return &side.forecast->model->groups[side.group].profiles;
}

static const struct stipend *
stipend_of(struct side side)
{
    return &side.forecast->scenario->rules->stipend;
}

static bool
asks_matter(struct side side)
{
    return !stipend_of(side)->nil && stipend_of(side)->request.required;
}

static bool
means_matter(struct side side)
{
    return !stipend_of(side)->nil && stipend_of(side)->means.required;
}

/* The quotients of a sort: those of brackets that pass the same thresholds. Of a group whose share
 * alone is known, 0 stands for whoever passes. */
static struct trait_range
quotients_of(struct side side, const struct profile *profile)
{
    const struct group *group = group_of(side);
    const struct means_condition *means = &stipend_of(side)->means;
    struct trait_range range = {INT64_MAX, INT64_MAX};
    if (!means_matter(side)) {
        return RANGE_ALL;
    }
    if (group->bracket_count == 0) {
        return profile->passes != 0 ? (struct trait_range){0, 0} : range;
    }
    bool found = false;
    for (size_t i = 0; i < group->bracket_count; i++) {
        struct money bound = group->brackets[i].up_to;
        if (passes_at(means, bound) == profile->passes) {
            range.least = found ? range.least : bound.cents;
            range.most = bound.cents;
            found = true;
        }
    }
    range.most = profile->passes == 0 ? INT64_MAX : range.most;
    return range;
}

/* Of numbers up to EFFECT_WHOLE. */
static int64_t
part_of(int64_t whole, int64_t share, int64_t of)
{
    return whole * share / of;
}

static int64_t
parts_of(struct arena scratch, struct decimal share)
{
    return decimal_round(
        decimal_times(&scratch, share, decimal_integer(&scratch, EFFECT_WHOLE)));
}

/* The share of the base's group whose quotient is in both ranges. */
static int64_t
quotients_share(struct side base, struct trait_range a, struct trait_range b)
{
    const struct group *group = group_of(base);
    struct bracket whoever_passes = {{0}, group->passes.value};
    const struct bracket *brackets = group->brackets;
    size_t count = group->bracket_count;
    if (count == 0 && group->passes.given) {
        brackets = &whoever_passes;
        count = 1;
    }
    int64_t least = a.least > b.least ? a.least : b.least;
    int64_t most = a.most < b.most ? a.most : b.most;
    int64_t sum = 0;
    int64_t rest = EFFECT_WHOLE;
    for (size_t i = 0; i < count; i++) {
        struct ratio share = brackets[i].share;
        int64_t parts = EFFECT_WHOLE / share.den * share.num;
        int64_t bound = brackets[i].up_to.cents;
        rest -= parts;
        sum += bound >= least && bound <= most ? parts : 0;
    }
    return sum + (most == INT64_MAX ? rest : 0);
}

/* Nobody makes a claim of the share 0. */
static bool
is_open(struct side side, size_t habit)
{
    return side.claims[habit] == 0 && group_of(side)->habits[habit].share.num > 0;
}

static size_t
next_open(struct side side, size_t from, struct text category)
{
    const struct group *group = group_of(side);
    while (
        from < group->habit_count &&
        !(is_open(side, from) && text_equals(group->habits[from].category, category))) {
        from++;
    }
    return from;
}

static size_t
open_count(struct side side, struct text category)
{
    size_t count = 0;
    size_t at = next_open(side, 0, category);
    for (; at < group_of(side)->habit_count; at = next_open(side, at + 1, category)) {
        count++;
    }
    return count;
}

static bool
asks_the_same(const struct habit *a, const struct habit *b)
{
    return text_equals(a->category, b->category) && a->has_quantity == b->has_quantity &&
           ratio_compare(a->quantity, b->quantity) == 0 &&
           a->has_amount == b->has_amount && money_compare(a->amount, b->amount) == 0 &&
           a->horsepower == b->horsepower;
}

static void
number_open(struct side side, struct text category, uint32_t number, uint32_t step)
{
    size_t at = next_open(side, 0, category);
    for (; at < group_of(side)->habit_count; at = next_open(side, at + 1, category)) {
        side.claims[at] = number;
        number += step;
    }
}

/* Those of a category that do not ask the same: as many as before go by their places; where there
 * are more or fewer, whoever makes any of them is whoever made any. The last number given. */
static uint32_t
number_the_rest(struct side base, struct side variant, struct text category,
                uint32_t last)
{
    size_t before = open_count(base, category);
    size_t after = open_count(variant, category);
    if (before == 0 || after == 0) {
        return last;
    }
    uint32_t step = before == after ? 1 : 0;
    number_open(base, category, last + 1, step);
    number_open(variant, category, last + 1, step);
    return last + (step > 0 ? (uint32_t)before : 1);
}

/* Which claims of both sides are one: those that ask the same, then the rest of the category. What
 * one side alone lets them claim has the number 0. */
static void
number_claims(struct arena *keep, struct side *base, struct side *variant)
{
    const struct group *before = group_of(*base);
    const struct group *after = group_of(*variant);
    uint32_t last = 0;
    base->claims = NEW_ARRAY(keep, uint32_t, before->habit_count + 1);
    variant->claims = NEW_ARRAY(keep, uint32_t, after->habit_count + 1);
    for (size_t i = 0; i < before->habit_count; i++) {
        for (size_t j = 0; j < after->habit_count; j++) {
            if (is_open(*base, i) && is_open(*variant, j) &&
                asks_the_same(&before->habits[i], &after->habits[j])) {
                base->claims[i] = variant->claims[j] = ++last;
            }
        }
    }
    for (size_t i = 0; i < before->habit_count; i++) {
        if (is_open(*base, i)) {
            last = number_the_rest(*base, *variant, before->habits[i].category, last);
        }
    }
}

static bool
claims(struct side side, const struct profile *profile, uint32_t number)
{
    const struct habit *first = group_of(side)->habits;
    for (size_t i = 0; i < profile->habit_count; i++) {
        if (side.claims[profile->habits[i] - first] == number) {
            return true;
        }
    }
    return false;
}

/* Whether the sort of the base claims what the one of the variant does, of what both may. */
static bool
claims_agree(struct side base, const struct profile *before, struct side variant,
             const struct profile *after)
{
    for (size_t i = 0; i < group_of(base)->habit_count; i++) {
        uint32_t number = base.claims[i];
        if (number != 0 &&
            claims(base, before, number) != claims(variant, after, number)) {
            return false;
        }
    }
    return true;
}

static bool
can_be(struct side base, const struct profile *before, struct side variant,
       const struct profile *after)
{
    bool both_ask = asks_matter(base) && asks_matter(variant);
    return (!both_ask || before->asks == after->asks) &&
           quotients_share(base, quotients_of(base, before),
                           quotients_of(variant, after)) > 0 &&
           claims_agree(base, before, variant, after);
}

/* How many of the sort of the base are of those of the variant: their share, but for the part whose
 * quotient is another. */
static int64_t
weight_of(struct arena scratch, struct side base, const struct profile *before,
          struct side variant, const struct profile *after)
{
    struct trait_range range = quotients_of(base, before);
    int64_t whole = quotients_share(base, range, RANGE_ALL);
    int64_t common = quotients_share(base, range, quotients_of(variant, after));
    int64_t parts = parts_of(scratch, before->share);
    return whole <= 0 ? 0 : part_of(parts, common, whole);
}

static void
add_effects(struct arena *keep, struct side base, struct side variant, size_t index,
            struct effects *out)
{
    const struct profiles *candidates = profiles_in(base);
    const struct profile *after = &profiles_in(variant)->items[index];
    int64_t share = parts_of(*keep, after->share);
    int64_t sum = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct profile *before = &candidates->items[i];
        sum += can_be(base, before, variant, after)
                   ? weight_of(*keep, base, before, variant, after)
                   : 0;
    }
    for (size_t i = 0; i < candidates->count; i++) {
        const struct profile *before = &candidates->items[i];
        if (can_be(base, before, variant, after)) {
            int64_t weight = weight_of(*keep, base, before, variant, after);
            *ARRAY_PUSH(keep, out) =
                (struct effect){variant.first + index, base.first + i,
                                sum == 0 ? 0 : part_of(share, weight, sum)};
        }
    }
    if (sum == 0) {
        *ARRAY_PUSH(keep, out) =
            (struct effect){variant.first + index, EFFECT_NOTHING, share};
    }
}

/* The group of that name; false if the base has none. */
static bool
find_group(const struct forecast *base, struct text name, struct side *out)
{
    *out = (struct side){.forecast = base};
    for (; out->group < base->scenario->group_count; out->group++) {
        if (text_equals(group_of(*out)->name, name)) {
            return true;
        }
        out->first += profiles_in(*out)->count;
    }
    return false;
}

struct effects
forecast_effects(struct arena *keep, const struct forecast *base,
                 const struct forecast *variant)
{
    struct effects out = {0};
    struct side after = {.forecast = variant};
    for (; after.group < variant->scenario->group_count; after.group++) {
        struct side before;
        bool known = find_group(base, group_of(after)->name, &before);
        size_t count = profiles_in(after)->count;
        if (known) {
            number_claims(keep, &before, &after);
        }
        for (size_t i = 0; i < count; i++) {
            if (known) {
                add_effects(keep, before, after, i, &out);
            } else {
                int64_t share = parts_of(*keep, profiles_in(after)->items[i].share);
                *ARRAY_PUSH(keep, &out) =
                    (struct effect){after.first + i, EFFECT_NOTHING, share};
            }
        }
        after.first += count;
    }
    return out;
}
