/* SPDX-License-Identifier: Apache-2.0 */
/* Plain XML read without the library: whatever a workbook holds, the same is told and the same
 * is refused as when the library reads every byte. */
#include "defray/file.h"
#include "defray/workbook.h"

#include "../../src/intake/workbook_quick.h"
#include "support/invent.h"
#include "support/keep.h"
#include "support/packed.h"
#include "support/registry.h"
#include "support/written.h"

#include <check.h>
#include <dirent.h>
#include <string.h>

#define BOOKS     3000
#define PIECES    8
#define LONG_TEXT 70000 /* more than is unpacked in a step */

Suite *test_quick_suite(void);

/* What is told of a workbook, or what is said against it and where. */
static const char *
told(struct arena *to, struct text bytes, bool plainly)
{
    struct diag *diag = diag_new(to, LANGUAGE_EN);
    struct book_source source = {
        .where = {.input = input_of(to, STR("book.xlsx"), bytes)},
        .limits = BOOK_LIMITS_GIVEN,
        .plainly = plainly,
    };
    const char *text = book_dump_source(to, &source, diag);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    if (text != NULL && count == 0) {
        return text;
    }
    ck_assert_uint_eq(count, 1);
    return arena_printf(to, "refused %s %u:%u %s", code_page(filed[0].code)->id,
                        (unsigned)filed[0].where.line, (unsigned)filed[0].where.column,
                        filed[0].text);
}

static struct text
pack_sheet(struct arena *to, struct text sheet)
{
    struct pack pack = pack_new(to);
    pack_add(&pack, "_rels/.rels",
             STR("<Relationships xmlns='p'><Relationship Id='r1' Type='x/officeDocument' "
                 "Target='book.xml'/></Relationships>"));
    pack_add(&pack, "_rels/book.xml.rels",
             STR("<Relationships xmlns='p'><Relationship Id='a' Type='x/worksheet' "
                 "Target='s.xml'/><Relationship Id='b' Type='x/sharedStrings' "
                 "Target='t.xml'/></Relationships>"));
    pack_add(&pack, "book.xml",
             STR("<workbook xmlns='m' xmlns:r='q'><sheets><sheet name='One' r:id='a'/>"
                 "</sheets></workbook>"));
    pack_add(
        &pack, "t.xml",
        STR("<sst xmlns=\"m\"><si><t>alpha</t></si><si><t>a &amp; b</t></si><si><r>"
            "<t>be</t></r><rPh><t>no</t></rPh><r><t xml:space=\"preserve\"> ta</t></r>"
            "</si><si><t>_x0041_</t></si><!-- </si> --><si/></sst>"));
    pack_add(&pack, "s.xml", sheet);
    return pack_finish(&pack);
}

/* What may stand in a sheet: well formed and plain, well formed and not plain, neither. */
static const char *const heads[] = {
    "<worksheet xmlns=\"m\"><sheetData>",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<worksheet xmlns='m'><sheetData>\n",
    "\xEF\xBB\xBF<?xml version='1.0'?><worksheet><sheetData >",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet><sheetData>",
    "<?xml version=\"1.0\" encoding=\"US-ASCII\"?><worksheet><sheetData>",
    "<worksheet><sheetData><c><row></row>",
    "<row></row><worksheet><sheetData>",
};
static const char *const pieces[] = {
    "<row r=\"~\"><c r=\"A~\"><v>1</v></c><c r=\"C~\" t=\"s\"><v>1</v></c></row>",
    "<row r=\"~\" spans=\"1:3\" x:d=\"0.2\"><c r=\"A~\" s=\"1\"><v>77.5</v></c></row>",
    "<row><c t=\"inlineStr\"><is><t xml:space=\"preserve\"> été\n\t</t></is></c></row>",
    "<row><c t=\"str\"><f>A1&amp;\"x\"&lt;3</f><v>a&apos;b&gt;&quot;</v></c></row>",
    "<row hidden=\"1\" /><row></row >",
    "\n  <row>\n    <c ><v >5</v ></c >\n  </row>\n",
    "<row><c t='s'><v>2</v></c></row>",
    "<row><c t=\"s\"><v>3</v></c><!-- </row> --><c><v>7</v></c></row>",
    "<!-- </row><row><c><v>6</v></c></row> -->",
    "<row><c><v><![CDATA[8</row>]]></v></c></row>",
    "<row><c t=\"str\"><v>a&#233;\r\nb</v></c></row>",
    "<?pi </row>?><row><c><v>9</v></c></row>",
    "<x:row><x:c><x:v>4</x:v></x:c></x:row><row/>",
    "<row><c t=\"str\"><v>\xED\x95\x9C \xF0\x9F\x99\x82 \x7F > ]]</v></c></row>",
    "<row><c t=\"str\"><v>a</v><v>b</v></c><c><f t=\"shared\" si=\"0\"/><v>1</v></c></row>",
    "<_row a.b=\"&amp;\" c=\"\n\"><c><v>3</v></c></_row><row></row>",
    "text <row><c t=\"b\"><v>1</v></c></row> text",
    "<row><c t=\"d\"><v>2026-03-07</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"q\"><v/></c></row>",
    ("<row><c t=\"inlineStr\"><is><r><t>in</t></r><rPh><t>no</t></rPh><r><t>line</t></r>"
     "</is></c></row>"),
    /* Refused, now or in the end. */
    "<row><c t=\"str\"><v>\xC3\x28</v></c></row>",
    "<row><c t=\"str\"><v>\xEF\xBF\xBF</v></c></row>",
    "<row><c t=\"str\"><v>]]></v></c></row>",
    "<row r=\"1\" r=\"1\"><c/></row>",
    "<row><c><v>1</c></v></row>",
    "<row><c><v>1</v></c></rows>",
    "<row><c a=1><v>1</v></c></row>",
    "<row><c a=\"<\"><v>1</v></c></row>",
    "<row><c a=\"1\"b=\"2\"><v>1</v></c></row>",
    "<row><c><v>&nbsp;</v></c></row>",
    "<row><c><v>1\x01</v></c></row>",
    "<row><c t=\"q\"><v>1</v></c></row>",
    "<row><c t=\"s\"><v>99</v></c></row>",
    "<row><c><v>12x</v></c></row>",
    "<row r=\"0\"><c><v>1</v></c></row>",
    "<row><c r=\"B7\"><v>1</v></c></row>",
    "</sheetData><sheetData>",
    "</sheetData></worksheet><row></row>",
    "<!DOCTYPE a><row></row>",
    "<row><c>",
    "</row>",
};
#define PLAIN_PIECES 19 /* the first ones are well formed */

