/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two rule files side by side. What both say alike is set aside; of the rest, two entries
 * of one item that start on the same day are one change; what remains was added or removed.
 */
#include "defray/provision.h"

#include <string.h>

const char *
change_word(enum change change)
{
    static const char *const words[] = {[CHANGE_ADDED] = "added",
                                        [CHANGE_REMOVED] = "removed",
                                        [CHANGE_CHANGED] = "changed"};
    return words[change];
}

const char *
change_label(enum language language, enum change change)
{
    static const char *const labels[] = {[CHANGE_ADDED] = N_("added"),
                                         [CHANGE_REMOVED] = N_("removed"),
                                         [CHANGE_CHANGED] = N_("changed")};
    return tr(language, labels[change]);
}

static bool
same_item(const struct provision *a, const struct provision *b)
{
    return a->section == b->section && strcmp(a->subject_key, b->subject_key) == 0 &&
           strcmp(a->item_key, b->item_key) == 0;
}

static bool
same_day(struct date a, struct date b)
{
    return date_compare(a, b) == 0;
}

static bool
same_basis(const struct basis *a, const struct basis *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    bool same_source = a->source == NULL || b->source == NULL
                           ? a->source == b->source
                           : text_equals(a->source->id, b->source->id);
    return same_source && text_equals(a->article, b->article) &&
           text_equals(a->assumption, b->assumption) && text_equals(a->note, b->note);
}

static bool
says_the_same(const struct provision *a, const struct provision *b)
{
    return same_item(a, b) && a->dated == b->dated && strcmp(a->value, b->value) == 0 &&
           strcmp(a->subject, b->subject) == 0 && a->retroactive == b->retroactive &&
           same_day(a->during.from, b->during.from) &&
           same_day(a->during.to, b->during.to) && same_day(a->adopted, b->adopted) &&
           same_day(a->checked_on, b->checked_on) && same_basis(a->basis, b->basis);
}

struct pairing {
    const struct provisions *before, *after;
    size_t *of_before; /* index in the other list, or NONE, or ALIKE */
    size_t *of_after;
};

#define NONE  SIZE_MAX
#define ALIKE (SIZE_MAX - 1)

static void
pair(struct pairing *at,
     bool (*match)(const struct provision *, const struct provision *), bool alike)
{
    for (size_t i = 0; i < at->before->count; i++) {
        for (size_t k = 0; k < at->after->count && at->of_before[i] == NONE; k++) {
            if (at->of_after[k] == NONE &&
                match(&at->before->items[i], &at->after->items[k])) {
                at->of_before[i] = alike ? ALIKE : k;
                at->of_after[k] = alike ? ALIKE : i;
            }
        }
    }
}

static bool
starts_alike(const struct provision *a, const struct provision *b)
{
    return same_item(a, b) && same_day(a->during.from, b->during.from);
}

static size_t *
unpaired(struct arena *keep, size_t count)
{
    size_t *indices = NEW_ARRAY(keep, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        indices[i] = NONE;
    }
    return indices;
}

/* What is only in the second list, up to `end`: it stands before what follows it there. */
static size_t
add_until(struct arena *keep, const struct pairing *at, size_t from, size_t end,
          struct provision_changes *out)
{
    for (size_t k = from; k < end; k++) {
        if (at->of_after[k] == NONE) {
            *ARRAY_PUSH(keep, out) = (struct provision_change){
                .change = CHANGE_ADDED, .after = &at->after->items[k]};
        }
    }
    return end > from ? end : from;
}

static enum section
section_of(const struct provision_change *difference)
{
    return difference->before == NULL ? difference->after->section
                                      : difference->before->section;
}

/* The order within a section stays. */
static struct provision_changes
by_section(struct arena *keep, const struct provision_changes *mixed)
{
    struct provision_changes sorted = {0};
    for (enum section section = SECTION_HEAD; section < SECTION_COUNT; section++) {
        for (size_t i = 0; i < mixed->count; i++) {
            if (section_of(&mixed->items[i]) == section) {
                *ARRAY_PUSH(keep, &sorted) = mixed->items[i];
            }
        }
    }
    return sorted;
}

struct provision_changes
provisions_compare(struct arena *keep, const struct provisions *before,
                   const struct provisions *after)
{
    struct provision_changes out = {0};
    struct pairing at = {.before = before,
                         .after = after,
                         .of_before = unpaired(keep, before->count),
                         .of_after = unpaired(keep, after->count)};
    pair(&at, says_the_same, true);
    pair(&at, starts_alike, false);
    size_t told = 0;
    for (size_t i = 0; i < before->count; i++) {
        size_t other = at.of_before[i];
        if (other == ALIKE) {
            continue;
        }
        if (other != NONE) {
            told = add_until(keep, &at, told, other, &out);
        }
        *ARRAY_PUSH(keep, &out) = (struct provision_change){
            .change = other == NONE ? CHANGE_REMOVED : CHANGE_CHANGED,
            .before = &before->items[i],
            .after = other == NONE ? NULL : &after->items[other]};
    }
    add_until(keep, &at, told, after->count, &out);
    return by_section(keep, &out);
}
