/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may be done with a batch, as a table: an act leads from some states to one. Whatever is
 * not in the table is refused. The state of a batch is what its last event says.
 */
#include "ledger_parts.h"

#include <inttypes.h>

static const struct where nowhere = {0};

enum state {
    STATE_NOTHING,
    STATE_PREPARED,
    STATE_APPROVED,
    STATE_EXPORTED,
    STATE_SENT,
    STATE_PARTIAL,  /* payments came back, the others are not answered yet */
    STATE_SETTLED,  /* everything is answered */
    STATE_REJECTED, /* the whole file */
    STATE_CANCELLED,
    STATE_COUNT
};

/* In the order of enum state. */
static const struct state_words {
    const char *word;
    const char *label;
} states[] = {
    {"",          ""                   },
    {"PREPARED",  N_("prepared")       },
    {"APPROVED",  N_("approved")       },
    {"EXPORTED",  N_("exported")       },
    {"SENT",      N_("sent")           },
    {"PARTIAL",   N_("partly returned")},
    {"SETTLED",   N_("settled")        },
    {"REJECTED",  N_("rejected")       },
    {"CANCELLED", N_("cancelled")      },
};
_Static_assert(ARRAY_COUNT(states) == STATE_COUNT, "one row a state");

#define IN(state) (1u << STATE_##state)
#define OPEN_SENT (IN(SENT) | IN(PARTIAL))
#define GIVEN_UP  (IN(PREPARED) | IN(APPROVED) | IN(REJECTED))
#define HAS_LEFT  (IN(EXPORTED) | OPEN_SENT | IN(SETTLED))

/* In the order of enum ledger_verb. */
static const struct transition {
    const char *word;
    unsigned from;
    enum state to;
    unsigned again; /* done before: says so and changes nothing */
} transitions[] = {
    {"prepare",  IN(NOTHING),                 STATE_PREPARED,  0            },
    {"approve",  IN(PREPARED),                STATE_APPROVED,  IN(APPROVED) },
    {"cancel",   GIVEN_UP,                    STATE_CANCELLED, IN(CANCELLED)},
    {"export",   IN(APPROVED) | IN(REJECTED), STATE_EXPORTED,  HAS_LEFT     },
    {"sent",     IN(EXPORTED),                STATE_SENT,      IN(SENT)     },
    {"settled",  OPEN_SENT,                   STATE_SETTLED,   IN(SETTLED)  },
    {"rejected", IN(SENT),                    STATE_REJECTED,  IN(REJECTED) },
    {"returned", OPEN_SENT,                   STATE_PARTIAL,   0            },
};
_Static_assert(ARRAY_COUNT(transitions) == LEDGER_VERB_COUNT, "one row a verb");

/* A payment may still come back once all was settled; the batch stays settled. */
static enum state
leads_to(enum ledger_verb verb, enum state from)
{
    if (verb == LEDGER_RETURNED && from == STATE_SETTLED) {
        return STATE_SETTLED;
    }
    return (transitions[verb].from & 1u << from) != 0 ? transitions[verb].to
                                                      : STATE_COUNT;
}

bool
event_append(struct ledger *ledger, int64_t batch, const char *verb, const char *state,
             const struct act *act)
{
    const struct datum fields[] = {
        datum_integer(batch),    datum_text(text_of(verb)), datum_text(text_of(state)),
        datum_text(act->actor),  datum_text(act->login),    datum_integer(act->uid),
        datum_text(act->host),   datum_integer(act->time),  datum_text(act->subject),
        datum_text(act->reason), datum_text(act->evidence),
    };
    return chain_append(ledger, TABLE_EVENT, fields, ARRAY_COUNT(fields)) != 0;
}

struct text
batch_state(struct arena *keep, struct ledger *ledger, int64_t batch)
{
    struct sqlite3_stmt *last = store_statement(
        &ledger->store, "SELECT state FROM event WHERE batch = ?1 AND state "
                        "<> '' ORDER BY seq DESC LIMIT 1");
    store_bind(last, 1, batch);
    bool found = store_step(&ledger->store, last);
    return found ? text_copy(keep, store_text(last, 0)) : STR("");
}

static enum state
state_of(struct ledger *ledger, int64_t batch)
{
    struct arena scratch = *ledger->store.keep;
    struct text word = batch_state(&scratch, ledger, batch);
    enum state state = STATE_NOTHING;
    while (state < STATE_COUNT && !text_equals(word, text_of(states[state].word))) {
        state++;
    }
    return state;
}

/* Whether every event led where the table says; the events of a batch in order. */
bool
events_follow(struct ledger *ledger, int64_t *wrong)
{
    struct sqlite3_stmt *all = store_statement(
        &ledger->store,
        "SELECT batch, verb, state, seq FROM event WHERE batch > 0 AND state <> '' "
        "ORDER BY batch, seq");
    int64_t batch = 0;
    enum state state = STATE_NOTHING;
    bool good = true;
    while (good && store_step(&ledger->store, all)) {
        state = store_integer(all, 0) == batch ? state : STATE_NOTHING;
        batch = store_integer(all, 0);
        good = false;
        for (int verb = 0; verb < LEDGER_VERB_COUNT && !good; verb++) {
            enum state next = leads_to((enum ledger_verb)verb, state);
            struct text word = store_text(all, 1);
            if (next != STATE_COUNT &&
                text_equals(word, text_of(transitions[verb].word)) &&
                text_equals(store_text(all, 2), text_of(states[next].word))) {
                good = true;
                state = next;
            }
        }
        *wrong = store_integer(all, 3);
    }
    return good;
}

