/* SPDX-License-Identifier: Apache-2.0 */
/* The questions that must have no answer, the seals recomputed, the heads noted elsewhere. */
#include "ledger_parts.h"

#include <inttypes.h>
#include <string.h>

static const struct where nowhere = {0};

static const struct invariant {
    const char *words;
    const char *query;
} invariants[] = {
#define INVARIANT(words, query) {words, query},
#include "invariants.def"
#undef INVARIANT
};

static bool
holds(struct ledger *ledger, const struct invariant *invariant)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *question = store_statement(store, invariant->query);
    if (!store_step(store, question)) {
        return !store->failed;
    }
    int64_t found = store_integer(question, 0);
    return diag_error(store->diag, nowhere, CODE_G041,
                      "'%s': it does not hold that %s (%" PRId64 ")", store->path,
                      tr(diag_language(store->diag), invariant->words), found);
}

bool
ledger_verify(struct ledger *ledger)
{
    struct store *store = &ledger->store;
    bool good = true;
    for (size_t i = 0; i < ARRAY_COUNT(invariants); i++) {
        good = holds(ledger, &invariants[i]) && good;
    }
    int64_t wrong = 0;
    if (!events_follow(ledger, &wrong)) {
        good =
            diag_error(store->diag, nowhere, CODE_G041,
                       "the act in row %" PRId64 " was not allowed in that state", wrong);
    }
    good = seals_hold(ledger, 0) && good;
    good = identity_verify(ledger) && good;
    store_release(store);
    return good && !store->failed;
}

/* "1234:9f86d0…", one noted head. */
static bool
parse_head(struct text line, struct link *out)
{
    size_t at = 0;
    *out = (struct link){0};
    while (at < line.size && is_digit(line.data[at]) && at < 18) {
        out->seq = out->seq * 10 + (line.data[at++] - '0');
    }
    if (at == 0 || line.size != at + 1 + 64 || line.data[at] != ':') {
        return false;
    }
    for (size_t i = 0; i < 64; i++) {
        static const char digits[] = "0123456789abcdef";
        const char *digit = memchr(digits, line.data[at + 1 + i], sizeof digits - 1);
        if (digit == NULL) {
            return false;
        }
        out->digest.bytes[i / 2] =
            (uint8_t)(out->digest.bytes[i / 2] << 4 | (uint8_t)(digit - digits));
    }
    return true;
}

/* Any table may hold the row. */
static bool
has_row(struct ledger *ledger, const struct link *link)
{
    struct store *store = &ledger->store;
    bool found = false;
    for (size_t i = 0; i < TABLE_COUNT && !found; i++) {
        struct sqlite3_stmt *row =
            store_statement(store, table_link((enum ledger_table)i));
        store_bind(row, 1, link->seq);
        found = store_step(store, row) &&
                text_equals(store_text(row, 0),
                            (struct text){(const char *)link->digest.bytes, 32});
    }
    store_release(store);
    return found;
}

bool
ledger_verify_anchor(struct ledger *ledger, const struct input *anchor)
{
    size_t mark = text_starts_with(anchor->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    struct text rest = {anchor->bytes.data + mark, anchor->bytes.size - mark};
    struct where where = {.input = anchor, .line = 0};
    bool good = true;
    size_t heads = 0;
    while (rest.size > 0) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t size = end == NULL ? rest.size : (size_t)(end - rest.data);
        bool returns = size > 0 && rest.data[size - 1] == '\r'; /* noted under Windows */
        struct text line = text_trim((struct text){rest.data, size - returns});
        struct link link;
        where.line++;
        size += end != NULL;
        rest = (struct text){rest.data + size, rest.size - size};
        if (line.size == 0) {
            continue;
        }
        if (!parse_head(line, &link)) {
            good = diag_error(
                ledger->store.diag, where, CODE_G008,
                "this is not a head of a ledger (a number, ':' and 64 digits)");
        } else if (!has_row(ledger, &link)) {
            good = diag_error(ledger->store.diag, where, CODE_G043,
                              "the ledger does not hold row %" PRId64
                              " as it was noted here",
                              link.seq);
        }
        heads++;
    }
    return (heads > 0 || diag_error(ledger->store.diag, (struct where){.input = anchor},
                                    CODE_G008, "no head of a ledger is noted here")) &&
           good;
}
