/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arenas over anonymous mappings. Address space is reserved without being
 * committed, so a generous reservation costs nothing until it is touched.
 */
#define _GNU_SOURCE 1

#include "defray/arena.h"

#include "defray/text.h"

#include "arena_guard.h"
#include "stretch.h"

#include <assert.h>
#include <limits.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define RESERVE_MIN ((size_t)1 << 20)
#define ARRAY_MIN   16
#define SPARE_BYTES ((size_t)64 << 10) /* more than a library asks for a name */
#define KEPT_FROM   ((size_t)1 << 30)  /* the least that is kept, of addresses */
#define KEPT_BYTES  ((size_t)64 << 10) /* the most, of pages */

/* Of the heap of libraries: larger blocks are mapped, and given back when freed; more than so much
 * at its end is given back; by how much it grows. */
#define HEAP_BLOCK_BYTES (4 << 20)
#define HEAP_HELD_BYTES  (16 << 20)
#define HEAP_STEP_BYTES  (128 << 10)
#define HEAP_FIRST_BYTES (96 << 10) /* what a rule file and the catalogue ask for */

enum { STATUS_MACHINE = 5, STATUS_RECORDED = 6 };

/* What every ARRAY_OF looks like. */
struct array_layout {
    void *items;
    size_t count;
    size_t capacity;
};

static atomic_bool something_stands;

void
arena_stands(void)
{
    something_stands = true;
}

_Noreturn void
arena_exhausted(void)
{
    bool stands = something_stands;
    struct text message =
        stands
            ? STR("defray: out of memory; what was asked for may be written already: give "
                  "the same command again (mémoire épuisée ; ce qui était demandé est "
                  "peut-être déjà écrit : redonnez la même commande)\n")
            : STR("defray: out of memory (mémoire épuisée)\n");
    /* Nothing is left to be done if even this cannot be said. */
    ssize_t written = write(STDERR_FILENO, message.data, message.size);
    (void)written;
    _exit(stands ? STATUS_RECORDED : STATUS_MACHINE);
}

void
arena_hold_freed(void)
{
    /* None of them fails; without them the program is only slower. */
    (void)mallopt(M_MMAP_THRESHOLD, HEAP_BLOCK_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, HEAP_HELD_BYTES);
    (void)mallopt(M_TOP_PAD, HEAP_STEP_BYTES);
    (void)mallopt(M_ARENA_MAX, 1); /* what threads ask for finds pages that are there */
    arena_hold_ahead(HEAP_FIRST_BYTES);
}

void
arena_spare(void)
{
    void *volatile some = malloc(SPARE_BYTES); /* volatile: else it is not asked for */
    if (some == NULL) {
        arena_exhausted();
    }
    free(some);
}

void
arena_hold_ahead(size_t bytes)
{
    char *volatile some = malloc(bytes);
    if (some != NULL) {
        stretch_block(some, bytes);
    }
    free(some);
}

static size_t
bytes_left(const struct arena *arena)
{
    return (size_t)(arena->end - arena->next);
}

static size_t
size_times(size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        arena_exhausted();
    }
    return bytes;
}

/* Moves the start of the free part to an aligned address. */
static void
align_next(struct arena *arena, size_t align)
{
    assert(align > 0 && (align & (align - 1)) == 0);
    size_t past = (size_t)((uintptr_t)arena->next & (align - 1));
    size_t padding = past == 0 ? 0 : align - past;
    if (padding > bytes_left(arena)) {
        arena_exhausted();
    }
    arena->next += padding;
}

/* Makes room by lengthening the block where it lies, if nothing lies behind it. */
static bool
extend_in_place(struct arena *arena, struct array_layout *layout, size_t size,
                size_t capacity)
{
    if (layout->capacity == 0) {
        return false;
    }
    size_t old_bytes = layout->capacity * size;
    char *old_end = (char *)layout->items + old_bytes;
    if (!guard_is_last(arena, old_end)) {
        return false;
    }
    arena->next = old_end;
    size_t more = size_times(capacity, size) - old_bytes;
    if (more > bytes_left(arena)) {
        arena_exhausted();
    }
    arena->next += more;
    stretch_fill(arena, old_end);
    guard_lift(old_end, more);
    memset(old_end, 0, more);
    guard_set(arena);
    layout->capacity = capacity;
    return true;
}

/* The small reservation that was given back last, empty: a month asks for a dozen of the same size,
 * one after the other, and to make and unmake the tables of their pages was a tenth of what it
 * took. None is kept where the machine has once granted less than was asked for. */
struct kept {
    size_t size;
    size_t there; /* bytes at its start whose pages are there */
};
static _Atomic(struct kept *) kept;
static atomic_bool granted_less;

static void
drop(struct kept *one)
{
    if (one != NULL) {
        munmap(one, one->size);
    }
}

static void
keep_for_next(char *start, size_t size, size_t filled)
{
    memset(start, 0, filled);
    if (madvise(start + filled, size - filled, MADV_DONTNEED) != 0) {
        munmap(start, size);
        return;
    }
    struct kept *one = (struct kept *)(void *)start;
    *one = (struct kept){size, filled};
    drop(atomic_exchange(&kept, one));
}

