/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded before the program, it counts what asks for memory and refuses it once: the request
 * number MEMORY_AT, or with MEMORY_ON=1 that one and all that follow. With MEMORY_PLACES it writes
 * the place of each to the file of that name: a word for the calls that led to it. Otherwise it
 * calls nothing that could ask for memory itself.
 */
#define _GNU_SOURCE 1

#include "behind.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t align, size_t size);

#define DEPTH 40

static unsigned long asked;
static int places = -1;
static bool looking;
static unsigned long refused_at;
static bool from_there_on;
static unsigned long *behind;

static unsigned long
number(const char *text)
{
    unsigned long value = 0;
    for (; text != NULL && *text >= '0' && *text <= '9'; text++) {
        value = value * 10 + (unsigned long)(*text - '0');
    }
    return value;
}

void preload_begin(void);

__attribute__((constructor)) void
preload_begin(void)
{
    refused_at = number(getenv("MEMORY_AT"));
    from_there_on = getenv("MEMORY_ON") != NULL;
    behind = behind_begin();
    asked = 0;
    const char *path = getenv("MEMORY_PLACES");
    if (path != NULL) {
        void *calls[1];
        looking = true;
        backtrace(calls, 1); /* what it needs is loaded */
        looking = false;
        asked = 0;
        places = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
}

/* The calls that led here, as sixteen digits and a space. */
static void
note_place(void)
{
    static const char digits[] = "0123456789abcdef";
    void *calls[DEPTH];
    unsigned long word = 5381;
    char text[17];
    looking = true;
    int depth = backtrace(calls, DEPTH);
    for (int i = 0; i < depth; i++) {
        word = word * 1099511628211UL + (unsigned long)calls[i];
    }
    for (size_t i = 0; i < 16; i++) {
        text[i] = digits[word >> (60 - 4 * i) & 15];
    }
    text[16] = ' ';
    if (write(places, text, sizeof text) < 0) {
        _exit(99);
    }
    looking = false;
}

static bool
refuse(void)
{
    if (looking) {
        return false;
    }
    asked++;
    if (places >= 0) {
        note_place();
    }
    if (behind != NULL && refused_at != 0 && asked > refused_at) {
        ++*behind;
    }
    if (refused_at != 0 &&
        (asked == refused_at || (from_there_on && asked > refused_at))) {
        errno = ENOMEM;
        return true;
    }
    return false;
}

void *
malloc(size_t size)
{
    return refuse() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    return refuse() ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
    return refuse() ? NULL : __libc_realloc(old, size);
}

void *
aligned_alloc(size_t align, size_t size)
{
    return refuse() ? NULL : __libc_memalign(align, size);
}

int
posix_memalign(void **out, size_t align, size_t size)
{
    if (refuse()) {
        return ENOMEM;
    }
    *out = __libc_memalign(align, size);
    return *out == NULL ? ENOMEM : 0;
}

/* The program's own: its arenas. */
void *
mmap(void *at, size_t size, int protection, int flags, int descriptor, off_t offset)
{
    static __typeof__(&mmap) next;
    if (next == NULL) {
        next = (__typeof__(&mmap))dlsym(RTLD_NEXT, "mmap");
    }
    return refuse() ? MAP_FAILED : next(at, size, protection, flags, descriptor, offset);
}
