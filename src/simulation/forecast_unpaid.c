/* SPDX-License-Identifier: Apache-2.0 */
/* Who is never paid, whichever days they come on: a slip in a body, a kind of session or a status
 * shows as 0.00 among the figures. Asked of the prices themselves, so that whatever refuses them is
 * found; of a variant, only what is not so in the base. */
#include "defray/limits.h"

#include "model.h"

struct unpaid {
    struct forecast *const *forecasts; /* the base first */
    size_t count;
    struct diag *diag;
};

struct asked { /* about the stipend of a group, or one of its claims */
    const struct forecast *forecast;
    size_t group;
    const struct habit *habit; /* NULL: the stipend */
};

static const struct group_model *
model_of(struct asked asked)
{
    return &asked.forecast->model->groups[asked.group];
}

static size_t
slot_of(struct arena scratch, struct asked asked)
{
    const struct rules *rules = asked.forecast->scenario->rules;
    return asked.habit == NULL
               ? 0
               : 1 + (size_t)(rules_category(rules, scratch, asked.habit->category) -
                              rules->categories);
}

static bool
is_ever_paid(struct asked asked, size_t slot)
{
    const struct group_model *model = model_of(asked);
    for (size_t p = 0; p < model->profiles.count; p++) {
        const struct journey *journey = &model->journeys[p];
        for (size_t way = 0; way < journey->way_count; way++) {
            if (journey->cents[way * journey->entitlements + slot] > 0) {
                return true;
            }
        }
    }
    return false;
}

/* What the scenario says itself (who asks, who passes) and a policy of paying no presence are no
 * surprise; people of a status that is never paid were told of when the scenario was read. */
static bool
is_told(const struct line *line)
{
    switch (line->reason) {
    case REASON_NONE:
    case REASON_NO_REQUEST:
    case REASON_NOT_ELIGIBLE:
    case REASON_STATUS_NEVER_PAID: return true;
    case REASON_NIL_POLICY: return !line->is_claim;
    default: return false;
    }
}

static bool
is_about(struct asked asked, const struct line *line)
{
    const struct habit *habit = asked.habit;
    return habit == NULL
               ? !line->is_claim
               : line->is_claim && line->where.line == habit->basis.where.line &&
                     line->where.column == habit->basis.where.column;
}

/* What refuses it to members who come to everything: the first line that a condition refuses, or
 * else the first that comes to nothing. False if it is paid, or if nothing needs to be said. */
static bool
find_refusal(struct arena *scratch, struct asked asked, struct line *out)
{
    const struct group_model *model = model_of(asked);
    bool found = false;
    if (is_ever_paid(asked, slot_of(*scratch, asked))) {
        return false;
    }
    for (size_t p = 0; p < model->profiles.count; p++) {
        struct cast *cast = cast_new(scratch, asked.forecast->scenario, model->group,
                                     &model->profiles.items[p]);
        struct member_result result = journey_lines(scratch, cast, &model->meetings);
        for (size_t i = 0; i < result.count; i++) {
            const struct line *line = &result.lines[i];
            bool better =
                !found || (out->state != LINE_REFUSED && line->state == LINE_REFUSED);
            if (better && is_about(asked, line) && !is_told(line)) {
                *out = *line;
                found = true;
            }
        }
    }
    return found;
}

/* The same of the base, if it has the group, and lets it claim that. */
static bool
is_so_in(const struct forecast *base, struct arena scratch, struct asked asked,
         enum reason reason)
{
    struct line line;
    struct asked before = {.forecast = base};
    for (; before.group < base->scenario->group_count; before.group++) {
        const struct group *group = model_of(before)->group;
        if (!text_equals(group->name, model_of(asked)->group->name)) {
            continue;
        }
        if (asked.habit == NULL) {
            return find_refusal(&scratch, before, &line) && line.reason == reason;
        }
        for (size_t i = 0; i < group->habit_count; i++) {
            before.habit = &group->habits[i];
            if (text_equals(before.habit->category, asked.habit->category) &&
                find_refusal(&scratch, before, &line) && line.reason == reason) {
                return true;
            }
        }
    }
    return false;
}

/* The body that was meant, of the member or of the session. */
static void
suggest_body(struct diag *diag, struct arena scratch, struct asked asked,
             const struct line *line)
{
    const struct stipend *stipend = &asked.forecast->scenario->rules->stipend;
    if (line->reason == REASON_BODY_OTHER) {
        diag_suggest(diag, text_nearest(scratch, model_of(asked)->group->body,
                                        stipend->bodies.accepted, stipend->bodies.count));
    }
    for (size_t i = 0;
         line->reason == REASON_BODY_NOT_COVERED && i < stipend->tariff_count; i++) {
        const struct tariff *tariff = &stipend->tariffs[i];
        if ((tariff->kinds >> line->session->kind & 1) != 0) {
            diag_suggest(diag, text_nearest(scratch, line->session->body, tariff->bodies,
                                            tariff->body_count));
        }
    }
}

