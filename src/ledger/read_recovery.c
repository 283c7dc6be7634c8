/* SPDX-License-Identifier: Apache-2.0 */
/* What is listed for recovery and has not come back. What came back settles the oldest debts
 * first; those that are settled whole are not told any more. */
#include "defray/ledger_view.h"

#include "ledger_parts.h"

#include <stdlib.h>

static const struct where nowhere = {0};

struct debts ARRAY_OF(struct recovery_debt);
struct debt_lines ARRAY_OF(struct recovery_line);

struct debtor {
    struct arena *keep;
    struct ledger *ledger;
    int64_t person;
    struct recovery_debt *debt;
    struct debt_lines lines;
    struct date *until;
};

static void
read_name(struct debtor *work, struct text ref)
{
    struct store *store = work->ledger->identity;
    struct recovery_debt *debt = work->debt;
    struct text *const texts[] = {&debt->last_name, &debt->first_name, &debt->postcode,
                                  &debt->town};
    struct sqlite3_stmt *last = store_statement(
        store, "SELECT last_name, first_name, postcode, town FROM payee WHERE ref = ?1 "
               "ORDER BY rowid DESC LIMIT 1");
    store_bind_text(last, 1, ref);
    bool found = store_step(store, last);
    for (size_t i = 0; found && i < ARRAY_COUNT(texts); i++) {
        *texts[i] = text_copy(work->keep, store_text(last, (int)i));
    }
    debt->id = identity_id(work->keep, work->ledger, ref);
}

/* The rights that a batch changed for the person; what they leave of the sum that it listed was
 * brought forward. */
static void
read_lines(struct debtor *work, int64_t batch, struct money listed)
{
    struct store *store = &work->ledger->store;
    struct sqlite3_stmt *rights = store_statement(
        store,
        "WITH gone AS (SELECT batch FROM event WHERE state = 'CANCELLED') SELECT component, "
        "unit, cause, day, sum(amount), max(seq), (SELECT ifnull(sum(amount), 0) FROM entry o "
        "WHERE o.person = e.person AND o.component = e.component AND o.day = e.day AND o.unit "
        "= e.unit AND o.batch < e.batch), (SELECT ifnull(max(batch), 0) FROM entry o WHERE "
        "o.person = e.person AND o.component = e.component AND o.day = e.day AND o.unit = "
        "e.unit AND o.batch < e.batch AND o.amount > 0 AND o.batch NOT IN gone AND NOT EXISTS "
        "(SELECT 1 FROM entry r WHERE r.reverses = o.seq AND r.reverses > 0 AND r.batch < "
        "e.batch AND r.batch NOT IN gone)) FROM entry e WHERE person = ?1 AND batch = ?2 AND "
        "book = 'right' GROUP BY component, day, unit HAVING sum(amount) <> 0 ORDER BY day, "
        "component, unit");
    struct money left = {-listed.cents};
    store_bind(rights, 1, work->person);
    store_bind(rights, 2, batch);
    while (store_step(store, rights)) {
        struct recovery_line *line = ARRAY_PUSH(work->keep, &work->lines);
        line->component = text_copy(work->keep, store_text(rights, 0));
        line->unit = text_copy(work->keep, store_text(rights, 1));
        line->cause = text_copy(work->keep, store_text(rights, 2));
        (void)date_parse_iso(store_text(rights, 3), &line->day);
        line->change = (struct money){store_integer(rights, 4)};
        line->before = (struct money){store_integer(rights, 6)};
        line->paid_by = store_integer(rights, 7);
        line->batch = batch;
        left = money_subtract(left, line->change);
    }
    if (left.cents != 0) {
        *ARRAY_PUSH(work->keep, &work->lines) =
            (struct recovery_line){.batch = batch, .day = DATE_NONE, .change = left};
    }
}

static void
read_debt(struct debtor *work)
{
    struct store *store = &work->ledger->store;
    struct recovery_debt *debt = work->debt;
    struct sqlite3_stmt *back = store_statement(
        store,
        "SELECT (SELECT ifnull(sum(amount), 0) FROM entry WHERE person = ?1 AND book = "
        "'collected') - (SELECT ifnull(sum(min(net, 0)), 0) FROM (SELECT sum(amount) AS net "
        "FROM entry WHERE person = ?1 AND book = 'recovery' GROUP BY batch))");
    store_bind(back, 1, work->person);
    struct money credit = {store_value(store, back)};
    struct sqlite3_stmt *listings = store_statement(
        store,
        "SELECT e.batch, sum(amount), day_to FROM entry e JOIN batch b ON b.number = e.batch "
        "WHERE person = ?1 AND book = 'recovery' GROUP BY e.batch HAVING sum(amount) > 0 "
        "ORDER BY e.batch");
    store_bind(listings, 1, work->person);
    while (store_step(store, listings)) {
        struct money listed = {store_integer(listings, 1)};
        struct date until = DATE_NONE;
        if (debt->listed.cents == 0 && money_compare(credit, listed) >= 0) {
            credit = money_subtract(credit, listed);
            continue;
        }
        (void)date_parse_iso(store_text(listings, 2), &until);
        *work->until = date_compare(until, *work->until) > 0 ? until : *work->until;
        debt->listed = money_add(debt->listed, listed);
        read_lines(work, store_integer(listings, 0), listed);
    }
    debt->settled = credit;
    debt->open = money_subtract(debt->listed, credit);
    debt->lines = work->lines.items;
    debt->line_count = work->lines.count;
}

static int
compare_debts(const void *left, const void *right)
{
    const struct recovery_debt *a = left;
    const struct recovery_debt *b = right;
    return text_compare(a->id, b->id);
}

struct recovery *
ledger_recovery(struct arena *keep, struct ledger *ledger, struct text assembly,
                struct text member)
{
    struct store *store = &ledger->store;
    struct recovery *out = NEW(keep, struct recovery);
    struct debts debts = {0};
    *out = (struct recovery){
        .assembly = assembly, .until = DATE_NONE, .head = ledger_head(keep, ledger)};
    struct text ref =
        member.size > 0 ? identity_ref(keep, ledger, assembly, member) : STR("");
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT seq, ref FROM person WHERE assembly = ?1 AND (?2 = '' OR ref = ?2) AND 0 < "
        "(SELECT ifnull(sum(CASE book WHEN 'recovery' THEN amount WHEN 'collected' THEN "
        "-amount END), 0) FROM entry WHERE entry.person = person.seq AND book <> 'right') "
        "ORDER BY seq");
    store_bind_text(all, 1, assembly);
    store_bind_text(all, 2, ref);
    while (store_step(store, all)) {
        struct debtor work = {.keep = keep,
                              .ledger = ledger,
                              .person = store_integer(all, 0),
                              .debt = ARRAY_PUSH(keep, &debts),
                              .until = &out->until};
        read_name(&work, store_text(all, 1));
        read_debt(&work);
        out->open = money_add(out->open, work.debt->open);
    }
    if (debts.count == 0 && !store->failed) {
        diag_error(store->diag, nowhere, CODE_G006,
                   "nothing of '%.*s' is to be recovered",
                   TEXT_ARG(member.size > 0 ? member : assembly));
    } else if (debts.count > 1) {
        qsort(debts.items, debts.count, sizeof *debts.items, compare_debts);
    }
    out->items = debts.items;
    out->count = debts.count;
    return debts.count > 0 && !store->failed && !ledger->identity->failed ? out : NULL;
}
