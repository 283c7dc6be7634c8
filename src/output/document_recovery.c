/* SPDX-License-Identifier: Apache-2.0 */
/* The draft of titles of recovery: a list, then one title a debtor with the bases of the sum, the
 * sum in words, the text and the places to sign. It orders nothing and is no title before it is
 * issued. */
#include "defray/payroll.h"
#include "defray/recovery_document.h"
#include "defray/settlement.h"

#include "document_parts.h"
#include "wording.h"

struct recovery_view {
    const struct recovery *recovery;
    const struct recovery_debt *debt; /* NULL: of all */
    const struct rules *rules;
    enum language language;
};

static const struct column debtor_columns[] = {
    {"id",         N_("Id"),                    CELL_TEXT,    12, false, 0, 0},
    {"last_name",  N_("Last name"),             CELL_TEXT,    19, false, 0, 0},
    {"first_name", N_("First name"),            CELL_TEXT,    17, false, 0, 0},
    {"listed",     N_("Paid too much (€)"),   CELL_MONEY,   19, true,  0, 0},
    {"settled",    N_("Come back (€)"),       CELL_MONEY,   17, true,  0, 0},
    {"open",       N_("To be recovered (€)"), CELL_MONEY,   20, true,  0, 0},
    {"open_cents", N_("Amount in cents"),       CELL_INTEGER, 15, true,  0, 0},
};
enum { NAMES_FROM = 1, NAMES_COUNT = 2 };

static const struct column line_columns[] = {
    {"id",          N_("Id"),                CELL_TEXT,    12, false, 0, 0},
    {"date",        N_("Date"),              CELL_DATE,    12, false, 0, 0},
    {"session",     N_("Session"),           CELL_TEXT,    16, false, 0, 0},
    {"entitlement", N_("Entitlement"),       CELL_TEXT,    20, false, 0, 0},
    {"cause",       N_("Why"),               CELL_TEXT,    44, false, 0, 0},
    {"paid_by",     N_("Paid by batch"),     CELL_INTEGER, 14, false, 0, 0},
    {"before",      N_("Paid before (€)"), CELL_MONEY,   16, false, 0, 0},
    {"after",       N_("Due now (€)"),     CELL_MONEY,   15, false, 0, 0},
    {"difference",  N_("Difference (€)"),  CELL_MONEY,   17, true,  0, 0},
};

static void
put_debtors(const void *context, struct row_sink *sink, bool named)
{
    const struct recovery *recovery = ((const struct recovery_view *)context)->recovery;
    for (size_t i = 0; i < recovery->count; i++) {
        const struct recovery_debt *debt = &recovery->items[i];
        struct cell cells[ARRAY_COUNT(debtor_columns)];
        size_t at = 0;
        cells[at++] = cell_text(debt->id);
        if (named) {
            cells[at++] = cell_text(debt->last_name);
            cells[at++] = cell_text(debt->first_name);
        }
        cells[at++] = cell_money(debt->listed);
        cells[at++] = cell_money(debt->settled);
        cells[at++] = cell_money(debt->open);
        cells[at] = cell_integer(debt->open.cents);
        sink->row(sink, cells);
    }
}

static void
produce_debtors(const void *context, struct arena scratch, struct row_sink *sink)
{
    (void)scratch;
    put_debtors(context, sink, true);
}

/* Programs get ids. */
static void
produce_nameless(const void *context, struct arena scratch, struct row_sink *sink)
{
    (void)scratch;
    put_debtors(context, sink, false);
}

