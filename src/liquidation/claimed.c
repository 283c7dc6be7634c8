/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines become rights. The days before the period are computed too if they are settled, each
 * calendar year with its own counters.
 */
#include "claimed.h"

#include <stdlib.h>

static uint64_t
stir(uint64_t hash, int64_t value)
{
    return text_hash((struct text){
        (const char *)(const int64_t[]){value, (int64_t)hash},
           2 * sizeof(int64_t)
    });
}

/* Of what was presented and how it was judged, and not of what the rules make of it; the word of a
 * presence apart. */
static uint64_t
stem_of(const struct batch *batch, const struct line *line)
{
    bool priced = line->state == LINE_DUE || line->state == LINE_CAPPED ||
                  line->state == LINE_PAID_BEFORE;
    /* The word, for a ledger keeps the hash: the place of a reason in the list may change. */
    const char *reason = priced ? "" : reason_word(line->reason);
    uint64_t hash = text_hash(text_of(reason));
    hash = stir(hash, line->date.day);
    hash = stir(hash, line->duration);
    if (line->is_claim) {
        const struct claim *claim = &batch->claims->items[line->fact];
        hash = stir(hash, claim->has_quantity ? claim->quantity.num : -1);
        hash = stir(hash, claim->has_quantity ? claim->quantity.den : -1);
        hash = stir(hash, claim->has_amount ? claim->amount.cents : -1);
        return stir(hash, claim->receipt);
    }
    return stir(hash, (int64_t)line->session->kind);
}

static uint64_t
fingerprint(const struct batch *batch, const struct line *line)
{
    uint64_t stem = stem_of(batch, line);
    return line->is_claim ? stem : stir(stem, batch->log->items[line->fact].presence);
}

struct text
presence_unit(const struct session *session)
{
    return session->id.size > 0 ? session->id : text_of(kind_word(session->kind));
}

/* The day is a part of the right. */
struct text
claimed_unit(struct arena *keep, const struct batch *batch, const struct line *line)
{
    if (!line->is_claim) {
        return presence_unit(line->session);
    }
    const struct claim *claim = &batch->claims->items[line->fact];
    return unit_of_claim(keep, line->session_id, claim_words(claim)->receipt_reference);
}

static int
compare_claimed(const void *left, const void *right)
{
    const struct claimed *a = left;
    const struct claimed *b = right;
    int order = right_compare(&a->right, &b->right);
    return order != 0 ? order
                      : (a->where.line > b->where.line) - (a->where.line < b->where.line);
}

void
claimed_collect(struct arena *keep, const struct batch *batch,
                const struct member_result *result, struct claimed_rights *rights)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct line *line = &result->lines[i];
        *ARRAY_PUSH(keep, rights) = (struct claimed){
            .right = {line->entitlement, line->date, claimed_unit(keep, batch, line)},
            .due = line->due,
            .fact = fingerprint(batch, line),
            .stem = line->is_claim ? 0 : stem_of(batch, line),
            .session = line->session_id,
            .where = line->where,
            .basis = line->basis,
            .lapsed = line->reason == REASON_LAPSED,
            .open = line->state == LINE_UNDETERMINED,
            .refused = line->is_claim && line->state == LINE_REFUSED,
            .reason = line->reason,
        };
    }
}

/* Of the lines of a right, one that waits says why, else one that is refused; the first of them. */
static bool
says_why(const struct claimed *one, const struct claimed *before)
{
    return !before->open && (one->open || !before->refused);
}

/* In order, one a right. A sum of fingerprints does not depend on the order of lines. */
void
claimed_gather(struct claimed_rights *rights)
{
    size_t kept = 0;
    if (rights->count > 1) {
        qsort(rights->items, rights->count, sizeof *rights->items, compare_claimed);
    }
    for (size_t i = 0; i < rights->count; i++) {
        struct claimed *last = kept == 0 ? NULL : &rights->items[kept - 1];
        if (last != NULL && right_compare(&last->right, &rights->items[i].right) == 0) {
            if (last->due.cents == 0 && rights->items[i].due.cents != 0) {
                last->basis = rights->items[i].basis;
            }
            last->due = money_add(last->due, rights->items[i].due);
            last->fact += rights->items[i].fact;
            last->stem = 0;
            last->lapsed = last->lapsed || rights->items[i].lapsed;
            last->reason = says_why(&rights->items[i], last) ? rights->items[i].reason
                                                             : last->reason;
            last->open = last->open || rights->items[i].open;
            last->refused = last->refused || rights->items[i].refused;
        } else {
            rights->items[kept++] = rights->items[i];
        }
    }
    rights->count = kept;
}

/* Which year the kilometres of a row are of goes by the period's. */
bool
claimed_next_earlier(const struct batch *batch, struct date *from, struct batch *earlier)
{
    struct date last = date_add_days(batch->period.from, -1);
    struct date end = *from;
    if (date_compare(*from, last) > 0) {
        return false;
    }
    date_make(date_year(*from), 12, 31, &end);
    *earlier = *batch;
    earlier->history = NULL;
    earlier->run = batch;
    earlier->counter_year = date_year(batch->period.from);
    earlier->period.from = *from;
    earlier->period.to = date_compare(end, last) < 0 ? end : last;
    *from = date_add_days(earlier->period.to, 1);
    return true;
}

void
claimed_collect_earlier(struct arena *keep, const struct batch *batch, uint32_t member,
                        struct claimed_rights *rights)
{
    struct batch earlier;
    for (struct date from = batch->history->since;
         claimed_next_earlier(batch, &from, &earlier);) {
        struct member_result result = liquidate_member(keep, &earlier, member);
        claimed_collect(keep, batch, &result, rights);
    }
}

const struct claimed *
claimed_find(const struct claimed_rights *rights, const struct right *right)
{
    size_t low = 0;
    size_t high = rights->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = right_compare(&rights->items[middle].right, right);
        if (order == 0) {
            return &rights->items[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

bool
claimed_as_paid(const struct claimed *now, const struct paid_right *was)
{
    bool same = now->fact == was->fact;
    for (int presence = 0; now->stem != 0 && presence < PRESENCE_COUNT; presence++) {
        same = same || stir(now->stem, presence) == was->fact;
    }
    return same;
}
