/* SPDX-License-Identifier: Apache-2.0 */
/* Long tables read in parts on all processors: the same is read, in the same order, and the
 * same is said as when one row comes after the other. */
#include "../../src/intake/table.h"
#include "support/invent.h"
#include "support/tables.h"

#include <string.h>

#define ROUNDS 60
#define LINES  400

static const struct column columns[] = {
    {"id",   "", true },
    {"name", "", false},
};

struct row {
    struct text id, name;
    uint32_t line;
    bool aside; /* read in a part, beside others */
};

/* Not by printing both: what is there is long, and added to a thousand times. */
static const char *
join(struct arena *to, const char *all, const char *more)
{
    size_t size = strlen(all);
    size_t rest = strlen(more) + 1;
    char *joined = arena_room(to, size + rest);
    memcpy(joined, all, size);
    memcpy(joined + size, more, rest);
    return joined;
}

/* A row called "first" is one that the reader has to remember. */
static bool
collect_row(void *context, const struct table *table, void *out)
{
    (void)context;
    struct row *row = out;
    ck_assert(row->line == 0);
    struct cell id = table_cell(table, 0);
    struct cell name = table_cell(table, 1);
    *row = (struct row){text_copy(table->reading->keep, id.text), name.text,
                        table->sheet->line, table->deferred != NULL};
    if (text_equals(name.text, STR("first")) && table_defers(table)) {
        return false;
    }
    return !text_equals(name.text, STR("nothing"));
}

static const char *const rare[] = {
    "x;\"quoted\"",
    "x;\"two\nlines\"",
    "x",
    "x;y;z",
    "total;4",
    ";;",
    "",
    "x;first",
    ";y",
    "x;\x07",
    "x;nothing",
    "\"open;x",
};

static const char *
invent_lines(struct arena *to, uint64_t *seed)
{
    char *text = NEW_ARRAY(to, char, LINES * 64);
    char *p = text + sprintf(text, "id;name\n");
    uint64_t rarity = invent_number(seed) % 3 * 300;
    for (int i = 0; i < LINES; i++) {
        bool is_rare = rarity > 0 && invent_number(seed) % rarity == 0;
        p += is_rare ? sprintf(p, "%s\n", rare[invent_number(seed) % ARRAY_COUNT(rare)])
                     : sprintf(p, "P%d;n%d%s\n", i, i % 7, i % 5 == 0 ? "\r" : "");
    }
    return text;
}

static const char *
said(struct tables *t, const char *all)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(t->reading.diag, &count);
    for (size_t i = 0; i < count; i++) {
        all = join(&t->keep, all,
                   arena_printf(&t->keep, "\n%s %s%s%.*s",
                                where_text(&t->keep, filed[i].where), filed[i].text,
                                where_text(&t->keep, filed[i].other),
                                TEXT_ARG(filed[i].meant)));
    }
    return all;
}

static const char *
read_lines(struct tables *t, const char *text, size_t part_bytes, size_t *aside)
{
    struct input_list files = tables_file(t, "t.csv", text);
    struct rows rows = rows_new(&files, 1, sizeof(struct row));
    t->reading.part_bytes = part_bytes;
    struct table *table = table_open(&t->reading, t->scratch, files.items[0], columns, 2);
    ck_assert_ptr_nonnull(table);
    table_read(table, &(struct row_reader){.rows = &rows, .read = collect_row});
    const struct row *items = rows.items;
    const char *all = "";
    for (size_t i = 0; i < rows.count; i++) {
        *aside += items[i].aside;
        all = join(&t->keep, all,
                   arena_printf(&t->keep, "%u:%.*s,%.*s ", (unsigned)items[i].line,
                                TEXT_ARG(items[i].id), TEXT_ARG(items[i].name)));
    }
    return said(t, arena_printf(&t->keep, "%s%u rows", all, (unsigned)table->rows));
}

static void
must_be_alike(const char *found, const char *expected)
{
    size_t at = 0;
    while (found[at] != '\0' && found[at] == expected[at]) {
        at++;
    }
    if (found[at] != expected[at]) {
        size_t from = at < 40 ? 0 : at - 40;
        ck_abort_msg("after %zu:\n%.200s\nnot\n%.200s", from, found + from,
                     expected + from);
    }
}

