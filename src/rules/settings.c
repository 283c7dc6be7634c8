/* SPDX-License-Identifier: Apache-2.0 */
/* The first thing that a file says. */
#define _GNU_SOURCE 1 /* memmem */

#include "settings.h"

#include <ctype.h>
#include <string.h>

static struct text
after(struct text bytes, size_t size)
{
    return (struct text){bytes.data + size, bytes.size - size};
}

/* Behind the first `end` of the text; at the end where there is none. */
static struct text
behind(struct text bytes, const char *end)
{
    const char *found =
        bytes.size == 0 ? NULL : memmem(bytes.data, bytes.size, end, strlen(end));
    return after(bytes,
                 found == NULL ? bytes.size : (size_t)(found - bytes.data) + strlen(end));
}

static struct text
without_blanks(struct text bytes)
{
    while (bytes.size > 0 && strchr(" \t\r\n\f", bytes.data[0]) != NULL &&
           bytes.data[0] != '\0') {
        bytes = after(bytes, 1);
    }
    return bytes;
}

static struct text
without_comments(struct text bytes)
{
    for (;;) {
        bytes = without_blanks(bytes);
        if (text_starts_with(bytes, STR("#")) || text_starts_with(bytes, STR("//"))) {
            bytes = behind(bytes, "\n");
        } else if (text_starts_with(bytes, STR("/*"))) {
            bytes = behind(after(bytes, 2), "*/");
        } else {
            return bytes;
        }
    }
}

/* Wider than what a name may be: the pre-scan says what is wrong with one. */
static bool
may_name(char byte)
{
    return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80U ||
           (byte != '\0' && strchr("_-*", byte) != NULL);
}

bool
settings_begin(struct text bytes)
{
    size_t name = 0;
    bytes = without_comments(bytes);
    while (name < bytes.size && may_name(bytes.data[name])) {
        name++;
    }
    bytes = without_blanks(after(bytes, name));
    /* The sign may have been forgotten before a value. */
    return bytes.size == 0 ||
           (bytes.data[0] != '\0' &&
            strchr(name == 0 ? "@=:" : "=:{([\"", bytes.data[0]) != NULL);
}
