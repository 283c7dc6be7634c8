/* SPDX-License-Identifier: Apache-2.0 */
/* Native charts below their tables: they read the cells of the table, so that what is drawn is what
 * is written. */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <string.h>

#define GRID_COLOUR   0xD3DAE1
#define MARK_SIZE     9
#define CHART_PIXELS  480 /* of a chart at scale 1 */
#define CHART_WIDE    900
#define CHAR_PIXELS   7
#define CHART_HEIGHT  1.3
#define BARS_LOW      6 /* more of them, with their names, ask for more room */
#define CHART_BAR     0.12
#define CHART_LOW     0.88 /* of two pictures on one printed page */
#define CHART_PER_ROW 14.9 /* rows of the sheet at scale 1, with some air */
#define LINE_WIDTH    2.25f
#define THIN_WIDTH    1.0f

static const lxw_color_t colours[] = {0x1F3A5F, 0xD9A441, 0x3A7CA5, 0x8A5A83,
                                      0x5B8C5A, 0xB5523B, 0x6B7280, 0x2A9D8F};

struct drawing {
    struct xlsx *xlsx;
    const struct xlsx_rows *rows;
    lxw_chart *chart;
};

static lxw_chart_series *
add_series(struct drawing *drawing, size_t column, lxw_color_t colour, float width)
{
    const struct xlsx_rows *rows = drawing->rows;
    const struct table *table = rows->table;
    lxw_chart_series *series = lxw.chart_add_series(drawing->chart, NULL, NULL);
    uint16_t category = rows->starts[table->chart->category];
    const char *title = table->columns[column].title;
    if (series == NULL) {
        (void)xlsx_hold(drawing->xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    drawing->xlsx->drawn.series++;
    drawing->xlsx->drawn.ranges += 2;
    lxw.chart_series_set_categories(series, rows->sheet, rows->first, category,
                                    rows->last, category);
    lxw.chart_series_set_values(series, rows->sheet, rows->first, rows->starts[column],
                                rows->last, rows->starts[column]);
    lxw.chart_series_set_name(series, xlsx_prepare(drawing->xlsx, text_of(title)));
    if (table->chart->kind == CHART_STACKED) {
        lxw_chart_fill fill = {.color = colour};
        lxw.chart_series_set_fill(series, &fill);
    } else {
        lxw_chart_line line = {.color = colour, .width = width};
        line.dash_type = width < LINE_WIDTH ? LXW_CHART_LINE_DASH_DASH : 0;
        lxw.chart_series_set_line(series, &line);
    }
    return series;
}

static void
set_title(struct drawing *drawing, const char *title, lxw_chart_axis *values)
{
    lxw_chart_font font = {.size = 12, .bold = LXW_TRUE};
    lxw_chart_line grid = {.color = GRID_COLOUR, .width = THIN_WIDTH};
    lxw.chart_title_set_name(drawing->chart, xlsx_prepare(drawing->xlsx, text_of(title)));
    lxw.chart_title_set_name_font(drawing->chart, &font);
    lxw.chart_legend_set_position(drawing->chart, LXW_CHART_LEGEND_BOTTOM);
    lxw.chart_axis_major_gridlines_set_line(values, &grid);
    lxw.chart_axis_set_num_format(values, "#,##0");
}

static void
set_looks(struct drawing *drawing)
{
    const struct chart *chart = drawing->rows->table->chart;
    bool bars = chart->kind == CHART_STACKED;
    lxw_chart_axis *values = lxw.chart_axis_get(
        drawing->chart, bars ? LXW_CHART_AXIS_TYPE_X : LXW_CHART_AXIS_TYPE_Y);
    set_title(drawing, chart->title, values);
    if (bars) { /* the first row on top, as in the table; the values stay below */
        lxw_chart_axis *rows = lxw.chart_axis_get(drawing->chart, LXW_CHART_AXIS_TYPE_Y);
        lxw.chart_axis_set_reverse(rows);
        lxw.chart_axis_set_crossing_max(rows);
    }
    if (chart->from_zero) {
        lxw.chart_axis_set_min(values, 0);
    }
    if (!bars) { /* below the lines, where they fall below zero */
        lxw.chart_axis_set_label_position(
            lxw.chart_axis_get(drawing->chart, LXW_CHART_AXIS_TYPE_X),
            LXW_CHART_AXIS_LABEL_POSITION_LOW);
    }
}

/* Marks without a line, one above the other. */
static void
add_marks(struct drawing *drawing, size_t column, uint8_t mark, lxw_color_t colour)
{
    lxw_chart_line none = {.none = LXW_TRUE};
    lxw_chart_fill fill = {.color = colour};
    lxw_chart_line edge = {.color = colour};
    lxw_chart_series *series = add_series(drawing, column, colour, LINE_WIDTH);
    if (series != NULL) {
        lxw.chart_series_set_line(series, &none);
        lxw.chart_series_set_marker_type(series, mark);
        lxw.chart_series_set_marker_size(series, MARK_SIZE);
        lxw.chart_series_set_marker_fill(series, &fill);
        lxw.chart_series_set_marker_line(series, &edge);
    }
}

/* As wide as the table, which is what is printed. */
static int
pixels_of(const struct table *table)
{
    int pixels = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        pixels += table->columns[i].width * CHAR_PIXELS;
    }
    return pixels < CHART_WIDE ? pixels : CHART_WIDE;
}

static bool
start_chart(struct drawing *drawing, uint8_t type)
{
    drawing->chart = lxw.workbook_add_chart(drawing->xlsx->book, type);
    return drawing->chart != NULL ||
           xlsx_hold(drawing->xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
}

static uint32_t
insert(struct xlsx_sheet *sheet, const struct drawing *drawing, uint32_t row)
{
    const struct chart *chart = drawing->rows->table->chart;
    uint32_t bars = drawing->rows->last - drawing->rows->first + 1;
    bool twice = chart->kind == CHART_STACKED && chart->has_spread;
    double low = bars > BARS_LOW ? CHART_LOW + (bars - BARS_LOW) * CHART_BAR : CHART_LOW;
    lxw_chart_options options = {
        .x_scale = (double)pixels_of(drawing->rows->table) / CHART_PIXELS,
        .y_scale = twice ? low : CHART_HEIGHT,
    };
    sheet->xlsx->drawn.charts++;
    sheet->xlsx->drawn.found++;
    (void)xlsx_hold(sheet->xlsx,
                    (int)lxw.worksheet_insert_chart_opt(sheet->handle, row + 1, 0,
                                                        drawing->chart, &options));
    return row + 1 + (uint32_t)(options.y_scale * CHART_PER_ROW + 1);
}

/* Bars in a workbook cannot show what lies between two columns: marks in a picture of their own
 * do, joined from the low to the high value. */
static uint32_t
put_spread(struct xlsx_sheet *sheet, const struct xlsx_rows *rows, uint32_t row)
{
    const struct chart *chart = rows->table->chart;
    struct drawing drawing = {.xlsx = sheet->xlsx, .rows = rows};
    lxw_chart_line range = {.color = colours[5], .width = LINE_WIDTH};
    if (!start_chart(&drawing, LXW_CHART_LINE)) {
        return row;
    }
    add_marks(&drawing, chart->low, LXW_CHART_MARKER_LONG_DASH, colours[5]);
    add_marks(&drawing, chart->whole, LXW_CHART_MARKER_DIAMOND, colours[0]);
    add_marks(&drawing, chart->high, LXW_CHART_MARKER_LONG_DASH, colours[5]);
    lxw.chart_set_high_low_lines(drawing.chart, &range);
    set_title(&drawing, chart->spread_title,
              lxw.chart_axis_get(drawing.chart, LXW_CHART_AXIS_TYPE_Y));
    return insert(sheet, &drawing, row);
}

uint32_t
xlsx_chart_put(struct xlsx_sheet *sheet, const struct xlsx_rows *rows, uint32_t row)
{
    const struct chart *chart = rows->table->chart;
    bool stacked = chart->kind == CHART_STACKED;
    struct drawing drawing = {.xlsx = sheet->xlsx, .rows = rows};
    if (!start_chart(&drawing, stacked ? LXW_CHART_BAR_STACKED : LXW_CHART_LINE)) {
        return row;
    }
    size_t drawn = 0;
    for (size_t i = 0; i < rows->table->column_count; i++) {
        if ((chart->columns >> i & 1) != 0) {
            add_series(&drawing, i, colours[drawn++ % ARRAY_COUNT(colours)], LINE_WIDTH);
        }
    }
    if (chart->has_spread && !stacked) {
        add_series(&drawing, chart->low, colours[2], THIN_WIDTH);
        add_series(&drawing, chart->high, colours[2], THIN_WIDTH);
    }
    set_looks(&drawing);
    row = insert(sheet, &drawing, row);
    return chart->has_spread && stacked ? put_spread(sheet, rows, row) : row;
}
