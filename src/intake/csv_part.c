/* SPDX-License-Identifier: Apache-2.0 */
/* Some lines of a CSV as a sheet of their own. A record that reaches over their end leaves a
 * quotation mark open, and is refused. */
#include "csv_parts.h"

bool
csv_is_one(const struct sheet *sheet)
{
    return sheet->next == csv_next;
}

struct text
csv_rest(const struct sheet *sheet)
{
    const struct csv *csv = (const struct csv *)(const void *)sheet;
    return (struct text){csv->at, (size_t)(csv->end - csv->at)};
}

uint32_t
csv_next_line(const struct sheet *sheet)
{
    return ((const struct csv *)(const void *)sheet)->next_line;
}

struct sheet *
csv_part(const struct sheet *sheet, struct reading *reading, struct text bytes,
         uint32_t first_line, struct arena *arena)
{
    const struct csv *whole = (const struct csv *)(const void *)sheet;
    struct csv *csv = NEW(arena, struct csv);
    *csv = *whole;
    csv->reading = reading;
    csv->at = bytes.data;
    csv->end = bytes.data + bytes.size;
    csv->next_line = first_line;
    csv->rows = 0;
    csv->cells = NEW_ARRAY(arena, struct text, csv->width);
    csv->starts = NEW_ARRAY(arena, const char *, csv->width);
    csv->sheet.cells = csv->cells;
    csv->sheet.refused = false;
    csv->sheet.lost = (struct passed_over){0};
    return &csv->sheet;
}

bool
csv_pass(struct sheet *sheet, const struct sheet *part)
{
    struct csv *csv = (struct csv *)(void *)sheet;
    const struct csv *read = (const struct csv *)(const void *)part;
    if (csv->rows_max - csv->rows < read->rows) {
        return false;
    }
    csv->rows += read->rows;
    csv->at = read->end;
    csv->next_line = read->next_line;
    sheet->done = sheet->total - (uint64_t)(csv->end - csv->at);
    return true;
}
