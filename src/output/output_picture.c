/* SPDX-License-Identifier: Apache-2.0 */
/* Bars and lines, with their scale, their band and their legend. Whole numbers only, so that the
 * picture is the same on every machine. */
#include "output_picture_parts.h"

#define ROWS_MAX    400
#define SERIES_MAX  8
#define LEFT        90
#define RIGHT       920
#define TOP         16
#define BOTTOM      290
#define BAR_LEFT    250
#define BAR_RIGHT   (RIGHT - 40)
#define BAR_STEP    34
#define BAR_HEIGHT  18
#define LEGEND_STEP 190
#define LEGEND_ROW  4 /* entries */
#define LEGEND_LINE 20
#define STEPS       5 /* of the scale, about */
#define LABELS_MAX  14
#define LABEL_CHARS 34
#define THIN        10
#define THICK       25
#define WHISKER     4

static const uint32_t colours[SERIES_MAX] = {0x1F3A5F, 0xD9A441, 0x3A7CA5, 0x8A5A83,
                                             0x5B8C5A, 0xB5523B, 0x6B7280, 0x2A9D8F};
static const uint32_t colour_grid = 0xD3DAE1;
static const uint32_t colour_zero = 0x5A6673;
static const uint32_t colour_band = 0xCEDEE8;
static const uint32_t colour_whisker = 0xA61B1B;

struct drawn_row {
    struct text label;
    int64_t cents[SERIES_MAX];
    int64_t low, high;
};

struct picture {
    const struct document *document;
    const struct table *table;
    size_t series[SERIES_MAX]; /* columns */
    size_t series_count;
    struct drawn_row *rows;
    size_t count;
    int64_t least, most; /* ends of the scale: whole steps, and zero is between */
    int64_t step;
};

struct gathering {
    struct row_sink sink;
    struct arena *keep;
    struct picture *picture;
};

