/* SPDX-License-Identifier: Apache-2.0 */
/* Rights that were paid and are in no table given now: struck off, or left out by mistake. */
#ifndef DEFRAY_GONE_H
#define DEFRAY_GONE_H

#include "defray/summary.h"

/* Counts those of a member, which are taken back. */
void gone_count(const struct batch *batch, uint32_t member, struct gone_rights *sum,
                const struct settlement *settlement);
/* Adds those of other members, who come after. */
void gone_add(struct gone_rights *sum, const struct gone_rights *more);
/* Says so, once. */
void notice_gone(struct diag *diag, const struct batch *batch,
                 const struct gone_rights *gone);

#endif
