/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a batch comes to. The rows read are counted from the facts, the states from the
 * lines: the identity between them is a check, not a definition. Where the rules have
 * envelopes, the year's earlier facts of the file are computed too, to tell what was used.
 */
#include "defray/summary.h"

#include "defray/bases.h"
#include "defray/parallel.h"
#include "defray/settlement.h"

#include "envelopes.h"
#include "minor.h"
#include "notices.h"
#include "reference.h"

#define MEMBERS_A_PART 32
#define PROGRESS_PARTS 128

struct computed {               /* of one member */
    struct member_result whole; /* since 1 January, where there are envelopes */
    struct member_result own;   /* of the period */
    struct settlement settlement;
};

struct tallying {
    struct arena *keep;
    const struct batch *batch;
    struct summary *summary;
    struct diag *diag;
    struct progress *progress;
    struct totals ARRAY_OF(struct entitlement_total) totals;
    struct envelope_uses uses;
    struct references ARRAY_OF(struct reference_year) references;
    struct flagged ARRAY_OF(struct session_use) flagged;
};

static struct entitlement_total *
total_of(struct tallying *work, struct text entitlement, int month)
{
    for (size_t i = 0; i < work->totals.count; i++) {
        struct entitlement_total *total = &work->totals.items[i];
        if (total->month == month && text_equals(total->entitlement, entitlement)) {
            return total;
        }
    }
    struct entitlement_total *total = ARRAY_PUSH(work->keep, &work->totals);
    *total = (struct entitlement_total){.entitlement = entitlement, .month = month};
    return total;
}

static bool
same_place(struct where a, struct where b)
{
    return a.input == b.input && a.line == b.line && a.column == b.column;
}

/* Counts the line under each assumption that it passed through. */
static void
cite(struct summary *summary, const struct batch *batch, const struct line *line)
{
    const struct basis *relied[LINE_BASES_MAX];
    size_t count = line_bases(batch, line, relied);
    const struct rules *rules = batch->rules;
    for (size_t i = 0; i < rules->assumption_count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (same_place(rules->assumptions[i]->where, relied[j]->where)) {
                summary->assumption_lines[i]++;
                break;
            }
        }
    }
}

/* What the line's amount rests on: a source of the rule file, or an assumption. */
static void
mark_source(struct summary *summary, const struct rules *rules, const struct line *line)
{
    const struct basis *basis = line->basis;
    if (basis == NULL || line->due.cents == 0) {
        return;
    }
    summary->assumed += basis->source == NULL;
    /* A source of a shared series is not one of the file's. */
    for (size_t i = 0; i < rules->source_count; i++) {
        if (!summary->sources_used[i]) {
            summary->sources_used[i] = source_is(basis->source, &rules->sources[i]);
        }
    }
}

/* The sessions of the period that are paid for and lie outside the authority's competence. */
static void
list_flagged(struct tallying *work)
{
    const struct batch *batch = work->batch;
    for (size_t i = 0; i < batch->log->session_count; i++) {
        const struct session *session = &batch->log->sessions[i];
        if (session->competence != COMPETENCE_YES &&
            period_contains(batch->period, session->date) &&
            rules_tariff(batch->rules, *work->keep, session->kind, session->body) !=
                NULL) {
            *ARRAY_PUSH(work->keep, &work->flagged) =
                (struct session_use){.session = session};
        }
    }
}

static void
count_flagged(struct tallying *work, const struct line *line)
{
    bool may_be = line->session != NULL && line->session->competence != COMPETENCE_YES;
    for (size_t i = 0; may_be && line->due.cents > 0 && i < work->flagged.count; i++) {
        struct session_use *use = &work->flagged.items[i];
        if (use->session == line->session) {
            use->paid++;
            use->due = money_add(use->due, line->due);
        }
    }
}

static void
count_references(struct tallying *work, const struct member_result *result)
{
    struct reference_day day;
    size_t at = 0;
    while (reference_day_next(work->batch->rules, result, &at, &day)) {
        size_t i = 0;
        while (i < work->references.count &&
               work->references.items[i].value != day.allowed) {
            i++;
        }
        if (day.allowed == NULL) {
            continue;
        }
        if (i == work->references.count) {
            *ARRAY_PUSH(work->keep, &work->references) =
                (struct reference_year){.value = day.allowed};
        }
        struct reference_year *year = &work->references.items[i];
        year->days++;
        year->above += day.above;
        if (money_compare(day.stipend, year->highest) > 0) {
            year->highest = day.stipend;
        }
    }
}

