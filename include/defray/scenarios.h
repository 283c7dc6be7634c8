/* SPDX-License-Identifier: Apache-2.0 */
/* layer: simulation */
/* A scenario file: its base, its variants, and what is sought within a budget. */
#ifndef DEFRAY_SCENARIOS_H
#define DEFRAY_SCENARIOS_H

#include "defray/scenario.h"

enum goal_kind {
    GOAL_RATE,
    GOAL_SESSIONS,
    GOAL_MEMBERS,
    GOAL_THRESHOLD,
    GOAL_KIND_COUNT
};

struct goal {
    enum goal_kind kind;
    struct text variant; /* empty: the base */
    size_t tariff;       /* of the stipend, for a rate */
    bool caps_follow;    /* a cap a day of the stipend is no lower than the rate */
    uint32_t series, group;
    struct money budget;
    bool fixed_counts; /* fixed costs are within the budget */
    struct basis basis;
    struct where where;
};

struct scenarios {
    struct text id;
    struct label title;
    enum language language;
    const struct input *file;
    uint32_t runs;
    uint64_t seed;
    struct scenario **items; /* the base first */
    size_t count;
    struct goal *goals;
    size_t goal_count;
    const struct rules *as_filed; /* those of the base, where it changes them; or NULL */
    const struct rules **rules;   /* rule files read, each once; for inputs */
    size_t rules_count;
};

/* Reads a scenario and all its variants, with their rules, from the folders. NULL after
 * diagnostics (all faults of the base, or else all faults of all variants). */
struct scenarios *scenarios_read(struct arena *keep, struct input *file,
                                 const struct text *folders, size_t folder_count,
                                 struct diag *diag);

#endif
