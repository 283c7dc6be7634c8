/* SPDX-License-Identifier: Apache-2.0 */
/* The document of a simulation, sheet by sheet. */
#include "forecast_parts.h"

#define SHEET_CHARS \
    31 /* in the name of a sheet: longer ones are cut, and might be alike */

struct table *
forecast_table(struct forecast_tables *out, const struct column *columns, size_t count)
{
    struct table *table = ARRAY_PUSH(out->keep, &out->tables);
    *table = document_table(out->keep, out->language, columns, count);
    table->audience = FOR_SHEET | FOR_PAGE | FOR_JSON;
    table->context = out;
    return table;
}

const char *
variant_title(struct arena *keep, enum language language, const struct scenario *scenario)
{
    return scenario->name.size == 0
               ? tr(language, N_("Base"))
               : text_string(keep, label_in(&scenario->title, language));
}

const char *
variant_word(struct arena *keep, const struct scenario *scenario)
{
    return scenario->name.size == 0 ? "base" : text_string(keep, scenario->name);
}

struct text
entitlement_label(const struct scenario *scenario, size_t entitlement,
                  enum language language)
{
    const struct rules *rules = scenario->rules;
    return rules_label(rules,
                       entitlement == 0 ? STR("stipend")
                                        : rules->categories[entitlement - 1].price.key,
                       language);
}

const char *
forecast_heading(struct forecast_tables *out, const char *what, size_t index)
{
    return arena_printf(
        out->keep, "%s - %s", tr(out->language, what),
        variant_title(out->keep, out->language, out->report->scenarios->items[index]));
}

const char *
forecast_sheet(struct forecast_tables *out, const char *what, size_t index)
{
    const struct scenario *scenario = out->report->scenarios->items[index];
    const char *word =
        index == 0 ? tr(out->language, N_("Base")) : variant_word(out->keep, scenario);
    const char *name = arena_printf(out->keep, "%s - %s", tr(out->language, what), word);
    return text_characters(text_of(name)) <= SHEET_CHARS
               ? name
               : arena_printf(out->keep, "%s %zu %s", tr(out->language, what), index,
                              word);
}

const char *
forecast_month_text(struct arena *keep, enum language language, int month)
{
    int year = month / 12;
    int number = month % 12 + 1;
    return language == LANGUAGE_FR ? arena_printf(keep, "%02d/%04d", number, year)
                                   : arena_printf(keep, "%04d-%02d", year, number);
}

const char *
shown_money(struct arena *keep, enum language language, struct money amount)
{
    return shown_amount(keep, language, amount);
}

const char *
forecast_basis_text(struct arena *keep, enum language language, const struct basis *basis)
{
    return basis_text(keep, language, basis);
}

const char *
fixed_per_word(enum language language, enum fixed_per per)
{
    static const char *const words[FIXED_PER_COUNT] = {
        [FIXED_ONCE] = N_("mandate"),
        [FIXED_MONTH] = N_("month"),
        [FIXED_YEAR] = N_("year"),
        [FIXED_SESSION] = N_("session"),
    };
    return tr(language, words[per]);
}

struct cell
cell_month(struct arena *keep, enum language language, int month)
{
    if (month == FORECAST_NONE) {
        return cell_empty();
    }
    return cell_worded(forecast_month_text(keep, language, month),
                       forecast_month_text(keep, LANGUAGE_EN, month));
}

static struct property *
property(struct arena *keep, struct properties *list, const char *key, struct cell value)
{
    struct property *added = ARRAY_PUSH(keep, list);
    *added = (struct property){.key = key, .value = value};
    return added;
}

static void
set_properties(struct arena *keep, const struct forecast_report *report,
               struct document *document)
{
    const struct scenarios *scenarios = report->scenarios;
    const struct scenario *base = scenarios->items[0];
    struct properties list = {0};
    property(keep, &list, "simulation", cell_text(scenarios->id));
    property(keep, &list, "assembly", cell_text(base->rules->id));
    property(keep, &list, "period.from", cell_date(base->lasts.from));
    property(keep, &list, "period.to", cell_date(base->lasts.to));
    property(keep, &list, "draws.runs", cell_integer(scenarios->runs));
    property(keep, &list, "draws.seed", cell_integer((int64_t)scenarios->seed));
    property(keep, &list, "draws.low", cell_string("5 %"));
    property(keep, &list, "draws.high", cell_string("95 %"));
    property(keep, &list, "version", cell_string(report->version));
    document->properties = list.items;
    document->property_count = list.count;
}

struct document *
forecast_document(struct arena *keep, const struct forecast_report *report)
{
    const struct scenarios *scenarios = report->scenarios;
    const struct scenario *base = scenarios->items[0];
    struct forecast_tables *out = NEW(keep, struct forecast_tables);
    struct document *document = NEW(keep, struct document);
    *out = (struct forecast_tables){
        .keep = keep, .report = report, .language = report->language};
    forecast_put_variants(out);
    forecast_put_months(out);
    forecast_put_envelopes(out);
    forecast_put_goals(out);
    forecast_put_profiles(out);
    forecast_put_trace(out);
    forecast_put_parameters(out);
    struct text title = label_in(&scenarios->title, report->language);
    *document = (struct document){
        .schema = "defray.forecast/1",
        .public = true,
        .title = arena_printf(keep, "SIMULATION - %.*s", TEXT_ARG(title)),
        .author = text_string(keep, base->rules->authority),
        .subject = text_string(keep, base->rules->assembly),
        .footer = arena_printf(keep, "SIMULATION - %.*s", TEXT_ARG(title)),
        .language = report->language,
        .sortable = true,
        .dated = base->lasts.to,
        .tables = out->tables.items,
        .table_count = out->tables.count,
    };
    set_properties(keep, report, document);
    return document;
}