START_TEST(lines_are_read_alike)
{
    uint64_t seed = 20260310;
    size_t aside = 0;
    size_t none = 0;
    for (int i = 0; i < ROUNDS; i++) {
        struct tables *a = tables_new();
        struct tables *b = tables_new();
        const char *text = invent_lines(&a->keep, &seed);
        const char *expected = read_lines(b, text, 0, &none);
        const char *found = read_lines(a, text, 1 + invent_number(&seed) % 200, &aside);
        must_be_alike(found, expected);
        tables_end(a);
        tables_end(b);
    }
    ck_assert_uint_eq(none, 0);
    ck_assert_uint_gt(aside, ROUNDS * LINES / 4);
}
END_TEST

/* --- the readers --- */

static const char *
table_of(struct arena *to, uint64_t *seed, const char *header, const char *const usual[],
         const char *const odd[])
{
    char *text = NEW_ARRAY(to, char, LINES * 128);
    char *p = text + sprintf(text, "%s\n", header);
    uint64_t rarity = invent_number(seed) % 3 * 200;
    for (int i = 0; i < LINES; i++) {
        const char *const *rows =
            rarity > 0 && invent_number(seed) % rarity == 0 ? odd : usual;
        size_t count = 0;
        while (rows[count] != NULL) {
            count++;
        }
        int number = (int)(invent_number(seed) % 40);
        const char *row = rows[invent_number(seed) % count];
        const char *hash = strchr(row, '#'); /* stands for a number */
        p += hash == NULL
                 ? sprintf(p, "%s\n", row)
                 : sprintf(p, "%.*s%02d%s\n", (int)(hash - row), row, number, hash + 1);
    }
    return text;
}

static const char *const members[] = {"P#;A;B;FR1420041010050500013M02606",
                                      "P#;A;B;FR14 2004 1010 0505 0001 3M02 606",
                                      "P#;A;B;", NULL};
static const char *const odd_members[] = {"P#;A;B;FR00", "P#;;B;", "P#;C;B;", ";A;B;",
                                          NULL};
static const char *const sessions[] = {"P#;S1;present;18:20;20:00", "P#;S2;absent;;",
                                       "P#;S3;partial;9h;10h30", NULL};
static const char *const odd_sessions[] = {"P#;S9;present;;", "Q#;S1;present;;",
                                           "P#;S1;present;20:00;18:00", NULL};
static const char *const own[] = {"P#;2026-03-01;plenary;P", "P#;2026-03-02;video;P",
                                  NULL};
static const char *const odd_own[] = {"P#;2026-03-09;plenary;P", "P#;;plenary;P", NULL};
static const char *const claims[] = {"P#;S1;parking;4,50", "P#;S2;parking;12", NULL};
static const char *const odd_claims[] = {"P#;S1;feast;3", "P#;S1;feasts;-3", NULL};
static const char *const figures[] = {"P#;quotient_familial;640,00;caf;2026-01",
                                      "P#;qf;640;msa;02/2026", NULL};
static const char *const odd_figures[] = {"P#;qf;;caf;2026-01", "P#;qf;7;oracle;2026-01",
                                          NULL};

struct texts {
    const char *members, *attendance, *own, *claims, *figures;
};

static const char *
tell_facts(struct tables *t, const char *all, const struct log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct attendance *fact = &log->items[i];
        const struct attendance *first = attendance_first(log, fact);
        all = join(&t->keep, all,
                   arena_printf(&t->keep, "%u,%u,%u,%u,%d,%d,%d ", (unsigned)fact->member,
                                (unsigned)fact->session, (unsigned)fact->line,
                                first == NULL ? 0 : (unsigned)first->line, fact->start,
                                fact->end, fact->presence));
    }
    return all;
}

