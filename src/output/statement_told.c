/* SPDX-License-Identifier: Apache-2.0 */
/* Each line in a few sentences to the member: those that give something say how the amount comes
 * about, the others why not. */
#include "defray/bases.h"

#include "statement_parts.h"
#include "wording.h"

#include <string.h>

static bool
gives(const struct line *line)
{
    return line->state == LINE_DUE || line->state == LINE_CAPPED ||
           line->state == LINE_PAID_BEFORE;
}

static const char *
what_of(const struct telling *work)
{
    const struct line *line = work->line;
    const char *what =
        line->session != NULL && line->session->kind != KIND_NONE
            ? kind_label(work->language, line->session->kind)
            : text_string(work->keep, rules_label(work->explaining->batch->rules,
                                                  line->entitlement, work->language));
    return line->session_id.size == 0
               ? what
               : arena_printf(work->keep, "%.*s, %s", TEXT_ARG(line->session_id), what);
}

/* What the amount starts from: the presence, or the claim. */
static void
tell_fact(const struct telling *work)
{
    const struct line *line = work->line;
    const char *what = "";
    if (!line->is_claim) {
        if (telling_excused(work)) {
            sentence_add(work, SENTENCE_PLAIN, tr(work->language, N_("Excused.")));
            sentence_add(work, SENTENCE_PLAIN, excused_text(work));
        } else if (line->duration != DURATION_NONE) {
            sentence_add(work, SENTENCE_PLAIN,
                         arena_printf(work->keep, tr(work->language, N_("Presence: %s.")),
                                      worded_duration(work->keep, work->language,
                                                      line->duration)));
        }
        return;
    }
    const struct claim *claim = &work->explaining->batch->claims->items[line->fact];
    if (claim->has_amount) {
        what = worded_euros(work->keep, work->language, claim->amount);
    }
    if (claim->has_quantity) {
        what = arena_printf(
            work->keep, "%s%s%s", what, what[0] == '\0' ? "" : ", ",
            worded_units(work->keep, work->language, claim->quantity, line->unit));
    }
    if (what[0] != '\0') {
        sentence_add(
            work, SENTENCE_PLAIN,
            arena_printf(work->keep, tr(work->language, N_("You claimed %s.")), what));
    }
}

static void
tell_giving(const struct telling *work)
{
    const struct line *line = work->line;
    if (line->price != NULL) {
        line_tell_amount(work);
    }
    if (line->clipped && line->reason != REASON_NO_MINUTE_INSIDE) {
        sentence_add(
            work, SENTENCE_PLAIN,
            tr(work->language, N_("Some of the time on the sheet lies outside the "
                                  "session: only what lies within it counts.")));
    }
    if (line->state == LINE_PAID_BEFORE) {
        sentence_add(work, SENTENCE_PLAIN,
                     tr(work->language, N_("Recorded in an earlier batch.")));
    }
}

static void
tell_refusal(const struct telling *work)
{
    const struct line *line = work->line;
    const char *reason = advice_reason(work->keep, work->language, line);
    const char *basis = line->basis == NULL
                            ? ""
                            : arena_printf(work->keep, " (%s)",
                                           reference_to(work->keep, work->language,
                                                        work->references, line->basis));
    line_tell_limit(work);
    sentence_add(
        work, SENTENCE_PLAIN,
        arena_printf(work->keep,
                     tr(work->language, line->state == LINE_REFUSED ? N_("Refused: %s%s.")
                                        : line->state == LINE_UNDETERMINED
                                            ? N_("To be settled: %s%s.")
                                            : N_("Nothing is due: %s%s.")),
                     reason, basis));
}

static const char *
joined(struct arena *keep, const struct line_account *account)
{
    const char *text = "";
    for (size_t i = 0; i < account->sentences.count; i++) {
        text = arena_printf(keep, "%s%s%s", text, i == 0 ? "" : " ",
                            account->sentences.items[i].text);
    }
    return text;
}

static void
tell_lines(struct arena *keep, const struct statements *statements, uint32_t member,
           bool giving, struct told *told)
{
    struct explaining explaining = {
        .batch = statements->batch, .member = member, .language = statements->language};
    for (size_t i = 0; i < told->result.count; i++) {
        const struct line *line = &told->result.lines[i];
        struct line_account account = {.line = line};
        struct telling work = {keep,     &explaining,          line,
                               &account, statements->language, &told->references};
        if (gives(line) != giving) {
            continue;
        }
        tell_fact(&work);
        if (giving) {
            tell_giving(&work);
        } else {
            tell_refusal(&work);
        }
        told->lines[told->count++] = (struct told_line){
            .line = line,
            .gives = giving,
            .what = what_of(&work),
            .why = joined(keep, &account),
            .advice = giving ? "" : advice_of(statements->language, line->reason),
        };
        told->giving += giving;
    }
}

const char *
told_difference(struct arena *keep, const struct statements *statements,
                struct references *references, const struct difference *one)
{
    bool rate = one->cause == CAUSE_RATE || one->cause == CAUSE_KEPT;
    const struct retroactivity *reach =
        rate ? rules_reach(statements->batch->rules, one->right.day) : NULL;
    const struct basis *bases[] = {one->basis, reach == NULL ? NULL : &reach->basis};
    const char *list = "";
    for (size_t i = 0; i < ARRAY_COUNT(bases); i++) {
        const char *text = bases[i] == NULL ? ""
                                            : reference_to(keep, statements->language,
                                                           references, bases[i]);
        if (text[0] != '\0' && strcmp(text, list) != 0) { /* one may set rate and reach */
            list = arena_printf(keep, "%s%s%s", list, list[0] == '\0' ? "" : ", ", text);
        }
    }
    return list[0] == '\0' ? "" : arena_printf(keep, " (%s)", list);
}

static void
refer_to_kept(struct arena *keep, const struct statements *statements, struct told *told,
              const struct difference *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].cause == CAUSE_KEPT) {
            (void)told_difference(keep, statements, &told->references, &items[i]);
        }
    }
}

/* The texts of earlier days come after those of the period. */
static void
settle_told(struct arena *keep, const struct statements *statements, uint32_t member,
            struct told *told)
{
    const struct batch *batch = statements->batch;
    told->settlement =
        (struct settlement){.due = told->result.total, .total = told->result.total};
    if (batch->history == NULL) {
        return;
    }
    told->settlement = settle_member(keep, batch, member, &told->result);
    refer_to_kept(keep, statements, told, told->settlement.kept,
                  told->settlement.kept_count);
    for (size_t i = 0; i < told->settlement.count; i++) {
        if (told->settlement.items[i].earlier) {
            (void)told_difference(keep, statements, &told->references,
                                  &told->settlement.items[i]);
        }
    }
    refer_to_kept(keep, statements, told, told->settlement.left,
                  told->settlement.left_count);
}

struct told
told_of(struct arena *keep, const struct statements *statements, uint32_t member)
{
    struct told told = {0};
    told.result = liquidate_member(keep, statements->batch, member);
    told.lines = NEW_ARRAY(keep, struct told_line, told.result.count + 1);
    tell_lines(keep, statements, member, true, &told);
    tell_lines(keep, statements, member, false, &told);
    settle_told(keep, statements, member, &told);
    return told;
}
