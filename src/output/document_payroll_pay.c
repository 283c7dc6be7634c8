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

static void
add_to(struct money *sums, size_t payables, const struct rules *rules,
       struct text component, struct money amount)
{
    size_t index = payroll_payable_of(rules, component);
    if (index < payables) {
        sums[index] = money_add(sums[index], amount);
    }
}

/* With a ledger: the differences to what was paid, of the period and of earlier days. */
static void
settle_sums(struct arena scratch, const struct payroll *payroll, uint32_t member,
            struct money *sums)
{
    const struct rules *rules = payroll->batch->rules;
    size_t payables = payroll_payables(rules);
    struct member_result result = liquidate_member(&scratch, payroll->batch, member);
    struct settlement settlement =
        settle_member(&scratch, payroll->batch, member, &result);
    for (size_t i = 0; i < settlement.count; i++) {
        const struct difference *one = &settlement.items[i];
        add_to(sums, payables, rules, one->right.component,
               money_subtract(one->after, one->before));
    }
}

/* What a member is to be paid by entitlement. After them, what is brought forward or carried
 * over: the sum is the member's payment. */
static struct money *
sum_payables(struct arena *keep, const struct payroll *payroll, uint32_t member)
{
    const struct rules *rules = payroll->batch->rules;
    size_t count = payroll_payables(rules);
    struct money *sums = NEW_ARRAY(keep, struct money, count + 1);
    const struct person_total *person = &payroll->summary->persons[member];
    if (payroll->batch->history != NULL) {
        settle_sums(*keep, payroll, member, sums);
    } else {
        sums[0] = person->stipend;
        size_t claimed = person->expenses.cents == 0 ? 0 : rules->category_count;
        for (size_t i = 0; i < claimed; i++) {
            sums[1 + i] = payroll->summary->claimed[member * rules->category_count + i];
        }
    }
    sums[count] = payroll_total(payroll, member);
    for (size_t i = 0; i < count; i++) {
        sums[count] = money_subtract(sums[count], sums[i]);
    }
    assert(payroll->batch->history != NULL || sums[count].cents == 0);
    return sums;
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
    size_t payables = payroll_payables(payroll->batch->rules);
    const struct money *sums = sum_payables(keep, payroll, member);
    for (size_t i = 0; i < payables; i++) {
        if (sums[i].cents != 0) {
            put_row(keep, payroll, member, payroll_payable(payroll, i), sums[i], sink);
        }
    }
    if (sums[payables].cents != 0) {
        static const struct accounting none = {0};
        const char *label = tr(payroll->language, N_("Brought forward or carried over"));
        put_row(keep, payroll, member,
                (struct payable){STR("balance"), text_of(label), &none}, sums[payables],
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
