/* SPDX-License-Identifier: Apache-2.0 */
/* The program: sets up the process, finds the command, prints what it found, gives its status. */
#include "commands.h"
#include "confine.h"
#include "folder.h"
#include "listing.h"
#include "places.h"
#include "streams.h"
#include "terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static const struct where command_line = {0};

/* Nothing of ours may land in a core file, in a file that took a closed descriptor's
 * number, or die of a signal that a return value would have told. */
static void
guard_process(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* the leak checker must be allowed to look */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    signal(SIGXFSZ, SIG_IGN);
}

static enum language
environment_language(void)
{
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    const char *values[ARRAY_COUNT(names)];
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        values[i] = getenv(names[i]);
    }
    return language_from(values, (int)ARRAY_COUNT(names));
}

#define LANG_LEAST 4 /* "--la": what may be left off, as of every option */

/* --lang counts wherever it stands, even for what is said about the other arguments. */
static enum language
message_language(int count, char *const arguments[])
{
    enum language language = environment_language();
    for (int i = 1; i < count; i++) {
        const char *equals = strchr(arguments[i], '=');
        struct text name = text_of(arguments[i]);
        struct text value = text_of(i + 1 < count ? arguments[i + 1] : "");
        if (equals != NULL) {
            name.size = (size_t)(equals - arguments[i]);
            value = text_of(equals + 1);
        }
        if (name.size >= LANG_LEAST && text_starts_with(STR("--lang"), name)) {
            language_parse(value, &language);
        }
    }
    return language;
}

static const struct command *
find_command(struct run *run, const char *name)
{
    struct text names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = text_of(commands[i]->name);
        if (text_equals(names[i], text_of(name))) {
            return commands[i];
        }
    }
    diag_error(run->diag, command_line, CODE_U001, "unknown command '%s'", name);
    diag_suggest(run->diag,
                 text_nearest(*run->keep, text_of(name), names, ARRAY_COUNT(names)));
    return NULL;
}

/* "help", "help pay", and "help --words" for programs. */
static enum exit_status
help(struct run *run, const char *about)
{
    if (about == NULL || text_starts_with(text_of(about), STR("--lang"))) {
        program_help(stdout, run->language);
        return EXIT_DONE;
    }
    if (text_equals(text_of(about), STR("--words"))) {
        listing_print(run);
        return EXIT_DONE;
    }
    const struct command *command = find_command(run, about);
    if (command == NULL) {
        return EXIT_USAGE;
    }
    command_help(stdout, run->language, command);
    return EXIT_DONE;
}

static bool
language_is_known(struct run *run)
{
    enum language language;
    struct text asked = option_value(&run->options, OPTION_LANG);
    if (!option_given(&run->options, OPTION_LANG) || language_parse(asked, &language)) {
        return true;
    }
    return diag_error(run->diag, command_line, CODE_U006,
                      "language '%.*s' is neither fr nor en", TEXT_ARG(asked));
}

static void
refuse_first(struct run *run, const char *word)
{
    if (option_begins_with(text_of(word))) {
        diag_error(run->diag, command_line, CODE_U002,
                   "option '%s' stands before the command, and belongs behind it", word);
    } else {
        diag_error(run->diag, command_line, CODE_U002, "unknown option '%s'", word);
    }
}

static enum exit_status
act(struct run *run, int count, char *arguments[])
{
    if (count < 2) {
        program_help(stderr, run->language);
        return EXIT_USAGE;
    }
    struct text first = text_of(arguments[1]);
    if (text_equals(first, STR("--help")) || text_equals(first, STR("-h")) ||
        text_equals(first, STR("help"))) {
        return help(run, count > 2 ? arguments[2] : NULL);
    }
    if (text_equals(first, STR("--version"))) {
        printf("defray %s\n", DEFRAY_VERSION);
        return EXIT_DONE;
    }
    if (text_starts_with(first, STR("-"))) {
        refuse_first(run, arguments[1]);
        return EXIT_USAGE;
    }
    const struct command *command = find_command(run, arguments[1]);
    if (command == NULL ||
        !options_parse(run->keep, command, count - 1, arguments + 1, &run->options,
                       run->diag) ||
        !language_is_known(run)) {
        return EXIT_USAGE;
    }
    if (option_given(&run->options, OPTION_HELP)) {
        command_help(stdout, run->language, command);
        return EXIT_DONE;
    }
    if (option_given(&run->options, OPTION_VERSION)) {
        printf("defray %s\n", DEFRAY_VERSION);
        return EXIT_DONE;
    }
    if (!places_hold(run) || !folder_complete(run, command)) {
        return run_status(run);
    }
    if (!options_check(command, &run->options, run->diag)) {
        return EXIT_USAGE;
    }
    if (!option_given(&run->options, OPTION_QUIET) &&
        !option_given(&run->options, OPTION_JSON)) {
        run->progress = terminal_progress(run->keep, run->language);
    }
    confine(run, command);
    return command->act(run);
}

/* A document in a language that was not asked for is not passed over in silence. */
static void
tell_wanting(struct run *run, const char *catalogues)
{
    if (language_is_wanting()) {
        diag_warning(
            run->diag, command_line, CODE_F009,
            "some texts are in English: the French ones were looked for in '%s%s'",
            catalogues, FRENCH_CATALOGUE);
    }
}

int
main(int count, char *arguments[])
{
    guard_process();
    arena_hold_freed();
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    streams_start(&keep);
    const char *catalogues = places_catalogues(&keep);
    language_start(catalogues);
    enum language language = message_language(count, arguments);
    struct run run = {.keep = &keep,
                      .language = language,
                      .documents = language,
                      .known_on = DATE_NONE};
    run.diag = diag_new(&keep, language);
    diag_reserve(run.diag); /* what was done can be told when there is no memory left */
    places_find_rules(&run);
    enum exit_status status = act(&run, count, arguments);
    tell_wanting(&run, catalogues);
    terminal_progress_done(run.progress);
    struct diag_style style = {
        .json = option_given(&run.options, OPTION_JSON),
        .colour = terminal_takes_colour(),
        .quiet = option_given(&run.options, OPTION_QUIET) || run.errors_only,
    };
    diag_print(run.diag, stderr, style);
    return (int)streams_close(&run, status);
}
