/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defray ledger prepare and confirm: those that read the tables of the month. A batch is
 * computed, recorded and written under one lock: whoever comes at the same time waits, and finds
 * that nothing is left to pay. Then the sheets of the batch that is there are written again.
 */
#include "defray/ledger_view.h"

#include "outputs.h"
#include "pay.h"
#include "prepare_again.h"
#include "verbs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DIGEST_SHOWN 16

static const struct where command_line = {0};

static bool
read_month(struct run *run)
{
    return run_load_rules(run) && run_read_tables(run) && run_policy_allows(run);
}

/* The fingerprint that was asked for, if one was, is the one that came out; or, when there is
 * nothing left to record, that of a batch recorded before. */
static bool
digest_is_meant(struct run *run, struct ledger *ledger, const struct recorded *recorded)
{
    struct text asked = option_value(&run->options, OPTION_DIGEST);
    char digits[65];
    digest_text(recorded->digest, digits);
    if (!option_given(&run->options, OPTION_DIGEST)) {
        return true;
    }
    if (asked.size < 8) {
        return diag_error(run->diag, command_line, CODE_U006,
                          "'%.*s' is not a fingerprint: give its first 8 digits or more",
                          TEXT_ARG(asked));
    }
    if (recorded->batch == 0) {
        return ledger_has_digest(ledger, asked) ||
               diag_error(run->diag, command_line, CODE_P113,
                          "there is nothing left to prepare, and no batch has the "
                          "fingerprint %.*s",
                          TEXT_ARG(asked));
    }
    return text_starts_with(text_of(digits), asked) ||
           diag_error(run->diag, command_line, CODE_P113,
                      "what would be prepared now has the fingerprint %.16s, not %.*s: a "
                      "file, an option or the ledger has changed since",
                      digits, TEXT_ARG(asked));
}

struct prepare { /* what came of it */
    const struct summary *summary;
    struct recorded recorded;
    struct again again;
    size_t absent; /* owed something, or in debt, and no run reaches them */
};

static void
print_recorded(const struct run *run, const struct prepare *done)
{
    const struct recorded *recorded = &done->recorded;
    const struct summary *summary = done->summary;
    enum language language = run->language;
    char digits[65];
    if (done->again.same != NULL) {
        printf(tr(language, "  nothing to record: batch %" PRId64
                            " is in the ledger already, and these are its sheets\n"),
               recorded->batch);
        return;
    }
    if (recorded->batch == 0) {
        bool none = summary->due.cents == 0 && summary->paid.cents == 0;
        printf("  %s\n",
               none ? tr(language, "nothing to record: nothing is due for the period")
                    : tr(language,
                         "nothing to record: everything is in the ledger already"));
        return;
    }
    digest_text(recorded->digest, digits);
    printf(tr(language, "  batch %" PRId64 " prepared: %s, %s €\n"), recorded->batch,
           entries_and_payments(run, recorded->entries, recorded->payments),
           tr_money(run->keep, language, recorded->total));
    printf(tr(language, "  fingerprint %.*s…  next: a second person approves it\n"),
           DIGEST_SHOWN, digits);
}

/* What a killed run has left behind is swept away all the same. */
static bool
sweep_only(struct run *run, const struct summary *summary)
{
    struct stage *stage = outputs_stage(run, pay_document(run, summary));
    if (stage == NULL) {
        return false;
    }
    stage_discard(stage);
    run->options.values[OPTION_OUTPUT].count = 0;
    return true;
}

/* Where nothing is left to pay, sheets that say so neither replace those that are there nor stand
 * where those of a batch of these days, `other`, are expected. False after a diagnostic. */
static bool
keep_sheets(struct run *run, const struct summary *summary, int64_t other)
{
    const struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    struct text there = {0};
    for (size_t i = 0; i < outputs->count && there.size == 0; i++) {
        if (access(text_string(run->keep, outputs->items[i]), F_OK) == 0) {
            there = outputs->items[i];
        }
    }
    if (outputs->count == 0 || (there.size == 0 && other == 0)) {
        return true;
    }
    if (!sweep_only(run, summary)) {
        return false;
    }
    if (there.size == 0) {
        return diag_error(
            run->diag, command_line, CODE_P115,
            "nothing is left to record, and the sheets of batch %" PRId64
            " cannot be made again: a table, an option, the rules or the program "
            "has changed since",
            other);
    }
    diag_note(run->diag, command_line, CODE_G010,
              "nothing to record: '%.*s' and what goes with it is left as it is",
              TEXT_ARG(there));
    return true;
}

