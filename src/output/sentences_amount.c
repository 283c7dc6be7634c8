/* SPDX-License-Identifier: Apache-2.0 */
/* How an amount came about, in sentences: the rate, the product and its rounding, each ceiling. */
#include "defray/bases.h"

#include "sentences.h"
#include "wording.h"

static void
say(const struct telling *work, const char *text)
{
    sentence_add(work, SENTENCE_PLAIN, text);
}

static const char *
euros(const struct telling *work, struct money amount)
{
    return worded_euros(work->keep, work->language, amount);
}

static const char *
exact(const struct telling *work, struct ratio amount)
{
    return worded_exact(work->keep, work->language, amount);
}

static const char *
units(const struct telling *work, struct ratio quantity)
{
    return worded_units(work->keep, work->language, quantity, work->line->unit);
}

const char *
reference_to(struct arena *keep, enum language language, struct references *references,
             const struct basis *basis)
{
    size_t at = 0;
    while (at < references->count && !basis_is(references->items[at], basis)) {
        at++;
    }
    if (at == references->count) {
        *ARRAY_PUSH(keep, references) = basis;
    }
    return arena_printf(keep,
                        basis->source == NULL ? tr(language, N_("assumption %zu"))
                                              : tr(language, N_("text %zu")),
                        at + 1);
}

const char *
basis_cited(const struct telling *work, const struct basis *basis)
{
    if (basis == NULL) {
        return "";
    }
    return work->references != NULL
               ? reference_to(work->keep, work->language, work->references, basis)
               : worded_basis(work->keep, work->language, basis);
}

/* What the formula gives; where its rounding changed that, both figures. */
static const char *
gives_text(const struct telling *work, const struct indexed *indexed, struct ratio amount)
{
    struct ratio gives =
        ratio_add(indexed->base, ratio_times(indexed->factor, indexed->figure));
    if (ratio_compare(gives, amount) == 0) {
        return exact(work, amount);
    }
    return arena_printf(
        work->keep, tr(work->language, N_("%s, rounded %s: %s")), exact(work, gives),
        worded_rounding(work->language, indexed->rounding), exact(work, amount));
}

static void
tell_index(const struct telling *work, const struct value *value)
{
    char factor[RATIO_TEXT_MAX];
    if (value == NULL || value->indexed == NULL) {
        return;
    }
    const struct indexed *indexed = value->indexed;
    const struct legal_source *source = indexed->basis->source;
    struct text id = source == NULL ? indexed->series : source->id;
    const char *on = worded_day(work->keep, work->language, indexed->on);
    if (indexed->of_the_day) {
        on = arena_printf(work->keep, tr(work->language, N_("%s, in force since %s")),
                          worded_day(work->keep, work->language, work->line->date), on);
    }
    say(work, arena_printf(
                  work->keep,
                  tr(work->language,
                     N_("That figure follows an index: %s + %s × %s = %s; the series "
                        "%.*s is taken on %s (source %.*s).")),
                  exact(work, indexed->base),
                  tr_decimals(work->keep, work->language,
                              ratio_text(indexed->factor, 0, 4, factor)),
                  exact(work, indexed->figure), gives_text(work, indexed, value->amount),
                  TEXT_ARG(indexed->series), on, TEXT_ARG(id)));
}

static void
tell_rate(const struct telling *work)
{
    const struct line *line = work->line;
    const struct entitlement *price = line->price;
    const struct value *value =
        timeline_at(&line_rates(work->explaining->batch->rules, line)->rates, line->date);
    if (price->method->uses_scale) {
        say(work, arena_printf(work->keep,
                               tr(work->language,
                                  N_("The scale for %u fiscal horsepower applies (%s); "
                                     "%s of the year were counted before this trip.")),
                               line->horsepower, basis_cited(work, line->rate_basis),
                               units(work, line->counter)));
        return;
    }
    if (value == NULL) {
        say(work, arena_printf(
                      work->keep,
                      tr(work->language, N_("The receipt is reimbursed as it is (%s).")),
                      basis_cited(work, line->rate_basis)));
        return;
    }
    const char *rate = exact(work, line->rate);
    const char *per = worded_per(work->language, line->unit);
    say(work, arena_printf(work->keep,
                           tr(work->language,
                              price->method->uses_amount
                                  ? N_("The receipt is reimbursed up to %s %s (%s).")
                                  : N_("The indemnity is %s %s (%s).")),
                           rate, per, basis_cited(work, &value->basis)));
    operand_add(work, "rate", N_("Rate"), arena_printf(work->keep, "%s %s", rate, per));
    tell_index(work, value);
}

/* "3,5 h × 13,74 €", or the parts of a scale. */
static const char *
product_text(const struct telling *work, struct ratio *sum)
{
    const struct line *line = work->line;
    if (!line->price->method->uses_scale) {
        *sum = ratio_times(line->quantity, line->rate);
        return arena_printf(work->keep, "%s × %s", units(work, line->quantity),
                            exact(work, line->rate));
    }
    size_t count = 0;
    const struct band_part *parts = line_bands(work->keep, line, &count);
    const char *text = "";
    *sum = RATIO_ZERO;
    for (size_t i = 0; i < count; i++) {
        text = arena_printf(work->keep, "%s%s%s × %s", text, i == 0 ? "" : " + ",
                            units(work, parts[i].quantity), exact(work, parts[i].rate));
        *sum = ratio_add(*sum, ratio_times(parts[i].quantity, parts[i].rate));
    }
    return text;
}

