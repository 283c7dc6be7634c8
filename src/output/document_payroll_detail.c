/* SPDX-License-Identifier: Apache-2.0 */
/* Détail: one row a line, with all that its amount comes from. */
#include "payroll_parts.h"

static const struct column columns[] = {
    {.key = "member", .title = N_("Id"), .type = CELL_TEXT, .width = 11},
    {.key = "name", .title = N_("Name"), .type = CELL_TEXT, .width = 22},
    {.key = "date", .title = N_("Date"), .type = CELL_DATE, .width = 12},
    {.key = "session", .title = N_("Session"), .type = CELL_TEXT, .width = 11},
    {.key = "kind", .title = N_("Kind"), .type = CELL_TEXT, .width = 18},
    {.key = "entitlement", .title = N_("Entitlement"), .type = CELL_TEXT, .width = 16},
    {.key = "attendance", .title = N_("Attendance"), .type = CELL_TEXT, .width = 11},
    {.key = "start", .title = N_("Start"), .type = CELL_TEXT, .width = 8},
    {.key = "end", .title = N_("End"), .type = CELL_TEXT, .width = 8},
    {.key = "duration", .title = N_("Duration"), .type = CELL_DURATION, .width = 8},
    {.key = "quantity", .title = N_("Quantity"), .type = CELL_QUANTITY, .width = 10},
    {.key = "unit", .title = N_("Unit"), .type = CELL_TEXT, .width = 11},
    {.key = "rate", .title = N_("Rate"), .type = CELL_QUANTITY, .width = 9},
    {.key = "gross", .title = N_("Gross (€)"), .type = CELL_MONEY, .width = 11,
     .total = true},
    {.key = "cap_line", .title = N_("Line ceiling (€)"), .type = CELL_MONEY, .width = 11,
     .total = true},
    {.key = "cap_day", .title = N_("Day ceiling (€)"), .type = CELL_MONEY, .width = 11,
     .total = true},
    {.key = "cap_month", .title = N_("Month ceiling (€)"), .type = CELL_MONEY, .width = 11,
     .total = true},
    {.key = "cap_year", .title = N_("Year ceiling (€)"), .type = CELL_MONEY, .width = 11,
     .total = true},
    {.key = "cap_mandate", .title = N_("Mandate ceiling (€)"), .type = CELL_MONEY,
     .width = 11, .total = true},
    {.key = "due", .title = N_("Due (€)"), .type = CELL_MONEY, .width = 11, .total = true},
    {.key = "state", .title = N_("State"), .type = CELL_TEXT, .width = 14},
    {.key = "reason", .title = N_("Reason"), .type = CELL_TEXT, .width = 32},
    {.key = "source", .title = N_("Source"), .type = CELL_TEXT, .width = 26},
    {.key = "derivation", .title = N_("Derivation"), .type = CELL_TEXT, .width = 24},
    {.key = "at", .title = N_("Read at"), .type = CELL_TEXT, .width = 22},
};

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

static const char *
kept_time(struct arena *keep, int16_t time)
{
    char out[8];
    return arena_printf(keep, "%s", time_text(time, out));
}

static void
put_line(struct arena *scratch, const struct payroll *payroll, uint32_t member,
         const struct line *line, struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct batch *batch = payroll->batch;
    const struct participant *participant = &batch->roster->items[member];
    const struct attendance *fact = line->is_claim ? NULL : &batch->log->items[line->fact];
    struct times times = times_of(line, fact);
    bool priced = line->price != NULL;
    bool assumed = line->basis != NULL && line->basis->source == NULL;
    const char *kind = line->session == NULL ? "" : kind_label(language, line->session->kind);
    const char *presence =
        fact == NULL ? "" : presence_label(language, (enum presence)fact->presence);
    enum tone tone = line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED
                         ? TONE_ALERT
                         : TONE_PLAIN;
    struct cell cells[] = {
        cell_text(participant->id),
        cell_string(payroll_name(scratch, participant)),
        cell_date(line->date),
        cell_text(payroll_session(line)),
        cell_string(kind),
        cell_text(payroll_entitlement(payroll, line)),
        cell_string(presence),
        cell_string(kept_time(scratch, times.start)),
        cell_string(kept_time(scratch, times.end)),
        cell_duration(line->duration),
        priced ? cell_quantity(line->quantity) : cell_empty(),
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
        cell_toned(cell_string(payroll_basis(scratch, language, line->basis)),
                   assumed ? TONE_QUIET : TONE_PLAIN),
        cell_text(line->derivation),
        cell_string(where_text(scratch, line->where)),
    };
    sink->row(sink, cells);
}

static void
produce(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    for (uint32_t member = 0; member < payroll->batch->roster->count; member++) {
        struct arena one = scratch;
        struct member_result result = liquidate_member(&one, payroll->batch, member);
        for (size_t i = 0; i < result.count; i++) {
            struct arena row = one;
            put_line(&row, payroll, member, &result.lines[i], sink);
        }
    }
}

void
payroll_add_detail(struct arena *keep, const struct payroll *payroll,
                   struct payroll_tables *tables)
{
    struct table table = payroll_table(keep, payroll, columns, ARRAY_COUNT(columns));
    table.key = "detail";
    table.sheet = tr(payroll->language, N_("Detail"));
    table.filter = true;
    table.frozen_columns = 2;
    table.produce = produce;
    *ARRAY_PUSH(keep, tables) = table;
}