struct text
batch_ref(struct ledger *ledger, int64_t batch, struct text member)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *assembly =
        store_statement(store, "SELECT assembly FROM batch WHERE number = ?1");
    store_bind(assembly, 1, batch);
    struct text name = store_step(store, assembly)
                           ? text_copy(store->keep, store_text(assembly, 0))
                           : STR("");
    return identity_ref(store->keep, ledger, name, member);
}

/* The reference of a member in a batch, or the empty text after a diagnostic. */
static struct text
paid_member(struct ledger *ledger, int64_t batch, struct text member, int64_t *payment)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *find = store_statement(
        store, "SELECT p.seq FROM payment p JOIN person ON person.seq = p.person "
               "WHERE p.batch = ?1 AND person.ref = ?2");
    struct text ref = batch_ref(ledger, batch, member);
    store_bind(find, 1, batch);
    store_bind_text(find, 2, ref);
    if (!store_step(store, find)) {
        if (!store->failed) {
            diag_error(store->diag, nowhere, CODE_G006,
                       "batch %" PRId64 " holds no payment to '%.*s'", batch,
                       TEXT_ARG(member));
        }
        return STR("");
    }
    *payment = store_integer(find, 0);
    return ref;
}

bool
answer_append(struct ledger *ledger, int64_t batch, int64_t payment, const char *what,
              struct text evidence)
{
    const struct datum fields[] = {
        datum_integer(batch),
        datum_integer(payment),
        datum_text(text_of(what)),
        datum_text(evidence),
    };
    return chain_append(ledger, TABLE_ANSWER, fields, ARRAY_COUNT(fields)) != 0;
}

/* A payment came back: it is none any more, and its account number must be confirmed again. */
static bool
give_back(struct ledger *ledger, int64_t batch, struct text member, const struct act *act,
          bool *again)
{
    struct store *store = &ledger->store;
    int64_t payment = 0;
    struct text ref = paid_member(ledger, batch, member, &payment);
    if (ref.size == 0) {
        return false;
    }
    struct sqlite3_stmt *known =
        store_statement(store, "SELECT count(*) FROM answer WHERE payment = ?1");
    store_bind(known, 1, payment);
    if (store_value(store, known) > 0) {
        *again = true;
        return !store->failed;
    }
    struct sqlite3_stmt *bank =
        store_statement(store, "SELECT person, bank FROM payment WHERE seq = ?1");
    store_bind(bank, 1, payment);
    if (!store_step(store, bank)) {
        return false;
    }
    struct text mark = text_copy(store->keep, store_text(bank, 1));
    int64_t person = store_integer(bank, 0);
    const struct datum fields[] = {
        datum_integer(person),
        datum_bytes(mark.data, mark.size),
        datum_text(STR("came_back")),
        datum_text(act->actor),
    };
    bool noted = answer_append(ledger, batch, payment, "returned", act->evidence) &&
                 chain_append(ledger, TABLE_ACCOUNT, fields, ARRAY_COUNT(fields)) != 0;
    if (noted) {
        tell_same_account(ledger, person, member, mark);
    }
    return noted;
}

/* In the order of enum ledger_verb: what would be needed. */
static const char *const needed[] = {
    N_("it has been prepared"),
    N_("only a prepared batch can be approved"),
    N_("a batch whose files may have left cannot be cancelled"),
    N_("only an approved batch can be exported"),
    N_("only an exported batch can have been sent"),
    N_("only what was sent can be settled"),
    N_("only what was sent, and not answered yet, can be rejected"),
    N_("only what was sent can come back"),
};
_Static_assert(ARRAY_COUNT(needed) == LEDGER_VERB_COUNT, "one row a verb");

const char *
ledger_state_label(enum language language, struct text state)
{
    for (size_t i = 1; i < STATE_COUNT; i++) {
        if (text_equals(state, text_of(states[i].word))) {
            return tr(language, states[i].label);
        }
    }
    return "";
}

bool
ledger_refuse(struct ledger *ledger, enum ledger_verb verb, int64_t batch)
{
    struct diag *diag = ledger->store.diag;
    struct arena scratch = *ledger->store.keep;
    struct text state = batch_state(&scratch, ledger, batch);
    if (state.size == 0) {
        return diag_error(diag, nowhere, CODE_G006, "there is no batch %" PRId64, batch);
    }
    return diag_error(diag, nowhere, CODE_P105, "batch %" PRId64 " is '%s': %s", batch,
                      ledger_state_label(diag_language(diag), state),
                      tr(diag_language(diag), needed[verb]));
}

bool
ledger_move(struct ledger *ledger, enum ledger_verb verb, int64_t batch,
            struct text member, const struct act *act, bool *again)
{
    enum state state = state_of(ledger, batch);
    *again = (transitions[verb].again & 1u << state) != 0;
    if (ledger->store.failed || *again) {
        return !ledger->store.failed;
    }
    enum state next = leads_to(verb, state);
    if (next == STATE_COUNT) {
        return ledger_refuse(ledger, verb, batch);
    }
    bool good = true;
    switch (verb) {
    case LEDGER_APPROVE: good = approval_allowed(ledger, batch, act); break;
    case LEDGER_CANCEL: good = cancel_entries(ledger, batch, act); break;
    case LEDGER_RETURNED: good = give_back(ledger, batch, member, act, again); break;
    case LEDGER_PREPARE:
    case LEDGER_EXPORT:
    case LEDGER_SENT:
    case LEDGER_SETTLED:
    case LEDGER_REJECTED:
    case LEDGER_VERB_COUNT: break;
    }
    if (!good || *again) {
        return good;
    }
    struct act told = *act;
    told.subject = member.size > 0 ? batch_ref(ledger, batch, member) : act->subject;
    return event_append(ledger, batch, transitions[verb].word, states[next].word, &told);
}
