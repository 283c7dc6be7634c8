/* SPDX-License-Identifier: Apache-2.0 */
/* What programs read: the schema defray.batch/1, which only JSON has. */
#include "defray/status.h"

#include "payroll_parts.h"

static const struct column members_columns[] = {
    {.key = "id"},       {.key = "verdict"},    {.key = "stipend"},
    {.key = "expenses"}, {.key = "adjustment"}, {.key = "total"},
};

static const struct column lines_columns[] = {
    {.key = "member"},      {.key = "session"},    {.key = "date"},
    {.key = "entitlement"}, {.key = "quantity"},   {.key = "unit"},
    {.key = "rate"},        {.key = "gross"},      {.key = "due"},
    {.key = "state"},       {.key = "reason"},     {.key = "reason_code"},
    {.key = "source"},      {.key = "assumption"}, {.key = "cap_line"},
    {.key = "cap_day"},     {.key = "cap_month"},  {.key = "cap_year"},
    {.key = "cap_mandate"}, {.key = "minutes"},    {.key = "competence"},
    {.key = "at"},
};

static const struct column statuses_columns[] = {
    {.key = "state"},      {.key = "from"},  {.key = "to"},    {.key = "checked_on"},
    {.key = "source"},     {.key = "title"}, {.key = "dated"}, {.key = "article"},
    {.key = "assumption"}, {.key = "note"},
};

static const struct column inputs_columns[] = {{.key = "path"}, {.key = "sha256"}};

static void
produce_members(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    (void)scratch;
    for (size_t i = 0; i < payroll->batch->roster->count; i++) {
        const struct person_total *person = &payroll->summary->persons[i];
        struct cell cells[] = {
            cell_text(payroll->batch->roster->items[i].id),
            cell_string(verdict_word(person->verdict)),
            cell_money(person->stipend),
            cell_money(person->expenses),
            cell_money(person->adjustment),
            cell_money(payroll_total(payroll, i)),
        };
        sink->row(sink, cells);
    }
}

/* Hour lines tell whole minutes, so that operands give the amount exactly. */
static struct cell
minutes_cell(const struct line *line)
{
    if (line->duration == DURATION_NONE || line->duration % DURATION_MINUTE != 0) {
        return cell_empty();
    }
    return cell_integer(line->duration / DURATION_MINUTE);
}

/* Only of a session outside the authority's competence: "no" or "advocacy". */
static struct cell
competence_cell(const struct line *line)
{
    bool flagged = line->session != NULL && line->session->competence != COMPETENCE_YES;
    return flagged ? cell_string(competence_word(line->session->competence))
                   : cell_empty();
}

static struct cell
cap_cell(const struct line *line, enum span span)
{
    return line->taken[span].cents > 0 ? cell_money(line->taken[span]) : cell_empty();
}

static void
put_line(struct arena *scratch, const struct payroll *payroll, uint32_t member,
         const struct line *line, struct row_sink *sink)
{
    char rate[RATIO_TEXT_MAX] = "";
    const struct basis *basis = line->basis;
    bool sourced = basis != NULL && basis->source != NULL;
    bool assumed = basis != NULL && basis->source == NULL;
    if (line->rate.den != 0) {
        ratio_text(line->rate, 2, 4, rate);
    }
    struct cell cells[] = {
        cell_text(payroll->batch->roster->items[member].id),
        cell_text(line->session_id),
        cell_date(line->date),
        cell_text(line->entitlement),
        cell_quantity(line->quantity.den == 0 ? RATIO_ZERO : line->quantity),
        cell_string(unit_word(line->unit)),
        cell_string(arena_printf(scratch, "%s", rate)),
        cell_money(line->gross),
        cell_money(line->due),
        cell_string(line_state_word(line->state)),
        cell_string(line_reason(scratch, payroll->language, line)),
        cell_string(reason_word(line->reason)),
        cell_text(sourced ? basis->source->id : STR("")),
        assumed ? cell_text(basis->assumption) : cell_empty(),
        cap_cell(line, SPAN_LINE),
        cap_cell(line, SPAN_DAY),
        cap_cell(line, SPAN_MONTH),
        cap_cell(line, SPAN_YEAR),
        cap_cell(line, SPAN_MANDATE),
        minutes_cell(line),
        competence_cell(line),
        cell_string(where_text(scratch, line->where)),
    };
    sink->row(sink, cells);
}

static void
produce_lines(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    payroll_each_line(context, keep, part, put_line, sink);
}

static struct cell
stated(struct text text)
{
    return text.size == 0 ? cell_empty() : cell_text(text);
}

