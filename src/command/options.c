/* SPDX-License-Identifier: Apache-2.0 */
/* getopt_long does the parsing; what is said about it is ours, in both languages. */
#include "options.h"

#include "commands.h"

#include <getopt.h>
#include <string.h>

struct option_row {
    const char *name;
    int letter;
    const char *argument;
    const char *help;
};

static const struct option_row rows[OPTION_COUNT] = {
#define OPTION(id, name, letter, argument, help) {name, letter, argument, help},
#include "options.def"
#undef OPTION
};

#define LONG_BASE 256 /* getopt's value of a long option is LONG_BASE + its id */

static const struct where command_line = {0};

const char *
option_name(enum option_id id)
{
    return rows[id].name;
}

const char *
option_argument(enum option_id id)
{
    return rows[id].argument;
}

int
option_letter(enum option_id id)
{
    return rows[id].letter;
}

bool
command_reads_folder(const struct command *command)
{
    return (command->takes & WITH(MEMBERS)) != 0 && !command->names_tables;
}

uint64_t
command_takes(const struct command *command)
{
    return command->takes | command->needs | WITH_COMMON |
           (command_reads_folder(command) ? WITH(FOLDER) : 0);
}

static enum option_id
option_of(int found)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (found == LONG_BASE + i || (rows[i].letter != 0 && found == rows[i].letter)) {
            return (enum option_id)i;
        }
    }
    return OPTION_COUNT;
}

static struct text
nearest_option(struct arena scratch, const struct command *command, struct text word)
{
    struct text names[OPTION_COUNT];
    size_t count = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((command_takes(command) & OPTION_BIT(i)) != 0) {
            names[count++] = text_of(arena_printf(&scratch, "--%s", rows[i].name));
        }
    }
    return text_copy(&scratch, text_nearest(scratch, word, names, count));
}

/* What of it is the name: without dashes and value. The word has both dashes. */
static struct text
bare_name(struct text word)
{
    struct text name = {word.data + 2, word.size - 2};
    const char *equals = memchr(name.data, '=', name.size);
    return (struct text){name.data,
                         equals == NULL ? name.size : (size_t)(equals - name.data)};
}

bool
option_begins_with(struct text word)
{
    bool long_one = word.size > 2 && text_starts_with(word, STR("--"));
    for (int i = 0; long_one && i < OPTION_COUNT; i++) {
        if (text_starts_with(text_of(rows[i].name), bare_name(word))) {
            return true;
        }
    }
    return false;
}

/* An option that the command takes and of which the word is the beginning, from `from` on; or
 * OPTION_COUNT. */
static int
begun_by(const struct command *command, struct text word, int from)
{
    struct text name = bare_name(word);
    while (from < OPTION_COUNT && ((command_takes(command) & OPTION_BIT(from)) == 0 ||
                                   !text_starts_with(text_of(rows[from].name), name))) {
        from++;
    }
    return from;
}

/* An option that only other commands have, written whole. As the beginning of a longer name it
 * would be taken for another: --member for --members. OPTION_COUNT if it is none. */
static enum option_id
foreign_option(const struct command *command, struct text word)
{
    bool long_one = word.size > 2 && text_starts_with(word, STR("--"));
    for (int i = 0; long_one && i < OPTION_COUNT; i++) {
        if (text_equals(text_of(rows[i].name), bare_name(word))) {
            bool own = (command_takes(command) & OPTION_BIT(i)) != 0;
            return own ? OPTION_COUNT : (enum option_id)i;
        }
    }
    return OPTION_COUNT;
}

static void
refuse_foreign(struct arena *keep, const struct command *command, enum option_id id,
               struct diag *diag)
{
    const char *others = "";
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if ((command_takes(commands[i]) & OPTION_BIT(id)) != 0) {
            others = arena_printf(keep, "%s%s%s", others, others[0] == '\0' ? "" : ", ",
                                  commands[i]->name);
        }
    }
    diag_error(diag, command_line, CODE_U002,
               "'defray %s' has no option --%s; these commands have it: %s",
               command->name, rows[id].name, others);
}

/* Whether the word begins the names of several options; told if so. */
static bool
is_ambiguous(const struct command *command, struct text word, struct diag *diag)
{
    if (word.size < 3 || !text_starts_with(word, STR("--"))) {
        return false;
    }
    int one = begun_by(command, word, 0);
    int other = begun_by(command, word, one + 1);
    return other < OPTION_COUNT &&
           !diag_error(diag, command_line, CODE_U002,
                       "option '%.*s' may be --%s or --%s: write it whole",
                       TEXT_ARG(word), rows[one].name, rows[other].name);
}

