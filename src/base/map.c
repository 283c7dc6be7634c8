/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open addressing with linear probing, at most half full. Slots that a growth
 * leaves behind stay in the arena: together they are smaller than the last.
 */
#include "defray/map.h"

#include <assert.h>

#define CAPACITY_MIN 16

struct map_slot {
    struct text key; /* data is NULL while the slot is free */
    uint64_t hash;
    uint32_t value;
};

/* The slot that holds the key, or the free one where it belongs. */
static struct map_slot *
find_slot(const struct map *map, struct text key, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = (size_t)hash & mask;
    while (map->slots[i].key.data != NULL) {
        if (map->slots[i].hash == hash && text_equals(map->slots[i].key, key)) {
            break;
        }
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static void
grow(struct arena *keep, struct map *map)
{
    struct map larger = {.count = map->count};
    larger.capacity = map->capacity == 0 ? CAPACITY_MIN : map->capacity * 2;
    larger.slots = NEW_ARRAY(keep, struct map_slot, larger.capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        const struct map_slot *old = &map->slots[i];
        if (old->key.data != NULL) {
            *find_slot(&larger, old->key, old->hash) = *old;
        }
    }
    *map = larger;
}

/* FNV-1a leaves its low bits weak; fold the high ones in. */
static uint64_t
hash_key(struct text key)
{
    uint64_t hash = text_hash(key);
    return hash ^ (hash >> 32);
}

uint32_t
map_find(const struct map *map, struct text key)
{
    if (map->count == 0) {
        return MAP_NONE;
    }
    const struct map_slot *slot = find_slot(map, key, hash_key(key));
    return slot->key.data == NULL ? MAP_NONE : slot->value;
}

uint32_t
map_insert(struct arena *keep, struct map *map, struct text key, uint32_t value)
{
    assert(value != MAP_NONE);
    if (map->count >= map->capacity / 2) {
        grow(keep, map);
    }
    uint64_t hash = hash_key(key);
    struct map_slot *slot = find_slot(map, key, hash);
    if (slot->key.data == NULL) {
        slot->key = (struct text){key.data != NULL ? key.data : "", key.size};
        slot->hash = hash;
        slot->value = value;
        map->count++;
    }
    return slot->value;
}
