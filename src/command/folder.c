/* SPDX-License-Identifier: Apache-2.0 */
/* What a command takes from its working folder. Once this is done, nothing knows that it was
 * not typed. */
#include "folder.h"

#include "verbs.h"

#include <inttypes.h>
#include <string.h>

#define MONTH_BYTES 7 /* of "2026-03" */

static const struct where command_line = {0};

/* Of the verbs of the ledger, those that read the month's tables, or confirm the accounts of
 * its members. Those of the staff are another table. */
static const char *const verbs_of_months[] = {"prepare", "confirm"};

static uint64_t
taken_by_verb(struct text word)
{
    static const struct {
        const char *word;
        uint64_t takes;
    } verbs[] = {
#define VERB(id, word, operands, summary, takes, needs, least, most) \
    {word, (takes) | (needs)},
#include "verbs.def"
#undef VERB
    };
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        if (text_equals(word, text_of(verbs[i].word))) {
            return verbs[i].takes;
        }
    }
    return 0;
}

const char *
folder_period(struct arena *keep, struct period period)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    date_text(period.from, from);
    date_text(period.to, to);
    struct period month;
    if (period_parse((struct text){from, MONTH_BYTES}, &month) &&
        date_compare(month.from, period.from) == 0 &&
        date_compare(month.to, period.to) == 0) {
        return arena_printf(keep, "%.*s", MONTH_BYTES, from);
    }
    return arena_printf(keep, "%s..%s", from, to);
}

struct completing {
    struct run *run;
    const struct folder *folder;
    const struct command *command;
    uint64_t takes;
    bool ledger;  /* the command is 'ledger' */
    size_t first; /* the operand that may be a rule file: after the verb */
    bool dated;   /* a period is given */
    struct period period;
};

static bool
wants(const struct completing *c, enum option_id option)
{
    return (c->takes & OPTION_BIT(option)) != 0 &&
           !option_given(&c->run->options, option);
}

static void
give(const struct completing *c, enum option_id option, struct text value)
{
    *ARRAY_PUSH(c->run->keep, &c->run->options.values[option]) = value;
}

static void
insert_operand(struct completing *c, struct text value)
{
    struct text_list *list = &c->run->options.operands;
    (void)ARRAY_PUSH(c->run->keep, list);
    for (size_t i = list->count - 1; i > c->first; i--) {
        list->items[i] = list->items[i - 1];
    }
    list->items[c->first] = value;
}

/* Takes the operand that is a period, if there is one, as --period. */
static void
take_period(struct completing *c)
{
    struct options *options = &c->run->options;
    struct text_list *list = &options->operands;
    if (option_given(options, OPTION_PERIOD)) {
        c->dated = period_parse(option_value(options, OPTION_PERIOD), &c->period);
        return;
    }
    for (size_t i = c->first; i < list->count && !c->dated; i++) {
        if (period_parse(list->items[i], &c->period)) {
            give(c, OPTION_PERIOD, list->items[i]);
            for (list->count--; i < list->count; i++) {
                list->items[i] = list->items[i + 1];
            }
            c->dated = true;
        }
    }
}

/* Whether somebody meant a month: it is of digits and signs, or begins with the name of one. */
static bool
is_like_month(struct arena scratch, struct text typed)
{
    static const char *const names[] = {
        "janvier", "fevrier",  "mars",      "avril",   "mai",      "juin",
        "juillet", "aout",     "septembre", "octobre", "novembre", "decembre",
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    struct text word = typed;
    bool figures = typed.size > 0;
    for (size_t i = 0; i < typed.size; i++) {
        figures = figures && strchr("0123456789-./QqTt ", typed.data[i]) != NULL;
        if (i < word.size && strchr(" -_", typed.data[i]) != NULL) {
            word.size = i;
        }
    }
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        if (text_folds_equal(scratch, word, text_of(names[i]))) {
            return true;
        }
    }
    return figures && typed.data[0] >= '0' && typed.data[0] <= '9';
}

/* What stands where a month would, and is none, or is one too many. */
static bool
periods_are_meant(const struct completing *c)
{
    struct run *run = c->run;
    const struct text_list *list = &run->options.operands;
    bool given = option_given(&run->options, OPTION_PERIOD);
    for (size_t i = c->first; i < list->count; i++) {
        struct text typed = list->items[i];
        struct period period;
        if (period_parse(typed, &period) && given) {
            return diag_error(run->diag, command_line, CODE_U009,
                              "two periods are given: '%.*s' and '%.*s'", TEXT_ARG(typed),
                              TEXT_ARG(option_value(&run->options, OPTION_PERIOD)));
        }
        if (!given && is_like_month(*run->keep, typed)) {
            return diag_error(run->diag, command_line, CODE_U006,
                              "'%.*s' is not a month (write 2026-03; or 2026-Q1, 2026, "
                              "2026-03-01..2026-03-31)",
                              TEXT_ARG(typed));
        }
    }
    return true;
}

