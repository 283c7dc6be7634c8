/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in a free text, as people write them: "1 203,40 €", "QF 640". A doubt withholds the
 * text: a document's name that is left out costs nothing. */
#include "defray/discretion.h"

#include "number.h"

#define BARE_MIN 100 /* an age, a percentage, a department are less */

#define NEAR_BYTES      32 /* from a measure to what is most probably its figure */
#define REFERENCE_BYTES 20 /* from what calls a number a reference to that number */

#define NOWHERE SIZE_MAX

/* Directly before a small number near a measure: "art. 3", "n° 12", "N-1". */
static const char numbering[] =
    " n no num numero art article articles alinea page annexe deliberation delib arrete decret ";
/* Directly before a year, or before what links it: "impôt 2025", "exercice fiscal 2025". */
static const char dating[] =
    " impot impots imposition avis annee annees exercice titre en depuis debut fin "
    "year since in ";
static const char linking[] = " de d fiscal fiscale ";

static bool
begins_a_measure(struct text t, size_t at)
{
    static const char *const measures[] = {"qf",  "q.f",       "quotient", "revenu",
                                           "rfr", "ressource", "income"};
    return number_begins_one_of(measures, ARRAY_COUNT(measures), t, at);
}

/* Where the last measure between the two places begins; `before` if there is none. */
static size_t
last_measure(struct text t, size_t from, size_t to, size_t before)
{
    for (size_t i = to; i > from; i--) {
        if (begins_a_measure(t, i - 1)) {
            return i - 1;
        }
    }
    return before;
}

/* Whether a number says which text or document: "art. 12", "n° 2026-14", "dossier 4521". With a
 * measure in between it does not, nor in "revenu fiscal de référence : 12 000". */
static bool
is_reference(struct text t, const struct number *number)
{
    /* In octal where the letter after it would be read with it. */
    static const char *const words[] = {
        "n\xC2\xB0",    "n\xC2\xBA",  "no ",      "no.",
        "num",          "art",        "dossier",  "allocataire",
        "d\xC3\xA9lib", "delib",      "decision", "d\303\251cision",
        "ref.",         "r\303\251f", "piece",    "pi\303\250ce",
        "alin",         "page",       "annexe"};
    size_t start = number->start;
    size_t from = start > REFERENCE_BYTES ? start - REFERENCE_BYTES : 0;
    for (size_t i = start; i > from; i--) {
        if ((is_digit(t.data[i - 1]) && number->whole > NUMBER_DAY_MAX) ||
            begins_a_measure(t, i - 1)) {
            return false; /* it is of that number, or "art. 3 et 5" */
        }
        bool of_income = i > 3 && number_text_is_at(t, i - 4, "de r\xC3\xA9") &&
                         number_text_is_at(t, i - 1, "r\303\251f\303\251rence");
        if (!of_income && number_begins_one_of(words, ARRAY_COUNT(words), t, i - 1)) {
            return true;
        }
    }
    return false;
}

/* Whether it is the year of what stands before it: "l'avis d'impôt 2025", "en 2025". */
static bool
is_year_of(struct text t, const struct number *number)
{
    size_t at = number->start;
    struct number_word word = number_word_before(t, &at, "(");
    if (number_word_is_among(linking, &word)) {
        word = number_word_before(t, &at, "");
    }
    return number_is_year(number, 2000, 2099) && number_word_is_among(dating, &word);
}

/* Whether a number so many bytes behind a measure is no figure of it. The nearer, the less is taken
 * for a reference or a year. */
static bool
is_plain(struct text t, const struct number *number, size_t distance)
{
    if (number->is_long || number_is_dated(t, number) || number_is_count(t, number)) {
        return true;
    }
    if (distance > NEAR_BYTES) {
        return is_year_of(t, number) || number_is_joined(t, number) ||
               is_reference(t, number);
    }
    size_t start = number->start;
    struct number_word word = number_word_before(t, &start, ".-");
    return number->whole <= NUMBER_DAY_MAX && number_word_is_among(numbering, &word);
}

bool
discretion_shows_amount(struct text t)
{
    size_t measure = NOWHERE;
    struct number number;
    for (size_t at = 0; number_next(t, at, &number); at = number.end) {
        measure = last_measure(t, at, number.start, measure);
        if (number.has_cents || number_is_money(t, &number) ||
            (measure != NOWHERE && !is_plain(t, &number, number.start - measure))) {
            return true;
        }
    }
    return false;
}

bool
discretion_shows_bare(struct text t)
{
    struct number number;
    for (size_t at = 0; number_next(t, at, &number); at = number.end) {
        if (number.whole >= BARE_MIN && !number_is_year(&number, 1900, 2199) &&
            !number_is_joined(t, &number) && !is_reference(t, &number)) {
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
           (whole > NUMBER_DAY_MAX && (by_cents || by_year));
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
    bool measured = last_measure(heading, 0, heading.size, NOWHERE) != NOWHERE;
    for (size_t i = 0; i < heading.size && !measured; i++) {
        measured = number_begins_one_of(figures, ARRAY_COUNT(figures), heading, i);
    }
    return discretion_shows_amount(t) || (measured && number_next(t, 0, &number));
}

bool
discretion_shows_any(struct text t, const struct money *amounts, size_t count)
{
    struct number number;
    for (size_t at = 0; number_next(t, at, &number); at = number.end) {
        for (size_t i = 0; i < count && !number.is_long; i++) {
            int64_t cents = amounts[i].cents < 0 ? 0 : amounts[i].cents;
            if (is_amount(number.whole, (uint64_t)cents)) {
                return true;
            }
        }
    }
    return discretion_shows_amount(t);
}

bool
discretion_shows(struct text t, struct money amount)
{
    return discretion_shows_any(t, &amount, 1);
}
