/* SPDX-License-Identifier: Apache-2.0 */
/* Deeds that are not about one batch: confirming account numbers, noting what was recovered,
 * closing a period, forgetting a person. */
#include "ledger_parts.h"

#include <inttypes.h>

static const struct where nowhere = {0};

struct confirming {
    struct ledger *ledger;
    const struct batch *batch;
    const char *what;
    const struct act *act;
    size_t confirmed;
};

/* What was last said of the account, by the same person, is not said again, unless the member had
 * another one since. */
static bool
is_said(struct confirming *work, int64_t person, struct text bank)
{
    struct store *store = &work->ledger->store;
    struct sqlite3_stmt *last = store_statement(
        store,
        "SELECT what, actor, seq FROM account WHERE person = ?1 AND bank = ?2 ORDER BY seq "
        "DESC LIMIT 1");
    store_bind(last, 1, person);
    store_bind_blob(last, 2, bank);
    return store_step(store, last) &&
           text_equals(store_text(last, 0), text_of(work->what)) &&
           same_actor(work->ledger, store_text(last, 1), work->act->actor) &&
           !account_was_left(work->ledger, person, bank, store_integer(last, 2));
}

static bool
confirm_one(struct confirming *work, uint32_t member)
{
    struct ledger *ledger = work->ledger;
    struct payee payee = payee_of(work->batch, member);
    struct text assembly = work->batch->rules->id;
    struct text ref = identity_ref(ledger->store.keep, ledger, assembly, payee.id);
    struct payee_marks marks;
    int64_t person = person_row(ledger, assembly, ref);
    if (person == 0 || !identity_add(ledger, assembly, ref, &payee, &marks)) {
        return false;
    }
    struct text bank = {(const char *)marks.bank.bytes, sizeof marks.bank.bytes};
    tell_other_account(ledger, person, payee.id, bank);
    if (is_said(work, person, bank) || ledger->store.failed) {
        return !ledger->store.failed;
    }
    const struct datum fields[] = {
        datum_integer(person),
        datum_bytes(bank.data, bank.size),
        datum_text(text_of(work->what)),
        datum_text(work->act->actor),
    };
    work->confirmed++;
    return chain_append(ledger, TABLE_ACCOUNT, fields, ARRAY_COUNT(fields)) != 0;
}

bool
ledger_confirm(struct ledger *ledger, const struct batch *batch,
               const struct ledger_members *members, const struct act *act,
               size_t *confirmed)
{
    bool good = true;
    struct confirming work = {ledger, batch, members->shared ? "shared" : "confirmed",
                              act, 0};
    for (size_t i = 0; i < members->count && good; i++) {
        const struct participation *row =
            participant_in(&batch->roster->items[members->items[i]], batch->period);
        good = row->bank.state != BANK_RIGHT || confirm_one(&work, members->items[i]);
    }
    *confirmed = work.confirmed;
    return good && (work.confirmed == 0 || event_append(ledger, 0, "confirm", "", act));
}

/* Those who handle payments are kept beside the members: an account of theirs is another's. */
bool
ledger_staff(struct ledger *ledger, const struct batch *batch, const struct act *act)
{
    struct text office = STR(OFFICE);
    bool good = true;
    for (uint32_t i = 0; i < batch->roster->count && good; i++) {
        struct payee payee = payee_of(batch, i);
        struct payee_marks marks;
        struct text ref = identity_ref(ledger->store.keep, ledger, office, payee.id);
        good = payee.iban.size == 0 || identity_add(ledger, office, ref, &payee, &marks);
    }
    return good && event_append(ledger, 0, "staff", "", act);
}

