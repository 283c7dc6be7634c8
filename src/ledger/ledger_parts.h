/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the ledger share: its tables, the chain, the store of identities. */
#ifndef DEFRAY_LEDGER_PARTS_H
#define DEFRAY_LEDGER_PARTS_H

#include "defray/prepared.h"
#include "defray/recovery.h"

#include "store.h"

#define LEDGER_APPLICATION   0x44465259 /* "DFRY" */
#define IDENTITY_APPLICATION 0x44465249 /* "DFRI" */
#define LEDGER_VERSION       1
#define REF_SIZE             16 /* base32 of 80 bits */

enum ledger_table {
#define TABLE(id, name, columns, more) TABLE_##id,
#include "tables.def"
#undef TABLE
    TABLE_COUNT
};

/* One value of a row. */
enum datum_type { DATUM_INTEGER, DATUM_TEXT, DATUM_BYTES };
struct datum {
    enum datum_type type;
    int64_t integer;
    struct text text;
};
struct datum datum_integer(int64_t value);
struct datum datum_text(struct text value);
struct datum datum_date(struct arena *keep, struct date date); /* "" for none */
struct datum datum_bytes(const void *bytes, size_t size);

struct link { /* of the chain */
    int64_t seq;
    struct digest digest;
};

struct int64_list ARRAY_OF(int64_t);

struct seal { /* of one batch, while its rows pass by */
    struct digester digester;
    struct digest digest; /* once finished */
    int64_t entries, payments, total;
};
struct known_ref { /* who the person of a row is */
    int64_t person;
    char ref[REF_SIZE];
};
struct known_refs ARRAY_OF(struct known_ref);
struct seals { /* all of them, up to the head that was walked to last */
    struct link head;
    struct seal open;
    int64_t batch;   /* whose rows pass by; 0: none */
    int64_t highest; /* of the batches that were sealed */
    struct int64_list wrong;
    struct known_refs refs;
    size_t last; /* of the refs: rows of one person come together */
};

#define CHAIN_ROWS 16
struct waiting { /* entries that are in the chain and not in the file yet */
    size_t count, text_bytes;
    struct waiting_row {
        struct link link;
        struct datum fields[13];
    } rows[CHAIN_ROWS];
    char texts[CHAIN_ROWS * 256];
};

struct ledger {
    struct store store;
    struct link head;
    struct link before; /* the head when the transaction began */
    struct waiting waiting;
    struct seals seals;
    const struct prepared
        *back;              /* what is read is as before this batch; NULL: as it is */
    struct store *identity; /* NULL: not opened */
    struct digest salt;     /* of the identity store */
    bool forgets;           /* a person, in this transaction */
};

/* schema.c */
const char *table_name(enum ledger_table table);
size_t table_columns(enum ledger_table table); /* without seq and h */
const char *table_insert(enum ledger_table table);
const char *table_insert_many(enum ledger_table table); /* CHAIN_ROWS at once */
const char *table_select(enum ledger_table table);
const char *table_last(enum ledger_table table); /* the greatest seq, or 0 */
const char *table_link(enum ledger_table table); /* the link of one row */
bool schema_make(struct store *store);
/* Whether the file's schema is ours to the letter; false after a diagnostic. */
bool schema_check(struct store *store);
/* Whether each of the schema's rows is filed under the names that its statement gives. */
bool schema_names_hold(struct store *store);

/* chain.c: appends a row after the last one. 0 after a failure, else its seq. */
int64_t chain_append(struct ledger *ledger, enum ledger_table table,
                     const struct datum *fields, size_t count);
/*
 * The same for many entries: rows wait until there are CHAIN_ROWS of them, and no statement sees
 * those that wait. chain_flush writes them; it is called before anything reads entries, and at
 * the end. False after a failure.
 */
