/* SPDX-License-Identifier: Apache-2.0 */
/* defray simulate: what an assembly to come would cost, from a scenario. No ledger is opened, and
 * nobody has a name. */
#include "defray/limits.h"
#include "defray/population_document.h"

#include "forecast_page.h"
#include "outputs.h"

#include <unistd.h>

static const struct scenarios *
read_scenarios(struct run *run)
{
    struct input *file = input_read(run->keep, run->options.operands.items[0],
                                    RULES_BYTES_MAX, false, run->diag);
    if (file == NULL) {
        return NULL;
    }
    const struct scenarios *scenarios =
        scenarios_read(run->keep, file, run->folders, run->folder_count, run->diag);
    *ARRAY_PUSH(run->keep, &run->inputs) = file;
    for (size_t i = 0; scenarios != NULL && i < scenarios->rules_count; i++) {
        *ARRAY_PUSH(run->keep, &run->inputs) = scenarios->rules[i]->file;
        for (size_t j = 0; j < scenarios->rules[i]->common_count; j++) {
            *ARRAY_PUSH(run->keep, &run->inputs) = scenarios->rules[i]->commons[j];
        }
    }
    return scenarios;
}

/* NULL after diagnostics: those of the base, or else those of every variant. */
static struct forecast **
make_forecasts(struct run *run, const struct scenarios *scenarios)
{
    struct forecast **forecasts =
        NEW_ARRAY(run->keep, struct forecast *, scenarios->count);
    for (size_t i = 0; i < scenarios->count && (i == 0 || forecasts[0] != NULL); i++) {
        forecasts[i] = forecast_make(run->keep, scenarios->items[i], run->diag);
    }
    if (diag_errors(run->diag) > 0) {
        return NULL;
    }
    forecasts_warn_unpaid(forecasts, scenarios->count, run->diag);
    for (size_t i = 0; i < scenarios->count; i++) {
        progress_tell(run->progress, N_("drawing"), i, scenarios->count);
        forecast_draw(run->keep, forecasts[i], scenarios->runs, scenarios->seed, 0);
    }
    return forecasts;
}

static struct sought *
seek_goals(struct run *run, const struct scenarios *scenarios)
{
    struct sought *sought =
        NEW_ARRAY(run->keep, struct sought, scenarios->goal_count + 1);
    for (size_t i = 0; i < scenarios->goal_count; i++) {
        struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
        progress_tell(run->progress, N_("seeking"), i, scenarios->goal_count);
        sought[i] = goal_seek(scratch, scenarios, &scenarios->goals[i]);
        arena_release(scratch);
    }
    return sought;
}

static const char *
log_path(const struct run *run, enum population_table table)
{
    struct text folder = option_value(&run->options, OPTION_LOG);
    return arena_printf(run->keep, "%.*s%s%s.csv", TEXT_ARG(folder),
                        text_ends_with(folder, STR("/")) ? "" : "/",
                        population_table_name(table));
}

/* A month's own tables have these names too. Only the same draw is written again. */
static bool
log_may_be_named(struct run *run, const struct staged *file)
{
    struct text path = text_of(file->target);
    bool other = false;
    if (access(file->target, F_OK) != 0) {
        return true;
    }
    const struct input *written = staged_read(run->keep, file, CSV_BYTES_MAX, run->diag);
    return written != NULL &&
           (outputs_is_there(run, path, &written->digest, &other) || !other ||
            diag_error(run->diag, (struct where){0}, CODE_U015,
                       "'%.*s' is there already, with other contents", TEXT_ARG(path)));
}