static int64_t
known_person(struct ledger *ledger, struct text assembly, struct text member)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *find =
        store_statement(store, "SELECT seq FROM person WHERE ref = ?1");
    struct text ref = identity_ref(store->keep, ledger, assembly, member);
    store_bind_text(find, 1, ref);
    int64_t person = store_value(store, find);
    if (person == 0 && !store->failed) {
        diag_error(store->diag, nowhere, CODE_G006,
                   "the ledger knows no '%.*s' of '%.*s'", TEXT_ARG(member),
                   TEXT_ARG(assembly));
    }
    return person;
}

static int64_t
receivable_of(struct ledger *ledger, int64_t person)
{
    struct sqlite3_stmt *sum = store_statement(
        &ledger->store,
        "SELECT ifnull(sum(CASE book WHEN 'recovery' THEN amount WHEN 'collected' THEN -amount "
        "END), 0) FROM entry WHERE person = ?1");
    store_bind(sum, 1, person);
    return store_value(&ledger->store, sum);
}

/* Whether that amount was noted for that reason: the same command, given again. */
static bool
was_collected(struct ledger *ledger, int64_t person, struct money amount,
              struct text reason)
{
    struct sqlite3_stmt *find = store_statement(
        &ledger->store,
        "SELECT count(*) FROM entry JOIN event ON event.seq = entry.seq + 1 WHERE person = "
        "?1 AND book = 'collected' AND amount = ?2 AND verb = 'recovered' AND reason = ?3");
    store_bind(find, 1, person);
    store_bind(find, 2, amount.cents);
    store_bind_text(find, 3, reason);
    return store_value(&ledger->store, find) > 0;
}

/* Only what was listed, has left and has not come back: nobody owes the rest. */
static bool
may_be_collected(struct ledger *ledger, int64_t person, struct text member,
                 struct money amount)
{
    struct store *store = &ledger->store;
    enum language language = diag_language(store->diag);
    struct money listed = {receivable_of(ledger, person)};
    struct recovery_debt debt = {0};
    read_debt(store->keep, ledger, person, &debt);
    if (store->failed || money_compare(amount, debt.open) <= 0) {
        return !store->failed;
    }
    const char *open = tr_money(store->keep, language, debt.open);
    const char *given = tr_money(store->keep, language, amount);
    if (debt.unsent.cents > 0) {
        return diag_error(
            store->diag, nowhere, CODE_P123,
            "from '%.*s' %s € are to be recovered, not %s €: batch %" PRId64
            ", which pays the rest of what is listed, is '%s' and has not left",
            TEXT_ARG(member), open, given, debt.unsent_by,
            ledger_state_label(language,
                               batch_state(store->keep, ledger, debt.unsent_by)));
    }
    if (money_compare(amount, listed) <= 0) {
        return diag_error(
            store->diag, nowhere, CODE_P123,
            "from '%.*s' %s € are to be recovered, not %s €: the rest of what is listed "
            "came back from the bank",
            TEXT_ARG(member), open, given);
    }
    return diag_error(store->diag, nowhere, CODE_P105,
                      "'%.*s' has %s € listed for recovery, not %s €", TEXT_ARG(member),
                      open, given);
}

bool
ledger_collect(struct ledger *ledger, struct text assembly, struct text member,
               struct money amount, const struct act *act, bool *again)
{
    struct store *store = &ledger->store;
    int64_t person = known_person(ledger, assembly, member);
    *again = person != 0 && was_collected(ledger, person, amount, act->reason);
    if (person == 0 || store->failed) {
        return false;
    }
    if (*again) {
        diag_warning(store->diag, nowhere, CODE_G009,
                     "%s € were noted as recovered from '%.*s' for that reason already; "
                     "nothing changed",
                     tr_money(store->keep, diag_language(store->diag), amount),
                     TEXT_ARG(member));
        return true;
    }
    if (!may_be_collected(ledger, person, member, amount)) {
        return false;
    }
    struct datum nothing = datum_text(STR(""));
    const struct datum fields[] = {
        datum_integer(0),
        datum_integer(person),
        datum_text(STR("collected")),
        datum_text(STR("COLLECTED")),
        nothing,
        nothing,
        nothing,
        datum_integer(amount.cents),
        datum_integer(0),
        datum_integer(0),
        datum_text(STR("collected")),
        datum_integer(0),
        datum_integer(0),
    };
    struct act told = *act;
    told.subject = identity_ref(store->keep, ledger, assembly, member);
    return chain_append(ledger, TABLE_ENTRY, fields, ARRAY_COUNT(fields)) != 0 &&
           event_append(ledger, 0, "recovered", "", &told);
}

