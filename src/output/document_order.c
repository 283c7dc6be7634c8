/* SPDX-License-Identifier: Apache-2.0 */
/* The order to pay: payments as they go to the bank, the entries behind them, and the two
 * persons. It says nothing that changes once the batch is approved. */
#include "defray/history.h"
#include "defray/order_document.h"
#include "defray/payroll.h"
#include "defray/settlement.h"

#include "document_parts.h"

#include <inttypes.h>

struct order_view {
    const struct order *order;
    enum language language;
};

struct order_notes ARRAY_OF(struct note);

static const struct column payment_columns[] = {
    {"number",         N_("No."),             CELL_INTEGER, 7,  false, 0, 0},
    {"id",             N_("Id"),              CELL_TEXT,    12, false, 0, 0},
    {"last_name",      N_("Last name"),       CELL_TEXT,    19, false, 0, 0},
    {"first_name",     N_("First name"),      CELL_TEXT,    17, false, 0, 0},
    {"account_holder", N_("Account holder"),  CELL_TEXT,    26, false, 0, 0},
    {"iban",           N_("IBAN"),            CELL_TEXT,    36, false, 0, 0},
    {"bic",            N_("BIC"),             CELL_TEXT,    13, false, 0, 0},
    {"amount",         N_("Amount (€)"),    CELL_MONEY,   15, true,  0, 0},
    {"amount_cents",   N_("Amount in cents"), CELL_INTEGER, 15, true,  0, 0},
    {"reference",      N_("Reference"),       CELL_TEXT,    36, false, 0, 0},
};

/* Programs get references and amounts; names and accounts are in the sheets. */
static const struct column json_columns[] = {
    {.key = "number"}, {.key = "id"}, {.key = "amount"}, {.key = "reference"}};

static const struct column entry_columns[] = {
    {"id",          N_("Id"),           CELL_TEXT,  12, false, 0, 0},
    {"kind",        N_("Entry"),        CELL_TEXT,  16, false, 0, 0},
    {"entitlement", N_("Entitlement"),  CELL_TEXT,  20, false, 0, 0},
    {"date",        N_("Date"),         CELL_DATE,  12, false, 0, 0},
    {"session",     N_("Session"),      CELL_TEXT,  22, false, 0, 0},
    {"cause",       N_("Why"),          CELL_TEXT,  34, false, 0, 0},
    {"late",        N_("Late"),         CELL_TEXT,  8,  false, 0, 0},
    {"amount",      N_("Amount (€)"), CELL_MONEY, 15, true,  0, 0},
};

static const struct column control_columns[] = {
    {"item",  N_("Batch"), CELL_TEXT, 34, false, 0, 0},
    {"value", N_("Value"), CELL_TEXT, 80, false, 0, 0},
};

static void
produce_payments(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct order *order = ((const struct order_view *)context)->order;
    (void)scratch;
    for (size_t i = 0; i < order->payment_count; i++) {
        const struct order_payment *payment = &order->payments[i];
        struct cell cells[] = {
            cell_integer(payment->number),       cell_text(payment->id),
            cell_text(payment->last_name),       cell_text(payment->first_name),
            cell_text(payment->to.name),         cell_text(payment->to.iban),
            cell_text(payment->to.bic),          cell_money(payment->amount),
            cell_integer(payment->amount.cents), cell_text(payment->end_to_end),
        };
        sink->row(sink, cells);
    }
}

static void
produce_json(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct order *order = ((const struct order_view *)context)->order;
    (void)scratch;
    for (size_t i = 0; i < order->payment_count; i++) {
        const struct order_payment *payment = &order->payments[i];
        struct cell cells[] = {
            cell_integer(payment->number),
            cell_text(payment->id),
            cell_money(payment->amount),
            cell_text(payment->end_to_end),
        };
        sink->row(sink, cells);
    }
}

struct entry_rows {
    struct entry_sink sink;
    struct row_sink *rows;
    struct arena *scratch;
    enum language language;
};

/* What an entry does, in the words of the ledger and of people. */
static const struct {
    const char *word, *label;
} entry_kinds[] = {
    {"DUE",       N_("due")                                  },
    {"RAPPEL",    N_("difference")                           },
    {"REVERSAL",  N_("taken back")                           },
    {"RECOVER",   N_("to be recovered")                      },
    {"OFFSET",    N_("kept back for what is to be recovered")},
    {"COLLECTED", N_("recovered")                            },
};

static struct cell
entry_kind(enum language language, struct text word, struct money amount)
{
    if (amount.cents < 0 && text_equals(word, STR("RECOVER"))) {
        return cell_worded(tr(language, N_("no longer to be recovered")), "RECOVER");
    }
    for (size_t i = 0; i < ARRAY_COUNT(entry_kinds); i++) {
        if (text_equals(word, text_of(entry_kinds[i].word))) {
            return cell_worded(tr(language, entry_kinds[i].label), entry_kinds[i].word);
        }
    }
    return cell_text(word);
}

/* What an entitlement is called stands in the rules, and the ledger knows its key; a stipend has
 * one name everywhere, and a common category a common one. */
