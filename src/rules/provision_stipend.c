/* SPDX-License-Identifier: Apache-2.0 */
/* The provisions of a stipend: tariffs, what is not paid, who, on which conditions. */
#include "provision_parts.h"

static const char *
kinds_joined(struct listing *listing, uint32_t kinds)
{
    const char *list = "";
    for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
        if ((kinds & 1U << kind) != 0) {
            list =
                arena_printf(listing->keep, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                             kind_label(listing->language, (enum kind)kind));
        }
    }
    return list;
}

static const char *
statuses_joined(struct listing *listing, uint32_t statuses)
{
    const char *list = "";
    for (int status = STATUS_NONE + 1; status < STATUS_COUNT; status++) {
        if ((statuses & 1U << status) != 0) {
            list =
                arena_printf(listing->keep, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                             status_label(listing->language, (enum status)status));
        }
    }
    return list;
}

static const char *
competences_joined(struct listing *listing, uint32_t competences)
{
    const char *list = "";
    for (int competence = 0; competence < COMPETENCE_COUNT; competence++) {
        if ((competences & 1U << competence) != 0) {
            list = arena_printf(
                listing->keep, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                competence_label(listing->language, (enum competence)competence));
        }
    }
    return list;
}

static void
list_minutes(struct listing *listing, const char *key, const char *item, uint32_t minutes,
             const struct basis *basis)
{
    if (minutes > 0) {
        const char *value = arena_printf(
            listing->keep,
            tr_plural(listing->language, "%u minute", "%u minutes", minutes), minutes);
        list_setting(listing, key, item, value, basis);
    }
}

/* How many tariffs before it have the same unit. */
static size_t
same_before(const struct stipend *stipend, size_t index)
{
    size_t count = 0;
    for (size_t i = 0; i < index; i++) {
        count += stipend->tariffs[i].price.unit == stipend->tariffs[index].price.unit;
    }
    return count;
}

/* From so many minutes of a day on, the day has a price of its own. */
static void
list_full_day(struct listing *listing, const struct tariff *tariff)
{
    struct figure figure = {"", unit_label(listing->language, tariff->full_day.unit)};
    list_minutes(listing, "full_day", N_("a full day from"), tariff->full_day_minutes,
                 &tariff->full_day_basis);
    list_timeline(listing, "full_day_amount", N_("a full day"), &figure,
                  &tariff->full_day.rates);
}

static void
list_tariff(struct listing *listing, const struct stipend *stipend, size_t index)
{
    struct arena *keep = listing->keep;
    enum language language = listing->language;
    const struct tariff *tariff = &stipend->tariffs[index];
    const struct entitlement *price = &tariff->price;
    const struct label label = {price->label_fr, price->label_en};
    struct text name = label_in(&label, language);
    size_t before = same_before(stipend, index);
    const char *unit = unit_label(language, price->unit);
    const char *number = before == 0 ? "" : arena_printf(keep, " (%zu)", before + 1);
    listing->subject_key =
        arena_printf(keep, "tariff.%s.%zu", unit_word(price->unit), before);
    listing->subject = arena_printf(keep, tr(language, N_("%.*s, per %s%s")),
                                    TEXT_ARG(name), unit, number);
    struct figure figure = {"", unit};
    list_setting(listing, "kinds", N_("sessions"), kinds_joined(listing, tariff->kinds),
                 &tariff->basis);
    if (tariff->body_count > 0) {
        list_setting(listing, "session_bodies", N_("only sessions of"),
                     texts_joined(keep, tariff->bodies, tariff->body_count),
                     &tariff->bodies_basis);
    }
    list_timeline(listing, "amount", N_("amount"), &figure, &price->rates);
    list_minutes(listing, "minimum_presence", N_("nothing below"),
                 tariff->minimum_minutes, &tariff->minimum_basis);
    list_minutes(listing, "step", N_("rounded down to whole steps of"),
                 tariff->step_minutes, &tariff->step_basis);
    list_full_day(listing, tariff);
    list_rounding(listing, price);
    list_caps(listing, price->caps, price->cap_count, price->unit);
}

