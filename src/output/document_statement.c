/* SPDX-License-Identifier: Apache-2.0 */
/* The statement of each member, as its reader needs it: how much, for what and why, what is not
 * paid and what to do about it, the texts in full, how to contest. */
#include "defray/settlement.h"
#include "defray/statement.h"
#include "defray/status.h"

#include "document_parts.h"
#include "statement_parts.h"
#include "wording.h"

#define IBAN_SHOWN 4 /* last characters */

static const struct participant *
participant_of(const struct paper *paper)
{
    return &paper->statements->batch->roster->items[paper->member];
}

static const struct person_total *
person_of(const struct paper *paper)
{
    return &paper->statements->summary->persons[paper->member];
}

static const struct participation *
row_of(const struct paper *paper)
{
    return participant_in(participant_of(paper), paper->statements->batch->period);
}

/* --- who, and how much --- */

static void
put_fact(const struct paper *paper, struct row_sink *sink, const char *label,
         struct cell value)
{
    struct cell cells[] = {cell_string(tr(paper->language, label)), value};
    sink->row(sink, cells);
}

static const char *
payment_words(struct arena *keep, const struct paper *paper)
{
    struct text iban = row_of(paper)->bank.iban;
    bool held = person_of(paper)->hold == HOLD_BANK_DETAILS;
    if (held && row_of(paper)->bank.state == BANK_WRONG_NAME) {
        return tr(paper->language,
                  N_("waiting: give the office the name on your account in Latin "
                     "letters; the amount stays due"));
    }
    if (held) {
        return tr(paper->language,
                  N_("waiting: give the office your bank details, which are "
                     "missing or wrong; the amount stays due"));
    }
    if (person_of(paper)->hold != HOLD_NONE) {
        return tr(paper->language,
                  N_("waiting: the office has to confirm the account number; "
                     "the amount stays due"));
    }
    size_t size = iban.size < IBAN_SHOWN ? iban.size : IBAN_SHOWN;
    return arena_printf(
        keep, tr(paper->language, N_("to the account whose number ends in %.*s")),
        (int)size, iban.data + iban.size - size);
}

static bool
is_contested(const struct paper *paper)
{
    const struct rules *rules = paper->statements->batch->rules;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        if (status->state == SCHEME_CONTESTED &&
            status_touches(status, paper->statements->batch->period)) {
            return true;
        }
    }
    return false;
}

static void
put_amounts(const struct paper *paper, struct row_sink *sink)
{
    const struct rules *rules = paper->statements->batch->rules;
    const struct person_total *person = person_of(paper);
    struct cell label = cell_text(rules_label(rules, STR("stipend"), paper->language));
    struct cell stipend[] = {label, cell_money(person->stipend)};
    sink->row(sink, stipend);
    if (rules->category_count > 0) {
        put_fact(paper, sink, N_("Expenses"), cell_money(person->expenses));
    }
    struct money before = money_add(person->adjustment, person->carried);
    if (before.cents != 0) {
        put_fact(paper, sink, N_("Recorded before, and differences"), cell_money(before));
    }
    if (person->carried.cents != 0) {
        put_fact(paper, sink, N_("Paid in excess, still to be kept back"),
                 cell_money((struct money){-person->carried.cents}));
    }
    put_fact(paper, sink, N_("To be paid to you"),
             cell_toned(cell_money(person->total), TONE_STRONG));
}

static void
produce_head(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    const struct batch *batch = paper->statements->batch;
    struct text guardian = particulars_of(row_of(paper))->guardian;
    if (guardian.size > 0) {
        put_fact(paper, sink, N_("Legal representative"), cell_text(guardian));
    }
    put_fact(paper, sink, N_("Period"),
             cell_string(
                 arena_printf(&scratch, tr(paper->language, N_("%s to %s")),
                              worded_day(&scratch, paper->language, batch->period.from),
                              worded_day(&scratch, paper->language, batch->period.to))));
    put_amounts(paper, sink);
    if (person_of(paper)->total.cents > 0) {
        put_fact(paper, sink, N_("Payment"), cell_string(payment_words(&scratch, paper)));
    }
    if (is_contested(paper)) {
        put_fact(paper, sink, N_("Legal status"),
                 cell_string(tr(paper->language,
                                N_("these rules are contested before a court; they apply "
                                   "until they are suspended or annulled"))));
    }
}

static const char *
first_words(struct arena *keep, const struct paper *paper, const struct told *told)
{
    enum language language = paper->language;
    struct money due = told->result.total;
    if (told->result.count == 0) {
        return tr(language,
                  N_("For this period, neither a presence nor a request for expenses "
                     "of yours is recorded."));
    }
    if (due.cents == 0) {
        return tr(language, N_("For this period, nothing is due to you."));
    }
    return arena_printf(keep,
                        tr_plural(language, "For this period, %s is due to you.",
                                  "For this period, %s is due to you.",
                                  (unsigned long)(due.cents / 100)),
                        worded_euros(keep, language, due));
}

