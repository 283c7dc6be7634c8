/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* A recorded batch as plain data: whom it pays and why, who did what with it. What a payment
 * file says comes from here alone, so that it is the same bytes each time. */
#ifndef DEFRAY_ORDER_H
#define DEFRAY_ORDER_H

#include "defray/arena.h"
#include "defray/date.h"
#include "defray/digest.h"
#include "defray/language.h"
#include "defray/money.h"

struct order_party { /* a name and an account, as a bank takes them */
    struct text name, iban, bic, street, postcode, town, country;
};

struct order_payment {
    int64_t number; /* within the batch, from 1 */
    struct text id; /* of the member */
    struct text last_name, first_name;
    struct order_party to;
    struct money amount;
    struct text end_to_end;
    struct text answer; /* "returned"…; empty: none */
};

struct order_entry {
    struct text id, kind, component, unit, cause;
    struct date day;
    struct money amount;
    bool late;
};
/* There may be a million: they are read one by one where they lie, each gone after the call. */
struct entry_sink {
    void (*entry)(struct entry_sink *sink, const struct order_entry *entry);
};
struct entry_source {
    const void *context;
    /* In the order in which they were posted. A failure is told where they come from. */
    void (*each)(const void *context, struct arena scratch, struct entry_sink *sink);
};

/* What stands between the entries of a member and the payment to them: the account before the
 * batch, and less what is left of it after. */
struct order_balance {
    struct text id;
    struct money
        amount;   /* not zero; what is left: owed if below zero, overpaid if above */
    bool brought; /* from earlier batches; else left to later ones */
};

struct order_event {
    struct text verb, state, actor, login, host, subject, reason;
    int64_t time;
};

struct order {
    int64_t batch;
    struct text kind; /* "pay", "reverse" */
    struct text assembly, title, authority;
    enum language language;
    struct period period;
    struct date since, pay_on; /* pay_on: DATE_NONE if not stated */
    struct text version;       /* of the program that prepared it */
    bool single_person;
    struct text state, digest; /* digest: hexadecimal */
    struct text message_id;    /* of this attempt */
    int64_t attempt;           /* from 1 */
    int64_t approved_at;       /* 0: not approved */
    struct text prepared_by, approved_by;
    struct order_party payer;
    struct order_payment *payments;
    size_t payment_count;
    struct money total;
    struct entry_source entries;
    size_t entry_count;
    struct order_balance *balances; /* entries and balances come to the payments */
    size_t balance_count;
    struct order_event *events; /* every one; a file tells those up to the approval */
    size_t event_count;
    const char *head; /* of the ledger, at the approval */
};

#endif
