/* SPDX-License-Identifier: Apache-2.0 */
/* The file of a store: where it lies, who may open it, and how a new one is made. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "libsqlite.h"
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHARED_MODE 0660

static const struct where nowhere = {0};

/* The folder may be reached by links; the file itself may not be one. */
static const char *
resolve(struct arena *keep, const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *above = ".";
    if (slash != NULL) {
        size_t size = slash == path ? 1 : (size_t)(slash - path);
        above = text_string(keep, (struct text){path, size});
    }
    if (realpath(above, folder) == NULL) {
        return NULL;
    }
    return arena_printf(keep, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name);
}

/* What a process that died left half done is undone; a connection that only reads cannot. Whether
 * that succeeds is seen by the reader. */
static void
undo_half_done(struct store *store, const char *full)
{
    struct stat status = {0};
    struct sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE;
    if (lstat(arena_printf(store->keep, "%s-journal", full), &status) != 0) {
        return;
    }
    if (sqlite.sqlite3_open_v2(full, &db, flags, NULL) == SQLITE_OK) {
        sqlite.sqlite3_busy_timeout(db, STORE_WAIT);
        sqlite.sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    }
    sqlite.sqlite3_close(db);
}

static const char *
folder_of(struct arena *keep, const char *full)
{
    size_t size = (size_t)(strrchr(full, '/') + 1 - full);
    return text_string(keep, (struct text){full, size});
}

/* A folder whose set-group-ID bit gives what is made in it to the group is shared with it: the one
 * who approves opens both files, and writes in them. */
static bool
is_shared(struct arena *keep, const char *full)
{
    struct stat folder = {0};
    return stat(folder_of(keep, full), &folder) == 0 && (folder.st_mode & S_ISGID) != 0;
}

/* A making that was broken off leaves an empty file behind it, and that one may be taken. */
static bool
make_file(struct store *store, const char *full, unsigned mode)
{
    undo_half_done(store, full);
    int descriptor =
        open(full, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, (mode_t)mode);
    struct stat status = {0};
    bool good = descriptor >= 0 && fstat(descriptor, &status) == 0;
    bool empty = good && S_ISREG(status.st_mode) && status.st_size == 0;
    good = good && (!empty || !is_shared(store->keep, full) ||
                    fchmod(descriptor, SHARED_MODE) == 0);
    int error = errno;
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (!good) {
        return diag_error(store->diag, nowhere, CODE_G021, "'%s' cannot be created: %s",
                          store->path, tr_errno(diag_language(store->diag), error));
    }
    if (!empty) {
        return diag_error(store->diag, nowhere, CODE_G005, "'%s' is there already",
                          store->path);
    }
    return true;
}

/* Whether this account of the computer has the right. */
static bool
is_granted(const char *path, int wanted)
{
    return access(path, wanted) == 0 || (errno != EACCES && errno != EPERM);
}

/* SQLite says of a file that is another's that it cannot be opened, or that it is read-only; of a
 * folder that takes no journal beside it, the same. */
static bool
may_open(struct store *store, const char *full, int wanted)
{
    bool written = (wanted & W_OK) != 0;
    if (is_granted(full, wanted) &&
        (!written || is_granted(folder_of(store->keep, full), W_OK | X_OK))) {
        return true;
    }
    return diag_error(store->diag, nowhere, CODE_G022,
                      "'%s' is not open to this account of the computer", store->path);
}

static bool
is_there(struct store *store, const char *full, int wanted)
{
    struct stat status = {0};
    if (full != NULL && lstat(full, &status) == 0) {
        if (S_ISREG(status.st_mode)) {
            return may_open(store, full, wanted);
        }
        return diag_error(store->diag, nowhere, CODE_G002, "'%s' is not a ledger",
                          store->path);
    }
    int error = errno;
    return diag_error(store->diag, nowhere, CODE_G001,
                      "the ledger '%s' cannot be read: %s", store->path,
                      tr_errno(diag_language(store->diag), error));
}

const char *
store_file(struct store *store, enum store_access access, unsigned mode)
{
    const char *full = resolve(store->keep, store->path);
    bool good = access == STORE_NEW && full != NULL
                    ? make_file(store, full, mode)
                    : is_there(store, full, access == STORE_READ ? R_OK : R_OK | W_OK);
    if (good && access == STORE_READ) {
        undo_half_done(store, full);
    }
    return good ? full : NULL;
}
