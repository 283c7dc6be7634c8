/* SPDX-License-Identifier: Apache-2.0 */
/*
 * defray verify: a certificate computed again, as deep as what is given allows: by itself,
 * against its rule file, against the tables.
 */
#include "defray/limits.h"
#include "defray/status.h"
#include "defray/tree_read.h"

#include "certify.h"
#include "terminal.h"

#include <stdio.h>

#define LABEL_WIDTH 15

struct verifying {
    struct run *run;
    const struct tree *certificate;
    struct where where;
};

static void
say(const struct run *run, const char *what, const char *found)
{
    printf("  ");
    put_left(stdout, tr(run->language, what), LABEL_WIDTH);
    printf(" %s\n", found);
}

static void
print_head(const struct verifying *work)
{
    const struct tree *member = tree_get(work->certificate, "member");
    const struct tree *period = tree_get(work->certificate, "period");
    const struct tree *totals = tree_get(work->certificate, "totals");
    struct money total = {0};
    (void)money_parse(tree_get_text(totals, "total"), &total);
    printf("%.*s  %.*s %.*s  (%.*s)  %.*s .. %.*s  %s €\n",
           TEXT_ARG(tree_get_text(member, "id")),
           TEXT_ARG(tree_get_text(member, "last_name")),
           TEXT_ARG(tree_get_text(member, "first_name")),
           TEXT_ARG(tree_get_text(tree_get(work->certificate, "rules"), "id")),
           TEXT_ARG(tree_get_text(period, "from")), TEXT_ARG(tree_get_text(period, "to")),
           tr_money(work->run->keep, work->run->language, total));
}

static const char *
found(const struct run *run, bool holds, const char *detail)
{
    return holds ? detail : tr(run->language, "DOES NOT HOLD, see the messages");
}

static bool
verify_alone(struct verifying *work)
{
    struct run *run = work->run;
    struct arena *keep = run->keep;
    size_t lines = tree_get(work->certificate, "lines")->count +
                   tree_get(work->certificate, "earlier")->count;
    say(run, N_("form and seal"), tr(run->language, "hold"));
    bool holds = certificate_adds_up(keep, work->certificate, work->where, run->diag);
    const char *detail = arena_printf(
        keep,
        tr_plural(run->language, "%zu line recomputed from its operands",
                  "%zu lines recomputed from their operands", (unsigned long)lines),
        lines);
    say(run, N_("arithmetic"), found(run, holds, detail));
    return holds;
}

static bool
verify_rules(struct verifying *work)
{
    struct run *run = work->run;
    const struct tree *head = tree_get(work->certificate, "rules");
    char sha256[65];
    digest_text(run->rules->file->digest, sha256);
    bool same = text_equals(tree_get_text(head, "sha256"), text_of(sha256));
    bool holds = certificate_follows(run->keep, work->certificate, run->rules,
                                     work->where, run->diag);
    if (!same) {
        diag_note(run->diag, work->where, CODE_C008,
                  "made with another version of rule file '%.*s'",
                  TEXT_ARG(run->rules->id));
    }
    say(run, N_("rules"),
        found(run, holds,
              same ? tr(run->language, "the very file: each rate, ceiling and text")
                   : tr(run->language, "each rate, ceiling and text; the file is another "
                                       "version")));
    return holds;
}

/* A certificate proves what the rules come to; not that they pay. */
static void
say_status(const struct run *run)
{
    const struct rules *rules = run->rules;
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        char from[DATE_TEXT_MAX];
        if (status_touches(status, run->batch.period) && !scheme_pays(status->state)) {
            say(run, N_("status"),
                arena_printf(
                    run->keep,
                    tr(run->language, N_("%s since %s: nothing is paid for these days")),
                    scheme_state_label(run->language, status->state),
                    date_text(status->during.from, from)));
        }
    }
}

