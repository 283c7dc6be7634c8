/* SPDX-License-Identifier: Apache-2.0 */
/*
 * À traiter: all that waits for a person, each with what would settle it. Of the means
 * test it says only that a decision is negative, or what is missing for one.
 */
#include "payroll_parts.h"

#define LONG_ROWS 2000 /* past this it is read on a screen, and must be written fast */

static const struct column columns[] = {
    {"what",    N_("What"),                 CELL_TEXT, 26, false, 0, 0},
    {"member",  N_("Id"),                   CELL_TEXT, 12, false, 0, 0},
    {"name",    N_("Name"),                 CELL_TEXT, 24, false, 0, 0},
    {"date",    N_("Date"),                 CELL_DATE, 12, false, 0, 0},
    {"session", N_("Session"),              CELL_TEXT, 12, false, 0, 0},
    {"state",   N_("State"),                CELL_TEXT, 14, false, 0, 0},
    {"reason",  N_("Reason"),               CELL_TEXT, 48, false, 0, 0},
    {"settles", N_("What would settle it"), CELL_TEXT, 44, false, 0, 0},
    {"at",      N_("Read at"),              CELL_TEXT, 26, false, 0, 0},
};

struct matter { /* one row */
    const char *what;
    const struct participant *participant; /* may be NULL */
    struct date date;
    struct text session;
    const char *state;
    const char *reason;
    const char *settles;
    const char *at;
};

static void
put(struct arena *scratch, const struct matter *matter, struct row_sink *sink)
{
    const struct participant *participant = matter->participant;
    struct cell cells[] = {
        cell_string(matter->what),
        participant == NULL ? cell_empty() : cell_text(participant->id),
        participant == NULL ? cell_empty()
                            : cell_string(shown_name(scratch, participant)),
        cell_date(matter->date),
        cell_text(matter->session),
        cell_string(matter->state),
        cell_string(matter->reason),
        cell_string(matter->settles),
        cell_string(matter->at),
    };
    sink->row(sink, cells);
}

/* The reasons that come from the means test, in words that tell a decision and no more: the same
 * as with each presence, and who owes what. */
static const char *const means_reasons[REASON_COUNT] = {
    [REASON_NOT_ELIGIBLE] = N_("decision: not eligible"),
    [REASON_NO_FIGURE] = N_("decision: evidence missing"),
    [REASON_FIGURE_TOO_OLD] = N_("decision: evidence too old"),
    [REASON_METHOD_NOT_ACCEPTED] = N_("decision: method of the evidence not accepted"),
    [REASON_NO_EVIDENCE_GIVEN] = N_("decision: none was given"),
    [REASON_NO_DECISION] = N_("decision: none covers that day"),
    [REASON_DECISION_UNDETERMINED] = N_("decision: still undetermined"),
};

static void
put_line(struct arena *scratch, const struct payroll *payroll, uint32_t member,
         const struct line *line, struct row_sink *sink)
{
    enum language language = payroll->language;
    bool waits = line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED;
    if (!waits && !line->over_soft_limit && !line->clipped) {
        return; /* nothing waits */
    }
    struct matter matter = {
        .what = text_string(scratch, payroll_entitlement(payroll, line)),
        .participant = &payroll->batch->roster->items[member],
        .date = line->date,
        .session = line->session_id,
        .state = line_state_label(language, line->state),
        .settles = line_settles(language, line),
        .at = where_text(scratch, line->where),
    };
    if (waits) {
        const char *words = means_reasons[line->reason];
        matter.reason =
            words != NULL ? tr(language, words) : line_reason(scratch, language, line);
        put(scratch, &matter, sink);
    }
    matter.settles =
        tr(language, N_("look at it; nothing has to be done if it is right"));
    if (line->over_soft_limit) {
        matter.reason = tr(language, N_("above the indicative limit; paid all the same"));
        put(scratch, &matter, sink);
    }
    if (line->clipped) {
        matter.reason =
            line->reason == REASON_NO_MINUTE_INSIDE
                ? tr(language, N_("wholly outside the session; not counted"))
                : tr(language,
                     N_("partly outside the session; counted within its times"));
        put(scratch, &matter, sink);
    }
}

static const char *
above_reference(struct arena *keep, const struct payroll *payroll)
{
    enum language language = payroll->language;
    struct text series = label_in(&payroll->batch->rules->reference_label, language);
    if (series.size == 0) {
        return tr(language,
                  N_("the day's stipend passes the jurors' indemnity of the year"));
    }
    return arena_printf(
        keep, tr(language, N_("the day's stipend passes the figure of reference: %.*s")),
        TEXT_ARG(series));
}

