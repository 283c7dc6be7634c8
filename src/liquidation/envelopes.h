/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* What is used of the rules' envelopes, while a batch is added up. */
#ifndef DEFRAY_ENVELOPES_H
#define DEFRAY_ENVELOPES_H

#include "defray/summary.h"

struct envelope_uses ARRAY_OF(struct envelope_use);

/* What the envelope holds on the last day of the year that the run reaches and the rules have a
 * limit for: whatever was charged first, and whoever it was charged for. NULL before their life. */
const struct value *envelope_limit(const struct envelope *envelope, int year,
                                   struct date reached);
/* Charges what is due for the line to every envelope that pays for it. */
void envelopes_charge(struct arena *keep, struct envelope_uses *uses,
                      const struct batch *batch, const struct line *line);
/* Charges what the ledger paid of the member (UINT32_MAX: of those in no row of the members'
 * table) in the year of the period, on days before those that are settled. What `whole`, which
 * may be NULL, has of a day and an entitlement is charged with its lines: the rest is charged. */
void envelopes_charge_paid(struct arena *keep, struct envelope_uses *uses,
                           const struct batch *batch, uint32_t member,
                           const struct member_result *whole);
/* Whether some envelope pays for the category, or for "stipend". */
bool envelopes_pay_for(const struct rules *rules, struct text entitlement);
/* What a part of the members used, added to what those before them did. */
void envelopes_add(struct arena *keep, struct envelope_uses *uses,
                   const struct envelope_uses *part);
/* Finds the first day at the end of which more was due than the envelope holds, of each. */
void envelopes_find_passing(struct summary *summary);

#endif