/* Of a batch: its `last` state, and how many `payments` it makes. One that pays nobody waits for no
 * bank. */
#define STILL_WAITS                                                           \
    "last NOT IN ('SETTLED', 'CANCELLED') AND NOT (payments = 0 AND last IN " \
    "('APPROVED', 'EXPORTED', 'SENT'))"

/* A batch that still waits for somebody: the state, and whether it pays anybody. */
static bool
batches_are_final(struct ledger *ledger, struct text assembly, struct text from,
                  struct text to)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *open = store_statement(
        store,
        "SELECT number, (SELECT state FROM event WHERE event.batch = number AND state <> "
        "'' ORDER BY seq DESC LIMIT 1) AS last, (SELECT payments FROM seal WHERE "
        "seal.batch = number) AS payments FROM batch WHERE assembly = ?1 AND day_from <= "
        "?3 AND day_to >= ?2 AND " STILL_WAITS " ORDER BY number");
    bool good = true;
    store_bind_text(open, 1, assembly);
    store_bind_text(open, 2, from);
    store_bind_text(open, 3, to);
    while (store_step(store, open)) {
        good = diag_error(
            store->diag, nowhere, CODE_P112,
            "the period cannot be closed: batch %" PRId64 " is '%s'",
            store_integer(open, 0),
            ledger_state_label(diag_language(store->diag), store_text(open, 1)));
    }
    return good && !store->failed;
}

/* What members are owed from batches of the period or before and those batches have not paid, nor
 * any later one, less what has been taken back since; each is told unless it is carried over
 * knowingly. */
static struct money
owed_until(struct ledger *ledger, struct text assembly, struct text to, bool told)
{
    struct store *store = &ledger->store;
    struct money sum = {0};
    struct sqlite3_stmt *owed = store_statement(
        store,
        "SELECT ref, min(until - by_then, now - paid) AS owed FROM (SELECT ref, (SELECT "
        "ifnull(sum(amount), 0) FROM entry e JOIN batch b ON b.number = e.batch WHERE e.person "
        "= p.seq AND book <> 'collected' AND day_from <= ?2) AS until, (SELECT "
        "ifnull(sum(amount), 0) FROM entry WHERE person = p.seq AND book <> 'collected') AS "
        "now, (SELECT ifnull(sum(amount), 0) FROM payment WHERE person = p.seq AND NOT EXISTS "
        "(SELECT 1 FROM answer WHERE answer.payment = payment.seq)) AS paid, (SELECT "
        "ifnull(sum(amount), 0) FROM payment y JOIN batch b ON b.number = y.batch WHERE y.person "
        "= p.seq AND day_from <= ?2 AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.payment = "
        "y.seq)) AS by_then FROM person p WHERE assembly = ?1) WHERE owed > 0");
    store_bind_text(owed, 1, assembly);
    store_bind_text(owed, 2, to);
    while (store_step(store, owed)) {
        struct money one = {store_integer(owed, 1)};
        struct text id = identity_id(store->keep, ledger, store_text(owed, 0));
        sum = money_add(sum, one);
        if (told) {
            diag_error(store->diag, nowhere, CODE_P114,
                       "the period cannot be closed: '%.*s' is owed %s €, not paid yet",
                       TEXT_ARG(id),
                       tr_money(store->keep, diag_language(store->diag), one));
        }
    }
    return sum;
}

