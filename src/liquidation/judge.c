/* SPDX-License-Identifier: Apache-2.0 */
/* Each condition is one function: it decides, or leaves the judgement to the next. The
 * table at the end is the order of the specification, and a lawyer may read it. */
#include "judge.h"

#define AGE_OF_MAJORITY 18

struct hearing {
    struct arena *keep;
    const struct batch *batch;
    const struct attendance *fact;
    const struct session *session;
    const struct participant *participant;
};

static bool
decide(struct judgement *judgement, enum line_state state, enum reason reason,
       const struct basis *basis)
{
    judgement->state = state;
    judgement->reason = reason;
    judgement->basis = basis;
    return true;
}

static bool
nil_policy(const struct hearing *hearing, struct judgement *judgement)
{
    const struct stipend *stipend = &hearing->batch->rules->stipend;
    if (!stipend->nil) {
        return false;
    }
    judgement->own_words = stipend->nil_reason;
    return decide(judgement, LINE_ZERO, REASON_NIL_POLICY, &stipend->nil_basis);
}

static bool
said_twice(const struct hearing *hearing, struct judgement *judgement)
{
    if (hearing->fact->same_as == INDEX_NONE) {
        return false;
    }
    const struct log *log = hearing->batch->log;
    judgement->other_where = attendance_where(log, &log->items[hearing->fact->same_as]);
    return decide(judgement, LINE_ZERO, REASON_SAME_FACT, NULL);
}

static bool
away(const struct hearing *hearing, struct judgement *judgement)
{
    const struct stipend *stipend = &hearing->batch->rules->stipend;
    if (hearing->fact->presence == PRESENCE_ABSENT) {
        return decide(judgement, LINE_ZERO, REASON_ABSENT, NULL);
    }
    if (hearing->fact->presence == PRESENCE_EXCUSED && !stipend->excused_paid) {
        return decide(judgement, LINE_ZERO, REASON_EXCUSED, &stipend->excused_basis);
    }
    return false;
}

static bool
stranger(const struct hearing *hearing, struct judgement *judgement)
{
    (void)hearing;
    return judgement->participation == NULL &&
           decide(judgement, LINE_REFUSED, REASON_NOT_MEMBER, NULL);
}

static bool
kind_not_covered(const struct hearing *hearing, struct judgement *judgement)
{
    if (judgement->tariff != NULL) {
        return false;
    }
    const struct rules *rules = hearing->batch->rules;
    const struct exclusion *exclusion = rules_exclusion(rules, hearing->session->kind);
    if (exclusion != NULL) {
        judgement->own_words = exclusion->reason;
        return decide(judgement, LINE_ZERO, REASON_KIND_NOT_PAID, &exclusion->basis);
    }
    return decide(judgement, LINE_ZERO, REASON_BODY_NOT_COVERED, NULL);
}

static bool
status_not_paid(const struct hearing *hearing, struct judgement *judgement)
{
    const struct stipend *stipend = &hearing->batch->rules->stipend;
    enum status status = judgement->participation->status;
    if (status == STATUS_COMPANION || status == STATUS_OFFICIAL ||
        status == STATUS_AGENT) {
        return decide(judgement, LINE_REFUSED, REASON_STATUS_NEVER_PAID, NULL);
    }
    if (status != STATUS_NONE && (stipend->statuses & 1u << status) == 0) {
        return decide(judgement, LINE_REFUSED, REASON_STATUS_NOT_PAID,
                      &stipend->status_basis);
    }
    return false;
}

static bool
body_not_accepted(const struct hearing *hearing, struct judgement *judgement)
{
    const struct body_condition *bodies = &hearing->batch->rules->stipend.bodies;
    struct text body = judgement->participation->body;
    if (!bodies->required || body.size == 0) {
        return false;
    }
    for (size_t i = 0; i < bodies->count; i++) {
        if (text_folds_equal(*hearing->keep, bodies->accepted[i], body)) {
            return false;
        }
    }
    return decide(judgement, LINE_REFUSED, REASON_BODY_OTHER, &bodies->basis);
}

static bool
too_young(const struct hearing *hearing, struct judgement *judgement)
{
    const struct age_condition *age = &hearing->batch->rules->stipend.age;
    if (age->minimum == 0) {
        return false;
    }
    if (date_is_none(hearing->participant->birth)) {
        return decide(judgement, LINE_UNDETERMINED, REASON_BIRTH_MISSING, &age->basis);
    }
    return date_age(hearing->participant->birth, hearing->session->date) < age->minimum &&
           decide(judgement, LINE_REFUSED, REASON_TOO_YOUNG, &age->basis);
}

static bool
not_requested(const struct hearing *hearing, struct judgement *judgement)
{
    const struct request_condition *request = &hearing->batch->rules->stipend.request;
    struct date asked = hearing->participant->requested_on;
    if (!request->required) {
        return false;
    }
    if (date_is_none(asked) || date_compare(asked, hearing->batch->period.to) > 0) {
        return decide(judgement, LINE_REFUSED, REASON_NO_REQUEST, &request->basis);
    }
    if (request->days_after_session == 0) {
        return false;
    }
    struct date last = date_add_days(hearing->session->date, request->days_after_session);
    return date_compare(asked, last) > 0 &&
           decide(judgement, LINE_REFUSED, REASON_REQUEST_LATE, &request->basis);
}

