/* SPDX-License-Identifier: Apache-2.0 */
/* Winners and losers: what a member of each sort, who comes to everything, would get under each
 * variant, against the base. */
#include "forecast_parts.h"

#include <string.h>

static const struct column columns[] = {
    {"variant",    N_("Variant"),            CELL_TEXT,  26, false, 0, 0},
    {"group",      N_("Group"),              CELL_TEXT,  26, false, 0, 0},
    {"profile",    N_("Profile"),            CELL_TEXT,  40, false, 0, 0},
    {"share",      N_("Share of the group"), CELL_TEXT,  10, false, 0, 0},
    {"due",        N_("Whole presence"),     CELL_MONEY, 13, false, 0, 0},
    {"base",       N_("In the base"),        CELL_MONEY, 13, false, 0, 0},
    {"difference", N_("Difference"),         CELL_MONEY, 13, false, 0, 0},
    {"outcome",    N_("Outcome"),            CELL_TEXT,  10, false, 0, 0},
};

/* The same sort of member of the same group in the base, or NULL. */
static const struct profile_forecast *
same_in(const struct forecast *base, const struct forecast *variant,
        const struct profile_forecast *profile)
{
    const struct group *group = &variant->scenario->groups[profile->group];
    for (size_t i = 0; i < base->profile_count; i++) {
        const struct profile_forecast *candidate = &base->profiles[i];
        if (text_equals(base->scenario->groups[candidate->group].name, group->name) &&
            strcmp(candidate->label_en, profile->label_en) == 0) {
            return candidate;
        }
    }
    return NULL;
}

static struct cell
outcome(enum language language, int64_t difference)
{
    if (difference == 0) {
        return cell_worded(tr(language, N_("the same")), "same");
    }
    return difference > 0
               ? cell_worded(tr(language, N_("gains")), "gains")
               : cell_toned(cell_worded(tr(language, N_("loses")), "loses"), TONE_ALERT);
}

static void
put_profile(const struct forecast_tables *whole, struct arena scratch,
            const struct forecast *forecast, const struct profile_forecast *profile,
            struct row_sink *sink)
{
    enum language language = whole->language;
    const struct forecast *base = whole->report->forecasts[0];
    const struct profile_forecast *before = same_in(base, forecast, profile);
    const struct group *group = &forecast->scenario->groups[profile->group];
    const char *label = language == LANGUAGE_FR ? profile->label_fr : profile->label_en;
    struct decimal hundred = decimal_integer(&scratch, 100);
    struct money difference =
        before == NULL ? (struct money){0} : money_subtract(profile->due, before->due);
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, forecast->scenario),
                    variant_word(&scratch, forecast->scenario)),
        cell_worded(text_string(&scratch, label_in(&group->label, language)),
                    text_string(&scratch, group->name)),
        label[0] == '\0' ? cell_string(tr(language, N_("every member")))
                         : cell_string(label),
        cell_string(arena_printf(
            &scratch, "%s %%",
            decimal_text(&scratch, decimal_times(&scratch, profile->share, hundred), 2))),
        cell_money(profile->due),
        before == NULL ? cell_empty() : cell_money(before->due),
        before == NULL ? cell_empty() : cell_money(difference),
        before == NULL ? cell_worded(tr(language, N_("new")), "new")
                       : outcome(language, difference.cents),
    };
    sink->row(sink, cells);
}

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct forecast_tables *whole = given;
    for (size_t v = 0; v < whole->report->scenarios->count; v++) {
        const struct forecast *forecast = whole->report->forecasts[v];
        for (size_t i = 0; i < forecast->profile_count; i++) {
            put_profile(whole, scratch, forecast, &forecast->profiles[i], sink);
        }
    }
}

void
forecast_put_profiles(struct forecast_tables *out)
{
    struct table *table = forecast_table(out, columns, ARRAY_COUNT(columns));
    table->key = "profiles";
    table->sheet = tr(out->language, N_("Profiles"));
    table->title = arena_printf(
        out->keep, "SIMULATION - %s",
        tr(out->language, N_("what a member who comes to everything would get")));
    table->filter = true;
    table->list = true;
    table->produce = produce;
}
