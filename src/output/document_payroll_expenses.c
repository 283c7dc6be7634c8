/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frais: the columns of a French état de frais (annexe A of the list of vouchers):
 * identity, residence, place and reason, vehicle, kilometres since 1 January, rates,
 * claimed and reimbursed.
 */
#include "payroll_parts.h"

static const struct column columns[] = {
    {"member",           N_("Id"),                 CELL_TEXT,     11, false, 0, 0},
    {"name",             N_("Name"),               CELL_TEXT,     22, false, 0, 0},
    {"residence",        N_("Residence"),          CELL_TEXT,     15, false, 0, 0},
    {"date",             N_("Date"),               CELL_DATE,     12, false, 0, 0},
    {"session",          N_("Session"),            CELL_TEXT,     11, false, 0, 0},
    {"purpose",          N_("Place and reason"),   CELL_TEXT,     24, false, 0, 0},
    {"category",         N_("Category"),           CELL_TEXT,     20, false, 0, 0},
    {"km_since_january", N_("Km since 1 January"), CELL_QUANTITY, 12, false, 0, 0},
    {"quantity",         N_("Quantity"),           CELL_QUANTITY, 10, false, 0, 0},
    {"unit",             N_("Unit"),               CELL_TEXT,     11, false, 0, 0},
    {"horsepower",       N_("Fiscal power"),       CELL_INTEGER,  10, false, 0, 0},
    {"rates",            N_("Rates"),              CELL_TEXT,     18, false, 0, 0},
    {"receipt",          N_("Receipt"),            CELL_TEXT,     14, false, 0, 0},
    {"claimed",          N_("Claimed (€)"),      CELL_MONEY,    12, true,  0, 0},
    {"reimbursed",       N_("Reimbursed (€)"),   CELL_MONEY,    13, true,  0, 0},
    {"state",            N_("State"),              CELL_TEXT,     14, false, 0, 0},
    {"reason",           N_("Reason"),             CELL_TEXT,     30, false, 0, 0},
};

static const struct participation *
row_of(const struct payroll *payroll, uint32_t member, struct date date)
{
    const struct participation *row =
        participant_at(&payroll->batch->roster->items[member], date);
    return row == NULL ? payroll_row(payroll, member) : row;
}

static const char *
rates_of(struct arena *keep, const struct line *line)
{
    char rate[RATIO_TEXT_MAX];
    if (line->derivation.size > 0) {
        return text_string(keep, line->derivation);
    }
    return line->rate.den == 0
               ? ""
               : arena_printf(keep, "%s", ratio_text(line->rate, 2, 4, rate));
}

/* What was met for: the subject of the session named, else of the first of that day. */
static struct text
purpose_of(const struct payroll *payroll, const struct claim *claim)
{
    const struct calendar *calendar = payroll->batch->calendar;
    for (size_t i = 0; i < calendar->count; i++) {
        const struct session *session = &calendar->items[i];
        bool named = claim->session.size > 0 && text_equals(session->id, claim->session);
        bool same_day =
            claim->session.size == 0 && date_compare(session->date, claim->date) == 0;
        if ((named || same_day) && session->subject.size > 0) {
            return session->subject;
        }
    }
    return claim->note;
}

static const char *
receipt_of(enum language language, struct arena *keep, const struct claim *claim)
{
    if (claim->receipt_reference.size > 0) {
        return text_string(keep, claim->receipt_reference);
    }
    return tr(language, claim->receipt ? N_("yes") : N_("none"));
}

static void
put_line(struct arena *scratch, const struct payroll *payroll, uint32_t member,
         const struct line *line, struct row_sink *sink)
{
    if (!line->is_claim) {
        return;
    }
    enum language language = payroll->language;
    const struct participant *participant = &payroll->batch->roster->items[member];
    const struct participation *row = row_of(payroll, member, line->date);
    const struct claim *claim = &payroll->batch->claims->items[line->fact];
    bool trip = line->unit == UNIT_KILOMETRE && line->price != NULL;
    bool waits = line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED;
    struct cell cells[] = {
        cell_text(participant->id),
        cell_string(payroll_name(scratch, participant)),
        cell_text(row->town),
        cell_date(line->date),
        cell_text(payroll_session(line)),
        cell_text(purpose_of(payroll, claim)),
        cell_text(payroll_entitlement(payroll, line)),
        trip ? cell_quantity(line->counter) : cell_empty(),
        claim->has_quantity ? cell_quantity(claim->quantity) : cell_empty(),
        line->price != NULL ? cell_string(unit_label(language, line->unit))
                            : cell_empty(),
        trip && line->horsepower > 0 ? cell_integer(line->horsepower) : cell_empty(),
        cell_string(rates_of(scratch, line)),
        cell_string(receipt_of(language, scratch, claim)),
        cell_money(claim->has_amount ? claim->amount : line->gross),
        cell_toned(cell_money(line->due), TONE_STRONG),
        cell_toned(cell_string(line_state_label(language, line->state)),
                   waits ? TONE_ALERT : TONE_PLAIN),
        cell_string(line_reason(scratch, language, line)),
    };
    sink->row(sink, cells);
}

static void
produce(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    if (payroll->batch->claims != NULL) {
        payroll_each_line(payroll, scratch, put_line, sink);
    }
}

void
payroll_add_expenses(struct arena *keep, const struct payroll *payroll,
                     struct tables *tables)
{
    enum language language = payroll->language;
    struct table table = payroll_table(keep, payroll, columns, ARRAY_COUNT(columns));
    struct notes notes = {0};
    const char **boxes = NEW_ARRAY(keep, const char *, 2);
    document_note(
        keep, &notes, TONE_PLAIN,
        tr(language,
           N_("Claims of the period, with the kilometres already driven since "
              "1 January before each trip. Receipts are kept with this statement.")));
    boxes[0] =
        tr(language, N_("The members\nEach member certifies on a claim of their own that "
                        "the expenses are theirs and the statements exact.\n\n"
                        "Date and signature:"));
    boxes[1] =
        tr(language, N_("The authority\nThe expenses are certified to have been made for "
                        "the assembly's sessions.\n\nName and office:\n\n"
                        "Date and signature:"));
    table.key = "expenses";
    table.audience |= FOR_PAGE;
    table.sheet = tr(language, N_("Expenses"));
    table.filter = true;
    table.frozen_columns = 2;
    table.produce = produce;
    table.after = notes.items;
    table.after_count = notes.count;
    table.boxes = boxes;
    table.box_count = 2;
    *ARRAY_PUSH(keep, tables) = table;
}
