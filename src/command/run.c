/* SPDX-License-Identifier: Apache-2.0 */
/* From the command line to valid facts: rules first, then each table against what was read. */
#include "run.h"

#include "defray/kilometres.h"
#include "defray/limits.h"
#include "defray/means_test.h"
#include "defray/status.h"

#include "folder.h"
#include "rule_files.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct where command_line = {0};

enum language
run_language(const struct run *run, enum language otherwise)
{
    enum language asked = otherwise;
    if (option_given(&run->options, OPTION_LANG)) {
        language_parse(option_value(&run->options, OPTION_LANG), &asked);
    }
    return asked;
}

enum exit_status
run_status(const struct run *run)
{
    switch (diag_failure(run->diag)) {
    case FAILURE_NONE: return EXIT_DONE;
    case FAILURE_USAGE: return EXIT_USAGE;
    case FAILURE_DATA: return EXIT_DATA;
    case FAILURE_POLICY: return EXIT_POLICY;
    case FAILURE_MACHINE: return EXIT_MACHINE;
    case FAILURE_RECORDED: return EXIT_RECORDED;
    case FAILURE_INVARIANT: return EXIT_INVARIANT;
    }
    return EXIT_DONE;
}

bool
run_read_day(struct run *run, enum option_id option, struct date *out)
{
    struct text given = option_value(&run->options, option);
    return !option_given(&run->options, option) || date_parse_iso(given, out) ||
           diag_error(run->diag, command_line, CODE_U006,
                      "day '%.*s' is not understood (write 2026-03-07)", TEXT_ARG(given));
}

bool
run_read_known_on(struct run *run)
{
    return run_read_day(run, OPTION_AS_KNOWN_ON, &run->known_on);
}

void
run_print_known_on(const struct run *run)
{
    char day[DATE_TEXT_MAX];
    if (!date_is_none(run->known_on)) {
        printf("  %s %s\n", tr(run->language, N_("rules as known on")),
               date_text(run->known_on, day));
    }
}

void
run_print_head(const struct run *run, struct period period)
{
    const struct rules *rules = run->rules;
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    printf("%.*s, %.*s (%.*s)  %s .. %s\n", TEXT_ARG(rules->authority),
           TEXT_ARG(rules->assembly), TEXT_ARG(rules->id), date_text(period.from, from),
           date_text(period.to, to));
}

const struct rules *
run_rules(struct run *run, struct text name)
{
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    const struct rules *rules =
        rules_load(run->keep, name, run->folders, run->folder_count, run->diag);
    bool holds = rules != NULL && examples_hold(scratch, rules, run->diag);
    arena_release(scratch);
    if (!holds || date_is_none(run->known_on)) {
        return holds ? rules : NULL;
    }
    return rules_as_known(run->keep, rules, run->known_on, run->folders,
                          run->folder_count, run->diag);
}

bool
run_load_rules(struct run *run)
{
    return run_load_named(run, run->options.operands.items[0]);
}

bool
run_load_named(struct run *run, struct text name)
{
    const struct rules *rules = run_rules(run, name);
    if (rules == NULL) {
        return false;
    }
    run->rules = rules;
    run->batch.rules = rules;
    run->documents = run_language(run, rules->language);
    rule_files_enter(run, rules);
    return true;
}

static bool
is_file(struct arena scratch, struct text path)
{
    struct stat status;
    return stat(text_string(&scratch, path), &status) == 0;
}

size_t
run_sheet_mark(struct arena scratch, struct text path)
{
    if (is_file(scratch, path)) {
        return path.size;
    }
    for (size_t i = 1; i < path.size; i++) {
        if (path.data[i] == '#' && is_file(scratch, (struct text){path.data, i})) {
            return i;
        }
    }
    return path.size;
}

struct input_list
run_open_tables(struct run *run, enum option_id option, bool confidential)
{
    struct input_list list = {0};
    const struct text_list *paths = &run->options.values[option];
    for (size_t i = 0; i < paths->count; i++) {
        struct text path = paths->items[i];
        size_t mark = run_sheet_mark(*run->keep, path);
        struct input *input = input_read(run->keep, (struct text){path.data, mark},
                                         CSV_BYTES_MAX, confidential, run->diag);
        if (input != NULL) {
            if (mark + 1 < path.size) {
                input->sheet = (struct text){path.data + mark + 1, path.size - mark - 1};
            }
            *ARRAY_PUSH(run->keep, &list) = input;
            *ARRAY_PUSH(run->keep, &run->inputs) = input;
        }
    }
    return list;
}

