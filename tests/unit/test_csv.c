/* SPDX-License-Identifier: Apache-2.0 */
/* Files as offices save them, and what is refused of a file before its cells are
 * looked at. */
#include "defray/limits.h"

#include "../../src/intake/csv_parts.h"
#include "../../src/intake/table.h"
#include "support/tables.h"

#include <string.h>

static const struct column columns[] = {
    {"id",   "identifiant", true },
    {"name", "prénom",     false},
    {"town", "ville",       false},
};

static struct table *
open_bytes(struct tables *t, struct text bytes)
{
    struct input_list files = tables_bytes(t, "t.csv", bytes);
    return table_open(&t->reading, t->scratch, files.items[0], columns,
                      ARRAY_COUNT(columns));
}

static struct table *
open_string(struct tables *t, const char *bytes)
{
    return open_bytes(t, text_of(bytes));
}

/* All rows as "id,name,town|…", with '/' for line breaks. */
static const char *
rows_of(struct tables *t, struct table *table)
{
    ck_assert_ptr_nonnull(table);
    char *all = NEW_ARRAY(&t->keep, char, 4096);
    while (table_next(table)) {
        if (all[0] != '\0') {
            strcat(all, "|");
        }
        for (size_t i = 0; i < ARRAY_COUNT(columns); i++) {
            struct text text = table_cell(table, i).text;
            if (i > 0) {
                strcat(all, ",");
            }
            strncat(all, text.data, text.size);
        }
    }
    for (char *p = all; *p != '\0'; p++) {
        *p = *p == '\n' || *p == '\r' ? '/' : *p;
    }
    return all;
}

struct accepted {
    struct text bytes;
    const char *rows;
};

#define BYTES(literal)                  \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }

