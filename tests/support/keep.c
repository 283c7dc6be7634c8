/* SPDX-License-Identifier: Apache-2.0 */
/* One reservation a test, given back whole. */
#include "keep.h"

#define ROOM ((size_t)16 << 30) /* of addresses: it takes memory as it is used */

struct arena keep;
static struct arena start;

void
keep_set_up(void)
{
    start = arena_reserve(ROOM);
    keep = start;
}

void
keep_tear_down(void)
{
    arena_release(start);
}