bool
run_evidence_is_one(struct run *run)
{
    if (!option_given(&run->options, OPTION_MEANS) ||
        !option_given(&run->options, OPTION_DECISIONS)) {
        return true;
    }
    return diag_error(run->diag, command_line, CODE_U009,
                      "--means and --decisions may not be given together");
}

bool
run_read_period(struct run *run)
{
    if (!option_given(&run->options, OPTION_PERIOD)) {
        run->batch.period = (struct period){DATE_OPEN_PAST, DATE_OPEN_FUTURE};
        return true;
    }
    struct text given = option_value(&run->options, OPTION_PERIOD);
    if (period_parse(given, &run->batch.period)) {
        return true;
    }
    return diag_error(run->diag, command_line, CODE_U006,
                      "period '%.*s' is not understood (write 2026-03, 2026-Q1, 2026 or "
                      "2026-03-01..2026-03-31, the first day first)",
                      TEXT_ARG(given));
}

struct reading
run_reading(const struct run *run)
{
    return (struct reading){.keep = run->keep,
                            .rules = run->rules,
                            .diag = run->diag,
                            .progress = run->progress,
                            .until = run->batch.period.to};
}

/* A workbook may hold the figures on another of its sheets: its digest is theirs. */
static void
withhold_digests(const struct input_list *means, const struct input_list *others)
{
    for (size_t i = 0; i < means->count; i++) {
        for (size_t j = 0; j < others->count; j++) {
            others->items[j]->guessable |=
                memcmp(&means->items[i]->digest, &others->items[j]->digest,
                       sizeof means->items[i]->digest) == 0;
        }
    }
}

static bool
kilometres_are_one(const struct run *run, const struct roster *roster)
{
    bool counted = false;
    for (size_t i = 0; i < run->rules->category_count; i++) {
        counted = counted || run->rules->categories[i].price.scale.count > 0;
    }
    struct date first = run->batch.period.from;
    return !counted || date_is_open(first) ||
           kilometres_agree(run->diag, roster, date_year(first));
}

/* Whether each file that the option names was opened: what is not found may be in another. */
static bool
all_opened(const struct run *run, enum option_id option, const struct input_list *files)
{
    return files->count == run->options.values[option].count;
}

bool
run_read_tables(struct run *run)
{
    struct reading reading = run_reading(run);
    struct input_list members = run_open_tables(run, OPTION_MEMBERS, true);
    struct input_list sessions = run_open_tables(run, OPTION_SESSIONS, false);
    struct input_list attendance = run_open_tables(run, OPTION_ATTENDANCE, false);
    struct input_list expenses = run_open_tables(run, OPTION_EXPENSES, false);
    struct input_list means = run_open_tables(run, OPTION_MEANS, true);
    struct input_list decisions = run_open_tables(run, OPTION_DECISIONS, true);
    reading.given = run->inputs.items;
    reading.given_count = run->inputs.count;
    if (!all_opened(run, OPTION_MEMBERS, &members)) {
        return false; /* nothing else can be checked against a roster that is not there */
    }
    const struct input_list *others[] = {&members, &sessions, &attendance, &expenses};
    for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
        withhold_digests(&means, others[i]);
    }
    struct batch *batch = &run->batch;
    struct roster *roster = roster_read(&reading, &members);
    (void)kilometres_are_one(run, roster);
    struct calendar *calendar = calendar_read(&reading, &sessions);
    if (!all_opened(run, OPTION_SESSIONS, &sessions)) {
        calendar->given = calendar->lost.unread = true;
    }
    struct log *log = attendance_read(&reading, &attendance, roster, calendar);
    if (!all_opened(run, OPTION_ATTENDANCE, &attendance)) {
        log->lost.unread = true;
    }
    batch->roster = roster;
    batch->calendar = calendar;
    batch->log = log;
    if (option_given(&run->options, OPTION_EXPENSES)) {
        batch->claims = expenses_read(&reading, &expenses, roster, log);
    }
    if (option_given(&run->options, OPTION_MEANS)) {
        /* The figures are judged and left behind: what is computed sees decisions only. */
        struct means *figures = means_read(&reading, &means, roster);
        if (diag_errors(run->diag) == 0) {
            batch->decisions = batch_decide(run->keep, batch, figures);
        }
        means_forget(figures);
    }
    if (option_given(&run->options, OPTION_DECISIONS)) {
        batch->decisions = decisions_read(&reading, &decisions, roster);
    }
    folder_tell_misplaced(run);
    return diag_errors(run->diag) == 0;
}

