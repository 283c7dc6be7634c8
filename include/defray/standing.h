/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a person stands on a day: the conditions of a stipend that do not depend on one
 * session, each with its outcome. The judge of a presence takes them in the order of the
 * rules and stops at the first that is not met; the legal team's report lists them all.
 */
#ifndef DEFRAY_STANDING_H
#define DEFRAY_STANDING_H

#include "defray/eligibility.h"
#include "defray/roster.h"

enum condition { /* in the order in which they are looked at */
                 CONDITION_MEMBERSHIP,
                 CONDITION_STATUS,
                 CONDITION_BODY,
                 CONDITION_AGE,
                 CONDITION_REQUEST,
                 CONDITION_MEANS,
                 CONDITION_GUARDIAN,
                 CONDITION_COUNT
};
const char *condition_word(enum condition condition); /* "membership" */
const char *condition_label(enum language language, enum condition condition);

enum outcome {
    OUTCOME_NOT_REQUIRED, /* the rules do not ask for it, or the person is not a member */
    OUTCOME_MET,
    OUTCOME_FAILED,
    OUTCOME_OPEN, /* something is missing */
    OUTCOME_COUNT
};
const char *outcome_word(enum outcome outcome); /* "not_required" */
const char *outcome_label(enum language language, enum outcome outcome);

struct candidate {
    const struct rules *rules;
    const struct decisions *decisions; /* may be NULL */
    const struct participant *participant;
    const struct participation *participation; /* of the day; NULL: not a member */
    uint32_t member;                           /* index in the roster */
    struct date date;
    struct date asked_by; /* a request of a later day does not count */
};

struct standing {
    enum outcome outcome;
    enum reason reason; /* of a condition that failed or is open */
    const struct basis *basis;
};

/* Fills `finding` in if the condition is the means test, and leaves it alone for the others. */
struct standing standing_of(struct arena *keep, const struct candidate *candidate,
                            enum condition condition, struct finding *finding);

/* The days on which everything about a member stays the same. */
struct stretch {
    uint32_t member;
    struct period during;
    const struct participation *participation; /* NULL: not a member */
    struct standing standings[CONDITION_COUNT];
    struct finding finding; /* of the means test; VERDICT_NO_TEST while not a member */
};
/* The condition that decides: the first not met, in order; CONDITION_COUNT if none. */
enum condition stretch_decider(const struct stretch *stretch);

struct stretches {
    struct stretch *items; /* by (member, from) */
    size_t count;
};
/* Where every member stands on each day of the period that lies in the life of the rules; days in
 * which they do not hold part two stretches. `asked_by`: the last day of the period paid. */
struct stretches standing_over(struct arena *keep, const struct rules *rules,
                               const struct decisions *decisions,
                               const struct roster *roster, struct period period,
                               struct date asked_by);

#endif