bool chain_append_entry(struct ledger *ledger, const struct datum *fields, size_t count);
bool chain_flush(struct ledger *ledger);
/* A value into a fingerprint, its length first; and several at once. */
void canonical_add(struct digester *digester, const struct datum *field);
void canonical_add_all(struct digester *digester, const struct datum *fields,
                       size_t count);
/* Every row from the first to the last; false after a diagnostic. */
bool chain_check(struct ledger *ledger);

/* identity.c */
struct store *identity_open(struct ledger *ledger, bool writing);
bool identity_make(struct arena *keep, const char *path, struct digest *commitment,
                   struct diag *diag);
const char *identity_path(struct arena *keep, const char *ledger_path);
/* Whether a file of that name holds the identities of a ledger. */
bool identity_is_named(const char *path);
struct text identity_ref(struct arena *keep, const struct ledger *ledger,
                         struct text assembly, struct text id);

struct payee { /* as a transfer names it */
    struct text id, last_name, first_name, iban, bic, holder, town, postcode, country;
};
struct payee_marks { /* what the ledger keeps of it */
    struct digest bank, payee;
};
/* The marks of what the store holds already; false if it holds none such. */
bool identity_find(struct ledger *ledger, struct text ref, const struct payee *payee,
                   struct payee_marks *out);
/* The same, after adding what is new. False after a failure. */
bool identity_add(struct ledger *ledger, struct text assembly, struct text ref,
                  const struct payee *payee, struct payee_marks *out);
/* False if nobody has that mark (purged), or after a diagnostic, which fails the ledger's store. */
bool identity_payee(struct arena *keep, struct ledger *ledger, struct text payee_mark,
                    struct payee *out);
/* The reference of a member of the batch's assembly. */
struct text batch_ref(struct ledger *ledger, int64_t batch, struct text member);
/* The id of a person, or the reference itself once it has been purged. */
struct text identity_id(struct arena *keep, struct ledger *ledger, struct text ref);
/* Those who handle payments are kept as members of an assembly that no rule file can name. */
#define OFFICE "(office)"
bool is_office(struct text assembly);
struct sharer {
    struct text assembly, id; /* empty: nobody */
};
/* Another person who has the account number, of the office before all others. */
struct sharer identity_sharer(struct arena *keep, struct ledger *ledger, struct text ref,
                              struct text iban);
bool identity_purge(struct ledger *ledger, struct text ref);
/* Whether everybody is there as they were recorded; false after a diagnostic. */
bool identity_verify(struct ledger *ledger);
/* ledger.c: whether the file is whole; false after a diagnostic. */
bool store_bytes_hold(struct store *store);

/* event.c */
bool event_append(struct ledger *ledger, int64_t batch, const char *verb,
                  const char *state, const struct act *act);
/* "PREPARED"; the empty text for a batch that is not there. */
struct text batch_state(struct arena *keep, struct ledger *ledger, int64_t batch);

/* Whether every event led where the table of transitions says; else the row that did not. */
bool events_follow(struct ledger *ledger, int64_t *wrong);
bool answer_append(struct ledger *ledger, int64_t batch, int64_t payment,
                   const char *what, struct text evidence);

/* approve.c: whether this person may approve this; false after a diagnostic. */
bool recording_allowed(struct ledger *ledger, const struct recording *recording);
bool approval_allowed(struct ledger *ledger, int64_t batch, const struct act *act);
/* reverse.c: takes back whatever the batch posted. */
bool cancel_entries(struct ledger *ledger, int64_t batch, const struct act *act);

/* prepared.c: rows from here on are not seen by history and foresight. */
int64_t rows_end(const struct ledger *ledger);

/* read_history.c */
enum hold account_hold(struct ledger *ledger, int64_t person, struct text bank,
                       struct text actor, bool single_person);
/* Whether another account of the person was confirmed or paid after that row. */
bool account_was_left(struct ledger *ledger, int64_t person, struct text bank,
                      int64_t since);
