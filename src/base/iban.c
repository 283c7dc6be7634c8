/* SPDX-License-Identifier: Apache-2.0 */
/*
 * International account numbers, ISO 13616: two letters, two check digits, and the
 * country's own number, of a fixed length. The check misses one account in a
 * hundred that was written at random, so it proves a slip and never an account.
 */
#include "defray/iban.h"

#include <assert.h>
#include <string.h>

#define IBAN_MIN    15
#define IBAN_MAX    34
#define IBAN_SHOWN  4 /* characters at each end */
#define IBAN_DIGITS 8 /* no country has fewer */

struct country {
    char code[3];
    uint8_t length;
};

/* The countries and territories of the SEPA schemes. */
static const struct country countries[] = {
    {"AD", 24},
    {"AL", 28},
    {"AT", 20},
    {"BE", 16},
    {"BG", 22},
    {"CH", 21},
    {"CY", 28},
    {"CZ", 24},
    {"DE", 22},
    {"DK", 18},
    {"EE", 20},
    {"ES", 24},
    {"FI", 18},
    {"FR", 27},
    {"GB", 22},
    {"GI", 23},
    {"GR", 27},
    {"HR", 21},
    {"HU", 28},
    {"IE", 22},
    {"IS", 26},
    {"IT", 27},
    {"LI", 21},
    {"LT", 20},
    {"LU", 20},
    {"LV", 21},
    {"MC", 27},
    {"MD", 24},
    {"ME", 22},
    {"MK", 19},
    {"MT", 31},
    {"NL", 18},
    {"NO", 15},
    {"PL", 28},
    {"PT", 25},
    {"RO", 24},
    {"RS", 22},
    {"SE", 24},
    {"SI", 19},
    {"SK", 24},
    {"SM", 27},
    {"VA", 22},
};

static bool
is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool
is_spelled(struct text t)
{
    if (t.size < IBAN_MIN || t.size > IBAN_MAX) {
        return false;
    }
    for (size_t i = 0; i < t.size; i++) {
        char c = t.data[i];
        bool fits = i < 2   ? is_capital(c)
                    : i < 4 ? is_digit(c)
                            : is_digit(c) || is_capital(c);
        if (!fits) {
            return false;
        }
    }
    return true;
}

/* The number modulo 97, read from its fifth character on, a letter being two
 * digits. A division for many digits, not for each. */
static int
modulo_97(struct text t)
{
    uint64_t rest = 0;
    for (size_t i = 0; i < t.size; i++) {
        size_t at = i + 4 < t.size ? i + 4 : i + 4 - t.size;
        char c = t.data[at];
        rest = is_digit(c) ? rest * 10 + (uint64_t)(c - '0')
                           : rest * 100 + (uint64_t)(c - 'A' + 10);
        rest = rest < UINT64_MAX / 1000 ? rest : rest % 97;
    }
    return (int)(rest % 97);
}

static size_t
space_at_start(struct text t)
{
    switch (t.data[0]) {
    case ' ':
    case '\t': return 1;
    case '\xC2': return text_starts_with(t, STR("\xC2\xA0")) ? 2 : 0;
    case '\xE2':
        return text_starts_with(t, STR("\xE2\x80\xAF")) ||
                       text_starts_with(t, STR("\xE2\x80\x89"))
                   ? 3
                   : 0;
    default: return 0;
    }
}

static bool
is_compact(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if (!is_digit(t.data[i]) && !is_capital(t.data[i])) {
            return false;
        }
    }
    return true;
}

