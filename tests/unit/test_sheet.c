/* SPDX-License-Identifier: Apache-2.0 */
/* What the cells of a workbook say as text, to the second and to the digit, and the limits of
 * the sheets that are read. What is refused, and how it is told, is in the cases w-*. */
#include "defray/limits.h"

#include "../../src/intake/sheet_value.h"
#include "support/packed.h"
#include "support/tables.h"

#include <string.h>

#define DATE    BOOK_SHOWN_DATE
#define TIME    BOOK_SHOWN_TIME
#define BOTH    (BOOK_SHOWN_DATE | BOOK_SHOWN_TIME)
#define ELAPSED (BOOK_SHOWN_TIME | BOOK_SHOWN_ELAPSED)

static const struct {
    const char *stored;
    int shown, zeros;
    bool from_1904;
    const char *text; /* "": of no day that exists */
} numbers[] = {
    {"46088",               DATE,    0, false, "2026-03-07"      },
    {"44626",               DATE,    0, true,  "2026-03-07"      },
    {"61",                  DATE,    0, false, "1900-03-01"      },
    {"60",                  DATE,    0, false, ""                },
    {"0",                   DATE,    0, false, ""                },
    {"0",                   DATE,    0, true,  "1904-01-01"      },
    {"-1",                  DATE,    0, false, ""                },
    {"-8999949E21",         DATE,    0, false, ""                },
    {"109574",              DATE,    0, false, "2199-12-31"      },
    {"109575",              DATE,    0, false, ""                },
    {"1E300",               DATE,    0, false, ""                },
    {"46088.375",           DATE,    0, false, "2026-03-07"      },
    {"46088.375",           BOTH,    0, false, "2026-03-07 09:00"},
    {"46088.375",           TIME,    0, false, "09:00"           },
    {"46087.999999999",     DATE,    0, false, "2026-03-07"      },
    {"46087.99999",         DATE,    0, false, "2026-03-06"      },
    {"46087.999998",        DATE,    0, false, ""                },
    {"0.375",               TIME,    0, false, "09:00"           },
    {"0.37500001",          TIME,    0, false, "09:00"           },
    {"0.52083333333333337", TIME,    0, false, "12:30"           },
    {"0.999988425925926",   TIME,    0, false, "23:59:59"        },
    {"0",                   TIME,    0, false, "00:00"           },
    {"0",                   BOTH,    0, false, "00:00"           },
    {"1",                   TIME,    0, false, "24:00"           },
    {"1.1458333333333333",  ELAPSED, 0, false, "27:30"           },
    {"0.104166666666667",   ELAPSED, 0, false, "02:30"           },
    {"77.48999999999999",   0,       0, false, "77.49"           },
    {"0.30000000000000004", 0,       0, false, "0.3"             },
    {"0.07000000000000001", 0,       0, false, "0.07"            },
    {"12.5",                0,       0, false, "12.5"            },
    {"1.25E1",              0,       0, false, "12.5"            },
    {"-0.5",                0,       0, false, "-0.5"            },
    {"1E3",                 0,       0, false, "1000"            },
    {"17",                  0,       4, false, "0017"            },
    {"12345",               0,       4, false, "12345"           },
    {"17.5",                0,       4, false, "17.5"            },
    {"0",                   0,       0, false, "0"               },
};

START_TEST(numbers_are_read_as_they_are_shown)
{
    char out[VALUE_TEXT_MAX];
    struct book_cell cell = {.text = text_of(numbers[_i].stored),
                             .shown = (uint8_t)numbers[_i].shown,
                             .zeros = (uint8_t)numbers[_i].zeros};
    size_t size = value_of_number(&cell, numbers[_i].from_1904, out);
    struct text text = {out, size};
    ck_assert_msg(text_equals(text, text_of(numbers[_i].text)), "%s: '%.*s', not '%s'",
                  numbers[_i].stored, TEXT_ARG(text), numbers[_i].text);
}
END_TEST

