/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Retroactive values. A text adopted on 14 March may set the value of 1 January: over
 * those days it takes the place of what was adopted before it. Here the days taken are
 * cut from the older value, so that everybody else sees one value a day.
 */
#include "loader.h"

struct dated_stretch
stretch_of(const struct dated *dated, struct where where, size_t item)
{
    return (struct dated_stretch){
        .during = dated->during,
        .where = where,
        .adopted = date_is_none(dated->adopted) ? dated->during.from : dated->adopted,
        .retroactive = dated->retroactive,
        .item = item,
    };
}

/* The day before, and the day after; an open end stays open. */
static struct date
eve(struct date date)
{
    return date_add_days(date, -1);
}

/* What is left of the period without the days of `taken`: at most two pieces. */
static size_t
cut(struct period from, struct period taken, struct period pieces[2])
{
    size_t count = 0;
    if (!period_overlaps(from, taken)) {
        pieces[count++] = from;
        return count;
    }
    if (date_compare(from.from, taken.from) < 0) {
        pieces[count++] = (struct period){from.from, eve(taken.from)};
    }
    if (date_compare(from.to, taken.to) > 0) {
        pieces[count++] = (struct period){date_add_days(taken.to, 1), from.to};
    }
    return count;
}

static bool
supersedes(const struct dated_stretch *later, const struct dated_stretch *earlier)
{
    return later->retroactive && date_compare(later->adopted, earlier->adopted) > 0;
}

struct pieces ARRAY_OF(struct period);

/* Cuts every period of the list. */
static void
cut_all(struct arena *keep, struct pieces *pieces, struct period taken)
{
    struct pieces left = {0};
    bool touched = false;
    for (size_t i = 0; i < pieces->count; i++) {
        touched = touched || period_overlaps(pieces->items[i], taken);
    }
    if (!touched) {
        return;
    }
    for (size_t i = 0; i < pieces->count; i++) {
        struct period two[2];
        size_t count = cut(pieces->items[i], taken, two);
        for (size_t k = 0; k < count; k++) {
            *ARRAY_PUSH(keep, &left) = two[k];
        }
    }
    *pieces = left;
}

bool
stretches_settle(struct loader *loader, struct dated_stretches *stretches,
                 struct text path)
{
    struct dated_stretches settled = {0};
    bool some = false;
    for (size_t i = 0; i < stretches->count; i++) {
        some = some || stretches->items[i].retroactive;
    }
    if (!some) {
        return stretches_overlap(loader, stretches, path);
    }
    for (size_t i = 0; i < stretches->count; i++) {
        struct pieces pieces = {0};
        *ARRAY_PUSH(loader->keep, &pieces) = stretches->items[i].during;
        for (size_t k = 0; k < stretches->count; k++) {
            if (supersedes(&stretches->items[k], &stretches->items[i])) {
                cut_all(loader->keep, &pieces, stretches->items[k].during);
            }
        }
        for (size_t k = 0; k < pieces.count; k++) {
            struct dated_stretch *piece = ARRAY_PUSH(loader->keep, &settled);
            *piece = stretches->items[i];
            piece->during = pieces.items[k];
        }
    }
    *stretches = settled;
    return stretches_overlap(loader, stretches, path);
}

struct date
stretch_checked(const struct dated_stretch *stretch, struct period stated,
                struct date checked_on)
{
    return date_compare(stretch->during.to, stated.to) == 0 ? checked_on : DATE_NONE;
}

void
life_cut(struct loader *loader, struct rules *rules)
{
    struct lives ARRAY_OF(struct life) lives = {0};
    for (size_t i = 0; i < rules->life_count; i++) {
        struct pieces pieces = {0};
        *ARRAY_PUSH(loader->keep, &pieces) = rules->lives[i].during;
        for (size_t k = 0; k < loader->unknown.count; k++) {
            cut_all(loader->keep, &pieces, loader->unknown.items[k].during);
        }
        for (size_t k = 0; k < pieces.count; k++) {
            struct life *life = ARRAY_PUSH(loader->keep, &lives);
            *life = rules->lives[i];
            life->mandate = rules->lives[i].during;
            life->during = pieces.items[k];
        }
    }
    rules->lives = lives.items;
    rules->life_count = lives.count;
    rules->unknown = loader->unknown.items;
    rules->unknown_count = loader->unknown.count;
}
