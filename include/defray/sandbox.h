/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shutting the process in before it reads what others wrote. A workbook or a rule file made to
 * attack its reader then finds a process that cannot speak to anybody, start anything, or write
 * anywhere but where its user asked for a file.
 */
#ifndef DEFRAY_SANDBOX_H
#define DEFRAY_SANDBOX_H

#include "defray/text.h"

enum sandbox_wall {
    SANDBOX_NO_SOCKETS =
        1, /* no socket, no other program, no look into other processes */
    SANDBOX_NO_PROGRAMS = 2, /* nothing may be executed, by the file's path */
    SANDBOX_WRITES = 4,      /* nothing is written, made or removed outside the folders */
};

/* Raises every wall that the kernel knows, for this process and its threads, for good. Files open
 * already stay as they are, and reading stays free. `folders` are those in which files may be
 * written; one that does not exist allows nothing. Returns the walls that stand; never fails. */
unsigned sandbox_enter(const struct text *folders, size_t count);

#endif
