/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain. Rows of all tables stand in one order, and each holds the SHA-256 of the one before
 * it and of all its own values, lengths first, so that no two rows have the same bytes:
 *     h(n) = SHA-256("defray1" h(n-1) table seq values)
 */
#include "ledger_parts.h"

#include <sqlite3.h>

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

struct bytes { /* of one row, gathered before they are hashed: one long run is faster */
    uint8_t *data;
    size_t size, capacity;
    struct digester digester;
};

static void
add_bytes(struct bytes *bytes, const void *data, size_t size)
{
    if (size > bytes->capacity - bytes->size) {
        digester_add(&bytes->digester, bytes->data, bytes->size);
        bytes->size = 0;
    }
    if (size > bytes->capacity) {
        digester_add(&bytes->digester, data, size);
    } else if (size > 0) {
        memcpy(bytes->data + bytes->size, data, size);
        bytes->size += size;
    }
}

static void
add_number(struct bytes *bytes, char type, int64_t number)
{
    uint8_t out[9] = {(uint8_t)type};
    for (int i = 0; i < 8; i++) {
        out[1 + i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    }
    add_bytes(bytes, out, sizeof out);
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
    static const char types[] = {
        [DATUM_INTEGER] = 'i', [DATUM_TEXT] = 't', [DATUM_BYTES] = 'b'};
    uint8_t room[512];
    struct bytes bytes = {room, 0, sizeof room, digester_new()};
    add_bytes(&bytes, "defray1", 7);
    add_bytes(&bytes, before->digest.bytes, sizeof before->digest.bytes);
    add_text(&bytes, 't', text_of(table_name(table)));
    add_number(&bytes, 'i', seq);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == DATUM_INTEGER) {
            add_number(&bytes, 'i', fields[i].integer);
        } else {
            add_text(&bytes, types[fields[i].type], fields[i].text);
        }
    }
    digester_add(&bytes.digester, bytes.data, bytes.size);
    return digester_finish(&bytes.digester);
}

void
canonical_add(struct digester *digester, const struct datum *field)
{
    uint8_t room[128];
    struct bytes bytes = {room, 0, sizeof room, *digester};
    if (field->type == DATUM_INTEGER) {
        add_number(&bytes, 'i', field->integer);
    } else {
        add_text(&bytes, 't', field->text);
    }
    digester_add(&bytes.digester, bytes.data, bytes.size);
    *digester = bytes.digester;
}

int64_t
chain_append(struct ledger *ledger, enum ledger_table table, const struct datum *fields,
             size_t count)
{
    assert(count == table_columns(table) && count + 2 <= COLUMNS_MAX);
    struct sqlite3_stmt *insert = store_statement(&ledger->store, table_insert(table));
    struct link next = {.seq = ledger->head.seq + 1};
    next.digest = link_digest(&ledger->head, table, next.seq, fields, count);
    store_bind(insert, 1, next.seq);
    for (size_t i = 0; i < count; i++) {
        switch (fields[i].type) {
        case DATUM_INTEGER: store_bind(insert, (int)i + 2, fields[i].integer); break;
        case DATUM_TEXT: store_bind_text(insert, (int)i + 2, fields[i].text); break;
        case DATUM_BYTES: store_bind_blob(insert, (int)i + 2, fields[i].text); break;
        }
    }
    store_bind_blob(insert, (int)count + 2,
                    (struct text){(const char *)next.digest.bytes, 32});
    if (!store_done(&ledger->store, insert)) {
        return 0;
    }
    ledger->head = next;
    return next.seq;
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

/* Whether the row a cursor stands on is the next link; then it is the head. */
static bool
take_link(struct link *head, enum ledger_table table, struct sqlite3_stmt *statement)
{
    struct datum fields[COLUMNS_MAX];
    size_t count = table_columns(table);
    for (size_t i = 0; i < count; i++) {
        int column = (int)i + 1;
        switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            fields[i] = datum_integer(store_integer(statement, column));
            break;
        case SQLITE_TEXT: fields[i] = datum_text(store_text(statement, column)); break;
        default:
            fields[i] = datum_bytes(NULL, 0);
            fields[i].text = store_text(statement, column);
        }
    }
    struct link next = {.seq = store_integer(statement, 0)};
    struct text h = store_text(statement, (int)count + 1);
    next.digest = link_digest(head, table, next.seq, fields, count);
    bool right = next.seq == head->seq + 1 && h.size == sizeof next.digest.bytes &&
                 memcmp(h.data, next.digest.bytes, h.size) == 0;
    *head = right ? next : *head;
    return right;
}

bool
chain_check(struct ledger *ledger)
{
    struct store *store = &ledger->store;
    struct cursor cursors[TABLE_COUNT];
    struct link head = {0};
    bool whole = true;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        cursors[i].statement = store_statement(store, table_select((enum ledger_table)i));
        advance(store, &cursors[i]);
    }
    size_t at = first_of(cursors);
    while (cursors[at].seq != INT64_MAX && whole) {
        whole = take_link(&head, (enum ledger_table)at, cursors[at].statement);
        if (whole) {
            advance(store, &cursors[at]);
            at = first_of(cursors);
        }
    }
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (cursors[i].statement != NULL) {
            sqlite3_reset(cursors[i].statement);
        }
    }
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
    return true;
}
