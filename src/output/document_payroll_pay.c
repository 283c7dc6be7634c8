/* SPDX-License-Identifier: Apache-2.0 */
/* Paie: flat, one row a member and entitlement with an amount, for import. The keys of
 * its columns are stable and are the header of the CSV. With a ledger, a member's rows may add
 * up to nothing: what moves from one account to another is told all the same. */
#include "defray/settlement.h"

#include "payroll_parts.h"

#include <assert.h>

static const struct column columns[] = {
    {"id",             N_("Id"),                   CELL_TEXT,    12, false, 0, 0},
    {"last_name",      N_("Last name"),            CELL_TEXT,    19, false, 0, 0},
    {"first_name",     N_("First name"),           CELL_TEXT,    17, false, 0, 0},
    {"pay_code",       N_("Pay code"),             CELL_TEXT,    11, false, 0, 0},
    {"entitlement",    N_("Entitlement"),          CELL_TEXT,    17, false, 0, 0},
    {"label",          N_("Label"),                CELL_TEXT,    22, false, 0, 0},
    {"account",        N_("Account"),              CELL_TEXT,    11, false, 0, 0},
    {"function",       N_("Function"),             CELL_TEXT,    10, false, 0, 0},
    {"analytic",       N_("Analytic code"),        CELL_TEXT,    11, false, 0, 0},
    {"amount",         N_("Amount (€)"),         CELL_MONEY,   12, false, 0, 0},
    {"amount_cents",   N_("Amount in cents"),      CELL_INTEGER, 13, false, 0, 0},
    {"payment",        N_("Payment"),              CELL_TEXT,    11, false, 0, 0},
    {"iban",           N_("IBAN"),                 CELL_TEXT,    36, false, 0, 0},
    {"bic",            N_("BIC"),                  CELL_TEXT,    13, false, 0, 0},
    {"account_holder", N_("Account holder"),       CELL_TEXT,    26, false, 0, 0},
    {"guardian",       N_("Legal representative"), CELL_TEXT,    19, false, 0, 0},
};

/* What a member is to be paid by entitlement: each of the rules, then each that they have no more
 * and the ledger has. What is brought forward or carried over is the rest of the payment. */
struct share {
    struct text key;
    struct money amount;
};
struct shares {
    struct share *items;
    size_t count;
    struct money balance;
};

static void
add_to(struct shares *shares, struct text key, struct money amount)
{
    size_t at = 0;
    while (at < shares->count && !text_equals(shares->items[at].key, key)) {
        at++;
    }
    if (at == shares->count) {
        shares->items[shares->count++].key = key;
    }
    shares->items[at].amount = money_add(shares->items[at].amount, amount);
}

/* With a ledger: the differences to what was paid, of the period and of earlier days. */
static void
add_differences(struct arena scratch, const struct payroll *payroll, uint32_t member,
                struct shares *shares)
{
    struct member_result result = liquidate_member(&scratch, payroll->batch, member);
    struct settlement settlement =
        settle_member(&scratch, payroll->batch, member, &result);
    for (size_t i = 0; i < settlement.count; i++) {
        const struct difference *one = &settlement.items[i];
        struct money amount = money_subtract(one->after, one->before);
        if (amount.cents != 0) {
            add_to(shares, one->right.component, amount);
        }
    }
}

static struct shares
shares_of(struct arena *keep, const struct payroll *payroll, uint32_t member)
{
    const struct rules *rules = payroll->batch->rules;
    const struct history *history = payroll->batch->history;
    const struct person_total *person = &payroll->summary->persons[member];
    size_t payables = payroll_payables(rules);
    size_t known =
        history == NULL ? 0 : history->first[member + 1] - history->first[member];
    struct shares shares = {.items = NEW_ARRAY(keep, struct share, payables + known)};
    for (size_t i = 0; i < payables; i++) {
        shares.items[shares.count++].key = payroll_payable(payroll, i).key;
    }
    if (history != NULL) {
        add_differences(*keep, payroll, member, &shares);
    } else {
        shares.items[0].amount = person->stipend;
        size_t claimed = person->expenses.cents == 0 ? 0 : rules->category_count;
        for (size_t i = 0; i < claimed; i++) {
            shares.items[1 + i].amount =
                payroll->summary->claimed[member * rules->category_count + i];
        }
    }
    shares.balance = payroll_total(payroll, member);
    for (size_t i = 0; i < shares.count; i++) {
        shares.balance = money_subtract(shares.balance, shares.items[i].amount);
    }
    assert(history != NULL || shares.balance.cents == 0);
    return shares;
}

