/* SPDX-License-Identifier: Apache-2.0 */
/* What is sought within a budget. */
#include "scenario_parts.h"

static const struct text find_words[] = {
    [GOAL_RATE] = WORD("rate"),
    [GOAL_SESSIONS] = WORD("sessions"),
    [GOAL_MEMBERS] = WORD("members"),
    [GOAL_THRESHOLD] = WORD("threshold"),
};

struct goal_list ARRAY_OF(struct goal);

static const struct scenario *
scenario_named(const struct scenarios *scenarios, struct text name)
{
    for (size_t i = 0; i < scenarios->count; i++) {
        bool base = i == 0 && name.size == 0;
        if (base || (i > 0 && text_equals(scenarios->items[i]->name, name))) {
            return scenarios->items[i];
        }
    }
    return NULL;
}

static bool
cannot(struct scenario_reader *reader, const struct goal *goal, const char *why)
{
    return diag_error(reader->loader.diag, goal->where, CODE_V007, "%s",
                      tr(diag_language(reader->loader.diag), why));
}

/* Whether what is sought can change the cost at all. */
static bool
can_be_sought(struct scenario_reader *reader, const struct scenario *scenario,
              const struct goal *goal)
{
    const struct stipend *stipend = &scenario->rules->stipend;
    const struct series *series = &scenario->series[goal->series];
    switch (goal->kind) {
    case GOAL_RATE:
        return goal->tariff < stipend->tariff_count ||
               cannot(reader, goal, N_("the rules have no tariff of that number"));
    case GOAL_SESSIONS:
        return (series->date_count == 0 &&
                (series->every_days > 0 || series->every_months > 0)) ||
               cannot(reader, goal,
                      N_("the series lists its dates: it cannot be made longer"));
    case GOAL_MEMBERS: return true;
    case GOAL_THRESHOLD:
    case GOAL_KIND_COUNT: break;
    }
    bool known = stipend->means.required;
    for (size_t i = 0; i < scenario->group_count && known; i++) {
        known = scenario->groups[i].bracket_count > 0;
    }
    return known ||
           cannot(reader, goal,
                  N_("a threshold is sought where the rules have a means test and "
                     "every group has its quotients"));
}

static bool
read_target(struct scenario_reader *reader, struct node *entry,
            const struct scenario *scenario, struct goal *out)
{
    struct text name = STR("");
    struct texts known = {0};
    int64_t tariff = 1;
    if (out->kind == GOAL_RATE) {
        bool good =
            node_integer(entry, "tariff", OPTIONAL, (struct bounds){1, 64}, &tariff) ||
            !node_has(entry, "tariff");
        out->tariff = (size_t)(tariff - 1);
        return (node_boolean(entry, "caps_follow", OPTIONAL, &out->caps_follow) ||
                !node_has(entry, "caps_follow")) &&
               good;
    }
    if (out->kind == GOAL_THRESHOLD) {
        return true;
    }
    bool of_series = out->kind == GOAL_SESSIONS;
    const char *key = of_series ? "series" : "group";
    if (!node_text(entry, key, REQUIRED, &name)) {
        return false;
    }
    uint32_t found = of_series ? series_find(scenario, name) : group_find(scenario, name);
    if (found == SCENARIO_NOWHERE) {
        size_t count = of_series ? scenario->series_count : scenario->group_count;
        for (size_t i = 0; i < count; i++) {
            *ARRAY_PUSH(reader->loader.keep, &known) =
                of_series ? scenario->series[i].name : scenario->groups[i].name;
        }
        return name_refused(reader, node_find(entry, key)->where, name, &known);
    }
    out->series = of_series ? found : 0;
    out->group = of_series ? 0 : found;
    return true;
}

static bool
read_goal(struct scenario_reader *reader, struct node *entry,
          const struct scenarios *scenarios, struct goal *out)
{
    size_t kind = 0;
    out->where = entry->where;
    bool good = node_choice(entry, "find", REQUIRED, WORDS_OF(find_words), &kind);
    out->kind = (enum goal_kind)kind;
    good = node_money(entry, "budget", REQUIRED, &out->budget) && good;
    out->fixed_counts = true;
    good = (node_boolean(entry, "with_fixed", OPTIONAL, &out->fixed_counts) ||
            !node_has(entry, "with_fixed")) &&
           good;
    good = (node_text(entry, "variant", OPTIONAL, &out->variant) ||
            !node_has(entry, "variant")) &&
           good;
    good = basis_read(&reader->loader, entry, &out->basis) && good;
    const struct scenario *scenario = scenario_named(scenarios, out->variant);
    if (scenario == NULL) {
        struct texts known = {0};
        for (size_t i = 1; i < scenarios->count; i++) {
            *ARRAY_PUSH(reader->loader.keep, &known) = scenarios->items[i]->name;
        }
        return name_refused(reader, node_find(entry, "variant")->where, out->variant,
                            &known);
    }
    good = read_target(reader, entry, scenario, out) && good;
    return good && can_be_sought(reader, scenario, out);
}

bool
goals_read(struct scenario_reader *reader, struct node *root, struct scenarios *out)
{
    struct node *list = node_list(root, "goals", OPTIONAL);
    struct goal_list goals = {0};
    bool good = list != NULL || !node_has(root, "goals");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct goal goal = {0};
        good = read_goal(reader, entry, out, &goal) && good;
        *ARRAY_PUSH(reader->loader.keep, &goals) = goal;
    }
    out->goals = goals.items;
    out->goal_count = goals.count;
    return good;
}
