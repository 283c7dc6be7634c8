/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The picture of a table, as shapes on a grid of whole numbers: what is drawn is decided here
 * once, and each format that people read has a canvas of its own (SVG in HTML, paths in PDF).
 */
#ifndef DEFRAY_OUTPUT_PICTURE_PARTS_H
#define DEFRAY_OUTPUT_PICTURE_PARTS_H

#include "output_page_parts.h"

#define PICTURE_WIDTH   960 /* units of the grid, from the left; down from the top */
#define PICTURE_LETTERS 13  /* the size of letters */

struct picture_point {
    int x, y;
};

struct picture_shape {
    const struct picture_point *points;
    size_t count;
    uint32_t colour; /* 0xRRGGBB */
    int width;       /* of the line, in tenths; 0: a closed shape, filled */
};

enum picture_anchor { PICTURE_START, PICTURE_MIDDLE, PICTURE_END, PICTURE_ANCHORS };

struct canvas { /* what a picture is drawn on; y of a text is its baseline */
    void (*shape)(struct canvas *canvas, const struct picture_shape *shape);
    void (*text)(struct canvas *canvas, struct picture_point at,
                 enum picture_anchor anchor, struct text text);
};

struct picture;

/* What there is to draw of the table; NULL if it is nothing. It lives in the arena. */
struct picture *picture_take(struct arena *keep, struct arena scratch,
                             const struct document *document, const struct table *table);
int picture_height(const struct picture *picture);
void picture_draw(struct arena scratch, const struct picture *picture,
                  struct canvas *canvas);

#endif
