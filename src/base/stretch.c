/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages asked for before they are touched. A page that is not there when it is touched stops the
 * program until the system has made it; where that system is itself a guest of another, for as long
 * as it takes to fill twenty. Those of a stretch are asked for together, and there they cost a
 * twentieth: a month is a tenth faster, the totals of a million presences a quarter, by processor
 * time. What is asked for grows with what was, by a quarter and at most 2 MiB, so that no more than
 * that is held in vain; from 8 MiB on, large pages are asked for. None of it can fail: what the
 * system does not grant is made when it is touched, as ever.
 */
#define _GNU_SOURCE 1

#include "stretch.h"

#include "arena_guard.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>

#define STRETCHES_MAX 256
#define PAGE          ((size_t)4 << 10)
#define LARGE_PAGE    ((size_t)2 << 20)
#define FIRST_BYTES   ((size_t)32 << 10)
#define ROOM_BYTES    ((size_t)384 << 10) /* of which some may never be filled */
#define LARGE_BYTES   (4 * LARGE_PAGE)

static struct pages stretches[STRETCHES_MAX];
static struct pages not_followed = {.there = (char *)UINTPTR_MAX};
static atomic_flag lock = ATOMIC_FLAG_INIT; /* of which of them are followed */

static void
enter(void)
{
    while (atomic_flag_test_and_set_explicit(&lock, memory_order_acquire)) {
    }
}

static void
leave(void)
{
    atomic_flag_clear_explicit(&lock, memory_order_release);
}

static char *
page_up(char *at, size_t page)
{
    return at + (-(uintptr_t)at & (page - 1));
}

/* The first that begins there, NULL for one that is not followed. */
static struct pages *
find(const char *start)
{
    for (size_t i = 0; i < STRETCHES_MAX; i++) {
        if (stretches[i].start == start) {
            return &stretches[i];
        }
    }
    return NULL;
}

static struct pages *
follow(char *start)
{
    struct pages *one = find(NULL);
    if (one == NULL) {
        return &not_followed;
    }
    *one = (struct pages){start, page_up(start, PAGE), 0, start};
    return one;
}

struct pages *
stretch_new(char *start)
{
    enter();
    struct pages *made = follow(start);
    leave();
    return made;
}

struct pages *
stretch_at(char *start)
{
    enter();
    struct pages *found = find(start);
    found = found == NULL ? follow(start) : found;
    leave();
    return found;
}

void
stretch_is_there(struct pages *stretch, size_t bytes)
{
    if (stretch != &not_followed) {
        stretch->there = stretch->start + bytes;
        stretch->asked = bytes;
    }
}

size_t
stretch_forget(const char *start, const char *end)
{
    size_t there = 0;
    enter();
    for (size_t i = 0; i < STRETCHES_MAX; i++) {
        struct pages *one = &stretches[i];
        if (one->start != NULL && start <= one->start && one->start < end) {
            guard_lift(one->start, (size_t)(one->used - one->start));
            there += (size_t)(one->there - one->start);
            *one = (struct pages){0};
        }
    }
    leave();
    return there;
}

void
stretch_join(struct pages *whole, struct pages *window)
{
    if (window == &not_followed) {
        return;
    }
    enter();
    if (whole != NULL && whole->used < window->used) {
        whole->used = window->used;
    }
    *window = (struct pages){0};
    leave();
}

static void
advise(char *from, const char *to, int advice)
{
    (void)madvise(from, (size_t)(to - from), advice);
}

/* Whether pages of the block are not there. What lies between those that are and the block was
 * passed over. */
static bool
is_beyond(const struct arena *arena, char *block)
{
    struct pages *stretch = arena->stretch;
    if (stretch == NULL || arena->next <= stretch->there) {
        return false;
    }
    char *first = block - ((uintptr_t)block & (PAGE - 1));
    stretch->there = first > stretch->there ? first : stretch->there;
    return true;
}

void
stretch_fill(const struct arena *arena, char *block)
{
    if (!is_beyond(arena, block)) {
        return;
    }
    struct pages *stretch = arena->stretch;
    size_t more = stretch->asked / 4;
    more = more < FIRST_BYTES ? FIRST_BYTES : more;
    more = more > LARGE_PAGE ? LARGE_PAGE : more;
    size_t needed = (size_t)(arena->next - stretch->there);
    more = more < needed ? needed : more;
    bool large = stretch->asked + more >= LARGE_BYTES;
    char *to = page_up(stretch->there + more, large ? LARGE_PAGE : PAGE);
    to = to > arena->end ? page_up(arena->next, PAGE) : to;
    if (large) {
        advise(stretch->there, to, MADV_HUGEPAGE);
    }
    advise(stretch->there, to, MADV_POPULATE_WRITE);
    stretch->asked += (size_t)(to - stretch->there);
    stretch->there = to;
}

void
stretch_room(const struct arena *arena, char *block)
{
    if (!is_beyond(arena, block)) {
        return;
    }
    struct pages *stretch = arena->stretch;
    size_t needed = (size_t)(arena->next - stretch->there);
    if (needed <= ROOM_BYTES) {
        stretch_fill(arena, block);
        return;
    }
    char *to = page_up(arena->next, PAGE);
    if (needed >= LARGE_PAGE) {
        advise(stretch->there, to, MADV_HUGEPAGE);
    }
    stretch->there = to;
}

void
stretch_block(char *start, size_t bytes)
{
    char *end = start + bytes;
    char *from = page_up(start, PAGE);
    char *to = end - ((uintptr_t)end & (PAGE - 1));
    if (from < to) {
        advise(from, to, MADV_POPULATE_WRITE);
    }
}
