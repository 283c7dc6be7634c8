/* SPDX-License-Identifier: Apache-2.0 */
/* defray explain: why an amount, why nothing; or the page of a diagnostic code. */
#include "run.h"

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

static void
print_basis(enum language language, const struct basis *basis)
{
    if (basis == NULL) {
        return;
    }
    if (basis->source == NULL) {
        printf("    %s %.*s\n", tr(language, "assumption, to be confirmed:"),
               TEXT_ARG(basis->assumption));
        return;
    }
    const struct legal_source *source = basis->source;
    printf("    %s %.*s, %.*s", tr(language, "text:"), TEXT_ARG(source->id),
           TEXT_ARG(source->title));
    if (basis->article.size > 0) {
        printf(", %.*s", TEXT_ARG(basis->article));
    }
    printf("\n");
    if (source->address.size > 0) {
        printf("          %.*s\n", TEXT_ARG(source->address));
    }
}

/* The decimal point as the language writes it, in place. */
static const char *
decimal(enum language language, char *number)
{
    for (size_t i = 0; language == LANGUAGE_FR && number[i] != '\0'; i++) {
        if (number[i] == '.') {
            number[i] = ',';
        }
    }
    return number;
}

/* "3:00 h x 13.74 = 41.22"; for a receipt, what was claimed and the most that its rate allows. */
static void
print_operands(const struct run *run, const struct line *line)
{
    enum language language = run->language;
    char quantity[RATIO_TEXT_MAX];
    char rate[RATIO_TEXT_MAX];
    const char *gross = tr_money(run->keep, language, line->gross);
    const char *unit = line->unit == UNIT_HOUR ? "h" : unit_label(language, line->unit);
    bool claimed = line->is_claim && line->price->method->uses_amount;
    if (line->unit == UNIT_HOUR && line->duration != DURATION_NONE) {
        duration_text(line->duration, quantity);
    } else {
        ratio_text(line->quantity, 0, 4, quantity);
    }
    if (claimed) {
        printf("    %s %s €", tr(language, "claimed"), gross);
    }
    if (line->rate.den != 0) {
        ratio_text(line->rate, 2, 4, rate);
        struct money most =
            money_round(ratio_times(line->quantity, line->rate), line->price->rounding);
        printf(claimed ? "; %s " : "    %s", claimed ? tr(language, "at most") : "");
        printf("%s %s × %s € = %s €", decimal(language, quantity), unit,
               decimal(language, rate),
               claimed ? tr_money(run->keep, language, most) : gross);
    } else if (!claimed) {
        printf("    %s €", gross);
    }
    if (line->derivation.size > 0) {
        printf("   [%.*s]", TEXT_ARG(line->derivation));
    }
    printf("\n");
}

static void
print_caps(const struct run *run, const struct line *line)
{
    static const char *const caps[SPAN_COUNT] = {
        [SPAN_LINE] = N_("ceiling"),
        [SPAN_DAY] = N_("ceiling of the day"),
        [SPAN_MONTH] = N_("ceiling of the month"),
        [SPAN_YEAR] = N_("ceiling of the year"),
        [SPAN_MANDATE] = N_("ceiling of the mandate"),
    };
    for (int span = 0; span < SPAN_COUNT; span++) {
        if (line->taken[span].cents > 0) {
            printf("    %s%s− %s €\n", tr(run->language, caps[span]),
                   tr(run->language, ": "),
                   tr_money(run->keep, run->language, line->taken[span]));
        }
    }
}

static void
print_line(const struct run *run, struct arena scratch, const struct line *line)
{
    enum language language = run->language;
    char day[DATE_TEXT_MAX];
    const char *kind =
        line->session == NULL ? "" : kind_label(language, line->session->kind);
    struct text label = rules_label(run->rules, line->entitlement, language);
    printf("\n%s  %.*s%s%.*s%s%s  (%s)\n", date_text(line->date, day),
           TEXT_ARG(line->session_id), line->session_id.size == 0 ? "" : "  ",
           TEXT_ARG(label), kind[0] == '\0' ? "" : ", ", kind,
           where_text(&scratch, line->where));
    if (line->price != NULL) {
        print_operands(run, line);
        print_caps(run, line);
    }
    const char *reason = line_reason(&scratch, language, line);
    printf("    %s %s €%s%s\n", line_state_label(language, line->state),
           tr_money(&scratch, language, line->due),
           reason[0] == '\0' ? "" : tr(language, ": "), reason);
    print_basis(language, line->rate_basis);
    if (line->basis != line->rate_basis) {
        print_basis(language, line->basis);
    }
    const char *settles = line_settles(language, line);
    if (settles[0] != '\0') {
        printf("    %s %s\n", tr(language, "what would settle it:"), settles);
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
    uint32_t member = roster_find(run->batch.roster, id);
    if (member == INDEX_NONE) {
        diag_error(run->diag, (struct where){0}, CODE_U010, "there is no member '%.*s'",
                   TEXT_ARG(id));
        diag_suggest(run->diag, roster_nearest(run->batch.roster, *run->keep, id));
        return EXIT_USAGE;
    }
    const struct participant *participant = &run->batch.roster->items[member];
    struct text session = option_value(&run->options, OPTION_SESSION);
    if (session.size > 0 && !session_is_known(run, session)) {
        return EXIT_USAGE;
    }
    struct member_result result = liquidate_member(run->keep, &run->batch, member);
    printf("%.*s  %.*s %.*s  (%.*s)\n", TEXT_ARG(participant->id),
           TEXT_ARG(participant->last_name), TEXT_ARG(participant->first_name),
           TEXT_ARG(run->rules->id));
    run_print_known_on(run);
    size_t shown = 0;
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        if (session.size == 0 || text_equals(line->session_id, session)) {
            print_line(run, *run->keep, line);
            shown++;
        }
    }
    if (shown == 0) {
        printf("\n%s\n",
               tr(run->language, "nothing was recorded for this member in the period"));
    }
    if (session.size == 0) {
        printf("\n%s %s € + %s %s € = %s €\n", tr(run->language, "stipends"),
               tr_money(run->keep, run->language, result.stipend),
               tr(run->language, "expenses"),
               tr_money(run->keep, run->language, result.expenses),
               tr_money(run->keep, run->language, result.total));
    }
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
    if (!given || !run_evidence_is_one(run) || !run_read_period(run) ||
        !run_read_known_on(run)) {
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
        "For a member: every line of the period with its operands, what each ceiling took, the text\n"
        "it rests on with its address, and the line of the file it came from; for nothing, the\n"
        "condition that failed and what would settle it. For a code: what it means and what to do.\n"
        "\n"
        "Examples:\n"
        "  defray explain A012\n"
        "  defray explain poitiers --members members.csv --attendance attendance.csv \\\n"
        "      --sessions sessions.csv --decisions decisions.csv --period 2026-03 --member P001"),
    .takes =
        WITH_TABLES | WITH(PERIOD) | WITH(AS_KNOWN_ON) | WITH(MEMBER) | WITH(SESSION),
    .operands_min = 1,
    .operands_max = 1,
    .act = explain,
};
