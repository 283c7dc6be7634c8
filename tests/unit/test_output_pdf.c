/* SPDX-License-Identifier: Apache-2.0 */
/* PDF: bytes, pages, and the text that a reader finds on them. */
#include "support/keep.h"
#include "support/markup.h"
#include "support/plain_rows.h"
#include "support/registry.h"
#include "support/sample.h"
#include "support/written.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

Suite *test_output_pdf_suite(void);

#define PORTRAIT  "/MediaBox [ 0 0 595.276 841.89001 ]"
#define LANDSCAPE "/MediaBox [ 0 0 841.89001 595.276 ]"

static struct text
pdf_of(const struct document *document)
{
    struct written written = document_written(&keep, "/tmp", "a.pdf", document, 0);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    ck_assert_str_eq(first_code(written.diag), "");
    return written.bytes;
}

static size_t
count_of(struct text bytes, const char *part)
{
    size_t count = 0;
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= bytes.size; i++) {
        count += memcmp(bytes.data + i, part, size) == 0;
    }
    return count;
}

static size_t
pages_of(struct text bytes)
{
    return count_of(bytes, "/Type /Page\n");
}

static void
set_rows(struct plain_rows *rows, const struct column *columns)
{
    plain_rows_set(rows, columns, LANGUAGE_EN);
    rows->document.footer = "Foot";
}

/* A text without its spaces, of all kinds: words may be broken over lines. */
static const char *
squeezed(const char *text)
{
    char *out = NEW_ARRAY(&keep, char, strlen(text) + 1);
    size_t filled = 0;
    for (const char *c = text; *c != '\0'; c++) {
        size_t space = strncmp(c, "\u00a0", 2) == 0   ? 2
                       : strncmp(c, "\u202f", 3) == 0 ? 3
                                                      : 0;
        if (space > 0) {
            c += space - 1;
        } else if ((unsigned char)*c > ' ') {
            out[filled++] = *c;
        }
    }
    return out;
}

START_TEST(the_same_document_gives_the_same_bytes)
{
    struct sample *sample = sample_new(&keep, 100);
    struct text first = pdf_of(&sample->document);
    ck_assert(text_starts_with(first, STR("%PDF-1.")));
    ck_assert(text_ends_with(first, STR("%%EOF\n")));
    ck_assert(text_equals(first, pdf_of(&sample->document)));
    ck_assert_uint_eq(count_of(first, "/CreationDate (D:20260331000000Z00'00')"), 1);
    ck_assert_uint_eq(count_of(first, "/ModDate"), 0);
}
END_TEST

START_TEST(the_text_can_be_read_back)
{
    struct sample *sample = sample_new(&keep, 2);
    sample->document.table_count = 1;
    const char *text = pdf_text_of(&keep, pdf_of(&sample->document));
    if (text == NULL) {
        return;
    }
    ck_assert_str_eq(
        squeezed(text),
        squeezed("Title & <mark> Subject Author Detail "
                 "Id Name Stipend Expenses Total Cents Quantity Date Hours Nothing "
                 "00001 Élodie 77,49\u00a0€ 0,07\u00a0€ 77,56\u00a0€ 7756 3,3333 "
                 "07/03/2026 3:30 "
                 "00002 Élodie 77,49\u00a0€ 0,07\u00a0€ 77,56\u00a0€ 7756 3,3333 "
                 "07/03/2026 3:30 "
                 "Total 154,98\u00a0€ 0,14\u00a0€ 155,12\u00a0€ 15512 7:00 "
                 "A line. Another of two Left to sign Right "
                 "A & B, \"quoted\" é page 1 / 1"));
}
END_TEST

