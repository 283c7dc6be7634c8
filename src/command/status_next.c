/* SPDX-License-Identifier: Apache-2.0 */
/* The command to type next. Whatever could leave somebody unpaid comes first: a table that changed,
 * a batch without payments, members who are owed. Closing is for good, and comes last. */
#include "status_next.h"

#include "terminal.h"

#include <inttypes.h>
#include <string.h>

static bool
is_in(const struct ledger_batch *batch, const char *state)
{
    return text_equals(batch->state, text_of(state));
}

bool
batch_waits(const struct ledger_batch *batch)
{
    bool done = is_in(batch, "SETTLED") || is_in(batch, "CANCELLED") ||
                (batch->payments == 0 && !is_in(batch, "PREPARED"));
    return !done;
}

/* A transfer file where the rules and the batch say all that it needs. After a refusal it is
 * another file, which leaves the first one where it is. */
static const char *
export_of(const struct looking *l, const struct ledger_batch *batch)
{
    struct arena *keep = l->run->keep;
    bool transfer = l->run->rules->payment.payer.name.size > 0 && batch->pay_on.size > 0;
    const char *attempt =
        batch->refusals == 0 ? "" : arena_printf(keep, "-%" PRId64, batch->refusals + 1);
    const char *file =
        arena_printf(keep, "%.*s/%s-%" PRId64 "%s.%s", TEXT_ARG(l->folder->outputs),
                     tr(l->run->language, N_("batch")), batch->number, attempt,
                     transfer ? "xml" : "xlsx");
    return arena_printf(keep, "defray ledger export %" PRId64 " -o %s", batch->number,
                        typed_word(keep, text_of(file)));
}

/* What is to be done with the batch itself; closing the month once nothing is. */
static const char *
act_on(const struct looking *l, const struct month *month)
{
    static const struct {
        const char *state, *verb;
    } nexts[] = {
        {"PREPARED", "approve"},
        {"EXPORTED", "sent"   },
        {"SENT",     "settled"},
        {"PARTIAL",  "settled"},
    };
    const struct ledger_batch *batch = month->batch;
    struct arena *keep = l->run->keep;
    for (size_t i = 0; i < ARRAY_COUNT(nexts) && batch_waits(batch); i++) {
        if (is_in(batch, nexts[i].state)) {
            return arena_printf(keep, "defray ledger %s %" PRId64, nexts[i].verb,
                                batch->number);
        }
    }
    return batch_waits(batch) ? export_of(l, batch)
                              : arena_printf(keep, "defray ledger close %.*s %s",
                                             TEXT_ARG(l->run->rules->id),
                                             folder_period(keep, month->period));
}

const char *
status_in_folder(const struct looking *l, const char *command)
{
    struct text path = l->folder->path;
    struct text bare = {path.data, path.size > 1 ? path.size - 1 : path.size};
    return path.size == 0 ? command
                          : arena_printf(l->run->keep, "%s --folder %s", command,
                                         typed_word(l->run->keep, bare));
}

static const char *
giving_up(const struct looking *l, const struct ledger_batch *batch)
{
    return status_in_folder(
        l, arena_printf(l->run->keep, "defray ledger cancel %" PRId64, batch->number));
}

/* Whether a transfer file is likely to be missed, while the batch can still be given up. */
static bool
lacks_day(const struct looking *l, const struct ledger_batch *batch)
{
    return l->run->rules->payment.payer.name.size > 0 && batch->pay_on.size == 0 &&
           batch->payments > 0 && (is_in(batch, "PREPARED") || is_in(batch, "APPROVED"));
}

static struct step
act_without_day(const struct looking *l, const struct ledger_batch *batch,
                const char *act)
{
    struct arena *keep = l->run->keep;
    return (struct step){
        arena_printf(keep,
                     tr(l->run->language,
                        N_("batch %" PRId64 " was prepared without --pay-on, and gives "
                           "no transfer file; if the bank is to get one, give it up "
                           "before anything is exported ('%s --reason \"…\"') and "
                           "prepare it with --pay-on; else:")),
                     batch->number, giving_up(l, batch)),
        act};
}

/* What was wrong with a file is in the batch, unless it was the bank's own trouble. */
static struct step
act_after_refusal(const struct looking *l, const struct ledger_batch *batch,
                  const char *act)
{
    struct arena *keep = l->run->keep;
    return (struct step){
        arena_printf(keep,
                     tr(l->run->language,
                        N_("the file of batch %" PRId64 " was refused; if an account "
                           "number or the day is wrong, give the batch up ('%s --reason "
                           "\"…\"') and prepare it again; else:")),
                     batch->number, giving_up(l, batch)),
        act};
}

static struct step
next_of_batch(const struct looking *l, const struct month *month)
{
    struct arena *keep = l->run->keep;
    enum language language = l->run->language;
    const struct ledger_batch *batch = month->batch;
    const char *period = folder_period(keep, month->period);
    const char *act = act_on(l, month);
    const char *said = status_in_folder(l, act);
    const char *prepare = arena_printf(keep, "defray ledger prepare %s", period);
    if (month->is_late_for_batch) {
        return (struct step){
            arena_printf(
                keep,
                tr(language, N_("a table has changed since batch %" PRId64
                                "; if 'defray pay %s' finds nothing left to pay, "
                                "go on with '%s'; else:")),
                batch->number, period, said),
            prepare};
    }
    if (is_in(batch, "PREPARED") && month->last->payments == 0 && l->owed > 0) {
        return (struct step){
            arena_printf(
                keep,
                tr(language, N_("batch %" PRId64 " holds no payment, and members "
                                "are owed: %zu; once a second person has checked "
                                "the account numbers (defray ledger confirm), or "
                                "else '%s':")),
                month->last->number, l->owed, said),
            prepare};
    }
    if (!batch_waits(batch) && l->owed > 0) {
        return (struct step){
            arena_printf(
                keep,
                tr(language,
                   N_("members are still owed: %zu; once their account numbers "
                      "are there and checked (defray ledger confirm), or at once "
                      "'%s --carry --reason \"…\"':")),
                l->owed, said),
            prepare};
    }
    if (is_in(batch, "REJECTED")) {
        return act_after_refusal(l, batch, act);
    }
    return lacks_day(l, batch) ? act_without_day(l, batch, act)
                               : (struct step){NULL, act};
}

struct step
status_next(const struct looking *l, const struct month *month)
{
    struct arena *keep = l->run->keep;
    enum language language = l->run->language;
    const char *period = folder_period(keep, month->period);
    if (month->is_closed) {
        return (struct step){NULL, NULL};
    }
    if (month->batch != NULL) {
        return next_of_batch(l, month);
    }
    if (month->sheets.count == 0) {
        return (struct step){NULL, arena_printf(keep, "defray template %s", period)};
    }
    if (!month->is_paid || month->is_late) {
        const char *once = arena_printf(keep, tr(language, N_("once %.*s is filled in:")),
                                        TEXT_ARG(month->sheets.items[0]));
        return (struct step){month->is_paid ? NULL : once,
                             arena_printf(keep, "defray pay %s", period)};
    }
    if (month->is_empty) {
        return (struct step){NULL, NULL};
    }
    if (month->is_unsure) {
        return (struct step){
            tr(language, N_("a batch was given up since the month was computed:")),
            arena_printf(keep, "defray pay %s", period)};
    }
    return l->has_ledger
               ? (struct
                  step){tr(language,
                           N_("once a second person has checked the account numbers "
                              "(defray ledger confirm):")),
                        arena_printf(keep, "defray ledger prepare %s", period)}
               : (struct step){NULL, NULL};
}