static const struct {
    const char *stored;
    bool duration;
    const char *text;
} words[] = {
    {"2026-03-07",                    false, "2026-03-07"      },
    {"2026-03-07T00:00:00",           false, "2026-03-07"      },
    {"2026-03-07T00:00:00.000000000", false, "2026-03-07"      },
    {"2026-03-07T09:30:00Z",          false, "2026-03-07 09:30"},
    {"2026-03-07T23:59:59.7",         false, "2026-03-08"      },
    {"2026-02-29",                    false, ""                },
    {"2026-03-07 09:30",              false, ""                },
    {"07/03/2026",                    false, ""                },
    {"09:30",                         false, "09:30"           },
    {"9:30",                          false, ""                },
    {"",                              false, ""                },
    {"PT09H30M00S",                   true,  "09:30"           },
    {"PT27H30M00S",                   true,  "27:30"           },
    {"PT0H0M1S",                      true,  "00:00:01"        },
    {"PT09H29M59.9999S",              true,  "09:30"           },
    {"PT90M",                         true,  "01:30"           },
    {"P1DT2H",                        true,  ""                },
    {"PT9",                           true,  ""                },
    {"PT9H30",                        true,  ""                },
    {"9:30",                          true,  ""                },
};

START_TEST(dates_and_durations_are_read_as_they_are_written)
{
    char out[VALUE_TEXT_MAX];
    struct text stored = text_of(words[_i].stored);
    size_t size =
        words[_i].duration ? value_of_duration(stored, out) : value_of_date(stored, out);
    struct text text = {out, size};
    ck_assert_msg(text_equals(text, text_of(words[_i].text)), "%s: '%.*s', not '%s'",
                  words[_i].stored, TEXT_ARG(text), words[_i].text);
}
END_TEST

#define CELL(text)                                               \
    "<table:table-cell office:value-type='string'><text:p>" text \
    "</text:p></table:table-cell>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"

/* Reads members from a sheet of an .ods: the header, then the rows. */
static struct roster *
read_ods(struct tables *t, const char *rows)
{
    struct pack pack = pack_new(&t->keep);
    const char *content = arena_printf(
        &t->keep,
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' "
        "xmlns:style='s' xmlns:fo='f'><office:automatic-styles><style:style "
        "style:name='yellow' style:family='table-cell'><style:table-cell-properties "
        "fo:background-color='#ffff00'/></style:style></office:automatic-styles>"
        "<office:body><office:spreadsheet><table:table table:name='Membres'>%s%s"
        "</table:table></office:spreadsheet></office:body></office:document-content>",
        ROW(CELL("id") CELL("nom") CELL("prenom")), rows);
    pack_add(&pack, "content.xml", text_of(content));
    struct input_list files = tables_bytes(t, "membres.ods", pack_finish(&pack));
    return roster_read(&t->reading, &files);
}

static const char *
repeated(struct tables *t, const char *what, unsigned count)
{
    return arena_printf(
        &t->keep,
        "<table:table-row>" CELL("M1") CELL("A")
            CELL("B") "<table:table-cell %s='%u'/>" CELL("x") "</table:table-row>",
        what, count);
}

START_TEST(columns_end_at_their_limit)
{
    struct tables *t = tables_new();
    unsigned before = CSV_MATRIX_COLUMNS_MAX - 4;
    read_ods(t, repeated(t, "table:number-columns-repeated", before));
    tables_expect(t, "W019");
    tables_end(t);
    t = tables_new();
    read_ods(t, repeated(t, "table:number-columns-repeated", before + 1));
    tables_expect(t, "T013");
    tables_end(t);
}
END_TEST

static const char *
cell_of(struct tables *t, size_t size)
{
    char *bytes = NEW_ARRAY(&t->keep, char, size + 1);
    memset(bytes, 'x', size);
    return arena_printf(
        &t->keep,
        "<table:table-row>" CELL("M1") CELL("A") CELL("%s") "</table:table-row>", bytes);
}

