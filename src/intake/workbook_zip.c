/* SPDX-License-Identifier: Apache-2.0 */
/* The zip of a workbook: what a file is told to be by its first bytes, and its parts. */
#include "defray/file.h"
#include "defray/libisal.h"

#include "libexpat.h"
#include "libzip.h"
#include "workbook_parts.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static const unsigned char pack_magic[] = {'P', 'K', 3, 4};
/* The stream that holds a locked workbook within an old file: EncryptedPackage, UTF-16. */
static const unsigned char locked_name[] = {
    'E', 0, 'n', 0, 'c', 0, 'r', 0, 'y', 0, 'p', 0, 't', 0, 'e', 0,
    'd', 0, 'P', 0, 'a', 0, 'c', 0, 'k', 0, 'a', 0, 'g', 0, 'e', 0,
};
static const unsigned char old_magic[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

void
part_refuse(struct part_reader *reader, enum code code, const char *why, const char *name)
{
    if (reader->failed) {
        return;
    }
    reader->failed = true;
    if (reader->diag == NULL) {
        return; /* of a piece that is read beside others: who joins them tells */
    }
    const char *says = tr(diag_language(reader->diag), why);
    struct where where = reader->source->where;
    if (reader->row > 0 && where.input != NULL && where.input->sheet.size > 0) {
        where.line = reader->row;
        where.column = reader->column;
    }
    if (name == NULL) {
        diag_error(reader->diag, where, code, "workbook refused: %s", says);
    } else {
        diag_error(reader->diag, where, code, "workbook refused: part '%s': %s", name,
                   says);
    }
}

const char *
part_name(const struct part_reader *reader, const char *name, bool *several)
{
    const char *found = NULL;
    zip_int64_t count = libzip.zip_get_num_entries(reader->zip, 0);
    *several = false;
    for (zip_int64_t i = 0; i < count; i++) {
        const char *entry =
            libzip.zip_get_name(reader->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (entry != NULL && strcasecmp(entry, name) == 0) {
            *several = found != NULL;
            found = entry;
        }
    }
    return found;
}

bool
part_exists(const struct part_reader *reader, const char *name)
{
    bool several = false;
    return part_name(reader, name, &several) != NULL;
}

static bool
starts_with_bytes(struct text bytes, const unsigned char *magic, size_t size)
{
    return bytes.size >= size && memcmp(bytes.data, magic, size) == 0;
}

static bool
is_locked(struct text bytes)
{
    for (size_t i = 0; i + sizeof locked_name <= bytes.size; i++) {
        if (memcmp(bytes.data + i, locked_name, sizeof locked_name) == 0) {
            return true;
        }
    }
    return false;
}

/* What can be said of bytes in memory before the library sees them. */
static bool
check_bytes(struct part_reader *reader, struct text bytes)
{
    if (starts_with_bytes(bytes, old_magic, sizeof old_magic)) {
        bool locked = is_locked(bytes);
        part_refuse(reader, locked ? CODE_W011 : CODE_W002,
                    locked ? N_("it is protected by a password")
                           : N_("it is an old .xls, or another old Office file"),
                    NULL);
    } else if (!starts_with_bytes(bytes, pack_magic, sizeof pack_magic)) {
        part_refuse(reader, CODE_W001, N_("it is not an .xlsx file"), NULL);
    } else if (bytes.size > reader->source->limits.packed_max) {
        part_refuse(reader, CODE_W003, N_("the file is larger than is allowed"), NULL);
    }
    return !reader->failed;
}

bool
book_libraries_load(struct diag *diag)
{
    return libzip_load(diag) && expat_load(diag) && isal_load(diag);
}

bool
pack_open(struct part_reader *reader)
{
    const struct book_source *source = reader->source;
    zip_error_t error;
    zip_source_t *bytes = NULL;

    if (!book_libraries_load(reader->diag)) {
        reader->failed = true;
        return false;
    }
    libzip.zip_error_init(&error);
    if (source->path != NULL) {
        bytes = libzip.zip_source_file_create(source->path, 0, -1, &error);
    } else {
        assert(source->where.input != NULL);
        struct text t = source->where.input->bytes;
        bytes = check_bytes(reader, t)
                    ? libzip.zip_source_buffer_create(t.data, t.size, 0, &error)
                    : NULL;
    }
    if (bytes != NULL) {
        reader->zip =
            libzip.zip_open_from_source(bytes, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    }
    if (bytes != NULL && reader->zip == NULL) {
        libzip.zip_source_free(bytes);
    }
    libzip.zip_error_fini(&error);
    if (reader->zip == NULL) {
        part_refuse(reader, CODE_W001, N_("it is damaged or cut short"), NULL);
    }
    return !reader->failed;
}

void
pack_shut(struct part_reader *reader)
{
    if (reader->zip != NULL) {
        libzip.zip_discard(reader->zip);
        reader->zip = NULL;
    }
}
