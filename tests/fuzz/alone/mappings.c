/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Address space that is given back is kept and handed out again: else most of the time of a
 * small input goes into mapping memory and touching it first. Linked with --wrap=mmap and
 * --wrap=munmap, for the large anonymous mappings that arenas are.
 */
#include <sys/mman.h>

#include <stddef.h>

#define LARGE      ((size_t)1 << 20)
#define ROOM_COUNT 64

struct room {
    void *start;
    size_t size;
};

static struct room rooms[ROOM_COUNT];

void *__real_mmap(void *at, size_t size, int protection, int flags, int file, off_t from);
int __real_munmap(void *at, size_t size);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t from);
int __wrap_munmap(void *at, size_t size);

static size_t
whole(size_t size)
{
    return (size + LARGE - 1) / LARGE * LARGE;
}

void *
__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t from)
{
    if (size < LARGE || (flags & MAP_ANONYMOUS) == 0) {
        return __real_mmap(at, size, protection, flags, file, from);
    }
    for (size_t i = 0; i < ROOM_COUNT; i++) {
        if (rooms[i].start != NULL && rooms[i].size == whole(size)) {
            void *start = rooms[i].start;
            rooms[i].start = NULL;
            return start;
        }
    }
    return __real_mmap(at, whole(size), protection, flags, file, from);
}

int
__wrap_munmap(void *at, size_t size)
{
    if (size < LARGE) {
        return __real_munmap(at, size);
    }
    for (size_t i = 0; i < ROOM_COUNT; i++) {
        if (rooms[i].start == NULL) {
            rooms[i] = (struct room){at, whole(size)};
            return 0;
        }
    }
    return __real_munmap(at, whole(size));
}
