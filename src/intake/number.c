/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as people write them, "1 203,40 €", and the words beside them. No word is guessed at:
 * what only looks like one says nothing. */
#include "number.h"

#include "wording.h"

#include <string.h>

#define DIGITS_MAX 12 /* more are no amount */
#define DATE_PARTS 3

/* Between spaces, as word_is_among() takes them. Whole words: "mari" is no March. */
static const char months[] =
    " janvier janv jan fevrier fevr fev mars mar avril avr mai juin juillet juil aout septembre "
    "sept sep octobre oct novembre nov decembre dec january february feb march april apr may june "
    "jun july jul august aug october november december ";
/* Behind the digits, without a space. "25e" may be euros. */
static const char ordinals[] = " er ere re eme ieme nd nde st rd th ";
/* What is counted, and no euros are. One is 1 only: "QF 12 personne seule". */
static const char counted[] =
    " enfants children personnes persons people pers adultes adults parts demi mois months ans "
    "annees years jours days heures hours h semaines weeks trimestres quarters derniers dernieres "
    "premiers premieres bulletins fiches justificatifs ";
static const char counted_once[] =
    " enfant child personne person adulte adult part month an annee year jour day heure hour "
    "semaine week trimestre quarter dernier derniere premier premiere ";
static const char linking[] = " de d ";

static bool
digit_at(struct text t, size_t at)
{
    return at < t.size && is_digit(t.data[at]);
}

bool
number_text_is_at(struct text t, size_t at, const char *word)
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

bool
number_next(struct text t, size_t from, struct number *out)
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

static size_t
skip_spaces(struct text t, size_t at)
{
    while (space_at(t, at) > 0) {
        at += space_at(t, at);
    }
    return at;
}

/* Bytes of a space that ends before `at`; 0 if there is none. */
static size_t
space_before(struct text t, size_t at)
{
    for (size_t size = 1; size <= 3 && size <= at; size++) {
        if (space_at(t, at - size) == size) {
            return size;
        }
    }
    return 0;
}

/* The letter there without its accent, and how many bytes it has; NUL if there is none. */
static char
letter_at(struct text t, size_t at, size_t *bytes)
{
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuy.y"; /* from U+00E0 on */
    *bytes = 1;
    if (is_letter(t, at)) {
        return (char)(t.data[at] | 0x20);
    }
    *bytes = 2;
    bool accented = at + 1 < t.size && t.data[at] == '\xC3';
    return accented ? latin[(unsigned char)t.data[at + 1] & 0x1F] : '\0';
}

/* The word that begins there, and where it ends. */
static struct number_word
word_at(struct text t, size_t *at)
{
    struct number_word word = {.size = 0};
    size_t bytes = 0, count = 0;
    for (char letter = letter_at(t, *at, &bytes); letter != '\0';
         letter = letter_at(t, *at, &bytes)) {
        if (count < NUMBER_LETTERS) {
            word.letters[count] = letter;
        }
        count++;
        *at += bytes;
    }
    word.size = count < NUMBER_LETTERS ? count : 0;
    return word;
}

/* The next word, behind nothing but spaces. */
static struct number_word
word_behind(struct text t, size_t *at)
{
    *at = skip_spaces(t, *at);
    return word_at(t, at);
}

struct number_word
number_word_before(struct text t, size_t *at, const char *marks)
{
    size_t end = *at;
    for (size_t mark = 1; end > 0 && mark > 0; end -= mark) {
        bool degree = end > 1 && t.data[end - 2] == '\xC2' &&
                      (t.data[end - 1] == '\xB0' || t.data[end - 1] == '\xBA');
        bool listed = t.data[end - 1] != '\0' && strchr(marks, t.data[end - 1]) != NULL;
        mark = degree ? 2 : listed ? 1 : space_before(t, end);
    }
    size_t start = end;
    while (start > 0 && end - start <= (size_t)2 * NUMBER_LETTERS) {
        bool accented = start > 1 && t.data[start - 2] == '\xC3';
        if (!accented && !is_letter(t, start - 1)) {
            break;
        }
        start -= accented ? 2 : 1;
    }
    *at = start;
    size_t from = start;
    return start < end ? word_at(t, &from) : (struct number_word){.size = 0};
}

bool
number_word_is_among(const char *words, const struct number_word *word)
{
    return word_is_among(words, (struct text){word->letters, word->size});
}

bool
number_begins_one_of(const char *const *texts, size_t count, struct text t, size_t at)
{
    if (at > 0 && is_letter(t, at - 1)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (number_text_is_at(t, at, texts[i])) {
            return true;
        }
    }
    return false;
}

static bool
is_within(uint64_t value, uint64_t least, uint64_t most)
{
    return value >= least && value <= most;
}

static bool
is_joint(char c)
{
    return c == '/' || c == '-' || c == '.';
}

struct dated {
    uint64_t values[DATE_PARTS];
    size_t digits[DATE_PARTS];
    size_t count;
    char joint;
};

/* Numbers that one sign joins, from `at` on; none if there are too many, or other signs. */
static struct dated
joined_at(struct text t, size_t at)
{
    struct dated out = {.joint = '\0'};
    for (;; at++) {
        size_t start = at;
        uint64_t value = 0;
        while (digit_at(t, at) && at - start <= 4) {
            value = value * 10 + (uint64_t)(t.data[at++] - '0');
        }
        out.values[out.count] = value;
        out.digits[out.count++] = at - start;
        if (digit_at(t, at)) {
            return (struct dated){.count = 0};
        }
        if (at >= t.size || !is_joint(t.data[at]) || !digit_at(t, at + 1)) {
            return out;
        }
        out.joint = out.count == 1 ? t.data[at] : out.joint;
        if (t.data[at] != out.joint || out.count == DATE_PARTS) {
            return (struct dated){.count = 0};
        }
    }
}

