/* SPDX-License-Identifier: Apache-2.0 */
/* One presence: judged, priced, counted once where a day or a mandate counts once, capped. */
#include "judge.h"
#include "paid.h"

#include <assert.h>
#include <string.h>

/* How often a unit of a tariff counts: a session once, however often one leaves and comes back; a
 * civil day once; two half-days a day; a mandate once. Hours are simply added. What counts under
 * one tariff uses up nothing of another. */
struct counting {
    enum unit unit;
    enum span span; /* SPAN_LINE: the session */
    size_t most;
    enum reason reason;
};

static const struct counting countings[] = {
    {UNIT_SESSION,  SPAN_LINE,    1, REASON_SESSION_COUNTED  },
    {UNIT_HALF_DAY, SPAN_LINE,    1, REASON_SESSION_COUNTED  },
    {UNIT_HALF_DAY, SPAN_DAY,     2, REASON_HALF_DAYS_COUNTED},
    {UNIT_DAY,      SPAN_DAY,     1, REASON_DAY_COUNTED      },
    {UNIT_MANDATE,  SPAN_MANDATE, 1, REASON_MANDATE_COUNTED  },
};

/* The earlier line with which the span already counts as many units of the tariff as it may,
 * whatever its rate was then. Lines are by date, so those of the span are the last ones; a line
 * that counts nothing does not count, nor one that was set aside. */
static const struct line *
already_counted(const struct work *work, const struct counting *counting,
                const struct line *line)
{
    const struct rules *rules = work->batch->rules;
    enum span within = counting->span == SPAN_LINE ? SPAN_DAY : counting->span;
    size_t seen = 0;
    for (size_t i = work->line_count; i-- > 0;) {
        const struct line *earlier = &work->lines[i];
        if (span_of(rules, within, earlier->date) != span_of(rules, within, line->date)) {
            break;
        }
        if (earlier->is_claim || earlier->price != line->price ||
            earlier->unit != line->unit || earlier->other != NULL ||
            (counting->span == SPAN_LINE && earlier->session != line->session) ||
            earlier->set_aside || (work->unpaid && day_pays(rules, earlier->date))) {
            continue;
        }
        seen++;
        if (seen == counting->most) {
            return earlier;
        }
    }
    return NULL;
}

static void
count_once(const struct work *work, struct line *line)
{
    for (size_t i = 0; i < ARRAY_COUNT(countings); i++) {
        const struct counting *counting = &countings[i];
        const struct line *earlier =
            counting->unit == line->unit ? already_counted(work, counting, line) : NULL;
        if (earlier != NULL) {
            line->taken[counting->span] = line->gross;
            line->state = LINE_CAPPED;
            line->reason = counting->reason;
            line->other = earlier;
            line->other_where = earlier->where;
            struct money left = line->gross; /* by a full day, if the hours made one */
            for (size_t j = 0; j < line->step_count; j++) {
                left = money_subtract(left, line->steps[j].took);
            }
            struct cap_step *step = line_step(line);
            if (step != NULL) {
                *step = (struct cap_step){
                    .kind = STEP_COUNTED,
                    .span = counting->span,
                    .units_before = RATIO_ZERO,
                    .since = earlier->date,
                    .took = left,
                };
            }
            return;
        }
    }
}

static struct ratio
units_of_stay(const struct tariff *tariff, const struct stay *stay, int32_t *duration)
{
    if (tariff->price.unit != UNIT_HOUR) {
        return RATIO_ONE;
    }
    int32_t counted = stay->duration;
    if (tariff->step_minutes > 0) {
        int32_t step = (int32_t)tariff->step_minutes * DURATION_MINUTE;
        counted -= counted % step;
    }
    *duration = counted;
    return duration_hours(counted);
}

/* What was made of the line's day under the tariff before it. */
struct day_so_far {
    int64_t duration;
    struct money due;
};

static struct day_so_far
day_so_far(const struct work *work, const struct tariff *tariff, const struct line *line)
{
    struct day_so_far day = {0};
    for (size_t i = work->line_count; i-- > 0;) {
        const struct line *earlier = &work->lines[i];
        if (date_compare(earlier->date, line->date) != 0) {
            break;
        }
        if (earlier->price == &tariff->price) {
            day.duration += earlier->duration;
            day.due = money_add(day.due, earlier->due);
        }
    }
    return day;
}

