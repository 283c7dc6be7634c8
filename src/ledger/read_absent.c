/* SPDX-License-Identifier: Apache-2.0 */
/* Who is owed something and is in no row of the members' table: no run would ever name them. */
#include "defray/ledger_view.h"

#include "ledger_parts.h"

static struct money
owed_to(struct ledger *ledger, int64_t person)
{
    struct sqlite3_stmt *sum = store_statement(
        &ledger->store,
        "SELECT (SELECT ifnull(sum(amount), 0) FROM entry WHERE person = ?1 AND book <> "
        "'collected') - (SELECT ifnull(sum(amount), 0) FROM payment WHERE person = ?1 AND NOT "
        "EXISTS (SELECT 1 FROM answer WHERE answer.payment = payment.seq))");
    store_bind(sum, 1, person);
    return (struct money){store_value(&ledger->store, sum)};
}

bool
ledger_tell_absent(struct ledger *ledger, const struct batch *batch, size_t *count)
{
    struct store *store = &ledger->store;
    struct arena whole = arena_reserve(ARENA_SCRATCH_BYTES);
    struct arena scratch = whole;
    struct map known = {0};
    for (size_t i = 0; i < batch->roster->count; i++) {
        struct text ref =
            identity_ref(&scratch, ledger, batch->rules->id, batch->roster->items[i].id);
        map_insert(&scratch, &known, ref, 1);
    }
    struct sqlite3_stmt *all =
        store_statement(store, "SELECT ref, seq FROM person WHERE assembly = ?1");
    *count = 0;
    store_bind_text(all, 1, batch->rules->id);
    while (store_step(store, all)) {
        struct text ref = store_text(all, 0);
        struct money owed = {0};
        if (map_find(&known, ref) == MAP_NONE) {
            owed = owed_to(ledger, store_integer(all, 1));
        }
        if (owed.cents > 0) {
            struct text id = identity_id(store->keep, ledger, ref);
            ++*count;
            diag_warning(store->diag, (struct where){0}, CODE_G012,
                         "'%.*s' is owed %s € and is not in the members' table",
                         TEXT_ARG(id),
                         tr_money(store->keep, diag_language(store->diag), owed));
        }
    }
    arena_release(whole);
    store_release(ledger->identity);
    return !store->failed && !ledger->identity->failed;
}
