/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The expected cost, by rational arithmetic. What flows through the days is mass: the expected
 * number of members of a sort who stand in a state. It is never rounded.
 */
#include "model.h"

#define NO_PRICE    (-1)
#define MANY_PRICES (-2)

struct flow { /* of one group */
    const struct group_model *model;
    struct decimal entering; /* come in at their next meeting */
    struct decimal **mass;   /* by profile: of the states before the next meeting */
    struct decimal stays;    /* 1 less the share that leaves */
    struct decimal leaves, comes_in;
};

struct tally_cell {
    struct decimal exact, payees;
    int64_t price;
};

struct expecting {
    struct arena *keep;
    const struct model *model;
    struct flow flows[SCENARIO_GROUPS_MAX];
    struct decimal pending[SCENARIO_GROUPS_MAX]; /* enter after this day */
    struct tally_cell cells[ENTITLEMENTS_MAX];
    struct decimal presences;
};

static void
add_to(struct arena *keep, struct decimal *sum, struct decimal more)
{
    *sum = decimal_add(keep, *sum, more);
}

static struct ratio
rest_of(struct ratio share)
{
    return ratio_subtract(RATIO_ONE, share);
}

static void
start_flow(struct expecting *run, struct flow *flow, const struct group_model *model)
{
    const struct group *group = model->group;
    struct ratio leaves = group->drop_out.given ? group->drop_out.value : RATIO_ZERO;
    struct ratio comes = group->replaced.given ? group->replaced.value : RATIO_ZERO;
    flow->model = model;
    flow->entering = decimal_integer(run->keep, group->members);
    flow->leaves = decimal_ratio(run->keep, leaves);
    flow->stays = decimal_ratio(run->keep, rest_of(leaves));
    flow->comes_in = decimal_ratio(run->keep, comes);
    flow->mass = NEW_ARRAY(run->keep, struct decimal *, model->profiles.count + 1);
    for (size_t i = 0; i < model->profiles.count; i++) {
        flow->mass[i] = NEW_ARRAY(run->keep, struct decimal, 1);
    }
}

/* Some leave before the meeting; others come in for them after the day. */
static void
drop_out(struct expecting *run, struct flow *flow, size_t meeting)
{
    const struct group_model *model = flow->model;
    struct decimal gone = {0};
    if (decimal_is_zero(flow->leaves)) {
        return;
    }
    for (size_t p = 0; p < model->profiles.count; p++) {
        const size_t *first = model->journeys[p].first;
        for (size_t s = 0; s < first[meeting + 1] - first[meeting]; s++) {
            struct decimal *mass = &flow->mass[p][s];
            add_to(run->keep, &gone, decimal_times(run->keep, *mass, flow->leaves));
            *mass = decimal_times(run->keep, *mass, flow->stays);
        }
    }
    uint32_t successor = model->group->successor;
    if (successor != SCENARIO_NOWHERE) {
        add_to(run->keep, &run->pending[successor],
               decimal_times(run->keep, gone, flow->comes_in));
    }
}

/* Those who come in are nowhere yet: the first state. */
static void
let_in(struct expecting *run, struct flow *flow)
{
    const struct profiles *profiles = &flow->model->profiles;
    for (size_t p = 0; p < profiles->count; p++) {
        add_to(run->keep, &flow->mass[p][0],
               decimal_times(run->keep, flow->entering, profiles->items[p].share));
    }
    flow->entering = (struct decimal){0};
}

/* Probability of each way that the day can turn out. */
static void
chances(struct arena *keep, const struct group *group, const struct meeting *meeting,
        size_t index, struct decimal out[1 << 2 * SCENARIO_ON_DAY_MAX])
{
    struct ratio presence = presence_at(group, index);
    bool excuses = meeting->ways > 1u << meeting->count;
    struct ratio excused = excuses ? group->excused.value : RATIO_ZERO;
    struct decimal away = decimal_ratio(keep, rest_of(presence));
    const struct decimal parts[] = {
        decimal_times(keep, away, decimal_ratio(keep, rest_of(excused))),
        decimal_ratio(keep, presence),
        decimal_times(keep, away, decimal_ratio(keep, excused)),
        {0}, /* nobody comes and is excused */
    };
    for (unsigned way = 0; way < meeting->ways; way++) {
        out[way] = decimal_integer(keep, 1);
        for (size_t i = 0; i < meeting->count; i++) {
            unsigned part = (way >> i & 1) + 2 * (way >> meeting->count >> i & 1);
            out[way] = decimal_times(keep, out[way], parts[part]);
        }
    }
}

