/* SPDX-License-Identifier: Apache-2.0 */
/* What a person should look at before signing. Paid all the same: none of these is an error. */
#include "notices.h"

#define CHECK_DAYS_MAX 366

void
notice_line(struct diag *diag, const struct batch *batch, const struct line *line)
{
    if (diag == NULL) {
        return;
    }
    bool pays = line->state == LINE_DUE || line->state == LINE_CAPPED;
    if (line->clipped && pays) {
        diag_warning(diag, line->where, CODE_L001,
                     "presence is longer than session '%.*s'; only the session is counted",
                     TEXT_ARG(line->session_id));
    }
    if (line->over_soft_limit) {
        diag_warning(diag, line->where, CODE_L007,
                     "claim for '%.*s' passes a limit that the rules only watch",
                     TEXT_ARG(line->entitlement));
    }
    if (pays && line->session != NULL && line->session->competence != COMPETENCE_YES) {
        diag_warning(diag, line->where, CODE_L009,
                     "session '%.*s' dealt with a subject outside the authority's competence",
                     TEXT_ARG(line->session_id));
    }
    (void)batch;
}

void
notice_member(struct diag *diag, const struct batch *batch, uint32_t member,
              const struct member_result *result)
{
    if (diag == NULL) {
        return;
    }
    const struct participant *participant = &batch->roster->items[member];
    const struct participation *row = participant_in(participant, batch->period);
    char amount[MONEY_TEXT_MAX];
    char day[DATE_TEXT_MAX];
    if (result->total.cents > 0 && row->bank.state != BANK_RIGHT) {
        money_text(result->total, amount);
        if (row->bank.state == BANK_MISSING) {
            diag_warning(diag, row->where, CODE_L006,
                         "%s euros due to '%.*s' are held: no account number", amount,
                         TEXT_ARG(participant->id));
        } else {
            diag_warning(diag, row->where, CODE_L006,
                         "%s euros due to '%.*s' are held: the account number is wrong", amount,
                         TEXT_ARG(participant->id));
        }
    }
    if (result->over_reference_day) {
        diag_warning(diag, row->where, CODE_L002,
                     "stipend of '%.*s' on %s passes the indemnity of a juror for a day",
                     TEXT_ARG(participant->id), date_text(result->reference_day, day));
    }
}

static void
notice_envelopes(struct diag *diag, const struct batch *batch, const struct summary *summary)
{
    struct where whole = {.input = batch->rules->file};
    for (size_t i = 0; i < summary->envelope_count; i++) {
        const struct envelope_use *use = &summary->envelopes[i];
        struct money used = money_add(use->before, use->now);
        char spent[MONEY_TEXT_MAX];
        char limit[MONEY_TEXT_MAX];
        money_text(used, spent);
        if (money_compare(used, use->limit) > 0) {
            diag_warning(diag, whole, CODE_L004, "envelope '%.*s' of %d is passed: %s of %s",
                         TEXT_ARG(use->envelope->name), use->year, spent,
                         money_text(use->limit, limit));
        } else if (use->warning.cents > 0 && money_compare(used, use->warning) >= 0) {
            diag_warning(diag, whole, CODE_L003, "envelope '%.*s' of %d is near its end: %s of %s",
                         TEXT_ARG(use->envelope->name), use->year, spent,
                         money_text(use->limit, limit));
        }
    }
}

static void
notice_status(struct diag *diag, const struct batch *batch)
{
    const struct rules *rules = batch->rules;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        bool touches = date_compare(status->during.from, batch->period.to) <= 0 &&
                       date_compare(status->during.to, batch->period.from) >= 0;
        if (touches && status->state == SCHEME_CONTESTED) {
            diag_warning(diag, status->basis.where, CODE_L005,
                         "the scheme is contested in this period; payment goes on");
        }
    }
    for (size_t i = 0; i < rules->life_count; i++) {
        const struct life *life = &rules->lives[i];
        if (period_contains(life->during, batch->period.to) && !date_is_none(life->checked_on) &&
            batch->period.to.day - life->checked_on.day > CHECK_DAYS_MAX) {
            char day[DATE_TEXT_MAX];
            diag_warning(diag, life->basis.where, CODE_L008,
                         "the rules were last checked on %s, more than a year before the period",
                         date_text(life->checked_on, day));
        }
    }
}

void
notice_batch(struct diag *diag, const struct batch *batch, struct summary *summary)
{
    if (diag == NULL) {
        return;
    }
    notice_envelopes(diag, batch, summary);
    notice_status(diag, batch);
}
