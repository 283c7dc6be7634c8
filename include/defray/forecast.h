/* SPDX-License-Identifier: Apache-2.0 */
/* layer: simulation */
/*
 * What a scenario would cost. The expected cost is exact: a sum of products of probabilities and of
 * prices that liquidate_member gave, rounded to the cent once for each entitlement. Items are
 * differences of rounded running totals, so that months, sessions, groups and envelopes are sums of
 * items and add up to the cent. Low, central and high come from seeded draws (random.h).
 */
#ifndef DEFRAY_FORECAST_H
#define DEFRAY_FORECAST_H

#include "defray/decimal.h"
#include "defray/scenario.h"

#define FORECAST_NONE (-1)

struct
    spread { /* of the draws: at most 5 of 100 are lower than `low`, or higher than `high` */
    struct money low, central, high;
};

struct item { /* one entitlement, of one group, on one day */
    size_t day;
    uint32_t group;
    size_t entitlement;    /* 0: the stipend; else 1 + category */
    struct decimal payees; /* expected number of members to whom something is due */
    struct decimal exact;  /* expected cents */
    struct money price;    /* of one payee, if it is the same for all; else 0 */
    bool one_price;
    struct money shown;
};

struct day_forecast {
    struct date date;
    size_t session; /* the first of its sessions */
    size_t sessions;
    struct decimal presences; /* expected, summed over the day's sessions */
    struct money cost;        /* stipends and expenses */
};

struct fixed_item { /* a fixed cost in one month */
    size_t fixed;
    size_t month;
    struct money shown;
};

struct month_forecast {
    int month; /* year * 12 + month - 1 */
    struct money stipends, expenses, fixed, total;
    struct money cumulated;
    struct spread spread, cumulated_spread; /* fixed costs included */
};

struct year_forecast {
    int year;
    struct money total;
    struct spread spread;
};

struct track { /* an envelope in one calendar year */
    struct label label;
    struct text name;
    int year;
    struct money limit, warning; /* warning 0: none */
    uint64_t entitlements;       /* bit set */
    uint64_t fixed;              /* bit set */
    struct money used;
    struct spread spread;
    struct money *by_month;     /* cumulated, by month of the forecast */
    int warned_in, runs_out_in; /* year * 12 + month - 1, as expected; or FORECAST_NONE */
    uint32_t runs_passed;       /* draws in which it runs out */
    int passed_central;         /* their median month; or FORECAST_NONE */
    const struct basis *basis;
};

struct profile_forecast { /* who comes to everything, over the whole scenario */
    uint32_t group;
    const char *label_en, *label_fr;
    struct decimal share;
    struct money due;
};

struct model;

struct forecast {
    const struct scenario *scenario;
    const struct model *model;
    struct day_forecast *days;
    size_t day_count;
    struct item *items; /* by day, group, entitlement */
    size_t item_count;
    struct fixed_item *fixed_items; /* by fixed cost, month */
    size_t fixed_item_count;
    struct month_forecast *months;
    size_t month_count;
    struct year_forecast *years;
    size_t year_count;
    struct track *tracks;
    size_t track_count;
    struct profile_forecast *profiles;
    size_t profile_count;
    uint64_t members;      /* seats at the start */
    struct decimal *exact; /* cents, by entitlement */
    struct decimal presences;
    struct money stipends, expenses, fixed, total;
    struct money per_member, per_session, per_month;
    struct spread spread;
    uint32_t runs; /* 0: no draws were made */
};

/* NULL after diagnostics (a session that cannot be priced, too many states). Without draws. */
struct forecast *forecast_make(struct arena *keep, const struct scenario *scenario,
                               struct diag *diag);
/* Warns of each group, and each claim, that the rules never pay whatever its members do (V010): of
 * a variant, where it is not so in the base, which is the first. */
void forecasts_warn_unpaid(struct forecast *const *forecasts, size_t count,
                           struct diag *diag);
/* Draws `runs` runs of the seed and fills the bands: the same whatever the number of threads
 * (0: all processors). */
void forecast_draw(struct arena *keep, struct forecast *forecast, uint32_t runs,
                   uint64_t seed, int threads);

/* What a variant does to the same people: each of its sorts of member against what they are in the
 * base, where one sort may have been several. Shares are of the group, in parts of EFFECT_WHOLE. */
#define EFFECT_WHOLE   INT64_C(1000000000)
#define EFFECT_NOTHING SIZE_MAX
struct effect {
    size_t after;  /* a profile of the variant */
    size_t before; /* of the base; EFFECT_NOTHING: the base has no such group */
    int64_t share;
};
struct effects {
    struct effect *items;
    size_t count, capacity;
};
struct effects forecast_effects(struct arena *keep, const struct forecast *base,
                                const struct forecast *variant);

/* The figures that a goal needs, and nothing else: the total with or without fixed costs. False
 * if the scenario cannot be priced. Nothing is filed. */
bool forecast_total(struct arena scratch, const struct scenario *scenario,
                    bool fixed_counts, struct money *out);

#endif
