/* SPDX-License-Identifier: Apache-2.0 */
/* Making, opening and proving a ledger; the one transaction in which a deed is recorded. */
#include "ledger_parts.h"

#include <inttypes.h>
#include <string.h>

#define BETWEEN_WORDS " -_.,;'" /* of a name */
#define FILE_MODE     0660 /* less the umask: the second person may have another account */

static const struct where nowhere = {0};

const char *
iso(struct arena *keep, struct date date)
{
    return date_text(date, NEW_ARRAY(keep, char, DATE_TEXT_MAX));
}

void
bind_right(struct sqlite3_stmt *statement, struct arena *keep, int64_t person,
           const struct right *right)
{
    store_bind(statement, 1, person);
    store_bind_text(statement, 2, right->component);
    store_bind_text(statement, 3, text_of(iso(keep, right->day)));
    store_bind_text(statement, 4, right->unit);
}

/* RFC 4648 without padding; every 5 bytes are 8 letters. */
struct text
base32(struct arena *keep, const uint8_t *bytes, size_t count)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    size_t size = (count * 8 + 4) / 5;
    char *out = NEW_ARRAY(keep, char, size + 1);
    for (size_t i = 0; i < size; i++) {
        unsigned value = 0;
        for (size_t bit = i * 5; bit < i * 5 + 5; bit++) {
            bool set = bit / 8 < count && (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
            value = value << 1 | set;
        }
        out[i] = letters[value];
    }
    return (struct text){out, size};
}

/* Takes the next word off the name; empty at its end. */
static struct text
take_word(struct text *name)
{
    struct text word = *name;
    size_t size = 0;
    while (word.size > 0 && strchr(BETWEEN_WORDS, word.data[0]) != NULL) {
        word = (struct text){word.data + 1, word.size - 1};
    }
    while (size < word.size && strchr(BETWEEN_WORDS, word.data[size]) == NULL) {
        size++;
    }
    *name = (struct text){word.data + size, word.size - size};
    return (struct text){word.data, size};
}

static size_t
times_in(struct arena scratch, struct text word, struct text name)
{
    size_t times = 0;
    for (struct text other; (other = take_word(&name)).size > 0;) {
        times += text_folds_equal(scratch, word, other);
    }
    return times;
}

static bool
has_words_of(struct arena scratch, struct text name, struct text of)
{
    struct text left = of;
    for (struct text word; (word = take_word(&left)).size > 0;) {
        if (times_in(scratch, word, name) != times_in(scratch, word, of)) {
            return false;
        }
    }
    return true;
}

bool
same_actor(struct ledger *ledger, struct text a, struct text b)
{
    struct arena scratch = *ledger->store.keep;
    return text_folds_equal(scratch, a, b) ||
           (has_words_of(scratch, a, b) && has_words_of(scratch, b, a));
}

static bool
first_rows(struct ledger *ledger, const char *version, const struct digest *identity,
           const struct act *act)
{
    const struct datum fields[] = {
        datum_integer(LEDGER_VERSION),
        datum_integer(act->time),
        datum_bytes(identity->bytes, sizeof identity->bytes),
        datum_text(text_of(version)),
    };
    return chain_append(ledger, TABLE_LEDGER, fields, ARRAY_COUNT(fields)) != 0 &&
           event_append(ledger, 0, "create", "", act);
}

bool
ledger_create(struct arena *keep, const char *path, const char *version,
              const struct act *act, struct diag *diag)
{
    struct ledger ledger = {
        .store = {.keep = keep, .diag = diag}
    };
    struct digest identity;
    if (identity_is_named(path)) {
        return diag_error(diag, nowhere, CODE_G004,
                          "'%s' is the name of a ledger's identities: no ledger is made "
                          "of it",
                          path);
    }
    if (!store_open(&ledger.store, path, STORE_NEW, FILE_MODE)) {
        return false;
    }
    bool good = store_begin_making(&ledger.store) &&
                identity_make(keep, identity_path(keep, path), &identity, diag) &&
                schema_make(&ledger.store) &&
                store_mark(&ledger.store, LEDGER_APPLICATION, LEDGER_VERSION) &&
                first_rows(&ledger, version, &identity, act) &&
                store_commit(&ledger.store);
    store_close(&ledger.store);
    return good;
}

