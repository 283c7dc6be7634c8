/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain. Rows of all tables stand in one order, and each holds the SHA-256 of the one before
 * it and of all its own values, lengths first, so that no two rows have the same bytes:
 *     h(n) = SHA-256("defray1" h(n-1) table seq values)
 */
#include "ledger_parts.h"
#include "libsqlite.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define COLUMNS_MAX 24

struct datum
datum_integer(int64_t value)
{
    return (struct datum){DATUM_INTEGER, value, {0}};
}

struct datum
datum_text(struct text value)
{
    return (struct datum){DATUM_TEXT, 0, value};
}

struct datum
datum_date(struct arena *keep, struct date date)
{
    return datum_text(text_of(iso(keep, date)));
}

struct datum
datum_bytes(const void *bytes, size_t size)
{
    return (struct datum){
        DATUM_BYTES, 0, {(const char *)bytes, size}
    };
}

struct bytes { /* of a row, gathered before they are hashed: one long run is faster */
    struct digester *digester;
    size_t size;
    uint8_t data[512];
};

static void
flush(struct bytes *bytes)
{
    digester_add(bytes->digester, bytes->data, bytes->size);
    bytes->size = 0;
}

static void
add_bytes(struct bytes *bytes, const char *data, size_t size)
{
    if (size > sizeof bytes->data - bytes->size) {
        flush(bytes);
    }
    if (size > sizeof bytes->data) {
        digester_add(bytes->digester, data, size);
    } else if (size > 0) {
        memcpy(bytes->data + bytes->size, data, size);
        bytes->size += size;
    }
}

/* Written out: the compiler makes two instructions of it, and there is one for each value. */
static void
add_number(struct bytes *bytes, char type, int64_t number)
{
    uint64_t n = (uint64_t)number;
    if (9 > sizeof bytes->data - bytes->size) {
        flush(bytes);
    }
    uint8_t *out = bytes->data + bytes->size;
    out[0] = (uint8_t)type;
    out[1] = (uint8_t)(n >> 56);
    out[2] = (uint8_t)(n >> 48);
    out[3] = (uint8_t)(n >> 40);
    out[4] = (uint8_t)(n >> 32);
    out[5] = (uint8_t)(n >> 24);
    out[6] = (uint8_t)(n >> 16);
    out[7] = (uint8_t)(n >> 8);
    out[8] = (uint8_t)n;
    bytes->size += 9;
}

static void
add_text(struct bytes *bytes, char type, struct text text)
{
    add_number(bytes, type, (int64_t)text.size);
    add_bytes(bytes, text.data, text.size);
}

static struct digest
link_digest(const struct link *before, enum ledger_table table, int64_t seq,
            const struct datum *fields, size_t count)
{
    struct digester digester = digester_new();
    struct bytes bytes;
    bytes.digester = &digester;
    bytes.size = 0;
    add_bytes(&bytes, "defray1", 7);
    add_bytes(&bytes, (const char *)before->digest.bytes, sizeof before->digest.bytes);
    add_text(&bytes, 't', text_of(table_name(table)));
    add_number(&bytes, 'i', seq);
    for (size_t i = 0; i < count; i++) {
        switch (fields[i].type) {
        case DATUM_INTEGER: add_number(&bytes, 'i', fields[i].integer); break;
        case DATUM_TEXT: add_text(&bytes, 't', fields[i].text); break;
        case DATUM_BYTES: add_text(&bytes, 'b', fields[i].text); break;
        }
    }
    flush(&bytes);
    return digester_finish(&digester);
}

void
canonical_add_all(struct digester *digester, const struct datum *fields, size_t count)
{
    struct bytes bytes;
    bytes.digester = digester;
    bytes.size = 0;
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == DATUM_INTEGER) {
            add_number(&bytes, 'i', fields[i].integer);
        } else {
            add_text(&bytes, 't', fields[i].text);
        }
    }
    flush(&bytes);
}

void
canonical_add(struct digester *digester, const struct datum *field)
{
    canonical_add_all(digester, field, 1);
}

/* The values of a row from the place `at`. */
static void
bind_row(struct sqlite3_stmt *insert, int at, const struct link *link,
         const struct datum *fields, size_t count)
{
    store_bind(insert, at++, link->seq);
    for (size_t i = 0; i < count; i++, at++) {
        switch (fields[i].type) {
        case DATUM_INTEGER: store_bind(insert, at, fields[i].integer); break;
        case DATUM_TEXT: store_bind_text(insert, at, fields[i].text); break;
        case DATUM_BYTES: store_bind_blob(insert, at, fields[i].text); break;
        }
    }
    store_bind_blob(
        insert, at,
        (struct text){(const char *)link->digest.bytes, sizeof link->digest.bytes});
}

static struct link
next_link(const struct ledger *ledger, enum ledger_table table,
          const struct datum *fields, size_t count)
{
    assert(count == table_columns(table) && count + 2 <= COLUMNS_MAX);
    struct link next = {.seq = ledger->head.seq + 1};
    next.digest = link_digest(&ledger->head, table, next.seq, fields, count);
    return next;
}

int64_t
chain_append(struct ledger *ledger, enum ledger_table table, const struct datum *fields,
             size_t count)
{
    struct sqlite3_stmt *insert = store_statement(&ledger->store, table_insert(table));
    struct link next = next_link(ledger, table, fields, count);
    bind_row(insert, 1, &next, fields, count);
    if (!store_done(&ledger->store, insert)) {
        return 0;
    }
    ledger->head = next;
    return next.seq;
}

