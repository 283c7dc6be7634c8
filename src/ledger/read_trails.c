/* SPDX-License-Identifier: Apache-2.0 */
/* What came of the batches recorded so far, member by member, for pages that tell the members: a
 * right that is in the ledger need not have been transferred. */
#include "defray/ledger_view.h"

#include "ledger_parts.h"

/* In the batches of these days, those that were cancelled apart. */
static void
read_batches(struct ledger *ledger, int64_t person, const struct batch *batch,
             struct trail *trail)
{
    struct store *store = &ledger->store;
    struct arena scratch = *store->keep;
    struct sqlite3_stmt *sums = store_statement(
        store,
        "SELECT ifnull(sum(CASE WHEN e.book = 'right' AND e.day < ?2 THEN e.amount END), 0), "
        "ifnull(sum(CASE WHEN e.kind = 'OFFSET' AND NOT EXISTS (SELECT 1 FROM entry r WHERE "
        "r.reverses = e.seq AND r.reverses > 0) THEN -e.amount END), 0) FROM entry e JOIN "
        "batch b ON b.number = e.batch WHERE e.person = ?1 AND b.day_from >= ?2 AND b.day_to "
        "<= ?3 AND NOT EXISTS (SELECT 1 FROM event WHERE event.batch = b.number AND "
        "event.state = 'CANCELLED')");
    store_bind(sums, 1, person);
    store_bind_text(sums, 2, text_of(iso(&scratch, batch->period.from)));
    store_bind_text(sums, 3, text_of(iso(&scratch, batch->period.to)));
    if (store_step(store, sums)) {
        trail->earlier.cents = store_integer(sums, 0);
        trail->kept_back.cents = store_integer(sums, 1);
    }
}

/* In the same batches, what of them went to a debt that the next payment takes: the account was
 * below nothing when the batch began. */
static struct money
taken_by_debt(struct ledger *ledger, int64_t person, const struct batch *batch)
{
    struct store *store = &ledger->store;
    struct arena scratch = *store->keep;
    struct money taken = {0};
    struct sqlite3_stmt *posted = store_statement(
        store,
        "SELECT e.batch, sum(e.amount) FROM entry e JOIN batch b ON b.number = e.batch WHERE "
        "e.person = ?1 AND e.book <> 'collected' AND b.day_from >= ?2 AND b.day_to <= ?3 AND "
        "e.seq < ifnull((SELECT seq FROM seal WHERE seal.batch = b.number), "
        "9223372036854775807) AND NOT EXISTS (SELECT 1 FROM event WHERE event.batch = b.number "
        "AND event.state = 'CANCELLED') GROUP BY e.batch HAVING sum(e.amount) > 0");
    store_bind(posted, 1, person);
    store_bind_text(posted, 2, text_of(iso(&scratch, batch->period.from)));
    store_bind_text(posted, 3, text_of(iso(&scratch, batch->period.to)));
    while (store_step(store, posted)) {
        struct money debt = account_before(ledger, person, store_integer(posted, 0));
        debt.cents = debt.cents < 0 ? -debt.cents : 0;
        taken =
            money_add(taken, money_min(debt, (struct money){store_integer(posted, 1)}));
    }
    return taken;
}

/* Payments of any batch that nobody has noted as made, nor as none any more. */
static struct money
underway_to(struct ledger *ledger, int64_t person)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *sum = store_statement(
        store,
        "SELECT ifnull(sum(amount), 0) FROM payment p WHERE person = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM answer WHERE answer.payment = p.seq) AND (SELECT state FROM event "
        "WHERE event.batch = p.batch ORDER BY seq DESC LIMIT 1) <> 'SETTLED'");
    store_bind(sum, 1, person);
    return (struct money){store_value(store, sum)};
}

bool
ledger_read_trails(struct arena *keep, struct ledger *ledger, const struct batch *batch,
                   struct history *history)
{
    size_t count = batch->roster->count;
    struct trail *trails = NEW_ARRAY(keep, struct trail, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct arena scratch = *keep;
        struct text ref =
            identity_ref(&scratch, ledger, batch->rules->id, batch->roster->items[i].id);
        int64_t person = find_person(ledger, ref);
        if (person != 0) {
            read_batches(ledger, person, batch, &trails[i]);
            trails[i].kept_back =
                money_add(trails[i].kept_back, taken_by_debt(ledger, person, batch));
            trails[i].underway = underway_to(ledger, person);
            if (read_standing(ledger, person).receivable.cents > 0) {
                struct recovery_debt debt = {.until = DATE_NONE};
                read_debt(keep, ledger, person, &debt);
                trails[i].listed = debt.open;
            }
        }
    }
    history->trails = trails;
    store_release(&ledger->store);
    return !ledger->store.failed; /* a reference is made without reading identities */
}
