/* SPDX-License-Identifier: Apache-2.0 */
/* One line as a tree: facts, operands, ceilings, texts. A field that does not apply is left out. */
#include "certificate_parts.h"

struct object {
    struct arena *keep;
    struct tree *tree;
};

static void
put_text(struct object *out, const char *key, struct text text)
{
    if (text.size > 0) {
        tree_put(out->tree, key, tree_text(out->keep, text));
    }
}

static void
put_word(struct object *out, const char *key, const char *word)
{
    put_text(out, key, text_of(word));
}

static void
put_date(struct object *out, const char *key, struct date date)
{
    char day[DATE_TEXT_MAX];
    put_word(out, key, arena_printf(out->keep, "%s", date_text(date, day)));
}

static void
put_money(struct object *out, const char *key, struct money amount)
{
    char digits[MONEY_TEXT_MAX];
    put_word(out, key, arena_printf(out->keep, "%s", money_text(amount, digits)));
}

static void
put_exact(struct object *out, const char *key, struct ratio value, int min)
{
    put_word(out, key, exact_text(out->keep, value, min));
}

struct tree *
told_basis(struct arena *keep, const struct basis *basis)
{
    struct object out = {keep, tree_object(keep)};
    if (basis->source == NULL) {
        put_text(&out, "assumption", basis->assumption);
        return out.tree;
    }
    put_text(&out, "id", basis->source->id);
    put_text(&out, "kind", basis->source->kind);
    put_text(&out, "title", basis->source->title);
    put_date(&out, "date", basis->source->date);
    put_text(&out, "article", basis->article);
    put_text(&out, "address", basis->source->address);
    return out.tree;
}

static void
put_basis(struct object *out, const char *key, const struct basis *basis)
{
    if (basis != NULL) {
        tree_put(out->tree, key, told_basis(out->keep, basis));
    }
}

static void
put_derivation(struct object *out, const struct value *value)
{
    if (value == NULL || value->indexed == NULL) {
        return;
    }
    const struct indexed *indexed = value->indexed;
    struct object inner = {out->keep, tree_object(out->keep)};
    put_exact(&inner, "base", indexed->base, 2);
    put_exact(&inner, "factor", indexed->factor, 0);
    put_text(&inner, "series", indexed->series);
    put_exact(&inner, "figure", indexed->figure, 2);
    put_date(&inner, "on", indexed->on);
    if (indexed->rounded) {
        put_word(&inner, "rounding", rounding_word(indexed->rounding));
    }
    put_exact(&inner, "gives", value->amount, 2);
    put_basis(&inner, "source", indexed->basis);
    tree_put(out->tree, "derivation", inner.tree);
}

static struct money
above_zero(struct money amount)
{
    return amount.cents < 0 ? (struct money){0} : amount;
}

static void
put_limit(struct object *out, const struct line *line, const struct cap_step *step)
{
    if (step->kind == STEP_QUANTITY) {
        struct ratio left = ratio_subtract(step->limit->amount, step->units_before);
        put_exact(out, "limit", step->limit->amount, 0);
        put_exact(out, "units_before", step->units_before, 0);
        put_exact(out, "units_left", left.num < 0 ? RATIO_ZERO : left, 0);
    } else {
        put_money(out, "limit", step->most);
    }
    put_derivation(out, step->limit);
    put_money(out, "before", step->before);
    if (step->kind == STEP_QUANTITY && line->rate.den == 0) {
        return; /* several bands: the units have no one worth */
    }
    if (step->kind == STEP_QUANTITY) {
        put_money(out, "worth", step->most);
    }
    put_money(out, "left", above_zero(money_subtract(step->most, step->before)));
}

static struct tree *
told_step(struct arena *keep, const struct told *told, const struct cap_step *step)
{
    static const char *const kinds[] = {
        [STEP_RATE] = "rate",         [STEP_COUNTED] = "counted",
        [STEP_FULL_DAY] = "full_day", [STEP_AMOUNT] = "amount",
        [STEP_QUANTITY] = "quantity",
    };
    const struct line *line = told->line;
    struct object out = {keep, tree_object(keep)};
    put_word(&out, "kind", kinds[step->kind]);
    put_word(&out, "span", span_word(step->span));
    put_date(&out, "since", step->since);
    if (step->kind == STEP_COUNTED) {
        tree_put(out.tree, "line", tree_integer(keep, told->other));
    } else if (step->kind == STEP_FULL_DAY) {
        struct ratio minutes = ratio_of(line->duration, DURATION_MINUTE);
        put_exact(&out, "minutes_before", step->units_before, 0);
        put_exact(&out, "minutes_day", ratio_add(step->units_before, minutes), 0);
        put_money(&out, "limit", step->most);
        put_money(&out, "before", step->before);
        put_money(&out, "left", above_zero(money_subtract(step->most, step->before)));
    } else if (step->kind == STEP_RATE) {
        put_exact(&out, "exact", ratio_times(line->quantity, line->rate), 2);
        put_money(&out, "limit", step->most);
    } else {
        put_text(&out, "cap", step->cap->limit.path);
        put_word(&out, "over", step->over_all ? "all_tariffs" : "own");
        tree_put(out.tree, "soft", tree_bool(keep, step->cap->soft));
        put_limit(&out, line, step);
    }
    put_money(&out, "took", step->took);
    if (step->limit != NULL) {
        put_basis(&out, "source", &step->limit->basis);
    }
    return out.tree;
}