START_TEST(cells_end_at_their_limit)
{
    struct tables *t = tables_new();
    ck_assert_uint_eq(read_ods(t, cell_of(t, CSV_FIELD_MAX))->count, 1);
    tables_expect(t, "");
    read_ods(t, cell_of(t, CSV_FIELD_MAX + 1));
    ck_assert_uint_eq(tables_filed(t, CODE_T015), 1);
    tables_end(t);
}
END_TEST

static const char *
rows_of(struct tables *t, unsigned count)
{
    return arena_printf(
        &t->keep, "<table:table-row table:number-rows-repeated='%u'>%s</table:table-row>",
        count, "<table:table-cell/>" CELL("A"));
}

/* A row that comes again is many rows; a small file must not make a million of them. */
START_TEST(repetition_ends_at_its_limit)
{
    struct tables *t = tables_new();
    read_ods(t, rows_of(t, 100001));
    ck_assert_uint_eq(tables_filed(t, CODE_W003), 0);
    ck_assert_uint_eq(tables_filed(t, CODE_T018), 2 * 100001);
    tables_end(t);
    t = tables_new();
    read_ods(t, rows_of(t, 100002));
    ck_assert_uint_eq(tables_filed(t, CODE_W003), 1);
    tables_end(t);
}
END_TEST

#define RELATIONS(kind, target)                                                       \
    "<Relationships xmlns='p'><Relationship Id='a' Type='x/" kind "' Target='" target \
    "'/></Relationships>"
#define WORD(place, text) "<c r='" place "' t='inlineStr'><is><t>" text "</t></is></c>"
#define MEMBERS                                                                      \
    "<worksheet xmlns='m'><sheetData><row r='1'>" WORD("A1", "id") WORD("B1", "nom") \
        WORD("C1", "prenom") "</row><row r='2'>" WORD("A2", "M1") WORD("B2", "A")    \
            WORD("C2", "B") "</row></sheetData></worksheet>"

static const struct {
    const char *target; /* of the sheet, seen from xl/ */
    const char *names[2];
    const char *code; /* "": it is read */
} part_names[] = {
    {"worksheets/sheet1.xml",             {"xl/worksheets/sheet1.xml"}, ""    },
    {"./worksheets/sheet1.xml",           {"xl/worksheets/sheet1.xml"}, ""    },
    {"/xl/./a/../worksheets/sheet1.xml",  {"xl/worksheets/sheet1.xml"}, ""    },
    {"../../../xl/worksheets/sheet1.xml", {"xl/worksheets/sheet1.xml"}, ""    },
    {"worksheets/sheet1.xml",             {"xl/Worksheets/Sheet1.XML"}, ""    },
    {"worksheets/sheet1.xml",
     {"xl/worksheets/sheet1.xml", "xl/worksheets/Sheet1.xml"},
     "W005"                                                                   },
    {"worksheets/sheet1.xml",             {"xl/worksheets/sheet2.xml"}, "W004"},
};

START_TEST(parts_are_found_as_packages_name_them)
{
    struct tables *t = tables_new();
    struct pack pack = pack_new(&t->keep);
    const char *rels =
        arena_printf(&t->keep, RELATIONS("worksheet", "%s"), part_names[_i].target);
    pack_add(&pack, "_rels/.rels", STR(RELATIONS("officeDocument", "xl/workbook.xml")));
    pack_add(&pack, "xl/workbook.xml",
             STR("<workbook xmlns='m' xmlns:r='q'><sheets><sheet name='One' sheetId='1' "
                 "r:id='a'/></sheets></workbook>"));
    pack_add(&pack, "xl/_rels/workbook.xml.rels", text_of(rels));
    for (size_t i = 0; i < 2 && part_names[_i].names[i] != NULL; i++) {
        pack_add(&pack, part_names[_i].names[i], STR(MEMBERS));
    }
    struct input_list files = tables_bytes(t, "membres.xlsx", pack_finish(&pack));
    struct roster *roster = roster_read(&t->reading, &files);
    tables_expect(t, part_names[_i].code);
    ck_assert_uint_eq(roster->count, part_names[_i].code[0] == '\0');
    tables_end(t);
}
END_TEST

