/* SPDX-License-Identifier: Apache-2.0 */
/* What a scenario says and no variant of it uses: it would be shown as if the figures rested on
 * it. Asked once everything is read, since the rules of a variant may use what those of the base
 * do not. */
#include "scenario_parts.h"

/* What the rules of some variant ask for. */
struct demands {
    bool request, means, excused;
};

static struct demands
demands_of(const struct scenarios *scenarios)
{
    struct demands asked = {0};
    for (size_t i = 0; i < scenarios->count; i++) {
        const struct stipend *stipend = &scenarios->items[i]->rules->stipend;
        asked.request = asked.request || (!stipend->nil && stipend->request.required);
        asked.means = asked.means || (!stipend->nil && stipend->means.required);
        asked.excused = asked.excused || (!stipend->nil && stipend->excused_paid);
    }
    return asked;
}

static void
warn_of_shares(struct demands asked, const struct group *group, struct diag *diag)
{
    if (group->takes_up.given && !asked.request) {
        diag_warning(
            diag, group->takes_up.basis.where, CODE_V010,
            "'%s' of group '%.*s' changes nothing: the rules pay without a request",
            "takes_up", TEXT_ARG(group->name));
    }
    if ((group->passes.given || group->bracket_count > 0) && !asked.means) {
        const char *key = group->passes.given ? "passes" : "quotients";
        diag_warning(diag,
                     group->passes.given ? group->passes.basis.where
                                         : group->bracket_basis.where,
                     CODE_V010,
                     "'%s' of group '%.*s' changes nothing: the rules have no means test",
                     key, TEXT_ARG(group->name));
    }
    if (group->excused.given && !asked.excused) {
        diag_warning(
            diag, group->excused.basis.where, CODE_V010,
            "'%s' of group '%.*s' changes nothing: the rules pay nobody who is excused",
            "excused", TEXT_ARG(group->name));
    }
}

/* Of a variant, only what is not so in the base. */
static void
warn_of_status(const struct scenarios *scenarios, size_t variant, struct diag *diag)
{
    const struct scenario *base = scenarios->items[0];
    const struct scenario *scenario = scenarios->items[variant];
    for (size_t i = 0; i < scenario->group_count; i++) {
        const struct group *group = &scenario->groups[i];
        uint32_t before = group_find(base, group->name);
        if (!status_is_never_paid(group->status)) {
            continue;
        }
        if (variant == 0) {
            diag_warning(diag, group->basis.where, CODE_V010,
                         "group '%.*s' costs nothing: its status is never paid, nor are "
                         "its expenses",
                         TEXT_ARG(group->name));
        } else if (before == SCENARIO_NOWHERE ||
                   !status_is_never_paid(base->groups[before].status)) {
            diag_warning(
                diag, group->basis.where, CODE_V010,
                "in variant '%.*s' group '%.*s' costs nothing: its status is never "
                "paid, nor are its expenses",
                TEXT_ARG(scenario->name), TEXT_ARG(group->name));
        }
    }
}

static bool
has_members(const struct scenario *scenario, uint32_t index)
{
    bool has = scenario->groups[index].members > 0;
    for (size_t i = 0; i < scenario->group_count && !has; i++) {
        has = scenario->groups[i].successor == index;
    }
    return has;
}

static bool
is_attended(const struct scenario *scenario, uint32_t series)
{
    for (uint32_t i = 0; i < scenario->group_count; i++) {
        if ((scenario->groups[i].attends >> series & 1) != 0 &&
            has_members(scenario, i)) {
            return true;
        }
    }
    return false;
}

