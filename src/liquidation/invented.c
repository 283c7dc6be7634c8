/* SPDX-License-Identifier: Apache-2.0 */
/* What was invented becomes a small batch, computed like any other. */
#include "invented.h"

#include "defray/means_test.h"

struct stage_set { /* one invented member and their facts */
    struct particulars particulars;
    struct participation row;
    struct participant participant;
    struct roster roster;
    struct calendar calendar;
    struct log log;
    struct claims claims;
    struct means means;
    struct figure figure;
    size_t facts[2], claim_range[2], figures[2];
    const struct input *file;
};

static struct period
days_of(const struct example *example)
{
    struct period period = {DATE_OPEN_FUTURE, DATE_OPEN_PAST};
    for (size_t i = 0; i < example->session_count + example->claim_count; i++) {
        struct date date = i < example->session_count
                               ? example->sessions[i].date
                               : example->claims[i - example->session_count].date;
        if (date_compare(date, period.from) < 0) {
            period.from = date;
        }
        if (date_compare(date, period.to) > 0) {
            period.to = date;
        }
    }
    return period;
}

static void
cast_member(struct stage_set *set, const struct example *example, struct period period)
{
    set->particulars = (struct particulars){
        .body = example->body,
        .guardian = STR("example"),
        .km_before = example->km_before.den == 0 ? RATIO_ZERO : example->km_before,
    };
    set->row = (struct participation){
        .during = {DATE_OPEN_PAST, DATE_OPEN_FUTURE},
        .status = example->status,
        .horsepower = example->horsepower,
        .particulars = &set->particulars,
        .where = example->where,
    };
    struct date birth = DATE_NONE;
    if (example->age > 0) { /* of that age all year */
        date_make(date_year(period.from) - example->age, 1, 1, &birth);
    }
    set->participant = (struct participant){
        .id = STR("example"),
        .birth = birth,
        .requested_on = example->requested ? period.from : DATE_NONE,
        .rows = &set->row,
        .row_count = 1,
    };
    set->roster = (struct roster){.items = &set->participant, .count = 1};
}

static void
play_sessions(struct arena *keep, struct stage_set *set, const struct example *example)
{
    struct log *log = &set->log;
    log->items = NEW_ARRAY(keep, struct attendance, example->session_count + 1);
    log->sessions = NEW_ARRAY(keep, struct session, example->session_count + 1);
    for (size_t i = 0; i < example->session_count; i++) {
        const struct example_session *given = &example->sessions[i];
        log->sessions[i] = (struct session){
            .id = text_of(arena_printf(keep, "%zu", i + 1)),
            .date = given->date,
            .kind = given->kind,
            .start = TIME_NONE,
            .end = TIME_NONE,
            .where = example->where,
        };
        log->items[i] = (struct attendance){
            .session = (uint32_t)i,
            .line = example->where.line,
            .duration = given->duration,
            .start = TIME_NONE,
            .end = TIME_NONE,
            .presence = (uint8_t)given->presence,
        };
    }
    set->facts[1] = example->session_count;
    log->first = set->facts;
    log->count = log->session_count = example->session_count;
    log->files = &set->file;
    log->file_count = 1;
}

static void
play_claims(struct arena *keep, struct stage_set *set, const struct example *example)
{
    set->claims.items = NEW_ARRAY(keep, struct claim, example->claim_count + 1);
    for (size_t i = 0; i < example->claim_count; i++) {
        const struct example_claim *given = &example->claims[i];
        set->claims.items[i] = (struct claim){
            .same_as = INDEX_NONE,
            .date = given->date,
            .category = given->category,
            .has_quantity = given->has_quantity,
            .has_amount = given->has_amount,
            .quantity = given->quantity,
            .amount = given->amount,
            .receipt = given->receipt,
            .claimed_on = given->date,
            .where = example->where,
        };
    }
    set->claim_range[1] = example->claim_count;
    set->claims.first = set->claim_range;
    set->claims.count = example->claim_count;
}

static void
show_figure(struct stage_set *set, const struct rules *rules,
            const struct example *example, struct period period)
{
    set->figure = (struct figure){
        .measure = rules->stipend.means.measure,
        .value = example->figure,
        .method = example->figure_method,
        .month = date_month_index(period.from),
        .checked_on = DATE_NONE,
        .where = example->where,
    };
    set->figures[1] = example->has_figure ? 1 : 0;
    set->means = (struct means){
        .items = &set->figure, .count = set->figures[1], .first = set->figures};
}

struct member_result
liquidate_invented(struct arena *keep, const struct rules *rules,
                   const struct example *example)
{
    struct stage_set *set = NEW(keep, struct stage_set);
    struct period period = days_of(example);
    set->file = example->where.input;
    cast_member(set, example, period);
    play_sessions(keep, set, example);
    play_claims(keep, set, example);
    show_figure(set, rules, example, period);
    struct batch *batch = NEW(keep, struct batch);
    *batch = (struct batch){
        .rules = rules,
        .period = period,
        .roster = &set->roster,
        .calendar = &set->calendar,
        .log = &set->log,
        .claims = &set->claims,
    };
    batch->decisions = batch_decide(keep, batch, &set->means);
    return liquidate_member(keep, batch, 0);
}
