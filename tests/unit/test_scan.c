/* SPDX-License-Identifier: Apache-2.0 */
/* Plain lines by sixteen bytes: whatever a file holds, the same cells are read and the same
 * is said as when every byte is looked at. */
#include "defray/scan.h"

#include "../../src/base/scan_parts.h"
#include "../../src/intake/csv_parts.h"
#include "../../src/intake/table.h"
#include "support/invent.h"
#include "support/tables.h"

#include <string.h>

#define LINES 200000
#define FILES 4000
#define WIDTH 4
#define LONG  60

/* For long loops: Check notes every assertion that it passes, and that takes time. */
#define MUST(condition)                     \
    do {                                    \
        if (!(condition)) {                 \
            ck_abort_msg("%s", #condition); \
        }                                   \
    } while (0)

/* Bytes that mean something, or nearly: neighbours of the controls, of the quotation mark,
 * of the first bytes of characters that are not shown. */
static const char odd[] =
    ";;;,,\t\"\r\n\x01\x1F !#\x7E\x7F\x80\xA0\xC1\xC2\xC3\xE1\xE2\xE3"
    "\xEE\xEF\xF0";

static size_t
invent_line(uint64_t *seed, char *line)
{
    size_t size = invent_number(seed) % LONG;
    unsigned rare = 1 + (unsigned)(invent_number(seed) % 40);
    for (size_t i = 0; i < size; i++) {
        bool is_odd = invent_number(seed) % rare == 0;
        line[i] =
            is_odd ? odd[invent_number(seed) % (sizeof odd - 1)] : (char)('a' + i % 26);
    }
    for (unsigned i = (unsigned)(invent_number(seed) % 3); size > 0 && i > 0; i--) {
        line[invent_number(seed) % size] = ';';
    }
    const char *end =
        (const char *const[]){"\n", "\r\n", "\r\r\n", ""}[invent_number(seed) % 4];
    memcpy(line + size, end, strlen(end));
    return size + strlen(end);
}

START_TEST(a_line_is_split_alike)
{
    uint64_t seed = 20260308;
    size_t plain = 0;
    for (size_t i = 0; i < LINES; i++) {
        char bytes[4 * LONG];
        size_t size = invent_line(&seed, bytes);
        size += invent_line(&seed, bytes + size);
        struct text rest = {bytes, size};
        struct text cells[WIDTH + 1] = {
            {NULL, 0}
        };
        struct text expected[WIDTH + 1] = {
            {NULL, 0}
        };
        size_t count = 1 + invent_number(&seed) % WIDTH;
        char separator = ";,\t"[invent_number(&seed) % 3];
        size_t taken = scan_line_plainly(rest, separator, expected, count);
        MUST(scan_line(rest, separator, cells, count) == taken);
        MUST(cells[count].data == NULL);
        plain += taken > 0;
        for (size_t c = 0; taken > 0 && c < count; c++) {
            MUST(cells[c].data == expected[c].data);
            MUST(cells[c].size == expected[c].size);
        }
    }
    ck_assert_uint_gt(plain, LINES / 20);
    ck_assert_uint_lt(plain, LINES / 2);
}
END_TEST

struct line_case {
    const char *bytes;
    size_t taken;
};

static const struct line_case line_cases[] = {
    {"a;b\nc;d\n",                        4 },
    {"a;b\r\n",                           5 },
    {";\n",                               2 },
    {"0123456789abcd;\r\n",               17},
    {"0123456789abcde;0123456789abc\r\n", 31},
    {"a;b",                               0 },
    {"a;b;c\n",                           0 },
    {"a\n",                               0 },
    {"a;b\r",                             0 },
    {"a;\rb\n",                           0 },
    {"a;\r\r\n",                          0 },
    {"a;\"b\"\n",                         0 },
    {"a;\xC2\xA0\n",                      0 },
    {"a;\xE2\x80\x99\n",                  0 },
    {"a;\xEF\xBB\xBF\n",                  0 },
    {"a;\x1F\n",                          0 },
    {"a;\x7F\n",                          0 },
    {"a;\xC3\xA9 \t~\n",                  8 },
    {"",                                  0 },
};

/* Alone, where single bytes are looked at, and with more behind it, where sixteen are. */
START_TEST(what_is_a_plain_line)
{
    const struct line_case *c = &line_cases[_i];
    struct text cells[2];
    ck_assert_uint_eq(scan_line(text_of(c->bytes), ';', cells, 2), c->taken);
    char more[128] = "";
    strcpy(more, c->bytes);
    size_t size = strlen(more);
    memset(more + size, 'x', 40);
    ck_assert_uint_eq(scan_line((struct text){more, size + 40}, ';', cells, 2), c->taken);
}
END_TEST

START_TEST(bytes_are_counted)
{
    static char bytes[9000];
    uint64_t seed = 20260313;
    memset(bytes, '\n', sizeof bytes);
    ck_assert_uint_eq(scan_count((struct text){bytes, sizeof bytes}, '\n'), sizeof bytes);
    for (size_t i = 0; i < 2000; i++) {
        bytes[invent_number(&seed) % sizeof bytes] = 'x';
        size_t from = invent_number(&seed) % 40;
        size_t size = invent_number(&seed) % (sizeof bytes - 40);
        size_t count = 0;
        for (size_t j = from; j < from + size; j++) {
            count += bytes[j] == '\n';
        }
        MUST(scan_count((struct text){bytes + from, size}, '\n') == count);
    }
}
END_TEST

static const struct column columns[] = {
    {"id",   "", true },
    {"name", "", false},
    {"town", "", false},
};

static const char *const records[] = {
    "1;a;b",
    "2;\xC3\x89lo\xC3\xAFse;Aix",
    "total;3;4",
    "T1;a;b",
    ";;",
    "  ",
    "3;\"c;d\";e",
    "4;\"f\ng\";h",
    "5;i",
    "6;j;k;l",
    "",
    "7;m\"n;o",
    " 8 ;p; q",
    "9;r;\xE2\x80\x99s",
    "10;\x07;t",
    "11;u;v\rw",
    ";x;",
    "12;\xE2\x80\xAE;y",
    "\"13\";z;\"\"\"a\"\"\"",
    "14;a very long name of somebody;Paris",
};

static const char *
invent_file(struct arena *to, uint64_t *seed)
{
    const char *end = invent_number(seed) % 2 == 0 ? "\n" : "\r\n";
    const char *text = arena_printf(to, "id;name;town%s", end);
    for (size_t i = invent_number(seed) % 12; i > 0; i--) {
        const char *record = records[invent_number(seed) % ARRAY_COUNT(records)];
        const char *other = invent_number(seed) % 20 == 0 ? "\r\n" : end;
        text = arena_printf(to, "%s%s%s", text, record, i == 1 ? "" : other);
    }
    return invent_number(seed) % 2 == 0 ? text : arena_printf(to, "%s\n", text);
}

/* All that is read of a file, with the places of cells, and all that is said of it. */
static const char *
told(struct tables *t, const char *bytes, bool by_bytes, size_t *plain)
{
    struct arena *to = &t->keep;
    struct input_list files = tables_file(t, "t.csv", bytes);
    struct table *table = table_open(&t->reading, t->scratch, files.items[0], columns,
                                     ARRAY_COUNT(columns));
    ck_assert_ptr_nonnull(table);
    struct csv *csv = (struct csv *)(void *)table->sheet;
    csv->by_bytes = by_bytes;
    const char *all = "";
    while (table_next(table)) {
        *plain += csv->plain;
        all = arena_printf(to, "%s%u:", all, (unsigned)table->sheet->line);
        for (size_t i = 0; i < ARRAY_COUNT(columns); i++) {
            struct cell cell = table_cell(table, i);
            all = arena_printf(to, "%s[%.*s]@%s", all, TEXT_ARG(cell.text),
                               where_text(to, cell_where(&cell)));
        }
    }
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(t->reading.diag, &count);
    for (size_t i = 0; i < count; i++) {
        all = arena_printf(to, "%s\n%s %s", all, where_text(to, filed[i].where),
                           filed[i].text);
    }
    return all;
}

START_TEST(a_file_is_read_alike)
{
    uint64_t seed = 20260309;
    size_t plain = 0;
    size_t by_bytes = 0;
    for (size_t i = 0; i < FILES; i++) {
        struct tables *a = tables_new();
        struct tables *b = tables_new();
        const char *file = invent_file(&a->keep, &seed);
        const char *expected = told(b, file, true, &by_bytes);
        const char *found = told(a, file, false, &plain);
        if (strcmp(found, expected) != 0) {
            ck_abort_msg("%s\nreads as\n%s\nnot as\n%s", file, found, expected);
        }
        tables_end(a);
        tables_end(b);
    }
    ck_assert_uint_eq(by_bytes, 0);
    ck_assert_uint_gt(plain, FILES);
}
END_TEST

Suite *test_scan_suite(void);

Suite *
test_scan_suite(void)
{
    Suite *suite = suite_create("scan");
    TCase *tests = tcase_create("scan");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_line_is_split_alike);
    tcase_add_loop_test(tests, what_is_a_plain_line, 0, ARRAY_COUNT(line_cases));
    tcase_add_test(tests, bytes_are_counted);
    tcase_add_test(tests, a_file_is_read_alike);
    suite_add_tcase(suite, tests);
    return suite;
}
