/* SPDX-License-Identifier: Apache-2.0 */
/* Contrôle: the identities that hold, what was used and relied on, and the fingerprints
 * of every file read. Its tables share one grid of columns. */

#include "defray/document_rows.h"

#include "payroll_parts.h"

#include <string.h>

enum { W_FIRST = 52, W_OTHER = 15, OTHERS = 5, W_REST = OTHERS * W_OTHER };

static const struct column conservation_columns[] = {
    {"item",   N_("Identity"),     CELL_TEXT,    W_FIRST, false, 0, 0},
    {"lines",  N_("Lines"),        CELL_INTEGER, W_OTHER, false, 0, 0},
    {"amount", N_("Amount (€)"), CELL_MONEY,   W_OTHER, false, 0, 0},
    {"check",  N_("Check"),        CELL_TEXT,    W_OTHER, false, 0, 0},
};

static const struct column totals_columns[] = {
    {"entitlement", N_("Entitlement"), CELL_TEXT,    W_FIRST, false, 0, 0},
    {"month",       N_("Month"),       CELL_TEXT,    W_OTHER, false, 0, 0},
    {"lines",       N_("Lines"),       CELL_INTEGER, W_OTHER, true,  0, 0},
    {"due",         N_("Due (€)"),   CELL_MONEY,   W_OTHER, true,  0, 0},
};

static const struct column envelopes_columns[] = {
    {"envelope", N_("Envelope and year"), CELL_TEXT,  W_FIRST, false, 0, 0},
    {"before",   N_("Used before (€)"), CELL_MONEY, W_OTHER, false, 0, 0},
    {"now",      N_("This period (€)"), CELL_MONEY, W_OTHER, false, 0, 0},
    {"warning",  N_("Warning at (€)"),  CELL_MONEY, W_OTHER, false, 0, 0},
    {"limit",    N_("Limit (€)"),       CELL_MONEY, W_OTHER, false, 0, 0},
    {"state",    N_("State"),             CELL_TEXT,  W_OTHER, false, 0, 0},
};

static const struct column proportionality_columns[] = {
    {"reference", N_("Indemnity of reference for one day"), CELL_TEXT,    W_FIRST, false, 0,
     0                                                                                        },
    {"value",     N_("Reference (€)"),                    CELL_MONEY,   W_OTHER, false, 0, 0},
    {"days",      N_("Member-days paid"),                   CELL_INTEGER, W_OTHER, true,  0, 0},
    {"above",     N_("Of them, above"),                     CELL_INTEGER, W_OTHER, true,  0, 0},
    {"highest",   N_("Highest day (€)"),                  CELL_MONEY,   W_OTHER, false, 0, 0},
    {"check",     N_("Check"),                              CELL_TEXT,    W_OTHER, false, 0, 0},
};

static const struct column documents_columns[] = {
    {"entitlement", N_("Paid in this period"),  CELL_TEXT, W_FIRST, false, 0, 0     },
    {"documents",   N_("Supporting documents"), CELL_TEXT, W_REST,  false, 0, OTHERS},
};

static const struct column assumptions_columns[] = {
    {"assumption", N_("Assumption to be confirmed"), CELL_TEXT,    W_FIRST,     false, 0, 0},
    {"at",         N_("Written at"),                 CELL_TEXT,    4 * W_OTHER, false, 0, 4},
    {"lines",      N_("Lines"),                      CELL_INTEGER, W_OTHER,     false, 0, 0},
};

static const struct column status_columns[] = {
    {"status", N_("Legal status"), CELL_TEXT, W_FIRST, false, 0, 0     },
    {"basis",  N_("Text"),         CELL_TEXT, W_REST,  false, 0, OTHERS},
};

static const struct column accounting_columns[] = {
    {"entitlement", N_("Fields left empty"), CELL_TEXT, W_FIRST, false, 0, 0     },
    {"fields",      N_("Fields"),            CELL_TEXT, W_REST,  false, 0, OTHERS},
};

static const struct column sources_columns[] = {
    {"title",   N_("Source"),    CELL_TEXT, W_FIRST,     false, 0, 0},
    {"id",      N_("Reference"), CELL_TEXT, W_OTHER,     false, 0, 0},
    {"date",    N_("Date"),      CELL_DATE, W_OTHER,     false, 0, 0},
    {"address", N_("Address"),   CELL_TEXT, 3 * W_OTHER, false, 0, 3},
};

static const struct column files_columns[] = {
    {"path",   N_("File read"), CELL_TEXT, W_FIRST, false, 0, 0     },
    {"sha256", N_("SHA-256"),   CELL_TEXT, W_REST,  false, 0, OTHERS},
};

