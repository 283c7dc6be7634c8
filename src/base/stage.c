/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Staging outputs: a file without a name (O_TMPFILE) in the folder of its target
 * or, where the system has none, a named temporary. What a killed process left
 * behind is swept when the folder is next written to.
 */
#define _GNU_SOURCE 1

#include "stage_parts.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOWHERE    ((struct where){0})
#define NAMES_MAX  1000 /* taken names tried before giving up */
#define NEW_MODE   0600
#define PATH_BYTES 64

static struct staged *
refuse(const char *target, const char *why, struct diag *diag)
{
    diag_error(diag, NOWHERE, CODE_F004, "output '%s' cannot be created: %s", target,
               why);
    return NULL;
}

static struct staged *
refuse_errno(const char *target, int error, struct diag *diag)
{
    return refuse(target, tr_errno(diag_language(diag), error), diag);
}

/* The process that made a temporary, or 0 if the name is not one of ours. */
static pid_t
maker_of(const char *name)
{
    static const char *const endings[] = {".tmp", ".old"};
    if (strncmp(name, STAGE_PREFIX, strlen(STAGE_PREFIX)) != 0) {
        return 0;
    }
    char *end = NULL;
    errno = 0;
    long pid = strtol(name + strlen(STAGE_PREFIX), &end, 10);
    if (errno != 0 || pid <= 0 || pid > INT32_MAX || *end != '-') {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_COUNT(endings); i++) {
        if (text_ends_with(text_of(end), text_of(endings[i]))) {
            return (pid_t)pid;
        }
    }
    return 0;
}

/* Removes the temporaries of processes that are gone. Best effort: what cannot
 * be removed now will be met again. */
static void
sweep(int folder)
{
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    if (listing == NULL) {
        if (copy >= 0) {
            close(copy);
        }
        return;
    }
    for (const struct dirent *one = readdir(listing); one != NULL;
         one = readdir(listing)) {
        pid_t maker = maker_of(one->d_name);
        if (maker == 0 || kill(maker, 0) == 0 || errno != ESRCH) {
            continue;
        }
        struct stat status;
        if (fstatat(folder, one->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && status.st_uid == geteuid()) {
            (void)unlinkat(folder, one->d_name, 0);
        }
    }
    closedir(listing);
}

/* The folder, opened and swept once a stage; NULL with errno set. */
static struct staged_folder *
enter_folder(struct stage *stage, const char *path)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return NULL;
    }
    if (fstat(descriptor, &status) != 0) {
        close(descriptor);
        return NULL;
    }
    for (size_t i = 0; i < stage->folders.count; i++) {
        struct staged_folder *known = stage->folders.items[i];
        if (known->device == status.st_dev && known->inode == status.st_ino) {
            close(descriptor);
            return known;
        }
    }
    struct staged_folder *folder = NEW(stage->keep, struct staged_folder);
    *folder = (struct staged_folder){
        .descriptor = descriptor, .device = status.st_dev, .inode = status.st_ino};
    *ARRAY_PUSH(stage->keep, &stage->folders) = folder;
    sweep(descriptor);
    return folder;
}

/* Splits the target into an open folder and a name. */
static bool
open_folder(struct stage *stage, struct staged_entry *entry, struct diag *diag)
{
    const char *target = entry->file.target;
    const char *slash = strrchr(target, '/');
    entry->name = slash == NULL ? target : slash + 1;
    const char *folder = ".";
    if (slash != NULL) {
        size_t size = slash == target ? 1 : (size_t)(slash - target);
        folder = text_string(stage->keep, (struct text){target, size});
    }
    static const char *const no_names[] = {"", ".", ".."};
    for (size_t i = 0; i < ARRAY_COUNT(no_names); i++) {
        if (strcmp(entry->name, no_names[i]) == 0) {
            refuse(target, tr(diag_language(diag), N_("it is not the name of a file")),
                   diag);
            return false;
        }
    }
    entry->in = enter_folder(stage, folder);
    if (entry->in == NULL) {
        refuse_errno(target, errno, diag);
        return false;
    }
    entry->folder = entry->in->descriptor;
    return true;
}

/* The target must be absent or a regular file, and nobody else's in this stage. */
static bool
check_target(const struct staged_entry *entry, struct diag *diag)
{
    const char *target = entry->file.target;
    enum language language = diag_language(diag);
    struct stat status;
    if (fstatat(entry->folder, entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!S_ISREG(status.st_mode)) {
            refuse(target,
                   tr(language, N_("something that is not a regular file has that name")),
                   diag);
            return false;
        }
    } else if (errno != ENOENT) {
        refuse_errno(target, errno, diag);
        return false;
    }
    if (map_find(&entry->in->names, text_of(entry->name)) != MAP_NONE) {
        refuse(target, tr(language, N_("two outputs have the same name")), diag);
        return false;
    }
    return true;
}

