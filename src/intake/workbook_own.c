/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A workbook of ours is read back by whoever wrote it, so that its packing need not be distrusted:
 * ISA-L unpacks it in a third of the time of zlib's, which was a tenth of a workbook of a million
 * rows, and sums it up in none. Files that are given go through libzip and zlib, byte by byte.
 */
#include "workbook_own.h"

#include "defray/libisal.h"

#include <assert.h>
#include <stdbool.h>

#define PACKED_BYTES 65536
#define DAMAGED      SIZE_MAX

struct own_part {
    zip_file_t *file; /* packed, as it lies in the zip */
    uint64_t plain;   /* bytes that the zip states */
    uint32_t crc;
    uint64_t done;
    uint32_t summed;
    bool drained; /* nothing is left in the zip */
    bool ended;
    struct inflate_state state;
    uint8_t packed[PACKED_BYTES];
};

struct own_part *
own_open(struct arena *keep, struct own_part *spare, zip_t *zip, const zip_stat_t *status)
{
    const zip_uint64_t needed = ZIP_STAT_INDEX | ZIP_STAT_SIZE | ZIP_STAT_CRC |
                                ZIP_STAT_COMP_METHOD | ZIP_STAT_COMP_SIZE;
    if ((status->valid & needed) != needed || status->comp_method != ZIP_CM_DEFLATE) {
        return NULL;
    }
    struct own_part *own = spare != NULL ? spare : arena_room(keep, sizeof *own);
    own->file = libzip.zip_fopen_index(zip, status->index, ZIP_FL_COMPRESSED);
    own->plain = status->size;
    own->crc = status->crc;
    own->done = 0;
    own->summed = 0;
    own->drained = false;
    own->ended = false;
    isal.isal_inflate_init(&own->state);
    own->state.next_in = own->packed;
    own->state.avail_in = 0;
    return own;
}

/* Gives the library what it is to unpack next; false if the zip cannot be read. */
static bool
refill(struct own_part *own)
{
    zip_int64_t count = libzip.zip_fread(own->file, own->packed, sizeof own->packed);
    own->drained = count == 0;
    own->state.next_in = own->packed;
    own->state.avail_in = count < 0 ? 0 : (uint32_t)count;
    return count >= 0;
}

/* Unpacks until there is no room, or no more; false if it is damaged. The library may hold the last
 * bytes when there are no more to give it. */
static bool
unpack(struct own_part *own)
{
    struct inflate_state *state = &own->state;
    while (state->avail_out > 0 && !own->ended) {
        uint32_t before = state->avail_out;
        if (state->avail_in == 0 && !own->drained && !refill(own)) {
            return false;
        }
        if (isal.isal_inflate(state) < ISAL_DECOMP_OK) {
            return false;
        }
        own->ended = state->block_state == ISAL_BLOCK_FINISH;
        if (own->drained && !own->ended && state->avail_out == before) {
            return false; /* cut short */
        }
    }
    return true;
}

size_t
own_read(struct own_part *own, char *bytes, size_t room)
{
    assert(room > 0 && room <= UINT32_MAX);
    if (own->file == NULL) {
        return DAMAGED;
    }
    if (own->ended) {
        return 0;
    }
    own->state.next_out = (uint8_t *)bytes;
    own->state.avail_out = (uint32_t)room;
    if (!unpack(own)) {
        return DAMAGED;
    }
    size_t count = room - own->state.avail_out;
    own->done += count;
    own->summed = isal.crc32_gzip_refl(own->summed, (const uint8_t *)bytes, count);
    bool right = own->done == own->plain && own->summed == own->crc;
    return own->ended && !right ? DAMAGED : count;
}

void
own_shut(struct own_part *own)
{
    if (own->file != NULL) {
        (void)libzip.zip_fclose(own->file); /* nothing of it is wanted any more */
        own->file = NULL;
    }
}
