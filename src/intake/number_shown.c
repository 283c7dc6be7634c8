/* SPDX-License-Identifier: Apache-2.0 */
/* Letters and signs beside the digits of a number: currencies, per cent, hours and minutes. */
#include "number_shown.h"

#include "defray/arena.h"
#include "defray/language.h"
#include "defray/limits.h"

#include <string.h>
#include <strings.h>

/* What is written in front of an amount, or behind it, in other currencies. */
static const char *const foreign_words[] = {
    "CHF", "USD",  "GBP",   "JPY",    "CAD",    "AUD",     "CNY",    "SEK",      "NOK",
    "DKK", "PLN",  "CZK",   "HUF",    "RON",    "MAD",     "TND",    "DZD",      "XPF",
    "XOF", "XAF",  "CFP",   "FCFP",   "CFA",    "FCFA",    "SFR",    "FRS",      "FRANC",
    "YEN", "YENS", "POUND", "FRANCS", "DOLLAR", "DOLLARS", "POUNDS", "STERLING",
};
/* Those that may as well be two letters of a code: "F-012", "FR-86". */
static const char *const short_words[] = {"F", "FF", "FR"};
static const char *const minute_words[] = {"min", "mins", "mn", "minute", "minutes"};

static bool
is_word(struct text t, const char *word)
{
    return t.size == strlen(word) && strncasecmp(t.data, word, t.size) == 0;
}

static bool
is_among(struct text t, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_word(t, words[i])) {
            return true;
        }
    }
    return false;
}

/* The bytes of a space or an apostrophe beyond ASCII, or 0. */
static size_t
wide_space(struct text t)
{
    static const struct text spaces[] = {
        {"\xC2\xA0",     2}, /* no-break, thin and narrow, apostrophe */
        {"\xE2\x80\x89", 3},
        {"\xE2\x80\xAF", 3},
        {"\xE2\x80\x99", 3},
    };
    for (size_t i = 0; i < ARRAY_COUNT(spaces); i++) {
        if (text_starts_with(t, spaces[i])) {
            return spaces[i].size;
        }
    }
    return 0;
}

static struct text
behind(struct text t, size_t size)
{
    return (struct text){t.data + size, t.size - size};
}

/* The bytes of what parts two words there; 0 within a word. */
static size_t
break_size(struct text t)
{
    char c = t.data[0];
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
    return (uint8_t)c >= 0x80 ? wide_space(t) : !word;
}

/* The next word; empty if there is none. "Fr." is a word without its point. */
static struct text
next_word(struct text *rest)
{
    while (rest->size > 0 && break_size(*rest) > 0) {
        *rest = behind(*rest, break_size(*rest));
    }
    struct text word = {rest->data, 0};
    while (rest->size > 0 && break_size(*rest) == 0) {
        word.size++;
        *rest = behind(*rest, 1);
    }
    return word;
}

/* Whether it has a sign of a currency: a dollar, a pound, a yen, or one of those that stand with
 * the euro between U+20A0 and U+20CF. */
static bool
has_sign(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        uint8_t second = i + 1 < t.size ? (uint8_t)t.data[i + 1] : 0;
        uint8_t third = i + 2 < t.size ? (uint8_t)t.data[i + 2] : 0;
        bool pound_or_yen = t.data[i] == '\xC2' && (second == 0xA3 || second == 0xA5);
        bool other = t.data[i] == '\xE2' && ((second == 0x82 && third >= 0xA0) ||
                                             (second == 0x83 && third <= 0x8F));
        if (t.data[i] == '$' || pound_or_yen || (other && third != 0xAC)) {
            return true;
        }
    }
    return false;
}

static bool
names_currency(struct text t, enum shown_place place)
{
    struct text rest = t;
    size_t words = 0;
    bool named = has_sign(t);
    bool brief = false;
    for (struct text word = next_word(&rest); word.size > 0; word = next_word(&rest)) {
        words++;
        named = named || is_among(word, foreign_words, ARRAY_COUNT(foreign_words));
        brief = brief || is_among(word, short_words, ARRAY_COUNT(short_words));
    }
    bool joined =
        memchr(t.data, '-', t.size) != NULL || memchr(t.data, '/', t.size) != NULL;
    return named || (brief && !joined && (words == 1 || place != SHOWN_BEFORE));
}

static bool
names_minutes(struct text t)
{
    bool named = false;
    for (struct text word = next_word(&t); word.size > 0; word = next_word(&t)) {
        named = named || is_among(word, minute_words, ARRAY_COUNT(minute_words));
    }
    return named;
}

/* Whether something stands there that does not part thousands, the numbers of a telephone or the
 * parts of a code, and is no decimal mark and no exponent. */
static bool
parts_digits(struct text t)
{
    bool exponent = t.size > 0 && (t.data[0] == 'E' || t.data[0] == 'e');
    for (size_t at = exponent; at < t.size;) {
        size_t size = (uint8_t)t.data[at] >= 0x80
                          ? wide_space(behind(t, at))
                          : memchr(" '.,-/()+", t.data[at], 9) != NULL;
        if (size == 0) {
            return true;
        }
        at += size;
    }
    return false;
}

void
shown_judge(struct shown_signs *signs, struct text literal, enum shown_place place)
{
    if (literal.size == 0) {
        return;
    }
    signs->foreign = signs->foreign || names_currency(literal, place);
    signs->percent = signs->percent || memchr(literal.data, '%', literal.size) != NULL;
    signs->parted = signs->parted || (place == SHOWN_BETWEEN && parts_digits(literal));
    signs->minutes = signs->minutes || (place != SHOWN_BEFORE && names_minutes(literal));
}

void
shown_read(struct shown_signs *signs, struct text screen)
{
    size_t from = 0;
    for (size_t at = 0; at <= screen.size; at++) {
        if (at < screen.size && !is_digit(screen.data[at])) {
            continue;
        }
        enum shown_place place = from == 0           ? SHOWN_BEFORE
                                 : at == screen.size ? SHOWN_BEHIND
                                                     : SHOWN_BETWEEN;
        shown_judge(signs, (struct text){screen.data + from, at - from}, place);
        from = at + 1;
    }
}

const char *
shown_refusal(const struct shown_signs *signs)
{
    return signs->foreign   ? N_("an amount in another currency than the euro")
           : signs->percent ? N_("a number shown as per cent")
           : signs->parted
               ? N_("a number shown with letters or signs between its digits (3h30, 03:30)")
               : NULL;
}

/* The significant digits of a number as it is written, without the zeros on both sides. */
static struct text
significant(struct text t, char out[CSV_FIELD_MAX])
{
    size_t from = 0;
    size_t size = 0;
    for (size_t i = 0; i < t.size && size < CSV_FIELD_MAX; i++) {
        if (is_digit(t.data[i])) {
            out[size++] = t.data[i];
        }
    }
    while (from < size && out[from] == '0') {
        from++;
    }
    while (size > from && out[size - 1] == '0') {
        size--;
    }
    return (struct text){out + from, size - from};
}

bool
shown_has_other_digits(struct text screen, struct text number)
{
    char shown[CSV_FIELD_MAX];
    char held[CSV_FIELD_MAX];
    return !text_equals(significant(screen, shown), significant(number, held));
}

bool
shown_is_filled_up(struct text screen, struct text number)
{
    size_t more = screen.size > number.size ? screen.size - number.size : 0;
    for (size_t i = 0; i < screen.size; i++) {
        char wanted = i < more ? '0' : number.data[i - more];
        if (screen.data[i] != wanted || !is_digit(wanted)) {
            return false;
        }
    }
    return more > 0;
}
