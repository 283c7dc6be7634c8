/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Publishing: sync every file, give each a temporary name, keep a second name for
 * every earlier file, rename the new ones over them, sync the folders. Until the
 * last step has succeeded, each earlier one can be undone, and is. What must not be
 * written over anything takes its name only while that is free.
 */
#define _GNU_SOURCE 1

#include "stage_parts.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAMES_MAX  1000
#define PART_BYTES 65536 /* of two files that are compared */

/* A step on one file; false with errno set. */
typedef bool step_function(struct stage *stage, struct staged_entry *entry);

/* Bytes and rights are on the disk. */
bool
stage_settle(struct stage *stage, struct staged_entry *entry)
{
    (void)stage;
    return entry->file.descriptor < 0 || /* parked */
           (stage_give_rights(entry) && fsync(entry->file.descriptor) == 0);
}

/* A nameless file gets a temporary name. */
bool
stage_name_temporary(struct stage *stage, struct staged_entry *entry)
{
    if (entry->temporary[0] != '\0') {
        return true;
    }
    for (int i = 0; i < NAMES_MAX; i++) {
        char name[STAGE_NAME];
        stage_next_name(stage, "tmp", name);
        if (linkat(AT_FDCWD, entry->file.path, entry->folder, name, AT_SYMLINK_FOLLOW) ==
            0) {
            memcpy(entry->temporary, name, sizeof name);
            return true;
        }
        if (errno != EEXIST) {
            return false;
        }
    }
    return false;
}

/* Some file systems learn only here that bytes were lost. */
bool
stage_close_file(struct stage *stage, struct staged_entry *entry)
{
    (void)stage;
    int descriptor = entry->file.descriptor;
    entry->file.descriptor = -1;
    return descriptor < 0 || close(descriptor) == 0 || errno == EINTR;
}

/* Whether a second name was refused for want of hard links rather than by an
 * accident of the disk. */
static bool
lacks_links(int error)
{
    return error == EPERM || error == EOPNOTSUPP || error == EMLINK || error == ENOSYS;
}

/* A second name for the earlier file. */
static bool
link_earlier(struct stage *stage, struct staged_entry *entry)
{
    for (int i = 0; i < NAMES_MAX; i++) {
        char name[STAGE_NAME];
        stage_next_name(stage, "old", name);
        if (linkat(entry->folder, entry->name, entry->folder, name, 0) == 0) {
            memcpy(entry->backup, name, sizeof name);
            return true;
        }
        if (errno != EEXIST) {
            return false;
        }
    }
    return false;
}

/* Where files have only one name and cannot change it with another, a new one. That one ends in
 * .kept and is never swept: it may be the only copy. */
