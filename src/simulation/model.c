/* SPDX-License-Identifier: Apache-2.0 */
/* Every group, every sort of member, every day: priced once. */
#include "model.h"

#include "defray/status.h"

#define SCRATCH_BYTES ((size_t)1 << 30)

static void
number_days(struct arena *keep, const struct scenario *scenario, struct model *out)
{
    out->days = NEW_ARRAY(keep, struct date, scenario->session_count + 1);
    for (size_t i = 0; i < scenario->session_count; i++) {
        struct date date = scenario->sessions[i].date;
        if (i == 0 || date_compare(date, scenario->sessions[i - 1].date) != 0) {
            out->days[out->day_count++] = date;
        }
    }
}

static bool
make_group(struct arena *keep, struct arena scratch, const struct model *model,
           struct group_model *out, struct trouble_spot *spot)
{
    const struct scenario *scenario = model->scenario;
    const struct group *group = out->group;
    out->meetings = meetings_of(keep, scenario, group);
    out->meeting_on = NEW_ARRAY(keep, size_t, model->day_count + 1);
    for (size_t i = 0; i < out->meetings.count; i++) {
        out->meeting_on[out->meetings.items[i].day] = i + 1;
    }
    if (!profiles_of(keep, scenario, group, &out->profiles)) {
        spot->trouble = TROUBLE_PROFILES;
        return false;
    }
    out->journeys = NEW_ARRAY(keep, struct journey, out->profiles.count);
    for (size_t i = 0; i < out->profiles.count; i++) {
        struct cast *cast = cast_new(keep, scenario, group, &out->profiles.items[i]);
        if (!journey_make(keep, scratch, cast, &out->meetings, &out->journeys[i], spot)) {
            spot->group = group;
            return false;
        }
    }
    return true;
}

bool
model_make(struct arena *keep, const struct scenario *scenario, struct model *out,
           struct trouble_spot *spot)
{
    struct arena whole = arena_reserve(SCRATCH_BYTES);
    bool good = scenario->rules->category_count + 1 < ENTITLEMENTS_MAX;
    *spot = (struct trouble_spot){.trouble = good ? TROUBLE_NONE : TROUBLE_ENTITLEMENTS};
    *out = (struct model){.scenario = scenario,
                          .entitlements = scenario->rules->category_count + 1};
    number_days(keep, scenario, out);
    for (size_t i = 0; i < scenario->group_count && good; i++) {
        out->groups[i].group = &scenario->groups[i];
        good = make_group(keep, whole, out, &out->groups[i], spot);
    }
    arena_release(whole);
    return good;
}

bool
model_day_holds(const struct scenario *scenario, struct date date)
{
    return rules_alive(scenario->rules, date) && day_pays(scenario->rules, date);
}

bool
model_days_hold(const struct scenario *scenario, struct diag *diag)
{
    const struct rules *rules = scenario->rules;
    for (size_t i = 0; i < scenario->session_count; i++) {
        const struct session *session = &scenario->sessions[i];
        char day[DATE_TEXT_MAX];
        if (!model_day_holds(scenario, session->date)) { /* so are the days after it */
            return diag_error(diag, session->where, CODE_V005,
                              rules_alive(rules, session->date)
                                  ? N_("the scheme of '%.*s' may not pay on %s")
                                  : N_("the rules of '%.*s' do not hold on %s"),
                              TEXT_ARG(rules->id), date_text(session->date, day));
        }
    }
    return true;
}

static const char *
joined(struct arena *keep, const char *first, const char *mark, const char *more)
{
    return first[0] == '\0' ? more : arena_printf(keep, "%s%s%s", first, mark, more);
}

/* What a claim asks for otherwise than another of its category in the group: "quantity 20". Empty
 * where nothing tells them apart. */
