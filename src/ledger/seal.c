/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is approved: the fingerprint of everything a batch says, from its own rows. It names
 * persons by reference and leaves out where the rows stand in the ledger. A batch is recorded in
 * one go: its row, its entries, its payments, its seal. So every seal is made again while the
 * chain is walked, without reading a row twice.
 */
#include "ledger_parts.h"
#include "libsqlite.h"

#include <inttypes.h>
#include <string.h>

/* The columns of a row, without its seq, that are looked at. */
enum {
    BATCH_NUMBER = 0,
    BATCH_KIND = 1,
    BATCH_RULESET = 10,
    BATCH_LAST = 19,
    ENTRY_BATCH = 0,
    ENTRY_PERSON = 1,
    ENTRY_BOOK = 2, /* the columns BOOK..FACT and CAUSE..LATE are sealed as they stand */
    ENTRY_FACT = 8,
    ENTRY_CAUSE = 10,
    ENTRY_LATE = 11,
    PAYMENT_BATCH = 0,
    PAYMENT_NUMBER = 1,
    PAYMENT_PERSON = 2,
    PAYMENT_AMOUNT = 3,
    PAYMENT_LAST = 6,
    PERSON_REF = 1,
    SEAL_BATCH = 0,
    SEAL_DIGEST = 1
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
    /* A number becomes a text while stepping: there, want of memory is seen. */
    struct sqlite3_stmt *head = store_statement(
        store,
        "SELECT kind, assembly, title, authority, language, day_from, day_to, since, "
        "pay_on, engine, CAST(single AS TEXT), payer, payer_iban, payer_bic, payer_street, "
        "payer_postcode, payer_town, payer_country, (SELECT fingerprint FROM ruleset "
        "WHERE ruleset.seq = batch.ruleset) FROM batch WHERE number = ?1");
    store_bind(head, 1, batch);
    if (store_step(store, head)) {
        for (int i = 0; i < sqlite.sqlite3_column_count(head); i++) {
            struct datum field = datum_text(store_text(head, i));
            canonical_add(&seal.digester, &field);
        }
        sqlite.sqlite3_reset(head);
    }
    return seal;
}

static size_t
take_range(struct datum *out, const struct datum *fields, size_t first, size_t last)
{
    memcpy(out, fields + first, (last + 1 - first) * sizeof *out);
    return last + 1 - first;
}

void
seal_entry(struct seal *seal, struct text ref, const struct datum *entry)
{
    struct datum said[1 + ENTRY_LATE] = {datum_text(ref)};
    size_t count = 1;
    count += take_range(said + count, entry, ENTRY_BOOK, ENTRY_FACT);
    count += take_range(said + count, entry, ENTRY_CAUSE, ENTRY_LATE);
    canonical_add_all(&seal->digester, said, count);
    seal->entries++;
}

void
seal_payment(struct seal *seal, struct text ref, const struct datum *payment)
{
    struct datum said[1 + PAYMENT_LAST] = {datum_text(ref), payment[PAYMENT_NUMBER]};
    size_t count = 2;
    count += take_range(said + count, payment, PAYMENT_AMOUNT, PAYMENT_LAST);
    canonical_add_all(&seal->digester, said, count);
    seal->payments++;
    seal->total += payment[PAYMENT_AMOUNT].integer;
}

void
seal_finish(struct seal *seal)
{
    seal->digest = digester_finish(&seal->digester);
}

void
seals_begin(struct seals *seals)
{
    *seals = (struct seals){.wrong = seals->wrong, .refs = seals->refs};
    seals->wrong.count = 0;
    seals->refs.count = 0;
}

static bool
is_wrong(const struct seals *seals, int64_t batch)
{
    bool found = false;
    for (size_t i = 0; i < seals->wrong.count && !found; i++) {
        found = seals->wrong.items[i] == batch;
    }
    return found;
}