/* Whether the hours of the day, this line's included, make a full day of the tariff. */
static bool
fills_day(const struct work *work, const struct tariff *tariff, const struct line *line)
{
    int64_t full = (int64_t)tariff->full_day_minutes * DURATION_MINUTE;
    return full > 0 && day_so_far(work, tariff, line).duration + line->duration >= full;
}

/* A full day is worth its amount in all: what its hours came to before is taken off. */
static void
complete_day(const struct work *work, const struct tariff *tariff, struct line *line)
{
    struct day_so_far day = day_so_far(work, tariff, line);
    struct money before = day.due;
    struct cap_step *step = line_step(line);
    if (step != NULL) {
        *step = (struct cap_step){
            .kind = STEP_FULL_DAY,
            .span = SPAN_DAY,
            .most = line->gross,
            .before = before,
            .units_before = ratio_of(day.duration, DURATION_MINUTE),
            .since = line->date,
            .took = money_min(before, line->gross),
        };
    }
    if (before.cents > 0) {
        line->taken[SPAN_DAY] = money_min(before, line->gross);
        line->state = LINE_CAPPED;
        line->reason = REASON_FULL_DAY;
        line->basis = &tariff->full_day_basis;
    }
}

/* The caps over all tariffs see what the tariff's own left. */
static void
cap_over_all(struct work *work, struct line *line)
{
    if (work->stipend.count == 0) {
        return;
    }
    struct money gross = line->gross;
    struct money taken[SPAN_COUNT];
    size_t step = line->step_count;
    memcpy(taken, line->taken, sizeof taken);
    memset(line->taken, 0, sizeof line->taken);
    line->gross = line->due;
    caps_apply(work->stipend, work->batch->rules, line);
    line->gross = gross;
    for (; step < line->step_count; step++) {
        line->steps[step].over_all = true;
    }
    for (int span = 0; span < SPAN_COUNT; span++) {
        line->taken[span] = money_add(line->taken[span], taken[span]);
    }
}

static void
price_stipend(struct work *work, const struct judgement *judgement, struct line *line)
{
    const struct tariff *tariff = judgement->tariff;
    assert(tariff != NULL);
    struct priced priced = {.date = line->date, .has_quantity = true};
    priced.quantity = units_of_stay(tariff, &judgement->stay, &line->duration);
    bool full_day = fills_day(work, tariff, line);
    if (full_day) {
        line->unit = UNIT_DAY;
        priced.quantity = RATIO_ONE;
    }
    struct price price = entitlement_price(
        work->keep, full_day ? &tariff->full_day : &tariff->price, &priced);
    assert(price.missing == MISSING_NOTHING);
    line->price = &tariff->price;
    line->quantity = price.quantity;
    line->rate = price.rate;
    line->gross = price.gross;
    line->basis = price.basis;
    line->rate_basis = price.basis;
    line->derivation = price.derivation;
    line->clipped = judgement->stay.clipped;
    if (full_day) {
        complete_day(work, tariff, line);
    }
    count_once(work, line);
    const struct rules *rules = work->batch->rules;
    size_t index = (size_t)(tariff - rules->stipend.tariffs);
    caps_apply(work->tariffs[index], rules, line);
    cap_over_all(work, line);
    caps_watch(work->tariffs[index], rules, line);
    caps_watch(work->stipend, rules, line);
    struct money paid;
    if (!line_counts(work, line, &paid)) {
        return;
    }
    paid = floors_count(work->floors, work->line_count, paid);
    caps_count(work->tariffs[index], line, paid);
    caps_count(work->stipend, line, paid);
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
    line->remark = judgement.finding.remark;
    line->other_where = judgement.other_where;
    line->seat_by_id = judgement.seat_by_id;
    line->clipped = judgement.reason == REASON_NO_MINUTE_INSIDE && judgement.stay.clipped;
    if (judgement.tested && date_compare(line->date, work->batch->period.from) >= 0) {
        work->tested = true;
        work->verdict = judgement.finding.verdict;
    }
    if (judgement.state == LINE_DUE) {
        line->remark = (struct text){0};
        price_stipend(work, &judgement, line);
    }
}
