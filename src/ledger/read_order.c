/* SPDX-License-Identifier: Apache-2.0 */
/* A batch as plain data. What it says does not change once it is approved: files made from it
 * are the same bytes each time. */
#include "ledger_parts.h"
#include "libsqlite.h"

#include <inttypes.h>

#define MESSAGE_BYTES 16 /* 26 letters */

static const struct where nowhere = {0};

static struct date
date_of(struct text iso_date)
{
    struct date date = DATE_NONE;
    (void)date_parse_iso(iso_date, &date);
    return date;
}

static bool
read_head(struct arena *keep, struct ledger *ledger, struct order *order)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *head = store_statement(
        store,
        "SELECT kind, assembly, title, authority, engine, payer, payer_iban, payer_bic, "
        "payer_street, payer_postcode, payer_town, payer_country, language, day_from, "
        "day_to, since, pay_on, single FROM batch WHERE number = ?1");
    store_bind(head, 1, order->batch);
    if (!store_step(store, head)) {
        return !store->failed && diag_error(store->diag, nowhere, CODE_G006,
                                            "there is no batch %" PRId64, order->batch);
    }
    struct order_party *payer = &order->payer;
    struct text *const texts[] = {
        &order->kind,    &order->assembly, &order->title, &order->authority,
        &order->version, &payer->name,     &payer->iban,  &payer->bic,
        &payer->street,  &payer->postcode, &payer->town,  &payer->country,
    };
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
        *texts[i] = text_copy(keep, store_text(head, (int)i));
    }
    language_parse(store_text(head, 12), &order->language);
    order->period =
        (struct period){date_of(store_text(head, 13)), date_of(store_text(head, 14))};
    order->since = date_of(store_text(head, 15));
    order->pay_on = date_of(store_text(head, 16));
    order->single_person = store_integer(head, 17) == 1;
    return true;
}

static void
read_seal(struct arena *keep, struct ledger *ledger, struct order *order)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *seal = store_statement(
        store, "SELECT digest, total, entries, (SELECT 1 + count(*) FROM event WHERE "
               "event.batch = ?1 AND verb = 'rejected' AND state = 'REJECTED') "
               "FROM seal WHERE seal.batch = ?1");
    store_bind(seal, 1, order->batch);
    if (!store_step(store, seal)) {
        return;
    }
    struct digest digest = digest_from(store_text(seal, 0));
    char hexadecimal[65];
    digest_text(digest, hexadecimal);
    order->digest = text_of(arena_printf(keep, "%s", hexadecimal));
    order->total = (struct money){store_integer(seal, 1)};
    order->entry_count = (size_t)store_integer(seal, 2);
    order->attempt = store_integer(seal, 3);
    struct text letters = base32(keep, digest.bytes, MESSAGE_BYTES);
    order->message_id = text_of(arena_printf(keep, "DFR-%.*s-%02" PRId64,
                                             TEXT_ARG(letters), order->attempt % 100));
}

struct event_list ARRAY_OF(struct order_event);
struct payment_rows ARRAY_OF(struct order_payment);

struct entry_reader {
    struct ledger *ledger;
    int64_t batch;
};

static void
read_events(struct arena *keep, struct ledger *ledger, struct order *order)
{
    struct store *store = &ledger->store;
    struct event_list list = {0};
    struct sqlite3_stmt *events = store_statement(
        store,
        "SELECT verb, state, actor, login, host, subject, reason, time, seq, h FROM event "
        "WHERE batch = ?1 ORDER BY seq");
    store_bind(events, 1, order->batch);
    while (store_step(store, events)) {
        struct order_event *event = ARRAY_PUSH(keep, &list);
        struct text *const texts[] = {&event->verb,  &event->state, &event->actor,
                                      &event->login, &event->host,  &event->subject,
                                      &event->reason};
        for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
            *texts[i] = text_copy(keep, store_text(events, (int)i));
        }
        event->time = store_integer(events, 7);
        order->state = event->state; /* an act on a batch always leaves one */
        if (text_equals(event->verb, STR("prepare"))) {
            order->prepared_by = event->actor;
        } else if (text_equals(event->verb, STR("approve"))) {
            char hexadecimal[65];
            digest_text(digest_from(store_text(events, 9)), hexadecimal);
            order->head = arena_printf(keep, "%" PRId64 ":%s", store_integer(events, 8),
                                       hexadecimal);
            order->approved_by = event->actor;
            order->approved_at = event->time;
        }
    }
    order->events = list.items;
    order->event_count = list.count;
}

static bool
read_payments(struct arena *keep, struct ledger *ledger, struct order *order)
{
    struct store *store = &ledger->store;
    struct payment_rows list = {0};
    struct sqlite3_stmt *payments = store_statement(
        store,
        "SELECT number, amount, payee, end_to_end, ref, ifnull((SELECT what FROM answer "
        "WHERE answer.payment = p.seq), '') FROM payment p JOIN person ON person.seq = "
        "p.person WHERE batch = ?1 ORDER BY number");
    store_bind(payments, 1, order->batch);
    while (store_step(store, payments)) {
        struct order_payment *payment = ARRAY_PUSH(keep, &list);
        struct payee payee = {0};
        payment->number = store_integer(payments, 0);
        payment->amount = (struct money){store_integer(payments, 1)};
        payment->end_to_end = text_copy(keep, store_text(payments, 3));
        payment->answer = text_copy(keep, store_text(payments, 5));
        if (!identity_payee(keep, ledger, store_text(payments, 2), &payee)) {
            payment->id = identity_id(keep, ledger, store_text(payments, 4));
            continue; /* purged: nobody can be named any more */
        }
        payment->id = payee.id;
        payment->last_name = payee.last_name;
        payment->first_name = payee.first_name;
        payment->to = (struct order_party){
            .name = payee.holder,
            .iban = payee.iban,
            .bic = payee.bic,
            .postcode = payee.postcode,
            .town = payee.town,
            .country = payee.country,
        };
        if (payment->to.name.size == 0) {
            payment->to.name =
                text_of(arena_printf(keep, "%.*s %.*s", TEXT_ARG(payee.first_name),
                                     TEXT_ARG(payee.last_name)));
        }
    }
    order->payments = list.items;
    order->payment_count = list.count;
    return !store->failed;
}

