/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line in sentences, for a reader who knows no code: what was read and where, how the amount
 * came about, or which condition failed, on which text, and what would settle it.
 */
#include "sentences.h"

#include "defray/bases.h"
#include "defray/status.h"

#include "wording.h"

#include <string.h>

void
sentence_add(const struct telling *work, enum sentence_role role, const char *text)
{
    if (text[0] != '\0') {
        *ARRAY_PUSH(work->keep, &work->out->sentences) = (struct sentence){role, text};
    }
}

void
operand_add(const struct telling *work, const char *key, const char *label,
            const char *value)
{
    if (value[0] != '\0') {
        *ARRAY_PUSH(work->keep, &work->out->operands) =
            (struct operand){key, tr(work->language, label), value};
    }
}

static const char *
label_of(const struct telling *work)
{
    struct text label = rules_label(work->explaining->batch->rules,
                                    work->line->entitlement, work->language);
    return text_string(work->keep, label);
}

static const char *
title_of(const struct telling *work)
{
    const struct line *line = work->line;
    const char *title = worded_day(work->keep, work->language, line->date);
    if (line->session_id.size > 0) {
        title = arena_printf(work->keep, "%s, %.*s", title, TEXT_ARG(line->session_id));
    }
    title = arena_printf(work->keep, "%s, %s", title, label_of(work));
    if (line->session != NULL) {
        title = arena_printf(work->keep, "%s, %s", title,
                             kind_label(work->language, line->session->kind));
    }
    return title;
}

/* "session GP-0321 of 21 March 2026 (proposal group)". */
static const char *
session_text(const struct telling *work)
{
    const struct line *line = work->line;
    const char *day = worded_day(work->keep, work->language, line->date);
    const char *kind = kind_label(work->language, line->session->kind);
    if (line->session_id.size == 0) {
        return arena_printf(work->keep, tr(work->language, N_("the session of %s (%s)")),
                            day, kind);
    }
    return arena_printf(work->keep, tr(work->language, N_("session %.*s of %s (%s)")),
                        TEXT_ARG(line->session_id), day, kind);
}

bool
telling_excused(const struct telling *work)
{
    const struct line *line = work->line;
    const struct attendance *fact = &work->explaining->batch->log->items[line->fact];
    return fact->presence == PRESENCE_EXCUSED && line->price != NULL;
}

const char *
excused_text(const struct telling *work)
{
    const struct line *line = work->line;
    const struct basis *basis = &work->explaining->batch->rules->stipend.excused_basis;
    const char *cited = basis_cited(work, basis);
    if (line->duration == DURATION_NONE) {
        return arena_printf(work->keep,
                            tr(work->language, N_("The rules pay who is excused (%s).")),
                            cited);
    }
    const char *duration = worded_duration(work->keep, work->language,
                                           line_stayed(work->explaining->batch, line));
    operand_add(work, "length", N_("Length of the session"), duration);
    return arena_printf(
        work->keep,
        tr(work->language,
           N_("The rules pay who is excused (%s), for the length of the session: %s.")),
        cited, duration);
}

static void
tell_presence(const struct telling *work)
{
    const struct line *line = work->line;
    const struct attendance *fact = &work->explaining->batch->log->items[line->fact];
    const char *session = session_text(work);
    const char *place = worded_place(work->keep, work->language, line->where);
    const char *text = NULL;
    if (telling_excused(work)) {
        text = arena_printf(
            work->keep, tr(work->language, N_("For %s, the sheet says: %s (%s).")),
            session, presence_label(work->language, PRESENCE_EXCUSED), place);
        sentence_add(work, SENTENCE_PLAIN, text);
        text = excused_text(work);
    } else if (line->duration != DURATION_NONE) {
        const char *duration =
            worded_duration(work->keep, work->language, line->duration);
        text = arena_printf(work->keep,
                            tr_plural(work->language,
                                      "For %s, %s of presence was counted (%s).",
                                      "For %s, %s of presence were counted (%s).",
                                      (unsigned long)(line->duration / DURATION_HOUR)),
                            session, duration, place);
        operand_add(work, "presence", N_("Presence counted"), duration);
    } else if (line->price != NULL) {
        text = arena_printf(work->keep,
                            tr(work->language, N_("For %s, one presence was read (%s).")),
                            session, place);
    } else {
        text = arena_printf(
            work->keep, tr(work->language, N_("For %s, the sheet says: %s (%s).")),
            session, presence_label(work->language, (enum presence)fact->presence),
            place);
    }
    sentence_add(work, SENTENCE_PLAIN, text);
    if (line->clipped && line->reason != REASON_NO_MINUTE_INSIDE) {
        sentence_add(
            work, SENTENCE_PLAIN,
            tr(work->language, N_("Some of the time on the sheet lies outside the "
                                  "session: only what lies within it counts.")));
    }
}

