/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around tables: headings, notes, and boxes to sign, which stay together with the
 * notes that close the table. */
#include "output_pdf_parts.h"

#include <string.h>

#define SIZE_HEADING (15 * PDF_POINT)
#define SIZE_SHEET   (12 * PDF_POINT)
#define SIZE_TITLE   (10 * PDF_POINT)
#define INDENT       (14 * PDF_POINT)
#define BOX_HEIGHT   (92 * PDF_POINT)
#define BOX_GAP      (12 * PDF_POINT)
#define RULE         (1200 * PDF_POINT / 1000)

static struct pdf_lines
lines_of(struct pdf *pdf, const struct pdf_paragraph *paragraph)
{
    return pdf_wrap(pdf, pdf_clean(pdf, paragraph->text), paragraph->face,
                    pdf_width(pdf) - paragraph->indent);
}

void
pdf_put_paragraph(struct pdf *pdf, const struct pdf_paragraph *paragraph)
{
    struct arena before = pdf->own;
    struct pdf_lines lines = lines_of(pdf, paragraph);
    int64_t leading = pdf_leading(paragraph->face);
    pdf->top += pdf->fresh ? 0 : paragraph->above;
    for (size_t i = 0; i < lines.count && !pdf->failed; i++) {
        pdf_need(pdf, leading);
        pdf_show(pdf, pdf_left(pdf) + paragraph->indent, pdf->top, lines.items[i].text,
                 paragraph->face);
        pdf->top += leading;
        pdf->fresh = false;
    }
    pdf->top += paragraph->below;
    pdf->own = before;
}

int64_t
pdf_paragraph_height(struct pdf *pdf, const struct pdf_paragraph *paragraph)
{
    struct arena before = pdf->own;
    size_t lines = lines_of(pdf, paragraph).count;
    pdf->own = before;
    return paragraph->above + (int64_t)lines * pdf_leading(paragraph->face) +
           paragraph->below;
}

void
pdf_put_heading(struct pdf *pdf)
{
    const struct document *document = pdf->document;
    const char *parts[] = {document->subject, document->author};
    struct pdf_paragraph paragraph = {
        .text = text_of(document->title),
        .face = {SIZE_HEADING, 1000, PDF_BAND, true, false},
        .below = PDF_GAP / 3,
    };
    pdf_put_paragraph(pdf, &paragraph);
    paragraph.face = (struct pdf_face){PDF_SIZE_NOTE, 1000, PDF_GREY, false, false};
    paragraph.below = 0;
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        if (parts[i] != NULL && parts[i][0] != '\0') {
            paragraph.text = text_of(parts[i]);
            pdf_put_paragraph(pdf, &paragraph);
        }
    }
    pdf->top += 2 * PDF_GAP;
}

void
pdf_put_sheet_title(struct pdf *pdf, const char *title)
{
    struct pdf_paragraph paragraph = {
        .text = text_of(title),
        .face = {SIZE_SHEET, 1000, PDF_BAND, true, false},
        .below = PDF_GAP / 3,
    };
    pdf_put_paragraph(pdf, &paragraph);
    pdf_fill(pdf, (struct pdf_box){pdf_left(pdf), pdf->top, pdf_width(pdf), RULE},
             PDF_BAND);
    pdf->top += RULE + PDF_GAP;
}

void
pdf_put_table_title(struct pdf *pdf, const char *title)
{
    struct pdf_paragraph paragraph = {
        .text = text_of(title),
        .face = {SIZE_TITLE, 1000, PDF_INK, true, false},
        .below = PDF_GAP / 2,
    };
    pdf_put_paragraph(pdf, &paragraph);
}

/* A note as a paragraph; false if it says nothing. */
static bool
note_paragraph(const struct note *note, struct pdf_paragraph *paragraph)
{
    struct text text = text_of(note->text);
    *paragraph = (struct pdf_paragraph){
        .text = text_trim(text),
        .face = pdf_toned(note->tone, PDF_SIZE_NOTE, 1000),
        .indent = text.size > 0 && text.data[0] == ' ' ? INDENT : 0,
        .below = PDF_GAP / 3,
    };
    return paragraph->text.size > 0;
}