static unsigned
bits_of(unsigned came)
{
    unsigned count = 0;
    for (; came != 0; came &= came - 1) {
        count++;
    }
    return count;
}

static void
charge(struct expecting *run, const struct journey *journey, size_t way,
       struct decimal mass)
{
    for (size_t e = 0; e < journey->entitlements; e++) {
        int64_t cents = journey->cents[way * journey->entitlements + e];
        struct tally_cell *cell = &run->cells[e];
        if (cents == 0) {
            continue;
        }
        struct decimal price = decimal_integer(run->keep, (uint64_t)cents);
        add_to(run->keep, &cell->exact, decimal_times(run->keep, mass, price));
        add_to(run->keep, &cell->payees, mass);
        bool same = cell->price == NO_PRICE || cell->price == cents;
        cell->price = same ? cents : MANY_PRICES;
    }
}

/* The meeting takes place: everyone in every state goes one of the ways. */
static void
meet(struct expecting *run, struct flow *flow, size_t index)
{
    const struct meeting *meeting = &flow->model->meetings.items[index];
    struct decimal chance[1 << 2 * SCENARIO_ON_DAY_MAX];
    chances(run->keep, flow->model->group, meeting, index, chance);
    for (size_t p = 0; p < flow->model->profiles.count; p++) {
        const struct journey *journey = &flow->model->journeys[p];
        size_t here = journey->first[index];
        size_t there = journey->first[index + 1];
        size_t beyond = journey->first[index + 2];
        struct decimal *next = NEW_ARRAY(run->keep, struct decimal, beyond - there + 1);
        for (size_t s = here; s < there; s++) {
            for (unsigned came = 0; came < meeting->ways; came++) {
                struct decimal mass =
                    decimal_times(run->keep, flow->mass[p][s - here], chance[came]);
                size_t way = journey->states[s].ways + came;
                if (decimal_is_zero(mass)) {
                    continue;
                }
                charge(run, journey, way, mass);
                add_to(run->keep, &next[journey->next[way] - there], mass);
                struct decimal seen = decimal_integer(
                    run->keep, bits_of(came & ((1u << meeting->count) - 1)));
                add_to(run->keep, &run->presences, decimal_times(run->keep, mass, seen));
            }
        }
        flow->mass[p] = next;
    }
}

static void
tell_cells(const struct expecting *run, size_t day, uint32_t group,
           struct cell_sink *sink)
{
    for (size_t e = 0; e < run->model->entitlements; e++) {
        const struct tally_cell *cell = &run->cells[e];
        if (decimal_is_zero(cell->exact)) {
            continue;
        }
        struct item item = {.day = day,
                            .group = group,
                            .entitlement = e,
                            .payees = cell->payees,
                            .exact = cell->exact};
        item.one_price = cell->price >= 0;
        item.price = (struct money){item.one_price ? cell->price : 0};
        sink->cell(sink, &item);
    }
}

static void
pass_day(struct expecting *run, size_t day, struct cell_sink *sink)
{
    const struct scenario *scenario = run->model->scenario;
    run->presences = (struct decimal){0};
    for (uint32_t g = 0; g < scenario->group_count; g++) {
        run->pending[g] = (struct decimal){0};
    }
    for (uint32_t g = 0; g < scenario->group_count; g++) {
        struct flow *flow = &run->flows[g];
        size_t meeting = flow->model->meeting_on[day];
        if (meeting == 0) {
            continue;
        }
        for (size_t e = 0; e < run->model->entitlements; e++) {
            run->cells[e] = (struct tally_cell){.price = NO_PRICE};
        }
        drop_out(run, flow, meeting - 1);
        let_in(run, flow);
        meet(run, flow, meeting - 1);
        tell_cells(run, day, g, sink);
    }
    for (uint32_t g = 0; g < scenario->group_count; g++) {
        add_to(run->keep, &run->flows[g].entering, run->pending[g]);
    }
    sink->day(sink, day, run->presences);
}

void
model_expect(struct arena *keep, const struct model *model, struct cell_sink *sink)
{
    struct expecting *run = NEW(keep, struct expecting);
    run->keep = keep;
    run->model = model;
    for (size_t g = 0; g < model->scenario->group_count; g++) {
        start_flow(run, &run->flows[g], &model->groups[g]);
    }
    for (size_t day = 0; day < model->day_count; day++) {
        pass_day(run, day, sink);
    }
}
