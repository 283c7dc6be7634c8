/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who the references are: names and account numbers, in a file of their own that only its owner
 * (in a folder that is shared with a group, that group) may read, and that can forget. A reference
 * is made from the person's id and a secret of the file, so that somebody who was purged and comes
 * back is still known not to be paid twice.
 * What the ledger keeps of an account number is a mark made with a salt that goes with the person.
 */
#define _GNU_SOURCE 1

#include "ledger_parts.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define IDENTITY_MODE 0600
#define SALT_BYTES    32
#define SUFFIX        ".identities"

static const struct where nowhere = {0};

static const char schema[] =
    "CREATE TABLE secret(one INTEGER PRIMARY KEY CHECK(one = 1), salt BLOB NOT NULL) STRICT;"
    "CREATE TABLE person(ref TEXT PRIMARY KEY, assembly TEXT NOT NULL, id TEXT NOT NULL, "
    "salt BLOB NOT NULL) STRICT;"
    "CREATE TABLE payee(payee BLOB PRIMARY KEY, bank BLOB NOT NULL, ref TEXT NOT NULL, "
    "last_name TEXT NOT NULL, first_name TEXT NOT NULL, iban TEXT NOT NULL, bic TEXT NOT NULL, "
    "holder TEXT NOT NULL, town TEXT NOT NULL, postcode TEXT NOT NULL, country TEXT NOT NULL) "
    "STRICT;"
    "CREATE INDEX payee_ref ON payee(ref);"
    "CREATE INDEX payee_iban ON payee(iban)";

const char *
identity_path(struct arena *keep, const char *ledger_path)
{
    return arena_printf(keep, "%s" SUFFIX, ledger_path);
}

bool
identity_is_named(const char *path)
{
    return text_ends_with(text_of(path), STR(SUFFIX));
}

