/* SPDX-License-Identifier: Apache-2.0 */
/* A month has a dozen kinds of grounds, which change from line to line: each has a place of its
 * own, unless two meet in one, which costs time and nothing else. */
#include "citations.h"

static bool
same_place(struct where a, struct where b)
{
    return a.input == b.input && a.line == b.line && a.column == b.column;
}

static void
find_assumptions(const struct rules *rules, struct cited *cited)
{
    const struct basis *relied[LINE_BASES_MAX];
    size_t count = bases_of(rules, &cited->grounds, relied);
    cited->count = 0;
    for (size_t i = 0; i < rules->assumption_count; i++) {
        size_t j = 0;
        while (j < count && !same_place(rules->assumptions[i]->where, relied[j]->where)) {
            j++;
        }
        if (j < count) {
            cited->assumptions[cited->count++] = i;
        }
    }
}

/* By what differs most between lines. */
static struct cited *
place_of(struct citations *citations, const struct grounds *grounds)
{
    uintptr_t mixed = (uintptr_t)grounds->basis / sizeof(void *) +
                      (uintptr_t)grounds->price / sizeof(void *) * 7 +
                      (uintptr_t)grounds->circumstances.presence * 3 +
                      (uintptr_t)grounds->circumstances.status;
    return &citations->places[(mixed ^ mixed >> 5 ^ mixed >> 10) % CITED];
}

const struct cited *
citations_of(struct citations *citations, struct arena *keep, const struct rules *rules,
             const struct grounds *grounds)
{
    struct cited *cited = place_of(citations, grounds);
    if (!cited->known || !grounds_alike(&cited->grounds, grounds)) {
        cited->known = true;
        cited->grounds = *grounds;
        if (cited->assumptions == NULL) {
            cited->assumptions = NEW_ARRAY(keep, size_t, rules->assumption_count);
        }
        find_assumptions(rules, cited);
    }
    return cited;
}