static bool
means_fail(const struct hearing *hearing, struct judgement *judgement)
{
    struct finding found =
        eligibility_at(hearing->keep, hearing->batch->rules, hearing->batch->decisions,
                       hearing->fact->member, hearing->session->date);
    judgement->verdict = found.verdict;
    judgement->tested = found.verdict != VERDICT_NO_TEST;
    judgement->remark = found.remark;
    if (found.verdict == VERDICT_NOT_ELIGIBLE) {
        return decide(judgement, LINE_REFUSED, found.reason, found.basis);
    }
    return found.verdict == VERDICT_UNDETERMINED &&
           decide(judgement, LINE_UNDETERMINED, found.reason, found.basis);
}

static bool
unguarded_minor(const struct hearing *hearing, struct judgement *judgement)
{
    struct date birth = hearing->participant->birth;
    return !date_is_none(birth) &&
           date_age(birth, hearing->session->date) < AGE_OF_MAJORITY &&
           judgement->participation->guardian.size == 0 &&
           decide(judgement, LINE_UNDETERMINED, REASON_MINOR_WITHOUT_GUARDIAN, NULL);
}

static bool
too_short(const struct hearing *hearing, struct judgement *judgement)
{
    const struct tariff *tariff = judgement->tariff;
    const struct stay *stay = &judgement->stay;
    (void)hearing;
    if (stay->known && stay->empty) {
        return decide(judgement, LINE_ZERO, REASON_NO_MINUTE_INSIDE, NULL);
    }
    if (!stay->known) {
        bool needed =
            tariff->price.unit == UNIT_HOUR ||
            (tariff->minimum_minutes > 0 && hearing->fact->presence == PRESENCE_PARTIAL);
        return needed && decide(judgement, LINE_UNDETERMINED, REASON_DURATION_MISSING,
                                &tariff->basis);
    }
    int64_t minimum = (int64_t)tariff->minimum_minutes * DURATION_MINUTE;
    return stay->duration < minimum &&
           decide(judgement, LINE_ZERO, REASON_BELOW_MINIMUM, &tariff->basis);
}

static bool
is_alternate(const struct participation *participation)
{
    return participation->status == STATUS_ALTERNATE;
}

/* Whether `other`, who shares the seat, comes before the member: a titular before an
 * alternate, and of two of a kind the first by id. */
static bool
comes_before(const struct participation *other, uint32_t other_index,
             const struct participation *mine, uint32_t my_index)
{
    if (is_alternate(other) != is_alternate(mine)) {
        return is_alternate(mine);
    }
    return other_index < my_index;
}

/* The presence of `member` at the session of the fact, if it takes the seat. */
static const struct attendance *
seat_taken_by(const struct hearing *hearing, uint32_t member)
{
    const struct log *log = hearing->batch->log;
    for (size_t i = log->first[member]; i < log->first[member + 1]; i++) {
        const struct attendance *fact = &log->items[i];
        if (fact->session != hearing->fact->session) {
            continue;
        }
        struct judgement found = judge_alone(hearing->keep, hearing->batch, fact);
        /* Who was not there while the session was held leaves the seat to who was, whatever else
         * of theirs is still undetermined. */
        bool nobody_there = found.stay.known && found.stay.empty;
        if (!nobody_there &&
            (found.state == LINE_DUE || found.state == LINE_UNDETERMINED)) {
            return fact;
        }
    }
    return NULL;
}

static bool
seat_taken(const struct hearing *hearing, struct judgement *judgement)
{
    const struct roster *roster = hearing->batch->roster;
    const struct participation *mine = judgement->participation;
    if (mine->seat.size == 0) {
        return false;
    }
    for (size_t i = 0; i < roster->seat_count; i++) {
        uint32_t index = roster->seat_order[i];
        const struct participation *other =
            participant_at(&roster->items[index], hearing->session->date);
        if (index == hearing->fact->member || other == NULL ||
            !text_equals(other->seat, mine->seat) ||
            !comes_before(other, index, mine, hearing->fact->member)) {
            continue;
        }
        const struct attendance *holder = seat_taken_by(hearing, index);
        if (holder != NULL) {
            judgement->other_where = attendance_where(hearing->batch->log, holder);
            return decide(judgement, LINE_REFUSED, REASON_SEAT_TAKEN, NULL);
        }
    }
    return false;
}

/* The order is the law of this file: the first that applies decides. */
static bool (*const order[])(const struct hearing *hearing,
                             struct judgement *judgement) = {
    nil_policy,      said_twice,        away,      stranger,      kind_not_covered,
    status_not_paid, body_not_accepted, too_young, not_requested, means_fail,
    seat_taken,      unguarded_minor,   too_short,
};

static struct judgement
judge(struct arena *keep, const struct batch *batch, const struct attendance *fact,
      bool alone)
{
    const struct session *session = &batch->log->sessions[fact->session];
    const struct participant *participant = &batch->roster->items[fact->member];
    struct hearing hearing = {keep, batch, fact, session, participant};
    struct judgement judgement = {
        .state = LINE_DUE,
        .participation = participant_at(participant, session->date),
        .tariff = rules_tariff(batch->rules, *keep, session->kind, session->body),
        .stay = stay_of(fact, session),
    };
    for (size_t i = 0; i < ARRAY_COUNT(order); i++) {
        if (alone && order[i] == seat_taken) {
            continue;
        }
        if (order[i](&hearing, &judgement)) {
            break;
        }
    }
    return judgement;
}

struct judgement
judge_presence(struct arena *keep, const struct batch *batch,
               const struct attendance *fact)
{
    return judge(keep, batch, fact, false);
}

struct judgement
judge_alone(struct arena *keep, const struct batch *batch, const struct attendance *fact)
{
    return judge(keep, batch, fact, true);
}
