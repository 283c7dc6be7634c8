/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of long lists on their way into the package. The library would keep them as
 * text in one temporary file, copy that into another, read it again and compress it with
 * zlib at level 6, which was half the time of a workbook of a million rows. Here
 * they are compressed as they are made, in blocks that can stand in any deflate stream, by
 * ISA-L, with a code for the letters of each block: four times the speed of zlib's and a
 * third more bytes. What goes to the sheet in their stead is a mark; output_xlsx_pack.c puts
 * the blocks at their place. A block depends on nothing but its bytes: the same ones on every
 * x86-64 processor since 2008, where ISA-L takes the same ways; elsewhere the package may be
 * packed otherwise, and holds the same. So blocks may be made beside one another
 * (output_xlsx_rows.c). Its levels 1 and 2, which make such codes themselves, are not used: of
 * 2.30 at least, they take the hash of the second byte of a block from the address of their
 * own state, and of a hundred workbooks one or two came out in other bytes.
 */
#include "defray/libisal.h"

#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define BLOCK_BYTES   262144
#define CODE_FROM     4096  /* less gains nothing by a code of its own: ISA-L's will do */
#define LETTERS_BYTES 65536 /* of a block, whose letters are counted for all of it */
/* Of what does not compress, and a byte a thousand for what ISA-L puts around it. */
#define PACKED_BYTES (BLOCK_BYTES + BLOCK_BYTES / 64 + 1024)

struct deflating { /* the room that a block takes while it is made */
    struct isal_zstream stream;
    struct isal_huff_histogram letters;
    struct isal_hufftables code;
};

struct xlsx_spool {
    struct xlsx *xlsx;
    FILE *file; /* without a name, beside the output */
    struct xlsx_runs runs;
    FILE *plain; /* of the sheet, if its rows are not spooled */
    bool plainly;
    long marked; /* where the last mark ends in the file of its sheet */
    size_t filled;
    char *block;     /* of BLOCK_BYTES */
    uint8_t *packed; /* of PACKED_BYTES */
    struct deflating deflating;
};

static size_t
deflate_block(const char *bytes, size_t size, struct deflating *with, uint8_t *out,
              size_t room)
{
    struct isal_zstream *stream = &with->stream;
    uint8_t *in = (uint8_t *)(uintptr_t)bytes;
    assert(size <= BLOCK_BYTES);
    memset(with, 0, sizeof *with); /* not all of it has an initialiser */
    isal.isal_deflate_stateless_init(stream);
    if (size >= CODE_FROM) {
        isal.isal_update_histogram(in, (int)(size < LETTERS_BYTES ? size : LETTERS_BYTES),
                                   &with->letters);
        int made = isal.isal_create_hufftables(&with->code, &with->letters);
        assert(made == 0);
        stream->hufftables = &with->code;
    }
    stream->flush = FULL_FLUSH;
    stream->end_of_stream = 0;
    stream->next_in = in;
    stream->avail_in = (uint32_t)size;
    stream->next_out = out;
    stream->avail_out = (uint32_t)room;
    int answer = isal.isal_deflate_stateless(stream);
    assert(answer == COMP_OK);
    assert(stream->avail_in == 0);
    return stream->total_out;
}

size_t
xlsx_deflate(struct xlsx_spool *spool, const char *bytes, size_t size,
             const uint8_t **packed)
{
    *packed = spool->packed;
    return deflate_block(bytes, size, &spool->deflating, spool->packed, PACKED_BYTES);
}

struct xlsx_packed
xlsx_pack_bytes(struct arena *keep, const char *bytes, size_t size)
{
    size_t blocks = (size + BLOCK_BYTES - 1) / BLOCK_BYTES;
    uint8_t *out = arena_room(keep, blocks * PACKED_BYTES);
    struct arena scratch = *keep;
    struct deflating *with = arena_room(&scratch, sizeof *with);
    struct xlsx_packed packed = {.bytes = out, .plain = size};
    packed.crc = isal.crc32_gzip_refl(0, (const uint8_t *)bytes, size);
    while (size > 0) {
        size_t now = size < BLOCK_BYTES ? size : BLOCK_BYTES;
        packed.packed +=
            deflate_block(bytes, now, with, out + packed.packed, PACKED_BYTES);
        bytes += now;
        size -= now;
    }
    return packed;
}

size_t
xlsx_deflate_max(void)
{
    return BLOCK_BYTES;
}

