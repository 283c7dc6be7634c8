/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/*
 * What the ledger knows of the members of a batch, as plain data: what was paid for each right,
 * and where each member's account stands. Read before the computation, never during.
 *
 * A right is what can be paid at most once: a member, an entitlement, a day, and a unit in that
 * day (the session, or the session and the receipt of a claim). It holds no personal data.
 */
#ifndef DEFRAY_HISTORY_H
#define DEFRAY_HISTORY_H

#include "defray/date.h"
#include "defray/language.h"
#include "defray/money.h"
#include "defray/text.h"

struct rules;

struct right {
    struct text component; /* "stipend", or the category */
    struct date day;
    struct text unit;
};

struct paid_right { /* one right, as it stands in the ledger */
    struct right right;
    struct money amount; /* the sum of its live entries; never negative */
    uint64_t fact;       /* fingerprint of the facts it was last paid on */
    bool same_rules;     /* by rules that give the same amounts as those of this run */
    struct money most;   /* that it stood at once, if that is more; else 0 */
    const struct rules
        *rules; /* of before, that paid it; NULL: today's, or not readable */
};

struct settled { /* days that a batch has settled, from its earliest day on */
    struct period days;
    const struct rules *rules; /* as above */
};

struct elsewhere { /* a right that is paid on a day which is not settled */
    struct right right;
    struct money amount; /* above zero */
    uint32_t member;     /* UINT32_MAX: of nobody in the members' table */
    bool same_receipt;   /* a claim of the run names its receipt */
};

struct beside { /* another assembly of the ledger has paid for a receipt of the run */
    struct text assembly, mark;
    struct date day;
};

/* Why a member's payment waits. */
enum hold {
    HOLD_NONE,
    HOLD_BANK_DETAILS, /* missing or wrong */
    HOLD_NEW_ACCOUNT,  /* nobody else has confirmed the account number yet */
    HOLD_CHANGED_ACCOUNT,
    HOLD_CAME_BACK, /* a payment to this account number came back */
    HOLD_COUNT
};

struct position {            /* of one member */
    struct money balance;    /* owed before this run if above zero, overpaid if below */
    struct money receivable; /* listed for recovery, not yet recovered */
    struct money returned;   /* in the balance: came back, and was listed for recovery */
    enum hold hold;          /* what holds the payment, bank details apart */
};

struct trail {              /* of what was recorded for one member, to be told */
    struct money earlier;   /* differences of earlier days, in batches of the period */
    struct money kept_back; /* for what had been paid too much, in the same batches */
    struct money underway;  /* payments that are not noted as made */
    struct money listed;    /* for recovery, still open, of what has reached the member */
};

struct history {
    struct date since; /* first day that is settled: the period's first day or earlier */
    struct date covered; /* the last day that a batch of the assembly covers, or day 0 */
    /* First day the ledger was kept; earlier days were paid by other means. Day 0: none. */
    struct date kept_from;
    struct paid_right
        *items;    /* of days from `since` to the period's last, by (member, right) */
    size_t *first; /* items of member m: first[m] to first[m + 1] */
    struct position *standings; /* by member index */
    const struct trail *trails; /* by member index; NULL: not asked for */
    struct money
        absent_receivable; /* listed for recovery, of those in no row of the table */
    size_t absent_debtors; /* of how many */
    const char *head;      /* of the ledger, to be printed: "1234:9f86d0…" */
    const char *batch;     /* what this run is recorded as, or NULL */
    const char *digest;    /* of what it is, or would be, recorded as; or NULL */
    const char *approval;  /* a sentence in the language of the documents, or NULL */
    /* By (member, right): those that this run could pay again, or that counts go by. */
    const struct elsewhere *elsewhere;
    size_t elsewhere_count;
    const struct beside *beside; /* in the order in which they were paid */
    size_t beside_count;
    const struct settled *settled; /* of the run's days, not cancelled; latest first */
    size_t settled_count;
};

/* The unit of a claim: its session, and the mark of a receipt, which may name a person and is not
 * kept as it is written. Both in `keep`. */
struct text unit_mark(struct arena *keep,
                      struct text reference); /* "#9f86d081884c7d65" */
struct text unit_of_claim(struct arena *keep, struct text session, struct text reference);
/* The parts of a unit; the mark is empty where there is no receipt. */
struct unit_parts {
    struct text session, mark;
};
struct unit_parts unit_parts(struct text unit);

/* The member's among `elsewhere`, which lie side by side. */
const struct elsewhere *elsewhere_of(const struct history *history, uint32_t member,
                                     size_t *count);
/* Whether the ledger was kept by then: what it has not paid of that day was not paid. False
 * without one. */
bool history_kept(const struct history *history, struct date day);
/* By which rules the day was settled last, if they are another file's than the run's; or NULL. */
const struct rules *history_rules(const struct history *history, struct date day);
int right_compare(const struct right *a, const struct right *b);
const char *hold_label(enum language language, enum hold hold); /* a phrase */

#endif
