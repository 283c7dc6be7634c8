/* SPDX-License-Identifier: Apache-2.0 */
/* Taking back: a cancelled batch releases its rights by entries of its own, one against each;
 * what was paid is reversed by a batch of its own. Nothing is ever removed. */
#include "ledger_parts.h"

#include <assert.h>
#include <inttypes.h>

static const struct where nowhere = {0};

struct taken { /* an entry that is taken back */
    int64_t seq, person, amount, fact, ruleset, late, reverses;
    struct text book, kind, component, day, unit, ref;
};
struct taken_list ARRAY_OF(struct taken);

/* A zero person stands for all. */
static struct taken_list
entries_of(struct ledger *ledger, struct arena *keep, int64_t batch, int64_t person)
{
    struct store *store = &ledger->store;
    struct taken_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT e.seq, e.person, amount, fact, ruleset, late, reverses, book, kind, "
        "component, day, unit, ref FROM entry e JOIN person ON person.seq = e.person "
        "WHERE batch = ?1 AND (?2 = 0 OR e.person = ?2) ORDER BY e.seq");
    store_bind(all, 1, batch);
    store_bind(all, 2, person);
    while (store_step(store, all)) {
        struct taken *taken = ARRAY_PUSH(keep, &list);
        int64_t *const numbers[] = {&taken->seq,     &taken->person,  &taken->amount,
                                    &taken->fact,    &taken->ruleset, &taken->late,
                                    &taken->reverses};
        struct text *const texts[] = {&taken->book, &taken->kind, &taken->component,
                                      &taken->day,  &taken->unit, &taken->ref};
        for (size_t i = 0; i < ARRAY_COUNT(numbers); i++) {
            *numbers[i] = store_integer(all, (int)i);
        }
        for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
            *texts[i] = text_copy(keep, store_text(all, (int)(ARRAY_COUNT(numbers) + i)));
        }
    }
    return list;
}

static bool
put(struct ledger *ledger, int64_t batch, const struct taken *taken, const char *cause,
    struct seal *seal)
{
    const struct datum fields[] = {
        datum_integer(batch),           datum_integer(taken->person),
        datum_text(taken->book),        datum_text(taken->kind),
        datum_text(taken->component),   datum_text(taken->day),
        datum_text(taken->unit),        datum_integer(taken->amount),
        datum_integer(taken->fact),     datum_integer(taken->ruleset),
        datum_text(text_of(cause)),     datum_integer(taken->late),
        datum_integer(taken->reverses),
    };
    if (seal != NULL) {
        seal_entry(seal, taken->ref, fields);
    }
    return chain_append(ledger, TABLE_ENTRY, fields, ARRAY_COUNT(fields)) != 0;
}

/* What an entry was before it was taken back comes again as a new entry like it. */
static bool
restore(struct ledger *ledger, int64_t batch, const struct taken *taken)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *was =
        store_statement(store, "SELECT kind, fact, ruleset FROM entry WHERE seq = ?1");
    struct taken again = *taken;
    store_bind(was, 1, taken->reverses);
    if (!store_step(store, was)) {
        return false;
    }
    again.kind = text_copy(store->keep, store_text(was, 0));
    again.fact = store_integer(was, 1);
    again.ruleset = store_integer(was, 2);
    again.amount = -taken->amount;
    again.reverses = 0;
    return put(ledger, batch, &again, "cancel", NULL);
}

static bool
take_back(struct ledger *ledger, int64_t batch, const struct taken *taken,
          const char *cause, struct seal *seal)
{
    struct taken back = *taken;
    back.kind = STR("REVERSAL");
    back.amount = -taken->amount;
    back.reverses = taken->seq;
    return put(ledger, batch, &back, cause, seal);
}

static bool
cancel_payments(struct ledger *ledger, int64_t batch)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *all = store_statement(
        store, "SELECT seq FROM payment p WHERE batch = ?1 AND NOT EXISTS "
               "(SELECT 1 FROM answer WHERE answer.payment = p.seq)");
    struct int64_list list = {0};
    store_bind(all, 1, batch);
    while (store_step(store, all)) {
        *ARRAY_PUSH(store->keep, &list) = store_integer(all, 0);
    }
    bool good = !store->failed;
    for (size_t i = 0; i < list.count && good; i++) {
        good = answer_append(ledger, batch, list.items[i], "cancelled", STR(""));
    }
    return good;
}