/* Columns that are coloured down to the last row are no rows. */
START_TEST(colours_cost_nothing)
{
    struct tables *t = tables_new();
    struct roster *roster = read_ods(
        t,
        ROW(CELL("M1") CELL("A") CELL(
            "B")) "<table:table-row "
                  "table:number-rows-repeated='1048574'><table:table-cell "
                  "table:style-name='yellow' table:number-columns-repeated='5'/></table:table-row>");
    tables_expect(t, "");
    ck_assert_uint_eq(roster->count, 1);
    tables_end(t);
}
END_TEST

/* Empty rows may come as often as a sheet is long. */
START_TEST(empty_rows_cost_nothing)
{
    struct tables *t = tables_new();
    struct roster *roster =
        read_ods(t, "<table:table-row table:number-rows-repeated='1048570'>"
                    "<table:table-cell table:number-columns-repeated='1024'/>"
                    "</table:table-row>" ROW(CELL("M1") CELL("A") CELL("B")));
    tables_expect(t, "");
    ck_assert_uint_eq(roster->count, 1);
    tables_end(t);
}
END_TEST

/* Rows whose numbers leave what 32 bits hold come back to one that is there: its cells would be
 * laid past the width of a sheet. */
START_TEST(trap_rows_that_come_round)
{
    struct tables *t = tables_new();
    const char *filled = "<table:table-row><table:table-cell table:formula='of:=1' "
                         "table:number-columns-repeated='1000'/></table:table-row>";
    const char *once =
        arena_printf(&t->keep,
                     "%s<table:table-row table:number-rows-repeated='1048574'/>"
                     "<table:table-row table:number-rows-repeated='4293918721'/>",
                     filled);
    read_ods(t, arena_printf(&t->keep, "%s%s%s", once, once, once));
    ck_assert_uint_eq(tables_filed(t, CODE_W005), 1);
    tables_end(t);
    t = tables_new();
    read_ods(t,
             "<table:table-row table:number-rows-repeated='1048574'><table:table-cell/>"
             "</table:table-row>" ROW(CELL("M1")));
    ck_assert_uint_eq(tables_filed(t, CODE_W005), 0);
    tables_end(t);
    t = tables_new();
    read_ods(t,
             "<table:table-row table:number-rows-repeated='1048575'><table:table-cell/>"
             "</table:table-row>" ROW(CELL("M1")));
    ck_assert_uint_eq(tables_filed(t, CODE_W005), 1);
    tables_end(t);
}
END_TEST

Suite *test_sheet_suite(void);

Suite *
test_sheet_suite(void)
{
    Suite *suite = suite_create("sheet");
    TCase *tcase = tcase_create("sheet");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, numbers_are_read_as_they_are_shown, 0,
                        ARRAY_COUNT(numbers));
    tcase_add_loop_test(tcase, dates_and_durations_are_read_as_they_are_written, 0,
                        ARRAY_COUNT(words));
    tcase_add_test(tcase, columns_end_at_their_limit);
    tcase_add_test(tcase, cells_end_at_their_limit);
    tcase_add_test(tcase, repetition_ends_at_its_limit);
    tcase_add_test(tcase, empty_rows_cost_nothing);
    tcase_add_test(tcase, colours_cost_nothing);
    tcase_add_loop_test(tcase, parts_are_found_as_packages_name_them, 0,
                        (int)ARRAY_COUNT(part_names));
    tcase_add_test(tcase, trap_rows_that_come_round);
    suite_add_tcase(suite, tcase);
    return suite;
}
