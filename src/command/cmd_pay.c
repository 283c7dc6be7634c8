/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defray pay: the month's batch, from top to bottom. Rules and tables are read and proven
 * first; once they are valid, the computation cannot fail; the outputs appear together.
 */
#include "defray/ledger_view.h"
#include "defray/payroll.h"
#include "defray/status.h"

#include "actor.h"
#include "outputs.h"
#include "pay.h"

#include <inttypes.h>
#include <stdio.h>

#define LABEL_WIDTH  13
#define AMOUNT_WIDTH 12
#define DIGEST_SHOWN 16

/* Padded by characters: an accented letter is two bytes and one column. */
static void
print_label(const struct run *run, const char *what)
{
    const char *label = what[0] == '\0' ? "" : tr(run->language, what);
    int width = (int)text_characters(text_of(label));
    printf("  %s%*s", label, width < LABEL_WIDTH ? LABEL_WIDTH - width : 1, "");
}

static void
print_amount(const struct run *run, const char *what, struct money amount,
             const char *rest)
{
    const char *text = tr_money(run->keep, run->language, amount);
    int width = (int)text_characters(text_of(text));
    print_label(run, what);
    printf("%*s%s €  %s\n", width < AMOUNT_WIDTH ? AMOUNT_WIDTH - width : 0, "", text,
           rest);
}

/* Under which law: as known on which day, and whether the scheme is contested. */
static void
print_law(const struct run *run)
{
    const struct rules *rules = run->rules;
    if (!date_is_none(rules->known_on)) {
        char day[DATE_TEXT_MAX];
        print_label(run, N_("as known on"));
        printf("%s\n", date_text(rules->known_on, day));
    }
    print_label(run, N_("status"));
    printf("%s\n", status_sentence(run->keep, run->language, rules, run->batch.period));
}

static void
print_counts(const struct run *run, const struct summary *summary)
{
    enum language language = run->language;
    size_t waiting = summary->states[LINE_REFUSED] + summary->states[LINE_UNDETERMINED];
    print_label(run, N_("waiting"));
    printf(tr_plural(language, "%zu line for a person to look at",
                     "%zu lines for a person to look at", waiting),
           waiting);
    printf(" (%s %zu, %s %zu)\n", line_state_label(language, LINE_REFUSED),
           summary->states[LINE_REFUSED], line_state_label(language, LINE_UNDETERMINED),
           summary->states[LINE_UNDETERMINED]);
    if (summary->open.count > 0) {
        print_label(run, "");
        printf(tr_plural(language, "%zu right of earlier days, undetermined\n",
                         "%zu rights of earlier days, undetermined\n",
                         summary->open.count),
               summary->open.count);
    }
    if (summary->refused.count > 0) {
        print_label(run, "");
        printf(tr_plural(language, "%zu expense of earlier days, refused\n",
                         "%zu expenses of earlier days, refused\n",
                         summary->refused.count),
               summary->refused.count);
    }
    print_label(run, N_("read"));
    printf("%zu =", summary->read);
    for (int state = 0; state < LINE_STATE_COUNT; state++) {
        printf("%s %s %zu", state == 0 ? "" : " +",
               line_state_label(language, (enum line_state)state),
               summary->states[state]);
    }
    size_t relied = 0;
    for (size_t i = 0; i < run->rules->assumption_count; i++) {
        relied += summary->assumption_lines[i] > 0;
    }
    printf("\n");
    if (summary->outside > 0) {
        print_label(run, N_("outside"));
        printf(tr_plural(language, "%zu row on another day than the period's\n",
                         "%zu rows on other days than the period's\n", summary->outside),
               summary->outside);
    }
    print_label(run, N_("assumptions"));
    printf(tr_plural(language, "%zu relied on, to be confirmed (control sheet)\n",
                     "%zu relied on, to be confirmed (control sheet)\n", relied),
           relied);
}

static const char *
people_of(const struct run *run, const struct summary *summary)
{
    return arena_printf(run->keep,
                        tr_plural(run->language, "to %zu member of %zu",
                                  "to %zu members of %zu", summary->payees),
                        summary->payees, run->batch.roster->count);
}

