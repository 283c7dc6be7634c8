/* SPDX-License-Identifier: Apache-2.0 */
/* The provisions on expenses, and the limits over everything. */
#include "provision_parts.h"

#include <assert.h>

static const char *
method_text(struct listing *listing, const struct entitlement *price)
{
    enum language language = listing->language;
    const char *unit = unit_label(language, price->unit);
    if (price->method->uses_scale) {
        return arena_printf(listing->keep,
                            tr(language, N_("by the yearly scale '%.*s', per %s")),
                            TEXT_ARG(price->scale_id), unit);
    }
    if (!price->method->uses_rates) {
        return tr(language, N_("the amount of the receipt"));
    }
    return arena_printf(listing->keep,
                        price->method->uses_amount
                            ? tr(language, N_("the receipt, up to a rate per %s"))
                            : tr(language, N_("a rate per %s")),
                        unit);
}

/* "0.32 € up to 2000, 0.40 € up to 10000, 0.23 € beyond". */
static const char *
bands_text(struct listing *listing, const struct vehicle *vehicle)
{
    struct arena *keep = listing->keep;
    enum language language = listing->language;
    const char *list = "";
    for (size_t i = 0; i < vehicle->band_count; i++) {
        const struct band *band = &vehicle->bands[i];
        const char *rate = figure_text(keep, language, band->rate, 2);
        const char *text =
            band->up_to.den == 0
                ? arena_printf(keep, tr(language, N_("%s € beyond")), rate)
                : arena_printf(keep, tr(language, N_("%s € up to %s")), rate,
                               figure_text(keep, language, band->up_to, 0));
        list = arena_printf(keep, "%s%s%s", list, i == 0 ? "" : ", ", text);
    }
    return list;
}

static void
list_scale(struct listing *listing, const struct scale *scale)
{
    struct arena *keep = listing->keep;
    for (size_t i = 0; i < scale->count; i++) {
        const struct scale_version *version = &scale->versions[i];
        struct value when = {.during = version->during,
                             .adopted = version->adopted,
                             .checked_on = version->checked_on,
                             .retroactive = version->retroactive};
        for (size_t k = 0; k < version->vehicle_count; k++) {
            const struct vehicle *vehicle = &version->vehicles[k];
            const char *powers = arena_printf(
                keep, tr(listing->language, N_("%u to %u horsepower")),
                vehicle->power_from, vehicle->power_to > 99 ? 99 : vehicle->power_to);
            list_dated(
                listing,
                arena_printf(keep, "scale.%u.%u", vehicle->power_from, vehicle->power_to),
                N_("scale"),
                arena_printf(keep, tr(listing->language, N_("%s: %s")), powers,
                             bands_text(listing, vehicle)),
                &when);
            listing->out.items[listing->out.count - 1].basis = &version->basis;
        }
    }
}

static void
list_claim_rules(struct listing *listing, const struct category *category)
{
    enum language language = listing->language;
    const struct entitlement *price = &category->price;
    list_setting(listing, "receipt", N_("receipt"),
                 category->receipt_required ? tr(language, N_("a receipt is required"))
                                            : tr(language, N_("no receipt is required")),
                 &category->receipt_basis);
    if (category->deadline_days > 0) {
        list_setting(listing, "deadline", N_("deadline"),
                     arena_printf(listing->keep,
                                  tr(language, N_("claimed at most %d days after")),
                                  category->deadline_days),
                     &category->deadline_basis);
    }
    if (category->meal_basis.where.input != NULL) {
        list_setting(listing, "meal_served", N_("where a meal was served"),
                     category->refused_where_meal_served
                         ? tr(language, N_("not paid"))
                         : tr(language, N_("paid all the same")),
                     &category->meal_basis);
    }
    if (price->has_default_quantity) {
        list_setting(listing, "default_quantity", N_("quantity if none is stated"),
                     figure_text(listing->keep, language, price->default_quantity, 0),
                     &price->default_basis);
    }
}

/* Under which heading of the expense statement a category stands. */
static const char *
heading_text(enum language language, enum heading heading)
{
    static const char *const labels[HEADING_COUNT] = {
        [HEADING_PUBLIC_TRANSPORT] = N_("Public transport"),
        [HEADING_CAR] = N_("Own car"),
        [HEADING_TAXI] = N_("Taxi, hire"),
        [HEADING_PARKING] = N_("Parking, toll"),
        [HEADING_MEAL] = N_("Meals"),
        [HEADING_LODGING] = N_("Nights"),
        [HEADING_CARE] = N_("Care"),
        [HEADING_INCOME_LOSS] = N_("Loss of income"),
        [HEADING_OTHER] = N_("Other"),
    };
    return tr(language, labels[heading]);
}