static void
tell_claim(const struct telling *work)
{
    const struct line *line = work->line;
    const struct claim *claim = &work->explaining->batch->claims->items[line->fact];
    const char *what = "";
    if (claim->has_amount) {
        what = arena_printf(work->keep, "%s",
                            worded_euros(work->keep, work->language, claim->amount));
    }
    if (claim->has_quantity) {
        what = arena_printf(
            work->keep, "%s%s%s", what, what[0] == '\0' ? "" : ", ",
            worded_units(work->keep, work->language, claim->quantity, line->unit));
    }
    const char *day = worded_day(work->keep, work->language, line->date);
    const char *place = worded_place(work->keep, work->language, line->where);
    if (what[0] == '\0') {
        what = tr(work->language, N_("neither an amount nor a quantity"));
    }
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(work->keep,
                     tr(work->language, N_("A claim of %s was read (%s): %s, %s.")), day,
                     place, label_of(work), what));
    operand_add(work, "receipt", N_("Receipt"),
                claim->receipt ? tr(work->language, N_("yes"))
                               : tr(work->language, N_("no")));
}

/* A decision may say that it rests on what the rules do not take. */
static void
tell_evidence(const struct telling *work, const struct finding *found)
{
    const struct means_condition *test = &work->explaining->batch->rules->stipend.means;
    struct evidence evidence = {found->method, found->month};
    if (found->verdict == VERDICT_UNDETERMINED) {
        return;
    }
    switch (evidence_fault(*work->keep, test, &evidence, work->line->date)) {
    case EVIDENCE_FIT: return;
    case EVIDENCE_METHOD:
        sentence_add(
            work, SENTENCE_DOUBT,
            arena_printf(work->keep,
                         tr(work->language, N_("So says the decision; the rules accept "
                                               "other methods only: %s (%s).")),
                         means_methods_text(work->keep, test),
                         worded_basis(work->keep, work->language, &test->basis)));
        return;
    case EVIDENCE_AGE:
        sentence_add(
            work, SENTENCE_DOUBT,
            arena_printf(work->keep,
                         tr(work->language, N_("So says the decision; the rules take "
                                               "evidence of the last %d months only "
                                               "(%s).")),
                         test->age_months_max,
                         worded_basis(work->keep, work->language, &test->age_basis)));
        return;
    }
}

/* The means test: met, or not, and by which evidence; the threshold is the rule file's. */
static void
tell_means(const struct telling *work)
{
    const struct batch *batch = work->explaining->batch;
    const struct means_condition *test = &batch->rules->stipend.means;
    const struct value *threshold = timeline_at(&test->threshold, work->line->date);
    if (!test->required || threshold == NULL || !means_was_reached(work->line)) {
        return;
    }
    struct finding found = eligibility_at(work->keep, batch->rules, batch->decisions,
                                          work->explaining->member, work->line->date);
    char *measure = (char *)(uintptr_t)text_string(work->keep, test->measure);
    for (size_t i = 0; measure[i] != '\0'; i++) {
        measure[i] = measure[i] == '_' ? ' ' : measure[i];
    }
    const char *limit = worded_exact(work->keep, work->language, threshold->amount);
    const char *basis = worded_basis(work->keep, work->language, &threshold->basis);
    const char *condition = arena_printf(
        work->keep,
        tr(work->language, test->inclusive ? N_("Means test: %s of %s at most (%s).")
                                           : N_("Means test: %s below %s (%s).")),
        measure, limit, basis);
    const char *evidence = "";
    if (found.month.size > 0) {
        const char *month = worded_month(work->keep, work->language, found.month);
        evidence =
            arena_printf(work->keep,
                         tr(work->language, found.verdict == VERDICT_UNDETERMINED
                                                ? N_(" (the evidence is of %s, %.*s)")
                                                : N_(", by the evidence of %s (%.*s)")),
                         month, TEXT_ARG(found.method));
    }
    const char *outcome =
        found.verdict == VERDICT_ELIGIBLE
            ? arena_printf(work->keep, tr(work->language, N_("The condition is met%s.")),
                           evidence)
        : found.verdict == VERDICT_NOT_ELIGIBLE
            ? arena_printf(work->keep,
                           tr(work->language, N_("The condition is not met%s.")),
                           evidence)
            : arena_printf(work->keep,
                           tr(work->language, N_("It is not known whether the condition "
                                                 "is met%s.")),
                           evidence);
    sentence_add(work, SENTENCE_PLAIN,
                 arena_printf(work->keep, "%s %s", condition, outcome));
    tell_evidence(work, &found);
    operand_add(work, "verdict", N_("Means test"),
                found.verdict == VERDICT_ELIGIBLE ? tr(work->language, N_("met"))
                : found.verdict == VERDICT_NOT_ELIGIBLE
                    ? tr(work->language, N_("not met"))
                    : tr(work->language, N_("undetermined")));
}