/* What members owe stays with them when a period is closed, and only the next payment takes it. */
static bool
tell_debts(struct ledger *ledger, struct text assembly)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *debts = store_statement(
        store,
        "SELECT ref, owed FROM (SELECT ref, seq, (SELECT ifnull(sum(amount), 0) FROM entry "
        "WHERE person = p.seq AND book <> 'collected') - (SELECT ifnull(sum(amount), 0) FROM "
        "payment WHERE person = p.seq AND NOT EXISTS (SELECT 1 FROM answer WHERE "
        "answer.payment = payment.seq)) AS owed FROM person p WHERE assembly = ?1) WHERE owed "
        "< 0 ORDER BY seq");
    store_bind_text(debts, 1, assembly);
    while (store_step(store, debts)) {
        struct money one = {-store_integer(debts, 1)};
        struct text id = identity_id(store->keep, ledger, store_text(debts, 0));
        diag_warning(store->diag, nowhere, CODE_G015,
                     "'%.*s' still owes %s €, taken from the next payments", TEXT_ARG(id),
                     tr_money(store->keep, diag_language(store->diag), one));
    }
    return !store->failed;
}

/* A period is closed for good: one that is not over, or of which nothing that was prepared is left,
 * is a slip of the pen. */
static bool
has_something_to_close(struct ledger *ledger, struct text assembly, struct period period,
                       int64_t now)
{
    struct store *store = &ledger->store;
    struct text from = text_of(iso(store->keep, period.from));
    struct text to = text_of(iso(store->keep, period.to));
    struct sqlite3_stmt *any = store_statement(
        store,
        "SELECT ifnull(sum(day_from <= ?3 AND day_to >= ?2 AND (SELECT state FROM event "
        "WHERE event.batch = number AND state <> '' ORDER BY seq DESC LIMIT 1) <> "
        "'CANCELLED'), 0), count(*) FROM batch WHERE assembly = ?1");
    store_bind_text(any, 1, assembly);
    store_bind_text(any, 2, from);
    store_bind_text(any, 3, to);
    if (!store_step(store, any)) {
        return false;
    }
    if (store_integer(any, 1) == 0) {
        return diag_error(store->diag, nowhere, CODE_G006,
                          "the ledger holds no batch of '%.*s'", TEXT_ARG(assembly));
    }
    if (store_integer(any, 0) == 0) {
        return diag_error(
            store->diag, nowhere, CODE_P118,
            "the period cannot be closed: no batch of '%.*s' that stands lies "
            "in %.*s .. %.*s",
            TEXT_ARG(assembly), TEXT_ARG(from), TEXT_ARG(to));
    }
    return now / SECONDS_A_DAY > period.to.day ||
           diag_error(store->diag, nowhere, CODE_P118,
                      "the period cannot be closed: its last day, %.*s, is not past",
                      TEXT_ARG(to));
}

bool
ledger_close_period(struct ledger *ledger, struct text assembly, struct period period,
                    const struct act *act, bool carry, bool *again)
{
    struct store *store = &ledger->store;
    struct text from = text_of(iso(store->keep, period.from));
    struct text to = text_of(iso(store->keep, period.to));
    struct sqlite3_stmt *known = store_statement(
        store,
        "SELECT count(*) FROM closing WHERE assembly = ?1 AND day_from = ?2 AND day_to = "
        "?3");
    store_bind_text(known, 1, assembly);
    store_bind_text(known, 2, from);
    store_bind_text(known, 3, to);
    *again = store_value(store, known) > 0;
    if (*again || store->failed) {
        return !store->failed;
    }
    if (!has_something_to_close(ledger, assembly, period, act->time)) {
        return false;
    }
    const struct datum fields[] = {datum_text(assembly), datum_text(from),
                                   datum_text(to)};
    bool final = batches_are_final(ledger, assembly, from, to);
    struct money owed = owed_until(ledger, assembly, to, !carry);
    if (!final || store->failed || (owed.cents > 0 && !carry)) {
        return false;
    }
    struct act told = *act;
    char carried[MONEY_TEXT_MAX];
    told.subject = text_of(arena_printf(store->keep, "%.*s %.*s..%.*s%s%s",
                                        TEXT_ARG(assembly), TEXT_ARG(from), TEXT_ARG(to),
                                        owed.cents > 0 ? " carried " : "",
                                        owed.cents > 0 ? money_text(owed, carried) : ""));
    return ledger_verify(ledger) &&
           chain_append(ledger, TABLE_CLOSING, fields, ARRAY_COUNT(fields)) != 0 &&
           event_append(ledger, 0, "close", "", &told) && tell_debts(ledger, assembly);
}

