/* SPDX-License-Identifier: Apache-2.0 */
/* What 'pay' and 'ledger prepare' share: the month computed, shown and as a document. */
#ifndef DEFRAY_PAY_H
#define DEFRAY_PAY_H

#include "defray/ledger.h"

#include "run.h"

/* What the officer reads first; the same figures as the control sheet. */
void pay_print(const struct run *run, const struct summary *summary);
const struct document *pay_document(struct run *run, const struct summary *summary);
/* Whether a line, or a warning of what may be paid twice, waits for a person. */
bool pay_waits(const struct run *run, const struct summary *summary);
/* False after a diagnostic: of an invariant, or of policy (P121, P122). */
bool pay_may_go_on(const struct run *run, const struct summary *summary);
/* Reads what the ledger knows into run->batch.history: --since and the sentence on approval
 * too. False after a diagnostic. */
bool pay_read_history(struct run *run, struct ledger *ledger, struct text actor);
/* The ledger of --ledger is only read, into run->batch.history, to be told: also of a period that
 * is closed. True without one. False after a diagnostic. */
bool pay_look_at_ledger(struct run *run);
/* Gives the history of the run the head of the ledger behind it, and what is, or would be,
 * recorded. */
void pay_note_recorded(struct run *run, const char *head,
                       const struct recorded *recorded);
/* That --since can be followed: its day, which is not after the period, and a ledger; false after a
 * diagnostic (usage). */
bool pay_since_is_kept(struct run *run);
/* The day of an option; false after a diagnostic (usage). Not given: `otherwise`. */
bool option_day(struct run *run, enum option_id option, struct date otherwise,
                struct date *out);

#endif