static const char *
habit_detail(struct arena *keep, enum language language, const struct group *group,
             const struct habit *habit)
{
    bool quantity = false;
    bool amount = false;
    bool power = false;
    char number[RATIO_TEXT_MAX];
    const char *detail = "";
    for (size_t i = 0; i < group->habit_count; i++) {
        const struct habit *other = &group->habits[i];
        if (text_equals(other->category, habit->category)) {
            quantity = quantity || ratio_compare(other->quantity, habit->quantity) != 0;
            amount = amount || money_compare(other->amount, habit->amount) != 0;
            power = power || other->horsepower != habit->horsepower;
        }
    }
    if (quantity && habit->has_quantity) {
        detail = arena_printf(keep, tr(language, N_("quantity %s")),
                              ratio_text(habit->quantity, 0, 4, number));
    }
    if (amount && habit->has_amount) {
        detail = joined(keep, detail, ", ",
                        arena_printf(keep, tr(language, N_("amount %s")),
                                     tr_money(keep, language, habit->amount)));
    }
    if (power && habit->horsepower > 0) {
        detail = joined(
            keep, detail, ", ",
            arena_printf(keep, tr(language, N_("%u horsepower")), habit->horsepower));
    }
    return detail;
}

static const char *
habit_label(struct arena *keep, enum language language, const struct scenario *scenario,
            const struct group *group, const struct habit *habit)
{
    const struct category *category =
        rules_category(scenario->rules, *keep, habit->category);
    struct text name = rules_label(scenario->rules, category->price.key, language);
    const char *detail = habit_detail(keep, language, group, habit);
    return arena_printf(keep, detail[0] == '\0' ? "%.*s%s" : "%.*s (%s)", TEXT_ARG(name),
                        detail);
}

const char *
profile_label(struct arena *keep, enum language language, const struct scenario *scenario,
              const struct group *group, const struct profile *profile)
{
    const struct stipend *stipend = &scenario->rules->stipend;
    const char *label = "";
    if (stipend->request.required) {
        label = profile->asks ? tr(language, N_("asks to be paid"))
                              : tr(language, N_("does not ask"));
    }
    if (stipend->means.required) {
        label = joined(keep, label, ", ",
                       profile->passes != 0 ? tr(language, N_("passes the means test"))
                                            : tr(language, N_("does not pass")));
    }
    for (size_t i = 0; i < profile->habit_count; i++) {
        label = joined(keep, label, " + ",
                       habit_label(keep, language, scenario, group, profile->habits[i]));
    }
    return label;
}

struct money
fixed_until(const struct fixed_cost *fixed, size_t count)
{
    static const int64_t parts[FIXED_PER_COUNT] = {
        [FIXED_ONCE] = 1, [FIXED_MONTH] = 1, [FIXED_YEAR] = 12, [FIXED_SESSION] = 1};
    struct ratio one = ratio_times(money_ratio(fixed->amount), fixed->quantity);
    int64_t times = fixed->per == FIXED_ONCE && count > 0 ? 1 : (int64_t)count;
    return money_round(ratio_times(one, ratio_of(times, parts[fixed->per])),
                       ROUND_HALF_UP);
}

size_t
scenario_months(const struct scenario *scenario)
{
    int months =
        date_month_index(scenario->lasts.to) - date_month_index(scenario->lasts.from) + 1;
    return (size_t)months;
}

size_t
mandate_months(const struct scenario *scenario)
{
    size_t months = 1;
    while (date_compare(date_after_months(scenario->lasts.from, (int)months),
                        scenario->lasts.to) <= 0) {
        months++;
    }
    return months;
}

struct money
fixed_total(const struct scenario *scenario)
{
    struct money total = {0};
    for (size_t i = 0; i < scenario->fixed_count; i++) {
        const struct fixed_cost *fixed = &scenario->fixed[i];
        size_t count = fixed->per == FIXED_SESSION ? scenario->session_count
                                                   : mandate_months(scenario);
        total = money_add(total, fixed_until(fixed, count));
    }
    return total;
}
