/* SPDX-License-Identifier: Apache-2.0 */
/* The desk of a town that pays its members: a ledger of its own and the deeds of a month, for tests
 * of the ledger. Alice prepares and takes back, Bernard does the rest. */
#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include "town.h"

struct desk {
    struct arena start, keep; /* for whatever lives as long as the desk */
    struct diag *diag;        /* in English */
    struct ledger *ledger;    /* a test may close it, and put another or NULL here */
    const char *path;
    struct town town;  /* a test may change it: what is read from then on is read so */
    struct date since; /* the first day that is settled; from desk_open 2026-01-01 */
    struct recorded recorded; /* what desk_prepare did last */
};

/* At an empty ledger, open for writing. One at a time in a process; until desk_drop. */
struct desk *desk_open(struct town town);
/* The same where every account is confirmed and January is prepared, as batch 1. */
struct desk *desk_open_prepared(struct town town);
/* Closes the ledger, even one that the test has broken, and removes what there is of the desk. */
void desk_drop(struct desk *desk);
/* The same; before it, an invariant that does not hold fails the test. */
void desk_close(struct desk *desk);

/* The batch of a month (0 to 2), read anew. */
struct batch *desk_batch(struct desk *desk, int month);
/* Prepares the month; false with the ledger rolled back. */
bool desk_prepare(struct desk *desk, int month);
/* The same, and its number: a refusal, or that there is nothing to record, fails the test. */
int64_t desk_record(struct desk *desk, int month);
/* Does what the verb says with a batch as a whole; false with the ledger rolled back. That it had
 * been done before fails the test. An export puts out one byte, as "xml". */
bool desk_act(struct desk *desk, enum ledger_verb verb, int64_t batch);
/* Approved, exported and sent, or the test fails. */
void desk_pay(struct desk *desk, int64_t batch);
/* Takes back what a batch gave a member: the number of the batch that does, or 0 with the ledger
 * rolled back. */
int64_t desk_reverse(struct desk *desk, int64_t batch, struct text member);
/* So many cents of what M0 owes the town have come in, or the test fails. */
void desk_collect(struct desk *desk, int64_t cents);
/* The reversal of one right is cancelled though a later batch has listed its debt: what is refused,
 * and stands in older ledgers. */
void desk_let_go(struct desk *desk, int64_t reversal);

#endif
