/* SPDX-License-Identifier: Apache-2.0 */
/* What the differences of a run say was paid too much. */
#ifndef DEFRAY_OVERPAID_H
#define DEFRAY_OVERPAID_H

#include "defray/settlement.h"

/* The sum of what went down, less what the run adds in its place: a right that is new or rises, of
 * the same entitlement, and of the same day or session (a date or a receipt that was corrected), or
 * among those that share a ceiling or counter, where the earlier one moved the other; of one that
 * stood at nothing, as much as the ceiling would have taken. What comes again is not looked at: it
 * had been taken back before. In the order of rights. */
struct money overpaid_of(struct arena scratch, const struct batch *batch, uint32_t member,
                         const struct differences *differences);

#endif
