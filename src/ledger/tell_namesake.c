/* SPDX-License-Identifier: Apache-2.0 */
/* Two assemblies whose rule files bear one id, as a copy does that was not renamed. To the ledger
 * they are one: a member of the second is taken for the member of the same key of the first, and
 * what the first was paid for, the second is paid no more. And one assembly under two ids: to the
 * ledger they are two, and what was paid under the first is paid again under the second. */
#include "defray/ledger_view.h"

#include "ledger_parts.h"

#include <inttypes.h>

bool
ledger_tell_namesake(struct ledger *ledger, const struct rules *rules)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *batches =
        store_statement(store, "SELECT number, title, authority FROM batch "
                               "WHERE assembly = ?1 ORDER BY number DESC");
    store_bind_text(batches, 1, rules->id);
    bool looking = true;
    while (looking && store_step(store, batches)) {
        int64_t number = store_integer(batches, 0);
        struct text title = text_copy(store->keep, store_text(batches, 1));
        struct text authority = text_copy(store->keep, store_text(batches, 2));
        looking = text_equals(batch_state(store->keep, ledger, number), STR("CANCELLED"));
        if (!looking && (!text_equals(title, rules->assembly) ||
                         !text_equals(authority, rules->authority))) {
            diag_warning(store->diag, (struct where){.input = rules->file}, CODE_G018,
                         "batch %" PRId64 " of '%.*s' was of another assembly: "
                         "'%.*s, %.*s'",
                         number, TEXT_ARG(rules->id), TEXT_ARG(authority),
                         TEXT_ARG(title));
        }
    }
    store_release(store);
    return !store->failed;
}

bool
ledger_tell_renamed(struct ledger *ledger, const struct batch *batch, struct date since)
{
    struct store *store = &ledger->store;
    const struct rules *rules = batch->rules;
    struct sqlite3_stmt *batches = store_statement(
        store,
        "SELECT max(number), b.assembly FROM batch b WHERE b.assembly <> ?1 AND title = ?2 AND "
        "authority = ?3 AND min(day_from, since) <= ?5 AND day_to >= ?4 AND (SELECT state FROM "
        "event WHERE event.batch = number AND state <> '' ORDER BY seq DESC LIMIT 1) <> "
        "'CANCELLED' GROUP BY b.assembly ORDER BY b.assembly");
    store_bind_text(batches, 1, rules->id);
    store_bind_text(batches, 2, rules->assembly);
    store_bind_text(batches, 3, rules->authority);
    store_bind_text(batches, 4, text_of(iso(store->keep, since)));
    store_bind_text(batches, 5, text_of(iso(store->keep, batch->period.to)));
    while (store_step(store, batches)) {
        diag_warning(store->diag, (struct where){.input = rules->file}, CODE_G051,
                     "batch %" PRId64 " of '%.*s' was of this assembly, for days of this "
                     "run: under '%.*s' nothing is known of what it has paid",
                     store_integer(batches, 0), TEXT_ARG(store_text(batches, 1)),
                     TEXT_ARG(rules->id));
    }
    store_release(store);
    return !store->failed;
}
