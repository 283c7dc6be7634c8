/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Who has come under a key so far. The first of them is not enough: whoever comes may be held to be
 * the second, and not the first. */
#ifndef DEFRAY_INTAKE_ALIKE_H
#define DEFRAY_INTAKE_ALIKE_H

#include "defray/map.h"

struct alike_one {
    uint32_t index; /* of a member, a session */
    uint32_t next;  /* of the same key, in `list` */
    uint32_t last;  /* of the first of a key: the last one */
};

struct alike {
    struct map firsts; /* a key to its first, in `list` */
    struct ARRAY_OF(struct alike_one) list;
};

/* Adds the index under the key, after all others. Gives the first of that key, from which `next`
 * leads to the one added: those before it came earlier. */
uint32_t alike_add(struct arena *keep, struct alike *alike, struct text key,
                   uint32_t index);

#endif
