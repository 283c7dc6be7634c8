/* SPDX-License-Identifier: Apache-2.0 */
/* layer: base */
/* Long work tells how far it is, through a function that the command gives; NULL
 * where nobody listens. Called every few thousand rows, never more. */
#ifndef DEFRAY_PROGRESS_H
#define DEFRAY_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

struct progress {
    void (*tell)(struct progress *progress, const char *what, uint64_t done,
                 uint64_t total);
    void *context;
};

static inline void
progress_tell(struct progress *progress, const char *what, uint64_t done, uint64_t total)
{
    if (progress != NULL) {
        progress->tell(progress, what, done, total);
    }
}

#endif