/* Outputs that were not typed are named after the batch that they are of: the one that is recorded
 * now or was, else the last of these days. Without any, none is written. False after a
 * diagnostic. */
static bool
name_after_batch(struct run *run, const struct summary *summary, int64_t batch)
{
    struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    if (!run->numbered || outputs->count == 0) {
        return true;
    }
    if (batch == 0) {
        return sweep_only(run, summary);
    }
    for (size_t i = 0; i < outputs->count; i++) {
        struct text path = outputs->items[i];
        const char *extension = output_find(path)->extension;
        outputs->items[i] = text_of(arena_printf(run->keep, "%.*s-%" PRId64 "%s",
                                                 (int)(path.size - strlen(extension)),
                                                 path.data, batch, extension));
    }
    run->numbered = false;
    return outputs_check(run, FORMATS_TABLE);
}

/* Sheets are named once their batch is in the ledger: those of a batch that it has not recorded are
 * of another copy of it. */
static bool
sheets_are_known(struct run *run, const struct recorded *recorded)
{
    const struct folder_sheet *last = &run->last_sheet;
    return recorded->batch == 0 || last->batch < recorded->batch ||
           diag_error(run->diag, command_line, CODE_P125,
                      "'%.*s' is there, and the ledger has no batch %" PRId64,
                      TEXT_ARG(last->path), last->batch);
}

/* The files are written before the ledger is committed and named after it. */
static bool
publish(struct run *run, struct ledger *ledger, const struct summary *summary)
{
    struct stage *stage = NULL;
    bool asked = run->options.values[OPTION_OUTPUT].count > 0;
    if (asked) {
        stage = outputs_stage(run, pay_document(run, summary));
        if (stage == NULL) {
            return false;
        }
    }
    if (!outputs_inputs_stand(run) || !ledger_commit(ledger)) {
        if (asked) {
            stage_discard(stage);
        }
        return false;
    }
    run->recorded = true;
    if (asked && !stage_publish(stage, run->diag)) {
        stage_discard(stage);
        return diag_error(run->diag, command_line, CODE_G032,
                          "the batch is recorded, but its sheets could not be named");
    }
    return true;
}

/* Everything under the lock. */
static bool
record(struct run *run, struct ledger *ledger, const struct act *act, struct prepare *out)
{
    struct recording recording = {
        .batch = &run->batch, .version = DEFRAY_VERSION, .act = act};
    struct recorded *recorded = &out->recorded;
    if (!option_day(run, OPTION_PAY_ON, DATE_NONE, &recording.pay_on) ||
        !option_day(run, OPTION_PAY_ON, (struct date){0}, &run->batch.paid_on) ||
        !ledger_period_is_open(ledger, &run->batch) ||
        !pay_read_history(run, ledger, act->actor) ||
        !prepare_again(run, ledger, &recording, &out->again)) {
        return false;
    }
    out->summary = batch_summarise(run->keep, &run->batch, run->diag, run->progress);
    if (!pay_may_go_on(run, out->summary)) {
        return false;
    }
    const struct prepared *same = out->again.same;
    recording.summary = out->summary;
    *recorded = out->again.recorded;
    if (!ledger_tell_absent(ledger, &run->batch, out->summary, &out->absent) ||
        (same == NULL && (!ledger_record(ledger, &recording, recorded) ||
                          !sheets_are_known(run, recorded))) ||
        !digest_is_meant(run, ledger, recorded)) {
        return false;
    }
    pay_note_recorded(run, same == NULL ? ledger_head(run->keep, ledger) : same->head,
                      recorded);
    if (!name_after_batch(run, out->summary,
                          recorded->batch != 0 ? recorded->batch : out->again.other) ||
        (recorded->batch == 0 && !keep_sheets(run, out->summary, out->again.other)) ||
        !publish(run, ledger, out->summary)) {
        return false;
    }
    /* Said once the sheets are written: what day it is and where other batches stand is no part of
     * them, and they are made again to the byte. */
    if (same == NULL) {
        notice_pay_on(run, recording.pay_on, recorded->payments, act);
    }
    (void)ledger_tell_unsent(ledger, &run->batch, recorded->batch);
    return true;
}

/* Nobody is paid before the period began: that is a slip of the pen. */
static bool
is_after_the_start(struct run *run, struct date pay_on)
{
    return date_is_none(pay_on) || date_compare(pay_on, run->batch.period.from) >= 0 ||
           diag_error(run->diag, command_line, CODE_U006,
                      "day '%.*s' of --pay-on is before the period begins",
                      TEXT_ARG(option_value(&run->options, OPTION_PAY_ON)));
}

