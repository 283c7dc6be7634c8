/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one door to libharu: A4 pages with the letters embedded. The library keeps the file in
 * memory, so that it opens none but the font's, and what it made is staged like every other
 * output. Its first failure is one diagnostic; nothing is drawn after it.
 *
 * Text is shown in a font of 256 letters, Windows-1252, and only a text with others in one of all
 * letters. For that the library looks all 65 536 of them up, one range of the font after the
 * other: more than half of the time that a document of some pages takes.
 */
#include "libharu.h"
#include "output_pdf_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define LETTERS        0x10000 /* characters that the library can show */
#define LETTER_MISSING 0x8000  /* added to the width of a character that the font lacks */
#define A4_SHORT       (595276 * PDF_POINT / 1000)
#define A4_LONG        (841890 * PDF_POINT / 1000)
#define MARGIN_SIDE    (34 * PDF_POINT)
#define MARGIN_TOP     (36 * PDF_POINT)
#define MARGIN_BOTTOM  (42 * PDF_POINT)
#define THIN           (400 * PDF_POINT / 1000)
#define SLANT          200 /* thousandths to the right for each one up */
#define CHUNK_BYTES    65536

struct sheet_of_paper {
    HPDF_Page page;
    bool landscape;
};
struct paper ARRAY_OF(struct sheet_of_paper);

struct pdf_library {
    HPDF_Doc handle;
    const char *names[PDF_FONTS];
    HPDF_Font fonts[PDF_FONTS];     /* of Windows-1252 */
    HPDF_Font all_fonts[PDF_FONTS]; /* of all letters; NULL before they are asked for */
    HPDF_FontDef definition;        /* of the regular one */
    struct paper paper;
    HPDF_Page page;
    HPDF_STATUS error; /* the first */
    /* What the page has been told last. */
    struct pdf_face face;
    HPDF_Font font;
    bool faced;
};

static void
on_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    struct pdf_library *library = data;
    (void)detail;
    if (library->error == HPDF_OK) {
        library->error = error;
    }
}

/* Files a diagnostic unless the library is well. */
static bool
hold(struct pdf *pdf)
{
    if (pdf->failed || pdf->library->error == HPDF_OK) {
        return !pdf->failed;
    }
    pdf->failed = true;
    return diag_error(pdf->diag, (struct where){0}, CODE_F005,
                      "output '%s' could not be written: the PDF library failed "
                      "(code 0x%04lX)",
                      pdf->file->target, (unsigned long)pdf->library->error);
}

static HPDF_REAL
real(int64_t length)
{
    return (HPDF_REAL)length / 1000;
}

static int64_t
paper_height(const struct pdf *pdf)
{
    return pdf->landscape ? A4_SHORT : A4_LONG;
}

int64_t
pdf_left(const struct pdf *pdf)
{
    (void)pdf;
    return MARGIN_SIDE;
}

int64_t
pdf_width(const struct pdf *pdf)
{
    return (pdf->landscape ? A4_LONG : A4_SHORT) - 2 * MARGIN_SIDE;
}

int64_t
pdf_bottom(const struct pdf *pdf)
{
    return paper_height(pdf) - MARGIN_BOTTOM;
}

int64_t
pdf_height(const struct pdf *pdf)
{
    return pdf_bottom(pdf) - MARGIN_TOP;
}

void
pdf_new_page(struct pdf *pdf)
{
    struct pdf_library *library = pdf->library;
    if (pdf->failed) {
        return;
    }
    library->page = hpdf.HPDF_AddPage(library->handle);
    if (hold(pdf)) {
        hpdf.HPDF_Page_SetWidth(library->page, real(pdf->landscape ? A4_LONG : A4_SHORT));
        hpdf.HPDF_Page_SetHeight(library->page, real(paper_height(pdf)));
        hpdf.HPDF_Page_SetLineWidth(library->page, real(THIN));
        struct sheet_of_paper *sheet = ARRAY_PUSH(&pdf->keep, &library->paper);
        *sheet = (struct sheet_of_paper){library->page, pdf->landscape};
    }
    library->faced = false;
    pdf->top = MARGIN_TOP;
    pdf->fresh = true;
    (void)hold(pdf);
}

