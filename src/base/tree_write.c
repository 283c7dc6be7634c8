/* SPDX-License-Identifier: Apache-2.0 */
/* The two written forms of a tree: canonical, for a seal; indented, for a file. */
#include "defray/tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct writing {
    struct arena *keep;
    struct bytes ARRAY_OF(char) bytes;
    bool pretty;
};

static void
put_byte(struct writing *out, char byte)
{
    *ARRAY_PUSH(out->keep, &out->bytes) = byte;
}

static void
put(struct writing *out, struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        put_byte(out, t.data[i]);
    }
}

static void
put_quoted(struct writing *out, struct text t)
{
    put_byte(out, '"');
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        if (c == '"' || c == '\\') {
            put_byte(out, '\\');
            put_byte(out, (char)c);
        } else if (c < 0x20 || c == 0x7F) {
            char escape[8];
            snprintf(escape, sizeof escape, "\\u%04x", c);
            put(out, text_of(escape));
        } else {
            put_byte(out, (char)c);
        }
    }
    put_byte(out, '"');
}

static void
put_line(struct writing *out, int depth)
{
    if (out->pretty) {
        put_byte(out, '\n');
        for (int i = 0; i < depth; i++) {
            put(out, STR("  "));
        }
    }
}

static int
by_key(const void *left, const void *right)
{
    const struct tree *const *a = left;
    const struct tree *const *b = right;
    return text_compare((*a)->key, (*b)->key);
}

static void put_value(struct writing *out, const struct tree *value, int depth);

static void
put_items(struct writing *out, const struct tree *value, int depth)
{
    bool object = value->type == TREE_OBJECT;
    const struct tree **items =
        NEW_ARRAY(out->keep, const struct tree *, value->count + 1);
    size_t count = 0;
    for (const struct tree *item = value->first; item != NULL; item = item->next) {
        items[count++] = item;
    }
    if (object && !out->pretty && count > 1) {
        qsort(items, count, sizeof *items, by_key);
    }
    put_byte(out, object ? '{' : '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            put_byte(out, ',');
        }
        put_line(out, depth + 1);
        if (object) {
            put_quoted(out, items[i]->key);
            put(out, out->pretty ? STR(": ") : STR(":"));
        }
        put_value(out, items[i], depth + 1);
    }
    if (count > 0) {
        put_line(out, depth);
    }
    put_byte(out, object ? '}' : ']');
}

static void
put_value(struct writing *out, const struct tree *value, int depth)
{
    char digits[24];
    switch (value->type) {
    case TREE_INTEGER:
        snprintf(digits, sizeof digits, "%" PRId64, value->integer);
        put(out, text_of(digits));
        break;
    case TREE_BOOL: put(out, value->integer != 0 ? STR("true") : STR("false")); break;
    case TREE_TEXT: put_quoted(out, value->text); break;
    case TREE_LIST:
    case TREE_OBJECT: put_items(out, value, depth); break;
    }
}

struct text
tree_canonical(struct arena *keep, const struct tree *value)
{
    struct writing out = {.keep = keep};
    put_value(&out, value, 0);
    return (struct text){out.bytes.items, out.bytes.count};
}

struct text
tree_pretty(struct arena *keep, const struct tree *value)
{
    struct writing out = {.keep = keep, .pretty = true};
    put_value(&out, value, 0);
    put_byte(&out, '\n');
    return (struct text){out.bytes.items, out.bytes.count};
}
