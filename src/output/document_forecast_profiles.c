/* SPDX-License-Identifier: Apache-2.0 */
/* Winners and losers: what a member of each sort, who comes to everything, would get under each
 * variant, against the base. */
#include "forecast_parts.h"

#include <string.h>

static const struct column columns[] = {
    {"variant",    N_("Variant"),             CELL_TEXT,  26, false, 0, 0},
    {"group",      N_("Group"),               CELL_TEXT,  26, false, 0, 0},
    {"profile",    N_("Profile"),             CELL_TEXT,  40, false, 0, 0},
    {"before",     N_("Profile in the base"), CELL_TEXT,  34, false, 0, 0},
    {"share",      N_("Share of the group"),  CELL_TEXT,  10, false, 0, 0},
    {"due",        N_("Whole presence"),      CELL_MONEY, 13, false, 0, 0},
    {"base",       N_("In the base"),         CELL_MONEY, 13, false, 0, 0},
    {"difference", N_("Difference"),          CELL_MONEY, 13, false, 0, 0},
    {"outcome",    N_("Outcome"),             CELL_TEXT,  10, false, 0, 0},
};

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

static const char *
label_of(enum language language, const struct profile_forecast *profile)
{
    const char *label = language == LANGUAGE_FR ? profile->label_fr : profile->label_en;
    return label[0] == '\0' ? tr(language, N_("every member")) : label;
}

static const char *
percent_text(struct arena *keep, enum language language, int64_t share)
{
    struct money hundredths = {(share * 10000 + EFFECT_WHOLE / 2) / EFFECT_WHOLE};
    return arena_printf(keep, language == LANGUAGE_FR ? "%s\u00a0%%" : "%s %%",
                        tr_money(keep, language, hundredths));
}

static const char *
share_word(struct arena *keep, int64_t share)
{
    char text[RATIO_TEXT_MAX];
    int64_t millionths = (share + EFFECT_WHOLE / 2000000) / (EFFECT_WHOLE / 1000000);
    return arena_printf(keep, "%s",
                        ratio_text(ratio_of(millionths, 1000000), 6, 6, text));
}

static void
put_effect(const struct forecast_tables *whole, struct arena scratch,
           const struct forecast *forecast, const struct effect *effect,
           struct row_sink *sink)
{
    enum language language = whole->language;
    const struct forecast *base = whole->report->forecasts[0];
    const struct profile_forecast *after = &forecast->profiles[effect->after];
    const struct profile_forecast *before =
        effect->before == EFFECT_NOTHING ? NULL : &base->profiles[effect->before];
    const struct group *group = &forecast->scenario->groups[after->group];
    const char *label = label_of(language, after);
    const char *label_before = before == NULL ? label : label_of(language, before);
    bool other = strcmp(label, label_before) != 0;
    struct money difference =
        before == NULL ? (struct money){0} : money_subtract(after->due, before->due);
    struct cell cells[] = {
        cell_worded(variant_title(&scratch, language, forecast->scenario),
                    variant_word(&scratch, forecast->scenario)),
        cell_worded(text_string(&scratch, label_in(&group->label, language)),
                    text_string(&scratch, group->name)),
        cell_string(label),
        other ? cell_string(label_before) : cell_empty(),
        cell_worded(percent_text(&scratch, language, effect->share),
                    share_word(&scratch, effect->share)),
        cell_money(after->due),
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
        struct arena room = scratch;
        struct effects effects =
            forecast_effects(&room, whole->report->forecasts[0], forecast);
        for (size_t i = 0; i < effects.count; i++) {
            put_effect(whole, room, forecast, &effects.items[i], sink);
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
