/* SPDX-License-Identifier: Apache-2.0 */
/* Look-up by day. Values are in the order of dates and do not overlap. */
#include "defray/timeline.h"

bool
source_is(const struct legal_source *a, const struct legal_source *b)
{
    return a != NULL && a->where.input == b->where.input && text_equals(a->id, b->id);
}

bool
basis_is(const struct basis *a, const struct basis *b)
{
    return a->source == b->source && text_equals(a->article, b->article) &&
           text_equals(a->assumption, b->assumption);
}

const struct value *
timeline_at(const struct timeline *timeline, struct date date)
{
    for (size_t i = timeline->count; i-- > 0;) { /* mostly one of the last is asked for */
        if (period_contains(timeline->items[i].during, date)) {
            return &timeline->items[i];
        }
    }
    return NULL;
}

const struct scale_version *
scale_at(const struct scale *scale, struct date date)
{
    for (size_t i = 0; i < scale->count; i++) {
        if (period_contains(scale->versions[i].during, date)) {
            return &scale->versions[i];
        }
    }
    return NULL;
}
