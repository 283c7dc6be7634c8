/* SPDX-License-Identifier: Apache-2.0 */
/* layer: base */
/*
 * The stretches of address space in which arenas lie, and how far the pages of each are there. All
 * copies of an arena share one; a part that was taken off and what is left behind it have one each.
 */
#ifndef DEFRAY_STRETCH_H
#define DEFRAY_STRETCH_H

#include "defray/arena.h"

struct pages {
    char *start; /* NULL: not followed */
    char *
        there; /* pages before it are there, or were left to be made when they are touched */
    size_t asked; /* bytes that were asked for */
    char *used;   /* where addresses are checked: how far guards lie */
};

/* A stretch that begins there. If too many are followed, one whose pages are made when they are
 * touched. */
struct pages *stretch_new(char *start);
/* The same, or the one that began there before. */
struct pages *stretch_at(char *start);
/* So many bytes at its start are there already. */
void stretch_is_there(struct pages *stretch, size_t bytes);
/* Forgets those that begin between the two: their pages go. Returns how many bytes of those
 * that are followed are there, at most. */
size_t stretch_forget(const char *start, const char *end);

/* The stretch `window`, in that of the other, is no longer filled beside it. */
void stretch_join(struct pages *whole, struct pages *window);

/* For the block that was just taken of the arena and will be filled: has its pages there. */
void stretch_fill(const struct arena *arena, char *block);
/* The same for one of which some may never be filled: not if it is large. */
void stretch_room(const struct arena *arena, char *block);
/* The same for a block that lies in no stretch. */
void stretch_block(char *start, size_t bytes);

#endif
