/* SPDX-License-Identifier: Apache-2.0 */
/* Pages for browsers: what they say, what nothing of a document can become, what they ask. */
#include "support/keep.h"
#include "support/markup.h"
#include "support/plain_rows.h"
#include "support/registry.h"
#include "support/sample.h"
#include "support/written.h"

#include <check.h>
#include <string.h>

Suite *test_output_html_suite(void);

/* Every page of every test is well-formed. */
static const char *
html_of(const struct document *document)
{
    struct written written = document_written(&keep, "/tmp", "a.html", document, 0);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    const char *fault = markup_fault(&keep, written.bytes);
    ck_assert_msg(fault == NULL, "%s", fault);
    return text_string(&keep, written.bytes);
}

static size_t
count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void
has(const char *html, const char *part)
{
    const char *body = strstr(html, "<body>");
    ck_assert_msg(strstr(html, part) != NULL, "no %s in\n%s", part, body);
}

static void
set_rows(struct plain_rows *rows, const struct column *columns, enum language language)
{
    plain_rows_set(rows, columns, language);
    rows->table.sheet = "Sheet";
    rows->table.title = "Table";
}

START_TEST(the_body_is_as_documented)
{
    struct sample *sample = sample_new(&keep, 2);
    sample->document.table_count = 1;
    has(html_of(&sample->document),
        "<tbody>\n"
        "<tr><th scope=\"row\">00001</th><td>Élodie</td><td class=\"n\">77,49\u00a0€</td>"
        "<td class=\"n\">0,07\u00a0€</td><td class=\"n\">77,56\u00a0€</td>"
        "<td class=\"n\">7756</td><td class=\"n\">3,3333</td><td class=\"d\">07/03/2026</td>"
        "<td class=\"n\">3:30</td><td></td></tr>\n"
        "<tr><th scope=\"row\">00002</th>");
    has(html_of(&sample->document),
        "<tfoot><tr><th scope=\"row\">Total</th><td></td><td class=\"n\">154,98\u00a0€</td>"
        "<td class=\"n\">0,14\u00a0€</td><td class=\"n\">155,12\u00a0€</td>"
        "<td class=\"n\">15512</td><td></td><td></td><td class=\"n\">7:00</td><td></td>"
        "</tr></tfoot>\n</table>\n</div>\n"
        "<p class=\"note\">A line.</p>\n<p class=\"note alert\">Another<br/>of two</p>\n"
        "<div class=\"boxes\">\n<div class=\"box\"><strong>Left</strong><br/>to sign</div>\n"
        "<div class=\"box\"><strong>Right</strong></div>\n</div>\n");
}
END_TEST

START_TEST(english_has_its_own_forms)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->document.language = LANGUAGE_EN;
    const char *html = html_of(&sample->document);
    has(html, "<td class=\"n\">€77.49</td>");
    has(html, "<td class=\"n\">3.3333</td><td class=\"d\">2026-03-07</td>");
    has(html, " lang=\"en\" xml:lang=\"en\">");
}
END_TEST

START_TEST(an_amount_has_one_euro)
{
    static const struct column columns[] = {
        {"a", "Due (€)", CELL_MONEY, 10, true,  0, 0},
        {"b", "Due",       CELL_MONEY, 10, false, 0, 0},
    };
    const struct cell cells[] = {cell_money((struct money){-123456789}),
                                 cell_money((struct money){123456789})};
    struct plain_rows rows = {cells, 1, 2, {0}, {0}};
    set_rows(&rows, columns, LANGUAGE_FR);
    has(html_of(&rows.document), ">-1\u202f234\u202f567,89</");
    has(html_of(&rows.document), ">1\u202f234\u202f567,89\u00a0€</");
}
END_TEST

