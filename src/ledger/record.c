/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preparing a batch: every difference becomes entries, every member who is owed something and
 * whose account number is confirmed gets one payment, and a seal closes it. The rights are
 * taken from here on, long before the money leaves.
 */
#include "defray/settlement.h"

#include "ledger_parts.h"

#include <assert.h>

#define END_TO_END_BYTES 20 /* 32 letters */

struct payout {
    uint32_t member;
    int64_t person;
    struct money amount;
    struct payee_marks marks;
};
struct payout_list ARRAY_OF(struct payout);

struct recorder {
    struct ledger *ledger;
    const struct recording *recording;
    const struct batch *batch;
    struct arena *keep;
    int64_t number, ruleset;
    struct text ref; /* of the member being recorded */
    struct seal seal;
    struct payout_list payments;
    bool trial; /* nothing is written: what the batch would be */
};

static bool
append(struct recorder *work, enum ledger_table table, const struct datum *fields,
       size_t count)
{
    return work->trial || chain_append(work->ledger, table, fields, count) != 0;
}

int64_t
next_batch(struct ledger *ledger)
{
    return store_value(
        &ledger->store,
        store_statement(&ledger->store, "SELECT ifnull(max(number), 0) + 1 FROM batch"));
}

int64_t
person_row(struct ledger *ledger, struct text assembly, struct text ref)
{
    struct sqlite3_stmt *find =
        store_statement(&ledger->store, "SELECT seq FROM person WHERE ref = ?1");
    store_bind_text(find, 1, ref);
    int64_t seq = store_value(&ledger->store, find);
    if (seq != 0 || ledger->store.failed) {
        return seq;
    }
    const struct datum fields[] = {datum_text(assembly), datum_text(ref)};
    return chain_append(ledger, TABLE_PERSON, fields, ARRAY_COUNT(fields));
}

static const char *
base_name(struct arena *keep, struct text path)
{
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '/') {
        start--;
    }
    return text_string(keep, (struct text){path.data + start, path.size - start});
}

static bool
add_rulefile(struct recorder *work, const struct input *input)
{
    char sha256[65];
    digest_text(input->digest, sha256);
    const struct datum fields[] = {
        datum_integer(work->ruleset),
        datum_text(text_of(base_name(work->keep, input->path))),
        datum_text(text_of(sha256)),
        datum_text(input->bytes),
    };
    return chain_append(work->ledger, TABLE_RULEFILE, fields, ARRAY_COUNT(fields)) != 0;
}

static bool
add_ruleset(struct recorder *work)
{
    const struct rules *rules = work->batch->rules;
    struct digest fingerprint = ruleset_fingerprint(rules);
    work->ruleset = find_ruleset(work->ledger, &fingerprint);
    if (work->ruleset != 0 || work->trial) {
        return true;
    }
    const struct datum fields[] = {
        datum_text(rules->id),
        datum_bytes(fingerprint.bytes, sizeof fingerprint.bytes),
    };
    work->ruleset =
        chain_append(work->ledger, TABLE_RULESET, fields, ARRAY_COUNT(fields));
    bool good = work->ruleset != 0 && add_rulefile(work, rules->file);
    for (size_t i = 0; i < rules->common_count && good; i++) {
        good = add_rulefile(work, rules->commons[i]);
    }
    return good;
}

static bool
add_batch(struct recorder *work)
{
    const struct rules *rules = work->batch->rules;
    const struct payer *payer = &rules->payment.payer;
    struct arena *keep = work->keep;
    const struct datum fields[] = {
        datum_integer(work->number),
        datum_text(STR("pay")),
        datum_text(rules->id),
        datum_text(rules->assembly),
        datum_text(rules->authority),
        datum_text(text_of(language_text(rules->language))),
        datum_date(keep, work->batch->period.from),
        datum_date(keep, work->batch->period.to),
        datum_date(keep, work->batch->history->since),
        datum_date(keep, work->recording->pay_on),
        datum_integer(work->ruleset),
        datum_text(text_of(work->recording->version)),
        datum_integer(rules->payment.single_person),
        datum_text(payer->name),
        datum_text(payer->iban),
        datum_text(payer->bic),
        datum_text(payer->street),
        datum_text(payer->postcode),
        datum_text(payer->town),
        datum_text(payer->country),
    };
    work->seal = seal_head(fields, ruleset_fingerprint(rules));
    return append(work, TABLE_BATCH, fields, ARRAY_COUNT(fields));
}

