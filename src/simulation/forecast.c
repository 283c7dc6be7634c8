/* SPDX-License-Identifier: Apache-2.0 */
/* From exact cells to items in cents: of each entitlement the running total is rounded, and an
 * item is what it grew. */
#include "defray/forecast.h"

#include "forecast_parts.h"

struct items ARRAY_OF(struct item);

struct gathering {
    struct cell_sink sink;
    struct arena *keep;
    struct forecast *forecast; /* NULL: only the total is wanted */
    struct items items;
    struct decimal exact[ENTITLEMENTS_MAX]; /* running, by entitlement */
    int64_t shown[ENTITLEMENTS_MAX];
    struct money day;
};

static void
gather_cell(struct cell_sink *sink, const struct item *item)
{
    struct gathering *work = (struct gathering *)sink;
    struct decimal *exact = &work->exact[item->entitlement];
    *exact = decimal_add(work->keep, *exact, item->exact);
    if (work->forecast == NULL) {
        return;
    }
    int64_t *shown = &work->shown[item->entitlement];
    int64_t total = decimal_round(*exact);
    struct item *kept = ARRAY_PUSH(work->keep, &work->items);
    *kept = *item;
    kept->shown.cents = total - *shown;
    work->day = money_add(work->day, kept->shown);
    *shown = total;
}

static void
gather_day(struct cell_sink *sink, size_t day, struct decimal presences)
{
    struct gathering *work = (struct gathering *)sink;
    struct forecast *forecast = work->forecast;
    if (forecast == NULL) {
        return;
    }
    forecast->days[day].presences = presences;
    forecast->days[day].cost = work->day;
    forecast->presences = decimal_add(work->keep, forecast->presences, presences);
    work->day = (struct money){0};
}

static void
lay_days(struct arena *keep, struct forecast *forecast, const struct model *model)
{
    const struct scenario *scenario = forecast->scenario;
    forecast->days = NEW_ARRAY(keep, struct day_forecast, model->day_count + 1);
    for (size_t i = 0; i < scenario->session_count; i++) {
        size_t count = forecast->day_count;
        struct date date = scenario->sessions[i].date;
        if (count == 0 || date_compare(forecast->days[count - 1].date, date) != 0) {
            forecast->days[forecast->day_count++] =
                (struct day_forecast){.date = date, .session = i};
        }
        forecast->days[forecast->day_count - 1].sessions++;
    }
}

/* What a member of each sort gets who comes to everything. */
static void
price_profiles(struct arena *keep, struct forecast *forecast, const struct model *model)
{
    const struct scenario *scenario = forecast->scenario;
    size_t count = 0;
    for (size_t g = 0; g < scenario->group_count; g++) {
        count += model->groups[g].profiles.count;
    }
    forecast->profiles = NEW_ARRAY(keep, struct profile_forecast, count + 1);
    for (uint32_t g = 0; g < scenario->group_count; g++) {
        const struct group_model *group = &model->groups[g];
        for (size_t p = 0; p < group->profiles.count; p++) {
            const struct profile *profile = &group->profiles.items[p];
            const struct journey *journey = &group->journeys[p];
            size_t state = 0;
            struct money due = {0};
            for (size_t i = 0; i < group->meetings.count; i++) {
                size_t came = (1u << group->meetings.items[i].count) - 1;
                size_t way = journey->states[state].ways + came;
                for (size_t e = 0; e < journey->entitlements; e++) {
                    due.cents += journey->cents[way * journey->entitlements + e];
                }
                state = journey->next[way];
            }
            forecast->profiles[forecast->profile_count++] = (struct profile_forecast){
                .group = g,
                .label_en =
                    profile_label(keep, LANGUAGE_EN, scenario, group->group, profile),
                .label_fr =
                    profile_label(keep, LANGUAGE_FR, scenario, group->group, profile),
                .share = profile->share,
                .due = due,
            };
        }
    }
}

static struct money
share_of(struct money total, uint64_t parts)
{
    return parts == 0
               ? (struct money){0}
               : money_round(ratio_of(total.cents, 100 * (int64_t)parts), ROUND_HALF_UP);
}