START_TEST(tables_choose_how_the_page_lies)
{
    static const struct column columns[] = {
        {"a", "A", CELL_TEXT, 10, false, 0, 0},
        {"b", "B", CELL_TEXT, 10, false, 0, 0},
    };
    const struct cell cells[] = {cell_string("a"), cell_string("b")};
    struct plain_rows rows = {cells, 1, 2, {0}, {0}};
    set_rows(&rows, columns);
    struct text upright = pdf_of(&rows.document);
    ck_assert_uint_eq(count_of(upright, PORTRAIT), 1);
    ck_assert_uint_eq(count_of(upright, LANDSCAPE), 0);
    struct column many[20];
    struct cell values[20];
    for (size_t i = 0; i < ARRAY_COUNT(many); i++) {
        many[i] = (struct column){"m", "Amount", CELL_MONEY, 10, true, 0, 0};
        values[i] = cell_money((struct money){123456789});
    }
    struct plain_rows wide = {values, 1, ARRAY_COUNT(many), {0}, {0}};
    set_rows(&wide, many);
    struct text aside = pdf_of(&wide.document);
    ck_assert_uint_eq(count_of(aside, PORTRAIT), 0);
    ck_assert_uint_eq(count_of(aside, LANDSCAPE), 1);
    const char *text = pdf_text_of(&keep, aside);
    if (text != NULL) {
        ck_assert_uint_eq(count_of(text_of(text), "€1,234,567.89"),
                          2 * ARRAY_COUNT(many));
    }
}
END_TEST

START_TEST(each_page_has_the_header_row_and_a_number)
{
    struct sample *sample = sample_new(&keep, 300);
    sample->document.table_count = 1;
    struct text bytes = pdf_of(&sample->document);
    const char *text = pdf_text_of(&keep, bytes);
    size_t pages = pages_of(bytes);
    ck_assert_uint_gt(pages, 5);
    for (size_t i = 1; text != NULL && i <= pages; i++) {
        const char *end = strchr(text, '\f');
        ck_assert_ptr_nonnull(end);
        struct text page = {text, (size_t)(end - text)};
        size_t rows = count_of(page, "Élodie");
        ck_assert_uint_eq(count_of(page, "Quantity"), rows > 0);
        ck_assert(rows > 0 || i == pages);
        ck_assert_uint_eq(count_of(page, "A & B, \"quoted\" é"), 1);
        ck_assert_uint_eq(count_of(page, arena_printf(&keep, "page %zu / %zu", i, pages)),
                          1);
        text = end + 1;
    }
}
END_TEST

/* However many rows stand above them, the boxes and the notes that close the table are on
 * one page, and no row of three lines is cut. */
START_TEST(what_belongs_together_stays_together)
{
    struct sample *sample = sample_new(&keep, (size_t)_i);
    sample->document.table_count = 1;
    sample->name = STR("first line\nsecond line\nthird line");
    const char *text = pdf_text_of(&keep, pdf_of(&sample->document));
    while (text != NULL && text[0] != '\0') {
        const char *end = strchr(text, '\f');
        ck_assert_ptr_nonnull(end);
        struct text page = {text, (size_t)(end - text)};
        ck_assert_uint_eq(count_of(page, "first line"), count_of(page, "third line"));
        size_t signs = count_of(page, "to sign");
        ck_assert_uint_eq(signs, count_of(page, "Right"));
        ck_assert_uint_eq(signs, count_of(page, "Another"));
        text = end + 1;
    }
}
END_TEST

/* The one thing that may be cut is a row higher than a page; nothing of it is lost. */
START_TEST(a_row_higher_than_a_page_is_cut_between_lines)
{
    static const struct column columns[] = {
        {"a", "Head", CELL_TEXT, 10, false, 0, 0},
        {"b", "Next", CELL_TEXT, 10, false, 0, 0},
    };
    const char *long_text = "";

    for (int i = 0; i < 200; i++) {
        long_text = arena_printf(&keep, "%s%sline-%03d", long_text, i > 0 ? "\n" : "", i);
    }
    const struct cell cells[] = {cell_string("short"), cell_string(long_text),
                                 cell_string("after"), cell_string("it")};
    struct plain_rows rows = {cells, 2, 2, {0}, {0}};
    set_rows(&rows, columns);
    struct text bytes = pdf_of(&rows.document);
    ck_assert_uint_ge(pages_of(bytes), 3);
    const char *text = pdf_text_of(&keep, bytes);
    for (int i = 0; i < 200 && text != NULL; i++) {
        text = strstr(text, arena_printf(&keep, "line-%03d", i));
        ck_assert_msg(text != NULL, "line %d", i);
    }
}
END_TEST

