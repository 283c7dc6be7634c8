/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One member after the other, line by line. The rows read are counted from the facts elsewhere,
 * the states from the lines here: the identity between them is a check, not a definition.
 */
#include "tallying.h"

#include "defray/arrears.h"

#include "gone.h"
#include "left.h"
#include "minor.h"
#include "notices.h"
#include "reference.h"
#include "simultaneous.h"

#include <assert.h>

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

/* Counts the line under each assumption that it passed through. */
static void
cite(struct tallying *work, const struct line *line)
{
    const struct batch *batch = work->batch;
    if (batch->rules->assumption_count == 0) {
        return;
    }
    struct grounds grounds =
        grounds_of(batch->rules, line, circumstances_of(batch, line));
    const struct cited *cited =
        citations_of(&work->citations, work->keep, batch->rules, &grounds);
    for (size_t i = 0; i < cited->count; i++) {
        work->sums.assumption_lines[cited->assumptions[i]]++;
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

static struct reference_year *
reference_of(struct tallying *work, const struct value *value)
{
    for (size_t i = 0; i < work->references.count; i++) {
        if (work->references.items[i].value == value) {
            return &work->references.items[i];
        }
    }
    struct reference_year *year = ARRAY_PUSH(work->keep, &work->references);
    *year = (struct reference_year){.value = value};
    return year;
}

static void
count_uncompared(struct summary *sums, size_t days, struct date from)
{
    if (days > 0 &&
        (sums->uncompared == 0 || date_compare(from, sums->uncompared_from) < 0)) {
        sums->uncompared_from = from;
    }
    sums->uncompared += days;
}

static void
count_references(struct tallying *work, const struct member_result *result,
                 struct person_total *person)
{
    struct reference_day day;
    size_t at = 0;
    person->reference_day = DATE_NONE;
    while (reference_day_next(work->batch->rules, result, &at, &day)) {
        if (day.allowed == NULL) {
            bool compares = work->batch->rules->proportionality.count > 0;
            count_uncompared(&work->sums, compares, day.date);
            continue;
        }
        if (day.above && person->reference_days++ == 0) {
            person->reference_day = day.date;
        }
        struct reference_year *year = reference_of(work, day.allowed);
        year->days++;
        year->above += day.above;
        if (money_compare(day.stipend, year->highest) > 0) {
            year->highest = day.stipend;
        }
    }
}

static void
count_days(size_t *count, struct period *all, size_t lines, struct period days)
{
    bool first = *count == 0;
    if (lines == 0) {
        return;
    }
    *count += lines;
    if (first || date_compare(days.from, all->from) < 0) {
        all->from = days.from;
    }
    if (first || date_compare(days.to, all->to) > 0) {
        all->to = days.to;
    }
}

static void
count_claim(struct tallying *work, uint32_t member, const struct line *line)
{
    const struct rules *rules = work->batch->rules;
    size_t category = 0;
    assert(rules->category_count > 0);
    while (line->price != &rules->categories[category].price) {
        category++;
        assert(category < rules->category_count); /* what is due has a price */
    }
    struct money *sum = &work->sums.claimed[member * rules->category_count + category];
    *sum = money_add(*sum, line->due);
}

static void
count_line(struct tallying *work, uint32_t member, const struct line *line)
{
    struct person_total *person = &work->sums.persons[member];
    struct summary *summary = &work->sums;
    summary->states[line->state]++;
    summary->gross = money_add(summary->gross, line->gross);
    for (int span = 0; span < SPAN_COUNT; span++) {
        if (line->taken[span].cents != 0) {
            summary->taken = money_add(summary->taken, line->taken[span]);
            summary->taken_by[span] =
                money_add(summary->taken_by[span], line->taken[span]);
        }
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
    if (line->is_claim && line->due.cents != 0) {
        count_claim(work, member, line);
    }
    if (pays && !line->is_claim && line->due.cents > 0) {
        person->sessions++;
        person->duration += line->duration == DURATION_NONE ? 0 : line->duration;
    }
    bool waits = line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED;
    person->waiting += waits;
    person->watched = person->watched || waits || line->over_soft_limit || line->clipped;
    cited_mark_line(summary, work->batch->rules, line, &work->marked);
    count_flagged(work, line);
    count_days(&summary->undecided, &summary->undecided_days, line_is_undecided(line),
               (struct period){line->date, line->date});
    cite(work, line);
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

/* Whether the ledger has a part in the payment, though its steps may add up to nothing. What is
 * carried over comes of one of them. */
static bool
is_adjusted(const struct settlement *settlement)
{
    size_t earlier = 0;
    for (size_t i = 0; i < settlement->count; i++) {
        earlier += settlement->items[i].earlier;
    }
    return settlement->paid.cents != 0 || earlier > 0 || settlement->brought.cents != 0 ||
           settlement->recovery.cents != 0 || settlement->offset.cents != 0;
}

/* What the batch pays of earlier days asks for vouchers as the period does; what goes down is in
 * the statement of expenses too. */
static void
count_arrears(struct tallying *work, struct person_total *person,
              const struct settlement *settlement)
{
    const struct rules *rules = work->batch->rules;
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *one = &settlement->items[i];
        size_t payable = 0;
        person->arrears = person->arrears || difference_is_of_earlier_expense(one);
        if (!difference_is_arrear(one)) {
            continue;
        }
        while (payable < rules->category_count &&
               !text_equals(rules->categories[payable].price.key, one->right.component)) {
            payable++;
        }
        work->sums.arrears[payable] = true;
    }
}

/* What the member is to be paid, and whether the payment waits. */
static void
settle(struct tallying *work, uint32_t member, const struct computed *computed)
{
    struct summary *summary = &work->sums;
    struct person_total *person = &summary->persons[member];
    const struct member_result *own = &computed->own;
    struct settlement settlement = computed->settlement;
    cited_mark_settlement(summary, work->batch->rules, &settlement);
    if (work->batch->history != NULL) {
        person->receivable = work->batch->history->standings[member].receivable;
        person->receivable = money_add(person->receivable, settlement.recovery);
        person->receivable = money_subtract(person->receivable, settlement.offset);
    }
    person->adjusted = is_adjusted(&settlement);
    left_count(work->batch->rules, summary, person, &settlement);
    gone_count(work->batch, member, &summary->gone, &settlement);
    gone_count_moved(member, &summary->moved, &settlement);
    summary->receivable = money_add(summary->receivable, person->receivable);
    summary->debtors += person->receivable.cents > 0;
    summary->offset = money_add(summary->offset, settlement.offset);
    person->total = settlement.total;
    person->adjustment = money_subtract(settlement.total, own->total);
    person->carried = settlement.carried;
    person->untold = (uint32_t)settlement.untold;
    summary->total = money_add(summary->total, settlement.total);
    summary->paid = money_add(summary->paid, settlement.paid);
    summary->earlier = money_add(summary->earlier, settlement.earlier);
    summary->brought = money_add(summary->brought, settlement.brought);
    summary->owed_before =
        money_add(summary->owed_before, settlement_owed_before(&settlement));
    summary->recovery = money_add(summary->recovery, settlement.recovery);
    summary->recoveries += settlement.recovery.cents != 0;
    summary->carried = money_add(summary->carried, settlement.carried);
    summary->differences += settlement.count;
    count_arrears(work, person, &settlement);
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

void
tallying_count(struct tallying *work, struct arena scratch, uint32_t member,
               const struct computed *computed)
{
    struct summary *summary = &work->sums;
    const struct member_result *own = &computed->own;
    struct person_total *person = &summary->persons[member];
    size_t categories = work->batch->rules->category_count;
    *person = (struct person_total){0};
    for (size_t i = 0; i < categories && summary->claimed != NULL; i++) {
        summary->claimed[member * categories + i] = (struct money){0};
    }
    for (size_t i = 0; i < computed->whole.count; i++) {
        envelopes_charge(work->keep, &work->uses, work->batch, &computed->whole.lines[i]);
    }
    envelopes_charge_paid(work->keep, &work->uses, work->batch, member, &computed->whole);
    for (size_t i = 0; i < own->count; i++) {
        count_line(work, member, &own->lines[i]);
    }
    struct period before;
    size_t undecided = openings_undecided(work->batch, own, &before);
    count_days(&summary->undecided_before, &summary->undecided_before_days, undecided,
               before);
    person->stipend = own->stipend;
    person->expenses = own->expenses;
    person->verdict = own->verdict;
    person->simultaneous = simultaneous_any(work->batch, own);
    summary->stipend = money_add(summary->stipend, own->stipend);
    summary->expenses = money_add(summary->expenses, own->expenses);
    summary->due = money_add(summary->due, own->total);
    settle(work, member, computed);
    count_references(work, own, person);
    summary->minors += minor_watch(scratch, work->batch, member, computed, person);
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

static struct tallying
start_of(struct arena *keep, const struct batch *batch)
{
    const struct rules *rules = batch->rules;
    struct tallying work = {.keep = keep, .batch = batch};
    work.sums.assumption_lines = NEW_ARRAY(keep, size_t, rules->assumption_count + 1);
    work.sums.barred = NEW_ARRAY(keep, struct left_rights, rules->status_count + 1);
    work.sums.arrears = NEW_ARRAY(keep, bool, rules->category_count + 1);
    work.sums.sources_used = NEW_ARRAY(keep, bool, summary_source_count(rules) + 1);
    return work;
}

struct tallying
tallying_new(struct arena *keep, const struct batch *batch)
{
    size_t members = batch->roster->count;
    struct tallying work = start_of(keep, batch);
    /* What is a member's begins as nothing when the member is counted. */
    work.sums.persons = arena_room(keep, (members + 1) * sizeof *work.sums.persons);
    if (batch->claims != NULL) {
        size_t sums = members * batch->rules->category_count;
        work.sums.claimed = arena_room(keep, (sums + 1) * sizeof *work.sums.claimed);
    }
    list_flagged(&work);
    return work;
}

struct tallying
tallying_part(struct arena *keep, const struct tallying *whole)
{
    struct tallying part = start_of(keep, whole->batch);
    part.sums.persons = whole->sums.persons;
    part.sums.claimed = whole->sums.claimed;
    for (size_t i = 0; i < whole->flagged.count; i++) {
        *ARRAY_PUSH(keep, &part.flagged) =
            (struct session_use){.session = whole->flagged.items[i].session};
    }
    return part;
}

static void
add_totals(struct tallying *work, const struct tallying *part)
{
    for (size_t i = 0; i < part->totals.count; i++) {
        const struct entitlement_total *counted = &part->totals.items[i];
        struct entitlement_total *total =
            total_of(work, counted->entitlement, counted->month);
        total->lines += counted->lines;
        total->due = money_add(total->due, counted->due);
    }
}

static void
add_references(struct tallying *work, const struct tallying *part)
{
    for (size_t i = 0; i < part->references.count; i++) {
        const struct reference_year *counted = &part->references.items[i];
        struct reference_year *year = reference_of(work, counted->value);
        year->days += counted->days;
        year->above += counted->above;
        if (money_compare(counted->highest, year->highest) > 0) {
            year->highest = counted->highest;
        }
    }
}

static void
add_flagged(struct tallying *work, const struct tallying *part)
{
    for (size_t i = 0; i < work->flagged.count; i++) {
        struct session_use *use = &work->flagged.items[i];
        use->paid += part->flagged.items[i].paid;
        use->due = money_add(use->due, part->flagged.items[i].due);
    }
}

static void
add_bases(struct summary *sums, const struct rules *rules, const struct summary *part)
{
    for (size_t i = 0; i < rules->status_count; i++) {
        left_add(&sums->barred[i], &part->barred[i]);
    }
    for (size_t i = 0; i <= rules->category_count; i++) {
        sums->arrears[i] = sums->arrears[i] || part->arrears[i];
    }
    for (size_t i = 0; i < summary_source_count(rules); i++) {
        sums->sources_used[i] = sums->sources_used[i] || part->sources_used[i];
    }
    for (size_t i = 0; i < rules->assumption_count; i++) {
        sums->assumption_lines[i] += part->assumption_lines[i];
    }
    sums->assumed += part->assumed;
}

static void
add_counts(struct summary *sums, const struct summary *part)
{
    for (int state = 0; state < LINE_STATE_COUNT; state++) {
        sums->states[state] += part->states[state];
    }
    left_add(&sums->open, &part->open);
    left_add(&sums->refused, &part->refused);
    gone_add(&sums->gone, &part->gone);
    gone_add(&sums->moved, &part->moved);
    left_add(&sums->uncounted, &part->uncounted);
    sums->debtors += part->debtors;
    sums->recoveries += part->recoveries;
    sums->differences += part->differences;
    sums->differences_earlier += part->differences_earlier;
    sums->untold += part->untold;
    sums->payees += part->payees;
    sums->payees_held += part->payees_held;
    sums->minors += part->minors;
    sums->has_durations = sums->has_durations || part->has_durations;
    sums->has_derivations = sums->has_derivations || part->has_derivations;
    sums->has_flags = sums->has_flags || part->has_flags;
}

static void
add_money(struct money *sum, struct money more)
{
    *sum = money_add(*sum, more);
}

static void
add_sums(struct summary *sums, const struct summary *part)
{
    add_money(&sums->due, part->due);
    add_money(&sums->stipend, part->stipend);
    add_money(&sums->expenses, part->expenses);
    add_money(&sums->gross, part->gross);
    add_money(&sums->taken, part->taken);
    for (int span = 0; span < SPAN_COUNT; span++) {
        add_money(&sums->taken_by[span], part->taken_by[span]);
    }
    add_money(&sums->total, part->total);
    add_money(&sums->paid, part->paid);
    add_money(&sums->earlier, part->earlier);
    add_money(&sums->brought, part->brought);
    add_money(&sums->owed_before, part->owed_before);
    add_money(&sums->recovery, part->recovery);
    add_money(&sums->offset, part->offset);
    add_money(&sums->carried, part->carried);
    add_money(&sums->receivable, part->receivable);
    add_money(&sums->held, part->held);
}

void
tallying_add(struct tallying *work, const struct tallying *part)
{
    add_sums(&work->sums, &part->sums);
    add_counts(&work->sums, &part->sums);
    count_days(&work->sums.undecided, &work->sums.undecided_days, part->sums.undecided,
               part->sums.undecided_days);
    count_days(&work->sums.undecided_before, &work->sums.undecided_before_days,
               part->sums.undecided_before, part->sums.undecided_before_days);
    add_bases(&work->sums, work->batch->rules, &part->sums);
    add_totals(work, part);
    add_references(work, part);
    count_uncompared(&work->sums, part->sums.uncompared, part->sums.uncompared_from);
    add_flagged(work, part);
    envelopes_add(work->keep, &work->uses, &part->uses);
}
