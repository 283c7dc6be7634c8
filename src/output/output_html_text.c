/* SPDX-License-Identifier: Apache-2.0 */
/* Text within markup: nothing of a document can become an element, an attribute or a style. */
#include "output_html_parts.h"

#include <stdarg.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

void
html_put(struct html *html, const char *markup)
{
    output_stream_add(&html->stream, text_of(markup));
}

void
html_printf(struct html *html, const char *format, ...)
{
    struct arena own = html->own;
    va_list arguments;
    va_start(arguments, format);
    html_put(html, arena_vprintf(&own, format, arguments));
    va_end(arguments);
}

/* What stands for the bytes at the start of t, or NULL for themselves; how many they are. */
static const char *
escape_for(struct text t, size_t *size)
{
    unsigned char c = (unsigned char)t.data[0];
    *size = 1;
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t':
    case '\n': return NULL;
    case '\r': return " ";
    case 0x7F: return REPLACEMENT;
    }
    if (c < 0x20) {
        return REPLACEMENT;
    }
    if (c == 0xC2 && (unsigned char)t.data[1] < 0xA0) { /* controls above ASCII */
        *size = 2;
        return REPLACEMENT;
    }
    if (c == 0xEF && memcmp(t.data, "\xEF\xBF\xBE", 2) == 0 &&
        (unsigned char)t.data[2] >= 0xBE) { /* U+FFFE and U+FFFF are no characters */
        *size = 3;
        return REPLACEMENT;
    }
    return NULL;
}

static bool
is_text(struct html *html, struct text t)
{
    return output_stream_takes(&html->stream, t);
}

static void
put_escaped(struct html *html, struct text t)
{
    size_t from = 0;
    size_t size = 1;
    for (size_t i = 0; i < t.size; i += size) {
        const char *escape = escape_for((struct text){t.data + i, t.size - i}, &size);
        if (escape != NULL) {
            output_stream_add(&html->stream, (struct text){t.data + from, i - from});
            html_put(html, escape);
            from = i + size;
        }
    }
    output_stream_add(&html->stream, (struct text){t.data + from, t.size - from});
}

void
html_put_text(struct html *html, struct text t)
{
    if (is_text(html, t)) {
        put_escaped(html, t);
    }
}

static void
put_lines(struct html *html, struct text t)
{
    const char *end = t.size == 0 ? NULL : memchr(t.data, '\n', t.size);
    while (end != NULL) {
        size_t size = (size_t)(end - t.data);
        put_escaped(html, (struct text){t.data, size});
        html_put(html, "<br/>");
        t = (struct text){end + 1, t.size - size - 1};
        end = t.size == 0 ? NULL : memchr(t.data, '\n', t.size);
    }
    put_escaped(html, t);
}

void
html_put_rich(struct html *html, struct text t)
{
    struct page_run run;
    if (!is_text(html, t)) {
        return;
    }
    while (page_run_next(&t, &run)) {
        if (run.is_link) {
            html_put(html, "<a rel=\"noreferrer\" href=\"");
            put_escaped(html, run.text);
            html_put(html, "\">");
            put_escaped(html, run.text);
            html_put(html, "</a>");
        } else {
            put_lines(html, run.text);
        }
    }
}

void
html_put_css_string(struct html *html, struct text t)
{
    if (!is_text(html, t)) {
        return;
    }
    html_put(html, "\"");
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        bool plain = c == ' ' || c >= 0x80 || (c >= '0' && c <= '9') ||
                     (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (plain) {
            output_stream_add(&html->stream, (struct text){t.data + i, 1});
        } else {
            html_printf(html, "\\%06X ", c < ' ' || c == 0x7F ? ' ' : c);
        }
    }
    html_put(html, "\"");
}
