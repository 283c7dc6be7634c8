/* SPDX-License-Identifier: Apache-2.0 */
/* A member's lines told, with the texts and assumptions that they name, each once. */
#include "defray/explanation.h"

#include "defray/bases.h"
#include "defray/status.h"

#include "sentences.h"

static void
cite(struct arena *keep, struct explanation *out, const struct basis *basis)
{
    struct bases *list = basis->source == NULL ? &out->assumptions : &out->texts;
    for (size_t i = 0; i < list->count; i++) {
        if (basis_is(list->items[i], basis)) {
            return;
        }
    }
    *ARRAY_PUSH(keep, list) = basis;
}

/* A rate or a limit, and the series that it follows. */
static void
cite_value(struct arena *keep, struct explanation *out, const struct value *value)
{
    if (value != NULL) {
        cite(keep, out, &value->basis);
        if (value->indexed != NULL) {
            cite(keep, out, value->indexed->basis);
        }
    }
}

static void
cite_line(struct arena *keep, const struct explaining *explaining,
          struct explanation *out, const struct line *line)
{
    const struct basis *bases[LINE_BASES_MAX];
    size_t count = line_bases(explaining->batch, line, bases);
    const struct scheme_status *status =
        rules_status(explaining->batch->rules, line->date);
    for (size_t i = 0; i < count; i++) {
        cite(keep, out, bases[i]);
    }
    for (size_t i = 0; i < line->step_count; i++) {
        cite_value(keep, out, line->steps[i].limit);
    }
    if (line->price != NULL) {
        cite_value(
            keep, out,
            timeline_at(&line_rates(explaining->batch->rules, line)->rates, line->date));
    }
    if (status != NULL) {
        cite(keep, out, &status->basis);
    }
}

static void
add_up(struct explanation *out, const struct rules *rules, const struct line *line)
{
    struct money *own = line->is_claim ? &out->expenses : &out->stipend;
    *own = money_add(*own, line->due);
    out->total = money_add(out->total, line->due);
    if (!day_pays(rules, line->date)) {
        out->unpaid = money_add(out->unpaid, line->due);
    }
}

struct explanation *
explanation_make(struct arena *keep, const struct explaining *explaining)
{
    struct explanation *out = NEW(keep, struct explanation);
    out->member = &explaining->batch->roster->items[explaining->member];
    struct member_result result =
        liquidate_member(keep, explaining->batch, explaining->member);
    out->lines = NEW_ARRAY(keep, struct line_account, result.count + 1);
    out->shown = explaining->batch->period;
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        if (explaining->session.size > 0 &&
            !text_equals(line->session_id, explaining->session)) {
            continue;
        }
        if (date_is_open(out->shown.from)) {
            out->shown.from = line->date;
        }
        if (date_is_open(explaining->batch->period.to)) {
            out->shown.to = line->date;
        }
        line_tell(keep, explaining, line, &out->lines[out->count++]);
        cite_line(keep, explaining, out, line);
        add_up(out, explaining->batch->rules, line);
    }
    return out;
}
