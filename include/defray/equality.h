/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/*
 * The same profiles under several rule files: what each would give, on which day, and how
 * far apart they are. What comes out holds no figure of a profile, only its name.
 */
#ifndef DEFRAY_EQUALITY_H
#define DEFRAY_EQUALITY_H

#include "defray/liquidation.h"

struct profile;
struct profiles;

enum equality_answer {
    EQUALITY_COMPUTED,
    EQUALITY_OUTSIDE,    /* the rules do not hold on all the days */
    EQUALITY_NOT_PAYING, /* a draft, suspended or annulled */
    EQUALITY_NO_RULE     /* the source states no rule to pay by */
};

struct equality_outcome { /* one profile under one rule file */
    const struct rules *rules;
    enum equality_answer answer;
    struct period days;
    enum kind kind; /* of the sessions played */
    struct member_result result;
};

struct share {               /* what one entitlement comes to over the days */
    const struct line *line; /* the first that tells most: its state, reason, text */
    struct money due;
};
#define SHARES_MAX 8 /* the stipend, and the claims of a profile */

/* Of what the rule files that could be computed give. One that pays a flat amount for the mandate
 * is left out where another can be computed, and one under which something is missing: its amount
 * is not known. */
struct equality_spread {
    const struct equality_outcome *lowest, *highest; /* the first of them; NULL: none */
    size_t lowest_count, highest_count;              /* how many give as much */
    size_t computed, waiting; /* those compared; those that something is missing under */
    struct money apart;
};

struct equality {
    struct text *labels; /* of the profiles */
    size_t profile_count;
    const struct rules *const *rules;
    size_t rule_count;
    struct equality_outcome *outcomes; /* by profile, then by rule file */
};

/* Each profile on its own date, else on `on`, else (DATE_NONE) on the last day that the rule
 * file vouches for: the end of its life, or the day it was last checked. */
struct equality *equality_of(struct arena *keep, const struct profiles *profiles,
                             const struct rules *const *rules, size_t rule_count,
                             struct date on);
const struct equality_outcome *equality_at(const struct equality *equality,
                                           size_t profile, size_t rule);
struct equality_spread equality_spread(const struct equality *equality, size_t profile);
/* Whether the amount can be held against others, and added to them: known, and of days, not of a
 * mandate. */
bool equality_is_compared(const struct equality_outcome *outcome);
/* Whether some presence is worth a flat amount for the whole mandate. */
bool rules_pay_flat(const struct rules *rules);
/* The last day that the rule file vouches for. */
struct date rules_vouched(const struct rules *rules);
/* The entitlements of an outcome in the order of its lines; gives how many. */
size_t equality_shares(const struct equality_outcome *outcome,
                       struct share out[SHARES_MAX]);
/* Whether some line gave nothing because a condition failed, or because something is missing. */
bool equality_waits(const struct equality_outcome *outcome, enum line_state state);

#endif
