/* SPDX-License-Identifier: Apache-2.0 */
/* Zip files made by hand, so that a test can make wrong ones. */
#ifndef TESTS_PACKED_H
#define TESTS_PACKED_H

#include "defray/text.h"

struct packed ARRAY_OF(char);

struct pack {
    struct arena *keep;
    struct packed bytes;
    struct packed directory;
    unsigned count;
};

struct pack pack_new(struct arena *keep);
/* A part that is stored as it is. */
void pack_add(struct pack *pack, const char *name, struct text contents);
/* A part that unpacks to `head`, `blanks` spaces and `tail`, packed very small. It says
 * that it unpacks to `declared` bytes. */
struct pack_bomb {
    const char *head, *tail;
    uint32_t blanks;
    uint32_t declared; /* 0: the truth */
};
void pack_add_bomb(struct pack *pack, const char *name, struct pack_bomb bomb);
struct text pack_finish(struct pack *pack);

#endif