static bool
draw(struct store *store, uint8_t out[SALT_BYTES])
{
    size_t done = 0;
    while (done < SALT_BYTES) {
        ssize_t count = getrandom(out + done, SALT_BYTES - done, 0);
        if (count < 0 && errno != EINTR) {
            return diag_error(store->diag, nowhere, CODE_G021, "'%s': %s", store->path,
                              tr_errno(diag_language(store->diag), errno));
        }
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

/* A ledger whose making was broken off leaves identities behind in which nobody is yet: they go
 * with the one that is made now. */
static bool
take_over(struct arena *keep, const char *path, uint8_t salt[SALT_BYTES])
{
    struct store store = {.keep = keep, .diag = diag_new(keep, LANGUAGE_EN)};
    int32_t version = 0;
    if (!store_open(&store, path, STORE_READ, 0)) {
        return false;
    }
    bool good =
        store_is_marked(&store, IDENTITY_APPLICATION, LEDGER_VERSION, &version) &&
        store_value(&store, store_statement(&store, "SELECT (SELECT count(*) FROM "
                                                    "person) + (SELECT count(*) "
                                                    "FROM payee)")) == 0;
    struct sqlite3_stmt *found = store_statement(&store, "SELECT salt FROM secret");
    good = good && store_step(&store, found) && store_text(found, 0).size == SALT_BYTES;
    if (good) {
        memcpy(salt, store_text(found, 0).data, SALT_BYTES);
    }
    store_close(&store);
    return good;
}

static bool
keep_secret(struct store *store, const uint8_t salt[SALT_BYTES])
{
    struct sqlite3_stmt *insert =
        store_statement(store, "INSERT INTO secret VALUES(1, ?1)");
    store_bind_blob(insert, 1, (struct text){(const char *)salt, SALT_BYTES});
    return store_done(store, insert);
}

bool
identity_make(struct arena *keep, const char *path, struct digest *commitment,
              struct diag *diag)
{
    struct store store = {.keep = keep, .diag = diag};
    uint8_t salt[SALT_BYTES];
    if (take_over(keep, path, salt)) {
        *commitment = digest_of(salt, sizeof salt);
        return true;
    }
    if (!store_open(&store, path, STORE_NEW, IDENTITY_MODE)) {
        return false;
    }
    bool good = draw(&store, salt) && store_begin_making(&store) &&
                store_run(&store, schema) &&
                store_mark(&store, IDENTITY_APPLICATION, LEDGER_VERSION) &&
                keep_secret(&store, salt) && store_commit(&store);
    store_close(&store);
    *commitment = digest_of(salt, sizeof salt);
    return good;
}

/* The store must be the one that was made with the ledger. */
static bool
belongs(struct ledger *ledger)
{
    struct store *store = ledger->identity;
    int32_t version = 0;
    if (!store_is_marked(store, IDENTITY_APPLICATION, LEDGER_VERSION, &version)) {
        return !store->failed &&
               diag_error(store->diag, nowhere, CODE_G004,
                          "'%s' is not a store of identities", store->path);
    }
    struct sqlite3_stmt *salt = store_statement(store, "SELECT salt FROM secret");
    struct sqlite3_stmt *wanted = store_statement(
        &ledger->store, "SELECT identity FROM ledger ORDER BY seq LIMIT 1");
    if (!store_step(store, salt) || !store_step(&ledger->store, wanted)) {
        return !store->failed && !ledger->store.failed &&
               diag_error(store->diag, nowhere, CODE_G004, "'%s' holds nothing",
                          store->path);
    }
    struct text bytes = store_text(salt, 0);
    struct digest commitment = digest_of(bytes.data, bytes.size);
    bool same = bytes.size == sizeof ledger->salt.bytes &&
                text_equals(store_text(wanted, 0),
                            (struct text){(const char *)commitment.bytes, 32});
    if (same) {
        memcpy(ledger->salt.bytes, bytes.data, bytes.size);
    }
    store_release(store);
    store_release(&ledger->store);
    return same || diag_error(store->diag, nowhere, CODE_G004,
                              "'%s' belongs to another ledger", store->path);
}

struct store *
identity_open(struct ledger *ledger, bool writing)
{
    struct arena *keep = ledger->store.keep;
    struct store *store = NEW(keep, struct store);
    *store = (struct store){.keep = keep, .diag = ledger->store.diag};
    const char *path = identity_path(keep, ledger->store.path);
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        diag_error(store->diag, nowhere, CODE_G004,
                   "'%s' is not there, and '%s' is half a ledger without it", path,
                   ledger->store.path);
        return NULL;
    }
    if (!store_open(store, path, writing ? STORE_WRITE : STORE_READ, 0)) {
        return NULL;
    }
    ledger->identity = store;
    if (!belongs(ledger) || !store_bytes_hold(store)) {
        return NULL;
    }
    store_lock_down(store, true);
    return store;
}

static void
add_counted(struct digester *digester, struct text text)
{
    struct datum field = datum_text(text);
    canonical_add(digester, &field);
}

struct text
identity_ref(struct arena *keep, const struct ledger *ledger, struct text assembly,
             struct text id)
{
    struct digester digester = digester_new();
    digester_add(&digester, ledger->salt.bytes, sizeof ledger->salt.bytes);
    add_counted(&digester, assembly);
    add_counted(&digester, id);
    struct digest digest = digester_finish(&digester);
    return base32(keep, digest.bytes, REF_SIZE * 5 / 8);
}

static bool
salt_of(struct ledger *ledger, struct text ref, struct text *salt)
{
    struct sqlite3_stmt *find =
        store_statement(ledger->identity, "SELECT salt FROM person WHERE ref = ?1");
    store_bind_text(find, 1, ref);
    if (!store_step(ledger->identity, find)) {
        return false;
    }
    *salt = text_copy(ledger->store.keep, store_text(find, 0));
    return true;
}

static struct payee_marks
marks_of(struct text salt, const struct payee *payee)
{
    struct digester digester = digester_new();
    add_counted(&digester, salt);
    add_counted(&digester, payee->iban);
    add_counted(&digester, payee->bic);
    struct payee_marks marks = {.bank = digester_finish(&digester)};
    const struct text rest[] = {payee->holder, payee->last_name, payee->first_name,
                                payee->town,   payee->postcode,  payee->country};
    digester = digester_new();
    digester_add(&digester, marks.bank.bytes, sizeof marks.bank.bytes);
    for (size_t i = 0; i < ARRAY_COUNT(rest); i++) {
        add_counted(&digester, rest[i]);
    }
    marks.payee = digester_finish(&digester);
    return marks;
}

bool
identity_find(struct ledger *ledger, struct text ref, const struct payee *payee,
              struct payee_marks *out)
{
    struct text salt;
    if (!salt_of(ledger, ref, &salt)) {
        return false;
    }
    *out = marks_of(salt, payee);
    return true;
}

static bool
add_person(struct ledger *ledger, struct text assembly, struct text ref, struct text id,
           struct text *salt)
{
    struct store *store = ledger->identity;
    uint8_t drawn[SALT_BYTES];
    if (!draw(store, drawn)) {
        return false;
    }
    *salt = text_copy(store->keep, (struct text){(const char *)drawn, sizeof drawn});
    struct sqlite3_stmt *insert =
        store_statement(store, "INSERT INTO person VALUES(?1, ?2, ?3, ?4)");
    store_bind_text(insert, 1, ref);
    store_bind_text(insert, 2, assembly);
    store_bind_text(insert, 3, id);
    store_bind_blob(insert, 4, *salt);
    return store_done(store, insert);
}

bool
identity_add(struct ledger *ledger, struct text assembly, struct text ref,
             const struct payee *payee, struct payee_marks *out)
{
    struct store *store = ledger->identity;
    struct text salt;
    if (!salt_of(ledger, ref, &salt) &&
        (store->failed || !add_person(ledger, assembly, ref, payee->id, &salt))) {
        return false;
    }
    *out = marks_of(salt, payee);
    struct sqlite3_stmt *insert = store_statement(
        store,
        "INSERT OR IGNORE INTO payee VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
        "?11)");
    const struct text values[] = {ref,         payee->last_name, payee->first_name,
                                  payee->iban, payee->bic,       payee->holder,
                                  payee->town, payee->postcode,  payee->country};
    store_bind_blob(insert, 1, (struct text){(const char *)out->payee.bytes, 32});
    store_bind_blob(insert, 2, (struct text){(const char *)out->bank.bytes, 32});
    for (size_t i = 0; i < ARRAY_COUNT(values); i++) {
        store_bind_text(insert, (int)i + 3, values[i]);
    }
    return store_done(store, insert);
}

/* Always false, and nothing more is read: what the ledger recorded is the mark, not the words. */
static bool
refuse_edited(struct ledger *ledger)
{
    if (ledger->identity->failed || ledger->store.failed) {
        return false; /* what could not be read has been told, and is no edit */
    }
    ledger->store.failed = true;
    return diag_error(ledger->store.diag, (struct where){0}, CODE_G040,
                      "'%s' is damaged: a person or an account number is not what was "
                      "recorded",
                      ledger->identity->path);
}

/* The row under `found` (see rows_of_payees), whose words must give its marks; false after a
 * diagnostic. */
static bool
take_payee(struct arena *keep, struct ledger *ledger, struct sqlite3_stmt *found,
           struct payee *out)
{
    struct text *const values[] = {&out->id,   &out->last_name, &out->first_name,
                                   &out->iban, &out->bic,       &out->holder,
                                   &out->town, &out->postcode,  &out->country};
    for (size_t i = 0; i < ARRAY_COUNT(values); i++) {
        *values[i] = text_copy(keep, store_text(found, (int)i + 5));
    }
    struct payee_marks marks = marks_of(store_text(found, 4), out);
    struct text payee = {(const char *)marks.payee.bytes, sizeof marks.payee.bytes};
    struct text bank = {(const char *)marks.bank.bytes, sizeof marks.bank.bytes};
    struct text ref = identity_ref(keep, ledger, store_text(found, 3), out->id);
    return (text_equals(payee, store_text(found, 0)) &&
            text_equals(bank, store_text(found, 1)) &&
            text_equals(ref, store_text(found, 2))) ||
           refuse_edited(ledger);
}

static const char rows_of_payees[] =
    "SELECT payee, bank, ref, assembly, salt, id, last_name, first_name, iban, bic, "
    "holder, town, postcode, country FROM payee JOIN person USING (ref)";

bool
identity_payee(struct arena *keep, struct ledger *ledger, struct text payee_mark,
               struct payee *out)
{
    struct store *store = ledger->identity;
    struct sqlite3_stmt *find = store_statement(
        store,
        "SELECT payee, bank, ref, assembly, salt, id, last_name, first_name, iban, bic, "
        "holder, town, postcode, country FROM payee JOIN person USING (ref) WHERE payee = "
        "?1");
    store_bind_blob(find, 1, payee_mark);
    return store_step(store, find) && take_payee(keep, ledger, find, out);
}

/* Everybody of whom the ledger speaks since they were last purged, if they were, is there, and each
 * payment since then has its words. */
static bool
nobody_is_missing(struct ledger *ledger)
{
    struct sqlite3_stmt *known = store_statement(
        &ledger->store,
        "WITH purged AS MATERIALIZED (SELECT subject, max(seq) AS last FROM event WHERE verb "
        "= 'purge' GROUP BY subject) SELECT DISTINCT ref, ifnull(payee, x'') FROM person LEFT "
        "JOIN purged ON subject = ref LEFT JOIN payment ON payment.person = person.seq AND "
        "payment.seq > ifnull(last, 0) WHERE last IS NULL OR payee IS NOT NULL OR EXISTS "
        "(SELECT 1 FROM account WHERE account.person = person.seq AND account.seq > last AND "
        "what <> 'came_back')");
    struct sqlite3_stmt *there = store_statement(
        ledger->identity,
        "SELECT (SELECT count(*) FROM person WHERE ref = ?1) AND (?2 = x'' OR (SELECT "
        "count(*) FROM payee WHERE payee = ?2))");
    bool good = true;
    while (good && store_step(&ledger->store, known)) {
        store_bind_text(there, 1, store_text(known, 0));
        store_bind_blob(there, 2, store_text(known, 1));
        good = store_value(ledger->identity, there) != 0;
    }
    store_release(&ledger->store);
    return (good && !ledger->identity->failed) || refuse_edited(ledger);
}

bool
identity_verify(struct ledger *ledger)
{
    struct store *store = ledger->identity;
    struct arena start = *ledger->store.keep;
    struct sqlite3_stmt *made = store_statement(
        store,
        "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE sql "
        "IS NOT NULL ORDER BY rowid)");
    /* Of a file that is only read, SQLite looks at no CHECK. */
    struct sqlite3_stmt *strays = store_statement(
        store, "SELECT (SELECT count(*) FROM payee WHERE ref NOT IN (SELECT ref FROM "
               "person)) + (SELECT count(*) FROM secret WHERE one <> 1)");
    if (!store_step(store, made) || !text_equals(store_text(made, 0), text_of(schema)) ||
        !schema_names_hold(store) || store_value(store, strays) != 0) {
        return refuse_edited(ledger);
    }
    struct sqlite3_stmt *rows = store_statement(store, rows_of_payees);
    bool good = true;
    while (good && store_step(store, rows)) {
        struct arena one = start;
        struct payee payee;
        good = take_payee(&one, ledger, rows, &payee);
    }
    struct sqlite3_stmt *persons =
        store_statement(store, "SELECT ref, assembly, id FROM person");
    while (good && store_step(store, persons)) {
        struct arena one = start;
        struct text ref =
            identity_ref(&one, ledger, store_text(persons, 1), store_text(persons, 2));
        good = text_equals(ref, store_text(persons, 0)) || refuse_edited(ledger);
    }
    store_release(store);
    return good && nobody_is_missing(ledger);
}

struct text
identity_id(struct arena *keep, struct ledger *ledger, struct text ref)
{
    struct sqlite3_stmt *find =
        store_statement(ledger->identity, "SELECT id FROM person WHERE ref = ?1");
    store_bind_text(find, 1, ref);
    return text_copy(keep,
                     store_step(ledger->identity, find) ? store_text(find, 0) : ref);
}

bool
is_office(struct text assembly)
{
    return text_equals(assembly, STR(OFFICE));
}

struct sharer
identity_sharer(struct arena *keep, struct ledger *ledger, struct text ref,
                struct text iban)
{
    struct sqlite3_stmt *find = store_statement(
        ledger->identity,
        "SELECT assembly, id FROM payee JOIN person USING (ref) WHERE iban = ?1 AND "
        "ref <> ?2 ORDER BY assembly <> '" OFFICE "', assembly, id LIMIT 1");
    struct sharer sharer = {0};
    store_bind_text(find, 1, iban);
    store_bind_text(find, 2, ref);
    if (store_step(ledger->identity, find)) {
        sharer.assembly = text_copy(keep, store_text(find, 0));
        sharer.id = text_copy(keep, store_text(find, 1));
    }
    return sharer;
}

bool
identity_purge(struct ledger *ledger, struct text ref)
{
    static const char *const removals[] = {"DELETE FROM payee WHERE ref = ?1",
                                           "DELETE FROM person WHERE ref = ?1"};
    bool good = true;
    for (size_t i = 0; i < ARRAY_COUNT(removals) && good; i++) {
        struct sqlite3_stmt *remove = store_statement(ledger->identity, removals[i]);
        store_bind_text(remove, 1, ref);
        good = store_done(ledger->identity, remove);
    }
    return good;
}
