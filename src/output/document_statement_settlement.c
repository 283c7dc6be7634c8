/* SPDX-License-Identifier: Apache-2.0 */
/* With a ledger: from what is due for the period to what is paid, every step a row. The rows add
 * up, so that a member can check them with a pencil. What was recorded need not have been
 * transferred: sentences below the rows say what was not, or not yet. */
#include "defray/settlement.h"
#include "defray/statement.h"

#include "document_parts.h"
#include "statement_parts.h"
#include "wording.h"

static void
put_sum(struct row_sink *sink, const char *what, struct money amount)
{
    if (amount.cents != 0) {
        struct cell cells[] = {cell_string(what), cell_money(amount)};
        sink->row(sink, cells);
    }
}

/* "21 March 2026, S2, Stipend": two rights of one day are told apart. */
static const char *
named_right(struct arena *scratch, const struct paper *paper,
            const struct difference *one)
{
    enum language language = paper->language;
    struct text label =
        rules_label(paper->statements->batch->rules, one->right.component, language);
    return arena_printf(
        scratch, "%s%s%.*s, %.*s", worded_day(scratch, language, one->right.day),
        one->session.size > 0 ? ", " : "", TEXT_ARG(one->session), TEXT_ARG(label));
}

static void
put_difference(struct arena *scratch, const struct paper *paper, const struct told *told,
               struct row_sink *sink, const struct difference *one)
{
    enum language language = paper->language;
    struct references references = told->references;
    const char *texts = told_difference(scratch, paper->statements, &references, one);
    const char *what =
        arena_printf(scratch, tr(language, N_("%s: %s%s; %s before, %s now")),
                     named_right(scratch, paper, one), cause_label(language, one->cause),
                     texts, worded_euros(scratch, language, one->before),
                     worded_euros(scratch, language, one->after));
    struct money change = money_subtract(one->after, one->before);
    if (one->cause == CAUSE_KEPT || one->cause == CAUSE_OPEN ||
        one->cause == CAUSE_LAPSED) {
        /* of the period, what is paid and not due now; or is due, and not paid any more */
        change = (struct money){one->earlier ? 0 : -change.cents};
    }
    struct cell cells[] = {cell_string(what), cell_money(change)};
    sink->row(sink, cells);
}

/* A right of an earlier day that stays as it is is told all the same, and what is missing. */
static void
put_left(struct arena *scratch, const struct paper *paper, struct row_sink *sink,
         const struct difference *one)
{
    enum language language = paper->language;
    bool open = one->cause == CAUSE_OPEN || one->cause == CAUSE_REFUSED;
    const char *what = arena_printf(
        scratch, "%s%s%s%s%s%s", named_right(scratch, paper, one), tr(language, ": "),
        cause_label(language, one->cause), open ? " (" : "",
        open ? reason_phrase(language, one->reason) : "", open ? ")" : "");
    struct cell cells[] = {cell_string(what), cell_money((struct money){0})};
    sink->row(sink, cells);
}

/* What of the payment went to what had been paid too much before. */
static struct money
kept_back(const struct paper *paper, const struct settlement *settlement)
{
    struct money debt = money_add(settlement->brought, settlement->earlier);
    struct money left = settlement->carried;
    if (paper->statements->batch->rules->recover_overpayment) {
        return settlement->offset;
    }
    return debt.cents < left.cents ? money_subtract(left, debt) : (struct money){0};
}

void
statement_note_settled(struct arena *keep, const struct paper *paper,
                       const struct told *told, struct notes *notes)
{
    enum language language = paper->language;
    const struct settlement *settlement = &told->settlement;
    struct money back = kept_back(paper, settlement);
    if (settlement->due.cents == 0 && settlement->total.cents > 0) {
        document_note(
            keep, notes, TONE_STRONG,
            arena_printf(
                keep,
                tr(language, N_("To be paid to you for earlier days or batches: %s.")),
                worded_euros(keep, language, settlement->total)));
    }
    if (back.cents > 0) {
        document_note(
            keep, notes, TONE_STRONG,
            arena_printf(keep,
                         tr(language, N_("Kept back in this batch for what you had been "
                                         "paid in excess: %s.")),
                         worded_euros(keep, language, back)));
    }
    if (settlement->carried.cents < 0) {
        document_note(
            keep, notes, TONE_STRONG,
            arena_printf(keep,
                         tr(language, N_("Paid to you in excess, to be kept back from "
                                         "your next payments: %s.")),
                         worded_euros(keep, language,
                                      (struct money){-settlement->carried.cents})));
    }
}

/* Of the period, what stays with the member beyond what is due now. */
static struct money
kept_above(const struct settlement *settlement)
{
    struct money sum = {0};
    for (size_t i = 0; i < settlement->kept_count; i++) {
        const struct difference *one = &settlement->kept[i];
        sum = money_add(sum, money_subtract(one->before, one->after));
    }
    return sum;
}

