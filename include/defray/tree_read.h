/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON strictly into a tree: whole numbers only, no key twice, valid UTF-8, bounded in
 * size, depth and number of values. The only door to the library that parses it. */
#ifndef DEFRAY_TREE_READ_H
#define DEFRAY_TREE_READ_H

#include "defray/file.h"
#include "defray/tree.h"

/* NULL after a diagnostic (C001, C002). */
struct tree *tree_read(struct arena *keep, const struct input *input, struct diag *diag);

#endif