/* The part of an interval that lies in the period holds a fact to be paid. */
static bool
has_facts(const struct batch *batch, struct period during)
{
    for (size_t i = 0; i < batch->log->count; i++) {
        struct date date = batch->log->sessions[batch->log->items[i].session].date;
        if (period_contains(during, date) && period_contains(batch->period, date)) {
            return true;
        }
    }
    for (size_t i = 0; batch->claims != NULL && i < batch->claims->count; i++) {
        struct date date = batch->claims->items[i].date;
        if (period_contains(during, date) && period_contains(batch->period, date)) {
            return true;
        }
    }
    return false;
}

/* A period in which no day may pay, or a fact on a day that may not. */
static bool
status_allows(struct run *run)
{
    const struct rules *rules = run->rules;
    bool some_day_pays = false;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        some_day_pays =
            some_day_pays || (period_overlaps(status->during, run->batch.period) &&
                              scheme_pays(status->state));
    }
    bool allowed = true;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        if (!period_overlaps(status->during, run->batch.period) ||
            scheme_pays(status->state) ||
            (some_day_pays && !has_facts(&run->batch, status->during))) {
            continue;
        }
        char from[DATE_TEXT_MAX];
        allowed = diag_error(run->diag, status->basis.where, CODE_P001,
                             "nothing is paid: since %s the status of '%.*s' is '%s'",
                             date_text(status->during.from, from), TEXT_ARG(rules->id),
                             scheme_state_label(diag_language(run->diag), status->state));
    }
    return allowed;
}

/* Some day of the period lies in the life of the rules, and they state something. */
bool
run_rules_hold(struct run *run)
{
    const struct rules *rules = run->rules;
    const struct where whole = {.input = rules->file};
    bool alive = false;
    for (size_t i = 0; i < rules->life_count; i++) {
        alive = alive || period_overlaps(rules->lives[i].during, run->batch.period);
    }
    if (!alive && !date_is_none(rules->known_on)) {
        char day[DATE_TEXT_MAX];
        return diag_error(run->diag, whole, CODE_P002,
                          "as known on %s, the rules of '%.*s' do not hold on any day of "
                          "the period",
                          date_text(rules->known_on, day), TEXT_ARG(rules->id));
    }
    if (!alive) {
        return diag_error(run->diag, whole, CODE_P002,
                          "the rules of '%.*s' do not hold on any day of the period",
                          TEXT_ARG(rules->id));
    }
    if (!rules->stipend.nil && rules->stipend.tariff_count == 0 &&
        rules->category_count == 0) {
        return diag_error(run->diag, whole, CODE_P003,
                          "the source of '%.*s' states no rule to pay by",
                          TEXT_ARG(rules->id));
    }
    return true;
}

bool
run_policy_allows(struct run *run)
{
    return run_rules_hold(run) && status_allows(run) && diag_errors(run->diag) == 0;
}

/* Rule files found by id are named from their folder on: a document must not change with the
 * place where the program is installed. */
static const struct input *
named_for_documents(const struct run *run, const struct input *input)
{
    for (size_t i = 0; i < run->folder_count; i++) {
        struct text folder = run->folders[i];
        struct text path = input->path;
        if (text_starts_with(path, folder) && path.size > folder.size &&
            path.data[folder.size] == '/') {
            struct input *named = NEW(run->keep, struct input);
            *named = *input;
            named->path =
                (struct text){path.data + folder.size + 1, path.size - folder.size - 1};
            return named;
        }
    }
    return input;
}

const struct input *const *
run_inputs(const struct run *run)
{
    const struct input **named =
        NEW_ARRAY(run->keep, const struct input *, run->inputs.count + 1);
    for (size_t i = 0; i < run->inputs.count; i++) {
        bool is_rules = i < run->rule_file_count;
        named[i] = is_rules ? named_for_documents(run, run->inputs.items[i])
                            : run->inputs.items[i];
    }
    return named;
}
