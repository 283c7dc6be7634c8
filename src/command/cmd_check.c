/* SPDX-License-Identifier: Apache-2.0 */
/* defray check: validates everything, computes nothing, writes nothing. */
#include <stdio.h>

#include "run.h"

static enum exit_status
check(struct run *run)
{
    if (!run_evidence_is_one(run) || !run_read_period(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run)) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        size_t claims = run->batch.claims == NULL ? 0 : run->batch.claims->count;
        printf(tr(run->language,
                  "no fault found: %zu members, %zu sessions, %zu attendance rows, %zu claims\n"),
               run->batch.roster->count, run->batch.calendar->count, run->batch.log->count, claims);
    }
    return EXIT_DONE;
}

const struct command command_check = {
    .name = "check",
    .synopsis = "RULES --members FILE [--sessions FILE] [--attendance FILE...] [...]",
    .summary = N_("validate rules and tables, compute and write nothing"),
    .help = N_(
        "Reads the rules and every table given, and lists every fault with its file, line, column,\n"
        "code and remedy, all in one pass. Nothing is computed and nothing is written.\n"
        "\n"
        "Example:\n"
        "  defray check marseille --members members.csv --attendance attendance.csv"),
    .takes = WITH_TABLES | WITH(PERIOD),
    .needs = WITH(MEMBERS),
    .operands_min = 1,
    .operands_max = 1,
    .act = check,
};
