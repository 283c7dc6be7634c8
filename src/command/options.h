/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: one table of options, from which parsing and help both come. */
#ifndef DEFRAY_OPTIONS_H
#define DEFRAY_OPTIONS_H

#include "defray/diag.h"

#include <stdio.h>

enum option_id {
#define OPTION(id, name, letter, argument, help) OPTION_##id,
#include "options.def"
#undef OPTION
    OPTION_COUNT
};

#define OPTION_BIT(id) (UINT64_C(1) << (id))
#define WITH(id)       OPTION_BIT(OPTION_##id)
/* What every command takes. */
#define WITH_COMMON \
    (WITH(LANG) | WITH(QUIET) | WITH(VERBOSE) | WITH(JSON) | WITH(HELP) | WITH(VERSION))
/* The tables of data. */
#define WITH_TABLES                                                                     \
    (WITH(MEMBERS) | WITH(ATTENDANCE) | WITH(SESSIONS) | WITH(EXPENSES) | WITH(MEANS) | \
     WITH(DECISIONS))

enum exit_status {
    EXIT_DONE = 0,
    EXIT_WAITING = 1, /* done, and something waits for a person */
    EXIT_USAGE = 2,
    EXIT_DATA = 3,
    EXIT_POLICY = 4,
    EXIT_MACHINE = 5,
    EXIT_RECORDED = 6, /* the machine failed after the outcome was recorded */
    EXIT_INVARIANT = 70,
};

struct text_list {
    struct text *items;
    size_t count, capacity;
};

struct options {
    struct text_list values[OPTION_COUNT]; /* a switch holds one empty text when given */
    struct text_list operands;
};

_Static_assert(OPTION_COUNT <= 64, "a bit set of options holds 64");

struct run;

struct command_verb { /* the first operand of a command that does several things */
    const char *word;
    uint64_t takes; /* besides the common options */
};

struct command {
    const char *name;
    const char *synopsis; /* after "defray <name> " */
    const char *summary;  /* one line, for the list */
    const char *help;     /* paragraphs: what it does, an example that works */
    uint64_t takes;       /* bit set of options besides the common ones */
    uint64_t needs;
    const char *
        operand; /* what the first operand is, told when it is missing; NULL: a rule file */
    size_t operands_min, operands_max;
    bool makes_folder; /* of the name that its first operand is */
    bool names_tables; /* all that it reads is typed, in a working folder too */
    void (*more_help)(FILE *out, enum language language); /* between help and options */
    bool (*verb_at)(size_t index, struct command_verb *out); /* NULL: it has no verbs */
    enum exit_status (*act)(struct run *run);
};

/* Whether it takes what is not typed from a working folder. */
bool command_reads_folder(const struct command *command);
/* The bit set of its options, and of those that every command takes. */
uint64_t command_takes(const struct command *command);

/* Whether the word, dashes and all, is the beginning of an option of some command. */
bool option_begins_with(struct text word);
/* Reads the arguments after the command's name. False after diagnostics (usage). */
bool options_parse(struct arena *keep, const struct command *command, int count,
                   char *const arguments[], struct options *out, struct diag *diag);
/* Whether nothing that the command needs is missing, too much or given twice. False after
 * diagnostics (usage). */
bool options_check(const struct command *command, const struct options *options,
                   struct diag *diag);
bool option_given(const struct options *options, enum option_id id);
/* The last value given, or the empty text. */
struct text option_value(const struct options *options, enum option_id id);

const char *option_name(enum option_id id);     /* "members" */
const char *option_argument(enum option_id id); /* "FILE"; empty for a switch */
int option_letter(enum option_id id);           /* 'o', or 0 */

void command_help(FILE *out, enum language language, const struct command *command);
void program_help(FILE *out, enum language language);

#endif
