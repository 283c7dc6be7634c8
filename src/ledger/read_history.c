/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid for the rights of a period, and where each member's account stands, as plain
 * data in the order of the members' table. */
#include "defray/ledger_view.h"

#include "same_rules.h"

#include <inttypes.h>

static const struct where nowhere = {0};

struct paid_list ARRAY_OF(struct paid_right);

struct reader {
    struct arena *keep;
    struct ledger *ledger;
    const struct batch *batch;
    struct text actor;
    const char *from, *to; /* of the days that are settled */
    struct same_rules rules;
    struct paid_list paid;
    struct history *history;
};

int64_t
find_person(struct ledger *ledger, struct text ref)
{
    struct sqlite3_stmt *find =
        store_statement(&ledger->store, "SELECT seq FROM person WHERE ref = ?1");
    store_bind_text(find, 1, ref);
    return store_value(&ledger->store, find);
}

/* Whether only batches that were cancelled ever had the right. */
static bool
was_only_cancelled(struct reader *reader, int64_t person, const struct right *right)
{
    struct store *store = &reader->ledger->store;
    struct sqlite3_stmt *others = store_statement(
        store,
        "SELECT count(*) FROM entry WHERE person = ?1 AND component = ?2 AND day = ?3 AND unit "
        "= ?4 AND book = 'right' AND seq < ?5 AND NOT EXISTS (SELECT 1 FROM event WHERE "
        "event.batch = entry.batch AND event.state = 'CANCELLED' AND event.seq < ?5)");
    bind_right(others, reader->keep, person, right);
    store_bind(others, 5, rows_end(reader->ledger));
    return store_value(store, others) == 0;
}

/* A right that only a cancelled batch had is as if it had never been. The last entry says by which
 * fact and which rules a right stands, unless something was taken back. */
static void
read_rights(struct reader *reader, int64_t person)
{
    struct store *store = &reader->ledger->store;
    struct sqlite3_stmt *rights = store_statement(
        store,
        "SELECT component, day, unit, sum(amount), max(seq), fact, ruleset, cause, "
        "sum(reverses > 0), count(*) FROM entry WHERE person = ?1 AND book = 'right' AND day "
        "BETWEEN ?2 AND ?3 AND seq < ?4 GROUP BY component, day, unit ORDER BY component, day, "
        "unit");
    store_bind(rights, 1, person);
    store_bind_text(rights, 2, text_of(reader->from));
    store_bind_text(rights, 3, text_of(reader->to));
    store_bind(rights, 4, rows_end(reader->ledger));
    while (store_step(store, rights)) {
        struct paid_right paid = {
            .right.component = text_copy(reader->keep, store_text(rights, 0)),
            .right.unit = text_copy(reader->keep, store_text(rights, 2)),
            .amount = {store_integer(rights, 3)},
            .fact = (uint64_t)store_integer(rights, 5),
        };
        int64_t ruleset = store_integer(rights, 6);
        (void)date_parse_iso(store_text(rights, 1), &paid.right.day);
        if (paid.amount.cents != 0 && store_integer(rights, 8) > 0) {
            right_stands_by(reader->ledger, *reader->keep, person, &paid, &ruleset);
        }
        if (paid.amount.cents != 0 ||
            !text_equals(store_text(rights, 7), STR("cancel")) ||
            !was_only_cancelled(reader, person, &paid.right)) {
            if (store_integer(rights, 9) > 1) {
                paid.most =
                    right_stood_at(reader->ledger, *reader->keep, person, &paid.right);
            }
            paid.same_rules = same_rules_on(&reader->rules, ruleset, &paid.right);
            paid.rules = rules_before(&reader->rules, ruleset);
            *ARRAY_PUSH(reader->keep, &reader->paid) = paid;
        }
    }
}

/* What was taken back since of the rights that the payment of a batch paid: those of the batches
 * after `since`, of which an earlier payment had paid all. What rose elsewhere is no part of it; of
 * one day, it took the place. */
