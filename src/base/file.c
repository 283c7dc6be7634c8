/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading an input. Its bytes are copied into the arena, so that nobody can
 * change them between the hash and the parse, or take them away while they are parsed:
 * of a file that is mapped, pages not yet touched are as the file is by then.
 *
 * A long file is read in parts on all processors, and hashed by one of them while the
 * others read on: most of what reading takes is the first touch of each page.
 */
#define _GNU_SOURCE 1

#include "defray/file.h"

#include "defray/parallel.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEBIBYTE ((size_t)1 << 20)
#define PART     MEBIBYTE

/* The file, for a message that may outlive it. */
static struct where
place_of(const struct input *input, struct diag *diag)
{
    struct input *told = NEW(diag_arena(diag), struct input);
    *told = (struct input){.path = text_copy(diag_arena(diag), input->path),
                           .utf8 = STR(""),
                           .sheet = STR(""),
                           .confidential = input->confidential};
    return (struct where){.input = told};
}

bool
error_is_of_the_machine(int error)
{
    return error == EIO || error == ENOSPC || error == EDQUOT || error == ENOMEM ||
           error == EMFILE || error == ENFILE || error == ESTALE;
}

static int
by_bytes(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

int
file_names_in(struct arena *keep, const char *folder, struct file_names *out)
{
    DIR *listing = opendir(folder);
    if (listing == NULL) {
        return errno;
    }
    errno = 0; /* the end of a folder and a failure look alike otherwise */
    for (struct dirent *entry = readdir(listing); entry != NULL;
         entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            *ARRAY_PUSH(keep, out) = text_copy(keep, text_of(entry->d_name));
        }
        errno = 0;
    }
    int error = errno;
    closedir(listing);
    if (out->count > 0) {
        qsort(out->items, out->count, sizeof *out->items, by_bytes);
    }
    return error;
}

static bool
refuse_errno(const struct input *input, int error, struct diag *diag)
{
    enum code code = error_is_of_the_machine(error) ? CODE_F008 : CODE_F001;
    return diag_error(diag, place_of(input, diag), code, "the file cannot be read: %s",
                      tr_errno(diag_language(diag), error));
}

static bool
refuse_changed(const struct input *input, struct diag *diag)
{
    return diag_error(diag, place_of(input, diag), CODE_F016,
                      "the file was saved, moved or removed while it was worked with");
}

static struct file_stamp
stamp_of(const char *path, const struct stat *status)
{
    return (struct file_stamp){
        .path = path,
        .device = status->st_dev,
        .inode = status->st_ino,
        .size = (uint64_t)status->st_size,
        .seconds = status->st_mtim.tv_sec,
        .nanoseconds = status->st_mtim.tv_nsec,
    };
}

static bool
same_stamp(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->seconds == b->seconds && a->nanoseconds == b->nanoseconds;
}

