/* SPDX-License-Identifier: Apache-2.0 */
/* The worked examples of a rule file become a small batch each, computed like any other. */
#include "defray/liquidation.h"
#include "defray/means_test.h"

struct stage_set { /* one invented member and their facts */
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
    set->row = (struct participation){
        .during = {DATE_OPEN_PAST, DATE_OPEN_FUTURE},
        .status = example->status,
        .body = example->body,
        .horsepower = example->horsepower,
        .km_before = example->km_before.den == 0 ? ratio_of(0, 1) : example->km_before,
        .where = example->where,
    };
    set->participant = (struct participant){
        .id = STR("example"),
        .birth = DATE_NONE,
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
            .same_as = INDEX_NONE,
            .duration =
                given->minutes < 0 ? DURATION_NONE : given->minutes * DURATION_MINUTE,
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
    set->means = (struct means){&set->figure, set->figures[1], set->figures};
}

static bool
example_holds(struct arena scratch, const struct rules *rules,
              const struct example *example, struct diag *diag)
{
    struct stage_set *set = NEW(&scratch, struct stage_set);
    struct period period = days_of(example);
    set->file = example->where.input;
    cast_member(set, example, period);
    play_sessions(&scratch, set, example);
    play_claims(&scratch, set, example);
    show_figure(set, rules, example, period);
    struct batch batch = {
        .rules = rules,
        .period = period,
        .roster = &set->roster,
        .calendar = &set->calendar,
        .log = &set->log,
        .claims = &set->claims,
    };
    batch.decisions = batch_decide(&scratch, &batch, &set->means);
    struct member_result result = liquidate_member(&scratch, &batch, 0);
    struct text state = {0};
    if (result.count > 0) {
        state = text_of(line_state_word(result.lines[result.count - 1].state));
    }
    char found[MONEY_TEXT_MAX];
    char stated[MONEY_TEXT_MAX];
    if (money_compare(result.total, example->due) != 0) {
        return diag_error(diag, example->where, CODE_X001,
                          "example '%.*s' states %s, and the rules give %s",
                          TEXT_ARG(example->says), money_text(example->due, stated),
                          money_text(result.total, found));
    }
    if (example->state.size > 0 && !text_equals(example->state, state)) {
        return diag_error(diag, example->where, CODE_X001,
                          "example '%.*s' states '%.*s', and its last line is '%.*s'",
                          TEXT_ARG(example->says), TEXT_ARG(example->state),
                          TEXT_ARG(state));
    }
    return true;
}

bool
examples_hold(struct arena scratch, const struct rules *rules, struct diag *diag)
{
    bool hold = true;
    for (size_t i = 0; i < rules->example_count; i++) {
        hold = example_holds(scratch, rules, &rules->examples[i], diag) && hold;
    }
    return hold;
}
