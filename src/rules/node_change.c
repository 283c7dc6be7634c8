/* SPDX-License-Identifier: Apache-2.0 */
/* Changes are made on a copy: the tree they come from, and the one they change, stay whole. */
#include "node_change.h"

#include <stdlib.h>

#define INDEX_DIGITS_MAX 6
#define KEYS_TOLD_MAX    12

static const char *const basis_keys[] = {"source", "assumption", "article"};

/* Depth is bounded by RULES_DEPTH_MAX. */
static void
copy_into(struct document *document, struct node *to, const struct node *from,
          const struct node *parent)
{
    *to = *from;
    to->parent = parent;
    to->document = document;
    to->read = parent == NULL;
    to->asked = (struct asked){0};
    to->children = NEW_ARRAY(document->keep, struct node, from->count + 1);
    for (size_t i = 0; i < from->count; i++) {
        copy_into(document, &to->children[i], &from->children[i], to);
    }
}

struct document *
node_copy(struct arena *keep, const struct document *document)
{
    struct document *copy = NEW(keep, struct document);
    *copy = *document;
    copy->keep = keep;
    copy_into(copy, &copy->root, &document->root, NULL);
    return copy;
}

void
node_leave(struct node *node)
{
    node->read = true;
    for (size_t i = 0; i < node->count; i++) {
        node_leave(&node->children[i]);
    }
}

static struct node *
child_named(struct node *group, struct text name)
{
    for (size_t i = 0; i < group->count && group->kind == NODE_GROUP; i++) {
        if (text_equals(group->children[i].name, name)) {
            return &group->children[i];
        }
    }
    return NULL;
}

/* Takes "[12]" off the front of the path; false if it is not there. */
static bool
take_index(struct text *path, size_t *index)
{
    size_t at = 1;
    if (path->size < 3 || path->data[0] != '[') {
        return false;
    }
    for (*index = 0;
         at < path->size && is_digit(path->data[at]) && at <= INDEX_DIGITS_MAX; at++) {
        *index = *index * 10 + (size_t)(path->data[at] - '0');
    }
    if (at == 1 || at >= path->size || path->data[at] != ']') {
        return false;
    }
    path->data += at + 1;
    path->size -= at + 1;
    return true;
}

/* The setting of that path ("stipend.tariffs[0]"; empty: the file), or NULL. */
static struct node *
find_path(struct document *document, struct text path)
{
    struct node *node = &document->root;
    while (path.size > 0 && node != NULL) {
        size_t index = 0;
        if (take_index(&path, &index)) {
            node = node->kind == NODE_LIST && index < node->count ? &node->children[index]
                                                                  : NULL;
            continue;
        }
        size_t start = path.data[0] == '.' ? 1 : 0;
        size_t end = start;
        while (end < path.size && path.data[end] != '.' && path.data[end] != '[') {
            end++;
        }
        node = child_named(node, (struct text){path.data + start, end - start});
        path = (struct text){path.data + end, path.size - end};
    }
    return node;
}

/* Room for one more child; those there are move, and their children learn of it. */
static struct node *
room_for_child(struct document *document, struct node *parent)
{
    struct node *children = NEW_ARRAY(document->keep, struct node, parent->count + 1);
    for (size_t i = 0; i < parent->count; i++) {
        children[i] = parent->children[i];
        for (size_t j = 0; j < children[i].count; j++) {
            children[i].children[j].parent = &children[i];
        }
    }
    parent->children = children;
    return &children[parent->count++];
}

static void
put(struct document *document, struct node *group, const struct node *setting)
{
    struct node *old = child_named(group, setting->name);
    if (old == NULL) {
        old = room_for_child(document, group);
    }
    copy_into(document, old, setting, group);
}

static bool
add_elements(struct document *document, struct node *group, const struct node *setting)
{
    struct node *list = child_named(group, setting->name);
    if (list == NULL || list->kind != NODE_LIST || setting->kind != NODE_LIST) {
        return diag_error(document->diag, setting->where, CODE_V001,
                          "'%.*s' is no list to which anything is added",
                          TEXT_ARG(setting->name));
    }
    for (size_t i = 0; i < setting->count; i++) {
        struct node *room = room_for_child(document, list);
        copy_into(document, room, &setting->children[i], list);
    }
    return true;
}

/* "value, assumption": the keys of a group, for a message, or the first of many. */
static const char *
keys_of(struct arena *keep, const struct node *group)
{
    const char *keys = "";
    for (size_t i = 0; i < group->count && i <= KEYS_TOLD_MAX; i++) {
        const char *mark = i > 0 ? ", " : "";
        keys = i == KEYS_TOLD_MAX ? arena_printf(keep, "%s%s…", keys, mark)
                                  : arena_printf(keep, "%s%s%.*s", keys, mark,
                                                 TEXT_ARG(group->children[i].name));
    }
    return keys;
}

static bool
drop_key(struct document *document, struct node *group, const struct node *named,
         struct text name)
{
    struct node *child = child_named(group, name);
    if (child == NULL) {
        return diag_error(document->diag, named->where, CODE_V001,
                          "'%.*s' is not there to be dropped (there: %s)", TEXT_ARG(name),
                          keys_of(diag_arena(document->diag), group));
    }
    size_t index = (size_t)(child - group->children);
    for (size_t i = index; i + 1 < group->count; i++) {
        group->children[i] = group->children[i + 1];
        for (size_t j = 0; j < group->children[i].count; j++) {
            group->children[i].children[j].parent = &group->children[i];
        }
    }
    group->count--;
    return true;
}