static int
open_input(const char *path)
{
    /* A pipe without a writer must not hold us up, nor a terminal adopt us. */
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int descriptor = -1;
    do {
        descriptor = open(path, flags);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

struct loading {
    int descriptor;
    char *bytes; /* of all parts */
    size_t size; /* one byte more than expected: it shows whether the file has grown */
    struct digester digester;
    size_t done; /* bytes of the parts taken so far */
    int error;   /* errno of the first part that could not be read; 0 */
};

struct loaded {
    size_t count; /* less than asked for at the end of the file */
    int error;
};

static struct loaded
read_at(int descriptor, char *out, size_t size, size_t from)
{
    struct loaded part = {0};
    while (part.count < size) {
        ssize_t count = pread(descriptor, out + part.count, size - part.count,
                              (off_t)(from + part.count));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            part.error = errno;
        }
        if (count <= 0) {
            break;
        }
        part.count += (size_t)count;
    }
    return part;
}

static size_t
part_size(const struct loading *loading, size_t index)
{
    size_t left = loading->size - index * PART;
    return left < PART ? left : PART;
}

static void *
make_part(void *context, size_t index, struct arena *arena)
{
    const struct loading *loading = context;
    size_t from = index * PART;
    struct loaded *part = NEW(arena, struct loaded);
    *part = read_at(loading->descriptor, loading->bytes + from, part_size(loading, index),
                    from);
    return part;
}

/* Bytes that lie behind a part which is short are none of the file's. */
static void
take_part(void *context, size_t index, void *made, struct arena *arena)
{
    (void)arena;
    struct loading *loading = context;
    const struct loaded *part = made;
    if (loading->error != 0 || loading->done < index * PART) {
        return;
    }
    loading->error = part->error;
    loading->done += part->count;
    digester_add(&loading->digester, loading->bytes + index * PART, part->count);
}

static bool
read_bytes(struct arena *keep, int descriptor, size_t size, struct input *input,
           struct diag *diag)
{
    struct loading loading = {.descriptor = descriptor,
                              .bytes = arena_room(keep, size + 1),
                              .size = size + 1,
                              .digester = digester_new()};
    parallel_in_order(*keep, &(struct parallel_work){.context = &loading,
                                                     .parts = size / PART + 1,
                                                     .make = make_part,
                                                     .take = take_part});
    if (loading.error != 0) {
        return refuse_errno(input, loading.error, diag);
    }
    if (loading.done != size) {
        return refuse_changed(input, diag);
    }
    loading.bytes[size] = '\0';
    input->bytes = (struct text){loading.bytes, size};
    input->digest = digester_finish(&loading.digester);
    return true;
}

static bool
load(struct arena *keep, int descriptor, size_t bytes_max, struct input *input,
     struct diag *diag)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        return refuse_errno(input, errno, diag);
    }
    if (!S_ISREG(status.st_mode)) {
        return diag_error(diag, place_of(input, diag), CODE_F002,
                          "it is not a regular file but a folder, a device or a pipe");
    }
    size_t size = (size_t)status.st_size;
    if (status.st_size < 0 || size > bytes_max) {
        return diag_error(diag, place_of(input, diag), CODE_F003,
                          "the file has %zu bytes; at most %zu (%zu MiB) are read", size,
                          bytes_max, bytes_max / MEBIBYTE);
    }
    const struct file_stamp before = stamp_of(NULL, &status);
    if (!read_bytes(keep, descriptor, size, input, diag)) {
        return false;
    }
    if (fstat(descriptor, &status) != 0) {
        return refuse_errno(input, errno, diag);
    }
    input->stamp = stamp_of(NULL, &status);
    return same_stamp(&before, &input->stamp) || refuse_changed(input, diag);
}

/* Opens the input by `path`, which ends in a zero byte, and calls it by its own. */
static struct input *
read_input(struct arena *keep, struct input *input, const char *path, size_t bytes_max,
           struct diag *diag)
{
    input->utf8 = STR("");
    input->sheet = STR("");
    int descriptor = open_input(path);
    if (descriptor < 0 && errno == ENXIO) {
        diag_error(diag, place_of(input, diag), CODE_F002,
                   "it is not a regular file but a folder, a device or a pipe");
        return NULL;
    }
    if (descriptor < 0) {
        refuse_errno(input, errno, diag);
        return NULL;
    }
    bool loaded = load(keep, descriptor, bytes_max, input, diag);
    /* Nothing was written through it: a failure to close loses nothing. */
    (void)close(descriptor);
    return loaded ? input : NULL;
}

struct input *
input_read(struct arena *keep, struct text path, size_t bytes_max, bool confidential,
           struct diag *diag)
{
    struct input *input = NEW(keep, struct input);
    input->path = text_copy(keep, path);
    input->confidential = confidential;
    struct input *read = read_input(keep, input, input->path.data, bytes_max, diag);
    if (read != NULL) {
        read->stamp.path = read->path.data;
    }
    return read;
}

bool
input_stands(const struct input *input, struct diag *diag)
{
    struct stat status;
    const char *path = input->stamp.path;
    if (path == NULL) {
        return true;
    }
    if (stat(path, &status) != 0) {
        return error_is_of_the_machine(errno) ? refuse_errno(input, errno, diag)
                                              : refuse_changed(input, diag);
    }
    const struct file_stamp now = stamp_of(path, &status);
    return same_stamp(&input->stamp, &now) || refuse_changed(input, diag);
}

struct input *
staged_read(struct arena *keep, const struct staged *file, size_t bytes_max,
            struct diag *diag)
{
    struct input *input = NEW(keep, struct input);
    input->path = text_of(file->target);
    input->confidential = true;
    return read_input(keep, input, file->path, bytes_max, diag);
}

void
folder_sync_above(struct arena scratch, struct text path)
{
    int descriptor = open(text_string(&scratch, text_folder(path)),
                          O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        (void)close(descriptor);
    }
}

struct input *
input_of(struct arena *keep, struct text path, struct text bytes)
{
    struct input *input = NEW(keep, struct input);
    input->path = path;
    input->bytes = bytes;
    input->utf8 = text_utf8_check(bytes) == bytes.size ? bytes : STR("");
    input->sheet = STR("");
    input->digest = digest_of(bytes.data, bytes.size);
    return input;
}
