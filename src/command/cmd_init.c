/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defray init: a working folder for an assembly. Everything is made in a folder of another name
 * beside it, which takes its name at the end: there is a whole working folder, or none.
 */
#define _XOPEN_SOURCE 700 /* realpath, mkdtemp */

#include "defray/template_document.h"

#include "actor.h"
#include "folder.h"
#include "outputs.h"
#include "terminal.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_MODE 0777
#define SHARED_MODE 02770 /* below a folder that its owner gave to a group */
#define MODE_BITS   07777

static const struct where command_line = {0};

/* The names in the folder, in the assembly's language. */
struct names {
    const char *members, *sessions, *decisions, *claims;   /* files */
    const char *attendance, *expenses, *outputs, *read_me; /* folders, and a file */
};

static const struct names names_in[] = {
    [LANGUAGE_EN] = {"members.xlsx", "sessions.xlsx", "decisions.csv", FORM_OF_CLAIMS_EN,
                     "attendance", "expenses", "outputs", "README.txt"  },
    [LANGUAGE_FR] = {"membres.xlsx", "seances.xlsx",  "decisions.csv", FORM_OF_CLAIMS_FR,
                     "presences",  "frais",    "sorties", "LISEZMOI.txt"},
};

struct making {
    struct run *run;
    const struct names *names;
    const char *target; /* the folder to be */
    char *beside;       /* where it is made */
    bool begun;         /* it is there, and nobody else's */
    const char *rules;  /* as the configuration names them */
    const char *ledger; /* its name in the folder; NULL: none */
    struct stage *stage;
    struct arena scratch;
};

static const char *
made_path(const struct making *m, const char *name)
{
    return arena_printf(m->run->keep, "%s/%s", m->beside, name);
}

static bool
machine_failed(const struct making *m, const char *path)
{
    int error = errno;
    return diag_error(m->run->diag, command_line, CODE_F004,
                      "folder '%s' could not be made (%s)", path,
                      tr_errno(m->run->language, error));
}

/* What the folders have: the rights of the empty folder that they take the place of, which somebody
 * prepared; else those that a shared folder above gives, or any folder. */
static struct stat
rights_to_have(const struct making *m)
{
    struct stat rights = {0};
    if (stat(m->target, &rights) == 0 || stat(m->beside, &rights) != 0) {
        return rights;
    }
    mode_t mask = umask(077);
    umask(mask);
    rights.st_mode = (rights.st_mode & S_ISGID) != 0 ? SHARED_MODE : FOLDER_MODE & ~mask;
    return rights;
}

/* The group first: to give a folder away takes bits of its mode. */
static bool
give_rights(const char *path, const struct stat *rights)
{
    struct stat has;
    return stat(path, &has) == 0 &&
           (has.st_gid == rights->st_gid ||
            chown(path, (uid_t)-1, rights->st_gid) == 0) &&
           chmod(path, rights->st_mode & MODE_BITS) == 0;
}

/* Under a name that nobody else has: what lies there is removed if something fails. */
static bool
make_folders(struct making *m)
{
    const char *const folders[] = {m->names->attendance, m->names->expenses,
                                   m->names->outputs};
    m->begun = mkdtemp(m->beside) != NULL;
    if (!m->begun) {
        return machine_failed(m, m->target);
    }
    const struct stat rights = rights_to_have(m);
    if (!give_rights(m->beside, &rights)) {
        return machine_failed(m, m->target);
    }
    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        const char *path = made_path(m, folders[i]);
        if (mkdir(path, FOLDER_MODE) != 0 || !give_rights(path, &rights)) {
            return machine_failed(m, folders[i]);
        }
    }
    return true;
}

static bool
put_text(const struct making *m, const char *name, const char *text)
{
    struct staged *file = stage_open(m->stage, made_path(m, name), m->run->diag);
    if (file != NULL) {
        file->public = true;
    }
    return file != NULL && staged_write(file, text_of(text), m->run->diag);
}