void
xlsx_write_failed(struct xlsx *xlsx)
{
    int error = errno;
    if (!xlsx->failed && !xlsx_is_again(xlsx, error)) {
        xlsx->failed = true;
        diag_error(xlsx->diag, (struct where){0}, CODE_F005,
                   "output '%s' could not be written: %s", xlsx->file->target,
                   tr_errno(diag_language(xlsx->diag), error));
    }
}

static void
pack_block(struct xlsx_spool *spool)
{
    if (spool->filled == 0 || spool->xlsx->failed) {
        return;
    }
    struct xlsx_run *run = &spool->runs.items[spool->runs.count - 1];
    const uint8_t *packed = NULL;
    size_t size = xlsx_deflate(spool, spool->block, spool->filled, &packed);
    run->crc =
        isal.crc32_gzip_refl(run->crc, (const uint8_t *)spool->block, spool->filled);
    run->plain += spool->filled;
    run->packed += size;
    if (fwrite(packed, 1, size, spool->file) != size) {
        xlsx_write_failed(spool->xlsx);
    }
    spool->filled = 0;
}

void
xlsx_spool_put(struct xlsx_spool *spool, const char *bytes, size_t size)
{
    if (spool->plain != NULL && fwrite(bytes, 1, size, spool->plain) != size) {
        xlsx_write_failed(spool->xlsx);
    }
    while (size > 0 && !spool->plainly) {
        size_t room = BLOCK_BYTES - spool->filled;
        size_t now = size < room ? size : room;
        memcpy(spool->block + spool->filled, bytes, now);
        spool->filled += now;
        bytes += now;
        size -= now;
        if (spool->filled == BLOCK_BYTES) {
            pack_block(spool);
        }
    }
}

void
xlsx_spool_add(struct xlsx_spool *spool, const struct xlsx_packed *packed)
{
    pack_block(spool);
    struct xlsx_run *run = &spool->runs.items[spool->runs.count - 1];
    run->crc = (uint32_t)lxw.crc32_combine(run->crc, packed->crc, (z_off_t)packed->plain);
    run->plain += packed->plain;
    run->packed += packed->packed;
    if (!spool->xlsx->failed &&
        fwrite(packed->bytes, 1, packed->packed, spool->file) != packed->packed) {
        xlsx_write_failed(spool->xlsx);
    }
}

bool
xlsx_spool_is_plain(const struct xlsx_spool *spool)
{
    return spool->plainly;
}

struct xlsx_spool *
xlsx_spool_open(struct xlsx *xlsx, struct arena *keep, char *folder, bool plainly)
{
    struct xlsx_spool *spool = NEW(keep, struct xlsx_spool);
    spool->xlsx = xlsx;
    spool->plainly = plainly;
    spool->block = arena_room(keep, BLOCK_BYTES);
    spool->packed = arena_room(keep, PACKED_BYTES);
    spool->file = lxw.lxw_tmpfile(folder);
    if (spool->file == NULL) {
        xlsx_write_failed(xlsx);
    }
    return spool;
}

void
xlsx_spool_begin(struct xlsx_spool *spool, const struct xlsx_sheet *sheet)
{
    FILE *rows = sheet->handle->optimize_tmpfile;
    size_t count = spool->runs.count;
    spool->plain = spool->plainly ? rows : NULL;
    if (spool->plainly) {
        return;
    }
    if (count > 0 && spool->runs.items[count - 1].sheet == sheet->index &&
        ftell(rows) == spool->marked) {
        return;
    }
    pack_block(spool);
    struct xlsx_run *run = ARRAY_PUSH(&spool->xlsx->own, &spool->runs);
    run->sheet = sheet->index;
    if (fputs(XLSX_MARK, rows) < 0) {
        xlsx_write_failed(spool->xlsx);
    }
    spool->marked = ftell(rows);
}

const struct xlsx_runs *
xlsx_spool_finish(struct xlsx_spool *spool)
{
    pack_block(spool);
    if (!spool->xlsx->failed && fseek(spool->file, 0, SEEK_SET) != 0) {
        xlsx_write_failed(spool->xlsx);
    }
    return &spool->runs;
}

size_t
xlsx_spool_read(struct xlsx_spool *spool, uint64_t most, const uint8_t **bytes)
{
    size_t size = most < PACKED_BYTES ? (size_t)most : PACKED_BYTES;
    *bytes = spool->packed;
    return fread(spool->packed, 1, size, spool->file);
}

void
xlsx_spool_shut(struct xlsx_spool *spool)
{
    if (spool->file != NULL) {
        (void)fclose(spool->file); /* what it held is in the package, or given up */
        spool->file = NULL;
    }
}