static void
add_head(struct arena *keep, const struct paper *paper, const struct told *told,
         struct tables *tables)
{
    enum language language = paper->language;
    struct notes notes = {0};
    size_t waiting = person_of(paper)->waiting;
    document_note(keep, &notes, TONE_STRONG, first_words(keep, paper, told));
    statement_note_settled(keep, paper, told, &notes);
    if (waiting > 0) {
        document_note(
            keep, &notes, TONE_PLAIN,
            arena_printf(
                keep,
                tr_plural(language,
                          "%zu line is refused or still to be settled: further down "
                          "you find why, and what you can do.",
                          "%zu lines are refused or still to be settled: further "
                          "down you find why, and what you can do.",
                          waiting),
                waiting));
    }
    static const struct column columns[] = {
        {"item",  "", CELL_TEXT, 26, false, 0, 0},
        {"value", "", CELL_TEXT, 69, false, 0, 0},
    };
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = "head",
        .before = notes.items,
        .before_count = notes.count,
        .columns = columns,
        .column_count = ARRAY_COUNT(columns),
        .facts = true,
        .produce = produce_head,
    };
}

/* --- the lines --- */

static void
produce_giving(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    struct told told = told_of(&scratch, paper->statements, paper->member);
    for (size_t i = 0; i < told.giving; i++) {
        const struct told_line *line = &told.lines[i];
        struct cell cells[] = {
            cell_date(line->line->date),
            cell_string(line->what),
            cell_string(line->why),
            cell_money(line->line->due),
        };
        sink->row(sink, cells);
    }
}

static void
produce_refused(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    struct told told = told_of(&scratch, paper->statements, paper->member);
    for (size_t i = told.giving; i < told.count; i++) {
        const struct told_line *line = &told.lines[i];
        struct cell cells[] = {
            cell_date(line->line->date),
            cell_string(line->what),
            cell_string(line->why),
            cell_string(line->advice),
        };
        sink->row(sink, cells);
    }
}

static const struct column giving_columns[] = {
    {"date",   N_("Date"),                   CELL_DATE,  12, false, 0, 0},
    {"what",   N_("Session or expense"),     CELL_TEXT,  22, false, 0, 0},
    {"why",    N_("How the amount is made"), CELL_TEXT,  47, false, 0, 0},
    {"amount", N_("Amount (€)"),           CELL_MONEY, 14, true,  0, 0},
};

static const struct column refused_columns[] = {
    {"date",   N_("Date"),               CELL_DATE, 12, false, 0, 0},
    {"what",   N_("Session or expense"), CELL_TEXT, 22, false, 0, 0},
    {"why",    N_("Why"),                CELL_TEXT, 31, false, 0, 0},
    {"advice", N_("What you can do"),    CELL_TEXT, 30, false, 0, 0},
};

/* --- texts, and how to contest --- */

static void
produce_texts(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    struct told told = told_of(&scratch, paper->statements, paper->member);
    for (size_t i = 0; i < told.references.count; i++) {
        const struct basis *basis = told.references.items[i];
        struct arena row = scratch;
        struct cell cells[] = {
            cell_string(reference_to(&row, paper->language, &told.references, basis)),
            basis->source == NULL
                ? cell_string(
                      arena_printf(&row, tr(paper->language, N_("to be confirmed: %.*s")),
                                   TEXT_ARG(basis->assumption)))
                : cell_string(worded_source(&row, paper->language, basis)),
        };
        sink->row(sink, cells);
    }
}

static const struct column texts_columns[] = {
    {"number", N_("Reference"), CELL_TEXT, 14, false, 0, 0},
    {"text",   N_("Text"),      CELL_TEXT, 81, false, 0, 0},
};

static const struct column contest_columns[] = {
    {"step", N_("Step"),                     CELL_TEXT, 8,  false, 0, 0},
    {"how",  N_("Before whom, and by when"), CELL_TEXT, 87, false, 0, 0},
};

static void
produce_contest(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    const struct notice *notice = &paper->statements->batch->rules->notice;
    for (size_t i = 0; i < notice->step_count; i++) {
        const struct recourse *step = &notice->steps[i];
        struct arena row = scratch;
        struct text to = label_in(&step->to, paper->language);
        struct text deadline = label_in(&step->deadline, paper->language);
        const char *text =
            arena_printf(&row, "%.*s%s%.*s%s%.*s.", TEXT_ARG(to),
                         deadline.size > 0 ? ", " : "", TEXT_ARG(deadline),
                         step->address.size > 0 ? ". " : "", TEXT_ARG(step->address));
        text = arena_printf(&row, tr(paper->language, N_("%s Text: %s.")), text,
                            worded_basis(&row, paper->language, &step->basis));
        struct cell cells[] = {
            cell_string(arena_printf(&row, "%zu", i + 1)),
            cell_string(text),
        };
        sink->row(sink, cells);
    }
}