static bool
put_table(const struct making *m, const char *name, enum guided_table table)
{
    struct run *run = m->run;
    struct staged *file = stage_open(m->stage, made_path(m, name), run->diag);
    const struct document *document =
        table_template_document(run->keep, run->rules, table, run->documents);
    if (file != NULL) {
        file->public = document->public;
    }
    return file != NULL &&
           output_find(text_of(name))->write(m->scratch, document, file, run->diag);
}

/* One line of the configuration, aligned with the others. */
static const char *
setting(const struct making *m, const char *key, const char *value, const char *comment)
{
    struct arena *keep = m->run->keep;
    const char *line = arena_printf(keep, "%-10s = \"%s\";", key, value);
    return arena_printf(keep, "%-42s /* %s */\n", line, tr(m->run->documents, comment));
}

static const char *
configuration(const struct making *m)
{
    const struct names *names = m->names;
    const struct {
        const char *key, *value, *comment;
    } settings[] = {
        {"rules",      m->rules,          N_("a rule file: its id, or its path")      },
        {"members",    names->members,    N_("the members' table")                    },
        {"sessions",   names->sessions,   N_("the calendar of sessions")              },
        {"attendance", names->attendance,
         N_("a folder: attendance sheets, 2026-03.xlsx")                              },
        {"expenses",   names->expenses,   N_("a folder: expense claims, 2026-03.xlsx")},
        {"decisions",  names->decisions,
         N_("what the legal team gives, if there is a means test")                    },
        {"outputs",    names->outputs,    N_("a folder: what is made")                },
        {"ledger",     m->ledger,         N_("who was paid what")                     },
    };
    const char *text = arena_printf(
        m->run->keep, "/* %s */\n",
        tr(m->run->documents,
           N_("A working folder of defray. Paths are seen from this folder.")));
    for (size_t i = 0; i < ARRAY_COUNT(settings); i++) {
        if (settings[i].value != NULL) {
            text = arena_printf(
                m->run->keep, "%s%s", text,
                setting(m, settings[i].key, settings[i].value, settings[i].comment));
        }
    }
    return text;
}

/* With a ledger, the month is not over once it is computed. */
static const char *
step_of_ledger(const struct making *m)
{
    return m->ledger == NULL
               ? ""
               : tr(m->run->documents,
                    N_("  7. defray ledger confirm      by a second person, who has compared the\n"
                       "                                account numbers with the bank's documents.\n"
                       "  8. defray ledger prepare 2026-03 --pay-on 2026-04-15\n"
                       "                                records the month in the ledger; it then\n"
                       "                                counts as paid. After it come approve,\n"
                       "                                export, sent and settled: 'defray status'\n"
                       "                                says which one is next.\n"));
}

static const char *
read_me(const struct making *m)
{
    const struct rules *rules = m->run->rules;
    const struct names *names = m->names;
    return arena_printf(
        m->run->keep,
        tr(m->run->documents,
           N_("%s, %s\n"
              "\n"
              "Once:\n"
              "  1. Fill in %s and %s. Their second sheet explains each column.\n"
              "\n"
              "Each month, for March 2026, in this folder:\n"
              "  2. defray template 2026-03    makes the attendance sheet in %s/. It has a\n"
              "                                second sheet to print and sign.\n"
              "  3. Fill it in. Your own sheet does as well: save it in %s/ under a name\n"
              "     that begins with the month, 2026-03.xlsx.\n"
              "  4. Put the expense claims, if any, in %s/, also named after the month.\n"
              "  5. defray check 2026-03       lists what is wrong, and computes nothing.\n"
              "  6. defray pay 2026-03         writes the workbook of the month in %s/.\n"
              "%s"
              "\n"
              "At any time, 'defray status' says where you are and what to type next.\n")),
        text_string(m->run->keep, rules->authority),
        text_string(m->run->keep, rules->assembly), names->members, names->sessions,
        names->attendance, names->attendance, names->expenses, names->outputs,
        step_of_ledger(m));
}