static void
tell_product(const struct telling *work)
{
    const struct line *line = work->line;
    struct ratio sum;
    if (line->price->method->uses_amount) {
        operand_add(work, "claimed", N_("Claimed"), euros(work, line->gross));
        return;
    }
    const char *product = product_text(work, &sum);
    struct money rounded = money_round(sum, line->price->rounding);
    bool whole = ratio_compare(money_ratio(rounded), sum) == 0;
    const char *name = worded_rounding(work->language, line->price->rounding);
    if (whole && work->references != NULL) {
        say(work, arena_printf(work->keep, "%s = %s.", product, euros(work, rounded)));
        return;
    }
    const char *text =
        whole
            ? arena_printf(
                  work->keep,
                  tr(work->language, N_("%s = %s, an exact amount, without rounding.")),
                  product, euros(work, rounded))
            : arena_printf(work->keep, tr(work->language, N_("%s = %s, rounded %s: %s.")),
                           product, exact(work, sum), name, euros(work, rounded));
    say(work, text);
    operand_add(work, "product", N_("Product"),
                arena_printf(work->keep, "%s = %s", product, exact(work, sum)));
    operand_add(work, "rounding", N_("Rounding"),
                whole ? tr(work->language, N_("none: the amount is exact")) : name);
    operand_add(work, "gross", N_("Before ceilings"), euros(work, line->gross));
}

static void
tell_rate_ceiling(const struct telling *work, const struct cap_step *step)
{
    const struct line *line = work->line;
    struct ratio sum;
    const char *product = product_text(work, &sum);
    const char *most = euros(work, step->most);
    bool whole = ratio_compare(money_ratio(step->most), sum) == 0;
    if (!whole) {
        most = arena_printf(work->keep, tr(work->language, N_("%s, rounded %s: %s")),
                            exact(work, sum),
                            worded_rounding(work->language, line->price->rounding), most);
    }
    const char *text =
        step->took.cents > 0
            ? arena_printf(work->keep,
                           tr(work->language, N_("%s = %s at most: %s of the %s claimed "
                                                 "are not reimbursed.")),
                           product, most, euros(work, step->took),
                           euros(work, line->gross))
            : arena_printf(
                  work->keep,
                  tr(work->language,
                     N_("%s = %s at most: the %s claimed do not pass this ceiling.")),
                  product, most, euros(work, line->gross));
    say(work, text);
    operand_add(work, "most", N_("At most"),
                arena_printf(work->keep, "%s = %s", product, most));
}

static const char *
limit_text(const struct telling *work, const struct cap_step *step)
{
    return step->kind == STEP_QUANTITY ? units(work, step->limit->amount)
                                       : euros(work, step->most);
}

/* Units that are used up, where a receipt came to less than they are worth, leave the rest of
 * that worth: "; the ceiling is worth 270.00 € in all, of which 165.00 € were paid". So do units
 * that are not, where several roundings up have come to more than they are worth. */
static const char *
worth_text(const struct telling *work, const struct cap_step *step)
{
    const struct line *line = work->line;
    bool used_up = step->kind == STEP_QUANTITY &&
                   ratio_compare(ratio_add(step->units_before, line->quantity),
                                 step->limit->amount) > 0;
    bool took = step->took.cents > 0;
    bool told = used_up ? !took || line->price->method->uses_amount
                        : took && step->kind == STEP_QUANTITY;
    if (!told) {
        return "";
    }
    return arena_printf(
        work->keep,
        tr(work->language, N_("; the ceiling is worth %s in all, of which %s were paid")),
        euros(work, step->most), euros(work, step->before));
}

/* "; 41.22 € were counted before"; nothing at the start of a span. */
static const char *
before_text(const struct telling *work, const struct cap_step *step)
{
    bool some =
        step->kind == STEP_QUANTITY ? step->units_before.num > 0 : step->before.cents > 0;
    if (!some) {
        return worth_text(work, step);
    }
    const char *before = step->kind == STEP_QUANTITY ? units(work, step->units_before)
                                                     : euros(work, step->before);
    return arena_printf(
        work->keep, "%s%s",
        arena_printf(work->keep,
                     tr(work->language, N_("; %s were counted before, since %s")), before,
                     worded_day(work->keep, work->language, step->since)),
        worth_text(work, step));
}

/* By how much the line passes a limit that takes nothing. */
static struct money
passed_by(const struct telling *work, const struct cap_step *step)
{
    const struct line *line = work->line;
    bool watched = step->cap->soft && line->over_soft_limit;
    struct ratio asked = ratio_add(step->units_before, line->quantity);
    if (!watched ||
        (step->kind == STEP_QUANTITY && ratio_compare(asked, step->limit->amount) <= 0)) {
        return (struct money){0};
    }
    struct money over = money_subtract(money_add(step->before, line->due), step->most);
    return over.cents > 0 ? money_min(over, line->due) : (struct money){0};
}

