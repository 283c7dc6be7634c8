/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Numbers in a free text, and what the words beside one make of it: a day, a count, money. What is
 * plainly none of them is for the caller to judge. */
#ifndef DEFRAY_NUMBER_H
#define DEFRAY_NUMBER_H

#include "defray/text.h"

#define NUMBER_DAY_MAX 31 /* more are no day, and nothing that is counted */
#define NUMBER_LETTERS 16 /* no word that is looked for has as many */

struct number {
    size_t start, end; /* of the text */
    uint64_t whole;    /* what stands before its decimals */
    bool has_cents;    /* exactly two decimals follow */
    bool is_long;      /* more digits than an amount has: a reference, an account */
};

/* In lower case, without accents; empty if it is too long to be one that is looked for. */
struct number_word {
    char letters[NUMBER_LETTERS];
    size_t size;
};

/* The next number from there on, of which "1 203" and "1.203" are one; false if there is none. */
bool number_next(struct text t, size_t from, struct number *out);
/* Whether it is a day, the year of a month, or a part of a date: "3 mai", "1er", "mars 2026",
 * "03/2026". A year alone may be euros. */
bool number_is_dated(struct text t, const struct number *number);
/* Whether it counts what stands behind it: "3 enfants", "2,5 parts", "12 mois". */
bool number_is_count(struct text t, const struct number *number);
/* Whether a currency stands beside it: "640 €", "18 k€", "18 mille euros", "EUR 640". */
bool number_is_money(struct text t, const struct number *number);
/* Whether it has four digits, and lies within the two. */
bool number_is_year(const struct number *number, uint64_t least, uint64_t most);
/* Whether a letter or a number is joined to it: "D2024", "CAF-4521", "115" of "2024-115". */
bool number_is_joined(struct text t, const struct number *number);

/* The word that ends before `at`, where only spaces and the marks stand between, of which the sign
 * of "n°" is one; `at` becomes its start. */
struct number_word number_word_before(struct text t, size_t *at, const char *marks);
/* Whether it is one of the words, each of which stands between spaces. */
bool number_word_is_among(const char *words, const struct number_word *word);
/* Whether a text stands there, in lower case or capitals. */
bool number_text_is_at(struct text t, size_t at, const char *word);
/* Whether one of the texts stands there, and no letter before it. */
bool number_begins_one_of(const char *const *texts, size_t count, struct text t,
                          size_t at);

#endif
