/* SPDX-License-Identifier: Apache-2.0 */
/* Seeded invented batches for property tests: rows of CSV that can be shuffled, split over
 * files and read by the readers of the program. */
#ifndef TESTS_INVENT_H
#define TESTS_INVENT_H

#include "defray/means_test.h"
#include "defray/summary.h"

struct invented_rows {
    const char **items;
    size_t count, capacity;
    const char *header;
};

struct invention {
    const char *rules; /* id */
    struct invented_rows members, sessions, attendance, expenses, means;
    struct period period; /* three whole months */
};

uint64_t invent_number(uint64_t *seed); /* xorshift: the next of the sequence */

/* A batch that is valid for the rules, the same for the same seed. */
struct invention invent_batch(struct arena *keep, const char *rules, uint64_t seed);
void invent_shuffle(struct invented_rows *rows, uint64_t seed);

struct reckoning { /* what a batch comes to */
    struct summary *summary;
    const struct batch *batch;
    const struct means *means;
    size_t errors;
};

/* Reads the rows, each table split over `files` files, and computes the period. */
struct reckoning invent_reckon(struct arena *keep, const struct rules *rules,
                               const struct invention *invention, struct period period,
                               size_t files);

#endif
