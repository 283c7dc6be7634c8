/* SPDX-License-Identifier: Apache-2.0 */
/* Détail: one row a line, with all that its amount comes from. */
#include "payroll_parts.h"

#include <assert.h>
#include <string.h>

static const struct column columns[] = {
    {"member",      N_("Id"),                    CELL_TEXT,     11, false, 0, 0},
    {"name",        N_("Name"),                  CELL_TEXT,     22, false, 0, 0},
    {"date",        N_("Date"),                  CELL_DATE,     12, false, 0, 0},
    {"session",     N_("Session"),               CELL_TEXT,     11, false, 0, 0},
    {"kind",        N_("Kind"),                  CELL_TEXT,     23, false, 0, 0},
    {"competence",  N_("Competence"),            CELL_TEXT,     17, false, 0, 0},
    {"entitlement", N_("Entitlement"),           CELL_TEXT,     21, false, 0, 0},
    {"attendance",  N_("Attendance"),            CELL_TEXT,     11, false, 0, 0},
    {"times",       N_("Times"),                 CELL_TEXT,     13, false, 0, 0},
    {"duration",    N_("Duration"),              CELL_DURATION, 8,  false, 0, 0},
    {"quantity",    N_("Quantity"),              CELL_QUANTITY, 10, false, 0, 0},
    {"unit",        N_("Unit"),                  CELL_TEXT,     11, false, 0, 0},
    {"rate",        N_("Rate"),                  CELL_QUANTITY, 9,  false, 0, 0},
    {"gross",       N_("Gross (€)"),           CELL_MONEY,    11, true,  0, 0},
    {"cap_line",    N_("Line ceiling (€)"),    CELL_MONEY,    11, true,  0, 0},
    {"cap_day",     N_("Day ceiling (€)"),     CELL_MONEY,    11, true,  0, 0},
    {"cap_month",   N_("Month ceiling (€)"),   CELL_MONEY,    11, true,  0, 0},
    {"cap_year",    N_("Year ceiling (€)"),    CELL_MONEY,    11, true,  0, 0},
    {"cap_mandate", N_("Mandate ceiling (€)"), CELL_MONEY,    11, true,  0, 0},
    {"due",         N_("Due (€)"),             CELL_MONEY,    11, true,  0, 0},
    {"state",       N_("State"),                 CELL_TEXT,     14, false, 0, 0},
    {"reason",      N_("Reason"),                CELL_TEXT,     46, false, 0, 0},
    {"source",      N_("Source"),                CELL_TEXT,     29, false, 0, 0},
    {"derivation",  N_("Derivation"),            CELL_TEXT,     24, false, 0, 0},
    {"at",          N_("Read at"),               CELL_TEXT,     22, false, 0, 0},
};

/* Columns that are shown only if they say something in this batch: ceilings that took nothing and
 * lengths that nobody counted would only make the sheet wider. */
enum {
    C_COMPETENCE = 5,
    C_DURATION = 9,
    C_CAPS = 14, /* by span */
    C_DERIVATION = 23,
};

static bool
is_shown(const struct summary *summary, size_t column)
{
    if (column >= C_CAPS && column < C_CAPS + SPAN_COUNT) {
        return summary->taken_by[column - C_CAPS].cents > 0;
    }
    return column == C_COMPETENCE   ? summary->has_flags
           : column == C_DURATION   ? summary->has_durations
           : column == C_DERIVATION ? summary->has_derivations
                                    : true;
}

/* Moves what is shown to the front; gives how many. */
static size_t
keep_shown(const struct summary *summary, void *items, size_t size)
{
    unsigned char *bytes = items;
    size_t kept = 0;
    for (size_t i = 0; i < ARRAY_COUNT(columns); i++) {
        if (is_shown(summary, i)) {
            if (kept < i) {
                memcpy(bytes + kept * size, bytes + i * size, size);
            }
            kept++;
        }
    }
    return kept;
}

struct times {
    int16_t start, end;
};

static int16_t
earlier(int16_t a, int16_t b)
{
    if (a == TIME_NONE || b == TIME_NONE) {
        return a == TIME_NONE ? b : a;
    }
    return a < b ? a : b;
}

/* The bounds that the duration was counted between, as far as they are known. */
static struct times
times_of(const struct line *line, const struct attendance *fact)
{
    struct times times = {line->start, TIME_NONE};
    int16_t session_end = line->session == NULL ? TIME_NONE : line->session->end;
    if (fact == NULL) {
        return (struct times){TIME_NONE, TIME_NONE};
    }
    if (fact->end != TIME_NONE || fact->duration == DURATION_NONE) {
        times.end = earlier(fact->end, session_end);
    }
    return times;
}

static struct cell
cap_cell(struct money taken)
{
    return taken.cents == 0 ? cell_empty() : cell_money(taken);
}

