/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of number formats: what a cell shows of the number that it holds. Of the sections of a
 * code the first counts, which is that of positive numbers. */
#include "workbook_parts.h"

#include <string.h>
#include <strings.h>

/* What is written in front of an amount, or behind it, in other currencies. */
static const char *const foreign_words[] = {
    "CHF", "USD", "GBP", "JPY",  "CAD",   "XPF", "F",
    "FF",  "FR",  "SFR", "FCFP", "F CFP", "CFP",
};
static const char *const hour_words[] = {"h",        "heure", "heures",
                                         "heure(s)", "hour",  "hours"};
static const char *const euro_words[] = {"\xE2\x82\xAC", "EUR", "EURO", "EUROS"};

/* What was met in a code. */
struct met {
    uint8_t shown;
    bool month;   /* an "m" alone is a month */
    bool digits;  /* places of digits, or "General" */
    bool decimal; /* behind the point */
    bool percent, foreign, scaled, hours;
    int decimals;
};

static bool
is_word(struct text t, const char *word)
{
    return t.size == strlen(word) && strncasecmp(t.data, word, t.size) == 0;
}

static bool
has_sign(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        bool pound_or_yen = i + 1 < t.size && t.data[i] == '\xC2' &&
                            (t.data[i + 1] == '\xA3' || t.data[i + 1] == '\xA5');
        if (t.data[i] == '$' || pound_or_yen) {
            return true;
        }
    }
    return false;
}

/* A text between quotation marks. */
static bool
names_currency(struct text t)
{
    bool named = has_sign(t);
    t = text_trim(t);
    for (size_t i = 0; i < ARRAY_COUNT(foreign_words) && !named; i++) {
        named = is_word(t, foreign_words[i]);
    }
    return named;
}

static bool
names_hours(struct text t)
{
    bool named = false;
    t = text_trim(t);
    for (size_t i = 0; i < ARRAY_COUNT(hour_words) && !named; i++) {
        named = is_word(t, hour_words[i]);
    }
    return named;
}

/* The symbol of "[$CHF-100C]", which may be none. */
static bool
is_foreign_symbol(struct text t)
{
    const char *hyphen = memchr(t.data, '-', t.size);
    t.size = hyphen == NULL ? t.size : (size_t)(hyphen - t.data);
    t = text_trim(t);
    bool foreign = t.size > 0;
    for (size_t i = 0; i < ARRAY_COUNT(euro_words) && foreign; i++) {
        foreign = !is_word(t, euro_words[i]);
    }
    return foreign;
}

/* What quotes or brackets hold. */
static void
take_enclosed(struct met *met, char opening, struct text t)
{
    if (opening == '"') {
        met->foreign = met->foreign || names_currency(t);
        met->hours = met->hours || names_hours(t);
    } else if (t.size > 0 && t.data[0] == '$') {
        met->foreign =
            met->foreign || is_foreign_symbol((struct text){t.data + 1, t.size - 1});
    } else if (t.size > 0 && strspn(t.data, "hHmMsS") == t.size) {
        met->shown |= BOOK_SHOWN_TIME | BOOK_SHOWN_ELAPSED;
    }
}

/* A character outside quotes, escapes and brackets. */
static void
take_plain(struct met *met, const char *code)
{
    switch (*code) {
    case 'd':
    case 'D':
    case 'y':
    case 'Y': met->shown |= BOOK_SHOWN_DATE; break;
    case 'h':
    case 'H':
    case 's':
    case 'S': met->shown |= BOOK_SHOWN_TIME; break;
    case 'm':
    case 'M': met->month = true; break;
    case '0':
    case '#':
    case '?':
        met->digits = true;
        met->decimals += met->decimal && met->decimals >= 0;
        break;
    case '.': met->decimal = true; break;
    case ',':
        met->scaled =
            met->scaled ||
            (met->digits && (code[1] == '\0' || strchr("0#?", code[1]) == NULL));
        break;
    case '@': met->digits = true; break;
    case 'E':
    case 'e':
    case '/': met->decimals = ALL_DECIMALS; break;
    case '%': met->percent = true; break;
    default: met->foreign = met->foreign || has_sign((struct text){code, 2}); break;
    }
}

/* Reads the first section; false if a quote or a bracket is never closed. */
static bool
read_section(const char *code, struct met *met)
{
    for (; *code != '\0' && *code != ';'; code++) {
        if (strncasecmp(code, "General", 7) == 0) {
            met->digits = true;
            met->decimals = ALL_DECIMALS;
            code += 6;
        } else if (*code == '_' || *code == '*') {
            code += code[1] != '\0';
        } else if (*code == '\\') {
            met->foreign = met->foreign || code[1] == '$';
            met->hours = met->hours || code[1] == 'h' || code[1] == 'H';
            code += code[1] != '\0';
        } else if (*code == '"' || *code == '[') {
            const char *end = strchr(code + 1, *code == '"' ? '"' : ']');
            if (end == NULL) {
                return false;
            }
            take_enclosed(met, *code, (struct text){code + 1, (size_t)(end - code - 1)});
            code = end;
        } else {
            take_plain(met, code);
        }
    }
    return true;
}

struct cell_style
format_style(const char *code)
{
    struct met met = {0};
    struct cell_style style = {.decimals = ALL_DECIMALS};
    size_t zeros = strspn(code, "0");
    if (*code == '\0' || !read_section(code, &met)) {
        return style;
    }
    style.shown = met.shown == 0 && met.month ? BOOK_SHOWN_DATE : met.shown;
    if (style.shown != 0) {
        return style;
    }
    bool filled = zeros > 1 && zeros < 16 && code[zeros] == '\0';
    style.zeros = filled ? (uint8_t)zeros : 0;
    style.decimals = (int8_t)(met.decimals < 100 ? met.decimals : ALL_DECIMALS);
    style.form = met.foreign                 ? BOOK_FORM_CURRENCY
                 : met.percent               ? BOOK_FORM_PERCENT
                 : !met.digits || met.scaled ? BOOK_FORM_OTHER
                 : met.hours                 ? BOOK_FORM_HOURS
                                             : BOOK_FORM_PLAIN;
    return style;
}
