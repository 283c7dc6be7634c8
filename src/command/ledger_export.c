/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defray ledger export: the files of an approved batch. They are made from the ledger alone, so
 * they are the same bytes each time; what was written once is compared, never overwritten.
 * A process that died between the note of a file and its name is made good by the next export.
 */
#include "defray/limits.h"
#include "defray/order_document.h"
#include "defray/output.h"

#include "outputs.h"
#include "verbs.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct where command_line = {0};

struct export
{
    struct run *run;
    struct ledger *ledger;
    int64_t batch;
    const struct order *order;
    const struct document *document;
};

/* The bytes of a staged file, as they lie on the disk. */
static const struct input *
read_back(struct run *run, const struct staged *file)
{
    return staged_read(run->keep, file, CSV_BYTES_MAX, run->diag);
}

static const char *
kind_of(const struct output *output)
{
    return output->extension + 1;
}

struct made {
    const char *kind;
    struct digest digest;
    int64_t bytes;
    bool known;
};

/* Writes one format and compares it with what was recorded of it. What the ledger could not give
 * while it was written has been told, and is missing from it. */
static bool
make_one(const struct export *export, struct arena scratch, struct stage *stage,
         struct text path, struct made *made)
{
    struct run *run = export->run;
    const struct output *output = output_find(path);
    struct stage *trial = stage_new(run->keep);
    struct staged *file = stage_open(trial, text_string(run->keep, path), run->diag);
    size_t faults = diag_errors(run->diag);
    bool good = file != NULL &&
                output->write(scratch, export->document, file, run->diag) &&
                diag_errors(run->diag) == faults;
    const struct input *written = good ? read_back(run, file) : NULL;
    stage_discard(trial);
    if (written == NULL) {
        return false;
    }
    bool same = false;
    bool other = false;
    *made = (struct made){.kind = kind_of(output),
                          .digest = written->digest,
                          .bytes = (int64_t)written->bytes.size};
    if (!ledger_output_known(export->ledger, export->batch, made->kind, &made->digest,
                             &made->known, &same)) {
        return false;
    }
    if (!same) {
        return diag_error(run->diag, command_line, CODE_G042,
                          "the %s of batch %" PRId64 " is not what was exported before",
                          made->kind, export->batch);
    }
    if (outputs_is_there(run, path, &made->digest, &other)) {
        return true;
    }
    if (other) {
        return diag_error(run->diag, command_line, CODE_P109,
                          "'%.*s' is there already, with other contents", TEXT_ARG(path));
    }
    struct staged *final = stage_open(stage, text_string(run->keep, path), run->diag);
    if (final != NULL) {
        final->fresh = true; /* what was looked at may have changed by then */
    }
    return final != NULL && staged_write(final, written->bytes, run->diag);
}

/* Whether nothing of the batch has been exported, or it was refused since. */
static bool
leaves_now(const struct order *order)
{
    return text_equals(order->state, STR("APPROVED")) ||
           text_equals(order->state, STR("REJECTED"));
}

static bool
note_outputs(const struct export *export, const struct made *made, size_t count,
             const struct act *act, bool *again)
{
    if (!ledger_move(export->ledger, LEDGER_EXPORT, export->batch, STR(""), act, again)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        bool repeated = false;
        for (size_t k = 0; k < i; k++) {
            repeated = repeated || strcmp(made[k].kind, made[i].kind) == 0;
        }
        if (!made[i].known && !repeated &&
            !ledger_output_add(export->ledger, export->batch, made[i].kind,
                               &made[i].digest, made[i].bytes)) {
            return false;
        }
    }
    return true;
}

/* The first transfer file of a batch that other formats have left of: it cannot be given up any
 * more, so that a day which is past is told, and not refused. */
static void
notice_late_transfer(const struct export *export, const struct made *made, size_t count,
                     const struct act *act)
{
    const struct order *order = export->order;
    bool late = false;
    for (size_t i = 0; i < count; i++) {
        late = late || (!made[i].known && strcmp(made[i].kind, "xml") == 0);
    }
    if (late && !leaves_now(order)) {
        notice_pay_on(export->run, order->pay_on, order->payment_count, act);
    }
}

/* The files, without their names, and the note of them. */
static bool
make_and_note(const struct export *export, struct stage *stage, struct made *made,
              const struct act *act)
{
    struct run *run = export->run;
    const struct text_list *paths = &run->options.values[OPTION_OUTPUT];
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    bool good = true;
    bool again = false;
    for (size_t i = 0; i < paths->count && good; i++) {
        good = make_one(export, scratch, stage, paths->items[i], &made[i]);
    }
    arena_release(scratch);
    return good && note_outputs(export, made, paths->count, act, &again);
}