static bool
same_value(const struct node *a, const struct node *b)
{
    bool same = a->kind == b->kind && a->count == b->count && a->integer == b->integer &&
                text_equals(a->text, b->text);
    for (size_t i = 0; i < a->count && same; i++) {
        same = same_value(&a->children[i], &b->children[i]);
    }
    return same;
}

/* Whether the setting is a figure that rests on the basis of its group: a group, or a list of
 * them, states bases of its own, and a name is no figure. */
static bool
rests_on_group(const struct node *setting)
{
    static const char *const names[] = {"name", "id", "note"};
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        if (text_equals(setting->name, text_of(names[i]))) {
            return false;
        }
    }
    return setting->kind != NODE_GROUP &&
           (setting->kind != NODE_LIST || setting->count == 0 ||
            setting->children[0].kind != NODE_GROUP);
}

/* Whether the change says anything of what the group rests on. */
static bool
speaks_of_basis(struct node *set, const struct texts *dropped)
{
    for (size_t i = 0; i < ARRAY_COUNT(basis_keys); i++) {
        struct text basis = text_of(basis_keys[i]);
        bool said = child_named(set, basis) != NULL;
        for (size_t j = 0; j < dropped->count && !said; j++) {
            said = text_equals(dropped->items[j], basis);
        }
        if (said) {
            return true;
        }
    }
    return false;
}

/* drop = [ "source", "article" ], of what the group says that it rests on. */
static const char *
drop_of_basis(struct arena *keep, struct node *group)
{
    const char *keys = "";
    for (size_t i = 0; i < ARRAY_COUNT(basis_keys); i++) {
        if (child_named(group, text_of(basis_keys[i])) != NULL) {
            keys = arena_printf(keep, "%s%s\"%s\"", keys, keys[0] == '\0' ? "" : ", ",
                                basis_keys[i]);
        }
    }
    return arena_printf(keep, "drop = [ %s ]", keys);
}

/* A figure that is changed and keeps the text of the old one would be told to rest on it. */
static void
warn_of_old_basis(struct document *document, struct node *group, struct node *set,
                  const struct texts *dropped)
{
    const struct node *source = child_named(group, STR("source"));
    const struct node *basis =
        source != NULL ? source : child_named(group, STR("assumption"));
    if (basis == NULL || speaks_of_basis(set, dropped)) {
        return;
    }
    for (size_t i = 0; i < set->count; i++) {
        const struct node *setting = &set->children[i];
        const struct node *old = child_named(group, setting->name);
        if (!rests_on_group(setting) || (old != NULL && same_value(old, setting))) {
            continue;
        }
        diag_warning(
            document->diag, setting->where, CODE_V009,
            source != NULL
                ? N_("'%.*s' is changed, and still rests on source '%.*s' (%s)")
                : N_("'%.*s' is changed, and still rests on the assumption '%.*s' (%s)"),
            TEXT_ARG(setting->name), TEXT_ARG(basis->text),
            drop_of_basis(diag_arena(document->diag), group));
        return;
    }
}

static bool
change_group(struct document *document, struct node *group, struct node *change)
{
    struct node *found = child_named(change, STR("set"));
    bool applied = found != NULL && found->read; /* to the rules of another variant */
    struct node *set = node_group(change, "set", OPTIONAL);
    struct node *add = node_group(change, "add", OPTIONAL);
    struct texts dropped = {0};
    bool good =
        node_texts(change, "drop", OPTIONAL, &dropped) || !node_has(change, "drop");
    if (set == NULL && add == NULL && dropped.count == 0) {
        return diag_error(document->diag, change->where, CODE_V001,
                          "the change neither sets, adds nor drops anything");
    }
    if (set != NULL && !applied) {
        warn_of_old_basis(document, group, set, &dropped);
    }
    for (size_t i = 0; set != NULL && i < set->count; i++) {
        put(document, group, &set->children[i]);
    }
    for (size_t i = 0; add != NULL && i < add->count; i++) {
        good = add_elements(document, group, &add->children[i]) && good;
    }
    for (size_t i = 0; i < dropped.count; i++) {
        good = drop_key(document, group, change, dropped.items[i]) && good;
    }
    if (set != NULL) {
        node_leave(set);
    }
    if (add != NULL) {
        node_leave(add);
    }
    return good;
}

bool
node_change(struct document *document, struct node *changes)
{
    bool good = true;
    size_t at = 0;
    struct node *change = node_next_group(changes, &at);
    for (; change != NULL; change = node_next_group(changes, &at)) {
        struct text path = STR("");
        if (!node_text(change, "at", REQUIRED, &path)) {
            good = false;
            continue;
        }
        struct node *group = find_path(document, path);
        if (group == NULL || group->kind != NODE_GROUP) {
            good = diag_error(document->diag, node_find(change, "at")->where, CODE_V001,
                              "'%.*s' leads to no group of the file that is changed",
                              TEXT_ARG(path));
            continue;
        }
        good = change_group(document, group, change) && good;
    }
    return good;
}