struct posting {
    const char *book, *kind, *cause;
    struct right right;
    int64_t amount, fact, ruleset, reverses;
    bool late;
};

static bool
post(struct recorder *work, int64_t person, const struct posting *posting)
{
    struct arena scratch = *work->keep;
    const struct datum fields[] = {
        datum_integer(work->number),          datum_integer(person),
        datum_text(text_of(posting->book)),   datum_text(text_of(posting->kind)),
        datum_text(posting->right.component), datum_date(&scratch, posting->right.day),
        datum_text(posting->right.unit),      datum_integer(posting->amount),
        datum_integer(posting->fact),         datum_integer(posting->ruleset),
        datum_text(text_of(posting->cause)),  datum_integer(posting->late),
        datum_integer(posting->reverses),
    };
    seal_entry(&work->seal, work->ref, fields);
    return work->trial || chain_append_entry(work->ledger, fields, ARRAY_COUNT(fields));
}

struct live { /* an entry of a right that nothing has taken back */
    int64_t seq, amount, fact, ruleset;
};
struct live_list ARRAY_OF(struct live);

static struct live_list
live_entries(struct recorder *work, struct arena *keep, int64_t person,
             const struct right *right)
{
    struct store *store = &work->ledger->store;
    struct live_list list = {0};
    (void)chain_flush(work->ledger);
    struct sqlite3_stmt *live = store_statement(
        store,
        "SELECT seq, amount, fact, ruleset FROM entry WHERE person = ?1 AND component = "
        "?2 AND day = ?3 AND unit = ?4 AND book = 'right' AND kind <> 'REVERSAL' AND seq < ?5 "
        "AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = entry.seq AND r.reverses > "
        "0 AND r.seq < ?5) ORDER BY seq");
    bind_right(live, keep, person, right);
    store_bind(live, 5, rows_end(work->ledger));
    while (store_step(store, live)) {
        *ARRAY_PUSH(keep, &list) =
            (struct live){store_integer(live, 0), store_integer(live, 1),
                          store_integer(live, 2), store_integer(live, 3)};
    }
    return list;
}

/* A changed fact takes back what was posted and posts anew: both can be read. A change of
 * the rules, or of a ceiling, is one entry more. */
static bool
post_difference(struct recorder *work, int64_t person, const struct difference *one)
{
    struct arena scratch = *work->keep;
    struct posting posting = {
        .book = "right",
        .cause = cause_word(one->cause),
        .right = one->right,
        .fact = (int64_t)one->fact,
        .ruleset = work->ruleset,
        .late = one->earlier,
    };
    if (one->known && (one->cause == CAUSE_RATE || one->cause == CAUSE_RECOUNT)) {
        posting.kind = "RAPPEL";
        posting.amount = money_subtract(one->after, one->before).cents;
        return post(work, person, &posting);
    }
    bool good = true;
    struct live_list list = {0};
    if (one->known) { /* also at nothing: a ceiling may have taken all of what stands */
        list = live_entries(work, &scratch, person, &one->right);
    }
    for (size_t i = 0; i < list.count && good; i++) {
        struct posting back = posting;
        back.kind = "REVERSAL";
        back.amount = -list.items[i].amount;
        back.fact = list.items[i].fact;
        back.ruleset = list.items[i].ruleset;
        back.reverses = list.items[i].seq;
        good = post(work, person, &back);
    }
    posting.kind = "DUE";
    posting.amount = one->after.cents;
    return good && (one->after.cents == 0 || post(work, person, &posting));
}