static struct money
taken_back(struct ledger *ledger, int64_t person, int64_t since, int64_t batch)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *sum = store_statement(
        store,
        "SELECT ifnull(sum(min(paid, -change)), 0) FROM (SELECT paid, (SELECT ifnull(sum("
        "e.amount), 0) FROM entry e WHERE e.person = ?1 AND e.book = 'right' AND e.component = "
        "f.component AND e.day = f.day AND e.batch > ?3 AND e.seq < ?4) AS change FROM (SELECT "
        "component, day, sum(amount) AS paid FROM entry WHERE person = ?1 AND book = 'right' "
        "AND batch > ?2 AND batch <= ?3 GROUP BY component, day HAVING sum(amount) > 0) f) "
        "WHERE change < 0");
    store_bind(sum, 1, person);
    store_bind(sum, 2, since);
    store_bind(sum, 3, batch);
    store_bind(sum, 4, rows_end(ledger));
    return (struct money){store_value(store, sum)};
}

/* What of the payments that came back, and that no later one has paid again, is for rights that
 * were taken back since: the member has not got it, and is not owed it. */
static struct money
returned_of(struct ledger *ledger, int64_t person)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *returned = store_statement(
        store,
        "SELECT p.amount, p.batch, (SELECT ifnull(max(o.batch), 0) FROM payment o WHERE "
        "o.person = ?1 AND o.batch < p.batch AND NOT EXISTS (SELECT 1 FROM answer c WHERE "
        "c.payment = o.seq AND c.seq < p.seq)) FROM payment p JOIN answer a ON a.payment = p.seq WHERE "
        "p.person = ?1 AND a.seq < ?2 AND a.what = 'returned' AND NOT EXISTS (SELECT 1 FROM "
        "payment q WHERE q.person = ?1 AND q.seq > a.seq AND q.seq < ?2 AND NOT EXISTS "
        "(SELECT 1 FROM answer b WHERE b.payment = q.seq AND b.what = 'cancelled' AND b.seq < "
        "?2))");
    struct money sum = {0};
    store_bind(returned, 1, person);
    store_bind(returned, 2, rows_end(ledger));
    while (store_step(store, returned)) {
        struct money paid = {store_integer(returned, 0)};
        struct money back = taken_back(ledger, person, store_integer(returned, 2),
                                       store_integer(returned, 1));
        sum = money_add(sum, money_min(paid, back));
    }
    return sum;
}

struct position
read_standing(struct ledger *ledger, int64_t person)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *books = store_statement(
        store,
        "SELECT ifnull(sum(CASE WHEN book IN ('right', 'recovery') THEN amount END), 0) "
        "- (SELECT ifnull(sum(amount), 0) FROM payment WHERE person = ?1 AND seq < ?2 AND "
        "NOT EXISTS (SELECT 1 FROM answer WHERE answer.payment = payment.seq AND answer.seq < "
        "?2)), "
        "ifnull(sum(CASE book WHEN 'recovery' THEN amount WHEN 'collected' THEN -amount "
        "END), 0) FROM entry WHERE person = ?1 AND seq < ?2");
    struct position standing = {0};
    store_bind(books, 1, person);
    store_bind(books, 2, rows_end(ledger));
    if (store_step(store, books)) {
        standing.balance.cents = store_integer(books, 0);
        standing.receivable.cents = store_integer(books, 1);
    }
    if (standing.balance.cents > 0 && standing.receivable.cents > 0) {
        standing.returned = money_min(standing.balance, returned_of(ledger, person));
    }
    return standing;
}

bool
account_was_left(struct ledger *ledger, int64_t person, struct text bank, int64_t since)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *others = store_statement(
        store,
        "SELECT (SELECT count(*) FROM account WHERE person = ?1 AND bank <> ?2 AND what IN "
        "('confirmed', 'shared') AND seq > ?3 AND seq < ?4) + (SELECT count(*) FROM payment "
        "WHERE person = ?1 AND bank <> ?2 AND seq > ?3 AND seq < ?4)");
    store_bind(others, 1, person);
    store_bind_blob(others, 2, bank);
    store_bind(others, 3, since);
    store_bind(others, 4, rows_end(ledger));
    return store_value(store, others) > 0;
}