static void
give_existing(const struct completing *c, enum option_id option, struct text path)
{
    if (wants(c, option) && folder_has_table(*c->run->keep, path)) {
        give(c, option, path);
    }
}

static size_t
give_months(const struct completing *c, enum option_id option, struct text inside)
{
    struct period all = {DATE_OPEN_PAST, DATE_OPEN_FUTURE};
    if ((c->takes & OPTION_BIT(option)) == 0) {
        return 1;
    }
    struct period days = c->dated ? c->period : all;
    struct date since;
    if (date_parse_iso(option_value(&c->run->options, OPTION_SINCE), &since) &&
        date_compare(since, days.from) < 0) {
        days.from = since; /* what is settled, and not in the tables, is taken back */
    }
    struct file_names files = folder_months(c->run->keep, inside, days);
    if (option_given(&c->run->options, option)) {
        folder_join_typed(c->run, option, inside, &files);
        return 1;
    }
    for (size_t i = 0; i < files.count; i++) {
        give(c, option, files.items[i]);
    }
    return files.count;
}

/* A sheet that may have been filled in is never made anew. */
static bool
give_template(const struct completing *c)
{
    struct text inside = c->folder->attendance;
    if (option_given(&c->run->options, OPTION_TABLE) || !c->dated) {
        return true;
    }
    if (!folder_is_listed(c->run, inside)) {
        return false;
    }
    struct file_names there = folder_months(c->run->keep, inside, c->period);
    if (there.count > 0) {
        return diag_error(c->run->diag, command_line, CODE_U015,
                          "'%.*s' is there already, and may have been filled in",
                          TEXT_ARG(there.items[0]));
    }
    give(c, OPTION_OUTPUT,
         text_of(arena_printf(c->run->keep, "%.*s/%s.xlsx", TEXT_ARG(inside),
                              folder_period(c->run->keep, c->period))));
    return true;
}

static bool
give_outputs(const struct completing *c)
{
    if (!wants(c, OPTION_OUTPUT)) {
        return true;
    }
    if (strcmp(c->command->name, "template") == 0) {
        return give_template(c);
    }
    bool pays = strcmp(c->command->name, "pay") == 0;
    if (!c->dated || (!pays && !c->ledger)) {
        return true;
    }
    const char *path = arena_printf(c->run->keep, "%.*s/%s", TEXT_ARG(c->folder->outputs),
                                    folder_period(c->run->keep, c->period));
    if (!pays) { /* its number in the ledger is added: who approves goes by that number */
        path =
            arena_printf(c->run->keep, "%s-%s", path, tr(c->run->language, N_("batch")));
    }
    c->run->numbered = !pays;
    if (!pays) {
        c->run->last_sheet = folder_last_sheet(c->run->keep, c->folder->outputs);
    }
    give(c, OPTION_OUTPUT, text_of(arena_printf(c->run->keep, "%s.xlsx", path)));
    give(c, OPTION_OUTPUT, text_of(arena_printf(c->run->keep, "%s.csv", path)));
    return true;
}

/* The evidence that finance holds comes first. */
static void
give_evidence(const struct completing *c)
{
    const struct options *options = &c->run->options;
    if (!option_given(options, OPTION_MEANS)) {
        give_existing(c, OPTION_DECISIONS, c->folder->decisions);
    }
    if (!option_given(options, OPTION_DECISIONS)) {
        give_existing(c, OPTION_MEANS, c->folder->means);
    }
}

static bool
refuse_month(const struct completing *c)
{
    struct text inside = c->folder->attendance;
    if (!c->dated) {
        return diag_error(c->run->diag, command_line, CODE_U016,
                          "there is no attendance sheet in '%.*s'", TEXT_ARG(inside));
    }
    return diag_error(c->run->diag, command_line, CODE_U016,
                      "there is no attendance sheet of %s in '%.*s'",
                      folder_period(c->run->keep, c->period), TEXT_ARG(inside));
}

/* What is in a folder that cannot be looked into is not known to be nothing. */
static bool
months_are_listed(const struct completing *c)
{
    const struct folder *folder = c->folder;
    const struct {
        bool taken;
        struct text inside;
    } folders[] = {
        {(c->takes & WITH(ATTENDANCE)) != 0, folder->attendance},
        {(c->takes & WITH(EXPENSES)) != 0,   folder->expenses  },
    };
    bool listed = true;
    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        listed =
            (!folders[i].taken || folder_is_listed(c->run, folders[i].inside)) && listed;
    }
    return listed;
}

