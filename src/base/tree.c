/* SPDX-License-Identifier: Apache-2.0 */
/* Making, looking up and comparing trees. */
#include "defray/tree.h"

#include <inttypes.h>
#include <string.h>

static struct tree *
new_value(struct arena *keep, enum tree_type type)
{
    struct tree *value = NEW(keep, struct tree);
    value->type = type;
    return value;
}

struct tree *
tree_integer(struct arena *keep, int64_t integer)
{
    struct tree *value = new_value(keep, TREE_INTEGER);
    value->integer = integer;
    return value;
}

struct tree *
tree_bool(struct arena *keep, bool yes)
{
    struct tree *value = new_value(keep, TREE_BOOL);
    value->integer = yes;
    return value;
}

struct tree *
tree_text(struct arena *keep, struct text text)
{
    struct tree *value = new_value(keep, TREE_TEXT);
    value->text = text;
    return value;
}

struct tree *
tree_string(struct arena *keep, const char *string)
{
    return tree_text(keep, text_of(string));
}

struct tree *
tree_list(struct arena *keep)
{
    return new_value(keep, TREE_LIST);
}

struct tree *
tree_object(struct arena *keep)
{
    return new_value(keep, TREE_OBJECT);
}

void
tree_append(struct tree *list, struct tree *item)
{
    if (list->last == NULL) {
        list->first = item;
    } else {
        list->last->next = item;
    }
    list->last = item;
    list->count++;
}

void
tree_put(struct tree *object, const char *key, struct tree *value)
{
    value->key = text_of(key);
    tree_append(object, value);
}

static struct tree *
member(const struct tree *object, struct text key)
{
    struct tree *found = object->first;
    while (found != NULL && !text_equals(found->key, key)) {
        found = found->next;
    }
    return found;
}

struct tree *
tree_get(const struct tree *object, const char *key)
{
    return object == NULL || object->type != TREE_OBJECT ? NULL
                                                         : member(object, text_of(key));
}

struct text
tree_get_text(const struct tree *object, const char *key)
{
    const struct tree *found = tree_get(object, key);
    return found == NULL || found->type != TREE_TEXT ? STR("") : found->text;
}

struct comparing {
    struct arena *keep;
    void (*differ)(void *context, struct tree_difference difference);
    void *context;
    size_t count;
};

static void compare(struct comparing *work, const char *path, const struct tree *a,
                    const struct tree *b);

static void
compare_lists(struct comparing *work, const char *path, const struct tree *a,
              const struct tree *b)
{
    const struct tree *left = a->first;
    const struct tree *right = b->first;
    for (size_t i = 0; left != NULL || right != NULL; i++) {
        compare(work, arena_printf(work->keep, "%s[%zu]", path, i + 1), left, right);
        left = left == NULL ? NULL : left->next;
        right = right == NULL ? NULL : right->next;
    }
}

static void
compare_objects(struct comparing *work, const char *path, const struct tree *a,
                const struct tree *b)
{
    const char *dot = path[0] == '\0' ? "" : ".";
    for (const struct tree *left = a->first; left != NULL; left = left->next) {
        const char *name =
            arena_printf(work->keep, "%s%s%.*s", path, dot, TEXT_ARG(left->key));
        compare(work, name, left, member(b, left->key));
    }
    for (const struct tree *right = b->first; right != NULL; right = right->next) {
        if (member(a, right->key) == NULL) {
            const char *name =
                arena_printf(work->keep, "%s%s%.*s", path, dot, TEXT_ARG(right->key));
            compare(work, name, NULL, right);
        }
    }
}

static bool
same_leaf(const struct tree *a, const struct tree *b)
{
    return a->integer == b->integer && text_equals(a->text, b->text);
}

static void
compare(struct comparing *work, const char *path, const struct tree *a,
        const struct tree *b)
{
    if (a != NULL && b != NULL && a->type == b->type) {
        if (a->type == TREE_LIST) {
            compare_lists(work, path, a, b);
            return;
        }
        if (a->type == TREE_OBJECT) {
            compare_objects(work, path, a, b);
            return;
        }
        if (same_leaf(a, b)) {
            return;
        }
    }
    work->count++;
    if (work->differ != NULL) {
        work->differ(work->context, (struct tree_difference){path, a, b});
    }
}

size_t
tree_compare(struct arena *keep, const struct tree *a, const struct tree *b,
             void (*differ)(void *context, struct tree_difference difference),
             void *context)
{
    struct comparing work = {keep, differ, context, 0};
    compare(&work, "", a, b);
    return work.count;
}

const char *
tree_shown(struct arena *keep, const struct tree *value)
{
    if (value == NULL) {
        return "-";
    }
    switch (value->type) {
    case TREE_INTEGER: return arena_printf(keep, "%" PRId64, value->integer);
    case TREE_BOOL: return value->integer != 0 ? "true" : "false";
    case TREE_TEXT: return arena_printf(keep, "%.*s", TEXT_ARG(value->text));
    case TREE_LIST: return "[…]";
    case TREE_OBJECT: return "{…}";
    }
    return "";
}
