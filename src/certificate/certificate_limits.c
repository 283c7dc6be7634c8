/* SPDX-License-Identifier: Apache-2.0 */
/* What each ceiling of a certificate lets its lines come to, line after line. */
#include "certificate_limits.h"

#define UNIT_PARTS INT64_C(1000000) /* of a unit, that a share of them is rounded to */

bool
adding_multiply(struct adding *work, const char *path, struct ratio a, struct ratio b,
                struct ratio *out)
{
    *out = RATIO_ZERO;
    if (a.den != 0 && b.den != 0 && ratio_fits(a, b)) {
        struct ratio product = ratio_times(a, b);
        if (ratio_compare(product, ratio_of(MONEY_LINE_MAX_CENTS, 1)) <= 0) {
            *out = product;
            return true;
        }
    }
    work->check.holds = diag_error(work->check.diag, work->check.where, CODE_C002,
                                   "%s: a product is out of all proportion", path);
    return false;
}

void
adding_derivation(struct adding *work, const char *path, const struct tree *holder,
                  struct ratio used, const char *used_as)
{
    const struct tree *tree = tree_get(holder, "derivation");
    struct ratio base;
    struct ratio factor;
    struct ratio figure;
    struct ratio gives;
    struct ratio product;
    enum rounding rounding = ROUND_HALF_UP;
    if (tree == NULL) {
        return;
    }
    struct arena *keep = work->check.keep;
    const char *inner = arena_printf(keep, "%s.derivation", path);
    bool read = exact_parse(*keep, tree_get_text(tree, "base"), 2, &base);
    read = read && exact_parse(*keep, tree_get_text(tree, "factor"), 0, &factor);
    read = read && exact_parse(*keep, tree_get_text(tree, "figure"), 2, &figure);
    read = read && exact_parse(*keep, tree_get_text(tree, "gives"), 2, &gives);
    bool rounded = tree_get(tree, "rounding") != NULL;
    if (!read || base.den > 100 ||
        (rounded && !rounding_parse(tree_get_text(tree, "rounding"), &rounding))) {
        check_form(&work->check, path, "derivation", tree);
        return;
    }
    if (!adding_multiply(work, inner, factor, figure, &product) ||
        ratio_compare(base, ratio_of(MONEY_LINE_MAX_CENTS, 1)) > 0 ||
        product.den > INT64_C(1000000000)) {
        return;
    }
    struct ratio sum = ratio_add(base, product);
    if (rounded) {
        sum = money_ratio(money_round(sum, rounding));
    }
    check_ratio(&work->check, inner, "gives", gives, sum);
    check_ratio(&work->check, path, used_as, used, gives);
}

static struct followed *
tally_of(struct adding *work, const struct stated *line, const struct stated_step *step)
{
    for (size_t i = work->tallies.count; i-- > 0 && step->span != SPAN_LINE;) {
        struct followed *tally = &work->tallies.items[i];
        if (tally->over_all == step->over_all && tally->barred == line->barred &&
            text_equals(tally->cap, step->cap) &&
            date_compare(tally->since, step->since) == 0) {
            return tally;
        }
    }
    struct followed *tally = ARRAY_PUSH(work->check.keep, &work->tallies);
    *tally = (struct followed){
        .cap = step->cap,
        .over_all = step->over_all,
        .barred = line->barred,
        .since = step->since,
        .units = RATIO_ZERO,
        .units_at_rate = RATIO_ZERO,
        .rate = RATIO_ZERO,
    };
    return tally;
}

static void
add_since(struct adding *work, const char *path, const struct stated *line,
          const struct stated_step *step)
{
    struct date first = line->date;
    if (step->span == SPAN_MANDATE) {
        if (date_compare(step->since, line->date) > 0) {
            check_date(&work->check, path, "since", step->since, line->date);
        }
        return; /* its first day is the rule file's to say */
    }
    if (step->span == SPAN_MONTH || step->span == SPAN_YEAR) {
        int month = step->span == SPAN_YEAR ? 1 : date_month(line->date);
        (void)date_make(date_year(line->date), month, 1, &first);
    }
    check_date(&work->check, path, "since", step->since, first);
}

struct money
adding_left(struct money a, struct money b)
{
    struct money left = money_subtract(a, b);
    return left.cents < 0 ? (struct money){0} : left;
}

static struct ratio
units_left(const struct followed *tally, const struct stated_step *step)
{
    struct ratio left = ratio_subtract(step->units, tally->units);
    return left.num < 0 ? RATIO_ZERO : left;
}

/* What the units counted are worth, and at the line's rate those that are left. */
static bool
find_worth(struct adding *work, const char *path, const struct stated *line,
           const struct stated_step *step, const struct followed *tally,
           struct money *out)
{
    bool same = ratio_compare(tally->rate, line->rate) == 0;
    struct ratio units = units_left(tally, step);
    struct ratio product;
    if (same) {
        units = ratio_add(tally->units_at_rate, units);
    }
    if (!adding_multiply(work, path, units, line->rate, &product)) {
        return false;
    }
    *out = money_add(same ? tally->worth_before_rate : tally->worth,
                     money_round(product, line->rounding));
    return true;
}

