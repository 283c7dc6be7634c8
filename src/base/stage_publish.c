/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Publishing: sync every file, give each a temporary name, keep a second name for
 * every earlier file, rename the new ones over them, sync the folders. Until the
 * last step has succeeded, each earlier one can be undone, and is.
 */
#define _GNU_SOURCE 1

#include "stage_parts.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAMES_MAX   1000
#define PUBLIC_MODE 0666
#define SHARED_MODE 0660 /* in a folder that its owner gave to a group */
#define OWN_MODE    0600

/* A step on one file; false with errno set. */
typedef bool step_function(struct stage *stage, struct staged_entry *entry);

/* Who may read the file: what file.h says. The mode of an earlier file is somebody's decision, but
 * its bits for the group were meant for its own group. */
static mode_t
mode_of(const struct staged_entry *entry, mode_t mask)
{
    struct stat folder;
    struct stat earlier;
    struct stat own;
    if (entry->file.confidential) {
        return OWN_MODE;
    }
    if (entry->file.public) {
        return PUBLIC_MODE & ~mask;
    }
    if (fstatat(entry->folder, entry->name, &earlier, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(earlier.st_mode) && fstat(entry->file.descriptor, &own) == 0) {
        mode_t kept = earlier.st_mode & PUBLIC_MODE;
        return own.st_gid == earlier.st_gid ? kept : kept & ~(mode_t)S_IRWXG;
    }
    bool shared = fstat(entry->folder, &folder) == 0 && (folder.st_mode & S_ISGID) != 0;
    return (shared ? SHARED_MODE : OWN_MODE) & ~mask;
}

/* Bytes and mode are on the disk. */
bool
stage_settle(struct stage *stage, struct staged_entry *entry)
{
    (void)stage;
    if (entry->file.descriptor < 0) {
        return true; /* parked */
    }
    mode_t mask = umask(077);
    umask(mask);
    int descriptor = entry->file.descriptor;
    return fchmod(descriptor, mode_of(entry, mask)) == 0 && fsync(descriptor) == 0;
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

/* Where files have only one name, another. That one ends in .kept and is never swept: it may be
 * the only copy. */
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

/* The earlier file, if there is one, is kept. Another process may give the name to a file of its
 * own meanwhile, or take it away: what was found is then gone, and it is looked for again. */
static bool
keep_earlier(struct stage *stage, struct staged_entry *entry)
{
    for (int i = 0; i < NAMES_MAX; i++) {
        struct stat status;
        if (fstatat(entry->folder, entry->name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return errno == ENOENT;
        }
        if (!S_ISREG(status.st_mode)) {
            errno = EEXIST;
            return false;
        }
        if (link_earlier(stage, entry) ||
            (lacks_links(errno) && move_earlier(stage, entry))) {
            return true;
        }
        if (errno != ENOENT) {
            return false;
        }
    }
    return false;
}

static bool
take_name(struct stage *stage, struct staged_entry *entry)
{
    (void)stage;
    arena_stands();
    if (renameat(entry->folder, entry->temporary, entry->folder, entry->name) != 0) {
        return false;
    }
    entry->temporary[0] = '\0';
    entry->renamed = true;
    return true;
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