static const char *const tails[] = {"</sheetData></worksheet>", "</sheetData>", "<row>"};

static uint64_t
below(uint64_t *seed, uint64_t bound)
{
    return invent_number(seed) % bound;
}

/* Blanks, a text or cells of more than a step. */
static const char *
long_piece(struct arena *to, uint64_t *seed)
{
    char *filling = NEW_ARRAY(to, char, LONG_TEXT + 1);
    memset(filling, "\n a"[below(seed, 3)], below(seed, LONG_TEXT));
    return filling[0] == 'a'
               ? arena_printf(to, "<row><c t=\"str\"><v>%s</v></c></row>", filling)
               : filling;
}

/* The piece with the row's number for each '~'. */
static const char *
with_number(struct arena *to, const char *piece, uint32_t row)
{
    const char *out = "";
    for (const char *mark = strchr(piece, '~'); mark != NULL; mark = strchr(piece, '~')) {
        out =
            arena_printf(to, "%s%.*s%u", out, (int)(mark - piece), piece, (unsigned)row);
        piece = mark + 1;
    }
    return arena_printf(to, "%s%s", out, piece);
}

static struct text
invent_sheet(struct arena *to, uint64_t *seed)
{
    bool sound = below(seed, 2) == 0;
    const char *sheet = heads[below(seed, sound ? 2 : ARRAY_COUNT(heads))];
    uint32_t row = 1;
    for (uint64_t i = below(seed, PIECES) + 1; i > 0; i--) {
        size_t index = below(seed, sound ? PLAIN_PIECES : ARRAY_COUNT(pieces));
        const char *piece = below(seed, 12) == 0 ? long_piece(to, seed) : pieces[index];
        row += (uint32_t)below(seed, 3) + (index < 2 ? 40 : 0);
        const char *numbered = with_number(to, piece, row);
        sheet = arena_printf(to, "%s%s", sheet, numbered);
    }
    size_t tail = sound ? 0 : below(seed, ARRAY_COUNT(tails) + 1) % ARRAY_COUNT(tails);
    return text_of(arena_printf(to, "%s%s", sheet, tails[tail]));
}

START_TEST(whatever_a_sheet_holds_the_same_is_told)
{
    size_t read = 0;
    for (uint64_t i = 1; i <= BOOKS; i++) {
        struct arena once = keep;
        uint64_t seed = i * UINT64_C(0x9E3779B97F4A7C15);
        struct text sheet = invent_sheet(&once, &seed);
        struct text book = pack_sheet(&once, sheet);
        const char *quick = told(&once, book, false);
        const char *plain = told(&once, book, true);
        ck_assert_msg(strcmp(quick, plain) == 0,
                      "book %u: %.2000s\nquick: %.500s\nplain: %.500s", (unsigned)i,
                      sheet.data, quick, plain);
        read += strncmp(quick, "refused", 7) != 0;
    }
    ck_assert_uint_gt(read, BOOKS / 5);
    ck_assert_uint_lt(read, BOOKS * 4 / 5);
}
END_TEST

