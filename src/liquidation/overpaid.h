/* SPDX-License-Identifier: Apache-2.0 */
/* What the differences of a run say was paid too much. */
#ifndef DEFRAY_OVERPAID_H
#define DEFRAY_OVERPAID_H

#include "defray/settlement.h"

/* The sum of what went down, less what the run adds in its place: a right that is new, of the same
 * entitlement and of the same day or session (a date or a receipt that was corrected), or that
 * moved the ceiling or counter by which the other went down. In the order of rights. */
struct money overpaid_of(struct arena scratch, const struct differences *differences);

#endif
