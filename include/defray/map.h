/* SPDX-License-Identifier: Apache-2.0 */
/* A map from text to a small number, for ids. Keys are views: the bytes they
 * point at must live as long as the map. */
#ifndef DEFRAY_MAP_H
#define DEFRAY_MAP_H

#include "defray/text.h"

#define MAP_NONE UINT32_MAX

struct map {
    struct map_slot *slots;
    struct map_entry *entries; /* in the order of their coming */
    size_t capacity;           /* of slots; a power of two */
    size_t count;
};

/* Makes room for `count` keys at once: a map that grows leaves as much behind as it takes. */
void map_reserve(struct arena *keep, struct map *map, size_t count);
/* The value stored under the key, or MAP_NONE. */
uint32_t map_find(const struct map *map, struct text key);
/* Stores value under key when the key is new; gives the value now stored. */
uint32_t map_insert(struct arena *keep, struct map *map, struct text key, uint32_t value);

#endif
