/* SPDX-License-Identifier: Apache-2.0 */
/* Tables in memory, read as files are. */
#include "support/tables.h"

#include "filed.h"

#include <string.h>

/* Of addresses, which cost nothing: how much of them is there for what is filed depends on where
 * they begin, and 200 000 faults once just fitted. */
#define ROOM ((size_t)1 << 34)

struct tables *
tables_new(void)
{
    struct arena start = arena_reserve(ROOM);
    struct arena keep = start;
    keep.end = start.next + ROOM / 4 * 3;
    struct tables *t = NEW(&keep, struct tables);
    t->start = start;
    t->keep = keep;
    t->scratch = (struct arena){.next = keep.end, .end = start.end};
    t->reading =
        (struct reading){.keep = &t->keep, .diag = diag_new(&t->keep, LANGUAGE_EN)};
    t->roster = NEW(&t->keep, struct roster);
    t->calendar = NEW(&t->keep, struct calendar);
    return t;
}

void
tables_end(struct tables *t)
{
    arena_release(t->start);
}

void
tables_rules(struct tables *t)
{
    static const struct text accepted[] = {
        {"caf", 3},
        {"msa", 3}
    };
    struct rules *rules = NEW(&t->keep, struct rules);
    rules->id = STR("probe");
    rules->lives = NEW(&t->keep, struct life);
    rules->life_count = 1;
    date_parse_iso(STR("2025-01-01"), &rules->lives[0].during.from);
    date_parse_iso(STR("2026-12-31"), &rules->lives[0].during.to);
    rules->categories = NEW_ARRAY(&t->keep, struct category, 2);
    rules->category_count = 2;
    rules->categories[0].price.key = STR("parking");
    rules->categories[0].price.method = method_find(STR("receipt"));
    rules->categories[0].also = NEW(&t->keep, struct text);
    rules->categories[0].also[0] = STR("stationnement");
    rules->categories[0].also_count = 1;
    rules->categories[1].price.key = STR("mileage");
    rules->categories[1].price.method = method_find(STR("scale"));
    rules->stipend.means.required = true;
    rules->stipend.means.measure = STR("quotient_familial");
    rules->stipend.means.methods = NEW_ARRAY(&t->keep, struct text, 2);
    memcpy(rules->stipend.means.methods, accepted, sizeof accepted);
    rules->stipend.means.method_count = 2;
    t->reading.rules = rules;
}

struct input_list
tables_bytes(struct tables *t, const char *name, struct text bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(&t->keep, &list) = input_of(&t->keep, text_of(name), bytes);
    return list;
}

struct input_list
tables_file(struct tables *t, const char *name, const char *bytes)
{
    return tables_bytes(t, name, text_of(bytes));
}

struct input_list
tables_none(void)
{
    return (struct input_list){0};
}

void
tables_members(struct tables *t, const char *bytes)
{
    struct input_list files = tables_file(t, "members.csv", bytes);
    t->roster = roster_read(&t->reading, &files);
}

void
tables_sessions(struct tables *t, const char *bytes)
{
    struct input_list files = tables_file(t, "sessions.csv", bytes);
    t->calendar = calendar_read(&t->reading, &files);
}

struct log *
tables_attendance(struct tables *t, const char *bytes)
{
    struct input_list files = tables_file(t, "attendance.csv", bytes);
    return attendance_read(&t->reading, &files, t->roster, t->calendar);
}

size_t
tables_filed(struct tables *t, enum code code)
{
    return filed_with(t->reading.diag, code);
}

const struct diagnostic *
tables_first(struct tables *t, enum code code)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(t->reading.diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (filed[i].code == code) {
            return &filed[i];
        }
    }
    return NULL;
}

const char *
tables_said(struct tables *t)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(t->reading.diag, &count);
    const char *said = "";
    for (size_t i = 0; i < count; i++) {
        said =
            arena_printf(&t->keep, "%s%s: %s %.*s\n", said, code_page(filed[i].code)->id,
                         filed[i].text, TEXT_ARG(filed[i].meant));
    }
    return said;
}

void
tables_expect(struct tables *t, const char *codes)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(t->reading.diag, &count);
    const char *seen = "";
    for (size_t i = 0; i < count; i++) {
        seen = arena_printf(&t->keep, "%s%s%s", seen, i > 0 ? " " : "",
                            code_page(filed[i].code)->id);
    }
    ck_assert_msg(strcmp(seen, codes) == 0, "filed '%s', expected '%s':\n%s", seen, codes,
                  tables_said(t));
}
