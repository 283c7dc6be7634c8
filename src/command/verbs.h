/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs of 'defray ledger': one row each in verbs.def, one function each. */
#ifndef DEFRAY_VERBS_H
#define DEFRAY_VERBS_H

#include "defray/ledger.h"

#include "actor.h"

#define WITH_ACTOR (WITH(AS) | WITH(REASON) | WITH(EVIDENCE))

struct verb {
    const char *word;
    const char *operands; /* as help shows them, after the verb */
    const char *summary;
    uint64_t takes, needs; /* besides --ledger and the common options */
    size_t operands_min, operands_max;
    enum exit_status (*act)(struct run *run);
};

#define VERB(id, word, operands, summary, takes, needs, least, most) \
    enum exit_status ledger_##id(struct run *run);
#include "verbs.def"
#undef VERB

/* The ledger named with --ledger; NULL after a diagnostic. */
struct ledger *open_ledger(struct run *run, bool writing);
/* The first operand as a batch number; false after a diagnostic (usage). */
bool batch_number(struct run *run, int64_t *out);
/* The whole of a deed within one transaction: opens, begins, does, commits, closes. */
enum exit_status in_ledger(struct run *run,
                           bool (*deed)(struct run *run, struct ledger *ledger,
                                        const struct act *act));
/* Whether it is a day before that of the act; DATE_NONE is none. */
bool day_is_past(struct date day, const struct act *act);
/* Warns of a batch of so many payments whose day is past, or one on which banks are closed: a bank
 * refuses it, or pays on another day than the order says. */
void notice_pay_on(struct run *run, struct date pay_on, size_t payments,
                   const struct act *act);
/* "1 entry, 2 payments", in the run's arena. */
const char *entries_and_payments(const struct run *run, size_t entries, size_t payments);
bool is_quiet(const struct run *run);

#endif