static const struct column program_columns[] = {
    {"item",  N_("Program"), CELL_TEXT, W_FIRST, false, 0, 0     },
    {"value", N_("Value"),   CELL_TEXT, W_REST,  false, 0, OTHERS},
};

struct identity {
    const char *item;
    struct cell lines, amount;
    bool checked, holds;
    enum tone tone;
};

static void
put_identity(enum language language, const struct identity *identity,
             struct row_sink *sink)
{
    const char *word = identity->holds ? N_("OK") : N_("BROKEN");
    struct cell check = cell_empty();
    if (identity->checked) {
        check = cell_toned(cell_string(tr(language, word)),
                           identity->holds ? TONE_STRONG : TONE_ALERT);
    }
    struct cell cells[] = {
        cell_toned(cell_string(tr(language, identity->item)), identity->tone),
        cell_toned(identity->lines, identity->tone),
        cell_toned(identity->amount, identity->tone),
        check,
    };
    sink->row(sink, cells);
}

static const char *const state_items[LINE_STATE_COUNT] = {
    [LINE_DUE] = N_("    due"),
    [LINE_CAPPED] = N_("    reduced by a ceiling"),
    [LINE_ZERO] = N_("    zero, with a reason"),
    [LINE_REFUSED] = N_("    refused"),
    [LINE_UNDETERMINED] = N_("    undetermined"),
    [LINE_PAID_BEFORE] = N_("    paid before"),
};

static size_t
count_states(const struct summary *summary)
{
    size_t count = 0;
    for (size_t i = 0; i < LINE_STATE_COUNT; i++) {
        count += summary->states[i];
    }
    return count;
}

static void
produce_conservation(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct summary *summary = payroll->summary;
    enum language language = payroll->language;
    size_t states = count_states(summary);
    struct money parts = money_add(summary->stipend, summary->expenses);
    bool gross_holds =
        money_compare(summary->gross, money_add(summary->due, summary->taken)) == 0;
    (void)scratch;

    struct identity row = {.item = N_("Lines read = the sum of their states"),
                           .lines = cell_integer((int64_t)summary->read),
                           .checked = true,
                           .holds = states == summary->read,
                           .tone = TONE_STRONG};
    put_identity(language, &row, sink);
    for (size_t i = 0; i < LINE_STATE_COUNT; i++) {
        row = (struct identity){.item = state_items[i],
                                .lines = cell_integer((int64_t)summary->states[i])};
        put_identity(language, &row, sink);
    }
    row = (struct identity){.item = N_("Gross less ceilings = due"),
                            .amount = cell_money(summary->due),
                            .checked = true,
                            .holds = gross_holds,
                            .tone = TONE_STRONG};
    put_identity(language, &row, sink);
    row =
        (struct identity){.item = N_("    gross"), .amount = cell_money(summary->gross)};
    put_identity(language, &row, sink);
    row = (struct identity){.item = N_("    taken by ceilings"),
                            .amount = cell_money(summary->taken)};
    put_identity(language, &row, sink);
    row = (struct identity){.item = N_("Stipends and expenses = due"),
                            .amount = cell_money(parts),
                            .checked = true,
                            .holds = money_compare(parts, summary->due) == 0,
                            .tone = TONE_STRONG};
    put_identity(language, &row, sink);
    row = (struct identity){.item = N_("    stipends"),
                            .amount = cell_money(summary->stipend)};
    put_identity(language, &row, sink);
    row = (struct identity){.item = N_("    expenses"),
                            .amount = cell_money(summary->expenses)};
    put_identity(language, &row, sink);
    row = (struct identity){.item = N_("Held: bank details to settle (members)"),
                            .lines = cell_integer((int64_t)summary->payees_held),
                            .amount = cell_money(summary->held)};
    put_identity(language, &row, sink);
    row = (struct identity){.item = N_("All identities, as computed"),
                            .checked = true,
                            .holds = summary->holds,
                            .tone = TONE_STRONG};
    put_identity(language, &row, sink);
}

static void
produce_totals(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct rules *rules = payroll->batch->rules;
    for (size_t i = 0; i < payroll->summary->total_count; i++) {
        const struct entitlement_total *total = &payroll->summary->totals[i];
        size_t index = payroll_payable_of(rules, total->entitlement);
        struct arena row = scratch;
        struct text label = index < payroll_payables(rules)
                                ? payroll_payable(payroll, index).label
                                : total->entitlement;
        struct cell cells[] = {
            cell_text(label.size > 0 ? label : total->entitlement),
            cell_string(arena_printf(&row, "%04d-%02d", total->month / 12,
                                     total->month % 12 + 1)),
            cell_integer((int64_t)total->lines),
            cell_money(total->due),
        };
        sink->row(sink, cells);
    }
}

