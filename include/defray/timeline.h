/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dated values. A timeline holds exactly one value for each day it covers; that
 * is proven when the rules are loaded, so a look-up inside the life of an
 * assembly cannot fail and no fallback to a neighbouring value exists. Indexed
 * amounts are resolved at load: each item is a plain figure with its derivation.
 */
#ifndef DEFRAY_TIMELINE_H
#define DEFRAY_TIMELINE_H

#include "defray/date.h"
#include "defray/diag.h"
#include "defray/money.h"

/* A text that an amount or a refusal rests on. */
struct legal_source {
    struct text id; /* "D2023-06-26" */
    struct text
        kind; /* deliberation, decree, judgment, minutes, question, press, law, series */
    struct text title;
    struct date date;    /* DATE_NONE if the source states none */
    struct text address; /* where it can be read; may be empty */
    bool cited;          /* some value or setting rests on it */
    struct where where;
};

/* Whether two are one entry of one file; `a` may be NULL. */
bool source_is(const struct legal_source *a, const struct legal_source *b);

/* Why a value is what it is: a source, or an assumption to be confirmed. One of
 * the two is always there. */
struct basis {
    const struct legal_source *source; /* NULL: an assumption */
    struct text article;               /* "art. R140"; may be empty */
    struct text assumption;            /* empty: a source */
    struct text note;                  /* for a later reader; may be empty */
    struct where where;
};

/* Whether two cite the same: source and article, or assumption. */
bool basis_is(const struct basis *a, const struct basis *b);

struct indexed { /* base + factor x figure of a series */
    struct ratio base, factor, figure;
    struct text series;
    struct date on;            /* the day of the series' figure */
    bool of_the_day;           /* the figure of each day, in force since `on` */
    const struct basis *basis; /* of that figure */
    bool rounded;
    enum rounding rounding; /* if rounded */
};

struct value {
    struct period during; /* both ends included */
    struct ratio
        amount; /* euros (per unit), or a plain quantity where the timeline is one */
    struct ratio warning; /* envelopes: the warning level; else 0/1 */
    struct text
        derivation; /* "6.00 + 8 x 11.27 (smic on 2023-01-01)"; empty if written as is */
    const struct indexed *indexed; /* the same, for programs; NULL if written as is */
    struct date adopted;           /* DATE_NONE if not stated */
    struct date checked_on; /* for a value still in force: the day it was last checked */
    bool
        retroactive; /* took the days of values adopted before it, which end where it starts */
    struct basis basis;
};

struct timeline {
    struct value *items; /* by date */
    size_t count, capacity;
    struct text path; /* "stipend.tariffs[0].amounts" */
    struct where where;
};

/* The value of the day; NULL outside what the timeline covers. */
const struct value *timeline_at(const struct timeline *timeline, struct date date);

enum scheme_state {
    SCHEME_DRAFT,
    SCHEME_IN_FORCE,
    SCHEME_CONTESTED,
    SCHEME_SUSPENDED,
    SCHEME_ANNULLED
};

struct scheme_status { /* covers the life, one a day */
    struct period during;
    struct date adopted, checked_on;
    bool retroactive;
    enum scheme_state state;
    struct basis basis; /* its note tells the procedure */
};

struct unknown { /* days for which a value was not adopted yet */
    struct period during;
    struct text path; /* "stipend.tariffs[0].amounts" */
};

struct life { /* an interval during which the rules hold */
    struct period during;
    struct period mandate; /* the same, with the days that are not known yet */
    struct date adopted, checked_on;
    bool retroactive;
    struct basis basis;
};

/* A dated scale with marginal bands (mileage), by vehicle. */
struct band {
    struct ratio up_to; /* upper bound, included; den 0 means no bound */
    struct ratio rate;  /* euros per unit */
};
struct vehicle {
    uint32_t power_from, power_to; /* fiscal horsepower, both included */
    struct band *bands;
    size_t band_count;
};
struct scale_version {
    struct period during;
    struct vehicle *vehicles;
    size_t vehicle_count;
    struct date adopted, checked_on;
    bool retroactive;
    struct basis basis;
};
struct scale {
    struct scale_version *versions; /* by date */
    size_t count;
};
const struct scale_version *scale_at(const struct scale *scale, struct date date);

#endif