static void
put_row(struct arena *keep, const struct payroll *payroll, uint32_t member,
        struct payable payable, struct money amount, struct row_sink *sink)
{
    const struct participant *participant = &payroll->batch->roster->items[member];
    const struct participation *row = payroll_row(payroll, member);
    const struct particulars *stated = particulars_of(row);
    bool held = payroll_is_held(payroll, member);
    bool pays = payroll_total(payroll, member).cents > 0 && !held;
    struct text holder = stated->holder;
    if (holder.size == 0) {
        holder = text_of(
            TEXT_JOIN(keep, participant->first_name, STR(" "), participant->last_name));
    }
    const char *payment = pays ? N_("transfer") : held ? N_("held") : N_("none");
    struct cell cells[] = {
        cell_text(participant->id),
        cell_text(participant->last_name),
        cell_text(participant->first_name),
        cell_text(payable.accounting->pay_code),
        cell_text(payable.key),
        cell_text(payable.label),
        cell_text(payable.accounting->account),
        cell_text(payable.accounting->function),
        cell_text(payable.accounting->analytic),
        cell_money(amount),
        cell_integer(amount.cents),
        cell_toned(cell_worded(tr(payroll->language, payment), payment),
                   held ? TONE_ALERT : TONE_PLAIN),
        cell_text(pays ? row->bank.iban : STR("")),
        cell_text(pays ? stated->bic : STR("")),
        cell_text(pays ? holder : STR("")),
        cell_text(stated->guardian),
    };
    sink->row(sink, cells);
}

static void
put_member(struct arena *keep, const struct payroll *payroll, uint32_t member,
           struct row_sink *sink)
{
    static const struct accounting none = {0};
    size_t payables = payroll_payables(payroll->batch->rules);
    struct shares shares = shares_of(keep, payroll, member);
    for (size_t i = 0; i < shares.count; i++) {
        const struct share *share = &shares.items[i];
        if (share->amount.cents != 0) {
            put_row(keep, payroll, member,
                    i < payables ? payroll_payable(payroll, i)
                                 : (struct payable){share->key, share->key, &none},
                    share->amount, sink);
        }
    }
    if (shares.balance.cents != 0) {
        const char *label = tr(payroll->language, N_("Brought forward or carried over"));
        put_row(keep, payroll, member,
                (struct payable){STR("balance"), text_of(label), &none}, shares.balance,
                sink);
    }
}

static void
produce_part(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    struct members members = payroll_part(payroll, part);
    bool settled = payroll->batch->history != NULL; /* then rows may cancel out */
    for (uint32_t member = members.first; member < members.end; member++) {
        if (payroll_total(payroll, member).cents != 0 || settled) {
            put_member(keep, payroll, member, sink);
        }
    }
}

void
payroll_add_pay(struct arena *keep, const struct payroll *payroll, struct tables *tables)
{
    struct table table = payroll_table(keep, payroll, columns, ARRAY_COUNT(columns));
    table.key = "pay";
    table.sheet = tr(payroll->language, N_("Pay"));
    table.audience = FOR_SHEET | FOR_CSV;
    table.filter = true;
    table.list = true;
    table.frozen_columns = 3;
    table.parts = payroll_parts(payroll);
    table.produce_part = produce_part;
    *ARRAY_PUSH(keep, tables) = table;
}
