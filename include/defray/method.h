/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ways of pricing. A closed set, one file each (src/rules/method_<name>.c) and one
 * list of them; the figures come from the rules.
 *
 *   unit     quantity x rate                      (stipends, loss of income)
 *   receipt  the amount of the receipt            (transport, parking, tolls)
 *   ceiling  the receipt, at most quantity x rate (childcare, nights, meals)
 *   scale    marginal bands over a yearly counter (mileage)
 */
#ifndef DEFRAY_METHOD_H
#define DEFRAY_METHOD_H

#include "defray/timeline.h"

enum unit {
    UNIT_SESSION,
    UNIT_DAY,      /* a civil day counts once */
    UNIT_HALF_DAY, /* at most two a civil day */
    UNIT_HOUR,
    UNIT_MANDATE, /* counts once */
    UNIT_KILOMETRE,
    UNIT_NIGHT,
    UNIT_MEAL,
    UNIT_CLAIM,
    UNIT_COUNT
};
const char *unit_word(enum unit unit); /* "half_day" */
const char *unit_label(enum language language, enum unit unit);
/* The unit after so many: "hours". English says "0.5 days" and "1 day", French "1,5 jour". */
const char *unit_counted(enum language language, enum unit unit, struct ratio quantity);

enum span { SPAN_LINE, SPAN_DAY, SPAN_MONTH, SPAN_YEAR, SPAN_MANDATE, SPAN_COUNT };
const char *span_word(enum span span); /* "day" */
const char *span_label(enum language language, enum span span);
const char *span_per(enum language language, enum span span); /* "per month" */

struct cap {
    enum span span;
    bool of_quantity; /* the limit is in units (8 hours), not in euros */
    bool soft;        /* paid all the same, and flagged */
    struct timeline limit;
};

struct accounting { /* each may be empty: the control sheet says so */
    struct text account, function, analytic, pay_code;
    struct text *documents;
    size_t document_count;
};

struct entitlement {
    struct text key; /* "stipend", or the category */
    struct text label_fr, label_en;
    const struct method *method;
    enum unit unit;
    enum rounding rounding;      /* of the line */
    struct basis rounding_basis; /* no place: the default */
    struct timeline rates; /* unit: rate; ceiling: ceiling per unit; others: empty */
    struct scale scale;    /* scale only */
    struct text scale_id;
    bool has_default_quantity;
    struct ratio default_quantity;
    struct basis default_basis;
    struct cap *caps; /* of this entitlement, in span order */
    size_t cap_count;
    struct accounting accounting;
};

/* What is priced: a presence, or a claim. */
struct priced {
    struct date date;
    bool has_quantity, has_amount;
    struct ratio quantity;
    struct money amount;
    uint32_t horsepower;  /* 0: unknown */
    struct ratio counter; /* units of the calendar year before this one (scale) */
};

enum missing { MISSING_NOTHING, MISSING_AMOUNT, MISSING_QUANTITY, MISSING_HORSEPOWER };

struct price {
    enum missing missing; /* if anything, the rest is empty */
    struct ratio quantity;
    struct ratio rate;  /* den 0: none (receipt), or several (scale over bands) */
    struct money gross; /* the claim, or quantity x rate rounded once */
    bool limited;       /* ceiling: gross may not pass `limit` (a cap of the line) */
    struct money limit;
    const struct basis *basis; /* of the rate, or of the ceiling, or NULL */
    struct text derivation;    /* of the rate; or the bands, "10 x 0.32 + 10 x 0.40" */
};

struct method {
    const char *word;
    bool uses_quantity, uses_amount; /* a cell of the other kind is a warning */
    bool uses_rates, uses_scale;     /* what a rule file states for it */
    struct price (*price)(struct arena *keep, const struct entitlement *entitlement,
                          const struct priced *priced);
};
const struct method *method_find(struct text word); /* NULL if there is none */
const struct text *method_words(size_t *count);

/* What one band of a scale gives. */
struct band_part {
    struct ratio quantity, rate;
};
/* How bands share a quantity, given the counter of the year; gives how many have a part. `out`
 * holds as many as the scale's vehicle has bands; NULL: they are only counted. 0 if the power
 * is in no band of the day. */
size_t scale_parts(const struct entitlement *entitlement, const struct priced *priced,
                   struct band_part *out);

/* The price of something. The day lies within the assembly's life. */
struct price entitlement_price(struct arena *keep, const struct entitlement *entitlement,
                               const struct priced *priced);

struct rules;
/* The first day of the span that holds the day; of a mandate DATE_NONE if there is none. */
struct date span_first(const struct rules *rules, enum span span, struct date day);
/* The widest span in which ceilings or counters have lines of the entitlement count together, at
 * least the day; and the first day of that span that holds the day. */
enum span rules_widest_span(const struct rules *rules, struct text component);
struct date rules_counted_from(const struct rules *rules, struct text component,
                               struct date day);

#endif