START_TEST(long_words_are_broken_and_kept)
{
    static const struct column columns[] = {
        {"a", "A", CELL_TEXT, 10, false, 0, 0},
        {"b", "B", CELL_TEXT, 10, false, 0, 0},
    };
    const char *word = "";
    for (int i = 0; i < 100; i++) {
        word = arena_printf(&keep, "%sWord%02d", word, i);
    }
    const struct cell cells[] = {cell_string(word), cell_string(word)};
    struct plain_rows rows = {cells, 1, 2, {0}, {0}};
    set_rows(&rows, columns);
    const char *text = pdf_text_of(&keep, pdf_of(&rows.document));
    if (text != NULL) {
        ck_assert_uint_eq(count_of(text_of(squeezed(text)), word), 2);
        ck_assert_uint_eq(count_of(text_of(text), word), 0);
    }
}
END_TEST

START_TEST(facts_have_no_header_row)
{
    static const struct column columns[] = {
        {"a", "Unseen", CELL_TEXT, 10, false, 0, 0},
        {"b", "Unseen", CELL_TEXT, 90, false, 0, 0},
    };
    const struct cell cells[] = {cell_string("rate"), cell_money((struct money){1374})};
    static const struct note notes[] = {
        {TONE_PLAIN, "A sentence."}
    };
    struct plain_rows rows = {cells, 1, 2, {0}, {0}};
    set_rows(&rows, columns);
    rows.table.facts = true;
    rows.table.title = "Why";
    rows.table.before = notes;
    rows.table.before_count = 1;
    const char *text = pdf_text_of(&keep, pdf_of(&rows.document));
    if (text != NULL) {
        ck_assert_str_eq(squeezed(text), "TitleWhyAsentence.rate€13.74Footpage1/1");
    }
    rows.table.facts = false;
    rows.table.column_count = 0;
    text = pdf_text_of(&keep, pdf_of(&rows.document));
    if (text != NULL) {
        ck_assert_str_eq(squeezed(text), "TitleWhyAsentence.Footpage1/1");
    }
}
END_TEST

START_TEST(an_empty_table_says_so)
{
    struct sample *sample = sample_new(&keep, 0);
    const char *text = pdf_text_of(&keep, pdf_of(&sample->document));
    if (text != NULL) {
        ck_assert_uint_eq(count_of(text_of(text), "No line."), 3);
    }
}
END_TEST

START_TEST(a_character_without_a_letter_is_told_once)
{
    struct sample *sample = sample_new(&keep, 3);
    sample->document.table_count = 1;
    sample->name = STR("\u674e\U0001F642\t\001x");
    struct written written =
        document_written(&keep, "/tmp", "a.pdf", &sample->document, 0);
    size_t count = 0;
    (void)diag_sorted(written.diag, &count);
    ck_assert(written.done);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(first_code(written.diag), "W010");
    const char *text = pdf_text_of(&keep, written.bytes);
    if (text != NULL) {
        ck_assert_uint_eq(count_of(text_of(squeezed(text)), "\uFFFD\uFFFD\uFFFDx"), 3);
    }
}
END_TEST