/* A right of the batch that a later batch has touched cannot be let go any more. */
static bool
nothing_builds_on(struct ledger *ledger, int64_t batch)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *later = store_statement(
        store,
        "SELECT l.batch FROM entry e JOIN entry l ON l.person = e.person AND l.component "
        "= e.component AND l.day = e.day AND l.unit = e.unit AND l.book = e.book "
        "WHERE e.batch = ?1 AND l.batch > ?1 AND (SELECT state FROM event WHERE "
        "event.batch = l.batch AND state <> '' ORDER BY seq DESC LIMIT 1) <> 'CANCELLED' "
        "ORDER BY 1 LIMIT 1");
    store_bind(later, 1, batch);
    int64_t other = store_value(store, later);
    return !store->failed &&
           (other == 0 ||
            diag_error(store->diag, nowhere, CODE_P105,
                       "batch %" PRId64 " cannot be cancelled: batch %" PRId64
                       " builds on it",
                       batch, other));
}

/* What the batch took back from somebody, and did not list itself, may be on the list of a later
 * one: let go, it would be paid out, and stay on that list. */
static bool
nothing_is_listed_of_it(struct ledger *ledger, int64_t batch)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *later = store_statement(
        store,
        "SELECT l.batch FROM (SELECT person FROM entry WHERE batch = ?1 AND book <> 'collected' "
        "GROUP BY person HAVING sum(amount) < 0) t JOIN entry l ON l.person = t.person WHERE "
        "l.kind = 'RECOVER' AND l.amount > 0 AND l.batch > ?1 AND NOT EXISTS (SELECT 1 FROM "
        "entry r WHERE r.reverses = l.seq AND r.reverses > 0) AND 0 < (SELECT sum(CASE book WHEN "
        "'recovery' THEN amount ELSE -amount END) FROM entry e WHERE e.person = t.person AND "
        "book <> 'right') ORDER BY 1 LIMIT 1");
    store_bind(later, 1, batch);
    int64_t other = store_value(store, later);
    return !store->failed &&
           (other == 0 ||
            diag_error(
                store->diag, nowhere, CODE_P105,
                "batch %" PRId64 " cannot be cancelled: batch %" PRId64
                " has listed a debt of one of its members since; if what it takes back is "
                "due after all, a run whose --since reaches its days gives it again, off "
                "that list first",
                batch, other));
}

struct overpaid { /* what a member has been paid too much: a balance below zero, or 0 */
    int64_t person, balance;
};
struct overpaid_list ARRAY_OF(struct overpaid);

/* Of each member of the batch, in the order of the ledger's persons. */
static struct overpaid_list
overpaid_of(struct ledger *ledger, struct arena *keep, int64_t batch)
{
    struct store *store = &ledger->store;
    struct overpaid_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT p.person, (SELECT ifnull(sum(amount), 0) FROM entry WHERE entry.person = "
        "p.person AND book <> 'collected') - (SELECT ifnull(sum(amount), 0) FROM payment WHERE "
        "payment.person = p.person AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.payment = "
        "payment.seq)) FROM (SELECT DISTINCT person FROM entry WHERE batch = ?1) p ORDER BY "
        "p.person");
    store_bind(all, 1, batch);
    while (store_step(store, all)) {
        int64_t balance = store_integer(all, 1);
        *ARRAY_PUSH(keep, &list) =
            (struct overpaid){store_integer(all, 0), balance < 0 ? balance : 0};
    }
    return list;
}

/* Whether a later payment that stands would have been too much without the batch, whose entries
 * have been taken back. */
static bool
lived_on(struct ledger *ledger, int64_t batch, int64_t person)
{
    struct sqlite3_stmt *later = store_statement(
        &ledger->store,
        "SELECT count(*) FROM payment q WHERE q.person = ?1 AND q.batch > ?2 AND NOT EXISTS "
        "(SELECT 1 FROM answer WHERE answer.payment = q.seq) AND (SELECT ifnull(sum(amount), 0) "
        "FROM entry e WHERE e.person = ?1 AND e.batch <= q.batch AND book <> 'collected') < "
        "(SELECT sum(amount) FROM payment p WHERE p.person = ?1 AND p.batch <= q.batch AND NOT "
        "EXISTS (SELECT 1 FROM answer WHERE answer.payment = p.seq))");
    store_bind(later, 1, person);
    store_bind(later, 2, batch);
    return store_value(&ledger->store, later) > 0;
}

