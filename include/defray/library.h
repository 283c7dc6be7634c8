/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Libraries that not every command needs: those of workbooks, PDF, JSON and ledgers. They are
 * loaded when something first needs them. To find and place them was half of what starting cost,
 * and what is not in the process can neither fail nor be attacked there. Each is called through a
 * table of its functions, which nothing can write to once it is filled. Where the build names no
 * file to load, the program is linked to the library and the table is filled from the start.
 */
#ifndef DEFRAY_LIBRARY_H
#define DEFRAY_LIBRARY_H

#include "defray/diag.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* A table has pages of its own where a page is at most so large. */
#define LIBRARY_PAGE 4096

struct library {
    const char *file;         /* as the loader looks for it: libzip.so.4 */
    const char *const *names; /* of the functions, in the order of the table */
    void **calls;             /* the table */
    size_t count;             /* of the functions */
    size_t size;              /* of the table, in bytes */
    atomic_bool loaded;
};

/* Whether the library is there to be called; else false, after F010 if there is a diag. From
 * several threads at once, one loads it. It stays loaded. */
bool library_load(struct library *library, struct diag *diag);

/* A header lists the functions once, as CALLS(call) call(first) call(second)…, and declares with
 * LIBRARY_DECLARE(libzip, CALLS) the table, `libzip.first(…)`, and what loads it, libzip_load. */
#define LIBRARY_POINTER(function) __typeof__(&function) function;
#define LIBRARY_NAME(function)    #function,
#define LIBRARY_ITSELF(function)  .function = (function),
#define LIBRARY_DECLARE(table, CALLS)                 \
    struct table##_calls {                            \
        _Alignas(LIBRARY_PAGE) CALLS(LIBRARY_POINTER) \
    };                                                \
    extern struct table##_calls table;                \
    bool table##_load(struct diag *diag)

/* A source defines both: LIBRARY_DEFINE(libzip, CALLS, zip), where -lzip is how the linker knows
 * it. The build says in which of two ways, and which file is loaded. */
#ifdef LIBRARIES_LATE
#define LIBRARY_DEFINE(table, CALLS, name) LIBRARY_LATE(table, CALLS, FILE_OF_##name)
#else
#define LIBRARY_DEFINE(table, CALLS, name) LIBRARY_LINKED(table, CALLS)
#endif
#define LIBRARY_LATE(table, CALLS, name)                          \
    struct table##_calls table;                                   \
    bool table##_load(struct diag *diag)                          \
    {                                                             \
        static const char *const names[] = {CALLS(LIBRARY_NAME)}; \
        static struct library late = {                            \
            .file = (name),                                       \
            .names = names,                                       \
            .calls = (void **)&table,                             \
            .count = sizeof names / sizeof *names,                \
            .size = sizeof table,                                 \
        };                                                        \
        return library_load(&late, diag);                         \
    }
#define LIBRARY_LINKED(table, CALLS)                      \
    struct table##_calls table = {CALLS(LIBRARY_ITSELF)}; \
    bool table##_load(struct diag *diag)                  \
    {                                                     \
        (void)diag;                                       \
        return true;                                      \
    }

#endif
