/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * What the readers of tables share. Each reader takes all files of its kind, reads
 * them whole, and files every fault it meets; it returns its model even then, so
 * that the next reader can check against what was good. The command looks at the
 * diagnostics once, at the end, and computes only when there are no errors.
 */
#ifndef DEFRAY_INTAKE_H
#define DEFRAY_INTAKE_H

#include "defray/diag.h"
#include "defray/file.h"
#include "defray/progress.h"
#include "defray/rules.h"

struct reading {
    struct arena *keep;
    const struct rules *rules;
    struct diag *diag;
    struct progress *progress; /* may be NULL */
    struct date until; /* the period's last day: what comes later is not computed */
    size_t part_bytes; /* for tests: of a table that are read at once; 0: as is best */
    const struct input *const *given; /* all files of the run; may be NULL */
    size_t given_count;
};

struct input_list {
    struct input **items;
    size_t count, capacity;
};

#define INDEX_NONE UINT32_MAX

#endif
