/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The package with the rows of long lists in it. The library has written one with a mark
 * where each run of them belongs; it is taken into memory and written anew over itself:
 * the parts without a mark byte for byte, the others with the compressed rows between
 * what stands around them. The result is read back like any other.
 */
#include "defray/libisal.h"

#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LOCAL_SIZE     30
#define DIRECTORY_SIZE 46
#define END_SIZE       22
#define DEFLATED       8
#define NAME_BYTES     64

struct entry {
    const uint8_t *head; /* in the directory, its name after it */
    size_t name_size;
    const uint8_t *bytes; /* as packed by the library */
    uint32_t crc;
    uint64_t packed, plain, at; /* at: in the new package */
};
struct entries ARRAY_OF(struct entry);

/* A part that is joined: what lies around the runs, compressed. */
struct piece {
    const uint8_t *packed;
    size_t packed_size;
    const struct xlsx_run *run; /* that follows; NULL */
};
struct pieces ARRAY_OF(struct piece);

struct packing {
    struct xlsx *xlsx;
    struct arena *scratch;
    struct text whole; /* of the library's package */
    const struct xlsx_runs *runs;
    struct entries entries;
    FILE *out;
    uint64_t written;
};

static uint32_t
number_at(const uint8_t *bytes, size_t size)
{
    uint32_t number = 0;
    for (size_t i = size; i > 0; i--) {
        number = number << 8 | bytes[i - 1];
    }
    return number;
}

static void
put_number(uint8_t *bytes, size_t size, uint64_t number)
{
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(number >> 8 * i);
    }
}

static void
put(struct packing *packing, const void *bytes, size_t size)
{
    if (size > 0 && !packing->xlsx->failed &&
        fwrite(bytes, 1, size, packing->out) != size) {
        xlsx_write_failed(packing->xlsx);
    }
    packing->written += size;
}

/* The library may have been cut short by a full disk without saying so. */
static bool
refuse(struct packing *packing)
{
    errno = EIO;
    xlsx_write_failed(packing->xlsx);
    return false;
}

static bool
load(struct packing *packing)
{
    FILE *file = fopen(packing->xlsx->file->path, "rb");
    if (file == NULL) {
        xlsx_write_failed(packing->xlsx);
        return false;
    }
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    rewind(file);
    char *bytes = NEW_ARRAY(packing->scratch, char, size > 0 ? (size_t)size : 1);
    bool read = size > 0 && fread(bytes, 1, (size_t)size, file) == (size_t)size;
    (void)fclose(file);
    packing->whole = (struct text){bytes, read ? (size_t)size : 0};
    return read || refuse(packing);
}

/* The parts, from the directory at the end of the package. */
static bool
list_entries(struct packing *packing)
{
    const uint8_t *bytes = (const uint8_t *)packing->whole.data;
    size_t size = packing->whole.size;
    const uint8_t *end = bytes + size - END_SIZE;
    if (size < END_SIZE || number_at(end, 4) != 0x06054B50) {
        return refuse(packing);
    }
    size_t count = number_at(end + 10, 2);
    size_t at = number_at(end + 16, 4);
    for (size_t i = 0; i < count; i++) {
        if (at + DIRECTORY_SIZE > size || number_at(bytes + at, 4) != 0x02014B50) {
            return refuse(packing);
        }
        const uint8_t *head = bytes + at;
        struct entry *entry = ARRAY_PUSH(packing->scratch, &packing->entries);
        *entry = (struct entry){
            .head = head,
            .name_size = number_at(head + 28, 2),
            .crc = number_at(head + 16, 4),
            .packed = number_at(head + 20, 4),
            .plain = number_at(head + 24, 4),
        };
        at += DIRECTORY_SIZE + entry->name_size + number_at(head + 30, 2) +
              number_at(head + 32, 2);
        size_t local = number_at(head + 42, 4);
        if (at > size || local + LOCAL_SIZE > size) {
            return refuse(packing);
        }
        size_t data = local + LOCAL_SIZE + number_at(bytes + local + 26, 2) +
                      number_at(bytes + local + 28, 2);
        if (data + entry->packed > size) {
            return refuse(packing);
        }
        entry->bytes = bytes + data;
    }
    return true;
}