static bool
make_files(const struct making *m)
{
    const struct names *names = m->names;
    const char *claims =
        arena_printf(m->run->keep, "%s/%s", names->expenses, names->claims);
    bool claimed = m->run->rules->category_count > 0;
    return put_text(m, FOLDER_CONFIG, configuration(m)) &&
           put_text(m, names->read_me, read_me(m)) &&
           put_table(m, names->members, GUIDED_MEMBERS) &&
           put_table(m, names->sessions, GUIDED_SESSIONS) &&
           (!claimed || put_table(m, claims, GUIDED_EXPENSES)) &&
           stage_publish(m->stage, m->run->diag);
}

static bool
make_ledger(const struct making *m)
{
    struct act act;
    return m->ledger == NULL ||
           (act_now(m->run, &act) && ledger_create(m->run->keep, made_path(m, m->ledger),
                                                   DEFRAY_VERSION, &act, m->run->diag));
}

static bool
refuse_target(const struct making *m)
{
    return diag_error(m->run->diag, command_line, CODE_U015,
                      "'%s' is there already, and is not an empty folder", m->target);
}

/* Gives it its name, in one step; an empty folder of that name is replaced. */
static bool
name_it(const struct making *m)
{
    arena_stands();
    if (rename(m->beside, m->target) == 0) {
        folder_sync_above(*m->run->keep, text_of(m->target));
        return true;
    }
    return errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
               ? refuse_target(m)
               : machine_failed(m, m->target);
}

static void
remove_made(const struct making *m)
{
    const struct names *names = m->names;
    const char *const files[] = {
        FOLDER_CONFIG,
        names->read_me,
        names->members,
        names->sessions,
        arena_printf(m->run->keep, "%s/%s", names->expenses, names->claims),
        names->attendance,
        names->expenses,
        names->outputs,
    };
    for (size_t i = 0; m->ledger != NULL && i < 2; i++) {
        const char *suffix = i == 0 ? "" : ".identities";
        (void)unlink(arena_printf(m->run->keep, "%s/%s%s", m->beside, m->ledger, suffix));
    }
    for (size_t i = 0; i < ARRAY_COUNT(files); i++) {
        (void)remove(made_path(m, files[i]));
    }
    (void)rmdir(m->beside);
}

/* An id as it is; a path so that it is found from the folder. */
static const char *
rules_named(struct run *run, struct text given)
{
    char resolved[PATH_MAX];
    bool path = text_ends_with(given, STR(".cfg")) ||
                (given.size > 0 && memchr(given.data, '/', given.size) != NULL);
    const char *name = text_string(run->keep, given);
    return path && realpath(name, resolved) != NULL
               ? text_string(run->keep, text_of(resolved))
               : name;
}

/* Without the slash that a shell leaves at the end of a folder's name. */
static const char *
target_named(struct run *run)
{
    struct text name = run->options.operands.items[0];
    while (name.size > 1 && name.data[name.size - 1] == '/') {
        name.size--;
    }
    return text_string(run->keep, name);
}

/* To be filled in by mkdtemp. */
static char *
name_beside(struct run *run, const char *target)
{
    static const char ending[] = ".defray-XXXXXX";
    size_t size = strlen(target);
    char *name = NEW_ARRAY(run->keep, char, size + sizeof ending);
    memcpy(name, target, size);
    memcpy(name + size, ending, sizeof ending);
    return name;
}

static bool
ledger_is_name(struct run *run)
{
    struct text name = option_value(&run->options, OPTION_LEDGER);
    return !option_given(&run->options, OPTION_LEDGER) ||
           (name.size > 0 && memchr(name.data, '/', name.size) == NULL) ||
           diag_error(run->diag, command_line, CODE_U006,
                      "the ledger '%.*s' is made in the folder: give a name without '/'",
                      TEXT_ARG(name));
}