static const struct {
    enum tone tone;
    const char *text, *number;
} tones[] = {
    {TONE_PLAIN,  "<td>x</td>",                  "<td class=\"n\">1</td>"       },
    {TONE_STRONG, "<td class=\"strong\">x</td>", "<td class=\"n strong\">1</td>"},
    {TONE_QUIET,  "<td class=\"quiet\">x</td>",  "<td class=\"n quiet\">1</td>" },
    {TONE_ALERT,  "<td class=\"alert\">x</td>",  "<td class=\"n alert\">1</td>" },
};

START_TEST(tones_are_classes)
{
    static const struct column columns[] = {
        {"a", "A", CELL_TEXT,    10, false, 0, 0},
        {"b", "B", CELL_TEXT,    10, false, 0, 0},
        {"c", "C", CELL_INTEGER, 10, false, 0, 0},
    };
    const struct cell cells[] = {cell_string("id"),
                                 cell_toned(cell_string("x"), tones[_i].tone),
                                 cell_toned(cell_integer(1), tones[_i].tone)};
    struct plain_rows rows = {cells, 1, 3, {0}, {0}};
    set_rows(&rows, columns, LANGUAGE_FR);
    has(html_of(&rows.document), tones[_i].text);
    has(html_of(&rows.document), tones[_i].number);
}
END_TEST

static const struct {
    const char *text, *html;
} texts[] = {
    {"<b>&amp;</b>",                      "<td>&lt;b&gt;&amp;amp;&lt;/b&gt;</td>"     },
    {"\" onload=\"x",                     "<td>&quot; onload=&quot;x</td>"            },
    {"]]>",                               "<td>]]&gt;</td>"                           },
    {"a\nb",                              "<td>a<br/>b</td>"                          },
    {"a\001\033\177b",                    "<td>a\uFFFD\uFFFD\uFFFDb</td>"             },
    {"\xC2\x85\xEF\xBF\xBE\xEF\xBF\xBF",  "<td>\uFFFD\uFFFD\uFFFD</td>"               },
    {"é 😀 \u202f",                    "<td>é 😀 \u202f</td>"                   },
    {"see https://a.fr/x?b=1&c=2.",
     "<td>see <a rel=\"noreferrer\" href=\"https://a.fr/x?b=1&amp;c=2\">"
     "https://a.fr/x?b=1&amp;c=2</a>.</td>"                                           },
    {"(https://a.fr)",                    "<td>(<a rel=\"noreferrer\" href=\"https://a.fr\">"
                       "https://a.fr</a>)</td>"                 },
    {"https://a.fr/(b)",                  "<td><a rel=\"noreferrer\" href=\"https://a.fr/(b)\">"
                         "https://a.fr/(b)</a></td>"          },
    {"https://a\"><i>",                   "<td><a rel=\"noreferrer\" href=\"https://a\">https://a"
                        "</a>&quot;&gt;&lt;i&gt;</td>"         },
    {"http://a.fr javascript:x https://", "<td>http://a.fr javascript:x https://</td>"},
    {"0123456789abcdef0123456789abcdef",
     "<td class=\"x\">0123456789abcdef0123456789abcdef</td>"                          },
};

START_TEST(texts_are_escaped_and_addresses_lead_somewhere)
{
    static const struct column columns[] = {
        {"a", "A", CELL_TEXT, 10, false, 0, 0},
        {"b", "B", CELL_TEXT, 10, false, 0, 0},
    };
    const struct cell cells[] = {cell_string("id"), cell_string(texts[_i].text)};
    struct plain_rows rows = {cells, 1, 2, {0}, {0}};
    set_rows(&rows, columns, LANGUAGE_FR);
    has(html_of(&rows.document), texts[_i].html);
}
END_TEST

