/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is paid on days that a run does not settle. Rights are told apart by their day; a session
 * or a receipt that turns up on another day, and a ceiling that spans more days than the run
 * settles, are seen only by looking there.
 */
#include "ledger_parts.h"

#include <stdlib.h>

struct elsewhere_list ARRAY_OF(struct elsewhere);
struct beside_list ARRAY_OF(struct beside);

struct wanted {
    bool all; /* the rules look back: every right may bear on a ceiling or an envelope */
    struct map sessions; /* of the days that are settled */
    struct map receipts; /* "#" and the fingerprint of each */
};

static void
want_claims(struct arena *keep, const struct batch *batch, struct period days,
            struct wanted *wanted)
{
    for (size_t i = 0; batch->claims != NULL && i < batch->claims->count; i++) {
        const struct claim *claim = &batch->claims->items[i];
        if (!period_contains(days, claim->date)) {
            continue;
        }
        if (claim->session.size > 0) {
            map_insert(keep, &wanted->sessions, claim->session, 1);
        }
        if (claim_names_receipt(claim)) {
            struct text reference = claim_words(claim)->receipt_reference;
            map_insert(keep, &wanted->receipts, unit_mark(keep, reference), 1);
        }
    }
}

static struct wanted
want(struct arena *keep, const struct batch *batch, struct period days)
{
    bool all = liquidation_looks_back(batch->rules) || batch->rules->envelope_count > 0;
    struct wanted wanted = {.all = all};
    for (size_t i = 0; i < batch->log->session_count; i++) {
        const struct session *session = &batch->log->sessions[i];
        if (session->id.size > 0 && period_contains(days, session->date)) {
            map_insert(keep, &wanted.sessions, session->id, 1);
        }
    }
    want_claims(keep, batch, days, &wanted);
    return wanted;
}

static int
compare_elsewhere(const void *left, const void *right)
{
    const struct elsewhere *a = left;
    const struct elsewhere *b = right;
    int order = (a->member > b->member) - (a->member < b->member);
    return order != 0 ? order : right_compare(&a->right, &b->right);
}

static struct map
members_by_ref(struct arena *keep, struct ledger *ledger, const struct batch *batch)
{
    struct map members = {0};
    map_reserve(keep, &members, batch->roster->count);
    for (size_t i = 0; i < batch->roster->count; i++) {
        struct text ref =
            identity_ref(keep, ledger, batch->rules->id, batch->roster->items[i].id);
        map_insert(keep, &members, ref, (uint32_t)i);
    }
    return members;
}

/* Assemblies of one ledger share members, and one receipt could be paid in each, on any day. */
static void
read_beside(struct arena *keep, struct ledger *ledger, const struct batch *batch,
            const struct wanted *wanted, struct history *history)
{
    struct store *store = &ledger->store;
    struct beside_list list = {0};
    if (wanted->receipts.count == 0) {
        return;
    }
    struct sqlite3_stmt *rights = store_statement(
        store,
        "SELECT assembly, unit, day FROM person JOIN entry ON entry.person = person.seq "
        "WHERE assembly <> ?1 AND book = 'right' AND entry.seq < ?2 "
        "GROUP BY person.seq, component, day, unit HAVING sum(amount) > 0 "
        "ORDER BY min(entry.seq)");
    store_bind_text(rights, 1, batch->rules->id);
    store_bind(rights, 2, rows_end(ledger));
    while (store_step(store, rights)) {
        struct text mark = unit_parts(store_text(rights, 1)).mark;
        if (mark.size > 0 && map_find(&wanted->receipts, mark) != MAP_NONE) {
            struct beside *one = ARRAY_PUSH(keep, &list);
            one->assembly = text_copy(keep, store_text(rights, 0));
            one->mark = text_copy(keep, mark);
            (void)date_parse_iso(store_text(rights, 2), &one->day);
        }
    }
    history->beside = list.items;
    history->beside_count = list.count;
}

void
read_elsewhere(struct arena *keep, struct ledger *ledger, const struct batch *batch,
               struct history *history)
{
    struct store *store = &ledger->store;
    struct period days = {history->since, batch->period.to};
    struct wanted wanted = want(keep, batch, days);
    struct map members = members_by_ref(keep, ledger, batch);
    struct elsewhere_list list = {0};
    struct sqlite3_stmt *rights = store_statement(
        store,
        "SELECT ref, component, day, unit, sum(amount) FROM person "
        "JOIN entry ON entry.person = person.seq WHERE assembly = ?1 AND book = 'right' "
        "AND day NOT BETWEEN ?2 AND ?3 AND entry.seq < ?4 "
        "GROUP BY person.seq, component, day, unit HAVING sum(amount) > 0");
    store_bind_text(rights, 1, batch->rules->id);
    store_bind_text(rights, 2, text_of(iso(keep, days.from)));
    store_bind_text(rights, 3, text_of(iso(keep, days.to)));
    store_bind(rights, 4, rows_end(ledger));
    while (store_step(store, rights)) {
        struct unit_parts parts = unit_parts(store_text(rights, 3));
        bool same_receipt = map_find(&wanted.receipts, parts.mark) != MAP_NONE;
        if (!wanted.all && !same_receipt &&
            map_find(&wanted.sessions, parts.session) == MAP_NONE) {
            continue;
        }
        struct elsewhere *one = ARRAY_PUSH(keep, &list);
        *one = (struct elsewhere){
            .right.component = text_copy(keep, store_text(rights, 1)),
            .right.unit = text_copy(keep, store_text(rights, 3)),
            .amount = {store_integer(rights, 4)},
            .member = map_find(&members, store_text(rights, 0)),
            .same_receipt = same_receipt,
        };
        (void)date_parse_iso(store_text(rights, 2), &one->right.day);
    }
    if (list.count > 1) {
        qsort(list.items, list.count, sizeof *list.items, compare_elsewhere);
    }
    history->elsewhere = list.items;
    history->elsewhere_count = list.count;
    read_beside(keep, ledger, batch, &wanted, history);
}