struct drawing {
    struct arena scratch;
    const struct picture *picture;
    struct canvas *canvas;
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
    struct gathering *gathering = (struct gathering *)sink;
    struct picture *picture = gathering->picture;
    const struct chart *chart = picture->table->chart;
    if (picture->count == ROWS_MAX) {
        return;
    }
    struct drawn_row *row = &picture->rows[picture->count++];
    int64_t sum = 0;
    row->label = text_copy(gathering->keep, cells[chart->category].text);
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

/* A round step of whole euros: 1, 2 or 5 and zeros. */
static int64_t
step_of(int64_t span)
{
    int64_t step = 1;
    for (int i = 0; step * STEPS < span / 100; i++) {
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    return step * 100;
}

static void
set_scale(struct picture *picture)
{
    int64_t step = step_of(picture->most - picture->least);
    picture->step = step;
    picture->most = (picture->most + step - 1) / step * step;
    picture->least = -((-picture->least + step - 1) / step * step);
    picture->most += picture->most == picture->least ? step : 0;
}

struct picture *
picture_take(struct arena *keep, struct arena scratch, const struct document *document,
             const struct table *table)
{
    struct picture *picture = NEW(keep, struct picture);
    struct gathering gathering = {{take_row}, keep, picture};
    picture->document = document;
    picture->table = table;
    for (size_t i = 0; i < table->column_count && picture->series_count < SERIES_MAX;
         i++) {
        if ((table->chart->columns >> i & 1) != 0) {
            picture->series[picture->series_count++] = i;
        }
    }
    picture->rows = NEW_ARRAY(keep, struct drawn_row, ROWS_MAX);
    table_produce(table, scratch, &gathering.sink);
    set_scale(picture);
    size_t needed = table->chart->kind == CHART_STACKED ? 1 : 2;
    return picture->count < needed ? NULL : picture;
}

/* --- shapes --- */

static void
put_line(const struct drawing *drawing, struct picture_point from,
         struct picture_point to, uint32_t colour)
{
    struct picture_point points[] = {from, to};
    struct picture_shape shape = {points, ARRAY_COUNT(points), colour, THIN};
    drawing->canvas->shape(drawing->canvas, &shape);
}

static void
put_box(const struct drawing *drawing, struct picture_point at, struct picture_point size,
        uint32_t colour)
{
    struct picture_point points[] = {
        at,
        {at.x + size.x, at.y         },
        {at.x + size.x, at.y + size.y},
        {at.x,          at.y + size.y},
    };
    struct picture_shape shape = {points, ARRAY_COUNT(points), colour, 0};
    drawing->canvas->shape(drawing->canvas, &shape);
}

/* Cut by characters, so that it fits beside a bar. */
static struct text
shortened(struct arena *own, struct text text)
{
    size_t seen = 0;
    for (size_t i = 0; i < text.size; i++) {
        seen += ((unsigned char)text.data[i] & 0xC0) != 0x80;
        if (seen > LABEL_CHARS) {
            return text_of(arena_printf(own, "%.*s…", (int)i, text.data));
        }
    }
    return text;
}

static void
put_label(const struct drawing *drawing, struct picture_point at,
          enum picture_anchor anchor, struct text text)
{
    struct arena own = drawing->scratch;
    drawing->canvas->text(drawing->canvas, at, anchor, shortened(&own, text));
}

/* A value of the scale, in whole euros. */
static void
put_amount(const struct drawing *drawing, struct picture_point at,
           enum picture_anchor anchor, int64_t cents)
{
    struct arena own = drawing->scratch;
    struct text text = text_of(
        tr_money(&own, drawing->picture->document->language, (struct money){cents}));
    text.size -= sizeof ".00" - 1;
    put_label(drawing, at, anchor, text);
}

/* --- what both kinds have: the legend --- */

static size_t
legend_entries(const struct picture *picture)
{
    return picture->series_count + (picture->table->chart->has_spread ? 1 : 0);
}

static int
legend_height(const struct picture *picture)
{
    int lines = ((int)legend_entries(picture) + LEGEND_ROW - 1) / LEGEND_ROW;
    return lines * LEGEND_LINE;
}

static void
put_whisker(const struct drawing *drawing, int low, int high, int y)
{
    struct picture_point ends[] = {
        {low,  y},
        {high, y}
    };
    put_line(drawing, ends[0], ends[1], colour_whisker);
    for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
        put_line(drawing, (struct picture_point){ends[i].x, y - WHISKER},
                 (struct picture_point){ends[i].x, y + WHISKER}, colour_whisker);
    }
}

static void
put_legend(const struct drawing *drawing, int y)
{
    const struct picture *picture = drawing->picture;
    const struct column *columns = picture->table->columns;
    const struct chart *chart = picture->table->chart;
    for (size_t i = 0; i < legend_entries(picture); i++) {
        struct arena own = drawing->scratch;
        int x = LEFT + (int)i % LEGEND_ROW * LEGEND_STEP;
        int line = y + (int)i / LEGEND_ROW * LEGEND_LINE;
        bool spread = i == picture->series_count;
        const char *title = spread
                                ? arena_printf(&own, "%s – %s", columns[chart->low].title,
                                               columns[chart->high].title)
                                : columns[picture->series[i]].title;
        if (spread && chart->kind == CHART_STACKED) {
            put_whisker(drawing, x, x + 14, line - 4);
        } else {
            put_box(drawing, (struct picture_point){x, line - 10},
                    (struct picture_point){12, 12}, spread ? colour_band : colours[i]);
        }
        drawing->canvas->text(drawing->canvas, (struct picture_point){x + 20, line},
                              PICTURE_START, text_of(title));
    }
}

/* Where a value lies between two ends of the picture. */
static int
place(const struct picture *picture, int64_t cents, int from, int to)
{
    int64_t span = (picture->most - picture->least) / 100;
    return from + (int)((cents - picture->least) / 100 * (to - from) / span);
}

/* --- bars --- */

static int
bars_bottom(const struct picture *picture)
{
    return TOP + (int)picture->count * BAR_STEP;
}

static int
along(const struct picture *picture, int64_t cents)
{
    return place(picture, cents, BAR_LEFT, BAR_RIGHT);
}

static void
draw_bar(const struct drawing *drawing, const struct drawn_row *row, int y)
{
    const struct picture *picture = drawing->picture;
    int64_t sum = 0;
    put_label(drawing, (struct picture_point){BAR_LEFT - 8, y + 14}, PICTURE_END,
              row->label);
    for (size_t i = 0; i < picture->series_count; i++) {
        int from = along(picture, sum);
        sum += row->cents[i];
        int wide = along(picture, sum) - from;
        if (wide > 0) {
            put_box(drawing, (struct picture_point){from, y},
                    (struct picture_point){wide, BAR_HEIGHT}, colours[i]);
        }
    }
    if (picture->table->chart->has_spread) {
        put_whisker(drawing, along(picture, row->low), along(picture, row->high),
                    y + BAR_HEIGHT / 2);
    }
}

static void
draw_bars(const struct drawing *drawing)
{
    const struct picture *picture = drawing->picture;
    int bottom = bars_bottom(picture);
    for (int64_t at = 0; at <= picture->most; at += picture->step) {
        int x = along(picture, at);
        put_line(drawing, (struct picture_point){x, TOP - 8},
                 (struct picture_point){x, bottom}, colour_grid);
        put_amount(drawing, (struct picture_point){x, bottom + 16}, PICTURE_MIDDLE, at);
    }
    for (size_t i = 0; i < picture->count; i++) {
        draw_bar(drawing, &picture->rows[i], TOP + (int)i * BAR_STEP);
    }
    put_legend(drawing, bottom + 44);
}

/* --- lines --- */

static struct picture_point
point_at(const struct picture *picture, size_t row, int64_t cents)
{
    int last = (int)picture->count - 1;
    return (struct picture_point){LEFT + (RIGHT - LEFT) * (int)row / last,
                                  place(picture, cents, BOTTOM, TOP)};
}

static void
draw_band(const struct drawing *drawing)
{
    const struct picture *picture = drawing->picture;
    struct arena own = drawing->scratch;
    size_t count = picture->count;
    struct picture_point *points = NEW_ARRAY(&own, struct picture_point, 2 * count);
    for (size_t i = 0; i < count; i++) {
        points[i] = point_at(picture, i, picture->rows[i].high);
        points[2 * count - 1 - i] = point_at(picture, i, picture->rows[i].low);
    }
    struct picture_shape shape = {points, 2 * count, colour_band, 0};
    drawing->canvas->shape(drawing->canvas, &shape);
}

static void
draw_line(const struct drawing *drawing, size_t series)
{
    const struct picture *picture = drawing->picture;
    struct arena own = drawing->scratch;
    struct picture_point *points = NEW_ARRAY(&own, struct picture_point, picture->count);
    for (size_t i = 0; i < picture->count; i++) {
        points[i] = point_at(picture, i, picture->rows[i].cents[series]);
    }
    struct picture_shape shape = {points, picture->count, colours[series], THICK};
    drawing->canvas->shape(drawing->canvas, &shape);
}

static void
draw_lines(const struct drawing *drawing)
{
    const struct picture *picture = drawing->picture;
    size_t every = (picture->count + LABELS_MAX - 1) / LABELS_MAX;
    if (picture->table->chart->has_spread) {
        draw_band(drawing);
    }
    for (int64_t at = picture->least; at <= picture->most; at += picture->step) {
        int y = place(picture, at, BOTTOM, TOP);
        put_line(drawing, (struct picture_point){LEFT, y},
                 (struct picture_point){RIGHT, y}, at == 0 ? colour_zero : colour_grid);
        put_amount(drawing, (struct picture_point){LEFT - 8, y + 4}, PICTURE_END, at);
    }
    for (size_t i = 0; i < picture->count; i += every) {
        struct picture_point under = {point_at(picture, i, 0).x, BOTTOM + 20};
        put_label(drawing, under, PICTURE_MIDDLE, picture->rows[i].label);
    }
    for (size_t i = 0; i < picture->series_count; i++) {
        draw_line(drawing, i);
    }
    put_legend(drawing, BOTTOM + 48);
}

int
picture_height(const struct picture *picture)
{
    bool stacked = picture->table->chart->kind == CHART_STACKED;
    return (stacked ? bars_bottom(picture) : BOTTOM) + 32 + legend_height(picture);
}

void
picture_draw(struct arena scratch, const struct picture *picture, struct canvas *canvas)
{
    struct drawing drawing = {scratch, picture, canvas};
    if (picture->table->chart->kind == CHART_STACKED) {
        draw_bars(&drawing);
    } else {
        draw_lines(&drawing);
    }
}
