/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* One pass over all members: what a batch comes to, and the conservation identity.
 * Totals are sums of lines; nothing is rounded twice. */
#ifndef DEFRAY_SUMMARY_H
#define DEFRAY_SUMMARY_H

#include "defray/progress.h"
#include "defray/settlement.h"

struct entitlement_total { /* one entitlement in one month */
    struct text entitlement;
    int month; /* year * 12 + month - 1 */
    size_t lines;
    struct money due;
};

struct envelope_use { /* one envelope in one calendar year */
    const struct envelope *envelope;
    int year;
    struct money before; /* by earlier facts in the file, or in the ledger */
    struct money now;    /* by the period */
    struct money limit, warning;
    struct money days[366]; /* due by day of the year */
    struct date passed_on;  /* the day the limit was passed, or DATE_NONE */
};

/* By member index; what the état's row tells. 96 bytes: there is one of every member. */
struct person_total {
    struct money stipend, expenses;
    struct money adjustment;   /* by the ledger: total less stipend and expenses */
    struct money total;        /* to pay; never below zero */
    struct money carried;      /* left below zero */
    struct money receivable;   /* listed for recovery, this run included */
    int64_t duration;          /* of hour lines due or capped; 0 if hours do not count */
    uint32_t left;             /* rights of earlier days, told and left as they are */
    uint32_t lapsed;           /* rights, or rises of them, that are not paid any more */
    uint32_t untold;           /* see settlement */
    uint32_t sessions;         /* attendance lines due or capped above 0.00 */
    uint32_t waiting;          /* lines refused or undetermined */
    uint32_t reference_days;   /* on which the stipend passes the jurors' indemnity */
    struct date reference_day; /* the first of them, or DATE_NONE */
    struct date
        minor_day; /* the first day paid for on which the member was a minor, or DATE_NONE */
    enum hold hold : 8; /* with a total above zero: why it waits */
    enum verdict verdict : 8;
    /* A step of the ledger lies between what is due and what is paid. */
    bool adjusted : 1;
    /* Some line waits, passed an indicative limit or was clipped. */
    bool watched : 1;
    /* Paid as a minor: into an account whose holder is not settled; and with no legal
     * representative stated. */
    bool holder_open : 1;
    bool unrepresented : 1;
    /* To be paid as of age, and a legal representative is stated. */
    bool of_age : 1;
    /* Expenses of earlier days come to more than was paid, or to less. */
    bool arrears : 1;
    /* Two sessions pay for the same time. */
    bool simultaneous : 1;
};

struct reference_year { /* one value of the indemnity of reference */
    const struct value *value;
    size_t days;          /* member-days with a stipend */
    size_t above;         /* of them, those that pass the value */
    struct money highest; /* stipend of one member in one day */
};

struct session_use { /* a session outside the authority's competence */
    const struct session *session;
    size_t paid; /* presences paid */
    struct money due;
};

struct left_rights { /* of earlier days, told and left as they are */
    size_t count;
    size_t undecided;   /* of them, those that no decision covers */
    struct period days; /* from the first of them to the last */
    struct money kept;  /* what was paid for them, and is not taken back */
};

struct summary {
    size_t read;    /* attendance and expense rows of the period */
    size_t outside; /* rows of other days, which are not lines */
    size_t states[LINE_STATE_COUNT];
    struct money due, stipend, expenses, gross, taken;
    struct money
        total; /* to pay: due less paid before, and the rest; due without a ledger */
    struct money paid, earlier, brought, recovery, offset,
        carried;                /* sums of the settlements */
    struct money receivable;    /* of whoever it is, in the members' table or not */
    struct money owed_before;   /* in `total`: brought forward by those who are owed it */
    size_t debtors, recoveries; /* of whom something is to be recovered; is listed now */
    size_t differences, differences_earlier, untold;
    struct money taken_by[SPAN_COUNT];   /* what each kind of cap took */
    bool has_durations, has_derivations; /* some line has one */
    size_t undecided;                    /* lines that no decision covers */
    struct period undecided_days;        /* from the first of them to the last */
    size_t undecided_before; /* before the period, of those who are paid in it */
    struct period undecided_before_days;
    struct left_rights open;      /* of earlier days, undetermined */
    struct left_rights refused;   /* expenses of earlier days, refused */
    struct gone_rights gone;      /* paid before, and in no table */
    struct gone_rights moved;     /* the same, and on another day now */
    struct left_rights uncounted; /* of an earlier year, CAUSE_COUNTER */
    struct left_rights *barred;   /* by index in rules.statuses: of days not paid */
    bool has_flags;               /* some line is of a session outside the competence */
    size_t payees, payees_held; /* members with a total above 0.00; whose payment waits */
    struct money held;          /* their total */
    struct person_total *persons; /* by member index */
    struct money
        *claimed; /* due to member m by category c: [m * categories + c]; or NULL */
    struct entitlement_total *totals; /* by (entitlement, month) */
    size_t total_count;
    struct envelope_use *envelopes;
    size_t envelope_count;
    struct reference_year *references; /* by date; those in whose time a stipend is due */
    size_t reference_count;
    size_t uncompared; /* days of a member with a stipend and without a reference */
    struct date uncompared_from; /* the first of them */
    struct session_use
        *flagged; /* covered sessions of the period outside the competence */
    size_t flagged_count;
    size_t minors;            /* members paid as minors */
    bool *arrears;            /* by category, the stipend last: paid of earlier days */
    bool *sources_used;       /* by summary_source: an amount rests on it */
    size_t assumed;           /* paid lines that rest on an assumption */
    size_t *assumption_lines; /* by index in rules.assumptions: lines that cite it */
    bool
        holds; /* the identity: read = due + capped + zero + refused + undetermined + paid before,
                   gross = due + taken, and total + carried = due - paid + earlier + brought +
                   recovery - offset */
};

/* Files the notices of the batch (presence clipped, indemnity of reference passed, envelopes,
 * payments held, minors, a contested scheme) in `diag` unless it is NULL. */
struct summary *batch_summarise(struct arena *keep, const struct batch *batch,
                                struct diag *diag, struct progress *progress);

/* The texts of the rules, those of shared series after those of the file. */
size_t summary_source_count(const struct rules *rules);
const struct legal_source *summary_source(const struct rules *rules, size_t index);

/* Whether something waits for a person: a line, or a right of an earlier day. */
bool summary_waits(const struct summary *summary);
/* Whether a batch may be published: false after I001 if its identity does not hold. */
bool summary_holds(const struct summary *summary, struct diag *diag);

#endif
