/* SPDX-License-Identifier: Apache-2.0 */
/* Month by month and year by year: a table and its picture for each variant, and one list for
 * programs. */
#include "forecast_parts.h"

enum {
    MONTH_MONTH,
    MONTH_STIPENDS,
    MONTH_EXPENSES,
    MONTH_FIXED,
    MONTH_TOTAL,
    MONTH_LOW,
    MONTH_CENTRAL,
    MONTH_HIGH,
    MONTH_CUMULATED,
    MONTH_CUMULATED_LOW,
    MONTH_CUMULATED_HIGH,
    MONTH_COLUMNS
};

static const struct column columns[MONTH_COLUMNS] = {
    [MONTH_MONTH] = {"month",          N_("Month"),           CELL_TEXT,  12, false, 0, 0},
    [MONTH_STIPENDS] = {"stipends",       N_("Stipends"),        CELL_MONEY, 13, true,  0, 0},
    [MONTH_EXPENSES] = {"expenses",       N_("Expenses"),        CELL_MONEY, 13, true,  0, 0},
    [MONTH_FIXED] = {"fixed",          N_("Fixed costs"),     CELL_MONEY, 13, true,  0, 0},
    [MONTH_TOTAL] = {"total",          N_("Expected cost"),   CELL_MONEY, 14, true,
                     1u << MONTH_STIPENDS | 1u << MONTH_EXPENSES | 1u << MONTH_FIXED,   0},
    [MONTH_LOW] = {"low",            N_("Low (5 %)"),       CELL_MONEY, 13, false, 0, 0},
    [MONTH_CENTRAL] = {"central",        N_("Central (50 %)"),  CELL_MONEY, 13, false, 0, 0},
    [MONTH_HIGH] = {"high",           N_("High (95 %)"),     CELL_MONEY, 13, false, 0, 0},
    [MONTH_CUMULATED] = {"cumulated",      N_("Cumulated"),       CELL_MONEY, 14, false, 0, 0},
    [MONTH_CUMULATED_LOW] = {"cumulated_low",  N_("Cumulated, low"),  CELL_MONEY, 14, false,
                     0,                                                                 0},
    [MONTH_CUMULATED_HIGH] = {"cumulated_high", N_("Cumulated, high"), CELL_MONEY, 14,
                     false,                                                          0, 0},
};

static void
put_month(const struct forecast_tables *whole, struct arena *row,
          const struct month_forecast *month, struct cell cells[MONTH_COLUMNS])
{
    cells[MONTH_MONTH] = cell_month(row, whole->language, month->month);
    cells[MONTH_STIPENDS] = cell_money(month->stipends);
    cells[MONTH_EXPENSES] = cell_money(month->expenses);
    cells[MONTH_FIXED] = cell_money(month->fixed);
    cells[MONTH_TOTAL] = cell_toned(cell_money(month->total), TONE_STRONG);
    cells[MONTH_LOW] = cell_money(month->spread.low);
    cells[MONTH_CENTRAL] = cell_money(month->spread.central);
    cells[MONTH_HIGH] = cell_money(month->spread.high);
    cells[MONTH_CUMULATED] = cell_money(month->cumulated);
    cells[MONTH_CUMULATED_LOW] = cell_money(month->cumulated_spread.low);
    cells[MONTH_CUMULATED_HIGH] = cell_money(month->cumulated_spread.high);
}

static void
produce_variant(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct variant_view *view = given;
    for (size_t i = 0; i < view->forecast->month_count; i++) {
        struct cell cells[MONTH_COLUMNS];
        struct arena row = scratch;
        put_month(view->whole, &row, &view->forecast->months[i], cells);
        sink->row(sink, cells);
    }
}

static void
produce_all(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    for (size_t v = 0; v < whole->report->scenarios->count; v++) {
        const struct forecast *forecast = whole->report->forecasts[v];
        struct arena names = scratch;
        const char *word = variant_word(&names, forecast->scenario);
        for (size_t i = 0; i < forecast->month_count; i++) {
            struct cell cells[MONTH_COLUMNS + 1];
            struct arena row = names;
            cells[0] = cell_string(word);
            put_month(whole, &row, &forecast->months[i], cells + 1);
            sink->row(sink, cells);
        }
    }
}

