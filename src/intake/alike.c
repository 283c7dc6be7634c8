/* SPDX-License-Identifier: Apache-2.0 */
/* Those of one key are a chain, in the order in which they came. */
#include "alike.h"

uint32_t
alike_add(struct arena *keep, struct alike *alike, struct text key, uint32_t index)
{
    uint32_t own = (uint32_t)alike->list.count;
    *ARRAY_PUSH(keep, &alike->list) = (struct alike_one){index, own, own};
    uint32_t first = map_insert(keep, &alike->firsts, key, own);
    struct alike_one *head = &alike->list.items[first];
    alike->list.items[head->last].next = own;
    head->last = own;
    return first;
}
