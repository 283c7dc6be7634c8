/* SPDX-License-Identifier: Apache-2.0 */
/* The guards: what may not be recorded, and what nobody may approve. They stand in the
 * ledger and not in a command, so that there is no way around them. */
#include "defray/ledger_view.h"
#include "defray/settlement.h"

#include "ledger_parts.h"

#include <inttypes.h>
#include <string.h>

static const struct where nowhere = {0};

#define LISTED_MAX 20 /* differences told one by one */

bool
ledger_texts_allow(struct diag *diag, const struct batch *batch,
                   const struct summary *summary)
{
    size_t told = 0;
    struct arena whole = arena_reserve(ARENA_SCRATCH_BYTES);
    for (uint32_t member = 0; member < batch->roster->count; member++) {
        struct arena scratch = whole;
        if (summary->persons[member].untold == 0) {
            continue;
        }
        struct member_result result = liquidate_member(&scratch, batch, member);
        struct settlement settlement = settle_member(&scratch, batch, member, &result);
        for (size_t i = 0; i < settlement.count && told < LISTED_MAX; i++) {
            const struct difference *one = &settlement.items[i];
            char day[DATE_TEXT_MAX];
            if (!one->retroactive_missing) {
                continue;
            }
            const char *before = tr_money(&scratch, diag_language(diag), one->before);
            const char *after = tr_money(&scratch, diag_language(diag), one->after);
            told++;
            diag_error(
                diag, one->where, CODE_P106,
                "the rules now give %s € for %s to '%.*s', who was paid %s €, and no "
                "text makes that retroactive",
                after, date_text(one->right.day, day),
                TEXT_ARG(batch->roster->items[member].id), before);
        }
    }
    arena_release(whole);
    return summary->untold == 0;
}

static bool
is_declared_shared(struct ledger *ledger, struct text assembly, const struct payee *payee)
{
    struct arena *keep = ledger->store.keep;
    struct text ref = identity_ref(keep, ledger, assembly, payee->id);
    struct payee_marks marks;
    if (!identity_find(ledger, ref, payee, &marks)) {
        return false;
    }
    struct sqlite3_stmt *shared = store_statement(
        &ledger->store,
        "SELECT count(*) FROM account JOIN person ON person.seq = account.person "
        "WHERE person.ref = ?1 AND bank = ?2 AND what = 'shared'");
    store_bind_text(shared, 1, ref);
    store_bind_blob(shared, 2, (struct text){(const char *)marks.bank.bytes, 32});
    return store_value(&ledger->store, shared) > 0;
}

/* Always false. Whose account it is, beside the member's: `assembly` is empty if the same. */
static bool
refuse_shared(struct ledger *ledger, struct where where, struct text id,
              const struct sharer *other)
{
    struct diag *diag = ledger->store.diag;
    if (is_office(other->assembly)) {
        return diag_error(diag, where, CODE_P117,
                          "'%.*s' has the account number of '%.*s', who handles payments",
                          TEXT_ARG(id), TEXT_ARG(other->id));
    }
    if (other->assembly.size == 0) {
        return diag_error(diag, where, CODE_P104,
                          "'%.*s' has the account number of '%.*s'", TEXT_ARG(id),
                          TEXT_ARG(other->id));
    }
    return diag_error(diag, where, CODE_P104,
                      "'%.*s' has the account number of '%.*s' of '%.*s'", TEXT_ARG(id),
                      TEXT_ARG(other->id), TEXT_ARG(other->assembly));
}

/* Two members with one account, in this batch or as known from before. No declaration makes the
 * account of one who handles payments a member's. */
static bool
accounts_are_apart(struct ledger *ledger, const struct recording *recording)
{
    const struct batch *batch = recording->batch;
    struct arena *keep = ledger->store.keep;
    struct map seen = {0};
    bool good = true;
    for (uint32_t member = 0; member < batch->roster->count; member++) {
        const struct participation *row =
            participant_in(&batch->roster->items[member], batch->period);
        struct payee payee = payee_of(batch, member);
        if (recording->summary->persons[member].total.cents == 0 ||
            payee.iban.size == 0 || row->bank.state != BANK_RIGHT) {
            continue;
        }
        uint32_t first = map_insert(keep, &seen, payee.iban, member);
        struct text ref = identity_ref(keep, ledger, batch->rules->id, payee.id);
        struct sharer other = identity_sharer(keep, ledger, ref, payee.iban);
        if (first != member && !is_office(other.assembly)) {
            other = (struct sharer){.id = batch->roster->items[first].id};
        }
        if (text_equals(other.assembly, batch->rules->id)) {
            other.assembly = STR("");
        }
        if (other.id.size > 0 &&
            (is_office(other.assembly) ||
             !is_declared_shared(ledger, batch->rules->id, &payee))) {
            good = refuse_shared(ledger, row->where, payee.id, &other);
        }
    }
    return good;
}

/* The last batch of the assembly, or of the ledger if it has none, if it needed two persons; else
 * 0. */
