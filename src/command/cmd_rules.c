/* SPDX-License-Identifier: Apache-2.0 */
/* defray rules: which rule files there are, what one says, whether it holds. */
#include "defray/rules_document.h"

#include "outputs.h"
#include "rule_files.h"
#include "rules_page.h"

#include <stdio.h>

#define RULE_FILES_MAX 63

/* A file is named by its file's name; its id should be no other. */
static void
check_name(struct run *run, struct text name, const struct rules *rules)
{
    if (!text_equals(name, rules->id)) {
        diag_warning(run->diag, (struct where){.input = rules->file}, CODE_R054,
                     "the file '%.*s.cfg' has the id '%.*s'", TEXT_ARG(name),
                     TEXT_ARG(rules->id));
    }
}

static enum exit_status
list_rules(struct run *run, const struct text *none)
{
    (void)none;
    struct text_list names = rule_files_find(run);
    if (names.count == 0) {
        printf("%s\n", tr(run->language, "no rule file was found in:"));
        for (size_t i = 0; i < run->folder_count; i++) {
            printf("  %.*s\n", TEXT_ARG(run->folders[i]));
        }
    }
    for (size_t i = 0; i < names.count; i++) {
        const struct rules *rules = run_rules(run, names.items[i]);
        if (rules != NULL) {
            check_name(run, names.items[i], rules);
            printf("%-23.*s  %.*s, %.*s  [%s]\n", TEXT_ARG(names.items[i]),
                   TEXT_ARG(rules->authority), TEXT_ARG(rules->assembly),
                   rules_page_last_state(run->keep, rules, run->language));
        }
    }
    return run_status(run);
}

/* On the terminal, or in the files asked for. */
static enum exit_status
show_rules(struct run *run, const struct text *named)
{
    if (!outputs_check(run, FORMATS_TABLE)) {
        return EXIT_USAGE;
    }
    const struct rules *rules = run_rules(run, named[0]);
    if (rules == NULL) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_OUTPUT)) {
        rules_page_print(stdout, *run->keep, rules, run->language);
        return EXIT_DONE;
    }
    const struct document *document = rules_document(
        run->keep, rules, run_language(run, rules->language), DEFRAY_VERSION);
    if (!outputs_write(run, document)) {
        return run_status(run);
    }
    outputs_tell(run);
    return EXIT_DONE;
}

static enum exit_status
compare_rules(struct run *run, const struct text *named)
{
    if (!outputs_check(run, FORMATS_TABLE)) {
        return EXIT_USAGE;
    }
    const struct rules *before = run_rules(run, named[0]);
    const struct rules *after = run_rules(run, named[1]);
    if (before == NULL || after == NULL) {
        return run_status(run);
    }
    if (option_given(&run->options, OPTION_OUTPUT)) {
        enum language language = run_language(run, after->language);
        const struct document *document =
            rules_difference_document(run->keep, before, after, language, DEFRAY_VERSION);
        if (!outputs_write(run, document)) {
            return run_status(run);
        }
        outputs_tell(run);
        return EXIT_DONE;
    }
    size_t count = rules_page_compare(stdout, *run->keep, before, after, run->language);
    if (count == 0) {
        printf("%s\n", tr(run->language, N_("no difference")));
    } else {
        printf("\n");
        printf(tr_plural(run->language, "%zu difference\n", "%zu differences\n", count),
               count);
    }
    return EXIT_DONE;
}

/* A source that nothing rests on is a slip, or a text that deserves a citation. */
static void
note_sources(struct run *run, const struct legal_source *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!sources[i].cited) {
            diag_note(run->diag, sources[i].where, CODE_R051,
                      "nothing rests on the source '%.*s'", TEXT_ARG(sources[i].id));
        }
    }
}

/* Not a path: looked for in the rules folders. */
static bool
text_is_name(struct text operand)
{
    bool is_path = text_ends_with(operand, STR(".cfg"));
    for (size_t i = 0; i < operand.size; i++) {
        is_path = is_path || operand.data[i] == '/';
    }
    return !is_path;
}

static void
print_proof(const struct run *run, const struct rules *rules)
{
    enum language language = run->language;
    size_t examples = rules->example_count;
    size_t assumptions = rules->assumption_count;
    printf("%.*s: %s ", TEXT_ARG(rules->id), tr(language, "holds;"));
    printf(tr_plural(language, "%zu example, ", "%zu examples, ", examples), examples);
    printf(tr_plural(language, "%zu assumption to be confirmed\n",
                     "%zu assumptions to be confirmed\n", assumptions),
           assumptions);
}

static enum exit_status
check_rules(struct run *run, const struct text *named)
{
    for (size_t i = 0; i + 1 < run->options.operands.count; i++) {
        const struct rules *rules = run_rules(run, named[i]);
        if (rules == NULL) {
            continue;
        }
        if (text_is_name(named[i])) {
            check_name(run, named[i], rules);
        }
        note_sources(run, rules->sources, rules->source_count);
        note_sources(run, rules->shared_sources, rules->shared_source_count);
        if (!option_given(&run->options, OPTION_QUIET)) {
            print_proof(run, rules);
        }
    }
    return run_status(run);
}

