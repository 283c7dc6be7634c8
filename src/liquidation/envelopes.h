/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* What is used of the rules' envelopes, while a batch is added up. */
#ifndef DEFRAY_ENVELOPES_H
#define DEFRAY_ENVELOPES_H

#include "defray/summary.h"

struct envelope_uses ARRAY_OF(struct envelope_use);

/* Charges what is due for the line to every envelope that pays for it. */
void envelopes_charge(struct arena *keep, struct envelope_uses *uses,
                      const struct batch *batch, const struct line *line);
/* What a part of the members used, added to what those before them did. */
void envelopes_add(struct arena *keep, struct envelope_uses *uses,
                   const struct envelope_uses *part);
/* Finds the first day at the end of which more was due than the envelope holds, of each. */
void envelopes_find_passing(struct summary *summary);

#endif
