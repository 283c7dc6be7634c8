/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as each table. Nothing may crash, every row that is handed out must lie
 * in its limits, and whatever is refused must have been said with its place.
 */
#include "defray/decisions.h"
#include "defray/expenses.h"
#include "defray/means.h"
#include "defray/profiles.h"

#include <assert.h>
#include <string.h>

#define ROOM      ((size_t)256 << 20)
#define INPUT_MAX 65536 /* more only takes time */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Members and sessions for the rows to speak of. */
static const char members[] = "id;nom;prenom\nP1;A;B\nP2;C;D\n";
static const char sessions[] = "session;date;nature\nS1;2026-03-07;pleniere\n"
                               "S2;2026-03-08;video\n";

static struct input_list
list_of(struct arena *keep, const char *name, struct text bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(name), bytes);
    return list;
}

/* Facts in order, references in their bounds. */
static void
check_log(const struct log *log, const struct roster *roster)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct attendance *fact = &log->items[i];
        assert(fact->member < roster->count);
        assert(i >= log->first[fact->member] && i < log->first[fact->member + 1]);
        assert(fact->session < log->session_count);
        assert(fact->same_as == INDEX_NONE || fact->same_as < i);
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
    struct reading reading = {.keep = &keep, .diag = diag_new(&keep, LANGUAGE_EN)};
    struct text given = {(const char *)bytes, size};
    struct input_list known_members = list_of(&keep, "members.csv", text_of(members));
    struct input_list known_sessions = list_of(&keep, "sessions.csv", text_of(sessions));
    struct input_list files = list_of(&keep, "table.csv", given);
    struct roster *roster = roster_read(&reading, &known_members);
    struct calendar *calendar = calendar_read(&reading, &known_sessions);
    struct log *log = attendance_read(&reading, &files, roster, calendar);
    check_log(log, roster);
    struct calendar none = {0};
    check_log(attendance_read(&reading, &files, roster, &none), roster);
    expenses_read(&reading, &files, roster, log);
    decisions_read(&reading, &files, roster);
    calendar_read(&reading, &files);
    means_read(&reading, &files, roster);
    profiles_read(&reading, &files);
    roster_read(&reading, &files);
    check_said(reading.diag);
    arena_release(start);
    return 0;
}
