/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pictures of tables, as SVG within the page: nothing is asked of a network, nothing runs, and they
 * print. Whole numbers only: a point of the picture is a point of a grid of 960 by 360.
 */
#include "output_html_parts.h"

#define ROWS_MAX    400
#define SERIES_MAX  8
#define WIDTH       960
#define LEFT        90
#define RIGHT       920
#define TOP         16
#define BOTTOM      290
#define BAR_LEFT    250
#define BAR_STEP    34
#define BAR_HEIGHT  18
#define LEGEND_STEP 190
#define LINES       4 /* of the grid, besides zero */
#define LABELS_MAX  14
#define LABEL_CHARS 34

static const char *const colours[SERIES_MAX] = {"#1f3a5f", "#d9a441", "#3a7ca5",
                                                "#8a5a83", "#5b8c5a", "#b5523b",
                                                "#6b7280", "#2a9d8f"};

struct drawn_row {
    struct text label;
    int64_t cents[SERIES_MAX];
    int64_t low, high;
};

struct picture {
    struct row_sink sink;
    struct html *html;
    struct arena *keep;
    const struct table *table;
    size_t series[SERIES_MAX]; /* columns */
    size_t series_count;
    struct drawn_row *rows;
    size_t count;
    int64_t least, most;
};

static void
stretch(struct picture *picture, int64_t cents)
{
    picture->least = cents < picture->least ? cents : picture->least;
    picture->most = cents > picture->most ? cents : picture->most;
}

static void
take_row(struct row_sink *sink, const struct cell *cells)
{
    struct picture *picture = (struct picture *)sink;
    const struct chart *chart = picture->table->chart;
    if (picture->count == ROWS_MAX) {
        return;
    }
    struct drawn_row *row = &picture->rows[picture->count++];
    int64_t sum = 0;
    row->label = text_copy(picture->keep, cells[chart->category].text);
    for (size_t i = 0; i < picture->series_count; i++) {
        row->cents[i] = cells[picture->series[i]].money.cents;
        sum += row->cents[i];
        stretch(picture, chart->kind == CHART_STACKED ? sum : row->cents[i]);
    }
    if (chart->has_spread) {
        row->low = cells[chart->low].money.cents;
        row->high = cells[chart->high].money.cents;
        stretch(picture, row->low);
        stretch(picture, row->high);
    }
}

/* Where a value lies between two ends of the picture. */
static int
place(const struct picture *picture, int64_t cents, int from, int to)
{
    int64_t span = picture->most - picture->least;
    int64_t part = span == 0 ? 0 : (cents - picture->least) / 100 * (to - from);
    return from + (span == 0 ? 0 : (int)(part / (span / 100 + 1)));
}

static void
put_text(struct html *html, const char *attributes, struct text text)
{
    html_put(html, "<text ");
    html_put(html, attributes);
    html_put(html, ">");
    html_put_text(html, text);
    html_put(html, "</text>\n");
}

/* Cut by characters, so that it fits beside a bar. */
static struct text
shortened(struct text text)
{
    size_t seen = 0;
    for (size_t i = 0; i < text.size; i++) {
        seen += ((unsigned char)text.data[i] & 0xC0) != 0x80;
        if (seen > LABEL_CHARS) {
            return (struct text){text.data, i};
        }
    }
    return text;
}

static void
put_label(struct picture *picture, int x, int y, const char *anchor, struct text text)
{
    struct arena own = picture->html->own;
    put_text(picture->html,
             arena_printf(&own, "x=\"%d\" y=\"%d\" text-anchor=\"%s\"", x, y, anchor),
             shortened(text));
}

