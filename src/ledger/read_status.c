/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger tells a person: its batches, the accounts that are not even, one member. */
#include "defray/ledger_view.h"

#include "ledger_parts.h"

#define MARK_DIGITS 16

struct batch_list ARRAY_OF(struct ledger_batch);
struct account_list ARRAY_OF(struct ledger_account);
struct posting_list ARRAY_OF(struct ledger_posting);
struct loosening_list ARRAY_OF(struct ledger_loosening);

/* The columns from `first` on, as texts. */
static void
read_texts(struct arena *keep, struct sqlite3_stmt *statement, int first,
           struct text *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        *texts[i] = text_copy(keep, store_text(statement, first + (int)i));
    }
}

struct ledger_batch *
ledger_batches(struct arena *keep, struct ledger *ledger, size_t *count)
{
    struct store *store = &ledger->store;
    struct batch_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT number, seal.payments, seal.total, assembly, kind, day_from, day_to, "
        "(SELECT state FROM event WHERE event.batch = number AND state <> '' ORDER BY seq "
        "DESC LIMIT 1), ifnull((SELECT actor FROM event WHERE event.batch = number AND verb "
        "= 'prepare'), ''), ifnull((SELECT actor FROM event WHERE event.batch = number AND "
        "verb = 'approve'), ''), pay_on, since, ifnull((SELECT evidence FROM event WHERE "
        "event.batch = number AND verb = 'prepare'), ''), (SELECT count(*) FROM event WHERE event.batch = "
        "number AND state = 'REJECTED') FROM batch JOIN seal ON seal.batch = number ORDER BY "
        "number");
    while (store_step(store, all)) {
        struct ledger_batch *batch = ARRAY_PUSH(keep, &list);
        struct text *const texts[] = {
            &batch->assembly, &batch->kind,        &batch->from,        &batch->to,
            &batch->state,    &batch->prepared_by, &batch->approved_by, &batch->pay_on,
            &batch->since,    &batch->tables};
        batch->number = store_integer(all, 0);
        batch->payments = store_integer(all, 1);
        batch->total = (struct money){store_integer(all, 2)};
        read_texts(keep, all, 3, texts, ARRAY_COUNT(texts));
        batch->refusals = store_integer(all, 3 + (int)ARRAY_COUNT(texts));
    }
    *count = list.count;
    return list.items;
}

struct text
ledger_tables_add(struct arena *keep, struct text tables, struct digest table)
{
    char digits[65];
    digest_text(table, digits);
    return text_of(arena_printf(keep, "%.*s%s%.*s", TEXT_ARG(tables),
                                tables.size > 0 ? " " : "", MARK_DIGITS, digits));
}

bool
ledger_tables_have(struct text tables, struct digest table)
{
    char digits[65];
    bool have = false;
    digest_text(table, digits);
    for (size_t at = 0; at + MARK_DIGITS <= tables.size && !have; at += MARK_DIGITS + 1) {
        have = text_equals((struct text){tables.data + at, MARK_DIGITS},
                           (struct text){digits, MARK_DIGITS});
    }
    return have;
}

struct ledger_loosening *
ledger_loosenings(struct arena *keep, struct ledger *ledger, size_t *count)
{
    struct store *store = &ledger->store;
    struct loosening_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store, "SELECT time, verb, subject, actor, login, host, reason FROM event WHERE "
               "verb = 'single-person' OR (verb = 'purge' AND subject = '" OFFICE
               "') ORDER BY seq");
    while (store_step(store, all)) {
        struct ledger_loosening *one = ARRAY_PUSH(keep, &list);
        struct text *const texts[] = {&one->verb,  &one->subject, &one->actor,
                                      &one->login, &one->host,    &one->reason};
        one->time = store_integer(all, 0);
        read_texts(keep, all, 1, texts, ARRAY_COUNT(texts));
    }
    *count = list.count;
    return list.items;
}

bool
ledger_is_closed(struct ledger *ledger, struct text assembly, struct period period)
{
    struct store *store = &ledger->store;
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    struct sqlite3_stmt *known = store_statement(
        store, "SELECT count(*) FROM closing WHERE assembly = ?1 AND day_from <= ?2 AND "
               "day_to >= ?3");
    store_bind_text(known, 1, assembly);
    store_bind_text(known, 2, text_of(date_text(period.from, from)));
    store_bind_text(known, 3, text_of(date_text(period.to, to)));
    return store_value(store, known) > 0;
}