/* Whether a limit that takes nothing was passed by what came before the line. */
static bool
was_passed(const struct cap_step *step)
{
    bool passed = step->kind == STEP_QUANTITY
                      ? ratio_compare(step->units_before, step->limit->amount) > 0
                      : money_compare(step->before, step->most) > 0;
    return step->cap->soft && passed;
}

static void
tell_limit(const struct telling *work, const struct cap_step *step, struct money left)
{
    const char *ceiling = worded_ceiling(work->language, step->span);
    const char *limit = limit_text(work, step);
    const char *basis = basis_cited(work, &step->limit->basis);
    const char *before = before_text(work, step);
    struct money over = passed_by(work, step);
    const char *text = NULL;
    if (step->took.cents > 0) {
        text = arena_printf(work->keep,
                            tr(work->language, N_("The ceiling %s is %s (%s)%s. It takes "
                                                  "%s and leaves %s.")),
                            ceiling, limit, basis, before, euros(work, step->took),
                            euros(work, left));
    } else if (over.cents > 0) {
        text =
            arena_printf(work->keep,
                         tr(work->language,
                            N_("The limit %s is %s (%s)%s. It is passed by %s, and takes "
                               "nothing: the rules only watch it.")),
                         ceiling, limit, basis, before, euros(work, over));
    } else if (was_passed(step)) {
        text = arena_printf(
            work->keep,
            tr(work->language, N_("The limit %s is %s (%s)%s. It was passed before this "
                                  "line, and takes nothing: the rules only watch it.")),
            ceiling, limit, basis, before);
    } else {
        text = arena_printf(
            work->keep,
            tr(work->language, N_("The ceiling %s is %s (%s)%s. It is not exceeded.")),
            ceiling, limit, basis, before);
    }
    say(work, text);
    if (work->references == NULL) {
        tell_index(work, step->limit);
    }
    operand_add(work, "ceiling",
                arena_printf(work->keep, tr(work->language, N_("Ceiling %s")), ceiling),
                arena_printf(work->keep, tr(work->language, N_("%s%s; takes %s")), limit,
                             before, euros(work, step->took)));
}

static void
tell_full_day(const struct telling *work, const struct cap_step *step, struct money left)
{
    const char *whole = tr(work->language, N_("The hours of the day make a full day."));
    const char *text =
        step->took.cents > 0
            ? arena_printf(work->keep,
                           tr(work->language, N_("%s They came to %s before: that is "
                                                 "taken off, and leaves %s.")),
                           whole, euros(work, step->before), euros(work, left))
            : whole;
    say(work, text);
}

bool
line_was_stepped(const struct telling *work)
{
    const struct line *line = work->line;
    return line->duration != DURATION_NONE &&
           line_stayed(work->explaining->batch, line) != line->duration;
}

bool
line_has_default(const struct telling *work)
{
    return circumstances_of(work->explaining->batch, work->line).quantity_by_default;
}

/* What the quantity is, where it is not the one that was read. */
static void
tell_quantity(const struct telling *work)
{
    const struct line *line = work->line;
    if (line_was_stepped(work)) {
        const struct batch *batch = work->explaining->batch;
        const struct tariff *tariff = line_tariff(batch->rules, line);
        int32_t step = (int32_t)tariff->step_minutes * DURATION_MINUTE;
        say(work,
            arena_printf(
                work->keep,
                tr(work->language, N_("Presence counts in whole steps of %s (%s): of %s, "
                                      "%s count.")),
                worded_duration(work->keep, work->language, step),
                basis_cited(work, &tariff->step_basis),
                worded_duration(work->keep, work->language, line_stayed(batch, line)),
                worded_duration(work->keep, work->language, line->duration)));
    }
    if (line_has_default(work)) {
        say(work, arena_printf(work->keep,
                               tr(work->language, N_("The claim gives no quantity: %s is "
                                                     "taken (%s).")),
                               units(work, line->quantity),
                               basis_cited(work, &line->price->default_basis)));
    }
}

void
line_tell_amount(const struct telling *work)
{
    struct money left = work->line->gross;
    tell_quantity(work);
    tell_rate(work);
    tell_product(work);
    for (size_t i = 0; i < work->line->step_count; i++) {
        const struct cap_step *step = &work->line->steps[i];
        left = money_subtract(left, step->took);
        if (work->references != NULL && step->took.cents == 0 &&
            step->kind != STEP_COUNTED && step->kind != STEP_FULL_DAY) {
            continue;
        }
        switch (step->kind) {
        case STEP_RATE: tell_rate_ceiling(work, step); break;
        case STEP_COUNTED:
            say(work, arena_printf(work->keep,
                                   tr(work->language, N_("It is counted once: %s.")),
                                   line_reason(work->keep, work->language, work->line)));
            return; /* nothing is left for the other ceilings */
        case STEP_FULL_DAY: tell_full_day(work, step, left); break;
        case STEP_AMOUNT:
        case STEP_QUANTITY: tell_limit(work, step, left); break;
        }
    }
}
