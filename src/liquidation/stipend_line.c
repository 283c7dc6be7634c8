/* SPDX-License-Identifier: Apache-2.0 */
/* One presence: judged, priced, counted once where a day or a mandate counts once, capped. */
#include <assert.h>

#include "judge.h"
#include "work.h"

/* The earlier line of the same span that already counts as many units as the span has. */
static const struct line *
already_counted(const struct work *work, const struct line *line)
{
    static const struct {
        enum unit unit;
        enum span span;
        size_t most;
    } counted[] = {
        {UNIT_DAY, SPAN_DAY, 1},
        {UNIT_HALF_DAY, SPAN_DAY, 2},
        {UNIT_MANDATE, SPAN_MANDATE, 1},
    };
    const struct rules *rules = work->batch->rules;
    for (size_t i = 0; i < ARRAY_COUNT(counted); i++) {
        if (counted[i].unit != line->unit) {
            continue;
        }
        int64_t span = span_of(rules, counted[i].span, line->date);
        size_t seen = 0;
        for (size_t j = work->line_count; j-- > 0;) {
            const struct line *earlier = &work->lines[j];
            if (span_of(rules, counted[i].span, earlier->date) != span) {
                break;
            }
            if (earlier->is_claim || earlier->unit != line->unit || earlier->price == NULL) {
                continue;
            }
            seen++;
            if (seen == counted[i].most) {
                return earlier;
            }
        }
    }
    return NULL;
}

static void
count_once(const struct work *work, struct line *line)
{
    const struct line *earlier = already_counted(work, line);
    if (earlier == NULL) {
        return;
    }
    enum span span = line->unit == UNIT_MANDATE ? SPAN_MANDATE : SPAN_DAY;
    line->taken[span] = line->gross;
    line->state = LINE_CAPPED;
    line->reason = line->unit == UNIT_DAY        ? REASON_DAY_COUNTED
                   : line->unit == UNIT_HALF_DAY ? REASON_HALF_DAYS_COUNTED
                                                 : REASON_MANDATE_COUNTED;
    line->other = earlier;
    line->other_where = earlier->where;
}

static struct ratio
units_of_stay(const struct tariff *tariff, const struct stay *stay, int32_t *duration)
{
    if (tariff->price.unit != UNIT_HOUR) {
        return ratio_of(1, 1);
    }
    int32_t counted = stay->duration;
    if (tariff->step_minutes > 0) {
        int32_t step = (int32_t)tariff->step_minutes * DURATION_MINUTE;
        counted -= counted % step;
    }
    *duration = counted;
    return duration_hours(counted);
}

static void
price_stipend(struct work *work, const struct judgement *judgement, struct line *line)
{
    const struct tariff *tariff = judgement->tariff;
    struct priced priced = {.date = line->date, .has_quantity = true};
    priced.quantity = units_of_stay(tariff, &judgement->stay, &line->duration);
    struct price price = entitlement_price(work->keep, &tariff->price, &priced);
    assert(price.missing == MISSING_NOTHING);
    line->price = &tariff->price;
    line->quantity = price.quantity;
    line->rate = price.rate;
    line->gross = price.gross;
    line->basis = price.basis;
    line->derivation = price.derivation;
    line->clipped = judgement->stay.clipped;
    count_once(work, line);
    const struct rules *rules = work->batch->rules;
    size_t index = (size_t)(tariff - rules->stipend.tariffs);
    caps_apply(work->tariffs[index], rules, line);
    struct line within = *line;
    within.gross = line->due; /* the caps over all tariffs see what the tariff's own left */
    for (int span = 0; span < SPAN_COUNT; span++) {
        within.taken[span] = (struct money){0};
    }
    caps_apply(work->stipend, rules, &within);
    for (int span = 0; span < SPAN_COUNT; span++) {
        line->taken[span] = money_add(line->taken[span], within.taken[span]);
    }
    line->due = within.due;
    line->over_soft_limit = within.over_soft_limit;
    if (line->state == LINE_DUE) {
        line->state = within.state;
        line->reason = within.reason;
        line->basis = within.basis;
    }
}

void
presence_line(struct work *work, struct line *line)
{
    const struct log *log = work->batch->log;
    const struct attendance *fact = &log->items[line->fact];
    struct judgement judgement = judge_presence(work->keep, work->batch, fact);
    line->session = &log->sessions[fact->session];
    line->entitlement = STR("stipend");
    line->where = attendance_where(log, fact);
    line->unit = judgement.tariff == NULL ? UNIT_SESSION : judgement.tariff->price.unit;
    line->state = judgement.state;
    line->reason = judgement.reason;
    line->basis = judgement.basis;
    line->own_words = judgement.own_words;
    line->remark = judgement.remark;
    line->other_where = judgement.other_where;
    if (judgement.tested && date_compare(line->date, work->batch->period.from) >= 0) {
        work->tested = true;
        work->verdict = judgement.verdict;
    }
    if (judgement.state == LINE_DUE) {
        line->remark = (struct text){0};
        price_stipend(work, &judgement, line);
    }
}