/* With a ledger: from what is due to what is to be paid. */
static void
print_settlement(const struct run *run, const struct summary *summary)
{
    enum language language = run->language;
    const char *recovery = summary->recovery.cents < 0
                               ? N_("taken off what was listed for recovery")
                               : N_("listed for the accounting officer");
    const struct {
        struct money amount;
        const char *what, *rest;
    } parts[] = {
        {{-summary->paid.cents},    N_("paid before"), N_("for this period")             },
        {summary->earlier,          N_("late"),        N_("differences of earlier days") },
        {summary->brought,          N_("brought"),     N_("forward from earlier batches")},
        {summary->recovery,         N_("recovery"),    recovery                          },
        {{-summary->offset.cents},
         N_("kept back"),
         N_("for what was listed for recovery")                                          },
        {{-summary->carried.cents},
         N_("carried"),
         N_("paid in excess, to be kept back from later payments")                       },
    };
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        if (parts[i].amount.cents != 0) {
            print_amount(run, parts[i].what, parts[i].amount,
                         tr(language, parts[i].rest));
        }
    }
    print_amount(run, N_("to pay"), summary->total, people_of(run, summary));
    if (summary->receivable.cents > 0) {
        print_amount(run, N_("to recover"), summary->receivable,
                     arena_printf(run->keep,
                                  tr_plural(language, "listed, of %zu member",
                                            "listed, of %zu members", summary->debtors),
                                  summary->debtors));
    }
}

/* What was shown is what is prepared, if this is given to 'ledger prepare'. */
static void
print_foreseen(const struct run *run)
{
    const struct history *history = run->batch.history;
    if (history != NULL && history->digest != NULL) {
        print_label(run, N_("fingerprint"));
        printf(tr(run->language, "%.*s…  to prepare this very batch: --digest %.*s\n"),
               DIGEST_SHOWN, history->digest, DIGEST_SHOWN, history->digest);
    }
}

static void
print_held(const struct run *run, const struct summary *summary)
{
    enum language language = run->language;
    const char *held = arena_printf(
        run->keep,
        run->batch.history == NULL
            ? tr_plural(language, "of %zu member: bank details missing or wrong",
                        "of %zu members: bank details missing or wrong",
                        summary->payees_held)
            : tr_plural(language, "of %zu member: bank details to settle",
                        "of %zu members: bank details to settle", summary->payees_held),
        summary->payees_held);
    print_amount(run, N_("held"), summary->held, held);
    size_t paid = summary->payees - summary->payees_held;
    const char *rest = arena_printf(
        run->keep, tr_plural(language, "to %zu member", "to %zu members", paid), paid);
    print_amount(run, N_("to transfer"), money_subtract(summary->total, summary->held),
                 rest);
}

void
pay_print(const struct run *run, const struct summary *summary)
{
    enum language language = run->language;
    run_print_head(run, run->batch.period);
    print_law(run);
    const char *people = run->batch.history != NULL ? tr(language, N_("for the period"))
                                                    : people_of(run, summary);
    print_amount(run, N_("due"), summary->due, people);
    print_amount(run, N_("of which"), summary->stipend, tr(language, "stipends"));
    print_amount(run, "", summary->expenses, tr(language, "expenses"));
    if (run->batch.history != NULL) {
        print_settlement(run, summary);
    }
    if (summary->payees_held > 0) {
        print_held(run, summary);
    }
    print_counts(run, summary);
    const struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    for (size_t i = 0; i < outputs->count; i++) {
        print_label(run, N_("wrote"));
        printf("%.*s\n", TEXT_ARG(outputs->items[i]));
    }
}

const struct document *
pay_document(struct run *run, const struct summary *summary)
{
    struct payroll *payroll = NEW(run->keep, struct payroll);
    *payroll = (struct payroll){
        .batch = &run->batch,
        .summary = summary,
        .language = run->documents,
        .inputs = run_inputs(run),
        .input_count = run->inputs.count,
        .diag = run->diag,
        .version = DEFRAY_VERSION,
    };
    return payroll_document(run->keep, payroll);
}

bool
option_day(struct run *run, enum option_id option, struct date otherwise,
           struct date *out)
{
    *out = otherwise;
    struct text given = option_value(&run->options, option);
    return !option_given(&run->options, option) || date_parse_iso(given, out) ||
           diag_error(run->diag, (struct where){0}, CODE_U006,
                      "'%.*s' is not a day of the calendar, written 2026-03-31",
                      TEXT_ARG(given));
}

