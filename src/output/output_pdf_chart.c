/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures of tables as paths of the page, below their tables and never cut in two. */
#include "output_pdf_parts.h"
#include "output_picture_parts.h"

#define UNIT_MAX (620 * PDF_POINT / 1000) /* of the grid: letters of eight points */

struct paths {
    struct canvas canvas;
    struct pdf *pdf;
    int64_t left, top;
    int64_t unit; /* of the grid */
};

static void
put_shape(struct canvas *canvas, const struct picture_shape *shape)
{
    struct paths *paths = (struct paths *)canvas;
    struct pdf *pdf = paths->pdf;
    struct arena before = pdf->own;
    struct pdf_point *points = NEW_ARRAY(&pdf->own, struct pdf_point, shape->count);
    for (size_t i = 0; i < shape->count; i++) {
        points[i] = (struct pdf_point){paths->left + shape->points[i].x * paths->unit,
                                       paths->top + shape->points[i].y * paths->unit};
    }
    pdf_draw(pdf, &(struct pdf_path){points, shape->count, shape->colour,
                                     shape->width * paths->unit / 10});
    pdf->own = before;
}

static void
put_text(struct canvas *canvas, struct picture_point at, enum picture_anchor anchor,
         struct text text)
{
    static const int64_t halves[PICTURE_ANCHORS] = {0, 1, 2};
    struct paths *paths = (struct paths *)canvas;
    struct pdf *pdf = paths->pdf;
    struct arena before = pdf->own;
    struct pdf_face face = {PICTURE_LETTERS * paths->unit, 1000, PDF_INK, false, false};
    struct text clean = pdf_clean(pdf, text);
    int64_t width = pdf_measure(pdf, false, clean).line * face.size / 1000;
    pdf_show(pdf, paths->left + at.x * paths->unit - width * halves[anchor] / 2,
             paths->top + at.y * paths->unit - pdf_baseline(face), clean, face);
    pdf->own = before;
}

void
pdf_put_chart(struct pdf *pdf, struct arena scratch, const struct table *table)
{
    struct arena before = pdf->own;
    struct picture *picture = picture_take(&pdf->own, scratch, pdf->document, table);
    int64_t unit = pdf_width(pdf) / PICTURE_WIDTH;
    unit = unit < UNIT_MAX ? unit : UNIT_MAX;
    if (picture != NULL) {
        int64_t height = picture_height(picture) * unit;
        pdf->top += 2 * PDF_GAP;
        pdf_need(pdf, height);
        struct paths paths = {
            {put_shape, put_text},
            pdf, pdf_left(pdf), pdf->top, unit
        };
        picture_draw(scratch, picture, &paths.canvas);
        pdf->top += height;
        pdf->fresh = false;
    }
    pdf->own = before;
}