struct money
limit_check(struct adding *work, const char *path, const struct stated *line,
            const struct stated_step *step, struct money running)
{
    const struct followed *tally = tally_of(work, line, step);
    struct money most = step->limit;
    add_since(work, path, line, step);
    check_money(&work->check, path, "before", step->before, tally->paid);
    if (step->kind == STEP_QUANTITY) {
        adding_derivation(work, path, step->tree, step->units, "limit");
        check_ratio(&work->check, path, "units_before", step->units_before, tally->units);
        check_ratio(&work->check, path, "units_left", step->units_left,
                    units_left(tally, step));
        if (step->has_left != (line->rate.den != 0)) {
            check_form(&work->check, path, "left", tree_get(step->tree, "left"));
            return running;
        }
        if (step->has_left && find_worth(work, path, line, step, tally, &most)) {
            check_money(&work->check, path, "worth", step->worth, most);
        }
    } else {
        adding_derivation(work, path, step->tree, money_ratio(step->limit), "limit");
    }
    struct money left = adding_left(most, step->before);
    if (step->has_left) {
        check_money(&work->check, path, "left", step->left, left);
    }
    bool open = step->kind == STEP_QUANTITY && !step->has_left;
    return open || step->soft ? running : left;
}

/* What the line came to before any limit: of a receipt, at most its units. */
static struct money
before_limits(const struct stated *line)
{
    struct money before = line->gross;
    for (size_t i = 0; i < line->step_count; i++) {
        if (line->steps[i].kind == STEP_RATE) {
            before = money_min(before, line->steps[i].limit);
        }
    }
    return before;
}

/* Whether the units of the line pass those that the limit has left. */
static bool
passes_units(const struct stated *line, const struct stated_step *step)
{
    return step->kind == STEP_QUANTITY && step->has_left &&
           ratio_compare(ratio_add(step->units_before, line->quantity), step->units) > 0;
}

/* The units that the line counts: those that were paid. Where limits in units alone took from
 * it, what the tightest of them left; else its quantity in proportion to what it came to, to the
 * nearest millionth. */
static struct ratio
units_paid(struct adding *work, const struct stated *line, struct money due)
{
    struct money most = before_limits(line);
    struct money by_units = most;
    struct ratio units = line->quantity;
    struct ratio exact;
    if (due.cents >= most.cents || line->rate.den == 0) {
        return units;
    }
    for (size_t i = 0; i < line->step_count; i++) {
        const struct stated_step *step = &line->steps[i];
        if (!step->soft && step->kind == STEP_QUANTITY && step->has_left) {
            by_units = money_min(by_units, step->left);
            units = ratio_min(units, step->units_left);
        }
    }
    if (due.cents == by_units.cents && !line->method->uses_amount) {
        return units;
    }
    struct ratio part = ratio_of(due.cents, most.cents);
    if (!adding_multiply(work, line->path, line->quantity, part, &exact)) {
        return units;
    }
    struct ratio rest = ratio_of(exact.num % exact.den, exact.den);
    if (!ratio_fits(rest, ratio_of(2 * UNIT_PARTS, 1))) {
        return units;
    }
    int64_t parts = (2 * UNIT_PARTS * rest.num + rest.den) / (2 * rest.den);
    return ratio_of(exact.num / exact.den * UNIT_PARTS + parts, UNIT_PARTS);
}

/* Units past the limit are worth nothing, and not counted. */
static void
count_units(struct adding *work, const struct stated *line,
            const struct stated_step *step, struct followed *tally, struct money due)
{
    struct ratio counted = units_paid(work, line, due);
    struct ratio left = units_left(tally, step);
    struct money worth = tally->worth;
    struct ratio product;
    if (line->rate.den == 0) { /* several bands: the units have no one worth */
        tally->units = ratio_add(tally->units, ratio_min(counted, left));
        return;
    }
    if (passes_units(line, step) &&
        (due.cents == step->left.cents || ratio_compare(counted, left) >= 0)) {
        counted = left;
        (void)find_worth(work, line->path, line, step, tally, &worth);
    } else if (!line->method->uses_amount) {
        worth = money_add(worth, due);
    } else if (adding_multiply(work, line->path, counted, line->rate, &product)) {
        worth = money_add(worth, money_round(product, line->rounding));
    }
    if (ratio_compare(tally->rate, line->rate) != 0) {
        tally->rate = line->rate;
        tally->units_at_rate = RATIO_ZERO;
        tally->worth_before_rate = tally->worth;
    }
    tally->units = ratio_add(tally->units, counted);
    tally->units_at_rate = ratio_add(tally->units_at_rate, counted);
    tally->worth = worth;
}

void
limits_count(struct adding *work, const struct stated *line, struct money due)
{
    for (size_t i = 0; i < line->step_count; i++) {
        const struct stated_step *step = &line->steps[i];
        if (step->kind != STEP_AMOUNT && step->kind != STEP_QUANTITY) {
            continue;
        }
        struct followed *tally = tally_of(work, line, step);
        if (step->kind == STEP_QUANTITY) {
            count_units(work, line, step, tally, due);
        }
        tally->paid = money_add(tally->paid, due);
    }
}
