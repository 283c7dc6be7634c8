/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions of the means test, as finance gets them: a verdict, never a figure. */
#ifndef DEFRAY_DECISIONS_H
#define DEFRAY_DECISIONS_H

#include "defray/roster.h"

struct decision {
    uint32_t member;
    enum verdict verdict;
    struct period during; /* both ends included; open where the table is empty */
    struct text method;
    struct text month; /* "2026-03"; may be empty */
    struct text document;
    struct text reason;
    struct where where;
};

struct decisions {
    struct decision *items; /* by (member, from) */
    size_t count;
    size_t *first; /* items of member m: first[m] to first[m + 1] */
};

/* Overlapping decisions of one member with different verdicts are an error, and so is a rule id
 * other than the rule file's. */
struct decisions *decisions_read(struct reading *reading, const struct input_list *files,
                                 const struct roster *roster);

#endif