/* The kept one, if it is of that size. */
static bool
take_kept(size_t size, struct arena *out)
{
    struct kept *one = size < KEPT_FROM ? NULL : atomic_exchange(&kept, NULL);
    if (one == NULL || one->size != size) {
        drop(one);
        return false;
    }
    char *start = (char *)one;
    *out = (struct arena){start, start + size, stretch_new(start)};
    stretch_is_there(out->stretch, one->there);
    *one = (struct kept){0};
    return true;
}

struct arena
arena_reserve(size_t bytes)
{
    struct arena again;
    if (take_kept(bytes, &again)) {
        return again;
    }
    for (size_t size = bytes < RESERVE_MIN ? RESERVE_MIN : bytes;; size /= 2) {
        if (size < RESERVE_MIN) {
            size = RESERVE_MIN;
        }
        void *start = mmap(NULL, size, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (start != MAP_FAILED) {
            return (struct arena){start, (char *)start + size, stretch_new(start)};
        }
        granted_less = true;
        drop(atomic_exchange(&kept, NULL));
        if (size == RESERVE_MIN) {
            arena_exhausted();
        }
    }
}

void
arena_release(struct arena start)
{
    if (start.next == NULL) {
        return;
    }
    size_t size = bytes_left(&start);
    const struct pages *stretch = start.stretch;
    bool followed = stretch != NULL && stretch->start == start.next;
    size_t filled = followed ? (size_t)(stretch->there - stretch->start) : 0;
    size_t there = stretch_forget(start.next, start.end);
    if (size >= KEPT_FROM && followed && there <= KEPT_BYTES && !granted_less) {
        keep_for_next(start.next, size, filled);
    } else {
        munmap(start.next, size);
    }
}

static struct arena
part_until(struct arena *arena, char *middle)
{
    struct arena part = {arena->next, middle, arena->stretch};
    arena->next = middle;
    arena->stretch = stretch_at(middle);
    return part;
}

struct arena
arena_part(struct arena *arena, size_t bytes)
{
    align_next(arena, _Alignof(max_align_t));
    if (bytes > bytes_left(arena)) {
        arena_exhausted();
    }
    return part_until(arena, arena->next + bytes);
}

struct arena
arena_window(char *start, char *end)
{
    return (struct arena){start, end, stretch_new(start)};
}

void
arena_close(struct arena *whole, struct arena window)
{
    stretch_join(whole->stretch, window.stretch);
}

struct arena
arena_share(struct arena *arena, size_t shares)
{
    align_next(arena, _Alignof(max_align_t));
    size_t left = bytes_left(arena);
    size_t grain = 1; /* so that shares of an arena used again meet at the same place */
    while (grain <= left / (8 * shares)) {
        grain *= 2;
    }
    char *middle = arena->next + left / shares;
    return part_until(arena, middle - (uintptr_t)middle % grain);
}

/* The bytes that come next, as they are. */
static void *
take(struct arena *arena, size_t bytes, size_t align)
{
    assert(arena != NULL);
    align_next(arena, align);
    if (bytes > bytes_left(arena)) {
        arena_exhausted();
    }
    void *block = arena->next;
    guard_lift(block, bytes);
    arena->next += bytes;
    return block;
}

void *
arena_room(struct arena *arena, size_t bytes)
{
    void *block = take(arena, bytes, _Alignof(max_align_t));
    stretch_room(arena, block);
    guard_set(arena);
    return block;
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size, size_t align)
{
    size_t bytes = size_times(count, size);
    void *block = take(arena, bytes, align);
    stretch_fill(arena, block);
    memset(block, 0, bytes);
    guard_set(arena);
    return block;
}

void *
arena_append(struct arena *arena, size_t bytes)
{
    void *block = take(arena, bytes, 1);
    stretch_fill(arena, block);
    return block;
}

void *
arena_append_room(struct arena *arena, size_t bytes)
{
    void *block = take(arena, bytes, 1);
    stretch_room(arena, block);
    return block;
}

const char *
arena_printf(struct arena *keep, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *string = arena_vprintf(keep, format, arguments);
    va_end(arguments);
    return string;
}

const char *
arena_vprintf(struct arena *keep, const char *format, va_list arguments)
{
    size_t room = bytes_left(keep);
    if (room > INT_MAX) {
        room = INT_MAX;
    }
    if (GUARD_BYTES > 0) { /* only what is written may be written on */
        va_list again;
        va_copy(again, arguments);
        int size = vsnprintf(NULL, 0, format, again);
        va_end(again);
        guard_lift(keep->next, size < 0 ? 0 : (size_t)size + 1);
    }
    int length = vsnprintf(keep->next, room, format, arguments);
    if (length < 0 || (size_t)length >= room) {
        arena_exhausted();
    }
    const char *string = keep->next;
    keep->next += (size_t)length + 1;
    guard_set(keep);
    return string;
}

void
array_grow(struct arena *arena, void *array, size_t size, size_t align)
{
    struct array_layout layout;
    memcpy(&layout, array, sizeof layout);
    assert(layout.count <= layout.capacity);
    size_t capacity = layout.capacity == 0 ? ARRAY_MIN : size_times(layout.capacity, 2);
    if (!extend_in_place(arena, &layout, size, capacity)) {
        void *items = arena_alloc(arena, capacity, size, align);
        if (layout.count > 0) {
            memcpy(items, layout.items, layout.count * size);
        }
        layout.items = items;
        layout.capacity = capacity;
    }
    memcpy(array, &layout, sizeof layout);
}