struct payee payee_of(const struct batch *batch, uint32_t member);
struct digest ruleset_fingerprint(const struct rules *rules);
int64_t find_ruleset(struct ledger *ledger, const struct digest *fingerprint);
int64_t find_person(struct ledger *ledger, struct text ref); /* 0: nobody */

/* unsent.c: how a right stood, before a batch, and which payments of it have left. */
struct paying {
    struct money before; /* what it stood at */
    int64_t paid_by;     /* the last batch that paid it and has left; 0: none */
    struct money unsent; /* of it, what batches pay that have not left */
    int64_t unsent_by;   /* the last of these; 0: none */
};
struct paying right_paying(struct ledger *ledger, int64_t person,
                           const struct right *right, int64_t before);
/* What has left for the person in payments that stand; `waiting` becomes the latest batch that pays
 * something and has not left, and stays as it is if there is none. */
struct money person_received(struct ledger *ledger, int64_t person, int64_t *waiting);
bool state_has_left(struct text state);

/* tell_unsent.c: warns of each batch that has not left and pays the person on that account, from
 * which a payment has come back (G052), or on another one (G050). */
void tell_same_account(struct ledger *ledger, int64_t person, struct text id,
                       struct text bank);
void tell_other_account(struct ledger *ledger, int64_t person, struct text id,
                        struct text bank);
/* read_recovery.c: what of a person's debts is to be recovered; for whom, it does not say. */
void read_debt(struct arena *keep, struct ledger *ledger, int64_t person,
               struct recovery_debt *debt);
/* read_order.c: where the account of a person stood when the batch began. */
struct money account_before(struct ledger *ledger, int64_t person, int64_t batch);
/* read_history.c: what came back, is owed by the books, and was listed for recovery. */
struct position read_standing(struct ledger *ledger, int64_t person);

/* read_right.c: the fact of a right that is not at nothing, and the rules, by which the latest of
 * its entries that stand was posted; both left as they are if none stands. */
void right_stands_by(struct ledger *ledger, struct arena scratch, int64_t person,
                     struct paid_right *paid, int64_t *ruleset);

/* The most that the right ever stood at, those batches apart that were cancelled. */
struct money right_stood_at(struct ledger *ledger, struct arena scratch, int64_t person,
                            const struct right *right);

/* read_elsewhere.c: what is paid on days that the run does not settle, as far as it bears on what
 * the run may pay. */
void read_elsewhere(struct arena *keep, struct ledger *ledger, const struct batch *batch,
                    struct history *history);

/* record.c: the seq of a person, made if need be; 0 after a failure. */
int64_t person_row(struct ledger *ledger, struct text assembly, struct text ref);
int64_t next_batch(struct ledger *ledger);

/* seal.c: what a batch is, recomputed from its rows. */
struct seal seal_head(const struct datum *batch,
                      struct digest ruleset); /* of a new one */
struct seal seal_start(struct ledger *ledger, int64_t batch);
void seal_entry(struct seal *seal, struct text ref, const struct datum *entry);
void seal_payment(struct seal *seal, struct text ref, const struct datum *payment);
void seal_finish(struct seal *seal);
/* Every seal again, as the rows of the chain pass by. */
void seals_begin(struct seals *seals);
void seals_pass(struct ledger *ledger, enum ledger_table table, int64_t seq,
                const struct datum *fields);
/* Whether the seals of all batches, or of the one given, are what was sealed; false after a
 * diagnostic. 0: all. */
bool seals_hold(struct ledger *ledger, int64_t batch);

/* Names of actors are one if they fold alike, or have the same words in another order: offices
 * write NOËL Éric for Éric Noël. */
bool same_actor(struct ledger *ledger, struct text a, struct text b);

struct text base32(struct arena *keep, const uint8_t *bytes, size_t count);
const char *iso(struct arena *keep, struct date date);
/* ?1 to ?4 of a statement: person, component, day and unit. `keep` holds the day while it runs. */
void bind_right(struct sqlite3_stmt *statement, struct arena *keep, int64_t person,
                const struct right *right);

#endif
