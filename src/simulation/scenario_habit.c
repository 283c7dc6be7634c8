/* SPDX-License-Identifier: Apache-2.0 */
/* What members of a group have in common with some of them only: their claims, their means. */
#include "scenario_parts.h"

#include <stdlib.h>

struct habit_list ARRAY_OF(struct habit);
struct bracket_list ARRAY_OF(struct bracket);

static bool
category_is_known(struct scenario_reader *reader, struct node *entry, struct habit *habit)
{
    const struct rules *rules = reader->out->rules;
    struct texts keys = {0};
    if (rules == NULL) {
        return true;
    }
    const struct category *category =
        rules_category(rules, *reader->loader.scratch, habit->category);
    if (category != NULL) {
        habit->method = category->price.method;
        return true;
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        *ARRAY_PUSH(reader->loader.keep, &keys) = rules->categories[i].price.key;
    }
    return name_refused(reader, node_find(entry, "category")->where, habit->category,
                        &keys);
}

static bool
read_habit(struct scenario_reader *reader, struct node *entry, struct habit *out)
{
    int64_t horsepower = 0;
    bool good = node_sentence(entry, "category", REQUIRED, &out->category) &&
                category_is_known(reader, entry, out);
    good =
        (node_id(entry, "among", OPTIONAL, &out->among) || !node_has(entry, "among")) &&
        good;
    good = share_read(reader, entry, "share", &out->share) && good;
    out->has_quantity = node_has(entry, "quantity");
    out->has_amount = node_has(entry, "amount");
    if (out->has_quantity) {
        good = node_ratio(entry, "quantity", 0, 4, &out->quantity) && good;
    }
    if (out->has_amount) {
        good = node_money(entry, "amount", REQUIRED, &out->amount) && good;
    }
    good = (node_integer(entry, "horsepower", OPTIONAL, (struct bounds){1, 99},
                         &horsepower) ||
            !node_has(entry, "horsepower")) &&
           good;
    out->horsepower = (uint32_t)horsepower;
    return basis_read(&reader->loader, entry, &out->basis) && good;
}

/* Habits that exclude one another come to at most the whole group. */
static bool
shares_fit(struct scenario_reader *reader, const struct habit_list *habits)
{
    for (size_t i = 0; i < habits->count; i++) {
        struct ratio sum = habits->items[i].share;
        for (size_t j = 0; j < i && habits->items[i].among.size > 0; j++) {
            if (text_equals(habits->items[i].among, habits->items[j].among)) {
                sum = ratio_add(sum, habits->items[j].share);
            }
        }
        if (!share_is_valid(sum)) {
            return diag_error(reader->loader.diag, habits->items[i].basis.where,
                              CODE_V002, "the shares among '%.*s' come to more than 1",
                              TEXT_ARG(habits->items[i].among));
        }
    }
    return true;
}

static bool
is_driven(const struct habit *habit)
{
    return habit->share.num > 0 && habit->method != NULL && habit->method->uses_scale;
}

static bool
refuse_vehicles(struct diag *diag, const struct habit *habit, const struct habit *other)
{
    if (habit->horsepower == 0) {
        diag_error(diag, habit->basis.where, CODE_R045,
                   "a member may make this claim, without 'horsepower', and one of %u "
                   "horsepower (state it of both, or give both one 'among')",
                   other->horsepower);
    } else {
        diag_error(diag, habit->basis.where, CODE_R045,
                   "a member may make claims of %u and of %u horsepower, and has one "
                   "vehicle (give both one 'among')",
                   other->horsepower, habit->horsepower);
    }
    diag_other_place(diag, other->basis.where);
    return false;
}

/* A member has one vehicle: claims that one member may make are of one power. */
static bool
vehicles_fit(struct scenario_reader *reader, const struct habit_list *habits)
{
    struct diag *diag = reader->loader.diag;
    for (size_t i = 0; i < habits->count; i++) {
        const struct habit *habit = &habits->items[i];
        for (size_t j = 0; j < i; j++) {
            const struct habit *before = &habits->items[j];
            bool apart =
                habit->among.size > 0 && text_equals(habit->among, before->among);
            if (apart || !is_driven(habit) || !is_driven(before) ||
                habit->horsepower == before->horsepower) {
                continue;
            }
            return before->horsepower == 0 ? refuse_vehicles(diag, before, habit)
                                           : refuse_vehicles(diag, habit, before);
        }
    }
    return true;
}

bool
habits_read(struct scenario_reader *reader, struct node *entry, struct group *out)
{
    struct node *list = node_list(entry, "claims", OPTIONAL);
    struct habit_list habits = {0};
    bool good = list != NULL || !node_has(entry, "claims");
    size_t at = 0;
    struct node *claim = node_next_group(list, &at);
    for (; claim != NULL; claim = node_next_group(list, &at)) {
        struct habit habit = {
            .share = {0, 1},
              .quantity = {0, 1}
        };
        good = read_habit(reader, claim, &habit) && good;
        *ARRAY_PUSH(reader->loader.keep, &habits) = habit;
    }
    out->habits = habits.items;
    out->habit_count = habits.count;
    return good && shares_fit(reader, &habits) && vehicles_fit(reader, &habits);
}

static int
by_bound(const void *a, const void *b)
{
    const struct bracket *left = a;
    const struct bracket *right = b;
    return money_compare(left->up_to, right->up_to);
}

bool
brackets_read(struct scenario_reader *reader, struct node *entry, struct group *out)
{
    struct node *quotients = node_group(entry, "quotients", OPTIONAL);
    if (quotients == NULL) {
        return !node_has(entry, "quotients");
    }
    struct node *list = node_list(quotients, "brackets", REQUIRED);
    struct bracket_list brackets = {0};
    struct ratio sum = {0, 1};
    bool good = list != NULL;
    size_t at = 0;
    struct node *node = node_next_group(list, &at);
    for (; node != NULL; node = node_next_group(list, &at)) {
        struct bracket bracket = {
            .share = {0, 1}
        };
        good = node_money(node, "up_to", REQUIRED, &bracket.up_to) && good;
        good = share_read(reader, node, "share", &bracket.share) && good;
        sum = ratio_add(sum, bracket.share);
        *ARRAY_PUSH(reader->loader.keep, &brackets) = bracket;
    }
    if (good && !share_is_valid(sum)) {
        good = diag_error(reader->loader.diag, quotients->where, CODE_V002,
                          "the shares of the quotients come to more than 1");
    }
    if (good && out->passes.given) {
        good = diag_error(reader->loader.diag, quotients->where, CODE_V004,
                          "a group has 'passes' or 'quotients', not both");
    }
    if (brackets.count > 1) {
        qsort(brackets.items, brackets.count, sizeof *brackets.items, by_bound);
    }
    out->brackets = brackets.items;
    out->bracket_count = brackets.count;
    return basis_read(&reader->loader, quotients, &out->bracket_basis) && good;
}
