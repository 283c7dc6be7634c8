/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Indexed amounts: base + factor x series, resolved at load into plain figures,
 * one a stretch of days, each with its derivation. A figure written beside the
 * formula must agree with it on every day.
 */
#include "loader.h"

#include <assert.h>

enum taken { TAKEN_JANUARY_FIRST, TAKEN_ON_THE_DAY, TAKEN_FROZEN };

static const struct text taken_words[] = {
    [TAKEN_JANUARY_FIRST] = WORD("january_first"),
    [TAKEN_ON_THE_DAY] = WORD("on_the_day"),
    [TAKEN_FROZEN] = WORD("frozen"),
};

struct formula {
    struct ratio base, factor;
    const struct common *series;
    enum taken taken;
    struct date on; /* frozen only */
    bool rounded;
    enum rounding rounding;
    struct where where;
};

struct resolving {
    struct loader *loader;
    const struct dated *dated;
    const struct stated_amount *stated;
    struct timeline *out;
    struct formula formula;
    size_t first; /* of the values this entry gave */
};

static bool
read_series(struct loader *loader, struct node *index, struct formula *out)
{
    struct text id;
    if (!node_id(index, "series", REQUIRED, &id)) {
        return false;
    }
    const struct common *series =
        common_find(loader, node_find(index, "series")->where, id);
    if (series != NULL && series->is_scale) {
        return diag_error(loader->diag, index->where, CODE_R038,
                          "'%.*s' is a scale, not a series", TEXT_ARG(id));
    }
    out->series = series;
    return series != NULL && series->state == COMMON_READY;
}

static bool
read_on(struct loader *loader, struct node *index, struct formula *out)
{
    bool given = node_has(index, "on");
    if (out->taken == TAKEN_FROZEN) {
        return node_date(index, "on", REQUIRED, &out->on);
    }
    (void)node_find(index, "on");
    if (given) {
        return diag_error(loader->diag, index->where, CODE_R034,
                          "'on' goes with taken = \"frozen\" only");
    }
    return true;
}

static bool
read_formula(struct loader *loader, struct node *index, struct formula *out)
{
    struct money base = {0};
    size_t taken = 0;
    size_t rounding = 0;
    *out = (struct formula){.where = index->where};
    bool good = node_money(index, "base", REQUIRED, &base);
    out->base = money_ratio(base);
    good = node_ratio(index, "factor", 0, 4, &out->factor) && good;
    good = read_series(loader, index, out) && good;
    if (node_choice(index, "taken", REQUIRED, WORDS_OF(taken_words), &taken)) {
        out->taken = (enum taken)taken;
        good = read_on(loader, index, out) && good;
    } else {
        (void)node_find(index, "on");
        good = false;
    }
    struct words words;
    words.items = rounding_words(&words.count);
    out->rounded = node_has(index, "rounding");
    if (!node_choice(index, "rounding", OPTIONAL, words, &rounding)) {
        good = good && !out->rounded;
    }
    out->rounding = (enum rounding)rounding;
    return good;
}

static const char *
amount_text(struct arena *keep, struct ratio amount)
{
    char digits[RATIO_TEXT_MAX];
    return arena_printf(keep, "%s", ratio_text(amount, 2, 6, digits));
}

static struct text
derivation(struct loader *loader, const struct formula *formula, struct ratio series,
           struct date on)
{
    char base[RATIO_TEXT_MAX];
    char factor[RATIO_TEXT_MAX];
    char value[RATIO_TEXT_MAX];
    char day[DATE_TEXT_MAX];
    const char *text = arena_printf(
        loader->keep, "%s + %s x %s (%.*s, %s)%s%s",
        ratio_text(formula->base, 2, 2, base), ratio_text(formula->factor, 0, 4, factor),
        ratio_text(series, 2, 6, value), TEXT_ARG(formula->series->id),
        date_text(on, day), formula->rounded ? ", " : "",
        formula->rounded ? rounding_word(formula->rounding) : "");
    return text_of(text);
}

/* Base and factor are at most seven digits and the series too; the product of a
 * factor of four decimals with a series of four stays far below 2^62. */
