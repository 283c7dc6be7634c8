/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a batch comes to: members are computed and counted in parts, one beside the other. Where
 * the rules have envelopes, the year's earlier facts of the file are computed too, to tell what
 * was used; what the ledger paid beside them is added.
 */
#include "defray/summary.h"

#include "defray/parallel.h"

#include "displaced.h"
#include "elsewhere.h"
#include "notices.h"
#include "simultaneous.h"
#include "tallying.h"

#define MEMBERS_A_PART 32
#define PROGRESS_PARTS 128

struct summing {
    struct tallying *tallying;
    struct diag *diag; /* may be NULL */
    struct progress *progress;
    struct simultaneous simultaneous;
};

/* Some of the members, beside others. */
struct part {
    struct computed computed[MEMBERS_A_PART];
    struct tallying tallying;
};

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

static size_t
part_end(const struct batch *batch, size_t index)
{
    size_t end = (index + 1) * MEMBERS_A_PART;
    return end < batch->roster->count ? end : batch->roster->count;
}

static void *
make_part(void *context, size_t index, struct arena *arena)
{
    const struct tallying *whole = ((struct summing *)context)->tallying;
    struct part *part = arena_room(arena, sizeof *part);
    struct arena lists = arena_share(arena, 2);
    size_t end = part_end(whole->batch, index);
    part->tallying = tallying_part(&lists, whole);
    for (size_t member = index * MEMBERS_A_PART; member < end; member++) {
        struct computed *computed = &part->computed[member % MEMBERS_A_PART];
        *computed = compute_member(arena, whole->batch, (uint32_t)member);
        tallying_count(&part->tallying, *arena, (uint32_t)member, computed);
    }
    return part;
}

/* What a person is told of a member: mostly nothing. */
static void
notice(struct summing *work, uint32_t member, const struct computed *computed)
{
    const struct member_result *own = &computed->own;
    const struct batch *batch = work->tallying->batch;
    const struct person_total *person = &work->tallying->sums.persons[member];
    for (size_t i = 0; i < own->count && person->watched; i++) {
        notice_line(work->diag, &own->lines[i]);
    }
    notice_member(work->diag, batch, member, person);
    notice_minor(work->diag, batch, member, person);
    elsewhere_notice(work->diag, batch, member, computed);
    if (person->simultaneous) {
        simultaneous_add(work->tallying->keep, &work->simultaneous, batch, member, own);
    }
    displaced_notice(work->diag, batch, member, computed);
}

static void
take_part(void *context, size_t index, void *made, struct arena *arena)
{
    (void)arena;
    struct summing *work = context;
    const struct part *part = made;
    const struct batch *batch = work->tallying->batch;
    size_t end = part_end(batch, index);
    tallying_add(work->tallying, &part->tallying);
    for (size_t member = index * MEMBERS_A_PART; member < end && work->diag != NULL;
         member++) {
        notice(work, (uint32_t)member, &part->computed[member % MEMBERS_A_PART]);
    }
    if (index % PROGRESS_PARTS == 0) {
        progress_tell(work->progress, N_("computing"), index * MEMBERS_A_PART,
                      batch->roster->count);
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

bool
summary_waits(const struct summary *summary)
{
    return summary->states[LINE_REFUSED] + summary->states[LINE_UNDETERMINED] +
               summary->open.count + summary->refused.count >
           0;
}

struct summary *
batch_summarise(struct arena *keep, const struct batch *batch, struct diag *diag,
                struct progress *progress)
{
    struct summary *summary = NEW(keep, struct summary);
    struct tallying all = tallying_new(keep, batch);
    struct summing work = {.tallying = &all, .diag = diag, .progress = progress};
    const struct parallel_work parts = {
        .context = &work,
        .parts = (batch->roster->count + MEMBERS_A_PART - 1) / MEMBERS_A_PART,
        .make = make_part,
        .take = take_part,
    };
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    parallel_in_order(scratch, &parts);
    envelopes_charge_paid(keep, &all.uses, batch, UINT32_MAX, NULL);
    receipts_notice(scratch, diag, batch);
    notice_kept_seats(scratch, diag, batch);
    notice_half_days(scratch, diag, batch);
    simultaneous_tell(diag, batch, &work.simultaneous);
    arena_release(scratch);
    *summary = all.sums;
    if (batch->history != NULL) {
        const struct history *history = batch->history;
        summary->receivable = money_add(summary->receivable, history->absent_receivable);
        summary->debtors += history->absent_debtors;
    }
    summary->totals = all.totals.items;
    summary->total_count = all.totals.count;
    summary->envelopes = all.uses.items;
    summary->envelope_count = all.uses.count;
    sort_references(&all.references);
    summary->references = all.references.items;
    summary->reference_count = all.references.count;
    summary->flagged = all.flagged.items;
    summary->flagged_count = all.flagged.count;
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