static void
sort_references(struct references *references)
{
    for (size_t i = 1; i < references->count; i++) {
        for (size_t j = i; j > 0; j--) {
            struct reference_year *a = &references->items[j - 1];
            struct reference_year *b = &references->items[j];
            if (date_compare(a->value->during.from, b->value->during.from) <= 0) {
                break;
            }
            struct reference_year kept = *a;
            *a = *b;
            *b = kept;
        }
    }
}

/* A minor is paid through a representative, and into a known account. */
static void
watch_minor(struct tallying *work, struct arena scratch, uint32_t member,
            const struct member_result *own)
{
    const struct participant *participant = &work->batch->roster->items[member];
    const struct participation *row = participant_in(participant, work->batch->period);
    struct person_total *person = &work->summary->persons[member];
    person->minor_day = DATE_NONE;
    for (size_t i = 0; i < own->count && date_is_none(person->minor_day); i++) {
        if (own->lines[i].due.cents > 0 && is_minor(participant, own->lines[i].date)) {
            person->minor_day = own->lines[i].date;
        }
    }
    if (date_is_none(person->minor_day)) {
        return;
    }
    work->summary
        ->minors++; /* the accountant asks for proof of the representative's capacity */
    person->unrepresented = row->guardian.size == 0;
    person->holder_open =
        row->bank.state != BANK_MISSING && !holder_is_settled(scratch, participant, row);
}

static void
count_undecided(struct summary *summary, const struct line *line)
{
    struct period *days = &summary->undecided_days;
    if (line->reason != REASON_NO_DECISION && line->reason != REASON_NO_EVIDENCE_GIVEN) {
        return;
    }
    bool first = summary->undecided++ == 0;
    if (first || date_compare(line->date, days->from) < 0) {
        days->from = line->date;
    }
    if (first || date_compare(line->date, days->to) > 0) {
        days->to = line->date;
    }
}

static void
count_line(struct tallying *work, const struct line *line, struct person_total *person)
{
    struct summary *summary = work->summary;
    summary->states[line->state]++;
    summary->gross = money_add(summary->gross, line->gross);
    for (int span = 0; span < SPAN_COUNT; span++) {
        summary->taken = money_add(summary->taken, line->taken[span]);
        summary->taken_by[span] = money_add(summary->taken_by[span], line->taken[span]);
    }
    summary->has_durations = summary->has_durations || line->duration != DURATION_NONE;
    summary->has_derivations = summary->has_derivations || line->derivation.size > 0;
    bool flagged = line->session != NULL && line->session->competence != COMPETENCE_YES;
    summary->has_flags = summary->has_flags || flagged;
    bool pays = line->state == LINE_DUE || line->state == LINE_CAPPED ||
                line->state == LINE_PAID_BEFORE;
    if (pays) {
        struct entitlement_total *total =
            total_of(work, line->entitlement, date_month_index(line->date));
        total->lines++;
        total->due = money_add(total->due, line->due);
    }
    if (pays && !line->is_claim && line->due.cents > 0) {
        person->sessions++;
        person->duration += line->duration == DURATION_NONE ? 0 : line->duration;
    }
    bool waits = line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED;
    person->waiting += waits;
    person->watched = person->watched || waits || line->over_soft_limit || line->clipped;
    mark_source(summary, work->batch->rules, line);
    count_flagged(work, line);
    count_undecided(summary, line);
    cite(summary, work->batch, line);
    notice_line(work->diag, work->batch, line);
}

static enum hold
hold_of(const struct batch *batch, uint32_t member)
{
    const struct participation *row =
        participant_in(&batch->roster->items[member], batch->period);
    if (row->bank.state != BANK_RIGHT) {
        return HOLD_BANK_DETAILS;
    }
    return batch->history == NULL ? HOLD_NONE : batch->history->standings[member].hold;
}

