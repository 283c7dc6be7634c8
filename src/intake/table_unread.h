/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Columns that are not read, and may be meant. */
#ifndef DEFRAY_TABLE_UNREAD_H
#define DEFRAY_TABLE_UNREAD_H

#include "table.h"

struct telling_word { /* of a heading, folded: it may be that of the column */
    size_t column;
    const char *words; /* several, parted by a space, must all stand there */
};

/* Files each heading that is not known and has such a word, where the column itself is missing. */
void table_tell_unread(const struct table *table, const struct telling_word *words,
                       size_t count);

#endif
