/* SPDX-License-Identifier: Apache-2.0 */
/* What fits a budget, with the proof: the value fits, and the next one does not. */
#include "forecast_parts.h"

static const struct column columns[] = {
    {"sought",    N_("Sought"),               CELL_TEXT,  36, false, 0, 0},
    {"variant",   N_("Variant"),              CELL_TEXT,  20, false, 0, 0},
    {"budget",    N_("Budget"),               CELL_MONEY, 13, false, 0, 0},
    {"now",       N_("In the scenario"),      CELL_TEXT,  16, false, 0, 0},
    {"fits",      N_("Fits"),                 CELL_TEXT,  16, false, 0, 0},
    {"cost",      N_("Expected cost"),        CELL_MONEY, 13, false, 0, 0},
    {"next",      N_("Does not fit"),         CELL_TEXT,  16, false, 0, 0},
    {"next_cost", N_("Expected cost"),        CELL_MONEY, 13, false, 0, 0},
    {"answer",    N_("Answer"),               CELL_TEXT,  30, false, 0, 0},
    {"basis",     N_("Source or assumption"), CELL_TEXT,  30, false, 0, 0},
};

/* An occasion of several days is as many sessions. */
static int
days_of_each(const struct sought *sought)
{
    return sought->goal->kind == GOAL_SESSIONS
               ? sought->scenario->series[sought->goal->series].days
               : 1;
}

const char *
goal_value_text(struct arena *keep, enum language language, const struct sought *sought,
                int64_t value)
{
    int days = days_of_each(sought);
    if (sought->is_money) {
        return shown_amount(keep, language, (struct money){value});
    }
    return days > 1 ? arena_printf(keep, tr(language, N_("%lld (%lld sessions)")),
                                   (long long)value, (long long)value * days)
                    : arena_printf(keep, "%lld", (long long)value);
}

const char *
goal_text(struct arena *keep, enum language language, const struct sought *sought)
{
    const struct scenario *scenario = sought->scenario;
    const struct goal *goal = sought->goal;
    switch (goal->kind) {
    case GOAL_RATE:
        return arena_printf(
            keep, tr(language, N_("highest rate per %s of tariff %zu")),
            unit_label(language,
                       scenario->rules->stipend.tariffs[goal->tariff].price.unit),
            goal->tariff + 1);
    case GOAL_SESSIONS:
        return days_of_each(sought) > 1
                   ? arena_printf(
                         keep,
                         tr(language, N_("most occasions of '%.*s', of %d days each")),
                         TEXT_ARG(scenario->series[goal->series].name),
                         days_of_each(sought))
                   : arena_printf(keep, tr(language, N_("most sessions of '%.*s'")),
                                  TEXT_ARG(scenario->series[goal->series].name));
    case GOAL_MEMBERS:
        return arena_printf(
            keep, tr(language, N_("most members of '%.*s'")),
            TEXT_ARG(label_in(&scenario->groups[goal->group].label, language)));
    case GOAL_THRESHOLD: return tr(language, N_("highest threshold of the means test"));
    case GOAL_KIND_COUNT: break;
    }
    return "";
}

const char *
goal_answer_text(struct arena *keep, enum language language, const struct sought *sought)
{
    switch (sought->answer) {
    case ANSWER_FOUND:
        return arena_printf(keep, tr(language, N_("%s fits the budget, %s does not")),
                            goal_value_text(keep, language, sought, sought->value),
                            goal_value_text(keep, language, sought, sought->next));
    case ANSWER_NONE: return tr(language, N_("not even the least value fits"));
    case ANSWER_ALWAYS:
        return arena_printf(
            keep,
            tr(language,
               sought->goal->kind == GOAL_SESSIONS
                   ? N_("up to %s, the most that the calendar and the rules admit, everything fits")
                   : N_("up to %s, the most that was tried, everything fits")),
            goal_value_text(keep, language, sought, sought->value));
    case ANSWER_BOUND:
        return arena_printf(
            keep,
            tr(language,
               N_("%s fits the budget, and the rules admit no more: with %s, the "
                  "hours of a day would pass the amount of its 'full_day'")),
            goal_value_text(keep, language, sought, sought->value),
            goal_value_text(keep, language, sought, sought->next));
    case ANSWER_TOO_MANY:
        return arena_printf(
            keep,
            tr(language,
               N_("up to %s everything fits, and more may: with %s there are too many "
                  "ways to tell apart for the cost to be computed")),
            goal_value_text(keep, language, sought, sought->value),
            goal_value_text(keep, language, sought, sought->next));
    case ANSWER_LIMIT:
        return arena_printf(
            keep,
            tr(language,
               N_("up to %s everything fits, and more may: %s cannot be priced")),
            goal_value_text(keep, language, sought, sought->value),
            goal_value_text(keep, language, sought, sought->next));
    case ANSWER_UNPRICED: break;
    }
    return tr(language, N_("a value on the way cannot be priced"));
}

