/* SPDX-License-Identifier: Apache-2.0 */
/* What a person should look at before signing. Paid all the same: none of these is an error. */
#include "notices.h"

#include "defray/decisions.h"
#include "defray/status.h"

#include "gone.h"

#define CHECK_DAYS_MAX 366

static const char *
shown(struct diag *diag, struct money amount)
{
    return tr_money(diag_arena(diag), diag_language(diag), amount);
}

void
notice_line(struct diag *diag, const struct line *line)
{
    if (line->clipped && line->reason == REASON_NO_MINUTE_INSIDE) {
        diag_warning(
            diag, line->where, CODE_L001,
            "presence lies wholly outside session '%.*s'; nothing of it is counted",
            TEXT_ARG(line->session_id));
    } else if (line->clipped) {
        diag_warning(
            diag, line->where, CODE_L001,
            "presence lies partly outside session '%.*s'; what lies within it is counted",
            TEXT_ARG(line->session_id));
    }
    if (line->over_soft_limit) {
        diag_warning(diag, line->where, CODE_L007,
                     "what is due for '%.*s' passes a limit that the rules only watch",
                     TEXT_ARG(line->entitlement));
    }
    if (line->seat_by_id) {
        diag_warning(diag, line->where, CODE_L035,
                     "two alternates of one seat are present: their ids alone say that "
                     "the other one comes first");
        diag_other_place(diag, line->other_where);
    }
}

static void
notice_held(struct diag *diag, const struct participant *participant,
            const struct participation *row, const struct person_total *person)
{
    const char *amount = "";
    if (row->bank.state != BANK_RIGHT || person->hold != HOLD_NONE) {
        amount = shown(diag, person->total);
    }
    switch (row->bank.state) {
    case BANK_MISSING:
        diag_warning(diag, row->where, CODE_L006,
                     "%s € due to '%.*s' are held: no account number", amount,
                     TEXT_ARG(participant->id));
        return;
    case BANK_WRONG:
        diag_warning(diag, row->where, CODE_L006,
                     "%s € due to '%.*s' are held: the account number is wrong", amount,
                     TEXT_ARG(participant->id));
        return;
    case BANK_WRONG_BIC:
        diag_warning(diag, row->where, CODE_L006,
                     "%s € due to '%.*s' are held: the BIC is wrong", amount,
                     TEXT_ARG(participant->id));
        return;
    case BANK_WRONG_NAME:
        diag_warning(diag, row->where, CODE_L006,
                     "%s € due to '%.*s' are held: no bank takes the letters of the name",
                     amount, TEXT_ARG(participant->id));
        return;
    case BANK_RIGHT: break;
    }
    if (person->hold != HOLD_NONE) {
        diag_warning(diag, row->where, CODE_L014, "%s € to pay to '%.*s' wait: %s",
                     amount, TEXT_ARG(participant->id),
                     hold_label(diag_language(diag), person->hold));
    }
}

/* Above the jurors' indemnity, or another figure that the rules compare a day with. */
static void
notice_reference(struct diag *diag, const struct rules *rules,
                 const struct participation *row, const struct participant *participant,
                 const struct person_total *person)
{
    struct text series = label_in(&rules->reference_label, diag_language(diag));
    struct text id = participant->id;
    char text[DATE_TEXT_MAX];
    const char *day = date_text(person->reference_day, text);
    size_t days = person->reference_days;
    if (days == 1 && series.size == 0) {
        diag_warning(diag, row->where, CODE_L002,
                     "stipend of '%.*s' on %s passes the indemnity of a juror for a day",
                     TEXT_ARG(id), day);
    } else if (days == 1) {
        diag_warning(diag, row->where, CODE_L002,
                     "stipend of '%.*s' on %s passes the figure of reference, '%.*s'",
                     TEXT_ARG(id), day, TEXT_ARG(series));
    } else if (series.size == 0) {
        diag_warning(
            diag, row->where, CODE_L002,
            "stipend of '%.*s' passes the indemnity of a juror on %zu days, first on %s",
            TEXT_ARG(id), days, day);
    } else {
        diag_warning(diag, row->where, CODE_L002,
                     "stipend of '%.*s' passes the figure of reference, '%.*s', on %zu "
                     "days, first on %s",
                     TEXT_ARG(id), TEXT_ARG(series), days, day);
    }
}