static const struct {
    struct command_verb verb;
    size_t least, most; /* rule files behind it */
    enum exit_status (*act)(struct run *run, const struct text *named);
} verbs[] = {
    {{"list", WITH(AS_KNOWN_ON)},                0, 0,              list_rules   },
    {{"show", WITH(AS_KNOWN_ON) | WITH(OUTPUT)}, 1, 1,              show_rules   },
    {{"check", WITH(AS_KNOWN_ON)},               1, RULE_FILES_MAX, check_rules  },
    {{"diff", WITH(AS_KNOWN_ON) | WITH(OUTPUT)}, 2, 2,              compare_rules},
};

static bool
verb_at(size_t index, struct command_verb *out)
{
    if (index < ARRAY_COUNT(verbs)) {
        *out = verbs[index].verb;
    }
    return index < ARRAY_COUNT(verbs);
}

/* The index of the verb; past the last after a diagnostic. */
static size_t
find_verb(struct run *run, struct text verb)
{
    struct text words[ARRAY_COUNT(verbs)];
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        words[i] = text_of(verbs[i].verb.word);
        if (text_equals(verb, words[i])) {
            return i;
        }
    }
    diag_error(run->diag, (struct where){0}, CODE_U006,
               "'defray rules %.*s' is not understood: write list, show RULES, check "
               "RULES... or diff RULES RULES",
               TEXT_ARG(verb));
    diag_suggest(run->diag, text_nearest(*run->keep, verb, words, ARRAY_COUNT(words)));
    return ARRAY_COUNT(verbs);
}

static bool
refuse_spare(struct run *run, const char *verb, size_t most, struct text spare)
{
    static const struct where command_line = {0};
    if (most == 0) {
        return diag_error(run->diag, command_line, CODE_U006,
                          "'defray rules %s' takes no argument: '%.*s' is one too many",
                          verb, TEXT_ARG(spare));
    }
    if (most == 1) {
        return diag_error(run->diag, command_line, CODE_U006,
                          "'defray rules %s' takes one rule file: '%.*s' is one too many",
                          verb, TEXT_ARG(spare));
    }
    return diag_error(run->diag, command_line, CODE_U006,
                      "'defray rules %s' takes %zu rule files: '%.*s' is one too many",
                      verb, most, TEXT_ARG(spare));
}

/* As many rule files as the verb takes, and no option that it has not. */
static bool
verb_holds(struct run *run, size_t at)
{
    const struct text_list *operands = &run->options.operands;
    const char *word = verbs[at].verb.word;
    size_t named = operands->count - 1;
    if (option_given(&run->options, OPTION_OUTPUT) &&
        (verbs[at].verb.takes & WITH(OUTPUT)) == 0) {
        return diag_error(run->diag, (struct where){0}, CODE_U002,
                          "'defray rules %s' has no option --output", word);
    }
    if (named > verbs[at].most) {
        return refuse_spare(run, word, verbs[at].most,
                            operands->items[verbs[at].most + 1]);
    }
    if (named < verbs[at].least && verbs[at].least > 1) {
        return diag_error(run->diag, (struct where){0}, CODE_U004,
                          "'defray rules diff' needs two rule files: ids or paths");
    }
    return named >= verbs[at].least ||
           diag_error(run->diag, (struct where){0}, CODE_U004,
                      "'defray rules %s' needs RULES: an id, or the path of a rule file",
                      word);
}

static enum exit_status
rules(struct run *run)
{
    const struct text_list *operands = &run->options.operands;
    if (!run_read_known_on(run)) {
        return EXIT_USAGE;
    }
    size_t at = find_verb(run, operands->items[0]);
    if (at == ARRAY_COUNT(verbs) || !verb_holds(run, at)) {
        return EXIT_USAGE;
    }
    return verbs[at].act(run, operands->items + 1);
}

const struct command command_rules = {
    .name = "rules",
    .synopsis = "(list | show RULES [-o FILE...] | check RULES... | "
                "diff RULES RULES [-o FILE...])",
    .summary = N_("list, show, prove and compare the rule files"),
    .help = N_(
        "list    the rule files that can be named by their id\n"
        "show    one as a dated table: amounts, conditions, sources, assumptions to be confirmed,\n"
        "        legal status; with -o, as a document\n"
        "check   proves rule files: every value has a source or is an assumption, every day of the\n"
        "        assembly's life has exactly one value, every worked example holds\n"
        "diff    what two rule files say otherwise, with dates and texts; comments do not count.\n"
        "        The status is 0 whether there are differences or not\n"
        "\n"
        "Examples:\n"
        "  defray rules show poitiers --as-known-on 2025-02-01\n"
        "  defray rules diff marseille trial.cfg"),
    .takes = WITH(AS_KNOWN_ON) | WITH(OUTPUT),
    .operand = N_("a verb: list, show, check or diff"),
    .operands_min = 1,
    .operands_max = 1 + RULE_FILES_MAX,
    .verb_at = verb_at,
    .act = rules,
};