START_TEST(nothing_of_a_document_becomes_markup_or_style)
{
    static const struct column columns[] = {
        {"a", "</th><script>", CELL_TEXT, 10, false, 0, 0},
        {"b", "B",             CELL_TEXT, 10, false, 0, 0},
    };
    static const char *const boxes[] = {"<script>\n</div><script>"};
    static const struct note notes[] = {
        {TONE_PLAIN, "<script>"}
    };
    const struct cell cells[] = {cell_string("<script>"), cell_empty()};
    struct plain_rows rows = {cells, 1, 2, {0}, {0}};
    set_rows(&rows, columns, LANGUAGE_FR);
    rows.table.sheet = "<script>";
    rows.table.title = "</h3><script>";
    rows.table.before = rows.table.after = notes;
    rows.table.before_count = rows.table.after_count = 1;
    rows.table.boxes = boxes;
    rows.table.box_count = 1;
    rows.document.title = "</title><script>";
    rows.document.author = "\"><script>";
    rows.document.subject = "'\"/><script>";
    rows.document.footer = "\"}</style><script>*{x:url(//a)}\\";
    const char *html = html_of(&rows.document);
    ck_assert_uint_eq(count_of(html, "<script"), 0);
    ck_assert_uint_eq(count_of(html, "</style>"), 1);
    const char *style = strstr(html, "<style>");
    ck_assert_ptr_nonnull(style);
    ck_assert_uint_eq(count_of(style, "url("),
                      count_of(strstr(style, "</style>"), "url("));
}
END_TEST

START_TEST(a_page_asks_for_nothing)
{
    static const char *const asking[] = {"src=", "<link",   "@import", "<iframe", "<form",
                                         "<img", "<object", "onclick", "http:"};
    struct sample *sample = sample_new(&keep, 2);
    const char *html = html_of(&sample->document);
    has(html, "<meta http-equiv=\"Content-Security-Policy\" "
              "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>");
    const char *after = strstr(html, "xhtml\"");
    ck_assert_ptr_nonnull(after);
    for (size_t i = 0; i < ARRAY_COUNT(asking); i++) {
        ck_assert_msg(strstr(after, asking[i]) == NULL, "%s", asking[i]);
    }
}
END_TEST

START_TEST(wide_tables_lie_on_their_side)
{
    struct sample *sample = sample_new(&keep, 2);
    has(html_of(&sample->document), "<section class=\"landscape\"");
    static const struct column columns[] = {
        {"a", "A", CELL_TEXT, 95, false, 0, 0},
        {"b", "B", CELL_TEXT, 0,  false, 0, 0},
    };
    const struct cell cells[] = {cell_string("id"), cell_string("x")};
    struct plain_rows rows = {cells, 1, 2, {0}, {0}};
    set_rows(&rows, columns, LANGUAGE_FR);
    has(html_of(&rows.document), "<section aria-labelledby=\"section-1\">");
}
END_TEST

START_TEST(an_empty_table_says_so)
{
    struct sample *sample = sample_new(&keep, 0);
    const char *html = html_of(&sample->document);
    ck_assert_uint_eq(
        count_of(html, "<tr><td class=\"quiet\" colspan=\"10\">No line.</td></tr>"), 3);
    has(html, "<td class=\"n\">0,00\u00a0€</td>");
}
END_TEST

/* Each sheet is a section in the list; what is said in a heading is not said again. */
START_TEST(sections_have_headings_once)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->tables[2].title = "Two of them";
    const char *html = html_of(&sample->document);
    has(html, "<li><a href=\"#section-1\">Detail</a></li>\n"
              "<li><a href=\"#section-2\">Two of them</a></li>\n</ul></nav>");
    ck_assert_uint_eq(count_of(html, "<h2 "), 2);
    ck_assert_uint_eq(count_of(html, "<h3 "), 1);
    ck_assert_uint_eq(count_of(html, "aria-labelledby=\"section-2\""), 3);
    sample->document.table_count = 1;
    ck_assert_ptr_null(strstr(html_of(&sample->document), "<nav"));
}
END_TEST