static void
add_total(struct forecast *forecast)
{
    for (size_t i = 0; i < forecast->item_count; i++) {
        const struct item *item = &forecast->items[i];
        struct money *sum =
            item->entitlement == 0 ? &forecast->stipends : &forecast->expenses;
        *sum = money_add(*sum, item->shown);
    }
    forecast->fixed = fixed_total(forecast->scenario);
    forecast->total =
        money_add(money_add(forecast->stipends, forecast->expenses), forecast->fixed);
    for (size_t g = 0; g < forecast->scenario->group_count; g++) {
        forecast->members += forecast->scenario->groups[g].members;
    }
    forecast->per_member = share_of(forecast->total, forecast->members);
    forecast->per_session = share_of(forecast->total, forecast->scenario->session_count);
    forecast->per_month = share_of(forecast->total, mandate_months(forecast->scenario));
}

static void
tell_trouble(struct diag *diag, const struct scenario *scenario,
             const struct trouble_spot *spot)
{
    struct where whole = {.input = scenario->file};
    const struct session *session = &scenario->sessions[spot->session];
    if (spot->trouble == TROUBLE_UNDETERMINED && spot->claim.size > 0) {
        diag_error(diag, spot->where, CODE_V011,
                   "the claim '%.*s' of group '%.*s' cannot be priced: %s",
                   TEXT_ARG(spot->claim), TEXT_ARG(spot->group->name),
                   reason_phrase(diag_language(diag), spot->reason));
    } else if (spot->trouble == TROUBLE_UNDETERMINED) {
        diag_error(diag, session->where, CODE_V005, "session '%.*s' cannot be priced: %s",
                   TEXT_ARG(session->id),
                   reason_phrase(diag_language(diag), spot->reason));
    } else if (spot->trouble == TROUBLE_PROFILES) {
        diag_error(diag, whole, CODE_V008, "more than %d sorts of member in one group",
                   PROFILES_MAX);
    } else if (spot->trouble == TROUBLE_ENTITLEMENTS) {
        diag_error(diag, whole, CODE_V008, "more than %d categories of expense",
                   ENTITLEMENTS_MAX - 2);
    } else {
        diag_error(diag, whole, CODE_V008,
                   "more than %d states to tell apart in group '%.*s'", STATES_MAX,
                   TEXT_ARG(spot->group->name));
    }
}

struct forecast *
forecast_make(struct arena *keep, const struct scenario *scenario, struct diag *diag)
{
    struct trouble_spot spot;
    struct model *model = NEW(keep, struct model);
    size_t since = diag_filed(diag);
    bool good = model_days_hold(scenario, diag);
    if (good && !model_make(keep, scenario, model, &spot)) {
        good = false;
        tell_trouble(diag, scenario, &spot);
    }
    if (!good) {
        scenario_blame(scenario, since, diag);
        return NULL;
    }
    struct forecast *forecast = NEW(keep, struct forecast);
    forecast->scenario = scenario;
    forecast->model = model;
    lay_days(keep, forecast, model);
    struct gathering work = {
        .sink = {gather_day, gather_cell},
          .keep = keep, .forecast = forecast
    };
    model_expect(keep, model, &work.sink);
    forecast->items = work.items.items;
    forecast->item_count = work.items.count;
    forecast->exact = NEW_ARRAY(keep, struct decimal, model->entitlements);
    for (size_t e = 0; e < model->entitlements; e++) {
        forecast->exact[e] = work.exact[e];
    }
    add_total(forecast);
    forecast_add_fixed(keep, forecast);
    forecast_add_up(keep, forecast);
    forecast_add_tracks(keep, forecast);
    price_profiles(keep, forecast, model);
    return forecast;
}

bool
forecast_total(struct arena scratch, const struct scenario *scenario, bool fixed_counts,
               struct money *out)
{
    struct trouble_spot spot;
    struct model *model = NEW(&scratch, struct model);
    for (size_t i = 0; i < scenario->session_count; i++) {
        if (!model_day_holds(scenario, scenario->sessions[i].date)) {
            return false;
        }
    }
    if (!model_make(&scratch, scenario, model, &spot)) {
        return false;
    }
    struct gathering work = {
        .sink = {gather_day, gather_cell},
          .keep = &scratch
    };
    model_expect(&scratch, model, &work.sink);
    *out = (struct money){0};
    for (size_t e = 0; e < model->entitlements; e++) {
        out->cents += decimal_round(work.exact[e]);
    }
    if (fixed_counts) {
        *out = money_add(*out, fixed_total(scenario));
    }
    return true;
}