static bool
give_tables(struct completing *c)
{
    const struct folder *folder = c->folder;
    if (wants(c, OPTION_MEMBERS)) {
        give(c, OPTION_MEMBERS, folder->members);
    }
    if (wants(c, OPTION_SESSIONS)) {
        give(c, OPTION_SESSIONS, folder->sessions);
    }
    if (!months_are_listed(c)) {
        return false;
    }
    if ((c->takes & WITH(ATTENDANCE)) != 0) {
        folder_tell_strays(c->run, folder);
    }
    bool computes = (c->takes & WITH(OUTPUT)) != 0; /* all but 'check' */
    if (give_months(c, OPTION_ATTENDANCE, folder->attendance) == 0 && computes) {
        return refuse_month(c);
    }
    (void)give_months(c, OPTION_EXPENSES, folder->expenses);
    give_evidence(c);
    if (folder->ledger.size > 0 && wants(c, OPTION_LEDGER)) {
        give(c, OPTION_LEDGER, folder->ledger);
    }
    return give_outputs(c);
}

static bool
reads_months(struct text verb)
{
    bool reads = false;
    for (size_t i = 0; i < ARRAY_COUNT(verbs_of_months); i++) {
        reads = reads || text_equals(verb, text_of(verbs_of_months[i]));
    }
    return reads;
}

/* Of the ledger, where it lies; for two of its verbs, the tables too. */
static bool
complete_ledger(struct completing *c)
{
    struct text_list *operands = &c->run->options.operands;
    if (c->folder->ledger.size > 0 && !option_given(&c->run->options, OPTION_LEDGER)) {
        give(c, OPTION_LEDGER, c->folder->ledger);
    }
    if (operands->count == 0 || !reads_months(operands->items[0])) {
        return true;
    }
    c->takes = taken_by_verb(operands->items[0]);
    take_period(c);
    if (!periods_are_meant(c)) {
        return false;
    }
    if (operands->count > c->first) {
        return true;
    }
    insert_operand(c, c->folder->rules);
    return give_tables(c);
}

/* Whether the rules are to come from the folder: of so many operands, beside the period, none
 * stands where they would. */
static bool
lacks_rules(const struct completing *c, size_t count, bool dated)
{
    size_t least = c->command->operands_min;
    return count < least || (least == 0 && dated && count > 0); /* compare */
}

static bool
complete(struct completing *c)
{
    if (c->ledger) {
        return complete_ledger(c);
    }
    if (lacks_rules(c, c->run->options.operands.count, c->dated)) {
        insert_operand(c, c->folder->rules);
    }
    return give_tables(c);
}

/* Whether a month stands where, in a working folder, it stands for the rules and all tables. */
static bool
folder_is_meant(const struct completing *c)
{
    const struct text_list *list = &c->run->options.operands;
    struct period period;
    bool month = false;
    for (size_t i = c->first; i < list->count && !month; i++) {
        month = period_parse(list->items[i], &period);
    }
    if (!month || !c->ledger) {
        return month && lacks_rules(c, list->count - 1, true);
    }
    return reads_months(list->items[0]) && list->count == c->first + 1;
}

bool
folder_complete(struct run *run, const struct command *command)
{
    struct text_list *named = &run->options.values[OPTION_FOLDER];
    bool asked = named->count > 0;
    bool here = folder_has(*run->keep, STR(FOLDER_CONFIG));
    bool uses = command_reads_folder(command) &&
                !option_given(&run->options, OPTION_PROFILES); /* of invented people */
    bool typed = option_given(&run->options, OPTION_MEMBERS) && !asked;
    if ((command->takes & WITH(FOLDER)) != 0) {
        run->folder = folder_read(run, option_value(&run->options, OPTION_FOLDER));
        return run->folder != NULL;
    }
    if (!uses || typed || option_given(&run->options, OPTION_HELP) ||
        option_given(&run->options, OPTION_VERSION)) {
        return true;
    }
    struct completing c = {
        .run = run,
        .command = command,
        .takes = command->takes,
        .ledger = strcmp(command->name, "ledger") == 0,
    };
    c.first = c.ledger ? 1 : 0;
    if (!asked && !here && !folder_is_meant(&c)) {
        return true;
    }
    if (!c.ledger) {
        take_period(&c);
        if (!periods_are_meant(&c)) {
            return false;
        }
    }
    if (!c.ledger && !asked && !lacks_rules(&c, run->options.operands.count, c.dated)) {
        return true;
    }
    c.folder =
        folder_read(run, asked ? option_value(&run->options, OPTION_FOLDER) : STR(""));
    run->in_folder = true;
    named->count = 0; /* from here on, all is as if it had been typed */
    return c.folder != NULL && complete(&c);
}