/* The whole history: what it was then is for who reads it to find. */
static void
produce_statuses(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct rules *rules = payroll->batch->rules;
    (void)scratch;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        const struct basis *basis = &status->basis;
        bool sourced = basis->source != NULL;
        struct cell cells[] = {
            cell_string(scheme_state_word(status->state)),
            cell_date(status->during.from),
            cell_date(status->during.to),
            cell_date(status->checked_on),
            sourced ? cell_text(basis->source->id) : cell_empty(),
            sourced ? cell_text(basis->source->title) : cell_empty(),
            sourced ? cell_date(basis->source->date) : cell_empty(),
            stated(basis->article),
            stated(basis->assumption),
            stated(basis->note),
        };
        sink->row(sink, cells);
    }
}

static void
produce_inputs(const void *context, struct arena scratch, struct row_sink *sink)
{
    (void)scratch;
    payroll_put_inputs(context, sink);
}

struct part {
    const char *key;
    const struct column *columns;
    size_t count;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
    void (*produce_part)(const void *context, struct arena *keep, size_t part,
                         struct row_sink *sink);
};

#define COLUMNS(key) #key, key##_columns, ARRAY_COUNT(key##_columns)
static const struct part parts[] = {
    {COLUMNS(members),  produce_members,  NULL         },
    {COLUMNS(lines),    NULL,             produce_lines},
    {COLUMNS(inputs),   produce_inputs,   NULL         },
    {COLUMNS(statuses), produce_statuses, NULL         },
};
#undef COLUMNS

void
payroll_add_json(struct arena *keep, const struct payroll *payroll, struct tables *tables)
{
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        *ARRAY_PUSH(keep, tables) = (struct table){
            .key = parts[i].key,
            .columns = parts[i].columns,
            .column_count = parts[i].count,
            .audience = FOR_JSON,
            .produce = parts[i].produce,
            .parts = payroll_parts(payroll),
            .produce_part = parts[i].produce_part,
            .context = payroll,
        };
    }
}

static const char *const state_keys[LINE_STATE_COUNT] = {
    [LINE_DUE] = "totals.lines.due",
    [LINE_CAPPED] = "totals.lines.capped",
    [LINE_ZERO] = "totals.lines.zero",
    [LINE_REFUSED] = "totals.lines.refused",
    [LINE_UNDETERMINED] = "totals.lines.undetermined",
    [LINE_PAID_BEFORE] = "totals.lines.paid_before",
};

void
payroll_set_properties(struct arena *keep, const struct payroll *payroll,
                       struct document *document)
{
    const struct summary *summary = payroll->summary;
    const struct rules *rules = payroll->batch->rules;
    char hexadecimal[65] = "";
    if (rules->file != NULL) {
        digest_text(rules->file->digest, hexadecimal);
    }
    const char *sha256 = arena_printf(keep, "%s", hexadecimal);
    struct period period = payroll->batch->period;
    const struct scheme_status *now = rules_status_now(rules);
    struct cell now_word = cell_empty();
    struct cell now_since = cell_empty();
    if (now != NULL) {
        now_word = cell_string(scheme_state_word(now->state));
        now_since = cell_date(now->during.from);
    }
    struct cell then = cell_string(status_then_words(keep, rules, period));
    const struct property fixed[] = {
        {"assembly",          cell_text(rules->id),                 NULL   },
        {"period.from",       cell_date(period.from),               NULL   },
        {"period.to",         cell_date(period.to),                 NULL   },
        {"as_known_on",       cell_date(rules->known_on),           NULL   },
        {"status.in_period",  then,                                 NULL   },
        {"status.now",        now_word,                             NULL   },
        {"status.since",      now_since,                            NULL   },
        {"totals.due",        cell_money(summary->due),             "lines"},
        {"totals.lines.read", cell_integer((int64_t)summary->read), "lines"},
    };
    const struct property last[] = {
        {"version",      cell_string(payroll->version), "inputs"},
        {"rules_sha256", cell_string(sha256),           "inputs"},
    };
    size_t count = ARRAY_COUNT(fixed) + LINE_STATE_COUNT + ARRAY_COUNT(last) +
                   PAYROLL_LEDGER_PROPERTIES;
    struct property *all = NEW_ARRAY(keep, struct property, count);
    size_t filled = 0;
    for (size_t i = 0; i < ARRAY_COUNT(fixed); i++) {
        all[filled++] = fixed[i];
    }
    for (size_t i = 0; i < LINE_STATE_COUNT; i++) {
        all[filled++] = (struct property){
            state_keys[i], cell_integer((int64_t)summary->states[i]), "lines"};
    }
    filled += payroll_ledger_properties(payroll, all + filled);
    for (size_t i = 0; i < ARRAY_COUNT(last); i++) {
        all[filled++] = last[i];
    }
    document->properties = all;
    document->property_count = filled;
}
