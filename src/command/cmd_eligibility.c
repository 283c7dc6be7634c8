/* SPDX-License-Identifier: Apache-2.0 */
/* defray eligibility: who may be paid, on what evidence, under which text. Two documents come of
 * it: the full one for the legal team, and the decisions, which are all that finance gets. */
#include "defray/decisions_document.h"
#include "defray/eligibility_report.h"
#include "defray/status.h"

#include "outputs.h"
#include "what_if.h"

#include <stdio.h>
#include <string.h>

static const struct where command_line = {0};

static bool
read_days(struct run *run)
{
    bool on = option_given(&run->options, OPTION_ON);
    bool period = option_given(&run->options, OPTION_PERIOD);
    if (on && period) {
        return diag_error(run->diag, command_line, CODE_U009,
                          "--on and --period may not be given together");
    }
    if (!on && !period) {
        return diag_error(run->diag, command_line, CODE_U004,
                          "'defray eligibility' needs --on DATE or --period PERIOD");
    }
    if (period) {
        return run_read_period(run);
    }
    struct date date = DATE_NONE;
    bool good = run_read_day(run, OPTION_ON, &date);
    run->batch.period = (struct period){date, date};
    return good;
}

static bool
rules_can_be_asked(struct run *run)
{
    const struct stipend *stipend = &run->rules->stipend;
    if (stipend->nil || stipend->tariff_count == 0) {
        return diag_error(run->diag, (struct where){.input = run->rules->file}, CODE_P004,
                          "the rules of '%.*s' pay no stipend: nobody has to be eligible",
                          TEXT_ARG(run->rules->id));
    }
    if (stipend->means.required && !option_given(&run->options, OPTION_MEANS)) {
        return diag_error(
            run->diag, command_line, CODE_U004,
            "the rules of '%.*s' test means: 'defray eligibility' needs --means",
            TEXT_ARG(run->rules->id));
    }
    return true;
}

struct documents {
    const struct document *full;
    const struct document *decisions;
};

/* A table of decisions is a CSV; whatever else is asked for is the report. */
static bool
is_for_finance(const struct output *output)
{
    return strcmp(output->extension, ".csv") == 0;
}

/* What is named after the decisions is handed to finance, whatever is in it. */
static bool
reports_are_named(struct run *run)
{
    static const char *const names[] = {"decision", "decisions"};
    const struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    bool good = true;
    for (size_t i = 0; i < outputs->count; i++) {
        struct text path = outputs->items[i];
        struct text name = text_file_name(path);
        name.size = strcspn(text_string(run->keep, name), " .-_");
        for (size_t j = 0; j < ARRAY_COUNT(names); j++) {
            if (!is_for_finance(output_find(path)) &&
                text_folds_equal(*run->keep, name, text_of(names[j]))) {
                good = diag_error(run->diag, command_line, CODE_U020,
                                  "'%.*s' would be the report of the legal team, which "
                                  "shows incomes: the decisions for finance are a .csv",
                                  TEXT_ARG(path));
            }
        }
    }
    return good;
}

static const struct document *
document_of(const void *context, const struct output *output)
{
    const struct documents *documents = context;
    return is_for_finance(output) ? documents->decisions : documents->full;
}

static bool
write_documents(struct run *run, const struct eligibility_report *report)
{
    struct documents documents = {
        eligibility_document(run->keep, report),
        decisions_document(run->keep, run->rules, run->batch.roster, report->decisions,
                           run->documents),
    };
    return outputs_write_each(run, document_of, &documents);
}

static void
print_summary(const struct run *run, const struct eligibility_report *report,
              struct eligibility_count count)
{
    enum language language = run->language;
    run_print_head(run, report->period);
    printf(tr(language,
              "  members      %zu = entitled %zu + not entitled %zu + to be settled "
              "%zu, on the last day\n"),
           count.members, count.entitled, count.refused, count.open);
    if (report->means != NULL) {
        printf(tr(language,
                  "  means test   eligible %zu, not eligible %zu, undetermined %zu; "
                  "evidence soon too old %zu\n"),
               count.verdicts[VERDICT_ELIGIBLE], count.verdicts[VERDICT_NOT_ELIGIBLE],
               count.verdicts[VERDICT_UNDETERMINED], count.expiring);
    }
    const struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    for (size_t i = 0; i < outputs->count; i++) {
        bool decisions = is_for_finance(output_find(outputs->items[i]));
        printf(decisions ? tr(language, "  wrote        %.*s  (decisions, for finance)\n")
                         : tr(language,
                              "  wrote        %.*s  (confidential: it shows incomes)\n"),
               TEXT_ARG(outputs->items[i]));
    }
    if (outputs->count == 0) {
        printf("  %s\n", tr(language, "nothing was written: add -o FILE.xlsx"));
    }
}

