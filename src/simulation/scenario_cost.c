/* SPDX-License-Identifier: Apache-2.0 */
/* What an assembly costs whoever comes, and the envelopes that all of it is paid from. */
#include "scenario_parts.h"

static const struct text per_words[] = {
    [FIXED_ONCE] = WORD("once"),
    [FIXED_MONTH] = WORD("month"),
    [FIXED_YEAR] = WORD("year"),
    [FIXED_SESSION] = WORD("session"),
};

struct fixed_list ARRAY_OF(struct fixed_cost);
struct budget_list ARRAY_OF(struct budget);

static bool
read_fixed(struct scenario_reader *reader, struct node *entry, struct fixed_cost *out)
{
    size_t per = 0;
    bool good = node_id(entry, "name", REQUIRED, &out->name);
    good = label_read(entry, "label", REQUIRED, &out->label) && good;
    good = node_money(entry, "amount", REQUIRED, &out->amount) && good;
    good = node_choice(entry, "per", REQUIRED, WORDS_OF(per_words), &per) && good;
    out->per = (enum fixed_per)per;
    out->quantity = RATIO_ONE;
    if (node_has(entry, "quantity")) {
        good = node_ratio(entry, "quantity", 0, 4, &out->quantity) && good;
    } else {
        (void)node_find(entry, "quantity");
    }
    return basis_read(&reader->loader, entry, &out->basis) && good;
}

/* An envelope covers by name: each name is of one thing. */
static bool
is_named_alone(struct scenario_reader *reader, struct node *entry, struct text name,
               const struct fixed_list *before)
{
    const struct rules *rules = reader->out->rules;
    bool taken = text_equals(name, STR("stipend"));
    for (size_t i = 0; rules != NULL && i < rules->category_count && !taken; i++) {
        taken = text_equals(name, rules->categories[i].price.key);
    }
    if (taken) {
        return diag_error(
            reader->loader.diag, entry->where, CODE_R028,
            "fixed cost '%.*s' has the name of something that the rules pay",
            TEXT_ARG(name));
    }
    for (size_t i = 0; i < before->count; i++) {
        if (text_equals(before->items[i].name, name)) {
            return diag_error(reader->loader.diag, entry->where, CODE_R028,
                              "fixed cost '%.*s' is stated twice", TEXT_ARG(name));
        }
    }
    return true;
}

bool
fixed_read(struct scenario_reader *reader, struct node *root)
{
    struct node *list = node_list(root, "fixed", OPTIONAL);
    struct fixed_list fixed = {0};
    bool good = list != NULL || !node_has(root, "fixed");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct fixed_cost cost = {0};
        if (fixed.count == SCENARIO_FIXED_MAX) { /* an envelope has a bit for each */
            good = diag_error(reader->loader.diag, entry->where, CODE_R003,
                              "more than %d fixed costs", SCENARIO_FIXED_MAX);
            break;
        }
        good = read_fixed(reader, entry, &cost) &&
               is_named_alone(reader, entry, cost.name, &fixed) && good;
        *ARRAY_PUSH(reader->loader.keep, &fixed) = cost;
    }
    reader->out->fixed = fixed.items;
    reader->out->fixed_count = fixed.count;
    return good;
}

static bool
covers_are_known(struct scenario_reader *reader, struct node *entry,
                 const struct texts *covers)
{
    const struct scenario *scenario = reader->out;
    struct texts known = {0};
    bool good = true;
    *ARRAY_PUSH(reader->loader.keep, &known) = STR("stipend");
    for (size_t i = 0; scenario->rules != NULL && i < scenario->rules->category_count;
         i++) {
        *ARRAY_PUSH(reader->loader.keep, &known) =
            scenario->rules->categories[i].price.key;
    }
    for (size_t i = 0; i < scenario->fixed_count; i++) {
        *ARRAY_PUSH(reader->loader.keep, &known) = scenario->fixed[i].name;
    }
    for (size_t i = 0; i < covers->count; i++) {
        bool found = false;
        for (size_t j = 0; j < known.count && !found; j++) {
            found = text_equals(known.items[j], covers->items[i]);
        }
        if (!found && scenario->rules != NULL) {
            good = name_refused(reader, node_find(entry, "covers")->where,
                                covers->items[i], &known);
        }
    }
    return good;
}

static bool
read_budget(struct scenario_reader *reader, struct node *entry, struct budget *out)
{
    struct texts covers = {0};
    bool good = node_id(entry, "name", REQUIRED, &out->name);
    good = label_read(entry, "label", REQUIRED, &out->label) && good;
    good = node_texts(entry, "covers", REQUIRED, &covers) && good;
    good = covers_are_known(reader, entry, &covers) && good;
    good = node_money(entry, "amount", REQUIRED, &out->limit) && good;
    good = (node_money(entry, "warning", OPTIONAL, &out->warning) ||
            !node_has(entry, "warning")) &&
           good;
    if (good && money_compare(out->warning, out->limit) > 0) {
        good = diag_error(reader->loader.diag, entry->where, CODE_R045,
                          "the warning level is above the limit");
    }
    out->covers = covers.items;
    out->cover_count = covers.count;
    return basis_read(&reader->loader, entry, &out->basis) && good;
}

/* An envelope is shown by its name, beside those of the rules. */
static bool
is_another_envelope(struct scenario_reader *reader, struct node *entry,
                    const struct budget *budget, const struct budget_list *before)
{
    const struct rules *rules = reader->out->rules;
    for (size_t i = 0; rules != NULL && i < rules->envelope_count; i++) {
        if (text_equals(rules->envelopes[i].name, budget->name)) {
            return diag_error(reader->loader.diag, entry->where, CODE_R028,
                              "envelope '%.*s' has the name of one of the rules",
                              TEXT_ARG(budget->name));
        }
    }
    for (size_t i = 0; i < before->count; i++) {
        if (text_equals(before->items[i].name, budget->name)) {
            return diag_error(reader->loader.diag, entry->where, CODE_R028,
                              "envelope '%.*s' is stated twice", TEXT_ARG(budget->name));
        }
    }
    return true;
}

bool
budgets_read(struct scenario_reader *reader, struct node *root)
{
    struct node *list = node_list(root, "envelopes", OPTIONAL);
    struct budget_list budgets = {0};
    bool good = list != NULL || !node_has(root, "envelopes");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct budget budget = {0};
        good = read_budget(reader, entry, &budget) &&
               is_another_envelope(reader, entry, &budget, &budgets) && good;
        *ARRAY_PUSH(reader->loader.keep, &budgets) = budget;
    }
    reader->out->budgets = budgets.items;
    reader->out->budget_count = budgets.count;
    return good;
}
