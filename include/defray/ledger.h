/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger: one SQLite file an authority, append-only, in which every row is chained to the
 * one before. What is owed for a right is posted as a difference to what was posted before, from
 * the moment a batch is prepared; so nobody is paid twice, and every correction can be read.
 * Names and account numbers are not in it but in a second file beside it, from which a person
 * can be purged without breaking the chain.
 *
 * A function that gives false has filed a diagnostic. Nothing here reads the clock, the
 * environment or a person's name: who acts, when, and why comes with each call.
 */
#ifndef DEFRAY_LEDGER_H
#define DEFRAY_LEDGER_H

#include "defray/history.h"
#include "defray/order.h"
#include "defray/summary.h"

struct ledger; /* open, until ledger_close */

struct act {           /* one deed of one person */
    struct text actor; /* who says so: the system's user, or the name given with --as */
    struct text login; /* the system's user */
    int64_t uid;
    struct text host;
    int64_t time;        /* seconds since 1970 */
    struct text subject; /* a member, a period, an account */
    struct text reason;
    struct text evidence; /* SHA-256 of a file, or of its tables: marks; may be empty */
};

/* Makes the ledger and its store of identities (<path>.identities, mode 0600). */
bool ledger_create(struct arena *keep, const char *path, const char *version,
                   const struct act *act, struct diag *diag);
/* Opens and proves it: settings, structure, the whole chain, the identities. NULL after
 * a diagnostic. */
struct ledger *ledger_open(struct arena *keep, const char *path, bool writing,
                           struct diag *diag);
void ledger_close(struct ledger *ledger);
/* Between the two, who only reads sees one moment of it, and whoever records something waits. */
bool ledger_hold(struct ledger *ledger);
void ledger_let_go(struct ledger *ledger);
/* "1234:9f86d0…": the number and the fingerprint of the last row. */
const char *ledger_head(struct arena *keep, const struct ledger *ledger);

/* All that is written between the two appears at once or not at all. Waits for others. */
bool ledger_begin(struct ledger *ledger);
bool ledger_commit(struct ledger *ledger);
void ledger_rollback(struct ledger *ledger);

/* What is known of the members of the batch, for days from `since` on; `actor` is who would
 * prepare: what the same person confirmed does not count. NULL after a diagnostic: P107 if
 * somebody who was paid is not in the members' table. */
struct history *ledger_history(struct arena *keep, struct ledger *ledger,
                               const struct batch *batch, struct date since,
                               struct text actor);

struct recording {
    const struct batch *batch; /* with the history of this very transaction */
    const struct summary *summary;
    struct date pay_on;  /* when the bank is asked to pay; DATE_NONE: not stated */
    const char *version; /* of the program */
    const struct act *act;
};
struct recorded {
    int64_t batch; /* 0: there was nothing to record */
    bool done;     /* it is recorded; else only foreseen */
    size_t entries, payments;
    struct money total; /* of the payments */
    struct digest digest;
};
/* Posts what the batch changes and pays. Refuses a closed period (P101), what no text allows
 * (P106), accounts of two members (P104) or the office (P117), one person for two (P116). */
bool ledger_record(struct ledger *ledger, const struct recording *recording,
                   struct recorded *out);
/* What would be recorded, without the refusals; nothing is written: its digest is the one that
 * the batch has if it is prepared on the same files, rules and ledger. */
bool ledger_foresee(struct ledger *ledger, const struct recording *recording,
                    struct recorded *out);
/* Whether some batch has the fingerprint that starts with these digits. */
bool ledger_has_digest(struct ledger *ledger, struct text digits);

struct ledger_members { /* by index in the roster */
    const uint32_t *items;
    size_t count;
    bool shared; /* their account numbers may serve several members */
};
/* Another person has compared these account numbers with the documents. Gives how many that
 * person had not confirmed before. */
bool ledger_confirm(struct ledger *ledger, const struct batch *batch,
                    const struct ledger_members *members, const struct act *act,
                    size_t *confirmed);
/* The table of those who prepare and approve: a member with an account of theirs is refused. */
bool ledger_staff(struct ledger *ledger, const struct batch *batch,
                  const struct act *act);
/* Where two were needed, another than the actor may prepare alone; P116 if the rules say two. */
bool ledger_let_one(struct ledger *ledger, const struct rules *rules,
                    const struct act *act, bool *again);

/* The acts on a batch, each with the states that it leads from and to. */
enum ledger_verb {
    LEDGER_PREPARE,
    LEDGER_APPROVE,
    LEDGER_CANCEL,
    LEDGER_EXPORT,
    LEDGER_SENT,
    LEDGER_SETTLED,
    LEDGER_REJECTED, /* the whole file */
    LEDGER_RETURNED, /* one payment */
    LEDGER_VERB_COUNT
};
/* Records the act. *again tells that it had been done before, which changes nothing. `member` is
 * the id of a payment that came back (LEDGER_RETURNED), else empty. */
bool ledger_move(struct ledger *ledger, enum ledger_verb verb, int64_t batch,
                 struct text member, const struct act *act, bool *again);
/* Says why the act is not possible in the batch's state; always false. */
bool ledger_refuse(struct ledger *ledger, enum ledger_verb verb, int64_t batch);
const char *ledger_state_label(enum language language, struct text state);
bool ledger_reverse(struct ledger *ledger, int64_t batch, struct text member,
                    const struct act *act, const char *version, int64_t *made);
/* What the accounting officer recovered from a member. The same amount for the same reason is noted
 * once: `again`, after a warning, says that it was. */
bool ledger_collect(struct ledger *ledger, struct text assembly, struct text member,
                    struct money amount, const struct act *act, bool *again);
/* Refused while a batch of the period is not final, or (but for `carry`) somebody is owed something
 * from it. */
bool ledger_close_period(struct ledger *ledger, struct text assembly,
                         struct period period, const struct act *act, bool carry,
                         bool *again);
/* Forgets who a person is. Refused while something about them is not final. */
bool ledger_purge(struct ledger *ledger, struct text assembly, struct text member,
                  const struct act *act);

/* A batch as plain data, for outputs; its entries are read as long as the ledger is open. NULL
 * after a diagnostic. */
struct order *ledger_order(struct arena *keep, struct ledger *ledger, int64_t batch);
/* What was recorded of an attempt and format: *known: anything was, *same: it is this or nothing.
 * The last: G006 without such a batch, P119 if the file is of none or another attempt. */
bool ledger_output_known(struct ledger *ledger, int64_t batch, const char *kind,
                         const struct digest *sha256, bool *known, bool *same);
bool ledger_output_add(struct ledger *ledger, int64_t batch, const char *kind,
                       const struct digest *sha256, int64_t bytes);
bool ledger_output_is(struct ledger *ledger, int64_t batch, const struct digest *sha256,
                      struct text name);
/* Every invariant, as a question that must have no answer. False after G041 for each that has. */
bool ledger_verify(struct ledger *ledger);
/* Whether the ledger continues the heads that were noted in an anchor file, one a line. */
bool ledger_verify_anchor(struct ledger *ledger, const struct input *anchor);

#endif
