/* SPDX-License-Identifier: Apache-2.0 */
/* One function a condition, tested at a date; none of them looks at the others. */
#include "defray/standing.h"

#include "minor.h"

struct words {
    const char *word;
    const char *label;
};

static const struct words conditions[CONDITION_COUNT] = {
    [CONDITION_MEMBERSHIP] = {"membership", N_("member on that day")    },
    [CONDITION_STATUS] = {"status",     N_("status")                },
    [CONDITION_BODY] = {"body",       N_("body")                  },
    [CONDITION_AGE] = {"age",        N_("age")                   },
    [CONDITION_REQUEST] = {"request",    N_("request")               },
    [CONDITION_MEANS] = {"means",      N_("means test")            },
    [CONDITION_GUARDIAN] = {"guardian",   N_("minor's representative")},
};

static const struct words outcomes[OUTCOME_COUNT] = {
    [OUTCOME_NOT_REQUIRED] = {"not_required", N_("not required") },
    [OUTCOME_MET] = {"met",          N_("met")          },
    [OUTCOME_FAILED] = {"failed",       N_("not met")      },
    [OUTCOME_OPEN] = {"open",         N_("to be settled")},
};

const char *
condition_word(enum condition condition)
{
    return conditions[condition].word;
}

const char *
condition_label(enum language language, enum condition condition)
{
    return tr(language, conditions[condition].label);
}

const char *
outcome_word(enum outcome outcome)
{
    return outcomes[outcome].word;
}

const char *
outcome_label(enum language language, enum outcome outcome)
{
    return tr(language, outcomes[outcome].label);
}

static struct standing
not_required(void)
{
    return (struct standing){.outcome = OUTCOME_NOT_REQUIRED};
}

static struct standing
met(const struct basis *basis)
{
    return (struct standing){.outcome = OUTCOME_MET, .basis = basis};
}

static struct standing
failed(enum reason reason, const struct basis *basis)
{
    return (struct standing){OUTCOME_FAILED, reason, basis};
}

static struct standing
open_still(enum reason reason, const struct basis *basis)
{
    return (struct standing){OUTCOME_OPEN, reason, basis};
}

static struct standing
membership(struct arena *keep, const struct candidate *candidate, struct finding *finding)
{
    (void)keep;
    (void)finding;
    return candidate->participation == NULL ? failed(REASON_NOT_MEMBER, NULL) : met(NULL);
}

static struct standing
status(struct arena *keep, const struct candidate *candidate, struct finding *finding)
{
    const struct stipend *stipend = &candidate->rules->stipend;
    enum status status = candidate->participation->status;
    (void)keep;
    (void)finding;
    if (status_is_never_paid(status)) {
        return failed(REASON_STATUS_NEVER_PAID, NULL);
    }
    if (status != STATUS_NONE && (stipend->statuses & 1u << status) == 0) {
        return failed(REASON_STATUS_NOT_PAID, &stipend->status_basis);
    }
    return met(&stipend->status_basis);
}

static struct standing
body(struct arena *keep, const struct candidate *candidate, struct finding *finding)
{
    const struct body_condition *bodies = &candidate->rules->stipend.bodies;
    struct text body = particulars_of(candidate->participation)->body;
    (void)finding;
    if (!bodies->required) {
        return not_required();
    }
    bool accepted = body.size == 0;
    for (size_t i = 0; i < bodies->count && !accepted; i++) {
        accepted = text_folds_equal(*keep, bodies->accepted[i], body);
    }
    return accepted ? met(&bodies->basis) : failed(REASON_BODY_OTHER, &bodies->basis);
}

static struct standing
age(struct arena *keep, const struct candidate *candidate, struct finding *finding)
{
    const struct age_condition *age = &candidate->rules->stipend.age;
    struct date birth = candidate->participant->birth;
    (void)keep;
    (void)finding;
    if (age->minimum == 0) {
        return not_required();
    }
    if (date_is_none(birth)) {
        return open_still(REASON_BIRTH_MISSING, &age->basis);
    }
    return date_age(birth, candidate->date) < age->minimum
               ? failed(REASON_TOO_YOUNG, &age->basis)
               : met(&age->basis);
}

static struct standing
request(struct arena *keep, const struct candidate *candidate, struct finding *finding)
{
    const struct request_condition *request = &candidate->rules->stipend.request;
    struct date asked = candidate->participant->requested_on;
    (void)keep;
    (void)finding;
    if (!request->required) {
        return not_required();
    }
    if (date_is_none(asked)) {
        return failed(REASON_NO_REQUEST, &request->basis);
    }
    struct date last = date_add_days(candidate->date, request->days_after_session);
    if (request->days_after_session > 0 && date_compare(asked, last) > 0) {
        return failed(REASON_REQUEST_LATE,
                      &request->basis); /* and no later payment helps */
    }
    if (date_compare(asked, candidate->asked_by) > 0) {
        return failed(REASON_REQUEST_AFTER, NULL); /* a rule of the program */
    }
    return met(&request->basis);
}

static struct standing
means(struct arena *keep, const struct candidate *candidate, struct finding *finding)
{
    static const enum outcome of_verdict[VERDICT_COUNT] = {
        [VERDICT_NO_TEST] = OUTCOME_NOT_REQUIRED,
        [VERDICT_ELIGIBLE] = OUTCOME_MET,
        [VERDICT_NOT_ELIGIBLE] = OUTCOME_FAILED,
        [VERDICT_UNDETERMINED] = OUTCOME_OPEN,
    };
    *finding = eligibility_at(keep, candidate->rules, candidate->decisions,
                              candidate->member, candidate->date);
    return (struct standing){of_verdict[finding->verdict], finding->reason,
                             finding->basis};
}

static struct standing
guardian(struct arena *keep, const struct candidate *candidate, struct finding *finding)
{
    (void)keep;
    (void)finding;
    if (!is_minor(candidate->participant, candidate->date)) {
        return not_required();
    }
    return particulars_of(candidate->participation)->guardian.size == 0
               ? open_still(REASON_MINOR_WITHOUT_GUARDIAN, NULL)
               : met(NULL);
}

struct standing
standing_of(struct arena *keep, const struct candidate *candidate,
            enum condition condition, struct finding *finding)
{
    static struct standing (*const tests[CONDITION_COUNT])(
        struct arena * keep, const struct candidate *candidate,
        struct finding *finding) = {
        [CONDITION_MEMBERSHIP] = membership,
        [CONDITION_STATUS] = status,
        [CONDITION_BODY] = body,
        [CONDITION_AGE] = age,
        [CONDITION_REQUEST] = request,
        [CONDITION_MEANS] = means,
        [CONDITION_GUARDIAN] = guardian,
    };
    if (candidate->participation == NULL && condition != CONDITION_MEMBERSHIP) {
        return not_required();
    }
    return tests[condition](keep, candidate, finding);
}