static const char *
held_words(struct arena *scratch, enum language language, enum bank_state state,
           const char *amount)
{
    switch (state) {
    case BANK_MISSING:
        return arena_printf(scratch, tr(language, N_("%s due, no bank details")), amount);
    case BANK_WRONG_NAME:
        return arena_printf(
            scratch, tr(language, N_("%s due, no bank takes the letters of the name")),
            amount);
    case BANK_WRONG:
    case BANK_WRONG_BIC:
    case BANK_RIGHT: break;
    }
    return arena_printf(scratch, tr(language, N_("%s due, the IBAN or BIC is wrong")),
                        amount);
}

static void
put_held(struct arena *scratch, const struct payroll *payroll, uint32_t member,
         struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct participation *row = payroll_row(payroll, member);
    const char *amount = shown_amount(scratch, language, payroll_total(payroll, member));
    struct matter matter = {
        .what = tr(language, N_("Payment held")),
        .participant = &payroll->batch->roster->items[member],
        .date = DATE_NONE,
        .session = STR(""),
        .state = tr(language, N_("held")),
        .reason = held_words(scratch, language, row->bank.state, amount),
        .settles = tr(language, N_("the bank details in the members' table")),
        .at = where_text(scratch, row->where),
    };
    enum hold hold = payroll->summary->persons[member].hold;
    if (hold != HOLD_BANK_DETAILS) {
        matter.reason = arena_printf(scratch, "%s%s%s", amount, tr(language, ": "),
                                     hold_label(language, hold));
        matter.settles = tr(language, N_("a second person confirms the account number"));
    }
    put(scratch, &matter, sink);
}

static void
put_minor(struct arena *scratch, const struct payroll *payroll, uint32_t member,
          enum code code, struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct code_page *page = code_page(code);
    const struct participation *row = payroll_row(payroll, member);
    struct matter matter = {
        .what = tr(language, N_("Minor")),
        .participant = &payroll->batch->roster->items[member],
        .date = payroll->summary->persons[member].minor_day,
        .session = STR(""),
        .state = tr(language, N_("warning")),
        .reason = tr(language, page->title),
        .settles = tr(language, page->remedy),
        .at = where_text(scratch, row->where),
    };
    put(scratch, &matter, sink);
}

static void
put_person(struct arena *scratch, const struct payroll *payroll, uint32_t member,
           struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct person_total *person = &payroll->summary->persons[member];
    if (payroll_is_held(payroll, member)) {
        put_held(scratch, payroll, member, sink);
    }
    if (person->unrepresented) {
        put_minor(scratch, payroll, member, CODE_L012, sink);
    }
    if (person->holder_open) {
        put_minor(scratch, payroll, member, CODE_L011, sink);
    }
    if (person->reference_days > 0) {
        struct matter matter = {
            .what = tr(language, N_("Proportionality")),
            .participant = &payroll->batch->roster->items[member],
            .date = person->reference_day,
            .session = STR(""),
            .state = tr(language, N_("warning")),
            .reason = above_reference(scratch, payroll),
            .settles =
                tr(language, N_("confirm that the rate is meant; it is paid as it is")),
            .at = "",
        };
        put(scratch, &matter, sink);
    }
}

static const char *
envelope_reason(struct arena *keep, enum language language,
                const struct envelope_use *use, struct money used)
{
    const char *spent = shown_amount(keep, language, used);
    const char *limit = shown_amount(keep, language, use->limit);
    return use->warning.cents == 0
               ? arena_printf(keep,
                              tr(language, N_("%s used, limit %s; paid all the same")),
                              spent, limit)
               : arena_printf(
                     keep,
                     tr(language,
                        N_("%s used, warning at %s, limit %s; paid all the same")),
                     spent, shown_amount(keep, language, use->warning), limit);
}

static void
put_envelope(struct arena *scratch, const struct payroll *payroll,
             const struct envelope_use *use, struct row_sink *sink)
{
    enum language language = payroll->language;
    struct money used = money_add(use->before, use->now);
    bool passed = use->limit.cents > 0 && money_compare(used, use->limit) > 0;
    bool warned = use->warning.cents > 0 && money_compare(used, use->warning) >= 0;
    if (!passed && !warned) {
        return;
    }
    struct text name = label_in(&use->envelope->label, language);
    struct matter matter = {
        .what =
            arena_printf(scratch, tr(language, N_("Envelope %.*s, %d")),
                         TEXT_ARG(name.size > 0 ? name : use->envelope->name), use->year),
        .date = passed ? use->passed_on : DATE_NONE,
        .session = STR(""),
        .state = tr(language, passed ? N_("passed") : N_("warning")),
        .reason = envelope_reason(scratch, language, use, used),
        .settles = tr(language, N_("a decision on the budget")),
        .at = "",
    };
    put(scratch, &matter, sink);
}