/* A round step, so that a few lines reach the largest value. */
static int64_t
step_of(int64_t most)
{
    int64_t step = 1;
    for (int i = 0; step * LINES < most / 100; i++) {
        step = i % 3 == 0 ? step * 2 : i % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    return step * 100;
}

/* A value of the grid, in whole euros. */
static void
put_amount(struct picture *picture, int x, int y, const char *anchor, int64_t cents)
{
    struct html *html = picture->html;
    struct arena before = html->own;
    struct text text =
        text_of(tr_money(&html->own, html->document->language, (struct money){cents}));
    text.size -= sizeof ".00" - 1;
    put_label(picture, x, y, anchor, text);
    html->own = before;
}

static void
put_legend(struct picture *picture, int y)
{
    for (size_t i = 0; i < picture->series_count; i++) {
        int x = LEFT + (int)i % 4 * LEGEND_STEP;
        int line = y + (int)i / 4 * 20;
        html_printf(picture->html,
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>\n",
                    x, line - 10, colours[i]);
        put_label(picture, x + 18, line, "start",
                  text_of(picture->table->columns[picture->series[i]].title));
    }
}

static void
open_picture(struct picture *picture, int height)
{
    html_printf(picture->html,
                "<figure class=\"chart\"><svg xmlns=\"http://www.w3.org/2000/svg\" "
                "viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
                WIDTH, height);
    html_put_text(picture->html, text_of(picture->table->chart->title));
    html_put(picture->html, "\" font-size=\"13\" font-family=\"sans-serif\" "
                            "fill=\"#1f2933\">\n");
}

static void
close_picture(struct picture *picture)
{
    html_put(picture->html, "</svg><figcaption>");
    html_put_text(picture->html, text_of(picture->table->chart->title));
    html_put(picture->html, "</figcaption></figure>\n");
}

static void
draw_bar(struct picture *picture, const struct drawn_row *row, int y)
{
    int64_t sum = 0;
    put_label(picture, BAR_LEFT - 8, y + 14, "end", row->label);
    for (size_t i = 0; i < picture->series_count; i++) {
        int from = place(picture, sum, BAR_LEFT, RIGHT - 40);
        sum += row->cents[i];
        int to = place(picture, sum, BAR_LEFT, RIGHT - 40);
        html_printf(picture->html,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
                    from, y, to > from ? to - from : 0, BAR_HEIGHT, colours[i]);
    }
    if (picture->table->chart->has_spread) {
        int low = place(picture, row->low, BAR_LEFT, RIGHT - 40);
        int high = place(picture, row->high, BAR_LEFT, RIGHT - 40);
        html_printf(picture->html,
                    "<path d=\"M%d %dH%dM%d %dv8M%d %dv8\" stroke=\"#a61b1b\" "
                    "stroke-width=\"2\" fill=\"none\"/>\n",
                    low, y + BAR_HEIGHT / 2, high, low, y + BAR_HEIGHT / 2 - 4, high,
                    y + BAR_HEIGHT / 2 - 4);
    }
}

static void
draw_bars(struct picture *picture)
{
    int bottom = TOP + (int)picture->count * BAR_STEP;
    int64_t step = step_of(picture->most);
    open_picture(picture, bottom + 56);
    for (int64_t at = 0; at <= picture->most; at += step) {
        int x = place(picture, at, BAR_LEFT, RIGHT - 40);
        html_printf(picture->html,
                    "<path d=\"M%d %dV%d\" stroke=\"#d3dae1\" stroke-width=\"1\"/>\n", x,
                    TOP - 8, bottom);
        put_amount(picture, x, bottom + 16, "middle", at);
    }
    for (size_t i = 0; i < picture->count; i++) {
        draw_bar(picture, &picture->rows[i], TOP + (int)i * BAR_STEP);
    }
    put_legend(picture, bottom + 44);
    close_picture(picture);
}

static int
across(const struct picture *picture, size_t row)
{
    int last = picture->count > 1 ? (int)picture->count - 1 : 1;
    return LEFT + (RIGHT - LEFT) * (int)row / last;
}

static int
up(const struct picture *picture, int64_t cents)
{
    return place(picture, cents, BOTTOM, TOP);
}

static void
draw_band(struct picture *picture)
{
    html_put(picture->html, "<path d=\"M");
    for (size_t i = 0; i < picture->count; i++) {
        html_printf(picture->html, "%d %d ", across(picture, i),
                    up(picture, picture->rows[i].high));
    }
    for (size_t i = picture->count; i-- > 0;) {
        html_printf(picture->html, "%d %d ", across(picture, i),
                    up(picture, picture->rows[i].low));
    }
    html_put(picture->html, "Z\" fill=\"#3a7ca5\" fill-opacity=\"0.25\"/>\n");
}

static void
draw_line(struct picture *picture, size_t series)
{
    html_put(picture->html, "<path d=\"M");
    for (size_t i = 0; i < picture->count; i++) {
        html_printf(picture->html, "%d %d ", across(picture, i),
                    up(picture, picture->rows[i].cents[series]));
    }
    html_printf(picture->html, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/>\n",
                colours[series]);
}

static void
draw_lines(struct picture *picture)
{
    int64_t span = picture->most - picture->least;
    int64_t step = step_of(span);
    open_picture(picture, BOTTOM + 86);
    for (int64_t at = picture->least / step * step; at <= picture->most; at += step) {
        int y = up(picture, at);
        html_printf(picture->html,
                    "<path d=\"M%d %dH%d\" stroke=\"%s\" stroke-width=\"1\"/>\n", LEFT, y,
                    RIGHT, at == 0 ? "#5a6673" : "#d3dae1");
        put_amount(picture, LEFT - 8, y + 4, "end", at);
    }
    size_t every = picture->count / LABELS_MAX + 1;
    for (size_t i = 0; i < picture->count; i += every) {
        put_label(picture, across(picture, i), BOTTOM + 20, "middle",
                  picture->rows[i].label);
    }
    if (picture->table->chart->has_spread) {
        draw_band(picture);
    }
    for (size_t i = 0; i < picture->series_count; i++) {
        draw_line(picture, i);
    }
    put_legend(picture, BOTTOM + 52);
    close_picture(picture);
}

void
html_put_chart(struct html *html, struct arena scratch, const struct table *table)
{
    struct arena own = html->own;
    struct picture picture = {
        .sink = {take_row}, .html = html, .keep = &own, .table = table};
    for (size_t i = 0; i < table->column_count && picture.series_count < SERIES_MAX;
         i++) {
        if ((table->chart->columns >> i & 1) != 0) {
            picture.series[picture.series_count++] = i;
        }
    }
    picture.rows = NEW_ARRAY(&own, struct drawn_row, ROWS_MAX);
    table->produce(table->context, scratch, &picture.sink);
    struct arena before = html->own;
    html->own = own; /* what is drawn from is kept while it is drawn */
    if (picture.count > 0 && table->chart->kind == CHART_STACKED) {
        draw_bars(&picture);
    } else if (picture.count > 1) {
        draw_lines(&picture);
    }
    html->own = before;
}
