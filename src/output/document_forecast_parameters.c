/* SPDX-License-Identifier: Apache-2.0 */
/* What the figures rest on: each parameter of each variant, with its source or its assumption, and
 * the files read. */
#include "defray/provision.h"

#include "forecast_parts.h"

#include <string.h>

static const struct column columns[] = {
    {"variant",   N_("Variant"),              CELL_TEXT, 26, false, 0, 0},
    {"of",        N_("Of"),                   CELL_TEXT, 28, false, 0, 0},
    {"parameter", N_("Parameter"),            CELL_TEXT, 28, false, 0, 0},
    {"value",     N_("Value"),                CELL_TEXT, 20, false, 0, 0},
    {"basis",     N_("Source or assumption"), CELL_TEXT, 70, false, 0, 0},
};

struct fact { /* of the base */
    struct text of;
    const char *parameter, *value, *basis;
};
struct facts ARRAY_OF(struct fact);

struct telling {
    const struct forecast_tables *whole;
    struct arena *keep; /* of what the base says */
    struct facts *base;
    struct arena scratch;
    const struct scenario *scenario;
    struct row_sink *sink;
    struct text of;
};

static bool
base_says(const struct facts *base, const struct fact *fact)
{
    for (size_t i = 0; i < base->count; i++) {
        const struct fact *said = &base->items[i];
        if (text_equals(said->of, fact->of) &&
            strcmp(said->parameter, fact->parameter) == 0 &&
            strcmp(said->value, fact->value) == 0 &&
            strcmp(said->basis, fact->basis) == 0) {
            return true;
        }
    }
    return false;
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
    struct fact fact = {telling->of, tr(language, parameter), value,
                        basis_text(keep, language, basis)};
    if (is_base) {
        fact.of = text_copy(keep, fact.of);
        fact.value = arena_printf(keep, "%s", value);
        *ARRAY_PUSH(keep, telling->base) = fact;
    } else if (base_says(telling->base, &fact)) {
        return;
    }
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, telling->scenario),
                    variant_word(&scratch, telling->scenario)),
        cell_text(fact.of),
        cell_worded(fact.parameter, parameter),
        cell_string(value),
        cell_toned(cell_string(fact.basis),
                   basis == NULL || basis->source == NULL ? TONE_QUIET : TONE_PLAIN),
    };
    telling->sink->row(telling->sink, cells);
}

/* "Stipend, rate": what the rules of the scenario say otherwise than the rule file. */
static void
tell_rules(struct telling *telling)
{
    enum language language = telling->whole->language;
    struct arena room = telling->scratch;
    const struct scenarios *scenarios = telling->whole->report->scenarios;
    const struct rules *as_filed = scenarios->items[0]->rules;
    if (telling->scenario->name.size == 0) {
        return;
    }
    struct provisions before = rules_provisions(&room, as_filed, language);
    struct provisions after = rules_provisions(&room, telling->scenario->rules, language);
    struct provision_changes changes = provisions_compare(&room, &before, &after);
    for (size_t i = 0; i < changes.count; i++) {
        const struct provision_change *change = &changes.items[i];
        const struct provision *any =
            change->after == NULL ? change->before : change->after;
        telling->scratch = room;
        telling->of = text_of(arena_printf(
            &telling->scratch, "%s%s%s", any->subject,
            any->subject[0] == '\0' || any->item[0] == '\0' ? "" : ", ", any->item));
        const char *days = provision_days(&telling->scratch, language, any);
        const char *value = change->after == NULL
                                ? change_label(language, CHANGE_REMOVED)
                                : arena_printf(&telling->scratch, "%s%s%s", any->value,
                                               days[0] == '\0' ? "" : ", ", days);
        if (any->section != SECTION_EXAMPLES && any->section != SECTION_SOURCES) {
            tell(telling, N_("rule changed"), value, any->basis);
        }
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

/* "Childcare: 0.12; quantity 8; 112.00". */
static void
tell_habit(struct telling *telling, const struct habit *habit)
{
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
    tell(telling, N_("claims, share of members"), shown, &habit->basis);
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
    for (size_t i = 0; i < group->by_session_count; i++) {
        char text[RATIO_TEXT_MAX];
        tell(telling, N_("presence on one of the first days"),
             arena_printf(&telling->scratch, "%zu: %s", i + 1,
                          ratio_text(group->by_session[i], 2, 6, text)),
             &group->presence.basis);
    }
    tell_share(telling, N_("excused, of those who do not come"), &group->excused);
    tell_share(telling, N_("leaving before each day"), &group->drop_out);
    tell_share(telling, N_("of whom replaced"), &group->replaced);
    tell_share(telling, N_("asks to be paid"), &group->takes_up);
    tell_share(telling, N_("passes the means test"), &group->passes);
    for (size_t i = 0; i < group->bracket_count; i++) {
        const struct bracket *bracket = &group->brackets[i];
        char text[RATIO_TEXT_MAX];
        tell(telling, N_("quotient up to, share"),
             arena_printf(&telling->scratch, "%s: %s",
                          shown_amount(&telling->scratch, language, bracket->up_to),
                          ratio_text(bracket->share, 2, 6, text)),
             &group->bracket_basis);
    }
    for (size_t i = 0; i < group->habit_count; i++) {
        tell_habit(telling, &group->habits[i]);
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

/* "3.5 x 52 000,00, per year". */
static void
tell_fixed(struct telling *telling, const struct fixed_cost *fixed)
{
    enum language language = telling->whole->language;
    struct arena *scratch = &telling->scratch;
    char quantity[RATIO_TEXT_MAX];
    telling->of = label_in(&fixed->label, language);
    tell(telling, N_("fixed cost"),
         arena_printf(scratch, tr(language, N_("%s x %s, per %s")),
                      ratio_text(fixed->quantity, 0, 4, quantity),
                      shown_amount(scratch, language, fixed->amount),
                      fixed_per_word(language, fixed->per)),
         &fixed->basis);
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
        const struct budget *budget = &scenario->budgets[i];
        telling->of = label_in(&budget->label, language);
        tell(telling, N_("envelope"), shown_amount(scratch, language, budget->limit),
             &budget->basis);
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
        tell_rules(&telling);
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
