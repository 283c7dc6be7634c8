/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in a free text, as people write them: "1 203,40 €", "QF 640". A doubt withholds the
 * text: a document's name that is left out costs nothing. */
#include "defray/discretion.h"

#include <string.h>

#define DIGITS_MAX 12 /* more are no amount: a reference, an account */

#define DAY_MAX  31
#define BARE_MIN 100 /* an age, a percentage, a department are less */

#define REFERENCE_BYTES 20 /* from what calls a number a reference to that number */

struct number {
    size_t start, end; /* of the text */
    uint64_t whole;    /* what stands before its decimals */
    bool has_cents;    /* exactly two decimals follow */
    bool is_long;      /* more digits than an amount has */
};

static bool
digit_at(struct text t, size_t at)
{
    return at < t.size && is_digit(t.data[at]);
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

/* A space or a point between groups of three digits: "1 203", "1.203". */
static size_t
group_gap(struct text t, size_t at)
{
    bool point = at < t.size && t.data[at] == '.';
    size_t gap = point ? 1 : space_at(t, at);
    bool grouped = gap > 0 && digit_at(t, at + gap) && digit_at(t, at + gap + 1) &&
                   digit_at(t, at + gap + 2) && !digit_at(t, at + gap + 3);
    return grouped ? gap : 0;
}

static bool
next_number(struct text t, size_t from, struct number *out)
{
    size_t at = from;
    while (at < t.size && !digit_at(t, at)) {
        at++;
    }
    *out = (struct number){.start = at};
    size_t digits = 0;
    for (;; at += group_gap(t, at)) {
        while (digit_at(t, at)) {
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
    out->has_cents = point && digit_at(t, at + 1) && digit_at(t, at + 2) &&
                     !digit_at(t, at + 3) &&
                     !(at + 3 < t.size && t.data[at + 3] == '.'); /* 07.03.2026 */
    out->end = out->has_cents ? at + 3 : at;
    out->is_long = digits > DIGITS_MAX;
    return digits > 0;
}

static bool
is_letter(struct text t, size_t at)
{
    return at < t.size && (t.data[at] | 0x20) >= 'a' && (t.data[at] | 0x20) <= 'z';
}

/* Whether one of the words begins a word in the last 32 bytes before `at`. */
static bool
follows_one_of(const char *const *names, size_t count, struct text t, size_t at)
{
    for (size_t i = at > 32 ? at - 32 : 0; i < at; i++) {
        for (size_t j = 0; j < count; j++) {
            bool inside_a_word = i > 0 && is_letter(t, i - 1);
            if (!inside_a_word && starts(t, i, names[j])) {
                return true;
            }
        }
    }
    return false;
}

static const char *const measures[] = {"qf",  "q.f",       "quotient", "revenu",
                                       "rfr", "ressource", "income"};

static bool
follows_a_measure(struct text t, size_t at)
{
    return follows_one_of(measures, ARRAY_COUNT(measures), t, at);
}

/* A year of evidence stands beside its month: "QF mars 2026", "QF 03/2026", "QF 2026-03". Alone
 * behind a measure, 2026 may be euros. */
static bool
is_year_with_month(struct text t, const struct number *number)
{
    static const char *const months[] = {"janv",
                                         "f\xC3\xA9v",
                                         "fev",
                                         "mars",
                                         "avr",
                                         "mai",
                                         "juin",
                                         "juil",
                                         "ao\xC3\xBBt",
                                         "aout",
                                         "sept",
                                         "oct",
                                         "nov",
                                         "d\xC3\xA9"
                                         "c",
                                         "dec",
                                         "march",
                                         "apr",
                                         "may",
                                         "june",
                                         "july",
                                         "aug",
                                         "jan",
                                         "feb",
                                         "jun",
                                         "jul",
                                         "sep",
                                         "mar"};
    bool year = number->end - number->start == 4 && number->whole >= 1900 &&
                number->whole <= 2199;
    bool behind = number->start > 1 && digit_at(t, number->start - 2) &&
                  (t.data[number->start - 1] == '/' || t.data[number->start - 1] == '-' ||
                   t.data[number->start - 1] == '.');
    bool before = number->end < t.size && digit_at(t, number->end + 1) &&
                  (t.data[number->end] == '-' || t.data[number->end] == '/');
    size_t word = number->start;
    while (word > 0 && t.data[word - 1] == ' ') {
        word--;
    }
    while (word > 0 &&
           (is_letter(t, word - 1) || (unsigned char)t.data[word - 1] >= 0x80)) {
        word--;
    }
    bool month = false;
    for (size_t i = 0; i < ARRAY_COUNT(months); i++) {
        month = month || starts(t, word, months[i]);
    }
    return year && (behind || before || month);
}

static bool
precedes_a_currency(struct text t, size_t at)
{
    at += space_at(t, at);
    return starts(t, at, "\xE2\x82\xAC") || starts(t, at, "eur");
}

/* The start of the word before `at`, behind which stands nothing but spaces, a colon or an equals
 * sign; `at` if there is none. */
static size_t
word_before(struct text t, size_t at)
{
    size_t end = at;
    while (end > 0 &&
           (t.data[end - 1] == ' ' || t.data[end - 1] == ':' || t.data[end - 1] == '=' ||
            t.data[end - 1] == '\xC2' || t.data[end - 1] == '\xA0')) {
        end--;
    }
    size_t start = end;
    while (start > 0 && (is_letter(t, start - 1) || t.data[start - 1] == '.')) {
        start--;
    }
    return start < end ? start : at;
}

/* A measure, and a number with nothing behind it that makes a day or a month of it: "QF 25". */
static bool
is_bare_figure(struct text t, const struct number *number)
{
    size_t word = word_before(t, number->start);
    bool measured = word < number->start && starts(t, word, "familial");
    for (size_t i = 0; i < ARRAY_COUNT(measures) && word < number->start; i++) {
        measured = measured || starts(t, word, measures[i]);
    }
    size_t behind = number->end;
    while (space_at(t, behind) > 0) {
        behind += space_at(t, behind);
    }
    bool joined = number->end < t.size && digit_at(t, number->end + 1) &&
                  memchr("/-.", t.data[number->end], 3) != NULL;
    return measured && !joined && !is_letter(t, behind) && !digit_at(t, behind);
}

bool
discretion_shows_amount(struct text t)
{
    struct number number;
    for (size_t at = 0; next_number(t, at, &number); at = number.end) {
        bool day_or_month = number.whole <= DAY_MAX && !is_bare_figure(t, &number);
        bool year_or_month = day_or_month || is_year_with_month(t, &number);
        if (number.has_cents || precedes_a_currency(t, number.end) ||
            (!year_or_month && follows_a_measure(t, number.start))) {
            return true;
        }
    }
    return false;
}

/* Whether a number says which text or document: "art. 12", "n° 2026-14", "dossier 4521". */
static bool
is_reference(struct text t, size_t start)
{
    static const char *const words[] = {"n\xC2\xB0",
                                        "no ",
                                        "no.",
                                        "num",
                                        "art",
                                        "dossier",
                                        "d\xC3\xA9lib",
                                        "delib",
                                        "decision",
                                        "d\xC3\xA9"
                                        "cision",
                                        "ref.",
                                        "r\xC3\xA9"
                                        "f",
                                        "piece",
                                        "pi\xC3\xA8"
                                        "ce",
                                        "alin",
                                        "page",
                                        "annexe"};
    size_t from = start > REFERENCE_BYTES ? start - REFERENCE_BYTES : 0;
    for (size_t i = start; i > from; i--) {
        if (digit_at(t, i - 1)) {
            return false; /* it is of that number */
        }
        for (size_t j = 0; j < ARRAY_COUNT(words); j++) {
            if ((i == 1 || !is_letter(t, i - 2)) && starts(t, i - 1, words[j])) {
                return true;
            }
        }
    }
    return false;
}

bool
discretion_shows_bare(struct text t)
{
    struct number number;
    for (size_t at = 0; next_number(t, at, &number); at = number.end) {
        bool year = number.end - number.start == 4 && number.whole >= 1900 &&
                    number.whole <= 2199;
        bool joined = number.start > 0 && (is_letter(t, number.start - 1) ||
                                           t.data[number.start - 1] == '-' ||
                                           t.data[number.start - 1] == '/');
        if (number.whole >= BARE_MIN && !year && !joined &&
            !is_reference(t, number.start)) {
            return true;
        }
    }
    return discretion_shows_amount(t);
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
    /* What offices call a column of figures. */
    static const char *const figures[] = {
        "plafond",        "retenu", "seuil",        "calcul", "montant",
        "salaire",        "fiscal", "imp\xC3\xB4t", "impot",  "parts",
        "nombre de part", "euros",  "amount",       "salary"};
    struct number number;
    return discretion_shows_amount(t) ||
           (next_number(t, 0, &number) &&
            (follows_a_measure(heading, heading.size) ||
             follows_one_of(figures, ARRAY_COUNT(figures), heading, heading.size)));
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
