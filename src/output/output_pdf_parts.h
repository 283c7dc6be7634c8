/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the writer of PDF is made of: sections and the foot of pages (output_pdf.c), the
 * library with its pages (output_pdf_library.c) and fonts (output_pdf_font.c), text and how
 * it wraps (output_pdf_text.c), titles, notes and boxes (output_pdf_block.c), how wide
 * columns are (output_pdf_plan.c) and tables (output_pdf_table.c).
 *
 * Lengths are whole thousandths of a point, from the top of the page down; widths of text
 * are thousandths of the size of its letters.
 */
#ifndef DEFRAY_OUTPUT_PDF_PARTS_H
#define DEFRAY_OUTPUT_PDF_PARTS_H

#include "output_page_parts.h"

struct pdf_library; /* what the library holds */

#define PDF_POINT     INT64_C(1000)
#define PDF_SIZE_NOTE (9 * PDF_POINT)
#define PDF_GAP       (6 * PDF_POINT)

enum pdf_colour {
    PDF_INK,
    PDF_GREY,
    PDF_RED,
    PDF_BAND,
    PDF_WHITE,
    PDF_SOFT,
    PDF_LINE,
    PDF_COLOURS
};

/* How letters look. */
struct pdf_face {
    int64_t size;
    int64_t stretch; /* width of letters in thousandths of the font's own */
    enum pdf_colour colour;
    bool bold;
    bool slanted;
};

struct pdf_box {
    int64_t left, top, width, height;
};

struct pdf {
    const struct document *document;
    struct staged *file;
    struct diag *diag;
    struct arena keep; /* what lives as long as the file; apart from that of the rows */
    struct arena own;  /* what is put back when done */
    struct pdf_library *library;
    uint16_t *widths[2 /* fonts */]; /* by character, 0: not asked yet; regular, bold */
    bool landscape;                  /* the page, and the pages to come */
    int64_t top;                     /* where the next thing stands on the page */
    bool fresh;                      /* nothing stands on the page yet */
    bool replaced; /* a character that the font lacks has been told of */
    bool failed;   /* a diagnostic has been filed */
};

/* The file: fonts and properties; pages by number from 0; what was made, staged. Each false
 * after a diagnostic. */
bool pdf_open(struct pdf *pdf);
/* A title in the list beside the pages, which leads to this one. */
void pdf_bookmark(struct pdf *pdf, const char *title);
size_t pdf_pages(const struct pdf *pdf);
void pdf_turn_to(struct pdf *pdf, size_t index);
bool pdf_save(struct pdf *pdf);
void pdf_close(struct pdf *pdf);

/* The page: where its contents stand. */
int64_t pdf_left(const struct pdf *pdf);
int64_t pdf_width(const struct pdf *pdf);  /* between the margins */
int64_t pdf_bottom(const struct pdf *pdf); /* no contents below */
int64_t pdf_height(const struct pdf *pdf); /* between the margins */
void pdf_new_page(struct pdf *pdf);
/* Starts a page unless so much room is left on this one. */
void pdf_need(struct pdf *pdf, int64_t height);
void pdf_fill(struct pdf *pdf, struct pdf_box box, enum pdf_colour colour);
void pdf_frame(struct pdf *pdf, struct pdf_box box, enum pdf_colour colour);
struct pdf_point {
    int64_t left, top;
};
struct pdf_path {
    const struct pdf_point *points;
    size_t count;
    uint32_t colour; /* 0xRRGGBB */
    int64_t width;   /* of the line; 0: a closed shape, filled */
};
void pdf_draw(struct pdf *pdf, const struct pdf_path *path);
/* One line of clean text, from its left end, within a line that starts at `top`. */
void pdf_show(struct pdf *pdf, int64_t left, int64_t top, struct text t,
              struct pdf_face face);
