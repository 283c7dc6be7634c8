/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * What rows made, side by side, each where it stays to the end of the run: facts are most of
 * the memory in use, and are not copied once they are read.
 */
#ifndef DEFRAY_ROWS_H
#define DEFRAY_ROWS_H

#include "defray/intake.h"

#include "sort.h"

struct rows {
    void *items;
    size_t count;
    size_t size;        /* of each, in bytes */
    size_t least;       /* bytes of its file that each takes */
    size_t opened;      /* of those that are there, how many were before rows_open() */
    struct arena arena; /* holds nothing else */
};

/* Address space for all rows that the files may have, of which each takes `least` bytes of its
 * file. It is reserved, not used. */
struct rows rows_new(const struct input_list *files, size_t least, size_t size);
/* The memory in which they lie, for whoever has done with them before the end of the run. */
struct arena rows_memory(const struct rows *rows);
void rows_add(struct rows *rows, const void *items, size_t count);
/* The place behind the last one, for rows that are written beside one another and then kept in
 * order: how many there may be, of so many bytes of a file. Nothing is added until it is closed. */
size_t rows_open(struct rows *rows, size_t bytes);
/* Of those, the one of that number. */
void *rows_ahead(const struct rows *rows, size_t number);
/* `count` of them, written at `items`, follow the last one that was kept. */
void rows_keep(struct rows *rows, const void *items, size_t count);
void rows_close(struct rows *rows);
/* Puts them in order where they lie. `compare` is given `rows->items`. */
void rows_sort(struct arena scratch, struct rows *rows,
               int (*compare)(const void *items, uint32_t a, uint32_t b));
/* The same where the order is known: the place of each row gets the one of the index there. Nothing
 * is left of `order`. */
void rows_put_in_order(struct arena scratch, struct rows *rows, uint32_t *order);

#endif
