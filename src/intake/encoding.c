/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A byte order mark decides. Else bytes that are strict UTF-8 are UTF-8, and all
 * others are Windows-1252: guessing from statistics takes valid UTF-8 for other
 * encodings on short French tables.
 */
#include "encoding.h"

#include "defray/windows_1252.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static struct where
place(const struct input *input, uint32_t line)
{
    return (struct where){.input = input, .line = line};
}

static uint32_t
line_at(struct text bytes, size_t offset)
{
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++) {
        line += bytes.data[i] == '\n';
    }
    return line;
}

static char *
put(char *out, uint32_t character)
{
    if (character < 0x80) {
        *out++ = (char)character;
        return out;
    }
    int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    static const uint8_t leads[] = {0, 0xC0, 0xE0, 0xF0};
    *out++ = (char)(leads[more] | character >> (6 * more));
    while (more > 0) {
        more--;
        *out++ = (char)(0x80 | ((character >> (6 * more)) & 0x3F));
    }
    return out;
}

/* The length of what has the form of an UTF-8 character of several bytes at p, or
 * 0. Whether it is one that exists does not matter here. */
static size_t
utf8_form(const uint8_t *p, size_t left)
{
    size_t length = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC2 ? 2 : 0;
    if (length == 0 || length > left) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* Whether a letter that French uses stands there in UTF-8. In Windows-1252 these
 * bytes are an A with a tilde or a ring and then a sign, which no word has. */
static bool
is_french_utf8(const uint8_t *p, size_t length)
{
    bool ligature = p[0] == 0xC5 && (p[1] == 0x92 || p[1] == 0x93 || p[1] == 0xB8);
    return length == 2 && (p[0] == 0xC3 || ligature);
}

/* Whether a text that is not UTF-8 looks like damaged UTF-8 rather than like
 * Windows-1252: one of its letters, or most of its accents, have the form of UTF-8
 * ones. Taken for Windows-1252, each name would silently come out garbled. */
static bool
is_damaged_utf8(struct text bytes)
{
    size_t forms = 0;
    size_t strays = 0;
    for (size_t i = 0; i < bytes.size;) {
        const uint8_t *p = (const uint8_t *)bytes.data + i;
        if (*p < 0x80) {
            i++;
            continue;
        }
        size_t length = utf8_form(p, bytes.size - i);
        if (length > 0 && is_french_utf8(p, length)) {
            return true;
        }
        forms += length > 0;
        strays += length == 0;
        i += length > 0 ? length : 1;
    }
    return forms > strays;
}

static bool
is_small_letter(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool
is_letter(uint8_t byte)
{
    return is_small_letter(byte | 0x20);
}

/* Whether a byte is a letter of MS-DOS (CP850) or of an old Macintosh: in Windows-1252 it is a sign
 * that stands in no word, a low quotation mark that opens and follows no letter, or a capital that
 * follows no small letter. Signs that do stand between letters (an apostrophe, a dash, the point of
 * "citoyen•ne") prove nothing. */
static bool
is_foreign_letter(uint8_t before, uint8_t byte, uint8_t after)
{
    static const char in_no_word[] = "\x83\x84\x87\x88\x89\x8B\x93\x94\x99";
    switch (byte) {
    case 0x82: return is_letter(before);
    case 0x8A:
    case 0x8E:
    case 0x9F: return is_small_letter(before);
    default:
        return byte >= 0x80 && is_letter(before) && is_letter(after) &&
               memchr(in_no_word, byte, sizeof in_no_word - 1) != NULL;
    }
}

/* The first such letter, or the end. */
static size_t
find_foreign_letter(struct text bytes)
{
    const uint8_t *p = (const uint8_t *)bytes.data;
    for (size_t i = 1; i < bytes.size; i++) {
        if (p[i] >= 0x80 &&
            is_foreign_letter(p[i - 1], p[i], i + 1 < bytes.size ? p[i + 1] : ' ')) {
            return i;
        }
    }
    return bytes.size;
}

/* The first letter of UTF-8 that was taken for two of Windows-1252 and saved so, or the end. What
 * follows an A with a tilde in Portuguese, a quotation mark or a space, is none of it. */
static size_t
find_twice_encoded(struct text bytes)
{
    const char *p = bytes.data;
    const char *end = p + bytes.size;
    while (end - p >= 4 && (p = memchr(p, 0x83, (size_t)(end - p))) != NULL) {
        size_t at = (size_t)(p - bytes.data);
        const uint8_t *q = (const uint8_t *)p;
        if (at > 0 && end - p > 2 && q[-1] == 0xC3 && q[1] == 0xC2 && q[2] > 0xA0 &&
            q[2] < 0xC0 && q[2] != 0xAA && q[2] != 0xBA && q[2] != 0xBB) {
            return at - 1;
        }
        p++;
    }
    return bytes.size;
}

static bool
decode_1252(struct reading *reading, struct input *input, struct text *out)
{
    struct text bytes = input->bytes;
    size_t bad = text_utf8_check(bytes);
    if (is_damaged_utf8(bytes)) {
        return diag_error(
            reading->diag, place(input, line_at(bytes, bad)), CODE_T001,
            "the text is UTF-8 with damaged characters, the first on this line");
    }
    size_t foreign = find_foreign_letter(bytes);
    if (foreign < bytes.size) {
        return diag_error(reading->diag, place(input, line_at(bytes, foreign)), CODE_T001,
                          "the accents are those of MS-DOS or of an old Macintosh, the "
                          "first on this line");
    }
    size_t size = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        uint32_t character = windows_1252_character((uint8_t)bytes.data[i]);
        if (character == 0 && bytes.data[i] != 0) {
            return diag_error(reading->diag, place(input, line_at(bytes, i)), CODE_T001,
                              "byte %02X exists neither in UTF-8 nor in Windows-1252",
                              (unsigned)(uint8_t)bytes.data[i]);
        }
        size += character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
    }
    char *start = NEW_ARRAY(reading->keep, char, size);
    char *end = start;
    for (size_t i = 0; i < bytes.size; i++) {
        end = put(end, windows_1252_character((uint8_t)bytes.data[i]));
    }
    *out = (struct text){start, (size_t)(end - start)};
    input->utf8 = *out;
    return true;
}

static uint32_t
unit_at(struct text bytes, size_t at, bool big)
{
    uint32_t first = (uint8_t)bytes.data[at];
    uint32_t second = (uint8_t)bytes.data[at + 1];
    return big ? first << 8 | second : second << 8 | first;
}

static bool
decode_utf16(struct reading *reading, struct input *input, bool big, struct text *out)
{
    struct text bytes = input->bytes;
    if (bytes.size % 2 != 0) {
        return diag_error(reading->diag, place(input, 0), CODE_T002,
                          "the UTF-16 text ends in the middle of a character");
    }
    char *start = NEW_ARRAY(reading->keep, char, bytes.size / 2 * 3);
    char *end = start;
    uint32_t line = 1;
    for (size_t i = 2; i < bytes.size; i += 2) {
        uint32_t character = unit_at(bytes, i, big);
        if (character >= 0xD800 && character <= 0xDFFF) {
            uint32_t low = i + 3 < bytes.size ? unit_at(bytes, i + 2, big) : 0;
            if (character >= 0xDC00 || low < 0xDC00 || low > 0xDFFF) {
                return diag_error(reading->diag, place(input, line), CODE_T002,
                                  "the UTF-16 text holds half of a character");
            }
            character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        line += character == '\n';
        end = put(end, character);
    }
    *out = (struct text){start, (size_t)(end - start)};
    input->utf8 = *out;
    return true;
}

bool
encoding_decode(struct reading *reading, struct input *input, struct text *out)
{
    struct text bytes = input->bytes;
    if (text_starts_with(bytes, STR("\xFF\xFE"))) {
        return decode_utf16(reading, input, false, out);
    }
    if (text_starts_with(bytes, STR("\xFE\xFF"))) {
        return decode_utf16(reading, input, true, out);
    }
    if (text_utf8_check(bytes) != bytes.size) {
        return decode_1252(reading, input, out);
    }
    size_t twice = find_twice_encoded(bytes);
    if (twice < bytes.size) {
        return diag_error(reading->diag, place(input, line_at(bytes, twice)), CODE_T001,
                          "the text was UTF-8 taken for Windows-1252, and saved so: its "
                          "accents are two letters each, the first on this line");
    }
    *out = bytes;
    if (text_starts_with(bytes, STR(BYTE_ORDER_MARK))) {
        size_t mark = sizeof BYTE_ORDER_MARK - 1;
        *out = (struct text){bytes.data + mark, bytes.size - mark};
        input->utf8 = *out;
    }
    return true;
}
