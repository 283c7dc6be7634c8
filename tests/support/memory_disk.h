/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of SQLite in memory: while it is in use, what is opened by a path is a stretch of bytes
 * of that name, which can be read and replaced as a whole. Tests that open a ledger many thousand
 * times a second use it; a file of that name must still be on the disk, and stays empty.
 */
#ifndef TESTS_MEMORY_DISK_H
#define TESTS_MEMORY_DISK_H

#include "defray/text.h"

#include <stdbool.h>

/* From now on, until it ends. What it held before is still there. */
void memory_disk_begin(void);
void memory_disk_end(void);
bool memory_disk_in_use(void);
/* The bytes of the file of that name; empty if there is none. Until the next write. */
struct text memory_disk_bytes(const char *name);
void memory_disk_put(const char *name, struct text bytes);
/* An absolute path at which a ledger and its store of identities may lie: both files are on the
 * disk, and empty. The same for every process. */
const char *memory_disk_path(void);
/* From now on the read, write or sync of that number (from 1) fails with that error of SQLite, and
 * those after it if it is for good. Without an error, they are counted. */
void memory_disk_fail(size_t at, bool for_good, int error);
size_t memory_disk_calls(void);
/* Nothing is in it any more. */
void memory_disk_clear(void);

#endif
