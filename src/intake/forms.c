/* SPDX-License-Identifier: Apache-2.0 */
/* No number of the input ever passes through a binary fraction. */
#include "forms.h"

#include <assert.h>
#include <string.h>

#define WHOLE_DIGITS_MAX 9
#define DECIMALS_MAX     4

/* Spaces that people and spreadsheets put between thousands. */
static const struct text spaces[] = {
    {" ",            1},
    {"\xC2\xA0",     2}, /* U+00A0 */
    {"\xE2\x80\xAF", 3}, /* U+202F */
    {"\xE2\x80\x89", 3}, /* U+2009 */
};

static struct text
text_after(struct text t, size_t start)
{
    return (struct text){t.data + start, t.size - start};
}

static size_t
space_at(struct text t)
{
    uint8_t first = (uint8_t)t.data[0];
    if (first > ' ' && first < 0x80) {
        return 0; /* as almost always */
    }
    for (size_t i = 0; i < ARRAY_COUNT(spaces); i++) {
        if (text_starts_with(t, spaces[i])) {
            return spaces[i].size;
        }
    }
    return 0;
}

bool
form_match(struct text t, const char *form, int numbers[FORM_NUMBERS])
{
    int at = -1;
    for (size_t i = 0; i < t.size; i++) {
        if (form[i] == '\0') {
            return false;
        }
        if (form[i] != '9') {
            if (t.data[i] != form[i]) {
                return false;
            }
            continue;
        }
        if (!is_digit(t.data[i])) {
            return false;
        }
        if (i == 0 || form[i - 1] != '9') {
            at++;
            assert(at < FORM_NUMBERS);
            numbers[at] = 0;
        }
        numbers[at] = numbers[at] * 10 + (t.data[i] - '0');
    }
    return form[t.size] == '\0';
}

/* What is being read of a decimal. */
struct decimal {
    int64_t units;
    int whole;    /* digits before the mark */
    int run;      /* digits since the last space */
    int decimals; /* digits after the mark */
    bool grouped; /* a space was seen */
    char mark;    /* ',' or '.', or 0 */
};

static enum decimal_fault
take_digit(struct decimal *d, char c)
{
    if (d->mark != 0) {
        d->decimals++;
    } else {
        d->whole++;
        d->run++;
    }
    if (d->whole > WHOLE_DIGITS_MAX) {
        return DECIMAL_LARGE;
    }
    if (d->decimals <= DECIMALS_MAX) {
        d->units = d->units * 10 + (c - '0');
    }
    return DECIMAL_SOUND;
}

static enum decimal_fault
take_mark(struct decimal *d, char c)
{
    if (d->mark != 0) {
        return DECIMAL_MIXED;
    }
    d->mark = c;
    return d->whole == 0 || (d->grouped && d->run != 3) ? DECIMAL_UNREADABLE
                                                        : DECIMAL_SOUND;
}

static enum decimal_fault
take_space(struct decimal *d)
{
    bool group = d->grouped ? d->run == 3 : d->run >= 1 && d->run <= 3;
    d->grouped = true;
    d->run = 0;
    return d->mark != 0 || !group ? DECIMAL_UNREADABLE : DECIMAL_SOUND;
}

enum decimal_fault
decimal_parse(struct text t, int decimals, int64_t *out)
{
    assert(decimals >= 0 && decimals <= DECIMALS_MAX);
    if (text_starts_with(t, STR("-")) || text_starts_with(t, STR("\xE2\x88\x92"))) {
        return DECIMAL_NEGATIVE;
    }
    struct decimal d = {0};
    enum decimal_fault fault = DECIMAL_SOUND;
    for (size_t i = 0; i < t.size && fault == DECIMAL_SOUND;) {
        char c = t.data[i];
        size_t size = 1;
        if (is_digit(c)) {
            fault = take_digit(&d, c);
        } else if (c == ',' || c == '.') {
            fault = take_mark(&d, c);
        } else {
            size = space_at(text_after(t, i));
            fault = size > 0 ? take_space(&d) : DECIMAL_UNREADABLE;
        }
        i += size;
    }
    if (fault != DECIMAL_SOUND) {
        return fault;
    }
    bool cut =
        (d.mark != 0 && d.decimals == 0) || (d.grouped && d.mark == 0 && d.run != 3);
    if (d.whole == 0 || cut) {
        return DECIMAL_UNREADABLE;
    }
    if (d.decimals > decimals) {
        return DECIMAL_LONG;
    }
    for (int i = d.decimals; i < DECIMALS_MAX; i++) {
        d.units *= 10;
    }
    *out = d.units;
    return DECIMAL_SOUND;
}

struct text
text_compact(struct text t, char out[COMPACT_MAX])
{
    size_t size = 0;
    for (size_t i = 0; i < t.size;) {
        size_t space = space_at(text_after(t, i));
        if (space > 0) {
            i += space;
            continue;
        }
        if (size == COMPACT_MAX) {
            return t;
        }
        char c = t.data[i++];
        out[size++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct text){out, size};
}
