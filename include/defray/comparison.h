/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* One log under two rule files: the same facts, line by line, and what each of them makes of it. */
#ifndef DEFRAY_COMPARISON_H
#define DEFRAY_COMPARISON_H

#include "defray/liquidation.h"

struct compared_total { /* of one member, or of all */
    struct money stipend, expenses, total;
};

struct compared_member { /* by member index */
    struct compared_total before, after;
    size_t lines, changed; /* of the period; those whose amount or state differs */
    bool waits; /* something is missing under one or the other: nobody knows who gains */
};

struct comparison {
    const struct batch *before, *after; /* the same facts in the same order */
    struct compared_member *members;
    struct compared_total total_before, total_after;
    size_t lines, changed;
    size_t gain, lose, same, waiting; /* members */
};

struct compared_line {
    const struct line *before, *after;
};

/* The two batches were read from the same files, for the same period. */
struct comparison *comparison_make(struct arena *keep, const struct batch *before,
                                   const struct batch *after);
/* The lines of a member in pairs, those that differ only; they live in the arena. */
struct compared_line *comparison_lines(struct arena *keep,
                                       const struct comparison *comparison,
                                       uint32_t member, size_t *count);
/* Whether decisions taken under the batch's rules hold under the others too: both ask the same of
 * the same evidence, on each day of a presence up to the period's end. */
bool comparison_decisions_stand(struct arena scratch, const struct batch *batch,
                                const struct rules *other);

#endif
