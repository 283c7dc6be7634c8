/* SPDX-License-Identifier: Apache-2.0 */
/* What the writer of HTML is made of: the document and its tables (output_html.c), text
 * (output_html_text.c) and the looks (output_html_style.c). */
#ifndef DEFRAY_OUTPUT_HTML_PARTS_H
#define DEFRAY_OUTPUT_HTML_PARTS_H

#include "output_page_parts.h"

struct html {
    struct output_stream stream;
    const struct document *document;
    struct arena own; /* apart from the arena that rows are produced in */
};

void html_put(struct html *html, const char *markup);
/* Markup with numbers or words that need no escape. */
void html_printf(struct html *html, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Escaped for elements and attributes; what XML cannot hold shows as U+FFFD. */
void html_put_text(struct html *html, struct text t);
/* The same with a break for each line and a link for each https address. */
void html_put_rich(struct html *html, struct text t);
/* A string of a style sheet, within quotes. */
void html_put_css_string(struct html *html, struct text t);
void html_put_style(struct html *html);
/* What the page may do; and the lines that sort its tables, if they can be sorted. */
void html_put_policy(struct html *html);
void html_put_sort(struct html *html);
/* The picture of a table that has one (output_html_chart.c). */
void html_put_chart(struct html *html, struct arena scratch, const struct table *table);

#endif
