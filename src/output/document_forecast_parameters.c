/* SPDX-License-Identifier: Apache-2.0 */
/* What the figures rest on: each parameter of each variant, with its source or its assumption, and
 * the files read. */
#include "defray/provision.h"

#include "forecast_parameters.h"

#include <string.h>

static const struct column columns[] = {
    {"variant",   N_("Variant"),              CELL_TEXT, 26, false, 0, 0},
    {"of",        N_("Of"),                   CELL_TEXT, 28, false, 0, 0},
    {"parameter", N_("Parameter"),            CELL_TEXT, 28, false, 0, 0},
    {"value",     N_("Value"),                CELL_TEXT, 36, false, 0, 0},
    {"basis",     N_("Source or assumption"), CELL_TEXT, 70, false, 0, 0},
};

/* Whether the base says just that; what it says of the same thing stands. */
static bool
base_says(struct facts *base, const struct fact *fact)
{
    bool same = false;
    for (size_t i = 0; i < base->count; i++) {
        struct fact *said = &base->items[i];
        if (text_equals(said->key, fact->key) &&
            strcmp(said->parameter, fact->parameter) == 0 &&
            strcmp(said->item, fact->item) == 0) {
            said->stands = true;
            same = same || (strcmp(said->value, fact->value) == 0 &&
                            strcmp(said->basis, fact->basis) == 0);
        }
    }
    return same;
}

void
parameter_row(const struct telling *telling, struct arena scratch,
              const struct fact *fact, struct cell parameter, bool quiet)
{
    enum language language = telling->whole->language;
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, telling->scenario),
                    variant_word(&scratch, telling->scenario)),
        cell_text(fact->of),
        parameter,
        cell_string(fact->value),
        cell_toned(cell_string(fact->basis), quiet ? TONE_QUIET : TONE_PLAIN),
    };
    telling->sink->row(telling->sink, cells);
}

/* A row, unless it is a variant's and the base says the same. */
static void
tell(struct telling *telling, const char *parameter, const char *value,
     const struct basis *basis)
{
    enum language language = telling->whole->language;
    struct arena scratch = telling->scratch;
    bool is_base = telling->scenario->name.size == 0;
    struct arena *keep = is_base ? telling->keep : &scratch;
    struct fact fact = {.key = telling->key,
                        .of = telling->of,
                        .parameter = parameter,
                        .value = value,
                        .basis = basis_text(keep, language, basis),
                        .item = telling->item == NULL ? "" : telling->item};
    if (is_base) {
        fact.of = text_copy(keep, fact.of);
        fact.value = arena_printf(keep, "%s", value);
        fact.item = arena_printf(keep, "%s", fact.item);
        *ARRAY_PUSH(keep, telling->base) = fact;
    } else if (base_says(telling->base, &fact)) {
        return;
    }
    parameter_row(telling, scratch, &fact,
                  cell_worded(tr(language, parameter), parameter),
                  basis == NULL || basis->source == NULL);
}

/* What the base says and the variant does not say any more. */
static void
tell_left_out(struct telling *telling)
{
    enum language language = telling->whole->language;
    for (size_t i = 0; i < telling->base->count; i++) {
        struct fact *said = &telling->base->items[i];
        struct fact gone = {.of = said->of, .basis = ""};
        bool stands = said->stands;
        said->stands = false;
        if (telling->scenario->name.size == 0 || stands) {
            continue;
        }
        struct arena scratch = telling->scratch;
        gone.value =
            arena_printf(&scratch, "%s%s%s", change_label(language, CHANGE_REMOVED),
                         tr(language, ": "), said->value);
        parameter_row(telling, scratch, &gone,
                      cell_worded(tr(language, said->parameter), said->parameter), true);
    }
}

static void
tell_share(struct telling *telling, const char *parameter, const struct parameter *value)
{
    char text[RATIO_TEXT_MAX];
    if (value->given) {
        tell(telling, parameter, ratio_text(value->value, 2, 6, text), &value->basis);
    }
}

