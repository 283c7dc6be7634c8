/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
#ifndef DEFRAY_EXPENSES_TWICE_H
#define DEFRAY_EXPENSES_TWICE_H

#include "defray/expenses.h"

struct claims_order { /* what it takes to compare claims */
    const struct claim *claims;
    const struct rules *rules; /* by which two names may be of one category */
    struct arena scratch;
};

/* By member, day and session, then by what they say, and by their rows only where that is the
 * same: of two claims that share a ceiling or a band, each comes to what its own place gives.
 * `context` is a claims_order. */
int claims_compare(const void *context, uint32_t a, uint32_t b);
/* Files a warning for each claim that repeats another (E001), which counts once, or may (E008). */
void claims_mark_repeated(const struct reading *reading, struct arena scratch,
                          const struct roster *roster, const struct log *log,
                          struct claims *claims);

#endif
