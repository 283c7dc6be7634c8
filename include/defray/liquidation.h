/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Liquidation: what one member is owed, and why. Pure and total: facts and rules
 * in, lines out, no file, no clock, no failure. The log may hold more than the
 * period: earlier facts move the yearly counters and caps, later ones are not
 * looked at, and only the period's facts become lines.
 */
#ifndef DEFRAY_LIQUIDATION_H
#define DEFRAY_LIQUIDATION_H

#include "defray/eligibility.h"
#include "defray/expenses.h"

struct history;

enum line_state {
    LINE_DUE,
    LINE_CAPPED,       /* covered, but reduced, perhaps to 0.00 */
    LINE_ZERO,         /* the rules give nothing for this fact */
    LINE_REFUSED,      /* covered, but a condition fails */
    LINE_UNDETERMINED, /* something is missing: neither paid nor refused */
    LINE_PAID_BEFORE,  /* by the ledger, to the cent */
    LINE_STATE_COUNT
};
const char *line_state_word(enum line_state state); /* "paid_before" */
const char *line_state_label(enum language language, enum line_state state);
enum line_state reason_state(enum reason reason); /* of the lines that have the reason */

struct batch { /* all that a run knows; valid input only */
    const struct rules *rules;
    struct period period;
    const struct roster *roster;
    const struct calendar *calendar;
    const struct log *log;
    const struct claims *claims;       /* may be NULL */
    const struct decisions *decisions; /* of the means test; may be NULL */
    const struct history *history;     /* of the ledger; NULL: none is kept */
    struct date paid_on;               /* later than the period, or day 0: its last day */
    const struct batch *run;           /* whose earlier days these are; NULL: itself */
    int counter_year; /* of what was reimbursed elsewhere; 0: the period's first day's */
    struct date asked_by; /* requests count up to it; day 0: as batch_asked_by says */
    bool traced;          /* each line keeps what every ceiling did (struct cap_step) */
};

/* A request counts up to the last day of the period paid; and once a batch has paid a later period,
 * whatever is run again, up to the last day of that one. */
struct date batch_asked_by(const struct batch *batch);

enum step_kind {
    STEP_RATE,     /* the receipt, at most quantity x rate */
    STEP_COUNTED,  /* the session, day, half-days or mandate are counted already */
    STEP_FULL_DAY, /* hours make a full day: what they came to before is taken off */
    STEP_AMOUNT,   /* a limit in euros */
    STEP_QUANTITY, /* a limit in units */
};

struct cap_step { /* what one ceiling did to a line, also where it took nothing */
    enum step_kind kind;
    enum span span;
    bool over_all;             /* over all tariffs together */
    const struct cap *cap;     /* AMOUNT, QUANTITY */
    const struct value *limit; /* of the day; NULL for COUNTED */
    struct money most;         /* the limit in euros; of units, what they are worth */
    struct money before;       /* what earlier lines of the span came to */
    struct ratio units_before;
    struct date since; /* first day of the span */
    struct money took;
};

/* Of a price and over all presences: two of a span, in euros and in units. */
#define LINE_CEILINGS_MAX ((size_t)4 * SPAN_COUNT)

struct ceilings { /* the limits of the day that took something from a line, in order */
    const struct value *items[LINE_CEILINGS_MAX];
    size_t count;
};
bool ceilings_alike(const struct ceilings *a, const struct ceilings *b);

struct line {
    bool is_claim;
    uint32_t fact; /* index in log.items or claims.items */
    struct date date;
    const struct session *session;   /* NULL for a claim */
    struct text session_id;          /* may be empty */
    int16_t start;                   /* clipped; TIME_NONE */
    struct text entitlement;         /* "stipend", or the category */
    const struct entitlement *price; /* NULL where nothing is priced */
    enum unit unit;
    struct ratio quantity;          /* in units; 0 where nothing is priced */
    struct ratio used;              /* of them, under a limit in units: what it counts */
    int32_t duration;               /* of an hour line; else DURATION_NONE */
    struct ratio rate;              /* den 0: none */
    struct money gross;             /* the claim, or quantity x rate, before caps */
    struct money taken[SPAN_COUNT]; /* what each cap took, in order */
    struct money due;               /* gross less all taken */
    struct money
        lapsed; /* of it: more than was paid in time, and neither paid nor counted */
    enum line_state state;
    enum reason reason;
    const struct line
        *other; /* the line it repeats, or that took the day, the seat; or NULL */
    struct where other_where;  /* its place, where there is one */
    const struct basis *basis; /* of the amount, or of what decided; may be NULL */
    const struct basis
        *rate_basis; /* of the rate, also where a cap gave the amount; or NULL */
    struct ceilings ceilings;
    struct text derivation; /* of the rate or the bands; may be empty */
    struct ratio counter;   /* of a claim: units of the year before it */
    struct ratio
        counted; /* of a claim: what it adds to them; hours of income loss are those
                               that are paid */
    uint32_t horsepower;    /* of a claim: 0 if not stated */
    struct label own_words; /* the rule file's own reason; may be empty */
    struct text remark;     /* the decision's own reason; may be empty */
    struct cap_step *steps; /* in order, if the batch is traced and the line is priced */
    size_t step_count;
    bool over_soft_limit; /* paid all the same */
    bool clipped;         /* stated longer than the calendar's session */
    bool seat_by_id; /* of two alternates of a seat the other comes first, by id alone */
    bool set_aside;  /* the scheme may not pay on its day, nor has: it counts nowhere */
    struct where where;
};

struct member_result {
    struct line *lines; /* by (date, start, session, input line) */
    size_t count;
    size_t
        earlier; /* lines before `lines`, of facts before the period that move counters */
    enum verdict verdict;
    struct money stipend, expenses, total; /* sums of the lines' due */
};

/* The lines live as long as `keep`: give a copy of a scratch arena to drop them. */
struct member_result liquidate_member(struct arena *keep, const struct batch *batch,
                                      uint32_t member);

/* Whether facts before a period can change what is due in it (yearly caps and counters). */
bool liquidation_looks_back(const struct rules *rules);

/* Why a line is what it is, one phrase in the language; "" for a line simply due. */
const char *line_reason(struct arena *keep, enum language language,
                        const struct line *line);
/* What would settle a refused or undetermined line; "" for the others. */
const char *line_settles(enum language language, const struct line *line);

/* Runs the worked examples of a rule file; false after a diagnostic for each that fails. */
bool examples_hold(struct arena scratch, const struct rules *rules, struct diag *diag);

#endif