static void
put_lines(const struct recovery_view *view, struct arena scratch,
          const struct recovery_debt *debt, struct row_sink *sink)
{
    enum language language = view->language;
    for (size_t i = 0; i < debt->line_count; i++) {
        const struct recovery_line *line = &debt->lines[i];
        bool right = line->component.size > 0;
        struct cell cells[] = {
            cell_text(debt->id),
            right ? cell_date(line->day) : cell_empty(),
            cell_worded(text_string(&scratch, unit_parts(line->unit).session),
                        text_string(&scratch, line->unit)),
            right ? cell_worded(
                        text_string(&scratch,
                                    rules_label(view->rules, line->component, language)),
                        text_string(&scratch, line->component))
                  : cell_text(STR("")),
            right ? cell_worded(cause_word_label(language, line->cause),
                                text_string(&scratch, line->cause))
                  : cell_worded(tr(language, N_("brought forward from earlier batches")),
                                "brought"),
            line->paid_by > 0 ? cell_integer(line->paid_by) : cell_empty(),
            right ? cell_money(line->before) : cell_empty(),
            right ? cell_money(money_add(line->before, line->change)) : cell_empty(),
            cell_money(line->change),
        };
        sink->row(sink, cells);
    }
}

static void
produce_lines(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct recovery_view *view = context;
    for (size_t i = 0; i < view->recovery->count; i++) {
        const struct recovery_debt *debt = &view->recovery->items[i];
        if (view->debt == NULL || view->debt == debt) {
            put_lines(view, scratch, debt, sink);
        }
    }
}

static void
set_before(struct arena *keep, const struct recovery_view *view, struct table *table)
{
    enum language language = view->language;
    const struct rules *rules = view->rules;
    struct notes notes = {0};
    document_note(keep, &notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("Authority: %.*s")),
                               TEXT_ARG(rules->authority)));
    document_note(keep, &notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("Assembly: %.*s")),
                               TEXT_ARG(rules->assembly)));
    if (view->debt != NULL) {
        const struct recovery_debt *debt = view->debt;
        document_note(keep, &notes, TONE_STRONG,
                      arena_printf(keep,
                                   tr(language, N_("Debtor: %.*s %.*s (%.*s) %.*s %.*s")),
                                   TEXT_ARG(debt->last_name), TEXT_ARG(debt->first_name),
                                   TEXT_ARG(debt->id), TEXT_ARG(debt->postcode),
                                   TEXT_ARG(debt->town)));
    }
    document_note(keep, &notes, TONE_PLAIN, "");
    table->before = notes.items;
    table->before_count = notes.count;
}

/* On which text it is claimed back; a draft says so where none is stated. */
static void
note_basis(struct arena *keep, const struct recovery_view *view, struct notes *notes)
{
    const struct recovery_rule *rule = &view->rules->payment.recovery;
    enum language language = view->language;
    if (rule->stated) {
        document_note(keep, notes, TONE_PLAIN,
                      arena_printf(keep, tr(language, N_("Legal basis: %s")),
                                   worded_source(keep, language, &rule->basis)));
    } else {
        document_note(
            keep, notes, TONE_ALERT,
            tr(language, N_("Legal basis: to be completed ('payment.recovery' of "
                            "the rule file states none)")));
    }
}

static void
set_after(struct arena *keep, const struct recovery_view *view, struct table *table)
{
    enum language language = view->language;
    const struct recovery_debt *debt = view->debt;
    struct notes notes = {0};
    document_note(keep, &notes, TONE_PLAIN,
                  arena_printf(keep,
                               tr(language, N_("Paid too much: %s; come back or kept "
                                               "back since: %s.")),
                               shown_amount(keep, language, debt->listed),
                               shown_amount(keep, language, debt->settled)));
    document_note(keep, &notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("To be recovered: %s (%s).")),
                               amount_in_words(keep, language, debt->open),
                               shown_amount(keep, language, debt->open)));
    note_basis(keep, view, &notes);
    document_note(
        keep, &notes, TONE_ALERT,
        tr(language,
           N_("To be completed before it is signed: if the debtor is a minor or "
              "under guardianship, the name of the legal representative.")));
    document_note(
        keep, &notes, TONE_QUIET,
        arena_printf(keep, tr(language, N_("Ledger head: %s")), view->recovery->head));
    document_note(
        keep, &notes, TONE_ALERT,
        tr(language, N_("Draft: the authorising officer issues the title, with the "
                        "ways and time limits of appeal; the accounting officer "
                        "collects.")));
    table->after = notes.items;
    table->after_count = notes.count;
}

