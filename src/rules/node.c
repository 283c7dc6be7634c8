/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of settings. The library reads what the pre-scan let through; its tree
 * is copied in one pass and given back at once.
 */
#include "node.h"

#include "defray/limits.h"

#include "prescan.h"

#include <libconfig.h>

#include <errno.h>
#include <locale.h>
#include <string.h>

struct build {
    struct document *document;
    const struct places *places;
    size_t next;
    bool astray; /* the library and the pre-scan saw different settings */
};

static struct where
place_of(struct build *build, struct text name)
{
    struct where where = {.input = build->document->input};
    if (build->next >= build->places->count) {
        build->astray = true;
        return where;
    }
    const struct place *place = &build->places->items[build->next++];
    build->astray = build->astray || !text_equals(place->name, name);
    where.line = place->line;
    where.column = place->column;
    return where;
}

static void
copy_value(struct build *build, struct node *node, const config_setting_t *setting)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_STRING:
        node->kind = NODE_TEXT;
        node->text =
            text_copy(build->document->keep, text_of(config_setting_get_string(setting)));
        break;
    case CONFIG_TYPE_BOOL:
        node->kind = NODE_BOOLEAN;
        node->integer = config_setting_get_bool(setting) != 0;
        break;
    case CONFIG_TYPE_INT:
        node->kind = NODE_INTEGER;
        node->integer = config_setting_get_int(setting);
        break;
    case CONFIG_TYPE_GROUP: node->kind = NODE_GROUP; break;
    case CONFIG_TYPE_LIST:
    case CONFIG_TYPE_ARRAY: node->kind = NODE_LIST; break;
    default: /* a float or a 64-bit number: the pre-scan lets none through */
        build->astray = true;
        break;
    }
}

/* Depth is bounded by RULES_DEPTH_MAX. */
static void
copy_children(struct build *build, struct node *node, const config_setting_t *setting)
{
    int count = config_setting_length(setting);
    node->children = NEW_ARRAY(build->document->keep, struct node, (size_t)count);
    node->count = (size_t)count;
    for (int i = 0; i < count; i++) {
        const config_setting_t *from = config_setting_get_elem(setting, (unsigned)i);
        struct node *child = &node->children[i];
        const char *name = config_setting_name(from);
        child->name = text_copy(build->document->keep, text_of(name));
        child->parent = node;
        child->document = build->document;
        child->where = place_of(build, child->name);
        copy_value(build, child, from);
        if (child->kind == NODE_GROUP || child->kind == NODE_LIST) {
            copy_children(build, child, from);
        }
    }
}

bool
node_build(struct document *document, const struct scanned *scanned)
{
    struct where whole = {.input = document->input};
    /* The library changes the locale of the thread and forgets what it was. */
    locale_t before = uselocale((locale_t)0);
    config_t config;
    errno = 0;
    config_init(&config);
    bool read = config_read_string(&config, scanned->clean) == CONFIG_TRUE;
    if (errno == ENOMEM) { /* the library leaves out what it had no room for */
        arena_exhausted();
    }
    if (read) {
        struct build build = {.document = document, .places = &scanned->places};
        document->root = (struct node){
            .kind = NODE_GROUP, .document = document, .where = whole, .read = true};
        copy_children(&build, &document->root, config_root_setting(&config));
        read = !build.astray && build.next == scanned->places.count;
        if (!read) {
            diag_error(document->diag, whole, CODE_R016,
                       "the configuration reader found other settings than are written");
        }
    } else {
        whole.line = (uint32_t)config_error_line(&config);
        diag_error(document->diag, whole, CODE_R016, "the configuration reader says: %s",
                   config_error_text(&config));
    }
    config_destroy(&config);
    (void)uselocale(before);
    return read;
}

bool
node_read(struct document *document)
{
    struct scanned scanned;
    return prescan_check(document->keep, document->input, &scanned, document->diag) &&
           node_build(document, &scanned);
}

static void
put_path(struct arena *keep, const struct node *node, struct text *path)
{
    if (node->parent == NULL) {
        return;
    }
    put_path(keep, node->parent, path);
    const char *longer;
    if (node->name.size > 0) {
        longer = arena_printf(keep, "%.*s%s%.*s", TEXT_ARG(*path),
                              path->size > 0 ? "." : "", TEXT_ARG(node->name));
    } else {
        longer = arena_printf(keep, "%.*s[%zu]", TEXT_ARG(*path),
                              (size_t)(node - node->parent->children));
    }
    *path = text_of(longer);
}

struct text
node_path(struct arena *keep, const struct node *node)
{
    struct text path = STR("");
    put_path(keep, node, &path);
    return path;
}

static void
report_unread(const struct node *node)
{
    if (node->kind == NODE_GROUP && node->asked.count == 0) {
        return; /* it stands where no group can: that has been said */
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct node *child = &node->children[i];
        if (child->name.size > 0 && !child->read) {
            struct document *document = node->document;
            if (node->parent == NULL) {
                diag_error(document->diag, child->where, CODE_R017, "unknown key '%.*s'",
                           TEXT_ARG(child->name));
            } else {
                diag_error(document->diag, child->where, CODE_R017,
                           "unknown key '%.*s' in %.*s", TEXT_ARG(child->name),
                           TEXT_ARG(node_path(document->keep, node)));
            }
            diag_suggest(document->diag,
                         text_nearest(*document->scratch, child->name, node->asked.items,
                                      node->asked.count));
        } else {
            report_unread(child);
        }
    }
}

void
node_report_unread(const struct document *document)
{
    report_unread(&document->root);
}