void
pdf_put_notes(struct pdf *pdf, const struct note *notes, size_t count)
{
    struct pdf_paragraph paragraph;
    for (size_t i = 0; i < count; i++) {
        if (note_paragraph(&notes[i], &paragraph)) {
            pdf_put_paragraph(pdf, &paragraph);
        }
    }
}

static void
put_box(struct pdf *pdf, struct text text, struct pdf_box box)
{
    struct arena before = pdf->own;
    struct pdf_face face = {PDF_SIZE_NOTE, 1000, PDF_BAND, true, false};
    int64_t top = box.top + PDF_GAP;
    int64_t room = box.width - 2 * PDF_GAP;
    const char *end = text.size == 0 ? NULL : memchr(text.data, '\n', text.size);
    size_t first = end == NULL ? text.size : (size_t)(end - text.data);
    struct text parts[] = {
        {text.data,                         first                                  },
        {end == NULL ? text.data : end + 1, end == NULL ? 0 : text.size - first - 1},
    };
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        struct pdf_lines lines = pdf_wrap(pdf, pdf_clean(pdf, parts[i]), face, room);
        for (size_t k = 0; k < lines.count; k++) {
            pdf_show(pdf, box.left + PDF_GAP, top, lines.items[k].text, face);
            top += pdf_leading(face);
        }
        face = pdf_toned(TONE_PLAIN, PDF_SIZE_NOTE, 1000);
    }
    pdf_frame(pdf, box, PDF_GREY);
    pdf->own = before;
}

/* How high the boxes have to be for what they say; never less than room to sign. */
static int64_t
boxes_height(struct pdf *pdf, const struct table *table, int64_t width)
{
    struct pdf_face face = pdf_toned(TONE_STRONG, PDF_SIZE_NOTE, 1000);
    int64_t height = table->box_count == 0 ? 0 : BOX_HEIGHT;
    for (size_t i = 0; i < table->box_count; i++) {
        struct arena before = pdf->own;
        struct text clean = pdf_clean(pdf, text_of(table->boxes[i]));
        struct pdf_lines lines = pdf_wrap(pdf, clean, face, width - 2 * PDF_GAP);
        int64_t needed = (int64_t)lines.count * pdf_leading(face) + 4 * PDF_GAP;
        height = needed > height ? needed : height;
        pdf->own = before;
    }
    return height;
}

void
pdf_put_after(struct pdf *pdf, const struct table *table)
{
    struct pdf_paragraph paragraph;
    int64_t count = (int64_t)table->box_count;
    int64_t width = count == 0 ? 0 : (pdf_width(pdf) - (count - 1) * BOX_GAP) / count;
    int64_t boxes = boxes_height(pdf, table, width);
    int64_t height = boxes + (boxes > 0 ? 2 * PDF_GAP : 0);
    for (size_t i = 0; i < table->after_count; i++) {
        if (note_paragraph(&table->after[i], &paragraph)) {
            height += pdf_paragraph_height(pdf, &paragraph);
        }
    }
    pdf->top += table->after_count > 0 && table->column_count > 0 ? PDF_GAP : 0;
    if (height <= pdf_height(pdf)) {
        pdf_need(pdf, height);
    }
    pdf_put_notes(pdf, table->after, table->after_count);
    if (boxes == 0) {
        return;
    }
    pdf->top += PDF_GAP;
    pdf_need(pdf, boxes);
    for (int64_t i = 0; i < count; i++) {
        struct pdf_box box = {pdf_left(pdf) + i * (width + BOX_GAP), pdf->top, width,
                              boxes};
        put_box(pdf, text_of(table->boxes[i]), box);
    }
    pdf->top += boxes + PDF_GAP;
    pdf->fresh = false;
}
