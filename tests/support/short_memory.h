/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite asks for memory, and is refused once or from then on. */
#ifndef TESTS_SHORT_MEMORY_H
#define TESTS_SHORT_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Before SQLite is first used by the process. */
void short_memory_begin(void);
/* Counts from 0 again; the request of that number (from 1) is refused, and all after it if it is
 * for good. 0: none. */
void short_memory_arm(size_t at, bool for_good);
size_t short_memory_requests(void);

#endif