static const struct accepted accepted[] = {
    {BYTES("id;name;town\n1;a;b\n2;c;d\n"),                 "1,a,b|2,c,d"                 },
    {BYTES("id,name,town\r\n1,a,b\r\n2,c,d"),               "1,a,b|2,c,d"                 },
    {BYTES("id\tname\ttown\n1\ta b\tc\n"),                  "1,a b,c"                     },
    {BYTES("sep=;\r\nid;name;town\r\n1;a;b\r\n"),           "1,a,b"                       },
    {BYTES("sep=,\nid,name,town\n1,a;b,c\n"),               "1,a;b,c"                     },
    {BYTES("\"sep=;\"\nid;name\n1;a\n"),                    "1,a,"                        },
 /* The separator is that of the header, whatever the rows hold. */
    {BYTES("id;name\n1;a,b,c\n"),                           "1,a,b,c,"                    },
    {BYTES("\"id\";\"na,me,\";\"town\"\n1;x;b\n"),          "1,,b"                        },
    {BYTES("\xEF\xBB\xBFid;name\n1;\xC3\xA9\n"),            "1,\xC3\xA9,"                 },
    {BYTES("id;pr\xC3\xA9nom\n1;\xC3\x89lo\xC3\xAFse\n"),   "1,\xC3\x89lo\xC3\xAFse,"     },
    {BYTES("Identifiant ; PRENOM;Ville\n1;a;b\n"),          "1,a,b"                       },
    {BYTES("town;id;name\nb;1;a\n"),                        "1,a,b"                       },
 /* Accents as letter and mark. */
    {BYTES("id;pre\xCC\x81nom\n1;a\n"),                     "1,a,"                        },
 /* Windows-1252: é œ € and a dash. */
    {BYTES("id;pr\xE9nom\n1;\xE9\x9C\x80\x96\n"),
     "1,\xC3\xA9\xC5\x93\xE2\x82\xAC\xE2\x80\x93,"                                        },
 /* Capitals with a tilde or a ring, as in names from elsewhere, are no UTF-8. */
    {BYTES("id;name\n1;JO\xC3O\n2;\xC5SA\n"),               "1,JO\xC3\x83O,|2,\xC3\x85SA,"},
 /* A capital before a closing guillemet has the form of UTF-8; others decide. */
    {BYTES("id;name\n1;CAF\xC9\xBB\n2;\xE9t\xE9\n"),
     "1,CAF\xC3\x89\xC2\xBB,|2,\xC3\xA9t\xC3\xA9,"                                        },
    {BYTES("\xFF\xFEi\0d\0;\0n\0a\0m\0e\0\n\0"
           "1\0;\0\xE9\0\n\0"),
     "1,\xC3\xA9,"                                                                        },
    {BYTES("\xFE\xFF\0i\0d\0;\0n\0a\0m\0e\0\n\0"
           "1\0;\x20\xAC\0\n"),
     "1,\xE2\x82\xAC,"                                                                    },
 /* Outside the basic plane. */
    {BYTES("\xFF\xFEi\0d\0;\0n\0a\0m\0e\0\n\0"
           "1\0;\0\x3D\xD8\x00\xDE"),
     "1,\xF0\x9F\x98\x80,"                                                                },
    {BYTES("id;name;town\n1;\"a;b\";\"c\"\n"),              "1,a;b,c"                     },
    {BYTES("id;name\n1;\"say \"\"hi\"\"\"\n2;\"\"\n"),      "1,say \"hi\",|2,,"           },
    {BYTES("id;name;town\n1;\"a\nb\";c\n2;\"d\r\ne\";f\n"), "1,a/b,c|2,d//e,f"            },
    {BYTES("\n\nid;name\n\n1;a\n   \n;;\n2;b\n\n"),         "1,a,|2,b,"                   },
    {BYTES("id;name\n1;a\r"),                               "1,a,"                        },
    {BYTES("id;name\n 1 ;\xC2\xA0 a\xE2\x80\xAF\n"),        "1,a,"                        },
    {BYTES("id;name\n1;a\tb\n"),                            "1,a\tb,"                     },
    {BYTES("\"id\n\";name\n\"1\r\n\";\" a\n \n\"\n"),       "1,a,"                        },
 /* Signs of Windows-1252 that stand in words, or beside them, and its letters. */
    {BYTES("id;name\n1;d\x92"
           "a \x93oui\x94\x85 a\x85"
           "b a\x96"
           "b\n2;\x82"
           "a\x91 \x8A"
           "a lu\x9A \x8E"
           "a NIKOLI\x8E\n"),
     "1,d\xE2\x80\x99"
     "a \xE2\x80\x9C"
     "oui\xE2\x80\x9D\xE2\x80\xA6 a\xE2\x80\xA6"
     "b a\xE2\x80\x93"
     "b,|"
     "2,\xE2\x80\x9A"
     "a\xE2\x80\x98 \xC5\xA0"
     "a lu\xC5\xA1 \xC5\xBD"
     "a NIKOLI\xC5\xBD,"                                                                  },
 /* A capital with a tilde within quotation marks is no letter that was taken for two. */
    {BYTES("id;name\n1;\xC2\xAB"
           "IRM\xC3\x83\xC2\xBB\n"),
     "1,\xC2\xAB"
     "IRM\xC3\x83\xC2\xBB,"                                                               },
};

START_TEST(reads_what_offices_save)
{
    struct tables *t = tables_new();
    struct table *table = open_bytes(t, accepted[_i].bytes);
    ck_assert_str_eq(rows_of(t, table), accepted[_i].rows);
    ck_assert_uint_eq(diag_errors(t->reading.diag), 0);
    tables_end(t);
}
END_TEST

struct refused {
    struct text bytes;
    const char *codes;
    uint32_t line, column; /* of the first */
    const char *rows;      /* that are read all the same; NULL: the file is not opened */
};

