/* SPDX-License-Identifier: Apache-2.0 */
/* defray compare: the same thing under several rule files. With --profiles, invented people:
 * where two assemblies treat alike people unlike, and by how much. */
#include "defray/equality_document.h"
#include "defray/limits.h"
#include "defray/profiles.h"

#include "compare_log.h"
#include "equality_page.h"
#include "outputs.h"
#include "rule_files.h"

#include <stdio.h>

#define RULE_FILES_MAX 24 /* columns that a sheet, and a reader, can take */

static const struct profiles *
read_profiles(struct run *run)
{
    struct reading reading = run_reading(run);
    struct input_list files = run_open_tables(run, OPTION_PROFILES, true);
    return profiles_read(&reading, &files);
}

/* The rule files named, or all there are. False after a diagnostic (usage). */
static bool
name_rules(struct run *run, struct text_list *names)
{
    *names = run->options.operands;
    if (names->count == 0) {
        *names = rule_files_find(run);
    }
    return (names->count > 0 && names->count <= RULE_FILES_MAX) ||
           diag_error(run->diag, (struct where){0}, CODE_U006,
                      "there are %zu rule files to compare: name 1 to %d of them",
                      names->count, RULE_FILES_MAX);
}

static const struct rules *const *
load_rules(struct run *run, const struct text_list *names)
{
    const struct rules **rules = NEW_ARRAY(run->keep, const struct rules *, names->count);
    for (size_t i = 0; i < names->count; i++) {
        rules[i] = run_rules(run, names->items[i]);
        if (rules[i] != NULL) {
            rule_files_enter(run, rules[i]);
        }
    }
    return rules;
}

static const struct document *
make_document(struct run *run, const struct equality *equality)
{
    struct equality_report report = {
        .equality = equality,
        .language = run->documents,
        .inputs = run_inputs(run),
        .input_count = run->inputs.count,
        .version = DEFRAY_VERSION,
    };
    return equality_document(run->keep, &report);
}

static enum exit_status
compare_profiles(struct run *run)
{
    struct date on = DATE_NONE;
    struct text_list names;
    if (!outputs_check(run, FORMATS_TABLE) || !run_read_day(run, OPTION_ON, &on) ||
        !run_read_known_on(run) || !name_rules(run, &names)) {
        return EXIT_USAGE;
    }
    const struct rules *const *rules = load_rules(run, &names);
    const struct profiles *profiles = read_profiles(run);
    if (diag_errors(run->diag) > 0) {
        return run_status(run);
    }
    const struct equality *equality =
        equality_of(run->keep, profiles, rules, names.count, on);
    run->documents = run_language(run, run->language);
    if (!outputs_write(run, make_document(run, equality))) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        equality_page_print(stdout, *run->keep, equality, run->language);
        printf("%s", option_given(&run->options, OPTION_OUTPUT) ? "\n" : "");
        outputs_tell(run);
    }
    return EXIT_DONE;
}

/* Either a log or invented people: an option of the other way would be passed over. */
static bool
way_is_one(struct run *run)
{
    static const uint64_t of_a_log = WITH_TABLES | WITH(PERIOD) | WITH(FOLDER);
    bool profiles = option_given(&run->options, OPTION_PROFILES);
    bool one = true;
    for (int i = 0; i < OPTION_COUNT && profiles; i++) {
        if ((of_a_log & OPTION_BIT(i)) != 0 &&
            option_given(&run->options, (enum option_id)i)) {
            one = diag_error(run->diag, (struct where){0}, CODE_U009,
                             "--profiles and --%s may not be given together",
                             option_name((enum option_id)i));
        }
    }
    if (!profiles && option_given(&run->options, OPTION_ON)) {
        one = diag_error(run->diag, (struct where){0}, CODE_U004,
                         "--on is given without --profiles");
    }
    return one;
}

static enum exit_status
compare(struct run *run)
{
    if (!way_is_one(run)) {
        return EXIT_USAGE;
    }
    return option_given(&run->options, OPTION_PROFILES) ? compare_profiles(run)
                                                        : compare_log(run);
}

const struct command command_compare = {
    .name = "compare",
    .synopsis =
        "RULES_A RULES_B --members FILE --attendance FILE... [...] [-o FILE...]\n"
        "       defray compare --profiles FILE [RULES...] [--on DATE] [-o FILE...]",
    .summary = N_("put one log to two rule files, or the same profiles to several"),
    .help = N_(
        "With two rule files and a real log: what each would pay for the same facts, in total and\n"
        "for each member, who gains and who loses, and the lines that differ, with both texts.\n"
        "\n"
        "With --profiles:\n"
        "Computes what each rule file would give to the same invented people: their amounts side by\n"
        "side, and for each the reason and the text. Without RULES, every rule file that is found.\n"
        "\n"
        "A profile is a row: its name, kind of session, hours, days, status, age, whether it asked to\n"
        "be paid, quotient, costs. Without a kind, each assembly's best paid one is played; half a day\n"
        "or an evening becomes hours where hours are what counts. Each rule file is asked on the last\n"
        "day that it vouches for (the end of its life, or the day it was last checked), unless the\n"
        "profile or --on names a day.\n"
        "\n"
        "Examples:\n"
        "  defray compare poitiers draft.cfg --members members.csv --sessions sessions.csv \\\n"
        "      --attendance attendance.csv --means means.csv --period 2026 -o compared.xlsx\n"
        "  defray compare --profiles fixtures/profils.csv marseille poitiers haute-garonne -o equality.xlsx"),
    .takes = WITH(PROFILES) | WITH(ON) | WITH(AS_KNOWN_ON) | WITH(OUTPUT) | WITH_TABLES |
             WITH(PERIOD),
    .operands_min = 0,
    .operands_max = 64,
    .act = compare,
};