static bool
move_earlier(struct stage *stage, struct staged_entry *entry)
{
    char name[STAGE_NAME];
    stage_next_name(stage, "kept", name);
    if (faccessat(entry->folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    if (renameat(entry->folder, entry->name, entry->folder, name) != 0) {
        return false;
    }
    memcpy(entry->backup, name, sizeof name);
    entry->moved_away = true;
    return true;
}

/* The earlier file, if there is one, is kept: by a second name, or else when the new one takes its
 * name. Another process may give the name to a file of its own meanwhile, or take it away: what was
 * found is then gone, and it is looked for again. */
static bool
keep_earlier(struct stage *stage, struct staged_entry *entry)
{
    for (int i = 0; i < NAMES_MAX && !entry->file.fresh; i++) {
        struct stat status;
        if (fstatat(entry->folder, entry->name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return errno == ENOENT;
        }
        if (!S_ISREG(status.st_mode)) {
            errno = EEXIST;
            return false;
        }
        if (link_earlier(stage, entry)) {
            return true;
        }
        if (lacks_links(errno)) {
            entry->exchanged = true;
            return true;
        }
        if (errno != ENOENT) {
            return false;
        }
    }
    return entry->file.fresh;
}

/* Whether a file system does not know this way of renaming. */
static bool
lacks_way(int error)
{
    return error == EINVAL || error == EOPNOTSUPP || error == ENOSYS;
}

static bool
rename_over(const struct staged_entry *entry)
{
    return renameat(entry->folder, entry->temporary, entry->folder, entry->name) == 0;
}

/* The earlier file has no second name: it changes names with the new one, in one step, so that one
 * of the two has the name at any moment. */
static bool
exchange(struct stage *stage, struct staged_entry *entry)
{
    int folder = entry->folder;
    if (renameat2(folder, entry->temporary, folder, entry->name, RENAME_EXCHANGE) == 0) {
        memcpy(entry->backup, entry->temporary, sizeof entry->backup);
        return true;
    }
    bool gone = errno == ENOENT;
    bool moved = !gone && lacks_way(errno) && move_earlier(stage, entry);
    return (gone || moved || errno == ENOENT) && rename_over(entry);
}

/* The name is taken only while nobody has it. */
static bool
take_free_name(const struct staged_entry *entry)
{
    int folder = entry->folder;
    if (renameat2(folder, entry->temporary, folder, entry->name, RENAME_NOREPLACE) == 0) {
        return true;
    }
    if (!lacks_way(errno)) {
        return false;
    }
    if (linkat(folder, entry->temporary, folder, entry->name, 0) == 0) {
        (void)unlinkat(folder, entry->temporary, 0); /* else it is swept by a later run */
        return true;
    }
    if (!lacks_links(errno)) {
        return false;
    }
    /* It can only be looked at, not held. */
    if (faccessat(folder, entry->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename_over(entry);
}

static ssize_t
read_whole(int descriptor, char *out)
{
    size_t done = 0;
    ssize_t count = 1;
    while (count > 0 && done < PART_BYTES) {
        count = read(descriptor, out + done, PART_BYTES - done);
        if (count < 0 && errno == EINTR) {
            count = 1;
            continue;
        }
        done += count > 0 ? (size_t)count : 0;
    }
    return count < 0 ? -1 : (ssize_t)done;
}

/* Whether the file that has the name holds, to the byte, what would be written. */
static bool
is_there(const struct staged_entry *entry)
{
    char parts[2][PART_BYTES];
    int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    int made = openat(entry->folder, entry->temporary, flags);
    int found = openat(entry->folder, entry->name, flags);
    struct stat status;
    bool same =
        made >= 0 && found >= 0 && fstat(found, &status) == 0 && S_ISREG(status.st_mode);
    for (ssize_t size = 1; same && size > 0;) {
        size = read_whole(made, parts[0]);
        same = size >= 0 && read_whole(found, parts[1]) == size &&
               memcmp(parts[0], parts[1], (size_t)size) == 0;
    }
    if (made >= 0) {
        (void)close(made);
    }
    if (found >= 0) {
        (void)close(found);
    }
    return same;
}

static bool
take_name(struct stage *stage, struct staged_entry *entry)
{
    arena_stands();
    bool taken = false;
    if (entry->file.fresh) {
        taken = take_free_name(entry);
        if (!taken && errno == EEXIST) {
            bool there = is_there(entry); /* the new one is given up when all is done */
            errno = EEXIST;
            return there;
        }
    } else {
        taken = entry->exchanged ? exchange(stage, entry) : rename_over(entry);
    }
    if (taken) {
        entry->temporary[0] = '\0';
        entry->renamed = true;
    }
    return taken;
}

/* Once a folder. A file system that cannot sync folders says EINVAL; it has no better. */
static bool
sync_folder(struct stage *stage, struct staged_entry *entry)
{
    (void)stage;
    bool again = entry->in->synced;
    entry->in->synced = true;
    return again || fsync(entry->folder) == 0 || errno == EINVAL;
}

static bool
each_entry(struct stage *stage, step_function *step, struct diag *diag)
{
    for (size_t i = 0; i < stage->entries.count; i++) {
        struct staged_entry *entry = stage->entries.items[i];
        if (!step(stage, entry)) {
            if (entry->file.fresh && errno == EEXIST) {
                return diag_error(diag, (struct where){0}, CODE_U015,
                                  "'%s' is there already, with other contents",
                                  entry->file.target);
            }
            const char *why = tr_errno(diag_language(diag), errno);
            return diag_error(diag, (struct where){0}, CODE_F005,
                              "output '%s' could not be written: %s", entry->file.target,
                              why);
        }
    }
    return true;
}

/* The earlier file gets its name back, or the name is free again. */
static bool
put_back(struct stage *stage, struct staged_entry *entry)
{
    (void)stage;
    bool good = true;
    if (entry->backup[0] == '\0') {
        good = !entry->renamed || unlinkat(entry->folder, entry->name, 0) == 0;
    } else if (entry->renamed || entry->moved_away) {
        good = renameat(entry->folder, entry->backup, entry->folder, entry->name) == 0;
    } else {
        good = unlinkat(entry->folder, entry->backup, 0) == 0;
    }
    if (good) {
        entry->backup[0] = '\0';
        entry->renamed = false;
        entry->moved_away = false;
    }
    return good;
}

/* The earlier file keeps its other name, which no sweep removes, and the message
 * says so: it may be the only copy. */
static void
tell_kept(struct stage *stage, struct staged_entry *entry, int error, struct diag *diag)
{
    char name[STAGE_NAME];
    stage_next_name(stage, "kept", name);
    if (renameat(entry->folder, entry->backup, entry->folder, name) == 0) {
        memcpy(entry->backup, name, sizeof name);
    }
    diag_error(
        diag, (struct where){0}, CODE_F005,
        "the earlier file '%s' could not be put back, it is kept in the same folder "
        "as '%s': %s",
        entry->file.target, entry->backup, tr_errno(diag_language(diag), error));
    entry->backup[0] = '\0';
}

static void
put_all_back(struct stage *stage, struct diag *diag)
{
    for (size_t i = stage->entries.count; i > 0; i--) {
        struct staged_entry *entry = stage->entries.items[i - 1];
        if (put_back(stage, entry)) {
            continue;
        }
        int error = errno;
        if (entry->backup[0] != '\0') {
            tell_kept(stage, entry, error, diag);
        } else {
            diag_error(diag, (struct where){0}, CODE_F005,
                       "the new file '%s' could not be removed again: %s",
                       entry->file.target, tr_errno(diag_language(diag), error));
        }
    }
    for (size_t i = 0; i < stage->folders.count; i++) {
        stage->folders.items[i]->synced = false;
    }
    for (size_t i = 0; i < stage->entries.count; i++) {
        (void)sync_folder(stage, stage->entries.items[i]);
    }
}

bool
stage_publish(struct stage *stage, struct diag *diag)
{
    static step_function *const steps[] = {stage_settle,     stage_name_temporary,
                                           stage_close_file, keep_earlier,
                                           take_name,        sync_folder};
    bool good = true;
    for (size_t i = 0; good && i < ARRAY_COUNT(steps); i++) {
        good = each_entry(stage, steps[i], diag);
    }
    if (!good) {
        put_all_back(stage, diag);
    }
    stage_discard(stage);
    return good;
}

void
stage_discard(struct stage *stage)
{
    for (size_t i = 0; i < stage->entries.count; i++) {
        struct staged_entry *entry = stage->entries.items[i];
        if (entry->file.descriptor >= 0) {
            close(entry->file.descriptor);
        }
        /* What cannot be removed is swept by a later run. */
        if (entry->temporary[0] != '\0') {
            (void)unlinkat(entry->folder, entry->temporary, 0);
        }
        if (entry->backup[0] != '\0') {
            (void)unlinkat(entry->folder, entry->backup, 0);
        }
    }
    for (size_t i = 0; i < stage->folders.count; i++) {
        close(stage->folders.items[i]->descriptor);
    }
    stage->entries.count = 0;
    stage->folders.count = 0;
}