/* What the member is to be paid, and whether the payment waits. */
static void
settle(struct tallying *work, uint32_t member, const struct computed *computed)
{
    struct summary *summary = work->summary;
    struct person_total *person = &summary->persons[member];
    const struct member_result *own = &computed->own;
    struct settlement settlement = computed->settlement;
    if (work->batch->history != NULL) {
        person->receivable = work->batch->history->standings[member].receivable;
        person->receivable = money_add(person->receivable, settlement.recovery);
        person->receivable = money_subtract(person->receivable, settlement.offset);
    }
    person->lapsed = settlement.lapsed_count;
    summary->receivable = money_add(summary->receivable, person->receivable);
    summary->debtors += person->receivable.cents > 0;
    summary->offset = money_add(summary->offset, settlement.offset);
    person->total = settlement.total;
    person->adjustment = money_subtract(settlement.total, own->total);
    person->carried = settlement.carried;
    person->differences = settlement.count;
    person->untold = settlement.untold;
    summary->total = money_add(summary->total, settlement.total);
    summary->paid = money_add(summary->paid, settlement.paid);
    summary->earlier = money_add(summary->earlier, settlement.earlier);
    summary->brought = money_add(summary->brought, settlement.brought);
    summary->recovery = money_add(summary->recovery, settlement.recovery);
    summary->carried = money_add(summary->carried, settlement.carried);
    summary->differences += settlement.count;
    summary->untold += settlement.untold;
    for (size_t i = 0; i < settlement.count; i++) {
        summary->differences_earlier += settlement.items[i].earlier;
    }
    if (settlement.total.cents > 0) {
        person->hold = hold_of(work->batch, member);
        summary->payees++;
        if (person->hold != HOLD_NONE) {
            summary->payees_held++;
            summary->held = money_add(summary->held, settlement.total);
        }
    }
}

/* Touches nothing but `keep`: it runs beside others. */
static struct computed
compute_member(struct arena *keep, const struct batch *batch, uint32_t member)
{
    struct computed computed = {0};
    struct batch whole = *batch;
    if (batch->rules->envelope_count > 0) {
        date_make(date_year(batch->period.from), 1, 1, &whole.period.from);
    }
    computed.whole = liquidate_member(keep, &whole, member);
    computed.own = computed.whole;
    if (date_compare(whole.period.from, batch->period.from) != 0) {
        computed.own = liquidate_member(keep, batch, member);
    }
    computed.settlement =
        (struct settlement){.due = computed.own.total, .total = computed.own.total};
    if (batch->history != NULL) {
        computed.settlement = settle_member(keep, batch, member, &computed.own);
    }
    return computed;
}

static void
count_member(struct tallying *work, struct arena scratch, uint32_t member,
             const struct computed *computed)
{
    struct summary *summary = work->summary;
    const struct batch *batch = work->batch;
    const struct member_result *own = &computed->own;
    struct person_total *person = &summary->persons[member];
    for (size_t i = 0; i < computed->whole.count; i++) {
        envelopes_charge(work->keep, &work->uses, work->batch, &computed->whole.lines[i]);
    }
    for (size_t i = 0; i < own->count; i++) {
        count_line(work, &own->lines[i], person);
    }
    person->stipend = own->stipend;
    person->expenses = own->expenses;
    person->verdict = own->verdict;
    person->reference_days = own->reference_days;
    person->reference_day = own->reference_day;
    summary->stipend = money_add(summary->stipend, own->stipend);
    summary->expenses = money_add(summary->expenses, own->expenses);
    summary->due = money_add(summary->due, own->total);
    settle(work, member, computed);
    count_references(work, own);
    watch_minor(work, scratch, member, own);
    notice_member(work->diag, batch, member, own, person);
    notice_minor(work->diag, batch, member, person);
}

static size_t
part_end(const struct batch *batch, size_t part)
{
    size_t end = (part + 1) * MEMBERS_A_PART;
    return end < batch->roster->count ? end : batch->roster->count;
}

static void *
compute_part(void *context, size_t part, struct arena *arena)
{
    const struct batch *batch = ((struct tallying *)context)->batch;
    size_t end = part_end(batch, part);
    struct computed *computed = NEW_ARRAY(arena, struct computed, MEMBERS_A_PART);
    for (size_t member = part * MEMBERS_A_PART; member < end; member++) {
        computed[member % MEMBERS_A_PART] =
            compute_member(arena, batch, (uint32_t)member);
    }
    return computed;
}

