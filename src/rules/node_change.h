/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tree of settings changed in named places, before anybody reads it: how a variant of a
 * scenario differs from its base, and the rules of the variant from the rule file.
 *
 *     { at = "stipend.tariffs[0]"; set = { amounts = ( … ); }; }
 *     { at = "stipend.conditions"; drop = [ "bodies" ]; }
 *     { at = "expenses"; add = { categories = ( … ); }; }
 *
 * `set` puts keys in a group in place of those of the same name, `add` puts elements at the end of
 * its lists, `drop` takes keys away. What was put in keeps its own place in its own file.
 */
#ifndef DEFRAY_RULES_NODE_CHANGE_H
#define DEFRAY_RULES_NODE_CHANGE_H

#include "node.h"

/* A copy of the document whose settings are nobody's yet: read by nobody, asked by nobody. */
struct document *node_copy(struct arena *keep, const struct document *document);
/* Applies a list of changes to the document. The list is marked as read, and so are the
 * settings in it. False after V001 for each change that does not apply. */
bool node_change(struct document *document, struct node *changes);
/* Marks everything below as read: it is somebody else's to read. */
void node_leave(struct node *node);

#endif