/* Who the member is in the ledger and to the bank. On trial somebody new is nobody yet, and is
 * not paid: no other person has confirmed the account. */
static bool
know_member(struct recorder *work, const struct payee *payee, int64_t *person,
            struct payee_marks *marks)
{
    struct ledger *ledger = work->ledger;
    struct text assembly = work->batch->rules->id;
    *marks = (struct payee_marks){0};
    if (work->trial) {
        *person = find_person(ledger, work->ref);
        (void)identity_find(ledger, work->ref, payee, marks);
        return !ledger->store.failed && !ledger->identity->failed;
    }
    *person = person_row(ledger, assembly, work->ref);
    return *person != 0 && identity_add(ledger, assembly, work->ref, payee, marks);
}

/* New accounts are noted even if nothing is paid to them yet: a change is seen later. */
static bool
note_account(struct recorder *work, int64_t person, const struct payee_marks *marks)
{
    struct store *store = &work->ledger->store;
    struct sqlite3_stmt *known = store_statement(
        store, "SELECT count(*) FROM account WHERE person = ?1 AND bank = ?2");
    struct text bank = {(const char *)marks->bank.bytes, sizeof marks->bank.bytes};
    store_bind(known, 1, person);
    store_bind_blob(known, 2, bank);
    if (work->trial || store_value(store, known) > 0) {
        return true;
    }
    const struct datum fields[] = {
        datum_integer(person),
        datum_bytes(marks->bank.bytes, sizeof marks->bank.bytes),
        datum_text(STR("seen")),
        datum_text(work->recording->act->actor),
    };
    return chain_append(work->ledger, TABLE_ACCOUNT, fields, ARRAY_COUNT(fields)) != 0;
}

static bool
record_member(struct recorder *work, struct arena scratch, uint32_t member)
{
    struct ledger *ledger = work->ledger;
    const struct batch *batch = work->batch;
    const struct person_total *total = &work->recording->summary->persons[member];
    struct member_result result = liquidate_member(&scratch, batch, member);
    struct settlement settlement = settle_member(&scratch, batch, member, &result);
    bool pays = settlement.total.cents > 0 && total->hold == HOLD_NONE;
    if (settlement.count == 0 && settlement.recovery.cents == 0 &&
        settlement.total.cents == 0) {
        return true;
    }
    struct payee payee = payee_of(batch, member);
    struct payee_marks marks;
    int64_t person = 0;
    work->ref = identity_ref(&scratch, ledger, batch->rules->id, payee.id);
    bool good = know_member(work, &payee, &person, &marks) &&
                (payee.iban.size == 0 || note_account(work, person, &marks));
    for (size_t i = 0; i < settlement.count && good; i++) {
        good = post_difference(work, person, &settlement.items[i]);
    }
    if (good && settlement.recovery.cents != 0) {
        const struct posting recovery = {
            .book = "recovery",
            .kind = "RECOVER",
            .cause = "recover",
            .right = {STR(""), batch->period.to, STR("")},
            .amount = settlement.recovery.cents,
            .ruleset = work->ruleset,
        };
        good = post(work, person, &recovery);
    }
    if (good && settlement.offset.cents != 0) {
        const struct posting offset = {
            .book = "recovery",
            .kind = "OFFSET",
            .cause = "offset",
            .right = {STR(""), batch->period.to, STR("")},
            .amount = -settlement.offset.cents,
            .ruleset = work->ruleset,
        };
        good = post(work, person, &offset);
    }
    if (good && pays) {
        *ARRAY_PUSH(work->keep, &work->payments) =
            (struct payout){member, person, settlement.total, marks};
    }
    return good;
}

/* Its reference is made from the entries and the place of the payment: the same in every
 * attempt, and no other's. */