/* A file without a name that can be opened by path; -1 where the system has none
 * (errno is then one of those that means_unsupported knows). */
static int
open_nameless(struct staged_entry *entry, char path[PATH_BYTES])
{
    int descriptor = openat(entry->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, NEW_MODE);
    if (descriptor < 0) {
        return -1;
    }
    snprintf(path, PATH_BYTES, "/proc/self/fd/%d", descriptor);
    if (access(path, R_OK | W_OK) != 0) {
        close(descriptor);
        errno = ENOENT;
        return -1;
    }
    return descriptor;
}

static bool
means_unsupported(int error)
{
    static const int errors[] = {EOPNOTSUPP, EISDIR, EINVAL, ENOENT};
    for (size_t i = 0; i < ARRAY_COUNT(errors); i++) {
        if (errors[i] == error) {
            return true;
        }
    }
    return false;
}

static int
open_named(struct stage *stage, struct staged_entry *entry)
{
    for (int i = 0; i < NAMES_MAX; i++) {
        stage_next_name(stage, "tmp", entry->temporary);
        int descriptor =
            openat(entry->folder, entry->temporary,
                   O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, NEW_MODE);
        if (descriptor >= 0) {
            return descriptor;
        }
        if (errno != EEXIST && errno != EINTR) {
            break;
        }
    }
    entry->temporary[0] = '\0';
    return -1;
}

/* The path of a named temporary: the target with its last part replaced. */
static const char *
temporary_path(struct arena *keep, const struct staged_entry *entry)
{
    int folder_size = (int)(entry->name - entry->file.target);
    return arena_printf(keep, "%.*s%s", folder_size, entry->file.target,
                        entry->temporary);
}

static bool
open_temporary(struct stage *stage, struct staged_entry *entry, struct diag *diag)
{
    char path[PATH_BYTES];
    entry->file.descriptor = open_nameless(entry, path);
    if (entry->file.descriptor >= 0) {
        entry->file.path = text_string(stage->keep, text_of(path));
        return true;
    }
    if (means_unsupported(errno)) {
        entry->file.descriptor = open_named(stage, entry);
    }
    if (entry->file.descriptor < 0) {
        refuse_errno(entry->file.target, errno, diag);
        return false;
    }
    entry->file.path = temporary_path(stage->keep, entry);
    return true;
}

struct stage *
stage_new(struct arena *keep)
{
    struct stage *stage = NEW(keep, struct stage);
    stage->keep = keep;
    return stage;
}

struct staged *
stage_open(struct stage *stage, const char *target, struct diag *diag)
{
    struct staged_entry *entry = NEW(stage->keep, struct staged_entry);
    entry->file.target = text_string(stage->keep, text_of(target));
    entry->file.descriptor = -1;
    bool good = open_folder(stage, entry, diag) && check_target(entry, diag) &&
                open_temporary(stage, entry, diag);
    if (!good) {
        return NULL;
    }
    (void)map_insert(stage->keep, &entry->in->names, text_of(entry->name), 0);
    *ARRAY_PUSH(stage->keep, &stage->entries) = entry;
    return &entry->file;
}

bool
staged_write(struct staged *file, struct text bytes, struct diag *diag)
{
    assert(file->descriptor >= 0);
    for (size_t done = 0; done < bytes.size;) {
        ssize_t count = write(file->descriptor, bytes.data + done, bytes.size - done);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            int error = count < 0 ? errno : EIO;
            return diag_error(diag, NOWHERE, CODE_F005,
                              "output '%s' could not be written: %s", file->target,
                              tr_errno(diag_language(diag), error));
        }
        done += (size_t)count;
    }
    return true;
}

bool
stage_park(struct stage *stage, struct staged *file, struct diag *diag)
{
    struct staged_entry *entry = stage->entries.items[stage->entries.count - 1];
    assert(&entry->file == file);
    bool parked = stage_settle(stage, entry) && stage_name_temporary(stage, entry) &&
                  stage_close_file(stage, entry);
    return parked ||
           diag_error(diag, NOWHERE, CODE_F005, "output '%s' could not be written: %s",
                      file->target, tr_errno(diag_language(diag), errno));
}

void
stage_next_name(struct stage *stage, const char *ending, char out[STAGE_NAME])
{
    int length = snprintf(out, STAGE_NAME, STAGE_PREFIX "%ld-%u.%s", (long)getpid(),
                          ++stage->names, ending);
    assert(length > 0 && length < STAGE_NAME);
}