static struct cell
entitlement(struct arena *keep, enum language language, struct text key)
{
    bool stipend = text_equals(key, STR("stipend"));
    const char *name =
        stipend ? tr(language, N_("stipend")) : shown_category(language, key);
    return name == NULL ? cell_text(key) : cell_worded(name, text_string(keep, key));
}

static void
put_entry(struct entry_sink *sink, const struct order_entry *entry)
{
    const struct entry_rows *work = (const struct entry_rows *)sink;
    struct arena scratch = *work->scratch;
    bool right = entry->component.size > 0; /* what is recovered says so by its kind */
    struct cell cells[] = {
        cell_text(entry->id),
        entry_kind(work->language, entry->kind, entry->amount),
        entitlement(&scratch, work->language, entry->component),
        cell_date(entry->day),
        cell_worded(text_string(&scratch, unit_parts(entry->unit).session),
                    text_string(&scratch, entry->unit)),
        cell_worded(right ? cause_word_label(work->language, entry->cause) : "",
                    text_string(&scratch, entry->cause)),
        entry->late ? cell_worded(tr(work->language, N_("late")), "late") : cell_empty(),
        cell_money(entry->amount),
    };
    work->rows->row(work->rows, cells);
}

/* The same two totals on both sheets: what the entries do not say of a payment was owed, or paid
 * too much, before. */
static void
put_balance(const struct order_view *view, const struct order_balance *balance,
            struct row_sink *sink)
{
    struct cell kind =
        balance->brought
            ? cell_worded(tr(view->language, N_("brought forward from earlier batches")),
                          "BROUGHT")
            : cell_worded(tr(view->language, N_("left to later batches")), "CARRIED");
    struct cell cells[] = {
        cell_text(balance->id), kind,         cell_empty(), cell_empty(),
        cell_empty(),           cell_empty(), cell_empty(), cell_money(balance->amount),
    };
    sink->row(sink, cells);
}

static void
produce_entries(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct order_view *view = context;
    const struct entry_source *entries = &view->order->entries;
    struct arena words = arena_share(&scratch, 2);
    struct entry_rows work = {{put_entry}, sink, &words, view->language};
    entries->each(entries->context, scratch, &work.sink);
    for (size_t i = 0; i < view->order->balance_count; i++) {
        put_balance(view, &view->order->balances[i], sink);
    }
}

static void
put_fact(const struct order_view *view, const char *item, const char *value,
         struct row_sink *sink)
{
    struct cell cells[] = {cell_string(tr(view->language, item)), cell_string(value)};
    sink->row(sink, cells);
}

static const char *
moment(struct arena *keep, int64_t seconds)
{
    char day[DATE_TEXT_MAX];
    int64_t rest = seconds % SECONDS_A_DAY;
    return arena_printf(keep, "%s %02d:%02d UTC",
                        date_text((struct date){(int32_t)(seconds / SECONDS_A_DAY)}, day),
                        (int)(rest / 3600), (int)(rest % 3600 / 60));
}

/* The acts up to the approval, with the account of the system behind each name. */
static void
put_acts(const struct order_view *view, struct arena scratch, struct row_sink *sink)
{
    const struct order *order = view->order;
    struct text first = STR("");
    for (size_t i = 0; i < order->event_count; i++) {
        const struct order_event *event = &order->events[i];
        bool prepared = text_equals(event->verb, STR("prepare"));
        bool approved = text_equals(event->verb, STR("approve"));
        if (!prepared && !approved) {
            continue;
        }
        const char *value = arena_printf(
            &scratch, "%.*s (%.*s@%.*s), %s", TEXT_ARG(event->actor),
            TEXT_ARG(event->login), TEXT_ARG(event->host), moment(&scratch, event->time));
        put_fact(view, prepared ? N_("prepared by") : N_("approved by"), value, sink);
        if (approved && !order->single_person && text_equals(first, event->login)) {
            put_fact(
                view, N_("note"),
                tr(view->language, N_("both acted from one account of the system: only "
                                      "the names they gave differ")),
                sink);
        }
        first = prepared ? event->login : first;
    }
    if (order->single_person) {
        put_fact(view, N_("approval"),
                 tr(view->language,
                    N_("none: the rules say that one person prepares and pays")),
                 sink);
    }
}

static void
produce_control(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct order_view *view = context;
    const struct order *order = view->order;
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    put_fact(view, N_("batch"), arena_printf(&scratch, "%" PRId64, order->batch), sink);
    put_fact(view, N_("period"),
             arena_printf(&scratch, "%s .. %s", date_text(order->period.from, from),
                          date_text(order->period.to, to)),
             sink);
    put_fact(view, N_("differences settled from"), date_text(order->since, from), sink);
    put_fact(view, N_("to be paid on"), date_text(order->pay_on, from), sink);
    put_fact(view, N_("fingerprint of the batch"), text_string(&scratch, order->digest),
             sink);
    put_fact(view, N_("message to the bank"), text_string(&scratch, order->message_id),
             sink);
    put_acts(view, scratch, sink);
    put_fact(view, N_("ledger head"), order->head, sink);
    put_fact(view, N_("prepared with defray"), text_string(&scratch, order->version),
             sink);
}

