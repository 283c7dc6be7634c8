/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where counts begin. Ceilings, bands and flat amounts of a year or a mandate go by what came
 * before; tables that begin with the period, and no ledger, show none of it, and what is due may
 * be too much. That is said once, of the counts that something due rests on.
 */
#include "notices.h"

/* The first day of the interval of the life in which the period starts, or that of the period. */
static struct date
start_of_mandate(const struct batch *batch)
{
    const struct rules *rules = batch->rules;
    for (size_t i = 0; i < rules->life_count; i++) {
        if (period_contains(rules->lives[i].during, batch->period.from)) {
            return rules->lives[i].during.from;
        }
    }
    return batch->period.from;
}

/* A flat amount falls on the first presence of a mandate; a log that starts later than the
 * mandate does not show who had it already. */
static void
flat_amount(struct diag *diag, const struct batch *batch, const struct summary *summary)
{
    const struct log *log = batch->log;
    struct period before = {start_of_mandate(batch),
                            date_add_days(batch->period.from, -1)};
    bool flat = false;
    for (size_t i = 0; i < batch->rules->stipend.tariff_count; i++) {
        flat = flat || batch->rules->stipend.tariffs[i].price.unit == UNIT_MANDATE;
    }
    if (!flat || summary->stipend.cents == 0 ||
        date_compare(before.from, before.to) > 0) {
        return;
    }
    for (size_t i = 0; i < log->count; i++) {
        if (period_contains(before, log->sessions[log->items[i].session].date)) {
            return;
        }
    }
    char from[DATE_TEXT_MAX];
    diag_warning(diag, (struct where){.input = log->files[0]}, CODE_L013,
                 "the flat amount of the mandate is due, and no attendance since %s was "
                 "given",
                 date_text(before.from, from));
}

/* The longest span over which the entitlement counts what came before. */
static enum span
counts_over(const struct entitlement *price)
{
    enum span longest = price->scale.count > 0 ? SPAN_YEAR : SPAN_LINE;
    for (size_t i = 0; i < price->cap_count; i++) {
        enum span span = price->caps[i].soft ? SPAN_LINE : price->caps[i].span;
        longest = span > longest ? span : longest;
    }
    return longest;
}

/* The same of the stipend, whose tariffs share its ceilings. */
static enum span
stipend_counts_over(const struct rules *rules)
{
    enum span longest = SPAN_LINE;
    for (size_t i = 0; i < rules->stipend.cap_count; i++) {
        const struct cap *cap = &rules->stipend.caps[i];
        longest = !cap->soft && cap->span > longest ? cap->span : longest;
    }
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        enum span span = counts_over(&rules->stipend.tariffs[i].price);
        longest = span > longest ? span : longest;
    }
    return longest;
}

/* Whether something of the category is due, by anybody's claim. */
static bool
is_due(const struct batch *batch, const struct summary *summary, size_t category)
{
    size_t categories = batch->rules->category_count;
    for (size_t m = 0; summary->claimed != NULL && m < batch->roster->count; m++) {
        if (summary->claimed[m * categories + category].cents > 0) {
            return true;
        }
    }
    return false;
}

/* What is stated as counted before: kilometres by the member, hours by the authority. */
static bool
is_stated(const struct batch *batch, const struct category *category)
{
    for (size_t m = 0; category->price.scale.count > 0 && m < batch->roster->count; m++) {
        const struct participation *row =
            participant_in(&batch->roster->items[m], batch->period);
        if (row->km_before.num != 0) {
            return true;
        }
    }
    return false;
}

static bool
has_presence_in(const struct log *log, struct period days)
{
    for (size_t i = 0; i < log->count; i++) {
        if (period_contains(days, log->sessions[log->items[i].session].date)) {
            return true;
        }
    }
    return false;
}

static bool
has_claim_in(const struct claims *claims, struct period days)
{
    for (size_t i = 0; i < claims->count; i++) {
        if (period_contains(days, claims->items[i].date)) {
            return true;
        }
    }
    return false;
}

static struct date
start_of_span(const struct batch *batch, enum span span)
{
    struct date first = batch->period.from;
    struct date mandate = start_of_mandate(batch);
    int year = date_year(first);
    if (span == SPAN_MANDATE) {
        return mandate;
    }
    (void)date_make(year, span == SPAN_YEAR ? 1 : date_month(first), 1, &first);
    return date_compare(first, mandate) < 0 ? mandate : first;
}

/* The days of the span before the period; false if there are none. */
static bool
days_before(const struct batch *batch, enum span span, struct period *before)
{
    before->from = start_of_span(batch, span);
    before->to = date_add_days(batch->period.from, -1);
    return span > SPAN_DAY && date_compare(before->from, before->to) <= 0;
}

static void
tell(struct diag *diag, struct where sheet, struct period before)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    diag_warning(
        diag, sheet, CODE_L026,
        "what the rules count from %s on begins at nothing: no table has a day up "
        "to %s",
        date_text(before.from, from), date_text(before.to, to));
}

static void
stipend_begins(struct diag *diag, const struct batch *batch,
               const struct summary *summary)
{
    const struct log *log = batch->log;
    struct period before;
    if (summary->stipend.cents > 0 &&
        days_before(batch, stipend_counts_over(batch->rules), &before) &&
        !has_presence_in(log, before)) {
        tell(diag, (struct where){.input = log->files[0]}, before);
    }
}

static void
expenses_begin(struct diag *diag, const struct batch *batch,
               const struct summary *summary)
{
    const struct rules *rules = batch->rules;
    enum span longest = SPAN_LINE;
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct category *category = &rules->categories[i];
        enum span span = counts_over(&category->price);
        if (span > longest && is_due(batch, summary, i) && !is_stated(batch, category)) {
            longest = span;
        }
    }
    struct period before;
    if (days_before(batch, longest, &before) && !has_claim_in(batch->claims, before)) {
        tell(diag, (struct where){.input = batch->claims->items[0].where.input}, before);
    }
}

void
notice_openings(struct diag *diag, const struct batch *batch,
                const struct summary *summary)
{
    flat_amount(diag, batch, summary);
    if (batch->history == NULL) {
        stipend_begins(diag, batch, summary);
        expenses_begin(diag, batch, summary);
    }
}