static const struct column year_columns[] = {
    {"variant", N_("Variant"),        CELL_TEXT,    30, false, 0, 0},
    {"year",    N_("Year"),           CELL_INTEGER, 8,  false, 0, 0},
    {"total",   N_("Expected cost"),  CELL_MONEY,   14, false, 0, 0},
    {"low",     N_("Low (5 %)"),      CELL_MONEY,   13, false, 0, 0},
    {"central", N_("Central (50 %)"), CELL_MONEY,   13, false, 0, 0},
    {"high",    N_("High (95 %)"),    CELL_MONEY,   13, false, 0, 0},
};

static void
produce_years(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    for (size_t v = 0; v < whole->report->scenarios->count; v++) {
        const struct forecast *forecast = whole->report->forecasts[v];
        struct arena row = scratch;
        struct cell name =
            cell_worded(variant_title(&row, whole->language, forecast->scenario),
                        variant_word(&row, forecast->scenario));
        for (size_t i = 0; i < forecast->year_count; i++) {
            const struct year_forecast *year = &forecast->years[i];
            struct cell cells[] = {
                name,
                cell_integer(year->year),
                cell_money(year->total),
                cell_money(year->spread.low),
                cell_money(year->spread.central),
                cell_money(year->spread.high),
            };
            sink->row(sink, cells);
        }
    }
}

static void
put_variant(struct forecast_tables *out, size_t index)
{
    const struct forecast *forecast = out->report->forecasts[index];
    struct table *table = forecast_table(out, columns, MONTH_COLUMNS);
    struct variant_view *view = NEW(out->keep, struct variant_view);
    struct chart *chart = NEW(out->keep, struct chart);
    const char *title = variant_title(out->keep, out->language, forecast->scenario);
    *view = (struct variant_view){out, forecast};
    *chart = (struct chart){
        .kind = CHART_LINES,
        .title = arena_printf(out->keep, "SIMULATION - %s - %s", title,
                              tr(out->language, N_("cumulated cost by month"))),
        .category = MONTH_MONTH,
        .columns = 1u << MONTH_CUMULATED,
        .from_zero = true,
        .has_spread = true,
        .low = MONTH_CUMULATED_LOW,
        .high = MONTH_CUMULATED_HIGH,
    };
    table->key = "months_of_variant";
    table->sheet = forecast_sheet(out, N_("Months"), index);
    table->heading = forecast_heading(out, N_("Months"), index);
    table->title = arena_printf(out->keep, "SIMULATION - %s", title);
    table->audience = FOR_SHEET | FOR_PAGE;
    table->rows_known = true;
    table->rows = forecast->month_count;
    table->produce = produce_variant;
    table->context = view;
    table->chart = chart;
}

void
forecast_put_months(struct forecast_tables *out)
{
    struct column *all = NEW_ARRAY(out->keep, struct column, MONTH_COLUMNS + 1);
    all[0] = (struct column){"variant", N_("Variant"), CELL_TEXT, 20, false, 0, 0};
    for (size_t i = 0; i < MONTH_COLUMNS; i++) {
        all[i + 1] = columns[i];
        all[i + 1].adds = 0;
        all[i + 1].total = false;
    }
    for (size_t i = 0; i < out->report->scenarios->count; i++) {
        put_variant(out, i);
    }
    struct table *list = forecast_table(out, all, MONTH_COLUMNS + 1);
    list->key = "months";
    list->audience = FOR_JSON;
    list->produce = produce_all;
    struct table *years = forecast_table(out, year_columns, ARRAY_COUNT(year_columns));
    years->key = "years";
    years->sheet = tr(out->language, N_("Years"));
    years->title = arena_printf(out->keep, "SIMULATION - %s",
                                tr(out->language, N_("cost by budget year")));
    years->produce = produce_years;
}