/* "Mileage: 0.12, quantity 60, 5 horsepower". */
static void
tell_habit(struct telling *telling, const struct group *group, size_t index)
{
    const struct habit *habit = &group->habits[index];
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    const struct category *category =
        rules_category(telling->scenario->rules, *scratch, habit->category);
    struct text label = category == NULL ? habit->category
                                         : rules_label(telling->scenario->rules,
                                                       category->price.key, language);
    char text[RATIO_TEXT_MAX];
    const char *shown = arena_printf(scratch, "%.*s: %s", TEXT_ARG(label),
                                     ratio_text(habit->share, 2, 6, text));
    if (habit->has_quantity) {
        shown = arena_printf(scratch, tr(language, N_("%s, quantity %s")), shown,
                             ratio_text(habit->quantity, 0, 4, text));
    }
    if (habit->has_amount) {
        shown = arena_printf(scratch, "%s, %s", shown,
                             shown_amount(scratch, language, habit->amount));
    }
    if (habit->horsepower > 0) {
        shown = arena_printf(
            scratch, "%s, %s", shown,
            arena_printf(scratch, tr(language, N_("%u horsepower")), habit->horsepower));
    }
    size_t before = 0; /* of the same category */
    for (size_t i = 0; i < index; i++) {
        before += text_equals(group->habits[i].category, habit->category);
    }
    telling->item = arena_printf(scratch, "%.*s %zu", TEXT_ARG(label), before);
    tell(telling, N_("claims, share of members"), shown, &habit->basis);
    telling->item = NULL;
}

/* "drawn, proposal group; plenaries, evenings". */
static const char *
who_they_are(struct telling *telling, const struct group *group)
{
    const struct scenario *scenario = telling->scenario;
    struct arena *scratch = &telling->scratch;
    const char *who = status_label(telling->whole->language, group->status);
    if (group->body.size > 0) {
        who = arena_printf(scratch, "%s, %.*s", who, TEXT_ARG(group->body));
    }
    const char *before = tr(telling->whole->language, N_("; "));
    for (size_t i = 0; i < scenario->series_count; i++) {
        if ((group->attends & UINT32_C(1) << i) != 0) {
            who = arena_printf(scratch, "%s%s%.*s", who, before,
                               TEXT_ARG(scenario->series[i].name));
            before = ", ";
        }
    }
    return who;
}

/* Its label, and its name where another group is called alike. */
static const char *
called(struct telling *telling, const struct group *group)
{
    const struct scenario *scenario = telling->scenario;
    enum language language = telling->whole->language;
    struct text label = label_in(&group->label, language);
    size_t alike = 0;
    for (size_t i = 0; i < scenario->group_count; i++) {
        alike += text_equals(label_in(&scenario->groups[i].label, language), label);
    }
    return alike == 1 ? text_string(&telling->scratch, label)
                      : arena_printf(&telling->scratch, "%.*s (%.*s)", TEXT_ARG(label),
                                     TEXT_ARG(group->name));
}

