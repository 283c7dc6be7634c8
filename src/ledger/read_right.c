/* SPDX-License-Identifier: Apache-2.0 */
/* By which fact and which rules a right stands, where something of it was taken back: an entry that
 * was taken back says nothing, and one that stands again does so in the place that it had. */
#include "ledger_parts.h"

struct posted { /* an entry of the right that takes nothing back */
    int64_t seq, place, batch, amount, fact, ruleset;
    int64_t taken_by; /* the batch that took it back; 0: it stands */
    bool again;       /* stands again as another one */
    struct text kind;
};
struct posted_list ARRAY_OF(struct posted);

static void
mark_taken(struct posted_list *list, int64_t seq, int64_t batch)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].seq == seq) {
            list->items[i].taken_by = batch;
        }
    }
}

/* Where the entry was that stands again as this one, since the batch that took it back was
 * cancelled. */
static int64_t
place_before(struct posted_list *list, const struct posted *one)
{
    for (size_t i = 0; i < list->count; i++) {
        struct posted *was = &list->items[i];
        if (was->taken_by == one->batch && !was->again && was->amount == one->amount &&
            text_equals(was->kind, one->kind)) {
            was->again = true;
            return was->place;
        }
    }
    return one->seq;
}

static struct posted_list
posted_of(struct ledger *ledger, struct arena *keep, int64_t person,
          const struct right *right)
{
    struct store *store = &ledger->store;
    struct posted_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT seq, batch, amount, fact, ruleset, reverses, kind, cause FROM entry WHERE "
        "person = ?1 AND component = ?2 AND day = ?3 AND unit = ?4 AND book = 'right' AND seq "
        "< ?5 ORDER BY seq");
    bind_right(all, keep, person, right);
    store_bind(all, 5, rows_end(ledger));
    while (store_step(store, all)) {
        struct posted one = {.seq = store_integer(all, 0),
                             .place = store_integer(all, 0),
                             .batch = store_integer(all, 1),
                             .amount = store_integer(all, 2),
                             .fact = store_integer(all, 3),
                             .ruleset = store_integer(all, 4)};
        int64_t reverses = store_integer(all, 5);
        if (reverses > 0) {
            mark_taken(&list, reverses, one.batch);
            continue;
        }
        one.kind = text_copy(keep, store_text(all, 6));
        if (text_equals(store_text(all, 7), STR("cancel"))) {
            one.place = place_before(&list, &one);
        }
        *ARRAY_PUSH(keep, &list) = one;
    }
    return list;
}

void
right_stands_by(struct ledger *ledger, struct arena scratch, int64_t person,
                struct paid_right *paid, int64_t *ruleset)
{
    struct posted_list list = posted_of(ledger, &scratch, person, &paid->right);
    int64_t last = 0;
    for (size_t i = 0; i < list.count; i++) {
        const struct posted *one = &list.items[i];
        if (one->taken_by == 0 && one->place >= last) {
            last = one->place;
            paid->fact = (uint64_t)one->fact;
            *ruleset = one->ruleset;
        }
    }
}

/* At the end of each batch, those apart that were cancelled. */
struct money
right_stood_at(struct ledger *ledger, struct arena scratch, int64_t person,
               const struct right *right)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *batches = store_statement(
        store,
        "SELECT sum(amount) FROM entry WHERE person = ?1 AND component = ?2 AND day = ?3 AND "
        "unit = ?4 AND book = 'right' AND seq < ?5 AND NOT EXISTS (SELECT 1 FROM event WHERE "
        "event.batch = entry.batch AND event.state = 'CANCELLED' AND event.seq < ?5) GROUP BY "
        "batch ORDER BY batch");
    struct money stood = {0};
    struct money most = {0};
    bind_right(batches, &scratch, person, right);
    store_bind(batches, 5, rows_end(ledger));
    while (store_step(store, batches)) {
        stood = money_add(stood, (struct money){store_integer(batches, 0)});
        most = money_compare(stood, most) > 0 ? stood : most;
    }
    return most;
}