static const struct refused refused[] = {
    {BYTES(""),                                                    "T011",      0, 0,  NULL       },
    {BYTES("\n \r\n"),                                             "T011",      0, 0,  NULL       },
    {BYTES("\xEF\xBB\xBF"),                                        "T011",      0, 0,  NULL       },
    {BYTES("id name town\n1 2 3\n"),                               "T004",      1, 0,  NULL       },
    {BYTES("\nid|name\n1|2\n"),                                    "T004",      2, 0,  NULL       },
    {BYTES("sep=|\nid|name\n1|2\n"),                               "T004",      1, 0,  NULL       },
    {BYTES("sep="),                                                "T004",      1, 0,  NULL       },
    {BYTES("name;town\na;b\n"),                                    "T008",      1, 0,  NULL       },
    {BYTES("id,name;town\n1;a\n"),                                 "T008",      1, 0,  NULL       },
    {BYTES("sep=,\nid;name\n1;a\n"),                               "T008",      2, 0,  NULL       },
    {BYTES("id;name;identifiant\n1;a;2\n"),                        "T009",      1, 9,  NULL       },
    {BYTES("id;other;Other \n1;a;2\n"),                            "T009",      1, 10, NULL       },
    {BYTES("id;name\n1;a;b\n2;c\n3\n4;d\n"),                       "T007 T007", 2, 0,  "2,c,|4,d,"},
    {BYTES("id;name\n1;\"a\n2;b\n3;c\n"),                          "T005",      2, 3,  ""         },
    {BYTES("id;name\n1;a\n2;\"b\n\n\"\"3;c\n"),                    "T005",      3, 3,  "1,a,"     },
    {BYTES("id;name\n1;a\"b\n2;c\n"),                              "T006",      2, 4,  "2,c,"     },
    {BYTES("id;name\n1;\"a\"b\n2;c\n"),                            "T006",      2, 6,  "2,c,"     },
    {BYTES("id;name\n1;a\0b\n2;c\n"),                              "T003",      2, 4,  "2,c,"     },
    {BYTES("id;name\n1;\xC3\xA9\x1A\n2;c\n"),                      "T003",      2, 4,  "2,c,"     },
    {BYTES("id;name\n1;a\x7F\n2;c\n"),                             "T003",      2, 4,  "2,c,"     },
    {BYTES("id;name\n1;a\xC2\x85\n2;c\n"),                         "T003",      2, 4,  "2,c,"     },
    {BYTES("id;name\n1;a\xEF\xBB\xBF\n2;c\n"),                     "T003",      2, 4,  "2,c,"     },
    {BYTES("id;name\n1;a\xE2\x80\xAE\n2;\"\xE2\x81\xA6\"\n3;c\n"), "T003 T003", 2, 4,
     "3,c,"                                                                                       },
    {BYTES("id;name\n1;a\rb\n2;c\n"),                              "T003",      2, 4,  "2,c,"     },
    {BYTES("id;name\r1;a\r2;b\r"),                                 "T016",      0, 0,  NULL       },
    {BYTES("id;name\n1;\xE9\x81\n"),                               "T001",      2, 0,  NULL       },
    {BYTES("id;name\n1;\xC3\xA9\n2;\xC3\xA9\xC3\n"),               "T001",      3, 0,  NULL       },
    {BYTES("id;name\n1;\xED\xA0\x80\n"),                           "T001",      2, 0,  NULL       },
 /* One good letter is enough, whatever else is broken. */
    {BYTES("id;name\n1;Aubi\xC3\xA9r\xC3\n"),                      "T001",      2, 0,  NULL       },
    {BYTES("id;name\n1;\xE9t\xE9\n2;\xE8re\n3;Zo\xC3\xA9\n"),      "T001",      2, 0,  NULL       },
    {BYTES("id;name\n1;\xE9t\xE9\n2;s\xC5\x93ur\n"),               "T001",      2, 0,  NULL       },
    {BYTES("id;name\n1;\xE9t\xE9\n2;L\xC5\xB8\n"),                 "T001",      2, 0,  NULL       },
 /* MS-DOS: é at the end, è and ç; Macintosh: é, ô. */
    {BYTES("id;name\n1;a\n2;Ren\x82\n"),                           "T001",      3, 0,  NULL       },
    {BYTES("id;name\n1;Mich\x8A"
           "le\n"),
     "T001",                                                                    2, 0,  NULL       },
    {BYTES("id;name\n1;Fran\x87ois\n"),                            "T001",      2, 0,  NULL       },
    {BYTES("id;name\n1;Ren\x8E\n"),                                "T001",      2, 0,  NULL       },
    {BYTES("id;name\n1;H\x99tel\n"),                               "T001",      2, 0,  NULL       },
 /* UTF-8 that was saved as if it were Windows-1252. */
    {BYTES("id;name\n1;\xC3\xA9\n2;Zo\xC3\x83\xC2\xA9\n"),         "T001",      3, 0,  NULL       },
    {BYTES("id;name\n1;a;b\n"),                                    "T007",      2, 0,  ""         },
    {BYTES("\xFF\xFEi\0d\0;\0x"),                                  "T002",      0, 0,  NULL       },
    {BYTES("\xFF\xFEi\0d\0\n\0\x00\xDC;\0"),                       "T002",      2, 0,  NULL       },
    {BYTES("\xFF\xFEi\0d\0\n\0\x3D\xD8"),                          "T002",      2, 0,  NULL       },
    {BYTES("PK\003\004"),                                          "W001",      0, 0,  NULL       },
    {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),                    "W002",      0, 0,  NULL       },
    {BYTES("%PDF-1.4"),                                            "T017",      0, 0,  NULL       },
    {BYTES("i\001d;name\n1;a\n"),                                  "T003",      1, 2,  NULL       },
    {BYTES("id;name\n"),                                           "T012",      0, 0,  ""         },
    {BYTES("id;x;name;y\n1;2;3;4\n"),                              "T010",      1, 0,  "1,3,"     },
};