static bool
verify_tables(struct verifying *work)
{
    struct run *run = work->run;
    const struct tree *member = tree_get(work->certificate, "member");
    uint32_t index = roster_find(run->batch.roster, tree_get_text(member, "id"));
    bool holds = false;
    if (index == INDEX_NONE) {
        diag_error(run->diag, work->where, CODE_C007,
                   "member.id: the members' table has no '%.*s'",
                   TEXT_ARG(tree_get_text(member, "id")));
    } else {
        holds = certificate_equals(run->keep, work->certificate,
                                   run_certificate(run, index), work->where, run->diag);
    }
    say(run, N_("tables"),
        found(run, holds,
              tr(run->language, "the member computed anew: the same in all")));
    return holds;
}

static bool
tables_are_given(struct run *run, bool *complete)
{
    bool any = false;
    for (int i = OPTION_MEMBERS; i <= OPTION_DECISIONS; i++) {
        any = any || option_given(&run->options, (enum option_id)i);
    }
    *complete = true;
    static const enum option_id needed[] = {OPTION_MEMBERS, OPTION_ATTENDANCE};
    static const char *const names[] = {"--members", "--attendance"};
    for (size_t i = 0; i < ARRAY_COUNT(needed) && any; i++) {
        if (!option_given(&run->options, needed[i])) {
            *complete = diag_error(run->diag, (struct where){0}, CODE_U004,
                                   "to compare with the tables, 'defray verify' needs %s",
                                   names[i]);
        }
    }
    return any;
}

/* The rule file of the certificate, or the one named after it. */
static bool
load(struct verifying *work, struct text name)
{
    struct run *run = work->run;
    const struct tree *period = tree_get(work->certificate, "period");
    const struct tree *head = tree_get(work->certificate, "rules");
    (void)date_parse_iso(tree_get_text(head, "as_known_on"), &run->known_on);
    (void)date_parse_iso(tree_get_text(period, "from"), &run->batch.period.from);
    (void)date_parse_iso(tree_get_text(period, "to"), &run->batch.period.to);
    return run_load_named(run, name);
}

static enum exit_status
conclude(const struct run *run, bool accepted)
{
    printf("%s\n",
           accepted ? tr(run->language, "accepted") : tr(run->language, "rejected"));
    enum exit_status status = run_status(run);
    return accepted ? status : status == EXIT_DONE ? EXIT_DATA : status;
}

/* What was compared agrees, and something could not be: no rejection, nor acceptance. */
static enum exit_status
conclude_in_part(const struct run *run, bool holds)
{
    if (!holds) {
        return conclude(run, false);
    }
    printf("%s\n", tr(run->language, N_("not decided: what was compared agrees")));
    enum exit_status status = run_status(run);
    return status == EXIT_DONE ? EXIT_WAITING : status;
}

/* The rule file that the certificate names, where none is named, and none is there. */
static bool
rules_are_absent(const struct verifying *work, struct text name)
{
    struct run *run = work->run;
    if (run->options.operands.count > 1 ||
        rules_are_there(*run->keep, name, run->folders, run->folder_count)) {
        return false;
    }
    diag_warning(run->diag, work->where, CODE_C009,
                 "rule file '%.*s' is in none of the rules folders", TEXT_ARG(name));
    say(run, N_("rules"),
        tr(run->language, N_("not compared: the rule file is not there")));
    return true;
}

/* The period is the certificate's; whoever states it too states the same. */
static bool
period_agrees(const struct verifying *work)
{
    struct run *run = work->run;
    const struct tree *period = tree_get(work->certificate, "period");
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    if (!option_given(&run->options, OPTION_PERIOD)) {
        return true;
    }
    if (!run_read_period(run)) {
        return false;
    }
    date_text(run->batch.period.from, from);
    date_text(run->batch.period.to, to);
    bool same = text_equals(text_of(from), tree_get_text(period, "from")) &&
                text_equals(text_of(to), tree_get_text(period, "to"));
    return same || diag_error(run->diag, (struct where){0}, CODE_U006,
                              "the certificate is of %.*s .. %.*s, not of %s .. %s",
                              TEXT_ARG(tree_get_text(period, "from")),
                              TEXT_ARG(tree_get_text(period, "to")), from, to);
}

