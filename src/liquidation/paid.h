/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger has of a right, and the days that pay nothing by themselves: too long ago, or the
 * scheme may not pay on them. */
#ifndef DEFRAY_PAID_H
#define DEFRAY_PAID_H

#include "defray/history.h"
#include "defray/status.h"

#include "work.h"

/* The run whose ledger is read: its own, or that of which the batch is the days before. */
const struct batch *batch_run(const struct batch *batch);
/* What the ledger has of the right among the days that are settled, or NULL. */
const struct paid_right *paid_find(const struct history *history, uint32_t member,
                                   const struct right *right);
/* What was paid for the right, on whatever day it lies. */
struct money paid_for(const struct batch *run, uint32_t member,
                      const struct right *right);
/* Whether what was not paid for the day has lapsed. Of days that are only looked back on, nothing
 * has. */
bool day_has_lapsed(const struct batch *batch, struct date day);
/* Whether the rules have days of which something may stay paid, whatever they give for them now. */
bool payments_may_stay(const struct rules *rules);
/* A line that has its due, before it counts in any ceiling or counter: refused, if its claim has
 * lapsed; of a day that pays nothing, set aside or counted at what was paid for it. Whether it
 * counts; and `paid`, at what in a ceiling in euros. */
bool line_counts(const struct work *work, struct line *line, struct money *paid);
/* What the line is worth to ceilings, envelopes and the ledger: its due, less what of it lapsed. */
struct money line_worth(const struct line *line);

#endif