static const char *
read_all(struct tables *t, const struct texts *texts, size_t part_bytes)
{
    struct arena *keep = &t->keep;
    tables_rules(t);
    t->reading.part_bytes = part_bytes;
    tables_members(t, texts->members);
    const char *all = "";
    for (size_t i = 0; i < t->roster->count; i++) {
        const struct participant *person = &t->roster->items[i];
        all = join(keep, all,
                   arena_printf(keep, "%.*s %.*s %u|", TEXT_ARG(person->id),
                                TEXT_ARG(person->rows[0].bank.iban),
                                (unsigned)person->rows[0].where.line));
    }
    struct calendar *none = t->calendar;
    struct input_list files = tables_file(t, "own.csv", texts->own);
    all = tell_facts(t, all, attendance_read(&t->reading, &files, t->roster, none));
    tables_sessions(t, "session;date;kind\nS1;2026-03-01;plenary\nS2;2026-03-02;video\n"
                       "S3;2026-03-03;plenary\n");
    struct log *log = tables_attendance(t, texts->attendance);
    all = tell_facts(t, all, log);
    files = tables_file(t, "claims.csv", texts->claims);
    const struct claims *read = expenses_read(&t->reading, &files, t->roster, log);
    for (size_t i = 0; i < read->count; i++) {
        const struct claim *claim = &read->items[i];
        all = join(keep, all,
                   arena_printf(keep, "%u,%.*s,%d,%u ", (unsigned)claim->member,
                                TEXT_ARG(claim->session), (int)claim->amount.cents,
                                (unsigned)claim->where.line));
    }
    files = tables_file(t, "means.csv", texts->figures);
    const struct means *means = means_read(&t->reading, &files, t->roster);
    for (size_t i = 0; i < means->count; i++) {
        const struct figure *figure = &means->items[i];
        all = join(keep, all,
                   arena_printf(keep, "%u,%.*s,%d,%u ", (unsigned)figure->member,
                                TEXT_ARG(figure->method), figure->month,
                                (unsigned)figure->where.line));
    }
    return said(t, all);
}

static void
count_calls(struct progress *progress, const char *what, uint64_t done, uint64_t total)
{
    ck_assert_uint_eq(strlen(what), 300);
    ck_assert_uint_le(done, total);
    ++*(int *)progress->context;
}

/* What is told on the way, a path as long as may be, leaves the parts that are read as they are. */
START_TEST(trap_progress_is_told_between_the_parts)
{
    struct tables *t = tables_new();
    int calls = 0;
    struct progress progress = {.tell = count_calls, .context = &calls};
    const uint32_t lines = 200000;
    char *text = NEW_ARRAY(&t->keep, char, lines * 16);
    char *p = text + sprintf(text, "id;name\n");
    for (uint32_t i = 0; i < lines; i++) {
        p += sprintf(p, "P%06u;a\n", (unsigned)i);
    }
    char path[301] = "";
    memset(path, 'p', 300);
    struct input_list files = tables_file(t, path, text);
    struct rows rows = rows_new(&files, 1, sizeof(struct row));
    t->reading.part_bytes = 128 << 10;
    t->reading.progress = &progress;
    struct table *table = table_open(&t->reading, t->scratch, files.items[0], columns, 2);
    ck_assert_ptr_nonnull(table);
    table_read(table, &(struct row_reader){.rows = &rows, .read = collect_row});
    tables_expect(t, "");
    ck_assert_uint_eq(rows.count, lines);
    const struct row *items = rows.items;
    for (uint32_t i = 0; i < lines; i++) {
        char id[16];
        sprintf(id, "P%06u", (unsigned)i);
        ck_assert_uint_eq(items[i].line, i + 2);
        ck_assert(text_equals(items[i].id, text_of(id)));
    }
    ck_assert_int_eq(calls, 3);
    tables_end(t);
}
END_TEST

START_TEST(tables_are_read_alike)
{
    uint64_t seed = 20260311 + (uint64_t)_i;
    struct tables *a = tables_new();
    struct tables *b = tables_new();
    const struct texts texts = {
        .members = table_of(&a->keep, &seed, "id;last_name;first_name;iban", members,
                            odd_members),
        .attendance = table_of(&a->keep, &seed, "member;session;attendance;start;end",
                               sessions, odd_sessions),
        .own = table_of(&a->keep, &seed, "member;date;kind;attendance", own, odd_own),
        .claims = table_of(&a->keep, &seed, "member;session;category;amount", claims,
                           odd_claims),
        .figures = table_of(&a->keep, &seed, "id;measure;value;method;month", figures,
                            odd_figures),
    };
    const char *expected = read_all(b, &texts, 0);
    const char *found = read_all(a, &texts, 100 + invent_number(&seed) % 900);
    must_be_alike(found, expected);
    tables_end(a);
    tables_end(b);
}
END_TEST

#define SHORT_ROWS 4000