START_TEST(facts_are_terms_and_what_they_are)
{
    static const struct column columns[] = {
        {"a", "A", CELL_TEXT, 10, false, 0, 0},
        {"b", "B", CELL_TEXT, 90, false, 0, 0},
    };
    const struct cell cells[] = {cell_string("rate"), cell_money((struct money){1374}),
                                 cell_string("text"), cell_string("https://a.fr")};
    static const struct note notes[] = {
        {TONE_PLAIN, "A sentence."    },
        {TONE_QUIET, "    and another"}
    };
    struct plain_rows rows = {cells, 2, 2, {0}, {0}};
    set_rows(&rows, columns, LANGUAGE_EN);
    rows.table.facts = true;
    rows.table.sheet = NULL;
    rows.table.before = notes;
    rows.table.before_count = 2;
    has(html_of(&rows.document),
        "<h3 id=\"table-1\">Table</h3>\n<p class=\"note\">A sentence.</p>\n"
        "<p class=\"note in quiet\">and another</p>\n<dl class=\"facts\">\n"
        "<div class=\"fact\"><dt>rate</dt><dd class=\"n\">€13.74</dd></div>\n"
        "<div class=\"fact\"><dt>text</dt><dd><a rel=\"noreferrer\" "
        "href=\"https://a.fr\">https://a.fr</a></dd></div>\n</dl>\n</section>");
    rows.table.facts = false;
    rows.table.column_count = 0;
    ck_assert_ptr_null(strstr(html_of(&rows.document), "<table"));
}
END_TEST

START_TEST(invalid_utf8_is_not_published)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->name = STR("\xC9lodie");
    struct written written =
        document_written(&keep, "/tmp", "a.html", &sample->document, 0);
    ck_assert(!written.done);
    ck_assert_str_eq(first_code(written.diag), "W009");
}
END_TEST

START_TEST(a_document_without_a_page_is_refused)
{
    struct sample *sample = sample_new(&keep, 1);
    for (size_t i = 0; i < 3; i++) {
        sample->tables[i].audience &= ~(unsigned)FOR_PAGE;
    }
    struct written written =
        document_written(&keep, "/tmp", "a.html", &sample->document, 0);
    ck_assert(!written.done);
    ck_assert_str_eq(first_code(written.diag), "F005");
}
END_TEST

START_TEST(long_pages_are_written_whole)
{
    struct sample *sample = sample_new(&keep, 20000);
    sample->document.table_count = 1;
    const char *html = html_of(&sample->document);
    ck_assert_uint_eq(count_of(html, "\n<tr><th scope=\"row\">"), 20000);
    has(html, "<tfoot><tr><th scope=\"row\">Total</th><td></td>"
              "<td class=\"n\">1\u202f549\u202f800,00\u00a0€</td>");
    has(html, "<td class=\"n\">70000:00</td>");
}
END_TEST

Suite *
test_output_html_suite(void)
{
    Suite *suite = suite_create("output_html");
    TCase *tcase = tcase_create("output_html");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_add_test(tcase, the_body_is_as_documented);
    tcase_add_test(tcase, english_has_its_own_forms);
    tcase_add_test(tcase, an_amount_has_one_euro);
    tcase_add_loop_test(tcase, tones_are_classes, 0, (int)ARRAY_COUNT(tones));
    tcase_add_loop_test(tcase, texts_are_escaped_and_addresses_lead_somewhere, 0,
                        (int)ARRAY_COUNT(texts));
    tcase_add_test(tcase, nothing_of_a_document_becomes_markup_or_style);
    tcase_add_test(tcase, a_page_asks_for_nothing);
    tcase_add_test(tcase, wide_tables_lie_on_their_side);
    tcase_add_test(tcase, an_empty_table_says_so);
    tcase_add_test(tcase, sections_have_headings_once);
    tcase_add_test(tcase, facts_are_terms_and_what_they_are);
    tcase_add_test(tcase, invalid_utf8_is_not_published);
    tcase_add_test(tcase, a_document_without_a_page_is_refused);
    tcase_add_test(tcase, long_pages_are_written_whole);
    suite_add_tcase(suite, tcase);
    return suite;
}