/* "09:00 - 12:30"; a bound that is not known is left open. */
static const char *
times_text(struct arena *keep, struct times times)
{
    char start[8];
    char end[8];
    if (times.start == TIME_NONE && times.end == TIME_NONE) {
        return "";
    }
    return TEXT_JOIN(keep, text_of(time_text(times.start, start)), STR(" - "),
                     text_of(time_text(times.end, end)));
}

/* The source's id; of an assumption only where it stands: the control sheet has its words. */
static const char *
source_text(struct arena *keep, const struct payroll *payroll, const struct basis *basis)
{
    if (basis == NULL || basis->source != NULL) {
        return basis_text(keep, payroll->language, basis);
    }
    return arena_printf(keep, "%s %s", tr(payroll->language, N_("assumption")),
                        shown_place(keep, payroll->batch->rules, basis->where));
}

/* Nothing for a session within the authority's competence: only the others are told. */
static struct cell
competence_cell(enum language language, const struct line *line)
{
    if (line->session == NULL || line->session->competence == COMPETENCE_YES) {
        return cell_empty();
    }
    return cell_toned(cell_string(competence_label(language, line->session->competence)),
                      TONE_ALERT);
}

static void
put_line(struct arena *scratch, const struct payroll *payroll, uint32_t member,
         const struct line *line, struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct batch *batch = payroll->batch;
    const struct participant *participant = &batch->roster->items[member];
    const struct attendance *fact =
        line->is_claim ? NULL : &batch->log->items[line->fact];
    struct times times = times_of(line, fact);
    bool priced = line->price != NULL;
    bool assumed = line->basis != NULL && line->basis->source == NULL;
    const char *kind =
        line->session == NULL ? "" : kind_label(language, line->session->kind);
    const char *presence =
        fact == NULL ? "" : presence_label(language, (enum presence)fact->presence);
    enum tone tone = line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED
                         ? TONE_ALERT
                         : TONE_PLAIN;
    struct cell cells[] = {
        cell_text(participant->id),
        cell_string(shown_name(scratch, participant)),
        cell_date(line->date),
        cell_text(line->session_id),
        cell_string(kind),
        competence_cell(language, line),
        cell_text(payroll_entitlement(payroll, line)),
        cell_string(presence),
        cell_string(times_text(scratch, times)),
        cell_duration(line->duration),
        /* A length counts as it stands; its decimal hours would only seem exact. */
        priced && (line->duration == DURATION_NONE || line->unit != UNIT_HOUR)
            ? cell_quantity(line->quantity)
            : cell_empty(),
        priced ? cell_string(unit_label(language, line->unit)) : cell_empty(),
        line->rate.den != 0 ? cell_quantity(line->rate) : cell_empty(),
        cell_money(line->gross),
        cap_cell(line->taken[SPAN_LINE]),
        cap_cell(line->taken[SPAN_DAY]),
        cap_cell(line->taken[SPAN_MONTH]),
        cap_cell(line->taken[SPAN_YEAR]),
        cap_cell(line->taken[SPAN_MANDATE]),
        cell_toned(cell_money(line->due), TONE_STRONG),
        cell_toned(cell_string(line_state_label(language, line->state)), tone),
        cell_string(line_reason(scratch, language, line)),
        cell_toned(cell_string(source_text(scratch, payroll, line->basis)),
                   assumed ? TONE_QUIET : TONE_PLAIN),
        derivation_cell(scratch, payroll->language, line->derivation),
        cell_string(where_text(scratch, line->where)),
    };
    (void)keep_shown(payroll->summary, cells, sizeof cells[0]);
    sink->row(sink, cells);
}

static void
produce_part(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    payroll_each_line(context, keep, part, put_line, sink);
}

static bool
is_called(size_t column, const char *key)
{
    return strcmp(columns[column].key, key) == 0;
}

void
payroll_add_detail(struct arena *keep, const struct payroll *payroll,
                   struct tables *tables)
{
    struct column shown[ARRAY_COUNT(columns)];
    assert(is_called(C_COMPETENCE, "competence") && is_called(C_DURATION, "duration"));
    assert(is_called(C_CAPS, "cap_line") && is_called(C_DERIVATION, "derivation"));
    memcpy(shown, columns, sizeof columns);
    size_t count = keep_shown(payroll->summary, shown, sizeof shown[0]);
    struct table table = payroll_table(keep, payroll, shown, count);
    table.key = "detail";
    table.audience |= FOR_PAGE;
    table.sheet = tr(payroll->language, N_("Detail"));
    table.filter = true;
    table.list = true;
    table.frozen_columns = 2;
    table.rows_known = true;
    table.rows = payroll->summary->read;
    table.parts = payroll_parts(payroll);
    table.produce_part = produce_part;
    *ARRAY_PUSH(keep, tables) = table;
}