/* "07/03/2026", "07.03.2026", "2026-03-07", "12/2025", "2026-03", "03/26", "12/03"; but "12-15" may
 * be two amounts, and "12.2025" one. */
static bool
is_day_or_month(const struct dated *d)
{
    uint64_t first = d->values[0], second = d->values[1], third = d->values[2];
    bool day = is_within(first, 1, NUMBER_DAY_MAX), month = is_within(second, 1, 12);
    bool month_first = is_within(first, 1, 12);
    bool full_year = d->digits[0] == 4 && is_within(first, 2000, 2099);
    size_t last = d->count == 0 ? 0 : d->count - 1;
    bool short_year = d->digits[last] == 2 && is_within(d->values[last], 20, 59);
    bool long_year = d->digits[last] == 4 && is_within(d->values[last], 2000, 2099);
    if (d->count == 2) {
        return (d->joint == '/' && ((day && month) || (month_first && short_year))) ||
               (d->joint != '.' && ((month_first && long_year) || (full_year && month)));
    }
    bool born = d->digits[last] == 4 && is_within(third, 1900, 1999);
    return d->count == DATE_PARTS && month &&
           ((day && (long_year || short_year || born)) ||
            (full_year && is_within(third, 1, NUMBER_DAY_MAX)));
}

/* Whether the number is a part of a date in figures. */
static bool
is_in_figures(struct text t, const struct number *number)
{
    size_t start = number->start;
    for (size_t i = 0; i < DATE_PARTS; i++) {
        size_t digits = 0;
        bool joined = start > 1 && is_joint(t.data[start - 1]);
        while (joined && digits <= 4 && start > digits + 1 &&
               digit_at(t, start - digits - 2)) {
            digits++;
        }
        start -= digits > 0 ? digits + 1 : 0;
    }
    struct dated dated = joined_at(t, start);
    return is_day_or_month(&dated);
}

bool
number_is_year(const struct number *number, uint64_t least, uint64_t most)
{
    return number->end - number->start == 4 && is_within(number->whole, least, most);
}

/* A year in which nobody hands in evidence may be euros: "QF mars 1950". */
bool
number_is_dated(struct text t, const struct number *number)
{
    size_t attached = number->end, behind = number->end, before = number->start;
    struct number_word suffix = word_at(t, &attached);
    struct number_word next = word_behind(t, &behind);
    struct number_word month = number_word_before(t, &before, ".");
    bool day = is_within(number->whole, 1, NUMBER_DAY_MAX);
    return (day && (number_word_is_among(months, &next) ||
                    number_word_is_among(ordinals, &suffix))) ||
           (number_is_year(number, 2000, 2099) && number_word_is_among(months, &month)) ||
           is_in_figures(t, number);
}

/* "25 mois de mars" counts none. */
bool
number_is_count(struct text t, const struct number *number)
{
    size_t at = number->end;
    bool point = at < t.size && (t.data[at] == ',' || t.data[at] == '.');
    at += point && digit_at(t, at + 1) && !digit_at(t, at + 2) ? 2 : 0;
    struct number_word unit = word_behind(t, &at);
    struct number_word next = word_behind(t, &at);
    if (number_word_is_among(linking, &next)) {
        next = word_behind(t, &at);
    }
    return is_within(number->whole, 1, NUMBER_DAY_MAX) &&
           !number_word_is_among(months, &next) &&
           (number_word_is_among(counted, &unit) ||
            (number->whole == 1 && number_word_is_among(counted_once, &unit)));
}

/* "€", "euros", "k€", "mille euros", "millions d'euros". */
static bool
precedes_a_currency(struct text t, size_t at)
{
    static const char *const multiples[] = {
        "",           "k",         "m",          "md",  "mille",
        "milliers d", "million d", "millions d", "mds", "milliards d"};
    at = skip_spaces(t, at);
    for (size_t i = 0; i < ARRAY_COUNT(multiples); i++) {
        if (number_text_is_at(t, at, multiples[i])) {
            size_t behind = skip_spaces(t, at + strlen(multiples[i]));
            if (number_text_is_at(t, behind, "\xE2\x82\xAC") ||
                number_text_is_at(t, behind, "eur")) {
                return true;
            }
        }
    }
    return false;
}

/* "€ 640", "EUR 640". */
static bool
follows_a_currency(struct text t, size_t at)
{
    size_t start = at;
    struct number_word word = number_word_before(t, &start, "");
    size_t end = at;
    while (space_before(t, end) > 0) {
        end -= space_before(t, end);
    }
    return number_word_is_among(" eur ", &word) ||
           (end > 2 && number_text_is_at(t, end - 3, "\xE2\x82\xAC"));
}

bool
number_is_money(struct text t, const struct number *number)
{
    return precedes_a_currency(t, number->end) || follows_a_currency(t, number->start);
}

bool
number_is_joined(struct text t, const struct number *number)
{
    size_t start = number->start;
    bool signed_on = start > 1 && (t.data[start - 1] == '-' || t.data[start - 1] == '/');
    return (start > 0 && is_letter(t, start - 1)) ||
           (signed_on && (digit_at(t, start - 2) || is_letter(t, start - 2)));
}