bool
pay_since_is_kept(struct run *run)
{
    struct date since;
    bool alone = option_given(&run->options, OPTION_SINCE) &&
                 !option_given(&run->options, OPTION_LEDGER);
    if (!option_day(run, OPTION_SINCE, DATE_NONE, &since)) {
        return false;
    }
    if (alone) {
        return diag_error(run->diag, (struct where){0}, CODE_U017,
                          "--since is given without --ledger");
    }
    if (!date_is_none(since) && date_compare(since, run->batch.period.to) > 0) {
        char first[DATE_TEXT_MAX];
        char last[DATE_TEXT_MAX];
        return diag_error(run->diag, (struct where){0}, CODE_U019,
                          "--since %s lies after the period, which ends on %s",
                          date_text(since, first), date_text(run->batch.period.to, last));
    }
    return true;
}

/* Warnings that a person answers: what is paid may be paid twice, or to nobody, or taken back by
 * mistake. */
static const enum code to_be_answered[] = {
    CODE_L021, CODE_L022, CODE_L023, CODE_L024, CODE_L030,
    CODE_L031, CODE_L032, CODE_L033, CODE_L034, CODE_L036,
    CODE_L029, CODE_M004, CODE_T089, CODE_G016, CODE_G051,
};

bool
pay_waits(const struct run *run, const struct summary *summary)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(run->diag, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < ARRAY_COUNT(to_be_answered); j++) {
            if (filed[i].code == to_be_answered[j]) {
                return true;
            }
        }
    }
    return summary_waits(summary);
}

bool
pay_may_go_on(const struct run *run, const struct summary *summary)
{
    return summary_holds(summary, run->diag) && diag_errors(run->diag) == 0;
}

bool
pay_read_history(struct run *run, struct ledger *ledger, struct text actor)
{
    struct date since;
    if (!option_day(run, OPTION_SINCE, run->batch.period.from, &since)) {
        return false;
    }
    if (date_compare(since, run->batch.period.from) > 0) {
        since = run->batch.period.from;
    }
    struct history *history =
        ledger_history(run->keep, ledger, &run->batch, since, actor);
    if (history == NULL || !ledger_tell_namesake(ledger, run->rules) ||
        !ledger_tell_renamed(ledger, &run->batch, since)) {
        return false;
    }
    if (run->rules->payment.single_person) {
        history->approval = tr(
            run->documents, N_("none: the rules say that one person prepares and pays"));
    }
    run->batch.history = history;
    return true;
}

void
pay_note_recorded(struct run *run, const char *head, const struct recorded *recorded)
{
    struct history *history = NEW(run->keep, struct history);
    char digits[65];
    digest_text(recorded->digest, digits);
    *history = *run->batch.history;
    history->head = head;
    history->digest = recorded->batch == 0 ? NULL : arena_printf(run->keep, "%s", digits);
    if (recorded->batch != 0 && recorded->done) {
        history->batch =
            arena_printf(run->keep, "%" PRId64 " (%s)", recorded->batch, digits);
    }
    run->batch.history = history;
}

/* What would be recorded: prepared with its fingerprint, it is this or nothing. */
static bool
foresee(struct run *run, struct ledger *ledger, const struct act *act,
        const struct summary *summary)
{
    struct recorded recorded;
    struct recording recording = {
        .batch = &run->batch,
        .summary = summary,
        .version = DEFRAY_VERSION,
        .act = act,
    };
    if (!option_day(run, OPTION_PAY_ON, DATE_NONE, &recording.pay_on) ||
        !ledger_foresee(ledger, &recording, &recorded)) {
        return false;
    }
    pay_note_recorded(run, ledger_head(run->keep, ledger), &recorded);
    return true;
}

/* The ledger of --ledger, to be read only, and what it knows in run->batch.history: of a period
 * that a batch could pay, or to be told alone. NULL after a diagnostic. */