enum hold
account_hold(struct ledger *ledger, int64_t person, struct text bank, struct text actor,
             bool single_person)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *acts = store_statement(
        store,
        "SELECT what, actor, seq FROM account WHERE person = ?1 AND bank = ?2 AND seq < "
        "?3 ORDER BY seq");
    struct sqlite3_stmt *others = store_statement(
        store,
        "SELECT count(*) FROM account WHERE person = ?1 AND bank <> ?2 AND seq < ?3");
    enum hold hold = HOLD_NEW_ACCOUNT;
    int64_t last = 0;
    store_bind(acts, 1, person);
    store_bind_blob(acts, 2, bank);
    store_bind(acts, 3, rows_end(ledger));
    while (store_step(store, acts)) {
        struct text what = store_text(acts, 0);
        bool other = single_person || !same_actor(ledger, store_text(acts, 1), actor);
        if (text_equals(what, STR("came_back"))) {
            hold = HOLD_CAME_BACK;
        } else if (!text_equals(what, STR("seen")) && other) {
            hold = HOLD_NONE;
            last = store_integer(acts, 2);
        }
    }
    if (hold == HOLD_NONE && account_was_left(ledger, person, bank, last)) {
        return HOLD_CHANGED_ACCOUNT;
    }
    store_bind(others, 1, person);
    store_bind_blob(others, 2, bank);
    store_bind(others, 3, rows_end(ledger));
    if (hold == HOLD_NEW_ACCOUNT && store_value(store, others) > 0) {
        hold = HOLD_CHANGED_ACCOUNT;
    }
    return hold;
}

struct payee
payee_of(const struct batch *batch, uint32_t member)
{
    const struct participant *participant = &batch->roster->items[member];
    const struct participation *row = participant_in(participant, batch->period);
    const struct particulars *stated = particulars_of(row);
    return (struct payee){
        .id = participant->id,
        .last_name = participant->last_name,
        .first_name = participant->first_name,
        .iban = row->bank.iban,
        .bic = stated->bic,
        .holder = stated->holder,
        .town = stated->town,
        .postcode = stated->postcode,
        .country = stated->country,
    };
}

static void
read_member(struct reader *reader, uint32_t member)
{
    struct ledger *ledger = reader->ledger;
    struct arena scratch = *reader->keep;
    const struct batch *batch = reader->batch;
    struct text ref =
        identity_ref(&scratch, ledger, batch->rules->id, batch->roster->items[member].id);
    int64_t person = find_person(ledger, ref);
    struct position *standing = &reader->history->standings[member];
    struct payee payee = payee_of(batch, member);
    struct payee_marks marks;
    standing->hold = HOLD_NEW_ACCOUNT;
    if (person != 0) {
        *standing = read_standing(reader->ledger, person);
        standing->hold = HOLD_NEW_ACCOUNT;
        if (identity_find(ledger, ref, &payee, &marks)) {
            struct text bank = {(const char *)marks.bank.bytes, sizeof marks.bank.bytes};
            standing->hold = account_hold(ledger, person, bank, reader->actor,
                                          batch->rules->payment.single_person);
        }
    }
    if (person != 0) {
        read_rights(reader, person);
    }
    reader->history->first[member + 1] = reader->paid.count;
}

/* Purged, and nothing was posted since: nothing of theirs can change. */
static bool
is_purged(struct ledger *ledger, struct text ref, int64_t person)
{
    struct sqlite3_stmt *last = store_statement(
        &ledger->store,
        "SELECT count(*) FROM event WHERE verb = 'purge' AND subject = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM entry WHERE person = ?2 AND entry.seq > event.seq)");
    store_bind_text(last, 1, ref);
    store_bind(last, 2, person);
    return store_value(&ledger->store, last) > 0;
}

