/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of workbooks: what it tells of good ones, and how it refuses bad ones. */
#include "defray/file.h"
#include "defray/workbook.h"

#include "support/packed.h"
#include "support/registry.h"
#include "support/written.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *test_workbook_suite(void);

static struct arena keep;
static struct arena start;
static struct arena said; /* of what is filed, each time anew */

static void
set_up(void)
{
    start = arena_reserve((size_t)512 << 20);
    keep = start;
    said = arena_reserve((size_t)64 << 20);
}

static void
tear_down(void)
{
    arena_release(start);
    arena_release(said);
}

static struct diag *
new_diag(void)
{
    static struct arena room;
    room = said;
    return diag_new(&room, LANGUAGE_EN);
}

static bool
pass_over(struct book_visitor *visitor, const struct book_cell *cell)
{
    (void)visitor;
    (void)cell;
    return true;
}

#define PACKAGE_RELS                                                          \
    "<Relationships xmlns='p'><Relationship Id='r1' Type='x/officeDocument' " \
    "Target='xl/workbook.xml'/></Relationships>"
#define WORKBOOK                                             \
    "<workbook xmlns='m' xmlns:r='q/relationships'><sheets>" \
    "<sheet name='One' sheetId='1' r:id='a'/></sheets></workbook>"
#define WORKBOOK_RELS                                                          \
    "<Relationships xmlns='p'>"                                                \
    "<Relationship Id='a' Type='x/worksheet' Target='worksheets/sheet1.xml'/>" \
    "<Relationship Id='b' Type='x/styles' Target='/xl/styles.xml'/>"           \
    "<Relationship Id='c' Type='x/sharedStrings' Target='../xl/strings.xml'/>" \
    "</Relationships>"
#define STYLES                                                                    \
    "<styleSheet xmlns='m'><numFmts><numFmt numFmtId='164' formatCode='[h]:mm'/>" \
    "<numFmt numFmtId='165' formatCode='0.00&quot; day&quot;'/></numFmts>"        \
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"                            \
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/>"          \
    "<xf numFmtId='165'/></cellXfs></styleSheet>"
#define STRINGS                                                                \
    "<sst xmlns='m'><si><t>alpha</t></si><si><r><t>be</t></r><r><t>ta</t></r>" \
    "<rPh sb='0' eb='1'><t>no</t></rPh></si><si><t>_x0041_ _x005F_x0041_</t></si></sst>"

struct parts {
    const char *package, *workbook, *rels, *styles, *strings, *sheet;
};

static const struct parts good = {PACKAGE_RELS, WORKBOOK, WORKBOOK_RELS,
                                  STYLES,       STRINGS,  NULL};

static struct text
pack_parts(struct parts parts)
{
    const char *const names[] = {
        "_rels/.rels",   "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/styles.xml", "xl/strings.xml",  "xl/worksheets/sheet1.xml"};
    const char *const texts[] = {parts.package, parts.workbook, parts.rels,
                                 parts.styles,  parts.strings,  parts.sheet};
    struct pack pack = pack_new(&keep);
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        if (texts[i] != NULL) {
            pack_add(&pack, names[i], text_of(texts[i]));
        }
    }
    return pack_finish(&pack);
}

static struct text
pack_sheet(const char *rows)
{
    struct parts parts = good;
    parts.sheet = arena_printf(
        &keep, "<worksheet xmlns='m'><sheetData>%s</sheetData></worksheet>", rows);
    return pack_parts(parts);
}

static const char *
dump(struct text bytes)
{
    struct diag *diag = new_diag();
    const char *text = book_dump(&keep, bytes, diag);
    ck_assert_msg(text != NULL, "%s", first_code(diag));
    return text;
}

static const char *
refusal(struct text bytes)
{
    struct diag *diag = new_diag();
    const char *text = book_dump(&keep, bytes, diag);
    ck_assert_msg(text == NULL, "read: %s", text);
    ck_assert_uint_eq(diag_errors(diag), 1);
    return first_code(diag);
}

