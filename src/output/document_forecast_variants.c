/* SPDX-License-Identifier: Apache-2.0 */
/* Variants side by side: what each comes to, and by how much it differs from the base. */
#include "defray/status.h"

#include "forecast_parts.h"

enum {
    VARIANT_TITLE,
    VARIANT_STIPENDS,
    VARIANT_EXPENSES,
    VARIANT_FIXED,
    VARIANT_TOTAL,
    VARIANT_DIFFERENCE,
    VARIANT_LOW,
    VARIANT_CENTRAL,
    VARIANT_HIGH,
    VARIANT_COLUMNS
};

static const struct column ratio_columns[] = {
    {"variant",     N_("Variant"),            CELL_TEXT,     30, false, 0, 0},
    {"members",     N_("Members"),            CELL_INTEGER,  9,  false, 0, 0},
    {"sessions",    N_("Sessions"),           CELL_INTEGER,  9,  false, 0, 0},
    {"presences",   N_("Expected presences"), CELL_QUANTITY, 13, false, 0, 0},
    {"per_member",  N_("Per member"),         CELL_MONEY,    12, false, 0, 0},
    {"per_session", N_("Per session"),        CELL_MONEY,    12, false, 0, 0},
    {"per_month",   N_("Per month"),          CELL_MONEY,    12, false, 0, 0},
};

static const struct column columns[VARIANT_COLUMNS] = {
    [VARIANT_TITLE] = {"variant",    N_("Variant"),          CELL_TEXT,  30, false, 0, 0},
    [VARIANT_STIPENDS] = {"stipends",   N_("Stipends"),         CELL_MONEY, 13, false, 0, 0},
    [VARIANT_EXPENSES] = {"expenses",   N_("Expenses"),         CELL_MONEY, 13, false, 0, 0},
    [VARIANT_FIXED] = {"fixed",      N_("Fixed costs"),      CELL_MONEY, 13, false, 0, 0},
    [VARIANT_TOTAL] = {"total",      N_("Expected cost"),    CELL_MONEY, 14, false,
                       1u << VARIANT_STIPENDS | 1u << VARIANT_EXPENSES |
                           1u << VARIANT_FIXED,
                       0                                                                },
    [VARIANT_DIFFERENCE] = {"difference", N_("Against the base"), CELL_MONEY, 14, false,
                       0,                                                              0},
    [VARIANT_LOW] = {"low",        N_("Low (5 %)"),        CELL_MONEY, 13, false, 0, 0},
    [VARIANT_CENTRAL] = {"central",    N_("Central (50 %)"),   CELL_MONEY, 13, false, 0, 0},
    [VARIANT_HIGH] = {"high",       N_("High (95 %)"),      CELL_MONEY, 13, false, 0, 0},
};

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    const struct forecast *base = whole->report->forecasts[0];
    for (size_t i = 0; i < whole->report->scenarios->count; i++) {
        const struct forecast *forecast = whole->report->forecasts[i];
        struct arena row = scratch;
        struct money difference = money_subtract(forecast->total, base->total);
        struct cell cells[VARIANT_COLUMNS] = {
            [VARIANT_TITLE] = cell_toned(
                cell_worded(variant_title(&row, whole->language, forecast->scenario),
                            variant_word(&row, forecast->scenario)),
                i == 0 ? TONE_STRONG : TONE_PLAIN),
            [VARIANT_STIPENDS] = cell_money(forecast->stipends),
            [VARIANT_EXPENSES] = cell_money(forecast->expenses),
            [VARIANT_FIXED] = cell_money(forecast->fixed),
            [VARIANT_TOTAL] = cell_toned(cell_money(forecast->total), TONE_STRONG),
            [VARIANT_DIFFERENCE] = i == 0 ? cell_empty() : cell_money(difference),
            [VARIANT_LOW] = cell_money(forecast->spread.low),
            [VARIANT_CENTRAL] = cell_money(forecast->spread.central),
            [VARIANT_HIGH] = cell_money(forecast->spread.high),
        };
        sink->row(sink, cells);
    }
}

