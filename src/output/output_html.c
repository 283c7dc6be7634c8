/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTML: one file that asks nothing of a network and runs nothing (but output_html_sort.c), to
 * be read on a screen, on a telephone or on paper. It is well-formed XML too, so that any reader
 * of XML can check it. Rows are written as they come.
 */
#include "output_html_parts.h"

#include <string.h>

#define OWN_BYTES      ((size_t)1 << 20)
#define PORTRAIT_WIDTH 95 /* characters that a portrait page takes */
#define LONG_WORD      28 /* bytes: of a fingerprint or a path; it may break anywhere */

struct html_sink {
    struct row_sink sink;
    struct html *html;
    const struct table *table;
    size_t header; /* the column that names the row */
    struct page_sums sums;
};

/* What an element shows of a cell. */
struct look {
    const char *element;
    const char *attributes;
    enum cell_type type;
    enum tone tone;
    bool breaks;
};

static const char *const tone_words[] = {
    [TONE_PLAIN] = "",
    [TONE_STRONG] = "strong",
    [TONE_QUIET] = "quiet",
    [TONE_ALERT] = "alert",
};

static bool
has_long_word(struct text t)
{
    size_t word = 0;
    for (size_t i = 0; i < t.size && word <= LONG_WORD; i++) {
        word = (unsigned char)t.data[i] <= ' ' ? 0 : word + 1;
    }
    return word > LONG_WORD;
}

static void
put_classes(struct html *html, const char *kind, enum tone tone)
{
    const char *word = tone_words[tone];
    if (kind[0] != '\0' || word[0] != '\0') {
        html_put(html, " class=\"");
        html_put(html, kind);
        html_put(html, kind[0] != '\0' && word[0] != '\0' ? " " : "");
        html_put(html, word);
        html_put(html, "\"");
    }
}

static void
put_open(struct html *html, struct look look)
{
    const char *kind = page_is_number(look.type) ? "n"
                       : look.type == CELL_DATE  ? "d"
                       : look.breaks             ? "x"
                                                 : "";
    html_put(html, "<");
    html_put(html, look.element);
    html_put(html, look.attributes);
    put_classes(html, kind, look.tone);
    html_put(html, ">");
}

static void
put_close(struct html *html, const char *element)
{
    html_put(html, "</");
    html_put(html, element);
    html_put(html, ">");
}

static void
put_cell(struct html *html, const struct column *column, const struct cell *cell,
         struct look look)
{
    struct arena own = html->own;
    struct text text = page_cell(&own, html->document, column, cell);
    look.type = cell->type;
    look.tone = cell->tone;
    look.breaks = has_long_word(text);
    put_open(html, look);
    html_put_rich(html, text);
    put_close(html, look.element);
}

static void
put_row(struct row_sink *sink, const struct cell *cells)
{
    struct html_sink *rows = (struct html_sink *)sink;
    const struct table *table = rows->table;
    static const struct look plain = {"td", "", CELL_EMPTY, TONE_PLAIN, false};
    static const struct look naming = {"th", " scope=\"row\"", CELL_EMPTY, TONE_PLAIN,
                                       false};
    html_put(rows->html, "<tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        put_cell(rows->html, &table->columns[i], &cells[i],
                 i == rows->header ? naming : plain);
    }
    html_put(rows->html, "</tr>\n");
    page_sums_add(&rows->sums, table, cells);
}

static void
put_fact(struct row_sink *sink, const struct cell *cells)
{
    struct html_sink *rows = (struct html_sink *)sink;
    static const struct look term = {"dt", "", CELL_EMPTY, TONE_PLAIN, false};
    static const struct look value = {"dd", "", CELL_EMPTY, TONE_PLAIN, false};
    html_put(rows->html, "<div class=\"fact\">");
    put_cell(rows->html, &rows->table->columns[0], &cells[0], term);
    put_cell(rows->html, &rows->table->columns[1], &cells[1], value);
    html_put(rows->html, "</div>\n");
}

static void
put_header(struct html *html, const struct table *table)
{
    int width = page_table_width(table);
    html_put(html, "<colgroup>");
    for (size_t i = 0; i < table->column_count; i++) {
        html_printf(html, "<col style=\"width:%d%%\"/>",
                    table->columns[i].width * 100 / (width > 0 ? width : 1));
    }
    html_put(html, "</colgroup>\n<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        struct look look = {"th", " scope=\"col\"", table->columns[i].type, TONE_PLAIN,
                            false};
        put_open(html, look);
        html_put_text(html, text_of(table->columns[i].title));
        put_close(html, look.element);
    }
    html_put(html, "</tr></thead>\n<tbody>\n");
}

