/* SPDX-License-Identifier: Apache-2.0 */
/* Groups of people nobody knows yet. */
#include "scenario_parts.h"

uint32_t
group_find(const struct scenario *scenario, struct text name)
{
    for (uint32_t i = 0; i < scenario->group_count; i++) {
        if (text_equals(scenario->groups[i].name, name)) {
            return i;
        }
    }
    return SCENARIO_NOWHERE;
}

static bool
read_attended(struct scenario_reader *reader, struct node *entry, struct group *out)
{
    const struct scenario *scenario = reader->out;
    struct texts names = {0};
    struct texts known = {0};
    if (!node_texts(entry, "sessions", OPTIONAL, &names)) {
        out->attends = (UINT32_C(1) << scenario->series_count) - 1;
        return !node_has(entry, "sessions");
    }
    bool good = true;
    if (names.count == 0) {
        return diag_error(reader->loader.diag, node_find(entry, "sessions")->where,
                          CODE_R045,
                          "'sessions' names no series: the group would never meet");
    }
    for (size_t i = 0; i < scenario->series_count; i++) {
        *ARRAY_PUSH(reader->loader.keep, &known) = scenario->series[i].name;
    }
    for (size_t i = 0; i < names.count; i++) {
        uint32_t series = series_find(scenario, names.items[i]);
        if (series == SCENARIO_NOWHERE) {
            good = name_refused(reader, node_find(entry, "sessions")->where,
                                names.items[i], &known);
        } else {
            out->attends |= UINT32_C(1) << series;
        }
    }
    return good;
}

static bool
read_presence(struct scenario_reader *reader, struct node *entry, struct group *out)
{
    struct texts texts = {0};
    bool good = parameter_read(reader, entry, "presence", REQUIRED, &out->presence);
    struct node *presence = node_find(entry, "presence");
    if (presence == NULL || presence->kind != NODE_GROUP) {
        return false;
    }
    good = (node_texts(presence, "by_session", OPTIONAL, &texts) ||
            !node_has(presence, "by_session")) &&
           good;
    out->by_session = NEW_ARRAY(reader->loader.keep, struct ratio, texts.count + 1);
    for (size_t i = 0; i < texts.count; i++) {
        struct ratio *share = &out->by_session[out->by_session_count++];
        if (!share_parse(texts.items[i], share)) {
            *share = RATIO_ZERO;
            good =
                share_refused(reader, node_find(presence, "by_session"), texts.items[i]);
        }
    }
    return good;
}

static bool
read_drop_out(struct scenario_reader *reader, struct node *entry, struct group *out)
{
    bool good = parameter_read(reader, entry, "drop_out", OPTIONAL, &out->drop_out);
    struct node *node = node_find(entry, "drop_out");
    out->successor = SCENARIO_NOWHERE;
    if (node == NULL || node->kind != NODE_GROUP ||
        (node_find(node, "replaced_by") == NULL && node_find(node, "replaced") == NULL)) {
        return good; /* neither: who leaves is replaced by nobody */
    }
    out->replaced.given = true;
    out->replaced.basis = out->drop_out.basis;
    return share_read(reader, node, "replaced", &out->replaced.value) && good;
}

static bool
read_group(struct scenario_reader *reader, struct node *entry, struct group *out)
{
    struct words words = {0};
    size_t status = 0;
    int64_t members = 0;
    words.items = status_words(&words.count);
    bool good = node_id(entry, "name", REQUIRED, &out->name);
    good = label_read(entry, "label", REQUIRED, &out->label) && good;
    good = node_choice(entry, "status", REQUIRED, words, &status) && good;
    out->status = (enum status)(status + STATUS_DRAWN);
    good = (node_text(entry, "body", OPTIONAL, &out->body) || !node_has(entry, "body")) &&
           good;
    good = node_integer(entry, "members", REQUIRED,
                        (struct bounds){0, SCENARIO_PEOPLE_MAX}, &members) &&
           good;
    out->members = (uint32_t)members;
    good = basis_read(&reader->loader, entry, &out->basis) && good;
    good = read_attended(reader, entry, out) && good;
    good = read_presence(reader, entry, out) && good;
    good = read_drop_out(reader, entry, out) && good;
    good = parameter_read(reader, entry, "excused", OPTIONAL, &out->excused) && good;
    good = parameter_read(reader, entry, "takes_up", OPTIONAL, &out->takes_up) && good;
    good = parameter_read(reader, entry, "passes", OPTIONAL, &out->passes) && good;
    good = brackets_read(reader, entry, out) && good;
    return habits_read(reader, entry, out) && good;
}

