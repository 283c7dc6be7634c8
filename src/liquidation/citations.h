/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* The assumptions that lines of like grounds pass through, so that they are not looked for line by
 * line. */
#ifndef DEFRAY_CITATIONS_H
#define DEFRAY_CITATIONS_H

#include "defray/bases.h"

#define CITED 32 /* a batch has hardly more kinds of grounds */

struct cited {
    bool known;
    struct grounds grounds;
    size_t *assumptions; /* indexes in rules.assumptions, in their order */
    size_t count;
};

struct citations { /* zeroed: nothing is known yet */
    struct cited places[CITED];
};

/* Of lines of such grounds; what it holds lies in `keep`, and is gone with the next call. */
const struct cited *citations_of(struct citations *citations, struct arena *keep,
                                 const struct rules *rules,
                                 const struct grounds *grounds);

#endif
