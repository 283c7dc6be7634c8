/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs that record one deed: approve, sent, settled, rejected, returned, cancel, reverse,
 * recovered, close, single-person, purge; and create. */
#include "defray/limits.h"

#include "verbs.h"

#include <inttypes.h>
#include <stdio.h>

static const struct where command_line = {0};

static void
say_done(const struct run *run, int64_t batch, const char *what, bool again)
{
    if (!is_quiet(run)) {
        printf(again
                   ? tr(run->language, "batch %" PRId64 ": %s already; nothing changed\n")
                   : tr(run->language, "batch %" PRId64 ": %s\n"),
               batch, tr(run->language, what));
    }
}

static const char *const done[LEDGER_VERB_COUNT] = {
    [LEDGER_PREPARE] = N_("prepared"),  [LEDGER_APPROVE] = N_("approved"),
    [LEDGER_CANCEL] = N_("cancelled"),  [LEDGER_EXPORT] = N_("exported"),
    [LEDGER_SENT] = N_("sent"),         [LEDGER_SETTLED] = N_("settled"),
    [LEDGER_REJECTED] = N_("rejected"), [LEDGER_RETURNED] = N_("payment returned"),
};

static bool
move(struct run *run, struct ledger *ledger, enum ledger_verb verb, const struct act *act)
{
    int64_t batch = 0;
    bool again = false;
    struct text member = STR("");
    if (verb == LEDGER_RETURNED) {
        member = option_value(&run->options, OPTION_MEMBER);
    }
    if (!batch_number(run, &batch) ||
        !ledger_move(ledger, verb, batch, member, act, &again)) {
        return false;
    }
    say_done(run, batch, done[verb], again);
    return true;
}

enum exit_status
ledger_create_file(struct run *run)
{
    struct act act;
    const char *path = text_string(run->keep, option_value(&run->options, OPTION_LEDGER));
    if (!act_now(run, &act) ||
        !ledger_create(run->keep, path, DEFRAY_VERSION, &act, run->diag)) {
        return run_status(run);
    }
    run->recorded = true;
    if (!is_quiet(run)) {
        printf(tr(run->language, "made %s, and %s.identities: keep the two together\n"),
               path, path);
    }
    return EXIT_DONE;
}

/* What is approved is what was read: its fingerprint, or the start of it. */
static bool
approve(struct run *run, struct ledger *ledger, const struct act *act)
{
    int64_t batch = 0;
    struct text asked = option_value(&run->options, OPTION_DIGEST);
    if (!batch_number(run, &batch)) {
        return false;
    }
    const struct order *order = ledger_order(run->keep, ledger, batch);
    if (order == NULL) {
        return false;
    }
    if (option_given(&run->options, OPTION_DIGEST) &&
        (asked.size < 8 || !text_starts_with(order->digest, asked))) {
        return diag_error(run->diag, command_line, CODE_P108,
                          "the batch has the fingerprint %.16s, not %.*s",
                          order->digest.data, TEXT_ARG(asked));
    }
    if (!move(run, ledger, LEDGER_APPROVE, act)) {
        return false;
    }
    notice_pay_on(run, order->pay_on, order->payment_count, act);
    return true;
}

enum exit_status
ledger_approve(struct run *run)
{
    return in_ledger(run, approve);
}

/* The file that was sent must be one that was exported. */
static bool
sent(struct run *run, struct ledger *ledger, const struct act *act)
{
    int64_t batch = 0;
    if (!batch_number(run, &batch)) {
        return false;
    }
    if (run->options.operands.count > 1) {
        const struct input *file = input_read(run->keep, run->options.operands.items[1],
                                              CSV_BYTES_MAX, true, run->diag);
        if (file == NULL) {
            return false;
        }
        if (!ledger_output_is(ledger, batch, &file->digest, file->path)) {
            return false;
        }
    }
    return move(run, ledger, LEDGER_SENT, act);
}

enum exit_status
ledger_sent(struct run *run)
{
    return in_ledger(run, sent);
}

static bool
settled(struct run *run, struct ledger *ledger, const struct act *act)
{
    return move(run, ledger, LEDGER_SETTLED, act);
}

enum exit_status
ledger_settled(struct run *run)
{
    return in_ledger(run, settled);
}

static bool
rejected(struct run *run, struct ledger *ledger, const struct act *act)
{
    bool one = option_given(&run->options, OPTION_MEMBER);
    return move(run, ledger, one ? LEDGER_RETURNED : LEDGER_REJECTED, act);
}

enum exit_status
ledger_rejected(struct run *run)
{
    return in_ledger(run, rejected);
}

enum exit_status
ledger_returned(struct run *run)
{
    return in_ledger(run, rejected);
}

