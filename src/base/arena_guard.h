/* SPDX-License-Identifier: Apache-2.0 */
/* layer: base */
/*
 * Where addresses are checked (AddressSanitizer), a stretch that may not be touched follows every
 * block of an arena, so that a step past its end is seen: to the sanitizer an arena is else one
 * large object. In every other build, nothing of this is there.
 */
#ifndef DEFRAY_ARENA_GUARD_H
#define DEFRAY_ARENA_GUARD_H

#include "defray/arena.h"

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
    ((size_t)4096)    /* at its end an arena has none: there sizes are exact */
#define GUARDS_MAX 64 /* reservations that are followed, a thread */

/* How far each reservation was used: guards are taken away before its pages are. */
struct guarded {
    char *start, *end, *used;
};
static _Thread_local struct guarded guarded[GUARDS_MAX];

static inline void
guard_reserved(struct arena start)
{
    for (size_t i = 0; i < GUARDS_MAX; i++) {
        if (guarded[i].start == NULL) {
            guarded[i] = (struct guarded){start.next, start.end, start.next};
            return;
        }
    }
}

static inline void
guard_released(struct arena start)
{
    for (size_t i = 0; i < GUARDS_MAX; i++) {
        if (guarded[i].start == start.next) {
            __asan_unpoison_memory_region(start.next,
                                          (size_t)(guarded[i].used - start.next));
            guarded[i].start = NULL;
        }
    }
}

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
    if ((size_t)(arena->end - arena->next) < GUARDS_LEFT) {
        return;
    }
    __asan_poison_memory_region(arena->next, GUARD_BYTES);
    arena->next += GUARD_BYTES;
    for (size_t i = 0; i < GUARDS_MAX; i++) {
        struct guarded *one = &guarded[i];
        if (one->start <= arena->next && arena->next <= one->end &&
            arena->next > one->used) {
            one->used = arena->next;
        }
    }
}

#else
#define GUARD_BYTES ((size_t)0)

static inline void
guard_reserved(struct arena start)
{
    (void)start;
}

static inline void
guard_released(struct arena start)
{
    (void)start;
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