/* Whether the file calls itself a certificate. Of another one, or of one that cannot be read, no
 * verdict is given: a mistyped name is no forgery. */
static bool
is_named_certificate(const struct tree *tree)
{
    return tree != NULL && tree->type == TREE_OBJECT &&
           text_starts_with(tree_get_text(tree, "schema"), STR("defray.certificate"));
}

static enum exit_status
verify(struct run *run)
{
    bool complete = true;
    bool tables = tables_are_given(run, &complete);
    if (!complete || !run_evidence_is_one(run)) {
        return EXIT_USAGE;
    }
    struct input *input = input_read(run->keep, run->options.operands.items[0],
                                     CERTIFICATE_BYTES_MAX, true, run->diag);
    struct verifying work = {.run = run, .where = {.input = input}};
    work.certificate = input == NULL ? NULL : tree_read(run->keep, input, run->diag);
    if (work.certificate == NULL ||
        !certificate_form_holds(run->keep, work.certificate, work.where, run->diag)) {
        return is_named_certificate(work.certificate) ? conclude(run, false)
                                                      : run_status(run);
    }
    if (!period_agrees(&work)) {
        return EXIT_USAGE;
    }
    print_head(&work);
    bool holds = verify_alone(&work);
    struct text name = run->options.operands.count > 1
                           ? run->options.operands.items[1]
                           : tree_get_text(tree_get(work.certificate, "rules"), "id");
    if (rules_are_absent(&work, name)) {
        return conclude_in_part(run, holds);
    }
    if (!load(&work, name)) {
        say(run, N_("rules"),
            tr(run->language, "not compared: the rule file cannot be used"));
        return conclude_in_part(run, holds);
    }
    holds = verify_rules(&work) && holds;
    say_status(run);
    if (!tables) {
        say(run, N_("tables"), tr(run->language, "not compared: none were given"));
        return conclude(run, holds);
    }
    size_t errors = diag_errors(run->diag);
    bool read = run_read_tables(run);
    if (diag_errors(run->diag) > errors) {
        say(run, N_("tables"), tr(run->language, "not compared: they are refused"));
        return conclude_in_part(run, holds);
    }
    if (!read) {
        say(run, N_("tables"),
            tr(run->language, "not compared: the certificate does not hold"));
        return conclude(run, false);
    }
    run->errors_only = true; /* notices about the tables are not the question */
    holds = verify_tables(&work) && holds;
    return conclude(run, holds);
}

const struct command command_verify = {
    .name = "verify",
    .synopsis = "CERTIFICATE [RULES] [--members FILE --attendance FILE... ...]",
    .summary = N_("compute a certificate again, and accept or reject it"),
    .help = N_(
        "A certificate is what 'defray explain --certificate' writes. It is verified in four depths:\n"
        "its form and seal; every amount from its operands; every rate, ceiling, condition and text\n"
        "against the rule file it names (or RULES); and, with the tables, the member computed anew.\n"
        "Each disagreement is told by line and field. Accepted: status 0. Rejected: status 3. Not\n"
        "decided, for the rule file it names is not in the rules folders: status 1. A file that cannot be\n"
        "read, or is no certificate, has no verdict: status 3 and an error.\n"
        "\n"
        "Example:\n"
        "  defray verify P001.json poitiers --members members.csv --sessions sessions.csv \\\n"
        "      --attendance attendance.csv --decisions decisions.csv"),
    .takes = WITH_TABLES | WITH(PERIOD),
    .operand = N_("CERTIFICATE: a file that 'defray explain --certificate' wrote"),
    .operands_min = 1,
    .operands_max = 2,
    .names_tables = true,
    .act = verify,
};
