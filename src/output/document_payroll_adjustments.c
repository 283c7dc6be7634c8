/* SPDX-License-Identifier: Apache-2.0 */
/* Régularisations: with a ledger, what stands between the period's own lines and the payment.
 * Its column of adjustments adds up to that of the état, person by person. */
#include "defray/settlement.h"

#include "payroll_parts.h"

static const struct column columns[] = {
    {"id",          N_("Id"),                    CELL_TEXT,  12, false, 0, 0},
    {"last_name",   N_("Last name"),             CELL_TEXT,  19, false, 0, 0},
    {"first_name",  N_("First name"),            CELL_TEXT,  17, false, 0, 0},
    {"date",        N_("Date"),                  CELL_DATE,  12, false, 0, 0},
    {"session",     N_("Session"),               CELL_TEXT,  16, false, 0, 0},
    {"entitlement", N_("Entitlement"),           CELL_TEXT,  20, false, 0, 0},
    {"cause",       N_("Why"),                   CELL_TEXT,  44, false, 0, 0},
    {"before",      N_("Recorded before (€)"), CELL_MONEY, 16, false, 0, 0},
    {"after",       N_("Due now (€)"),         CELL_MONEY, 15, false, 0, 0},
    {"adjustment",  N_("Adjustment (€)"),      CELL_MONEY, 17, true,  0, 0},
    {"at",          N_("Read at"),               CELL_TEXT,  24, false, 0, 0},
};

static const struct column balance_columns[] = {
    {"item",   N_("From what is due to what is paid"), CELL_TEXT,  56, false, 0, 4},
    {"amount", N_("Amount (€)"),                     CELL_MONEY, 16, false, 0, 0},
    {"check",  N_("Check"),                            CELL_TEXT,  20, false, 0, 0},
};

struct adjusting {
    const struct payroll *payroll;
    uint32_t member;
    struct row_sink *sink;
};

/* A row that is about the person's account and not about one right. */
static void
put_account(const struct adjusting *work, const char *why, const char *word,
            struct money adjustment)
{
    const struct payroll *payroll = work->payroll;
    const struct participant *participant = &payroll->batch->roster->items[work->member];
    if (adjustment.cents == 0) {
        return;
    }
    struct cell cells[] = {
        cell_text(participant->id),
        cell_text(participant->last_name),
        cell_text(participant->first_name),
        cell_empty(),
        cell_empty(),
        cell_empty(),
        cell_worded(tr(payroll->language, why), word),
        cell_empty(),
        cell_empty(),
        cell_money(adjustment),
        cell_empty(),
    };
    work->sink->row(work->sink, cells);
}

/* What is left by a text, or until it is known what it comes to, was paid: of the period, it makes
 * up for what is not due now. What of the period has lapsed is due, and not paid. */
static struct money
adjustment_of(const struct difference *one)
{
    if (one->cause == CAUSE_KEPT || one->cause == CAUSE_OPEN ||
        one->cause == CAUSE_LAPSED) {
        return one->earlier ? (struct money){0} : money_subtract(one->before, one->after);
    }
    return one->earlier || cause_is_left(one->cause)
               ? money_subtract(one->after, one->before)
               : (struct money){-one->before.cents};
}

static void
put_difference(const struct adjusting *work, struct arena scratch,
               const struct difference *one)
{
    const struct payroll *payroll = work->payroll;
    const struct participant *participant = &payroll->batch->roster->items[work->member];
    bool left = cause_is_left(one->cause);
    bool alert = one->retroactive_missing || (left && one->cause != CAUSE_KEPT);
    struct money adjustment = adjustment_of(one);
    if (adjustment.cents == 0 && !left) {
        return;
    }
    const char *why = cause_label(payroll->language, one->cause);
    if (one->cause == CAUSE_OPEN || one->cause == CAUSE_REFUSED) {
        why = arena_printf(&scratch, "%s (%s)", why,
                           reason_phrase(payroll->language, one->reason));
    }
    struct text label =
        rules_label(payroll->batch->rules, one->right.component, payroll->language);
    struct cell cells[] = {
        cell_text(participant->id),
        cell_text(participant->last_name),
        cell_text(participant->first_name),
        cell_date(one->right.day),
        cell_text(one->session),
        cell_worded(text_string(&scratch, label),
                    text_string(&scratch, one->right.component)),
        cell_toned(cell_worded(why, cause_word(one->cause)),
                   alert ? TONE_ALERT : TONE_PLAIN),
        cell_money(one->before),
        cell_money(one->after),
        cell_money(adjustment),
        cell_string(shown_place(&scratch, payroll->batch->rules, one->where)),
    };
    work->sink->row(work->sink, cells);
}

static void
put_kept(const struct adjusting *work, struct arena scratch,
         const struct settlement *settlement)
{
    for (size_t i = 0; i < settlement->kept_count; i++) {
        put_difference(work, scratch, &settlement->kept[i]);
    }
}

