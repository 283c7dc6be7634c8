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
#include <stdatomic.h>

#define GUARD_BYTES ((size_t)16)
#define GUARDS_LEFT \
    ((size_t)4096) /* at its end an arena has none: there sizes are exact */
#define GUARDS_APART ((size_t)16 << 20)
#define GUARDS_MAX   256 /* reservations that are followed */

/* How far each reservation was used: guards are taken away before its pages are. A reservation
 * that was divided is followed as several, whichever threads use and release them. */
struct guarded {
    char *start, *end, *used;
};
static struct guarded guarded[GUARDS_MAX];
static atomic_flag guard_lock = ATOMIC_FLAG_INIT;

static inline void
guard_enter(void)
{
    while (atomic_flag_test_and_set_explicit(&guard_lock, memory_order_acquire)) {
    }
}

static inline void
guard_leave(void)
{
    atomic_flag_clear_explicit(&guard_lock, memory_order_release);
}

static inline void
guard_follow(char *start, char *end)
{
    for (size_t i = 0; i < GUARDS_MAX; i++) {
        if (guarded[i].start == NULL) {
            guarded[i] = (struct guarded){start, end, start};
            return;
        }
    }
}

static inline void
guard_reserved(struct arena start)
{
    guard_enter();
    guard_follow(start.next, start.end);
    guard_leave();
}

/* What is left behind `middle` is an arena of its own. */
static inline void
guard_divided(char *middle)
{
    guard_enter();
    for (size_t i = 0; i < GUARDS_MAX; i++) {
        if (guarded[i].start < middle && middle < guarded[i].end) {
            char *end = guarded[i].end;
            guarded[i].end = middle;
            guard_follow(middle, end);
            break;
        }
    }
    guard_leave();
}

static inline void
guard_released(struct arena start)
{
    guard_enter();
    for (size_t i = 0; i < GUARDS_MAX; i++) {
        struct guarded *one = &guarded[i];
        if (one->start != NULL && start.next <= one->start && one->start < start.end) {
            __asan_unpoison_memory_region(one->start, (size_t)(one->used - one->start));
            one->start = NULL;
            one->end = NULL;
        }
    }
    guard_leave();
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
    guard_enter();
    for (size_t i = 0; i < GUARDS_MAX; i++) {
        struct guarded *one = &guarded[i];
        if (one->start > arena->next || arena->next >= one->end) {
            continue;
        }
        if (arena->next > one->used + GUARDS_APART) { /* somebody divided it by hand */
            char *end = one->end;
            one->end = arena->next - GUARD_BYTES;
            guard_follow(one->end, end);
            continue;
        }
        one->used = arena->next > one->used ? arena->next : one->used;
        break;
    }
    guard_leave();
}

/* Whether the block that ends there is the last one. */
static inline bool
guard_is_last(const struct arena *arena, const char *end)
{
    return end == arena->next || end + GUARD_BYTES == arena->next;
}

#else
#define GUARD_BYTES ((size_t)0)

static inline bool
guard_is_last(const struct arena *arena, const char *end)
{
    return end == arena->next;
}

static inline void
guard_reserved(struct arena start)
{
    (void)start;
}

static inline void
guard_divided(const char *middle)
{
    (void)middle;
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
