/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defray status: what a working folder holds, what is missing, and the command to type next.
 * It computes nothing, writes nothing, and shows no name and no amount of anybody.
 */
#include "defray/ledger_view.h"

#include "folder.h"
#include "status_late.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LABEL_WIDTH 24
#define MONTH_WIDTH 9
#define COUNT_WIDTH 10
#define SHEET_WIDTH 26
#define MONTHS_MAX  600

static struct period
month_of(struct date date)
{
    int year = 0;
    int month = 0;
    int day = 0;
    struct period period = {date, date_month_last(date)};
    date_split(date, &year, &month, &day);
    (void)date_make(year, month, 1, &period.from);
    return period;
}

/* The months in order; each once. */
static struct month *
enter_month(struct looking *l, struct date date)
{
    struct period period = month_of(date);
    size_t at = 0;
    while (at < l->month_count &&
           date_compare(l->months[at].period.from, period.from) < 0) {
        at++;
    }
    if (at < l->month_count &&
        date_compare(l->months[at].period.from, period.from) == 0) {
        return &l->months[at];
    }
    if (l->month_count == MONTHS_MAX) {
        return &l->months[MONTHS_MAX - 1];
    }
    memmove(&l->months[at + 1], &l->months[at],
            (l->month_count - at) * sizeof *l->months);
    l->months[at] = (struct month){.period = period};
    l->month_count++;
    return &l->months[at];
}

static void
enter_files(struct looking *l, struct text inside)
{
    struct period all = {DATE_OPEN_PAST, DATE_OPEN_FUTURE};
    struct file_names files = folder_months(l->run->keep, inside, all);
    for (size_t i = 0; i < files.count; i++) {
        struct text name = text_file_name(files.items[i]);
        struct period month;
        if (period_parse((struct text){name.data, strlen("2026-03")}, &month)) {
            (void)enter_month(l, month.from);
        }
    }
}

/* Whether a batch was given up that may have paid for days of the month. */
static bool
was_given_up(const struct looking *l, const struct month *month)
{
    struct date to;
    for (size_t i = 0; i < l->batch_count; i++) {
        if (text_equals(l->batches[i].state, STR("CANCELLED")) &&
            text_equals(l->batches[i].assembly, l->run->rules->id) &&
            date_parse_iso(l->batches[i].to, &to) &&
            date_compare(to, month->period.from) >= 0) {
            return true;
        }
    }
    return false;
}

/* A month that was computed and has no batch: nothing is due, if what 'defray pay' made of it has
 * no row. A batch that was given up since may have been why. */
static void
look_for_nothing(const struct looking *l, struct month *month)
{
    struct arena *keep = l->run->keep;
    struct text table =
        text_of(arena_printf(keep, "%.*s/%s.csv", TEXT_ARG(l->folder->outputs),
                             folder_period(keep, month->period)));
    int64_t made = status_changed_at(*keep, table);
    if (l->has_ledger && month->batch == NULL && month->is_paid && !month->is_late &&
        status_is_without_rows(l, table) &&
        !status_is_late(l, month, (struct made){.at = made})) {
        bool since = made > status_changed_at(*keep, l->folder->ledger);
        month->is_empty = since || !was_given_up(l, month);
        month->is_unsure = !month->is_empty;
    }
}

static void
look_at_month(const struct looking *l, struct month *month, struct ledger *ledger)
{
    struct arena *keep = l->run->keep;
    month->sheets = folder_months(keep, l->folder->attendance, month->period);
    month->claims = folder_months(keep, l->folder->expenses, month->period);
    month->paid = arena_printf(keep, "%.*s/%s.xlsx", TEXT_ARG(l->folder->outputs),
                               folder_period(keep, month->period));
    int64_t made = status_changed_at(*keep, text_of(month->paid));
    month->is_paid = made > 0;
    month->is_late = made > 0 && status_is_late(l, month, (struct made){.at = made});
    for (size_t i = 0; i < l->batch_count; i++) {
        if (!status_is_batch_of(l, &l->batches[i], month->period)) {
            continue;
        }
        month->last = &l->batches[i];
        if (month->batch == NULL || !batch_waits(month->batch)) {
            month->batch = month->last;
        }
    }
    month->is_closed =
        ledger != NULL && ledger_is_closed(ledger, l->run->rules->id, month->period);
    struct made last = status_made(l, month, made);
    month->is_late_for_batch = month->is_closed
                                   ? status_closed_is_late(l, month, last)
                                   : last.at > 0 && status_is_late(l, month, last);
    look_for_nothing(l, month);
}

