/* SPDX-License-Identifier: Apache-2.0 */
/* Every figure of every variant on the terminal, taken apart. */
#include "forecast_page.h"

struct explaining {
    FILE *out;
    struct arena scratch;
    enum language language;
};

static void
explain_item(struct explaining *work, const struct forecast *forecast,
             const struct item *item)
{
    struct arena scratch = work->scratch;
    enum language language = work->language;
    const struct scenario *scenario = forecast->scenario;
    const struct day_forecast *day = &forecast->days[item->day];
    struct text label = entitlement_label(scenario, item->entitlement, language);
    char date[DATE_TEXT_MAX];
    fprintf(work->out, "    %s  %.*s, %.*s\n", date_text(day->date, date),
            TEXT_ARG(label_in(&scenario->groups[item->group].label, language)),
            TEXT_ARG(label));
    const char *price = item->one_price ? shown_money(&scratch, language, item->price)
                                        : tr(language, N_("several prices"));
    fprintf(work->out, tr(language, N_("      %s expected x %s = %s; counted %s\n")),
            decimal_text(&scratch, item->payees, 6), price,
            forecast_euros_text(&scratch, item->exact),
            shown_money(&scratch, language, item->shown));
    const char *basis = forecast_item_basis(&scratch, language, forecast, item);
    if (basis[0] != '\0') {
        fprintf(work->out, "      %s\n", basis);
    }
}

static void
explain_fixed(struct explaining *work, const struct forecast *forecast)
{
    enum language language = work->language;
    const struct scenario *scenario = forecast->scenario;
    for (size_t i = 0; i < scenario->fixed_count; i++) {
        struct arena scratch = work->scratch;
        const struct fixed_cost *fixed = &scenario->fixed[i];
        struct money sum = {0};
        for (size_t j = 0; j < forecast->fixed_item_count; j++) {
            if (forecast->fixed_items[j].fixed == i) {
                sum = money_add(sum, forecast->fixed_items[j].shown);
            }
        }
        char quantity[RATIO_TEXT_MAX];
        fprintf(work->out,
                tr(language, N_("    %.*s: %s x %s per %s = %s in all\n      %s\n")),
                TEXT_ARG(label_in(&fixed->label, language)),
                shown_money(&scratch, language, fixed->amount),
                ratio_text(fixed->quantity, 0, 4, quantity),
                fixed_per_word(language, fixed->per),
                shown_money(&scratch, language, sum),
                forecast_basis_text(&scratch, language, &fixed->basis));
    }
}

struct parameter_sink { /* the rows of one variant, from the table of parameters */
    struct row_sink sink;
    FILE *out;
    const char *variant;
};

static void
print_parameter(struct row_sink *sink, const struct cell *cells)
{
    const struct parameter_sink *rows = (const struct parameter_sink *)sink;
    if (text_equals(cells[0].word, text_of(rows->variant))) {
        fprintf(rows->out, "    %.*s, %.*s: %.*s\n", TEXT_ARG(cells[1].text),
                TEXT_ARG(cells[2].text), TEXT_ARG(cells[3].text));
        if (cells[4].text.size > 0) { /* what a variant leaves out rests on nothing */
            fprintf(rows->out, "      %.*s\n", TEXT_ARG(cells[4].text));
        }
    }
}

static void
explain_parameters(struct explaining *work, const struct document *document,
                   const struct forecast *forecast)
{
    struct text name = forecast->scenario->name;
    struct arena scratch = work->scratch;
    struct parameter_sink rows = {
        .sink = {print_parameter},
        .out = work->out,
        .variant = name.size == 0 ? "base" : text_string(&scratch, name),
    };
    for (size_t i = 0; i < document->table_count; i++) {
        const struct table *table = &document->tables[i];
        if (text_equals(text_of(table->key), STR("parameters"))) {
            table->produce(table->context, scratch, &rows.sink);
        }
    }
}

void
forecast_page_explain(FILE *out, struct arena scratch,
                      const struct forecast_report *report)
{
    const struct document *document = forecast_document(&scratch, report);
    struct explaining work = {out, scratch, report->language};
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        struct arena row = scratch;
        fprintf(out, "\nSIMULATION  %s: %s\n",
                variant_title(&row, report->language, forecast->scenario),
                shown_money(&row, report->language, forecast->total));
        explain_parameters(&work, document, forecast);
        for (size_t j = 0; j < forecast->item_count; j++) {
            explain_item(&work, forecast, &forecast->items[j]);
        }
        explain_fixed(&work, forecast);
    }
}
