/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same tables, read against each of two rule files: what is wrong under either is told, and
 * nothing is compared. Figures of the means test are judged under each. Decisions that were given
 * stand under both where both ask the same of a member; where they do not, only figures could tell
 * who passes the second test, and nothing is compared either.
 */
#include "compare_log.h"

#include "defray/comparison_document.h"

#include "outputs.h"
#include "rule_files.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

#define LABEL_WIDTH  12
#define AMOUNT_WIDTH 15
#define SHOWN_MAX    12 /* members on the terminal, the largest differences first */

static bool
usage_is_right(struct run *run)
{
    bool tables = option_given(&run->options, OPTION_MEMBERS) &&
                  option_given(&run->options, OPTION_ATTENDANCE);
    if (run->options.operands.count != 2 || !tables) {
        return diag_error(
            run->diag, (struct where){0}, CODE_U004,
            "compare takes --profiles, or two rule files with --members and "
            "--attendance");
    }
    return outputs_check(run, FORMATS_REPORT) && run_evidence_is_one(run) &&
           run_read_period(run) && run_read_known_on(run);
}

/* The second reading: the same run, under the second rule file. NULL after diagnostics. */
static struct run *
read_again(struct run *run)
{
    struct run *other = NEW(run->keep, struct run);
    *other = *run;
    other->inputs = (struct inputs){0};
    other->diag = diag_new(run->keep, run->language);
    other->options.operands.items++;
    other->options.operands.count--;
    other->options.values[OPTION_DECISIONS].count = 0;
    if (!run_load_rules(other) || !run_read_tables(other)) {
        run->diag = other->diag;
        return NULL;
    }
    if (option_given(&run->options, OPTION_DECISIONS)) {
        if (!comparison_decisions_stand(*run->keep, &run->batch, other->rules)) {
            diag_error(
                run->diag, other->rules->stipend.means.basis.where, CODE_D005,
                "the decisions were taken under '%.*s', which does not ask this of "
                "a member",
                TEXT_ARG(run->rules->id));
            return NULL;
        }
        other->batch.decisions = run->batch.decisions;
    }
    return other;
}

static void
print_total(const struct run *run, const char *what, struct money before,
            struct money after, bool waits)
{
    struct money difference = money_subtract(after, before);
    printf("  ");
    put_left(stdout, tr(run->language, what), LABEL_WIDTH);
    struct money amounts[] = {before, after, difference};
    for (size_t i = 0; i < ARRAY_COUNT(amounts); i++) {
        put_right(stdout, tr_money(run->keep, run->language, amounts[i]), AMOUNT_WIDTH);
    }
    printf("%s\n", waits ? " ?" : "");
}

/* The index of the member with the largest difference not shown yet. */
static size_t
next_largest(const struct comparison *comparison, const bool *shown)
{
    size_t best = comparison->before->roster->count;
    int64_t most = 0;
    for (size_t i = 0; i < comparison->before->roster->count; i++) {
        const struct compared_member *member = &comparison->members[i];
        int64_t away = member->after.total.cents - member->before.total.cents;
        away = away < 0 ? -away : away;
        if (!shown[i] && away > most) {
            most = away;
            best = i;
        }
    }
    return best;
}

struct change { /* lines that differ in the same way */
    const char *reason;
    size_t count;
    int64_t cents; /* what they add up to */
};

static struct change *
change_of(struct change *changes, size_t *count, const char *reason)
{
    size_t i = 0;
    while (i < *count && strcmp(changes[i].reason, reason) != 0) {
        i++;
    }
    if (i == *count) {
        changes[(*count)++] = (struct change){.reason = reason};
    }
    return &changes[i];
}

/* What moves most of a member's difference, and in its direction: lines that give as much under
 * both rules, for another reason, explain nothing of it. */