/* Who is owed something by the assembly that is in no payment. */
static void
count_owed(struct looking *l, struct ledger *ledger)
{
    size_t count = 0;
    const struct ledger_account *accounts = ledger_accounts(l->run->keep, ledger, &count);
    for (size_t i = 0; i < count; i++) {
        l->owed += accounts[i].balance.cents > 0 &&
                   text_equals(accounts[i].assembly, l->run->rules->id);
    }
}

/* Sheets of a batch come after it: a ledger that does not have it is an older copy. They were
 * looked for before the ledger was: a colleague may record a batch and name its sheets between. */
static void
look_for_unknown(struct looking *l, struct folder_sheet last)
{
    int64_t known = l->batch_count == 0 ? 0 : l->batches[l->batch_count - 1].number;
    if (last.batch > known) {
        l->unknown = last;
    }
}

static bool
look_at_months(struct looking *l)
{
    struct run *run = l->run;
    struct ledger *ledger = NULL;
    const struct calendar *calendar = run->batch.calendar;
    l->months = NEW_ARRAY(run->keep, struct month, MONTHS_MAX + 1);
    for (size_t i = 0; i < calendar->count; i++) {
        enter_month(l, calendar->items[i].date)->sessions++;
    }
    enter_files(l, l->folder->attendance);
    enter_files(l, l->folder->expenses);
    l->has_ledger = folder_has(*run->keep, l->folder->ledger);
    struct folder_sheet last = folder_last_sheet(run->keep, l->folder->outputs);
    if (l->has_ledger) {
        const char *path = text_string(run->keep, l->folder->ledger);
        ledger = ledger_open(run->keep, path, false, run->diag);
        if (ledger == NULL) {
            return false;
        }
        l->batches = ledger_batches(run->keep, ledger, &l->batch_count);
        count_owed(l, ledger);
    }
    if (l->folder->ledger.size > 0) {
        look_for_unknown(l, last);
    }
    for (size_t i = 0; i < l->month_count; i++) {
        look_at_month(l, &l->months[i], ledger);
    }
    if (ledger != NULL) {
        ledger_close(ledger);
    }
    return true;
}

/* Padded by characters. */
static void
put_padded(const char *text, int width)
{
    int used = (int)text_characters(text_of(text));
    printf("%s%*s", text, width > used ? width - used : 1, "");
}

static void
print_line(const struct looking *l, const char *what, struct text path, const char *says)
{
    printf("  ");
    put_padded(tr(l->run->language, what), LABEL_WIDTH);
    put_padded(text_string(l->run->keep, path), SHEET_WIDTH);
    printf("%s\n", says);
}

static const char *
counted(const struct looking *l, size_t count, const char *none, const char *some)
{
    enum language language = l->run->language;
    return count == 0 ? tr(language, none)
                      : arena_printf(l->run->keep, "%zu %s", count, tr(language, some));
}

/* The table that tells who is entitled: the one that is there, else the one that is to come. */
static struct text
evidence(const struct looking *l, bool *there)
{
    const struct folder *folder = l->folder;
    bool decided = folder_has_table(*l->run->keep, folder->decisions);
    *there = decided || folder_has_table(*l->run->keep, folder->means);
    return !decided && folder->means.size > 0 ? folder->means : folder->decisions;
}

static void
print_tables(const struct looking *l)
{
    const struct run *run = l->run;
    const struct folder *folder = l->folder;
    enum language language = run->language;
    bool decided = false;
    struct text decides = evidence(l, &decided);
    printf("%.*s, %.*s (%.*s)\n", TEXT_ARG(run->rules->authority),
           TEXT_ARG(run->rules->assembly), TEXT_ARG(run->rules->id));
    print_line(
        l, N_("members"), folder->members,
        counted(l, run->batch.roster->count, N_("empty: fill it in"), N_("members")));
    print_line(
        l, N_("sessions"), folder->sessions,
        counted(l, run->batch.calendar->count, N_("empty: fill it in"), N_("sessions")));
    if (run->rules->stipend.means.required) {
        print_line(
            l, N_("means test"), decides,
            tr(language, decided ? N_("there")
                                 : N_("missing: ask the legal team; without it nobody is "
                                      "entitled nor refused")));
    }
    if (folder->ledger.size > 0) {
        print_line(l, N_("ledger"), folder->ledger,
                   tr(language, l->has_ledger ? N_("there") : N_("missing")));
    }
}