START_TEST(refuses_and_says_where)
{
    const struct refused *r = &refused[_i];
    struct tables *t = tables_new();
    struct table *table = open_bytes(t, r->bytes);
    if (r->rows == NULL) {
        ck_assert_ptr_null(table);
    } else {
        ck_assert_str_eq(rows_of(t, table), r->rows);
    }
    tables_expect(t, r->codes);
    size_t count = 0;
    const struct diagnostic *first = diag_sorted(t->reading.diag, &count);
    ck_assert_uint_eq(first->where.line, r->line);
    ck_assert_uint_eq(first->where.column, r->column);
    tables_end(t);
}
END_TEST

/* A cell of `size` letters, in quotes or not. */
static const char *
long_cell(struct tables *t, size_t size, bool quoted)
{
    char *bytes = NEW_ARRAY(&t->keep, char, size + 64);
    strcpy(bytes, quoted ? "id;name\n1;\"" : "id;name\n1;");
    char *end = bytes + strlen(bytes);
    memset(end, 'a', size);
    strcpy(end + size, quoted ? "\"\n2;b\n" : "\n2;b\n");
    return bytes;
}

START_TEST(cells_have_a_limit)
{
    for (int quoted = 0; quoted < 2; quoted++) {
        struct tables *t = tables_new();
        struct table *table = open_string(t, long_cell(t, CSV_FIELD_MAX, quoted != 0));
        ck_assert(table_next(table) && table_next(table));
        tables_expect(t, "");
        table = open_string(t, long_cell(t, CSV_FIELD_MAX + 1, quoted != 0));
        ck_assert(table_next(table));
        ck_assert(text_equals(table_cell(table, 0).text, STR("2")));
        ck_assert(!table_next(table));
        tables_expect(t, "T015");
        tables_end(t);
    }
}
END_TEST

static const char *
wide_header(struct tables *t, size_t columns_wanted)
{
    const char *bytes = "id";
    for (size_t i = 1; i < columns_wanted; i++) {
        bytes = arena_printf(&t->keep, "%s;c%zu", bytes, i);
    }
    return arena_printf(&t->keep, "%s\n", bytes);
}

static struct table *
begin(struct tables *t, struct input *input)
{
    static const struct column wide[] = {
        {"c0", "", true}
    };
    static const struct layout layout = {.columns = wide, .count = 1};
    return table_begin(&t->reading, t->scratch, input, &layout, 1);
}

START_TEST(columns_have_a_limit)
{
    struct tables *t = tables_new();
    ck_assert_ptr_nonnull(open_string(t, wide_header(t, CSV_COLUMNS_MAX)));
    ck_assert_ptr_null(open_string(t, wide_header(t, CSV_COLUMNS_MAX + 1)));
    ck_assert_uint_eq(tables_filed(t, CODE_T013), 1);
    struct input_list files =
        tables_file(t, "m.csv", wide_header(t, CSV_MATRIX_COLUMNS_MAX));
    ck_assert_ptr_nonnull(begin(t, files.items[0]));
    files = tables_file(t, "m.csv", wide_header(t, CSV_MATRIX_COLUMNS_MAX + 1));
    ck_assert_ptr_null(begin(t, files.items[0]));
    ck_assert_uint_eq(tables_filed(t, CODE_T013), 2);
    tables_end(t);
}
END_TEST