void
notice_member(struct diag *diag, const struct batch *batch, uint32_t member,
              const struct person_total *person)
{
    const struct participant *participant = &batch->roster->items[member];
    const struct participation *row = participant_in(participant, batch->period);
    if (person->total.cents > 0) {
        notice_held(diag, participant, row, person);
    }
    if (person->lapsed > 0) {
        diag_warning(
            diag, row->where, CODE_L016,
            "claims of '%.*s' for earlier days that have lapsed, and are not paid: %zu",
            TEXT_ARG(participant->id), (size_t)person->lapsed);
    }
    if (person->reference_days > 0) {
        notice_reference(diag, batch->rules, row, participant, person);
    }
}

/* Never the birth date. */
static void
notice_of_age(struct diag *diag, const struct participant *participant,
              const struct participation *row)
{
    diag_warning(diag, row->where, CODE_L027,
                 "'%.*s' is of age, and is paid with a legal representative stated",
                 TEXT_ARG(participant->id));
}

void
notice_minor(struct diag *diag, const struct batch *batch, uint32_t member,
             const struct person_total *person)
{
    const struct participant *participant = &batch->roster->items[member];
    const struct participation *row = participant_in(participant, batch->period);
    if (person->of_age) {
        notice_of_age(diag, participant, row);
    }
    if (person->unrepresented) {
        diag_warning(diag, row->where, CODE_L012,
                     "'%.*s' is paid as a minor, and no legal representative is stated",
                     TEXT_ARG(participant->id));
    }
    if (person->holder_open && particulars_of(row)->holder.size == 0) {
        diag_warning(diag, row->where, CODE_L011,
                     "'%.*s' is paid as a minor, and the account holder is not stated",
                     TEXT_ARG(participant->id));
    } else if (person->holder_open) {
        diag_warning(
            diag, row->where, CODE_L011,
            "'%.*s' is paid as a minor into the account of somebody who is neither "
            "the member nor the legal representative",
            TEXT_ARG(participant->id));
    }
}

static void
notice_envelopes(struct diag *diag, const struct batch *batch,
                 const struct summary *summary)
{
    struct where whole = {.input = batch->rules->file};
    for (size_t i = 0; i < summary->envelope_count; i++) {
        const struct envelope_use *use = &summary->envelopes[i];
        struct money used = money_add(use->before, use->now);
        const char *spent = shown(diag, used);
        const char *limit = shown(diag, use->limit);
        if (money_compare(used, use->limit) > 0) {
            diag_warning(diag, whole, CODE_L004,
                         "envelope '%.*s' of %d is passed: %s € of %s €",
                         TEXT_ARG(use->envelope->name), use->year, spent, limit);
        } else if (use->warning.cents > 0 && money_compare(used, use->warning) >= 0) {
            diag_warning(diag, whole, CODE_L003,
                         "envelope '%.*s' of %d is near its end: %s € of %s €",
                         TEXT_ARG(use->envelope->name), use->year, spent, limit);
        }
    }
}

/* The period, and the days before it that are settled with it. */
static struct period
settled_days(const struct batch *batch)
{
    struct period days = batch->period;
    if (batch->history != NULL) {
        days.from = batch->history->since;
    }
    return days;
}

/* A series that has ended compares nothing any more, and nobody would notice. */
static void
notice_uncompared(struct diag *diag, const struct batch *batch,
                  const struct summary *summary)
{
    char from[DATE_TEXT_MAX];
    if (summary->uncompared > 0) {
        diag_warning(diag, batch->rules->proportionality_basis.where, CODE_L019,
                     "stipends of a day that nothing is compared with: %zu, first on %s; "
                     "the series of reference has no value then",
                     summary->uncompared, date_text(summary->uncompared_from, from));
    }
}

static void
notice_status(struct diag *diag, const struct batch *batch)
{
    const struct rules *rules = batch->rules;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        if (status_touches(status, settled_days(batch)) &&
            status->state == SCHEME_CONTESTED) {
            diag_warning(diag, status->basis.where, CODE_L005,
                         "the scheme is contested in this period; payment goes on");
        }
    }
}

/* A session on a subject outside the authority's competence whose presences are paid: told once,
 * where the calendar says so. */