struct ledger_account *
ledger_accounts(struct arena *keep, struct ledger *ledger, size_t *count)
{
    struct store *store = &ledger->store;
    struct account_list list = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT assembly, ref, balance, receivable FROM (SELECT assembly, ref, (SELECT "
        "ifnull(sum(amount), 0) FROM entry WHERE person = p.seq AND book <> 'collected') - (SELECT "
        "ifnull(sum(amount), 0) FROM payment WHERE person = p.seq AND NOT EXISTS (SELECT 1 FROM "
        "answer WHERE answer.payment = payment.seq)) AS balance, (SELECT ifnull(sum(CASE book WHEN "
        "'recovery' THEN amount ELSE -amount END), 0) FROM entry WHERE person = p.seq AND book <> "
        "'right') AS receivable FROM person p) WHERE balance <> 0 OR receivable <> 0 ORDER BY "
        "assembly, ref");
    while (store_step(store, all)) {
        struct ledger_account *account = ARRAY_PUSH(keep, &list);
        account->assembly = text_copy(keep, store_text(all, 0));
        account->id = identity_id(keep, ledger, store_text(all, 1));
        account->balance = (struct money){store_integer(all, 2)};
        account->receivable = (struct money){store_integer(all, 3)};
    }
    /* References are in no order that people know. */
    for (size_t i = 1; i < list.count; i++) {
        struct ledger_account one = list.items[i];
        size_t at = i;
        while (at > 0 && text_equals(list.items[at - 1].assembly, one.assembly) &&
               text_compare(list.items[at - 1].id, one.id) > 0) {
            list.items[at] = list.items[at - 1];
            at--;
        }
        list.items[at] = one;
    }
    *count = list.count;
    return list.items;
}

struct ledger_posting *
ledger_postings(struct arena *keep, struct ledger *ledger, struct text assembly,
                struct text member, size_t *count)
{
    struct store *store = &ledger->store;
    struct posting_list list = {0};
    struct text ref = identity_ref(keep, ledger, assembly, member);
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT e.seq, e.batch, amount, late, e.kind, component, day, unit, cause, '', "
        "ifnull(day_from || '..' || day_to, ''), book FROM entry e LEFT JOIN batch ON number = "
        "e.batch JOIN person ON person.seq = e.person WHERE ref = ?1 UNION ALL SELECT p.seq, "
        "p.batch, -amount, 0, 'PAYMENT', '', '', '', ifnull((SELECT what FROM answer WHERE "
        "answer.payment = p.seq), ''), (SELECT state FROM event WHERE event.batch = p.batch "
        "AND state <> '' ORDER BY seq DESC LIMIT 1), '', '' FROM payment p JOIN person ON person.seq "
        "= p.person WHERE ref = ?1 ORDER BY 1");
    store_bind_text(all, 1, ref);
    while (store_step(store, all)) {
        struct ledger_posting *posting = ARRAY_PUSH(keep, &list);
        struct text *const texts[] = {
            &posting->kind,  &posting->component, &posting->day,    &posting->unit,
            &posting->cause, &posting->state,     &posting->period, &posting->book};
        posting->seq = store_integer(all, 0);
        posting->batch = store_integer(all, 1);
        posting->amount = (struct money){store_integer(all, 2)};
        posting->late = store_integer(all, 3) == 1;
        read_texts(keep, all, 4, texts, ARRAY_COUNT(texts));
    }
    *count = list.count;
    if (list.count == 0 && !store->failed) {
        diag_error(store->diag, (struct where){0}, CODE_G006,
                   "the ledger knows no '%.*s' of '%.*s'", TEXT_ARG(member),
                   TEXT_ARG(assembly));
    }
    return list.items;
}

bool
ledger_has_digest(struct ledger *ledger, struct text digits)
{
    struct sqlite3_stmt *find = store_statement(
        &ledger->store,
        "SELECT count(*) FROM seal WHERE substr(lower(hex(digest)), 1, ?2) = ?1");
    store_bind_text(find, 1, digits);
    store_bind(find, 2, (int64_t)digits.size);
    return store_value(&ledger->store, find) > 0;
}