static void
tell_group(struct telling *telling, const struct group *group)
{
    enum language language = telling->whole->language;
    struct arena whole = telling->scratch;
    telling->key = group->name;
    telling->of = label_in(&group->label, language);
    tell(telling, N_("members"), arena_printf(&telling->scratch, "%u", group->members),
         &group->basis);
    tell(telling, N_("status; sessions"), who_they_are(telling, group), &group->basis);
    tell_share(telling, N_("presence"), &group->presence);
    for (size_t i = 0; i < group->by_session_count; i++) {
        char text[RATIO_TEXT_MAX];
        telling->item = arena_printf(&telling->scratch, "%zu", i + 1);
        tell(telling, N_("presence on one of the first days"),
             arena_printf(&telling->scratch, "%zu: %s", i + 1,
                          ratio_text(group->by_session[i], 2, 6, text)),
             &group->presence.basis);
    }
    telling->item = NULL;
    tell_share(telling, N_("excused, of those who do not come"), &group->excused);
    tell_share(telling, N_("leaving before each day"), &group->drop_out);
    if (group->replaced.given) {
        char text[RATIO_TEXT_MAX];
        const char *whom = called(telling, &telling->scenario->groups[group->successor]);
        tell(telling, N_("of whom replaced"),
             arena_printf(&telling->scratch, tr(language, N_("%s, by: %s")),
                          ratio_text(group->replaced.value, 2, 6, text), whom),
             &group->replaced.basis);
    }
    tell_share(telling, N_("asks to be paid"), &group->takes_up);
    tell_share(telling, N_("passes the means test"), &group->passes);
    for (size_t i = 0; i < group->bracket_count; i++) {
        const struct bracket *bracket = &group->brackets[i];
        char text[RATIO_TEXT_MAX];
        telling->item = shown_amount(&telling->scratch, language, bracket->up_to);
        tell(telling, N_("quotient up to, share"),
             arena_printf(&telling->scratch, "%s: %s",
                          shown_amount(&telling->scratch, language, bracket->up_to),
                          ratio_text(bracket->share, 2, 6, text)),
             &group->bracket_basis);
    }
    telling->item = NULL;
    for (size_t i = 0; i < group->habit_count; i++) {
        tell_habit(telling, group, i);
    }
    telling->scratch = whole;
}

/* "plenary, proposal group, 09:00 - 12:00, meal served". */
static const char *
kind_and_times(struct telling *telling, const struct series *series)
{
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    const char *kind = kind_label(language, series->kind);
    char start[8];
    char end[8];
    if (series->body.size > 0) {
        kind = arena_printf(scratch, "%s, %.*s", kind, TEXT_ARG(series->body));
    }
    if (series->start != TIME_NONE || series->end != TIME_NONE) {
        kind = arena_printf(scratch, "%s, %s - %s", kind, time_text(series->start, start),
                            time_text(series->end, end));
    }
    return series->meal_served
               ? arena_printf(scratch, "%s, %s", kind, tr(language, N_("meal served")))
               : kind;
}

/* "2 months", "14 days": until the next occasion. */
static const char *
rhythm(struct arena *scratch, enum language language, const struct series *series)
{
    int months = series->every_months;
    int days = series->every_days;
    return months > 0
               ? arena_printf(
                     scratch,
                     tr_plural(language, "%d month", "%d months", (size_t)months), months)
               : arena_printf(scratch,
                              tr_plural(language, "%d day", "%d days", (size_t)days),
                              days);
}

/* The dates as they are listed; or "from 14 March 2026, every 2 months, 5 times, 2 days each". */
static const char *
days_of_series(struct telling *telling, const struct series *series)
{
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    const char *days = "";
    for (size_t i = 0; i < series->date_count; i++) {
        days = arena_printf(scratch, "%s%s%s", days, i == 0 ? "" : ", ",
                            shown_date(scratch, language, series->dates[i]));
    }
    if (series->date_count > 0) {
        return days;
    }
    days = shown_date(scratch, language, series->first);
    if (series->every_months > 0 || series->every_days > 0) {
        days = arena_printf(scratch, tr(language, N_("from %s, every %s")), days,
                            rhythm(scratch, language, series));
        days = series->count == 0
                   ? arena_printf(scratch, "%s, %s", days,
                                  tr(language, N_("to the end of the mandate")))
                   : arena_printf(scratch, tr(language, N_("%s, times: %d")), days,
                                  series->count);
    }
    return series->days == 1
               ? days
               : arena_printf(scratch, tr(language, N_("%s, days each: %d")), days,
                              series->days);
}

static void
tell_series(struct telling *telling, size_t index)
{
    const struct scenario *scenario = telling->scenario;
    const struct series *series = &scenario->series[index];
    struct arena whole = telling->scratch;
    size_t count = 0;
    for (size_t i = 0; i < scenario->session_count; i++) {
        count += scenario->session_series[i] == index;
    }
    telling->key = telling->of = series->name;
    tell(telling, N_("sessions"), arena_printf(&telling->scratch, "%zu", count),
         &series->basis);
    tell(telling, N_("kind and times"), kind_and_times(telling, series), &series->basis);
    tell(telling, N_("days"), days_of_series(telling, series), &series->basis);
    telling->scratch = whole;
}