static struct ledger *
look_at_ledger(struct run *run, struct act *act, bool to_be_paid)
{
    const char *path = text_string(run->keep, option_value(&run->options, OPTION_LEDGER));
    struct ledger *ledger =
        act_now(run, act) ? ledger_open(run->keep, path, false, run->diag) : NULL;
    if (ledger != NULL && (!ledger_hold(ledger) ||
                           (to_be_paid && !ledger_period_is_open(ledger, &run->batch)) ||
                           !pay_read_history(run, ledger, act->actor))) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

bool
pay_look_at_ledger(struct run *run)
{
    struct act act;
    if (!option_given(&run->options, OPTION_LEDGER)) {
        return true;
    }
    struct ledger *ledger = look_at_ledger(run, &act, false);
    bool good = ledger != NULL;
    if (good) {
        struct history *history = NEW(run->keep, struct history);
        *history = *run->batch.history;
        good = ledger_read_trails(run->keep, ledger, &run->batch, history);
        run->batch.history = history;
    }
    ledger_close(ledger);
    return good;
}

/* Computes the batch. A ledger is only read: what would be paid now. NULL after a
 * diagnostic. */
static const struct summary *
compute(struct run *run, size_t *absent)
{
    struct act act;
    if (!option_day(run, OPTION_PAY_ON, (struct date){0}, &run->batch.paid_on)) {
        return NULL;
    }
    bool kept = option_given(&run->options, OPTION_LEDGER);
    struct ledger *ledger = kept ? look_at_ledger(run, &act, true) : NULL;
    const struct summary *summary = NULL;
    if (kept && ledger != NULL) {
        ledger_let_go(ledger); /* what follows may take long */
    }
    if (!kept || ledger != NULL) {
        summary = batch_summarise(run->keep, &run->batch, run->diag, run->progress);
    }
    bool good = summary != NULL && pay_may_go_on(run, summary) &&
                ledger_texts_allow(run->diag, &run->batch, summary) &&
                (!kept || (foresee(run, ledger, &act, summary) &&
                           ledger_tell_absent(ledger, &run->batch, summary, absent) &&
                           ledger_tell_unsent(ledger, &run->batch, 0)));
    ledger_close(ledger);
    return good ? summary : NULL;
}

/* Who acts matters to a ledger alone: without one, the name would be passed over. */
static bool
actor_is_of_ledger(struct run *run)
{
    return !option_given(&run->options, OPTION_AS) ||
           option_given(&run->options, OPTION_LEDGER) ||
           diag_error(run->diag, (struct where){0}, CODE_U004,
                      "--as is given without --ledger");
}

static enum exit_status
pay(struct run *run)
{
    struct date day;
    if (!outputs_check(run, FORMATS_TABLE) || !run_evidence_is_one(run) ||
        !run_read_period(run) || !run_read_known_on(run) || !pay_since_is_kept(run) ||
        !actor_is_of_ledger(run) || !option_day(run, OPTION_PAY_ON, DATE_NONE, &day)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run) || !run_policy_allows(run)) {
        return run_status(run);
    }
    size_t absent = 0;
    const struct summary *summary = compute(run, &absent);
    if (summary == NULL || !outputs_write(run, pay_document(run, summary))) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        pay_print(run, summary);
        print_foreseen(run);
        if (!option_given(&run->options, OPTION_OUTPUT)) {
            printf("  %s\n",
                   tr(run->language, N_("nothing was written: add -o FILE.xlsx")));
        }
    }
    return pay_waits(run, summary) || absent > 0 ? EXIT_WAITING : EXIT_DONE;
}

const struct command command_pay = {
    .name = "pay",
    .synopsis =
        "RULES --members FILE --attendance FILE... --period PERIOD [...] [-o FILE...]",
    .summary = N_("compute a period and write its payroll sheets"),
    .help = N_(
        "Computes what each member is owed for the period and writes it: a workbook (.xlsx) of up to\n"
        "eight sheets, the payroll table (.csv), the whole result (.json), pages to read, print and\n"
        "file (.html, .pdf). RULES is the id of a rule file ('defray rules list') or its path. Nothing\n"
        "is written unless everything is in order.\n"
        "\n"
        "Every row read is told: due, capped, zero with a reason, refused, undetermined. A member\n"
        "without bank details is due all the same, and held. Without -o, only the summary is shown.\n"
        "\n"
        "With --ledger, what was paid before is taken off; nothing is recorded. The fingerprint shown\n"
        "is that of the batch which 'defray ledger prepare --digest' makes of the same files.\n"
        "\n"
        "In a working folder ('defray init'), a month is enough: 'defray pay 2026-03'.\n"
        "\n"
        "Example:\n"
        "  defray pay poitiers --members members.csv --sessions sessions.csv \\\n"
        "      --attendance attendance.csv --decisions decisions.csv --expenses expenses.csv \\\n"
        "      --period 2026-03 -o march.xlsx -o march.csv"),
    .takes = WITH_TABLES | WITH(PERIOD) | WITH(AS_KNOWN_ON) | WITH(OUTPUT) |
             WITH(LEDGER) | WITH(SINCE) | WITH(PAY_ON) | WITH(AS),
    .needs = WITH(MEMBERS) | WITH(ATTENDANCE) | WITH(PERIOD),
    .operands_min = 1,
    .operands_max = 1,
    .act = pay,
};
