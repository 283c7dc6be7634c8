/* SPDX-License-Identifier: Apache-2.0 */
/* Which texts the amounts of a batch rest on, those of shared series among them. */
#ifndef DEFRAY_CITED_SOURCES_H
#define DEFRAY_CITED_SOURCES_H

#include "defray/settlement.h"
#include "defray/summary.h"

/* What the last line rested on: the next one mostly does too. A rate has a basis of its own, but
 * for categories that share a scale, and those cite the same. */
struct marked {
    const struct basis *basis, *rate_basis;
    struct ceilings ceilings;
};

/* Marks the sources of a line that comes to something; counts it if an assumption is what it
 * rests on. */
void cited_mark_line(struct summary *summary, const struct rules *rules,
                     const struct line *line, struct marked *last);
/* Marks the sources of what earlier days come to now. */
void cited_mark_settlement(struct summary *summary, const struct rules *rules,
                           const struct settlement *settlement);

#endif
