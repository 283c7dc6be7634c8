/* SPDX-License-Identifier: Apache-2.0 */
/* The attendance log from all its files, in whichever form each is. */
#include "defray/attendance.h"

#include "attendance_reader.h"

#include <assert.h>

#define SCRATCH_BYTES ((size_t)256 << 20)
#define FACT_BYTES    2 /* of its file that a cell of a matrix takes at least */

static void
read_file(struct attending *a, struct input *input)
{
    struct layout layouts[] = {attendance_long_layout(), attendance_matrix_layout(a),
                               attendance_names_layout(a, false),
                               attendance_names_layout(a, true)};
    layouts[0].likeness = attendance_likeness(a);
    struct table *table =
        table_begin(a->reading, a->scratch, input, layouts, ARRAY_COUNT(layouts));
    if (table == NULL) {
        return;
    }
    if (attendance_is_long(table)) {
        attendance_read_long(a, table);
    } else {
        attendance_read_matrix(a, table);
    }
    table_shut(table);
}

void
attendance_add(struct attending *a, struct attendance fact)
{
    fact.file = a->file;
    rows_add(&a->facts, &fact, 1);
}

struct log *
attendance_read(struct reading *reading, const struct input_list *files,
                const struct roster *roster, const struct calendar *calendar)
{
    assert(files->count < UINT16_MAX);
    struct arena start = arena_reserve(SCRATCH_BYTES);
    struct attending a = {
        .reading = reading,
        .roster = roster,
        .calendar = calendar,
        .names = names_new(reading->keep, roster),
        .log = NEW(reading->keep, struct log),
        .facts = rows_new(files, FACT_BYTES, sizeof(struct attendance)),
        .scratch = start,
    };
    a.log->files = NEW_ARRAY(reading->keep, const struct input *, files->count);
    a.log->file_count = files->count;
    size_t errors = diag_errors(reading->diag);
    for (size_t i = 0; i < files->count; i++) {
        a.log->files[i] = files->items[i];
        a.file = (uint16_t)i;
        read_file(&a, files->items[i]);
    }
    figures_tell(&a.figures, reading->diag);
    arena_release(start);
    a.log->items = a.facts.items;
    a.log->count = a.facts.count;
    attendance_settle(&a);
    attendance_compare(&a);
    a.log->lost = calendar->lost;
    if (!calendar->given && diag_errors(reading->diag) > errors) {
        a.log->lost.unread = true;
    }
    return a.log;
}

const struct attendance *
attendance_first(const struct log *log, const struct attendance *fact)
{
    if (!fact->repeats) {
        return NULL;
    }
    uint32_t index = (uint32_t)(fact - log->items);
    size_t low = 0;
    size_t high = log->repeats.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (log->repeats.items[middle].fact <= index) {
            low = middle;
        } else {
            high = middle;
        }
    }
    assert(low < high && log->repeats.items[low].fact == index);
    return &log->items[log->repeats.items[low].first];
}

struct where
attendance_where(const struct log *log, const struct attendance *fact)
{
    return (struct where){.input = log->files[fact->file], .line = fact->line};
}