/* Figures, and the decisions that come of them. */
static bool
read_tables(struct run *run, struct eligibility_report *report)
{
    struct reading reading = run_reading(run);
    struct input_list members = run_open_tables(run, OPTION_MEMBERS, true);
    struct input_list means = run_open_tables(run, OPTION_MEANS, true);
    if (members.count < run->options.values[OPTION_MEMBERS].count) {
        return false;
    }
    run->batch.roster = report->roster = roster_read(&reading, &members);
    const struct means *figures = means_read(&reading, &means, report->roster);
    if (diag_errors(run->diag) > 0) {
        return false;
    }
    const struct means_condition *test = &run->rules->stipend.means;
    report->means = test->required ? figures : NULL;
    report->decisions = means_decide_period(run->keep, run->rules, figures,
                                            report->roster->count, report->period);
    return true;
}

static enum exit_status
eligibility(struct run *run)
{
    if (!outputs_check(run, FORMATS_TABLE) || !reports_are_named(run) ||
        !read_days(run) || !run_read_known_on(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run)) {
        return run_status(run);
    }
    struct eligibility_report report = {
        .rules = run->rules,
        .period = rules_days_alive(run->rules, run->batch.period),
        .language = run->documents,
        .version = DEFRAY_VERSION,
    };
    if (!what_ifs_read(run, &report.what_ifs, &report.what_if_count)) {
        return EXIT_USAGE;
    }
    if (!run_rules_hold(run)) {
        return run_status(run);
    }
    if (!rules_can_be_asked(run)) {
        return diag_failure(run->diag) == FAILURE_POLICY ? EXIT_POLICY : EXIT_USAGE;
    }
    if (!read_tables(run, &report)) {
        return run_status(run);
    }
    report.inputs = run_inputs(run);
    report.input_count = run->inputs.count;
    report.stretches = standing_over(run->keep, run->rules, report.decisions,
                                     report.roster, report.period, run->batch.period.to);
    /* Before anything is written: no want of memory comes after it. */
    struct eligibility_count count = eligibility_count(&report);
    if (!write_documents(run, &report)) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        print_summary(run, &report, count);
    }
    return count.open > 0 ? EXIT_WAITING : EXIT_DONE;
}

const struct command command_eligibility = {
    .name = "eligibility",
    .synopsis = "RULES --members FILE [--means FILE] (--on DATE | --period PERIOD) [...] "
                "[-o FILE...]",
    .summary = N_("say who may be paid, why, on what evidence (legal team)"),
    .help = N_(
        "For each member: every condition with its outcome, the figure of the means test, its method,\n"
        "document and month, what is missing and what would settle it, and evidence about to expire.\n"
        "\n"
        "Two documents come of it. A name ending in .csv gets the decisions, a verdict and its days,\n"
        "without any figure: this is what finance gets, for 'defray pay --decisions'. Every other\n"
        "format gets the full report, which shows incomes: it is for the legal team alone, and only\n"
        "the owner of the file may read it. Without -o, only the summary is shown. --means is needed\n"
        "where the rules test means.\n"
        "\n"
        "--what-if shows how many verdicts would change, and whose: qf=1200 (another threshold),\n"
        "operator=below or at_most, method=caf+msa+tax_household, months=6 (age of the evidence).\n"
        "It may be given several times, and changes nothing in the decisions.\n"
        "\n"
        "Example:\n"
        "  defray eligibility poitiers --members members.csv --means means.csv \\\n"
        "      --period 2026-03 --what-if qf=1200 -o report.xlsx -o decisions.csv"),
    .takes = WITH(MEMBERS) | WITH(MEANS) | WITH(ON) | WITH(PERIOD) | WITH(WHAT_IF) |
             WITH(AS_KNOWN_ON) | WITH(OUTPUT),
    .needs = WITH(MEMBERS),
    .operands_min = 1,
    .operands_max = 1,
    .act = eligibility,
};