START_TEST(cells_of_every_type)
{
    const char *text = dump(pack_sheet(
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
        "<c r='C1' t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is></c></row>"
        "<row r='3'><c r='B3'><v>77.48999999999999</v></c><c r='C3' s='1'><v>46088</v></c>"
        "<c r='D3' s='2'><v>0.5</v></c><c r='E3' s='3'><v>1</v></c><c r='F3'/></row>"
        "<row><c t='b'><v>1</v></c><c t='e'><v>#DIV/0!</v></c><c t='d'><v>2026-03-07</v></c>"
        "<c t='str'><f>A1&amp;\"x\"</f><v>alphax</v></c><c><f>1+1</f></c>"
        "<c t='s'><v>2</v></c></row>"));
    ck_assert_str_eq(text, "[One]\nOne!A1 t alpha\nOne!B1 t beta\nOne!C1 t inline\n"
                           "One!B3 n 77.49\nOne!C3 d 46088\nOne!D3 d 0.5\n"
                           "One!E3 n 1\n"
                           "One!A4 b 1\nOne!B4 e #DIV/0!\nOne!C4 i 2026-03-07\n"
                           "One!D4 t alphax =A1&\"x\"\nOne!E4 -  =1+1\n"
                           "One!F4 t A _x0041_\n");
}
END_TEST

START_TEST(dates_from_1904_are_told)
{
    struct parts parts = good;
    parts.workbook = "<workbook xmlns='m' xmlns:r='q'><workbookPr date1904='1'/><sheets>"
                     "<sheet name='One' sheetId='1' r:id='a'/></sheets></workbook>";
    parts.sheet = "<worksheet xmlns='m'><sheetData/></worksheet>";
    ck_assert_str_eq(dump(pack_parts(parts)), "[One] 1904\n");
    /* Excel has written a second one since 2013, of another namespace. */
    parts.workbook =
        "<workbook xmlns='m' xmlns:r='q'><workbookPr date1904='1'/><sheets>"
        "<sheet name='One' sheetId='1' r:id='a'/></sheets><extLst><ext uri='{140A7094}' "
        "xmlns:y='z'><y:workbookPr chartTrackingRefBase='1'/><y:sheet name='Two'/></ext>"
        "</extLst></workbook>";
    ck_assert_str_eq(dump(pack_parts(parts)), "[One] 1904\n");
}
END_TEST

/* Faults of one sheet. */
static const struct {
    const char *rows, *code;
} bad_rows[] = {
    {"<row r='1'><c r='A1' t='s'><v>3</v></c></row>",                 "W005"},
    {"<row r='1'><c r='A1' t='s'><v>-1</v></c></row>",                "W005"},
    {"<row r='1'><c r='A1'><v>12,5</v></c></row>",                    "W005"},
    {"<row r='1'><c r='A1'><v>NAN</v></c></row>",                     "W005"},
    {"<row r='1'><c r='A1' t='zz'><v>1</v></c></row>",                "W005"},
    {"<row r='1'><c r='A2'><v>1</v></c></row>",                       "W005"},
    {"<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>", "W005"},
    {"<row r='2'/><row r='1'/>",                                      "W005"},
    {"<row r='1048577'/>",                                            "W005"},
    {"<row r='1'><c r='XFE1'><v>1</v></c></row>",                     "W005"},
    {"<row r='99999999999'/>",                                        "W005"},
    {"<row>",                                                         "W005"},
    {"<c><v>1</v></c>",                                               "W005"},
    {"<c r='B0'><v>1</v></c>",                                        "W005"},
};

START_TEST(bad_rows_are_refused)
{
    ck_assert_str_eq(refusal(pack_sheet(bad_rows[_i].rows)), bad_rows[_i].code);
}
END_TEST

START_TEST(the_last_row_and_column_are_read)
{
    ck_assert_str_eq(
        dump(pack_sheet("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")),
        "[One]\nOne!XFD1048576 n 1\n");
}
END_TEST