static void
count_part(void *context, size_t part, void *made, struct arena *arena)
{
    struct tallying *work = context;
    const struct computed *computed = made;
    size_t end = part_end(work->batch, part);
    for (size_t member = part * MEMBERS_A_PART; member < end; member++) {
        count_member(work, *arena, (uint32_t)member, &computed[member % MEMBERS_A_PART]);
    }
    if (part % PROGRESS_PARTS == 0) {
        progress_tell(work->progress, N_("computing"), part * MEMBERS_A_PART,
                      work->batch->roster->count);
    }
}

/* Rows of the period, from the facts themselves. */
static size_t
rows_read(const struct batch *batch)
{
    size_t read = 0;
    for (size_t i = 0; i < batch->log->count; i++) {
        struct date date = batch->log->sessions[batch->log->items[i].session].date;
        read += period_contains(batch->period, date);
    }
    for (size_t i = 0; batch->claims != NULL && i < batch->claims->count; i++) {
        read += period_contains(batch->period, batch->claims->items[i].date);
    }
    return read;
}

static void
sort_totals(struct summary *summary)
{
    for (size_t i = 1; i < summary->total_count; i++) {
        for (size_t j = i; j > 0; j--) {
            struct entitlement_total *a = &summary->totals[j - 1];
            struct entitlement_total *b = &summary->totals[j];
            int order = text_compare(a->entitlement, b->entitlement);
            if (order < 0 || (order == 0 && a->month < b->month)) {
                break;
            }
            struct entitlement_total kept = *a;
            *a = *b;
            *b = kept;
        }
    }
}

bool
summary_holds(const struct summary *summary, struct diag *diag)
{
    return summary->holds ||
           diag_error(diag, (struct where){0}, CODE_I001,
                      "the lines do not add up to the rows read; nothing is published");
}

struct summary *
batch_summarise(struct arena *keep, const struct batch *batch, struct diag *diag,
                struct progress *progress)
{
    struct summary *summary = NEW(keep, struct summary);
    struct tallying work = {
        .keep = keep,
        .batch = batch,
        .summary = summary,
        .diag = diag,
        .progress = progress,
    };
    const struct parallel_work parts = {
        .context = &work,
        .parts = (batch->roster->count + MEMBERS_A_PART - 1) / MEMBERS_A_PART,
        .make = compute_part,
        .take = count_part,
    };
    summary->persons = NEW_ARRAY(keep, struct person_total, batch->roster->count + 1);
    summary->assumption_lines =
        NEW_ARRAY(keep, size_t, batch->rules->assumption_count + 1);
    summary->sources_used = NEW_ARRAY(keep, bool, batch->rules->source_count + 1);
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    list_flagged(&work);
    parallel_in_order(scratch, &parts);
    arena_release(scratch);
    summary->totals = work.totals.items;
    summary->total_count = work.totals.count;
    summary->envelopes = work.uses.items;
    summary->envelope_count = work.uses.count;
    sort_references(&work.references);
    summary->references = work.references.items;
    summary->reference_count = work.references.count;
    summary->flagged = work.flagged.items;
    summary->flagged_count = work.flagged.count;
    sort_totals(summary);
    envelopes_find_passing(summary);
    summary->read = rows_read(batch);
    summary->outside = batch->log->count - summary->read;
    summary->outside += batch->claims == NULL ? 0 : batch->claims->count;
    notice_batch(diag, batch, summary);
    struct money settled = money_subtract(summary->due, summary->paid);
    settled = money_add(money_add(settled, summary->earlier), summary->brought);
    settled = money_add(settled, summary->recovery);
    settled = money_subtract(settled, summary->offset);
    size_t told = 0;
    for (int state = 0; state < LINE_STATE_COUNT; state++) {
        told += summary->states[state];
    }
    summary->holds =
        told == summary->read &&
        money_compare(summary->gross, money_add(summary->due, summary->taken)) == 0 &&
        money_compare(summary->due, money_add(summary->stipend, summary->expenses)) ==
            0 &&
        money_compare(settled, money_add(summary->total, summary->carried)) == 0;
    return summary;
}
