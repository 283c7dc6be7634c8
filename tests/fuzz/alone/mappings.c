/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Address space that is given back is kept and handed out again: else most of the time of a
 * small input goes into mapping memory and touching it first. And what an execution leaves to the
 * end of the run goes with it. Linked with --wrap=mmap and --wrap=munmap, for the large anonymous
 * mappings that arenas are.
 */
#include "support/fuzzed.h"

#include <assert.h>
#include <pthread.h>
#include <sys/mman.h>

#define LARGE    ((size_t)1 << 20)
#define FREE_MAX 64
#define USED_MAX 256

struct room {
    void *start;
    size_t size;
};

static struct room free_rooms[FREE_MAX];
static struct room used[USED_MAX]; /* in the order in which they were made */
static size_t used_count;
static size_t marked;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void *__real_mmap(void *at, size_t size, int protection, int flags, int file, off_t from);
int __real_munmap(void *at, size_t size);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t from);
int __wrap_munmap(void *at, size_t size);

/* A power of two, so that few sizes serve all. */
static size_t
whole(size_t size)
{
    size_t room = LARGE;
    while (room < size) {
        room *= 2;
    }
    return room;
}

static void *
take(size_t size)
{
    for (size_t i = 0; i < FREE_MAX; i++) {
        if (free_rooms[i].start != NULL && free_rooms[i].size == size) {
            void *start = free_rooms[i].start;
            free_rooms[i].start = NULL;
            return start;
        }
    }
    return NULL;
}

static int
give(struct room room)
{
    for (size_t i = 0; i < FREE_MAX; i++) {
        if (free_rooms[i].start == NULL) {
            free_rooms[i] = room;
            return 0;
        }
    }
    return __real_munmap(room.start, room.size);
}

/* Notes what was made; the lock is held. */
static void *
note(void *start, size_t size)
{
    if (start != MAP_FAILED) {
        assert(used_count < USED_MAX);
        used[used_count++] = (struct room){start, size};
    }
    return start;
}

/* Forgets what is given back; 0 if it is none of those. */
static size_t
forget(const void *start)
{
    size_t i = used_count;
    while (i > 0 && used[i - 1].start != start) {
        i--;
    }
    if (i == 0) {
        return 0;
    }
    size_t size = used[i - 1].size;
    for (used_count--; i <= used_count; i++) {
        used[i - 1] = used[i];
    }
    return size;
}

void *
__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t from)
{
    if (size < LARGE || (flags & MAP_ANONYMOUS) == 0) {
        return __real_mmap(at, size, protection, flags, file, from);
    }
    pthread_mutex_lock(&lock);
    void *start = take(whole(size));
    if (start == NULL) {
        start = __real_mmap(at, whole(size), protection, flags, file, from);
    }
    note(start, whole(size));
    pthread_mutex_unlock(&lock);
    return start;
}

int
__wrap_munmap(void *at, size_t size)
{
    pthread_mutex_lock(&lock);
    size_t room = forget(at);
    assert(room == 0 || room == whole(size));
    int result = room == 0 ? __real_munmap(at, size) : give((struct room){at, room});
    pthread_mutex_unlock(&lock);
    return result;
}

void
fuzzed_mappings_mark(void)
{
    marked = used_count;
}

void
fuzzed_mappings_back(void)
{
    while (used_count > marked) {
        (void)give(used[--used_count]);
    }
}
