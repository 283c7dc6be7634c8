/* SPDX-License-Identifier: Apache-2.0 */
/* What is listed for recovery, was paid and has not come back. What came back settles the oldest
 * debts first; those that are settled whole are not told any more. */
#include "defray/ledger_view.h"

#include "ledger_parts.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct where nowhere = {0};

struct debts ARRAY_OF(struct recovery_debt);
struct debt_lines ARRAY_OF(struct recovery_line);

struct listing { /* what a batch listed for recovery */
    int64_t batch;
    struct money sum;
    struct date until; /* the last day of the batch */
    struct debt_lines lines;
    struct money left, unsent; /* below zero: not told by the lines yet */
};
struct listings ARRAY_OF(struct listing);

struct debtor {
    struct arena *keep;
    struct ledger *ledger;
    int64_t person;
    struct recovery_debt *debt;
};

static void
read_name(struct arena *keep, struct ledger *ledger, struct text ref,
          struct recovery_debt *debt)
{
    struct store *store = ledger->identity;
    struct text *const texts[] = {&debt->last_name, &debt->first_name, &debt->postcode,
                                  &debt->town};
    struct sqlite3_stmt *last = store_statement(
        store, "SELECT last_name, first_name, postcode, town FROM payee WHERE ref = ?1 "
               "ORDER BY rowid DESC LIMIT 1");
    store_bind_text(last, 1, ref);
    bool found = store_step(store, last);
    for (size_t i = 0; found && i < ARRAY_COUNT(texts); i++) {
        *texts[i] = text_copy(keep, store_text(last, (int)i));
    }
    debt->id = identity_id(keep, ledger, ref);
}

/* The rights that a batch changed for the person, in order. */
static struct debt_lines
read_changes(struct debtor *work, int64_t batch)
{
    struct store *store = &work->ledger->store;
    struct debt_lines lines = {0};
    struct sqlite3_stmt *rights = store_statement(
        store,
        "SELECT component, unit, cause, day, sum(amount), max(seq) FROM entry WHERE person = ?1 "
        "AND batch = ?2 AND book = 'right' GROUP BY component, day, unit HAVING sum(amount) <> 0 "
        "ORDER BY day, component, unit");
    store_bind(rights, 1, work->person);
    store_bind(rights, 2, batch);
    while (store_step(store, rights)) {
        struct recovery_line *line = ARRAY_PUSH(work->keep, &lines);
        line->component = text_copy(work->keep, store_text(rights, 0));
        line->unit = text_copy(work->keep, store_text(rights, 1));
        line->cause = text_copy(work->keep, store_text(rights, 2));
        (void)date_parse_iso(store_text(rights, 3), &line->day);
        line->change = (struct money){store_integer(rights, 4)};
    }
    return lines;
}

/* Puts a change among the lines of the listing; what of it has not left is no part of them. */
static void
put_change(struct debtor *work, struct listing *listing, int64_t batch,
           struct recovery_line line)
{
    struct right right = {line.component, line.day, line.unit};
    struct paying paying = right_paying(work->ledger, work->person, &right, batch);
    struct money unsent = {0};
    listing->left = money_subtract(listing->left, line.change);
    if (line.change.cents < 0) {
        unsent = money_min(paying.unsent, (struct money){-line.change.cents});
    }
    if (unsent.cents > 0) {
        listing->unsent = money_add(listing->unsent, unsent);
        work->debt->unsent_by = paying.unsent_by > work->debt->unsent_by
                                    ? paying.unsent_by
                                    : work->debt->unsent_by;
    }
    line.batch = listing->batch;
    line.paid_by = paying.paid_by;
    line.before = money_subtract(paying.before, unsent);
    line.change = money_add(line.change, unsent);
    if (line.change.cents != 0) {
        *ARRAY_PUSH(work->keep, &listing->lines) = line;
    }
}

/* Whether a right stands in the place of one that was lowered: of its day, or of its session. */
static bool
takes_a_place(const struct debt_lines *lines, const struct recovery_line *raised)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct recovery_line *line = &lines->items[i];
        bool there = date_compare(line->day, raised->day) == 0 ||
                     (line->unit.size > 0 && text_equals(line->unit, raised->unit));
        if (there && line->change.cents < 0 &&
            text_equals(line->component, raised->component)) {
            return true;
        }
    }
    return false;
}