static void
list_means(struct listing *listing, const struct means_condition *means)
{
    struct arena *keep = listing->keep;
    enum language language = listing->language;
    struct figure figure = {
        means->inclusive ? tr(language, N_("at most")) : tr(language, N_("below")), ""};
    listing->subject_key = "means_test";
    listing->subject = tr(language, N_("Means test"));
    list_setting(listing, "measure", N_("measure"), text_string(keep, means->measure),
                 &means->basis);
    list_timeline(listing, "threshold", N_("threshold"), &figure, &means->threshold);
    list_setting(listing, "methods", N_("accepted method"),
                 texts_joined(keep, means->methods, means->method_count), &means->basis);
    if (means->age_months_max > 0) {
        list_setting(listing, "evidence", N_("evidence at most, months"),
                     arena_printf(keep, "%d", means->age_months_max), &means->age_basis);
    }
}

static const char *
request_text(struct listing *listing, const struct request_condition *request)
{
    enum language language = listing->language;
    if (request->days_after_session == 0) {
        return tr(language, N_("required; by the program, no later than the last "
                               "day of the period paid"));
    }
    return arena_printf(
        listing->keep,
        tr(language, N_("required, at most %d days after the session; by the "
                        "program, no later than the last day of the period "
                        "paid")),
        request->days_after_session);
}

static void
list_conditions(struct listing *listing, const struct stipend *stipend)
{
    struct arena *keep = listing->keep;
    enum language language = listing->language;
    listing->section = SECTION_CONDITIONS;
    listing->subject_key = listing->subject = "";
    list_setting(listing, "statuses", N_("status paid"),
                 statuses_joined(listing, stipend->statuses), &stipend->status_basis);
    list_setting(listing, "excused", N_("excused"),
                 stipend->excused_paid ? tr(language, N_("paid"))
                                       : tr(language, N_("not paid")),
                 &stipend->excused_basis);
    if (stipend->request.required) {
        list_setting(listing, "on_request", N_("on request"),
                     request_text(listing, &stipend->request), &stipend->request.basis);
    }
    if (stipend->bodies.required) {
        list_setting(listing, "bodies", N_("member of a body"),
                     texts_joined(keep, stipend->bodies.accepted, stipend->bodies.count),
                     &stipend->bodies.basis);
    }
    if (stipend->age.minimum > 0) {
        list_setting(listing, "age", N_("minimum age"),
                     arena_printf(keep, "%d", stipend->age.minimum), &stipend->age.basis);
    }
    if (stipend->competence.required) {
        list_setting(listing, "competence", N_("subject of the session"),
                     competences_joined(listing, stipend->competence.paid),
                     &stipend->competence.basis);
    }
    if (stipend->means.required) {
        list_means(listing, &stipend->means);
    }
}

void
list_stipend(struct listing *listing, const struct rules *rules)
{
    const struct stipend *stipend = &rules->stipend;
    enum language language = listing->language;
    struct arena *keep = listing->keep;
    listing->subject_key = "stipend";
    listing->subject = text_string(keep, label_in(&stipend->label, language));
    if (stipend->nil) {
        list_setting(listing, "none", N_("none"),
                     text_string(keep, label_in(&stipend->nil_reason, language)),
                     &stipend->nil_basis);
        return;
    }
    if (stipend->tariff_count == 0) { /* a draft */
        return;
    }
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        list_tariff(listing, stipend, i);
    }
    listing->subject_key = "tariffs";
    listing->subject = tr(language, N_("All tariffs together"));
    list_caps(listing, stipend->caps, stipend->cap_count, UNIT_SESSION);
    listing->subject = tr(language, N_("Not paid"));
    for (size_t i = 0; i < stipend->exclusion_count; i++) {
        const struct exclusion *exclusion = &stipend->exclusions[i];
        listing->subject_key = arena_printf(keep, "not_paid.%zu", i);
        list_setting(listing, "kinds", N_("sessions"),
                     arena_printf(keep, tr(language, N_("%s: %.*s")),
                                  kinds_joined(listing, exclusion->kinds),
                                  TEXT_ARG(label_in(&exclusion->reason, language))),
                     &exclusion->basis);
    }
    list_conditions(listing, stipend);
}