static void
put_totals(struct html_sink *rows)
{
    struct html *html = rows->html;
    const struct table *table = rows->table;
    if (!page_has_totals(table)) {
        return;
    }
    html_put(html, "<tfoot><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        static const struct look sum = {"td", "", CELL_EMPTY, TONE_PLAIN, false};
        static const struct look label = {"th", " scope=\"row\"", CELL_EMPTY, TONE_PLAIN,
                                          false};
        struct cell cell = page_total(&rows->sums, html->document, table, i);
        put_cell(html, &table->columns[i], &cell,
                 i == 0 && cell.type == CELL_TEXT ? label : sum);
    }
    html_put(html, "</tr></tfoot>\n");
}

/* Notes stand above a table and below it; the indented ones belong to the one before. */
static void
put_notes(struct html *html, const struct note *notes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text text = text_of(notes[i].text);
        struct text trimmed = text_trim(text);
        if (trimmed.size > 0) {
            html_put(html, "<p");
            put_classes(html, text.data[0] == ' ' ? "note in" : "note", notes[i].tone);
            html_put(html, ">");
            html_put_rich(html, trimmed);
            html_put(html, "</p>\n");
        }
    }
}

static void
put_boxes(struct html *html, const struct table *table)
{
    html_put(html, table->box_count > 0 ? "<div class=\"boxes\">\n" : "");
    for (size_t i = 0; i < table->box_count; i++) {
        struct text box = text_of(table->boxes[i]);
        const char *end = box.size == 0 ? NULL : memchr(box.data, '\n', box.size);
        size_t size = end == NULL ? box.size : (size_t)(end - box.data);
        html_put(html, "<div class=\"box\"><strong>");
        html_put_text(html, (struct text){box.data, size});
        html_put(html, "</strong>");
        html_put_rich(html, (struct text){box.data + size, box.size - size});
        html_put(html, "</div>\n");
    }
    html_put(html, table->box_count > 0 ? "</div>\n" : "");
}

static void
put_title(struct html *html, const char *title, const char *id)
{
    html_printf(html, "<h3 id=\"%s\">", id);
    html_put_text(html, text_of(title));
    html_put(html, "</h3>");
}

/* The table itself, named by the heading of that id; `caption` is its own title, or NULL. */
static void
put_grid(struct html *html, struct arena scratch, const struct table *table,
         const char *id, const char *caption)
{
    struct html_sink rows = {
        .sink = {put_row},
        .html = html,
        .table = table,
        .header = page_row_header(table),
    };
    int width = page_table_width(table);
    html_printf(html,
                "<div class=\"scroll%s%s\" role=\"region\" tabindex=\"0\" "
                "aria-labelledby=\"%s\">\n<table class=\"sized\" style=\"--w:%d\" "
                "aria-labelledby=\"%s\">\n",
                table->list ? " list" : "", width > PORTRAIT_WIDTH ? " wide" : "", id,
                width > 0 ? width : 1, id);
    if (caption != NULL) {
        html_put(html, "<caption>");
        put_title(html, caption, id);
        html_put(html, "</caption>\n");
    }
    put_header(html, table);
    table_produce(table, scratch, &rows.sink);
    if (rows.sums.rows == 0) {
        html_printf(html, "<tr><td class=\"quiet\" colspan=\"%zu\">",
                    table->column_count);
        html_put_text(html, text_of(tr(html->document->language, N_("No line."))));
        html_put(html, "</td></tr>\n");
    }
    html_put(html, "</tbody>\n");
    put_totals(&rows);
    html_put(html, "</table>\n</div>\n");
}

static void
put_facts(struct html *html, struct arena scratch, const struct table *table)
{
    struct html_sink rows = {.sink = {put_fact}, .html = html, .table = table};
    html_put(html, "<dl class=\"facts\">\n");
    table_produce(table, scratch, &rows.sink);
    html_put(html, "</dl>\n");
}

/* A table with all that belongs to it. `above` is the id of the heading it stands under. */
static void
put_table(struct html *html, struct arena scratch, const struct table *table,
          const char *above)
{
    struct arena own = html->own;
    size_t index = (size_t)(table - html->document->tables);
    const char *title = page_title(html->document, table);
    const char *id = title == NULL ? above : arena_printf(&own, "table-%zu", index + 1);
    bool grid = table->column_count > 0 && !table->facts;
    bool captioned = title != NULL && grid && table->before_count == 0;
    html->own = own;
    if (title != NULL && !captioned) {
        put_title(html, title, id);
        html_put(html, "\n");
    }
    put_notes(html, table->before, table->before_count);
    if (grid) {
        put_grid(html, scratch, table, id, captioned ? title : NULL);
    } else if (table->facts) {
        put_facts(html, scratch, table);
    }
    if (table->chart != NULL) {
        html_put_chart(html, scratch, table);
    }
    put_notes(html, table->after, table->after_count);
    put_boxes(html, table);
}

static bool
is_wide(struct page_section section)
{
    for (size_t i = 0; i < section.count; i++) {
        const struct table *table = &section.tables[i];
        if (!table->facts && page_table_width(table) > PORTRAIT_WIDTH) {
            return true;
        }
    }
    return false;
}