/* Where the rules pay on request: when it was made. */
static void
tell_request(const struct telling *work)
{
    const struct batch *batch = work->explaining->batch;
    const struct request_condition *request = &batch->rules->stipend.request;
    struct date asked = batch->roster->items[work->explaining->member].requested_on;
    if (!request->required || !means_was_reached(work->line) || date_is_none(asked)) {
        return;
    }
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(
            work->keep,
            tr(work->language,
               N_("It is paid on request, and the request was made on %s (%s).")),
            worded_day(work->keep, work->language, asked),
            worded_basis(work->keep, work->language, &request->basis)));
}

static void
tell_scheme(const struct telling *work)
{
    const struct scheme_status *status =
        rules_status(work->explaining->batch->rules, work->line->date);
    if (status == NULL) {
        return;
    }
    const char *state = worded_scheme(work->language, status->state);
    const char *since = worded_day(work->keep, work->language, status->during.from);
    sentence_add(work, SENTENCE_PLAIN,
                 arena_printf(work->keep,
                              tr(work->language,
                                 N_("On that day the scheme was %s, since %s (%s).")),
                              state, since,
                              worded_basis(work->keep, work->language, &status->basis)));
    operand_add(work, "scheme", N_("Scheme on that day"), state);
}

/* What the rules come to on a day on which they do not pay is no promise. */
static const char *
unless_unpaid(const struct telling *work, const char *text)
{
    const struct line *line = work->line;
    const struct rules *rules = work->explaining->batch->rules;
    if (day_pays(rules, line->date) || line->due.cents == 0) {
        return text;
    }
    return arena_printf(
        work->keep,
        tr(work->language, N_("Nothing is paid, since the scheme was %s on that day. "
                              "Without that: %s")),
        worded_scheme(work->language, rules_status(rules, line->date)->state), text);
}

static void
tell_result(const struct telling *work)
{
    const struct line *line = work->line;
    const char *reason = line_reason(work->keep, work->language, line);
    const char *due = worded_euros(work->keep, work->language, line->due);
    const char *state = line_state_label(work->language, line->state);
    const char *text = NULL;
    switch (line->state) {
    case LINE_DUE:
        text = arena_printf(work->keep, tr(work->language, N_("Due: %s.")), due);
        break;
    case LINE_CAPPED:
        text = arena_printf(
            work->keep, tr(work->language, N_("Due: %s instead of %s: %s.")), due,
            worded_euros(work->keep, work->language, line->gross), reason);
        break;
    case LINE_ZERO:
        text = arena_printf(work->keep, tr(work->language, N_("Nothing is due: %s.")),
                            reason);
        break;
    case LINE_REFUSED:
        text = arena_printf(work->keep, tr(work->language, N_("Refused: %s.")), reason);
        break;
    case LINE_UNDETERMINED:
        text = arena_printf(work->keep,
                            tr(work->language, N_("Undetermined, neither paid nor "
                                                  "refused: %s.")),
                            reason);
        break;
    case LINE_PAID_BEFORE:
    case LINE_STATE_COUNT: text = arena_printf(work->keep, "%s: %s.", state, due); break;
    }
    sentence_add(work, SENTENCE_RESULT, unless_unpaid(work, text));
    operand_add(work, "due", N_("Due"), due);
    operand_add(work, "state", N_("State"), state);
    operand_add(work, "at", N_("Input line"),
                worded_place(work->keep, work->language, line->where));
}

/* For a line that no condition of the rule file decides: the text of the rate, for an absence;
 * else that the facts alone decide, or a condition that is the program's own. */
