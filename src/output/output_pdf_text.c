/* SPDX-License-Identifier: Apache-2.0 */
/* Text on paper: what the font can show, how wide it is, and where a line may break: at
 * spaces, after hyphens and slashes, and within a word only if it is wider than its line. */
#include "defray/windows_1252.h"

#include "output_pdf_parts.h"

#include <assert.h>
#include <string.h>

#define REPLACEMENT        "\xEF\xBF\xBD" /* U+FFFD, which the font has */
#define LEADING_THOUSANDTH 1240
#define NARROW_SPACE       0x202F
#define WHOLE_SPACE        "\u00a0"
#define SOFT_HYPHEN        0xAD /* a reader of PDF takes it for a hyphen */

/* The character at `at`, which is moved past it. The text is valid UTF-8. */
static uint32_t
next_character(struct text t, size_t *at)
{
    unsigned char lead = (unsigned char)t.data[(*at)++];
    if (lead < 0x80) {
        return lead;
    }
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    uint32_t character = lead & (0x3Fu >> more);
    for (; more > 0 && *at < t.size; more--) {
        character = character << 6 | ((unsigned char)t.data[(*at)++] & 0x3Fu);
    }
    return character;
}

static bool
is_plain(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        if ((c < ' ' && c != '\n') || c > '~') {
            return false;
        }
    }
    return true;
}

static bool
is_control(uint32_t character)
{
    return character < ' ' || (character >= 0x7F && character < 0xA0);
}

static void
warn_replaced(struct pdf *pdf, uint32_t character)
{
    if (!pdf->replaced) {
        pdf->replaced = true;
        diag_warning(
            pdf->diag, (struct where){0}, CODE_W010,
            "output '%s' shows � for characters that its font lacks (the first is U+%04X)",
            pdf->file->target, (unsigned)character);
    }
}

struct text
pdf_clean(struct pdf *pdf, struct text t)
{
    if (is_plain(t)) {
        return t;
    }
    if (!pdf->failed && !output_text_check(t, pdf->diag)) {
        pdf->failed = true;
    }
    if (pdf->failed) {
        return STR("");
    }
    char *clean = NEW_ARRAY(&pdf->own, char, t.size *(sizeof REPLACEMENT - 1) + 1);
    size_t filled = 0;
    for (size_t i = 0; i < t.size;) {
        size_t from = i;
        uint32_t character = next_character(t, &i);
        if (character == '\t' || character == '\r') {
            clean[filled++] = ' ';
        } else if (character == NARROW_SPACE) {
            memcpy(clean + filled, WHOLE_SPACE, sizeof WHOLE_SPACE - 1);
            filled += sizeof WHOLE_SPACE - 1;
        } else if (character == '\n' ||
                   (!is_control(character) && pdf_has_letter(pdf, character))) {
            memcpy(clean + filled, t.data + from, i - from);
            filled += i - from;
        } else {
            warn_replaced(pdf, character);
            memcpy(clean + filled, REPLACEMENT, sizeof REPLACEMENT - 1);
            filled += sizeof REPLACEMENT - 1;
        }
    }
    return (struct text){clean, filled};
}

const char *
pdf_western(struct arena *own, struct text t)
{
    char *bytes = NEW_ARRAY(own, char, t.size + 1);
    size_t filled = 0;
    for (size_t i = 0; i < t.size;) {
        uint32_t character = next_character(t, &i);
        int byte = windows_1252_byte(character);
        if (byte < 0 || character == SOFT_HYPHEN) {
            return NULL;
        }
        bytes[filled++] = (char)byte;
    }
    return bytes;
}

/* Whether a line may end after the character. */
static bool
ends_piece(uint32_t character)
{
    return character == ' ' || character == '-' || character == '/' ||
           character == 0x2010 || character == 0x2013;
}

static int64_t
larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

