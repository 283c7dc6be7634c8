/* SPDX-License-Identifier: Apache-2.0 */
/* A file system for SQLite in a few buffers. One process, one thread: locks always succeed. */
#include "support/memory_disk.h"

#include <sqlite3.h>

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILES_MAX 8
#define NAME_ROOM 300

struct stored {
    char name[NAME_ROOM]; /* "": none */
    char *bytes;
    size_t size, room;
};

struct opened {
    sqlite3_file base;
    struct stored *stored;
    bool goes; /* with its last closing */
};

static struct stored files[FILES_MAX];
static sqlite3_vfs *usual; /* NULL: not in use */

/* What fails: nothing, if `error` is 0. */
static struct {
    size_t calls, at;
    bool for_good;
    int error;
} fault;

/* Counts the call; what it must give up with, or SQLITE_OK. */
static int
failing(void)
{
    fault.calls++;
    bool here = fault.calls == fault.at || (fault.for_good && fault.calls > fault.at);
    return here ? fault.error : SQLITE_OK;
}

static struct stored *
find(const char *name)
{
    for (size_t i = 0; i < FILES_MAX; i++) {
        if (files[i].name[0] != '\0' && strcmp(files[i].name, name) == 0) {
            return &files[i];
        }
    }
    return NULL;
}

static struct stored *
make(const char *name)
{
    size_t i = 0;
    while (i < FILES_MAX && files[i].name[0] != '\0') {
        i++;
    }
    assert(i < FILES_MAX && strlen(name) < NAME_ROOM);
    strcpy(files[i].name, name);
    files[i].size = 0;
    return &files[i];
}

/* Makes the file that long; what is new is zero. */
static void
resize(struct stored *file, size_t size)
{
    if (size > file->room) {
        file->room = size * 2;
        file->bytes = realloc(file->bytes, file->room);
        assert(file->bytes != NULL);
    }
    if (size > file->size) {
        memset(file->bytes + file->size, 0, size - file->size);
    }
    file->size = size;
}

static int
close_file(sqlite3_file *file)
{
    struct opened *opened = (struct opened *)file;
    if (opened->goes) {
        opened->stored->name[0] = '\0';
    }
    return SQLITE_OK;
}

static int
read_file(sqlite3_file *file, void *out, int count, sqlite3_int64 from)
{
    if (failing() != SQLITE_OK) {
        return SQLITE_IOERR_READ;
    }
    const struct stored *stored = ((struct opened *)file)->stored;
    size_t wanted = (size_t)count;
    size_t at = (size_t)from < stored->size ? (size_t)from : stored->size;
    size_t there = stored->size - at < wanted ? stored->size - at : wanted;
    if (there > 0) {
        memcpy(out, stored->bytes + at, there);
    }
    memset((char *)out + there, 0, wanted - there);
    return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
write_file(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 from)
{
    int error = failing();
    if (error != SQLITE_OK) {
        return error;
    }
    struct stored *stored = ((struct opened *)file)->stored;
    size_t end = (size_t)from + (size_t)count;
    if (end > stored->size) {
        resize(stored, end);
    }
    memcpy(stored->bytes + from, bytes, (size_t)count);
    return SQLITE_OK;
}

static int
truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
    resize(((struct opened *)file)->stored, (size_t)size);
    return SQLITE_OK;
}

static int
sync_file(sqlite3_file *file, int how)
{
    (void)file;
    (void)how;
    return failing() == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int
nothing(sqlite3_file *file, int how)
{
    (void)file;
    (void)how;
    return SQLITE_OK;
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = (sqlite3_int64)((struct opened *)file)->stored->size;
    return SQLITE_OK;
}

static int
check_lock(sqlite3_file *file, int *held)
{
    (void)file;
    *held = 0;
    return SQLITE_OK;
}

static int
control(sqlite3_file *file, int what, void *argument)
{
    (void)file;
    if (what != SQLITE_FCNTL_MMAP_SIZE) {
        return SQLITE_NOTFOUND;
    }
    *(sqlite3_int64 *)argument = 0; /* nothing is mapped */
    return SQLITE_OK;
}

static int
sector_size(sqlite3_file *file)
{
    (void)file;
    return 4096;
}

static int
character(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = nothing,
    .xUnlock = nothing,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = character,
};

static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    struct opened *opened = (struct opened *)file;
    struct stored *stored = find(name == NULL ? "?" : name);
    *opened = (struct opened){.base = {&methods}};
    opened->stored = stored != NULL ? stored : make(name == NULL ? "?" : name);
    opened->goes = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    if (out != NULL) {
        *out = flags;
    }
    return SQLITE_OK;
}

static int
delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    (void)sync;
    struct stored *stored = find(name);
    if (stored != NULL) {
        stored->name[0] = '\0';
    }
    return SQLITE_OK;
}

static int
has_file(sqlite3_vfs *vfs, const char *name, int how, int *there)
{
    (void)vfs;
    (void)how;
    *there = find(name) != NULL;
    return SQLITE_OK;
}

static int
full_name(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    size_t size = strlen(name) + 1;
    if (size > (size_t)room) {
        return SQLITE_CANTOPEN;
    }
    memcpy(out, name, size);
    return SQLITE_OK;
}

/* The rest (random numbers, the clock, the last error) is the usual one's. */
static sqlite3_vfs disk;

void
memory_disk_begin(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD); /* no locks around its memory */
    sqlite3_initialize();
    if (usual != NULL) {
        return;
    }
    usual = sqlite3_vfs_find(NULL);
    disk = *usual;
    disk.pNext = NULL;
    disk.zName = "memory-disk";
    disk.szOsFile = sizeof(struct opened);
    disk.xOpen = open_file;
    disk.xDelete = delete_file;
    disk.xAccess = has_file;
    disk.xFullPathname = full_name;
    sqlite3_vfs_register(&disk, 1);
}

void
memory_disk_end(void)
{
    if (usual != NULL) {
        sqlite3_vfs_unregister(&disk);
        sqlite3_vfs_register(usual, 1);
        usual = NULL;
    }
}

bool
memory_disk_in_use(void)
{
    return usual != NULL;
}

struct text
memory_disk_bytes(const char *name)
{
    const struct stored *stored = find(name);
    return stored == NULL ? STR("") : (struct text){stored->bytes, stored->size};
}

void
memory_disk_put(const char *name, struct text bytes)
{
    struct stored *stored = find(name);
    stored = stored != NULL ? stored : make(name);
    resize(stored, bytes.size);
    memcpy(stored->bytes, bytes.data, bytes.size);
}

void
memory_disk_fail(size_t at, bool for_good, int error)
{
    fault.calls = 0;
    fault.at = at;
    fault.for_good = for_good;
    fault.error = error;
}

size_t
memory_disk_calls(void)
{
    return fault.calls;
}

void
memory_disk_clear(void)
{
    for (size_t i = 0; i < FILES_MAX; i++) {
        files[i].name[0] = '\0';
    }
}

const char *
memory_disk_path(void)
{
    static const char *const ends[] = {".identities", ""};
    static char path[PATH_MAX + 32];
    char folder[PATH_MAX];
    const char *wanted = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "build";
    const char *found = realpath(wanted, folder);
    assert(found != NULL);
    for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s/defray-fuzz.db%s", folder, ends[i]);
        FILE *file = fopen(path, "ab");
        assert(file != NULL);
        fclose(file);
    }
    return path;
}