static bool
cancel(struct run *run, struct ledger *ledger, const struct act *act)
{
    return move(run, ledger, LEDGER_CANCEL, act);
}

enum exit_status
ledger_cancel(struct run *run)
{
    return in_ledger(run, cancel);
}

static bool
reverse_one(struct run *run, struct ledger *ledger, const struct act *act)
{
    int64_t batch = 0;
    int64_t made = 0;
    struct text member = option_value(&run->options, OPTION_MEMBER);
    if (!batch_number(run, &batch) ||
        !ledger_reverse(ledger, batch, member, act, DEFRAY_VERSION, &made)) {
        return false;
    }
    if (!is_quiet(run)) {
        printf(
            tr(run->language,
               "batch %" PRId64 " prepared: it takes back what batch %" PRId64
               " posted for '%.*s'. Correct the files too, or the next run posts it again.\n"),
            made, batch, TEXT_ARG(member));
    }
    return true;
}

enum exit_status
ledger_reverse_member(struct run *run)
{
    return in_ledger(run, reverse_one);
}

/* An amount with a decimal comma, as offices write it. */
static struct text
with_point(struct arena *keep, struct text given)
{
    char *written = NEW_ARRAY(keep, char, given.size + 1);
    for (size_t i = 0; i < given.size; i++) {
        written[i] = given.data[i] == ',' ? '.' : given.data[i];
    }
    return (struct text){written, given.size};
}

static bool
recovered(struct run *run, struct ledger *ledger, const struct act *act)
{
    struct money amount;
    struct text given = option_value(&run->options, OPTION_AMOUNT);
    struct text member = option_value(&run->options, OPTION_MEMBER);
    if (!money_parse(with_point(run->keep, given), &amount) || amount.cents == 0) {
        return diag_error(run->diag, command_line, CODE_U006,
                          "'%.*s' is not an amount, written 12.50 or 12,50",
                          TEXT_ARG(given));
    }
    bool again = false;
    if (!ledger_collect(ledger, run->options.operands.items[0], member, amount, act,
                        &again)) {
        return false;
    }
    if (!again && !is_quiet(run)) {
        printf(tr(run->language, "%s € recovered from '%.*s'\n"),
               tr_money(run->keep, run->language, amount), TEXT_ARG(member));
    }
    return true;
}

enum exit_status
ledger_recovered(struct run *run)
{
    return in_ledger(run, recovered);
}

static bool
close_months(struct run *run, struct ledger *ledger, const struct act *act)
{
    struct period period;
    bool again = false;
    struct text given = run->options.operands.items[1];
    if (!period_parse(given, &period)) {
        return diag_error(
            run->diag, command_line, CODE_U006,
            "period '%.*s' is not understood (write 2026-03, 2026-Q1, 2026 or "
            "2026-03-01..2026-03-31, the first day first)",
            TEXT_ARG(given));
    }
    if (!ledger_close_period(ledger, run->options.operands.items[0], period, act,
                             option_given(&run->options, OPTION_CARRY), &again)) {
        return false;
    }
    if (!is_quiet(run)) {
        printf(again ? tr(run->language, "%.*s %.*s: closed already; nothing changed\n")
                     : tr(run->language, "%.*s %.*s: closed\n"),
               TEXT_ARG(run->options.operands.items[0]), TEXT_ARG(given));
    }
    return true;
}

enum exit_status
ledger_close_months(struct run *run)
{
    return in_ledger(run, close_months);
}

static bool
let_one(struct run *run, struct ledger *ledger, const struct act *act)
{
    bool again = false;
    if (!ledger_let_one(ledger, run->rules, act, &again)) {
        return false;
    }
    if (!is_quiet(run)) {
        printf(again ? tr(run->language, "%.*s: recorded already; nothing changed\n")
                     : tr(run->language,
                          "%.*s: somebody else than %.*s may now prepare and "
                          "pay alone, as the rules say\n"),
               TEXT_ARG(run->rules->id), TEXT_ARG(act->actor));
    }
    return true;
}

enum exit_status
ledger_let_one_person(struct run *run)
{
    return run_load_rules(run) ? in_ledger(run, let_one) : run_status(run);
}

static bool
purge(struct run *run, struct ledger *ledger, const struct act *act)
{
    struct text assembly = run->options.operands.items[0];
    struct text member = run->options.operands.items[1];
    if (!ledger_purge(ledger, assembly, member, act)) {
        return false;
    }
    if (!is_quiet(run)) {
        printf(tr(run->language,
                  "'%.*s' of '%.*s' is forgotten; the ledger still adds up\n"),
               TEXT_ARG(member), TEXT_ARG(assembly));
    }
    return true;
}

enum exit_status
ledger_purge_member(struct run *run)
{
    return in_ledger(run, purge);
}
