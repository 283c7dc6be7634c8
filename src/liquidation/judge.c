/* SPDX-License-Identifier: Apache-2.0 */
/* Each condition decides, or leaves the judgement to the next. Those that ask who the person is
 * are in standing.c; those that ask what happened at the session are here. The table at the end
 * is the order of the specification, and a lawyer may read it. */
#include "judge.h"

#include "defray/history.h"
#include "defray/standing.h"

#include "claimed.h"
#include "paid.h"

struct hearing {
    struct arena *keep;
    const struct batch *batch;
    const struct attendance *fact;
    const struct session *session;
    struct candidate candidate; /* the person, for the conditions of standing.c */
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
    const struct log *log = hearing->batch->log;
    const struct attendance *first = attendance_first(log, hearing->fact);
    if (first == NULL) {
        return false;
    }
    judgement->other_where = attendance_where(log, first);
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
    return hearing->session->body.size > 0 &&
           decide(judgement, LINE_ZERO, REASON_BODY_NOT_COVERED,
                  rules_bodies_basis(rules, hearing->session->kind));
}

/* Whoever would be paid nothing at a session of any body has been told so before. */
static bool
body_missing(const struct hearing *hearing, struct judgement *judgement)
{
    return judgement->tariff == NULL && !judgement->stay.empty &&
           decide(judgement, LINE_UNDETERMINED, REASON_SESSION_BODY_MISSING,
                  rules_bodies_basis(hearing->batch->rules, hearing->session->kind));
}

static bool
outside_competence(const struct hearing *hearing, struct judgement *judgement)
{
    const struct competence_condition *competence =
        &hearing->batch->rules->stipend.competence;
    return competence->required &&
           (competence->paid & 1u << hearing->session->competence) == 0 &&
           decide(judgement, LINE_REFUSED, REASON_OUTSIDE_COMPETENCE, &competence->basis);
}

static bool
too_short(const struct hearing *hearing, struct judgement *judgement)
{
    const struct tariff *tariff = judgement->tariff;
    const struct stay *stay = &judgement->stay;
    if (stay->known && stay->empty) {
        return decide(judgement, LINE_ZERO, REASON_NO_MINUTE_INSIDE, NULL);
    }
    if (!stay->known) {
        const struct attendance *fact = hearing->fact;
        bool some = fact->presence == PRESENCE_PARTIAL || fact->start != TIME_NONE ||
                    fact->end != TIME_NONE; /* but not all of it, as far as is known */
        bool needed =
            tariff->price.unit == UNIT_HOUR || (tariff->minimum_minutes > 0 && some);
        enum reason missing = fact->presence == PRESENCE_EXCUSED
                                  ? REASON_SESSION_LENGTH_MISSING
                                  : REASON_DURATION_MISSING;
        return needed && decide(judgement, LINE_UNDETERMINED, missing, &tariff->basis);
    }
    int64_t minimum = (int64_t)tariff->minimum_minutes * DURATION_MINUTE;
    if (stay->duration < minimum &&
        stayed_in_all(hearing->batch->log, hearing->fact) < minimum) {
        return decide(judgement, LINE_ZERO, REASON_BELOW_MINIMUM, &tariff->minimum_basis);
    }
    int64_t step = (int64_t)tariff->step_minutes * DURATION_MINUTE;
    return tariff->price.unit == UNIT_HOUR && stay->duration < step &&
           decide(judgement, LINE_ZERO, REASON_BELOW_STEP, &tariff->step_basis);
}

static bool
is_alternate(const struct participation *participation)
{
    return participation->status == STATUS_ALTERNATE;
}

/* Who takes a seat, so far as the people who share it have been looked at. */
struct holder {
    const struct participation *participation; /* NULL: nobody */
    uint32_t member;
    const struct attendance *fact;
    bool open; /* may still leave it, when what it lacks is known */
};

/* Whether `a`, who shares the seat with `b`, comes before them by the rules: who was there before
 * who was not, for a seat may be paid to who is excused too; a titular before an alternate; and of
 * two of a kind the first by id. */
static bool
ranks_before(const struct holder *a, const struct holder *b)
{
    if (was_there(a->fact) != was_there(b->fact)) {
        return was_there(a->fact);
    }
    if (is_alternate(a->participation) != is_alternate(b->participation)) {
        return is_alternate(b->participation);
    }
    return a->member < b->member;
}

static bool
was_paid(const struct hearing *hearing, uint32_t member)
{
    const struct session *session = hearing->session;
    struct right right = {STR("stipend"), session->date, presence_unit(session)};
    return paid_for(batch_run(hearing->batch), member, &right).cents > 0;
}

/* The same, after those whom the ledger has paid for the session: what was rightly paid is not
 * taken back since another has become payable. */
static bool
comes_before(const struct hearing *hearing, const struct holder *a,
             const struct holder *b)
{
    bool paid = was_paid(hearing, a->member);
    return paid == was_paid(hearing, b->member) ? ranks_before(a, b) : paid;
}

/* The presence of `member` at the session of the fact, if it takes the seat; else its fact is
 * NULL. */