static int64_t
last_of_two(struct ledger *ledger, struct text assembly, int64_t *seq)
{
    struct sqlite3_stmt *last = store_statement(
        &ledger->store,
        "SELECT number, seq, single FROM batch WHERE kind = 'pay' ORDER BY "
        "assembly = ?1 DESC, number DESC LIMIT 1");
    store_bind_text(last, 1, assembly);
    if (!store_step(&ledger->store, last) || store_integer(last, 2) == 1) {
        return 0;
    }
    *seq = store_integer(last, 1);
    return store_integer(last, 0);
}

/* Whether the actor (`same`), or somebody else, has let one person pay since that row. */
static bool
one_was_let(struct ledger *ledger, struct text assembly, int64_t since, struct text actor,
            bool same)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *acts = store_statement(
        store,
        "SELECT actor FROM event WHERE verb = 'single-person' AND subject = ?1 AND "
        "seq > ?2");
    bool found = false;
    store_bind_text(acts, 1, assembly);
    store_bind(acts, 2, since);
    while (store_step(store, acts)) {
        found = found || same_actor(ledger, store_text(acts, 0), actor) == same;
    }
    return found;
}

/* The rules are a file in the hands of whoever prepares: that it names one person where there
 * were two is said by another one first. */
static bool
persons_are_enough(struct ledger *ledger, const struct recording *recording)
{
    const struct rules *rules = recording->batch->rules;
    int64_t seq = 0;
    int64_t number =
        rules->payment.single_person ? last_of_two(ledger, rules->id, &seq) : 0;
    if (number == 0 ||
        one_was_let(ledger, rules->id, seq, recording->act->actor, false)) {
        return !ledger->store.failed;
    }
    return diag_error(ledger->store.diag, (struct where){.input = rules->file}, CODE_P116,
                      "batch %" PRId64
                      " needed two persons, and by these rules one person "
                      "prepares and pays for '%.*s': somebody else than '%.*s' must have "
                      "recorded that first",
                      number, TEXT_ARG(rules->id), TEXT_ARG(recording->act->actor));
}

bool
ledger_let_one(struct ledger *ledger, const struct rules *rules, const struct act *act,
               bool *again)
{
    int64_t seq = 0;
    if (!rules->payment.single_person) {
        return diag_error(ledger->store.diag, (struct where){.input = rules->file},
                          CODE_P116, "by the rules of '%.*s' two persons are needed",
                          TEXT_ARG(rules->id));
    }
    int64_t number = last_of_two(ledger, rules->id, &seq);
    struct act told = *act;
    told.subject = rules->id;
    *again = one_was_let(ledger, rules->id, seq, act->actor, true) && number != 0;
    return !ledger->store.failed &&
           (*again || event_append(ledger, 0, "single-person", "", &told));
}

bool
recording_allowed(struct ledger *ledger, const struct recording *recording)
{
    bool open = ledger_period_is_open(ledger, recording->batch);
    bool texts =
        ledger_texts_allow(ledger->store.diag, recording->batch, recording->summary);
    bool persons = persons_are_enough(ledger, recording);
    return accounts_are_apart(ledger, recording) && open && texts && persons;
}

/* Who has had a hand in the batch. */
static struct text
preparer_of(struct ledger *ledger, int64_t batch)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *find = store_statement(
        store, "SELECT actor FROM event WHERE batch = ?1 AND verb = 'prepare'");
    store_bind(find, 1, batch);
    return store_step(store, find) ? text_copy(store->keep, store_text(find, 0))
                                   : STR("");
}

/* Every payment goes to an account that somebody other than the preparer has confirmed, or in an
 * office of one person the preparer, and that nothing has come back from since. */
static bool
accounts_confirmed(struct ledger *ledger, int64_t batch, struct text preparer, bool alone)
{
    struct store *store = &ledger->store;
    bool good = true;
    struct sqlite3_stmt *all = store_statement(
        store, "SELECT p.person, p.bank, ref FROM payment p JOIN person ON person.seq = "
               "p.person WHERE batch = ?1 ORDER BY number");
    store_bind(all, 1, batch);
    while (store_step(store, all)) {
        struct text bank = store_text(all, 1);
        enum hold hold =
            account_hold(ledger, store_integer(all, 0), bank, preparer, alone);
        if (hold != HOLD_NONE) {
            struct text ref = store_text(all, 2);
            struct text id = identity_id(store->keep, ledger, ref);
            good = diag_error(store->diag, nowhere, CODE_P103, "'%.*s': %s", TEXT_ARG(id),
                              hold_label(diag_language(store->diag), hold));
        }
    }
    return good && !store->failed;
}

bool
approval_allowed(struct ledger *ledger, int64_t batch, const struct act *act)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *single =
        store_statement(store, "SELECT single FROM batch WHERE number = ?1");
    store_bind(single, 1, batch);
    bool alone = store_value(store, single) == 1;
    struct text preparer = preparer_of(ledger, batch);
    bool good = seals_hold(ledger, batch);
    if (!alone && same_actor(ledger, preparer, act->actor)) {
        good = diag_error(store->diag, nowhere, CODE_P102,
                          "batch %" PRId64 " was prepared by '%.*s': somebody else must "
                          "approve it",
                          batch, TEXT_ARG(preparer));
    }
    return accounts_confirmed(ledger, batch, preparer, alone) && good && !store->failed;
}