/* Who comes in for those who left: named once all groups are known. */
static bool
find_successors(struct scenario_reader *reader, struct node *list)
{
    struct scenario *scenario = reader->out;
    struct texts known = {0};
    bool good = true;
    for (size_t i = 0; i < scenario->group_count; i++) {
        *ARRAY_PUSH(reader->loader.keep, &known) = scenario->groups[i].name;
    }
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (size_t i = 0; entry != NULL; entry = node_next_group(list, &at), i++) {
        struct node *drop_out = node_find(entry, "drop_out");
        struct text name = STR("");
        if (!scenario->groups[i].replaced.given) {
            continue;
        }
        if (!node_text(drop_out, "replaced_by", REQUIRED, &name)) {
            good = false;
            continue;
        }
        scenario->groups[i].successor = group_find(scenario, name);
        if (scenario->groups[i].successor == SCENARIO_NOWHERE) {
            good = name_refused(reader, node_find(drop_out, "replaced_by")->where, name,
                                &known);
        }
    }
    return good;
}

/* What the rules ask of a person, the scenario must say of a group. */
static bool
rules_are_answered(struct scenario_reader *reader, const struct group *group)
{
    const struct rules *rules = reader->out->rules;
    bool good = true;
    if (rules == NULL || rules->stipend.nil) {
        return true;
    }
    if (rules->stipend.request.required && !group->takes_up.given) {
        good =
            diag_error(reader->loader.diag, group->basis.where, CODE_V004,
                       "the rules pay on request: group '%.*s' must say what share asks "
                       "(takes_up)",
                       TEXT_ARG(group->name));
    }
    if (rules->stipend.excused_paid && !group->excused.given) {
        good =
            diag_error(reader->loader.diag, group->basis.where, CODE_V004,
                       "the rules pay who is excused: group '%.*s' must say what share "
                       "of those who do not come is (excused)",
                       TEXT_ARG(group->name));
    }
    if (rules->stipend.means.required && !group->passes.given &&
        group->bracket_count == 0) {
        good = diag_error(reader->loader.diag, group->basis.where, CODE_V004,
                          "the rules have a means test: group '%.*s' must say what share "
                          "passes (passes, or quotients)",
                          TEXT_ARG(group->name));
    }
    return good;
}

bool
groups_read(struct scenario_reader *reader, struct node *root)
{
    struct scenario *scenario = reader->out;
    struct node *list = node_list(root, "groups", REQUIRED);
    bool good = list != NULL;
    uint64_t people = 0;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct group group = {0};
        good = read_group(reader, entry, &group) && good;
        if (group_find(scenario, group.name) != SCENARIO_NOWHERE ||
            scenario->group_count == SCENARIO_GROUPS_MAX) {
            return diag_error(reader->loader.diag, entry->where, CODE_R028,
                              "group '%.*s' is stated twice, or is one too many",
                              TEXT_ARG(group.name));
        }
        people += group.members;
        scenario->groups[scenario->group_count++] = group;
        good = rules_are_answered(reader, &group) && good;
    }
    if (good && (people == 0 || people > SCENARIO_PEOPLE_MAX)) {
        good = diag_error(reader->loader.diag, list->where, CODE_R023,
                          "all groups together have %llu members, not 1 to %d",
                          (unsigned long long)people, SCENARIO_PEOPLE_MAX);
    }
    return good && find_successors(reader, list);
}