/* The base's first draw, as the files that defray pay reads. */
static bool
stage_log(struct run *run, struct stage *stage, const struct scenarios *scenarios,
          const struct forecast *forecast)
{
    const struct staged *files[POPULATION_TABLES];
    if (!option_given(&run->options, OPTION_LOG)) {
        return true;
    }
    const struct population *population =
        population_draw(run->keep, forecast, scenarios->seed, 0);
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    bool written = true;
    for (int i = 0; i < POPULATION_TABLES && written; i++) {
        enum population_table table = (enum population_table)i;
        const char *path = log_path(run, table);
        struct staged *file = stage_open(stage, path, run->diag);
        if (file != NULL) {
            file->public = true; /* invented people */
            file->fresh = true;
        }
        files[i] = file;
        written = file != NULL &&
                  output_find(text_of(path))
                      ->write(scratch, population_document(run->keep, population, table),
                              file, run->diag);
    }
    arena_release(scratch);
    bool may_be = written;
    for (int i = 0; i < POPULATION_TABLES && written; i++) {
        may_be = log_may_be_named(run, files[i]) && may_be;
    }
    return may_be;
}

/* The documents and the log appear together or not at all. */
static bool
write_all(struct run *run, const struct scenarios *scenarios,
          const struct forecast *forecast, const struct document *document)
{
    struct stage *stage = outputs_stage(run, document);
    if (stage == NULL) {
        return false;
    }
    bool written =
        stage_log(run, stage, scenarios, forecast) && stage_publish(stage, run->diag);
    if (!written) {
        stage_discard(stage);
    }
    return written;
}

static void
print(const struct run *run, const struct forecast_report *report)
{
    struct forecast_report told = *report;
    told.language = run->language;
    forecast_page_print(stdout, *run->keep, &told);
    if (option_given(&run->options, OPTION_EXPLAIN)) {
        forecast_page_explain(stdout, *run->keep, &told);
    }
    const char *wrote = tr(run->language, N_("wrote"));
    const struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    bool log = option_given(&run->options, OPTION_LOG);
    printf("%s", outputs->count > 0 || log ? "\n" : "");
    for (size_t i = 0; i < outputs->count; i++) {
        printf("  %s %.*s\n", wrote, TEXT_ARG(outputs->items[i]));
    }
    for (int i = 0; i < POPULATION_TABLES && log; i++) {
        printf("  %s %s\n", wrote, log_path(run, (enum population_table)i));
    }
}

static enum exit_status
simulate(struct run *run)
{
    if (!outputs_check(run, FORMATS_REPORT)) {
        return EXIT_USAGE;
    }
    const struct scenarios *scenarios = read_scenarios(run);
    struct forecast **forecasts =
        scenarios == NULL ? NULL : make_forecasts(run, scenarios);
    if (forecasts == NULL) {
        return run_status(run);
    }
    struct forecast_report report = {
        .scenarios = scenarios,
        .forecasts = forecasts,
        .sought = seek_goals(run, scenarios),
        .language = run_language(run, scenarios->language),
        .inputs = run->inputs.items,
        .input_count = run->inputs.count,
        .version = DEFRAY_VERSION,
    };
    run->rules = scenarios->items[0]->rules;
    if (!write_all(run, scenarios, forecasts[0], forecast_document(run->keep, &report))) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        print(run, &report);
    }
    return EXIT_DONE;
}

const struct command command_simulate = {
    .name = "simulate",
    .synopsis = "SCENARIO [--explain] [--log FOLDER] [-o FILE...]",
    .summary = N_("price an assembly to come, from a scenario and its variants"),
    .help = N_(
        "Prices a scenario: groups of members nobody knows yet, a calendar, who drops out and who\n"
        "comes in, what they claim, fixed costs, and variants side by side. The expected cost is\n"
        "exact, by the same computation as a payment; low and high come from seeded draws, the same\n"
        "on every machine. Goals are sought to the cent: the highest rate, threshold, number of\n"
        "sessions or members within a budget. Nothing is owed, no ledger is opened.\n"
        "\n"
        "The manual of scenario files is rules/SCENARIOS.md. --explain takes every figure apart; --log\n"
        "writes the first draw of the base into a folder, as the files that 'defray pay' reads.\n"
        "\n"
        "Example:\n"
        "  defray simulate fixtures/marseille/scenario-2027.cfg -o budget.xlsx"),
    .takes = WITH(OUTPUT) | WITH(EXPLAIN) | WITH(LOG),
    .operand = N_("a scenario file"),
    .operands_min = 1,
    .operands_max = 1,
    .act = simulate,
};