static void
put_bands(struct object *out, const struct told *told)
{
    const struct line *line = told->line;
    size_t count = 0;
    const struct band_part *parts = line_bands(out->keep, line, &count);
    struct tree *list = tree_list(out->keep);
    struct ratio sum = RATIO_ZERO;
    for (size_t i = 0; i < count; i++) {
        struct object band = {out->keep, tree_object(out->keep)};
        struct ratio exact = ratio_times(parts[i].quantity, parts[i].rate);
        put_exact(&band, "quantity", parts[i].quantity, 0);
        put_exact(&band, "rate", parts[i].rate, 2);
        put_exact(&band, "exact", exact, 2);
        tree_append(list, band.tree);
        sum = ratio_add(sum, exact);
    }
    tree_put(out->tree, "horsepower", tree_integer(out->keep, line->horsepower));
    put_exact(out, "opening", told->opening, 0);
    put_exact(out, "counter", line->counter, 0);
    tree_put(out->tree, "bands", list);
    put_exact(out, "exact", sum, 2);
}

static void
put_operands(struct object *out, const struct told *told)
{
    const struct line *line = told->line;
    const struct entitlement *price = line->price;
    const struct tariff *tariff = line_tariff(told->rules, line);
    if (tariff != NULL) {
        int64_t number = tariff - told->rules->stipend.tariffs + 1;
        tree_put(out->tree, "tariff", tree_integer(out->keep, number));
    }
    put_word(out, "method", price->method->word);
    put_word(out, "unit", unit_word(line->unit));
    if (line->duration != DURATION_NONE) {
        put_exact(out, "minutes", ratio_of(line->duration, DURATION_MINUTE), 0);
    }
    put_exact(out, "quantity", line->quantity, 0);
    if (told->circumstances.quantity_by_default) {
        tree_put(out->tree, "by_default", tree_bool(out->keep, true));
    }
    if (price->method->uses_scale) {
        put_bands(out, told);
    } else if (price->method->uses_rates) {
        put_exact(out, "rate", line->rate, 2);
        put_derivation(out,
                       timeline_at(&line_rates(told->rules, line)->rates, line->date));
    }
    if (price->method->uses_amount) {
        put_money(out, "claimed", line->gross);
    } else if (!price->method->uses_scale) {
        put_exact(out, "exact", ratio_times(line->quantity, line->rate), 2);
    }
    put_word(out, "rounding", rounding_word(price->rounding));
    put_money(out, "gross", line->gross);
    struct tree *caps = tree_list(out->keep);
    for (size_t i = 0; i < line->step_count; i++) {
        tree_append(caps, told_step(out->keep, told, &line->steps[i]));
    }
    tree_put(out->tree, "caps", caps);
}

static void
put_circumstances(struct object *out, const struct told *told)
{
    const struct line *line = told->line;
    const struct scheme_status *status = rules_status(told->rules, line->date);
    if (status != NULL) {
        struct object scheme = {out->keep, tree_object(out->keep)};
        put_word(&scheme, "state", scheme_state_word(status->state));
        put_date(&scheme, "since", status->during.from);
        put_basis(&scheme, "source", &status->basis);
        tree_put(out->tree, "scheme", scheme.tree);
    }
    if (told->tested) {
        struct object evidence = {out->keep, tree_object(out->keep)};
        put_word(&evidence, "verdict", verdict_word(told->finding.verdict));
        put_text(&evidence, "method", told->finding.method);
        put_text(&evidence, "month", told->finding.month);
        tree_put(out->tree, "evidence", evidence.tree);
    }
}

static void
put_relied_on(struct object *out, const struct told *told)
{
    const struct basis *bases[LINE_BASES_MAX];
    struct grounds grounds = grounds_of(told->rules, told->line, told->circumstances);
    size_t count = bases_of(told->rules, &grounds, bases);
    struct tree *list = tree_list(out->keep);
    for (size_t i = 0; i < count; i++) {
        tree_append(list, told_basis(out->keep, bases[i]));
    }
    tree_put(out->tree, "relied_on", list);
}

struct tree *
told_line(struct arena *keep, const struct told *told)
{
    const struct line *line = told->line;
    struct object out = {keep, tree_object(keep)};
    tree_put(out.tree, "line", tree_integer(keep, told->number));
    put_date(&out, "date", line->date);
    put_text(&out, "session", told->session);
    put_word(&out, "kind", kind_word(told->kind));
    put_text(&out, "body", told->body);
    put_text(&out, "entitlement", line->entitlement);
    if (!line->is_claim) {
        put_word(&out, "presence", presence_word(told->circumstances.presence));
    }
    put_word(&out, "status", status_word(told->circumstances.status));
    put_word(&out, "at", told->at);
    put_word(&out, "other_at", told->other_at);
    put_word(&out, "state", line_state_word(line->state));
    put_word(&out, "reason", reason_word(line->reason));
    put_circumstances(&out, told);
    if (line->price != NULL) {
        put_operands(&out, told);
    }
    put_money(&out, "due", line->due);
    put_basis(&out, "source", line->price == NULL ? line->basis : line->rate_basis);
    put_relied_on(&out, told);
    return out.tree;
}
