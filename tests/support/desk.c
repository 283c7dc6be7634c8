/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger for a town, and the deeds of a month as transactions of their own. */
#include "desk.h"

#include "../../src/ledger/ledger_parts.h"
#include "days.h"

#include <check.h>

struct desk *
desk_open(struct town town)
{
    struct arena start = arena_reserve((size_t)1 << 32);
    struct arena keep = start;
    struct desk *desk = NEW(&keep, struct desk);
    *desk = (struct desk){
        .start = start, .keep = keep, .town = town, .since = day("2026-01-01")};
    desk->diag = diag_new(&desk->keep, LANGUAGE_EN);
    desk->ledger = town_ledger(&desk->keep, desk->diag, &desk->path);
    return desk;
}

struct desk *
desk_open_prepared(struct town town)
{
    struct desk *desk = desk_open(town);
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    ck_assert_int_eq(desk_record(desk, 0), 1);
    return desk;
}

void
desk_drop(struct desk *desk)
{
    struct arena start = desk->start;
    ledger_close(desk->ledger);
    town_remove(&desk->keep, desk->path);
    arena_release(start);
}

void
desk_close(struct desk *desk)
{
    ck_assert(ledger_verify(desk->ledger));
    desk_drop(desk);
}

struct batch *
desk_batch(struct desk *desk, int month)
{
    return town_batch(&desk->keep, &desk->town, month, desk->diag);
}

bool
desk_prepare(struct desk *desk, int month)
{
    return town_prepare(&desk->keep, desk->ledger, desk_batch(desk, month), desk->since,
                        &desk->recorded);
}

int64_t
desk_record(struct desk *desk, int month)
{
    ck_assert(desk_prepare(desk, month));
    ck_assert_int_gt(desk->recorded.batch, 0);
    return desk->recorded.batch;
}

bool
desk_act(struct desk *desk, enum ledger_verb verb, int64_t batch)
{
    struct digest digest = digest_of("x", 1);
    bool again = false;
    ck_assert(ledger_begin(desk->ledger));
    if (!ledger_move(desk->ledger, verb, batch, STR(""), &town_bernard, &again)) {
        ledger_rollback(desk->ledger);
        return false;
    }
    ck_assert(!again);
    ck_assert(verb != LEDGER_EXPORT ||
              ledger_output_add(desk->ledger, batch, "xml", &digest, 1));
    ck_assert(ledger_commit(desk->ledger));
    return true;
}

void
desk_pay(struct desk *desk, int64_t batch)
{
    ck_assert(desk_act(desk, LEDGER_APPROVE, batch));
    ck_assert(desk_act(desk, LEDGER_EXPORT, batch));
    ck_assert(desk_act(desk, LEDGER_SENT, batch));
}

int64_t
desk_reverse(struct desk *desk, int64_t batch, struct text member)
{
    int64_t made = 0;
    ck_assert(ledger_begin(desk->ledger));
    if (!ledger_reverse(desk->ledger, batch, member, &town_alice, "test", &made)) {
        ledger_rollback(desk->ledger);
        return 0;
    }
    ck_assert(ledger_commit(desk->ledger));
    ck_assert_int_gt(made, 0);
    return made;
}

void
desk_collect(struct desk *desk, int64_t cents)
{
    bool again = false;
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_collect(desk->ledger, desk_batch(desk, 0)->rules->id, STR("M0"),
                             (struct money){cents}, &town_alice, &again));
    ck_assert(ledger_commit(desk->ledger));
}

void
desk_let_go(struct desk *desk, int64_t reversal)
{
    ck_assert(!desk_act(desk, LEDGER_CANCEL, reversal)); /* by now */
    ck_assert(ledger_begin(desk->ledger));
    struct store *store = &desk->ledger->store;
    struct sqlite3_stmt *taken = store_statement(
        store,
        "SELECT e.person, e.component, e.day, e.unit, e.amount, e.fact, e.ruleset FROM "
        "entry r JOIN entry e ON e.seq = r.reverses WHERE r.batch = ?1");
    store_bind(taken, 1, reversal);
    ck_assert(store_step(store, taken));
    const struct datum entry[] = {
        datum_integer(reversal),
        datum_integer(store_integer(taken, 0)),
        datum_text(STR("right")),
        datum_text(STR("DUE")),
        datum_text(text_copy(&desk->keep, store_text(taken, 1))),
        datum_text(text_copy(&desk->keep, store_text(taken, 2))),
        datum_text(text_copy(&desk->keep, store_text(taken, 3))),
        datum_integer(store_integer(taken, 4)),
        datum_integer(store_integer(taken, 5)),
        datum_integer(store_integer(taken, 6)),
        datum_text(STR("cancel")),
        datum_integer(0),
        datum_integer(0),
    };
    ck_assert(!store_step(store, taken)); /* one right */
    ck_assert(chain_append(desk->ledger, TABLE_ENTRY, entry, ARRAY_COUNT(entry)) != 0);
    ck_assert(event_append(desk->ledger, reversal, "cancel", "CANCELLED", &town_bernard));
    ck_assert(ledger_commit(desk->ledger));
}
