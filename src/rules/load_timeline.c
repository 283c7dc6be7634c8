/* SPDX-License-Identifier: Apache-2.0 */
/* Dated values: one entry a stretch of days, a figure or an index in each. */
#include "loader.h"

#include <stdlib.h>

#define NO_RATIO ((struct ratio){0, 1})

static bool
is_money(const struct form *form)
{
    return form->min == 2 && form->max == 2;
}

static bool
read_figure(struct loader *loader, struct node *entry, const struct form *form,
            struct ratio *out)
{
    struct money money;
    if (is_money(form)) {
        if (!node_money(entry, form->key, REQUIRED, &money)) {
            return false;
        }
        *out = money_ratio(money);
        return true;
    }
    if (!node_ratio(entry, form->key, form->min, form->max, out)) {
        return false;
    }
    if (ratio_compare(*out, ratio_of(LINE_AMOUNT_MAX_CENTS, 100)) > 0) {
        return diag_error(loader->diag, entry->where, CODE_R020,
                          "%s is larger than 10000000.00", form->key);
    }
    return true;
}

/* The warning level beside the values that the entry gave, from `first` on. */
static bool
read_warning(struct loader *loader, struct node *entry, struct timeline *out,
             size_t first)
{
    struct money warning;
    if (!node_money(entry, "warning", OPTIONAL, &warning)) {
        return !node_has(entry, "warning");
    }
    for (size_t i = first; i < out->count; i++) {
        out->items[i].warning = money_ratio(warning);
        if (ratio_compare(out->items[i].warning, out->items[i].amount) > 0) {
            return diag_error(loader->diag, entry->where, CODE_R045,
                              "the warning level is above the limit");
        }
    }
    return true;
}

static bool
read_entry(struct loader *loader, struct node *entry, const struct form *form,
           struct timeline *out)
{
    struct dated dated;
    struct stated_amount stated = {.amount = NO_RATIO};
    bool good = dated_read(loader, entry, &dated);
    bool indexed = form->indexed && node_find(entry, "index") != NULL;
    if (!indexed || node_has(entry, form->key)) {
        stated.given = read_figure(loader, entry, form, &stated.amount);
        good = stated.given && good;
    } else {
        (void)node_find(entry, form->key);
    }
    size_t first = out->count;
    if (indexed) {
        good = index_read(loader, entry, good ? &dated : NULL, &stated, out) && good;
    } else if (good) {
        *ARRAY_PUSH(loader->keep, out) = (struct value){.during = dated.during,
                                                        .amount = stated.amount,
                                                        .warning = NO_RATIO,
                                                        .adopted = dated.adopted,
                                                        .checked_on = dated.checked_on,
                                                        .basis = dated.basis};
    }
    return form->warned ? read_warning(loader, entry, out, first) && good : good;
}

static int
by_start(const void *a, const void *b)
{
    const struct value *left = a;
    const struct value *right = b;
    return date_compare(left->during.from, right->during.from);
}

static bool
prove(struct loader *loader, struct timeline *timeline, bool complete)
{
    struct stretches stretches = {0};
    for (size_t i = 0; i < timeline->count; i++) {
        *ARRAY_PUSH(loader->keep, &stretches) =
            (struct stretch){timeline->items[i].during, timeline->items[i].basis.where};
    }
    bool good = stretches_overlap(loader, &stretches, timeline->path);
    if (good &&
        complete) { /* with a faulty entry left out, every gap would be told twice */
        good = stretches_cover(loader, &stretches, timeline->where, timeline->path);
    }
    if (timeline->count > 1) {
        qsort(timeline->items, timeline->count, sizeof *timeline->items, by_start);
    }
    return good && complete;
}

bool
timeline_read_list(struct loader *loader, struct node *list, const struct form *form,
                   struct timeline *out)
{
    *out = (struct timeline){.path = node_path(loader->keep, list), .where = list->where};
    loader->truncated = false;
    bool good = true;
    for (size_t i = 0; i < list->count; i++) {
        if (list->children[i].kind != NODE_GROUP) {
            good = node_wrong_type(&list->children[i], N_("a group (write { … })"));
            continue;
        }
        good = read_entry(loader, &list->children[i], form, out) && good;
    }
    return prove(loader, out, good);
}

bool
timeline_read(struct loader *loader, struct node *group, const char *key,
              const struct form *form, struct timeline *out)
{
    struct node *list = node_list(group, key, REQUIRED);
    return list != NULL && timeline_read_list(loader, list, form, out);
}