static void
notice_competence(struct diag *diag, const struct summary *summary)
{
    for (size_t i = 0; i < summary->flagged_count; i++) {
        const struct session *session = summary->flagged[i].session;
        if (session->competence == COMPETENCE_ADVOCACY) {
            diag_warning(
                diag, session->where, CODE_L009,
                "session '%.*s' was advocacy, on a subject outside the authority's "
                "competence",
                TEXT_ARG(session->id));
        } else {
            diag_warning(
                diag, session->where, CODE_L009,
                "session '%.*s' dealt with a subject outside the authority's competence",
                TEXT_ARG(session->id));
        }
    }
}

static void
notice_check(struct diag *diag, const struct batch *batch, struct period during,
             struct date checked_on, struct where where)
{
    struct period days = settled_days(batch);
    if (period_overlaps(during, days) && !date_is_none(checked_on) &&
        batch->period.to.day - checked_on.day > CHECK_DAYS_MAX) {
        char day[DATE_TEXT_MAX];
        diag_warning(
            diag, where, CODE_L008,
            "this was last checked on %s, more than a year before the end of the period",
            date_text(checked_on, day));
    }
}

static void
notice_timeline(struct diag *diag, const struct batch *batch,
                const struct timeline *timeline)
{
    for (size_t i = 0; i < timeline->count; i++) {
        const struct value *value = &timeline->items[i];
        notice_check(diag, batch, value->during, value->checked_on, value->basis.where);
    }
}

static void
notice_caps(struct diag *diag, const struct batch *batch, const struct cap *caps,
            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        notice_timeline(diag, batch, &caps[i].limit);
    }
}

/* A scale, once however many categories go by it. */
static void
notice_scale(struct diag *diag, const struct batch *batch, size_t category)
{
    const struct category *categories = batch->rules->categories;
    const struct scale *scale = &categories[category].price.scale;
    bool told = false;
    for (size_t i = 0; i < category; i++) {
        told = told || categories[i].price.scale.versions == scale->versions;
    }
    for (size_t i = 0; i < scale->count && !told; i++) {
        const struct scale_version *version = &scale->versions[i];
        notice_check(diag, batch, version->during, version->checked_on,
                     version->basis.where);
    }
}

/* Whatever is still in force must have been checked within the year; a figure of a series that a
 * rate follows is known to the end of the year of its check, and the rules with it. */
static void
notice_checks(struct diag *diag, const struct batch *batch)
{
    const struct rules *rules = batch->rules;
    const struct stipend *stipend = &rules->stipend;
    for (size_t i = 0; i < rules->life_count; i++) {
        const struct life *life = &rules->lives[i];
        notice_check(diag, batch, life->during, life->checked_on, life->basis.where);
    }
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        notice_check(diag, batch, status->during, status->checked_on,
                     status->basis.where);
    }
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        const struct entitlement *price = &stipend->tariffs[i].price;
        notice_timeline(diag, batch, &price->rates);
        notice_timeline(diag, batch, &stipend->tariffs[i].full_day.rates);
        notice_caps(diag, batch, price->caps, price->cap_count);
    }
    notice_caps(diag, batch, stipend->caps, stipend->cap_count);
    notice_timeline(diag, batch, &stipend->means.threshold);
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct entitlement *price = &rules->categories[i].price;
        notice_timeline(diag, batch, &price->rates);
        notice_scale(diag, batch, i);
        notice_caps(diag, batch, price->caps, price->cap_count);
    }
    for (size_t i = 0; i < rules->envelope_count; i++) {
        notice_timeline(diag, batch, &rules->envelopes[i].limits);
    }
}

/* A table of another month, or none, leaves everyone unpaid: said once. */
static void
notice_undecided(struct diag *diag, const struct batch *batch,
                 const struct summary *summary)
{
    const struct decisions *decisions = batch->decisions;
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (summary->undecided == 0) {
        return;
    }
    if (decisions == NULL) {
        diag_warning(
            diag, (struct where){.input = batch->rules->file}, CODE_L015,
            "presences that wait for the means test: %zu; no decisions were given",
            summary->undecided);
        return;
    }
    struct where table = {.input = decisions->count > 0 ? decisions->items[0].where.input
                                                        : batch->rules->file};
    diag_warning(diag, table, CODE_L015,
                 "presences that no decision covers: %zu, from %s to %s",
                 summary->undecided, date_text(summary->undecided_days.from, from),
                 date_text(summary->undecided_days.to, to));
}

