/* SPDX-License-Identifier: Apache-2.0 */
/* One claim in two rows is one claim: alike in every column, as the rules read them. */
#include "expenses_twice.h"

#include "sort.h"

/* By member, day and session; what comes after tells equal claims together. */
int
claims_compare_keys(const struct claim *a, const struct claim *b)
{
    int order = compare_numbers(a->member, b->member);
    if (order == 0) {
        order = date_compare(a->date, b->date);
    }
    return order != 0 ? order : text_compare(a->session, b->session);
}

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

struct contents {
    const struct claim *claims;
    const struct rules *rules;
    struct arena scratch;
};

/* What the rules call it; for a category that they do not know, its own name: neither capitals
 * nor accents make another. */
static struct text
category_meant(const struct rules *rules, struct arena *scratch, struct text name)
{
    const struct category *category = rules_category(rules, *scratch, name);
    return category != NULL ? category->price.key : text_fold(scratch, name);
}

static int
compare_categories(const struct contents *contents, struct text a, struct text b)
{
    struct arena scratch = contents->scratch;
    return text_equals(a, b) ? 0
                             : text_compare(category_meant(contents->rules, &scratch, a),
                                            category_meant(contents->rules, &scratch, b));
}

static int
compare_contents(const struct contents *contents, const struct claim *a,
                 const struct claim *b)
{
    int by_keys = claims_compare_keys(a, b);
    if (by_keys != 0) { /* of most: the rest is for claims of one session */
        return by_keys;
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

static int
compare_all(const void *context, uint32_t a, uint32_t b)
{
    const struct contents *contents = context;
    const struct claim *claims = contents->claims;
    int order = compare_contents(contents, &claims[a], &claims[b]);
    return order != 0 ? order : compare_numbers(a, b);
}

void
claims_mark_repeated(const struct reading *reading, struct arena scratch,
                     const struct roster *roster, struct claims *claims)
{
    const struct contents contents = {claims->items, reading->rules,
                                      arena_half(&scratch)};
    const uint32_t *order =
        sorted_indexes(&scratch, claims->count, (struct order){compare_all, &contents});
    for (size_t i = 1; i < claims->count; i++) {
        const struct claim *before = &claims->items[order[i - 1]];
        struct claim *claim = &claims->items[order[i]];
        if (compare_contents(&contents, before, claim) != 0) {
            continue;
        }
        claim->same_as = before->same_as == INDEX_NONE ? order[i - 1] : before->same_as;
        diag_warning(
            reading->diag, claim->where, CODE_E001,
            "the claim repeats another of member '%.*s' in every column, and counts "
            "once",
            TEXT_ARG(roster->items[claim->member].id));
        diag_other_place(reading->diag, claims->items[claim->same_as].where);
    }
}