struct text
iban_compact(struct arena *keep, struct text given)
{
    if (is_compact(given)) {
        return given;
    }
    char *out = NEW_ARRAY(keep, char, given.size);
    size_t size = 0;
    for (size_t i = 0; i < given.size;) {
        size_t space = space_at_start((struct text){given.data + i, given.size - i});
        if (space > 0) {
            i += space;
            continue;
        }
        char c = given.data[i++];
        out[size++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (struct text){out, size};
}

enum iban_fault
iban_check(struct text compact, size_t *length)
{
    *length = 0;
    bool spelled = is_spelled(compact);
    for (size_t i = 0; i < ARRAY_COUNT(countries); i++) {
        const char *code = countries[i].code;
        if (compact.size >= 2 && compact.data[0] == code[0] &&
            compact.data[1] == code[1]) {
            *length = countries[i].length;
        }
    }
    if (spelled && *length == 0) {
        return IBAN_COUNTRY;
    }
    if (*length > 0 && compact.size != *length) {
        return IBAN_LENGTH;
    }
    if (!spelled) {
        return IBAN_SPELLING;
    }
    int check = (compact.data[2] - '0') * 10 + (compact.data[3] - '0');
    bool usual = check >= 2 && check <= 98;
    return usual && modulo_97(compact) == 1 ? IBAN_SOUND : IBAN_CHECK;
}

const char *
iban_fault_words(struct arena *keep, enum language language, enum iban_fault fault,
                 size_t length)
{
    assert(fault != IBAN_SOUND);
    switch (fault) {
    case IBAN_SPELLING:
        return tr(language,
                  N_("the IBAN is not two letters, two digits, then letters and digits"));
    case IBAN_COUNTRY:
        return tr(language, N_("the IBAN is not of a country of the SEPA area"));
    case IBAN_LENGTH:
        return arena_printf(
            keep,
            tr(language, N_("the IBAN does not have the %zu characters of its country")),
            length);
    case IBAN_SOUND:
    case IBAN_CHECK: break;
    }
    return tr(language, N_("the check digits of the IBAN do not agree with the rest"));
}

/* ISO 9362 as the payment schemes take it: four letters or digits, two letters of a
 * country, two letters or digits, and three more or none. */
bool
bic_is_valid(struct text bic)
{
    if (bic.size != 8 && bic.size != 11) {
        return false;
    }
    for (size_t i = 0; i < bic.size; i++) {
        bool letter = is_capital(bic.data[i]);
        bool country = i == 4 || i == 5;
        if (!letter && (country || !is_digit(bic.data[i]))) {
            return false;
        }
    }
    return true;
}

const char *
iban_masked(struct arena *keep, struct text iban)
{
    if (iban.size < IBAN_MIN) {
        return "…";
    }
    return arena_printf(keep, "%.4s…%.4s", iban.data, iban.data + iban.size - 4);
}

static bool
is_alphanumeric(char c)
{
    return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z');
}

/* How many bytes of the start look like an account number, single spaces among them; 0: it does
 * not. *shown is the number of its characters without spaces. */
static size_t
account_at_start(struct text t, size_t *shown)
{
    size_t end = 0;
    size_t digits = 0;
    *shown = 0;
    for (size_t i = 0; i < t.size && *shown < IBAN_MAX; i++) {
        bool letter = is_alphanumeric(t.data[i]) && !is_digit(t.data[i]);
        bool fits = *shown < 2   ? letter
                    : *shown < 4 ? is_digit(t.data[i])
                                 : is_alphanumeric(t.data[i]);
        if (fits) {
            ++*shown;
            digits += is_digit(t.data[i]);
            end = i + 1;
        } else if (t.data[i] != ' ' || i != end || *shown < IBAN_SHOWN) {
            break;
        }
    }
    /* One that lacks a character is no less secret; words have few digits. */
    return *shown < IBAN_MIN - 1 || digits < IBAN_DIGITS ? 0 : end;
}

/* Sixty-four digits of a fingerprint, some of which begin like an account number. */
static bool
is_fingerprint(struct text t)
{
    size_t size = 0;
    while (size < t.size &&
           (is_digit(t.data[size]) || (t.data[size] >= 'a' && t.data[size] <= 'f'))) {
        size++;
    }
    return size == 64 && (size == t.size || !is_alphanumeric(t.data[size]));
}

struct text
iban_hide(struct arena *keep, struct text t)
{
    char *out = NULL;
    for (size_t i = 0; i < t.size; i++) {
        size_t shown = 0;
        struct text rest = {t.data + i, t.size - i};
        bool begins =
            (i == 0 || !is_alphanumeric(t.data[i - 1])) && !is_fingerprint(rest);
        size_t size = begins ? account_at_start(rest, &shown) : 0;
        if (size == 0) {
            continue;
        }
        if (out == NULL) {
            out = memcpy(arena_room(keep, t.size), t.data, t.size);
        }
        size_t at = 0;
        for (size_t k = 0; k < size; k++) {
            if (t.data[i + k] != ' ') {
                bool hidden = at >= IBAN_SHOWN && at + IBAN_SHOWN < shown;
                out[i + k] = hidden ? '*' : t.data[i + k];
                at++;
            }
        }
        i += size - 1;
    }
    return out == NULL ? t : (struct text){out, t.size};
}
