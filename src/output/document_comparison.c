/* SPDX-License-Identifier: Apache-2.0 */
/* Who gains and who loses under other rules, and by which lines. */
#include "defray/comparison_document.h"
#include "defray/status.h"

#include "document_parts.h"
#include "wording.h"

struct comparing {
    struct arena *keep;
    const struct comparison_report *report;
    enum language language;
    struct tables tables;
};

static const struct column total_columns[] = {
    {"what",       N_("What"),       CELL_TEXT,  24, false, 0, 0},
    {"before",     N_("Rules A"),    CELL_MONEY, 15, false, 0, 0},
    {"after",      N_("Rules B"),    CELL_MONEY, 15, false, 0, 0},
    {"difference", N_("Difference"), CELL_MONEY, 15, false, 0, 0},
};

static const struct column member_columns[] = {
    {"id",         N_("Id"),            CELL_TEXT,    12, false, 0,                 0},
    {"stipend_a",  N_("Stipends, A"),   CELL_MONEY,   13, true,  0,                 0},
    {"expenses_a", N_("Expenses, A"),   CELL_MONEY,   13, true,  0,                 0},
    {"total_a",    N_("Total, A"),      CELL_MONEY,   13, true,  1u << 1 | 1u << 2, 0},
    {"stipend_b",  N_("Stipends, B"),   CELL_MONEY,   13, true,  0,                 0},
    {"expenses_b", N_("Expenses, B"),   CELL_MONEY,   13, true,  0,                 0},
    {"total_b",    N_("Total, B"),      CELL_MONEY,   13, true,  1u << 4 | 1u << 5, 0},
    {"difference", N_("Difference"),    CELL_MONEY,   13, true,  0,                 0},
    {"changed",    N_("Lines changed"), CELL_INTEGER, 9,  true,  0,                 0},
    {"outcome",    N_("Outcome"),       CELL_TEXT,    11, false, 0,                 0},
};

static const struct column line_columns[] = {
    {"member",      N_("Id"),              CELL_TEXT,  12, false, 0, 0},
    {"date",        N_("Date"),            CELL_DATE,  11, false, 0, 0},
    {"session",     N_("Session"),         CELL_TEXT,  12, false, 0, 0},
    {"entitlement", N_("Entitlement"),     CELL_TEXT,  18, false, 0, 0},
    {"due_a",       N_("Due, A"),          CELL_MONEY, 12, true,  0, 0},
    {"state_a",     N_("State, A"),        CELL_TEXT,  13, false, 0, 0},
    {"due_b",       N_("Due, B"),          CELL_MONEY, 12, true,  0, 0},
    {"state_b",     N_("State, B"),        CELL_TEXT,  13, false, 0, 0},
    {"difference",  N_("Difference"),      CELL_MONEY, 12, true,  0, 0},
    {"why",         N_("Why"),             CELL_TEXT,  50, false, 0, 0},
    {"basis_a",     N_("Text, A"),         CELL_TEXT,  30, false, 0, 0},
    {"basis_b",     N_("Text, B"),         CELL_TEXT,  30, false, 0, 0},
    {"at",          N_("Row of the file"), CELL_TEXT,  26, false, 0, 0},
};

static struct cell
outcome(enum language language, const struct compared_member *member)
{
    int order = money_compare(member->after.total, member->before.total);
    if (member->waits) {
        return cell_toned(cell_worded(tr(language, N_("waits")), "waits"), TONE_ALERT);
    }
    if (order == 0) {
        return cell_worded(tr(language, N_("the same")), "same");
    }
    return order > 0
               ? cell_worded(tr(language, N_("gains")), "gains")
               : cell_toned(cell_worded(tr(language, N_("loses")), "loses"), TONE_ALERT);
}

static void
put_total(struct row_sink *sink, struct cell what, struct money before,
          struct money after)
{
    struct cell cells[] = {
        what,
        cell_money(before),
        cell_money(after),
        cell_money(money_subtract(after, before)),
    };
    sink->row(sink, cells);
}

static void
produce_totals(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct comparing *comparing = given;
    const struct comparison *comparison = comparing->report->comparison;
    const struct compared_total *a = &comparison->total_before;
    const struct compared_total *b = &comparison->total_after;
    enum language language = comparing->language;
    (void)scratch;
    put_total(sink, cell_worded(tr(language, N_("stipends")), "stipends"), a->stipend,
              b->stipend);
    put_total(sink, cell_worded(tr(language, N_("expenses")), "expenses"), a->expenses,
              b->expenses);
    put_total(sink, cell_worded(tr(language, N_("total")), "total"), a->total, b->total);
}