/* What a batch lowered; and as much of what it raised as was set off against that, since less was
 * listed: what takes a place of it first. */
static void
put_changes(struct debtor *work, struct listing *listing, int64_t batch)
{
    struct debt_lines lines = read_changes(work, batch);
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.items[i].change.cents < 0) {
            put_change(work, listing, batch, lines.items[i]);
        }
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < lines.count; i++) {
            const struct recovery_line *line = &lines.items[i];
            if (line->change.cents > 0 && takes_a_place(&lines, line) == (pass == 0) &&
                money_compare(line->change, listing->left) <= 0) {
                put_change(work, listing, batch, *line);
            }
        }
    }
}

/* What earlier batches lowered, the latest first, as long as something is not told: back to the
 * listing before, which has told all until then. */
static void
put_brought(struct debtor *work, struct listing *listing, int64_t after)
{
    struct store *store = &work->ledger->store;
    struct int64_list batches = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT DISTINCT batch FROM entry WHERE person = ?1 AND book = 'right' AND batch < ?2 "
        "AND batch > ?3 ORDER BY batch DESC");
    store_bind(all, 1, work->person);
    store_bind(all, 2, listing->batch);
    store_bind(all, 3, after);
    while (store_step(store, all)) {
        *ARRAY_PUSH(work->keep, &batches) = store_integer(all, 0);
    }
    for (size_t i = 0; i < batches.count && listing->left.cents < 0; i++) {
        put_changes(work, listing, batches.items[i]);
    }
}

/* The lines of a listing come to its sum less what has not left; what they leave of that was
 * brought forward. */
static void
tell_listing(struct debtor *work, struct listing *listing, int64_t after)
{
    struct recovery_debt *debt = work->debt;
    listing->left = (struct money){-listing->sum.cents};
    put_changes(work, listing, listing->batch);
    put_brought(work, listing, after);
    listing->unsent = money_min(listing->unsent, listing->sum);
    listing->sum = money_subtract(listing->sum, listing->unsent);
    debt->unsent = money_add(debt->unsent, listing->unsent);
    struct money left = {-listing->sum.cents};
    for (size_t i = 0; i < listing->lines.count; i++) {
        left = money_subtract(left, listing->lines.items[i].change);
    }
    if (left.cents != 0) {
        *ARRAY_PUSH(work->keep, &listing->lines) = (struct recovery_line){
            .batch = listing->batch, .day = DATE_NONE, .change = left};
    }
}

/* What was listed, in the order in which it was; a batch that was cancelled has listed nothing. */
static struct listings
read_listings(struct debtor *work)
{
    struct store *store = &work->ledger->store;
    struct listings listings = {0};
    struct sqlite3_stmt *all = store_statement(
        store,
        "SELECT e.batch, amount, day_to FROM entry e JOIN batch b ON b.number = e.batch WHERE "
        "person = ?1 AND e.kind = 'RECOVER' AND amount > 0 AND NOT EXISTS (SELECT 1 FROM entry r "
        "WHERE r.reverses = e.seq AND r.reverses > 0) ORDER BY e.batch");
    store_bind(all, 1, work->person);
    while (store_step(store, all)) {
        struct listing *listing = ARRAY_PUSH(work->keep, &listings);
        listing->batch = store_integer(all, 0);
        listing->sum = (struct money){store_integer(all, 1)};
        (void)date_parse_iso(store_text(all, 2), &listing->until);
    }
    return listings;
}

/* What has come back: collected, kept back of later payments, given back from the list, or returned
 * by the bank and not taken off the list yet. */
static struct money
come_back(struct debtor *work)
{
    struct store *store = &work->ledger->store;
    struct position standing = read_standing(work->ledger, work->person);
    struct sqlite3_stmt *sum = store_statement(
        store,
        "SELECT ifnull(sum(CASE book WHEN 'collected' THEN amount ELSE -amount END), 0) FROM "
        "entry e WHERE person = ?1 AND (book = 'collected' OR (book = 'recovery' AND amount < 0 "
        "AND kind <> 'REVERSAL' AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.seq "
        "AND r.reverses > 0)))");
    store_bind(sum, 1, work->person);
    return money_add((struct money){store_value(store, sum)}, standing.returned);
}