static void
produce_envelopes(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    enum language language = payroll->language;
    for (size_t i = 0; i < payroll->summary->envelope_count; i++) {
        const struct envelope_use *use = &payroll->summary->envelopes[i];
        struct arena row = scratch;
        struct text name = label_in(&use->envelope->label, language);
        struct money used = money_add(use->before, use->now);
        bool passed = use->limit.cents > 0 && money_compare(used, use->limit) > 0;
        bool warned = use->warning.cents > 0 && money_compare(used, use->warning) >= 0;
        const char *state = passed ? N_("passed") : warned ? N_("warning") : N_("within");
        struct cell cells[] = {
            cell_string(arena_printf(&row, "%.*s, %d",
                                     TEXT_ARG(name.size > 0 ? name : use->envelope->name),
                                     use->year)),
            cell_money(use->before),
            cell_money(use->now),
            use->warning.cents > 0 ? cell_money(use->warning) : cell_empty(),
            cell_money(use->limit),
            cell_toned(cell_string(tr(language, state)),
                       passed || warned ? TONE_ALERT : TONE_PLAIN),
        };
        sink->row(sink, cells);
    }
}

static void
put_uncompared(const struct payroll *payroll, struct arena row, struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct summary *summary = payroll->summary;
    const char *says =
        arena_printf(&row, tr(language, N_("from %s: the series has no value")),
                     shown_date(&row, language, summary->uncompared_from));
    struct cell cells[] = {
        cell_string(says),
        cell_empty(),
        cell_integer((int64_t)summary->uncompared),
        cell_empty(),
        cell_empty(),
        cell_toned(cell_string(tr(language, N_("not compared"))), TONE_ALERT),
    };
    sink->row(sink, cells);
}

static void
produce_proportionality(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    enum language language = payroll->language;
    for (size_t i = 0; i < payroll->summary->reference_count; i++) {
        const struct reference_year *year = &payroll->summary->references[i];
        const struct value *value = year->value;
        struct arena row = scratch;
        bool passed = year->above > 0;
        const char *says = arena_printf(&row, tr(language, N_("from %s to %s: %s")),
                                        shown_date(&row, language, value->during.from),
                                        shown_date(&row, language, value->during.to),
                                        basis_text(&row, language, &value->basis));
        struct cell cells[] = {
            cell_string(says),
            cell_money(money_round(value->amount, ROUND_HALF_UP)),
            cell_integer((int64_t)year->days),
            cell_toned(cell_integer((int64_t)year->above),
                       passed ? TONE_ALERT : TONE_PLAIN),
            cell_money(year->highest),
            cell_toned(cell_string(tr(language, passed ? N_("passed") : N_("within"))),
                       passed ? TONE_ALERT : TONE_PLAIN),
        };
        sink->row(sink, cells);
    }
    if (payroll->summary->uncompared > 0) {
        put_uncompared(payroll, scratch, sink);
    }
}

/* In the period, or of earlier days. */
static bool
is_paid(const struct payroll *payroll, size_t payable, struct text entitlement)
{
    const struct summary *summary = payroll->summary;
    size_t categories = payroll->batch->rules->category_count;
    if (summary->arrears[payable == 0 ? categories : payable - 1]) {
        return true;
    }
    for (size_t i = 0; i < summary->total_count; i++) {
        if (summary->totals[i].due.cents > 0 &&
            text_equals(summary->totals[i].entitlement, entitlement)) {
            return true;
        }
    }
    return false;
}

/* What must be joined to the payment, and for minors the proof that heading 027 asks for. */
static void
produce_documents(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    enum language language = payroll->language;
    size_t count = payroll_payables(payroll->batch->rules);
    for (size_t i = 0; i < count; i++) {
        struct payable payable = payroll_payable(payroll, i);
        struct arena row = scratch;
        const char *list = "";
        if (!is_paid(payroll, i, payable.key)) {
            continue;
        }
        for (size_t k = 0; k < payable.accounting->document_count; k++) {
            list = arena_printf(&row, "%s%s%.*s", list, k == 0 ? "" : ", ",
                                TEXT_ARG(payable.accounting->documents[k]));
        }
        struct cell cells[] = {cell_text(payable.label), cell_string(list)};
        sink->row(sink, cells);
    }
    if (payroll->summary->minors > 0) {
        struct cell cells[] = {
            cell_string(arena_printf(&scratch,
                                     tr(language, N_("Members paid as minors: %zu")),
                                     payroll->summary->minors)),
            cell_string(
                tr(language, N_("proof of the capacity of the legal representative "
                                "(heading 027 of the list of vouchers)"))),
        };
        sink->row(sink, cells);
    }
}

