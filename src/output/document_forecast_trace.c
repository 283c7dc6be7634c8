/* SPDX-License-Identifier: Apache-2.0 */
/* Every item of every variant: so many expected, at such a price, under such a text. */
#include "forecast_parts.h"

static const struct column columns[] = {
    {"variant",     N_("Variant"),               CELL_TEXT,  22, false, 0, 0},
    {"date",        N_("Date"),                  CELL_DATE,  11, false, 0, 0},
    {"session",     N_("Session"),               CELL_TEXT,  18, false, 0, 0},
    {"group",       N_("Group"),                 CELL_TEXT,  26, false, 0, 0},
    {"entitlement", N_("Entitlement"),           CELL_TEXT,  22, false, 0, 0},
    {"payees",      N_("Expected number"),       CELL_TEXT,  16, false, 0, 0},
    {"price",       N_("Each"),                  CELL_MONEY, 11, false, 0, 0},
    {"exact",       N_("Expected, exact (€)"), CELL_TEXT,  20, false, 0, 0},
    {"cost",        N_("Counted"),               CELL_MONEY, 13, false, 0, 0},
    {"basis",       N_("Text of the rate"),      CELL_TEXT,  30, false, 0, 0},
};

const struct basis *
forecast_item_basis(const struct forecast *forecast, const struct item *item)
{
    const struct rules *rules = forecast->scenario->rules;
    const struct day_forecast *day = &forecast->days[item->day];
    const struct value *rate = NULL;
    if (item->entitlement > 0) {
        const struct category *category = &rules->categories[item->entitlement - 1];
        rate = timeline_at(&category->price.rates, day->date);
        return rate == NULL ? &category->basis : &rate->basis;
    }
    const struct session *session = &forecast->scenario->sessions[day->session];
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        const struct tariff *tariff = &rules->stipend.tariffs[i];
        for (size_t s = 0; s < day->sessions && rate == NULL; s++) {
            bool covered = (tariff->kinds >> session[s].kind & 1) != 0;
            rate = covered ? timeline_at(&tariff->price.rates, day->date) : NULL;
        }
    }
    return rate == NULL ? NULL : &rate->basis;
}

const char *
forecast_euros_text(struct arena *keep, struct decimal cents)
{
    return decimal_text(
        keep, decimal_times(keep, cents, decimal_ratio(keep, ratio_of(1, 100))), 6);
}

static void
put_item(const struct forecast_tables *whole, struct arena scratch,
         const struct forecast *forecast, const struct item *item, struct row_sink *sink)
{
    enum language language = whole->language;
    const struct scenario *scenario = forecast->scenario;
    const struct day_forecast *day = &forecast->days[item->day];
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, scenario),
                    variant_word(&scratch, scenario)),
        cell_date(day->date),
        cell_text(scenario->sessions[day->session].id),
        cell_worded(text_string(&scratch,
                                label_in(&scenario->groups[item->group].label, language)),
                    text_string(&scratch, scenario->groups[item->group].name)),
        cell_worded(
            text_string(&scratch,
                        entitlement_label(scenario, item->entitlement, language)),
            item->entitlement == 0
                ? "stipend"
                : text_string(
                      &scratch,
                      scenario->rules->categories[item->entitlement - 1].price.key)),
        cell_string(decimal_text(&scratch, item->payees, 6)),
        item->one_price ? cell_money(item->price) : cell_empty(),
        cell_string(forecast_euros_text(&scratch, item->exact)),
        cell_money(item->shown),
        cell_string(basis_text(&scratch, language, forecast_item_basis(forecast, item))),
    };
    sink->row(sink, cells);
}

static void
put_fixed(const struct forecast_tables *whole, struct arena scratch,
          const struct forecast *forecast, const struct fixed_item *item,
          struct row_sink *sink)
{
    enum language language = whole->language;
    const struct scenario *scenario = forecast->scenario;
    const struct fixed_cost *fixed = &scenario->fixed[item->fixed];
    struct date date = DATE_NONE;
    int month = forecast->months[item->month].month;
    date_make(month / 12, month % 12 + 1, 1, &date);
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, scenario),
                    variant_word(&scratch, scenario)),
        cell_date(date),
        cell_empty(),
        cell_empty(),
        cell_worded(text_string(&scratch, label_in(&fixed->label, language)),
                    text_string(&scratch, fixed->name)),
        cell_empty(),
        cell_empty(),
        cell_empty(),
        cell_money(item->shown),
        cell_string(basis_text(&scratch, language, &fixed->basis)),
    };
    sink->row(sink, cells);
}

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    for (size_t v = 0; v < whole->report->scenarios->count; v++) {
        const struct forecast *forecast = whole->report->forecasts[v];
        for (size_t i = 0; i < forecast->item_count; i++) {
            put_item(whole, scratch, forecast, &forecast->items[i], sink);
        }
        for (size_t i = 0; i < forecast->fixed_item_count; i++) {
            if (forecast->fixed_items[i].shown.cents != 0) {
                put_fixed(whole, scratch, forecast, &forecast->fixed_items[i], sink);
            }
        }
    }
}

void
forecast_put_trace(struct forecast_tables *out)
{
    struct table *table = forecast_table(out, columns, ARRAY_COUNT(columns));
    struct notes before = {0};
    document_note(
        out->keep, &before, TONE_QUIET,
        tr(out->language,
           N_("Expected number x each = exact cost. What is counted is what the "
              "running total of the entitlement grew, rounded to the cent, so that "
              "everything adds up.")));
    table->key = "computations";
    table->sheet = tr(out->language, N_("Computations"));
    table->title = arena_printf(out->keep, "SIMULATION - %s",
                                tr(out->language, N_("every figure, taken apart")));
    table->before = before.items;
    table->before_count = before.count;
    table->audience = FOR_SHEET | FOR_JSON;
    table->filter = true;
    table->list = true;
    table->produce = produce;
}
