/* SPDX-License-Identifier: Apache-2.0 */
/* defray template: workbooks to be filled in, which every other command reads as they are. */
#include "defray/template_document.h"

#include "outputs.h"

static const struct where command_line = {0};

static bool
attendance_asked(const struct run *run)
{
    return !option_given(&run->options, OPTION_TABLE);
}

static bool
tables_named(struct run *run)
{
    if (option_given(&run->options, OPTION_MEMBERS) &&
        option_given(&run->options, OPTION_SESSIONS)) {
        return true;
    }
    return diag_error(
        run->diag, command_line, CODE_U004,
        "the attendance to fill in needs --members and --sessions; an empty "
        "table needs --table members, sessions, expenses or means");
}

static bool
read_table_name(struct run *run, enum guided_table *table)
{
    struct text word = option_value(&run->options, OPTION_TABLE);
    if (guided_table_parse(*run->keep, word, table)) {
        return true;
    }
    return diag_error(run->diag, command_line, CODE_U006,
                      "there is no table '%.*s' (members, sessions, expenses, means)",
                      TEXT_ARG(word));
}

static const struct document *
attendance_document(struct run *run)
{
    struct attendance_template *about = NEW(run->keep, struct attendance_template);
    *about = (struct attendance_template){
        .rules = run->rules,
        .roster = run->batch.roster,
        .calendar = run->batch.calendar,
        .period = run->batch.period,
        .language = run->documents,
    };
    size_t sessions = template_sessions(about);
    if (sessions == 0) {
        diag_error(run->diag, command_line, CODE_U013,
                   "the calendar has no session in the period");
        return NULL;
    }
    if (sessions > TEMPLATE_SESSIONS_MAX) {
        diag_error(run->diag, command_line, CODE_U013,
                   "a sheet takes %d sessions, and the period has %zu",
                   TEMPLATE_SESSIONS_MAX, sessions);
        return NULL;
    }
    return attendance_template_document(run->keep, about);
}

static enum exit_status
make_template(struct run *run)
{
    enum guided_table table = GUIDED_MEMBERS;
    bool attendance = attendance_asked(run);
    if (!outputs_check(run, FORMATS_FORM) || !run_read_period(run) ||
        !(attendance ? tables_named(run) : read_table_name(run, &table))) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || (attendance && !run_read_tables(run))) {
        return run_status(run);
    }
    const struct document *document =
        attendance
            ? attendance_document(run)
            : table_template_document(run->keep, run->rules, table, run->documents);
    if (document == NULL || !outputs_write(run, document)) {
        return run_status(run);
    }
    outputs_tell(run);
    return EXIT_DONE;
}

const struct command command_template = {
    .name = "template",
    .synopsis = "RULES (--members FILE --sessions FILE [--period P] | --table TABLE) "
                "-o FILE...",
    .summary =
        N_("make the workbook of a month's attendance, or an empty table, to fill in"),
    .help = N_(
        "Makes the attendance workbook of a period: a row a member, a column a session, lists to\n"
        "choose from, counts, and a sheet to print and sign. What is filled in is read as it is by\n"
        "'defray pay --attendance'. With --table, makes an empty table of members, sessions,\n"
        "expenses or means, with a sheet that explains its columns. Formats: .xlsx and .csv.\n"
        "In a working folder ('defray init'), a month is enough: 'defray template 2026-03'.\n"
        "\n"
        "Example:\n"
        "  defray template poitiers --table members -o members.xlsx\n"
        "  defray template poitiers --members members.xlsx --sessions sessions.xlsx \\\n"
        "      --period 2026-03 -o attendance-2026-03.xlsx"),
    .takes = WITH(MEMBERS) | WITH(SESSIONS) | WITH(TABLE) | WITH(PERIOD) | WITH(OUTPUT),
    .needs = WITH(OUTPUT),
    .operands_min = 1,
    .operands_max = 1,
    .act = make_template,
};
