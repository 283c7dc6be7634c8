/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run's draws depend on the seed, the run and the seat, and on nothing else: so runs can be
 * shared out over threads, and variants meet the same luck.
 */
#include "casino.h"

static struct chance
chance_of(struct arena scratch, struct ratio share)
{
    struct chance chance = {.always = ratio_compare(share, RATIO_ONE) >= 0};
    chance.below =
        chance.always ? 0 : decimal_bits(scratch, decimal_ratio(&scratch, share));
    return chance;
}

/* To come, or else to be excused. */
static struct chance
chance_of_either(struct arena scratch, struct ratio comes, struct ratio away,
                 struct ratio excused)
{
    struct decimal share = decimal_times(&scratch, decimal_ratio(&scratch, away),
                                         decimal_ratio(&scratch, excused));
    share = decimal_add(&scratch, share, decimal_ratio(&scratch, comes));
    struct chance chance = {
        .always = decimal_compare(share, decimal_integer(&scratch, 1)) >= 0};
    chance.below = chance.always ? 0 : decimal_bits(scratch, share);
    return chance;
}

/* What each way comes to, in all and by envelope of its year. */
static int64_t *
sums_of(struct arena *keep, const struct casino *casino, const struct journey *journey)
{
    size_t width = casino->width;
    int64_t *sums = NEW_ARRAY(keep, int64_t, journey->way_count * width + 1);
    for (size_t i = 0; i < journey->meetings->count; i++) {
        int year = date_year(journey->meetings->items[i].date);
        size_t patterns = journey->meetings->items[i].ways;
        size_t first = journey->states[journey->first[i]].ways;
        size_t ways = (journey->first[i + 1] - journey->first[i]) * patterns;
        for (size_t way = first; way < first + ways; way++) {
            for (size_t e = 0; e < journey->entitlements; e++) {
                int64_t cents = journey->cents[way * journey->entitlements + e];
                sums[way * width] += cents;
                for (size_t t = 0; t + 1 < width; t++) {
                    const struct track *track = &casino->forecast->tracks[t];
                    bool charged =
                        track->year == year && (track->entitlements >> e & 1) != 0;
                    sums[way * width + t + 1] += charged ? cents : 0;
                }
            }
        }
    }
    return sums;
}

static void
set_table(struct arena *keep, const struct casino *casino,
          const struct group_model *model, struct entry_table *out)
{
    const struct group *group = model->group;
    size_t profiles = model->profiles.count;
    out->model = model;
    out->successor = group->successor;
    out->leaves =
        chance_of(*keep, group->drop_out.given ? group->drop_out.value : RATIO_ZERO);
    out->replaced =
        chance_of(*keep, group->replaced.given ? group->replaced.value : RATIO_ZERO);
    out->presence = NEW_ARRAY(keep, struct chance, model->meetings.count + 1);
    out->excused = NEW_ARRAY(keep, struct chance, model->meetings.count + 1);
    struct ratio excused = group->excused.given ? group->excused.value : RATIO_ZERO;
    for (size_t i = 0; i < model->meetings.count; i++) {
        struct ratio comes = presence_at(group, i);
        struct ratio away = ratio_subtract(RATIO_ONE, comes);
        out->presence[i] = chance_of(*keep, comes);
        out->excused[i] = chance_of_either(*keep, comes, away, excused);
    }
    out->profile_below = NEW_ARRAY(keep, uint64_t, profiles);
    out->sums = NEW_ARRAY(keep, int64_t *, profiles);
    struct decimal below = {0};
    for (size_t p = 0; p < profiles; p++) {
        below = decimal_add(keep, below, model->profiles.items[p].share);
        out->profile_below[p] =
            p + 1 == profiles ? UINT64_MAX : decimal_bits(*keep, below);
        out->sums[p] = sums_of(keep, casino, &model->journeys[p]);
    }
}

static size_t
draw_profile(struct stream *stream, const struct entry_table *table)
{
    uint64_t drawn = random_draw(stream);
    size_t profile = 0;
    while (profile + 1 < table->model->profiles.count &&
           drawn >= table->profile_below[profile]) {
        profile++;
    }
    return profile;
}