static bool
check_kind(struct store *store)
{
    int32_t version = 0;
    if (store_is_marked(store, LEDGER_APPLICATION, LEDGER_VERSION, &version)) {
        return true;
    }
    if (store->failed) {
        return false;
    }
    int64_t id = store_value(store, store_statement(store, "PRAGMA application_id"));
    if (id == LEDGER_APPLICATION && version > LEDGER_VERSION) {
        return diag_error(
            store->diag, nowhere, CODE_G003,
            "'%s' was written by a newer version of defray (format %d; this "
            "one knows %d)",
            store->path, (int)version, LEDGER_VERSION);
    }
    return diag_error(store->diag, nowhere, CODE_G002, "'%s' is not a ledger",
                      store->path);
}

bool
store_bytes_hold(struct store *store)
{
    /* Not the quick one, which does not look whether an index says what its table says: where it
     * lies, what was paid is not found. */
    struct sqlite3_stmt *check = store_statement(store, "PRAGMA integrity_check(1)");
    struct text found = store_step(store, check) ? store_text(check, 0) : STR("");
    bool good = text_equals(found, STR("ok"));
    if (!good && !store->failed) {
        /* A page that the disk did not give is no damage: the ledger may be whole. */
        if (strstr(found.data, "error code=") != NULL) {
            diag_error(store->diag, nowhere, CODE_G021, "'%s' could not be read: %.*s",
                       store->path, TEXT_ARG(found));
        } else {
            diag_error(store->diag, nowhere, CODE_G040, "'%s' is damaged: %.*s",
                       store->path, TEXT_ARG(found));
        }
    }
    store_release(store);
    return good;
}

struct ledger *
ledger_open(struct arena *keep, const char *path, bool writing, struct diag *diag)
{
    struct ledger *ledger = NEW(keep, struct ledger);
    ledger->store = (struct store){.keep = keep, .diag = diag};
    if (!store_open(&ledger->store, path, writing ? STORE_WRITE : STORE_READ, 0)) {
        return NULL;
    }
    bool good = check_kind(&ledger->store) && schema_check(&ledger->store) &&
                store_bytes_hold(&ledger->store) &&
                store_run(&ledger->store, "PRAGMA cache_size=-32768");
    if (good) {
        store_keep_to_itself(&ledger->store);
        good = chain_check(ledger) && identity_open(ledger, writing) != NULL;
    }
    if (!good) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

void
ledger_close(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    if (ledger->identity != NULL) {
        store_close(ledger->identity);
    }
    store_close(&ledger->store);
}

const char *
ledger_head(struct arena *keep, const struct ledger *ledger)
{
    char hexadecimal[65];
    digest_text(ledger->head.digest, hexadecimal);
    return arena_printf(keep, "%" PRId64 ":%s", ledger->head.seq, hexadecimal);
}

/* Whoever waited finds the rows of those who came first. */
static bool
catch_up(struct ledger *ledger)
{
    struct store *store = &ledger->store;
    int64_t last = 0;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const char *sql = table_last((enum ledger_table)i);
        int64_t seq = store_value(store, store_statement(store, sql));
        last = seq > last ? seq : last;
    }
    return !store->failed && (last == ledger->head.seq || chain_check(ledger));
}

bool
ledger_hold(struct ledger *ledger)
{
    store_release(&ledger->store);
    return store_run(&ledger->store, "BEGIN") && catch_up(ledger);
}

void
ledger_let_go(struct ledger *ledger)
{
    store_release(&ledger->store);
    (void)store_run(&ledger->store,
                    "COMMIT"); /* what fails is told, and fails what follows */
}

bool
ledger_begin(struct ledger *ledger)
{
    bool good =
        store_begin(&ledger->store) && store_begin(ledger->identity) && catch_up(ledger);
    ledger->before = ledger->head;
    ledger->forgets = false;
    if (!good) {
        ledger_rollback(ledger);
    }
    return good;
}

/* The identities first: without the ledger's rows they mean nothing, and the other way round a
 * payment would have no name. If a person is forgotten, the ledger first: it would miss somebody
 * of whom it does not know that they were purged. */
bool
ledger_commit(struct ledger *ledger)
{
    struct store *first = ledger->forgets ? &ledger->store : ledger->identity;
    struct store *second = ledger->forgets ? ledger->identity : &ledger->store;
    second->follows = ledger->forgets;
    bool good = chain_flush(ledger) && store_commit(first) && store_commit(second);
    if (!good) {
        ledger_rollback(ledger);
    }
    return good;
}

void
ledger_rollback(struct ledger *ledger)
{
    store_rollback(ledger->identity);
    if (ledger->store.writing) {
        ledger->head = ledger->before;
    }
    ledger->waiting.count = 0;
    ledger->waiting.text_bytes = 0;
    store_rollback(&ledger->store);
}
