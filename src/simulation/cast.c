/* SPDX-License-Identifier: Apache-2.0 */
/* One member, as a roster of one. They were of age long before, and asked before anything began,
 * if they ask at all. */
#include "cast.h"

static struct participation
row_of(const struct scenario *scenario, const struct group *group,
       const struct profile *profile)
{
    struct participation row = {
        .during = {DATE_OPEN_PAST, DATE_OPEN_FUTURE},
        .status = group->status,
        .where = {.input = scenario->file             },
    };
    for (size_t i = 0; i < profile->habit_count; i++) {
        if (profile->habits[i]->method->uses_scale) { /* all of one vehicle */
            row.horsepower = profile->habits[i]->horsepower;
        }
    }
    return row;
}

struct cast *
cast_new(struct arena *keep, const struct scenario *scenario, const struct group *group,
         const struct profile *profile)
{
    struct cast *cast = NEW(keep, struct cast);
    cast->scenario = scenario;
    cast->profile = profile;
    cast->file = scenario->file;
    cast->particulars =
        (struct particulars){.body = group->body, .km_before = RATIO_ZERO};
    cast->row = row_of(scenario, group, profile);
    cast->row.particulars = &cast->particulars;
    cast->participant = (struct participant){
        .id = STR("simulation"),
        .birth = DATE_NONE,
        .requested_on = profile->asks ? scenario->sessions[0].date : DATE_NONE,
        .rows = &cast->row,
        .row_count = 1,
    };
    date_make(1980, 1, 1, &cast->participant.birth);
    cast->roster = (struct roster){.items = &cast->participant, .count = 1};
    cast->log = (struct log){
        .items = NEW_ARRAY(keep, struct attendance, scenario->session_count + 1),
        .first = cast->facts,
        .sessions = scenario->sessions,
        .session_count = scenario->session_count,
        .files = &cast->file,
        .file_count = 1,
    };
    cast->claims = (struct claims){
        .items = NEW_ARRAY(keep, struct claim, scenario->session_count * HABITS_MAX + 1),
        .first = cast->claim_range,
    };
    cast->decisions = (struct decisions){profile->decisions, profile->decision_count,
                                         cast->decision_range};
    cast->decision_range[1] = profile->decision_count;
    cast->batch = (struct batch){
        .rules = scenario->rules,
        .period = {scenario->sessions[0].date,
                   scenario->sessions[scenario->session_count - 1].date},
        .roster = &cast->roster,
        .calendar = &cast->calendar,
        .log = &cast->log,
        .claims = &cast->claims,
        .decisions = profile->tested ? &cast->decisions : NULL,
    };
    return cast;
}

void
cast_clear(struct cast *cast)
{
    cast->facts[1] = cast->log.count = 0;
    cast->claim_range[1] = cast->claims.count = 0;
}

void
cast_attend(struct cast *cast, size_t session, enum presence presence)
{
    cast->log.items[cast->log.count++] = (struct attendance){
        .session = (uint32_t)session,
        .duration = DURATION_NONE,
        .start = TIME_NONE,
        .end = TIME_NONE,
        .presence = (uint8_t)presence,
    };
    cast->facts[1] = cast->log.count;
}

void
cast_claim(struct cast *cast, struct date date)
{
    for (size_t i = 0; i < cast->profile->habit_count; i++) {
        const struct habit *habit = cast->profile->habits[i];
        cast->claims.items[cast->claims.count++] = (struct claim){
            .same_as = INDEX_NONE,
            .date = date,
            .category = habit->category,
            .has_quantity = habit->has_quantity,
            .has_amount = habit->has_amount,
            .quantity = habit->has_quantity ? habit->quantity : RATIO_ZERO,
            .amount = habit->amount,
            .receipt = true,
            .claimed_on = date,
            .where = habit->basis.where,
        };
    }
    cast->claim_range[1] = cast->claims.count;
}