/* Of a variant, only what is not so in the base. */
static void
warn_of_series(const struct scenarios *scenarios, size_t variant, struct diag *diag)
{
    const struct scenario *base = scenarios->items[0];
    const struct scenario *scenario = scenarios->items[variant];
    for (uint32_t i = 0; i < scenario->series_count; i++) {
        const struct series *series = &scenario->series[i];
        uint32_t before = series_find(base, series->name);
        if (is_attended(scenario, i)) {
            continue;
        }
        if (variant == 0) {
            diag_warning(diag, series->basis.where, CODE_V010,
                         "series '%.*s' is counted, and no group with members is "
                         "invited to it",
                         TEXT_ARG(series->name));
        } else if (before == SCENARIO_NOWHERE || is_attended(base, before)) {
            diag_warning(diag, series->basis.where, CODE_V010,
                         "in variant '%.*s' series '%.*s' is counted, and no group with "
                         "members is invited to it",
                         TEXT_ARG(scenario->name), TEXT_ARG(series->name));
        }
    }
}

struct unused { /* what the method of a claim's category does not look at */
    bool quantity, amount, horsepower;
};

static struct unused
unused_of(const struct habit *habit)
{
    return (struct unused){
        .quantity = habit->has_quantity && !habit->method->uses_quantity,
        .amount = habit->has_amount && !habit->method->uses_amount,
        .horsepower = habit->horsepower > 0 && !habit->method->uses_scale,
    };
}

/* The claim as the same words of the file state it in another variant, or NULL. */
static const struct habit *
habit_in(const struct scenario *scenario, const struct group *group,
         const struct habit *habit)
{
    uint32_t found = group_find(scenario, group->name);
    size_t count = found == SCENARIO_NOWHERE ? 0 : scenario->groups[found].habit_count;
    for (size_t i = 0; i < count; i++) {
        const struct habit *other = &scenario->groups[found].habits[i];
        if (other->basis.where.line == habit->basis.where.line &&
            other->basis.where.column == habit->basis.where.column) {
            return other;
        }
    }
    return NULL;
}

static void
warn_of_cell(const struct group *group, const struct habit *habit, const char *key,
             struct diag *diag)
{
    diag_warning(diag, habit->basis.where, CODE_V010,
                 "'%s' of the claim '%.*s' of group '%.*s' changes nothing: the rules do "
                 "not price the category by it",
                 key, TEXT_ARG(habit->category), TEXT_ARG(group->name));
}

/* Told where the claim is first stated, unless the rules of some variant use it. */
static void
warn_of_claim(const struct scenarios *scenarios, size_t variant,
              const struct group *group, const struct habit *habit, struct diag *diag)
{
    struct unused unused = unused_of(habit);
    for (size_t i = 0; i < scenarios->count; i++) {
        const struct habit *other = habit_in(scenarios->items[i], group, habit);
        if (other == NULL) {
            continue;
        }
        if (i < variant) {
            return;
        }
        struct unused there = unused_of(other);
        unused.quantity = unused.quantity && there.quantity;
        unused.amount = unused.amount && there.amount;
        unused.horsepower = unused.horsepower && there.horsepower;
    }
    if (unused.quantity) {
        warn_of_cell(group, habit, "quantity", diag);
    }
    if (unused.amount) {
        warn_of_cell(group, habit, "amount", diag);
    }
    if (unused.horsepower) {
        warn_of_cell(group, habit, "horsepower", diag);
    }
}

static void
warn_of_claims(const struct scenarios *scenarios, size_t variant, struct diag *diag)
{
    const struct scenario *scenario = scenarios->items[variant];
    for (size_t i = 0; i < scenario->group_count; i++) {
        const struct group *group = &scenario->groups[i];
        for (size_t j = 0; j < group->habit_count; j++) {
            warn_of_claim(scenarios, variant, group, &group->habits[j], diag);
        }
    }
}

void
scenarios_warn_idle(const struct scenarios *scenarios, struct diag *diag)
{
    const struct scenario *base = scenarios->items[0];
    struct demands asked = demands_of(scenarios);
    for (size_t i = 0; i < base->group_count; i++) {
        warn_of_shares(asked, &base->groups[i], diag);
    }
    for (size_t i = 0; i < scenarios->count; i++) {
        warn_of_status(scenarios, i, diag);
        warn_of_series(scenarios, i, diag);
        warn_of_claims(scenarios, i, diag);
    }
}
