/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Means-test figures. They belong to the legal team: only eligibility may look at
 * them, and no document for finance, no ledger and no message includes this page.
 */
#ifndef DEFRAY_MEANS_H
#define DEFRAY_MEANS_H

#include "defray/roster.h"

struct figure {
    uint32_t member;
    struct text measure; /* "quotient_familial" */
    struct money value;
    struct text method;     /* "caf", "msa", "tax_household" */
    int month;              /* year * 12 + month - 1 */
    struct date checked_on; /* DATE_NONE */
    struct text document;   /* as the legal team names it */
    struct text
        reference; /* the same for everybody else; empty where it shows a figure */
    struct where where;
};

struct means {
    struct figure *items; /* by (member, month, checked_on) */
    size_t count;
    size_t *first;     /* items of member m: first[m] to first[m + 1] */
    struct arena held; /* where the items lie, and nothing else */
};

/* Two figures of one member, measure, method and month with the same (or no) checked_on but other
 * values are an error. */
struct means *means_read(struct reading *reading, const struct input_list *files,
                         const struct roster *roster);
/* Gives the memory of the figures back; what was decided by them stays. */
void means_forget(struct means *means);

#endif