static void
put_member(const struct adjusting *work, struct arena scratch,
           const struct settlement *settlement)
{
    struct money unchanged = settlement->paid;
    for (size_t i = 0; i < settlement->count; i++) {
        if (!settlement->items[i].earlier) {
            unchanged = money_subtract(unchanged, settlement->items[i].before);
        }
    }
    for (size_t i = 0; i < settlement->kept_count; i++) {
        unchanged = money_add(unchanged, adjustment_of(&settlement->kept[i]));
    }
    put_account(work, N_("recorded in earlier batches for this period, unchanged"),
                "unchanged", (struct money){-unchanged.cents});
    for (size_t i = 0; i < settlement->count; i++) {
        put_difference(work, scratch, &settlement->items[i]);
    }
    put_kept(work, scratch, settlement);
    if (settlement->brought.cents > 0) {
        put_account(work, N_("brought forward: owed and not yet paid"), "owed",
                    settlement->brought);
    } else {
        put_account(work, N_("brought forward: paid too much before"), "overpaid",
                    settlement->brought);
    }
    if (settlement->recovery.cents > 0) {
        put_account(work, N_("listed for recovery by the accounting officer"), "recover",
                    settlement->recovery);
    } else {
        put_account(work, N_("taken off what was listed for recovery"), "recover",
                    settlement->recovery);
    }
    put_account(work, N_("kept back for what was listed for recovery"), "offset",
                (struct money){-settlement->offset.cents});
    put_account(work, N_("paid in excess, to be kept back from later payments"),
                "carried", (struct money){-settlement->carried.cents});
    for (size_t i = 0; i < settlement->left_count; i++) {
        put_difference(work, scratch, &settlement->left[i]);
    }
}

static bool
is_adjusted(const struct payroll *payroll, uint32_t member)
{
    const struct person_total *person = &payroll->summary->persons[member];
    return payroll->batch->history != NULL && (person->adjusted || person->left > 0);
}

static void
settle_one(const struct payroll *payroll, struct arena scratch, uint32_t member,
           struct row_sink *sink)
{
    struct member_result result = liquidate_member(&scratch, payroll->batch, member);
    struct settlement settlement =
        settle_member(&scratch, payroll->batch, member, &result);
    struct adjusting work = {payroll, member, sink};
    put_member(&work, scratch, &settlement);
}

static void
produce(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    for (uint32_t member = 0; member < payroll->batch->roster->count; member++) {
        if (is_adjusted(payroll, member)) {
            settle_one(payroll, scratch, member, sink);
        }
    }
}

/* Programs get ids: the same rows without the two columns of names. */
enum {
    NAMES_FROM = 1,
    NAMES_COUNT = 2,
    WITHOUT_NAMES = ARRAY_COUNT(columns) - NAMES_COUNT
};

struct nameless_sink {
    struct row_sink sink;
    struct row_sink *to;
};

static void
drop_names(struct row_sink *sink, const struct cell *cells)
{
    struct cell kept[WITHOUT_NAMES];
    for (size_t i = 0; i < WITHOUT_NAMES; i++) {
        kept[i] = cells[i < NAMES_FROM ? i : i + NAMES_COUNT];
    }
    struct row_sink *to = ((struct nameless_sink *)sink)->to;
    to->row(to, kept);
}

static void
produce_nameless(const void *context, struct arena scratch, struct row_sink *sink)
{
    struct nameless_sink nameless = {{drop_names}, sink};
    produce(context, scratch, &nameless.sink);
}

/* The columns without those of names. */
static struct table
nameless_table(struct arena *keep, const struct payroll *payroll)
{
    struct table table = payroll_table(keep, payroll, columns, ARRAY_COUNT(columns));
    struct column *kept = NEW_ARRAY(keep, struct column, WITHOUT_NAMES);
    for (size_t i = 0; i < WITHOUT_NAMES; i++) {
        kept[i] = table.columns[i < NAMES_FROM ? i : i + NAMES_COUNT];
    }
    table.key = "adjustments";
    table.columns = kept;
    table.column_count = WITHOUT_NAMES;
    return table;
}

static void
put_sum(const struct payroll *payroll, const char *item, struct money amount,
        struct row_sink *sink)
{
    struct cell cells[] = {cell_string(tr(payroll->language, item)), cell_money(amount),
                           cell_empty()};
    sink->row(sink, cells);
}

