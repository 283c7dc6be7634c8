/* SPDX-License-Identifier: Apache-2.0 */
/* What rows hold that are not read. */
#include "defray/passed_over.h"

#include "sheet.h"

#define CELLS_MAX 4096

static void
add(struct arena *keep, struct passed_over *rows, struct text cell)
{
    if (rows->count < CELLS_MAX) {
        *ARRAY_PUSH(keep, rows) = cell;
    } else {
        rows->unread = true;
    }
}

void
passed_over_row(struct arena *keep, struct passed_over *rows, const struct text *cells,
                size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text cell = sheet_trim(cells[i]);
        if (cell.size > 0) {
            add(keep, rows, cell);
        }
    }
}

void
passed_over_all(struct arena *keep, struct passed_over *rows,
                const struct passed_over *others)
{
    rows->unread = rows->unread || others->unread;
    for (size_t i = 0; i < others->count; i++) {
        add(keep, rows, others->items[i]);
    }
}

bool
passed_over_may_hold(const struct passed_over *rows, struct text id)
{
    bool found = rows->unread;
    for (size_t i = 0; i < rows->count && !found; i++) {
        found = text_equals(rows->items[i], id);
    }
    return found;
}

bool
passed_over_any(const struct passed_over *rows)
{
    return rows->unread || rows->count > 0;
}