/* From the top of a line to where its letters stand: capitals look centred in the line. */
int64_t pdf_baseline(struct pdf_face face);
/* The width of a character of the font in thousandths, and whether the font has it. */
uint16_t pdf_letter(struct pdf *pdf, bool bold, uint32_t character);
bool pdf_has_letter(struct pdf *pdf, uint32_t character);

/* The fonts: regular, bold. The folder that holds both, sound, or NULL; the one given, or one
 * of those where systems keep them. */
enum { PDF_FONTS = 2 };
#define PDF_FONT_FOLDER "/usr/share/fonts/truetype/dejavu"
extern const char *const pdf_font_names[PDF_FONTS];
const char *pdf_font_folder(struct arena scratch, const char *given);

/* Text. */
struct pdf_line {
    struct text text;
    int64_t width; /* in thousandths of a point */
};
struct pdf_lines ARRAY_OF(struct pdf_line);
struct pdf_extent {
    int64_t word; /* the widest piece that should not be broken */
    int64_t line; /* the widest line, unwrapped */
};
/* The text with what the font can show: valid UTF-8, breaks kept, the rest replaced; a narrow
 * space is a whole one. In pdf->own, unless it is the text itself. */
struct text pdf_clean(struct pdf *pdf, struct text t);
/* The text in Windows-1252, in `own`; NULL if it has other characters. */
const char *pdf_western(struct arena *own, struct text t);
struct pdf_extent pdf_measure(struct pdf *pdf, bool bold, struct text t);
/* Lines of at most so many thousandths of a point, in pdf->own; at least one. */
struct pdf_lines pdf_wrap(struct pdf *pdf, struct text t, struct pdf_face face,
                          int64_t width);
int64_t pdf_leading(struct pdf_face face);
struct pdf_face pdf_toned(enum tone tone, int64_t size, int64_t stretch);

/* Paragraphs, over pages where need be. */
struct pdf_paragraph {
    struct text text;
    struct pdf_face face;
    int64_t indent, above, below;
};
void pdf_put_paragraph(struct pdf *pdf, const struct pdf_paragraph *paragraph);
int64_t pdf_paragraph_height(struct pdf *pdf, const struct pdf_paragraph *paragraph);
void pdf_put_heading(struct pdf *pdf);
void pdf_put_sheet_title(struct pdf *pdf, const char *title);
void pdf_put_table_title(struct pdf *pdf, const char *title);
void pdf_put_notes(struct pdf *pdf, const struct note *notes, size_t count);
/* What stands below a table: notes, and the boxes with them on one page. */
void pdf_put_after(struct pdf *pdf, const struct table *table);
/* The picture of a table that has one, below its rows (output_pdf_chart.c). */
void pdf_put_chart(struct pdf *pdf, struct arena scratch, const struct table *table);

/* What the columns of a table hold, from a first pass over its rows. */
struct pdf_plan {
    const struct table *table;
    struct pdf_extent columns[PAGE_COLUMNS_MAX];
    int64_t widths[PAGE_COLUMNS_MAX]; /* as they will be */
    int64_t size;                     /* of the letters */
    int64_t stretch;
    struct page_sums sums;
};
void pdf_plan_table(struct pdf *pdf, struct arena scratch, const struct table *table,
                    struct pdf_plan *plan);
/* Whether the tables ask for a page on its side. */
bool pdf_plans_are_wide(struct pdf_plan *plans, size_t count, int64_t width);
/* Chooses the size of letters and the widths of columns for so wide a page. */
void pdf_plan_fit(struct pdf_plan *plans, size_t count, int64_t width);

/* Room at both sides of a cell, and above and below its lines. */
int64_t pdf_cell_side(int64_t size);
int64_t pdf_cell_edge(int64_t size);
void pdf_put_rows(struct pdf *pdf, struct arena scratch, const struct pdf_plan *plan);
/* The least height that a table starts with: its header and a first row. */
int64_t pdf_rows_start(struct pdf *pdf, const struct pdf_plan *plan);

#endif
