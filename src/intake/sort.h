/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Sorting of indexes, stable, n log n whatever the input. */
#ifndef DEFRAY_INTAKE_SORT_H
#define DEFRAY_INTAKE_SORT_H

#include "defray/arena.h"

struct order {
    int (*compare)(const void *context, uint32_t a, uint32_t b);
    const void *context;
};

void sort_indexes(struct arena scratch, uint32_t *items, size_t count,
                  struct order order);
/* 0, 1, 2 … in the order asked, kept in the scratch that is pointed at. */
uint32_t *sorted_indexes(struct arena *scratch, size_t count, struct order order);
/* -1, 0, 1 */
int compare_numbers(int64_t a, int64_t b);

#endif