static bool
compute(struct resolving *at, struct ratio series, struct date on, struct value *out)
{
    struct loader *loader = at->loader;
    const struct formula *formula = &at->formula;
    if (ratio_compare(ratio_times(formula->factor, ratio_of(1, 10000)), RATIO_ONE) > 0 ||
        ratio_compare(ratio_times(series, ratio_of(1, 100)), ratio_of(10000, 1)) > 0) {
        return diag_error(loader->diag, formula->where, CODE_R034,
                          "the product of the index is out of all proportion");
    }
    struct ratio amount = ratio_add(formula->base, ratio_times(formula->factor, series));
    out->derivation = derivation(loader, formula, series, on);
    struct indexed *indexed = NEW(loader->keep, struct indexed);
    *indexed = (struct indexed){
        .base = formula->base,
        .factor = formula->factor,
        .figure = series,
        .series = formula->series->id,
        .on = on,
        .of_the_day = formula->taken == TAKEN_ON_THE_DAY,
        .basis = &timeline_at(&formula->series->values, on)->basis,
        .rounded = formula->rounded,
        .rounding = formula->rounding,
    };
    out->indexed = indexed;
    if (formula->rounded) {
        amount = money_ratio(money_round(amount, formula->rounding));
    } else if (100 % amount.den != 0) {
        return loader_is_view(loader)
                   ? false
                   : diag_error(
                         loader->diag, formula->where, CODE_R034,
                         "%s = %.*s does not end on the cent: its rounding must be named",
                         amount_text(loader->keep, amount), TEXT_ARG(out->derivation));
    }
    out->amount = amount;
    if (at->stated->given && ratio_compare(amount, at->stated->amount) != 0) {
        return loader_is_view(loader)
                   ? false
                   : diag_error(loader->diag, at->dated->basis.where, CODE_R033,
                                "amount %s is stated, but the index gives %s = %.*s",
                                amount_text(loader->keep, at->stated->amount),
                                amount_text(loader->keep, amount),
                                TEXT_ARG(out->derivation));
    }
    return true;
}

static struct date
later_adoption(struct date a, struct date b)
{
    if (date_is_none(a)) {
        return b;
    }
    bool later = date_is_none(b) || date_compare(a, b) > 0;
    return later ? a : b;
}

/* One stretch of days with the series as it was on `on`. */
static bool
add_stretch(struct resolving *at, struct period during, struct date on)
{
    struct loader *loader = at->loader;
    const struct common *series = at->formula.series;
    const struct value *known = timeline_at(&series->values, on);
    if (known == NULL || date_compare(on, common_known_until(series)) > 0) {
        if (loader_is_view(loader)) {
            return true; /* a hole, which the proof of the life will find */
        }
        char day[DATE_TEXT_MAX];
        return diag_error(loader->diag, at->formula.where, CODE_R037,
                          "series '%.*s' has no value on %s", TEXT_ARG(series->id),
                          date_text(on, day));
    }
    struct value value = {
        .during = during,
        .warning = {0, 1},
        .adopted = later_adoption(at->dated->adopted, known->adopted),
        .checked_on = at->dated->checked_on,
        .basis = at->dated->basis
    };
    if (!compute(at, known->amount, on, &value)) {
        /* As then known, the series did not give the figure: it was not known either. */
        return loader_is_view(loader);
    }
    *ARRAY_PUSH(loader->keep, at->out) = value;
    return true;
}

static struct date
least(struct date a, struct date b)
{
    return date_compare(a, b) < 0 ? a : b;
}

static bool
add_years(struct resolving *at, struct period during)
{
    bool good = true;
    for (int year = date_year(during.from); year <= date_year(during.to); year++) {
        struct date first;
        struct date last;
        bool made = date_make(year, 1, 1, &first);
        assert(made);
        made = date_make(year, 12, 31, &last);
        assert(made);
        struct period stretch = {date_compare(during.from, first) > 0 ? during.from
                                                                      : first,
                                 least(during.to, last)};
        good = add_stretch(at, stretch, first) && good;
    }
    return good;
}

/* The first day after `date` that has a value; an open end if there is none. */
static struct date
next_known(const struct timeline *values, struct date date)
{
    for (size_t i = 0; i < values->count; i++) {
        if (date_compare(values->items[i].during.from, date) > 0) {
            return values->items[i].during.from;
        }
    }
    return DATE_OPEN_FUTURE;
}