static struct holder
seat_taken_by(const struct hearing *hearing, uint32_t member,
              const struct participation *participation)
{
    const struct log *log = hearing->batch->log;
    struct holder holder = {participation, member, NULL, false};
    for (size_t i = log->first[member]; i < log->first[member + 1]; i++) {
        const struct attendance *fact = &log->items[i];
        if (fact->session != hearing->fact->session) {
            continue;
        }
        struct judgement found = judge_alone(hearing->keep, hearing->batch, fact);
        /* Who was not there while the session was held leaves the seat to who was, whatever else
         * of theirs is still undetermined. */
        bool nobody_there = found.stay.known && found.stay.empty;
        if (nobody_there) {
            continue;
        }
        if (found.state == LINE_DUE) {
            holder.fact = fact;
            holder.open = false;
            break;
        }
        if (found.state == LINE_UNDETERMINED && holder.fact == NULL) {
            holder.fact = fact;
            holder.open = true;
        }
    }
    return holder;
}

/* Of all who come before `mine`, the first who takes the seat; its fact is NULL where nobody
 * does. */
static struct holder
seat_holder(const struct hearing *hearing, const struct holder *mine)
{
    const struct roster *roster = hearing->batch->roster;
    struct text seat = particulars_of(mine->participation)->seat;
    struct holder first = {0};
    for (size_t i = 0; seat.size > 0 && i < roster->seat_count; i++) {
        uint32_t index = roster->seat_order[i];
        const struct participation *other =
            participant_at(&roster->items[index], hearing->session->date);
        if (index == mine->member || other == NULL ||
            !text_equals(particulars_of(other)->seat, seat)) {
            continue;
        }
        struct holder holder = seat_taken_by(hearing, index, other);
        if (holder.fact != NULL && comes_before(hearing, &holder, mine) &&
            (first.fact == NULL || comes_before(hearing, &holder, &first))) {
            first = holder;
        }
    }
    return first;
}

/* As long as it is not known whether the one who comes first takes the seat, nobody is paid and
 * nobody refused. */
static bool
seat_taken(const struct hearing *hearing, struct judgement *judgement)
{
    const struct holder mine = {judgement->participation, hearing->fact->member,
                                hearing->fact, false};
    struct holder first = seat_holder(hearing, &mine);
    if (first.fact == NULL) {
        return false;
    }
    bool alike = was_there(first.fact) == was_there(mine.fact);
    bool ranked = ranks_before(&first, &mine);
    judgement->other_where = attendance_where(hearing->batch->log, first.fact);
    judgement->seat_by_id = is_alternate(first.participation) &&
                            is_alternate(mine.participation) && alike && ranked;
    if (first.open) {
        return decide(judgement, LINE_UNDETERMINED, REASON_SEAT_WAITS, NULL);
    }
    judgement->seat_kept = !ranked;
    judgement->seat_kept_by = first.member;
    return decide(judgement, LINE_REFUSED, REASON_SEAT_TAKEN, NULL);
}

/* A condition on the person, at the session's date. */
static bool
falls_short(const struct hearing *hearing, enum condition condition,
            struct judgement *judgement)
{
    struct standing standing =
        standing_of(hearing->keep, &hearing->candidate, condition, &judgement->finding);
    judgement->tested = judgement->finding.verdict != VERDICT_NO_TEST;
    if (standing.outcome == OUTCOME_FAILED) {
        return decide(judgement, LINE_REFUSED, standing.reason, standing.basis);
    }
    return standing.outcome == OUTCOME_OPEN &&
           decide(judgement, LINE_UNDETERMINED, standing.reason, standing.basis);
}

/* The order is the law of this file: the first that applies decides. */
static const struct step {
    bool (*decides)(const struct hearing *hearing, struct judgement *judgement);
    enum condition condition; /* where there is no function */
} order[] = {
    {nil_policy,         0                   },
    {said_twice,         0                   },
    {away,               0                   },
    {NULL,               CONDITION_MEMBERSHIP},
    {kind_not_covered,   0                   },
    {outside_competence, 0                   },
    {NULL,               CONDITION_STATUS    },
    {NULL,               CONDITION_BODY      },
    {NULL,               CONDITION_AGE       },
    {NULL,               CONDITION_REQUEST   },
    {NULL,               CONDITION_MEANS     },
    {seat_taken,         0                   },
    {NULL,               CONDITION_GUARDIAN  },
    {body_missing,       0                   },
    {too_short,          0                   },
};

struct date
batch_asked_by(const struct batch *batch)
{
    const struct batch *run = batch->run != NULL ? batch->run : batch;
    struct date last = run->period.to;
    if (batch->asked_by.day != 0) {
        return batch->asked_by;
    }
    if (run->history != NULL && date_compare(run->history->covered, last) > 0) {
        last = run->history->covered;
    }
    return last;
}

static struct judgement
judge(struct arena *keep, const struct batch *batch, const struct attendance *fact,
      bool alone)
{
    const struct session *session = &batch->log->sessions[fact->session];
    const struct participant *participant = &batch->roster->items[fact->member];
    struct judgement judgement = {
        .state = LINE_DUE,
        .participation = participant_at(participant, session->date),
        .tariff = rules_tariff(batch->rules, *keep, session->kind, session->body),
        .stay = stay_of(fact, session),
    };
    const struct hearing hearing = {
        .keep = keep,
        .batch = batch,
        .fact = fact,
        .session = session,
        .candidate =
            {
                        .rules = batch->rules,
                        .decisions = batch->decisions,
                        .participant = participant,
                        .participation = judgement.participation,
                        .member = fact->member,
                        .date = session->date,
                        .asked_by = batch_asked_by(batch),
                        },
    };
    for (size_t i = 0; i < ARRAY_COUNT(order); i++) {
        const struct step *step = &order[i];
        if (alone && step->decides == seat_taken) {
            continue;
        }
        bool decided = step->decides == NULL
                           ? falls_short(&hearing, step->condition, &judgement)
                           : step->decides(&hearing, &judgement);
        if (decided) {
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