/* Earlier days that the files do not decide: told once, for nobody would look for them. */
static void
notice_open(struct diag *diag, const struct batch *batch, const struct summary *summary)
{
    const struct left_rights *open = &summary->open;
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (open->count > 0) {
        diag_warning(
            diag, (struct where){.input = batch->rules->file}, CODE_L017,
            "rights of earlier days, from %s to %s, that are undetermined: %zu, of which "
            "%zu without a decision; neither paid nor taken back: %s € paid before",
            date_text(open->days.from, from), date_text(open->days.to, to), open->count,
            open->undecided, shown(diag, open->kept));
    }
}

/* Expenses of earlier days that are refused: perhaps they came late, and nobody was told. */
static void
notice_refused(struct diag *diag, const struct batch *batch,
               const struct summary *summary)
{
    const struct left_rights *refused = &summary->refused;
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (refused->count > 0) {
        diag_warning(diag, (struct where){.input = batch->rules->file}, CODE_L028,
                     "expenses of earlier days, from %s to %s, that are refused: %zu",
                     date_text(refused->days.from, from), date_text(refused->days.to, to),
                     refused->count);
    }
}

/* Kilometres of an earlier year whose counter opened otherwise when they were paid, perhaps. */
static void
notice_uncounted(struct diag *diag, const struct batch *batch,
                 const struct summary *summary)
{
    const struct left_rights *uncounted = &summary->uncounted;
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (uncounted->count > 0) {
        diag_warning(
            diag, (struct where){.input = batch->rules->file}, CODE_L033,
            "expenses of an earlier year, from %s to %s, that would come to another amount, "
            "with no kilometres before stated for that year: %zu; left as they are: %s € "
            "paid before",
            date_text(uncounted->days.from, from), date_text(uncounted->days.to, to),
            uncounted->count, shown(diag, uncounted->kept));
    }
}

/* Days on which the scheme does not pay: what was paid for them is for the authority to decide. */
static void
notice_barred(struct diag *diag, const struct rules *rules, const struct summary *summary)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct left_rights *barred = &summary->barred[i];
        if (barred->count > 0) {
            diag_warning(
                diag, rules->statuses[i].basis.where, CODE_L018,
                "rights of days, from %s to %s, on which the scheme is '%s': %zu; not "
                "paid, and not taken back: %s € paid before",
                date_text(barred->days.from, from), date_text(barred->days.to, to),
                scheme_state_label(diag_language(diag), rules->statuses[i].state),
                barred->count, shown(diag, barred->kept));
        }
    }
}

/* A sheet that was made to be filled in, and was not, would be an état of nothing. */
static void
notice_nobody(struct diag *diag, const struct batch *batch)
{
    const struct log *log = batch->log;
    for (size_t i = 0; i < log->count; i++) {
        bool there = log->items[i].presence == PRESENCE_PRESENT ||
                     log->items[i].presence == PRESENCE_PARTIAL;
        if (there &&
            period_contains(batch->period, log->sessions[log->items[i].session].date)) {
            return;
        }
    }
    bool pays = !batch->rules->stipend.nil || batch->rules->category_count > 0;
    if (pays && log->file_count > 0) {
        diag_warning(diag, (struct where){.input = log->files[0]}, CODE_L024,
                     "nobody is recorded as present in the period");
    }
}

void
notice_batch(struct diag *diag, const struct batch *batch, struct summary *summary)
{
    if (diag == NULL) {
        return;
    }
    if (summary->read == 0 && summary->outside > 0) {
        struct where log = {.input =
                                batch->log->file_count > 0 ? batch->log->files[0] : NULL};
        diag_warning(diag, log, CODE_L010,
                     tr_plural(diag_language(diag),
                               "no row lies in the period; %zu lies on another day",
                               "no row lies in the period; %zu lie on other days",
                               summary->outside),
                     summary->outside);
    } else {
        notice_nobody(diag, batch);
    }
    notice_undecided(diag, batch, summary);
    notice_open(diag, batch, summary);
    notice_refused(diag, batch, summary);
    notice_uncounted(diag, batch, summary);
    notice_barred(diag, batch->rules, summary);
    notice_gone(diag, batch, &summary->gone);
    notice_gone_moved(diag, batch, &summary->moved);
    notice_envelopes(diag, batch, summary);
    notice_uncompared(diag, batch, summary);
    notice_status(diag, batch);
    notice_openings(diag, batch, summary);
    notice_checks(diag, batch);
    notice_competence(diag, summary);
}