static void
note_wrong(struct ledger *ledger, int64_t batch)
{
    if (!is_wrong(&ledger->seals, batch)) {
        *ARRAY_PUSH(ledger->store.keep, &ledger->seals.wrong) = batch;
    }
}

static void
note_ref(struct ledger *ledger, int64_t person, struct text ref)
{
    struct known_ref *known = ARRAY_PUSH(ledger->store.keep, &ledger->seals.refs);
    *known = (struct known_ref){.person = person};
    memcpy(known->ref, ref.data, ref.size < REF_SIZE ? ref.size : REF_SIZE);
}

/* Persons pass by in the order of their rows; an unknown one has no reference. */
static struct text
find_ref(struct seals *seals, int64_t person)
{
    size_t first = 0;
    size_t end = seals->refs.count;
    const struct known_ref *refs = seals->refs.items;
    if (seals->last < end && refs[seals->last].person == person) {
        first = seals->last;
        end = first + 1;
    }
    while (end - first > 1) {
        size_t middle = first + (end - first) / 2;
        first = refs[middle].person <= person ? middle : first;
        end = refs[middle].person <= person ? end : middle;
    }
    if (first == end || refs[first].person != person) {
        return STR("");
    }
    seals->last = first;
    return (struct text){refs[first].ref, REF_SIZE};
}

static void
close_seal(struct ledger *ledger, const struct datum *fields)
{
    struct seals *seals = &ledger->seals;
    int64_t batch = fields[SEAL_BATCH].integer;
    seal_finish(&seals->open);
    const struct text digest = {(const char *)seals->open.digest.bytes,
                                sizeof seals->open.digest.bytes};
    if (batch != seals->batch || !text_equals(fields[SEAL_DIGEST].text, digest)) {
        note_wrong(ledger, batch);
    }
    seals->batch = 0;
    seals->highest = batch > seals->highest ? batch : seals->highest;
}

/* What names a batch and does not stand between its row and its seal is not what was sealed;
 * only the entries that cancel a batch come later. */
void
seals_pass(struct ledger *ledger, enum ledger_table table, int64_t seq,
           const struct datum *fields)
{
    struct seals *seals = &ledger->seals;
    int64_t batch = fields[0].integer;
    bool open = batch == seals->batch && batch > 0;
    if (table == TABLE_PERSON) {
        note_ref(ledger, seq, fields[PERSON_REF].text);
    } else if (table == TABLE_BATCH) {
        seals->open = seal_start(ledger, fields[BATCH_NUMBER].integer);
        seals->batch = batch;
        if (batch <= seals->highest) {
            note_wrong(ledger, batch);
        }
    } else if (table == TABLE_ENTRY && open) {
        seal_entry(&seals->open, find_ref(seals, fields[ENTRY_PERSON].integer), fields);
    } else if (table == TABLE_PAYMENT && open) {
        seal_payment(&seals->open, find_ref(seals, fields[PAYMENT_PERSON].integer),
                     fields);
    } else if ((table == TABLE_ENTRY && batch > seals->highest) ||
               table == TABLE_PAYMENT) {
        note_wrong(ledger, batch);
    } else if (table == TABLE_SEAL) {
        close_seal(ledger, fields);
    }
}

bool
seals_hold(struct ledger *ledger, int64_t batch)
{
    struct seals *seals = &ledger->seals;
    struct diag *diag = ledger->store.diag;
    bool current = seals->head.seq == ledger->head.seq &&
                   digest_same(seals->head.digest, ledger->head.digest);
    if (!current && !chain_check(ledger)) {
        return false;
    }
    if (batch > seals->highest) {
        note_wrong(ledger, batch);
    }
    bool good = true;
    for (size_t i = 0; i < seals->wrong.count; i++) {
        if (batch == 0 || seals->wrong.items[i] == batch) {
            good = diag_error(diag, (struct where){0}, CODE_G041,
                              "batch %" PRId64 " is not what was sealed",
                              seals->wrong.items[i]);
        }
    }
    return good;
}