void
pdf_need(struct pdf *pdf, int64_t height)
{
    if (pdf->top + height > pdf_bottom(pdf) && !pdf->fresh) {
        pdf_new_page(pdf);
    }
}

static const uint8_t colours[PDF_COLOURS][3] = {
    [PDF_INK] = {0x1F, 0x29, 0x33},
      [PDF_GREY] = {0x5A, 0x66, 0x73},
    [PDF_RED] = {0xA6, 0x1B, 0x1B},
      [PDF_BAND] = {0x1F, 0x3A, 0x5F},
    [PDF_WHITE] = {0xFF, 0xFF, 0xFF},
      [PDF_SOFT] = {0xE8, 0xED, 0xF3},
    [PDF_LINE] = {0xC4, 0xCC, 0xD4},
};

static HPDF_REAL
shade(enum pdf_colour colour, int part)
{
    return (HPDF_REAL)colours[colour][part] / 255;
}

static void
fill_with(struct pdf *pdf, enum pdf_colour colour)
{
    hpdf.HPDF_Page_SetRGBFill(pdf->library->page, shade(colour, 0), shade(colour, 1),
                              shade(colour, 2));
}

static bool
outline(struct pdf *pdf, struct pdf_box box)
{
    if (pdf->failed) {
        return false;
    }
    hpdf.HPDF_Page_Rectangle(pdf->library->page, real(box.left),
                             real(paper_height(pdf) - box.top - box.height),
                             real(box.width), real(box.height));
    return true;
}

void
pdf_fill(struct pdf *pdf, struct pdf_box box, enum pdf_colour colour)
{
    if (!pdf->failed) {
        fill_with(pdf, colour);
        pdf->library->faced = false;
        (void)outline(pdf, box);
        hpdf.HPDF_Page_Fill(pdf->library->page);
        (void)hold(pdf);
    }
}

void
pdf_frame(struct pdf *pdf, struct pdf_box box, enum pdf_colour colour)
{
    if (!pdf->failed) {
        hpdf.HPDF_Page_SetRGBStroke(pdf->library->page, shade(colour, 0),
                                    shade(colour, 1), shade(colour, 2));
        (void)outline(pdf, box);
        hpdf.HPDF_Page_Stroke(pdf->library->page);
        (void)hold(pdf);
    }
}

static HPDF_REAL
part_of(uint32_t colour, int shift)
{
    return (HPDF_REAL)(colour >> shift & 0xFF) / 255;
}

void
pdf_draw(struct pdf *pdf, const struct pdf_path *path)
{
    HPDF_Page page = pdf->library->page;
    HPDF_REAL red = part_of(path->colour, 16);
    HPDF_REAL green = part_of(path->colour, 8);
    HPDF_REAL blue = part_of(path->colour, 0);
    if (pdf->failed) {
        return;
    }
    if (path->width == 0) {
        hpdf.HPDF_Page_SetRGBFill(page, red, green, blue);
        pdf->library->faced = false;
    } else {
        hpdf.HPDF_Page_SetRGBStroke(page, red, green, blue);
        hpdf.HPDF_Page_SetLineWidth(page, real(path->width));
    }
    for (size_t i = 0; i < path->count; i++) {
        HPDF_REAL left = real(path->points[i].left);
        HPDF_REAL up = real(paper_height(pdf) - path->points[i].top);
        if (i == 0) {
            hpdf.HPDF_Page_MoveTo(page, left, up);
        } else {
            hpdf.HPDF_Page_LineTo(page, left, up);
        }
    }
    if (path->width == 0) {
        hpdf.HPDF_Page_ClosePath(page);
        hpdf.HPDF_Page_Fill(page);
    } else {
        hpdf.HPDF_Page_Stroke(page);
        hpdf.HPDF_Page_SetLineWidth(page, real(THIN));
    }
    (void)hold(pdf);
}

static bool
same_face(struct pdf_face a, struct pdf_face b)
{
    return a.size == b.size && a.bold == b.bold && a.colour == b.colour;
}

int64_t
pdf_baseline(struct pdf_face face)
{
    return (pdf_leading(face) + face.size * 730 / 1000) / 2;
}

