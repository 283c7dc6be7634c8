/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger as it was before a batch: what the batch was made from, and can be made from again.
 */
#ifndef DEFRAY_PREPARED_H
#define DEFRAY_PREPARED_H

#include "defray/ledger.h"

/* A batch that is recorded, as what it was made from: the ledger before its first row. */
struct prepared {
    int64_t batch, first;
    const char *head;  /* of the ledger right behind it */
    struct text actor; /* who prepared it */
    struct digest digest;
};
/* The batches of the assembly and period of `batch` that were not cancelled, the latest first, of
 * which the fingerprint starts with these digits. Empty also after a diagnostic. */
const struct prepared *ledger_prepared(struct arena *keep, struct ledger *ledger,
                                       const struct batch *batch, struct text digits,
                                       size_t *count);
/* From here on, history and foresight see the ledger as it was before that batch, and what is
 * foreseen has its number. NULL: as it is now. */
void ledger_look_back(struct ledger *ledger, const struct prepared *batch);

#endif