static struct change
largest_change(struct arena *keep, enum language language,
               const struct compared_line *pairs, size_t count, bool up)
{
    struct change *changes = NEW_ARRAY(keep, struct change, count + 1);
    size_t kinds = 0;
    for (size_t i = 0; i < count; i++) {
        const char *reason = compared_reason(keep, language, &pairs[i]);
        struct change *change = change_of(changes, &kinds, reason);
        int64_t cents = pairs[i].after->due.cents - pairs[i].before->due.cents;
        change->cents += up ? cents : -cents;
        change->count++;
    }
    struct change largest = changes[0];
    for (size_t i = 1; i < kinds; i++) {
        largest = changes[i].cents > largest.cents ? changes[i] : largest;
    }
    return largest;
}

static void
print_change(const struct run *run, struct change change, size_t lines)
{
    if (change.count < lines) {
        printf(tr(run->language, N_("    %s (%zu of %zu lines that differ)\n")),
               change.reason, change.count, lines);
        return;
    }
    printf(tr_plural(run->language, "    %s (%zu line)\n", "    %s (%zu lines)\n", lines),
           change.reason, lines);
}

static void
print_members(const struct run *run, const struct comparison *comparison)
{
    size_t count = comparison->before->roster->count;
    bool *shown = NEW_ARRAY(run->keep, bool, count + 1);
    for (int i = 0; i < SHOWN_MAX; i++) {
        size_t member = next_largest(comparison, shown);
        if (member == count) {
            return;
        }
        shown[member] = true;
        const struct compared_member *compared = &comparison->members[member];
        struct text id = comparison->before->roster->items[member].id;
        print_total(run, text_string(run->keep, id), compared->before.total,
                    compared->after.total, compared->waits);
        struct arena scratch = *run->keep;
        size_t lines = 0;
        const struct compared_line *pairs =
            comparison_lines(&scratch, comparison, (uint32_t)member, &lines);
        if (lines > 0) {
            bool up = money_compare(compared->after.total, compared->before.total) > 0;
            print_change(run, largest_change(&scratch, run->language, pairs, lines, up),
                         lines);
        }
    }
    if (next_largest(comparison, shown) < count) {
        printf("  …\n");
    }
}

static void
print_comparison(const struct run *run, const struct comparison *comparison)
{
    enum language language = run->language;
    printf(tr(language, N_("%.*s, %.*s: %.*s -> %.*s\n")),
           TEXT_ARG(run->rules->authority), TEXT_ARG(run->rules->assembly),
           TEXT_ARG(run->options.operands.items[0]),
           TEXT_ARG(run->options.operands.items[1]));
    print_total(run, N_("stipends"), comparison->total_before.stipend,
                comparison->total_after.stipend, false);
    print_total(run, N_("expenses"), comparison->total_before.expenses,
                comparison->total_after.expenses, false);
    print_total(run, N_("total"), comparison->total_before.total,
                comparison->total_after.total, false);
    printf("  %s\n", comparison_sentence(run->keep, language, comparison));
    size_t next = 0;
    for (const char *unpaid = NULL;
         (unpaid = comparison_unpaid(run->keep, language, comparison, &next)) != NULL;) {
        printf("  %s\n", unpaid);
    }
    if (comparison->waiting > 0) {
        printf("  %s\n",
               tr(language, N_("? something is missing: neither paid nor refused, "
                               "and 0.00 in these sums")));
    }
    printf("\n");
    print_members(run, comparison);
    const struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    for (size_t i = 0; i < outputs->count; i++) {
        printf("%s  %s %.*s\n", i == 0 ? "\n" : "", tr(language, N_("wrote")),
               TEXT_ARG(outputs->items[i]));
    }
}

enum exit_status
compare_log(struct run *run)
{
    if (!usage_is_right(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run)) {
        return run_status(run);
    }
    struct run *other = read_again(run);
    if (other == NULL) {
        return run_status(run);
    }
    rule_files_enter(run, other->rules);
    const struct comparison *comparison =
        comparison_make(run->keep, &run->batch, &other->batch);
    struct comparison_report report = {
        .comparison = comparison,
        .language = run->documents,
        .inputs = run_inputs(run),
        .input_count = run->inputs.count,
        .version = DEFRAY_VERSION,
    };
    if (!outputs_write(run, comparison_document(run->keep, &report))) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        print_comparison(run, comparison);
    }
    return EXIT_DONE;
}