/* Two bytes a character: those of some ideograms look like tags, here where a step of
 * 65536 bytes ends behind an end tag. */
START_TEST(wide_characters_are_the_librarys)
{
    static const char head[] = "\xFE\xFF\0<\0a\0>";
    static const char step_end[] = "\0<\0b\0/\0>";
    static const char rest[] = "<row><c><v>1</v></c></row>\0<\0/\0a\0>";
    char *wide = NEW_ARRAY(&keep, char, 65536 + sizeof rest);
    memcpy(wide, head, sizeof head - 1);
    for (size_t i = sizeof head; i < 65536; i += 2) {
        wide[i] = ' ';
    }
    memcpy(wide + 65536 - (sizeof step_end - 1), step_end, sizeof step_end - 1);
    memcpy(wide + 65536, rest, sizeof rest - 1);
    struct text book = pack_sheet(&keep, (struct text){wide, 65536 + sizeof rest - 1});
    ck_assert_str_eq(told(&keep, book, false), "[One]\n");
    ck_assert_str_eq(told(&keep, book, true), "[One]\n");
}
END_TEST

START_TEST(workbooks_of_other_programs_tell_the_same)
{
    DIR *folder = opendir("tests/workbooks");
    ck_assert_ptr_nonnull(folder);
    size_t count = 0;
    for (const struct dirent *entry = readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        struct arena once = keep;
        if (!text_ends_with(text_of(entry->d_name), STR(".xlsx"))) {
            continue;
        }
        const char *path = arena_printf(&once, "tests/workbooks/%s", entry->d_name);
        struct diag *diag = diag_new(&once, LANGUAGE_EN);
        struct input *input =
            input_read(&once, text_of(path), WORKBOOK_PACKED_MAX, false, diag);
        ck_assert_ptr_nonnull(input);
        ck_assert_str_eq(told(&once, input->bytes, false),
                         told(&once, input->bytes, true));
        count++;
    }
    closedir(folder);
    ck_assert_uint_ge(count, 10);
}
END_TEST

struct tally {
    size_t starts, ends, texts;
    bool stopped;
};

static void
count_start(void *data, const char *name, const char *const *attributes)
{
    (void)name;
    (void)attributes;
    ((struct tally *)data)->starts++;
}

static void
count_end(void *data, const char *name)
{
    (void)name;
    ((struct tally *)data)->ends++;
}

static void
count_text(void *data, const char *bytes, int size)
{
    (void)bytes;
    ((struct tally *)data)->texts += (size_t)size;
}

/* What usual programs write is read the quick way: else all would be right, and slow. */
static const struct {
    const char *taken, *left;
} plain[] = {
    {"<row r=\"2\" spans=\"1:12\"><c r=\"A2\" t=\"s\"><v>12</v></c></row>",  "<row"                 },
    {"<row r=\"2\" ht=\"12.8\"><c r=\"A2\" s=\"0\"/></row>\n<row r=\"3\"/>", ""                     },
    {"<si><t xml:space=\"preserve\">Zoé &amp; fils</t></si>",               "</sst>"               },
    {"<row><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c></row>",         "</sheetData>"         },
    {"<table:table-row a:b=\"c\"><table:table-cell/></table:table-row>",
     "</table:table>"                                                                               },
    {"",                                                                     "<row><c r='1'/></row>"},
    {"",                                                                     "<row><c/></ro"        },
};

START_TEST(usual_rows_are_plain)
{
    struct tally tally = {0};
    struct quick_sink sink = {&tally, count_start, count_end, count_text, &tally.stopped};
    char *bytes = NEW_ARRAY(&keep, char, 200);
    strcat(strcpy(bytes, plain[_i].taken), plain[_i].left);
    size_t taken = quick_tell(quick_new(&keep), bytes, &sink);
    ck_assert_uint_eq(taken, strlen(plain[_i].taken));
    ck_assert_uint_eq(tally.starts, tally.ends);
    ck_assert(taken == 0 || tally.starts > 0);
}
END_TEST

Suite *
test_quick_suite(void)
{
    Suite *suite = suite_create("quick");
    TCase *books = tcase_create("books");
    tcase_add_checked_fixture(books, keep_set_up, keep_tear_down);
    tcase_set_timeout(books, 120);
    tcase_add_test(books, whatever_a_sheet_holds_the_same_is_told);
    tcase_add_test(books, wide_characters_are_the_librarys);
    tcase_add_test(books, workbooks_of_other_programs_tell_the_same);
    tcase_add_loop_test(books, usual_rows_are_plain, 0, ARRAY_COUNT(plain));
    suite_add_tcase(suite, books);
    return suite;
}
