/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Linked into the sanitized program. Before it is searched for leaks, its static memory is mapped
 * as a whole: most of it is a table of the sanitizer's own that was never touched, and the search
 * would have it mapped page by page, a thousand times at the end of every process.
 */
#ifdef __SANITIZE_ADDRESS__
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

extern char __bss_start[], _end[]; /* of the linker */

/* Where the system cannot do it, the search is slower. */
static void
map_static_memory(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)__bss_start + page - 1) / page * page;
    uintptr_t to = (uintptr_t)_end / page * page;

    if (from < to) {
        (void)madvise((void *)from, to - from, MADV_POPULATE_READ);
    }
}

__attribute__((constructor)) static void
map_it_at_the_end(void)
{
    atexit(map_static_memory);
}
#endif
