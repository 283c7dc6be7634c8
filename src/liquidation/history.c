/* SPDX-License-Identifier: Apache-2.0 */
/* The order of rights, those of a member, and the words of what holds a payment. */
#include "defray/history.h"

int
right_compare(const struct right *a, const struct right *b)
{
    int order = text_compare(a->component, b->component);
    if (order == 0) {
        order = date_compare(a->day, b->day);
    }
    return order != 0 ? order : text_compare(a->unit, b->unit);
}

const struct elsewhere *
elsewhere_of(const struct history *history, uint32_t member, size_t *count)
{
    size_t low = 0;
    size_t high = history->elsewhere_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = history->elsewhere[middle].member < member;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    size_t end = low;
    while (end < history->elsewhere_count && history->elsewhere[end].member == member) {
        end++;
    }
    *count = end - low;
    return history->elsewhere + low;
}

bool
history_kept(const struct history *history, struct date day)
{
    return history != NULL && history->kept_from.day != 0 &&
           date_compare(day, history->kept_from) >= 0;
}

const struct rules *
history_rules(const struct history *history, struct date day)
{
    for (size_t i = 0; i < history->settled_count; i++) {
        if (period_contains(history->settled[i].days, day)) {
            return history->settled[i].rules;
        }
    }
    return NULL;
}

#define MARK_SIZE 17 /* "#" and sixteen digits */

struct text
unit_mark(struct arena *keep, struct text reference)
{
    return text_of(
        arena_printf(keep, "#%016llx", (unsigned long long)text_hash(reference)));
}

struct text
unit_of_claim(struct arena *keep, struct text session, struct text reference)
{
    if (reference.size == 0) {
        return session;
    }
    struct text mark = unit_mark(keep, reference);
    return text_of(arena_printf(keep, "%.*s%.*s", TEXT_ARG(session), TEXT_ARG(mark)));
}

struct unit_parts
unit_parts(struct text unit)
{
    bool marked = unit.size >= MARK_SIZE && unit.data[unit.size - MARK_SIZE] == '#';
    size_t at = marked ? unit.size - MARK_SIZE : unit.size;
    return (struct unit_parts){
        {unit.data,      at            },
        {unit.data + at, unit.size - at}
    };
}

/* In the order of enum hold. */
static const char *const holds[] = {
    "",
    N_("bank details missing or wrong"),
    N_("new account number: a second person must confirm it"),
    N_("the account number changed: a second person must confirm it"),
    N_("a payment to this account came back: a second person must confirm it"),
};
_Static_assert(ARRAY_COUNT(holds) == HOLD_COUNT, "one row a hold");

const char *
hold_label(enum language language, enum hold hold)
{
    return hold == HOLD_NONE ? "" : tr(language, holds[hold]);
}