static void
tell_no_text(const struct telling *work)
{
    const struct rules *rules = work->explaining->batch->rules;
    const struct line *line = work->line;
    const struct tariff *tariff =
        line->session == NULL
            ? NULL
            : rules_tariff(rules, *work->keep, line->session->kind, line->session->body);
    const struct value *rate =
        tariff == NULL ? NULL : timeline_at(&tariff->price.rates, line->date);
    if (line->reason == REASON_ABSENT && rate != NULL) {
        sentence_add(
            work, SENTENCE_TEXT,
            arena_printf(work->keep,
                         tr(work->language, N_("The text pays presence, %s: %s.")),
                         worded_per(work->language, tariff->price.unit),
                         worded_source(work->keep, work->language, &rate->basis)));
        return;
    }
    bool built_in =
        line->reason == REASON_STATUS_NEVER_PAID || line->reason == REASON_SEAT_TAKEN ||
        line->reason == REASON_SEAT_WAITS || line->reason == REASON_REQUEST_AFTER ||
        line->reason == REASON_SESSION_WITHOUT_STIPEND ||
        line->reason == REASON_ATTENDED_BY_VIDEO ||
        line->reason == REASON_MINOR_WITHOUT_GUARDIAN;
    sentence_add(work, SENTENCE_TEXT,
                 tr(work->language,
                    built_in ? N_("This is a rule of the program, whatever the rule file "
                                  "says.")
                             : N_("This follows from the facts; no text of the rule file "
                                  "has to decide it.")));
}

static void
tell_texts(const struct telling *work)
{
    const struct line *line = work->line;
    const struct basis *bases[] = {line->basis, line->rate_basis};
    for (size_t i = 0; i < ARRAY_COUNT(bases); i++) {
        bool again =
            i > 0 && bases[0] != NULL && bases[1] != NULL && basis_is(bases[0], bases[1]);
        if (bases[i] != NULL && !again) {
            const char *source = worded_source(work->keep, work->language, bases[i]);
            sentence_add(work, bases[i]->source == NULL ? SENTENCE_DOUBT : SENTENCE_TEXT,
                         arena_printf(work->keep,
                                      tr(work->language, bases[i]->source == NULL
                                                             ? N_("This rests on %s.")
                                                             : N_("Text: %s.")),
                                      source));
        }
    }
    if (line->basis == NULL && line->rate_basis == NULL) {
        tell_no_text(work);
    }
    const char *settles = line_settles(work->language, line);
    if (settles[0] != '\0') {
        sentence_add(work, SENTENCE_RESULT,
                     arena_printf(work->keep,
                                  tr(work->language, N_("What would settle it: %s.")),
                                  settles));
    }
}

/* Whether it is that of a ceiling that took something, which its sentence names. */
static bool
is_ceiling(const struct line *line, const struct basis *basis)
{
    bool found = false;
    for (size_t i = 0; i < line->ceilings.count; i++) {
        found = found || basis == &line->ceilings.items[i]->basis;
    }
    return found;
}

/* Whether a sentence has named the text already. */
static bool
is_named(const struct telling *work, const struct basis *basis)
{
    const struct rules *rules = work->explaining->batch->rules;
    const struct line *line = work->line;
    const struct tariff *tariff = line_tariff(rules, line);
    const struct value *threshold =
        timeline_at(&rules->stipend.means.threshold, line->date);
    bool tested = threshold != NULL && basis == &threshold->basis;
    bool stepped = tariff != NULL && basis == &tariff->step_basis;
    bool quantity = line->price != NULL && basis == &line->price->default_basis;
    return basis == line->basis || basis == line->rate_basis || is_ceiling(line, basis) ||
           tested || (stepped && line_was_stepped(work)) || quantity;
}

/* The assumptions that the line passed through and that no sentence has named yet. */
static void
tell_assumptions(const struct telling *work)
{
    const struct basis *bases[LINE_BASES_MAX];
    size_t count = line_bases(work->explaining->batch, work->line, bases);
    for (size_t i = 0; i < count; i++) {
        bool told = bases[i]->source != NULL || is_named(work, bases[i]);
        for (size_t k = 0; k < count && !told; k++) {
            told = basis_is(bases[k], bases[i]) && (k < i || is_named(work, bases[k]));
        }
        if (!told) {
            sentence_add(
                work, SENTENCE_DOUBT,
                arena_printf(work->keep,
                             tr(work->language, N_("It also passed through %s.")),
                             worded_basis(work->keep, work->language, bases[i])));
        }
    }
}

void
line_tell(struct arena *keep, const struct explaining *explaining,
          const struct line *line, struct line_account *out)
{
    struct telling work = {keep, explaining, line, out, explaining->language, NULL};
    *out = (struct line_account){.line = line};
    out->title = title_of(&work);
    if (line->is_claim) {
        tell_claim(&work);
    } else {
        tell_presence(&work);
    }
    if (line->price != NULL) {
        line_tell_amount(&work);
    }
    tell_request(&work);
    tell_means(&work);
    line_tell_limit(&work);
    tell_result(&work);
    tell_texts(&work);
    tell_scheme(&work);
    tell_assumptions(&work);
}