struct pdf_extent
pdf_measure(struct pdf *pdf, bool bold, struct text t)
{
    struct pdf_extent extent = {0, 0};
    int64_t word = 0;
    int64_t line = 0;
    for (size_t i = 0; i < t.size;) {
        uint32_t character = next_character(t, &i);
        int64_t width = character == '\n' ? 0 : pdf_letter(pdf, bold, character);
        word += character == ' ' ? 0 : width; /* a space at the end takes no room */
        line += width;
        extent.word = larger(extent.word, word);
        extent.line = larger(extent.line, line);
        if (character == '\n' || ends_piece(character)) {
            word = 0;
            line = character == '\n' ? 0 : line;
        }
    }
    return extent;
}

/* The state of wrapping: byte offsets, and widths in thousandths of the size. */
struct wrap {
    size_t start; /* of the line */
    size_t end;   /* where it may end, spaces left out */
    size_t next;  /* where the next one would start */
    int64_t width, end_width, next_width;
};

static void
push_line(struct arena *keep, struct pdf_lines *lines, struct text t, int64_t width)
{
    *ARRAY_PUSH(keep, lines) = (struct pdf_line){t, width};
}

/* Ends the line where it may, or before the character at `at` if it may nowhere. */
static void
end_line(struct arena *keep, struct pdf_lines *lines, struct text t, struct wrap *wrap,
         size_t at)
{
    if (wrap->next == wrap->start) {
        wrap->end = at;
        wrap->next = at;
        wrap->end_width = wrap->width;
        wrap->next_width = wrap->width;
    }
    push_line(keep, lines, (struct text){t.data + wrap->start, wrap->end - wrap->start},
              wrap->end_width);
    wrap->start = wrap->next;
    wrap->width -= wrap->next_width;
    wrap->next_width = 0;
}

static void
wrap_paragraph(struct pdf *pdf, struct text t, bool bold, int64_t room,
               struct pdf_lines *lines)
{
    struct wrap wrap = {0};
    for (size_t i = 0; i < t.size;) {
        size_t from = i;
        uint32_t character = next_character(t, &i);
        int64_t width = pdf_letter(pdf, bold, character);
        while (character != ' ' && wrap.width + width > room && from > wrap.start) {
            end_line(&pdf->own, lines, t, &wrap, from);
        }
        wrap.width += width;
        if (ends_piece(character)) {
            wrap.end = character == ' ' ? from : i;
            wrap.end_width = wrap.width - (character == ' ' ? width : 0);
            wrap.next = i;
            wrap.next_width = wrap.width;
        }
    }
    push_line(&pdf->own, lines, (struct text){t.data + wrap.start, t.size - wrap.start},
              wrap.width);
}

struct pdf_lines
pdf_wrap(struct pdf *pdf, struct text t, struct pdf_face face, int64_t width)
{
    struct pdf_lines lines = {0};
    int64_t room = (width + 1) * 1000 * 1000 / (face.size * face.stretch);
    while (true) {
        const char *end = t.size == 0 ? NULL : memchr(t.data, '\n', t.size);
        size_t size = end == NULL ? t.size : (size_t)(end - t.data);
        wrap_paragraph(pdf, (struct text){t.data, size}, face.bold, room, &lines);
        if (end == NULL) {
            break;
        }
        t = (struct text){end + 1, t.size - size - 1};
    }
    for (size_t i = 0; i < lines.count; i++) {
        lines.items[i].width = lines.items[i].width * face.size * face.stretch / 1000000;
    }
    return lines;
}

int64_t
pdf_leading(struct pdf_face face)
{
    return face.size * LEADING_THOUSANDTH / 1000;
}

struct pdf_face
pdf_toned(enum tone tone, int64_t size, int64_t stretch)
{
    return (struct pdf_face){
        .size = size,
        .stretch = stretch,
        .colour = tone == TONE_QUIET   ? PDF_GREY
                  : tone == TONE_ALERT ? PDF_RED
                                       : PDF_INK,
        .bold = tone == TONE_STRONG || tone == TONE_ALERT,
        .slanted = tone == TONE_QUIET,
    };
}