static void
put_local(struct packing *packing, struct entry *entry)
{
    uint8_t local[LOCAL_SIZE] = {'P', 'K', 3, 4};
    memcpy(local + 4, entry->head + 6, 10); /* version, flags, method, time, date */
    put_number(local + 14, 4, entry->crc);
    put_number(local + 18, 4, entry->packed);
    put_number(local + 22, 4, entry->plain);
    put_number(local + 26, 2, entry->name_size);
    entry->at = packing->written;
    put(packing, local, sizeof local);
    put(packing, entry->head + DIRECTORY_SIZE, entry->name_size);
}

static void
put_directory(struct packing *packing)
{
    uint8_t end[END_SIZE] = {'P', 'K', 5, 6};
    uint64_t start = packing->written;
    for (size_t i = 0; i < packing->entries.count; i++) {
        const struct entry *entry = &packing->entries.items[i];
        uint8_t head[DIRECTORY_SIZE];
        memcpy(head, entry->head, sizeof head);
        put_number(head + 16, 4, entry->crc);
        put_number(head + 20, 4, entry->packed);
        put_number(head + 24, 4, entry->plain);
        put_number(head + 30, 4, 0); /* nothing beside the name */
        put_number(head + 42, 4, entry->at);
        put(packing, head, sizeof head);
        put(packing, entry->head + DIRECTORY_SIZE, entry->name_size);
    }
    put_number(end + 8, 2, packing->entries.count);
    put_number(end + 10, 2, packing->entries.count);
    put_number(end + 12, 4, packing->written - start);
    put_number(end + 16, 4, start);
    put(packing, end, sizeof end);
}

/* The index of the sheet whose part it is, or SIZE_MAX. */
static size_t
sheet_of(const struct packing *packing, const struct entry *entry)
{
    char wanted[NAME_BYTES];
    const char *name = (const char *)entry->head + DIRECTORY_SIZE;
    for (size_t i = 0; i < packing->runs->count; i++) {
        size_t sheet = packing->runs->items[i].sheet;
        int size =
            snprintf(wanted, sizeof wanted, "xl/worksheets/sheet%zu.xml", sheet + 1);
        if ((size_t)size == entry->name_size && memcmp(wanted, name, (size_t)size) == 0) {
            return sheet;
        }
    }
    return SIZE_MAX;
}

static const char *
unpack(struct packing *packing, const struct entry *entry)
{
    struct inflate_state state;
    uint8_t *plain = NEW_ARRAY(packing->scratch, uint8_t, (size_t)entry->plain + 1);
    isal.isal_inflate_init(&state);
    state.next_in = (uint8_t *)(uintptr_t)entry->bytes;
    state.avail_in = (uint32_t)entry->packed;
    state.next_out = plain;
    state.avail_out = (uint32_t)entry->plain;
    bool whole = number_at(entry->head + 10, 2) == DEFLATED &&
                 isal.isal_inflate_stateless(&state) == ISAL_DECOMP_OK &&
                 state.total_out == entry->plain &&
                 isal.crc32_gzip_refl(0, plain, entry->plain) == entry->crc;
    return whole ? (const char *)plain : NULL;
}

/* Adds compressed bytes to the pieces of a part. */
static void
join(struct packing *packing, struct pieces *pieces, struct entry *entry, struct text t)
{
    size_t most = xlsx_deflate_max();
    entry->crc = isal.crc32_gzip_refl(entry->crc, (const uint8_t *)t.data, t.size);
    entry->plain += t.size;
    while (t.size > 0) {
        const uint8_t *packed = NULL;
        size_t now = t.size < most ? t.size : most;
        size_t size = xlsx_deflate(packing->xlsx->spool, t.data, now, &packed);
        struct text copy =
            text_copy(packing->scratch, (struct text){(const char *)packed, size});
        *ARRAY_PUSH(packing->scratch, pieces) =
            (struct piece){.packed = (const uint8_t *)copy.data, .packed_size = size};
        entry->packed += size;
        t = (struct text){t.data + now, t.size - now};
    }
}

