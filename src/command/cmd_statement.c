/* SPDX-License-Identifier: Apache-2.0 */
/* defray statement: what each member is told of the period. The same computation as the payment,
 * and the same sums. */
#include "defray/ledger_view.h"

#include "leaflets.h"
#include "pay.h"

#include <stdio.h>

static struct document *
make(struct arena *keep, struct arena scratch, const void *context, struct chosen chosen)
{
    return statement_document(keep, scratch, context, chosen);
}

static void
tell(const struct run *run, const struct summary *summary, struct chosen chosen)
{
    enum language language = run->language;
    struct money total = {0};
    size_t paid = 0;
    for (size_t i = 0; i < chosen.count; i++) {
        struct money one = summary->persons[chosen.items[i]].total;
        total = money_add(total, one);
        paid += one.cents > 0;
    }
    run_print_head(run, run->batch.period);
    printf("  ");
    printf(tr_plural(language, "%zu statement, ", "%zu statements, ", chosen.count),
           chosen.count);
    printf(tr(language, "%s € in all; with nothing to pay: %zu\n"),
           tr_money(run->keep, language, total), chosen.count - paid);
    printf("  ");
    leaflets_tell(run, chosen);
}

static bool
waits(const struct summary *summary, struct chosen chosen)
{
    for (size_t i = 0; i < chosen.count; i++) {
        if (summary->persons[chosen.items[i]].waiting > 0) {
            return true;
        }
    }
    return false;
}

static enum exit_status
statement(struct run *run)
{
    struct chosen chosen;
    if (!leaflets_check(run) || !run_evidence_is_one(run) || !run_read_period(run) ||
        !run_read_known_on(run) || !pay_since_is_kept(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run) || !run_policy_allows(run) ||
        !leaflets_choose(run, &chosen) || !pay_look_at_ledger(run)) {
        return run_status(run);
    }
    run->batch.traced = true;
    const struct summary *summary =
        batch_summarise(run->keep, &run->batch, run->diag, run->progress);
    if (!pay_may_go_on(run, summary)) {
        return EXIT_INVARIANT;
    }
    if (!ledger_texts_allow(run->diag, &run->batch, summary)) {
        return run_status(run); /* no page tells what no text allows */
    }
    struct statements statements = {&run->batch, summary, run->documents};
    struct leaflet_maker maker = {make, &statements, ""};
    if (!leaflets_write(run, maker, chosen)) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        tell(run, summary, chosen);
    }
    return waits(summary, chosen) ? EXIT_WAITING : EXIT_DONE;
}

const struct command command_statement = {
    .name = "statement",
    .synopsis = "RULES --members FILE --attendance FILE... --period PERIOD [...] -o DIR",
    .summary = N_("write a page for each member: how much, why, how to contest"),
    .help = N_(
        "Takes what 'defray pay' takes and writes what each member is told of the period: every line with\n"
        "how its amount comes about and under which text, what is not paid and what the member can do, how\n"
        "to contest where the rule file says it. Everybody in the members' table has a page, also with\n"
        "nothing due. No income is in it, and of an account number the last four characters.\n"
        "\n"
        "-o DIR makes one file a member, DIR/P001.pdf (html too with --format), in a folder that is made if\n"
        "need be; -o FILE.pdf or FILE.html puts all of them in one file. They hold names and amounts: only\n"
        "their owner can read them. With --ledger, what was paid before is taken off.\n"
        "\n"
        "Example:\n"
        "  defray statement poitiers --members members.csv --attendance attendance.csv \\\n"
        "      --sessions sessions.csv --decisions decisions.csv --period 2026-03 -o statements"),
    .takes = WITH_TABLES | WITH(PERIOD) | WITH(AS_KNOWN_ON) | WITH(MEMBER) |
             WITH(OUTPUT) | WITH(FORMAT) | WITH(LEDGER) | WITH(SINCE),
    .needs = WITH(MEMBERS) | WITH(ATTENDANCE) | WITH(PERIOD) | WITH(OUTPUT),
    .operands_min = 1,
    .operands_max = 1,
    .act = statement,
};