static HPDF_Font
font_of_all(struct pdf_library *library, bool bold)
{
    if (library->all_fonts[bold] == NULL) {
        library->all_fonts[bold] =
            hpdf.HPDF_GetFont(library->handle, library->names[bold], "UTF-8");
    }
    return library->all_fonts[bold];
}

void
pdf_show(struct pdf *pdf, int64_t left, int64_t top, struct text t, struct pdf_face face)
{
    struct pdf_library *library = pdf->library;
    struct arena own = pdf->own;
    if (pdf->failed || t.size == 0) {
        return;
    }
    if (!library->faced || library->face.colour != face.colour) {
        fill_with(pdf, face.colour);
    }
    const char *western = pdf_western(&own, t);
    HPDF_Font font =
        western != NULL ? library->fonts[face.bold] : font_of_all(library, face.bold);
    hpdf.HPDF_Page_BeginText(library->page);
    if (!library->faced || !same_face(library->face, face) || library->font != font) {
        hpdf.HPDF_Page_SetFontAndSize(library->page, font, real(face.size));
    }
    library->font = font;
    library->face = face;
    library->faced = true;
    hpdf.HPDF_Page_SetTextMatrix(library->page, real(face.stretch), 0,
                                 real(face.slanted ? SLANT : 0), 1, real(left),
                                 real(paper_height(pdf) - top - pdf_baseline(face)));
    hpdf.HPDF_Page_ShowText(library->page,
                            western != NULL ? western : text_string(&own, t));
    hpdf.HPDF_Page_EndText(library->page);
    (void)hold(pdf);
}

/* The library looks a character up one range after the other: each is asked for once. */
static uint16_t
letter_of(struct pdf *pdf, bool bold, uint32_t character)
{
    assert(character < LETTERS);
    uint16_t *known = &pdf->widths[bold][character];
    if (*known == 0) {
        int width = hpdf.HPDF_Font_GetUnicodeWidth(pdf->library->fonts[bold],
                                                   (HPDF_UNICODE)character);
        bool there = hpdf.HPDF_TTFontDef_GetGlyphid(pdf->library->definition,
                                                    (HPDF_UINT16)character) != 0;
        assert(width >= 0 && width < LETTER_MISSING - 1);
        *known = (uint16_t)(1 + width + (there ? 0 : LETTER_MISSING));
    }
    return *known;
}

uint16_t
pdf_letter(struct pdf *pdf, bool bold, uint32_t character)
{
    return (uint16_t)(letter_of(pdf, bold, character) % LETTER_MISSING - 1);
}

bool
pdf_has_letter(struct pdf *pdf, uint32_t character)
{
    return character < LETTERS && letter_of(pdf, false, character) < LETTER_MISSING;
}

static bool
no_font(struct pdf *pdf, const char *folder)
{
    pdf->failed = true;
    return diag_error(pdf->diag, (struct where){0}, CODE_F007,
                      "output '%s' not written: %s or %s is missing or damaged in '%s'",
                      pdf->file->target, pdf_font_names[0], pdf_font_names[1], folder);
}

static bool
load_fonts(struct pdf *pdf)
{
    struct pdf_library *library = pdf->library;
    const char *given = pdf->document->fonts;
    const char *folder = pdf_font_folder(pdf->own, given);
    if (folder == NULL) {
        return no_font(pdf, given != NULL ? given : PDF_FONT_FOLDER);
    }
    hpdf.HPDF_SetCompressionMode(library->handle, HPDF_COMP_ALL); /* of the fonts too */
    hpdf.HPDF_UseUTFEncodings(library->handle);
    for (size_t i = 0; i < PDF_FONTS; i++) {
        struct arena own = pdf->own;
        const char *path = arena_printf(&own, "%s/%s", folder, pdf_font_names[i]);
        const char *name = hpdf.HPDF_LoadTTFontFromFile(library->handle, path, HPDF_TRUE);
        if (name == NULL) {
            return no_font(pdf, folder);
        }
        library->names[i] = arena_printf(&pdf->keep, "%s", name);
        library->fonts[i] = hpdf.HPDF_GetFont(library->handle, name, "WinAnsiEncoding");
        if (i == 0) {
            library->definition = hpdf.HPDF_GetFontDef(library->handle, name);
        }
        pdf->widths[i] = NEW_ARRAY(&pdf->keep, uint16_t, LETTERS);
    }
    return hold(pdf);
}

