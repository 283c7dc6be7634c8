/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and escapes as workbooks store them, read without a binary fraction. */
#include "workbook_parts.h"

#include <string.h>
#include <strings.h>

#define DIGITS_MAX   15  /* that a spreadsheet knows */
#define SCALE_MAX    40  /* past it a number is nothing that is counted here */
#define EXPONENT_MAX 400 /* of a stored number */
#define ESCAPE_SIZE  7   /* _xHHHH_ */

/* Fonts of signs that have come with Windows and its offices. */
static const char *const sign_fonts[] = {
    "Marlett", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3", "Symbol",
};

/* Reads the digits at `at`, of which the first significant 15 and one for the rounding
 * count; moves `at` past them. `scale` counts the decimals kept, less the digits
 * dropped before the point. */
struct digits {
    int64_t value;
    int kept;
    int scale;
    int next;  /* first digit dropped, or -1 */
    bool some; /* any digit was seen */
};

static void
take_digit(struct digits *digits, int digit, bool decimal)
{
    digits->some = true;
    if (digits->kept < DIGITS_MAX) {
        digits->value = digits->value * 10 + digit;
        digits->kept += digits->value != 0;
        digits->scale += decimal;
        return;
    }
    if (digits->next < 0) {
        digits->next = digit;
    }
    digits->scale -= !decimal;
}

static bool
take_exponent(struct text t, size_t at, int *exponent)
{
    bool negative = at < t.size && t.data[at] == '-';
    at += at < t.size && (t.data[at] == '-' || t.data[at] == '+');
    if (at == t.size) {
        return false;
    }
    int value = 0;
    for (; at < t.size; at++) {
        if (!is_digit(t.data[at]) || value > EXPONENT_MAX) {
            return false;
        }
        value = value * 10 + (t.data[at] - '0');
    }
    *exponent = negative ? -value : value;
    return true;
}

struct book_decimal
book_decimal_of(int64_t digits, int scale)
{
    if (digits == 0) {
        return (struct book_decimal){0, 0};
    }
    while (digits % 10 == 0) {
        digits /= 10;
        scale--;
    }
    return (struct book_decimal){digits, scale};
}

bool
book_decimal_parse(struct text t, struct book_decimal *out)
{
    struct digits digits = {.next = -1};
    size_t at = 0;
    bool negative = t.size > 0 && t.data[0] == '-';
    bool decimal = false;
    int exponent = 0;

    for (at += negative; at < t.size; at++) {
        char c = t.data[at];
        if (is_digit(c)) {
            take_digit(&digits, c - '0', decimal);
        } else if (c == '.' && !decimal) {
            decimal = true;
        } else {
            break;
        }
    }
    if (!digits.some) {
        return false;
    }
    if (at < t.size && ((t.data[at] != 'E' && t.data[at] != 'e') ||
                        !take_exponent(t, at + 1, &exponent))) {
        return false;
    }
    int64_t value = digits.value + (digits.next >= 5);
    *out = book_decimal_of(negative ? -value : value, digits.scale - exponent);
    return out->scale <= SCALE_MAX && out->scale >= -SCALE_MAX;
}

static int
hexadecimal(char c)
{
    static const char figures[] = "0123456789ABCDEFabcdef";
    const char *found = c == '\0' ? NULL : strchr(figures, c);
    if (found == NULL) {
        return -1;
    }
    int value = (int)(found - figures);
    return value < 16 ? value : value - 6;
}

/* The code unit of an escape at the start of the bytes, or -1. */
static int
escape_at(const char *bytes, size_t size)
{
    if (size < ESCAPE_SIZE || bytes[0] != '_' || bytes[1] != 'x' || bytes[6] != '_') {
        return -1;
    }
    int unit = 0;
    for (int i = 2; i < 6; i++) {
        int figure = hexadecimal(bytes[i]);
        if (figure < 0) {
            return -1;
        }
        unit = unit * 16 + figure;
    }
    return unit;
}

/* UTF-8 of a code unit that is no surrogate; gives the size. */
static size_t
put_unit(char *out, int unit)
{
    if (unit < 0x80) {
        out[0] = (char)unit;
        return 1;
    }
    if (unit < 0x800) {
        out[0] = (char)(0xC0 | unit >> 6);
        out[1] = (char)(0x80 | (unit & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | unit >> 12);
    out[1] = (char)(0x80 | (unit >> 6 & 0x3F));
    out[2] = (char)(0x80 | (unit & 0x3F));
    return 3;
}

size_t
escapes_undo(char *bytes, size_t size)
{
    const char *mark = size < ESCAPE_SIZE ? NULL : memchr(bytes, '_', size);
    if (mark == NULL) {
        return size;
    }
    size_t out = (size_t)(mark - bytes);
    for (size_t at = out; at < size;) {
        int unit = escape_at(bytes + at, size - at);
        if (unit < 0 || (unit >= 0xD800 && unit < 0xE000)) {
            bytes[out++] = bytes[at++];
            continue;
        }
        out += put_unit(bytes + out, unit);
        at += ESCAPE_SIZE;
    }
    return out;
}

void
bytes_append(struct arena *arena, struct bytes *bytes, struct text t)
{
    while (bytes->capacity - bytes->count < t.size) {
        array_grow(arena, bytes, 1, 1);
    }
    if (t.size > 0) {
        memcpy(bytes->items + bytes->count, t.data, t.size);
        bytes->count += t.size;
    }
}

bool
digits_parse(const char *string, uint32_t *out)
{
    uint64_t value = 0;
    if (string == NULL || *string == '\0') {
        return false;
    }
    for (; *string >= '0' && *string <= '9' && value <= UINT32_MAX; string++) {
        value = value * 10 + (uint64_t)(*string - '0');
    }
    *out = (uint32_t)value;
    return *string == '\0' && value <= UINT32_MAX;
}

bool
font_is_of_signs(const char *name)
{
    struct text font = name == NULL ? STR("") : text_trim(text_of(name));
    bool quoted = font.size > 1 && (font.data[0] == '\'' || font.data[0] == '"') &&
                  font.data[font.size - 1] == font.data[0];
    if (quoted) {
        font = (struct text){font.data + 1, font.size - 2};
    }
    for (size_t i = 0; i < ARRAY_COUNT(sign_fonts); i++) {
        if (font.size == strlen(sign_fonts[i]) &&
            strncasecmp(font.data, sign_fonts[i], font.size) == 0) {
            return true;
        }
    }
    return false;
}
