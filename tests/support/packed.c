/* SPDX-License-Identifier: Apache-2.0 */
/* Zip files made by hand: local headers, a directory, CRC-32, and one deflate block with
 * fixed codes that repeats a blank. */
#include "support/packed.h"

#include <string.h>

struct entry {
    const char *name;
    uint32_t crc, packed_size, size;
    uint16_t method;
    struct text packed;
};

struct bits {
    struct arena *keep;
    struct packed bytes;
    uint32_t held;
    int count;
};

static void
put(struct arena *keep, struct packed *bytes, uint64_t value, int size)
{
    for (int i = 0; i < size; i++) {
        *ARRAY_PUSH(keep, bytes) = (char)(value >> (8 * i));
    }
}

static void
put_text(struct arena *keep, struct packed *bytes, struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        *ARRAY_PUSH(keep, bytes) = t.data[i];
    }
}

/* Half a byte at a time. */
static uint32_t
crc_add(uint32_t crc, unsigned char byte)
{
    static const uint32_t halves[16] = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
        0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };
    crc ^= byte;
    crc = crc >> 4 ^ halves[crc & 15];
    return crc >> 4 ^ halves[crc & 15];
}

static void
put_header(struct pack *pack, struct packed *out, const struct entry *entry, bool local)
{
    struct arena *keep = pack->keep;
    size_t offset = pack->bytes.count;
    put(keep, out, local ? 0x04034B50u : 0x02014B50u, 4);
    put(keep, out, 20, local ? 2 : 4); /* needed, and in the directory made by */
    if (!local) {
        out->items[out->count - 2] = 20;
    }
    put(keep, out, 0, 2); /* flags */
    put(keep, out, entry->method, 2);
    put(keep, out, 0x00210000u, 4); /* 1980-01-01 */
    put(keep, out, entry->crc, 4);
    put(keep, out, entry->packed_size, 4);
    put(keep, out, entry->size, 4);
    put(keep, out, strlen(entry->name), 2);
    put(keep, out, 0, 2);
    if (!local) {
        put(keep, out, 0, 6); /* comment, disk, internal attributes */
        put(keep, out, 0, 4); /* external attributes */
        put(keep, out, offset, 4);
    }
    put_text(keep, out, text_of(entry->name));
}

static void
add_entry(struct pack *pack, const struct entry *entry)
{
    put_header(pack, &pack->directory, entry, false);
    put_header(pack, &pack->bytes, entry, true);
    put_text(pack->keep, &pack->bytes, entry->packed);
    pack->count++;
}

struct pack
pack_new(struct arena *keep)
{
    return (struct pack){.keep = keep};
}

void
pack_add(struct pack *pack, const char *name, struct text contents)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < contents.size; i++) {
        crc = crc_add(crc, (unsigned char)contents.data[i]);
    }
    struct entry entry = {.name = name,
                          .crc = ~crc,
                          .packed_size = (uint32_t)contents.size,
                          .size = (uint32_t)contents.size,
                          .packed = contents};
    add_entry(pack, &entry);
}

/* Least significant bit first, as deflate orders them. */
static void
put_bits(struct bits *bits, uint32_t value, int count)
{
    bits->held |= value << bits->count;
    bits->count += count;
    while (bits->count >= 8) {
        put(bits->keep, &bits->bytes, bits->held & 0xFF, 1);
        bits->held >>= 8;
        bits->count -= 8;
    }
}

/* A Huffman code, most significant bit first. */
static void
put_code(struct bits *bits, uint32_t code, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        put_bits(bits, code >> i & 1u, 1);
    }
}

static void
put_literals(struct bits *bits, const char *text, uint32_t *crc)
{
    for (; *text != '\0'; text++) {
        put_code(bits, 0x30u + (unsigned char)*text, 8);
        *crc = crc_add(*crc, (unsigned char)*text);
    }
}

void
pack_add_bomb(struct pack *pack, const char *name, struct pack_bomb bomb)
{
    struct bits bits = {.keep = pack->keep};
    uint32_t crc = UINT32_MAX;
    uint32_t runs = bomb.blanks / 258;
    uint32_t size = (uint32_t)(strlen(bomb.head) + strlen(bomb.tail)) + runs * 258 + 1;
    put_bits(&bits, 1 | 1 << 1, 3); /* last block, fixed codes */
    put_literals(&bits, bomb.head, &crc);
    put_literals(&bits, " ", &crc);
    for (uint32_t i = 0; i < runs; i++) {
        put_code(&bits, 0xC5, 8); /* length 258 */
        put_code(&bits, 0, 5);    /* distance 1 */
        for (int k = 0; k < 258; k++) {
            crc = crc_add(crc, ' ');
        }
    }
    put_literals(&bits, bomb.tail, &crc);
    put_code(&bits, 0, 7); /* end of block */
    put_bits(&bits, 0, 7);
    struct entry entry = {
        .name = name,
        .method = 8,
        .crc = ~crc,
        .packed_size = (uint32_t)bits.bytes.count,
        .size = bomb.declared > 0 ? bomb.declared : size,
        .packed = {bits.bytes.items, bits.bytes.count}
    };
    add_entry(pack, &entry);
}

struct text
pack_finish(struct pack *pack)
{
    struct arena *keep = pack->keep;
    size_t offset = pack->bytes.count;
    put_text(keep, &pack->bytes,
             (struct text){pack->directory.items, pack->directory.count});
    put(keep, &pack->bytes, 0x06054B50u, 4);
    put(keep, &pack->bytes, 0, 4);
    put(keep, &pack->bytes, pack->count, 2);
    put(keep, &pack->bytes, pack->count, 2);
    put(keep, &pack->bytes, pack->directory.count, 4);
    put(keep, &pack->bytes, offset, 4);
    put(keep, &pack->bytes, 0, 2);
    return (struct text){pack->bytes.items, pack->bytes.count};
}
