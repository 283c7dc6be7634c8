/* SPDX-License-Identifier: Apache-2.0 */
/* layer: simulation */
/*
 * What a scenario file says: an assembly to come, in groups of people nobody knows yet, a
 * calendar, fixed costs, and how its variants differ. Every parameter has a source or is an
 * assumption. The rules are those of a rule file, changed where a variant says so.
 */
#ifndef DEFRAY_SCENARIO_H
#define DEFRAY_SCENARIO_H

#include "defray/calendar.h"
#include "defray/rules.h"

#define SCENARIO_SERIES_MAX 16
#define SCENARIO_GROUPS_MAX 16
#define SCENARIO_FIXED_MAX  64
#define SCENARIO_PEOPLE_MAX 100000 /* members, all groups together */
#define SCENARIO_DAYS_MAX   400    /* civil days with a session */
#define SCENARIO_ON_DAY_MAX 4      /* sessions of one group on one day */
#define SCENARIO_RUNS_MAX   1000000
#define SCENARIO_DRAWS      10000 /* runs, where nothing else is said */
#define SCENARIO_NOWHERE    UINT32_MAX

struct parameter { /* a share between 0 and 1 */
    bool given;
    struct ratio value;
    struct basis basis;
};

struct series { /* sessions that go together */
    struct text name;
    enum kind kind;
    struct text body;
    int16_t start, end; /* TIME_NONE */
    bool meal_served;
    struct date *dates; /* as listed, or as they follow from the next three */
    size_t date_count;
    struct date first;
    int every_months; /* the same weekday of its month (third Saturday); 0: not so */
    int every_days;   /* 0: not so */
    int count;        /* occasions; 0: to the end of the mandate */
    int days;         /* that each occasion lasts */
    struct basis basis;
};

struct bracket { /* a share of the group, by its quotient */
    struct money up_to;
    struct ratio share;
};

struct habit { /* what some members of a group claim on each day that they come */
    struct text category;
    const struct method *method; /* that prices it */
    struct text among; /* habits of one word exclude one another; empty: on its own */
    struct ratio share;
    bool has_quantity, has_amount;
    struct ratio quantity;
    struct money amount;
    uint32_t horsepower;
    struct basis basis;
};

struct group {
    struct text name;
    struct label label;
    enum status status;
    struct text body;
    uint32_t members;
    struct basis basis;
    uint32_t attends; /* bit set of series */
    struct parameter presence;
    struct ratio *by_session; /* of the first days it meets, in order; then `presence` */
    size_t by_session_count;
    struct parameter drop_out; /* before each day it meets but the first */
    uint32_t successor;        /* group whose members come in; SCENARIO_NOWHERE: nobody */
    struct parameter replaced; /* share of those who left */
    struct parameter excused;  /* share of those who do not come */
    struct parameter takes_up, passes;
    struct bracket *brackets; /* by up_to; instead of `passes` */
    size_t bracket_count;
    struct basis bracket_basis;
    struct habit *habits;
    size_t habit_count;
};

enum fixed_per { FIXED_ONCE, FIXED_MONTH, FIXED_YEAR, FIXED_SESSION, FIXED_PER_COUNT };

struct fixed_cost {
    struct text name;
    struct label label;
    struct money amount;
    struct ratio quantity;
    enum fixed_per per;
    struct basis basis;
};

struct
    budget { /* an envelope of the scenario, beside those of the rules; per calendar year */
    struct text name;
    struct label label;
    struct text *covers; /* "stipend", categories, fixed costs */
    size_t cover_count;
    struct money limit, warning;
    struct basis basis;
};

struct scenario { /* the base, or a variant */
    struct text name;
    struct label title;
    struct passage stated; /* of a variant: where the file says what it changes */
    const struct input *file;
    const struct rules *rules;
    struct period mandate; /* to its planned end */
    int slips_months;
    struct period lasts; /* to its slipped end */
    struct basis mandate_basis, slip_basis;
    struct date held_to; /* the last values of the rules hold until then; or DATE_NONE */
    struct basis hold_basis;
    struct series series[SCENARIO_SERIES_MAX];
    size_t series_count;
    struct group groups[SCENARIO_GROUPS_MAX];
    size_t group_count;
    struct fixed_cost *fixed;
    size_t fixed_count;
    struct budget *budgets;
    size_t budget_count;
    struct session *sessions; /* by date, start, series */
    uint8_t *session_series;
    size_t session_count;
    struct basis const **assumptions; /* of the scenario file */
    size_t assumption_count;
};

/* Says of the errors filed since that they are of this variant; of the base, nothing. */
void scenario_blame(const struct scenario *scenario, size_t since, struct diag *diag);

/* Lays the calendar out anew, as after a change of a series. False if it passes the limits. */
bool scenario_lay_out(struct arena *keep, struct scenario *scenario);

#endif
