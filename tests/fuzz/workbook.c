/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a workbook, and any text as the parts of one: an input that does not start
 * like a zip is split at lines "=== name", and what follows each becomes a part, so that
 * what is changed is XML and not a checksum. Nothing may crash, every fact must lie in
 * its limits, and whatever is refused must have been said with its place.
 */
#include "defray/expenses.h"
#include "defray/means.h"

#include "support/packed.h"

#include <assert.h>
#include <string.h>

#define ROOM      ((size_t)512 << 20)
#define INPUT_MAX 65536 /* more only takes time */
#define NAME_MAX  64

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char members[] = "id;nom;prenom\nM1;A;B\nM2;C;D\n";
static const char sessions[] = "session;date;nature\nS1;2026-03-07;pleniere\n"
                               "S2;2026-03-14;pleniere\nS3;2026-03-21;video\n";

/* The next line "=== name" at or after p, or the end. */
static const char *
next_mark(const char *p, const char *end)
{
    for (; p + 4 < end; p++) {
        if (memcmp(p, "=== ", 4) == 0) {
            return p;
        }
    }
    return end;
}

static struct text
make_pack(struct arena *keep, struct text given)
{
    struct pack pack = pack_new(keep);
    const char *end = given.data + given.size;
    const char *mark = next_mark(given.data, end);
    while (mark < end) {
        const char *name = mark + 4;
        const char *line = memchr(name, '\n', (size_t)(end - name));
        if (line == NULL || line - name > NAME_MAX || line == name ||
            memchr(name, 0, (size_t)(line - name)) != NULL) {
            break;
        }
        mark = next_mark(line + 1, end);
        pack_add(&pack, text_string(keep, (struct text){name, (size_t)(line - name)}),
                 (struct text){line + 1, (size_t)(mark - line - 1)});
    }
    return pack_finish(&pack);
}

static struct input_list
list_of(struct arena *keep, const char *name, struct text bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(name), bytes);
    return list;
}

static void
check_log(const struct log *log, const struct roster *roster)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct attendance *fact = &log->items[i];
        assert(fact->member < roster->count && fact->session < log->session_count);
        assert(fact->line > 0 && fact->file < log->file_count);
    }
}

static void
check_said(struct diag *diag)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    for (size_t i = 0; i < count; i++) {
        struct text text = text_of(filed[i].text);
        assert(filed[i].where.input != NULL && text.size > 0);
        assert(text_utf8_check(text) == text.size);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena start = arena_reserve(ROOM);
    struct arena keep = start;
    struct reading reading = {.keep = &keep, .diag = diag_new(&keep, LANGUAGE_FR)};
    struct text given = {(const char *)bytes, size};
    if (!text_starts_with(given, STR("PK"))) {
        given = make_pack(&keep, given);
    }
    struct input_list known_members = list_of(&keep, "members.csv", text_of(members));
    struct input_list known_sessions = list_of(&keep, "sessions.csv", text_of(sessions));
    struct input_list files = list_of(&keep, "book", given);
    struct roster *roster = roster_read(&reading, &known_members);
    struct calendar *calendar = calendar_read(&reading, &known_sessions);
    struct log *log = attendance_read(&reading, &files, roster, calendar);
    check_log(log, roster);
    expenses_read(&reading, &files, roster, log);
    means_read(&reading, &files, roster);
    roster_read(&reading, &files);
    check_said(reading.diag);
    arena_release(start);
    return 0;
}