static struct ratio
hundredths_of(struct arena scratch, struct decimal value)
{
    struct decimal hundred = decimal_integer(&scratch, 100);
    return ratio_of(decimal_round(decimal_times(&scratch, value, hundred)), 100);
}

static void
produce_ratios(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    for (size_t i = 0; i < whole->report->scenarios->count; i++) {
        const struct forecast *forecast = whole->report->forecasts[i];
        struct arena row = scratch;
        struct cell cells[] = {
            cell_worded(variant_title(&row, whole->language, forecast->scenario),
                        variant_word(&row, forecast->scenario)),
            cell_integer((int64_t)forecast->members),
            cell_integer((int64_t)forecast->scenario->session_count),
            cell_quantity(hundredths_of(row, forecast->presences)),
            cell_money(forecast->per_member),
            cell_money(forecast->per_session),
            cell_money(forecast->per_month),
        };
        sink->row(sink, cells);
    }
}

static void
put_notes(struct forecast_tables *out, struct table *table)
{
    const struct scenarios *scenarios = out->report->scenarios;
    enum language language = out->language;
    struct notes before = {0};
    struct notes after = {0};
    document_note(
        out->keep, &before, TONE_ALERT,
        tr(language, N_("SIMULATION: nothing here is owed to anybody, no ledger was "
                        "opened, nobody is named.")));
    document_note(
        out->keep, &before, TONE_PLAIN,
        arena_printf(
            out->keep,
            tr(language, N_("Expected cost: exact, by the same computation as a "
                            "payment. Low and high: at most 5 of 100 draws are below "
                            "the one, at most 5 above the other (%u draws, seed %llu).")),
            scenarios->runs, (unsigned long long)scenarios->seed));
    const struct scenario *base = scenarios->items[0];
    document_note(
        out->keep, &before, TONE_PLAIN,
        arena_printf(out->keep, tr(language, N_("Legal status of the scheme: %s")),
                     status_sentence(out->keep, language, base->rules, base->lasts)));
    document_note(
        out->keep, &after, TONE_QUIET,
        tr(language, N_("Every parameter has a source or is an assumption: see the "
                        "table of parameters. Each figure is taken apart on the sheet "
                        "of computations of the workbook (.xlsx).")));
    table->before = before.items;
    table->before_count = before.count;
    table->after = after.items;
    table->after_count = after.count;
}

void
forecast_put_variants(struct forecast_tables *out)
{
    struct table *table = forecast_table(out, columns, VARIANT_COLUMNS);
    struct chart *chart = NEW(out->keep, struct chart);
    *chart = (struct chart){
        .kind = CHART_STACKED,
        .title = tr(out->language, N_("SIMULATION - expected cost by variant")),
        .category = VARIANT_TITLE,
        .columns = 1u << VARIANT_STIPENDS | 1u << VARIANT_EXPENSES | 1u << VARIANT_FIXED,
        .from_zero = true,
        .has_spread = true,
        .low = VARIANT_LOW,
        .high = VARIANT_HIGH,
        .whole = VARIANT_TOTAL,
        .spread_title = tr(out->language, N_("SIMULATION - low, expected and high cost")),
    };
    table->key = "variants";
    table->sheet = tr(out->language, N_("Variants"));
    table->title =
        arena_printf(out->keep, "SIMULATION - %.*s",
                     TEXT_ARG(label_in(&out->report->scenarios->title, out->language)));
    table->rows_known = true;
    table->rows = out->report->scenarios->count;
    table->produce = produce;
    table->chart = chart;
    put_notes(out, table);
    struct table *ratios = forecast_table(out, ratio_columns, ARRAY_COUNT(ratio_columns));
    ratios->key = "ratios";
    ratios->sheet = tr(out->language, N_("Variants"));
    ratios->title = arena_printf(out->keep, "SIMULATION - %s",
                                 tr(out->language, N_("per member, session and month")));
    ratios->rows_known = true;
    ratios->rows = out->report->scenarios->count;
    ratios->produce = produce_ratios;
}
