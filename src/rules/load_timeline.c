/* SPDX-License-Identifier: Apache-2.0 */
/* Dated values: one entry a stretch of days, a figure or an index in each. */
#include "loader.h"

#include <assert.h>

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
    if (ratio_compare(*out, ratio_of(MONEY_LINE_MAX_CENTS, 100)) > 0) {
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

/* The values that the entry gave, from `first` on, as stretches of days. */
static void
add_stretches(struct loader *loader, const struct dated *dated,
              const struct timeline *values, size_t first, struct dated_stretches *out)
{
    for (size_t i = first; i < values->count; i++) {
        struct dated_stretch *stretch = ARRAY_PUSH(loader->keep, out);
        *stretch = stretch_of(dated, values->items[i].basis.where, i);
        stretch->during = values->items[i].during;
        values->items[i].retroactive = dated->retroactive;
    }
}

static bool
read_entry(struct loader *loader, struct node *entry, const struct form *form,
           struct timeline *out, struct dated_stretches *stretches)
{
    struct dated dated;
    struct stated_amount stated = {.amount = RATIO_ZERO};
    struct mark mark = loader_mark(loader);
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
        const struct dated *resolved = good && dated.known ? &dated : NULL;
        bool read = index_read(loader, entry, resolved, &stated, out);
        good = good && (read || !dated.known);
    } else if (good) {
        *ARRAY_PUSH(loader->keep, out) = (struct value){.during = dated.during,
                                                        .amount = stated.amount,
                                                        .warning = RATIO_ZERO,
                                                        .adopted = dated.adopted,
                                                        .checked_on = dated.checked_on,
                                                        .basis = dated.basis};
    }
    good = form->warned ? read_warning(loader, entry, out, first) && good : good;
    if (!dated.known) {
        out->count = first;
        loader_forget(loader, mark);
    }
    add_stretches(loader, &dated, out, first, stretches);
    return good;
}

static void
keep_values(struct loader *loader, const struct dated_stretches *settled,
            struct timeline *timeline)
{
    struct value *values = NEW_ARRAY(loader->keep, struct value, settled->count);
    for (size_t i = 0; i < settled->count; i++) {
        const struct dated_stretch *stretch = &settled->items[i];
        assert(stretch->item < timeline->count);
        values[i] = timeline->items[stretch->item];
        values[i].checked_on =
            stretch_checked(stretch, values[i].during, values[i].checked_on);
        values[i].during = stretch->during;
    }
    timeline->items = values;
    timeline->count = timeline->capacity = settled->count;
}

static bool
prove(struct loader *loader, struct dated_stretches *stretches, bool complete,
      struct timeline *timeline)
{
    bool good = stretches_settle(loader, stretches, timeline->path);
    if (good &&
        complete) { /* with a faulty entry left out, every gap would be told twice */
        good = stretches_cover(loader, stretches, timeline->where, timeline->path);
    }
    keep_values(loader, stretches, timeline);
    return good && complete;
}

bool
timeline_read_list(struct loader *loader, struct node *list, const struct form *form,
                   struct timeline *out)
{
    *out = (struct timeline){.path = node_path(loader->keep, list), .where = list->where};
    loader->truncated = false;
    struct dated_stretches stretches = {0};
    bool good = true;
    for (size_t i = 0; i < list->count; i++) {
        if (list->children[i].kind != NODE_GROUP) {
            good = node_wrong_type(&list->children[i], N_("a group (write { … })"));
            continue;
        }
        good = read_entry(loader, &list->children[i], form, out, &stretches) && good;
    }
    return prove(loader, &stretches, good, out);
}

bool
timeline_read(struct loader *loader, struct node *group, const char *key,
              const struct form *form, struct timeline *out)
{
    struct node *list = node_list(group, key, REQUIRED);
    return list != NULL && timeline_read_list(loader, list, form, out);
}
