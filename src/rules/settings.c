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

bool
settings_begin(struct text bytes)
{
    size_t name = 0;
    bytes = without_comments(bytes);
    if (bytes.size == 0 || bytes.data[0] == '@') {
        return true;
    }
    while (name < bytes.size &&
           (isalnum((unsigned char)bytes.data[name]) ||
            strchr("_-*", bytes.data[name]) != NULL) &&
           bytes.data[name] != '\0') {
        name++;
    }
    bytes = without_blanks(after(bytes, name));
    return name > 0 && bytes.size > 0 && bytes.data[0] != '\0' &&
           strchr("=:{([\"", bytes.data[0]) !=
               NULL; /* the sign may have been forgotten */
}
