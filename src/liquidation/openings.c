/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where counts begin. Ceilings, bands, envelopes and flat amounts of a year or a mandate go by
 * what came before; tables that begin with the period, and a ledger that has paid nothing before
 * it, show none of it, and what is due may be too much. That is said once, of the counts that
 * something due rests on.
 */
#include "defray/decisions.h"
#include "defray/kilometres.h"

#include "envelopes.h"
#include "notices.h"

/* The first day of the mandate in which the period starts, or that of the period. */
static struct date
start_of_mandate(const struct batch *batch)
{
    struct date first = rules_mandate(batch->rules, batch->period.from);
    return date_is_none(first) ? batch->period.from : first;
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
        longest = cap->soft ? longest : cap->span; /* they are in the order of spans */
    }
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        enum span span = counts_over(&rules->stipend.tariffs[i].price);
        longest = span > longest ? span : longest;
    }
    return longest;
}

/* Whether what the member has driven before is stated, where the category goes by it. */
static bool
is_stated(const struct batch *batch, const struct category *category, size_t member)
{
    int year = date_year(batch->period.from);
    struct ratio before;
    return category->price.scale.count > 0 &&
           kilometres_before(&batch->roster->items[member], year, year, &before) &&
           before.num != 0;
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

/* Whether the ledger has paid anything for these days. */
static bool
has_paid_in(const struct history *history, size_t members, struct period days)
{
    for (size_t i = 0; i < history->elsewhere_count; i++) {
        if (period_contains(days, history->elsewhere[i].right.day)) {
            return true;
        }
    }
    for (size_t i = 0; i < history->first[members]; i++) {
        const struct paid_right *paid = &history->items[i];
        if (paid->amount.cents > 0 && period_contains(days, paid->right.day)) {
            return true;
        }
    }
    return false;
}

/* Of counts over a span of which no table shows a day before the period. */
static void
tell(struct diag *diag, const struct batch *batch, struct where sheet,
     struct period before)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    date_text(before.from, from);
    date_text(before.to, to);
    if (batch->history == NULL) {
        diag_warning(
            diag, sheet, CODE_L026,
            "what the rules count from %s on begins at nothing: no table has a day up "
            "to %s",
            from, to);
    } else if (!has_paid_in(batch->history, batch->roster->count, before)) {
        diag_warning(
            diag, sheet, CODE_L026,
            "what the rules count from %s on begins at nothing: no table has a day up "
            "to %s, and the ledger has paid nothing for these days",
            from, to);
    }
}

/* The days before the period by which its stipend goes. */
static bool
stipend_goes_by(const struct batch *batch, struct period *before)
{
    const struct stipend *stipend = &batch->rules->stipend;
    enum span longest = stipend_counts_over(batch->rules);
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        bool flat = stipend->tariffs[i].price.unit == UNIT_MANDATE;
        longest = flat ? SPAN_MANDATE : longest;
    }
    return days_before(batch, longest, before);
}

bool
line_is_undecided(const struct line *line)
{
    return line->reason == REASON_NO_DECISION || line->reason == REASON_NO_EVIDENCE_GIVEN;
}

/* What the run settles is told beside it; what the ledger paid later on, it holds against it. */
static bool
is_told(const struct history *history, struct date day)
{
    bool settled = history != NULL && date_compare(day, history->since) >= 0;
    return settled || history_kept(history, day);
}

size_t
openings_undecided(const struct batch *batch, const struct member_result *own,
                   struct period *days)
{
    struct period before;
    size_t count = 0;
    *days = batch->period;
    if (own->stipend.cents == 0 || own->earlier == 0 ||
        !stipend_goes_by(batch, &before)) {
        return 0;
    }
    for (size_t i = own->earlier; i > 0; i--) {
        const struct line *line = own->lines - i;
        if (line_is_undecided(line) && period_contains(before, line->date) &&
            !is_told(batch->history, line->date)) {
            days->from = count == 0 ? line->date : days->from;
            days->to = line->date;
            count++;
        }
    }
    return count;
}

/* Of presences that are in the tables, and undetermined. */
static void
stipend_misses(struct diag *diag, const struct batch *batch,
               const struct summary *summary)
{
    const struct decisions *decisions = batch->decisions;
    bool any = decisions != NULL && decisions->count > 0;
    struct where table = {.input =
                              any ? decisions->items[0].where.input : batch->rules->file};
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (summary->undecided_before > 0) {
        diag_warning(
            diag, table, CODE_L031,
            "presences before the period that no decision covers: %zu, from %s to %s; they "
            "use up no ceiling and no flat amount, and may have been paid",
            summary->undecided_before,
            date_text(summary->undecided_before_days.from, from),
            date_text(summary->undecided_before_days.to, to));
    }
}

static void
stipend_begins(struct diag *diag, const struct batch *batch,
               const struct summary *summary)
{
    const struct log *log = batch->log;
    enum span longest = stipend_counts_over(batch->rules);
    struct period before;
    if (longest < SPAN_YEAR && envelopes_pay_for(batch->rules, STR("stipend"))) {
        longest = SPAN_YEAR;
    }
    if (summary->stipend.cents > 0 && days_before(batch, longest, &before) &&
        !has_presence_in(log, before)) {
        tell(diag, batch, (struct where){.input = log->files[0]}, before);
    }
}

/* The longest span over which something counts that the category's claims move, of those to whom
 * something is due by them. Kilometres that are stated open the member's own bands, and no
 * envelope. */
static enum span
category_counts_over(const struct batch *batch, const struct summary *summary,
                     size_t index)
{
    size_t categories = batch->rules->category_count;
    const struct category *category = &batch->rules->categories[index];
    bool envelope = envelopes_pay_for(batch->rules, category->price.key);
    enum span longest = SPAN_LINE;
    for (size_t m = 0; summary->claimed != NULL && m < batch->roster->count; m++) {
        if (summary->claimed[m * categories + index].cents <= 0) {
            continue;
        }
        enum span span =
            is_stated(batch, category, m) ? SPAN_LINE : counts_over(&category->price);
        span = envelope && span < SPAN_YEAR ? SPAN_YEAR : span;
        longest = span > longest ? span : longest;
    }
    return longest;
}

static void
expenses_begin(struct diag *diag, const struct batch *batch,
               const struct summary *summary)
{
    const struct rules *rules = batch->rules;
    enum span longest = SPAN_LINE;
    for (size_t i = 0; i < rules->category_count; i++) {
        enum span span = category_counts_over(batch, summary, i);
        longest = span > longest ? span : longest;
    }
    struct period before;
    if (days_before(batch, longest, &before) && !has_claim_in(batch->claims, before)) {
        tell(diag, batch, (struct where){.input = batch->claims->items[0].where.input},
             before);
    }
}

void
notice_openings(struct diag *diag, const struct batch *batch,
                const struct summary *summary)
{
    flat_amount(diag, batch, summary);
    stipend_begins(diag, batch, summary);
    stipend_misses(diag, batch, summary);
    expenses_begin(diag, batch, summary);
}
