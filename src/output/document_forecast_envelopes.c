/* SPDX-License-Identifier: Apache-2.0 */
/* Envelopes: what is used of each, in which month it runs out, and how often it does. */
#include "forecast_parts.h"

#define DRAWN_MAX 8 /* envelopes in one picture */

static const struct column columns[] = {
    {"variant",     N_("Variant"),              CELL_TEXT,    26, false, 0, 0},
    {"envelope",    N_("Envelope"),             CELL_TEXT,    22, false, 0, 0},
    {"year",        N_("Year"),                 CELL_INTEGER, 8,  false, 0, 0},
    {"limit",       N_("Limit"),                CELL_MONEY,   13, false, 0, 0},
    {"warning",     N_("Warning level"),        CELL_MONEY,   13, false, 0, 0},
    {"used",        N_("Expected use"),         CELL_MONEY,   13, false, 0, 0},
    {"left",        N_("Left"),                 CELL_MONEY,   13, false, 0, 0},
    {"low",         N_("Low (5 %)"),            CELL_MONEY,   13, false, 0, 0},
    {"central",     N_("Central (50 %)"),       CELL_MONEY,   13, false, 0, 0},
    {"high",        N_("High (95 %)"),          CELL_MONEY,   13, false, 0, 0},
    {"warned_in",   N_("Warning in"),           CELL_TEXT,    11, false, 0, 0},
    {"runs_out_in", N_("Runs out in"),          CELL_TEXT,    11, false, 0, 0},
    {"passed",      N_("Draws that pass it"),   CELL_TEXT,    11, false, 0, 0},
    {"passed_in",   N_("then, mostly in"),      CELL_TEXT,    11, false, 0, 0},
    {"basis",       N_("Source or assumption"), CELL_TEXT,    40, false, 0, 0},
};

const char *
forecast_share_text(struct arena *keep, enum language language, uint32_t part,
                    uint32_t whole)
{
    uint64_t tenths = whole == 0 ? 0 : ((uint64_t)part * 1000 + whole / 2) / whole;
    return arena_printf(keep, language == LANGUAGE_FR ? "%llu,%llu %%" : "%llu.%llu %%",
                        (unsigned long long)(tenths / 10),
                        (unsigned long long)(tenths % 10));
}

static void
put_track(const struct forecast_tables *whole, struct arena scratch,
          const struct forecast *forecast, const struct track *track,
          struct row_sink *sink)
{
    enum language language = whole->language;
    bool passed = track->runs_out_in != FORECAST_NONE;
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, forecast->scenario),
                    variant_word(&scratch, forecast->scenario)),
        cell_worded(text_string(&scratch, label_in(&track->label, language)),
                    text_string(&scratch, track->name)),
        cell_integer(track->year),
        cell_money(track->limit),
        track->warning.cents > 0 ? cell_money(track->warning) : cell_empty(),
        cell_toned(cell_money(track->used), TONE_STRONG),
        cell_toned(cell_money(money_subtract(track->limit, track->used)),
                   passed ? TONE_ALERT : TONE_PLAIN),
        cell_money(track->spread.low),
        cell_money(track->spread.central),
        cell_money(track->spread.high),
        cell_month(&scratch, language, track->warned_in),
        cell_toned(cell_month(&scratch, language, track->runs_out_in), TONE_ALERT),
        cell_worded(
            forecast_share_text(&scratch, language, track->runs_passed, forecast->runs),
            arena_printf(&scratch, "%u", track->runs_passed)),
        cell_month(&scratch, language, track->passed_central),
        cell_toned(cell_string(basis_text(&scratch, language, track->basis)),
                   track->basis->source == NULL ? TONE_QUIET : TONE_PLAIN),
    };
    sink->row(sink, cells);
}

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    for (size_t v = 0; v < whole->report->scenarios->count; v++) {
        const struct forecast *forecast = whole->report->forecasts[v];
        for (size_t i = 0; i < forecast->track_count; i++) {
            put_track(whole, scratch, forecast, &forecast->tracks[i], sink);
        }
    }
}