static void
warn_stipend(struct diag *diag, struct asked asked, const char *why)
{
    struct text variant = asked.forecast->scenario->name;
    const struct group *group = model_of(asked)->group;
    if (variant.size == 0) {
        diag_warning(diag, group->basis.where, CODE_V010,
                     "group '%.*s' is never paid a stipend: %s", TEXT_ARG(group->name),
                     why);
    } else {
        diag_warning(diag, group->basis.where, CODE_V010,
                     "in variant '%.*s' group '%.*s' is never paid a stipend: %s",
                     TEXT_ARG(variant), TEXT_ARG(group->name), why);
    }
}

static void
warn_claim(struct diag *diag, struct asked asked, const char *why)
{
    struct text variant = asked.forecast->scenario->name;
    const struct group *group = model_of(asked)->group;
    struct text claim = asked.habit->category;
    if (variant.size == 0) {
        diag_warning(diag, asked.habit->basis.where, CODE_V010,
                     "the claim '%.*s' of group '%.*s' is never paid: %s",
                     TEXT_ARG(claim), TEXT_ARG(group->name), why);
    } else {
        diag_warning(
            diag, asked.habit->basis.where, CODE_V010,
            "in variant '%.*s' the claim '%.*s' of group '%.*s' is never paid: %s",
            TEXT_ARG(variant), TEXT_ARG(claim), TEXT_ARG(group->name), why);
    }
}

/* Of the base, whether a variant pays the group anything. */
static bool
is_paid_in_some(const struct unpaid *work, struct asked asked)
{
    struct text name = model_of(asked)->group->name;
    for (size_t v = 0; v < work->count; v++) {
        struct asked other = {.forecast = work->forecasts[v]};
        for (; other.group < other.forecast->scenario->group_count; other.group++) {
            for (size_t slot = 0; slot < other.forecast->model->entitlements; slot++) {
                if (text_equals(model_of(other)->group->name, name) &&
                    is_ever_paid(other, slot)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* A kind of session that is not paid is plain, as long as something else is: expenses, or the group
 * in a variant. */
static bool
is_expected(const struct unpaid *work, struct asked asked, const struct line *line)
{
    return asked.habit == NULL && line->reason == REASON_KIND_NOT_PAID &&
           (asked.forecast != work->forecasts[0] || is_paid_in_some(work, asked));
}

static void
warn_of(const struct unpaid *work, struct arena scratch, struct asked asked)
{
    struct line line;
    struct diag *diag = work->diag;
    const struct forecast *base = work->forecasts[0];
    if (!find_refusal(&scratch, asked, &line) || is_expected(work, asked, &line) ||
        (asked.forecast != base && is_so_in(base, scratch, asked, line.reason))) {
        return;
    }
    const char *why = line_reason(&scratch, diag_language(diag), &line);
    if (asked.habit == NULL) {
        warn_stipend(diag, asked, why);
    } else {
        warn_claim(diag, asked, why);
    }
    suggest_body(diag, scratch, asked, &line);
}

/* Somebody is of the group, or may come to be. */
static bool
has_members(const struct scenario *scenario, size_t group)
{
    bool any = scenario->groups[group].members > 0;
    for (size_t i = 0; i < scenario->group_count; i++) {
        any = any || scenario->groups[i].successor == group;
    }
    return any;
}

static void
warn_of_scenario(const struct unpaid *work, struct arena scratch,
                 const struct forecast *forecast)
{
    const struct scenario *scenario = forecast->scenario;
    for (size_t g = 0; g < scenario->group_count; g++) {
        const struct group *group = &scenario->groups[g];
        struct asked asked = {.forecast = forecast, .group = g};
        if (!has_members(scenario, g)) {
            continue;
        }
        warn_of(work, scratch, asked);
        for (size_t i = 0; i < group->habit_count; i++) {
            asked.habit = &group->habits[i];
            warn_of(work, scratch, asked);
        }
    }
}

void
forecasts_warn_unpaid(struct forecast *const *forecasts, size_t count, struct diag *diag)
{
    struct unpaid work = {forecasts, count, diag};
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    for (size_t v = 0; v < count; v++) {
        warn_of_scenario(&work, scratch, forecasts[v]);
    }
    arena_release(scratch);
}
