/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused for lateness, age or the time gone by, or is too short to give anything: which
 * day or length was read, and which day, age or length was the limit. A birth date is never
 * told. */
#include "defray/bases.h"

#include "sentences.h"
#include "wording.h"

#include <assert.h>

static const char *
day_of(const struct telling *work, struct date date)
{
    return worded_day(work->keep, work->language, date);
}

static struct date
asked_on(const struct telling *work)
{
    const struct roster *roster = work->explaining->batch->roster;
    return roster->items[work->explaining->member].requested_on;
}

static void
tell_late_claim(const struct telling *work)
{
    const struct batch *batch = work->explaining->batch;
    const struct line *line = work->line;
    const struct claim *claim = &batch->claims->items[line->fact];
    const struct category *category =
        rules_category(batch->rules, *work->keep, line->entitlement);
    int days = category->deadline_days;
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(
            work->keep,
            tr(work->language, N_("The claim was made on %s. It could be made until %s, "
                                  "%d days after the expense (%s).")),
            day_of(work, claim->claimed_on),
            day_of(work, date_add_days(line->date, days)), days,
            basis_cited(work, &category->deadline_basis)));
}

static void
tell_late_request(const struct telling *work)
{
    const struct request_condition *request =
        &work->explaining->batch->rules->stipend.request;
    int days = request->days_after_session;
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(
            work->keep,
            tr(work->language, N_("It is paid on request. The request was made on %s; it "
                                  "could be made until %s, %d days after the session "
                                  "(%s).")),
            day_of(work, asked_on(work)),
            day_of(work, date_add_days(work->line->date, days)), days,
            basis_cited(work, &request->basis)));
}

static void
tell_request_after(const struct telling *work)
{
    const struct batch *batch = work->explaining->batch;
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(
            work->keep,
            tr(work->language, N_("It is paid on request (%s). The request was made on "
                                  "%s; a payment takes up what was asked for by its last "
                                  "day, here %s.")),
            basis_cited(work, &batch->rules->stipend.request.basis),
            day_of(work, asked_on(work)), day_of(work, batch_asked_by(batch))));
}

static void
tell_age(const struct telling *work)
{
    const struct age_condition *age = &work->explaining->batch->rules->stipend.age;
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(work->keep,
                     tr(work->language, N_("It is paid from the age of %d on (%s).")),
                     age->minimum, basis_cited(work, &age->basis)));
}

static void
tell_lapse(const struct telling *work)
{
    const struct batch *batch = work->explaining->batch;
    int years = batch->rules->payment.prescription.years;
    int year = date_year(work->line->date);
    struct date last = DATE_NONE;
    struct date on = batch->period.to;
    if (date_compare(batch->paid_on, on) > 0) {
        on = batch->paid_on;
    }
    (void)date_make(year + years, 12, 31, &last);
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(
            work->keep,
            tr(work->language, N_("What is due for %d lapses %d years later, after "
                                  "%s (%s); this payment is of %s.")),
            year, years, day_of(work, last),
            basis_cited(work, &batch->rules->payment.prescription.basis),
            day_of(work, on)));
    struct date asked = asked_on(work);
    if (!date_is_none(asked) && date_compare(asked, last) <= 0) {
        sentence_add(
            work, SENTENCE_DOUBT,
            arena_printf(work->keep,
                         tr(work->language,
                            N_("A request of %s is known. A request in writing may "
                               "have interrupted that time, which is not looked at "
                               "here: the legal team decides.")),
                         day_of(work, asked)));
    }
}

/* The tariff of an unpriced presence. */
static const struct tariff *
tariff_of(const struct telling *work)
{
    const struct session *session = work->line->session;
    const struct tariff *tariff = rules_tariff(work->explaining->batch->rules,
                                               *work->keep, session->kind, session->body);
    assert(tariff != NULL); /* it has decided the line */
    return tariff;
}

static const char *
duration_of(const struct telling *work, int64_t duration)
{
    return worded_duration(work->keep, work->language, (int32_t)duration);
}

static void
tell_minimum(const struct telling *work)
{
    const struct tariff *tariff = tariff_of(work);
    int64_t stayed = line_stayed_in_all(work->explaining->batch, work->line);
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(
            work->keep,
            tr(work->language, N_("At that session %s of presence were read in all; less "
                                  "than %s gives nothing (%s).")),
            duration_of(work, stayed),
            duration_of(work, (int64_t)tariff->minimum_minutes * DURATION_MINUTE),
            basis_cited(work, &tariff->minimum_basis)));
}

static void
tell_step(const struct telling *work)
{
    const struct tariff *tariff = tariff_of(work);
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(
            work->keep,
            tr(work->language, N_("%s of presence were read; presence counts in whole "
                                  "steps of %s (%s).")),
            duration_of(work, line_stayed(work->explaining->batch, work->line)),
            duration_of(work, (int64_t)tariff->step_minutes * DURATION_MINUTE),
            basis_cited(work, &tariff->step_basis)));
}

void
line_tell_limit(const struct telling *work)
{
    switch (work->line->reason) {
    case REASON_CLAIM_LATE: tell_late_claim(work); break;
    case REASON_REQUEST_LATE: tell_late_request(work); break;
    case REASON_REQUEST_AFTER: tell_request_after(work); break;
    case REASON_TOO_YOUNG: tell_age(work); break;
    case REASON_LAPSED: tell_lapse(work); break;
    case REASON_BELOW_MINIMUM: tell_minimum(work); break;
    case REASON_BELOW_STEP: tell_step(work); break;
    default: break;
    }
}
