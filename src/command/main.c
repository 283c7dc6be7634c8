/* SPDX-License-Identifier: Apache-2.0 */
/* The program: sets up the process, finds the command, prints what it found, gives its status. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "confine.h"
#include "folder.h"
#include "terminal.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define COMMAND(name) extern const struct command command_##name;
#include "commands.def"
#undef COMMAND

static const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "commands.def"
#undef COMMAND
};

static const struct where command_line = {0};

/* Nothing of ours may land in a core file, in a file that took a closed descriptor's
 * number, or die of a signal that a return value would have told. False if standard output
 * was closed by whoever started the program. */
static bool
guard_process(void)
{
    bool heard = fcntl(STDOUT_FILENO, F_GETFD) != -1;
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* the leak checker must be allowed to look */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    int descriptor = open("/dev/null", O_RDWR);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO) {
        descriptor = dup(descriptor);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return heard;
}

/* The folder of the running program, for what lies beside it in a build tree. */
static const char *
program_folder(struct arena *keep)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        return ".";
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    return arena_printf(keep, "%s", path);
}

static const char *
catalogue_folder(struct arena *keep, const char *beside)
{
    const char *asked = getenv("DEFRAY_LOCALE");
    if (asked != NULL && asked[0] != '\0') {
        return asked;
    }
    const char *built = arena_printf(keep, "%s/locale", beside);
    return access(built, R_OK) == 0 ? built : DEFRAY_LOCALE_DIR;
}

static void
find_rule_folders(struct run *run, const char *beside)
{
    const char *asked = getenv("DEFRAY_RULES");
    if (asked != NULL && asked[0] != '\0') {
        run->folders[run->folder_count++] = text_of(asked);
    }
    /* A program run where it was built goes with the rules it was built with. */
    const char *source_tree = arena_printf(run->keep, "%s/../rules", beside);
    char resolved[PATH_MAX];
    if (realpath(source_tree, resolved) != NULL) {
        run->folders[run->folder_count++] = text_copy(run->keep, text_of(resolved));
    }
    run->folders[run->folder_count++] = STR(DEFRAY_RULES_DIR);
    run->folders[run->folder_count++] = STR("rules");
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

/* --lang counts wherever it stands, even for what is said about the other arguments. */
static enum language
message_language(int count, char *const arguments[])
{
    enum language language = environment_language();
    for (int i = 1; i < count; i++) {
        struct text argument = text_of(arguments[i]);
        struct text inline_value = STR("--lang=");
        if (text_starts_with(argument, inline_value)) {
            language_parse(text_of(arguments[i] + inline_value.size), &language);
        } else if (text_equals(argument, STR("--lang")) && i + 1 < count) {
            language_parse(text_of(arguments[i + 1]), &language);
        }
    }
    return language;
}

static const struct command *
find_command(struct run *run, const char *name)
{
    struct text names[ARRAY_COUNT(commands)];
    for (size_t i = 0; i < ARRAY_COUNT(commands); i++) {
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

static enum exit_status
act(struct run *run, int count, char *arguments[])
{
    if (count < 2) {
        program_help(stderr, run->language, commands, ARRAY_COUNT(commands));
        return EXIT_USAGE;
    }
    struct text first = text_of(arguments[1]);
    if (text_equals(first, STR("--help")) || text_equals(first, STR("-h")) ||
        text_equals(first, STR("help"))) {
        program_help(stdout, run->language, commands, ARRAY_COUNT(commands));
        return EXIT_DONE;
    }
    if (text_equals(first, STR("--version"))) {
        printf("defray %s\n", DEFRAY_VERSION);
        return EXIT_DONE;
    }
    if (text_starts_with(first, STR("-"))) {
        diag_error(run->diag, command_line, CODE_U002, "unknown option '%s'",
                   arguments[1]);
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
    if (!folder_complete(run, command)) {
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

static bool
wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && (no_colour == NULL || no_colour[0] == '\0') &&
           terminal != NULL && strcmp(terminal, "dumb") != 0;
}

int
main(int count, char *arguments[])
{
    bool heard = guard_process();
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    const char *beside = program_folder(&keep);
    language_start(catalogue_folder(&keep, beside));
    enum language language = message_language(count, arguments);
    struct run run = {.keep = &keep,
                      .language = language,
                      .documents = language,
                      .known_on = DATE_NONE};
    run.diag = diag_new(&keep, language);
    find_rule_folders(&run, beside);
    enum exit_status status = act(&run, count, arguments);
    terminal_progress_done(run.progress);
    struct diag_style style = {
        .json = option_given(&run.options, OPTION_JSON),
        .colour = wants_colour(),
        .quiet = option_given(&run.options, OPTION_QUIET) || run.errors_only,
    };
    diag_print(run.diag, stderr, style);
    heard = heard || option_given(&run.options, OPTION_QUIET);
    if ((fflush(stdout) != 0 || ferror(stdout) != 0 || !heard) &&
        status <= EXIT_WAITING) {
        bool published = option_given(&run.options, OPTION_OUTPUT);
        fprintf(stderr, "defray: %s\n",
                published ? tr(language,
                               "error: the files are written, but the summary could not "
                               "be printed on standard output")
                          : tr(language, "error: standard output could not be written"));
        status = published ? EXIT_RECORDED : EXIT_MACHINE;
    }
    return (int)status;
}