/* The limit itself is out of reach of a test, so a lower one stands for it. */
START_TEST(rows_have_a_limit)
{
    struct tables *t = tables_new();
    struct input_list files = tables_file(t, "t.csv", "id;name\n\n1;a\n;\n2;b\n3;c\n");
    struct csv *csv = (struct csv *)(void *)csv_open(&t->reading, files.items[0]);
    ck_assert_uint_eq(csv->rows_max, 100000000);
    csv->rows_max = 3;
    for (int i = 0; i < 4; i++) {
        ck_assert(csv_next(&csv->sheet));
    }
    ck_assert(!csv_next(&csv->sheet));
    tables_expect(t, "");
    csv = (struct csv *)(void *)csv_open(&t->reading, files.items[0]);
    csv->rows_max = 2;
    for (int i = 0; i < 3; i++) {
        ck_assert(csv_next(&csv->sheet));
    }
    ck_assert(!csv_next(&csv->sheet));
    tables_expect(t, "T014");
    tables_end(t);
}
END_TEST

START_TEST(converted_text_is_what_messages_quote)
{
    struct tables *t = tables_new();
    struct input_list files = tables_file(t, "t.csv", "id;name\n1;\xE9\n");
    table_open(&t->reading, t->scratch, files.items[0], columns, ARRAY_COUNT(columns));
    ck_assert(text_equals(files.items[0]->utf8, STR("id;name\n1;\xC3\xA9\n")));
    tables_end(t);
}
END_TEST

START_TEST(places_count_lines_and_characters)
{
    struct tables *t = tables_new();
    struct table *table = open_string(t, "id;name;town\n\n1;\"\xC3\xA9\n\xC3\xA9\"; x\n");
    ck_assert(table_next(table));
    ck_assert_uint_eq(table_row(table).line, 3);
    struct cell cell = table_cell(table, 1);
    struct where where = cell_where(&cell);
    ck_assert_uint_eq(where.line, 3);
    ck_assert_uint_eq(where.column, 4);
    cell = table_cell(table, 2);
    where = cell_where(&cell);
    ck_assert_uint_eq(where.line, 4);
    ck_assert_uint_eq(where.column, 5);
    tables_end(t);
}
END_TEST

START_TEST(missing_column_lists_what_was_found)
{
    struct tables *t = tables_new();
    open_string(t, "name;ib;town\n1;2;3\n");
    ck_assert_str_eq(tables_said(t),
                     "T008: required column 'id / identifiant' is missing "
                     "(separator: ';'; found: name, town, ib) \n");
    tables_end(t);
}
END_TEST

START_TEST(misspelt_column_is_pointed_at)
{
    struct tables *t = tables_new();
    open_string(t, "name;indentifiant;town\n1;2;3\n");
    const struct diagnostic *missing = tables_first(t, CODE_T008);
    ck_assert_uint_eq(missing->where.column, 6);
    ck_assert(text_equals(missing->meant, STR("identifiant")));
    tables_end(t);
}
END_TEST

/* Of a confidential header only the names that we know are shown. */
START_TEST(missing_column_of_confidential_file_is_suggested)
{
    struct tables *t = tables_new();
    tables_members(t, "idd;nom;prenom\nP1;A;B\n");
    const struct diagnostic *missing = tables_first(t, CODE_T008);
    ck_assert_str_eq(missing->text,
                     "required column 'id / identifiant' is missing (separator: ';'; "
                     "found: nom, prenom; column 1 has a name that is not known)");
    ck_assert(text_equals(missing->meant, STR("id")));
    ck_assert_uint_eq(missing->where.column, 1);
    tables_members(t, "canary;nom;prenom;canaries\nP1;A;B;C\n");
    const char *said = tables_said(t);
    ck_assert_ptr_nonnull(strstr(said, "columns 1, 4 have names that are not known"));
    ck_assert_ptr_null(strstr(said, "canar"));
    tables_end(t);
}
END_TEST