/* The sheets and the claims that the batch is made of, as the ledger keeps them. */
static struct text
tables_of_batch(struct run *run)
{
    static const enum option_id options[] = {OPTION_ATTENDANCE, OPTION_EXPENSES};
    struct text tables = STR("");
    for (size_t i = 0; i < run->inputs.count; i++) {
        const struct input *input = run->inputs.items[i];
        bool named = false;
        for (size_t j = 0; j < ARRAY_COUNT(options); j++) {
            const struct text_list *given = &run->options.values[options[j]];
            for (size_t k = 0; k < given->count && !named; k++) {
                struct text path = given->items[k];
                path.size = run_sheet_mark(*run->keep, path);
                named = text_equals(input->path, path);
            }
        }
        if (named && !input->guessable) {
            tables = ledger_tables_add(run->keep, tables, input->digest);
        }
    }
    return tables;
}

enum exit_status
ledger_prepare_month(struct run *run)
{
    struct act act;
    struct date day;
    if (!outputs_check(run, FORMATS_TABLE) || !run_evidence_is_one(run) ||
        !run_read_period(run) || !pay_since_is_kept(run) ||
        !option_day(run, OPTION_PAY_ON, DATE_NONE, &day) ||
        !is_after_the_start(run, day)) {
        return EXIT_USAGE;
    }
    if (!read_month(run) || !act_now(run, &act)) {
        return run_status(run);
    }
    act.evidence = tables_of_batch(run); /* 'status' tells by it what came later */
    struct prepare done = {0};
    struct ledger *ledger = open_ledger(run, true);
    bool good = ledger != NULL && ledger_begin(ledger);
    if (good && !record(run, ledger, &act, &done)) {
        ledger_rollback(ledger);
        good = false;
    }
    ledger_close(ledger);
    if (!good) {
        return run_status(run);
    }
    const struct summary *summary = done.summary;
    if (!is_quiet(run)) {
        pay_print(run, summary);
        print_recorded(run, &done);
    }
    bool waits = pay_waits(run, summary) || summary->payees_held > 0 || done.absent > 0;
    return waits ? EXIT_WAITING : EXIT_DONE;
}

/* --member, or everybody whose details are right. */
static bool
members_meant(struct run *run, uint32_t **members, size_t *count)
{
    const struct roster *roster = run->batch.roster;
    struct text asked = option_value(&run->options, OPTION_MEMBER);
    *members = NEW_ARRAY(run->keep, uint32_t, roster->count + 1);
    *count = 0;
    if (option_given(&run->options, OPTION_MEMBER)) {
        uint32_t found = roster_find(roster, asked);
        if (found == INDEX_NONE) {
            return diag_error(run->diag, command_line, CODE_U010,
                              "there is no member '%.*s' in the table", TEXT_ARG(asked));
        }
        (*members)[(*count)++] = found;
        return true;
    }
    for (uint32_t i = 0; i < roster->count; i++) {
        (*members)[(*count)++] = i;
    }
    return true;
}

static bool
confirm(struct run *run, struct ledger *ledger, const struct act *act)
{
    uint32_t *items = NULL;
    size_t confirmed = 0;
    struct ledger_members members = {0};
    members.shared = option_given(&run->options, OPTION_SHARED);
    if (!members_meant(run, &items, &members.count)) {
        return false;
    }
    members.items = items;
    if (!ledger_confirm(ledger, &run->batch, &members, act, &confirmed)) {
        return false;
    }
    if (!is_quiet(run)) {
        printf(tr_plural(run->language, "%zu account number confirmed by %.*s\n",
                         "%zu account numbers confirmed by %.*s\n", confirmed),
               confirmed, TEXT_ARG(act->actor));
    }
    return true;
}

static bool
staff(struct run *run, struct ledger *ledger, const struct act *act)
{
    if (!ledger_staff(ledger, &run->batch, act)) {
        return false;
    }
    if (!is_quiet(run)) {
        size_t count = run->batch.roster->count;
        printf(tr_plural(run->language, "%zu person of the office noted\n",
                         "%zu persons of the office noted\n", count),
               count);
    }
    return true;
}

/* Both read the rules and a table of persons, nothing else. */
static enum exit_status
with_persons(struct run *run,
             bool (*deed)(struct run *run, struct ledger *ledger, const struct act *act))
{
    if (!run_read_period(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run)) {
        return run_status(run);
    }
    return in_ledger(run, deed);
}

enum exit_status
ledger_confirm_accounts(struct run *run)
{
    return with_persons(run, confirm);
}

enum exit_status
ledger_staff_accounts(struct run *run)
{
    return with_persons(run, staff);
}