static void
add_contest(struct arena *keep, const struct paper *paper, struct tables *tables)
{
    enum language language = paper->language;
    const struct rules *rules = paper->statements->batch->rules;
    struct notes notes = {0};
    document_note(
        keep, &notes, TONE_PLAIN,
        tr(language,
           N_("A wrong presence or a forgotten receipt is corrected without any "
              "formality: tell the office that gave you this page. It can also "
              "give you the whole computation of each line.")));
    document_note(
        keep, &notes, TONE_PLAIN,
        rules->notice.step_count > 0
            ? tr(language, N_("If that does not settle it, you can contest:"))
            : arena_printf(
                  keep,
                  tr(language, N_("These rules do not say before whom, nor by when, "
                                  "a decision can be contested: ask %.*s in writing.")),
                  TEXT_ARG(rules->authority)));
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = "contest",
        .title = tr(language, N_("If something is wrong")),
        .before = notes.items,
        .before_count = notes.count,
        .columns = document_columns(keep, language, contest_columns,
                                    ARRAY_COUNT(contest_columns)),
        .column_count = rules->notice.step_count == 0 ? 0 : ARRAY_COUNT(contest_columns),
        .produce = produce_contest,
    };
}

/* --- the document --- */

static void
add_table(struct arena *keep, const struct paper *paper, struct table table,
          struct tables *tables)
{
    table.title = tr(paper->language, table.title);
    table.columns =
        document_columns(keep, paper->language, table.columns, table.column_count);
    *ARRAY_PUSH(keep, tables) = table;
}

/* Only what there is to tell. */
static void
add_member(struct arena *keep, struct arena scratch, const struct paper *paper,
           struct tables *tables)
{
    struct told told = told_of(&scratch, paper->statements, paper->member);
    const struct person_total *person = person_of(paper);
    size_t first = tables->count;
    add_head(keep, paper, &told, tables);
    if (told.giving > 0) {
        add_table(keep, paper,
                  (struct table){.key = "due",
                                 .title = N_("What is due to you, and why"),
                                 .columns = giving_columns,
                                 .column_count = ARRAY_COUNT(giving_columns),
                                 .produce = produce_giving},
                  tables);
    }
    if (told.count > told.giving) {
        add_table(keep, paper,
                  (struct table){.key = "refused",
                                 .title = N_("What is not paid, and what you can do"),
                                 .columns = refused_columns,
                                 .column_count = ARRAY_COUNT(refused_columns),
                                 .produce = produce_refused},
                  tables);
    }
    if (person->adjusted || person->left > 0 || statement_has_trail(paper)) {
        add_table(keep, paper, statement_settlement(keep, paper), tables);
    }
    if (told.references.count > 0) {
        add_table(keep, paper,
                  (struct table){.key = "texts",
                                 .title = N_("The texts that this rests on"),
                                 .columns = texts_columns,
                                 .column_count = ARRAY_COUNT(texts_columns),
                                 .produce = produce_texts},
                  tables);
    }
    add_contest(keep, paper, tables);
    const struct participant *member = participant_of(paper);
    struct text title = participant_title(member);
    const char *sheet =
        arena_printf(keep, "%.*s%s%s (%.*s)", TEXT_ARG(title), title.size > 0 ? " " : "",
                     shown_name(keep, member), TEXT_ARG(member->id));
    for (size_t i = first; i < tables->count; i++) {
        tables->items[i].sheet = sheet;
        tables->items[i].audience = FOR_PAGE;
        tables->items[i].context = paper;
    }
}

struct document *
statement_document(struct arena *keep, struct arena scratch,
                   const struct statements *statements, struct chosen chosen)
{
    const struct rules *rules = statements->batch->rules;
    enum language language = statements->language;
    struct period period = statements->batch->period;
    struct paper *papers = NEW_ARRAY(keep, struct paper, chosen.count + 1);
    struct tables tables = {0};
    for (size_t i = 0; i < chosen.count; i++) {
        papers[i] = (struct paper){statements, chosen.items[i], language};
        add_member(keep, scratch, &papers[i], &tables);
    }
    struct document *document = NEW(keep, struct document);
    *document = (struct document){
        .schema = "defray.statements/1",
        .title = tr(language, N_("Your stipends and expenses")),
        .author = text_string(keep, rules->authority),
        .subject = text_string(keep, rules->assembly),
        .footer = arena_printf(keep, tr(language, N_("%.*s, %s to %s")),
                               TEXT_ARG(rules->authority),
                               shown_date(keep, language, period.from),
                               shown_date(keep, language, period.to)),
        .language = language,
        .confidential = true,
        .leaflets = true,
        .dated = period.to,
        .tables = tables.items,
        .table_count = tables.count,
    };
    return document;
}
