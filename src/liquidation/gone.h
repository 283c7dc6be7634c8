/* SPDX-License-Identifier: Apache-2.0 */
/* Rights that were paid and are in no table given now: struck off, or left out by mistake; or that
 * the tables have on another day. */
#ifndef DEFRAY_GONE_H
#define DEFRAY_GONE_H

#include "defray/summary.h"

/* Counts those of a member, which are taken back. */
void gone_count(const struct batch *batch, uint32_t member, struct gone_rights *sum,
                const struct settlement *settlement);
/* The same of those whose session, or receipt, is on another day now: with what is paid for it. */
void gone_count_moved(uint32_t member, struct gone_rights *sum,
                      const struct settlement *settlement);
/* Adds those of other members, who come after. */
void gone_add(struct gone_rights *sum, const struct gone_rights *more);
/* Says so, once. */
void notice_gone(struct diag *diag, const struct batch *batch,
                 const struct gone_rights *gone);
void notice_gone_moved(struct diag *diag, const struct batch *batch,
                       const struct gone_rights *moved);

#endif
