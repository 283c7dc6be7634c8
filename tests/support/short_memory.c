/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite asks for memory, and is refused. */
#include "short_memory.h"

#include <sqlite3.h>

#include <check.h>

static sqlite3_mem_methods real;
static struct {
    size_t requests, at; /* at 0: none is refused */
    bool for_good;
} memory;

static bool
is_refused(void)
{
    memory.requests++;
    return memory.at != 0 && (memory.requests == memory.at ||
                              (memory.for_good && memory.requests > memory.at));
}

static void *
request(int size)
{
    return is_refused() ? NULL : real.xMalloc(size);
}

static void *
request_more(void *old, int size)
{
    return is_refused() ? NULL : real.xRealloc(old, size);
}

void
short_memory_begin(void)
{
    sqlite3_shutdown();
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real), SQLITE_OK);
    sqlite3_mem_methods mine = real;
    mine.xMalloc = request;
    mine.xRealloc = request_more;
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &mine), SQLITE_OK);
    ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
}

void
short_memory_arm(size_t at, bool for_good)
{
    memory.requests = 0;
    memory.at = at;
    memory.for_good = for_good;
}

size_t
short_memory_requests(void)
{
    return memory.requests;
}