/* What keeps a person from being forgotten: a batch that is not final, an account not even, a
 * day paid in a period that is still open. */
static bool
is_forgettable(struct ledger *ledger, int64_t person)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *open = store_statement(
        store,
        "SELECT (SELECT count(*) FROM (SELECT (SELECT state FROM event WHERE event.batch = "
        "e.batch AND state <> '' ORDER BY seq DESC LIMIT 1) AS last, (SELECT payments FROM seal "
        "WHERE seal.batch = e.batch) AS payments FROM entry e WHERE e.person = ?1 AND e.batch > "
        "0) WHERE " STILL_WAITS "), (SELECT count(*) FROM entry e JOIN batch b ON "
        "b.number = e.batch WHERE e.person = ?1 AND e.book = 'right' AND NOT EXISTS (SELECT 1 "
        "FROM closing c WHERE c.assembly = b.assembly AND c.day_from <= b.day_from AND c.day_to "
        ">= b.day_to)), (SELECT ifnull(sum(amount), 0) FROM entry WHERE person = ?1 AND book <> "
        "'collected') - (SELECT ifnull(sum(amount), 0) FROM payment WHERE person = ?1 AND NOT "
        "EXISTS (SELECT 1 FROM answer WHERE answer.payment = payment.seq))");
    store_bind(open, 1, person);
    bool may = store_step(store, open) && store_integer(open, 0) == 0 &&
               store_integer(open, 1) == 0 && store_integer(open, 2) == 0;
    return may && receivable_of(ledger, person) == 0;
}

/* Somebody who handles payments no more: only the identities know them. */
static bool
purge_office(struct ledger *ledger, struct text id, const struct act *act)
{
    struct store *store = &ledger->store;
    struct text ref = identity_ref(store->keep, ledger, STR(OFFICE), id);
    if (text_equals(identity_id(store->keep, ledger, ref), ref)) {
        if (!ledger->identity->failed) {
            diag_error(store->diag, nowhere, CODE_G006,
                       "the ledger knows no '%.*s' of '%s'", TEXT_ARG(id), OFFICE);
        }
        return false;
    }
    struct act told = *act;
    told.subject = STR(OFFICE);
    ledger->forgets = true;
    return identity_purge(ledger, ref) && event_append(ledger, 0, "purge", "", &told);
}

bool
ledger_purge(struct ledger *ledger, struct text assembly, struct text member,
             const struct act *act)
{
    struct store *store = &ledger->store;
    if (is_office(assembly)) {
        return purge_office(ledger, member, act);
    }
    int64_t person = known_person(ledger, assembly, member);
    if (person == 0) {
        return false;
    }
    struct text ref = identity_ref(store->keep, ledger, assembly, member);
    if (!is_forgettable(ledger, person)) {
        return !store->failed &&
               diag_error(
                   store->diag, nowhere, CODE_P110,
                   "'%.*s' cannot be purged: a batch is not settled, a period is not "
                   "closed, or the account is not even",
                   TEXT_ARG(member));
    }
    struct act told = *act;
    told.subject = ref;
    ledger->forgets = true;
    return identity_purge(ledger, ref) && event_append(ledger, 0, "purge", "", &told);
}
