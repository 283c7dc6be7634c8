/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of one assembly, read from one file and proven whole before any
 * amount is computed: every value has a source or is an assumption, every day of
 * the assembly's life has exactly one value, indexed figures agree with their
 * formula. The figures are in the file; the ways of pricing are here.
 */
#ifndef DEFRAY_RULES_H
#define DEFRAY_RULES_H

#include "defray/category.h"
#include "defray/condition.h"
#include "defray/example.h"
#include "defray/file.h"
#include "defray/method.h"
#include "defray/notice.h"
#include "defray/payment.h"
#include "defray/timeline.h"
#include "defray/vocabulary.h"

struct tariff {               /* how one group of kinds is priced */
    struct entitlement price; /* method unit; key "stipend" */
    uint32_t kinds;           /* bit set of 1u << enum kind */
    struct text *bodies;      /* of the session; none: any */
    size_t body_count;
    uint32_t minimum_minutes;  /* 0: none */
    uint32_t step_minutes;     /* 0: exact; presence is rounded down to the step */
    uint32_t full_day_minutes; /* by the hour: so many make a day of full_day; 0: none */
    struct entitlement full_day; /* unit day */
    struct basis full_day_basis;
    struct basis bodies_basis, minimum_basis, step_basis;
    struct basis basis;
};

struct exclusion { /* kinds that are not paid, and why */
    uint32_t kinds;
    struct label reason;
    struct basis basis;
};

struct stipend {
    bool nil; /* an explicit policy: nobody is paid, everyone is listed */
    struct label nil_reason;
    struct basis nil_basis;
    struct label label;
    struct tariff *tariffs;
    size_t tariff_count;
    struct exclusion *exclusions;
    size_t exclusion_count;
    struct cap *caps; /* over all tariffs, in the order line, day, month, year, mandate */
    size_t cap_count;
    bool excused_paid;
    struct basis excused_basis;
    uint32_t statuses; /* paid: bit set of 1u << enum status */
    struct basis status_basis;
    struct request_condition request;
    struct means_condition means;
    struct body_condition bodies;
    struct age_condition age;
    struct competence_condition competence;
    struct accounting accounting;
};

struct rules {
    struct text id, authority, assembly;
    enum language language;
    struct input *file;
    struct input **commons; /* the series files read */
    size_t common_count;
    struct legal_source *sources;
    size_t source_count;
    struct life *lives;
    size_t life_count;
    struct scheme_status *statuses;
    size_t status_count;
    struct stipend stipend;
    struct category *categories;
    size_t category_count;
    struct basis presence_basis; /* a claim needs presence on its day */
    struct basis others_basis;   /* categories that are not listed */
    struct envelope *envelopes;
    size_t envelope_count;
    struct timeline proportionality; /* reference for one day; count 0: none */
    struct label reference_label;    /* of its series; empty: the jurors' indemnity */
    struct basis proportionality_basis;
    bool recover_overpayment; /* what is left below zero is recovered, not carried over */
    struct payment payment;
    struct notice notice;
    struct example *examples;
    size_t example_count;
    struct basis const **assumptions; /* every assumption of the file, in file order */
    size_t assumption_count;
    struct legal_source *shared_sources; /* of the series files */
    size_t shared_source_count;
    struct date known_on;      /* DATE_NONE: all is known */
    const struct rules *whole; /* as known on a day: the file whole; else NULL */
    struct unknown *unknown;   /* days cut from the life, by timeline */
    size_t unknown_count;
};

/* Finds a rule file by path or id: `name` as it is if it holds '/' or ends in .cfg, else
 * <folder>/<name>.cfg for each folder. Reads and proves it, without its examples (they
 * are run by examples_hold). NULL after diagnostics (all faults in one pass). */
struct rules *rules_load(struct arena *keep, struct text name, const struct text *folders,
                         size_t folder_count, struct diag *diag);
/* Whether it would find one. */
bool rules_are_there(struct arena scratch, struct text name, const struct text *folders,
                     size_t count);

/* The same of files that are in memory: the rule file first, then the shared files that it
 * uses, by name ("smic.cfg"). */
struct rules *rules_read_stored(struct arena *keep, struct input *const *files,
                                size_t count, struct diag *diag);

/* The rules as known on a day: without what was adopted later. What states no adoption was
 * known from its first day on. Days for which something was not adopted yet leave the life. */
const struct rules *rules_as_known(struct arena *keep, const struct rules *whole,
                                   struct date on, const struct text *folders,
                                   size_t folder_count, struct diag *diag);
/* What was not adopted yet for the day, "life" or a timeline's path; else empty. */
struct text rules_unknown(const struct rules *rules, struct date date);

/* The first day of the mandate (interval of the assembly's life) that holds the day, whether all
 * of it is known yet or not; DATE_NONE if there is none. */
struct date rules_mandate(const struct rules *rules, struct date date);
bool rules_alive(const struct rules *rules, struct date date);
/* The part of a period from the first day on which the rules hold to the last; the period itself
 * if there is none. */
struct period rules_days_alive(const struct rules *rules, struct period period);
/* The scheme's status on a day of its life; NULL outside. */
const struct scheme_status *rules_status(const struct rules *rules, struct date date);
/* The tariff that covers a session of the kind (and body, if it states one), or NULL. */
const struct tariff *rules_tariff(const struct rules *rules, struct arena scratch,
                                  enum kind kind, struct text body);
/* What says which bodies' sessions of the kind are covered; NULL if nothing does. */
const struct basis *rules_bodies_basis(const struct rules *rules, enum kind kind);
/* The exclusion that names the kind, or NULL. */
const struct exclusion *rules_exclusion(const struct rules *rules, enum kind kind);
/* The category of that name or other name (folded), or NULL. */
const struct category *rules_category(const struct rules *rules, struct arena scratch,
                                      struct text name);
struct text label_in(const struct label *label, enum language language);
/* What makes a change of rules reach a day that was paid, or NULL. */
const struct retroactivity *rules_reach(const struct rules *rules, struct date day);
/* What people call an entitlement: "Indemnité" for "stipend"; the key itself if it has no label. */
struct text rules_label(const struct rules *rules, struct text key,
                        enum language language);

#endif