/* An overpayment that the batch had worked off comes back as it was; one that was none before is
 * what a later batch has paid on the strength of this one. */
static bool
nobody_lived_on_it(struct ledger *ledger, int64_t batch,
                   const struct overpaid_list *before, const struct overpaid_list *after)
{
    bool good = true;
    assert(after->count <= before->count); /* the same persons, or the database failed */
    for (size_t i = 0; i < after->count && good; i++) {
        good = after->items[i].balance >= before->items[i].balance ||
               !lived_on(ledger, batch, after->items[i].person);
    }
    return good || diag_error(ledger->store.diag, nowhere, CODE_P105,
                              "batch %" PRId64
                              " cannot be cancelled: a later batch has paid what "
                              "it owed",
                              batch);
}

/* How many members of the batch have less listed for recovery than was recovered of it. */
static int64_t
recovered_more(struct ledger *ledger, int64_t batch)
{
    struct sqlite3_stmt *count = store_statement(
        &ledger->store,
        "SELECT count(*) FROM (SELECT DISTINCT person FROM entry WHERE batch = ?1) p WHERE "
        "(SELECT sum(CASE book WHEN 'recovery' THEN amount ELSE -amount END) FROM entry "
        "WHERE entry.person = p.person AND book <> 'right') < 0");
    store_bind(count, 1, batch);
    return store_value(&ledger->store, count);
}

/* An entry that a batch since cancelled had taken back stands again as another one. */
static int64_t
standing_for(struct ledger *ledger, const struct taken *taken)
{
    struct sqlite3_stmt *find = store_statement(
        &ledger->store,
        "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = ?1 AND "
        "r.reverses > 0) THEN ?1 ELSE (SELECT x.seq FROM entry x JOIN entry e ON e.seq = ?1 "
        "WHERE (x.person, x.component, x.day, x.unit, x.book, x.kind, x.amount, x.cause) = "
        "(e.person, e.component, e.day, e.unit, e.book, e.kind, e.amount, 'cancel') AND x.seq > "
        "e.seq AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = x.seq AND r.reverses "
        "> 0) ORDER BY x.seq LIMIT 1) END");
    store_bind(find, 1, taken->seq);
    return store_value(&ledger->store, find);
}

static bool
take_back_all(struct ledger *ledger, int64_t batch, const struct taken_list *list,
              const char *cause, struct seal *seal)
{
    for (size_t i = 0; i < list->count; i++) {
        struct taken taken = list->items[i];
        if (taken.reverses != 0) {
            continue;
        }
        taken.seq = standing_for(ledger, &taken);
        assert(taken.seq != 0 || ledger->store.failed); /* nothing later builds on it */
        if (!take_back(ledger, batch, &taken, cause, seal)) {
            return false;
        }
    }
    return true;
}

bool
cancel_entries(struct ledger *ledger, int64_t batch, const struct act *act)
{
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    struct arena whole = scratch;
    (void)act;
    bool good =
        nothing_builds_on(ledger, batch) && nothing_is_listed_of_it(ledger, batch);
    struct taken_list list = entries_of(ledger, &scratch, batch, 0);
    struct overpaid_list before = overpaid_of(ledger, &scratch, batch);
    good = good && take_back_all(ledger, batch, &list, "cancel", NULL);
    for (size_t i = 0; i < list.count && good; i++) {
        if (list.items[i].reverses != 0) {
            good = restore(ledger, batch, &list.items[i]);
        }
    }
    good = good && cancel_payments(ledger, batch);
    struct overpaid_list after = overpaid_of(ledger, &scratch, batch);
    good = good && nobody_lived_on_it(ledger, batch, &before, &after);
    arena_release(whole);
    if (good && recovered_more(ledger, batch) > 0) {
        good = diag_error(ledger->store.diag, nowhere, CODE_P105,
                          "batch %" PRId64
                          " cannot be cancelled: what it listed for recovery has been "
                          "recovered or given back since",
                          batch);
    }
    return good;
}

