/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small tree of JSON values, to be compared, sealed and written. Numbers are whole;
 * amounts are texts. Reading is another module's (intake/tree_read.c), behind its library.
 *
 * The canonical form, over which a seal is computed: members sorted by the bytes of their
 * keys, no white space, UTF-8, and no escapes but \" \\ and \u00XX for 00 to 1F and 7F.
 */
#ifndef DEFRAY_TREE_H
#define DEFRAY_TREE_H

#include "defray/text.h"

enum tree_type { TREE_INTEGER, TREE_BOOL, TREE_TEXT, TREE_LIST, TREE_OBJECT };

struct tree {
    enum tree_type type;
    int64_t integer; /* also 0 or 1 of a TREE_BOOL */
    struct text text;
    struct text key;   /* of a member of an object */
    struct tree *next; /* in its list or object */
    struct tree *first, *last;
    size_t count;
};

struct tree *tree_integer(struct arena *keep, int64_t integer);
struct tree *tree_bool(struct arena *keep, bool yes);
struct tree *tree_text(struct arena *keep, struct text text);
struct tree *tree_string(struct arena *keep, const char *string);
struct tree *tree_list(struct arena *keep);
struct tree *tree_object(struct arena *keep);
void tree_append(struct tree *list, struct tree *item);
/* `key` lives as long as the tree. */
void tree_put(struct tree *object, const char *key, struct tree *value);
/* The member of that key; NULL if there is none or it is no object (or NULL). */
struct tree *tree_get(const struct tree *object, const char *key);
/* The text of that member; empty if there is none. */
struct text tree_get_text(const struct tree *object, const char *key);

/* Canonical bytes. */
struct text tree_canonical(struct arena *keep, const struct tree *value);
/* The same for people: two spaces a level, in the order of the tree, a newline at the end. */
struct text tree_pretty(struct arena *keep, const struct tree *value);

/* Calls `differ` for each place where the trees differ: its path ("lines[2].rate"), and the two
 * values, NULL where one has none. Gives how many there are. */
struct tree_difference {
    const char *path;
    const struct tree *a, *b;
};
size_t tree_compare(struct arena *keep, const struct tree *a, const struct tree *b,
                    void (*differ)(void *context, struct tree_difference difference),
                    void *context);
/* A value as a message shows it: "13.74", "210", "true", "(nothing)", "(a list)". */
const char *tree_shown(struct arena *keep, const struct tree *value);

#endif