/* Where a month stands, in words. */
static const char *
month_stands(const struct looking *l, const struct month *month)
{
    enum language language = l->run->language;
    if (month->is_closed) {
        return tr(language, month->is_late_for_batch
                                ? N_("closed; a table has changed since")
                                : N_("closed"));
    }
    if (month->batch != NULL) {
        const char *stands = arena_printf(
            l->run->keep, tr(language, N_("batch %" PRId64 " %s")), month->batch->number,
            ledger_state_label(language, month->batch->state));
        if (month->batch->payments == 0) {
            stands = arena_printf(l->run->keep, "%s, %s", stands,
                                  tr(language, N_("of no payment")));
        }
        return !month->is_late_for_batch
                   ? stands
                   : arena_printf(l->run->keep, tr(language, N_("%s; %s")), stands,
                                  tr(language, N_("a table has changed since")));
    }
    if (month->sheets.count == 0) {
        return tr(language, N_("no attendance sheet"));
    }
    if (!month->is_paid) {
        return tr(language, N_("not computed yet"));
    }
    return tr(language, month->is_late    ? N_("computed; a table has changed since")
                        : month->is_empty ? N_("computed: nothing to pay")
                                          : N_("computed"));
}

static const char *
sheet_shown(const struct looking *l, const struct month *month)
{
    struct arena *keep = l->run->keep;
    if (month->sheets.count == 0) {
        return "-";
    }
    const char *first = text_string(keep, text_file_name(month->sheets.items[0]));
    return month->sheets.count == 1
               ? first
               : arena_printf(keep, tr(l->run->language, N_("%s and %zu more")), first,
                              month->sheets.count - 1);
}

static void
print_months(const struct looking *l)
{
    enum language language = l->run->language;
    if (l->month_count == 0) {
        return;
    }
    printf("\n  ");
    put_padded(tr(language, N_("month")), MONTH_WIDTH);
    put_padded(tr(language, N_("sessions")), COUNT_WIDTH);
    put_padded(tr(language, N_("attendance")), SHEET_WIDTH);
    printf("%s\n", tr(language, N_("where it stands")));
    for (size_t i = 0; i < l->month_count; i++) {
        const struct month *month = &l->months[i];
        printf("  ");
        put_padded(folder_period(l->run->keep, month->period), MONTH_WIDTH);
        put_padded(arena_printf(l->run->keep, "%zu", month->sessions), COUNT_WIDTH);
        put_padded(sheet_shown(l, month), SHEET_WIDTH);
        printf("%s\n", month_stands(l, month));
    }
}

/* What lies among the sheets and is nobody's month. */
static void
print_strays(const struct looking *l)
{
    struct file_names strays = folder_strays(l->run->keep, l->folder);
    for (size_t i = 0; i < strays.count; i++) {
        printf(i == 0 ? "\n  " : "  ");
        printf(
            text_ends_with(strays.items[i], STR("/"))
                ? tr(l->run->language,
                     "nothing in the folder '%.*s' is read: tables lie beside it, each "
                     "named after its month")
                : tr(l->run->language,
                     "'%.*s' is not read: its name begins with no month, or it is not "
                     "a CSV, .xlsx or .ods"),
            TEXT_ARG(strays.items[i]));
        printf("\n");
    }
}

/* Whether lines of a month that is in no batch cannot be decided yet. */
static bool
wait_for_evidence(const struct looking *l, struct text *decides)
{
    bool there = false;
    bool open = false;
    *decides = evidence(l, &there);
    for (size_t i = 0; i < l->month_count; i++) {
        open = open || (!l->months[i].is_closed && l->months[i].batch == NULL);
    }
    return l->run->rules->stipend.means.required && !there && open;
}