static void
list_category(struct listing *listing, const struct category *category)
{
    struct arena *keep = listing->keep;
    const struct entitlement *price = &category->price;
    const struct label label = {price->label_fr, price->label_en};
    struct figure figure = {"", unit_label(listing->language, price->unit)};
    listing->subject_key = text_string(keep, price->key);
    listing->subject = text_string(keep, label_in(&label, listing->language));
    list_setting(listing, "method", N_("paid"), method_text(listing, price),
                 &category->basis);
    if (category->also_count > 0) {
        list_setting(listing, "also", N_("also claimed as"),
                     texts_joined(keep, category->also, category->also_count), NULL);
    }
    list_setting(listing, "annexe", N_("heading of the statement"),
                 heading_text(listing->language, category->heading), NULL);
    list_timeline(listing, "rate", N_("amount"), &figure, &price->rates);
    list_scale(listing, &price->scale);
    list_caps(listing, price->caps, price->cap_count, price->unit);
    list_claim_rules(listing, category);
    list_rounding(listing, price);
}

void
list_expenses(struct listing *listing, const struct rules *rules)
{
    enum language language = listing->language;
    for (size_t i = 0; i < rules->category_count; i++) {
        list_category(listing, &rules->categories[i]);
    }
    listing->subject_key = "";
    listing->subject = tr(language, N_("All expenses"));
    if (rules->presence_basis.where.input != NULL) {
        list_setting(listing, "presence", N_("present that day"),
                     rules->stipend.nil
                         ? tr(language, N_("required; by the program, in person"))
                         : tr(language, N_("required; by the program, in person and at a "
                                           "session that carries a stipend")),
                     &rules->presence_basis);
    }
    if (rules->others_basis.where.input != NULL) {
        list_setting(listing, "others", N_("any other expense"),
                     tr(language, N_("not paid")), &rules->others_basis);
    }
}

/* "jurors", from the file that holds the values. */
static const char *
series_name(struct arena *keep, const struct timeline *values)
{
    struct text name = text_file_name(values->where.input->path);
    assert(text_ends_with(name, STR(".cfg")));
    return arena_printf(keep, "%.*s", (int)(name.size - 4), name.data);
}

/* The values of the days on which the rules hold; a series goes on before and after. */
static struct timeline
within_life(struct arena *keep, const struct rules *rules, const struct timeline *series)
{
    struct timeline within = *series;
    within.items = NEW_ARRAY(keep, struct value, series->count + 1);
    within.count = 0;
    for (size_t i = 0; i < series->count; i++) {
        const struct value *value = &series->items[i];
        bool held = false;
        for (size_t k = 0; k < rules->life_count; k++) {
            held = held || period_overlaps(value->during, rules->lives[k].during);
        }
        if (held) {
            within.items[within.count++] = *value;
        }
    }
    return within;
}

void
list_limits(struct listing *listing, const struct rules *rules)
{
    struct arena *keep = listing->keep;
    enum language language = listing->language;
    for (size_t i = 0; i < rules->envelope_count; i++) {
        const struct envelope *envelope = &rules->envelopes[i];
        struct text label = label_in(&envelope->label, language);
        struct figure figure = {"", tr(language, N_("year"))};
        listing->subject_key =
            arena_printf(keep, "envelope.%.*s", TEXT_ARG(envelope->name));
        listing->subject =
            arena_printf(keep, tr(language, N_("Envelope: %.*s")), TEXT_ARG(label));
        list_setting(listing, "categories", N_("over"),
                     texts_joined(keep, envelope->categories, envelope->category_count),
                     NULL);
        list_timeline(listing, "limit", N_("limit"), &figure, &envelope->limits);
    }
    if (rules->proportionality_basis.where.input != NULL) {
        struct figure figure = {"", span_label(language, SPAN_DAY)};
        listing->subject_key = "proportionality";
        listing->subject = tr(language, N_("Proportionality"));
        list_setting(listing, "series", N_("warning above the series"),
                     series_name(keep, &rules->proportionality),
                     &rules->proportionality_basis);
        struct timeline within = within_life(keep, rules, &rules->proportionality);
        list_timeline(listing, "reference", N_("reference"), &figure, &within);
    }
}
