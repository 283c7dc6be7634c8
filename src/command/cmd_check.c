/* SPDX-License-Identifier: Apache-2.0 */
/* defray check: validates everything, computes nothing, writes nothing. */
#include "run.h"

#include <stdio.h>

/* "12 members, 3 sessions, 30 attendance rows, 4 claims", each in its number. */
static void
print_count(const struct run *run, size_t claims)
{
    enum language language = run->language;
    size_t members = run->batch.roster->count;
    size_t sessions = run->batch.calendar->count;
    size_t rows = run->batch.log->count;
    size_t warnings = diag_warnings(run->diag);
    printf("%s ", tr(language, "no error found:"));
    printf(tr_plural(language, "%zu member, ", "%zu members, ", members), members);
    printf(tr_plural(language, "%zu session, ", "%zu sessions, ", sessions), sessions);
    printf(tr_plural(language, "%zu attendance row, ", "%zu attendance rows, ", rows),
           rows);
    printf(tr_plural(language, "%zu claim; ", "%zu claims; ", claims), claims);
    printf(tr_plural(language, "%zu warning\n", "%zu warnings\n", warnings), warnings);
}

static enum exit_status
check(struct run *run)
{
    if (!run_evidence_is_one(run) || !run_read_period(run) || !run_read_known_on(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run)) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        size_t claims = run->batch.claims == NULL ? 0 : run->batch.claims->count;
        print_count(run, claims);
        run_print_known_on(run);
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
        "In a working folder ('defray init'), a month is enough: 'defray check 2026-03'.\n"
        "\n"
        "Example:\n"
        "  defray check marseille --members members.csv --attendance attendance.csv"),
    .takes = WITH_TABLES | WITH(PERIOD) | WITH(AS_KNOWN_ON),
    .needs = WITH(MEMBERS),
    .operands_min = 1,
    .operands_max = 1,
    .act = check,
};