/* "3.5 x 52 000,00, per year". */
static void
tell_fixed(struct telling *telling, const struct fixed_cost *fixed)
{
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    char quantity[RATIO_TEXT_MAX];
    telling->key = fixed->name;
    telling->of = label_in(&fixed->label, language);
    tell(telling, N_("fixed cost"),
         arena_printf(scratch, tr(language, N_("%s x %s, per %s")),
                      ratio_text(fixed->quantity, 0, 4, quantity),
                      shown_amount(scratch, language, fixed->amount),
                      fixed_per_word(language, fixed->per)),
         &fixed->basis);
}

/* "Attendance stipend; Mileage; Room": what an envelope of the scenario pays for. */
static const char *
covered_by(struct telling *telling, const struct budget *budget)
{
    const struct scenario *scenario = telling->scenario;
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    const char *list = "";
    for (size_t i = 0; i < budget->cover_count; i++) {
        struct text label = rules_label(scenario->rules, budget->covers[i], language);
        for (size_t f = 0; f < scenario->fixed_count; f++) {
            if (text_equals(scenario->fixed[f].name, budget->covers[i])) {
                label = label_in(&scenario->fixed[f].label, language);
            }
        }
        list = arena_printf(scratch, "%s%s%.*s", list,
                            i == 0 ? "" : tr(language, N_("; ")), TEXT_ARG(label));
    }
    return list;
}

static void
tell_budget(struct telling *telling, const struct budget *budget)
{
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    telling->key = budget->name;
    telling->of = label_in(&budget->label, language);
    tell(telling, N_("envelope"), shown_amount(scratch, language, budget->limit),
         &budget->basis);
    if (budget->warning.cents > 0) {
        tell(telling, N_("envelope, warning level"),
             shown_amount(scratch, language, budget->warning), &budget->basis);
    }
    tell(telling, N_("envelope, what it covers"), covered_by(telling, budget),
         &budget->basis);
}

static void
tell_scenario(struct telling *telling)
{
    const struct scenario *scenario = telling->scenario;
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    telling->key = telling->of = text_of(tr(language, N_("mandate")));
    tell(telling, N_("first day"), shown_date(scratch, language, scenario->mandate.from),
         &scenario->mandate_basis);
    tell(telling, N_("planned end"), shown_date(scratch, language, scenario->mandate.to),
         &scenario->mandate_basis);
    if (scenario->slips_months > 0) {
        tell(telling, N_("months more"),
             arena_printf(scratch, "%d", scenario->slips_months), &scenario->slip_basis);
    }
    if (!date_is_open(scenario->held_to) && scenario->held_to.day != DATE_NONE.day) {
        tell(telling, N_("the last values of the rules are assumed to hold until"),
             shown_date(scratch, language, scenario->held_to), &scenario->hold_basis);
    }
    for (size_t i = 0; i < scenario->series_count; i++) {
        tell_series(telling, i);
    }
    for (size_t i = 0; i < scenario->group_count; i++) {
        tell_group(telling, &scenario->groups[i]);
    }
    for (size_t i = 0; i < scenario->fixed_count; i++) {
        tell_fixed(telling, &scenario->fixed[i]);
    }
    for (size_t i = 0; i < scenario->budget_count; i++) {
        tell_budget(telling, &scenario->budgets[i]);
    }
}

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    struct arena keep = arena_reserve(ARENA_SCRATCH_BYTES);
    struct arena said = keep;
    struct facts base = {0};
    for (size_t v = 0; v < whole->report->scenarios->count; v++) {
        struct telling telling = {.whole = whole,
                                  .keep = &said,
                                  .base = &base,
                                  .scratch = scratch,
                                  .scenario = whole->report->scenarios->items[v],
                                  .sink = sink};
        tell_scenario(&telling);
        tell_left_out(&telling);
        parameters_of_rules(&telling);
    }
    arena_release(keep);
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