/* The second font costs as much as all else, and is there for those who need it alone. */
START_TEST(letters_of_all_sorts_are_read_back)
{
    static const struct column columns[] = {
        {"a", "A", CELL_TEXT, 20, false, 0, 0}
    };
    static const struct {
        const char *letters, *shown;
        bool western;
    } texts[] = {
        {"!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~",                                NULL,                       true },
        {"€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ", NULL,                       true },
        {"¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿",            NULL,                       true },
        {"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",        NULL,                       true },
        {"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",        NULL,                       true },
        {"12\u202f345,67\u00a0€",                                                 "12345,67€",              true },
        {"Łukasz Őrsi",                                                           "ŁukaszŐrsi",             false},
        {"Ελένη Жанна ≤ 3",                                             "ΕλένηЖанна≤3", false},
    };
    for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
        const struct cell cells[] = {cell_string(texts[i].letters),
                                     cell_string("Élodie")};
        struct plain_rows rows = {cells, 2, 1, {0}, {0}};
        set_rows(&rows, columns);
        struct text bytes = pdf_of(&rows.document);
        ck_assert_msg(count_of(bytes, "/Identity-H") == (texts[i].western ? 0 : 1), "%s",
                      texts[i].letters);
        const char *text = pdf_text_of(&keep, bytes);
        if (text != NULL) {
            const char *shown =
                texts[i].shown != NULL ? texts[i].shown : texts[i].letters;
            ck_assert_str_eq(squeezed(text),
                             squeezed(arena_printf(
                                 &keep, "Title A %s Élodie Foot page 1 / 1", shown)));
        }
    }
}
END_TEST

static const struct {
    const char *what, *fonts, *name, *code;
    unsigned audience;
} refused[] = {
    {"no font",       "/nonexistent", "x",     "F007", FOR_PAGE },
    {"no page",       NULL,           "x",     "F005", FOR_SHEET},
    {"invalid UTF-8", NULL,           "\xC9x", "W009", FOR_PAGE },
};

START_TEST(what_cannot_be_is_refused)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->document.table_count = 1;
    sample->document.fonts = refused[_i].fonts;
    sample->name = text_of(refused[_i].name);
    sample->tables[0].audience = refused[_i].audience;
    struct written written =
        document_written(&keep, "/tmp", "a.pdf", &sample->document, 0);
    ck_assert_msg(!written.done, "%s", refused[_i].what);
    ck_assert_str_eq(first_code(written.diag), refused[_i].code);
    ck_assert_uint_eq(written.bytes.size, 0);
}
END_TEST

/* With sanitizers, on a machine that does other things too: seconds, not minutes. */
START_TEST(long_tables_are_quick)
{
    struct sample *sample = sample_new(&keep, 10000);
    sample->document.table_count = 1;
    clock_t before = clock();
    struct text bytes = pdf_of(&sample->document);
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    ck_assert_msg(seconds < 10, "%.1f s", seconds);
    ck_assert_uint_gt(pages_of(bytes), 150);
    const char *text = pdf_text_of(&keep, bytes);
    if (text != NULL) {
        ck_assert_uint_eq(count_of(text_of(text), "Élodie"), 10000);
        ck_assert_ptr_nonnull(strstr(squeezed(text), "Total774900,00"));
    }
}
END_TEST

Suite *
test_output_pdf_suite(void)
{
    Suite *suite = suite_create("output_pdf");
    TCase *tcase = tcase_create("output_pdf");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, the_same_document_gives_the_same_bytes);
    tcase_add_test(tcase, the_text_can_be_read_back);
    tcase_add_test(tcase, tables_choose_how_the_page_lies);
    tcase_add_test(tcase, each_page_has_the_header_row_and_a_number);
    tcase_add_loop_test(tcase, what_belongs_together_stays_together, 1, 26);
    tcase_add_test(tcase, a_row_higher_than_a_page_is_cut_between_lines);
    tcase_add_test(tcase, long_words_are_broken_and_kept);
    tcase_add_test(tcase, facts_have_no_header_row);
    tcase_add_test(tcase, an_empty_table_says_so);
    tcase_add_test(tcase, a_character_without_a_letter_is_told_once);
    tcase_add_test(tcase, letters_of_all_sorts_are_read_back);
    tcase_add_loop_test(tcase, what_cannot_be_is_refused, 0, (int)ARRAY_COUNT(refused));
    tcase_add_test(tcase, long_tables_are_quick);
    suite_add_tcase(suite, tcase);
    return suite;
}