/* A table read in parts of 4096 bytes: the header, and rows that differ in their key alone. */
static struct tables *
short_rows(const char *header, const char *rest, int keys)
{
    struct tables *t = tables_new();
    char *text = NEW_ARRAY(&t->keep, char, (size_t)SHORT_ROWS * 24 + 128);
    char *p = text + sprintf(text, "%s\n", header);
    for (int i = 0; i < SHORT_ROWS; i++) {
        int key = i % keys;
        p += sprintf(p, "%c%c%c%s\n", 'A' + key / 400, 'a' + key / 20 % 20,
                     'a' + key % 20, rest);
    }
    t->reading.part_bytes = 4096;
    tables_members(t, text);
    return t;
}

/* Of all rows the shortest keep the most, by their bytes: what a part keeps has room. */
START_TEST(what_short_rows_keep_has_room)
{
    struct tables *t = short_rows("id;nom;prenom;iban;bic;cv;title;body;town",
                                  ";a;b;;B;1;M;c;d", SHORT_ROWS);
    ck_assert_uint_eq(t->roster->count, SHORT_ROWS);
    for (int i = 0; i < SHORT_ROWS; i++) {
        const struct participation *row = &t->roster->items[i].rows[0];
        ck_assert_uint_eq(row->where.line, (unsigned)i + 2);
        ck_assert(text_equals(particulars_of(row)->bic, STR("B")));
        ck_assert(text_equals(particulars_of(row)->town, STR("d")));
    }
    tables_end(t);
}
END_TEST

START_TEST(the_shortest_rows_have_room)
{
    struct tables *t = short_rows("id;nom;prenom;title", ";a;b;M", 20);
    ck_assert_uint_eq(t->roster->count, 20);
    ck_assert_uint_eq(tables_filed(t, CODE_M003), SHORT_ROWS - 20);
    tables_end(t);
}
END_TEST

/* --- the order of very many facts --- */

#define MANY    40000
#define MEMBERS 997

START_TEST(many_facts_are_put_in_order)
{
    struct tables *t = tables_new();
    char *text = NEW_ARRAY(&t->keep, char, MANY * 40);
    char *p = text + sprintf(text, "id;last_name;first_name\n");
    for (int i = 0; i < MEMBERS; i++) {
        p += sprintf(p, "P%03d;A;B\n", i);
    }
    tables_members(t, text);
    text = NEW_ARRAY(&t->keep, char, MANY * 40);
    p = text + sprintf(text, "member;session;date;kind;attendance\n");
    uint64_t seed = 20260312;
    for (int i = 0; i < MANY; i++) {
        int member = (int)(invent_number(&seed) % MEMBERS);
        int session = i / 1000;
        p += sprintf(p, "P%03d;S%d;2026-%02d-%02d;plenary;P\n", member, session,
                     12 - session / 10, 1 + session % 10 * 2);
    }
    struct log *log = tables_attendance(t, text);
    ck_assert_uint_eq(log->count, MANY);
    ck_assert_uint_eq(log->first[MEMBERS], MANY);
    uint64_t lines = 0;
    for (uint32_t m = 0; m < MEMBERS; m++) {
        for (size_t i = log->first[m]; i < log->first[m + 1]; i++) {
            const struct attendance *fact = &log->items[i];
            lines += fact->line;
            if (fact->member != m) {
                ck_abort_msg("a fact of %u is with those of %u", fact->member, m);
            }
            if (i > log->first[m] &&
                (fact[-1].session > fact->session ||
                 (fact[-1].session == fact->session && fact[-1].line >= fact->line))) {
                ck_abort_msg("facts of %u are out of order", m);
            }
        }
    }
    ck_assert_uint_eq(lines, (uint64_t)MANY * (MANY + 3) / 2);
    tables_end(t);
}
END_TEST

Suite *test_aside_suite(void);

Suite *
test_aside_suite(void)
{
    Suite *suite = suite_create("aside");
    TCase *tests = tcase_create("aside");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, lines_are_read_alike);
    tcase_add_loop_test(tests, tables_are_read_alike, 0, 6);
    tcase_add_test(tests, trap_progress_is_told_between_the_parts);
    tcase_add_test(tests, what_short_rows_keep_has_room);
    tcase_add_test(tests, the_shortest_rows_have_room);
    tcase_add_test(tests, many_facts_are_put_in_order);
    suite_add_tcase(suite, tests);
    return suite;
}
