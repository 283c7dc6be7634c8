/* SPDX-License-Identifier: Apache-2.0 */
/* Runs shared out over threads, and what they come to between the lowest and the highest. */
#include "defray/parallel.h"

#include "casino.h"

#include <assert.h>
#include <stdlib.h>

struct results {
    const struct casino *casino;
    uint32_t runs;
    int64_t *items; /* by run, month, and width: not cumulated, without fixed costs */
};

#define RUNS_A_PART 16

static void *
play_runs(void *context, size_t part, struct arena *arena)
{
    const struct results *results = context;
    const struct casino *casino = results->casino;
    size_t size = casino->forecast->month_count * casino->width;
    size_t end = (part + 1) * RUNS_A_PART;
    (void)arena;
    for (size_t run = part * RUNS_A_PART; run < end && run < results->runs; run++) {
        casino_play(casino, (uint32_t)run, &results->items[run * size], NULL);
    }
    return NULL;
}

static void
play_all(struct arena scratch, struct results *results, int threads)
{
    const struct parallel_work work = {
        .context = results,
        .parts = (results->runs + RUNS_A_PART - 1) / RUNS_A_PART,
        .processors = threads < 1 ? 0 : (size_t)threads,
        .make = play_runs,
    };
    parallel_in_order(scratch, &work);
}

static int
by_size(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

/* The value below or at which lie so many of a hundred, of values in order. */
static int64_t
quantile(const int64_t *values, uint32_t count, uint32_t percent)
{
    uint64_t rank = ((uint64_t)count * percent + 99) / 100;
    return values[rank == 0 ? 0 : rank - 1];
}

static struct spread
spread_of(int64_t *values, uint32_t count, struct money more)
{
    qsort(values, count, sizeof *values, by_size);
    return (struct spread){
        {quantile(values, count, 5) + more.cents},
        {quantile(values, count, 50) + more.cents},
        {quantile(values, count, 95) + more.cents},
    };
}

static int64_t
drawn(const struct results *results, uint32_t run, size_t month, size_t column)
{
    size_t months = results->casino->forecast->month_count;
    return results->items[(run * months + month) * results->casino->width + column];
}

static void
spread_months(const struct results *results, struct forecast *forecast, int64_t *values,
              int64_t *sums)
{
    struct money fixed = {0};
    for (size_t m = 0; m < forecast->month_count; m++) {
        struct month_forecast *month = &forecast->months[m];
        fixed = money_add(fixed, month->fixed);
        for (uint32_t run = 0; run < results->runs; run++) {
            values[run] = drawn(results, run, m, 0);
            sums[run] += values[run];
        }
        month->spread = spread_of(values, results->runs, month->fixed);
        for (uint32_t run = 0; run < results->runs; run++) {
            values[run] = sums[run];
        }
        month->cumulated_spread = spread_of(values, results->runs, fixed);
    }
    forecast->spread = spread_of(sums, results->runs, fixed);
}

static void
spread_years(const struct results *results, struct forecast *forecast, int64_t *values)
{
    for (size_t y = 0; y < forecast->year_count; y++) {
        struct year_forecast *year = &forecast->years[y];
        struct money fixed = {0};
        for (uint32_t run = 0; run < results->runs; run++) {
            values[run] = 0;
        }
        for (size_t m = 0; m < forecast->month_count; m++) {
            if (forecast->months[m].month / 12 != year->year) {
                continue;
            }
            fixed = money_add(fixed, forecast->months[m].fixed);
            for (uint32_t run = 0; run < results->runs; run++) {
                values[run] += drawn(results, run, m, 0);
            }
        }
        year->spread = spread_of(values, results->runs, fixed);
    }
}

/* What the fixed costs charge to the track, up to the month. */
static int64_t
fixed_charged(const struct forecast *forecast, const struct track *track, size_t until)
{
    int64_t charged = 0;
    for (size_t i = 0; i < forecast->fixed_item_count; i++) {
        const struct fixed_item *item = &forecast->fixed_items[i];
        bool counts = item->month <= until && (track->fixed >> item->fixed & 1) != 0 &&
                      forecast->months[item->month].month / 12 == track->year;
        charged += counts ? item->shown.cents : 0;
    }
    return charged;
}

static void
spread_track(const struct results *results, struct forecast *forecast, size_t index,
             int64_t *values, int64_t *passed)
{
    struct track *track = &forecast->tracks[index];
    int64_t never = forecast->months[forecast->month_count - 1].month + 1;
    for (uint32_t run = 0; run < results->runs; run++) {
        values[run] = 0;
        passed[run] = never;
    }
    int64_t fixed = 0;
    for (size_t m = 0; m < forecast->month_count; m++) {
        fixed = fixed_charged(forecast, track, m);
        for (uint32_t run = 0; run < results->runs; run++) {
            values[run] += drawn(results, run, m, index + 1);
            if (values[run] + fixed > track->limit.cents && passed[run] == never) {
                passed[run] = forecast->months[m].month;
                track->runs_passed++;
            }
        }
    }
    track->spread = spread_of(values, results->runs, (struct money){fixed});
    if (track->runs_passed > 0) { /* the median of those in which it runs out */
        qsort(passed, results->runs, sizeof *passed, by_size);
        track->passed_central = (int)quantile(passed, track->runs_passed, 50);
    }
}

void
forecast_draw(struct arena *keep, struct forecast *forecast, uint32_t runs, uint64_t seed,
              int threads)
{
    const struct casino *casino = casino_new(keep, forecast, seed);
    size_t size = forecast->month_count * casino->width;
    assert(runs > 0 && size > 0);
    struct arena whole = arena_reserve(((size_t)runs + 1) * 8 * (size + 4) + 4096);
    struct arena room = whole;
    struct results results = {casino, runs, NEW_ARRAY(&room, int64_t, runs * size)};
    int64_t *values = NEW_ARRAY(&room, int64_t, runs);
    int64_t *others = NEW_ARRAY(&room, int64_t, runs);
    play_all(*keep, &results, threads);
    spread_months(&results, forecast, values, others);
    spread_years(&results, forecast, values);
    for (size_t t = 0; t < forecast->track_count; t++) {
        spread_track(&results, forecast, t, values, others);
    }
    forecast->runs = runs;
    arena_release(whole);
}
