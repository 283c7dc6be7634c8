/* SPDX-License-Identifier: Apache-2.0 */
/* Batches that have not left and should be cancelled: a run makes a debt of what they pay, or they
 * pay on an account that the member has left. */
#include "defray/ledger_view.h"
#include "defray/settlement.h"

#include "ledger_parts.h"

#include <inttypes.h>

struct waiting_batch { /* that pays something which the run takes back */
    int64_t number;
    struct money taken_back;
    size_t members;
    uint32_t last; /* member who was counted */
};
struct waiting_batches ARRAY_OF(struct waiting_batch);

struct looking {
    struct ledger *ledger;
    const struct batch *batch;
    int64_t before; /* the batch of the run, or one that is not there yet */
    struct waiting_batches found;
};

static void
note_right(struct looking *work, uint32_t member, const struct paying *paying,
           struct money change)
{
    struct waiting_batch *one = NULL;
    for (size_t i = 0; i < work->found.count; i++) {
        if (work->found.items[i].number == paying->unsent_by) {
            one = &work->found.items[i];
        }
    }
    if (one == NULL) {
        one = ARRAY_PUSH(work->ledger->store.keep, &work->found);
        *one = (struct waiting_batch){.number = paying->unsent_by, .last = UINT32_MAX};
    }
    one->taken_back = money_add(one->taken_back, money_min(paying->unsent, change));
    one->members += one->last != member;
    one->last = member;
}

static void
look_at_member(struct looking *work, struct arena scratch, uint32_t member,
               int64_t person)
{
    struct member_result result = liquidate_member(&scratch, work->batch, member);
    struct settlement settlement = settle_member(&scratch, work->batch, member, &result);
    if (settlement.recovery.cents <= 0 && settlement.carried.cents >= 0) {
        return; /* nothing was paid too much: what the run adds has made up for it */
    }
    for (size_t i = 0; i < settlement.count; i++) {
        const struct difference *one = &settlement.items[i];
        struct money change = money_subtract(one->before, one->after);
        if (change.cents <= 0) {
            continue;
        }
        struct paying paying =
            right_paying(work->ledger, person, &one->right, work->before);
        if (paying.unsent.cents > 0) {
            note_right(work, member, &paying, change);
        }
    }
}

/* The persons of the assembly to whom a batch pays something that has not left. */
static struct int64_list
persons_waiting(struct looking *work, struct arena *keep)
{
    struct store *store = &work->ledger->store;
    struct int64_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT DISTINCT p.person FROM payment p JOIN batch b ON b.number = p.batch WHERE "
        "b.assembly = ?1 AND b.number < ?2 AND NOT EXISTS (SELECT 1 FROM answer WHERE "
        "answer.payment = p.seq) AND (SELECT state FROM event WHERE event.batch = b.number AND "
        "state <> '' ORDER BY seq DESC LIMIT 1) NOT IN ('SENT', 'PARTIAL', 'SETTLED') ORDER BY "
        "p.person");
    store_bind_text(all, 1, work->batch->rules->id);
    store_bind(all, 2, work->before);
    while (store_step(store, all)) {
        *ARRAY_PUSH(keep, &list) = store_integer(all, 0);
    }
    return list;
}

static bool
is_among(const struct int64_list *sorted, int64_t value)
{
    size_t low = 0;
    size_t high = sorted->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        low = sorted->items[middle] < value ? middle + 1 : low;
        high = sorted->items[middle] < value ? high : middle;
    }
    return low < sorted->count && sorted->items[low] == value;
}

bool
ledger_tell_unsent(struct ledger *ledger, const struct batch *batch, int64_t number)
{
    struct store *store = &ledger->store;
    enum language language = diag_language(store->diag);
    struct looking work = {ledger, batch, number == 0 ? INT64_MAX : number, {0}};
    struct arena whole = arena_reserve(ARENA_SCRATCH_BYTES);
    struct arena scratch = whole;
    struct int64_list waiting = persons_waiting(&work, &scratch);
    for (uint32_t i = 0; waiting.count > 0 && i < batch->roster->count; i++) {
        struct arena one = scratch;
        struct text ref =
            identity_ref(&one, ledger, batch->rules->id, batch->roster->items[i].id);
        int64_t person = find_person(ledger, ref);
        if (is_among(&waiting, person)) {
            look_at_member(&work, one, i, person);
        }
    }
    arena_release(whole);
    for (size_t i = 0; i < work.found.count; i++) {
        const struct waiting_batch *one = &work.found.items[i];
        struct text state = batch_state(store->keep, ledger, one->number);
        diag_warning(store->diag, (struct where){0}, CODE_G016,
                     "batch %" PRId64
                     " is '%s' and has not left: it still pays %s € that "
                     "this run takes back; members: %zu",
                     one->number, ledger_state_label(language, state),
                     tr_money(store->keep, language, one->taken_back), one->members);
    }
    store_release(store);
    return !store->failed;
}

/* The payments to the person that have not left, on that account number or on another, with the
 * state of their batch. */
static struct sqlite3_stmt *
unsent_payments(struct ledger *ledger, int64_t person, struct text bank, bool same)
{
    struct sqlite3_stmt *unsent = store_statement(
        &ledger->store,
        "SELECT batch, (SELECT state FROM event WHERE event.batch = p.batch AND state <> '' "
        "ORDER BY seq DESC LIMIT 1) AS last FROM payment p WHERE person = ?1 AND (bank = ?2) = ?3 "
        "AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.payment = p.seq) AND last NOT IN "
        "('SENT', 'PARTIAL', 'SETTLED') ORDER BY batch");
    store_bind(unsent, 1, person);
    store_bind_blob(unsent, 2, bank);
    store_bind(unsent, 3, same ? 1 : 0);
    return unsent;
}

void
tell_same_account(struct ledger *ledger, int64_t person, struct text id, struct text bank)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *unsent = unsent_payments(ledger, person, bank, true);
    while (store_step(store, unsent)) {
        diag_warning(
            store->diag, (struct where){0}, CODE_G052,
            "batch %" PRId64
            " is '%s' and has not left: it pays '%.*s' on the account number that the "
            "payment came back from",
            store_integer(unsent, 0),
            ledger_state_label(diag_language(store->diag), store_text(unsent, 1)),
            TEXT_ARG(id));
    }
}

void
tell_other_account(struct ledger *ledger, int64_t person, struct text id,
                   struct text bank)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *others = unsent_payments(ledger, person, bank, false);
    while (store_step(store, others)) {
        diag_warning(
            store->diag, (struct where){0}, CODE_G050,
            "batch %" PRId64
            " is '%s' and has not left: it pays '%.*s' on another account number",
            store_integer(others, 0),
            ledger_state_label(diag_language(store->diag), store_text(others, 1)),
            TEXT_ARG(id));
    }
}
