/* SPDX-License-Identifier: Apache-2.0 */
/* What the figures rest on: each parameter of each variant, with its source or its assumption, and
 * the files read. */
#include "forecast_parts.h"

static const struct column columns[] = {
    {"variant",   N_("Variant"),              CELL_TEXT, 26, false, 0, 0},
    {"of",        N_("Of"),                   CELL_TEXT, 28, false, 0, 0},
    {"parameter", N_("Parameter"),            CELL_TEXT, 28, false, 0, 0},
    {"value",     N_("Value"),                CELL_TEXT, 20, false, 0, 0},
    {"basis",     N_("Source or assumption"), CELL_TEXT, 70, false, 0, 0},
};

struct telling {
    const struct forecast_tables *whole;
    struct arena scratch;
    const struct scenario *scenario;
    struct row_sink *sink;
    struct text of;
};

static void
tell(struct telling *telling, const char *parameter, const char *value,
     const struct basis *basis)
{
    enum language language = telling->whole->language;
    struct arena scratch = telling->scratch;
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, telling->scenario),
                    variant_word(&scratch, telling->scenario)),
        cell_text(telling->of),
        cell_string(tr(language, parameter)),
        cell_string(value),
        cell_toned(cell_string(basis_text(&scratch, language, basis)),
                   basis->source == NULL ? TONE_QUIET : TONE_PLAIN),
    };
    telling->sink->row(telling->sink, cells);
}

static void
tell_share(struct telling *telling, const char *parameter, const struct parameter *value)
{
    char text[RATIO_TEXT_MAX];
    if (value->given) {
        tell(telling, parameter, ratio_text(value->value, 2, 6, text), &value->basis);
    }
}

static void
tell_group(struct telling *telling, const struct group *group)
{
    enum language language = telling->whole->language;
    struct arena whole = telling->scratch;
    telling->of = label_in(&group->label, language);
    tell(telling, N_("members"), arena_printf(&telling->scratch, "%u", group->members),
         &group->basis);
    tell_share(telling, N_("presence"), &group->presence);
    tell_share(telling, N_("leaving before each day"), &group->drop_out);
    tell_share(telling, N_("of whom replaced"), &group->replaced);
    tell_share(telling, N_("asks to be paid"), &group->takes_up);
    tell_share(telling, N_("passes the means test"), &group->passes);
    if (group->bracket_count > 0) {
        tell(telling, N_("quotients, brackets"),
             arena_printf(&telling->scratch, "%zu", group->bracket_count),
             &group->bracket_basis);
    }
    for (size_t i = 0; i < group->habit_count; i++) {
        const struct habit *habit = &group->habits[i];
        char text[RATIO_TEXT_MAX];
        const char *shown =
            arena_printf(&telling->scratch, "%.*s: %s", TEXT_ARG(habit->category),
                         ratio_text(habit->share, 2, 6, text));
        tell(telling, N_("claims, share of members"), shown, &habit->basis);
    }
    telling->scratch = whole;
}

static void
tell_series(struct telling *telling, size_t index)
{
    const struct scenario *scenario = telling->scenario;
    size_t count = 0;
    for (size_t i = 0; i < scenario->session_count; i++) {
        count += scenario->session_series[i] == index;
    }
    telling->of = scenario->series[index].name;
    tell(telling, N_("sessions"), arena_printf(&telling->scratch, "%zu", count),
         &scenario->series[index].basis);
}

static void
tell_scenario(struct telling *telling)
{
    const struct scenario *scenario = telling->scenario;
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    telling->of = text_of(tr(language, N_("mandate")));
    tell(telling, N_("planned end"), shown_date(scratch, language, scenario->mandate.to),
         &scenario->mandate_basis);
    if (scenario->slips_months > 0) {
        tell(telling, N_("months more"),
             arena_printf(scratch, "%d", scenario->slips_months), &scenario->slip_basis);
    }
    for (size_t i = 0; i < scenario->series_count; i++) {
        tell_series(telling, i);
    }
    for (size_t i = 0; i < scenario->group_count; i++) {
        tell_group(telling, &scenario->groups[i]);
    }
    for (size_t i = 0; i < scenario->fixed_count; i++) {
        const struct fixed_cost *fixed = &scenario->fixed[i];
        telling->of = label_in(&fixed->label, language);
        tell(telling, N_("fixed cost"), shown_amount(scratch, language, fixed->amount),
             &fixed->basis);
    }
}

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    for (size_t v = 0; v < whole->report->scenarios->count; v++) {
        struct telling telling = {.whole = whole,
                                  .scratch = scratch,
                                  .scenario = whole->report->scenarios->items[v],
                                  .sink = sink};
        tell_scenario(&telling);
    }
}

static const struct column input_columns[] = {
    {"path",   N_("File"),    CELL_TEXT, 44, false, 0, 0},
    {"sha256", N_("SHA-256"), CELL_TEXT, 66, false, 0, 0},
};

static void
produce_inputs(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    (void)scratch;
    for (size_t i = 0; i < whole->report->input_count; i++) {
        document_put_input(whole->language, whole->report->inputs[i], sink);
    }
}

void
forecast_put_parameters(struct forecast_tables *out)
{
    struct table *table = forecast_table(out, columns, ARRAY_COUNT(columns));
    table->key = "parameters";
    table->sheet = tr(out->language, N_("Parameters"));
    table->title = arena_printf(out->keep, "SIMULATION - %s",
                                tr(out->language, N_("what the figures rest on")));
    table->filter = true;
    table->list = true;
    table->produce = produce;
    struct table *inputs = forecast_table(out, input_columns, ARRAY_COUNT(input_columns));
    inputs->key = "inputs";
    inputs->sheet = tr(out->language, N_("Files"));
    inputs->title =
        arena_printf(out->keep, "SIMULATION - %s", tr(out->language, N_("files read")));
    inputs->rows_known = true;
    inputs->rows = out->report->input_count;
    inputs->produce = produce_inputs;
}