static void
produce_balance(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct summary *summary = payroll->summary;
    enum language language = payroll->language;
    struct money sum = money_subtract(summary->due, summary->paid);
    sum = money_add(money_add(sum, summary->earlier), summary->brought);
    sum = money_subtract(money_add(sum, summary->recovery), summary->offset);
    sum = money_subtract(sum, summary->carried);
    bool holds = money_compare(sum, summary->total) == 0;
    (void)scratch;
    put_sum(payroll, N_("    due for the period"), summary->due, sink);
    put_sum(payroll, N_("    recorded in earlier batches for the period"),
            (struct money){-summary->paid.cents}, sink);
    put_sum(payroll, N_("    differences of earlier days"), summary->earlier, sink);
    put_sum(payroll, N_("    brought forward"), summary->brought, sink);
    put_sum(payroll,
            summary->recovery.cents < 0 ? N_("    taken off what was listed for recovery")
                                        : N_("    listed for recovery"),
            summary->recovery, sink);
    if (summary->offset.cents != 0) {
        put_sum(payroll, N_("    kept back for what was listed for recovery"),
                (struct money){-summary->offset.cents}, sink);
    }
    put_sum(payroll, N_("    paid in excess, to be kept back from later payments"),
            (struct money){-summary->carried.cents}, sink);
    struct cell cells[] = {
        cell_toned(cell_string(tr(language, N_("To pay"))), TONE_STRONG),
        cell_toned(cell_money(sum), TONE_STRONG),
        cell_toned(cell_string(tr(language, holds ? N_("OK") : N_("BROKEN"))),
                   holds ? TONE_STRONG : TONE_ALERT),
    };
    sink->row(sink, cells);
    if (summary->receivable.cents != 0) { /* a reminder, and no part of the sum */
        put_sum(payroll, N_("Still to be recovered by the accounting officer"),
                summary->receivable, sink);
    }
}

void
payroll_add_adjustments(struct arena *keep, const struct payroll *payroll,
                        struct tables *tables)
{
    if (payroll->batch->history == NULL) {
        return;
    }
    const char *sheet = tr(payroll->language, N_("Adjustments"));
    struct table balance =
        payroll_table(keep, payroll, balance_columns, ARRAY_COUNT(balance_columns));
    balance.key = "balance";
    balance.sheet = sheet;
    balance.title = tr(payroll->language, N_("Adjustments"));
    balance.produce = produce_balance;
    *ARRAY_PUSH(keep, tables) = balance;
    struct table table = payroll_table(keep, payroll, columns, ARRAY_COUNT(columns));
    table.key = "adjustments";
    table.sheet = sheet;
    table.title = tr(payroll->language, N_("Line by line"));
    table.audience = FOR_SHEET | FOR_PAGE;
    table.produce = produce;
    *ARRAY_PUSH(keep, tables) = table;
    table = nameless_table(keep, payroll);
    table.audience = FOR_JSON;
    table.produce = produce_nameless;
    *ARRAY_PUSH(keep, tables) = table;
}

void
payroll_put_ledger(const struct payroll *payroll,
                   void (*put_fact)(enum language language, const char *item,
                                    struct text value, struct row_sink *sink),
                   struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct history *history = payroll->batch->history;
    const char *head = history == NULL ? tr(language, N_("none")) : history->head;
    put_fact(language, N_("ledger head"), text_of(head), sink);
    if (history != NULL && history->batch != NULL) {
        put_fact(language, N_("recorded as batch"), text_of(history->batch), sink);
    } else if (history != NULL && history->digest != NULL) {
        put_fact(language, N_("fingerprint, if it is prepared as it is"),
                 text_of(history->digest), sink);
    }
    if (history != NULL && history->approval != NULL) {
        put_fact(language, N_("approval"), text_of(history->approval), sink);
    }
}

size_t
payroll_ledger_properties(const struct payroll *payroll,
                          struct property out[PAYROLL_LEDGER_PROPERTIES])
{
    const struct summary *summary = payroll->summary;
    if (payroll->batch->history == NULL) {
        return 0;
    }
    const char *digest = payroll->batch->history->digest;
    const struct property properties[] = {
        {"totals.paid_before", cell_money(summary->paid),                  "lines"},
        {"totals.earlier",     cell_money(summary->earlier),               "lines"},
        {"totals.brought",     cell_money(summary->brought),               "lines"},
        {"totals.recovery",    cell_money(summary->recovery),              "lines"},
        {"totals.kept_back",   cell_money(summary->offset),                "lines"},
        {"totals.receivable",  cell_money(summary->receivable),            "lines"},
        {"totals.carried",     cell_money(summary->carried),               "lines"},
        {"totals.to_pay",      cell_money(summary->total),                 "lines"},
        {"ledger.head",        cell_string(payroll->batch->history->head), "lines"},
        {"ledger.digest",      cell_string(digest == NULL ? "" : digest),  "lines"},
    };
    _Static_assert(ARRAY_COUNT(properties) == PAYROLL_LEDGER_PROPERTIES, "all of them");
    for (size_t i = 0; i < ARRAY_COUNT(properties); i++) {
        out[i] = properties[i];
    }
    return ARRAY_COUNT(properties) - (digest == NULL);
}
