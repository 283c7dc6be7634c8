/* SPDX-License-Identifier: Apache-2.0 */
/* layer: ledger */
/* What a person is shown of the ledger: its batches, the accounts that are not even, everything
 * about one member. Plain data; ids where the identities know them, else references. */
#ifndef DEFRAY_LEDGER_VIEW_H
#define DEFRAY_LEDGER_VIEW_H

#include "defray/ledger.h"
#include "defray/recovery.h"

struct ledger_batch {
    int64_t number, payments;
    int64_t refusals; /* of its file, by the bank or the accounting officer */
    struct text assembly, kind, from, to, state, prepared_by, approved_by;
    struct text pay_on, since; /* empty: not stated */
    struct text tables;        /* the marks of its sheets and claims; empty: not kept */
    struct money total;
};
struct ledger_account { /* a member whose account is not even */
    struct text assembly, id;
    struct money balance, receivable;
};
struct ledger_posting { /* an entry, or a payment (kind PAYMENT, negative) */
    int64_t seq, batch;
    struct text kind, component, day, unit, cause, state;
    struct text period; /* of its batch, as "2026-04-01..2026-04-30"; empty: none */
    struct text book;   /* "right", "recovery", "collected"; empty: a payment */
    struct money amount;
    bool late;
};
struct ledger_loosening { /* an act that leaves one person more alone with the money */
    int64_t time;
    struct text verb, subject, actor, login, host, reason;
};
struct ledger_loosening *ledger_loosenings(struct arena *keep, struct ledger *ledger,
                                           size_t *count);
struct ledger_batch *ledger_batches(struct arena *keep, struct ledger *ledger,
                                    size_t *count);
/* What a batch keeps of the tables that it is made of: marks, with blanks between them. A mark is
 * the first 16 digits of a fingerprint. */
struct text ledger_tables_add(struct arena *keep, struct text tables,
                              struct digest table);
bool ledger_tables_have(struct text tables, struct digest table);
/* Whether every day of the period lies in one that is closed. */
bool ledger_is_closed(struct ledger *ledger, struct text assembly, struct period period);
/* Whether a batch of its days may still be recorded: P101 if one of them is closed. Pages that
 * only tell what was done need not ask. */
bool ledger_period_is_open(struct ledger *ledger, const struct batch *batch);
/* Gives the history of the batch what came of the batches recorded before it, for pages that tell
 * the members. False after a failure. */
bool ledger_read_trails(struct arena *keep, struct ledger *ledger,
                        const struct batch *batch, struct history *history);
struct ledger_account *ledger_accounts(struct arena *keep, struct ledger *ledger,
                                       size_t *count);
/* Warns of each who is owed something and is in no row of the members' table (G012), and of each
 * who owes something and is in none, or is a member no more (G014). Counts them. False after a
 * failure. */
bool ledger_tell_absent(struct ledger *ledger, const struct batch *batch,
                        const struct summary *summary, size_t *count);
/* Differences that come from changed rules, on days that no text reaches: refused, P106. */
bool ledger_texts_allow(struct diag *diag, const struct batch *batch,
                        const struct summary *summary);
/* Warns of each batch that has not left and pays something which the run makes a debt of (G016).
 * `number` is what the run is recorded as, 0 if it is not. False after a failure. */
bool ledger_tell_unsent(struct ledger *ledger, const struct batch *batch, int64_t number);
/* Warns if the last batch under the id of these rules was of an assembly or an authority of another
 * name (G018). False after a failure. */
bool ledger_tell_namesake(struct ledger *ledger, const struct rules *rules);
/* Warns if batches under another id were of this assembly, for days that the run settles (G051).
 * False after a failure. */
bool ledger_tell_renamed(struct ledger *ledger, const struct batch *batch,
                         struct date since);
/* What is to be recovered in the assembly, or of one member if `member` is not empty: it was paid,
 * has left and has not come back; of what has not left, G017 warns. NULL after a diagnostic, also
 * if there is nothing. */
struct recovery *ledger_recovery(struct arena *keep, struct ledger *ledger,
                                 struct text assembly, struct text member);
struct ledger_posting *ledger_postings(struct arena *keep, struct ledger *ledger,
                                       struct text assembly, struct text member,
                                       size_t *count);

#endif
