/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Work in parts, on all processors that the process may use, whose results are taken in
 * the order of the parts: what comes out does not depend on how many processors there
 * were. Threads live no longer than the call; few parts are worked on without any.
 */
#ifndef DEFRAY_PARALLEL_H
#define DEFRAY_PARALLEL_H

#include "defray/arena.h"

#include <stdbool.h>

/*
 * What is done with each part, in this order. `arena` is the part's own: it is empty
 * before `make` and gone after `take`. `make` and `finish` of several parts run beside one
 * another, and beside a `place` and a `take`: they change nothing that another part sees, and file
 * no diagnostics. One `place` runs at a time, and so does one `take`, but those two run beside one
 * another: neither changes what the other reads.
 */
struct parallel_work {
    void *context;
    size_t parts;
    size_t processors; /* at most; 0: all that the process may use */
    bool long_parts;   /* each is worth a thread, however few they are */
    void *(*make)(void *context, size_t part, struct arena *arena);
    /* In the order of parts, one at a time: what depends on the parts before. May be NULL. */
    void (*place)(void *context, size_t part, void *made);
    void (*finish)(void *context, size_t part, void *made,
                   struct arena *arena); /* or NULL */
    /* In the order of parts, on the thread that called. May be NULL. */
    void (*take)(void *context, size_t part, void *made, struct arena *arena);
};

void parallel_in_order(struct arena scratch, const struct parallel_work *work);

/* Processors that the process may use: its affinity, as taskset sets it. */
size_t parallel_processors(void);

#endif
