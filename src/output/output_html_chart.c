/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures of tables, as SVG within the page: nothing is asked of a network, nothing runs, and they
 * print. */
#include "output_html_parts.h"
#include "output_picture_parts.h"

struct svg {
    struct canvas canvas;
    struct html *html;
};

static void
put_shape(struct canvas *canvas, const struct picture_shape *shape)
{
    struct html *html = ((struct svg *)canvas)->html;
    html_put(html, "<path d=\"M");
    for (size_t i = 0; i < shape->count; i++) {
        html_printf(html, "%s%d %d", i == 0 ? "" : " ", shape->points[i].x,
                    shape->points[i].y);
    }
    if (shape->width == 0) {
        html_printf(html, "Z\" fill=\"#%06x\"/>\n", (unsigned)shape->colour);
    } else {
        html_printf(html,
                    "\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%d.%d\" "
                    "stroke-linejoin=\"round\"/>\n",
                    (unsigned)shape->colour, shape->width / 10, shape->width % 10);
    }
}

static void
put_text(struct canvas *canvas, struct picture_point at, enum picture_anchor anchor,
         struct text text)
{
    static const char *const anchors[PICTURE_ANCHORS] = {"start", "middle", "end"};
    struct html *html = ((struct svg *)canvas)->html;
    html_printf(html, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", at.x, at.y,
                anchors[anchor]);
    html_put_text(html, text);
    html_put(html, "</text>\n");
}

void
html_put_chart(struct html *html, struct arena scratch, const struct table *table)
{
    struct arena before = html->own;
    struct picture *picture = picture_take(&html->own, scratch, html->document, table);
    struct svg svg = {
        {put_shape, put_text},
        html
    };
    if (picture != NULL) {
        html_printf(html,
                    "<figure class=\"chart\"><svg xmlns=\"http://www.w3.org/2000/svg\" "
                    "viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
                    PICTURE_WIDTH, picture_height(picture));
        html_put_text(html, text_of(table->chart->title));
        html_printf(html,
                    "\" font-size=\"%d\" font-family=\"sans-serif\" fill=\"#1f2933\">\n",
                    PICTURE_LETTERS);
        picture_draw(scratch, picture, &svg.canvas);
        html_put(html, "</svg><figcaption>");
        html_put_text(html, text_of(table->chart->title));
        html_put(html, "</figcaption></figure>\n");
    }
    html->own = before;
}