static void
produce_assumptions(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct rules *rules = payroll->batch->rules;
    for (size_t i = 0; i < rules->assumption_count; i++) {
        const struct basis *basis = rules->assumptions[i];
        size_t lines = payroll->summary->assumption_lines[i];
        struct arena row = scratch;
        struct cell cells[] = {
            cell_toned(cell_text(basis->assumption), TONE_QUIET),
            cell_toned(
                cell_string(shown_place(&row, payroll->batch->rules, basis->where)),
                TONE_QUIET),
            cell_toned(cell_integer((int64_t)lines), lines > 0 ? TONE_PLAIN : TONE_QUIET),
        };
        sink->row(sink, cells);
    }
}

static void
produce_status(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    document_put_status(scratch, payroll->language, payroll->batch->rules,
                        payroll->batch->period, sink);
}

static void
produce_accounting(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    enum language language = payroll->language;
    size_t count = payroll_payables(payroll->batch->rules);
    for (size_t i = payroll->batch->rules->stipend.nil ? 1 : 0; i < count; i++) {
        struct payable payable = payroll_payable(payroll, i);
        struct arena row = scratch;
        const struct {
            struct text value;
            const char *name;
        } fields[] = {
            {payable.accounting->account,  N_("account")      },
            {payable.accounting->function, N_("function")     },
            {payable.accounting->analytic, N_("analytic code")},
            {payable.accounting->pay_code, N_("pay code")     },
        };
        const char *list = "";
        for (size_t k = 0; k < ARRAY_COUNT(fields); k++) {
            if (fields[k].value.size == 0) {
                list = arena_printf(&row, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                                    tr(language, fields[k].name));
            }
        }
        if (list[0] != '\0') {
            struct cell cells[] = {cell_text(payable.label), cell_string(list)};
            sink->row(sink, cells);
        }
    }
}

static void
produce_sources(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct rules *rules = payroll->batch->rules;
    (void)scratch;
    for (size_t i = 0; i < summary_source_count(rules); i++) {
        const struct legal_source *source = summary_source(rules, i);
        if (i >= rules->source_count && !payroll->summary->sources_used[i]) {
            continue; /* of a series, what is relied on */
        }
        struct cell cells[] = {cell_text(source->title), cell_text(source->id),
                               cell_date(source->date), cell_text(source->address)};
        sink->row(sink, cells);
    }
}

static void
produce_files(const void *context, struct arena scratch, struct row_sink *sink)
{
    (void)scratch;
    payroll_put_inputs(context, sink);
}

static void
put_fact(enum language language, const char *item, struct text value,
         struct row_sink *sink)
{
    struct cell cells[] = {cell_string(tr(language, item)), cell_text(value)};
    sink->row(sink, cells);
}

static void
produce_program(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    enum language language = payroll->language;
    const struct rules *rules = payroll->batch->rules;
    char sha256[65] = "";
    if (rules->file != NULL) {
        digest_text(rules->file->digest, sha256);
    }
    put_fact(language, N_("defray, version"), text_of(payroll->version), sink);
    put_fact(language, N_("rules"), rules->id, sink);
    if (!date_is_none(rules->known_on)) {
        put_fact(language, N_("rules as known on"),
                 text_of(shown_date(&scratch, language, rules->known_on)), sink);
    }
    put_fact(language, N_("rule file, SHA-256"), text_of(sha256), sink);
    payroll_put_ledger(payroll, put_fact, sink);
}

struct part {
    const char *key;
    const char *title;
    const struct column *columns;
    size_t count;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
};

/* One row a table of the sheet. */
#define PART(key, title)                                                      \
    {                                                                         \
#key, title, key##_columns, ARRAY_COUNT(key##_columns), produce_##key \
    }
static const struct part parts[] = {
    PART(conservation, N_("Control")),
    PART(totals, N_("Totals by entitlement and month")),
    PART(envelopes, N_("Envelopes")),
    PART(proportionality, N_("Proportionality")),
    PART(documents, N_("Supporting documents")),
    PART(assumptions, N_("Assumptions relied on")),
    PART(status, N_("Legal status")),
    PART(accounting, N_("Accounting")),
    PART(sources, N_("Sources")),
    PART(files, N_("Files read")),
    PART(program, N_("Program")),
};
#undef PART

void
payroll_add_control(struct arena *keep, const struct payroll *payroll,
                    struct tables *tables)
{
    const char *sheet = tr(payroll->language, N_("Control"));
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        struct table table =
            payroll_table(keep, payroll, parts[i].columns, parts[i].count);
        table.key = parts[i].key;
        table.audience |= FOR_PAGE;
        table.sheet = sheet;
        table.title = tr(payroll->language, parts[i].title);
        table.produce = parts[i].produce;
        if (table_rows(&table, *keep) > 0) {
            *ARRAY_PUSH(keep, tables) = table;
        }
    }
}
