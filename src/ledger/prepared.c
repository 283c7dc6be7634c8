/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger as it was before a batch: rows are only ever added, so that what came before its
 * first row is what it was made from. */
#include "ledger_parts.h"

#include <inttypes.h>

struct prepared_list ARRAY_OF(struct prepared);

const struct prepared *
ledger_prepared(struct arena *keep, struct ledger *ledger, const struct batch *batch,
                struct text digits, size_t *count)
{
    struct store *store = &ledger->store;
    struct prepared_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT number, batch.seq, digest, event.seq, lower(hex(event.h)), actor FROM batch "
        "JOIN seal ON seal.batch = number JOIN event ON event.batch = number AND verb = "
        "'prepare' WHERE kind = 'pay' AND assembly = ?1 AND day_from = ?2 AND day_to = ?3 "
        "AND substr(lower(hex(digest)), 1, ?5) = ?4 AND NOT EXISTS (SELECT 1 FROM event e "
        "WHERE e.batch = number AND e.state = 'CANCELLED') ORDER BY number DESC");
    store_bind_text(all, 1, batch->rules->id);
    store_bind_text(all, 2, text_of(iso(keep, batch->period.from)));
    store_bind_text(all, 3, text_of(iso(keep, batch->period.to)));
    store_bind_text(all, 4, digits);
    store_bind(all, 5, (int64_t)digits.size);
    while (store_step(store, all)) {
        struct prepared *one = ARRAY_PUSH(keep, &list);
        one->batch = store_integer(all, 0);
        one->first = store_integer(all, 1);
        one->digest = digest_from(store_text(all, 2));
        one->head = arena_printf(keep, "%" PRId64 ":%.*s", store_integer(all, 3),
                                 TEXT_ARG(store_text(all, 4)));
        one->actor = text_copy(keep, store_text(all, 5));
    }
    *count = store->failed ? 0 : list.count;
    return list.items;
}

void
ledger_look_back(struct ledger *ledger, const struct prepared *batch)
{
    ledger->back = batch;
}

int64_t
rows_end(const struct ledger *ledger)
{
    return ledger->back == NULL ? INT64_MAX : ledger->back->first;
}
