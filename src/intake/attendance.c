/* SPDX-License-Identifier: Apache-2.0 */
/* The attendance log from all its files, in whichever form each is. */
#include "defray/attendance.h"

#include "attendance_reader.h"

#include <assert.h>

#define SCRATCH_BYTES ((size_t)256 << 20)

/* A cell of a matrix takes two bytes of its file at least; of a packed workbook,
 * who knows. The space is reserved, not used. */
static size_t
facts_max(const struct input_list *files)
{
    size_t count = 1024;
    for (size_t i = 0; i < files->count; i++) {
        struct text bytes = files->items[i]->bytes;
        count +=
            text_starts_with(bytes, STR("PK")) ? (size_t)1 << 27 : bytes.size / 2 + 1;
    }
    return count;
}

static void
read_file(struct attending *a, struct input *input)
{
    const struct layout layouts[] = {
        attendance_long_layout(), attendance_matrix_layout(a),
        attendance_names_layout(a, false), attendance_names_layout(a, true)};
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
    struct attendance *added =
        arena_append(&a->facts, sizeof *added, _Alignof(struct attendance));
    assert(added == a->log->items + a->log->count);
    assert(a->log->count < INDEX_NONE - 1);
    fact.file = a->file;
    *added = fact;
    a->log->count++;
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
        .log = NEW(reading->keep, struct log),
        .facts = arena_reserve(facts_max(files) * sizeof(struct attendance)),
        .scratch = start,
    };
    a.log->items = (struct attendance *)(void *)a.facts.next;
    a.log->files = NEW_ARRAY(reading->keep, const struct input *, files->count);
    a.log->file_count = files->count;
    size_t errors = diag_errors(reading->diag);
    for (size_t i = 0; i < files->count; i++) {
        a.log->files[i] = files->items[i];
        a.file = (uint16_t)i;
        read_file(&a, files->items[i]);
    }
    arena_release(start);
    attendance_settle(&a);
    attendance_compare(&a);
    a.log->broken = !calendar->given && diag_errors(reading->diag) > errors;
    return a.log;
}

struct where
attendance_where(const struct log *log, const struct attendance *fact)
{
    return (struct where){.input = log->files[fact->file], .line = fact->line};
}