START_TEST(what_is_no_workbook_is_refused)
{
    struct text whole = pack_sheet("<row><c><v>1</v></c></row>");
    ck_assert_str_eq(refusal(STR("")), "W001");
    ck_assert_str_eq(refusal(STR("id;nom\n1;A\n")), "W001");
    ck_assert_str_eq(refusal((struct text){whole.data, whole.size / 2}), "W001");
    ck_assert_str_eq(refusal(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old")), "W002");
}
END_TEST

START_TEST(any_cut_is_refused)
{
    struct text whole = pack_sheet("<row><c><v>1</v></c></row>");
    for (size_t size = 0; size < whole.size; size += 7) {
        const char *code = refusal((struct text){whole.data, size});
        ck_assert_str_eq(code, "W001");
    }
}
END_TEST

START_TEST(a_wrong_byte_is_noticed)
{
    struct text whole = pack_sheet("<row><c><v>1</v></c></row>");
    char *copy = NEW_ARRAY(&keep, char, whole.size);
    size_t at = 0;
    memcpy(copy, whole.data, whole.size);
    while (memcmp(copy + at, "<v>1", 4) != 0) {
        at++;
    }
    copy[at + 3] = '2';
    ck_assert_str_eq(refusal((struct text){copy, whole.size}), "W001");
}
END_TEST

START_TEST(missing_parts_are_refused)
{
    const char *const sheet = "<worksheet xmlns='m'><sheetData/></worksheet>";
    struct parts parts = good;
    ck_assert_str_eq(refusal(pack_parts(parts)), "W004"); /* no sheet */
    parts.sheet = sheet;
    parts.package = NULL;
    ck_assert_str_eq(refusal(pack_parts(parts)), "W004");
    parts.package = "<Relationships xmlns='p'/>";
    ck_assert_str_eq(refusal(pack_parts(parts)), "W004");
    parts = good;
    parts.sheet = sheet;
    parts.rels = "<Relationships xmlns='p'/>";
    ck_assert_str_eq(refusal(pack_parts(parts)), "W004");
    parts = good;
    parts.sheet = sheet;
    parts.strings = NULL;
    ck_assert_str_eq(refusal(pack_parts(parts)), "W004");
}
END_TEST

START_TEST(a_doctype_is_refused)
{
    struct parts parts = good;
    parts.sheet = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
                  "<worksheet xmlns='m'><sheetData>&b;</sheetData></worksheet>";
    ck_assert_str_eq(refusal(pack_parts(parts)), "W006");
}
END_TEST

static const char *
nested(int depth)
{
    char *text = NEW_ARRAY(&keep, char, (size_t)depth * 7 + 1);
    for (int i = 0; i < depth; i++) {
        memcpy(text + i * 3, "<a>", 3);
        memcpy(text + depth * 3 + i * 4, "</a>", 4);
    }
    return text;
}

START_TEST(depth_is_bounded)
{
    struct parts parts = good;
    parts.sheet = nested(WORKBOOK_DEPTH_MAX);
    ck_assert_str_eq(dump(pack_parts(parts)), "[One]\n");
    parts.sheet = nested(WORKBOOK_DEPTH_MAX + 1);
    ck_assert_str_eq(refusal(pack_parts(parts)), "W007");
    parts.sheet = nested(100000);
    ck_assert_str_eq(refusal(pack_parts(parts)), "W007");
}
END_TEST

static struct text
pack_with_bomb(uint32_t blanks, uint32_t declared)
{
    struct pack pack = pack_new(&keep);
    struct pack_bomb bomb = {"<worksheet><sheetData>", "</sheetData></worksheet>", blanks,
                             declared};
    pack_add(&pack, "_rels/.rels", text_of(PACKAGE_RELS));
    pack_add(&pack, "xl/workbook.xml", text_of(WORKBOOK));
    pack_add(&pack, "xl/_rels/workbook.xml.rels", text_of(WORKBOOK_RELS));
    pack_add(&pack, "xl/styles.xml", text_of(STYLES));
    pack_add(&pack, "xl/strings.xml", text_of(STRINGS));
    pack_add_bomb(&pack, "xl/worksheets/sheet1.xml", bomb);
    return pack_finish(&pack);
}

START_TEST(bombs_are_stopped)
{
    /* Small ones may have any ratio. */
    ck_assert_str_eq(dump(pack_with_bomb(90000, 0)), "[One]\n");
    ck_assert_str_eq(refusal(pack_with_bomb(20000000, 0)), "W003");
}
END_TEST

START_TEST(a_bomb_that_lies_is_stopped)
{
    const char *code = refusal(pack_with_bomb(20000000, 1000));
    ck_assert(strcmp(code, "W003") == 0 || strcmp(code, "W001") == 0);
}
END_TEST

START_TEST(the_inflated_bound_counts_all_parts)
{
    struct diag *diag = new_diag();
    struct text bytes = pack_with_bomb(90000, 0);
    struct book_visitor visitor = {0};
    struct book_source source = {
        .where = {.input = input_of(&keep, STR("book.xlsx"), bytes)},
        .limits = { bytes.size,                   1000,                0,   true},
    };
    ck_assert(!book_read(keep, &source, &visitor, diag));
    ck_assert_str_eq(first_code(diag), "W003");
    source.limits = (struct book_limits){.packed_max = bytes.size - 1};
    diag = new_diag();
    ck_assert(!book_read(keep, &source, &visitor, diag));
    ck_assert_str_eq(first_code(diag), "W003");
    source.limits = (struct book_limits){.packed_max = bytes.size, .every_part = true};
    ck_assert(book_read(keep, &source, &visitor, diag));
}
END_TEST

START_TEST(every_part_is_checked_when_asked)
{
    struct pack pack = pack_new(&keep);
    struct book_visitor visitor = {0};
    struct diag *diag = new_diag();
    pack_add(&pack, "_rels/.rels", text_of(PACKAGE_RELS));
    pack_add(&pack, "xl/workbook.xml", STR("<workbook xmlns='m'/>"));
    pack_add(&pack, "xl/_rels/workbook.xml.rels", text_of(WORKBOOK_RELS));
    pack_add(&pack, "docProps/core.xml", STR("<a><b></a>"));
    struct text bytes = pack_finish(&pack);
    struct book_source source = {
        .where = {.input = input_of(&keep, STR("book.xlsx"), bytes)},
        .limits = BOOK_LIMITS_GIVEN,
    };
    ck_assert(book_read(keep, &source, &visitor, diag));
    source.limits.every_part = true;
    ck_assert(!book_read(keep, &source, &visitor, diag));
    ck_assert_str_eq(first_code(diag), "W005");
}
END_TEST

/* What the zip states of a part: where it lies in its directory, and before the part itself;
 * and what becomes of it. */
static const struct {
    const char *what;
    size_t at, before;
    bool own;
    bool read;
} statements[] = {
    {"nothing", 0,  0,  true,  true },
    {"crc",     16, 14, true,  false},
    {"packed",  20, 18, true,  false},
    {"size",    24, 22, true,  false},
    {"nothing", 0,  0,  false, true },
    {"crc",     16, 14, false, false},
};

/* Ours are unpacked by a faster library, which is to notice the same. */
START_TEST(trap_a_workbook_of_ours_that_is_damaged)
{
    struct text packed = pack_with_bomb(1000, 0);
    char *copy = NEW_ARRAY(&keep, char, packed.size);
    struct text bytes = {copy, packed.size};
    char *found = NULL;
    memcpy(copy, packed.data, packed.size);
    for (size_t i = 0; i + 46 < bytes.size; i++) {
        bool packed_part = memcmp(copy + i, "PK\1\2", 4) == 0 && copy[i + 10] == 8;
        found = packed_part ? copy + i : found;
    }
    ck_assert_ptr_nonnull(found);
    if (statements[_i].at > 0) {
        unsigned offset = (unsigned char)found[42] | (unsigned)(unsigned char)found[43]
                                                         << 8;
        found[statements[_i].at] ^= 1;
        copy[offset + statements[_i].before] ^= 1;
    }
    struct book_visitor visitor = {.cell = pass_over};
    const struct book_source source = {
        .where = {.input = input_of(&keep, STR("book.xlsx"), bytes)},
        .limits = {.packed_max = bytes.size,                       .every_part = true               },
        .own = statements[_i].own,
    };
    struct diag *diag = new_diag();
    ck_assert_msg(book_read(keep, &source, &visitor, diag) == statements[_i].read, "%s",
                  statements[_i].what);
}
END_TEST

/* The end of a part may lie within the bytes that were asked for, at their end, or behind it. */
START_TEST(a_workbook_of_ours_ends_anywhere)
{
    for (uint32_t blanks = 65536 - 120; blanks <= 65536 + 20; blanks++) {
        struct arena scratch = keep;
        struct text bytes = pack_with_bomb(_i == 0 ? blanks : blanks + 65536, 0);
        struct book_visitor visitor = {.cell = pass_over};
        const struct book_source source = {
            .where = {.input = input_of(&keep, STR("book.xlsx"), bytes)},
            .limits = {.packed_max = bytes.size,                       .every_part = true               },
            .own = true,
        };
        struct diag *diag = new_diag();
        ck_assert_msg(book_read(keep, &source, &visitor, diag), "%u: %s", blanks,
                      first_code(diag));
        keep = scratch;
    }
}
END_TEST

static const struct {
    const char *text;
    bool good;
    int64_t digits;
    int scale;
} decimals[] = {
    {"0",                    true,  0,               0 },
    {"-0.0",                 true,  0,               0 },
    {"77.49",                true,  7749,            2 },
    {"77.48999999999999",    true,  7749,            2 },
    {"77.4900000000000001",  true,  7749,            2 },
    {"0.07000000000000001",  true,  7,               2 },
    {"7.000000000000001E-2", true,  7,               2 },
    {"1E+2",                 true,  1,               -2},
    {"154.98",               true,  15498,           2 },
    {"-0.05",                true,  -5,              2 },
    {"9999999.99",           true,  999999999,       2 },
    {"123456789012345678",   true,  123456789012346, -3},
    {"0.9999999999999999",   true,  1,               0 },
    {".5",                   true,  5,               1 },
    {"5.",                   true,  5,               0 },
    {"1e-9",                 true,  1,               9 },
    {"",                     false, 0,               0 },
    {"-",                    false, 0,               0 },
    {".",                    false, 0,               0 },
    {"1,5",                  false, 0,               0 },
    {"NAN",                  false, 0,               0 },
    {"1E",                   false, 0,               0 },
    {"1E+",                  false, 0,               0 },
    {"1E999",                false, 0,               0 },
    {"1E99999999999",        false, 0,               0 },
    {"1 ",                   false, 0,               0 },
    {"0x10",                 false, 0,               0 },
};

START_TEST(decimals_are_read_exactly)
{
    struct book_decimal decimal = {0, 0};
    bool read = book_decimal_parse(text_of(decimals[_i].text), &decimal);
    ck_assert_msg(read == decimals[_i].good, "%s", decimals[_i].text);
    if (read) {
        ck_assert_int_eq(decimal.digits, decimals[_i].digits);
        ck_assert_int_eq(decimal.scale, decimals[_i].scale);
    }
}
END_TEST

Suite *
test_workbook_suite(void)
{
    Suite *suite = suite_create("workbook");
    TCase *tcase = tcase_create("workbook");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, cells_of_every_type);
    tcase_add_test(tcase, dates_from_1904_are_told);
    tcase_add_loop_test(tcase, bad_rows_are_refused, 0, (int)ARRAY_COUNT(bad_rows));
    tcase_add_test(tcase, the_last_row_and_column_are_read);
    tcase_add_test(tcase, what_is_no_workbook_is_refused);
    tcase_add_test(tcase, any_cut_is_refused);
    tcase_add_test(tcase, a_wrong_byte_is_noticed);
    tcase_add_test(tcase, missing_parts_are_refused);
    tcase_add_test(tcase, a_doctype_is_refused);
    tcase_add_test(tcase, depth_is_bounded);
    tcase_add_test(tcase, bombs_are_stopped);
    tcase_add_test(tcase, a_bomb_that_lies_is_stopped);
    tcase_add_test(tcase, the_inflated_bound_counts_all_parts);
    tcase_add_test(tcase, every_part_is_checked_when_asked);
    tcase_add_loop_test(tcase, a_workbook_of_ours_ends_anywhere, 0, 2);
    tcase_add_loop_test(tcase, trap_a_workbook_of_ours_that_is_damaged, 0,
                        (int)ARRAY_COUNT(statements));
    tcase_add_loop_test(tcase, decimals_are_read_exactly, 0, (int)ARRAY_COUNT(decimals));
    suite_add_tcase(suite, tcase);
    return suite;
}