/* A ledger by the name of something else in the folder. */
static bool
ledger_has_place(const struct making *m)
{
    const struct names *names = m->names;
    const char *const taken[] = {FOLDER_CONFIG,    names->members,    names->sessions,
                                 names->decisions, names->attendance, names->expenses,
                                 names->outputs,   names->read_me};
    for (size_t i = 0; m->ledger != NULL && i < ARRAY_COUNT(taken); i++) {
        if (strcmp(taken[i], m->ledger) == 0) {
            return diag_error(
                m->run->diag, command_line, CODE_U015,
                "the folder has a '%s' already: the ledger needs another name",
                m->ledger);
        }
    }
    return true;
}

static void
tell(const struct making *m)
{
    enum language language = m->run->language;
    if (option_given(&m->run->options, OPTION_QUIET)) {
        return;
    }
    printf(tr(language, "made the working folder '%s' for %.*s, %.*s\n"), m->target,
           TEXT_ARG(m->run->rules->authority), TEXT_ARG(m->run->rules->assembly));
    printf(
        tr(language, "  fill in   %s and %s (their second sheet explains the columns)\n"),
        m->names->members, m->names->sessions);
    printf(tr(language, "  then      cd %s && defray status\n"),
           typed_word(m->run->keep, text_of(m->target)));
}

/* A folder is made beside its name and then named: one in which somebody stands cannot be. */
static bool
is_new_name(const struct making *m)
{
    struct text name = text_file_name(text_of(m->target));
    bool stands = text_equals(name, STR(".")) || text_equals(name, STR(".."));
    return !stands || diag_error(m->run->diag, command_line, CODE_U006,
                                 "'%s' is no name of a new folder (write defray init "
                                 "FOLDER, and cd into it)",
                                 m->target);
}

static enum exit_status
init(struct run *run)
{
    struct stat found;
    struct text rules = option_value(&run->options, OPTION_RULES);
    struct making m = {.run = run, .target = target_named(run)};
    if (!ledger_is_name(run) || !is_new_name(&m)) {
        return EXIT_USAGE;
    }
    if (stat(m.target, &found) == 0 && !S_ISDIR(found.st_mode)) {
        (void)refuse_target(&m);
        return EXIT_USAGE;
    }
    if (!run_load_named(run, rules)) {
        return run_status(run);
    }
    m.names = &names_in[run->documents];
    m.rules = rules_named(run, rules);
    m.beside = name_beside(run, m.target);
    m.ledger = option_given(&run->options, OPTION_LEDGER)
                   ? text_string(run->keep, option_value(&run->options, OPTION_LEDGER))
                   : NULL;
    if (!ledger_has_place(&m)) {
        return EXIT_USAGE;
    }
    m.scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    m.stage = stage_new(run->keep);
    bool made = make_folders(&m) && make_files(&m) && make_ledger(&m) && name_it(&m);
    if (!made) {
        stage_discard(m.stage);
    }
    if (!made && m.begun) {
        remove_made(&m);
    }
    arena_release(m.scratch);
    if (!made) {
        return run_status(run);
    }
    run->made = true;
    tell(&m);
    return EXIT_DONE;
}

const struct command command_init = {
    .name = "init",
    .synopsis = "FOLDER --rules RULES [--ledger NAME]",
    .summary = N_("lay out a working folder for an assembly"),
    .help = N_(
        "Makes a folder with the empty tables of members and sessions, places for the months'\n"
        "sheets, claims and outputs, a file defray.cfg that names them, and a page that says what to\n"
        "do. Inside it, a month is enough: 'defray pay 2026-03'. With --ledger, a new ledger too.\n"
        "The folder must be new or empty; if anything fails, nothing is left of it.\n"
        "\n"
        "Example:\n"
        "  defray init assembly --rules poitiers\n"
        "  cd assembly && defray status"),
    .takes = WITH(RULES) | WITH(LEDGER),
    .needs = WITH(RULES),
    .operand = N_("FOLDER: the folder to make"),
    .operands_min = 1,
    .operands_max = 1,
    .makes_folder = true,
    .act = init,
};
