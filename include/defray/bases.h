/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that a line rests on: not its price alone, but each condition it passed. */
#ifndef DEFRAY_BASES_H
#define DEFRAY_BASES_H

#include "defray/liquidation.h"

#define LINE_BASES_MAX (24 + 2 * LINE_CEILINGS_MAX)

/* What a line's bases depend on besides the line and the rules. */
struct circumstances {
    enum status
        status; /* of the member that day; STATUS_NONE: not stated, or no member */
    enum presence presence; /* of a presence */
    bool
        quantity_by_default; /* of a claim: it gives none, and the rules' own was taken */
};
struct circumstances circumstances_of(const struct batch *batch, const struct line *line);

/* All that a line's bases depend on but the rules: lines of like grounds have the same. */
struct grounds {
    const struct basis *basis, *rate_basis;
    struct ceilings ceilings;
    const struct value *rate, *threshold; /* of the day; NULL where there is none */
    const struct entitlement *price;
    enum unit unit;
    bool is_claim;
    size_t
        life; /* index in rules.lives of the interval with the day; their count: none */
    struct circumstances circumstances;
};
struct grounds grounds_of(const struct rules *rules, const struct line *line,
                          struct circumstances circumstances);
bool grounds_alike(const struct grounds *a, const struct grounds *b);
size_t bases_of(const struct rules *rules, const struct grounds *grounds,
                const struct basis *out[LINE_BASES_MAX]);

/* The bases that the line passed through, its own included; gives how many. */
size_t line_bases(const struct batch *batch, const struct line *line,
                  const struct basis *out[LINE_BASES_MAX]);

/* The tariff that priced a presence; NULL for a claim, and where nothing is priced. */
const struct tariff *line_tariff(const struct rules *rules, const struct line *line);
/* What the line's rate is of: its price, or the full day that its hours made. */
const struct entitlement *line_rates(const struct rules *rules, const struct line *line);

/* What a line of a scale takes from each band, in order; `count` says how many. */
struct band_part *line_bands(struct arena *keep, const struct line *line, size_t *count);

/* What was stayed of an hour line, before the tariff's step took anything off. */
int32_t line_stayed(const struct batch *batch, const struct line *line);
/* The same of all stays at the session, which a minimum presence is compared with. */
int64_t line_stayed_in_all(const struct batch *batch, const struct line *line);

/* Whether the means test came before what decided the line. */
bool means_was_reached(const struct line *line);

#endif
