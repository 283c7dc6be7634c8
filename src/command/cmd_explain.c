/* SPDX-License-Identifier: Apache-2.0 */
/* defray explain: why an amount, why nothing; or the page of a diagnostic code. */
#include "defray/explanation.h"
#include "defray/status.h"

#include "certify.h"
#include "outputs.h"

#include <stdio.h>

static void
print_code(const struct run *run, const struct code_page *page)
{
    static const char *const severities[] = {
        [SEVERITY_NOTE] = N_("note"),
        [SEVERITY_WARNING] = N_("warning"),
        [SEVERITY_ERROR] = N_("error"),
    };
    enum language language = run->language;
    printf("%s  %s  (%s)\n\n", page->id, tr(language, page->title),
           tr(language, severities[page->severity]));
    printf("  %s\n\n", tr(language, page->meaning));
    printf("  %s %s\n", tr(language, "remedy:"), tr(language, page->remedy));
}

/* "A012", or "a012". */
static bool
looks_like_a_code(struct text t)
{
    if (t.size != 4 || (t.data[0] | 0x20) < 'a' || (t.data[0] | 0x20) > 'z') {
        return false;
    }
    for (size_t i = 1; i < t.size; i++) {
        if (t.data[i] < '0' || t.data[i] > '9') {
            return false;
        }
    }
    return true;
}

static enum exit_status
explain_code(struct run *run, struct text id)
{
    const struct code_page *page = code_find(id);
    if (page != NULL) {
        print_code(run, page);
        return EXIT_DONE;
    }
    struct text known[CODE_COUNT];
    for (int i = 0; i < CODE_COUNT; i++) {
        known[i] = text_of(code_page((enum code)i)->id);
    }
    diag_error(run->diag, (struct where){0}, CODE_U010, "there is no code '%.*s'",
               TEXT_ARG(id));
    diag_suggest(run->diag, text_nearest(*run->keep, id, known, CODE_COUNT));
    return EXIT_USAGE;
}

/* One sentence a line; results and texts stand out by their place, not by colour. */
static void
print_lines(const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->count; i++) {
        const struct line_account *account = &explanation->lines[i];
        printf("\n%s\n", account->title);
        for (size_t j = 0; j < account->sentences.count; j++) {
            printf("    %s\n", account->sentences.items[j].text);
        }
    }
}

static void
print_explanation(const struct run *run, const struct explanation *explanation,
                  bool whole)
{
    const struct participant *member = explanation->member;
    printf("%.*s  %.*s %.*s  (%.*s)\n", TEXT_ARG(member->id), TEXT_ARG(member->last_name),
           TEXT_ARG(member->first_name), TEXT_ARG(run->rules->id));
    run_print_known_on(run);
    print_lines(explanation);
    if (explanation->count == 0) {
        printf("\n%s\n",
               tr(run->language, "nothing was recorded for this member in the period"));
    }
    if (whole) {
        printf("\n%s %s € + %s %s € = %s €\n", tr(run->language, "stipends"),
               tr_money(run->keep, run->language, explanation->stipend),
               tr(run->language, "expenses"),
               tr_money(run->keep, run->language, explanation->expenses),
               tr_money(run->keep, run->language, explanation->total));
    }
    if (whole && explanation->unpaid.cents > 0) {
        printf(
            tr(run->language,
               N_("of which %s € are not paid: the scheme pays nothing on these days\n")),
            tr_money(run->keep, run->language, explanation->unpaid));
    }
}

static bool
session_is_known(struct run *run, struct text id)
{
    const struct log *log = run->batch.log;
    struct text *ids = NEW_ARRAY(run->keep, struct text, log->session_count + 1);
    for (size_t i = 0; i < log->session_count; i++) {
        ids[i] = log->sessions[i].id;
        if (text_equals(ids[i], id)) {
            return true;
        }
    }
    diag_error(run->diag, (struct where){0}, CODE_U010, "there is no session '%.*s'",
               TEXT_ARG(id));
    diag_suggest(run->diag, text_nearest(*run->keep, id, ids, log->session_count));
    return false;
}