/* The ledger first, then the names of the files. A process that ends between the two leaves a
 * batch that has left, and no file: the same command writes it, to the byte, and until then nobody
 * can give the batch up. The other way round a transfer would lie there whose batch may still be
 * cancelled and prepared anew, and no bank could tell that both pay the same. */
static bool
write_and_note(const struct export *export, const struct act *act)
{
    struct run *run = export->run;
    const struct text_list *paths = &run->options.values[OPTION_OUTPUT];
    struct made *made = NEW_ARRAY(run->keep, struct made, paths->count);
    struct stage *stage = stage_new(run->keep);
    if (!make_and_note(export, stage, made, act) || !ledger_commit(export->ledger)) {
        stage_discard(stage);
        return false;
    }
    run->recorded = true;
    if (!stage_publish(stage, run->diag)) {
        return diag_error(run->diag, command_line, CODE_G031,
                          "the export is recorded, but its files could not be named");
    }
    notice_late_transfer(export, made, paths->count, act);
    for (size_t i = 0; i < paths->count && !is_quiet(run); i++) {
        char digits[65];
        digest_text(made[i].digest, digits);
        printf(tr(run->language, "%.*s  SHA-256 %s\n"), TEXT_ARG(paths->items[i]),
               digits);
    }
    return true;
}

/* Whatever the ledger would refuse is refused before anything is written. */
static bool
may_export(struct run *run, struct ledger *ledger, const struct order *order)
{
    static const char *const states[] = {"APPROVED", "REJECTED", "EXPORTED",
                                         "SENT",     "PARTIAL",  "SETTLED"};
    bool may = false;
    for (size_t i = 0; i < ARRAY_COUNT(states); i++) {
        may = may || text_equals(order->state, text_of(states[i]));
    }
    if (!may) {
        return ledger_refuse(ledger, LEDGER_EXPORT, order->batch);
    }
    if (!ledger_verify(ledger)) {
        return false;
    }
    for (size_t i = 0; i < order->payment_count; i++) {
        if (order->payments[i].to.iban.size == 0) {
            return diag_error(run->diag, command_line, CODE_G060,
                              "batch %" PRId64 ": the identity of '%.*s' was purged",
                              order->batch, TEXT_ARG(order->payments[i].id));
        }
    }
    return true;
}

static bool
makes_transfer(const struct run *run)
{
    const struct text_list *paths = &run->options.values[OPTION_OUTPUT];
    bool transfer = false;
    for (size_t i = 0; i < paths->count; i++) {
        transfer = transfer || strcmp(kind_of(output_find(paths->items[i])), "xml") == 0;
    }
    return transfer;
}

/* A batch whose day has gone by since it was prepared, or since the bank refused it, can still be
 * given up; once it is exported, it cannot. What was exported before is made again all the same. */
static bool
can_be_paid_on(struct run *run, const struct order *order, const struct act *act)
{
    char day[DATE_TEXT_MAX];
    if (!leaves_now(order)) {
        return true;
    }
    if (makes_transfer(run) && order->payment_count > 0 &&
        day_is_past(order->pay_on, act)) {
        return diag_error(run->diag, command_line, CODE_P127,
                          "batch %" PRId64 " asks the bank to pay on %s, which is past",
                          order->batch, date_text(order->pay_on, day));
    }
    notice_pay_on(run, order->pay_on, order->payment_count, act);
    return true;
}

static bool
export_batch(struct run *run, struct ledger *ledger, const struct act *act)
{
    int64_t batch = 0;
    if (!batch_number(run, &batch)) {
        return false;
    }
    const struct order *order = ledger_order(run->keep, ledger, batch);
    if (order == NULL || !may_export(run, ledger, order) ||
        !can_be_paid_on(run, order, act)) {
        return false;
    }
    struct document document = *order_document(run->keep, order);
    document.fonts = outputs_fonts();
    const struct export work = {
        .run = run,
        .ledger = ledger,
        .batch = batch,
        .order = order,
        .document = &document,
    };
    return write_and_note(&work, act);
}

enum exit_status
ledger_export_files(struct run *run)
{
    if (!outputs_check(run, output_extensions(run->keep))) {
        return EXIT_USAGE;
    }
    struct act act;
    if (!act_now(run, &act)) {
        return run_status(run);
    }
    struct ledger *ledger = open_ledger(run, true);
    bool good = ledger != NULL && ledger_begin(ledger);
    if (good && !export_batch(run, ledger, &act)) {
        ledger_rollback(ledger); /* nothing, if it is recorded */
    }
    ledger_close(ledger);
    return run_status(run);
}
