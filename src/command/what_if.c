/* SPDX-License-Identifier: Apache-2.0 */
/* One function a name that may stand before the equals sign. */
#include "what_if.h"

static const struct where command_line = {0};

struct change {
    struct run *run;
    struct text value;
    struct means_condition *test;
};

/* "1200", "1200,50", "1200.50". */
static bool
read_amount(struct text t, struct money *out)
{
    int64_t cents = 0;
    size_t decimals = 0;
    bool point = false;
    for (size_t i = 0; i < t.size; i++) {
        char c = t.data[i];
        if ((c == ',' || c == '.') && !point && i > 0) {
            point = true;
        } else if (is_digit(c) && cents < MONEY_MAX_CENTS / 1000) {
            cents = cents * 10 + (c - '0');
            decimals += point;
        } else {
            return false;
        }
    }
    if (t.size == 0 || (point ? decimals != 2 : decimals != 0)) {
        return false;
    }
    *out = (struct money){point ? cents : cents * 100};
    return true;
}

static bool
change_threshold(struct change *change)
{
    struct money amount;
    struct timeline *threshold = &change->test->threshold;
    if (!read_amount(change->value, &amount)) {
        return diag_error(change->run->diag, command_line, CODE_U006,
                          "'%.*s' is not an amount (write 1200 or 1200.50)",
                          TEXT_ARG(change->value));
    }
    struct value *items =
        NEW_ARRAY(change->run->keep, struct value, threshold->count + 1);
    for (size_t i = 0; i < threshold->count; i++) {
        items[i] = threshold->items[i];
        items[i].amount = money_ratio(amount);
    }
    threshold->items = items;
    return true;
}

static bool
change_operator(struct change *change)
{
    bool at_most = text_equals(change->value, STR("at_most"));
    if (!at_most && !text_equals(change->value, STR("below"))) {
        return diag_error(change->run->diag, command_line, CODE_U006,
                          "'%.*s' is neither at_most nor below", TEXT_ARG(change->value));
    }
    change->test->inclusive = at_most;
    return true;
}

static bool
change_methods(struct change *change)
{
    static const struct text known[] = {
        {"caf",           3 },
        {"msa",           3 },
        {"tax_household", 13}
    };
    struct texts ARRAY_OF(struct text) methods = {0};
    size_t from = 0;
    for (size_t i = 0; i <= change->value.size; i++) {
        if (i < change->value.size && change->value.data[i] != '+') {
            continue;
        }
        struct text word = {change->value.data + from, i - from};
        bool found = false;
        for (size_t k = 0; k < ARRAY_COUNT(known); k++) {
            found = found || text_equals(known[k], word);
        }
        if (!found) {
            diag_error(change->run->diag, command_line, CODE_U006,
                       "'%.*s' is none of the methods caf, msa, tax_household",
                       TEXT_ARG(word));
            diag_suggest(change->run->diag, text_nearest(*change->run->keep, word, known,
                                                         ARRAY_COUNT(known)));
            return false;
        }
        *ARRAY_PUSH(change->run->keep, &methods) = word;
        from = i + 1;
    }
    change->test->methods = methods.items;
    change->test->method_count = methods.count;
    return true;
}

static bool
change_months(struct change *change)
{
    int months = 0;
    for (size_t i = 0; i < change->value.size; i++) {
        char c = change->value.data[i];
        months = is_digit(c) && months < 1000 ? months * 10 + (c - '0') : 10000;
    }
    if (change->value.size == 0 || months > 120) {
        return diag_error(
            change->run->diag, command_line, CODE_U006,
            "'%.*s' is not a number of months (0 for no limit, at most 120)",
            TEXT_ARG(change->value));
    }
    change->test->age_months_max = months;
    return true;
}

static const struct changed {
    const char *name;
    bool (*apply)(struct change *change);
} names[] = {
    {"qf",        change_threshold},
    {"threshold", change_threshold},
    {"operator",  change_operator },
    {"method",    change_methods  },
    {"months",    change_months   },
};

static bool
read_one(struct run *run, struct text given, struct what_if *out)
{
    size_t equals = 0;
    while (equals < given.size && given.data[equals] != '=') {
        equals++;
    }
    struct text name = {given.data, equals};
    struct text value = {given.data + equals + 1, given.size - equals - 1};
    if (equals == given.size) {
        value = (struct text){0};
    }
    *out = (struct what_if){text_string(run->keep, given), run->rules->stipend.means};
    struct change change = {run, value, &out->test};
    struct text known[ARRAY_COUNT(names)];
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        known[i] = text_of(names[i].name);
        if (text_equals(known[i], name) && equals < given.size) {
            return names[i].apply(&change);
        }
    }
    diag_error(run->diag, command_line, CODE_U006,
               "--what-if '%.*s' is not understood (write qf=1200, operator=below, "
               "method=caf+msa or months=6)",
               TEXT_ARG(given));
    if (equals < given.size) {
        diag_suggest(run->diag,
                     text_nearest(*run->keep, name, known, ARRAY_COUNT(known)));
    }
    return false;
}

bool
what_ifs_read(struct run *run, const struct what_if **items, size_t *count)
{
    const struct text_list *given = &run->options.values[OPTION_WHAT_IF];
    struct what_if *read = NEW_ARRAY(run->keep, struct what_if, given->count + 1);
    bool good = true;
    if (given->count > 0 && !run->rules->stipend.means.required) {
        return diag_error(
            run->diag, command_line, CODE_U006,
            "--what-if changes the means test, and the rules of '%.*s' have "
            "none",
            TEXT_ARG(run->rules->id));
    }
    for (size_t i = 0; i < given->count; i++) {
        good = read_one(run, given->items[i], &read[i]) && good;
    }
    *items = read;
    *count = given->count;
    return good;
}