static enum exit_status
explain_member(struct run *run)
{
    struct text id = option_value(&run->options, OPTION_MEMBER);
    uint32_t member = run_find_member(run, id);
    if (member == INDEX_NONE) {
        return EXIT_USAGE;
    }
    struct text session = option_value(&run->options, OPTION_SESSION);
    if (session.size > 0 && !session_is_known(run, session)) {
        return EXIT_USAGE;
    }
    struct batch traced = run->batch;
    traced.traced = true;
    struct explaining spoken = {&traced, member, session, run->language, DEFRAY_VERSION};
    struct explaining written = spoken;
    written.language = run->documents;
    const struct document *document =
        explanation_document(run->keep, &written, explanation_make(run->keep, &written));
    if (option_given(&run->options, OPTION_CERTIFICATE)) {
        run->certificate = tree_pretty(run->keep, run_certificate(run, member));
    }
    if (!outputs_write(run, document)) {
        return run_status(run);
    }
    print_explanation(run, explanation_make(run->keep, &spoken), session.size == 0);
    return EXIT_DONE;
}

static enum exit_status
explain(struct run *run)
{
    struct text first = run->options.operands.items[0];
    if (looks_like_a_code(first)) {
        struct text id = text_of(
            arena_printf(run->keep, "%c%.3s", first.data[0] & ~0x20, first.data + 1));
        return explain_code(run, id);
    }
    static const enum option_id needed[] = {OPTION_MEMBER, OPTION_MEMBERS,
                                            OPTION_ATTENDANCE};
    static const char *const names[] = {"--member", "--members", "--attendance"};
    bool given = true;
    for (size_t i = 0; i < ARRAY_COUNT(needed); i++) {
        if (!option_given(&run->options, needed[i])) {
            given =
                diag_error(run->diag, (struct where){0}, CODE_U004,
                           "to explain an amount, 'defray explain' needs %s", names[i]);
        }
    }
    if (option_given(&run->options, OPTION_CERTIFICATE) &&
        (!option_given(&run->options, OPTION_PERIOD) ||
         option_given(&run->options, OPTION_SESSION))) {
        given = diag_error(run->diag, (struct where){0}, CODE_U004,
                           "a certificate is of a whole period: --certificate needs "
                           "--period, and not --session");
    }
    if (!given || !outputs_check(run, FORMATS_REPORT) || !run_evidence_is_one(run) ||
        !run_read_period(run) || !run_read_known_on(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run)) {
        return run_status(run);
    }
    run->errors_only =
        true; /* what was noticed about other members is not the question */
    return explain_member(run);
}

const struct command command_explain = {
    .name = "explain",
    .synopsis = "(CODE | RULES --members FILE --attendance FILE... --member ID [...])",
    .summary = N_("say why an amount, why nothing, or what a code means"),
    .help = N_(
        "For a member: every line of the period in sentences, with its operands, its rounding, what each\n"
        "ceiling took, the text it rests on with its address, and the line of the file it came from;\n"
        "for nothing, the condition that failed and what would settle it. With -o, the same as a page\n"
        "to file; with --certificate, what 'defray verify' can compute again. For a code: what it\n"
        "means and what to do.\n"
        "\n"
        "Examples:\n"
        "  defray explain A012\n"
        "  defray explain poitiers --members members.csv --attendance attendance.csv \\\n"
        "      --sessions sessions.csv --decisions decisions.csv --period 2026-03 --member P001"),
    .takes = WITH_TABLES | WITH(PERIOD) | WITH(AS_KNOWN_ON) | WITH(MEMBER) |
             WITH(SESSION) | WITH(OUTPUT) | WITH(CERTIFICATE),
    .operand = N_("a code such as A012, or RULES: an id ('defray rules list') or a path"),
    .operands_min = 1,
    .operands_max = 1,
    .act = explain,
};