struct balance_list ARRAY_OF(struct order_balance);

struct money
account_before(struct ledger *ledger, int64_t person, int64_t batch)
{
    struct sqlite3_stmt *sum = store_statement(
        &ledger->store,
        "SELECT (SELECT ifnull(sum(amount), 0) FROM entry WHERE person = ?1 AND seq < b.seq AND "
        "book <> 'collected') - (SELECT ifnull(sum(amount), 0) FROM payment p WHERE person = ?1 "
        "AND seq < b.seq AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.payment = p.seq AND "
        "answer.seq < b.seq)) FROM batch b WHERE number = ?2");
    store_bind(sum, 1, person);
    store_bind(sum, 2, batch);
    return (struct money){store_value(&ledger->store, sum)};
}

static void
add_balance(struct arena *keep, struct balance_list *list, struct text id, bool brought,
            struct money amount)
{
    if (amount.cents != 0) {
        *ARRAY_PUSH(keep, list) = (struct order_balance){id, amount, brought};
    }
}

/* Of the entries that each_entry gives: where they and the payment differ, what the account stood
 * at before, and what it stands at after. */
static void
read_balances(struct arena *keep, struct ledger *ledger, struct order *order)
{
    struct store *store = &ledger->store;
    struct balance_list list = {0};
    struct sqlite3_stmt *balances = store_statement(
        store,
        "SELECT ref, sum(paid - posted), one.person FROM (SELECT person, 0 AS paid, amount AS "
        "posted FROM entry e WHERE e.batch = ?1 AND e.seq < ifnull((SELECT seq FROM seal WHERE "
        "seal.batch = ?1), 9223372036854775807) UNION ALL SELECT person, amount, 0 FROM payment "
        "WHERE batch = ?1) one JOIN person ON person.seq = one.person GROUP BY one.person HAVING "
        "sum(paid - posted) <> 0 ORDER BY one.person");
    store_bind(balances, 1, order->batch);
    while (store_step(store, balances)) {
        struct text id = identity_id(keep, ledger, store_text(balances, 0));
        struct money sum = {store_integer(balances, 1)};
        struct money before =
            account_before(ledger, store_integer(balances, 2), order->batch);
        add_balance(keep, &list, id, true, before);
        add_balance(keep, &list, id, false, money_subtract(sum, before));
    }
    order->balances = list.items;
    order->balance_count = list.count;
}

/* Entries of one person mostly come together: who it is, is asked once for them. */
static void
each_entry(const void *context, struct arena scratch, struct entry_sink *sink)
{
    const struct entry_reader *reader = context;
    struct store *store = &reader->ledger->store;
    struct sqlite3_stmt *entries = store_statement(
        store,
        "SELECT e.person, kind, component, unit, cause, day, amount, late FROM entry e "
        "WHERE e.batch = ?1 AND e.seq < ifnull((SELECT seq FROM seal WHERE seal.batch = "
        "?1), 9223372036854775807) ORDER BY e.seq");
    struct sqlite3_stmt *ref =
        store_statement(store, "SELECT ref FROM person WHERE seq = ?1");
    struct order_entry entry = {0};
    int64_t person = 0;
    store_bind(entries, 1, reader->batch);
    while (store_step(store, entries)) {
        if (store_integer(entries, 0) != person) {
            struct arena one = scratch;
            person = store_integer(entries, 0);
            store_bind(ref, 1, person);
            bool known = store_step(store, ref);
            entry.id =
                known ? identity_id(&one, reader->ledger, store_text(ref, 0)) : STR("");
            sqlite.sqlite3_reset(ref);
        }
        struct text *const texts[] = {&entry.kind, &entry.component, &entry.unit,
                                      &entry.cause};
        for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
            *texts[i] = store_text(entries, (int)i + 1);
        }
        entry.day = date_of(store_text(entries, 5));
        entry.amount = (struct money){store_integer(entries, 6)};
        entry.late = store_integer(entries, 7) == 1;
        sink->entry(sink, &entry);
    }
}

struct order *
ledger_order(struct arena *keep, struct ledger *ledger, int64_t batch)
{
    struct order *order = NEW(keep, struct order);
    order->batch = batch;
    order->head = "";
    if (!read_head(keep, ledger, order)) {
        return NULL;
    }
    read_seal(keep, ledger, order);
    read_events(keep, ledger, order);
    bool good = read_payments(keep, ledger, order);
    read_balances(keep, ledger, order);
    struct entry_reader *reader = NEW(keep, struct entry_reader);
    *reader = (struct entry_reader){ledger, batch};
    order->entries = (struct entry_source){reader, each_entry};
    store_release(&ledger->store);
    store_release(ledger->identity);
    return good && !ledger->store.failed && !ledger->identity->failed ? order : NULL;
}
