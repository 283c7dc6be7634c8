/* SPDX-License-Identifier: Apache-2.0 */
/* What is approved: the fingerprint of everything a batch says, from its own rows. It names
 * persons by reference and leaves out where the rows stand in the ledger. */
#include "ledger_parts.h"

#include <sqlite3.h>

/* The columns of a batch, an entry and a payment that say something of themselves. */
enum {
    BATCH_KIND = 1,
    BATCH_RULESET = 10,
    BATCH_LAST = 19,
    ENTRY_BOOK = 2,
    ENTRY_FACT = 8,
    ENTRY_CAUSE = 10,
    ENTRY_LATE = 11,
    PAYMENT_NUMBER = 1,
    PAYMENT_AMOUNT = 3,
    PAYMENT_LAST = 6
};

/* Every value as a text, and the fingerprint of the rules instead of where they stand. */
struct seal
seal_head(const struct datum *batch, struct digest ruleset)
{
    struct seal seal = {.digester = digester_new()};
    for (int i = BATCH_KIND; i <= BATCH_LAST; i++) {
        struct datum field = batch[i];
        if (field.type == DATUM_INTEGER) {
            field = datum_text(field.integer == 0 ? STR("0") : STR("1"));
        }
        if (i != BATCH_RULESET) {
            canonical_add(&seal.digester, &field);
        }
    }
    struct datum rules = datum_text((struct text){(const char *)ruleset.bytes, 32});
    canonical_add(&seal.digester, &rules);
    return seal;
}

struct seal
seal_start(struct ledger *ledger, int64_t batch)
{
    struct store *store = &ledger->store;
    struct seal seal = {.digester = digester_new()};
    struct sqlite3_stmt *head = store_statement(
        store,
        "SELECT kind, assembly, title, authority, language, day_from, day_to, since, "
        "pay_on, engine, single, payer, payer_iban, payer_bic, payer_street, "
        "payer_postcode, payer_town, payer_country, (SELECT fingerprint FROM ruleset "
        "WHERE ruleset.seq = batch.ruleset) FROM batch WHERE number = ?1");
    store_bind(head, 1, batch);
    if (store_step(store, head)) {
        for (int i = 0; i < sqlite3_column_count(head); i++) {
            struct datum field = datum_text(store_text(head, i));
            canonical_add(&seal.digester, &field);
        }
    }
    store_release(store);
    return seal;
}

static void
add_range(struct seal *seal, const struct datum *fields, int first, int last)
{
    for (int i = first; i <= last; i++) {
        canonical_add(&seal->digester, &fields[i]);
    }
}

void
seal_entry(struct seal *seal, struct text ref, const struct datum *entry)
{
    struct datum person = datum_text(ref);
    canonical_add(&seal->digester, &person);
    add_range(seal, entry, ENTRY_BOOK, ENTRY_FACT);
    add_range(seal, entry, ENTRY_CAUSE, ENTRY_LATE);
    seal->entries++;
}

void
seal_payment(struct seal *seal, struct text ref, const struct datum *payment)
{
    struct datum person = datum_text(ref);
    canonical_add(&seal->digester, &person);
    add_range(seal, payment, PAYMENT_NUMBER, PAYMENT_NUMBER);
    add_range(seal, payment, PAYMENT_AMOUNT, PAYMENT_LAST);
    seal->payments++;
    seal->total += payment[PAYMENT_AMOUNT].integer;
}

void
seal_finish(struct seal *seal)
{
    seal->digest = digester_finish(&seal->digester);
}

/* A row as it was given to chain_append; the first column of the statement is the reference. */
static void
read_fields(struct sqlite3_stmt *statement, struct datum *fields)
{
    for (int i = 1; i < sqlite3_column_count(statement); i++) {
        fields[i - 1] = sqlite3_column_type(statement, i) == SQLITE_INTEGER
                            ? datum_integer(store_integer(statement, i))
                            : datum_text(store_text(statement, i));
    }
}

struct seal
seal_of(struct ledger *ledger, int64_t batch)
{
    struct store *store = &ledger->store;
    struct datum fields[16];
    struct seal seal = seal_start(ledger, batch);
    /* What was taken back when the batch was cancelled came after the seal. */
    struct sqlite3_stmt *entries = store_statement(
        store,
        "SELECT ref, e.batch, e.person, book, kind, component, day, unit, amount, fact, "
        "ruleset, cause, late, reverses FROM entry e JOIN person ON person.seq = e.person "
        "WHERE e.batch = ?1 AND e.seq < ifnull((SELECT seq FROM seal WHERE seal.batch = "
        "?1), 9223372036854775807) ORDER BY e.seq");
    store_bind(entries, 1, batch);
    while (store_step(store, entries)) {
        read_fields(entries, fields);
        struct text ref = store_text(entries, 0);
        seal_entry(&seal, ref, fields);
    }
    struct sqlite3_stmt *payments = store_statement(
        store,
        "SELECT ref, p.batch, number, p.person, amount, bank, payee, end_to_end FROM "
        "payment p JOIN person ON person.seq = p.person WHERE p.batch = ?1 ORDER BY p.seq");
    store_bind(payments, 1, batch);
    while (store_step(store, payments)) {
        read_fields(payments, fields);
        seal_payment(&seal, store_text(payments, 0), fields);
    }
    seal_finish(&seal);
    return seal;
}
