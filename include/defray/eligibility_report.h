/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/*
 * The legal team's report: who is eligible, why, on what evidence, under which text. It
 * shows incomes, so its files are for their owner alone; what finance gets is the other
 * document, decisions_document.h, which cannot hold one.
 */
#ifndef DEFRAY_ELIGIBILITY_REPORT_H
#define DEFRAY_ELIGIBILITY_REPORT_H

#include "defray/document.h"
#include "defray/means_test.h"
#include "defray/standing.h"

struct what_if { /* the means test, changed in one respect */
    const char *says;
    struct means_condition test;
};

struct eligibility_report {
    const struct rules *rules;
    const struct roster *roster;
    const struct means *means; /* NULL where the rules test no means */
    const struct decisions *decisions;
    struct period period; /* within the life of the rules */
    struct stretches stretches;
    const struct what_if *what_ifs;
    size_t what_if_count;
    enum language language;
    const struct input *const *inputs; /* every file read, rule files included */
    size_t input_count;
    const char *version;
};

/* Evidence that lasts no longer than so many months after the period is about to expire. */
#define ELIGIBILITY_EXPIRY_MONTHS 2

/* How many members are in each case, at their last day of the period. */
struct eligibility_count {
    size_t members, entitled, refused, open; /* members = the sum of the others */
    size_t verdicts[VERDICT_COUNT];
    size_t expiring;
};
struct eligibility_count eligibility_count(const struct eligibility_report *report);

struct document *eligibility_document(struct arena *keep,
                                      const struct eligibility_report *report);

#endif
