/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What the readers of facts share: the member a row speaks of, two rows that do not
 * go together, and the arrays by member. */
#ifndef DEFRAY_MEMBER_H
#define DEFRAY_MEMBER_H

#include "defray/roster.h"

#include "cells.h"
#include "rows.h"
#include "sort.h"

/* The bytes that tables may turn out to have: those of a packed file come out of it. */
size_t intake_bytes_max(const struct input_list *files);
/* Room for what a reader needs while it reads; to be released. */
struct arena intake_scratch(const struct input_list *files, size_t bytes_per_byte);

/* The member that the cell names; false after a diagnostic. */
bool cell_member(const struct cell *cell, const struct roster *roster, uint32_t *out);

/* first[m] to first[m + 1] for facts sorted by member, whose member is the first
 * field of each, `size` bytes apart. */
size_t *facts_first(struct arena *keep, const struct roster *roster, const void *items,
                    size_t count, size_t size);
/* The same for rows in any order, which it puts in the order asked, which looks at members first.
 * Those of a member are brought together without comparing any. */
size_t *facts_sort(struct arena *keep, struct arena scratch, const struct roster *roster,
                   struct rows *rows, struct order by);

#endif
