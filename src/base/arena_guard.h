/* SPDX-License-Identifier: Apache-2.0 */
/* layer: base */
/*
 * Where addresses are checked (AddressSanitizer), a stretch that may not be touched follows every
 * block of an arena, so that a step past its end is seen: to the sanitizer an arena is else one
 * large object. In every other build, nothing of this is there.
 */
#ifndef DEFRAY_ARENA_GUARD_H
#define DEFRAY_ARENA_GUARD_H

#include "stretch.h"

#include <stdbool.h>

#if defined(__SANITIZE_ADDRESS__)
#define GUARDED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GUARDED 1
#endif
#endif

#ifdef GUARDED
#include <sanitizer/asan_interface.h>

#define GUARD_BYTES ((size_t)16)
#define GUARDS_LEFT \
    ((size_t)4096) /* at its end an arena has none: there sizes are exact */

/* The bytes may be touched from here on. */
static inline void
guard_lift(const char *from, size_t bytes)
{
    __asan_unpoison_memory_region(from, bytes);
}

/* What follows the block that ends where the free part begins may not. */
static inline void
guard_set(struct arena *arena)
{
    struct pages *stretch = arena->stretch;
    if ((size_t)(arena->end - arena->next) < GUARDS_LEFT ||
        (stretch != NULL && stretch->start == NULL)) {
        return; /* guards that nothing follows would stay when the pages are gone */
    }
    __asan_poison_memory_region(arena->next, GUARD_BYTES);
    arena->next += GUARD_BYTES;
    if (stretch != NULL && arena->next > stretch->used) {
        stretch->used = arena->next;
    }
}

/* Whether the block that ends there is the last one: nothing follows it, or its guard does, and not
 * a block of the same size. */
static inline bool
guard_is_last(const struct arena *arena, const char *end)
{
    return end == arena->next ||
           (end + GUARD_BYTES == arena->next && __asan_address_is_poisoned(end));
}

#else
#define GUARD_BYTES ((size_t)0)

static inline bool
guard_is_last(const struct arena *arena, const char *end)
{
    return end == arena->next;
}

static inline void
guard_lift(const char *from, size_t bytes)
{
    (void)from;
    (void)bytes;
}

static inline void
guard_set(struct arena *arena)
{
    (void)arena;
}
#endif

#endif
