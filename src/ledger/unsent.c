/* SPDX-License-Identifier: Apache-2.0 */
/* Which payments of a right, and of a person, have left. What is prepared counts as paid, so that
 * nobody is paid twice; nobody owes it before it has left. */
#include "ledger_parts.h"
#include "libsqlite.h"

/* Newest first: the payment of an entry is the first of the member that stands, in its batch or in
 * a later one. */
static struct sqlite3_stmt *
payments_of(struct ledger *ledger, int64_t person, const struct right *right,
            int64_t before)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *all = store_statement(
        store,
        "WITH gone AS (SELECT batch FROM event WHERE state = 'CANCELLED') SELECT amount, payer, "
        "ifnull((SELECT state FROM event WHERE event.batch = payer AND state <> '' ORDER BY seq "
        "DESC LIMIT 1), '') FROM (SELECT o.seq, o.amount, ifnull((SELECT min(p.batch) FROM "
        "payment p WHERE p.person = ?1 AND p.batch >= o.batch AND p.batch < ?5 AND NOT EXISTS "
        "(SELECT 1 FROM answer WHERE answer.payment = p.seq)), 0) AS payer FROM entry o WHERE "
        "o.person = ?1 AND o.component = ?2 AND o.day = ?3 AND o.unit = ?4 AND o.book = 'right' "
        "AND o.batch < ?5 AND o.amount > 0 AND o.batch NOT IN gone AND NOT EXISTS (SELECT 1 "
        "FROM entry r WHERE r.reverses = o.seq AND r.reverses > 0 AND r.batch < ?5 AND r.batch "
        "NOT IN gone)) ORDER BY seq DESC");
    bind_right(all, store->keep, person, right);
    store_bind(all, 5, before);
    return all;
}

static struct money
right_before(struct ledger *ledger, int64_t person, const struct right *right,
             int64_t before)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *sum = store_statement(
        store,
        "SELECT ifnull(sum(amount), 0) FROM entry WHERE person = ?1 AND component = ?2 AND day "
        "= ?3 AND unit = ?4 AND book = 'right' AND batch < ?5");
    bind_right(sum, store->keep, person, right);
    store_bind(sum, 5, before);
    return (struct money){store_value(store, sum)};
}

bool
state_has_left(struct text state)
{
    return text_equals(state, STR("SENT")) || text_equals(state, STR("PARTIAL")) ||
           text_equals(state, STR("SETTLED"));
}

struct paying
right_paying(struct ledger *ledger, int64_t person, const struct right *right,
             int64_t before)
{
    struct store *store = &ledger->store;
    struct paying paying = {.before = right_before(ledger, person, right, before)};
    struct money rest = paying.before;
    struct sqlite3_stmt *all = payments_of(ledger, person, right, before);
    while (rest.cents > 0 && store_step(store, all)) {
        struct money part = money_min(rest, (struct money){store_integer(all, 0)});
        int64_t batch = store_integer(all, 1);
        rest = money_subtract(rest, part);
        if (batch == 0) {
            continue; /* nobody has paid it, or it came back */
        }
        if (state_has_left(store_text(all, 2))) {
            paying.paid_by = batch > paying.paid_by ? batch : paying.paid_by;
        } else {
            paying.unsent = money_add(paying.unsent, part);
            paying.unsent_by = batch > paying.unsent_by ? batch : paying.unsent_by;
        }
    }
    sqlite.sqlite3_reset(all);
    return paying;
}

struct money
person_received(struct ledger *ledger, int64_t person, int64_t *waiting)
{
    struct store *store = &ledger->store;
    struct money received = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT amount, batch, ifnull((SELECT state FROM event WHERE event.batch = "
        "payment.batch AND state <> '' ORDER BY seq DESC LIMIT 1), '') FROM payment WHERE "
        "person = ?1 AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.payment = payment.seq) "
        "ORDER BY batch");
    store_bind(all, 1, person);
    while (store_step(store, all)) {
        if (state_has_left(store_text(all, 2))) {
            received = money_add(received, (struct money){store_integer(all, 0)});
        } else {
            *waiting = store_integer(all, 1);
        }
    }
    return received;
}