static void
refuse_option(struct arena *keep, const struct command *command, int found,
              const char *argument, struct diag *diag)
{
    struct text word = text_of(argument);
    enum option_id foreign = foreign_option(command, word);
    if (foreign != OPTION_COUNT) {
        refuse_foreign(keep, command, foreign, diag);
        return;
    }
    if (is_ambiguous(command, word, diag)) {
        return;
    }
    if (found == ':') {
        diag_error(diag, command_line, CODE_U003, "option '%.*s' needs a value",
                   TEXT_ARG(word));
        return;
    }
    struct text bare = word;
    while (bare.size > 0 && bare.data[bare.size - 1] != '=') {
        bare.size--;
    }
    if (optopt >= LONG_BASE && bare.size > 0) {
        diag_error(diag, command_line, CODE_U006, "option '--%s' takes no value",
                   rows[optopt - LONG_BASE].name);
        return;
    }
    diag_error(diag, command_line, CODE_U002, "unknown option '%.*s' for 'defray %s'",
               TEXT_ARG(word), command->name);
    diag_suggest(diag, text_copy(keep, nearest_option(*keep, command, word)));
}

/* Tables and outputs may repeat; of anything else, two would leave one unheard. */
#define MAY_REPEAT                                                                \
    (WITH_TABLES | WITH(PROFILES) | WITH(OUTPUT) | WITH(WHAT_IF) | WITH(FORMAT) | \
     WITH(QUIET) | WITH(VERBOSE) | WITH(JSON))

bool
options_check(const struct command *command, const struct options *options,
              struct diag *diag)
{
    size_t before = diag_errors(diag);
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool given = options->values[i].count > 0;
        if (options->values[i].count > 1 && (MAY_REPEAT & OPTION_BIT(i)) == 0) {
            diag_error(diag, command_line, CODE_U005, "option --%s is given twice",
                       rows[i].name);
        }
        if ((command->needs & OPTION_BIT(i)) != 0 && !given) {
            diag_error(diag, command_line, CODE_U004, "'defray %s' needs --%s",
                       command->name, rows[i].name);
        }
    }
    if (options->operands.count < command->operands_min) {
        const char *operand = command->operand != NULL
                                  ? command->operand
                                  : N_("RULES: an id ('defray rules list') or a path");
        diag_error(diag, command_line, CODE_U004, "'defray %s' needs %s", command->name,
                   tr(diag_language(diag), operand));
    }
    if (options->operands.count > command->operands_max && diag_errors(diag) == before) {
        struct text extra = options->operands.items[command->operands_max];
        diag_error(
            diag, command_line, CODE_U006,
            "'%.*s' is one argument too many (a name with spaces goes between quotes)",
            TEXT_ARG(extra));
    }
    return diag_errors(diag) == before;
}

/* A value that was not meant: none at all where a table is named, or "=x.csv" out of -o=x.csv. */
static bool
is_meant(enum option_id id, int found, const char *argument, struct text value,
         struct diag *diag)
{
    if (value.size == 0 && (WITH_TABLES & OPTION_BIT(id)) != 0) {
        return diag_error(diag, command_line, CODE_U003, "option '%.*s' needs a value",
                          TEXT_ARG(text_of(argument)));
    }
    bool joined = found < LONG_BASE && text_starts_with(value, STR("=")) &&
                  argument + 2 == value.data;
    return !joined ||
           diag_error(diag, command_line, CODE_U006,
                      "option '%s': between a letter and its value stands a blank, or "
                      "nothing",
                      argument);
}

/* What getopt looks at next: it passes over operands, wherever they stand. */
static const char *
next_option(int count, char *const arguments[])
{
    int at = optind;
    while (at < count - 1 && (arguments[at][0] != '-' || arguments[at][1] == '\0')) {
        at++;
    }
    return arguments[at < count ? at : count - 1];
}

