/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of number formats: what a cell shows of the number that it holds. Of the sections of a
 * code the first counts, which is that of positive numbers. */
#include "number_shown.h"
#include "workbook_parts.h"

#include <string.h>
#include <strings.h>

#define LITERAL_MAX 256 /* bytes of letters and signs side by side that are looked at */

static const char *const hour_words[] = {"h",        "heure", "heures",
                                         "heure(s)", "hour",  "hours"};
static const char *const euro_words[] = {"\xE2\x82\xAC", "EUR", "EURO", "EUROS"};

/* What was met in a code. */
struct met {
    uint8_t shown;
    bool month;   /* an "m" alone is a month */
    bool digits;  /* places of digits, or "General" */
    bool decimal; /* behind the point */
    bool foreign, percent, scaled, hours;
    int decimals;
    struct shown_signs signs;
    char literal[LITERAL_MAX]; /* shown as they are, since the last place of a digit */
    size_t literal_size;
};

static bool
is_word(struct text t, const char *word)
{
    return t.size == strlen(word) && strncasecmp(t.data, word, t.size) == 0;
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

static void
put_literal(struct met *met, struct text t)
{
    size_t room = LITERAL_MAX - met->literal_size;
    size_t size = t.size < room ? t.size : room;
    memcpy(met->literal + met->literal_size, t.data, size);
    met->literal_size += size;
}

/* At the place of a digit, or at the end of the code. */
static void
end_literal(struct met *met, bool at_digit)
{
    struct text literal = {met->literal, met->literal_size};
    enum shown_place place = !met->digits ? SHOWN_BEFORE
                             : at_digit   ? SHOWN_BETWEEN
                                          : SHOWN_BEHIND;
    shown_judge(&met->signs, literal, place);
    met->hours = met->hours || names_hours(literal);
    met->literal_size = 0;
    met->digits = met->digits || at_digit;
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
        put_literal(met, t);
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
        end_literal(met, true);
        met->decimals += met->decimal && met->decimals >= 0;
        break;
    case '.': met->decimal = true; break;
    case ',':
        met->scaled =
            met->scaled ||
            (met->digits && (code[1] == '\0' || strchr("0#?", code[1]) == NULL));
        break;
    case '@': end_literal(met, true); break;
    case 'E':
    case 'e':
    case '/': met->decimals = ALL_DECIMALS; break;
    case '%': met->percent = true; break;
    default: put_literal(met, (struct text){code, 1}); break;
    }
}

/* The bytes of a character that only says how wide a space is, or what fills the cell. */
static size_t
passed_over(const char *character)
{
    size_t size = character[0] != '\0';
    while (size > 0 && ((uint8_t)character[size] & 0xC0) == 0x80) {
        size++;
    }
    return size;
}

/* Reads the first section; false if a quote or a bracket is never closed. */
static bool
read_section(const char *code, struct met *met)
{
    for (; *code != '\0' && *code != ';'; code++) {
        if (strncasecmp(code, "General", 7) == 0) {
            end_literal(met, true);
            met->decimals = ALL_DECIMALS;
            code += 6;
        } else if (*code == '_' || *code == '*') {
            code += passed_over(code + 1);
        } else if (*code == '\\') {
            put_literal(met, (struct text){code + 1, code[1] != '\0'});
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
    end_literal(met, false);
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
    style.form = met.foreign || met.signs.foreign   ? BOOK_FORM_CURRENCY
                 : met.percent || met.signs.percent ? BOOK_FORM_PERCENT
                 : met.signs.parted                 ? BOOK_FORM_PARTED
                 : !met.digits || met.scaled        ? BOOK_FORM_OTHER
                 : met.signs.minutes                ? BOOK_FORM_MINUTES
                 : met.hours                        ? BOOK_FORM_HOURS
                                                    : BOOK_FORM_PLAIN;
    return style;
}