static void
produce_members(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct comparing *comparing = given;
    const struct comparison *comparison = comparing->report->comparison;
    const struct roster *roster = comparison->before->roster;
    (void)scratch;
    for (size_t i = 0; i < roster->count; i++) {
        const struct compared_member *member = &comparison->members[i];
        const struct compared_total *a = &member->before;
        const struct compared_total *b = &member->after;
        struct cell cells[] = {
            cell_text(roster->items[i].id),
            cell_money(a->stipend),
            cell_money(a->expenses),
            cell_money(a->total),
            cell_money(b->stipend),
            cell_money(b->expenses),
            cell_money(b->total),
            cell_money(money_subtract(b->total, a->total)),
            cell_integer((int64_t)member->changed),
            outcome(comparing->language, member),
        };
        sink->row(sink, cells);
    }
}

static void
put_line(const struct comparing *comparing, struct arena scratch, uint32_t member,
         const struct compared_line *pair, struct row_sink *sink)
{
    const struct comparison *comparison = comparing->report->comparison;
    const struct line *a = pair->before;
    const struct line *b = pair->after;
    enum language language = comparing->language;
    struct text label = rules_label(comparison->before->rules, a->entitlement, language);
    struct cell cells[] = {
        cell_text(comparison->before->roster->items[member].id),
        cell_date(a->date),
        cell_text(a->session_id),
        cell_worded(text_string(&scratch, label), text_string(&scratch, a->entitlement)),
        cell_money(a->due),
        cell_worded(line_state_label(language, a->state), line_state_word(a->state)),
        cell_money(b->due),
        cell_worded(line_state_label(language, b->state), line_state_word(b->state)),
        cell_money(money_subtract(b->due, a->due)),
        cell_string(compared_reason(&scratch, language, pair)),
        cell_string(basis_text(&scratch, language, a->basis)),
        cell_string(basis_text(&scratch, language, b->basis)),
        cell_string(shown_place(&scratch, comparison->before->rules, a->where)),
    };
    sink->row(sink, cells);
}

static void
produce_lines(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct comparing *comparing = given;
    const struct comparison *comparison = comparing->report->comparison;
    for (uint32_t i = 0; i < comparison->before->roster->count; i++) {
        struct arena member = scratch;
        size_t count = 0;
        const struct compared_line *lines =
            comparison_lines(&member, comparison, i, &count);
        for (size_t j = 0; j < count; j++) {
            put_line(comparing, member, i, &lines[j], sink);
        }
    }
}

static void
produce_inputs(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct comparing *comparing = given;
    (void)scratch;
    for (size_t i = 0; i < comparing->report->input_count; i++) {
        document_put_input(comparing->language, comparing->report->inputs[i], sink);
    }
}

static struct table *
add_table(struct comparing *comparing, const struct column *columns, size_t count)
{
    struct table *table = ARRAY_PUSH(comparing->keep, &comparing->tables);
    *table = document_table(comparing->keep, comparing->language, columns, count);
    table->audience = FOR_SHEET | FOR_PAGE | FOR_JSON;
    table->context = comparing;
    return table;
}

const char *
comparison_sentence(struct arena *keep, enum language language,
                    const struct comparison *comparison)
{
    const char *waiting =
        comparison->waiting == 0
            ? ""
            : arena_printf(keep, tr(language, N_(", %zu wait")), comparison->waiting);
    return arena_printf(keep,
                        tr(language, N_("%zu gain, %zu lose, %zu stay the same%s; %zu "
                                        "lines of %zu differ")),
                        comparison->gain, comparison->lose, comparison->same, waiting,
                        comparison->changed, comparison->lines);
}

/* What one of the two says of the line: its reason, or the price of a line simply due. */
static const char *
said(struct arena *keep, enum language language, const struct line *line)
{
    const char *reason = line_reason(keep, language, line);
    if (reason[0] != '\0') {
        return reason;
    }
    bool by_receipt = line->price != NULL && line->price->method != NULL &&
                      line->price->method->uses_amount;
    if (line->rate.den == 0 || by_receipt) {
        return tr(language, N_("due in full"));
    }
    return arena_printf(keep, "%s × %s",
                        worded_units(keep, language, line->quantity, line->unit),
                        worded_exact(keep, language, line->rate));
}

const char *
compared_reason(struct arena *keep, enum language language,
                const struct compared_line *line)
{
    return arena_printf(keep, "%s -> %s", said(keep, language, line->before),
                        said(keep, language, line->after));
}

const char *
comparison_unpaid(struct arena *keep, enum language language,
                  const struct comparison *comparison, size_t *next)
{
    const struct batch *before = comparison->before;
    size_t count = before->rules->status_count + comparison->after->rules->status_count;
    while (*next < count) {
        bool first = *next < before->rules->status_count;
        const struct scheme_status *status =
            first ? &before->rules->statuses[*next]
                  : &comparison->after->rules
                         ->statuses[*next - before->rules->status_count];
        ++*next;
        if (status_touches(status, before->period) && !scheme_pays(status->state)) {
            const char *what = arena_printf(
                keep, tr(language, N_("%s since %s: nothing is paid for these days")),
                scheme_state_label(language, status->state),
                shown_date(keep, language, status->during.from));
            return arena_printf(keep, tr(language, N_("%s: %s")), first ? "A" : "B",
                                what);
        }
    }
    return NULL;
}