/* Members given for another table, without their header: nothing of them comes out. */
START_TEST(first_line_that_is_no_header_is_never_shown)
{
    static const char *const given[] = {
        "P1;Canary;1961-02-03;FR1420041010050500013M02606\n",
        "Canary 1961-02-03\n",
        "P1;Canary;\"1961-02-03\n",
        "P1;Can\"ary;1961-02-03\n",
        "P1;Canary\xC3\xA9;1961-02-03;\xC3\n",
        "P1;Canary;1961-02-03;notte\n",
    };
    for (size_t i = 0; i < ARRAY_COUNT(given); i++) {
        struct tables *t = tables_new();
        struct input_list files = tables_file(t, "t.csv", given[i]);
        struct input_list none = tables_none();
        struct log *log = attendance_read(&t->reading, &none, t->roster, t->calendar);
        attendance_read(&t->reading, &files, t->roster, t->calendar);
        expenses_read(&t->reading, &files, t->roster, log);
        calendar_read(&t->reading, &files);
        ck_assert_uint_ge(diag_errors(t->reading.diag), 3);
        ck_assert(files.items[0]->confidential);
        const char *said = tables_said(t);
        ck_assert_msg(strstr(said, "Canary") == NULL, "%s", said);
        ck_assert_msg(strstr(said, "1961") == NULL, "%s", said);
        ck_assert_msg(strstr(said, "'note'") == NULL, "%s", said);
        tables_end(t);
    }
}
END_TEST

START_TEST(lines_below_a_header_are_quoted)
{
    struct tables *t = tables_new();
    struct input_list files = tables_file(t, "t.csv", "id;name\n1;a\n");
    ck_assert_ptr_nonnull(
        table_open(&t->reading, t->scratch, files.items[0], columns, 3));
    ck_assert(!files.items[0]->confidential);
    tables_end(t);
}
END_TEST

/* A table of members without its header shows somebody's data in its place. */
START_TEST(missing_header_of_confidential_file_is_not_shown)
{
    struct tables *t = tables_new();
    struct input_list files = tables_file(t, "m.csv", "P1;Canary;Zoe\nP2;B;C\n");
    roster_read(&t->reading, &files);
    files = tables_file(t, "m.csv", "Canary Zoe\n");
    roster_read(&t->reading, &files);
    ck_assert_uint_eq(tables_filed(t, CODE_T008), 3);
    ck_assert_uint_eq(tables_filed(t, CODE_T004), 1);
    ck_assert_ptr_null(strstr(tables_said(t), "Canary"));
    tables_end(t);
}
END_TEST

static void
count_calls(struct progress *progress, const char *what, uint64_t done, uint64_t total)
{
    ck_assert_str_eq(what, "t.csv");
    ck_assert_uint_le(done, total);
    ++*(int *)progress->context;
}

START_TEST(progress_is_told)
{
    struct tables *t = tables_new();
    int calls = 0;
    struct progress progress = {.tell = count_calls, .context = &calls};
    size_t rows = 140000;
    char *bytes = NEW_ARRAY(&t->keep, char, rows * 4 + 16);
    strcpy(bytes, "id;name\n");
    char *p = bytes + strlen(bytes);
    for (size_t i = 0; i < rows; i++) {
        memcpy(p, "1;a\n", 4);
        p += 4;
    }
    t->reading.progress = &progress;
    struct table *table = open_string(t, bytes);
    while (table_next(table)) {
        continue;
    }
    ck_assert_int_eq(calls, 2);
    tables_end(t);
}
END_TEST

Suite *test_csv_suite(void);

Suite *
test_csv_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *tests = tcase_create("csv");
    tcase_add_loop_test(tests, reads_what_offices_save, 0, (int)ARRAY_COUNT(accepted));
    tcase_add_loop_test(tests, refuses_and_says_where, 0, (int)ARRAY_COUNT(refused));
    tcase_add_test(tests, cells_have_a_limit);
    tcase_add_test(tests, columns_have_a_limit);
    tcase_add_test(tests, rows_have_a_limit);
    tcase_add_test(tests, converted_text_is_what_messages_quote);
    tcase_add_test(tests, places_count_lines_and_characters);
    tcase_add_test(tests, missing_column_lists_what_was_found);
    tcase_add_test(tests, misspelt_column_is_pointed_at);
    tcase_add_test(tests, missing_column_of_confidential_file_is_suggested);
    tcase_add_test(tests, first_line_that_is_no_header_is_never_shown);
    tcase_add_test(tests, lines_below_a_header_are_quoted);
    tcase_add_test(tests, missing_header_of_confidential_file_is_not_shown);
    tcase_add_test(tests, progress_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