/* What the part is to hold: each mark of the library's replaced by the next run. */
static bool
plan(struct packing *packing, size_t sheet, struct entry *entry, struct pieces *pieces)
{
    size_t size = (size_t)entry->plain;
    const char *at = unpack(packing, entry);
    if (at == NULL) {
        return refuse(packing);
    }
    const char *end = at + size;
    *entry = (struct entry){.head = entry->head, .name_size = entry->name_size};
    for (size_t i = 0; i < packing->runs->count; i++) {
        const struct xlsx_run *run = &packing->runs->items[i];
        if (run->sheet != sheet) {
            continue;
        }
        const char *mark = strstr(at, XLSX_MARK);
        if (mark == NULL) {
            return refuse(packing);
        }
        join(packing, pieces, entry, (struct text){at, (size_t)(mark - at)});
        *ARRAY_PUSH(packing->scratch, pieces) = (struct piece){.run = run};
        entry->crc =
            (uint32_t)lxw.crc32_combine(entry->crc, run->crc, (z_off_t)run->plain);
        entry->plain += run->plain;
        entry->packed += run->packed;
        at = mark + strlen(XLSX_MARK);
    }
    join(packing, pieces, entry, (struct text){at, (size_t)(end - at)});
    return true;
}

static void
put_joined(struct packing *packing, size_t sheet, struct entry *entry)
{
    static const uint8_t last[] = {3, 0}; /* the empty block that ends a stream */
    struct pieces pieces = {0};
    if (!plan(packing, sheet, entry, &pieces)) {
        return;
    }
    entry->packed += sizeof last;
    if (entry->packed > UINT32_MAX || entry->plain > UINT32_MAX) {
        errno = EFBIG;
        xlsx_write_failed(packing->xlsx);
        return;
    }
    put_local(packing, entry);
    for (size_t i = 0; i < pieces.count && !packing->xlsx->failed; i++) {
        const struct piece *piece = &pieces.items[i];
        put(packing, piece->packed, piece->packed_size);
        for (uint64_t left = piece->run == NULL ? 0 : piece->run->packed; left > 0;) {
            const uint8_t *bytes = NULL;
            size_t count = xlsx_spool_read(packing->xlsx->spool, left, &bytes);
            if (count == 0) {
                refuse(packing);
                break;
            }
            put(packing, bytes, count);
            left -= count;
        }
    }
    put(packing, last, sizeof last);
}

bool
xlsx_pack(struct xlsx *xlsx, struct arena scratch)
{
    struct packing packing = {.xlsx = xlsx, .scratch = &scratch};
    packing.runs = xlsx_spool_finish(xlsx->spool);
    if (packing.runs->count == 0 || xlsx->failed) {
        return !xlsx->failed;
    }
    if (!load(&packing) || !list_entries(&packing)) {
        return false;
    }
    packing.out = fopen(xlsx->file->path, "wb");
    if (packing.out == NULL) {
        xlsx_write_failed(xlsx);
        return false;
    }
    for (size_t i = 0; i < packing.entries.count && !xlsx->failed; i++) {
        struct entry *entry = &packing.entries.items[i];
        size_t sheet = sheet_of(&packing, entry);
        if (sheet == SIZE_MAX) {
            put_local(&packing, entry);
            put(&packing, entry->bytes, (size_t)entry->packed);
        } else {
            put_joined(&packing, sheet, entry);
        }
    }
    put_directory(&packing);
    if (packing.written > UINT32_MAX) {
        errno = EFBIG;
        xlsx_write_failed(xlsx);
    }
    if (fclose(packing.out) != 0) {
        xlsx_write_failed(xlsx);
    }
    return !xlsx->failed;
}