/* What the document is; on the paper of its section. */
static void
put_header_block(struct html *html, struct page_section section, size_t number)
{
    const struct document *document = html->document;
    html_printf(html, "<header%s>\n<h1%s>",
                is_wide(section) ? " class=\"landscape\"" : "",
                number == 1 ? " id=\"title\"" : "");
    html_put_text(html, text_of(document->title));
    html_put(html, "</h1>\n");
    const char *parts[] = {document->subject, document->author};
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        if (parts[i] != NULL && parts[i][0] != '\0') {
            html_put(html, "<p class=\"by\">");
            html_put_text(html, text_of(parts[i]));
            html_put(html, "</p>\n");
        }
    }
    html_put(html, "</header>\n");
}

static void
put_section(struct html *html, struct arena scratch, struct page_section section,
            size_t number)
{
    const char *sheet = page_heading(&section.tables[0]);
    struct arena own = html->own;
    const char *id = sheet == NULL ? "title" : arena_printf(&own, "section-%zu", number);
    struct arena before = html->own;
    html->own = own;
    html_printf(html, "<section%s aria-labelledby=\"%s\">\n",
                is_wide(section) ? " class=\"landscape\"" : "", id);
    if (html->document->leaflets) {
        put_header_block(html, section, number);
    }
    if (sheet != NULL) {
        html_printf(html, "<h2 id=\"%s\">", id);
        html_put_text(html, text_of(sheet));
        html_put(html, "</h2>\n");
    }
    for (size_t i = 0; i < section.count; i++) {
        put_table(html, scratch, &section.tables[i], id);
    }
    html_put(html, "</section>\n");
    html->own = before;
}

/* The list of sections, if there is more than one. */
static void
put_navigation(struct html *html)
{
    const struct document *document = html->document;
    struct page_section section;
    size_t number = 0;
    size_t at = 0;
    while (page_section_find(document, at, &section)) {
        at = page_section_end(document, section);
        number++;
    }
    if (number < 2) {
        return;
    }
    html_put(html, "<nav aria-label=\"");
    html_put_text(html, text_of(tr(document->language, N_("Contents"))));
    html_put(html, "\"><ul>\n");
    number = 0;
    for (at = 0; page_section_find(document, at, &section);
         at = page_section_end(document, section)) {
        number++;
        if (page_heading(&section.tables[0]) != NULL) {
            html_printf(html, "<li><a href=\"#section-%zu\">", number);
            html_put_text(html, text_of(page_heading(&section.tables[0])));
            html_put(html, "</a></li>\n");
        }
    }
    html_put(html, "</ul></nav>\n");
}

static void
put_meta(struct html *html, const char *name, const char *content)
{
    if (content != NULL && content[0] != '\0') {
        html_printf(html, "<meta name=\"%s\" content=\"", name);
        html_put_text(html, text_of(content));
        html_put(html, "\"/>\n");
    }
}

/* The heading goes on the paper of the first section, or of each leaflet. */
static void
put_head(struct html *html, struct page_section first)
{
    const struct document *document = html->document;
    const char *language = language_text(document->language);
    html_printf(html,
                "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
                "lang=\"%s\" xml:lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n",
                language, language);
    html_put_policy(html);
    put_meta(html, "viewport", "width=device-width, initial-scale=1");
    put_meta(html, "author", document->author);
    put_meta(html, "description", document->subject);
    html_put(html, "<title>");
    html_put_text(html, text_of(document->title));
    html_put(html, "</title>\n");
    html_put_style(html);
    html_put(html, "</head>\n<body>\n");
    if (!document->leaflets) {
        put_header_block(html, first, 1);
    }
}

bool
output_html_write(struct arena scratch, const struct document *document,
                  struct staged *file, struct diag *diag)
{
    struct page_section section;
    if (!page_section_find(document, 0, &section)) {
        return diag_error(diag, (struct where){0}, CODE_F005,
                          "output '%s' not written: this result has no table for a page",
                          file->target);
    }
    struct html html = {
        .stream = output_stream_new(&scratch, file, diag),
        .document = document,
        .own = arena_part(&scratch, OWN_BYTES),
    };
    put_head(&html, section);
    put_navigation(&html);
    html_put(&html, "<main>\n");
    size_t number = 0;
    for (size_t at = 0; page_section_find(document, at, &section);
         at = page_section_end(document, section)) {
        put_section(&html, scratch, section, ++number);
    }
    html_put(&html, "</main>\n");
    if (document->footer != NULL && document->footer[0] != '\0') {
        html_put(&html, "<footer>");
        html_put_text(&html, text_of(document->footer));
        html_put(&html, "</footer>\n");
    }
    html_put_sort(&html);
    html_put(&html, "</body>\n</html>\n");
    return output_stream_finish(&html.stream);
}
