/* SPDX-License-Identifier: Apache-2.0 */
/* État liquidatif: what the authority signs. Every member has a row, 0.00 included. */
#include "payroll_parts.h"

/* The columns of which the total is made. */
enum {
    C_STIPEND = 7,
    C_EXPENSES,
    C_ADJUSTMENT,
    TOTAL_ADDS = 1 << C_STIPEND | 1 << C_EXPENSES | 1 << C_ADJUSTMENT
};

static const struct column columns[] = {
    {"number",     N_("No."),                  CELL_INTEGER,  7,  false, 0,          0},
    {"id",         N_("Id"),                   CELL_TEXT,     12, false, 0,          0},
    {"last_name",  N_("Last name"),            CELL_TEXT,     22, false, 0,          0},
    {"first_name", N_("First name"),           CELL_TEXT,     20, false, 0,          0},
    {"guardian",   N_("Legal representative"), CELL_TEXT,     22, false, 0,          0},
    {"sessions",   N_("Sessions"),             CELL_INTEGER,  11, true,  0,          0},
    {"hours",      N_("Hours"),                CELL_DURATION, 10, true,  0,          0},
    {"stipend",    N_("Stipend (€)"),        CELL_MONEY,    15, true,  0,          0},
    {"expenses",   N_("Expenses (€)"),       CELL_MONEY,    14, true,  0,          0},
    {"adjustment", N_("Adjustment (€)"),     CELL_MONEY,    19, true,  0,          0},
    {"total",      N_("Total (€)"),          CELL_MONEY,    15, true,  TOTAL_ADDS, 0},
};

static void
produce_part(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct roster *roster = payroll->batch->roster;
    struct members members = payroll_part(payroll, part);
    (void)keep;
    for (uint32_t i = members.first; i < members.end; i++) {
        const struct participant *participant = &roster->items[i];
        const struct person_total *person = &payroll->summary->persons[i];
        struct cell cells[] = {
            cell_integer((int64_t)i + 1),
            cell_text(participant->id),
            cell_text(participant->last_name),
            cell_text(participant->first_name),
            cell_text(particulars_of(payroll_row(payroll, i))->guardian),
            cell_integer((int64_t)person->sessions),
            person->duration > 0 ? cell_duration(person->duration) : cell_empty(),
            cell_money(person->stipend),
            cell_money(person->expenses),
            cell_money(person->adjustment),
            cell_money(payroll_total(payroll, i)),
        };
        sink->row(sink, cells);
    }
}

static void
note_bases(struct arena *keep, const struct payroll *payroll, struct notes *notes)
{
    enum language language = payroll->language;
    const struct rules *rules = payroll->batch->rules;
    const bool *used = payroll->summary->sources_used;
    size_t assumed = payroll->summary->assumed;
    const struct basis *nil = &rules->stipend.nil_basis;
    bool any = false;

    document_note(keep, notes, TONE_STRONG, tr(language, N_("Legal basis:")));
    for (size_t i = 0; i < summary_source_count(rules); i++) {
        const struct legal_source *source = summary_source(rules, i);
        if (used[i] || (rules->stipend.nil && source_is(nil->source, source))) {
            any = true;
            document_note(keep, notes, TONE_PLAIN,
                          arena_printf(keep, "    %.*s [%.*s]", TEXT_ARG(source->title),
                                       TEXT_ARG(source->id)));
        }
    }
    if (rules->stipend.nil) {
        any = true;
        document_note(
            keep, notes, TONE_PLAIN,
            arena_printf(keep, "    %.*s",
                         TEXT_ARG(label_in(&rules->stipend.nil_reason, language))));
    }
    if (!any && assumed == 0) {
        document_note(keep, notes, TONE_PLAIN,
                      tr(language, N_("    nothing is paid for this period")));
    }
    if (assumed > 0) {
        document_note(
            keep, notes, TONE_QUIET,
            arena_printf(keep,
                         tr_plural(language,
                                   "    %zu line paid rests on an assumption to be "
                                   "confirmed: see the control sheet",
                                   "    %zu lines paid rest on assumptions to be "
                                   "confirmed: see the control sheet",
                                   assumed),
                         assumed));
    }
}

static const char *const state_notices[] = {
    [SCHEME_DRAFT] = N_("The scheme is a draft and pays nothing"),
    [SCHEME_IN_FORCE] = NULL,
    [SCHEME_CONTESTED] =
        N_("The scheme is contested; it applies until it is suspended or annulled"),
    [SCHEME_SUSPENDED] = N_("The scheme is suspended and pays nothing"),
    [SCHEME_ANNULLED] = N_("The scheme is annulled and pays nothing"),
};

