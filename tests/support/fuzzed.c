/* SPDX-License-Identifier: Apache-2.0 */
/* What fuzz targets share. What is loaded once lies in memory that is never given back. */
#include "support/fuzzed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_ROOM ((size_t)64 << 20)
#define RULES_MAX 32

/* Mapped and not static: a leak detector reads what is static from end to end, and each test of
 * the runner would pay for it as it ends. */
static struct arena *
kept_arena(void)
{
    static struct arena kept;
    if (kept.next == NULL) {
        kept = arena_reserve(KEPT_ROOM);
    }
    return &kept;
}

__attribute__((weak)) void
fuzzed_mappings_mark(void)
{
}

__attribute__((weak)) void
fuzzed_mappings_back(void)
{
}

struct arena
fuzzed_begin(void)
{
    (void)kept_arena(); /* what is mapped after the mark is given back */
    fuzzed_mappings_mark();
    return arena_reserve(FUZZED_ROOM);
}

void
fuzzed_end(struct arena start)
{
    arena_release(start);
    fuzzed_mappings_back();
}

struct input_list
fuzzed_list(struct arena *keep, const char *name, struct text bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(name), bytes);
    return list;
}

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

struct fuzzed_parts
fuzzed_split(struct arena *keep, struct text given)
{
    struct fuzzed_parts parts = {0};
    const char *end = given.data + given.size;
    const char *mark = next_mark(given.data, end);
    while (mark < end) {
        const char *name = mark + 4;
        const char *line = memchr(name, '\n', (size_t)(end - name));
        if (line == NULL) {
            break;
        }
        mark = next_mark(line + 1, end);
        *ARRAY_PUSH(keep, &parts) = (struct fuzzed_part){
            {name,     (size_t)(line - name)    },
            {line + 1, (size_t)(mark - line - 1)}
        };
    }
    return parts;
}

struct text
fuzzed_part(const struct fuzzed_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->count; i++) {
        if (text_equals(parts->items[i].name, text_of(name))) {
            return parts->items[i].bytes;
        }
    }
    return STR("");
}

const struct rules *
fuzzed_rules(const char *id)
{
    static struct {
        const char *id;
        const struct rules *rules;
    } known[RULES_MAX];
    const struct text folder = STR("rules");
    size_t i = 0;
    while (known[i].id != NULL && strcmp(known[i].id, id) != 0) {
        i++;
    }
    assert(i + 1 < RULES_MAX);
    if (known[i].id == NULL) {
        struct diag *diag = diag_new(kept_arena(), LANGUAGE_EN);
        known[i].rules = rules_load(kept_arena(), text_of(id), &folder, 1, diag);
        known[i].id = id;
        assert(known[i].rules != NULL);
    }
    return known[i].rules;
}

const struct roster *
fuzzed_roster(void)
{
    static const struct roster *roster;
    if (roster == NULL) {
        struct arena *keep = kept_arena();
        struct reading reading = {.keep = keep, .diag = diag_new(keep, LANGUAGE_EN)};
        struct input_list list =
            fuzzed_list(keep, "members.csv",
                        STR("id;nom;prenom;statut\nP1;A;B;tire_au_sort\n"
                            "P2;C;D;tire_au_sort\n"));
        roster = roster_read(&reading, &list);
        assert(roster->count == 2);
    }
    return roster;
}

const struct calendar *
fuzzed_calendar(void)
{
    static const struct calendar *calendar;
    if (calendar == NULL) {
        struct arena *keep = kept_arena();
        struct reading reading = {.keep = keep, .diag = diag_new(keep, LANGUAGE_EN)};
        struct input_list list =
            fuzzed_list(keep, "sessions.csv",
                        STR("session;date;nature\nS1;2026-03-07;pleniere\n"
                            "S2;2026-03-14;pleniere\nS3;2026-03-21;video\n"));
        calendar = calendar_read(&reading, &list);
        assert(calendar->count == 3);
    }
    return calendar;
}

void
fuzzed_check_said(struct diag *diag)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    for (size_t i = 0; i < count; i++) {
        struct text text = text_of(filed[i].text);
        /* What is said of a file that is not there is said of no place in another. */
        enum code code = filed[i].code;
        bool of_files = code == CODE_R001 || (code >= CODE_F001 && code <= CODE_F003);
        assert((filed[i].where.input != NULL || of_files) && text.size > 0);
        assert(text_utf8_check(text) == text.size);
    }
}

void
fuzzed_check_log(const struct log *log, const struct roster *roster)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct attendance *fact = &log->items[i];
        assert(fact->member < roster->count);
        assert(i >= log->first[fact->member] && i < log->first[fact->member + 1]);
        assert(fact->session < log->session_count);
        assert(!fact->repeats || attendance_first(log, fact) < fact);
        assert(fact->line > 0 && fact->file < log->file_count);
    }
}
