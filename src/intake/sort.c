/* SPDX-License-Identifier: Apache-2.0 */
/* A merge sort from the bottom up. What is in order already, as most tables are,
 * is seen in one pass. */
#include "sort.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static bool
is_sorted(const uint32_t *items, size_t count, struct order order)
{
    for (size_t i = 1; i < count; i++) {
        if (order.compare(order.context, items[i - 1], items[i]) > 0) {
            return false;
        }
    }
    return true;
}

/* Merges from[start..middle) and from[middle..end) into the same places of `to`. */
static void
merge(uint32_t *to, const uint32_t *from, const size_t bounds[3], struct order order)
{
    size_t left = bounds[0];
    size_t right = bounds[1];
    for (size_t i = bounds[0]; i < bounds[2]; i++) {
        bool take_left = right == bounds[2] ||
                         (left < bounds[1] &&
                          order.compare(order.context, from[left], from[right]) <= 0);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

void
sort_indexes(struct arena scratch, uint32_t *items, size_t count, struct order order)
{
    if (count < 2 || is_sorted(items, count, order)) {
        return;
    }
    uint32_t *from = items;
    uint32_t *to = NEW_ARRAY(&scratch, uint32_t, count);
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = middle + width < count ? middle + width : count;
            merge(to, from, (const size_t[3]){start, middle, end}, order);
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) {
        memcpy(items, from, count * sizeof *items);
    }
}

uint32_t *
sorted_indexes(struct arena *scratch, size_t count, struct order order)
{
    assert(count < UINT32_MAX);
    uint32_t *items = NEW_ARRAY(scratch, uint32_t, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = (uint32_t)i;
    }
    sort_indexes(*scratch, items, count, order);
    return items;
}

int
compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}
