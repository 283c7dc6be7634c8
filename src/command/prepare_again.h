/* SPDX-License-Identifier: Apache-2.0 */
/* A month that is prepared a second time: the sheets of the batch that is recorded are made
 * again, to the byte, whether the first run was killed before it could name them or they were
 * lost since. */
#ifndef DEFRAY_PREPARE_AGAIN_H
#define DEFRAY_PREPARE_AGAIN_H

#include "defray/prepared.h"

#include "run.h"

struct again {
    const struct prepared *same; /* what was given makes this batch again; or NULL */
    struct recorded recorded;    /* that batch; all zero without one */
    int64_t
        other; /* without one: the last batch of these days, if nothing is new; or 0 */
};

/* Looked for where sheets are asked for and nothing is new, or where --digest names a batch that is
 * recorded. With `same`, run->batch.history is as it was before that batch; else it stays.
 * `recording` is what would be recorded now, without its summary. False after a diagnostic. */
bool prepare_again(struct run *run, struct ledger *ledger,
                   const struct recording *recording, struct again *out);

#endif
