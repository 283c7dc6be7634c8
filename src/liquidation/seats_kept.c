/* SPDX-License-Identifier: Apache-2.0 */
/* A seat stays with whom the ledger has paid for a session, though by the tables of now another
 * comes first: who asked to be paid later on, or is marked present after all. Only a person knows
 * which of the two is to have it, so it is said, of earlier days too. */
#include "claimed.h"
#include "judge.h"
#include "notices.h"

static void
tell(struct diag *diag, const struct batch *batch, const struct attendance *fact,
     const struct judgement *judgement)
{
    const struct participant *people = batch->roster->items;
    const struct session *session = &batch->log->sessions[fact->session];
    char day[DATE_TEXT_MAX];
    diag_warning(diag, attendance_where(batch->log, fact), CODE_L036,
                 "the seat that '%.*s' shares was paid to '%.*s' for '%.*s' on %s, and "
                 "stays paid to them",
                 TEXT_ARG(people[fact->member].id),
                 TEXT_ARG(people[judgement->seat_kept_by].id),
                 TEXT_ARG(presence_unit(session)), date_text(session->date, day));
    diag_other_place(diag, judgement->other_where);
}

static bool
holds_seat(const struct batch *batch, uint32_t member, struct date day)
{
    const struct participation *row = participant_at(&batch->roster->items[member], day);
    return row != NULL && particulars_of(row)->seat.size > 0;
}

void
notice_kept_seats(struct arena scratch, struct diag *diag, const struct batch *batch)
{
    const struct log *log = batch->log;
    if (diag == NULL || batch->history == NULL || batch->roster->seat_count == 0) {
        return;
    }
    struct period days = {batch->history->since, batch->period.to};
    for (size_t i = 0; i < log->count; i++) {
        const struct attendance *fact = &log->items[i];
        struct arena one = scratch;
        struct date day = log->sessions[fact->session].date;
        if (period_contains(days, day) && holds_seat(batch, fact->member, day)) {
            struct judgement judgement = judge_presence(&one, batch, fact);
            if (judgement.seat_kept) {
                tell(diag, batch, fact, &judgement);
            }
        }
    }
}
