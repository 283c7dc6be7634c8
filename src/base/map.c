/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open addressing with linear probing, at most half full. Slots that a growth
 * leaves behind stay in the arena: together they are smaller than the last.
 */
#include "defray/map.h"

#include <assert.h>
#include <string.h>

#define CAPACITY_MIN 16
#define FACTOR       UINT64_C(0x9E3779B97F4A7C15) /* 2^64 by the golden ratio */

/* A member costs two of them. */
struct map_slot {
    const char *key; /* NULL while the slot is free */
    uint32_t size;
    uint32_t hash;
    uint32_t value;
};

static struct text
key_of(const struct map_slot *slot)
{
    return (struct text){slot->key, slot->size};
}

/* The slot that holds the key, or the free one where it belongs. */
static struct map_slot *
find_slot(const struct map *map, struct text key, uint32_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = hash & mask;
    while (map->slots[i].key != NULL) {
        if (map->slots[i].hash == hash && text_equals(key_of(&map->slots[i]), key)) {
            break;
        }
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static void
grow(struct arena *keep, struct map *map, size_t capacity)
{
    struct map larger = {.count = map->count, .capacity = capacity};
    larger.slots = NEW_ARRAY(keep, struct map_slot, larger.capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        const struct map_slot *old = &map->slots[i];
        if (old->key != NULL) {
            *find_slot(&larger, key_of(old), old->hash) = *old;
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
    return slot->key == NULL ? MAP_NONE : slot->value;
}

uint32_t
map_insert(struct arena *keep, struct map *map, struct text key, uint32_t value)
{
    assert(value != MAP_NONE);
    assert(key.size <= UINT32_MAX);
    map_reserve(keep, map, map->count + 1);
    uint32_t hash = hash_key(key);
    struct map_slot *slot = find_slot(map, key, hash);
    if (slot->key == NULL) {
        *slot = (struct map_slot){.key = key.data != NULL ? key.data : "",
                                  .size = (uint32_t)key.size,
                                  .hash = hash,
                                  .value = value};
        map->count++;
    }
    return slot->value;
}