static bool
add_payment(struct recorder *work, struct digest entries, size_t index)
{
    struct arena scratch = *work->keep;
    const struct payout *payment = &work->payments.items[index];
    struct text id = work->batch->roster->items[payment->member].id;
    struct text ref = identity_ref(&scratch, work->ledger, work->batch->rules->id, id);
    struct digester digester = digester_new();
    struct datum number = datum_integer((int64_t)index + 1);
    struct datum person = datum_text(ref);
    struct datum batch = datum_integer(work->number);
    digester_add(&digester, entries.bytes, sizeof entries.bytes);
    canonical_add(&digester, &number);
    canonical_add(&digester, &person);
    canonical_add(&digester, &batch);
    struct digest digest = digester_finish(&digester);
    const struct datum fields[] = {
        batch,
        number,
        datum_integer(payment->person),
        datum_integer(payment->amount.cents),
        datum_bytes(payment->marks.bank.bytes, 32),
        datum_bytes(payment->marks.payee.bytes, 32),
        datum_text(base32(&scratch, digest.bytes, END_TO_END_BYTES)),
    };
    seal_payment(&work->seal, ref, fields);
    return append(work, TABLE_PAYMENT, fields, ARRAY_COUNT(fields));
}

static bool
close_batch(struct recorder *work, struct recorded *out)
{
    struct digester copy = work->seal.digester;
    struct digest entries = digester_finish(&copy);
    bool good = chain_flush(work->ledger);
    for (size_t i = 0; i < work->payments.count && good; i++) {
        good = add_payment(work, entries, i);
    }
    seal_finish(&work->seal);
    const struct datum fields[] = {
        datum_integer(work->number),
        datum_bytes(work->seal.digest.bytes, sizeof work->seal.digest.bytes),
        datum_integer(work->seal.entries),
        datum_integer(work->seal.payments),
        datum_integer(work->seal.total),
    };
    bool again = false;
    good = good && append(work, TABLE_SEAL, fields, ARRAY_COUNT(fields)) &&
           (work->trial || ledger_move(work->ledger, LEDGER_PREPARE, work->number,
                                       STR(""), work->recording->act, &again));
    *out = (struct recorded){
        .batch = work->number,
        .done = !work->trial,
        .entries = (size_t)work->seal.entries,
        .payments = (size_t)work->seal.payments,
        .total = {work->seal.total},
        .digest = work->seal.digest,
    };
    return good;
}

/* Whether anything is new: a difference, something to list, or a payment that may go. */
static bool
has_news(const struct summary *summary, size_t members)
{
    bool news = summary->differences > 0 || summary->recoveries > 0;
    for (size_t i = 0; i < members && !news; i++) {
        const struct person_total *person = &summary->persons[i];
        news = person->total.cents > 0 && person->hold == HOLD_NONE;
    }
    return news;
}

static bool
record(struct ledger *ledger, const struct recording *recording, bool trial,
       struct recorded *out)
{
    const struct batch *batch = recording->batch;
    if (!has_news(recording->summary, batch->roster->count)) {
        return true;
    }
    assert(trial || ledger->back == NULL);
    struct recorder work = {
        .ledger = ledger,
        .recording = recording,
        .batch = batch,
        .keep = ledger->store.keep,
        .number = ledger->back == NULL ? next_batch(ledger) : ledger->back->batch,
        .trial = trial,
    };
    bool good = add_ruleset(&work) && add_batch(&work);
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    for (uint32_t member = 0; member < batch->roster->count && good; member++) {
        good = record_member(&work, scratch, member);
    }
    arena_release(scratch);
    return good && close_batch(&work, out);
}

bool
ledger_record(struct ledger *ledger, const struct recording *recording,
              struct recorded *out)
{
    *out = (struct recorded){0};
    return recording_allowed(ledger, recording) && record(ledger, recording, false, out);
}

bool
ledger_foresee(struct ledger *ledger, const struct recording *recording,
               struct recorded *out)
{
    *out = (struct recorded){0};
    return record(ledger, recording, true, out);
}