static struct table
make_table(struct arena *keep, const struct recovery_view *view,
           const struct column *columns, size_t count)
{
    struct table table = document_table(keep, view->language, columns, count);
    table.audience = FOR_SHEET | FOR_PAGE;
    table.context = view;
    return table;
}

static void
add_title(struct arena *keep, const struct recovery_view *whole, size_t index,
          struct tables *tables)
{
    enum language language = whole->language;
    struct recovery_view *view = NEW(keep, struct recovery_view);
    *view = *whole;
    view->debt = &whole->recovery->items[index];
    struct table table = make_table(keep, view, line_columns, ARRAY_COUNT(line_columns));
    const char **boxes = NEW_ARRAY(keep, const char *, 2);
    boxes[0] =
        tr(language, N_("The authorising officer\nName and office:\n\nPlace and date:\n\n"
                        "Signature and seal:"));
    boxes[1] =
        tr(language, N_("The accounting officer\nTaken in charge on:\n\nNumber:\n\n"
                        "Signature:"));
    table.key = "title";
    table.sheet = arena_printf(keep, tr(language, N_("Title %zu")), index + 1);
    table.title = tr(language, N_("Draft of a title of recovery"));
    table.produce = produce_lines;
    table.boxes = boxes;
    table.box_count = 2;
    set_before(keep, view, &table);
    set_after(keep, view, &table);
    *ARRAY_PUSH(keep, tables) = table;
}

static void
add_lists(struct arena *keep, const struct recovery_view *view, struct tables *tables)
{
    enum { WITHOUT_NAMES = ARRAY_COUNT(debtor_columns) - NAMES_COUNT };
    struct table list =
        make_table(keep, view, debtor_columns, ARRAY_COUNT(debtor_columns));
    list.key = "debtors";
    list.sheet = tr(view->language, N_("To be recovered"));
    list.title = tr(view->language, N_("What was paid too much and has not come back"));
    list.audience = FOR_SHEET | FOR_PAGE | FOR_CSV;
    list.produce = produce_debtors;
    set_before(keep, view, &list);
    *ARRAY_PUSH(keep, tables) = list;
    struct column *kept = NEW_ARRAY(keep, struct column, WITHOUT_NAMES);
    for (size_t i = 0; i < WITHOUT_NAMES; i++) {
        kept[i] = debtor_columns[i < NAMES_FROM ? i : i + NAMES_COUNT];
    }
    struct table nameless = {.key = "debtors",
                             .columns = kept,
                             .column_count = WITHOUT_NAMES,
                             .audience = FOR_JSON,
                             .produce = produce_nameless,
                             .context = view};
    *ARRAY_PUSH(keep, tables) = nameless;
    struct table lines = make_table(keep, view, line_columns, ARRAY_COUNT(line_columns));
    lines.key = "lines";
    lines.audience = FOR_JSON;
    lines.produce = produce_lines;
    *ARRAY_PUSH(keep, tables) = lines;
}

struct document *
recovery_document(struct arena *keep, const struct recovery *recovery,
                  const struct rules *rules, enum language language)
{
    struct recovery_view *view = NEW(keep, struct recovery_view);
    *view = (struct recovery_view){recovery, NULL, rules, language};
    struct tables tables = {0};
    struct document *document = NEW(keep, struct document);
    add_lists(keep, view, &tables);
    for (size_t i = 0; i < recovery->count; i++) {
        add_title(keep, view, i, &tables);
    }
    const struct property properties[] = {
        {"assembly",    cell_text(recovery->assembly), NULL},
        {"open",        cell_money(recovery->open),    NULL},
        {"ledger_head", cell_string(recovery->head),   NULL},
    };
    document_set_properties(keep, document, properties, ARRAY_COUNT(properties));
    document->schema = "defray.recovery/1";
    document->title = tr(language, N_("Drafts of titles of recovery"));
    document->author = text_string(keep, rules->authority);
    document->subject = text_string(keep, rules->assembly);
    document->footer = arena_printf(keep, "%.*s, %.*s", TEXT_ARG(rules->authority),
                                    TEXT_ARG(rules->assembly));
    document->language = language;
    document->dated = recovery->until;
    document->tables = tables.items;
    document->table_count = tables.count;
    return document;
}