/* For programs: "12.50", or a whole number; in every language the same. */
static struct cell
value_cell(struct arena *keep, enum language language, const struct sought *sought,
           int64_t value)
{
    char exact[RATIO_TEXT_MAX];
    struct ratio number = sought->is_money ? ratio_of(value, 100) : ratio_of(value, 1);
    const char *word = ratio_text(number, sought->is_money ? 2 : 0, 2, exact);
    return cell_worded(goal_value_text(keep, language, sought, value),
                       arena_printf(keep, "%s", word));
}

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    enum language language = whole->language;
    static const char *const words[] = {
        [ANSWER_FOUND] = "found",       [ANSWER_NONE] = "none",
        [ANSWER_ALWAYS] = "always",     [ANSWER_BOUND] = "bound",
        [ANSWER_TOO_MANY] = "too_many", [ANSWER_LIMIT] = "limit",
        [ANSWER_UNPRICED] = "unpriced"};
    static const char *const kinds[GOAL_KIND_COUNT] = {[GOAL_RATE] = "rate",
                                                       [GOAL_SESSIONS] = "sessions",
                                                       [GOAL_MEMBERS] = "members",
                                                       [GOAL_THRESHOLD] = "threshold"};
    for (size_t i = 0; i < whole->report->scenarios->goal_count; i++) {
        const struct sought *sought = &whole->report->sought[i];
        const struct goal *goal = sought->goal;
        struct arena row = scratch;
        bool found = sought->answer != ANSWER_NONE && sought->answer != ANSWER_UNPRICED;
        bool proven = sought->answer == ANSWER_FOUND || sought->answer == ANSWER_NONE;
        struct cell cells[] = {
            cell_worded(goal_text(&row, language, sought), kinds[goal->kind]),
            cell_worded(variant_title(&row, language, sought->scenario),
                        variant_word(&row, sought->scenario)),
            cell_money(goal->budget),
            value_cell(&row, language, sought, sought->now),
            found ? cell_toned(value_cell(&row, language, sought, sought->value),
                               TONE_STRONG)
                  : cell_empty(),
            found ? cell_money(sought->cost) : cell_empty(),
            proven ? value_cell(&row, language, sought, sought->next) : cell_empty(),
            proven ? cell_money(sought->next_cost) : cell_empty(),
            cell_worded(goal_answer_text(&row, language, sought), words[sought->answer]),
            cell_toned(cell_string(basis_text(&row, language, &goal->basis)),
                       goal->basis.source == NULL ? TONE_QUIET : TONE_PLAIN),
        };
        sink->row(sink, cells);
    }
}

void
forecast_put_goals(struct forecast_tables *out)
{
    if (out->report->scenarios->goal_count == 0) {
        return;
    }
    struct table *table = forecast_table(out, columns, ARRAY_COUNT(columns));
    table->key = "goals";
    table->sheet = tr(out->language, N_("Goals"));
    table->title = arena_printf(out->keep, "SIMULATION - %s",
                                tr(out->language, N_("the most that fits a budget")));
    table->rows_known = true;
    table->rows = out->report->scenarios->goal_count;
    table->produce = produce;
}