static void
produce_settlement(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    enum language language = paper->language;
    struct told told = told_of(&scratch, paper->statements, paper->member);
    struct settlement settlement = told.settlement;
    put_sum(sink, tr(language, N_("Due for the period")), settlement.due);
    put_sum(sink, tr(language, N_("Recorded in earlier batches for the period")),
            (struct money){-money_add(settlement.paid, kept_above(&settlement)).cents});
    for (size_t i = 0; i < settlement.kept_count; i++) {
        struct arena row = scratch;
        put_difference(&row, paper, &told, sink, &settlement.kept[i]);
    }
    for (size_t i = 0; i < settlement.count; i++) {
        if (settlement.items[i].earlier) {
            struct arena row = scratch;
            put_difference(&row, paper, &told, sink, &settlement.items[i]);
        }
    }
    put_sum(sink,
            tr(language, settlement.brought.cents > 0
                             ? N_("Brought forward: owed to you and not yet paid")
                             : N_("Brought forward: paid to you before in excess")),
            settlement.brought);
    for (size_t i = 0; i < settlement.left_count; i++) {
        struct arena row = scratch;
        if (settlement.left[i].cause == CAUSE_KEPT) {
            put_difference(&row, paper, &told, sink, &settlement.left[i]);
        } else {
            put_left(&row, paper, sink, &settlement.left[i]);
        }
    }
    put_sum(
        sink,
        tr(language, settlement.recovery.cents > 0
                         ? N_("Paid in excess; the accounting officer will write to you")
                         : N_("Taken off what you had been paid in excess")),
        settlement.recovery);
    put_sum(sink, tr(language, N_("Kept back for what you had been paid in excess")),
            (struct money){-settlement.offset.cents});
    put_sum(sink,
            tr(language, N_("Paid in excess, to be kept back from your next payments")),
            (struct money){-settlement.carried.cents});
}

static const struct column settlement_columns[] = {
    {"item",   N_("What"),         CELL_TEXT,  81, false, 0, 0},
    {"amount", N_("Amount (€)"), CELL_MONEY, 14, true,  0, 0},
};

static struct trail
trail_of(const struct paper *paper)
{
    const struct history *history = paper->statements->batch->history;
    bool told = history != NULL && history->trails != NULL;
    return told ? history->trails[paper->member] : (struct trail){0};
}

bool
statement_has_trail(const struct paper *paper)
{
    struct trail trail = trail_of(paper);
    return trail.earlier.cents != 0 || trail.kept_back.cents != 0 ||
           trail.underway.cents != 0 || trail.listed.cents != 0;
}

static void
put_trail(struct arena *keep, struct notes *notes, struct money amount, const char *text)
{
    if (amount.cents != 0) {
        document_note(keep, notes, TONE_PLAIN, text);
    }
}

/* What the rows do not say of the money itself. */
static struct notes
trail_notes(struct arena *keep, const struct paper *paper)
{
    enum language language = paper->language;
    struct trail trail = trail_of(paper);
    struct notes notes = {0};
    put_trail(
        keep, &notes, trail.earlier,
        arena_printf(keep,
                     tr(language, N_("The batches of the period also settled differences "
                                     "of earlier days: %s in all.")),
                     worded_euros(keep, language, trail.earlier)));
    put_trail(
        keep, &notes, trail.kept_back,
        arena_printf(keep,
                     tr(language, N_("The batches of the period kept back, for what you "
                                     "had been paid in excess: %s. That amount was not "
                                     "transferred to you.")),
                     worded_euros(keep, language, trail.kept_back)));
    put_trail(
        keep, &notes, trail.underway,
        arena_printf(keep,
                     tr(language, N_("Payments to you that are recorded and not yet "
                                     "noted as made: %s.")),
                     worded_euros(keep, language, trail.underway)));
    put_trail(
        keep, &notes, trail.listed,
        arena_printf(keep,
                     tr(language, N_("Listed in earlier batches to be recovered from "
                                     "you, and still open: %s.")),
                     worded_euros(keep, language, trail.listed)));
    return notes;
}

struct table
statement_settlement(struct arena *keep, const struct paper *paper)
{
    const struct person_total *person =
        &paper->statements->summary->persons[paper->member];
    struct notes notes = trail_notes(keep, paper);
    bool rows = person->stipend.cents != 0 || person->expenses.cents != 0 ||
                person->adjusted || person->left > 0;
    return (struct table){
        .key = "settlement",
        .title = N_("From what is due to what is paid"),
        .columns = settlement_columns,
        .column_count = rows ? ARRAY_COUNT(settlement_columns) : 0,
        .after = notes.items,
        .after_count = notes.count,
        .produce = produce_settlement,
    };
}