static struct table
make_table(struct arena *keep, const struct order_view *view,
           const struct column *columns, size_t count)
{
    struct column *translated = NEW_ARRAY(keep, struct column, count);
    for (size_t i = 0; i < count; i++) {
        translated[i] = columns[i];
        translated[i].title = tr(view->language, columns[i].title);
    }
    return (struct table){.columns = translated,
                          .column_count = count,
                          .audience = FOR_SHEET | FOR_JSON | FOR_PAGE,
                          .context = view};
}

static void
add_note(struct arena *keep, struct order_notes *notes, enum tone tone, const char *text)
{
    *ARRAY_PUSH(keep, notes) = (struct note){tone, text};
}

static void
frame(struct arena *keep, const struct order_view *view, struct table *table)
{
    const struct order *order = view->order;
    struct order_notes before = {0};
    struct order_notes after = {0};
    const char *sum = tr_money(keep, view->language, order->total);
    add_note(keep, &before, TONE_STRONG,
             arena_printf(keep, tr(view->language, N_("Authority: %.*s")),
                          TEXT_ARG(order->authority)));
    add_note(keep, &before, TONE_STRONG,
             arena_printf(keep, tr(view->language, N_("Assembly: %.*s")),
                          TEXT_ARG(order->title)));
    add_note(keep, &before, TONE_PLAIN, "");
    add_note(keep, &after, TONE_STRONG,
             arena_printf(keep,
                          tr(view->language, N_("Payments: %zu; in all: %s (%s €).")),
                          order->payment_count,
                          amount_in_words(keep, view->language, order->total), sum));
    table->before = before.items;
    table->before_count = before.count;
    table->after = after.items;
    table->after_count = after.count;
}

static const struct property *
properties_of(struct arena *keep, const struct order *order, size_t *count)
{
    const struct property all[] = {
        {"assembly",    cell_text(order->assembly),    NULL},
        {"period.from", cell_date(order->period.from), NULL},
        {"period.to",   cell_date(order->period.to),   NULL},
        {"batch",       cell_integer(order->batch),    NULL},
        {"digest",      cell_text(order->digest),      NULL},
        {"message_id",  cell_text(order->message_id),  NULL},
        {"total",       cell_money(order->total),      NULL},
        {"ledger_head", cell_string(order->head),      NULL},
        {"version",     cell_text(order->version),     NULL},
    };
    struct property *kept = NEW_ARRAY(keep, struct property, ARRAY_COUNT(all));
    for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
        kept[i] = all[i];
    }
    *count = ARRAY_COUNT(all);
    return kept;
}

struct document *
order_document(struct arena *keep, const struct order *order)
{
    struct order_view *view = NEW(keep, struct order_view);
    *view = (struct order_view){order, order->language};
    struct document *document = NEW(keep, struct document);
    struct table *tables = NEW_ARRAY(keep, struct table, 4);
    const char *title = tr(view->language, N_("Order to pay"));

    tables[0] = make_table(keep, view, payment_columns, ARRAY_COUNT(payment_columns));
    tables[0].key = "payments";
    tables[0].sheet = tr(view->language, N_("Payments"));
    tables[0].title = title;
    tables[0].audience = FOR_SHEET | FOR_CSV | FOR_PAGE;
    tables[0].produce = produce_payments;
    frame(keep, view, &tables[0]);
    tables[1] = make_table(keep, view, entry_columns, ARRAY_COUNT(entry_columns));
    tables[1].key = "entries";
    tables[1].sheet = tr(view->language, N_("Entries"));
    tables[1].title = tr(view->language, N_("What is posted, and why"));
    tables[1].produce = produce_entries;
    tables[1].rows_known = true;
    tables[1].rows = order->entry_count + order->balance_count;
    tables[2] = make_table(keep, view, control_columns, ARRAY_COUNT(control_columns));
    tables[2].key = "control";
    tables[2].sheet = tr(view->language, N_("Control"));
    tables[2].title = tr(view->language, N_("Control"));
    tables[2].audience = FOR_SHEET | FOR_PAGE;
    tables[2].produce = produce_control;

    tables[3] = (struct table){.key = "payments",
                               .columns = json_columns,
                               .column_count = ARRAY_COUNT(json_columns),
                               .audience = FOR_JSON,
                               .produce = produce_json,
                               .context = view};

    document->schema = "defray.order/1";
    document->title = title;
    document->author = text_string(keep, order->authority);
    document->subject = text_string(keep, order->title);
    document->footer = arena_printf(keep, "%.*s, %.*s", TEXT_ARG(order->authority),
                                    TEXT_ARG(order->title));
    document->language = view->language;
    document->dated = order->period.to;
    document->properties = properties_of(keep, order, &document->property_count);
    document->tables = tables;
    document->table_count = 4;
    document->order = order;
    return document;
}
