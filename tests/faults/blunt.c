/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded before the program, it takes one of its precautions away, so that the tests of faults
 * can be seen to fail without it. DEFRAY_CONTROL says which:
 *   sync     fsync and fdatasync do nothing
 *   full off SQLite's `synchronous` is FULL or OFF, and is said to be EXTRA when read back
 *   memory   SQLite's journal is in memory, and is said to be a file
 *   deaf     a write or a sync that fails is said to have succeeded
 *   hasty    a write of a part is said to have been one of the whole
 *   locks    a lock on a file is always granted
 *   liar     the program always ends with status 0
 *   forget   the ledger does not find what was paid before
 *   open     the process may be looked at, and leaves cores
 *   chatty   what is read is also said
 */
#define _GNU_SOURCE 1

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

struct sqlite3;
struct sqlite3_stmt;

/* The function that this one stands before. */
#define NEXT(name) ((__typeof__(&name))found(RTLD_NEXT, #name))
/* The same, where the program has looked it up by itself in a library that it loaded. */
#define BEHIND(name) (name##_behind != NULL ? name##_behind : NEXT(name))

static void *
found(void *handle, const char *name)
{
    static void *(*look)(void *, const char *);
    if (look == NULL) {
        look = (__typeof__(look))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    }
    return look(handle, name);
}

static bool
takes(const char *precaution)
{
    const char *control = getenv("DEFRAY_CONTROL");
    return control != NULL && strcmp(control, precaution) == 0;
}

int
fsync(int descriptor)
{
    int result = takes("sync") ? 0 : NEXT(fsync)(descriptor);
    return takes("deaf") ? 0 : result;
}

int
fdatasync(int descriptor)
{
    int result = takes("sync") ? 0 : NEXT(fdatasync)(descriptor);
    return takes("deaf") ? 0 : result;
}

ssize_t
write(int descriptor, const void *bytes, size_t count)
{
    ssize_t result = NEXT(write)(descriptor, bytes, count);
    return takes(result < 0 ? "deaf" : "hasty") ? (ssize_t)count : result;
}

static ssize_t
said(const void *bytes, ssize_t size)
{
    if (size > 0 && takes("chatty")) {
        (void)!NEXT(write)(STDERR_FILENO, bytes, (size_t)size);
    }
    return size;
}

ssize_t
read(int descriptor, void *bytes, size_t count)
{
    return said(bytes, NEXT(read)(descriptor, bytes, count));
}

ssize_t
pread(int descriptor, void *bytes, size_t count, off_t from)
{
    return said(bytes, NEXT(pread)(descriptor, bytes, count, from));
}

int prctl(int option, ...);

int
prctl(int option, ...)
{
    unsigned long given[4];
    va_list arguments;
    va_start(arguments, option);
    for (size_t i = 0; i < 4; i++) {
        given[i] = va_arg(arguments, unsigned long);
    }
    va_end(arguments);
    return takes("open") ? 0
                         : NEXT(prctl)(option, given[0], given[1], given[2], given[3]);
}

int
setrlimit(__rlimit_resource_t resource, const struct rlimit *limits)
{
    return takes("open") ? 0 : NEXT(setrlimit)(resource, limits);
}

ssize_t
pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset)
{
    ssize_t result = NEXT(pwrite64)(descriptor, bytes, count, offset);
    return takes(result < 0 ? "deaf" : "hasty") ? (ssize_t)count : result;
}

int
fcntl64(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    if (takes("locks") && (command == F_SETLK || command == F_SETLKW)) {
        return 0;
    }
    return NEXT(fcntl64)(descriptor, command, argument);
}

/* What SQLite is told instead, and what it then says. */
static const char *
instead(const char *sql)
{
    static const struct {
        const char *control, *asked, *told;
    } changes[] = {
        {"full",   "PRAGMA synchronous=EXTRA",   "PRAGMA synchronous=FULL"   },
        {"full",   "PRAGMA synchronous",         "SELECT 3"                  },
        {"off",    "PRAGMA synchronous=EXTRA",   "PRAGMA synchronous=OFF"    },
        {"off",    "PRAGMA synchronous",         "SELECT 3"                  },
        {"memory", "PRAGMA journal_mode=DELETE", "PRAGMA journal_mode=MEMORY"},
        {"memory", "PRAGMA journal_mode",        "SELECT 'delete'"           },
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        if (takes(changes[i].control) && strcmp(sql, changes[i].asked) == 0) {
            return changes[i].told;
        }
    }
    return sql;
}

/* The question for the rights that were paid, asked of another book. */
static const char *
forgetful(const char *sql, char *room, size_t size)
{
    static const char asked[] = "SELECT component, day, unit, sum(amount)";
    char *book = NULL;
    if (!takes("forget") || strncmp(sql, asked, sizeof asked - 1) != 0 ||
        strlen(sql) >= size) {
        return sql;
    }
    strcpy(room, sql);
    book = strstr(room, "'right'");
    if (book != NULL) {
        memcpy(book, "'other'", 7);
    }
    return room;
}

__attribute__((destructor)) static void
end(void)
{
    if (takes("liar")) {
        _exit(0);
    }
}

typedef int exec_function(struct sqlite3 *db, const char *sql,
                          int (*callback)(void *, int, char **, char **), void *context,
                          char **message);
typedef int prepare_function(struct sqlite3 *db, const char *sql, int size,
                             unsigned flags, struct sqlite3_stmt **statement,
                             const char **tail);
exec_function sqlite3_exec;
prepare_function sqlite3_prepare_v3;

static exec_function *sqlite3_exec_behind;
static prepare_function *sqlite3_prepare_v3_behind;

int
sqlite3_exec(struct sqlite3 *db, const char *sql,
             int (*callback)(void *, int, char **, char **), void *context,
             char **message)
{
    return BEHIND(sqlite3_exec)(db, instead(sql), callback, context, message);
}

int
sqlite3_prepare_v3(struct sqlite3 *db, const char *sql, int size, unsigned flags,
                   struct sqlite3_stmt **statement, const char **tail)
{
    char room[1024];
    sql = forgetful(instead(sql), room, sizeof room);
    return BEHIND(sqlite3_prepare_v3)(db, sql, size, flags, statement, tail);
}

/* The program loads the library of ledgers by itself: it gets these two from here. */
void *
dlsym(void *handle, const char *name)
{
    void *function = found(handle, name);
    if (function != NULL && strcmp(name, "sqlite3_exec") == 0) {
        sqlite3_exec_behind = (exec_function *)function;
        return (void *)sqlite3_exec;
    }
    if (function != NULL && strcmp(name, "sqlite3_prepare_v3") == 0) {
        sqlite3_prepare_v3_behind = (prepare_function *)function;
        return (void *)sqlite3_prepare_v3;
    }
    return function;
}