static void
note_status(struct arena *keep, const struct payroll *payroll, struct notes *notes)
{
    enum language language = payroll->language;
    const struct rules *rules = payroll->batch->rules;
    struct period period = payroll->batch->period;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        const char *notice = state_notices[status->state];
        if (notice == NULL || date_compare(status->during.from, period.to) > 0 ||
            date_compare(status->during.to, period.from) < 0) {
            continue;
        }
        const char *text =
            arena_printf(keep, status->basis.note.size > 0 ? "%s. %.*s" : "%s%.*s",
                         tr(language, notice), TEXT_ARG(status->basis.note));
        text = arena_printf(keep, "%s [%s]", text,
                            basis_text(keep, language, &status->basis));
        document_note(keep, notes, TONE_ALERT, text);
    }
}

static void
set_before(struct arena *keep, const struct payroll *payroll, struct table *table)
{
    enum language language = payroll->language;
    const struct rules *rules = payroll->batch->rules;
    struct notes notes = {0};
    document_note(keep, &notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("Authority: %.*s")),
                               TEXT_ARG(rules->authority)));
    document_note(keep, &notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("Assembly: %.*s")),
                               TEXT_ARG(rules->assembly)));
    document_note(keep, &notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("Period: %s to %s")),
                               shown_date(keep, language, payroll->batch->period.from),
                               shown_date(keep, language, payroll->batch->period.to)));
    note_bases(keep, payroll, &notes);
    note_status(keep, payroll, &notes);
    document_note(keep, &notes, TONE_PLAIN, "");
    table->before = notes.items;
    table->before_count = notes.count;
}

static void
set_after(struct arena *keep, const struct payroll *payroll, struct table *table)
{
    enum language language = payroll->language;
    const struct summary *summary = payroll->summary;
    struct notes notes = {0};
    document_note(
        keep, &notes, TONE_STRONG,
        arena_printf(keep,
                     tr(language, N_("This statement is closed at the sum of: %s (%s).")),
                     amount_in_words(keep, language, summary->total),
                     shown_amount(keep, language, summary->total)));
    document_note(
        keep, &notes, TONE_PLAIN,
        arena_printf(
            keep, tr(language, N_("Lines of this statement: %zu; members to pay: %zu.")),
            payroll->batch->roster->count, summary->payees));
    if (summary->owed_before.cents > 0) {
        document_note(
            keep, &notes, TONE_STRONG,
            arena_printf(
                keep,
                tr(language, N_("Of this sum, %s is brought forward from earlier "
                                "statements, which were closed on it already and "
                                "did not pay it.")),
                shown_amount(keep, language, summary->owed_before)));
    }
    if (summary->payees_held > 0) {
        document_note(
            keep, &notes, TONE_ALERT,
            arena_printf(
                keep,
                tr(language, N_("Held until the bank details are right and checked: %zu "
                                "members, %s; due all the same, not in the transfer.")),
                summary->payees_held, shown_amount(keep, language, summary->held)));
    }
    document_note(
        keep, &notes, TONE_PLAIN,
        tr(language, N_("Certified exact, the service having been done at the sessions "
                        "and for the expenses listed in the detail sheets.")));
    table->after = notes.items;
    table->after_count = notes.count;
}

void
payroll_add_statement(struct arena *keep, const struct payroll *payroll,
                      struct tables *tables)
{
    enum language language = payroll->language;
    struct table table = payroll_table(keep, payroll, columns, ARRAY_COUNT(columns));
    const char **boxes = NEW_ARRAY(keep, const char *, 2);
    boxes[0] = tr(language,
                  N_("Service done\nName and office:\n\nPlace and date:\n\nSignature:"));
    boxes[1] =
        tr(language, N_("The authorising officer\nName and office:\n\nPlace and date:\n\n"
                        "Signature and seal:"));
    table.key = "statement";
    table.audience |= FOR_PAGE;
    table.sheet = tr(language, N_("Statement"));
    table.title = tr(language, N_("Statement of stipends and expenses"));
    table.rows_known = true;
    table.rows = payroll->batch->roster->count;
    table.parts = payroll_parts(payroll);
    table.produce_part = produce_part;
    table.boxes = boxes;
    table.box_count = 2;
    set_before(keep, payroll, &table);
    set_after(keep, payroll, &table);
    *ARRAY_PUSH(keep, tables) = table;
}