static void
count_absent(struct reader *reader, int64_t person)
{
    struct position standing = read_standing(reader->ledger, person);
    if (standing.receivable.cents > 0) {
        struct money *sum = &reader->history->absent_receivable;
        *sum = money_add(*sum, standing.receivable);
        reader->history->absent_debtors++;
    }
}

/* Somebody who was paid for these days, and not only by batches that were cancelled, and is in no
 * row of the members' table would be forgotten. What is to be recovered of the others who are in
 * none is only added up. */
static bool
nobody_is_lost(struct reader *reader)
{
    struct ledger *ledger = reader->ledger;
    struct store *store = &ledger->store;
    struct map known = {0};
    for (size_t i = 0; i < reader->batch->roster->count; i++) {
        struct text ref = identity_ref(reader->keep, ledger, reader->batch->rules->id,
                                       reader->batch->roster->items[i].id);
        map_insert(reader->keep, &known, ref, 1);
    }
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT ref, seq, EXISTS(SELECT 1 FROM entry WHERE person = person.seq AND day "
        "BETWEEN ?2 AND ?3 AND book = 'right' AND seq < ?4 AND batch NOT IN (SELECT batch FROM "
        "event WHERE state = 'CANCELLED' AND seq < ?4)) FROM person WHERE assembly = ?1 ORDER "
        "BY seq");
    store_bind_text(all, 1, reader->batch->rules->id);
    store_bind_text(all, 2, text_of(reader->from));
    store_bind_text(all, 3, text_of(reader->to));
    store_bind(all, 4, rows_end(ledger));
    bool good = true;
    while (store_step(store, all)) {
        struct text ref = store_text(all, 0);
        if (map_find(&known, ref) != MAP_NONE) {
            continue;
        }
        count_absent(reader, store_integer(all, 1));
        if (store_integer(all, 2) == 0 || is_purged(ledger, ref, store_integer(all, 1))) {
            continue;
        }
        struct text id = identity_id(reader->keep, ledger, ref);
        good =
            diag_error(store->diag, nowhere, CODE_P107,
                       "'%.*s' was paid for these days and is not in the members' table",
                       TEXT_ARG(id));
    }
    return good && !store->failed;
}

bool
ledger_period_is_open(struct ledger *ledger, const struct batch *batch)
{
    struct store *store = &ledger->store;
    struct arena scratch = *store->keep;
    struct sqlite3_stmt *closed = store_statement(
        store,
        "SELECT day_from, day_to FROM closing WHERE assembly = ?1 AND day_from <= ?3 "
        "AND day_to >= ?2 AND seq < ?4 LIMIT 1");
    store_bind_text(closed, 1, batch->rules->id);
    store_bind_text(closed, 2, text_of(iso(&scratch, batch->period.from)));
    store_bind_text(closed, 3, text_of(iso(&scratch, batch->period.to)));
    store_bind(closed, 4, rows_end(ledger));
    bool good =
        !store_step(store, closed) ||
        diag_error(store->diag, nowhere, CODE_P101,
                   "the period %.*s .. %.*s is closed: pay what is late in an "
                   "open period, with --since",
                   TEXT_ARG(store_text(closed, 0)), TEXT_ARG(store_text(closed, 1)));
    store_release(store);
    return good && !store->failed;
}

/* The first and the last day of the batches that were not cancelled. */
static void
read_covered(struct reader *reader)
{
    struct store *store = &reader->ledger->store;
    struct history *history = reader->history;
    struct sqlite3_stmt *days = store_statement(
        store,
        "SELECT ifnull(min(day_from), ''), ifnull(max(day_to), '') FROM batch "
        "WHERE assembly = ?1 AND seq < ?2 AND NOT EXISTS (SELECT 1 FROM event WHERE "
        "event.batch = number AND event.state = 'CANCELLED' AND event.seq < ?2)");
    store_bind_text(days, 1, reader->batch->rules->id);
    store_bind(days, 2, rows_end(reader->ledger));
    if (store_step(store, days)) {
        (void)date_parse_iso(store_text(days, 0), &history->kept_from);
        (void)date_parse_iso(store_text(days, 1), &history->covered);
    }
}

