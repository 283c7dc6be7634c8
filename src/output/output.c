/* SPDX-License-Identifier: Apache-2.0 */
/* The list of formats, and the choice by the extension of a path. */
#include "defray/output.h"

#include "output_parts.h"

#include <ctype.h>

static const struct output outputs[] = {
#define OUTPUT(word) {"." #word, output_##word##_write},
#include "outputs.def"
#undef OUTPUT
};

static bool
ends_with_extension(struct text path, struct text extension)
{
    if (path.size <= extension.size) {
        return false;
    }
    const char *end = path.data + path.size - extension.size;
    for (size_t i = 0; i < extension.size; i++) {
        if (tolower((unsigned char)end[i]) != extension.data[i]) {
            return false;
        }
    }
    return true;
}

const struct output *
output_find(struct text path)
{
    for (size_t i = 0; i < ARRAY_COUNT(outputs); i++) {
        if (ends_with_extension(path, text_of(outputs[i].extension))) {
            return &outputs[i];
        }
    }
    return NULL;
}

const char *
output_extensions(struct arena *keep)
{
    const char *list = outputs[0].extension;
    for (size_t i = 1; i < ARRAY_COUNT(outputs); i++) {
        list = arena_printf(keep, "%s, %s", list, outputs[i].extension);
    }
    return list;
}

const struct output *
output_at(size_t index)
{
    return index < ARRAY_COUNT(outputs) ? &outputs[index] : NULL;
}