struct sitter { /* whoever holds the seat */
    const struct entry_table *table;
    size_t profile;
    uint32_t state;
    bool met; /* at least once: may leave */
};

/* One draw a session: below the one chance they come, below the other they are excused. */
static unsigned
draw_presence(struct stream *stream, const struct entry_table *table, size_t meeting)
{
    size_t count = table->model->meetings.items[meeting].count;
    unsigned way = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t drawn = random_draw(stream);
        if (chance_holds(table->presence[meeting], drawn)) {
            way |= 1u << i;
        } else if (chance_holds(table->excused[meeting], drawn)) {
            way |= 1u << count << i;
        }
    }
    return way;
}

static struct sitter
sit(const struct casino *casino, struct stream *stream, uint32_t group,
    struct casino_watch *watch)
{
    const struct entry_table *table = &casino->groups[group];
    struct sitter sitter = {table, draw_profile(stream, table), SCENARIO_NOWHERE, false};
    if (watch != NULL) {
        watch->sits(watch, group, sitter.profile);
    }
    return sitter;
}

/* One day of one who comes to it, or not. */
static void
spend_day(const struct casino *casino, struct stream *stream, struct sitter *sitter,
          size_t meeting, struct casino_watch *watch, int64_t *month)
{
    const struct journey *journey = &sitter->table->model->journeys[sitter->profile];
    size_t state = sitter->met ? sitter->state : journey->first[meeting];
    unsigned came = draw_presence(stream, sitter->table, meeting);
    unsigned ways = sitter->table->model->meetings.items[meeting].ways;
    size_t way = journey->states[state].ways + (came & (ways - 1));
    const int64_t *sums = &sitter->table->sums[sitter->profile][way * casino->width];
    for (size_t i = 0; i < casino->width; i++) {
        month[i] += sums[i];
    }
    sitter->state = journey->next[way];
    sitter->met = true;
    if (watch != NULL) {
        watch->meets(watch, &sitter->table->model->meetings.items[meeting], came);
    }
}

static void
play_seat(const struct casino *casino, struct stream stream, uint32_t group,
          int64_t *months, struct casino_watch *watch)
{
    struct sitter sitter = sit(casino, &stream, group, watch);
    for (size_t day = 0; day < casino->model->day_count; day++) {
        const struct entry_table *table = sitter.table;
        size_t meeting = table->model->meeting_on[day];
        if (meeting == 0) {
            continue;
        }
        bool leaves = random_happens(&stream, table->leaves);
        if (!leaves || !sitter.met) {
            spend_day(casino, &stream, &sitter, meeting - 1, watch,
                      &months[casino->month_of[day] * casino->width]);
        } else if (random_happens(&stream, table->replaced) &&
                   table->successor != SCENARIO_NOWHERE) {
            sitter = sit(casino, &stream, table->successor, watch);
        } else {
            return;
        }
    }
}

void
casino_play(const struct casino *casino, uint32_t run, int64_t *months,
            struct casino_watch *watch)
{
    const struct scenario *scenario = casino->forecast->scenario;
    uint64_t key = random_run_key(casino->seed, run);
    uint64_t seat = 0;
    for (uint32_t g = 0; g < scenario->group_count; g++) {
        for (uint32_t i = 0; i < scenario->groups[g].members; i++) {
            play_seat(casino, random_stream(key, seat++), g, months, watch);
        }
    }
}

struct casino *
casino_new(struct arena *keep, const struct forecast *forecast, uint64_t seed)
{
    struct casino *casino = NEW(keep, struct casino);
    *casino = (struct casino){
        .forecast = forecast,
        .model = forecast->model,
        .width = forecast->track_count + 1,
        .month_of = NEW_ARRAY(keep, size_t, forecast->day_count + 1),
        .seed = seed,
    };
    for (size_t i = 0; i < forecast->day_count; i++) {
        casino->month_of[i] = forecast_month_of(forecast, forecast->days[i].date);
    }
    for (size_t g = 0; g < forecast->scenario->group_count; g++) {
        set_table(keep, casino, &casino->model->groups[g], &casino->groups[g]);
    }
    return casino;
}
