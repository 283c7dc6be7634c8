/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in a free text, as people write them: "1 203,40 €", "QF 640". A doubt withholds the
 * text: a document's name that is left out costs nothing. */
#include "defray/discretion.h"

#define DIGITS_MAX 12 /* more are no amount: a reference, an account */

#define DAY_MAX 31

struct number {
    size_t start, end; /* of the text */
    uint64_t whole;    /* what stands before its decimals */
    bool has_cents;    /* exactly two decimals follow */
    bool is_long;      /* more digits than an amount has */
};

static bool
is_digit(struct text t, size_t at)
{
    return at < t.size && t.data[at] >= '0' && t.data[at] <= '9';
}

static bool
starts(struct text t, size_t at, const char *word)
{
    for (size_t i = 0; word[i] != '\0'; i++) {
        if (at + i >= t.size || (t.data[at + i] | 0x20) != (word[i] | 0x20)) {
            return false;
        }
    }
    return true;
}

/* Bytes of a space at `at`: plain, no-break, narrow no-break; 0 if there is none. */
static size_t
space_at(struct text t, size_t at)
{
    if (at < t.size && (t.data[at] == ' ' || t.data[at] == '\'')) {
        return 1;
    }
    if (at + 1 < t.size && t.data[at] == '\xC2' && t.data[at + 1] == '\xA0') {
        return 2;
    }
    bool narrow = at + 2 < t.size && t.data[at] == '\xE2' && t.data[at + 1] == '\x80' &&
                  (t.data[at + 2] == '\xAF' || t.data[at + 2] == '\x89');
    return narrow ? 3 : 0;
}

/* A space between groups of three digits: "1 203". */
static size_t
group_gap(struct text t, size_t at)
{
    size_t gap = space_at(t, at);
    bool grouped = gap > 0 && is_digit(t, at + gap) && is_digit(t, at + gap + 1) &&
                   is_digit(t, at + gap + 2) && !is_digit(t, at + gap + 3);
    return grouped ? gap : 0;
}

static bool
next_number(struct text t, size_t from, struct number *out)
{
    size_t at = from;
    while (at < t.size && !is_digit(t, at)) {
        at++;
    }
    *out = (struct number){.start = at};
    size_t digits = 0;
    for (;; at += group_gap(t, at)) {
        while (is_digit(t, at)) {
            digits++;
            out->whole =
                digits > DIGITS_MAX ? 0 : out->whole * 10 + (uint64_t)(t.data[at] - '0');
            at++;
        }
        if (group_gap(t, at) == 0) {
            break;
        }
    }
    bool point = at < t.size && (t.data[at] == ',' || t.data[at] == '.');
    out->has_cents = point && is_digit(t, at + 1) && is_digit(t, at + 2) &&
                     !is_digit(t, at + 3) &&
                     !(at + 3 < t.size && t.data[at + 3] == '.'); /* 07.03.2026 */
    out->end = out->has_cents ? at + 3 : at;
    out->is_long = digits > DIGITS_MAX;
    return digits > 0;
}

/* Whether the name of a measure begins a word in the last 32 bytes before `at`. */
static bool
follows_a_measure(struct text t, size_t at)
{
    static const char *const names[] = {"qf",  "quotient",  "revenu",
                                        "rfr", "ressource", "income"};
    for (size_t i = 0; i < at; i++) {
        for (size_t j = 0; j < ARRAY_COUNT(names); j++) {
            bool inside_a_word = i > 0 && ((t.data[i - 1] | 0x20) >= 'a') &&
                                 ((t.data[i - 1] | 0x20) <= 'z');
            if (!inside_a_word && starts(t, i, names[j]) && at - i <= 32) {
                return true;
            }
        }
    }
    return false;
}

static bool
precedes_a_currency(struct text t, size_t at)
{
    at += space_at(t, at);
    return starts(t, at, "\xE2\x82\xAC") || starts(t, at, "eur");
}

bool
discretion_shows_amount(struct text t)
{
    struct number number;
    for (size_t at = 0; next_number(t, at, &number); at = number.end) {
        bool year_or_month =
            number.whole <= DAY_MAX || (number.whole >= 1900 && number.whole <= 2199);
        if (number.has_cents || precedes_a_currency(t, number.end) ||
            (!year_or_month && follows_a_measure(t, number.start))) {
            return true;
        }
    }
    return false;
}

/* The amount in euros, in cents, or of twelve months. A number that a day or a month may be is
 * none of the last two. */
static bool
is_amount(uint64_t whole, uint64_t cents)
{
    uint64_t euros = cents / 100;
    bool by_cents = whole == cents;
    bool by_year = whole >= cents * 12 / 100 && whole <= (cents * 12 + 99) / 100;
    return whole == euros || whole == euros + 1 ||
           (whole > DAY_MAX && (by_cents || by_year));
}

bool
discretion_shows_under(struct text heading, struct text t)
{
    struct number number;
    return discretion_shows_amount(t) ||
           (follows_a_measure(heading, heading.size) && next_number(t, 0, &number));
}

bool
discretion_shows(struct text t, struct money amount)
{
    uint64_t cents = (uint64_t)(amount.cents < 0 ? 0 : amount.cents);
    struct number number;
    for (size_t at = 0; next_number(t, at, &number); at = number.end) {
        if (!number.is_long && is_amount(number.whole, cents)) {
            return true;
        }
    }
    return discretion_shows_amount(t);
}
