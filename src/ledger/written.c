/* SPDX-License-Identifier: Apache-2.0 */
/* The fingerprints of files that were written for a batch, one an attempt and format. */
#include "ledger_parts.h"

#include <inttypes.h>

static const struct where nowhere = {0};

static int64_t
attempt_of(struct ledger *ledger, int64_t batch)
{
    struct sqlite3_stmt *count = store_statement(
        &ledger->store,
        "SELECT 1 + count(*) FROM event WHERE batch = ?1 AND verb = 'rejected' "
        "AND state = 'REJECTED'");
    store_bind(count, 1, batch);
    return store_value(&ledger->store, count);
}

bool
ledger_output_known(struct ledger *ledger, int64_t batch, const char *kind,
                    const struct digest *sha256, bool *known, bool *same)
{
    struct store *store = &ledger->store;
    char hexadecimal[65];
    digest_text(*sha256, hexadecimal);
    int64_t attempt = attempt_of(ledger, batch);
    struct sqlite3_stmt *find = store_statement(
        store,
        "SELECT sha256 FROM output WHERE batch = ?1 AND attempt = ?2 AND kind = ?3");
    store_bind(find, 1, batch);
    store_bind(find, 2, attempt);
    store_bind_text(find, 3, text_of(kind));
    *known = store_step(store, find);
    *same = !*known || text_equals(store_text(find, 0), text_of(hexadecimal));
    store_release(store);
    return !store->failed;
}

bool
ledger_output_add(struct ledger *ledger, int64_t batch, const char *kind,
                  const struct digest *sha256, int64_t bytes)
{
    char hexadecimal[65];
    digest_text(*sha256, hexadecimal);
    const struct datum fields[] = {
        datum_integer(batch),      datum_integer(attempt_of(ledger, batch)),
        datum_text(text_of(kind)), datum_text(text_of(hexadecimal)),
        datum_integer(bytes),
    };
    return chain_append(ledger, TABLE_OUTPUT, fields, ARRAY_COUNT(fields)) != 0;
}

bool
ledger_output_is(struct ledger *ledger, int64_t batch, const struct digest *sha256,
                 struct text name)
{
    struct store *store = &ledger->store;
    char hexadecimal[65];
    digest_text(*sha256, hexadecimal);
    int64_t attempt = attempt_of(ledger, batch);
    struct sqlite3_stmt *find = store_statement(
        store,
        "SELECT ifnull(max(attempt), 0), (SELECT count(*) FROM batch WHERE number = "
        "?1) FROM output WHERE batch = ?1 AND sha256 = ?2");
    store_bind(find, 1, batch);
    store_bind_text(find, 2, text_of(hexadecimal));
    if (!store_step(store, find)) {
        return false;
    }
    int64_t found = store_integer(find, 0);
    if (store_integer(find, 1) == 0) {
        return ledger_refuse(ledger, LEDGER_SENT, batch);
    }
    if (found == 0) {
        return diag_error(store->diag, nowhere, CODE_P119,
                          "'%.*s' is not a file that was exported for batch %" PRId64,
                          TEXT_ARG(name), batch);
    }
    return found == attempt ||
           diag_error(store->diag, nowhere, CODE_P119,
                      "'%.*s' is of attempt %" PRId64 " of batch %" PRId64
                      ", which was refused; attempt %" PRId64 " is to be sent",
                      TEXT_ARG(name), found, batch, attempt);
}