static void
set_property(struct pdf *pdf, HPDF_InfoType type, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        struct arena before = pdf->own;
        struct text clean = pdf_clean(pdf, text_of(value));
        hpdf.HPDF_SetInfoAttr(pdf->library->handle, type, text_string(&pdf->own, clean));
        pdf->own = before;
    }
}

/* The only date is the document's: the same document gives the same bytes. */
static void
set_properties(struct pdf *pdf)
{
    const struct document *document = pdf->document;
    HPDF_Doc handle = pdf->library->handle;
    hpdf.HPDF_SetCurrentEncoder(handle, "UTF-8");
    set_property(pdf, HPDF_INFO_TITLE, document->title);
    set_property(pdf, HPDF_INFO_AUTHOR, document->author);
    set_property(pdf, HPDF_INFO_SUBJECT, document->subject);
    set_property(pdf, HPDF_INFO_CREATOR, "defray");
    if (document->dated.day > 0 && !date_is_open(document->dated)) {
        HPDF_Date date = {0};
        date_split(document->dated, &date.year, &date.month, &date.day);
        date.ind = 'Z';
        hpdf.HPDF_SetInfoDateAttr(handle, HPDF_INFO_CREATION_DATE, date);
    }
    (void)hold(pdf);
}

bool
pdf_open(struct pdf *pdf)
{
    pdf->library = NEW(&pdf->keep, struct pdf_library);
    if (!hpdf_load(pdf->diag)) {
        pdf->failed = true;
        return false;
    }
    pdf->library->handle = hpdf.HPDF_New(on_error, pdf->library);
    if (pdf->library->handle == NULL) {
        pdf->library->error = HPDF_FAILD_TO_ALLOC_MEM;
        return hold(pdf);
    }
    if (!load_fonts(pdf)) {
        return false;
    }
    set_properties(pdf);
    return !pdf->failed;
}

void
pdf_bookmark(struct pdf *pdf, const char *title)
{
    HPDF_Doc handle = pdf->library->handle;
    struct arena before = pdf->own;
    if (!pdf->failed) {
        const char *clean = text_string(&pdf->own, pdf_clean(pdf, text_of(title)));
        HPDF_Outline mark = hpdf.HPDF_CreateOutline(
            handle, NULL, clean, hpdf.HPDF_GetEncoder(handle, "UTF-8"));
        HPDF_Destination place = hpdf.HPDF_Page_CreateDestination(pdf->library->page);
        hpdf.HPDF_Outline_SetDestination(mark, place);
        (void)hold(pdf);
    }
    pdf->own = before;
}

size_t
pdf_pages(const struct pdf *pdf)
{
    return pdf->library->paper.count;
}

void
pdf_turn_to(struct pdf *pdf, size_t index)
{
    struct pdf_library *library = pdf->library;
    library->page = library->paper.items[index].page;
    library->faced = false;
    pdf->landscape = library->paper.items[index].landscape;
}

bool
pdf_save(struct pdf *pdf)
{
    HPDF_Doc handle = pdf->library->handle;
    struct arena own = pdf->own;
    HPDF_BYTE *chunk = NEW_ARRAY(&own, HPDF_BYTE, CHUNK_BYTES);
    if (!hold(pdf)) {
        return false;
    }
    hpdf.HPDF_SaveToStream(handle);
    hpdf.HPDF_ResetStream(handle);
    HPDF_UINT32 left = hold(pdf) ? hpdf.HPDF_GetStreamSize(handle) : 0;
    while (left > 0 && hold(pdf)) {
        HPDF_UINT32 size = left < CHUNK_BYTES ? left : CHUNK_BYTES;
        hpdf.HPDF_ReadFromStream(handle, chunk, &size);
        struct text bytes = {(const char *)chunk, size};
        if (!hold(pdf) || !staged_write(pdf->file, bytes, pdf->diag)) {
            pdf->failed = true;
        }
        left -= size;
    }
    return !pdf->failed;
}

void
pdf_close(struct pdf *pdf)
{
    if (pdf->library->handle != NULL) {
        hpdf.HPDF_Free(pdf->library->handle);
    }
}
