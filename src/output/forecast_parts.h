/* SPDX-License-Identifier: Apache-2.0 */
/* What the tables of a simulation share. */
#ifndef DEFRAY_OUTPUT_FORECAST_PARTS_H
#define DEFRAY_OUTPUT_FORECAST_PARTS_H

#include "defray/forecast_document.h"

#include "document_parts.h"

struct forecast_tables {
    struct arena *keep;
    const struct forecast_report *report;
    enum language language;
    struct tables tables;
    struct notes first_notes;
};

struct variant_view { /* what a table of one variant is made of */
    const struct forecast_tables *whole;
    const struct forecast *forecast;
};

/* Adds a table for people and programs, with no chart. */
struct table *forecast_table(struct forecast_tables *out, const struct column *columns,
                             size_t count);
/* The name of a variant's own sheet, "Months - transport", and the heading of its section. */
const char *forecast_sheet(struct forecast_tables *out, const char *what, size_t index);
const char *forecast_heading(struct forecast_tables *out, const char *what, size_t index);
/* The name of a variant for programs: "base", or its name. */
const char *variant_word(struct arena *keep, const struct scenario *scenario);
struct cell cell_month(struct arena *keep, enum language language, int month);

void forecast_put_variants(struct forecast_tables *out);
void forecast_put_months(struct forecast_tables *out);
void forecast_put_envelopes(struct forecast_tables *out);
void forecast_put_goals(struct forecast_tables *out);
void forecast_put_profiles(struct forecast_tables *out);
void forecast_put_trace(struct forecast_tables *out);
void forecast_put_parameters(struct forecast_tables *out);

#endif