/* What to do next, over all months in order. */
static struct step
next_step(const struct looking *l)
{
    const struct run *run = l->run;
    struct text decides;
    if (run->batch.roster->count == 0 || run->batch.calendar->count == 0) {
        struct text table =
            run->batch.roster->count == 0 ? l->folder->members : l->folder->sessions;
        return (struct step){
            arena_printf(run->keep, tr(run->language, N_("once %.*s is filled in:")),
                         TEXT_ARG(table)),
            "defray status"};
    }
    if (l->unknown.batch > 0) {
        return (struct step){
            arena_printf(
                run->keep,
                tr(run->language,
                   N_("'%.*s' is there, and the ledger has no batch %" PRId64
                      ": prepare nothing before the last good copy of both its files is "
                      "back ('defray explain P125' says more); then:")),
                TEXT_ARG(l->unknown.path), l->unknown.batch),
            "defray status"};
    }
    if (l->folder->ledger.size > 0 && !l->has_ledger) {
        return (struct step){
            arena_printf(
                run->keep,
                tr(run->language,
                   N_("the ledger '%.*s' is not there: bring both its files back; "
                      "only if there never was one:")),
                TEXT_ARG(l->folder->ledger)),
            "defray ledger create"};
    }
    for (size_t i = 0; i < l->month_count; i++) {
        struct step next = status_next(l, &l->months[i]);
        if (next.command != NULL) {
            return next;
        }
    }
    if (wait_for_evidence(l, &decides)) {
        return (struct step){
            arena_printf(run->keep,
                         tr(run->language, N_("once the legal team has given %.*s:")),
                         TEXT_ARG(decides)),
            "defray status"};
    }
    return (struct step){
        tr(run->language, N_("nothing: every month is done, but for what the sheet 'To "
                             "settle' of its workbook lists")),
        NULL};
}

static void
print_step(const struct looking *l, struct step step)
{
    if (step.before != NULL) {
        printf("  %s\n", step.before);
    }
    if (step.command != NULL) {
        printf("  %s\n", status_in_folder(l, step.command));
    }
}

/* What a closed month still owes comes first. */
static void
print_next(const struct looking *l)
{
    struct step late =
        l->unknown.batch > 0 ? (struct step){NULL, NULL} : status_next_late(l);
    struct step step = next_step(l);
    printf("\n%s\n", tr(l->run->language, N_("next:")));
    print_step(l, late);
    if (late.command != NULL && step.command != NULL) {
        printf("  %s\n", tr(l->run->language, N_("then:")));
    }
    if (late.command == NULL || step.command != NULL) {
        print_step(l, step);
    }
}

/* The two tables that a month cannot do without. */
static bool
read_people(struct run *run, const struct folder *folder)
{
    struct reading reading;
    *ARRAY_PUSH(run->keep, &run->options.values[OPTION_MEMBERS]) = folder->members;
    *ARRAY_PUSH(run->keep, &run->options.values[OPTION_SESSIONS]) = folder->sessions;
    (void)run_read_period(run);
    reading = run_reading(run);
    struct input_list members = run_open_tables(run, OPTION_MEMBERS, true);
    struct input_list sessions = run_open_tables(run, OPTION_SESSIONS, false);
    run->batch.roster = roster_read(&reading, &members);
    run->batch.calendar = calendar_read(&reading, &sessions);
    return diag_errors(run->diag) == 0;
}

static enum exit_status
status(struct run *run)
{
    struct looking l = {.run = run, .folder = run->folder};
    bool listed = folder_is_listed(run, l.folder->attendance);
    listed = folder_is_listed(run, l.folder->expenses) && listed;
    if (!run_load_named(run, l.folder->rules) || !read_people(run, l.folder) || !listed ||
        !look_at_months(&l)) {
        return run_status(run);
    }
    run->errors_only = true; /* 'defray check' tells the rest */
    print_tables(&l);
    print_months(&l);
    print_strays(&l);
    print_next(&l);
    return EXIT_DONE;
}

const struct command command_status = {
    .name = "status",
    .synopsis = "[--folder FOLDER]",
    .summary = N_("say where a working folder stands, and what to type next"),
    .help = N_(
        "Says what the working folder holds and what is missing, where each month stands (is its sheet\n"
        "there, is it computed, and with a ledger: prepared, approved, exported, settled, closed), and\n"
        "the command to type next. Nothing is computed and nothing is written.\n"
        "\n"
        "Example:\n"
        "  cd assembly && defray status"),
    .takes = WITH(FOLDER),
    .operands_min = 0,
    .operands_max = 0,
    .act = status,
};