bool
options_parse(struct arena *keep, const struct command *command, int count,
              char *const arguments[], struct options *out, struct diag *diag)
{
    struct option longs[OPTION_COUNT + 1] = {{0}};
    char letters[2 * OPTION_COUNT + 2] = ":";
    size_t long_count = 0;
    size_t letter_count = 1;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((command_takes(command) & OPTION_BIT(i)) == 0) {
            continue;
        }
        bool valued = rows[i].argument[0] != '\0';
        longs[long_count++] = (struct option){
            rows[i].name, valued ? required_argument : no_argument, NULL, LONG_BASE + i};
        if (rows[i].letter != 0) {
            letters[letter_count++] = (char)rows[i].letter;
            if (valued) {
                letters[letter_count++] = ':';
            }
        }
    }
    size_t before = diag_errors(diag);
    *out = (struct options){0};
    opterr = 0;
    optind = 1;
    for (;;) {
        const char *next = next_option(count, arguments);
        int found = getopt_long(count, arguments, letters, longs, NULL);
        if (found == -1) {
            break;
        }
        enum option_id id = option_of(found);
        if (id == OPTION_COUNT ||
            foreign_option(command, text_of(next)) != OPTION_COUNT) {
            refuse_option(keep, command, found, next, diag);
            optarg = NULL;
            continue;
        }
        struct text value = text_of(optarg);
        if (is_meant(id, found, next, value, diag)) {
            *ARRAY_PUSH(keep, &out->values[id]) = value;
        }
        optarg = NULL;
    }
    for (int i = optind; i < count; i++) {
        *ARRAY_PUSH(keep, &out->operands) = text_of(arguments[i]);
    }
    return diag_errors(diag) == before;
}

bool
option_given(const struct options *options, enum option_id id)
{
    return options->values[id].count > 0;
}

struct text
option_value(const struct options *options, enum option_id id)
{
    const struct text_list *list = &options->values[id];
    return list->count == 0 ? (struct text){0} : list->items[list->count - 1];
}

static void
print_options(FILE *out, enum language language, uint64_t which)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((which & OPTION_BIT(i)) == 0) {
            continue;
        }
        const char *argument =
            rows[i].argument[0] == '\0' ? "" : tr(language, rows[i].argument);
        int printed =
            rows[i].letter == 0
                ? fprintf(out, "      --%s %s", rows[i].name, argument)
                : fprintf(out, "  -%c, --%s %s", rows[i].letter, rows[i].name, argument);
        int gap = printed < 26 ? 26 - printed : 1;
        fprintf(out, "%*s%s\n", gap, "", tr(language, rows[i].help));
    }
}

static void
print_statuses(FILE *out, enum language language)
{
    static const struct {
        int status;
        const char *means;
    } statuses[] = {
        {EXIT_DONE,      N_("done")                                                      },
        {EXIT_WAITING,
         N_("done, and something waits for a person (pay, statement, eligibility, attest, "
            "verify, ledger prepare)")                                                   },
        {EXIT_USAGE,     N_("wrong usage")                                               },
        {EXIT_DATA,      N_("rules or data refused; every fault listed; nothing written")},
        {EXIT_POLICY,
         N_("refused by policy: scheme not in force, period closed, same person twice")  },
        {EXIT_MACHINE,   N_("the machine failed (disk, memory, lock); nothing changed")  },
        {EXIT_RECORDED,
         N_("the machine failed when this may be recorded; run again to settle it")      },
        {EXIT_INVARIANT, N_("an invariant is broken: nothing is published")              },
    };
    fprintf(out, "\n%s\n", tr(language, "Exit status:"));
    for (size_t i = 0; i < ARRAY_COUNT(statuses); i++) {
        fprintf(out, "  %2d  %s\n", statuses[i].status, tr(language, statuses[i].means));
    }
}

void
command_help(FILE *out, enum language language, const struct command *command)
{
    fprintf(out, "%s defray %s %s\n\n%s\n", tr(language, "usage:"), command->name,
            command->synopsis, tr(language, command->help));
    if (command->more_help != NULL) {
        command->more_help(out, language);
    }
    fprintf(out, "\n%s\n", tr(language, "Options:"));
    print_options(out, language, command_takes(command) & ~WITH_COMMON);
    print_options(out, language, WITH_COMMON);
    print_statuses(out, language);
}

void
program_help(FILE *out, enum language language)
{
    fprintf(out, "%s\n\n%s\n", tr(language, "usage: defray COMMAND [ARGUMENTS]"),
            tr(language,
               "Computes what a public authority owes the members of a citizens' "
               "assembly,\nand writes payroll-ready spreadsheets."));
    fprintf(out, "\n%s\n", tr(language, "Commands:"));
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "  %-12s %s\n", commands[i]->name,
                tr(language, commands[i]->summary));
    }
    fprintf(out, "\n%s\n",
            tr(language,
               "A first month:\n"
               "  defray rules list\n"
               "  defray pay poitiers --members members.csv --sessions sessions.csv \\\n"
               "      --attendance attendance.csv --decisions decisions.csv \\\n"
               "      --period 2026-03 -o march.xlsx\n"
               "\n"
               "'defray COMMAND --help' tells all about a command, and "
               "'defray explain A012'\nabout a diagnostic code."));
    print_statuses(out, language);
}