static bool
add_changes(struct resolving *at, struct period during)
{
    const struct timeline *values = &at->formula.series->values;
    struct date next = during.from;
    bool good = true;
    while (good && date_compare(next, during.to) <= 0) {
        const struct value *known = timeline_at(values, next);
        struct period stretch = {
            next, least(during.to, date_add_days(next_known(values, next), -1))};
        struct date on = next;
        if (known != NULL) {
            stretch.to = least(during.to, known->during.to);
            on = known->during.from;
        }
        good = add_stretch(at, stretch, on);
        next = date_add_days(stretch.to, 1);
    }
    return good;
}

static bool
resolve(struct resolving *at)
{
    struct loader *loader = at->loader;
    struct period during = at->dated->during;
    if (at->formula.taken == TAKEN_FROZEN) {
        return add_stretch(at, during, at->formula.on);
    }
    struct date known_until = common_known_until(at->formula.series);
    bool open = date_is_open(during.to);
    if (loader_is_view(loader) && date_compare(during.from, known_until) > 0) {
        return true;
    }
    if (loader_is_view(loader) && !open) {
        during.to = least(during.to, known_until); /* the proof will find the hole */
    } else if (date_compare(during.to, known_until) > 0) {
        if (!open || date_compare(during.from, known_until) > 0) {
            char day[DATE_TEXT_MAX];
            return diag_error(loader->diag, at->formula.where, CODE_R037,
                              "series '%.*s' is not known after %s",
                              TEXT_ARG(at->formula.series->id),
                              date_text(known_until, day));
        }
        during.to = known_until; /* still in force, as far as the series is known */
        loader->truncated = true;
    }
    return at->formula.taken == TAKEN_JANUARY_FIRST ? add_years(at, during)
                                                    : add_changes(at, during);
}

static bool
check_stated(struct resolving *at, struct node *entry, struct date on,
             struct ratio amount)
{
    struct loader *loader = at->loader;
    char day[DATE_TEXT_MAX];
    date_text(on, day);
    for (size_t i = at->first; i < at->out->count; i++) {
        const struct value *value = &at->out->items[i];
        if (!period_contains(value->during, on)) {
            continue;
        }
        if (loader_is_view(loader) || ratio_compare(value->amount, amount) == 0) {
            return true;
        }
        return diag_error(loader->diag, entry->where, CODE_R033,
                          "amount %s is stated for %s, but the index gives %s = %.*s",
                          amount_text(loader->keep, amount), day,
                          amount_text(loader->keep, value->amount),
                          TEXT_ARG(value->derivation));
    }
    if (loader_is_view(loader)) {
        return true;
    }
    return diag_error(loader->diag, entry->where, CODE_R053,
                      "an amount is stated for %s, on which the entry has none", day);
}

/* Figures to be checked on given days. `resolved`: the values are there. */
static bool
read_stated(struct resolving *at, struct node *entry, bool resolved)
{
    struct node *list = node_list(entry, "stated", OPTIONAL);
    bool good = list != NULL || !node_has(entry, "stated");
    size_t next = 0;
    struct node *stated = node_next_group(list, &next);
    for (; stated != NULL; stated = node_next_group(list, &next)) {
        struct basis basis;
        struct date on;
        struct money amount;
        bool dated = node_date(stated, "on", REQUIRED, &on);
        bool priced = node_money(stated, "amount", REQUIRED, &amount);
        good = basis_read(at->loader, stated, &basis) && dated && priced && good;
        if (dated && priced && resolved) {
            good = check_stated(at, stated, on, money_ratio(amount)) && good;
        }
    }
    return good;
}

bool
index_read(struct loader *loader, struct node *entry, const struct dated *dated,
           const struct stated_amount *stated, struct timeline *out)
{
    struct resolving at = {.loader = loader,
                           .dated = dated,
                           .stated = stated,
                           .out = out,
                           .first = out->count};
    struct node *index = node_group(entry, "index", REQUIRED);
    bool good = index != NULL && read_formula(loader, index, &at.formula);
    good = good && dated != NULL && resolve(&at);
    return read_stated(&at, entry, good) && good;
}
