/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* The document of a simulation: variants side by side, months, envelopes, goals, profiles, and
 * every figure back to what it was made of. It says SIMULATION wherever it is looked at. */
#ifndef DEFRAY_FORECAST_DOCUMENT_H
#define DEFRAY_FORECAST_DOCUMENT_H

#include "defray/document.h"
#include "defray/goal_seek.h"

struct forecast_report {
    const struct scenarios *scenarios;
    struct forecast **forecasts; /* by variant, the base first */
    const struct sought *sought; /* by goal */
    enum language language;
    const struct input *const *inputs;
    size_t input_count;
    const char *version;
};

struct document *forecast_document(struct arena *keep,
                                   const struct forecast_report *report);

/* The words of documents and of the terminal. */
const char *variant_title(struct arena *keep, enum language language,
                          const struct scenario *scenario);
const char *forecast_month_text(struct arena *keep, enum language language, int month);
/* "28.5 %" of the draws. */
const char *forecast_share_text(struct arena *keep, enum language language, uint32_t part,
                                uint32_t whole);
const char *goal_text(struct arena *keep, enum language language,
                      const struct sought *sought);
const char *goal_answer_text(struct arena *keep, enum language language,
                             const struct sought *sought);
const char *goal_value_text(struct arena *keep, enum language language,
                            const struct sought *sought, int64_t value);

struct text entitlement_label(const struct scenario *scenario, size_t entitlement,
                              enum language language);
const char *shown_money(struct arena *keep, enum language language, struct money amount);
/* Exact cents as euros, with six decimals. */
const char *forecast_euros_text(struct arena *keep, struct decimal cents);
/* The texts that the price of an item rests on: those of each tariff of the sessions that its group
 * has on that day; "" if there are none. */
const char *forecast_item_basis(struct arena *keep, enum language language,
                                const struct forecast *forecast, const struct item *item);
const char *forecast_basis_text(struct arena *keep, enum language language,
                                const struct basis *basis);
const char *fixed_per_word(enum language language, enum fixed_per per);

#endif
