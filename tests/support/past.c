/* SPDX-License-Identifier: Apache-2.0 */
/* What a ledger has paid, written down by hand. */
#include "past.h"

#include "../../src/liquidation/claimed.h"
#include "days.h"

#define ROOM 8

struct past {
    struct history history; /* whose `elsewhere` is the one here */
    struct elsewhere elsewhere[ROOM];
};

struct history *
past_none(struct reckoned *town)
{
    struct arena *keep = &town->tables->keep;
    struct past *past = NEW(keep, struct past);
    size_t members = town->batch.roster->count;
    past->history = (struct history){
        .since = town->batch.period.from,
        .items = NEW_ARRAY(keep, struct paid_right, ROOM),
        .first = NEW_ARRAY(keep, size_t, members + 1),
        .standings = NEW_ARRAY(keep, struct position, members),
        .elsewhere = past->elsewhere,
    };
    town->batch.history = &past->history;
    return &past->history;
}

struct history *
past_nothing(struct reckoned *town, const char *since)
{
    struct history *history = past_none(town);
    history->since = day(since);
    return history;
}

struct settlement
past_settled(struct reckoned *town)
{
    struct member_result result = reckon_member(town, 0);
    return settle_member(&town->tables->keep, &town->batch, 0, &result);
}

void
past_right(struct history *history, struct right right, int64_t cents, uint64_t fact,
           bool same_rules)
{
    ck_assert_uint_lt(history->first[1], ROOM);
    history->items[history->first[1]++] = (struct paid_right){
        .right = right, .amount = {cents}, .fact = fact, .same_rules = same_rules};
}

static struct right
right_of(const struct past_right *paid)
{
    return (struct right){text_of(paid->component), day(paid->day), text_of(paid->unit)};
}

/* The print of the facts of a right, as the tables have them; 0 where they have none. */
static uint64_t
fact_of(struct reckoned *town, const struct right *right)
{
    struct arena *keep = &town->tables->keep;
    struct batch batch = town->batch;
    struct claimed_rights now = {0};
    struct member_result result = liquidate_member(keep, &batch, 0);
    claimed_collect_earlier(keep, &batch, 0, &now);
    claimed_collect(keep, &batch, &result, &now);
    claimed_gather(&now);
    const struct claimed *claimed = claimed_find(&now, right);
    return claimed == NULL ? 0 : claimed->fact;
}

void
past_paid(struct reckoned *town, struct history *history, const struct past_right *paid)
{
    struct right right = right_of(paid);
    if (date_compare(right.day, history->since) < 0) {
        past_elsewhere(history, paid);
        return;
    }
    ck_assert_uint_lt(history->first[1], ROOM);
    history->items[history->first[1]] = (struct paid_right){
        .right = right,
        .amount = {paid->cents},
        .fact = fact_of(town, &right) + paid->changed_facts,
        .same_rules = !paid->changed_rules,
    };
    for (size_t i = 1; i <= town->batch.roster->count; i++) {
        history->first[i]++;
    }
}

void
past_elsewhere(struct history *history, const struct past_right *paid)
{
    ck_assert_uint_lt(history->elsewhere_count, ROOM);
    struct past *past = (struct past *)history;
    past->elsewhere[history->elsewhere_count++] =
        (struct elsewhere){.right = right_of(paid), .amount = {paid->cents}, .member = 0};
}
