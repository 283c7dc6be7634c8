/* SPDX-License-Identifier: Apache-2.0 */
/* One claim in two rows is one claim: alike in every column, as the rules read them, or in all but
 * the session, which one of them leaves empty. */
#include "expenses_twice.h"

#include "sort.h"

/* Two programs end the lines within a cell in two ways. */
static int
compare_notes(struct text a, struct text b)
{
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        i += i < a.size && a.data[i] == '\r';
        j += j < b.size && b.data[j] == '\r';
        if (i >= a.size || j >= b.size) {
            return compare_numbers(i < a.size, j < b.size);
        }
        if (a.data[i] != b.data[j]) {
            return compare_numbers((uint8_t)a.data[i], (uint8_t)b.data[j]);
        }
        i++;
        j++;
    }
}

/* What the rules call it; for a category that they do not know, its own name: neither capitals
 * nor accents make another. */
static struct text
category_meant(const struct rules *rules, struct arena *scratch, struct text name)
{
    const struct category *category = rules_category(rules, *scratch, name);
    return category != NULL ? category->price.key : text_fold(scratch, name);
}

static int
compare_categories(const struct claims_order *contents, struct text a, struct text b)
{
    struct arena scratch = contents->scratch;
    return text_equals(a, b) ? 0
                             : text_compare(category_meant(contents->rules, &scratch, a),
                                            category_meant(contents->rules, &scratch, b));
}

/* In every column but the session. */
static int
compare_contents(const struct claims_order *contents, const struct claim *a,
                 const struct claim *b)
{
    int order = compare_numbers(a->member, b->member);
    order = order != 0 ? order : date_compare(a->date, b->date);
    if (order != 0) { /* of most: the rest is for claims of one day */
        return order;
    }
    const struct claim_words *left = claim_words(a);
    const struct claim_words *right = claim_words(b);
    const int orders[] = {
        compare_categories(contents, a->category, b->category),
        compare_numbers(a->has_quantity, b->has_quantity),
        ratio_compare(a->quantity, b->quantity),
        compare_numbers(a->has_amount, b->has_amount),
        money_compare(a->amount, b->amount),
        compare_numbers(a->receipt, b->receipt),
        text_compare(left->receipt_reference, right->receipt_reference),
        date_compare(a->claimed_on, b->claimed_on),
        compare_notes(left->note, right->note),
        text_compare(left->place, right->place),
        text_compare(left->route, right->route),
        text_compare(left->mode, right->mode),
    };
    for (size_t i = 0; i < ARRAY_COUNT(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

int
claims_compare(const void *context, uint32_t a, uint32_t b)
{
    const struct claims_order *contents = context;
    const struct claim *left = &contents->claims[a];
    const struct claim *right = &contents->claims[b];
    int order = compare_numbers(left->member, right->member);
    order = order != 0 ? order : date_compare(left->date, right->date);
    order = order != 0 ? order : text_compare(left->session, right->session);
    order = order != 0 ? order : compare_contents(contents, left, right);
    return order != 0 ? order : compare_numbers(a, b);
}

/* Claims alike in all but the session are neighbours, those that name none first. */
static int
compare_all(const void *context, uint32_t a, uint32_t b)
{
    const struct claims_order *contents = context;
    const struct claim *claims = contents->claims;
    int order = compare_contents(contents, &claims[a], &claims[b]);
    if (order == 0) {
        order = text_compare(claims[a].session, claims[b].session);
    }
    return order != 0 ? order : compare_numbers(a, b);
}

/* Whether a claim of that day is of one session, whether it names it or not. */
static bool
has_one_session(const struct log *log, struct date date)
{
    size_t count = 0;
    for (size_t i = 0; i < log->session_count; i++) {
        count += date_compare(log->sessions[i].date, date) == 0;
    }
    return count < 2;
}

struct marking {
    const struct reading *reading;
    const struct roster *roster;
    struct claim *claims;
};

static void
mark(const struct marking *marking, uint32_t index, uint32_t first)
{
    struct diag *diag = marking->reading->diag;
    struct claim *claim = &marking->claims[index];
    const struct claim *kept = &marking->claims[first];
    struct text id = marking->roster->items[claim->member].id;
    claim->same_as = first;
    if (text_equals(claim->session, kept->session)) {
        diag_warning(
            diag, claim->where, CODE_E001,
            "the claim repeats another of member '%.*s' in every column, and counts "
            "once",
            TEXT_ARG(id));
    } else {
        diag_warning(diag, claim->where, CODE_E001,
                     "the claim repeats another of member '%.*s', but for the session "
                     "that it does not name, and counts once",
                     TEXT_ARG(id));
    }
    diag_other_place(diag, kept->where);
}

/* Of claims alike in all but the session. One that names none contradicts nothing: it is that of
 * the day's only session. Where the day has several, nobody knows, and both are paid. */
static void
mark_alike(const struct marking *marking, const struct log *log, const uint32_t *order,
           size_t count)
{
    const struct claim *claims = marking->claims;
    size_t named = 0;
    while (named < count && claims[order[named]].session.size == 0) {
        named++;
    }
    bool mixed = named > 0 && named < count;
    bool one = mixed && has_one_session(log, claims[order[0]].date);
    for (size_t i = 0, first = 0; i < count; i++) {
        bool other = !text_equals(claims[order[i]].session, claims[order[first]].session);
        first = other ? i : first;
        if (one && i < named) {
            mark(marking, order[i], order[named]);
        } else if (i > first) {
            mark(marking, order[i], order[first]);
        }
    }
    if (mixed && !one) {
        const struct claim *claim = &claims[order[0]];
        diag_warning(marking->reading->diag, claim->where, CODE_E008,
                     "the claim of member '%.*s' names no session, and is otherwise that "
                     "of session '%.*s': both count",
                     TEXT_ARG(marking->roster->items[claim->member].id),
                     TEXT_ARG(claims[order[named]].session));
        diag_other_place(marking->reading->diag, claims[order[named]].where);
    }
}

void
claims_mark_repeated(const struct reading *reading, struct arena scratch,
                     const struct roster *roster, const struct log *log,
                     struct claims *claims)
{
    const struct claims_order contents = {claims->items, reading->rules,
                                          arena_share(&scratch, 2)};
    const struct marking marking = {reading, roster, claims->items};
    const uint32_t *order =
        sorted_indexes(&scratch, claims->count, (struct order){compare_all, &contents});
    size_t first = 0;
    for (size_t i = 1; i <= claims->count; i++) {
        if (i == claims->count ||
            compare_contents(&contents, &claims->items[order[first]],
                             &claims->items[order[i]]) != 0) {
            mark_alike(&marking, log, order + first, i - first);
            first = i;
        }
    }
}
