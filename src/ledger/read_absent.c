/* SPDX-License-Identifier: Apache-2.0 */
/* Who is owed something and is in no row of the members' table: no run would ever name them. And
 * who owes something that no payment comes to settle: of those, and of former members. */
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

/* Above zero: the person is owed that much. Below: the person owes it. */
static size_t
tell_one(struct ledger *ledger, struct text ref, struct money owed)
{
    struct store *store = &ledger->store;
    enum language language = diag_language(store->diag);
    if (owed.cents == 0) {
        return 0;
    }
    struct text id = identity_id(store->keep, ledger, ref);
    if (owed.cents > 0) {
        diag_warning(store->diag, (struct where){0}, CODE_G012,
                     "'%.*s' is owed %s € and is not in the members' table", TEXT_ARG(id),
                     tr_money(store->keep, language, owed));
    } else {
        diag_warning(store->diag, (struct where){0}, CODE_G014,
                     "'%.*s' owes %s € and is not in the members' table", TEXT_ARG(id),
                     tr_money(store->keep, language, (struct money){-owed.cents}));
    }
    return 1;
}

/* What is carried over, of those whose mandate ends with the period or before. */
static size_t
tell_former(struct diag *diag, const struct batch *batch, const struct summary *summary)
{
    size_t count = 0;
    char day[DATE_TEXT_MAX];
    for (size_t i = 0; i < batch->roster->count; i++) {
        const struct participant *participant = &batch->roster->items[i];
        struct money owed = {-summary->persons[i].carried.cents};
        struct date last = participant->rows[participant->row_count - 1].during.to;
        if (owed.cents <= 0 || date_compare(last, batch->period.to) > 0) {
            continue;
        }
        count++;
        diag_warning(diag, participant_in(participant, batch->period)->where, CODE_G014,
                     "'%.*s' owes %s €, and the mandate ends on %s: no payment comes "
                     "to take it from",
                     TEXT_ARG(participant->id),
                     tr_money(diag_arena(diag), diag_language(diag), owed),
                     date_text(last, day));
    }
    return count;
}

bool
ledger_tell_absent(struct ledger *ledger, const struct batch *batch,
                   const struct summary *summary, size_t *count)
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
    *count = tell_former(store->diag, batch, summary);
    store_bind_text(all, 1, batch->rules->id);
    while (store_step(store, all)) {
        struct text ref = store_text(all, 0);
        if (map_find(&known, ref) == MAP_NONE) {
            *count += tell_one(ledger, ref, owed_to(ledger, store_integer(all, 1)));
        }
    }
    arena_release(whole);
    store_release(ledger->identity);
    return !store->failed && !ledger->identity->failed;
}
