/* SPDX-License-Identifier: Apache-2.0 */
/* Warnings about what was computed. Only of a batch `diag` may be NULL: nobody listens. */
#ifndef DEFRAY_NOTICES_H
#define DEFRAY_NOTICES_H

#include "defray/summary.h"

void notice_line(struct diag *diag, const struct line *line);
void notice_member(struct diag *diag, const struct batch *batch, uint32_t member,
                   const struct person_total *person);
void notice_minor(struct diag *diag, const struct batch *batch, uint32_t member,
                  const struct person_total *person);
void notice_batch(struct diag *diag, const struct batch *batch, struct summary *summary);
/* openings.c: counts of a year or a mandate that begin at nothing. */
void notice_openings(struct diag *diag, const struct batch *batch,
                     const struct summary *summary);
/* seats_kept.c: of whom the ledger keeps from a seat, since another was paid for the session. */
void notice_kept_seats(struct arena scratch, struct diag *diag,
                       const struct batch *batch);
/* Whether no decision covers the line. */
bool line_is_undecided(const struct line *line);
/* How many such presences before the period what is due in it should go by, that may have been paid
 * and of which no ledger tells; and from the first of them to the last. */
size_t openings_undecided(const struct batch *batch, const struct member_result *own,
                          struct period *days);
/* half_days.c: sessions paid as half-days whose times say otherwise. */
void notice_half_days(struct arena scratch, struct diag *diag, const struct batch *batch);

#endif