/* A session on a subject outside the authority's competence: what rests on it. */
static void
put_flagged(struct arena *scratch, const struct payroll *payroll,
            const struct session_use *use, struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct session *session = use->session;
    bool advocacy = session->competence == COMPETENCE_ADVOCACY;
    const char *flag =
        advocacy
            ? N_("advocacy, on a subject where the authority can only ask others to act")
            : N_("a subject outside the authority's competence");
    struct matter matter = {
        .what = tr(language, advocacy ? N_("Session of advocacy")
                                      : N_("Session outside competence")),
        .date = session->date,
        .session = session->id,
        .state = tr(language, N_("warning")),
        .reason = arena_printf(scratch, tr(language, N_("%s; presences paid: %zu, %s")),
                               tr(language, flag), use->paid,
                               shown_amount(scratch, language, use->due)),
        .settles = tr(language, code_page(CODE_L009)->remedy),
        .at = where_text(scratch, session->where),
    };
    put(scratch, &matter, sink);
}

/* What the rows above tell already, with the member and the day; and what is found only as one
 * of the outputs is written, which is not for the others to tell. */
static const enum code told_above[] = {
    CODE_L001, CODE_L002, CODE_L003, CODE_L004, CODE_L006,
    CODE_L007, CODE_L009, CODE_L011, CODE_L012, CODE_W010,
};

static bool
is_told_above(enum code code)
{
    for (size_t i = 0; i < ARRAY_COUNT(told_above); i++) {
        if (told_above[i] == code) {
            return true;
        }
    }
    return false;
}

static void
put_warnings(struct arena *keep, const struct payroll *payroll, struct row_sink *sink)
{
    size_t count = 0;
    const struct diagnostic *filed =
        payroll->diag == NULL ? NULL : diag_sorted_into(payroll->diag, keep, &count);
    for (size_t i = 0; i < count; i++) {
        const struct code_page *page = code_page(filed[i].code);
        if (page->severity != SEVERITY_WARNING || is_told_above(filed[i].code)) {
            continue;
        }
        struct matter matter = {
            .what = arena_printf(keep, "%s [%s]", tr(payroll->language, page->title),
                                 page->id),
            .date = DATE_NONE,
            .session = STR(""),
            .state = tr(payroll->language, N_("warning")),
            /* The message itself is in the reader's language; a document has one of its own. */
            .reason = tr(payroll->language, page->meaning),
            .settles = tr(payroll->language, page->remedy),
            .at = shown_place(keep, payroll->batch->rules, filed[i].where),
        };
        put(keep, &matter, sink);
    }
}

/* The members of a part; after them, in a part of its own, what concerns no member. */
static void
produce_part(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    const struct summary *summary = payroll->summary;
    if (part == payroll_parts(payroll)) {
        for (size_t i = 0; i < summary->flagged_count; i++) {
            put_flagged(keep, payroll, &summary->flagged[i], sink);
        }
        for (size_t i = 0; i < summary->envelope_count; i++) {
            put_envelope(keep, payroll, &summary->envelopes[i], sink);
        }
        put_warnings(keep, payroll, sink);
        return;
    }
    struct members members = payroll_part(payroll, part);
    for (uint32_t member = members.first; member < members.end; member++) {
        put_person(keep, payroll, member, sink);
        if (!summary->persons[member].watched) {
            continue; /* no line has anything to be looked at */
        }
        struct member_result result = liquidate_member(keep, payroll->batch, member);
        for (size_t i = 0; i < result.count; i++) {
            put_line(keep, payroll, member, &result.lines[i], sink);
        }
    }
}

void
payroll_add_waiting(struct arena *keep, const struct payroll *payroll,
                    struct tables *tables)
{
    struct table table = payroll_table(keep, payroll, columns, ARRAY_COUNT(columns));
    const struct summary *summary = payroll->summary;
    struct notes head = {0};
    payroll_note_head(keep, payroll, &head);
    table.key = "waiting";
    table.audience |= FOR_PAGE;
    table.sheet = tr(payroll->language, N_("To settle"));
    table.title = table.sheet;
    table.before = head.items;
    table.before_count = head.count;
    table.filter = true;
    table.list = summary->states[LINE_REFUSED] + summary->states[LINE_UNDETERMINED] +
                     summary->payees_held >
                 LONG_ROWS;
    table.parts = payroll_parts(payroll) + 1;
    table.produce_part = produce_part;
    *ARRAY_PUSH(keep, tables) = table;
}