/* A batch without payments of its own: what it takes back becomes an overpayment. */
static bool
open_reversal(struct ledger *ledger, int64_t number, int64_t reversed,
              const char *version)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *was = store_statement(
        store,
        "SELECT assembly, title, authority, language, day_from, day_to, since, ruleset, "
        "single FROM batch WHERE number = ?1");
    store_bind(was, 1, reversed);
    if (!store_step(store, was)) {
        return false;
    }
    struct text texts[7];
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
        texts[i] = text_copy(store->keep, store_text(was, (int)i));
    }
    struct datum nothing = datum_text(STR(""));
    const struct datum fields[] = {
        datum_integer(number),
        datum_text(STR("reverse")),
        datum_text(texts[0]),
        datum_text(texts[1]),
        datum_text(texts[2]),
        datum_text(texts[3]),
        datum_text(texts[4]),
        datum_text(texts[5]),
        datum_text(texts[6]),
        nothing,
        datum_integer(store_integer(was, 7)),
        datum_text(text_of(version)),
        datum_integer(store_integer(was, 8)),
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
    };
    return chain_append(ledger, TABLE_BATCH, fields, ARRAY_COUNT(fields)) != 0;
}

static bool
seal_reversal(struct ledger *ledger, int64_t number, struct seal *seal)
{
    seal_finish(seal);
    const struct datum fields[] = {
        datum_integer(number),
        datum_bytes(seal->digest.bytes, sizeof seal->digest.bytes),
        datum_integer(seal->entries),
        datum_integer(0),
        datum_integer(0),
    };
    return chain_append(ledger, TABLE_SEAL, fields, ARRAY_COUNT(fields)) != 0;
}

/* The entries of the member that still stand in the batch; none after a diagnostic. */
static struct taken_list
entries_to_reverse(struct ledger *ledger, int64_t batch, struct text member)
{
    struct store *store = &ledger->store;
    struct taken_list standing = {0};
    struct text state = batch_state(store->keep, ledger, batch);
    static const char *const paid[] = {"SENT", "PARTIAL", "SETTLED"};
    bool may = false;
    for (size_t i = 0; i < ARRAY_COUNT(paid); i++) {
        may = may || text_equals(state, text_of(paid[i]));
    }
    if (!may) {
        ledger_refuse(ledger, LEDGER_RETURNED, batch);
        return standing;
    }
    struct text ref = batch_ref(ledger, batch, member);
    struct sqlite3_stmt *find =
        store_statement(store, "SELECT seq FROM person WHERE ref = ?1");
    store_bind_text(find, 1, ref);
    int64_t person = store_value(store, find);
    struct taken_list all = {0};
    if (person != 0) {
        all = entries_of(ledger, store->keep, batch, person);
    }
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].reverses == 0 && text_equals(all.items[i].book, STR("right")) &&
            standing_for(ledger, &all.items[i]) != 0) {
            *ARRAY_PUSH(store->keep, &standing) = all.items[i];
        }
    }
    if (standing.count == 0 && !store->failed) {
        diag_error(store->diag, nowhere, CODE_G006,
                   "nothing of '%.*s' stands in batch %" PRId64, TEXT_ARG(member), batch);
    }
    return standing;
}

/* A later batch that lowered a right would stand without what it lowered. */
static bool
stands_above_zero(struct ledger *ledger, int64_t batch, const struct taken *taken,
                  struct text member)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *below = store_statement(
        store, "SELECT count(*) FROM (SELECT 1 FROM entry WHERE person = ?1 AND book = "
               "'right' GROUP BY component, day, unit HAVING sum(amount) < 0)");
    store_bind(below, 1, taken->person);
    int64_t count = store_value(store, below);
    return !store->failed &&
           (count == 0 ||
            diag_error(store->diag, nowhere, CODE_P105,
                       "batch %" PRId64 " cannot be reversed for '%.*s': a later batch "
                       "has lowered what it posted; reverse that one first",
                       batch, TEXT_ARG(member)));
}

bool
ledger_reverse(struct ledger *ledger, int64_t batch, struct text member,
               const struct act *act, const char *version, int64_t *made)
{
    struct taken_list list = entries_to_reverse(ledger, batch, member);
    bool again = false;
    if (list.count == 0) {
        return false;
    }
    *made = next_batch(ledger);
    bool good = open_reversal(ledger, *made, batch, version);
    struct seal seal = seal_start(ledger, *made);
    good = good && take_back_all(ledger, *made, &list, "reverse", &seal) &&
           stands_above_zero(ledger, batch, &list.items[0], member) &&
           seal_reversal(ledger, *made, &seal);
    return good && ledger_move(ledger, LEDGER_PREPARE, *made, STR(""), act, &again);
}