struct settled_list ARRAY_OF(struct settled);

/* The batches that were not cancelled and settle some of the days. */
static void
read_settled(struct reader *reader)
{
    struct store *store = &reader->ledger->store;
    struct settled_list list = {0};
    struct sqlite3_stmt *batches = store_statement(
        store,
        "SELECT since, day_to, ruleset FROM batch WHERE assembly = ?1 AND kind = 'pay' AND "
        "day_to >= ?2 AND since <= ?3 AND seq < ?4 AND NOT EXISTS (SELECT 1 FROM event WHERE "
        "event.batch = number AND event.state = 'CANCELLED' AND event.seq < ?4) ORDER BY "
        "number DESC");
    store_bind_text(batches, 1, reader->batch->rules->id);
    store_bind_text(batches, 2, text_of(reader->from));
    store_bind_text(batches, 3, text_of(reader->to));
    store_bind(batches, 4, rows_end(reader->ledger));
    while (store_step(store, batches)) {
        struct settled *settled = ARRAY_PUSH(reader->keep, &list);
        *settled = (struct settled){0};
        (void)date_parse_iso(store_text(batches, 0), &settled->days.from);
        (void)date_parse_iso(store_text(batches, 1), &settled->days.to);
        settled->rules = rules_before(&reader->rules, store_integer(batches, 2));
    }
    reader->history->settled = list.items;
    reader->history->settled_count = list.count;
}

struct digest
ruleset_fingerprint(const struct rules *rules)
{
    struct digester digester = digester_new();
    digester_add(&digester, rules->file->digest.bytes, 32);
    for (size_t i = 0; i < rules->common_count; i++) {
        digester_add(&digester, rules->commons[i]->digest.bytes, 32);
    }
    return digester_finish(&digester);
}

int64_t
find_ruleset(struct ledger *ledger, const struct digest *fingerprint)
{
    struct sqlite3_stmt *find =
        store_statement(&ledger->store, "SELECT seq FROM ruleset WHERE fingerprint = ?1");
    store_bind_blob(find, 1, (struct text){(const char *)fingerprint->bytes, 32});
    return store_value(&ledger->store, find);
}

struct history *
ledger_history(struct arena *keep, struct ledger *ledger, const struct batch *batch,
               struct date since, struct text actor)
{
    size_t count = batch->roster->count;
    struct digest fingerprint = ruleset_fingerprint(batch->rules);
    struct history *history = NEW(keep, struct history);
    struct reader reader = {
        .keep = keep,
        .ledger = ledger,
        .batch = batch,
        .actor = actor,
        .from = iso(keep, since),
        .to = iso(keep, batch->period.to),
        .rules = {.keep = keep,
                  .ledger = ledger,
                  .rules = batch->rules,
                  .ruleset = find_ruleset(ledger, &fingerprint)},
        .history = history,
    };
    history->since = since;
    read_covered(&reader);
    read_settled(&reader);
    history->standings = NEW_ARRAY(keep, struct position, count + 1);
    history->first = NEW_ARRAY(keep, size_t, count + 2);
    history->head = ledger_head(keep, ledger);
    if (!nobody_is_lost(&reader)) {
        return NULL;
    }
    for (uint32_t member = 0; member < count; member++) {
        read_member(&reader, member);
    }
    history->items = reader.paid.items;
    read_elsewhere(keep, ledger, batch, history);
    store_release(&ledger->store);
    store_release(ledger->identity);
    return ledger->store.failed || ledger->identity->failed ? NULL : history;
}