static void
put_notes(struct comparing *comparing, struct table *table)
{
    const struct comparison *comparison = comparing->report->comparison;
    enum language language = comparing->language;
    struct arena *keep = comparing->keep;
    struct notes notes = {0};
    document_note(keep, &notes, TONE_ALERT,
                  tr(language, N_("A comparison: nothing here is owed to anybody, and no "
                                  "ledger was opened.")));
    document_note(
        keep, &notes, TONE_PLAIN,
        arena_printf(
            keep, tr(language, N_("A: %s. B: %s.")),
            shown_place(keep, comparison->before->rules,
                        (struct where){.input = comparison->before->rules->file}),
            shown_place(keep, comparison->after->rules,
                        (struct where){.input = comparison->after->rules->file})));
    size_t next = 0;
    for (const char *unpaid = NULL;
         (unpaid = comparison_unpaid(keep, language, comparison, &next)) != NULL;) {
        document_note(keep, &notes, TONE_ALERT, arena_printf(keep, "%s.", unpaid));
    }
    document_note(
        keep, &notes, TONE_PLAIN,
        arena_printf(keep, "%s.", comparison_sentence(keep, language, comparison)));
    if (comparison->waiting > 0) {
        document_note(
            keep, &notes, TONE_ALERT,
            tr(language, N_("Waits: something is missing. It is neither paid nor "
                            "refused, and 0.00 in these sums.")));
    }
    table->before = notes.items;
    table->before_count = notes.count;
}

static void
put_tables(struct comparing *comparing)
{
    static const struct column inputs[] = {
        {"path",   N_("File"),    CELL_TEXT, 44, false, 0, 0},
        {"sha256", N_("SHA-256"), CELL_TEXT, 66, false, 0, 0},
    };
    enum language language = comparing->language;
    struct table *totals =
        add_table(comparing, total_columns, ARRAY_COUNT(total_columns));
    totals->key = "totals";
    totals->sheet = tr(language, N_("Totals"));
    totals->title = tr(language, N_("One log under two rule files"));
    totals->produce = produce_totals;
    put_notes(comparing, totals);
    struct table *members =
        add_table(comparing, member_columns, ARRAY_COUNT(member_columns));
    members->key = "members";
    members->sheet = tr(language, N_("Members"));
    members->filter = true;
    members->list = true;
    members->produce = produce_members;
    struct table *lines = add_table(comparing, line_columns, ARRAY_COUNT(line_columns));
    lines->key = "lines";
    lines->sheet = tr(language, N_("Lines that differ"));
    lines->filter = true;
    lines->list = true;
    lines->produce = produce_lines;
    struct table *files = add_table(comparing, inputs, ARRAY_COUNT(inputs));
    files->key = "inputs";
    files->sheet = tr(language, N_("Files"));
    files->produce = produce_inputs;
}

static void
put_property(struct arena *keep, struct properties *list, const char *key,
             struct cell value)
{
    struct property *property = ARRAY_PUSH(keep, list);
    *property = (struct property){.key = key, .value = value};
}

struct document *
comparison_document(struct arena *keep, const struct comparison_report *report)
{
    const struct batch *before = report->comparison->before;
    struct comparing *comparing = NEW(keep, struct comparing);
    struct document *document = NEW(keep, struct document);
    struct properties list = {0};
    *comparing =
        (struct comparing){.keep = keep, .report = report, .language = report->language};
    put_tables(comparing);
    put_property(keep, &list, "rules.a", cell_text(before->rules->id));
    put_property(keep, &list, "rules.b", cell_text(report->comparison->after->rules->id));
    put_property(keep, &list, "status.a",
                 cell_string(status_then_words(keep, before->rules, before->period)));
    put_property(keep, &list, "status.b",
                 cell_string(status_then_words(keep, report->comparison->after->rules,
                                               before->period)));
    put_property(keep, &list, "period.from", cell_date(before->period.from));
    put_property(keep, &list, "period.to", cell_date(before->period.to));
    put_property(keep, &list, "gain", cell_integer((int64_t)report->comparison->gain));
    put_property(keep, &list, "lose", cell_integer((int64_t)report->comparison->lose));
    put_property(keep, &list, "same", cell_integer((int64_t)report->comparison->same));
    put_property(keep, &list, "waiting",
                 cell_integer((int64_t)report->comparison->waiting));
    put_property(keep, &list, "version", cell_string(report->version));
    *document = (struct document){
        .schema = "defray.comparison/1",
        .title = tr(report->language, N_("One log under two rule files")),
        .author = text_string(keep, before->rules->authority),
        .subject = text_string(keep, before->rules->assembly),
        .footer =
            tr(report->language, N_("A comparison: nothing here is owed to anybody")),
        .language = report->language,
        .sortable = true,
        .dated = date_is_open(before->period.to) ? DATE_NONE : before->period.to,
        .properties = list.items,
        .property_count = list.count,
        .tables = comparing->tables.items,
        .table_count = comparing->tables.count,
    };
    return document;
}
