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

static bool
claims(const struct profile *profile, struct text category)
{
    for (size_t i = 0; i < profile->habit_count; i++) {
        if (text_equals(profile->habits[i]->category, category)) {
            return true;
        }
    }
    return false;
}

static bool
may_claim(struct side side, struct text category)
{
    const struct group *group = group_of(side);
    for (size_t i = 0; i < group->habit_count && !stipend_of(side)->nil; i++) {
        if (text_equals(group->habits[i].category, category)) {
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
    const struct group *group = group_of(base);
    for (size_t i = 0; i < group->habit_count && !stipend_of(base)->nil; i++) {
        struct text category = group->habits[i].category;
        if (may_claim(variant, category) &&
            claims(before, category) != claims(after, category)) {
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
