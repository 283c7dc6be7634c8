/* SPDX-License-Identifier: Apache-2.0 */
/* Every item of every variant: so many expected, at such a price, under such a text. */
#include "forecast_parts.h"

#include <string.h>

static const struct column columns[] = {
    {"variant",     N_("Variant"),               CELL_TEXT,  22, false, 0, 0},
    {"date",        N_("Date"),                  CELL_DATE,  11, false, 0, 0},
    {"session",     N_("Session"),               CELL_TEXT,  24, false, 0, 0},
    {"group",       N_("Group"),                 CELL_TEXT,  26, false, 0, 0},
    {"entitlement", N_("Entitlement"),           CELL_TEXT,  22, false, 0, 0},
    {"payees",      N_("Expected number"),       CELL_TEXT,  16, false, 0, 0},
    {"price",       N_("Each"),                  CELL_MONEY, 11, false, 0, 0},
    {"exact",       N_("Expected, exact (€)"), CELL_TEXT,  20, false, 0, 0},
    {"cost",        N_("Counted"),               CELL_MONEY, 13, false, 0, 0},
    {"basis",       N_("Text of the rate"),      CELL_TEXT,  30, false, 0, 0},
};

static const char *
joined(struct arena *keep, const char *list, const char *more)
{
    return list[0] == '\0' ? more : arena_printf(keep, "%s; %s", list, more);
}

struct
    tariffed { /* a session, and what a presence is paid by; NULL where it is not paid */
    const struct session *session;
    const struct tariff *tariff;
};

struct tariffed_list {
    struct tariffed items[SCENARIO_ON_DAY_MAX];
    size_t count;
};

/* The sessions of an item: those of its group on that day; of a stipend, those that are paid. */
static struct tariffed_list
sessions_of(struct arena scratch, const struct forecast *forecast,
            const struct item *item)
{
    const struct scenario *scenario = forecast->scenario;
    const struct day_forecast *day = &forecast->days[item->day];
    uint32_t attends = scenario->groups[item->group].attends;
    struct tariffed_list list = {0};
    for (size_t i = day->session; i < day->session + day->sessions; i++) {
        const struct session *session = &scenario->sessions[i];
        const struct tariff *tariff =
            rules_tariff(scenario->rules, scratch, session->kind, session->body);
        bool invited = (attends >> scenario->session_series[i] & 1) != 0;
        if (invited && (item->entitlement > 0 || tariff != NULL)) {
            list.items[list.count++] = (struct tariffed){session, tariff};
        }
    }
    return list;
}

static const char *
sessions_text(struct arena *keep, const struct forecast *forecast,
              const struct item *item)
{
    struct tariffed_list sessions = sessions_of(*keep, forecast, item);
    const char *list = "";
    for (size_t i = 0; i < sessions.count; i++) {
        list = joined(keep, list, text_string(keep, sessions.items[i].session->id));
    }
    return list;
}

/* The texts of the tariffs' rates, each once. */
static const char *
stipend_basis(struct arena *keep, enum language language, const struct forecast *forecast,
              const struct item *item)
{
    struct tariffed_list sessions = sessions_of(*keep, forecast, item);
    const char *told[SCENARIO_ON_DAY_MAX];
    size_t count = 0;
    const char *list = "";
    for (size_t i = 0; i < sessions.count; i++) {
        const struct value *rate = timeline_at(&sessions.items[i].tariff->price.rates,
                                               forecast->days[item->day].date);
        const char *text = basis_text(keep, language, rate == NULL ? NULL : &rate->basis);
        bool known = text[0] == '\0';
        for (size_t k = 0; k < count; k++) {
            known = known || strcmp(told[k], text) == 0;
        }
        if (!known) {
            told[count++] = text;
            list = joined(keep, list, text);
        }
    }
    return list;
}

const char *
forecast_item_basis(struct arena *keep, enum language language,
                    const struct forecast *forecast, const struct item *item)
{
    if (item->entitlement == 0) {
        return stipend_basis(keep, language, forecast, item);
    }
    const struct category *category =
        &forecast->scenario->rules->categories[item->entitlement - 1];
    const struct value *rate =
        timeline_at(&category->price.rates, forecast->days[item->day].date);
    return basis_text(keep, language, rate == NULL ? &category->basis : &rate->basis);
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
        cell_string(sessions_text(&scratch, forecast, item)),
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
        cell_string(forecast_item_basis(&scratch, language, forecast, item)),
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
