/* SPDX-License-Identifier: Apache-2.0 */
/*
 * To pay = due less what was paid, right by right. Pure: a member's lines and the plain history
 * in, differences and one total out. A payment is never negative: as the rules say, what is left
 * below zero is carried to the next run, or what was paid too much is listed for recovery whole,
 * and a share of what the run adds is kept back for it, as it would be in a later run.
 */
#ifndef DEFRAY_SETTLEMENT_H
#define DEFRAY_SETTLEMENT_H

#include "defray/history.h"
#include "defray/liquidation.h"

enum cause {
    CAUSE_NEW,       /* of the period, not paid before */
    CAUSE_LATE,      /* of an earlier day, not paid before */
    CAUSE_CORRECTED, /* the facts changed */
    CAUSE_REMOVED,   /* the fact is gone */
    CAUSE_RATE,      /* the rules changed */
    CAUSE_RECOUNT,   /* other facts moved a ceiling or a counter */
    CAUSE_LAPSED,    /* of an earlier day, not paid before, and too late to be claimed */
    CAUSE_OPEN,      /* of an earlier day, undetermined: neither paid nor taken back */
    CAUSE_STATUS,    /* the status of the scheme pays nothing for that day */
    CAUSE_REFUSED,   /* an expense of an earlier day, not paid before, and refused */
    CAUSE_KEPT,      /* the rules went down, and their text leaves what was paid */
    CAUSE_COUNTER,   /* of an earlier year, whose counter nothing says how to open */
    CAUSE_COUNT
};

const char *cause_word(enum cause cause); /* "late" */
bool cause_is_left(enum cause cause);     /* of a right that is told, and left as it is */
/* The same of a stable word, also of those that only a ledger knows ("reverse"). */
const char *cause_word_label(enum language language, struct text word);
const char *cause_label(enum language language, enum cause cause); /* a phrase */

struct
    difference { /* one right whose amount is not what was paid, or that is left as it is:
                     * then `after` is `before`, but for CAUSE_KEPT and what is of the
                     * period */
    struct right right;
    struct money before, after;
    enum cause cause;
    struct money again;       /* what of a rise had been taken back or lowered before */
    bool known;               /* the ledger has the right, perhaps at zero */
    bool earlier;             /* of a day before the period */
    bool retroactive_missing; /* CAUSE_RATE, and no text reaches that day */
    enum reason reason;       /* CAUSE_OPEN: what is missing; CAUSE_REFUSED: why */
    uint64_t fact;
    struct text session; /* as sheets show it, no mark of a receipt; may be empty */
    struct where where;  /* of the first line of the right; input NULL if it is gone */
    const struct basis *basis; /* what it comes to rests on; NULL if it is gone */
};

struct differences ARRAY_OF(struct difference);

struct gone_rights { /* paid before, taken back since no table given now has them */
    size_t count;
    size_t bare;        /* of them: not a row of the session is there, or no expense */
    uint32_t member;    /* whose the first is */
    struct period days; /* from the first of them to the last */
    struct money taken;
    struct money paid; /* for those that are on another day now */
};

struct settlement {
    const struct difference *items; /* by right */
    size_t count;
    const struct difference *left; /* of earlier days, told and left as they are */
    size_t left_count;
    const struct difference
        *kept; /* of the period, CAUSE_OPEN or KEPT: they stay paid; or
                                    * LAPSED: no more is */
    size_t kept_count;
    size_t untold;     /* differences that need a text and have none */
    struct money due;  /* of the period, by the rules */
    struct money paid; /* of it, before, less what is not taken back, with what lapsed */
    struct money earlier;  /* differences of earlier days */
    struct money brought;  /* the balance before */
    struct money recovery; /* listed for recovery now; below zero: given back from it */
    struct money offset;   /* kept back for what was listed: never below zero */
    struct money total;    /* to pay: never below zero */
    struct money carried;  /* what is left below zero, as a negative amount */
};

/* `result` is what liquidate_member gave for the batch, whose history must not be NULL. The
 * identity: total + carried = due - paid + earlier + brought + recovery - offset. */
struct settlement settle_member(struct arena *keep, const struct batch *batch,
                                uint32_t member, const struct member_result *result);

/* What of the total earlier batches owed the member already. */
struct money settlement_owed_before(const struct settlement *settlement);

/* Marks the lines whose rights were paid before, to the cent. */
void settlement_mark(struct arena scratch, const struct batch *batch, uint32_t member,
                     struct member_result *result);

#endif
