/* SPDX-License-Identifier: Apache-2.0 */
/* The table of letters, and the reading of UTF-8 one character at a time. */
#include "defray/bank_text.h"

#include <string.h>

static const struct letter {
    uint32_t code;
    const char *reads;
} letters[] = {
#define LETTER(code, reads) {code, reads},
#include "bank_letters.def"
#undef LETTER
};

static bool
is_plain(uint32_t code)
{
    static const char others[] = "/-?:().,'+ ";
    return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
           (code >= 'a' && code <= 'z') ||
           (code > 0 && code < 0x80 && strchr(others, (int)code) != NULL);
}

static const char *
find_letter(uint32_t code)
{
    size_t low = 0;
    size_t high = ARRAY_COUNT(letters);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (letters[middle].code == code) {
            return letters[middle].reads;
        }
        if (letters[middle].code < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return "?";
}

/* What a bank reads instead; `plain` holds a letter that stays as it is. */
static const char *
reading_of(uint32_t code, char plain[static 2])
{
    if (code == '\t') {
        return " ";
    }
    if (!is_plain(code)) {
        return find_letter(code);
    }
    plain[0] = (char)code;
    plain[1] = '\0';
    return plain;
}

/* The code point at the start, and how many bytes it takes. */
static uint32_t
first_code(struct text t, size_t *size)
{
    uint8_t first = (uint8_t)t.data[0];
    *size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (*size == 1 || *size > t.size) {
        *size = 1;
        return first;
    }
    uint32_t code = first & (0xFFU >> (*size + 1));
    for (size_t i = 1; i < *size; i++) {
        code = code << 6 | ((uint8_t)t.data[i] & 0x3FU);
    }
    return code;
}

struct letters_out {
    char *data;
    size_t size, most;
};

static void
put(struct letters_out *out, char c)
{
    bool doubled = c == ' ' && (out->size == 0 || out->data[out->size - 1] == ' ');
    if (!doubled && out->size < out->most) {
        out->data[out->size++] = c;
    }
}

struct text
bank_text(struct arena *keep, struct text t, size_t most)
{
    struct letters_out out = {NEW_ARRAY(keep, char, most + 1), 0, most};
    while (t.size > 0) {
        size_t size = 0;
        uint32_t code = first_code(t, &size);
        char plain[2];
        const char *reads = reading_of(code, plain);
        for (size_t i = 0; reads[i] != '\0'; i++) {
            put(&out, reads[i]);
        }
        t = (struct text){t.data + size, t.size - size};
    }
    while (out.size > 0 && out.data[out.size - 1] == ' ') {
        out.size--;
    }
    return (struct text){out.data, out.size};
}

bool
bank_text_is_whole(struct text t)
{
    bool lettered = false;
    while (t.size > 0) {
        size_t size = 0;
        char plain[2];
        const char *reads = reading_of(first_code(t, &size), plain);
        char first = reads[0];
        if (first == '?') { /* another program may have lost the letter already */
            return false;
        }
        lettered =
            lettered || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
        t = (struct text){t.data + size, t.size - size};
    }
    return lettered;
}

struct text
bank_country(struct arena *keep, struct text t)
{
    struct text fold = text_fold(keep, t);
    if (text_equals(fold, STR("france"))) {
        return STR("FR");
    }
    if (t.size != 2) {
        return STR("");
    }
    char *code = NEW_ARRAY(keep, char, 2);
    for (size_t i = 0; i < 2; i++) {
        char c = t.data[i];
        code[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (code[i] < 'A' || code[i] > 'Z') {
            return STR("");
        }
    }
    return (struct text){code, 2};
}