/* A row with its texts: those that were given are gone when it is written. */
static void
keep_row(struct waiting *waiting, const struct link *link, const struct datum *fields,
         size_t count)
{
    struct waiting_row *row = &waiting->rows[waiting->count++];
    row->link = *link;
    for (size_t i = 0; i < count; i++) {
        row->fields[i] = fields[i];
        if (fields[i].text.size > 0) {
            char *copy = waiting->texts + waiting->text_bytes;
            memcpy(copy, fields[i].text.data, fields[i].text.size);
            row->fields[i].text.data = copy;
            waiting->text_bytes += fields[i].text.size;
        }
    }
}

bool
chain_append_entry(struct ledger *ledger, const struct datum *fields, size_t count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += fields[i].text.size;
    }
    struct waiting *waiting = &ledger->waiting;
    if ((waiting->count == CHAIN_ROWS ||
         bytes > sizeof waiting->texts - waiting->text_bytes) &&
        !chain_flush(ledger)) {
        return false;
    }
    if (bytes > sizeof waiting->texts) {
        return chain_append(ledger, TABLE_ENTRY, fields, count) != 0;
    }
    struct link next = next_link(ledger, TABLE_ENTRY, fields, count);
    keep_row(waiting, &next, fields, count);
    ledger->head = next;
    return !ledger->store.failed;
}

bool
chain_flush(struct ledger *ledger)
{
    struct store *store = &ledger->store;
    struct waiting *waiting = &ledger->waiting;
    if (waiting->count == 0) {
        return !store->failed;
    }
    size_t count = table_columns(TABLE_ENTRY);
    bool many = waiting->count == CHAIN_ROWS;
    struct sqlite3_stmt *insert = store_statement(
        store, many ? table_insert_many(TABLE_ENTRY) : table_insert(TABLE_ENTRY));
    for (size_t i = 0; i < waiting->count; i++) {
        const struct waiting_row *row = &waiting->rows[i];
        int at = many ? (int)(i * (count + 2)) + 1 : 1;
        bind_row(insert, at, &row->link, row->fields, count);
        if (!many && !store_done(store, insert)) {
            break;
        }
    }
    waiting->count = 0;
    waiting->text_bytes = 0;
    return !store->failed && (!many || store_done(store, insert));
}

/* One table read in the order of its rows. */
struct cursor {
    struct sqlite3_stmt *statement;
    int64_t seq; /* of the row it stands on; INT64_MAX at the end */
};

static void
advance(struct store *store, struct cursor *cursor)
{
    cursor->seq = store_step(store, cursor->statement)
                      ? store_integer(cursor->statement, 0)
                      : INT64_MAX;
}

static size_t
first_of(const struct cursor cursors[TABLE_COUNT])
{
    size_t first = 0;
    for (size_t i = 1; i < TABLE_COUNT; i++) {
        first = cursors[i].seq < cursors[first].seq ? i : first;
    }
    return first;
}

static struct datum
read_datum(sqlite3_value *value)
{
    int type = sqlite.sqlite3_value_type(value);
    if (type == SQLITE_INTEGER) {
        return datum_integer(sqlite.sqlite3_value_int64(value));
    }
    const char *bytes = sqlite.sqlite3_value_blob(value);
    size_t size = (size_t)sqlite.sqlite3_value_bytes(value);
    struct text text = bytes == NULL ? STR("") : (struct text){bytes, size};
    return (struct datum){type == SQLITE_TEXT ? DATUM_TEXT : DATUM_BYTES, 0, text};
}

/* Whether the row a cursor stands on is the next link; then it is the head. */
static bool
take_link(struct ledger *ledger, struct link *head, enum ledger_table table,
          struct sqlite3_stmt *statement)
{
    struct datum fields[COLUMNS_MAX];
    size_t count = table_columns(table);
    for (size_t i = 0; i < count; i++) {
        fields[i] = read_datum(sqlite.sqlite3_column_value(statement, (int)i + 1));
    }
    struct link next = {.seq = store_integer(statement, 0)};
    struct text h = store_text(statement, (int)count + 1);
    next.digest = link_digest(head, table, next.seq, fields, count);
    if (next.seq != head->seq + 1 || !digest_same(digest_from(h), next.digest)) {
        return false;
    }
    seals_pass(ledger, table, next.seq, fields);
    *head = next;
    return true;
}

bool
chain_check(struct ledger *ledger)
{
    struct store *store = &ledger->store;
    struct cursor cursors[TABLE_COUNT];
    struct link head = {0};
    bool whole = true;
    seals_begin(&ledger->seals);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        cursors[i].statement = store_statement(store, table_select((enum ledger_table)i));
        advance(store, &cursors[i]);
    }
    size_t at = first_of(cursors);
    while (cursors[at].seq != INT64_MAX && whole) {
        whole = take_link(ledger, &head, (enum ledger_table)at, cursors[at].statement);
        if (whole) {
            advance(store, &cursors[at]);
            at = cursors[at].seq == head.seq + 1 ? at : first_of(cursors);
        }
    }
    store_release(store);
    if (store->failed) {
        return false;
    }
    if (!whole) {
        return diag_error(store->diag, (struct where){0}, CODE_G040,
                          "'%s' is damaged: the row after number %" PRId64
                          " is not what was recorded",
                          store->path, head.seq);
    }
    ledger->head = head;
    ledger->seals.head = head;
    return true;
}