struct burn_down {
    const struct forecast_tables *whole;
    const struct forecast *forecast;
    size_t tracks[DRAWN_MAX];
    size_t count;
    int year;
};

/* What is left of each envelope of the year, month by month. */
static void
produce_left(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct burn_down *burn = given;
    for (size_t m = 0; m < burn->forecast->month_count; m++) {
        int month = burn->forecast->months[m].month;
        struct cell cells[DRAWN_MAX + 1];
        struct arena row = scratch;
        if (month / 12 != burn->year) {
            continue;
        }
        cells[0] = cell_month(&row, burn->whole->language, month);
        for (size_t i = 0; i < burn->count; i++) {
            const struct track *track = &burn->forecast->tracks[burn->tracks[i]];
            struct money left = money_subtract(track->limit, track->by_month[m]);
            cells[i + 1] =
                cell_toned(cell_money(left), left.cents < 0 ? TONE_ALERT : TONE_PLAIN);
        }
        sink->row(sink, cells);
    }
}

static void
put_burn_down(struct forecast_tables *out, size_t index, int year)
{
    const struct forecast *forecast = out->report->forecasts[index];
    struct burn_down *burn = NEW(out->keep, struct burn_down);
    struct column *left = NEW_ARRAY(out->keep, struct column, DRAWN_MAX + 1);
    struct chart *chart = NEW(out->keep, struct chart);
    *burn = (struct burn_down){.whole = out, .forecast = forecast, .year = year};
    left[0] = (struct column){"month", N_("Month"), CELL_TEXT, 34, false, 0, 0};
    chart->from_zero = true;
    for (size_t i = 0; i < forecast->track_count && burn->count < DRAWN_MAX; i++) {
        const struct track *track = &forecast->tracks[i];
        if (track->year == year) {
            burn->tracks[burn->count++] = i;
            chart->from_zero =
                chart->from_zero && money_compare(track->used, track->limit) <= 0;
            left[burn->count] = (struct column){
                .key = text_string(out->keep, track->name),
                .title = text_string(out->keep, label_in(&track->label, out->language)),
                .type = CELL_MONEY,
                .width = 40,
            };
            chart->columns |= 1u << burn->count;
        }
    }
    if (burn->count == 0) {
        return;
    }
    struct table *table = forecast_table(out, left, burn->count + 1);
    chart->kind = CHART_LINES;
    chart->title = arena_printf(
        out->keep, tr(out->language, N_("SIMULATION - %s - left of the envelopes, %d")),
        variant_title(out->keep, out->language, forecast->scenario), year);
    table->key = "left";
    table->sheet = forecast_sheet(out, N_("Envelopes"), index);
    table->heading = forecast_heading(out, N_("Envelopes"), index);
    table->title = chart->title;
    table->audience = FOR_SHEET | FOR_PAGE;
    table->produce = produce_left;
    table->context = burn;
    table->chart = chart;
}

void
forecast_put_envelopes(struct forecast_tables *out)
{
    size_t count = 0;
    for (size_t v = 0; v < out->report->scenarios->count; v++) {
        count += out->report->forecasts[v]->track_count;
    }
    if (count == 0) {
        return;
    }
    struct table *table = forecast_table(out, columns, ARRAY_COUNT(columns));
    table->key = "envelopes";
    table->sheet = tr(out->language, N_("Envelopes"));
    table->title =
        arena_printf(out->keep, "SIMULATION - %s", tr(out->language, N_("envelopes")));
    table->rows_known = true;
    table->rows = count;
    table->produce = produce;
    for (size_t v = 0; v < out->report->scenarios->count; v++) {
        const struct forecast *forecast = out->report->forecasts[v];
        for (size_t y = 0; y < forecast->year_count; y++) {
            put_burn_down(out, v, forecast->years[y].year);
        }
    }
}