/* What has left for the person and stands, less what was collected of it. */
static struct money
still_held(struct debtor *work, int64_t *waiting)
{
    struct store *store = &work->ledger->store;
    struct sqlite3_stmt *sum = store_statement(
        store,
        "SELECT ifnull(sum(amount), 0) FROM entry WHERE person = ?1 AND book = 'collected'");
    store_bind(sum, 1, work->person);
    struct money collected = {store_value(store, sum)};
    return money_subtract(person_received(work->ledger, work->person, waiting),
                          collected);
}

/* Nobody is asked for more than they still hold, whatever is listed: a listing outlives its reason
 * where the reversal that it came of was cancelled, and the file that had paid was rejected. */
static void
leave_what_is_held(struct debtor *work, struct debt_lines *told)
{
    struct recovery_debt *debt = work->debt;
    int64_t waiting = 0;
    struct money held = still_held(work, &waiting);
    struct money least = money_min(debt->open, held.cents > 0 ? held : (struct money){0});
    struct money rest = money_subtract(debt->open, least);
    if (rest.cents == 0) {
        return;
    }
    debt->open = least;
    if (waiting == 0) { /* it has come back some other way */
        debt->settled = money_add(debt->settled, rest);
        return;
    }
    debt->listed = money_subtract(debt->listed, rest);
    debt->unsent = money_add(debt->unsent, rest);
    debt->unsent_by = waiting; /* the last of all: no right is paid by a later one */
    *ARRAY_PUSH(work->keep, told) =
        (struct recovery_line){.batch = waiting, .day = DATE_NONE, .change = rest};
}

void
read_debt(struct arena *keep, struct ledger *ledger, int64_t person,
          struct recovery_debt *debt)
{
    struct debtor work = {keep, ledger, person, debt};
    struct debt_lines told = {0};
    struct listings listings = read_listings(&work);
    struct money credit = come_back(&work);
    int64_t after = 0;
    for (size_t i = 0; i < listings.count; i++) {
        struct listing *listing = &listings.items[i];
        tell_listing(&work, listing, after);
        after = listing->batch;
        if (listing->sum.cents == 0) {
            continue;
        }
        if (debt->listed.cents == 0 && money_compare(credit, listing->sum) >= 0) {
            credit = money_subtract(credit, listing->sum);
            continue;
        }
        debt->listed = money_add(debt->listed, listing->sum);
        debt->until = listing->until;
        for (size_t k = 0; k < listing->lines.count; k++) {
            *ARRAY_PUSH(keep, &told) = listing->lines.items[k];
        }
    }
    debt->settled = money_min(credit, debt->listed);
    debt->open = money_subtract(debt->listed, debt->settled);
    leave_what_is_held(&work, &told);
    debt->lines = told.items;
    debt->line_count = told.count;
}

static int
compare_debts(const void *left, const void *right)
{
    const struct recovery_debt *a = left;
    const struct recovery_debt *b = right;
    return text_compare(a->id, b->id);
}

/* What is listed and has not left is in no title, and told. */
static void
tell_unsent(struct arena *keep, struct ledger *ledger, const struct recovery_debt *debt)
{
    struct diag *diag = ledger->store.diag;
    enum language language = diag_language(diag);
    if (debt->unsent.cents > 0) {
        struct text state = batch_state(keep, ledger, debt->unsent_by);
        diag_warning(diag, nowhere, CODE_G017,
                     "%s € listed of '%.*s' are in no title: batch %" PRId64
                     ", which pays them, is '%s' and has not left",
                     tr_money(keep, language, debt->unsent), TEXT_ARG(debt->id),
                     debt->unsent_by, ledger_state_label(language, state));
    }
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
        struct recovery_debt debt = {.until = DATE_NONE};
        read_debt(keep, ledger, store_integer(all, 0), &debt);
        read_name(keep, ledger, store_text(all, 1), &debt);
        tell_unsent(keep, ledger, &debt);
        if (debt.open.cents > 0) {
            out->open = money_add(out->open, debt.open);
            out->until =
                date_compare(debt.until, out->until) > 0 ? debt.until : out->until;
            *ARRAY_PUSH(keep, &debts) = debt;
        }
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
